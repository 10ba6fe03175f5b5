//! Lines of a chart: closes of a span rebased to 100, in days and levels.

use jiff::civil::date;

use super::backlog::days_between;
use super::returns::span;
use crate::model::{Bar, Day, Prices};

/// A level is shown for a day only if a close of at most so many days before
/// stands behind it; a series that ended has none.
const CARRIED_DAYS: i64 = 7;

/// One series over a span, its first close at 100.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Whose.
    pub symbol: String,
    /// Day numbers (see [`day_number`]) and levels, oldest first, two at least.
    pub points: Vec<[f64; 2]>,
    /// Day of the first point.
    pub first_day: Day,
    /// Day of the last point.
    pub last_day: Day,
    /// Last over first, less 1.
    pub change: f64,
    /// True if the series begins after the span does.
    pub starts_late: bool,
}

impl Line {
    /// The level on a day: of its close, or of the last one shortly before.
    pub fn level_at(&self, day: f64) -> Option<f64> {
        let after = self.points.partition_point(|[x, _]| *x <= day);
        let [x, level] = self.points.get(after.checked_sub(1)?)?;
        (day - x <= CARRIED_DAYS as f64).then_some(*level)
    }
}

/// Lines of the symbols that have two closes or more from the last close on or
/// before `base` until `to`.
pub fn rebased<'a>(
    prices: &Prices,
    symbols: impl IntoIterator<Item = &'a str>,
    base: Day,
    to: Day,
) -> Vec<Line> {
    let line = |symbol: &str| {
        let bars = span(prices.get(symbol)?, base, to).ok()?;
        let (first, last) = (bars.first()?, bars.last()?);
        let point = |bar: &Bar| [day_number(bar.day), 100.0 * (bar.close / first.close)];
        Some(Line {
            symbol: symbol.to_owned(),
            points: bars.iter().map(point).collect(),
            first_day: first.day,
            last_day: last.day,
            change: last.close / first.close - 1.0,
            starts_late: first.day > base,
        })
    };
    symbols.into_iter().filter_map(line).collect()
}

/// Days since 2000-01-01: the x of charts.
pub fn day_number(day: Day) -> f64 {
    days_between(date(2000, 1, 1), day) as f64
}

/// The day of a number, within the calendar.
pub fn day_of(number: f64) -> Day {
    let days = jiff::Span::new()
        .try_days(number.round() as i64)
        .unwrap_or_default();
    date(2000, 1, 1).saturating_add(days)
}
