//! How many bars of a series each provider gave, and the newest day of each:
//! kept beside the bars, so that opening need not read all of them to say so.
//! It must not change bars.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension as _, params};

/// The bars in sight of one provider in one series.
pub(super) struct Tally {
    /// The number of the series.
    pub series: i64,
    /// Who gave them.
    pub provider: String,
    /// How many.
    pub rows: usize,
    /// The number of the newest day.
    pub last_day: i64,
}

/// Counts a series again. Whatever adds or removes bars ends with this.
pub(super) fn recount(conn: &Connection, series: i64) -> rusqlite::Result<()> {
    let mut counts: BTreeMap<String, (i64, i64)> = BTreeMap::new();
    for (batch, count) in by_batch(conn, series)? {
        let provider = conn
            .prepare_cached("SELECT provider FROM price_batch WHERE id = ?1")?
            .query_row([batch], |row| row.get(0))
            .optional()?;
        // Bars without their batch are what `check` tells.
        let Some(provider) = provider else { continue };
        let (rows, last) = counts.entry(provider).or_insert((0, count.1));
        *rows += count.0;
        *last = count.1.max(*last);
    }
    conn.prepare_cached("DELETE FROM price_tally WHERE series = ?1")?
        .execute([series])?;
    let mut insert = conn.prepare_cached(
        "INSERT INTO price_tally (series, provider, rows, last_day) VALUES (?1, ?2, ?3, ?4)",
    )?;
    for (provider, (rows, last)) in counts {
        insert.execute(params![series, provider, rows, last])?;
    }
    Ok(())
}

/// Rows and newest day of each batch in a series. Bars of a batch mostly stand
/// side by side, so that counting runs takes a third of the time of GROUP BY.
fn by_batch(conn: &Connection, series: i64) -> rusqlite::Result<BTreeMap<i64, (i64, i64)>> {
    let mut counts: BTreeMap<i64, (i64, i64)> = BTreeMap::new();
    let mut end_run = |batch: i64, run: i64, day: i64| {
        let (rows, last) = counts.entry(batch).or_insert((0, day));
        *rows += run;
        *last = day;
    };
    let mut statement =
        conn.prepare_cached("SELECT batch, day FROM price WHERE series = ?1 ORDER BY day")?;
    let mut rows = statement.query([series])?;
    let mut run: Option<(i64, i64, i64)> = None;
    while let Some(row) = rows.next()? {
        let (batch, day): (i64, i64) = (row.get(0)?, row.get(1)?);
        run = Some(match run {
            Some((same, count, _)) if same == batch => (batch, count + 1, day),
            Some((other, count, last)) => {
                end_run(other, count, last);
                (batch, 1, day)
            }
            None => (batch, 1, day),
        });
    }
    if let Some((batch, count, last)) = run {
        end_run(batch, count, last);
    }
    Ok(counts)
}

/// The counts of every series.
pub(super) fn load(conn: &Connection) -> rusqlite::Result<Vec<Tally>> {
    conn.prepare_cached("SELECT series, provider, rows, last_day FROM price_tally")?
        .query_map([], |row| {
            let rows: u32 = row.get(2)?;
            Ok(Tally {
                series: row.get(0)?,
                provider: row.get(1)?,
                rows: rows as usize,
                last_day: row.get(3)?,
            })
        })?
        .collect()
}
