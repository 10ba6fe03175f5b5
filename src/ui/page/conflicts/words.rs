//! A conflict in words: of whom, about what, its values, what was made of it.
//! Decides nothing.

use uuid::Uuid;

use crate::analytics::conflicts::{
    Basis, Conflict, ConflictKind, FAR_OFF_MARKET, Number, Side, State, Topic,
};
use crate::model::pin::{Choice, PinScope, Told};
use crate::model::{Currency, Pin, Subject, Unit};
use crate::ui::page::list;
use crate::ui::{Cx, format, provenance};

/// What a conflict is known by while the book changes: its subject, topic and
/// the two statements.
pub fn key(of: &Conflict) -> Uuid {
    let topic = match &of.topic {
        Topic::Metric(metric) => metric.code().into_owned(),
        Topic::Deal(id) => id.to_string(),
        Topic::CoinPrice(id) => id.to_string(),
    };
    let side = |side: &Side| match &side.basis {
        Basis::Told(told) => vec![told.key().id],
        Basis::Computed(figures) => figures.iter().map(|figure| figure.0).collect(),
        Basis::Closes { .. } => Vec::new(),
    };
    let company = of.subject.company().map(|company| company.0);
    let parts = (company, topic, side(&of.one), side(&of.other));
    Uuid::from_u64_pair(list::hash(&parts), list::hash(&company))
}

/// Symbol and name of whom it is about.
pub fn subject(cx: &Cx<'_>, of: &Conflict) -> (String, String) {
    whom(cx, of.subject)
}

/// Symbol and name of a subject.
pub fn whom(cx: &Cx<'_>, subject: Subject) -> (String, String) {
    match subject {
        Subject::Sector => ("Sector".to_owned(), "Listed miners".to_owned()),
        Subject::Company(id) => {
            let name = cx.company_name(id).to_owned();
            let symbol = cx.book.symbol_of(id).map(str::to_owned);
            (symbol.unwrap_or_else(|| name.clone()), name)
        }
    }
}

/// What it is about: a metric, a deal, a sale of coins.
pub fn topic(cx: &Cx<'_>, of: &Conflict) -> String {
    match &of.topic {
        Topic::Metric(metric) => metric.to_string(),
        Topic::Deal(id) => cx
            .book
            .deal(*id)
            .map_or_else(|| "Deal".to_owned(), provenance::deal_name),
        Topic::CoinPrice(id) => {
            let event = cx.book.treasury_event(*id);
            let kind = event.map_or("event", |event| event.kind.label());
            format!("Price a coin of the {}", kind.to_lowercase())
        }
    }
}

/// The value of a side with its hedge, and the load it is for.
pub fn value(of: &Conflict, side: &Side) -> String {
    let number = match (side.value, &of.topic) {
        (Number::Exact(value), Topic::CoinPrice(_)) => {
            let currency = of.currency.unwrap_or(Currency::USD);
            let price = format::money_full(value.round(), currency.as_str());
            format::hedged(side.hedge, &price)
        }
        (Number::Exact(value), Topic::Metric(_) | Topic::Deal(_)) => {
            // What is computed has digits that no source states.
            let computed = matches!(side.basis, Basis::Computed(_)) && of.unit == Unit::Fraction;
            let value = if computed { value.round_dp(3) } else { value };
            format::hedged(side.hedge, &format::value(of.unit, value, of.currency))
        }
        (Number::Closes { low, high }, _) => {
            format!("{} to {}", format::price(low), format::price(high))
        }
    };
    match side.load_mw {
        Some(load) => format!("{number} for {}", format::power(load)),
        None => number,
    }
}

/// What was made of it, in a word or two.
pub const fn state(state: State) -> &'static str {
    match state {
        State::Open => "open",
        State::Picked(_) => "picked",
        State::Explained(_) => "both stand",
    }
}

/// The decision that settled it.
pub fn decision<'a>(cx: &'a Cx<'_>, of: &Conflict) -> Option<&'a Pin> {
    match of.state {
        State::Open => None,
        State::Picked(id) | State::Explained(id) => cx.book.pin(id),
    }
}

/// What a decision says.
pub fn decided(cx: &Cx<'_>, pin: &Pin) -> String {
    match &pin.choice {
        Choice::Use { figure, scope } => {
            let figure = cx.book.figure(*figure);
            let figure = format::known(figure, format::figure);
            match scope {
                PinScope::Always => format!("{figure} counts"),
                PinScope::ItsTime => format!("{figure} counts for its time"),
            }
        }
        Choice::UseComputed { .. } => "What is computed counts".to_owned(),
        Choice::BothStand { .. } => "Both statements stand".to_owned(),
    }
}

/// In what way the two disagree, as a sentence.
pub fn explained(kind: ConflictKind) -> String {
    match kind {
        ConflictKind::SameTime => {
            "Both speak of the same time, and their values do not fit each other.".to_owned()
        }
        ConflictKind::TimeNotStated => {
            "A source does not say, or only vaguely, of which time it speaks: the two may both \
             have been true at different times."
                .to_owned()
        }
        ConflictKind::LooseBound => "One says “more than” a number far below the other: both may \
             be true, but hardly of the same things."
            .to_owned(),
        ConflictKind::Telling => {
            "Two tellings of one deal, and neither can be a part of the other.".to_owned()
        }
        ConflictKind::ImpliedPrice => format!(
            "Money divided by coins gives a price more than {} off the closes of that time: is \
             the day given the day of the event, or of its disclosure?",
            format::share(FAR_OFF_MARKET)
        ),
    }
}

/// What a side rests on.
pub fn basis(side: &Side) -> String {
    match &side.basis {
        Basis::Told(Told::Figure(_)) => "a stated figure".to_owned(),
        Basis::Told(Told::Deal(_)) => "a telling of the deal".to_owned(),
        Basis::Told(Told::Treasury(_)) => "a treasury event".to_owned(),
        Basis::Computed(_) => "computed from stated figures".to_owned(),
        Basis::Closes { symbol, from, to } => format!(
            "closes of {symbol}, {} to {}",
            format::day_long(*from),
            format::day_long(*to)
        ),
    }
}
