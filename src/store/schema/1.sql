-- Version 1: the book, its change log and the prices.
--
-- A record's body is its JSON, with decimals as strings. The columns that refer
-- to other records are generated from the body, so that the two cannot
-- disagree. Foreign keys are checked when a transaction ends, so that a change
-- may put its records in any order.

CREATE TABLE meta (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE source (
    id TEXT NOT NULL PRIMARY KEY CHECK (id IS body ->> '$.id'),
    body TEXT NOT NULL CHECK (json_valid(body))
) STRICT;

-- That symbols are unique is checked when a change ends, because a change may
-- swap the symbols of two instruments.
CREATE TABLE instrument (
    id TEXT NOT NULL PRIMARY KEY CHECK (id IS body ->> '$.id'),
    body TEXT NOT NULL CHECK (json_valid(body)),
    symbol TEXT NOT NULL AS (body ->> '$.symbol') STORED
) STRICT;
CREATE INDEX instrument_symbol ON instrument (symbol);

CREATE TABLE company (
    id TEXT NOT NULL PRIMARY KEY CHECK (id IS body ->> '$.id'),
    body TEXT NOT NULL CHECK (json_valid(body)),
    instrument TEXT AS (body ->> '$.instrument') STORED
        REFERENCES instrument DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX company_instrument ON company (instrument);

CREATE TABLE figure (
    id TEXT NOT NULL PRIMARY KEY CHECK (id IS body ->> '$.id'),
    body TEXT NOT NULL CHECK (json_valid(body)),
    company TEXT AS (body ->> '$.subject.company') STORED
        REFERENCES company DEFERRABLE INITIALLY DEFERRED,
    source TEXT AS (body ->> '$.source') STORED
        REFERENCES source DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX figure_company ON figure (company);
CREATE INDEX figure_source ON figure (source);

CREATE TABLE deal (
    id TEXT NOT NULL PRIMARY KEY CHECK (id IS body ->> '$.id'),
    body TEXT NOT NULL CHECK (json_valid(body)),
    company TEXT NOT NULL AS (body ->> '$.company') STORED
        REFERENCES company DEFERRABLE INITIALLY DEFERRED,
    alternative_to TEXT AS (body ->> '$.alternative_to') STORED
        REFERENCES deal DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX deal_company ON deal (company);
CREATE INDEX deal_alternative_to ON deal (alternative_to);

CREATE TABLE debt (
    id TEXT NOT NULL PRIMARY KEY CHECK (id IS body ->> '$.id'),
    body TEXT NOT NULL CHECK (json_valid(body)),
    company TEXT NOT NULL AS (body ->> '$.company') STORED
        REFERENCES company DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX debt_company ON debt (company);

CREATE TABLE treasury (
    id TEXT NOT NULL PRIMARY KEY CHECK (id IS body ->> '$.id'),
    body TEXT NOT NULL CHECK (json_valid(body)),
    company TEXT NOT NULL AS (body ->> '$.company') STORED
        REFERENCES company DEFERRABLE INITIALLY DEFERRED,
    source TEXT AS (body ->> '$.source') STORED
        REFERENCES source DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX treasury_company ON treasury (company);
CREATE INDEX treasury_source ON treasury (source);

CREATE TABLE note (
    id TEXT NOT NULL PRIMARY KEY CHECK (id IS body ->> '$.id'),
    body TEXT NOT NULL CHECK (json_valid(body)),
    company TEXT NOT NULL AS (body ->> '$.company') STORED
        REFERENCES company DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX note_company ON note (company);

-- A deal or debt may name many sources; triggers keep these rows in step with
-- the body.
CREATE TABLE deal_source (
    deal TEXT NOT NULL REFERENCES deal ON DELETE CASCADE,
    source TEXT NOT NULL REFERENCES source DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (deal, source)
) STRICT, WITHOUT ROWID;
CREATE INDEX deal_source_source ON deal_source (source);

CREATE TRIGGER deal_inserted AFTER INSERT ON deal BEGIN
    INSERT INTO deal_source
    SELECT new.id, value FROM json_each(new.body, '$.sources')
    UNION
    SELECT new.id, value ->> '$.source' FROM json_each(new.body, '$.rent_start')
    WHERE value ->> '$.source' IS NOT NULL;
END;

CREATE TRIGGER deal_updated AFTER UPDATE OF body ON deal BEGIN
    DELETE FROM deal_source WHERE deal = new.id;
    INSERT INTO deal_source
    SELECT new.id, value FROM json_each(new.body, '$.sources')
    UNION
    SELECT new.id, value ->> '$.source' FROM json_each(new.body, '$.rent_start')
    WHERE value ->> '$.source' IS NOT NULL;
END;

CREATE TABLE debt_source (
    debt TEXT NOT NULL REFERENCES debt ON DELETE CASCADE,
    source TEXT NOT NULL REFERENCES source DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (debt, source)
) STRICT, WITHOUT ROWID;
CREATE INDEX debt_source_source ON debt_source (source);

CREATE TRIGGER debt_inserted AFTER INSERT ON debt BEGIN
    INSERT INTO debt_source
    SELECT DISTINCT new.id, value FROM json_each(new.body, '$.sources');
END;

CREATE TRIGGER debt_updated AFTER UPDATE OF body ON debt BEGIN
    DELETE FROM debt_source WHERE debt = new.id;
    INSERT INTO debt_source
    SELECT DISTINCT new.id, value FROM json_each(new.body, '$.sources');
END;

-- What the user did, in order. Undo takes the newest that is done, redo the
-- oldest that is undone; a new change drops those undone. Nothing is deleted:
-- the log is the history of every record.
CREATE TABLE change_log (
    seq INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    label TEXT NOT NULL,
    forward TEXT NOT NULL CHECK (json_valid(forward)),
    inverse TEXT NOT NULL CHECK (json_valid(inverse)),
    state TEXT NOT NULL CHECK (state IN ('done', 'undone', 'dropped')),
    state_at TEXT NOT NULL
) STRICT;
CREATE INDEX change_log_state ON change_log (state, seq);

CREATE TABLE change_record (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    seq INTEGER NOT NULL REFERENCES change_log,
    PRIMARY KEY (kind, id, seq)
) STRICT, WITHOUT ROWID;

-- Prices hang on the id of an instrument without a foreign key: they outlive
-- it, so that undoing its deletion brings them back.
CREATE TABLE price_series (
    no INTEGER PRIMARY KEY,
    instrument TEXT NOT NULL UNIQUE
) STRICT;

-- Where prices come from. seq is the change that brought them; none for those
-- of the first start.
CREATE TABLE price_batch (
    id INTEGER PRIMARY KEY,
    seq INTEGER REFERENCES change_log,
    series INTEGER NOT NULL REFERENCES price_series,
    provider TEXT NOT NULL,
    file TEXT,
    at TEXT NOT NULL,
    rows INTEGER NOT NULL
) STRICT;
CREATE INDEX price_batch_seq ON price_batch (seq);

-- day counts from 1970-01-01. Series and batch are checked by `check` rather
-- than by foreign keys, which would cost a look-up for each of a million rows.
CREATE TABLE price (
    series INTEGER NOT NULL,
    day INTEGER NOT NULL,
    close REAL NOT NULL CHECK (close > 0 AND close < 9e999),
    adjusted REAL,
    open REAL,
    high REAL,
    low REAL,
    volume REAL,
    batch INTEGER NOT NULL,
    PRIMARY KEY (series, day)
) STRICT, WITHOUT ROWID;

-- Rows out of sight that undo and redo swap in. While `owner` is done: the rows
-- it replaced (origin is the batch they belong to). While it is undone: its own
-- rows (origin is owner).
CREATE TABLE price_shadow (
    owner INTEGER NOT NULL,
    origin INTEGER NOT NULL,
    day INTEGER NOT NULL,
    close REAL NOT NULL,
    adjusted REAL,
    open REAL,
    high REAL,
    low REAL,
    volume REAL,
    PRIMARY KEY (owner, origin, day)
) STRICT, WITHOUT ROWID;
