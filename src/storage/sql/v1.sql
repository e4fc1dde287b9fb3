-- The first schema. The steps of a sitting are append-only and are the truth about it: `exam.position`, `exam.used_ms`
-- and everything about a sitting's outcome can be worked out from `item` and `step`.

CREATE TABLE exam (
    id           TEXT PRIMARY KEY,          -- UUID v7
    bank         TEXT NOT NULL,
    origin       TEXT NOT NULL,             -- JSON: title, version, domains, modules, rules of the bank as they were
    seed         INTEGER NOT NULL,          -- the bits of an unsigned number
    seed_alone   INTEGER NOT NULL,
    questions    INTEGER NOT NULL,
    feedback     TEXT NOT NULL,
    allowance    TEXT NOT NULL,
    limit_ms     INTEGER,                   -- NULL: untimed
    started      INTEGER NOT NULL,          -- seconds since 1970, UTC, as all times
    last_active  INTEGER NOT NULL,
    position     INTEGER NOT NULL DEFAULT 0,
    used_ms      INTEGER NOT NULL DEFAULT 0,
    ended        INTEGER,
    ending       TEXT,
    points       REAL,
    passed       INTEGER
) STRICT;
CREATE INDEX exam_ended ON exam (ended);

CREATE TABLE item (
    exam         TEXT NOT NULL REFERENCES exam (id),
    position     INTEGER NOT NULL,
    question     TEXT NOT NULL,
    snapshot     TEXT NOT NULL,             -- JSON: the question as it was, with its options' order
    -- The outcome, once the sitting has ended:
    picked       TEXT,                      -- JSON: the chosen options' texts
    points       REAL,
    spent_ms     INTEGER,
    PRIMARY KEY (exam, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX item_question ON item (question);

CREATE TABLE step (
    exam         TEXT NOT NULL REFERENCES exam (id),
    number       INTEGER NOT NULL,
    at           INTEGER NOT NULL,
    used_ms      INTEGER NOT NULL,
    kind         TEXT NOT NULL,
    argument     INTEGER,
    PRIMARY KEY (exam, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE domain_score (
    exam         TEXT NOT NULL REFERENCES exam (id),
    place        INTEGER NOT NULL,
    domain       TEXT NOT NULL,
    points       REAL NOT NULL,
    questions    INTEGER NOT NULL,
    PRIMARY KEY (exam, place)
) STRICT, WITHOUT ROWID;

-- Which questions a student has been given. No longer read or written: `standing` says what was answered.
CREATE TABLE seen (
    bank         TEXT NOT NULL,
    question     TEXT NOT NULL,
    times        INTEGER NOT NULL,
    last         INTEGER NOT NULL,
    PRIMARY KEY (bank, question)
) STRICT, WITHOUT ROWID;
