//! Bringing prices up to date: whose turn it is, when to look again, and keeping
//! what came. The window and the command line share it. It asks nobody itself
//! and reads no clock.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use crate::analytics::derive::BITCOIN;
use crate::fetch::{Due, Mode, Progress, symbol_for};
use crate::model::calendar::Market;
use crate::model::{
    Book, Feed, Feeds, Instrument, InstrumentId, Outcome, PricePolicy, Prices, Provider, Series,
};
use crate::store::{Store, StoreError, Stored};

/// How long after a session's end providers are given to have its close.
pub const SETTLING: SignedDuration = SignedDuration::from_mins(15);

/// How long to wait for a close that providers did not have yet.
pub const LAGGING: SignedDuration = SignedDuration::from_hours(2);

/// How long a provider's refusal stands before opening the app asks again.
const REST: SignedDuration = SignedDuration::from_hours(1);

/// Which instruments to bring up to date, and how much of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// What the user did not ask for: only instruments whose market has closed
    /// since their prices last came, so that a day has one full refresh.
    Start,
    /// All of the book: what is missing.
    All,
    /// These: what is missing.
    These(Vec<InstrumentId>),
    /// The whole history of one, anew.
    Rebuild(InstrumentId),
    /// All days of these from that one on, and what is missing before it.
    Since(Vec<InstrumentId>, Date),
}

impl Scope {
    fn mode(&self) -> Mode {
        match self {
            Self::Start | Self::All | Self::These(_) => Mode::Missing,
            Self::Rebuild(_) => Mode::Rebuild,
            Self::Since(_, day) => Mode::Since(*day),
        }
    }

    /// The instruments named; none for all of the book.
    fn named(&self) -> Option<BTreeSet<InstrumentId>> {
        match self {
            Self::Start | Self::All => None,
            Self::Rebuild(id) => Some(BTreeSet::from([*id])),
            Self::These(ids) | Self::Since(ids, _) => Some(ids.iter().copied().collect()),
        }
    }
}

/// Why nobody can be asked for an instrument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAsked {
    /// Its prices are kept by hand.
    #[error("its prices are kept by hand")]
    Locked,
    /// No provider that is on can have it.
    #[error("no provider that is on has it")]
    NoProvider,
}

/// Whom to ask for an instrument, first things first; never nobody.
pub fn providers_for(
    instrument: &Instrument,
    policy: &PricePolicy,
) -> Result<Vec<Provider>, NotAsked> {
    if instrument.locked {
        return Err(NotAsked::Locked);
    }
    let mut order = policy.providers_for(instrument);
    order.retain(|provider| symbol_for(*provider, instrument).is_some());
    if order.is_empty() {
        return Err(NotAsked::NoProvider);
    }
    Ok(order)
}

/// The instruments of the book as the user thinks of them: Bitcoin, what else
/// they are compared with, then shares in the order of the watchlist.
pub fn in_order(book: &Book) -> Vec<&Instrument> {
    let places: BTreeMap<InstrumentId, i64> = book
        .companies()
        .filter_map(|company| Some((company.instrument?, company.watch_order)))
        .collect();
    let mut all: Vec<&Instrument> = book.instruments().collect();
    all.sort_by_key(|instrument| {
        (
            Reverse(instrument.symbol == BITCOIN),
            Reverse(instrument.benchmark),
            places.get(&instrument.id).copied().unwrap_or(i64::MAX),
            instrument.symbol.as_str(),
        )
    });
    all
}

/// Whose turn it is, in the order of [`in_order`]. Locked instruments and those
/// that no provider has are left out, also where they are named; with the
/// policy's offline switch on, all are.
pub fn due(
    book: &Book,
    prices: &Prices,
    feeds: &Feeds,
    policy: &PricePolicy,
    scope: &Scope,
    now: Timestamp,
) -> Vec<Due> {
    if policy.offline {
        return Vec::new();
    }
    let named = scope.named();
    let is_named = |id| named.as_ref().is_none_or(|named| named.contains(&id));
    let due = |instrument: &Instrument| {
        let order = providers_for(instrument, policy).ok()?;
        let series = prices.get(&instrument.symbol);
        let feed = feeds.get(instrument.id);
        let is_due = match scope {
            Scope::Start => is_due_by_itself(instrument, series, feed, now),
            Scope::All | Scope::These(_) | Scope::Rebuild(_) | Scope::Since(..) => true,
        };
        (is_due && is_named(instrument.id)).then(|| Due {
            instrument: instrument.clone(),
            series: series.cloned(),
            feed: feed.cloned().unwrap_or_default(),
            order,
            mode: scope.mode(),
        })
    };
    in_order(book).into_iter().filter_map(due).collect()
}

/// Whether an instrument is to be asked for without the user's wish.
fn is_due_by_itself(
    instrument: &Instrument,
    series: Option<&Series>,
    feed: Option<&Feed>,
    now: Timestamp,
) -> bool {
    let Some(feed) = feed else { return true };
    if is_resting(feed, now) {
        return false;
    }
    let is_empty = series.is_none_or(Series::is_empty);
    // The first start's prices are weekly: a stand-in until real ones come.
    if is_empty || feed.rows_by.keys().all(|by| by == "starter") {
        return true;
    }
    let market = Market::of(instrument.kind);
    let close = now
        .checked_sub(SETTLING)
        .ok()
        .and_then(|settled| market.last_close(settled))
        .and_then(|day| Some((day, market.close_of(day)?)));
    let had = feed.fetched_at;
    match (had, close) {
        (None, _) => true,
        // A time well to come is that of a clock that was wrong.
        (Some(had), _) if after(now, SETTLING).is_some_and(|soon| had > soon) => true,
        (Some(had), Some((day, close))) => {
            let lacks = series
                .and_then(Series::last)
                .is_none_or(|last| last.day < day);
            let lagged = lacks && after(had, LAGGING).is_some_and(|again| again <= now);
            lagged || after(close, SETTLING).is_some_and(|settled| had < settled)
        }
        (Some(_), None) => false,
    }
}

/// Whether its last turn ended in a refusal a short while ago: opening the app
/// again and again must not ask again and again. Troubles of the way there are
/// no refusals: the connection may be back.
fn is_resting(feed: &Feed, now: Timestamp) -> bool {
    feed.last_turn.last().is_some_and(|attempt| {
        let is_refusal = match attempt.outcome {
            Outcome::NoData
            | Outcome::UnknownSymbol
            | Outcome::Limited
            | Outcome::Quiet
            | Outcome::Denied
            | Outcome::Currency
            | Outcome::BadBody => true,
            Outcome::Updated
            | Outcome::Rebuilt
            | Outcome::Unchanged
            | Outcome::Question
            | Outcome::ServerError
            | Outcome::Unreachable
            | Outcome::TimedOut
            | Outcome::Cancelled => false,
        };
        is_refusal && attempt.at <= now && after(attempt.at, REST).is_some_and(|end| now < end)
    })
}

/// When the window should look again: the next moment at which a close of any
/// market of the book is to be had. None where nothing is to be fetched.
pub fn next_close(book: &Book, now: Timestamp) -> Option<Timestamp> {
    let settled = now.checked_sub(SETTLING).ok()?;
    let asked = book.instruments().filter(|instrument| !instrument.locked);
    let markets: BTreeSet<Market> = asked
        .map(|instrument| Market::of(instrument.kind))
        .collect();
    markets
        .into_iter()
        .filter_map(|market| after(market.next_close(settled)?, SETTLING))
        .min()
}

fn after(at: Timestamp, span: SignedDuration) -> Option<Timestamp> {
    at.checked_add(span).ok()
}

/// What was kept of an instrument's turn.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// Whose turn it was.
    pub instrument: InstrumentId,
    /// What became of its prices; none if none came.
    pub stored: Option<Stored>,
}

/// Puts on disk what fetching tells. None if that was not the end of a turn, or
/// if the instrument was deleted while it was asked for.
pub fn keep(store: &mut Store, progress: &Progress) -> Result<Option<Kept>, StoreError> {
    let done = match progress {
        Progress::Began(_) => return Ok(None),
        Progress::Quiet(quiet) => {
            store.put_quiet(quiet)?;
            return Ok(None);
        }
        Progress::Done(done) => done,
    };
    let Some(fetched) = &done.fetched else {
        store.put_attempts(&done.attempts)?;
        return Ok(Some(Kept {
            instrument: done.instrument,
            stored: None,
        }));
    };
    match store.put_fetched(fetched, &done.attempts) {
        Ok(stored) => Ok(Some(Kept {
            instrument: done.instrument,
            stored: Some(stored),
        })),
        Err(StoreError::NoInstrument(_)) => Ok(None),
        Err(error) => Err(error),
    }
}
