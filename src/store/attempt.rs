//! The log of attempts to fetch prices, the newest of them, and the hosts that
//! want quiet. It must not touch prices.

use jiff::Timestamp;
use rusqlite::{Connection, Row, params};

use super::error::Fault;
use super::{Store, StoreError};
use crate::model::{Attempt, Outcome, Provider, Quiet};

/// How many attempts are kept.
const ATTEMPTS_KEPT: i64 = 2000;

/// The columns of an attempt, in the order in which rows are read.
pub(super) const COLUMNS: &str =
    "turn, at, instrument, provider, outcome, detail, rows, skipped, next_try";

impl Store {
    /// Adds to the log of attempts. A successful one makes its series as up to
    /// date as the provider can. Instruments that are gone from the book may be
    /// among these: that they were asked for is true.
    pub fn put_attempts(&mut self, attempts: &[Attempt]) -> Result<(), StoreError> {
        self.write(|tx| log(tx, attempts))
    }

    /// The attempts of all instruments, newest first, at most `limit`.
    pub fn attempts(&self, limit: usize) -> Result<Vec<Attempt>, StoreError> {
        self.read(|conn| newest(conn, limit))
    }

    /// Keeps that a provider wants quiet, in the place of what it wanted before.
    pub fn put_quiet(&mut self, quiet: &Quiet) -> Result<(), StoreError> {
        self.write(|tx| {
            tx.prepare_cached(
                "INSERT OR REPLACE INTO fetch_quiet (provider, until) VALUES (?1, ?2)",
            )?
            .execute([quiet.provider.code(), &quiet.until.to_string()])?;
            Ok(())
        })
    }
}

/// Writes attempts, lets the oldest go, and notes which series are up to date.
pub(super) fn log(conn: &Connection, attempts: &[Attempt]) -> Result<(), Fault> {
    let sql = format!(
        "INSERT INTO fetch_attempt ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
    );
    let mut insert = conn.prepare_cached(&sql)?;
    let mut note =
        conn.prepare_cached("UPDATE price_series SET fetched_at = ?2 WHERE instrument = ?1")?;
    for attempt in attempts {
        let instrument = attempt.instrument.to_string();
        insert.execute(params![
            attempt.turn.to_string(),
            attempt.at.to_string(),
            instrument,
            attempt.provider.code(),
            attempt.outcome.code(),
            attempt.detail,
            count(attempt.rows),
            count(attempt.skipped),
            attempt.next_try.map(|next| next.to_string()),
        ])?;
        if attempt.outcome.is_success() {
            note.execute([&instrument, &attempt.at.to_string()])?;
        }
    }
    conn.prepare_cached(
        "DELETE FROM fetch_attempt WHERE no <= (SELECT max(no) FROM fetch_attempt) - ?1",
    )?
    .execute([ATTEMPTS_KEPT])?;
    Ok(())
}

/// The attempts of all instruments, newest first, at most `limit`.
pub(super) fn newest(conn: &Connection, limit: usize) -> Result<Vec<Attempt>, Fault> {
    let sql = format!("SELECT {COLUMNS} FROM fetch_attempt ORDER BY no DESC LIMIT ?1");
    let mut statement = conn.prepare_cached(&sql)?;
    let mut rows = statement.query([i64::try_from(limit).unwrap_or(i64::MAX)])?;
    let mut attempts = Vec::new();
    while let Some(row) = rows.next()? {
        attempts.extend(read(row)?);
    }
    Ok(attempts)
}

/// A count as it is kept; what no body can hold is kept as the most there is.
fn count(rows: usize) -> u32 {
    u32::try_from(rows).unwrap_or(u32::MAX)
}

/// The attempt of a row of [`COLUMNS`]; none if it was of a provider or had an
/// outcome that this version does not know.
pub(super) fn read(row: &Row<'_>) -> Result<Option<Attempt>, Fault> {
    let text = |column: usize| row.get_ref(column)?.as_str().map_err(rusqlite::Error::from);
    let known = Provider::from_code(text(3)?).zip(Outcome::from_code(text(4)?));
    let Some((provider, outcome)) = known else {
        return Ok(None);
    };
    let (rows, skipped): (u32, u32) = (row.get(6)?, row.get(7)?);
    let next_try: Option<String> = row.get(8)?;
    Ok(Some(Attempt {
        turn: time(text(0)?)?,
        at: time(text(1)?)?,
        instrument: text(2)?.parse().map_err(|error| wrong(&error))?,
        provider,
        outcome,
        detail: row.get(5)?,
        rows: rows as usize,
        skipped: skipped as usize,
        next_try: next_try.map(|next| time(&next)).transpose()?,
    }))
}

fn time(text: &str) -> Result<Timestamp, Fault> {
    text.parse().map_err(|error: jiff::Error| wrong(&error))
}

fn wrong(detail: &impl ToString) -> Fault {
    Fault::unreadable("an attempt to fetch prices", detail)
}

/// The providers that want quiet beyond `now`, in no order that means anything.
pub(super) fn quiet(conn: &Connection, now: Timestamp) -> Result<Vec<Quiet>, Fault> {
    let mut statement = conn.prepare_cached("SELECT provider, until FROM fetch_quiet")?;
    let mut rows = statement.query([])?;
    let mut quiet = Vec::new();
    while let Some(row) = rows.next()? {
        let (provider, until): (String, String) = (row.get(0)?, row.get(1)?);
        let until = until
            .parse()
            .map_err(|error: jiff::Error| Fault::unreadable("a time of quiet", &error))?;
        if let Some(provider) = Provider::from_code(&provider)
            && until > now
        {
            quiet.push(Quiet { provider, until });
        }
    }
    Ok(quiet)
}
