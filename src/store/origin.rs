//! Where the prices in sight come from: the batches behind each series. It
//! must not change them.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;

use super::error::Fault;
use super::price::{day_of, series_of_symbol};
use super::{Store, StoreError};

/// A batch of prices, as far as its bars are in sight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchInfo {
    /// Who gave the bars: `starter`, `file` or the code of a price source.
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
    /// The batches behind the prices of one instrument, by canonical symbol.
    /// The first is the origin of the last bar.
    pub fn price_origins(&self, symbol: &str) -> Result<Vec<BatchInfo>, StoreError> {
        let mut all = self.origins(Some(symbol))?;
        Ok(all.remove(symbol).unwrap_or_default())
    }

    /// The batches behind all prices, by canonical symbol; of each symbol the
    /// first is the origin of the last bar.
    pub fn all_price_origins(&self) -> Result<BTreeMap<String, Vec<BatchInfo>>, StoreError> {
        self.origins(None)
    }

    fn origins(
        &self,
        symbol: Option<&str>,
    ) -> Result<BTreeMap<String, Vec<BatchInfo>>, StoreError> {
        self.read(|conn| {
            let mut origins: BTreeMap<String, Vec<BatchInfo>> = BTreeMap::new();
            let (first, last) = match symbol.map(|symbol| series_of_symbol(conn, symbol)) {
                None => (i64::MIN, i64::MAX),
                Some(no) => match no? {
                    Some(no) => (no, no),
                    None => return Ok(origins),
                },
            };
            let mut statement = conn.prepare_cached(
                "SELECT symbol, provider, file, at, bars, first_day, last_day
                 FROM (SELECT series, batch, count(*) AS bars,
                           min(day) AS first_day, max(day) AS last_day
                       FROM price WHERE series BETWEEN ?1 AND ?2 GROUP BY series, batch) AS shown
                 JOIN price_batch ON price_batch.id = shown.batch
                 JOIN price_series ON no = shown.series
                 JOIN instrument ON instrument.id = price_series.instrument
                 ORDER BY symbol, last_day DESC",
            )?;
            let mut rows = statement.query([first, last])?;
            while let Some(row) = rows.next()? {
                let symbol: String = row.get(0)?;
                let wrong = |detail: &str| {
                    Fault::unreadable(format!("the origin of prices of {symbol}"), &detail)
                };
                let day = |column: usize| -> Result<Date, Fault> {
                    day_of(row.get(column)?).ok_or_else(|| wrong("a day is beyond the calendar"))
                };
                let at: String = row.get(3)?;
                let info = BatchInfo {
                    provider: row.get(1)?,
                    file: row.get(2)?,
                    at: at.parse().map_err(|_error| wrong(&at))?,
                    bars: row.get(4)?,
                    first_day: day(5)?,
                    last_day: day(6)?,
                };
                origins.entry(symbol).or_default().push(info);
            }
            Ok(origins)
        })
    }
}
