//! Looks for everything that should never be in the file. It must not repair.

use std::collections::BTreeSet;

use jiff::Timestamp;
use rusqlite::Connection;

use super::apply::ops_from;
use super::error::Fault;
use super::{Store, StoreError, attempt, feed, record};
use crate::model::{Record, RecordKind, SourceId};

/// Conditions on prices that must hold, each with how to say that they do not.
/// The queries count the rows that break them.
const PRICE_RULES: &[(&str, &str)] = &[
    (
        "prices have a close that is not above zero",
        "SELECT count(*) FROM price WHERE NOT (close > 0 AND close < 9e999)",
    ),
    (
        "prices belong to no instrument's series",
        "SELECT count(*) FROM price WHERE series NOT IN (SELECT no FROM price_series)",
    ),
    (
        "prices belong to no batch of their series",
        "SELECT count(*) FROM price WHERE (batch, series) NOT IN
            (SELECT id, series FROM price_batch)",
    ),
    (
        "replaced prices belong to no batch",
        "SELECT count(*) FROM price_shadow WHERE owner NOT IN (SELECT id FROM price_batch)
            OR origin NOT IN (SELECT id FROM price_batch)",
    ),
    (
        "replaced prices wait for days that have no price",
        "SELECT count(*) FROM price_shadow JOIN price_batch ON price_batch.id = owner
         WHERE origin <> owner AND NOT EXISTS (SELECT 1 FROM price
             WHERE price.series = price_batch.series AND price.day = price_shadow.day)",
    ),
    (
        "counts of prices are not what was counted",
        "WITH counted AS (SELECT price.series, provider, count(*), max(day)
             FROM price JOIN price_batch ON price_batch.id = batch GROUP BY 1, 2)
         SELECT (SELECT count(*) FROM (SELECT * FROM counted EXCEPT SELECT * FROM price_tally))
             + (SELECT count(*) FROM (SELECT * FROM price_tally EXCEPT SELECT * FROM counted))",
    ),
    (
        "splits or dividends are not above zero",
        "SELECT count(*) FROM price_event
         WHERE NOT (CAST(amount AS REAL) > 0 AND CAST(old AS REAL) > 0)",
    ),
    (
        "changes that are done come after one that is undone",
        "SELECT count(*) FROM change_log WHERE state = 'done'
            AND seq > (SELECT min(seq) FROM change_log WHERE state = 'undone')",
    ),
];

impl Store {
    /// Everything wrong with the file, one sentence each; empty if it is sound.
    /// An error means that it could not be read to its end.
    pub fn check(&self) -> Result<Vec<String>, StoreError> {
        self.read(|conn| {
            let mut problems = structure(conn)?;
            problems.extend(records(conn)?);
            problems.extend(log(conn)?);
            problems.extend(fetches(conn)?);
            for (problem, sql) in PRICE_RULES {
                let count: i64 = conn.query_row(sql, [], |row| row.get(0))?;
                if count > 0 {
                    problems.push(format!("{count} {problem}"));
                }
            }
            Ok(problems)
        })
    }
}

fn structure(conn: &Connection) -> Result<Vec<String>, Fault> {
    let mut problems = Vec::new();
    let mut statement = conn.prepare("PRAGMA integrity_check")?;
    for row in statement.query_map([], |row| row.get(0))? {
        let said: String = row?;
        if said != "ok" {
            problems.push(format!("The file is damaged: {said}"));
        }
    }
    let mut statement = conn.prepare("PRAGMA foreign_key_check")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(2)?)))?;
    for row in rows {
        let (from, to): (String, String) = row?;
        problems.push(format!("A row of {from} refers to a missing {to}"));
    }
    Ok(problems)
}

fn records(conn: &Connection) -> Result<Vec<String>, Fault> {
    let mut problems = Vec::new();
    for kind in RecordKind::ALL {
        for row in record::rows(conn, *kind)? {
            let (id, body) = row?;
            match record::from_body(*kind, &id, &body) {
                Ok(record) => problems.extend(sources(conn, &id, &record)?),
                Err(Fault::Unreadable { what, detail }) => {
                    problems.push(format!("{what} cannot be read: {detail}"));
                }
                Err(other) => return Err(other),
            }
        }
    }
    if problems.is_empty() {
        match record::load_book(conn) {
            Ok(_book) => {}
            Err(Fault::Unreadable { detail, .. }) => {
                problems.push(format!("The records do not make a book: {detail}"));
            }
            Err(other) => return Err(other),
        }
    }
    Ok(problems)
}

/// Whether the sources of a deal or debt are those that its rows name.
fn sources(conn: &Connection, id: &str, record: &Record) -> Result<Option<String>, Fault> {
    let sql = match record {
        Record::Deal(_) => "SELECT source FROM deal_source WHERE deal = ?1",
        Record::Debt(_) => "SELECT source FROM debt_source WHERE debt = ?1",
        Record::Source(_)
        | Record::Instrument(_)
        | Record::Company(_)
        | Record::Figure(_)
        | Record::Treasury(_)
        | Record::Note(_)
        | Record::Pin(_) => return Ok(None),
    };
    let named: BTreeSet<String> = conn
        .prepare_cached(sql)?
        .query_map([id], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let references = record.references().into_iter();
    let meant: BTreeSet<String> = references
        .filter(|key| key.kind == RecordKind::Source)
        .map(|key| SourceId(key.id).to_string())
        .collect();
    Ok((named != meant).then(|| {
        let kind = record.key().kind.label();
        format!("The sources of the {kind} {id} are not those of its text")
    }))
}

fn log(conn: &Connection) -> Result<Vec<String>, Fault> {
    let mut problems = Vec::new();
    let mut statement = conn.prepare("SELECT seq, forward, inverse FROM change_log")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let seq = row.get(0)?;
        for column in [1, 2] {
            let json: String = row.get(column)?;
            if let Err(Fault::Unreadable { what, detail }) = ops_from(seq, &json) {
                problems.push(format!("{what} in the log cannot be read: {detail}"));
            }
        }
    }
    Ok(problems)
}

/// Whether what is known of fetched prices can be read.
fn fetches(conn: &Connection) -> Result<Vec<String>, Fault> {
    let feeds = feed::load(conn, Timestamp::MIN).map(drop);
    let attempts = attempt::newest(conn, usize::MAX).map(drop);
    let mut problems = Vec::new();
    for read in [feeds, attempts] {
        match read {
            Ok(()) => {}
            Err(Fault::Unreadable { what, detail }) => {
                problems.push(format!("{what} cannot be read: {detail}"));
            }
            Err(other) => return Err(other),
        }
    }
    Ok(problems)
}
