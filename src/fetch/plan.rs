//! What is missing: whom to ask, from which day on, whether a close is due, and
//! whether an answer says that what is stored no longer holds. Pure: the time
//! is an argument, nothing is asked here.

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

/// A provider that can be asked for an instrument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Who.
    pub provider: Provider,
    /// Its symbol of the instrument.
    pub symbol: String,
    /// The user's key, if it needs one.
    pub key: Option<String>,
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
    let market = Market::of(due.instrument.kind);
    match due.mode {
        Mode::Rebuild => None,
        Mode::Since(day) => Some(day.min(market.day_at(now))),
        Mode::Missing => {
            // What lay before an old jump was held back: once the user has taken
            // the jump as true, all of it may come.
            let first_kept = first_fetched(due);
            if first_kept.is_some_and(|day| due.feed.accepted.contains(&day)) {
                return None;
            }
            let own = due.feed.last_of.get(&provider).copied();
            // Rows of a fallback may lack adjusted closes and events, so the
            // first of the order gives its whole history once.
            if own.is_none() && first {
                return None;
            }
            // The user's days and the first start's do not count: what came
            // from providers decides.
            let last = own.or_else(|| due.feed.last_of.values().max().copied())?;
            let from = last.checked_sub(Span::new().days(OVERLAP_DAYS)).ok()?;
            Some(at_or_before(market, from).min(market.day_at(now)))
        }
    }
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
    let of_others = match ProviderGroup::of(due.instrument.kind) {
        ProviderGroup::Shares => true,
        ProviderGroup::Coins | ProviderGroup::Currencies => false,
    };
    let own_until = due.feed.last_of.get(&provider).copied();
    bars.iter().find_map(|bar| {
        let is_comparable = Some(bar.day) != due.feed.live
            && Some(bar.day) != live
            && !due.feed.own.contains(&bar.day)
            && (of_others || own_until.is_some_and(|until| bar.day <= until));
        let stored = series.at_or_before(bar.day)?;
        let change = bar.close / stored.close - 1.0;
        (is_comparable && stored.day == bar.day && change.abs() > TOLERANCE).then_some(
            Restated::Moved {
                day: bar.day,
                change,
            },
        )
    })
}
