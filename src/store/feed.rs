//! What is known of the series beside their bars: who gave them, what is the
//! user's own, events, jumps, the last attempts. It must not read bars one by
//! one: it is part of every start.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{Connection, Row, params};
use rust_decimal::Decimal;

use super::error::Fault;
use super::price::{day_number, day_of, series_no};
use super::{Store, StoreError, attempt, tally};
use crate::model::{EventKind, Feed, Feeds, InstrumentId, Jump, PriceEvent, Provider};

/// Who gave the bars that are the user's own, as SQL: no fetch replaces these.
pub(super) const OWN: &str = "('file', 'typed')";

impl Store {
    /// What is known of every series of the book, and who wants quiet at `now`.
    pub fn load_feeds(&self, now: Timestamp) -> Result<Feeds, StoreError> {
        self.read(|conn| load(conn, now))
    }

    /// Keeps that a jump on that day is true, and that it is no question any
    /// more.
    pub fn accept_jump(&mut self, instrument: InstrumentId, day: Date) -> Result<(), StoreError> {
        self.write(|tx| {
            let key = [series_no(tx, instrument)?, day_number(day)];
            tx.execute(
                "INSERT OR IGNORE INTO price_accepted (series, day) VALUES (?1, ?2)",
                key,
            )?;
            // A question of another day was asked since, and stays.
            tx.execute(
                "DELETE FROM price_question WHERE series = ?1 AND day = ?2",
                key,
            )?;
            Ok(())
        })
    }
}

/// What is known of every series of the book, and who wants quiet at `now`.
pub(super) fn load(conn: &Connection, now: Timestamp) -> Result<Feeds, Fault> {
    let mut feeds = Known::series(conn)?;
    feeds.add_tallies(conn)?;
    feeds.add_days(conn)?;
    feeds.add_events(conn)?;
    feeds.add_questions(conn)?;
    let mut by_instrument: BTreeMap<InstrumentId, Feed> = feeds.0.into_values().collect();
    add_last_turns(conn, &mut by_instrument)?;
    by_instrument.retain(|_, feed| *feed != Feed::default());
    Ok(Feeds {
        by_instrument,
        quiet: attempt::quiet(conn, now)?,
    })
}

/// Feeds by the number of their series.
struct Known(BTreeMap<i64, (InstrumentId, Feed)>);

impl Known {
    /// The series of instruments in the book.
    fn series(conn: &Connection) -> Result<Self, Fault> {
        let mut statement = conn.prepare_cached(
            "SELECT no, price_series.instrument, fetched_at FROM price_series
             JOIN instrument ON instrument.id = price_series.instrument",
        )?;
        let mut rows = statement.query([])?;
        let mut known = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let id: String = row.get(1)?;
            let at: Option<String> = row.get(2)?;
            let at = at.map(|at| at.parse::<Timestamp>()).transpose();
            let feed = Feed {
                fetched_at: at.map_err(|error| wrong(&error))?,
                ..Feed::default()
            };
            known.insert(row.get(0)?, (instrument_id(&id)?, feed));
        }
        Ok(Self(known))
    }

    /// The feed of a row that begins with the number of its series.
    fn get(&mut self, row: &Row<'_>) -> rusqlite::Result<Option<&mut Feed>> {
        let series: i64 = row.get(0)?;
        Ok(self.0.get_mut(&series).map(|(_, feed)| feed))
    }

    fn add_tallies(&mut self, conn: &Connection) -> Result<(), Fault> {
        let mut newest: BTreeMap<i64, i64> = BTreeMap::new();
        for tally in tally::load(conn)? {
            let Some((_, feed)) = self.0.get_mut(&tally.series) else {
                continue;
            };
            if let Some(provider) = Provider::from_code(&tally.provider) {
                feed.last_of.insert(provider, date(tally.last_day)?);
            }
            let last = newest.entry(tally.series).or_insert(tally.last_day);
            if tally.last_day >= *last {
                *last = tally.last_day;
                feed.last_by = Some(tally.provider.clone());
            }
            feed.rows_by.insert(tally.provider, tally.rows);
        }
        Ok(())
    }

    /// The user's own days, days taken live and days of accepted jumps.
    fn add_days(&mut self, conn: &Connection) -> Result<(), Fault> {
        // The tally says in which few series there is anything of the user's.
        let own = format!(
            "SELECT price.series, day FROM (SELECT DISTINCT series FROM price_tally
                 WHERE provider IN {OWN}) AS mine
             CROSS JOIN price ON price.series = mine.series
             WHERE batch IN (SELECT id FROM price_batch WHERE provider IN {OWN})"
        );
        self.each_day(conn, &own, |feed, day| {
            feed.own.insert(day);
        })?;
        let live = "SELECT price.series, day FROM price_batch
             CROSS JOIN price ON price.series = price_batch.series AND day = live_day
             WHERE live_day IS NOT NULL AND batch = price_batch.id ORDER BY day";
        self.each_day(conn, live, |feed, day| feed.live = Some(day))?;
        let accepted = "SELECT series, day FROM price_accepted";
        self.each_day(conn, accepted, |feed, day| {
            feed.accepted.insert(day);
        })
    }

    fn each_day(
        &mut self,
        conn: &Connection,
        sql: &str,
        add: impl Fn(&mut Feed, Date),
    ) -> Result<(), Fault> {
        let mut statement = conn.prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            if let Some(feed) = self.get(row)? {
                add(feed, date(row.get(1)?)?);
            }
        }
        Ok(())
    }

    fn add_events(&mut self, conn: &Connection) -> Result<(), Fault> {
        let mut statement = conn
            .prepare_cached("SELECT series, day, kind, amount, old, provider FROM price_event")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let provider: String = row.get(5)?;
            if let Some(provider) = Provider::from_code(&provider)
                && let Some(feed) = self.get(row)?
            {
                let events = feed.events.entry(provider).or_default();
                events.push(event(row)?);
            }
        }
        let feeds = self.0.values_mut();
        for events in feeds.flat_map(|(_, feed)| feed.events.values_mut()) {
            events.sort_unstable();
        }
        Ok(())
    }

    fn add_questions(&mut self, conn: &Connection) -> Result<(), Fault> {
        let mut statement = conn.prepare_cached(
            "SELECT series, provider, day_before, before, day, close FROM price_question",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let provider: String = row.get(1)?;
            if let Some(provider) = Provider::from_code(&provider)
                && let Some(feed) = self.get(row)?
            {
                feed.question = Some(Jump {
                    provider,
                    day_before: date(row.get(2)?)?,
                    before: row.get(3)?,
                    day: date(row.get(4)?)?,
                    close: row.get(5)?,
                });
            }
        }
        Ok(())
    }
}

/// Adds the attempts of the last turn of each instrument in the book.
fn add_last_turns(
    conn: &Connection,
    feeds: &mut BTreeMap<InstrumentId, Feed>,
) -> Result<(), Fault> {
    let columns = attempt::COLUMNS.replace(", ", ", told.");
    let sql = format!(
        "SELECT told.{columns}
         FROM (SELECT fetch_attempt.instrument, max(no) AS newest FROM fetch_attempt
               JOIN instrument ON instrument.id = fetch_attempt.instrument
               GROUP BY fetch_attempt.instrument) AS asked
         CROSS JOIN fetch_attempt AS last ON last.no = asked.newest
         CROSS JOIN fetch_attempt AS told
             ON told.instrument = last.instrument AND told.turn = last.turn
         ORDER BY told.no"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        if let Some(attempt) = attempt::read(row)? {
            let feed = feeds.entry(attempt.instrument).or_default();
            feed.last_turn.push(attempt);
        }
    }
    Ok(())
}

/// The events that a provider told of a series.
pub(super) fn events_of(
    conn: &Connection,
    series: i64,
    provider: Provider,
) -> Result<BTreeSet<PriceEvent>, Fault> {
    let mut statement = conn.prepare_cached(
        "SELECT series, day, kind, amount, old FROM price_event
         WHERE series = ?1 AND provider = ?2",
    )?;
    let mut rows = statement.query(params![series, provider.code()])?;
    let mut events = BTreeSet::new();
    while let Some(row) = rows.next()? {
        events.insert(event(row)?);
    }
    Ok(events)
}

/// Puts these in the place of all events that a provider told of a series.
pub(super) fn put_events(
    conn: &Connection,
    series: i64,
    provider: Provider,
    events: &BTreeSet<PriceEvent>,
) -> rusqlite::Result<()> {
    conn.prepare_cached("DELETE FROM price_event WHERE series = ?1 AND provider = ?2")?
        .execute(params![series, provider.code()])?;
    let mut insert = conn.prepare_cached(
        "INSERT INTO price_event (series, provider, day, kind, amount, old)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for event in events {
        let (kind, amount, old) = match event.what {
            EventKind::Split { new, old } => ("split", new, old),
            EventKind::Dividend { amount } => ("dividend", amount, Decimal::ONE),
        };
        insert.execute(params![
            series,
            provider.code(),
            day_number(event.day),
            kind,
            amount.to_string(),
            old.to_string(),
        ])?;
    }
    Ok(())
}

/// The event of a row of series, day, kind and its two numbers.
fn event(row: &Row<'_>) -> Result<PriceEvent, Fault> {
    let number = |column: usize| -> Result<Decimal, Fault> {
        let text: String = row.get(column)?;
        text.parse()
            .map_err(|error: rust_decimal::Error| wrong(&format!("{text}: {error}")))
    };
    let kind: String = row.get(2)?;
    let amount = number(3)?;
    Ok(PriceEvent {
        day: date(row.get(1)?)?,
        what: if kind == "split" {
            let old = number(4)?;
            EventKind::Split { new: amount, old }
        } else {
            EventKind::Dividend { amount }
        },
    })
}

fn date(number: i64) -> Result<Date, Fault> {
    day_of(number).ok_or_else(|| wrong(&format!("{number} is not a day")))
}

fn instrument_id(text: &str) -> Result<InstrumentId, Fault> {
    text.parse().map_err(|error: uuid::Error| wrong(&error))
}

fn wrong(detail: &impl ToString) -> Fault {
    Fault::unreadable("what is known of a price series", detail)
}
