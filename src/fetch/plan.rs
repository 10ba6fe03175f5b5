//! What is missing: whom to ask, from which day on, whether a close is due, and
//! whether an answer says that what is stored no longer holds. Pure: the time
//! is an argument, nothing is asked here.

use std::fmt;

use jiff::civil::Date;
use jiff::{Span, Timestamp};

use super::ask::symbol_for;
use super::quotes::Quotes;
use super::turn::{Due, Mode, Setup};
use crate::model::calendar::Market;
use crate::model::provider::ProviderGroup;
use crate::model::{Bar, EventKind, PriceEvent, Provider, Series};

/// How many calendar days before the last stored one are asked for again.
const OVERLAP_DAYS: i64 = 5;
/// A close may differ by this fraction from the stored one.
const TOLERANCE: f64 = 0.005;
/// How many of the newest common closes tell whether two histories are of one
/// security.
const COMPARED: usize = 10;
/// Factors of one split may differ by this fraction, for rounding.
const STEADY: f64 = 0.03;

/// A provider that can be asked for an instrument.
#[derive(Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Who.
    pub provider: Provider,
    /// Its symbol of the instrument.
    pub symbol: String,
    /// The user's key, if it needs one.
    pub key: Option<String>,
}

impl fmt::Debug for Candidate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Candidate")
            .field("provider", &self.provider)
            .field("symbol", &self.symbol)
            .finish_non_exhaustive()
    }
}

/// What says that the stored history no longer holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Restated {
    /// A split or a dividend that was not known.
    Event(PriceEvent),
    /// A stored close differs.
    Moved {
        /// Its day.
        day: Date,
        /// The new close against the stored one, as a fraction.
        change: f64,
    },
}

impl Restated {
    /// Whether closes themselves are on another footing, not adjusted ones alone.
    pub const fn moves_closes(&self) -> bool {
        match self {
            Self::Event(event) => matches!(event.what, EventKind::Split { .. }),
            Self::Moved { .. } => true,
        }
    }
}

/// Whom to ask, first things first: those who can have the instrument and whose
/// key is there. Nobody for a series that is kept by hand.
pub fn candidates(due: &Due, setup: &Setup) -> Vec<Candidate> {
    if due.instrument.locked {
        return Vec::new();
    }
    let mut found: Vec<Candidate> = Vec::new();
    for provider in due.order.iter().copied() {
        let key = setup.keys.get(&provider).map(|key| key.trim().to_owned());
        let key = key.filter(|key| provider.needs_key() && !key.is_empty());
        let known = found.iter().any(|candidate| candidate.provider == provider);
        if known || (provider.needs_key() && key.is_none()) {
            continue;
        }
        if let Some(symbol) = symbol_for(provider, &due.instrument) {
            found.push(Candidate {
                provider,
                symbol,
                key,
            });
        }
    }
    found
}

/// The first day to ask a provider for; none for the whole history. `first` says
/// whether it is the first of those that can be asked.
pub fn first_day(due: &Due, provider: Provider, first: bool, now: Timestamp) -> Option<Date> {
    let today = Market::of(due.instrument.kind).day_at(now);
    let missing = first_missing(due, provider, first);
    let from = match due.mode {
        Mode::Rebuild => None,
        // Asked for later days alone, a hole would stay before them for good,
        // and what happened in it would never be told.
        Mode::Since(day) => missing.map(|from| from.min(day)),
        Mode::Missing => missing,
    };
    from.map(|from| from.min(today))
}

/// The first day that a provider is to fill in or to confirm; none if that is
/// its whole history.
fn first_missing(due: &Due, provider: Provider, first: bool) -> Option<Date> {
    // What lay before an old jump was held back: once the user has taken the
    // jump as true, all of it may come.
    if first_fetched(due).is_some_and(|day| due.feed.accepted.contains(&day)) {
        return None;
    }
    let own = due.feed.last_of.get(&provider).copied();
    // Rows of a fallback may lack adjusted closes and events, so the first of
    // the order gives its whole history once.
    if own.is_none() && first {
        return None;
    }
    // The user's days and the first start's do not count: what came from
    // providers decides.
    let last = own.or_else(|| due.feed.last_of.values().max().copied())?;
    let from = last.checked_sub(Span::new().days(OVERLAP_DAYS)).ok()?;
    Some(at_or_before(Market::of(due.instrument.kind), from))
}

/// The newest market day up to `day`; `day` itself if there is none near.
fn at_or_before(market: Market, day: Date) -> Date {
    let days = std::iter::successors(Some(day), |day| day.yesterday().ok());
    let mut near = days.take(10);
    near.find(|day| market.is_open_on(*day)).unwrap_or(day)
}

/// The oldest stored day that is not the user's own.
pub fn first_fetched(due: &Due) -> Option<Date> {
    let bars = due.series.as_ref().map(Series::bars).unwrap_or_default();
    let mut days = bars.iter().map(|bar| bar.day);
    days.find(|day| !due.feed.own.contains(day))
}

/// The newest stored day with a final close.
pub fn last_final(due: &Due) -> Option<Date> {
    let bars = due.series.as_ref().map(Series::bars).unwrap_or_default();
    let mut days = bars.iter().rev().map(|bar| bar.day);
    days.find(|day| Some(*day) != due.feed.live)
}

/// Whether the market has closed on a day that is not stored yet.
pub fn expects_close(due: &Due, now: Timestamp) -> bool {
    let Some(last) = last_final(due) else {
        return true;
    };
    let close = Market::of(due.instrument.kind).last_close(now);
    close.is_some_and(|close| close > last)
}

/// Whether new quotes say that the stored history no longer holds, and why: a
/// split counts before a changed close, that before a dividend. `live` is the
/// day of the quotes whose session had not ended.
pub fn restated(
    due: &Due,
    provider: Provider,
    quotes: &Quotes,
    live: Option<Date>,
) -> Option<Restated> {
    let series = due.series.as_ref()?;
    let event = |is_split: bool| {
        let mut events = quotes.events.iter();
        events
            .find(|event| {
                matches!(event.what, EventKind::Split { .. }) == is_split
                    && is_news(due, provider, series, event)
            })
            .map(|event| Restated::Event(*event))
    };
    event(true)
        .or_else(|| moved(due, provider, series, &quotes.bars, live))
        .or_else(|| event(false))
}

/// Whether an event changes what is stored and was not known.
fn is_news(due: &Due, provider: Provider, series: &Series, event: &PriceEvent) -> bool {
    // Nothing stored lies before it, so nothing is to be restated.
    if series.first().is_none_or(|first| event.day <= first.day) {
        return false;
    }
    let known = &due.feed.events;
    if due.feed.last_of.contains_key(&provider) {
        return !known.get(&provider).is_some_and(|own| own.contains(event));
    }
    // A fallback's first rows join those of others, who may have told the same
    // event in other digits.
    let same = |other: &PriceEvent| {
        other.day == event.day
            && std::mem::discriminant(&other.what) == std::mem::discriminant(&event.what)
    };
    !known.values().flatten().any(same)
}

/// The first stored close that differs by more than the tolerance.
fn moved(
    due: &Due,
    provider: Provider,
    series: &Series,
    bars: &[Bar],
    live: Option<Date>,
) -> Option<Restated> {
    // Exchanges of coins and sources of rates differ among each other; closes
    // of shares are the same everywhere.
    let of_others = is_share(due);
    let own_until = due.feed.last_of.get(&provider).copied();
    let comparable = |bar: &&Bar| {
        Some(bar.day) != live && (of_others || own_until.is_some_and(|until| bar.day <= until))
    };
    let mut pairs = common(due, series, bars.iter().filter(comparable));
    let (_, bar, change) = pairs.find(|(stored, bar, _)| is_moved(due, stored, bar))?;
    Some(Restated::Moved {
        day: bar.day,
        change,
    })
}

/// Stored closes of the days of new ones, with the change of each as a fraction;
/// the user's own and one taken within its session are no closes to compare.
fn common<'a>(
    due: &'a Due,
    series: &'a Series,
    bars: impl DoubleEndedIterator<Item = &'a Bar>,
) -> impl DoubleEndedIterator<Item = (&'a Bar, &'a Bar, f64)> {
    bars.filter_map(|bar| {
        let stored = series.at_or_before(bar.day)?;
        let counts = stored.day == bar.day
            && Some(bar.day) != due.feed.live
            && !due.feed.own.contains(&bar.day);
        counts.then(|| (stored, bar, bar.close / stored.close - 1.0))
    })
}

/// Whether a close is another than the stored one, beyond the tolerance. Of a
/// share for cents, cents alone may be further off than that.
fn is_moved(due: &Due, stored: &Bar, bar: &Bar) -> bool {
    let change = bar.close / stored.close - 1.0;
    let is_rounded = bar.is_rounded_from(stored) || stored.is_rounded_from(bar);
    change.abs() > TOLERANCE && !(is_share(due) && is_rounded)
}

fn is_share(due: &Due) -> bool {
    match ProviderGroup::of(due.instrument.kind) {
        ProviderGroup::Shares => true,
        ProviderGroup::Coins | ProviderGroup::Currencies => false,
    }
}

/// How new closes of a share fit the newest stored ones of the same days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// They are the same, or there are none to compare.
    Same,
    /// All differ by one factor, as after a split.
    Scaled,
    /// They differ by one factor today and by another tomorrow, as those of two
    /// securities do.
    Other,
}

/// How new bars fit the stored ones that are not the user's. Coins and rates are
/// not compared: each of their providers has closes of its own.
pub fn fit(due: &Due, bars: &[Bar]) -> Fit {
    let Some(series) = due.series.as_ref().filter(|_| is_share(due)) else {
        return Fit::Same;
    };
    let newest = common(due, series, bars.iter()).rev().take(COMPARED);
    let (mut moved, mut least, mut most) = (false, f64::INFINITY, 0.0_f64);
    for (stored, bar, change) in newest {
        let is_moved = is_moved(due, stored, bar);
        let factor = if is_moved { 1.0 + change } else { 1.0 };
        moved |= is_moved;
        (least, most) = (least.min(factor), most.max(factor));
    }
    if !moved {
        Fit::Same
    } else if most / least - 1.0 > STEADY {
        Fit::Other
    } else {
        Fit::Scaled
    }
}
