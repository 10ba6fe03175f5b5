//! How far a series reaches beside the days its market traded. No network, no
//! clock: the time is an argument.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::model::Series;
use crate::model::calendar::Market;
use crate::model::instrument::InstrumentKind;

/// How up to date a series is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freshness {
    /// There is no close at all.
    Empty,
    /// The newest final close of its market is there.
    Current,
    /// The newest bar was taken within a session that is not over.
    Live,
    /// Market days are missing at the end. A bar taken within a session that is
    /// over by now is no close: its day counts as missing.
    Behind {
        /// How many.
        days: usize,
    },
}

/// A series beside its market's calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// How up to date.
    pub freshness: Freshness,
    /// Its first day.
    pub first: Option<Date>,
    /// Its last day.
    pub last: Option<Date>,
    /// How many closes.
    pub rows: usize,
    /// Market days without a close between the two.
    pub gaps: usize,
}

/// Compares a series with the calendar of its kind's market. `live` is the day
/// whose bar was taken before its session ended.
pub fn coverage(
    kind: InstrumentKind,
    series: Option<&Series>,
    live: Option<Date>,
    now: Timestamp,
) -> Coverage {
    let market = Market::of(kind);
    let ends = series.and_then(|series| Some((series, series.first()?.day, series.last()?.day)));
    let Some((series, first, last)) = ends else {
        return Coverage {
            freshness: Freshness::Empty,
            first: None,
            last: None,
            rows: 0,
            gaps: 0,
        };
    };
    Coverage {
        freshness: freshness(market, last, live == Some(last), now),
        first: Some(first),
        last: Some(last),
        rows: series.len(),
        gaps: gaps(market, series, first, last),
    }
}

fn freshness(market: Market, last: Date, is_live: bool, now: Timestamp) -> Freshness {
    let Some(newest) = market.last_close(now) else {
        return Freshness::Current;
    };
    if is_live && newest < last {
        return Freshness::Live;
    }
    // The days from the first one that has no final close.
    let from = if is_live {
        Some(last)
    } else {
        last.tomorrow().ok()
    };
    match from.map_or(0, |from| market.days_between(from, newest)) {
        0 => Freshness::Current,
        days => Freshness::Behind { days },
    }
}

/// Market days without a bar. Bars on days without a close do not make up for
/// missing ones; both lists hold a day once, so counting them is enough.
fn gaps(market: Market, series: &Series, first: Date, last: Date) -> usize {
    let on_market_days = series
        .bars()
        .iter()
        .filter(|bar| market.is_open_on(bar.day))
        .count();
    market
        .days_between(first, last)
        .saturating_sub(on_market_days)
}
