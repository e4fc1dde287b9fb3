-- Flash cards. `review` is append-only and is the truth: each row holds the state before its grade and what the grade
-- aimed at, so that `card` and `card_day` can be worked out anew. A grade that was taken back stays in the log and is
-- named in `undone`.

CREATE TABLE review (
    id           TEXT PRIMARY KEY,          -- UUID v7
    deck         TEXT NOT NULL,
    entry        TEXT NOT NULL,
    side         TEXT NOT NULL,
    at           INTEGER NOT NULL,
    day          INTEGER NOT NULL,          -- the study day, since 1970-01-01
    rating       INTEGER NOT NULL,          -- 1 again, 2 hard, 3 good, 4 easy
    retention    REAL NOT NULL,             -- the wanted chance of recall
    cap          INTEGER,                   -- most days until the card is due; NULL: none
    before       TEXT NOT NULL              -- JSON: the card's state before the grade
) STRICT;
CREATE INDEX review_card ON review (deck, entry, side, at);

CREATE TABLE undone (
    review       TEXT PRIMARY KEY REFERENCES review (id),
    at           INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE card (
    deck         TEXT NOT NULL,
    entry        TEXT NOT NULL,
    side         TEXT NOT NULL,
    state        TEXT NOT NULL,             -- JSON, as in review.before
    PRIMARY KEY (deck, entry, side)
) STRICT, WITHOUT ROWID;

-- How many cards were begun and how many grades given on a day, so that limits need no history.
CREATE TABLE card_day (
    day          INTEGER PRIMARY KEY,
    begun        INTEGER NOT NULL,
    reviews      INTEGER NOT NULL,
    grades       INTEGER NOT NULL
) STRICT;

CREATE TABLE setting (
    name         TEXT PRIMARY KEY,
    value        TEXT NOT NULL
) STRICT, WITHOUT ROWID;
