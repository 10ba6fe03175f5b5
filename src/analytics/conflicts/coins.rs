//! Coins bought or sold at a price that the market did not pay then: the day
//! told is most likely that of the disclosure. What the market paid is found in
//! `coin_price`.

use super::said::age_on;
use super::settled::State;
use super::{Basis, Conflict, ConflictKind, Number, Side, Topic};
use crate::analytics::coin_price::{Market, paid};
use crate::analytics::statement::{Statements, event_known_by};
use crate::model::pin::Told;
use crate::model::treasury::TreasuryKind;
use crate::model::{Currency, Day, Hedge, Prices, Series, Subject, Treasury, Unit};

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
    let (price, implied) = paid(event)?;
    let market = Market::of(series, event.event?, statements.as_of())?;
    let nearest = market.far_from(implied, event.hedge)?;
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
        other: side(market, benchmark, statements.as_of()),
        gap: (implied - nearest).abs() / implied.max(nearest),
        state: State::Open,
    })
}

/// The market as a side of a conflict.
fn side(market: Market, symbol: &str, as_of: Day) -> Side {
    Side {
        basis: Basis::Closes {
            symbol: symbol.to_owned(),
            from: market.from,
            to: market.to,
        },
        value: Number::Closes {
            low: market.low,
            high: market.high,
        },
        hedge: Hedge::Exact,
        load_mw: None,
        time: None,
        stated: None,
        source: None,
        grade: None,
        age_days: Some(age_on(market.to, as_of)),
        also: Vec::new(),
    }
}
