//! Rows of a body on their way to bars: what is no price is left out and
//! counted, a day stays once, days that were not asked for are dropped.
//! Nothing of any one provider.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::number::Cell;
use super::{Ask, BodyError, Quotes, Skipped};
use crate::model::Bar;

/// The cells of one day.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Split-adjusted close.
    pub close: Cell,
    /// Close adjusted for splits and dividends.
    pub adjusted: Cell,
    /// First price.
    pub open: Cell,
    /// Highest price.
    pub high: Cell,
    /// Lowest price.
    pub low: Cell,
    /// Units traded.
    pub volume: Cell,
}

impl Row {
    /// A day of which only the close is known.
    pub const fn close(close: Cell) -> Self {
        Self {
            close,
            adjusted: Cell::Missing,
            open: Cell::Missing,
            high: Cell::Missing,
            low: Cell::Missing,
            volume: Cell::Missing,
        }
    }

    /// The same row with every price changed, the volume as it is.
    #[must_use]
    pub fn map_prices(self, change: impl Fn(f64) -> f64) -> Self {
        Self {
            close: self.close.map(&change),
            adjusted: self.adjusted.map(&change),
            open: self.open.map(&change),
            high: self.high.map(&change),
            low: self.low.map(&change),
            volume: self.volume,
        }
    }
}

/// Rows taken so far.
#[derive(Debug)]
pub struct Rows {
    from: Option<Date>,
    to: Date,
    bars: BTreeMap<Date, Bar>,
    skipped: Vec<Skipped>,
}

impl Rows {
    /// No rows yet, of the days that are asked for.
    pub const fn new(ask: &Ask) -> Self {
        Self {
            from: ask.from,
            to: ask.to,
            bars: BTreeMap::new(),
            skipped: Vec::new(),
        }
    }

    /// Whether that day is asked for.
    pub fn wants(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && day <= self.to
    }

    /// Takes a row or says why not. Of two rows of a day the one taken later
    /// stays. A price of zero beside a good close is an unknown one.
    pub fn take(&mut self, day: Date, row: &Row) {
        if !self.wants(day) {
            return;
        }
        let Some(close) = row.close.above_zero() else {
            let reason = match &row.close {
                Cell::Missing => "no close".to_owned(),
                Cell::Number(number) => format!("close of {number}"),
                Cell::Unreadable(text) => format!("a close that is no number: “{text}”"),
            };
            self.skip(Some(day), reason);
            return;
        };
        let bar = Bar {
            day,
            close,
            adjusted: row.adjusted.above_zero(),
            open: row.open.above_zero(),
            high: row.high.above_zero(),
            low: row.low.above_zero(),
            volume: row.volume.zero_or_more(),
        };
        if self.bars.insert(day, bar).is_some() {
            self.skip(
                Some(day),
                "an earlier one of two rows of the day".to_owned(),
            );
        }
    }

    /// Counts something that cannot be taken.
    pub fn skip(&mut self, day: Option<Date>, reason: String) {
        if day.is_none_or(|day| self.wants(day)) {
            self.skipped.push(Skipped { day, reason });
        }
    }

    /// The newest day so far.
    pub fn last_day(&self) -> Option<Date> {
        self.bars.last_key_value().map(|(day, _)| *day)
    }

    /// What the body holds: at least one bar, or the error that there is none.
    /// `live` counts if its day is among them.
    pub fn finish(self, live: Option<Date>) -> Result<Quotes, BodyError> {
        if self.bars.is_empty() {
            let why = why_none(&self.skipped);
            // Rows without a single day are not prices of other days.
            let unknown = !why.is_empty() && self.skipped.iter().all(|row| row.day.is_none());
            return Err(if unknown {
                BodyError::Shape(why)
            } else {
                BodyError::NoData(why)
            });
        }
        Ok(Quotes {
            live: live.filter(|day| self.bars.contains_key(day)),
            bars: self.bars.into_values().collect(),
            skipped: self.skipped,
            ..Quotes::default()
        })
    }
}

fn why_none(skipped: &[Skipped]) -> String {
    let Some(first) = skipped.first() else {
        return String::new();
    };
    let rows = if skipped.len() == 1 {
        "1 row".to_owned()
    } else {
        format!("{} rows", skipped.len())
    };
    format!("{rows} cannot be taken, the first has {}", first.reason)
}
