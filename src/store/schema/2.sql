-- Version 2: prices that are fetched.
--
-- A fetch is a batch of no change, as the starter's: undo never takes it back.
-- The days of the user's own batches (providers `file` and `typed`) stay in
-- sight; what was fetched for them waits in price_shadow under the first of
-- the user's batches that holds the day, in the place of what waited there.

-- The day in this batch that was taken before its session had ended.
ALTER TABLE price_batch ADD COLUMN live_day INTEGER;
CREATE INDEX price_batch_series ON price_batch (series);
CREATE INDEX price_batch_live ON price_batch (series) WHERE live_day IS NOT NULL;

-- When a provider last said how prices stand, also if nothing was new.
ALTER TABLE price_series ADD COLUMN fetched_at TEXT;

-- The rows of price by who gave them, counted again with every change of a
-- series: counting all of them would delay the window.
CREATE TABLE price_tally (
    series INTEGER NOT NULL REFERENCES price_series,
    provider TEXT NOT NULL,
    rows INTEGER NOT NULL CHECK (rows > 0),
    last_day INTEGER NOT NULL,
    PRIMARY KEY (series, provider)
) STRICT, WITHOUT ROWID;

INSERT INTO price_tally (series, provider, rows, last_day)
SELECT price.series, provider, count(*), max(day)
FROM price JOIN price_batch ON price_batch.id = batch
WHERE price.series IN (SELECT no FROM price_series)
GROUP BY price.series, provider;

-- Splits and dividends by who told them, as exact decimals: of a split the
-- shares after it (amount) for shares before it (old); of a dividend the cash
-- on one share, and 1.
CREATE TABLE price_event (
    series INTEGER NOT NULL REFERENCES price_series,
    provider TEXT NOT NULL,
    day INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('split', 'dividend')),
    amount TEXT NOT NULL,
    old TEXT NOT NULL,
    PRIMARY KEY (series, provider, day, kind, amount, old)
) STRICT, WITHOUT ROWID;

-- Days of jumps that the user took as true.
CREATE TABLE price_accepted (
    series INTEGER NOT NULL REFERENCES price_series,
    day INTEGER NOT NULL,
    PRIMARY KEY (series, day)
) STRICT, WITHOUT ROWID;

-- A jump that waits for the user's answer.
CREATE TABLE price_question (
    series INTEGER NOT NULL PRIMARY KEY REFERENCES price_series,
    provider TEXT NOT NULL,
    day_before INTEGER NOT NULL,
    before REAL NOT NULL CHECK (before > 0 AND before < 9e999),
    day INTEGER NOT NULL CHECK (day > day_before),
    close REAL NOT NULL CHECK (close > 0 AND close < 9e999)
) STRICT;

-- Who was asked for what, and what came of it. Only the newest are kept. An
-- instrument may be gone from the book.
CREATE TABLE fetch_attempt (
    no INTEGER PRIMARY KEY,
    turn TEXT NOT NULL,
    at TEXT NOT NULL,
    instrument TEXT NOT NULL,
    provider TEXT NOT NULL,
    outcome TEXT NOT NULL,
    detail TEXT NOT NULL,
    rows INTEGER NOT NULL CHECK (rows >= 0),
    skipped INTEGER NOT NULL CHECK (skipped >= 0),
    next_try TEXT
) STRICT;
CREATE INDEX fetch_attempt_instrument ON fetch_attempt (instrument);

-- Until when a provider's host wants to be left alone.
CREATE TABLE fetch_quiet (
    provider TEXT NOT NULL PRIMARY KEY,
    until TEXT NOT NULL
) STRICT, WITHOUT ROWID;
