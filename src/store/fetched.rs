//! Keeping what a provider gave: a fetch changes the lower of a series' two
//! layers alone, and none of it can be undone. It must not judge bars: they
//! come checked.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension as _, params};

use super::error::Fault;
use super::feed::{events_of, put_events};
use super::layer::{Layers, Plan};
use super::price::{self, VALUES, day_number, series_no};
use super::{Store, StoreError, attempt, tally};
use crate::model::feed::Extent;
use crate::model::{Attempt, Bar, Fetched, InstrumentId, PriceEvent, Series};

/// What became of fetched prices.
#[derive(Clone, Debug, PartialEq)]
pub struct Stored {
    /// The series as it is now; none if it has no bars.
    pub series: Option<Series>,
    /// Whether a bar in sight, its being live, or an event differs from before.
    pub changed: bool,
    /// Days on which the user's own close stands against another that was
    /// fetched; of a locked instrument, all days on which the two differ.
    pub kept_own: usize,
}

impl Store {
    /// Keeps fetched prices and the attempts that led to them.
    ///
    /// Days of the user's own (from a file or typed) stay as they are; what was
    /// fetched for them comes into sight only if the user takes their own back.
    /// What a fetch replaces or removes is gone: no undo brings back a close
    /// from before a split. A locked instrument keeps all it has. Bars that say
    /// nothing new are not written, and keep the provider who gave them first.
    /// Without any bars nothing is removed, whatever the extent.
    pub fn put_fetched(
        &mut self,
        fetched: &Fetched,
        attempts: &[Attempt],
    ) -> Result<Stored, StoreError> {
        self.write(|tx| {
            let no = series_no(tx, fetched.instrument)?;
            let (symbol, is_locked) = instrument(tx, fetched.instrument)?;
            let (changed, kept_own) = if is_locked {
                let layers = Layers::load(tx, no, &symbol)?;
                (false, layers.differing(&fetched.bars, true))
            } else {
                tx.execute(
                    "UPDATE price_series SET fetched_at = ?2 WHERE no = ?1",
                    params![no, fetched.at.to_string()],
                )?;
                let told = merge_events(tx, no, fetched)?;
                ask(tx, no, fetched)?;
                let (moved, kept_own) = merge_bars(tx, no, &symbol, fetched)?;
                (told || moved, kept_own)
            };
            attempt::log(tx, attempts)?;
            Ok(Stored {
                series: price::load_series(tx, &symbol, no)?,
                changed,
                kept_own,
            })
        })
    }
}

/// Symbol of an instrument in the book, and whether it is locked.
fn instrument(conn: &Connection, id: InstrumentId) -> Result<(String, bool), Fault> {
    let id = id.to_string();
    conn.prepare_cached(
        "SELECT symbol, coalesce(body ->> '$.locked', 0) FROM instrument WHERE id = ?1",
    )?
    .query_row([&id], |row| Ok((row.get(0)?, row.get(1)?)))
    .optional()?
    .ok_or(Fault::NoInstrument(id))
}

/// Merges what was told of splits and dividends; true if that differs.
fn merge_events(conn: &Connection, series: i64, fetched: &Fetched) -> Result<bool, Fault> {
    let before = events_of(conn, series, fetched.provider)?;
    let days = fetched.bars.first().zip(fetched.bars.last());
    let is_told_again = |event: &PriceEvent| match (fetched.extent, days) {
        (_, None) => false,
        (Extent::Days, Some((first, last))) => (first.day..=last.day).contains(&event.day),
        (Extent::FromFirst, Some((first, _))) => event.day >= first.day,
        (Extent::Everything, Some(_)) => true,
    };
    let kept = before.iter().filter(|event| !is_told_again(event));
    let now: BTreeSet<PriceEvent> = kept.chain(&fetched.events).copied().collect();
    if now == before {
        return Ok(false);
    }
    put_events(conn, series, fetched.provider, &now)?;
    Ok(true)
}

/// Keeps the question; without one, that of before is over once bars reach its
/// day or were put on another footing.
fn ask(conn: &Connection, series: i64, fetched: &Fetched) -> rusqlite::Result<()> {
    if let Some(jump) = fetched.question {
        conn.prepare_cached(
            "INSERT OR REPLACE INTO price_question
                 (series, provider, day_before, before, day, close)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            series,
            jump.provider.code(),
            day_number(jump.day_before),
            jump.before,
            day_number(jump.day),
            jump.close,
        ])?;
        return Ok(());
    }
    let reach = match (fetched.extent, fetched.bars.last()) {
        (_, None) => return Ok(()),
        (Extent::Days, Some(last)) => day_number(last.day),
        (Extent::FromFirst | Extent::Everything, Some(_)) => i64::MAX,
    };
    conn.prepare_cached("DELETE FROM price_question WHERE series = ?1 AND day <= ?2")?
        .execute([series, reach])?;
    Ok(())
}

/// Merges bars into the lower layer: whether what is in sight differs, and on
/// how many days the user's own close does from the one fetched.
fn merge_bars(
    conn: &Connection,
    series: i64,
    symbol: &str,
    fetched: &Fetched,
) -> Result<(bool, usize), Fault> {
    let layers = Layers::load(conn, series, symbol)?;
    let kept_own = layers.differing(&fetched.bars, false);
    let plan = layers.plan(fetched);
    let changed = write(conn, series, &plan, fetched)?;
    if !plan.is_empty() {
        tidy(conn, series)?;
        tally::recount(conn, series)?;
    }
    Ok((changed, kept_own))
}

/// Writes a plan, with a batch if there are bars; true if what is in sight
/// differs.
fn write(
    conn: &Connection,
    series: i64,
    plan: &Plan<'_>,
    fetched: &Fetched,
) -> Result<bool, Fault> {
    let mut remove = conn.prepare_cached("DELETE FROM price WHERE series = ?1 AND day = ?2")?;
    for day in &plan.remove {
        remove.execute([series, *day])?;
    }
    let mut forget = conn
        .prepare_cached("DELETE FROM price_shadow WHERE owner = ?1 AND origin = ?2 AND day = ?3")?;
    for key in &plan.forget {
        forget.execute(*key)?;
    }
    let changed = !plan.put.is_empty() || !plan.remove.is_empty();
    if plan.put.is_empty() && plan.wait.is_empty() {
        return Ok(changed);
    }
    let waiting = plan.wait.iter().map(|(_, bar)| *bar);
    let is_live = |bar: &Bar| fetched.live == Some(bar.day);
    let live = plan
        .put
        .iter()
        .copied()
        .chain(waiting)
        .find(|bar| is_live(bar));
    conn.prepare_cached(
        "INSERT INTO price_batch (series, provider, at, rows, live_day)
         VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![
        series,
        fetched.provider.code(),
        fetched.at.to_string(),
        i64::try_from(plan.put.len() + plan.wait.len()).unwrap_or(i64::MAX),
        live.map(|bar| day_number(bar.day)),
    ])?;
    let batch = conn.last_insert_rowid();
    let sql = format!(
        "INSERT OR REPLACE INTO price (series, batch, day, {VALUES})
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
    );
    insert(conn, &sql, plan.put.iter().map(|bar| (series, *bar)), batch)?;
    let sql = format!(
        "INSERT INTO price_shadow (owner, origin, day, {VALUES})
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
    );
    insert(conn, &sql, plan.wait.iter().copied(), batch)?;
    Ok(changed)
}

/// Inserts bars: first column, batch, day, values.
fn insert<'a>(
    conn: &Connection,
    sql: &str,
    bars: impl Iterator<Item = (i64, &'a Bar)>,
    batch: i64,
) -> rusqlite::Result<()> {
    let mut statement = conn.prepare_cached(sql)?;
    for (first, bar) in bars {
        statement.execute(params![
            first,
            batch,
            day_number(bar.day),
            bar.close,
            bar.adjusted,
            bar.open,
            bar.high,
            bar.low,
            bar.volume,
        ])?;
    }
    Ok(())
}

/// Forgets batches of no change of which nothing is left, and that a day was
/// live once that bar is gone, so that neither grows with every fetch.
fn tidy(conn: &Connection, series: i64) -> rusqlite::Result<()> {
    const WAITING: &str = "SELECT origin FROM price_shadow WHERE owner IN
        (SELECT id FROM price_batch WHERE series = ?1 AND seq IS NOT NULL)";
    let sql = format!(
        "DELETE FROM price_batch WHERE series = ?1 AND seq IS NULL
             AND id NOT IN (SELECT batch FROM price WHERE series = ?1)
             AND id NOT IN ({WAITING})"
    );
    conn.prepare_cached(&sql)?.execute([series])?;
    let sql = format!(
        "UPDATE price_batch SET live_day = NULL WHERE series = ?1 AND live_day IS NOT NULL
             AND id NOT IN (SELECT batch FROM price WHERE series = ?1 AND day = live_day)
             AND id NOT IN ({WAITING} AND day = live_day)"
    );
    conn.prepare_cached(&sql)?.execute([series])?;
    Ok(())
}
