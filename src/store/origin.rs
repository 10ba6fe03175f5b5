//! Where the prices in sight come from: the batches behind each series. It
//! must not change them.

use jiff::Timestamp;
use jiff::civil::Date;

use super::error::Fault;
use super::price::{day_of, series_of_symbol};
use super::{Store, StoreError};

/// A batch of prices, as far as its bars are in sight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchInfo {
    /// Who gave the bars: `starter`, `file`, `typed` or the code of a provider.
    pub provider: String,
    /// The file they were read from, as the user knows it.
    pub file: Option<String>,
    /// When they were stored.
    pub at: Timestamp,
    /// Bars in sight: those that no later batch replaced.
    pub bars: u32,
    /// The first day in sight.
    pub first_day: Date,
    /// The last day in sight.
    pub last_day: Date,
}

impl Store {
    /// Who gave the last bar of each instrument that has bars: one code each,
    /// in no order. Reads one row an instrument, so that it may follow every
    /// change.
    pub fn providers_of_last_bars(&self) -> Result<Vec<String>, StoreError> {
        self.read(|conn| {
            let mut statement = conn.prepare_cached(
                // Cross joins keep the order: any other reads every price.
                "SELECT provider FROM price_series
                 CROSS JOIN instrument ON instrument.id = price_series.instrument
                 CROSS JOIN price_batch ON price_batch.id =
                     (SELECT batch FROM price WHERE series = no ORDER BY day DESC LIMIT 1)",
            )?;
            let providers = statement.query_map([], |row| row.get(0))?;
            Ok(providers.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// The batches behind the prices of one instrument, by canonical symbol.
    /// The first is the origin of the last bar.
    pub fn price_origins(&self, symbol: &str) -> Result<Vec<BatchInfo>, StoreError> {
        self.read(|conn| {
            let Some(no) = series_of_symbol(conn, symbol)? else {
                return Ok(Vec::new());
            };
            let mut statement = conn.prepare_cached(
                "SELECT provider, file, at, bars, first_day, last_day
                 FROM (SELECT batch, count(*) AS bars,
                           min(day) AS first_day, max(day) AS last_day
                       FROM price WHERE series = ?1 GROUP BY batch) AS shown
                 JOIN price_batch ON price_batch.id = shown.batch
                 ORDER BY last_day DESC",
            )?;
            let mut rows = statement.query([no])?;
            let mut origins = Vec::new();
            while let Some(row) = rows.next()? {
                let wrong = |detail: &str| {
                    Fault::unreadable(format!("the origin of prices of {symbol}"), &detail)
                };
                let day = |column: usize| -> Result<Date, Fault> {
                    day_of(row.get(column)?).ok_or_else(|| wrong("a day is beyond the calendar"))
                };
                let at: String = row.get(2)?;
                origins.push(BatchInfo {
                    provider: row.get(0)?,
                    file: row.get(1)?,
                    at: at.parse().map_err(|_error| wrong(&at))?,
                    bars: row.get(3)?,
                    first_day: day(4)?,
                    last_day: day(5)?,
                });
            }
            Ok(origins)
        })
    }
}
