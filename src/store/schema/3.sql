-- Version 3: what the user decided about statements that disagree.
--
-- A pin picks a figure, or computed rather than stated figures of a company, or
-- lets two statements stand. The columns name what it cannot be without.

CREATE TABLE pin (
    id TEXT NOT NULL PRIMARY KEY CHECK (id IS body ->> '$.id'),
    body TEXT NOT NULL CHECK (json_valid(body)),
    figure TEXT AS (coalesce(
        body ->> '$.choice.use.figure', body ->> '$.choice.both_stand.one.figure'
    )) STORED REFERENCES figure DEFERRABLE INITIALLY DEFERRED,
    other_figure TEXT AS (body ->> '$.choice.both_stand.other.figure') STORED
        REFERENCES figure DEFERRABLE INITIALLY DEFERRED,
    deal TEXT AS (body ->> '$.choice.both_stand.one.deal') STORED
        REFERENCES deal DEFERRABLE INITIALLY DEFERRED,
    other_deal TEXT AS (body ->> '$.choice.both_stand.other.deal') STORED
        REFERENCES deal DEFERRABLE INITIALLY DEFERRED,
    treasury TEXT AS (body ->> '$.choice.both_stand.one.treasury') STORED
        REFERENCES treasury DEFERRABLE INITIALLY DEFERRED,
    other_treasury TEXT AS (body ->> '$.choice.both_stand.other.treasury') STORED
        REFERENCES treasury DEFERRABLE INITIALLY DEFERRED,
    company TEXT AS (body ->> '$.choice.use_computed.subject.company') STORED
        REFERENCES company DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX pin_figure ON pin (figure);
CREATE INDEX pin_other_figure ON pin (other_figure);
CREATE INDEX pin_deal ON pin (deal);
CREATE INDEX pin_other_deal ON pin (other_deal);
CREATE INDEX pin_treasury ON pin (treasury);
CREATE INDEX pin_other_treasury ON pin (other_treasury);
CREATE INDEX pin_company ON pin (company);
