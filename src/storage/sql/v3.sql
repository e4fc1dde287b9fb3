-- Answers to questions, from mock exams (once they have ended) and drills. `answer` is append-only and is the truth;
-- `standing` and `answer_day` can be worked out from it anew, and are kept in the same transaction so that no screen
-- reads the whole history.

CREATE TABLE answer (
    id           TEXT PRIMARY KEY,          -- the exam and the place in it, or a UUID v7
    bank         TEXT NOT NULL,
    version      TEXT NOT NULL,
    question     TEXT NOT NULL,
    domain       TEXT NOT NULL,
    module       TEXT,
    at           INTEGER NOT NULL,
    day          INTEGER NOT NULL,          -- the study day, since 1970-01-01
    occasion     TEXT NOT NULL,             -- exam, tutor, drill, sprint
    picked       TEXT NOT NULL,             -- JSON: the chosen options' texts
    points       REAL NOT NULL,
    guessed      INTEGER NOT NULL,
    flagged      INTEGER NOT NULL,
    spent_ms     INTEGER NOT NULL,
    change       TEXT                       -- better, worse, same; NULL: not changed
) STRICT;
CREATE INDEX answer_question ON answer (bank, question, at);

CREATE TABLE standing (
    bank         TEXT NOT NULL,
    question     TEXT NOT NULL,
    answers      INTEGER NOT NULL,
    right        INTEGER NOT NULL,
    last_right   INTEGER NOT NULL,
    last_guessed INTEGER NOT NULL,
    flagged      INTEGER NOT NULL,
    last_at      INTEGER NOT NULL,
    last_day     INTEGER NOT NULL,
    last_ms      INTEGER NOT NULL,
    spent_ms     INTEGER NOT NULL,
    missed       INTEGER,                   -- the day of the last miss, while it is in the mistakes book
    right_days   INTEGER NOT NULL,
    right_last   INTEGER,                   -- the last day on which it was right since
    PRIMARY KEY (bank, question)
) STRICT, WITHOUT ROWID;

CREATE TABLE answer_day (
    bank         TEXT NOT NULL,
    day          INTEGER NOT NULL,
    domain       TEXT NOT NULL,
    module       TEXT NOT NULL,             -- empty: none
    occasion     TEXT NOT NULL,
    first        INTEGER NOT NULL,          -- 1: the first answers to their questions
    answers      INTEGER NOT NULL,
    right        INTEGER NOT NULL,
    points       REAL NOT NULL,
    spent_ms     INTEGER NOT NULL,
    guessed      INTEGER NOT NULL,
    guessed_right INTEGER NOT NULL,
    better       INTEGER NOT NULL,
    worse        INTEGER NOT NULL,
    PRIMARY KEY (bank, day, domain, module, occasion, first)
) STRICT, WITHOUT ROWID;

-- What a student has put on a question.
CREATE TABLE mark (
    bank         TEXT NOT NULL,
    question     TEXT NOT NULL,
    bookmarked   INTEGER NOT NULL,
    note         TEXT,
    PRIMARY KEY (bank, question)
) STRICT, WITHOUT ROWID;

-- Questions that a student reports as faulty, for their author.
CREATE TABLE report (
    id           TEXT PRIMARY KEY,          -- UUID v7
    bank         TEXT NOT NULL,
    version      TEXT NOT NULL,
    question     TEXT NOT NULL,
    at           INTEGER NOT NULL,
    picked       TEXT,                      -- JSON: the answer given, as texts; NULL: none
    reason       TEXT NOT NULL
) STRICT;

-- A drill that waits to be gone on with, one for each bank.
CREATE TABLE drill (
    bank         TEXT PRIMARY KEY,
    state        TEXT NOT NULL,             -- JSON
    at           INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- How far the study guide was read, one row a chapter.
CREATE TABLE reading (
    bank         TEXT NOT NULL,
    module       TEXT NOT NULL,
    section      TEXT NOT NULL,             -- where the reader stands; empty: at the top
    scroll       INTEGER NOT NULL,          -- letters and digits below that section's heading
    read         TEXT NOT NULL,             -- JSON: the sections that were read
    at           INTEGER NOT NULL,
    PRIMARY KEY (bank, module)
) STRICT, WITHOUT ROWID;
