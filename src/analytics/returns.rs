//! Returns of one series over a span of days, and lines rebased to 100. All
//! figures are fractions (0.56, not 56) of split-adjusted closes, without
//! dividends. The base is one close and the result another, so the period between
//! them is stated with every figure.

use jiff::civil::{Date, date};

use crate::analytics::reason::Reason;
use crate::model::series::{Bar, Series};

/// Two series whose newest closes lie further apart than this many days are
/// compared up to the older of the two: a weekend or a week's close may
/// differ, a series that ended may not pass for one that went on.
pub const STALE_AFTER_DAYS: i64 = 7;

/// The change between two closes of one series.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SpanReturn {
    /// The day of the base close.
    pub first_day: Date,
    /// The base close.
    pub first_close: f64,
    /// The day of the last close.
    pub last_day: Date,
    /// The last close.
    pub last_close: f64,
    /// `last_close / first_close - 1`.
    pub value: f64,
    /// The first day of the series if it begins after the day it was to be
    /// measured from: then the cell says "since" that day.
    pub since: Option<Date>,
}

/// The bars of a span: the newest at or before `base_day` (else the first of
/// the series) to the newest at or before `to`.
///
/// Every statistic of a span is taken over these. Fails if there is no close
/// up to `to`, or none between base and `to`: an unchanged price and an absent
/// one are different things.
pub fn span(series: &Series, base_day: Date, to: Date) -> Result<&[Bar], Reason> {
    let from = series
        .at_or_before(base_day)
        .or_else(|| series.first())
        .ok_or(Reason::NoClose { to })?;
    let bars = series.between(from.day, to);
    match bars.len() {
        0 if series.first().is_some_and(|first| first.day > to) => Err(Reason::NoClose { to }),
        0 | 1 => Err(Reason::NothingAfter { base: from.day, to }),
        _ => Ok(bars),
    }
}

/// Return of which the close of `base_day`, or the last one before it, is the
/// base; a series that starts later counts from its first close.
pub fn return_between(series: &Series, base_day: Date, to: Date) -> Result<SpanReturn, Reason> {
    let bars = span(series, base_day, to)?;
    let (Some(first), Some(last)) = (bars.first(), bars.last()) else {
        return Err(Reason::NoClose { to });
    };
    Ok(between_bars(
        first,
        last,
        (first.day > base_day).then_some(first.day),
    ))
}

/// Return over the days `from` to `to`, both included: the close of the last
/// day up to `to` over the close of the last day up to `from` − 1, less 1.
pub fn span_return(series: &Series, from: Date, to: Date) -> Result<SpanReturn, Reason> {
    // The day before the first day that can be written has no close either.
    let base_day = from.yesterday().unwrap_or(Date::MIN);
    return_between(series, base_day, to)
}

/// Return since the last close of the year before `as_of`.
pub fn ytd(series: &Series, as_of: Date) -> Result<SpanReturn, Reason> {
    span_return(series, date(as_of.year(), 1, 1), as_of)
}

/// The last close up to `as_of` over the close before it. With weekly closes
/// that is the change of a week: `first_day` and `last_day` tell.
pub fn return_1d(series: &Series, as_of: Date) -> Result<SpanReturn, Reason> {
    let mut newest = series.up_to(as_of).iter().rev();
    let last = newest.next().ok_or(Reason::NoClose { to: as_of })?;
    let previous = newest.next().ok_or(Reason::TooFew { have: 0, need: 1 })?;
    Ok(between_bars(previous, last, None))
}

/// A return beside the benchmark's over the same days.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Excess {
    /// The instrument's return less the benchmark's: points as a fraction.
    pub value: f64,
    /// The instrument's part.
    pub own: SpanReturn,
    /// The benchmark's part.
    pub benchmark: SpanReturn,
    /// The day from which both were measured, if not from the base day,
    /// because one of them begins later.
    pub since: Option<Date>,
    /// The day to which both were measured, if one of them ends more than
    /// [`STALE_AFTER_DAYS`] before the other.
    pub until: Option<Date>,
}

/// Return of `series` less that of `benchmark` over [base day, to].
///
/// Period lengths are never mixed: if one series begins after the base day,
/// both are measured from its first close; if one ends more than
/// [`STALE_AFTER_DAYS`] before the other, both are measured to its last.
pub fn excess(
    series: &Series,
    benchmark: &Series,
    base_day: Date,
    to: Date,
) -> Result<Excess, Reason> {
    let own = return_between(series, base_day, to)?;
    let other = return_between(benchmark, base_day, to)?;
    let since = own.since.max(other.since);
    let until = common_end(own.last_day, other.last_day);
    let (from, to) = (since.unwrap_or(base_day), until.unwrap_or(to));
    let own = return_between(series, from, to)?;
    let benchmark = return_between(benchmark, from, to)?;
    Ok(Excess {
        value: own.value - benchmark.value,
        own,
        benchmark,
        since,
        until,
    })
}

/// The earlier of two last days if they lie more than [`STALE_AFTER_DAYS`]
/// apart: then returns up to them may not be set against each other.
pub fn common_end(a: Date, b: Date) -> Option<Date> {
    let apart = a.duration_since(b).as_hours().abs() / 24;
    (apart > STALE_AFTER_DAYS).then(|| a.min(b))
}

/// The line of `bars` with `base_close` drawn at 100: one level a day.
pub fn rebase(bars: &[Bar], base_close: f64) -> Vec<(Date, f64)> {
    bars.iter()
        .map(|bar| (bar.day, 100.0 * (bar.close / base_close)))
        .collect()
}

/// Simple returns from each close to the next; one fewer than there are bars.
pub fn simple_returns(bars: &[Bar]) -> Vec<f64> {
    bars.iter()
        .zip(bars.iter().skip(1))
        .map(|(a, b)| b.close / a.close - 1.0)
        .collect()
}

fn between_bars(first: &Bar, last: &Bar, since: Option<Date>) -> SpanReturn {
    SpanReturn {
        first_day: first.day,
        first_close: first.close,
        last_day: last.day,
        last_close: last.close,
        value: last.close / first.close - 1.0,
        since,
    }
}
