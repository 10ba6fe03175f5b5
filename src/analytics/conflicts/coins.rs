//! Coins bought or sold at a price that the market did not pay then: the day
//! told is most likely that of the disclosure. Compares with closes, which are
//! statistics; no close becomes money.

use rust_decimal::prelude::ToPrimitive as _;

use super::said::age_on;
use super::settled::State;
use super::{Basis, Conflict, ConflictKind, Number, Side, Topic};
use crate::analytics::statement::{Statements, event_known_by};
use crate::model::pin::Told;
use crate::model::treasury::TreasuryKind;
use crate::model::{Bar, Currency, Day, Hedge, Prices, Series, Subject, Time, Treasury, Unit};

/// A price a coin may be so far off the closes of its time, as a fraction.
pub const FAR_OFF_MARKET: f64 = 0.10;
/// Where a day has no close, one within so many days of it serves: starter
/// prices are weekly.
const NEXT_CLOSE_DAYS: i64 = 7;
/// "About" reaches so far to both sides, as for figures.
const ABOUT: f64 = 0.05;

/// Purchases and sales far off the market of their time.
pub(super) fn find(statements: &Statements<'_>, prices: &Prices, benchmark: &str) -> Vec<Conflict> {
    let Some(series) = prices.get(benchmark) else {
        return Vec::new();
    };
    let as_of = statements.as_of();
    let events = statements.book().treasury();
    let known = events.filter(|event| event_known_by(event, as_of));
    let traded = known.filter(|event| match event.kind {
        TreasuryKind::Purchase | TreasuryKind::Sale => true,
        TreasuryKind::Holding => false,
    });
    traded
        .filter_map(|event| conflict(statements, event, series, benchmark))
        .collect()
}

fn conflict(
    statements: &Statements<'_>,
    event: &Treasury,
    series: &Series,
    benchmark: &str,
) -> Option<Conflict> {
    let price = event
        .implied_price()
        .filter(|price| price.currency == Currency::USD)?;
    let implied = price.amount.to_f64()?;
    let play = match event.hedge {
        Hedge::Exact => 0.0,
        Hedge::About => ABOUT,
        // Whether the coins or the money are hedged is not known, so the price
        // may be anything.
        Hedge::MoreThan | Hedge::UpTo | Hedge::Planned => return None,
    };
    let market = closes(series, event.event?, statements.as_of())?;
    let too_dear = implied * (1.0 - play) > market.high * (1.0 + FAR_OFF_MARKET);
    let too_cheap = implied * (1.0 + play) < market.low * (1.0 - FAR_OFF_MARKET);
    if !too_dear && !too_cheap {
        return None;
    }
    let nearest = if too_dear { market.high } else { market.low };
    let source = event.source.and_then(|id| statements.book().source(id));
    let spoken = event.event.map(|time| time.last_day());
    Some(Conflict {
        subject: Subject::Company(event.company),
        topic: Topic::CoinPrice(event.id),
        kind: ConflictKind::ImpliedPrice,
        unit: Unit::Money,
        currency: Some(Currency::USD),
        one: Side {
            basis: Basis::Told(Told::Treasury(event.id)),
            value: Number::Exact(price.amount),
            hedge: event.hedge,
            load_mw: None,
            time: event.event,
            stated: event.disclosed,
            source: event.source,
            grade: source.map(|source| source.grade),
            age_days: spoken.map(|day| age_on(day, statements.as_of())),
            also: Vec::new(),
        },
        other: market.side(benchmark, statements.as_of()),
        gap: (implied - nearest).abs() / implied.max(nearest),
        state: State::Open,
    })
}

/// What the market paid over some days.
struct Market {
    low: f64,
    high: f64,
    from: Day,
    to: Day,
}

impl Market {
    fn side(&self, symbol: &str, as_of: Day) -> Side {
        Side {
            basis: Basis::Closes {
                symbol: symbol.to_owned(),
                from: self.from,
                to: self.to,
            },
            value: Number::Closes {
                low: self.low,
                high: self.high,
            },
            hedge: Hedge::Exact,
            load_mw: None,
            time: None,
            stated: None,
            source: None,
            grade: None,
            age_days: Some(age_on(self.to, as_of)),
            also: Vec::new(),
        }
    }
}

/// The closes of a time, up to a day; at an end without a close the next one
/// outside, where it is near. None if there is none.
fn closes(series: &Series, time: Time, as_of: Day) -> Option<Market> {
    let (first, last) = (time.first_day(), time.last_day().min(as_of));
    let near = |day: Day, days: i64| day.saturating_add(jiff::Span::new().days(days));
    let inside = series.between(first, last);
    let before = series.between(near(first, -NEXT_CLOSE_DAYS), first);
    let after = series.between(last, near(last, NEXT_CLOSE_DAYS).min(as_of));
    let all: Vec<&Bar> = before
        .last()
        .into_iter()
        .chain(inside)
        .chain(after.first())
        .collect();
    let ends = all.first().zip(all.last());
    let (from, to) = ends.map(|(first, last)| (first.day, last.day))?;
    let market = Market {
        low: f64::INFINITY,
        high: f64::NEG_INFINITY,
        from,
        to,
    };
    Some(all.into_iter().fold(market, |market, bar| Market {
        low: market.low.min(bar.close),
        high: market.high.max(bar.close),
        ..market
    }))
}
