//! Bars on disk and the batches that brought them. A batch can be taken back:
//! the rows it replaced wait out of sight. It must not know records, but for
//! the symbols of instruments.

use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension as _, Row, params};

use super::error::Fault;
use super::{PriceBatch, Store, StoreError, tally};
use crate::model::{Bar, InstrumentId, Prices, Series};

const EPOCH: Date = date(1970, 1, 1);

/// The columns of a bar's values, in the order in which rows are read.
pub(super) const VALUES: &str = "close, adjusted, open, high, low, volume";

impl Store {
    /// The bars of every instrument in the book, by canonical symbol.
    /// Instruments without bars are left out.
    pub fn load_prices(&self) -> Result<Prices, StoreError> {
        self.read(|conn| {
            let mut prices = Prices::default();
            let mut statement = conn.prepare(
                "SELECT symbol, no FROM price_series JOIN instrument ON id = instrument",
            )?;
            let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            for row in rows {
                let (symbol, no): (String, i64) = row?;
                if let Some(series) = load_series(conn, &symbol, no)? {
                    prices.by_symbol.insert(symbol, series);
                }
            }
            Ok(prices)
        })
    }

    /// The bars of one instrument, by canonical symbol; none when there are
    /// none, or no such instrument.
    pub fn load_series(&self, symbol: &str) -> Result<Option<Series>, StoreError> {
        self.read(|conn| match series_of_symbol(conn, symbol)? {
            Some(no) => load_series(conn, symbol, no),
            None => Ok(None),
        })
    }
}

/// The number of the series of an instrument in the book, if it has one.
pub(super) fn series_of_symbol(conn: &Connection, symbol: &str) -> rusqlite::Result<Option<i64>> {
    conn.prepare_cached(
        "SELECT no FROM price_series JOIN instrument ON id = instrument WHERE symbol = ?1",
    )?
    .query_row([symbol], |row| row.get(0))
    .optional()
}

pub(super) fn load_series(
    conn: &Connection,
    symbol: &str,
    no: i64,
) -> Result<Option<Series>, Fault> {
    let sql = format!("SELECT day, {VALUES} FROM price WHERE series = ?1 ORDER BY day");
    let mut statement = conn.prepare_cached(&sql)?;
    let mut rows = statement.query([no])?;
    let mut bars = Vec::new();
    while let Some(row) = rows.next()? {
        bars.push(bar_of(row, symbol)?);
    }
    if bars.is_empty() {
        return Ok(None);
    }
    Series::new(bars)
        .map(Some)
        .map_err(|error| Fault::unreadable(format!("prices of {symbol}"), &error))
}

/// The bar of a row that begins with its day and [`VALUES`].
pub(super) fn bar_of(row: &Row<'_>, symbol: &str) -> Result<Bar, Fault> {
    let number = row.get(0)?;
    let day = day_of(number).ok_or_else(|| {
        Fault::unreadable(
            format!("a price of {symbol}"),
            &format!("{number} is not a day"),
        )
    })?;
    Ok(Bar {
        day,
        close: row.get(1)?,
        adjusted: row.get(2)?,
        open: row.get(3)?,
        high: row.get(4)?,
        low: row.get(5)?,
        volume: row.get(6)?,
    })
}

/// Inserts a batch and gives its number. Rows of the same days step aside.
pub(super) fn insert(
    conn: &Connection,
    batch: &PriceBatch,
    seq: Option<i64>,
    at: Timestamp,
) -> Result<i64, Fault> {
    let series = series_no(conn, batch.instrument)?;
    conn.prepare_cached(
        "INSERT INTO price_batch (seq, series, provider, file, at, rows)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![
        seq,
        series,
        batch.provider,
        batch.file,
        at.to_string(),
        i64::try_from(batch.bars.len()).unwrap_or(i64::MAX),
    ])?;
    let id = conn.last_insert_rowid();
    step_aside(conn, batch, series, id)?;
    let sql = format!(
        "INSERT INTO price (series, day, {VALUES}, batch) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    for bar in batch.bars.bars() {
        statement.execute(params![
            series,
            day_number(bar.day),
            bar.close,
            bar.adjusted,
            bar.open,
            bar.high,
            bar.low,
            bar.volume,
            id,
        ])?;
    }
    tally::recount(conn, series)?;
    Ok(id)
}

/// Moves the rows that a new batch replaces out of sight.
fn step_aside(conn: &Connection, batch: &PriceBatch, series: i64, id: i64) -> rusqlite::Result<()> {
    let sql = format!(
        "INSERT INTO price_shadow (owner, origin, day, {VALUES})
         SELECT ?4, batch, day, {VALUES} FROM price WHERE series = ?1 AND day BETWEEN ?2 AND ?3"
    );
    let mut keep = conn.prepare_cached(&sql)?;
    let mut remove =
        conn.prepare_cached("DELETE FROM price WHERE series = ?1 AND day BETWEEN ?2 AND ?3")?;
    for (first, last) in replaced_runs(conn, batch, series)? {
        keep.execute([series, first, last, id])?;
        remove.execute([series, first, last])?;
    }
    Ok(())
}

/// First and last days of the runs of stored rows that the batch replaces all.
/// Moving runs rather than days makes importing a file again twice as fast.
fn replaced_runs(
    conn: &Connection,
    batch: &PriceBatch,
    series: i64,
) -> rusqlite::Result<Vec<(i64, i64)>> {
    let mut new = batch.bars.bars().iter().map(|bar| day_number(bar.day));
    let mut new_day = new.next();
    let mut runs = Vec::new();
    let mut run: Option<(i64, i64)> = None;
    let mut statement =
        conn.prepare_cached("SELECT day FROM price WHERE series = ?1 ORDER BY day")?;
    let mut rows = statement.query([series])?;
    while let Some(row) = rows.next()? {
        let day: i64 = row.get(0)?;
        while new_day.is_some_and(|new| new < day) {
            new_day = new.next();
        }
        if new_day == Some(day) {
            run = Some((run.map_or(day, |(first, _)| first), day));
        } else {
            runs.extend(run.take());
        }
    }
    runs.extend(run);
    Ok(runs)
}

/// Takes a batch back: its rows go out of sight, those it replaced come back.
/// Right only for the newest batch in sight, which undo sees to.
pub(super) fn undo(conn: &Connection, id: i64) -> rusqlite::Result<()> {
    let series = series_of(conn, id)?;
    let hide = format!(
        "INSERT INTO price_shadow (owner, origin, day, {VALUES})
         SELECT batch, batch, day, {VALUES} FROM price WHERE series = ?1 AND batch = ?2"
    );
    conn.execute(&hide, [series, id])?;
    conn.execute(
        "DELETE FROM price WHERE series = ?1 AND batch = ?2",
        [series, id],
    )?;
    // No fetch touches the rows of a batch of the user's, so these days are
    // free. Were one not, what was fetched since is the better one.
    let show = format!(
        "INSERT INTO price (series, day, {VALUES}, batch)
         SELECT ?1, day, {VALUES}, origin FROM price_shadow WHERE owner = ?2 AND origin <> ?2
         ON CONFLICT (series, day) DO NOTHING"
    );
    conn.execute(&show, [series, id])?;
    conn.execute(
        "DELETE FROM price_shadow WHERE owner = ?1 AND origin <> ?1",
        [id],
    )?;
    tally::recount(conn, series)
}

/// Brings back a batch that was taken back.
pub(super) fn redo(conn: &Connection, id: i64) -> rusqlite::Result<()> {
    let series = series_of(conn, id)?;
    let hide = format!(
        "INSERT INTO price_shadow (owner, origin, day, {VALUES})
         SELECT ?2, batch, day, {VALUES} FROM price WHERE series = ?1 AND day IN
            (SELECT day FROM price_shadow WHERE owner = ?2 AND origin = ?2)"
    );
    conn.execute(&hide, [series, id])?;
    let show = format!(
        "INSERT OR REPLACE INTO price (series, day, {VALUES}, batch)
         SELECT ?1, day, {VALUES}, origin FROM price_shadow WHERE owner = ?2 AND origin = ?2"
    );
    conn.execute(&show, [series, id])?;
    conn.execute(
        "DELETE FROM price_shadow WHERE owner = ?1 AND origin = ?1",
        [id],
    )?;
    tally::recount(conn, series)
}

/// Forgets the rows of the batches of dropped changes: nothing leads back to
/// them.
pub(super) fn forget_dropped(conn: &Connection) -> rusqlite::Result<()> {
    conn.prepare_cached(
        "DELETE FROM price_shadow WHERE owner IN
            (SELECT id FROM price_batch JOIN change_log USING (seq) WHERE state = 'dropped')",
    )?
    .execute([])?;
    Ok(())
}

/// The batches of a change with the canonical symbols of their instruments,
/// oldest first.
pub(super) fn batches(conn: &Connection, seq: i64) -> rusqlite::Result<Vec<(i64, Option<String>)>> {
    conn.prepare_cached(
        "SELECT price_batch.id, symbol FROM price_batch
         JOIN price_series ON no = series LEFT JOIN instrument ON instrument.id = instrument
         WHERE seq = ?1 ORDER BY price_batch.id",
    )?
    .query_map([seq], |row| Ok((row.get(0)?, row.get(1)?)))?
    .collect()
}

fn series_of(conn: &Connection, batch: i64) -> rusqlite::Result<i64> {
    conn.prepare_cached("SELECT series FROM price_batch WHERE id = ?1")?
        .query_row([batch], |row| row.get(0))
}

/// The number of an instrument's series, new if it has none.
pub(super) fn series_no(conn: &Connection, instrument: InstrumentId) -> Result<i64, Fault> {
    let id = instrument.to_string();
    let is_known: bool = conn
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM instrument WHERE id = ?1)")?
        .query_row([&id], |row| row.get(0))?;
    if !is_known {
        return Err(Fault::NoInstrument(id));
    }
    conn.prepare_cached(
        "INSERT INTO price_series (instrument) VALUES (?1) ON CONFLICT (instrument) DO NOTHING",
    )?
    .execute([&id])?;
    Ok(conn
        .prepare_cached("SELECT no FROM price_series WHERE instrument = ?1")?
        .query_row([&id], |row| row.get(0))?)
}

/// Days from 1970-01-01.
pub(super) fn day_number(day: Date) -> i64 {
    day.duration_since(EPOCH).as_hours() / 24
}

/// The day of that number, if the calendar reaches it.
pub(super) fn day_of(number: i64) -> Option<Date> {
    let hours = number.checked_mul(24)?;
    // A duration counts seconds, so its hours have a limit too.
    let seconds = hours.checked_mul(3600)?;
    EPOCH.checked_add(SignedDuration::from_secs(seconds)).ok()
}
