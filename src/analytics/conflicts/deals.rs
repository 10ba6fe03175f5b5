//! Two tellings of one deal that cannot both be right. A telling of a part of
//! a deal has less money and less load than the whole, which is no conflict.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::range::{Fit, Hedged, fit, gap};
use super::said::age_on;
use super::settled::State;
use super::{Basis, Conflict, ConflictKind, Number, Side, Topic};
use crate::analytics::statement::Statements;
use crate::model::pin::Told;
use crate::model::{Day, Deal, Hedge, Subject, Time, Unit};

/// Conflicts between a deal and each of its other tellings.
pub(super) fn find(statements: &Statements<'_>) -> Vec<Conflict> {
    let (book, as_of) = (statements.book(), statements.as_of());
    let known = |deal: &&Deal| deal.announced.first_day() <= as_of;
    let other = book.deals().filter(known);
    let pairs = other.filter_map(|other| {
        let main = book.deal(other.alternative_to?).filter(known)?;
        conflict(statements, main, other)
    });
    pairs.collect()
}

fn conflict(statements: &Statements<'_>, main: &Deal, other: &Deal) -> Option<Conflict> {
    let (value, other_value) = (main.base_value?, other.base_value?);
    if value.currency != other_value.currency {
        return None;
    }
    let values = order(
        hedged(value.amount, main.base_value_hedge),
        hedged(other_value.amount, other.base_value_hedge),
    );
    let loads = loads(main, other);
    let load_order = loads.map(|(a, b)| order(exact(a), exact(b)));
    let disagree = match (values, load_order) {
        (Ordering::Equal, Some(loads)) => loads != Ordering::Equal,
        (Ordering::Equal, None) => false,
        (values, Some(loads)) => loads != values,
        (_, None) => true,
    };
    if !disagree {
        return None;
    }
    let money = gap(value.amount, other_value.amount);
    let load = loads.map_or(0.0, |(a, b)| gap(a, b));
    Some(Conflict {
        subject: Subject::Company(main.company),
        topic: Topic::Deal(main.id),
        kind: ConflictKind::Telling,
        unit: Unit::Money,
        currency: Some(value.currency),
        one: side(statements, main, value.amount, loads.map(|l| l.0)),
        other: side(statements, other, other_value.amount, loads.map(|l| l.1)),
        gap: if values == Ordering::Equal {
            load
        } else {
            money
        },
        state: State::Open,
    })
}

/// Which is more; equal if they agree within their hedges.
fn order(a: Hedged, b: Hedged) -> Ordering {
    match fit(a, b) {
        Fit::Agree | Fit::LooseBound => Ordering::Equal,
        Fit::Apart => a.value.cmp(&b.value),
    }
}

const fn hedged(value: Decimal, hedge: Hedge) -> Hedged {
    Hedged { value, hedge }
}

const fn exact(value: Decimal) -> Hedged {
    hedged(value, Hedge::Exact)
}

/// The loads of both on one basis: critical IT load where both tell it.
fn loads(a: &Deal, b: &Deal) -> Option<(Decimal, Decimal)> {
    let critical = a.critical_mw.zip(b.critical_mw);
    critical.or_else(|| a.gross_mw.zip(b.gross_mw))
}

fn side(
    statements: &Statements<'_>,
    deal: &Deal,
    value: Decimal,
    load_mw: Option<Decimal>,
) -> Side {
    let source = deal.sources.first().copied();
    let grade = source.and_then(|id| statements.book().source(id));
    let last: Day = deal.announced.last_day();
    Side {
        basis: Basis::Told(Told::Deal(deal.id)),
        value: Number::Exact(value),
        hedge: deal.base_value_hedge,
        load_mw: load_mw.or(deal.critical_mw).or(deal.gross_mw),
        time: Some(Time::Instant(deal.announced)),
        stated: Some(deal.announced),
        source,
        grade: grade.map(|source| source.grade),
        age_days: Some(age_on(last, statements.as_of())),
        also: Vec::new(),
    }
}
