//! `report conflicts`: one row a pair of statements that disagree, and what
//! differs but is not compared. Nothing is decided here.

use super::{Basis as Known, Report};
use crate::analytics::conflicts::{Basis, Conflict, NotCompared, Number, Side, State, Topic};
use crate::cli::json::{Object, Row, Value};
use crate::cli::text::{self, counted, known, numbers, table, words};
use crate::model::pin::Told;
use crate::model::{Book, Figure, FigureId, Pin, Subject, Unit};

const KEYS: &[&str] = &[
    "subject",
    "symbol",
    "topic",
    "name",
    "kind",
    "unit",
    "currency",
    "gap",
    "state",
    "decision",
    "decided",
    "one_basis",
    "one_ids",
    "one_value",
    "one_low",
    "one_high",
    "one_hedge",
    "one_load_mw",
    "one_time",
    "one_stated",
    "one_source",
    "one_grade",
    "one_age_days",
    "one_also",
    "other_basis",
    "other_ids",
    "other_value",
    "other_low",
    "other_high",
    "other_hedge",
    "other_load_mw",
    "other_time",
    "other_stated",
    "other_source",
    "other_grade",
    "other_age_days",
    "other_also",
    "notes",
    "reasons",
];

/// The keys of a side, in their order.
struct SideKeys {
    basis: &'static str,
    ids: &'static str,
    value: &'static str,
    low: &'static str,
    high: &'static str,
    hedge: &'static str,
    load_mw: &'static str,
    time: &'static str,
    stated: &'static str,
    source: &'static str,
    grade: &'static str,
    age_days: &'static str,
    also: &'static str,
}

const ONE: SideKeys = SideKeys {
    basis: "one_basis",
    ids: "one_ids",
    value: "one_value",
    low: "one_low",
    high: "one_high",
    hedge: "one_hedge",
    load_mw: "one_load_mw",
    time: "one_time",
    stated: "one_stated",
    source: "one_source",
    grade: "one_grade",
    age_days: "one_age_days",
    also: "one_also",
};

const OTHER: SideKeys = SideKeys {
    basis: "other_basis",
    ids: "other_ids",
    value: "other_value",
    low: "other_low",
    high: "other_high",
    hedge: "other_hedge",
    load_mw: "other_load_mw",
    time: "other_time",
    stated: "other_stated",
    source: "other_source",
    grade: "other_grade",
    age_days: "other_age_days",
    also: "other_also",
};

pub(super) fn report(basis: &Known, only_open: bool) -> Report {
    let (book, found) = (&basis.book, &basis.derived.conflicts);
    let shown = found.list.iter();
    let shown = shown.filter(|of| !only_open || of.state == State::Open);
    let shown: Vec<&Conflict> = shown.collect();
    let rows: Vec<Object> = shown.iter().map(|of| row(book, of)).collect();
    let left_out = found.not_compared.iter();
    let left_out: Vec<Object> = left_out.map(|of| not_compared(book, of)).collect();
    let list = |rows: Vec<Object>| Value::List(rows.into_iter().map(Value::Object).collect());
    Report {
        json: vec![
            ("open".into(), Value::count(found.open())),
            ("rows".into(), list(rows.clone())),
            ("not_compared".into(), list(left_out)),
        ],
        keys: KEYS,
        rows,
        text: as_text(basis, &shown),
    }
}

fn row(book: &Book, of: &Conflict) -> Object {
    let mut row = Row::default();
    let symbol = of.subject.company().and_then(|id| book.symbol_of(id));
    row.put("subject", Value::text(name_of(book, of.subject)));
    match of.subject {
        Subject::Sector => row.known("symbol", None, "the sector has no share"),
        Subject::Company(_) => row.known(
            "symbol",
            symbol.map(Value::text),
            "no share is set for this company",
        ),
    };
    row.put("topic", Value::text(topic_code(&of.topic)))
        .put("name", Value::text(topic_name(book, &of.topic)))
        .put("kind", Value::text(of.kind.code()))
        .put("unit", Value::text(of.unit.code()))
        .put("currency", of.currency.map_or(Value::Null, Value::text))
        .put("gap", Value::Number(of.gap))
        .put("state", Value::text(state_code(of.state)));
    let pin = pin_of(book, of.state);
    row.known(
        "decision",
        pin.map(|pin| Value::text(&pin.note)),
        "it is open",
    )
    .known(
        "decided",
        pin.map(|pin| Value::text(pin.made)),
        "it is open",
    );
    put_side(&mut row, book, &of.one, &ONE);
    put_side(&mut row, book, &of.other, &OTHER);
    row.finish()
}

fn put_side(row: &mut Row, book: &Book, side: &Side, keys: &SideKeys) {
    let (basis, ids) = basis_of(&side.basis);
    let source = side.source.and_then(|id| book.source(id));
    let (value, low, high) = match side.value {
        Number::Exact(value) => (Some(value), None, None),
        Number::Closes { low, high } => (None, Some(low), Some(high)),
    };
    let of_market = "it is a range of closes: see low and high";
    let no_range = "it is one number: see value";
    row.put(keys.basis, Value::text(basis))
        .put(keys.ids, Value::texts(ids))
        .known(keys.value, value.map(Value::exact), of_market)
        .known(keys.low, low.map(Value::Number), no_range)
        .known(keys.high, high.map(Value::Number), no_range)
        .put(keys.hedge, Value::text(side.hedge.code()))
        .known(
            keys.load_mw,
            side.load_mw.map(Value::exact),
            "no load belongs to it",
        )
        .known(
            keys.time,
            side.time.map(Value::text),
            "the source does not say",
        )
        .known(keys.stated, side.stated.map(Value::text), "not entered")
        .known(
            keys.source,
            source.map(|source| Value::text(&source.title)),
            "no source is entered",
        )
        .known(
            keys.grade,
            side.grade.map(|grade| Value::text(grade.code())),
            "no source is entered",
        )
        .known(
            keys.age_days,
            side.age_days.map(Value::Integer),
            "it has no date",
        )
        .put(keys.also, Value::texts(&side.also));
}

/// What a side rests on, and the records' ids or the closes' days.
fn basis_of(basis: &Basis) -> (&'static str, Vec<String>) {
    match basis {
        Basis::Told(Told::Figure(id)) => ("figure", vec![id.to_string()]),
        Basis::Told(Told::Deal(id)) => ("deal", vec![id.to_string()]),
        Basis::Told(Told::Treasury(id)) => ("treasury", vec![id.to_string()]),
        Basis::Computed(ids) => ("computed", ids.iter().map(ToString::to_string).collect()),
        Basis::Closes { symbol, from, to } => ("closes", vec![format!("{symbol} {from}/{to}")]),
    }
}

fn topic_code(topic: &Topic) -> String {
    match topic {
        Topic::Metric(metric) => metric.code().into_owned(),
        Topic::Deal(_) => "deal".to_owned(),
        Topic::CoinPrice(_) => "coin_price".to_owned(),
    }
}

fn topic_name(book: &Book, topic: &Topic) -> String {
    match topic {
        Topic::Metric(metric) => metric.to_string(),
        Topic::Deal(id) => book.deal(*id).map_or_else(String::new, |deal| {
            let site = deal.site.as_deref().unwrap_or("no site");
            format!("{}, {site}", deal.counterparty)
        }),
        Topic::CoinPrice(id) => {
            let event = book.treasury_event(*id);
            let kind = event.map_or("event", |event| event.kind.label());
            format!("Price a coin of the {}", kind.to_lowercase())
        }
    }
}

fn name_of(book: &Book, subject: Subject) -> String {
    let company = subject.company().and_then(|id| book.company(id));
    company.map_or_else(|| "Sector".to_owned(), |company| company.name.clone())
}

const fn state_code(state: State) -> &'static str {
    match state {
        State::Open => "open",
        State::Picked(_) => "picked",
        State::Explained(_) => "explained",
    }
}

fn pin_of(book: &Book, state: State) -> Option<&Pin> {
    match state {
        State::Open => None,
        State::Picked(id) | State::Explained(id) => book.pin(id),
    }
}

fn not_compared(book: &Book, of: &NotCompared) -> Object {
    let symbol = of.subject.company().and_then(|id| book.symbol_of(id));
    vec![
        ("subject".into(), Value::text(name_of(book, of.subject))),
        ("symbol".into(), symbol.map_or(Value::Null, Value::text)),
        ("topic".into(), Value::text(of.metric.code())),
        ("ids".into(), Value::texts([of.one, of.other])),
        ("why".into(), Value::text(of.why.code())),
    ]
}

fn as_text(basis: &Known, shown: &[&Conflict]) -> String {
    let (book, found) = (&basis.book, &basis.derived.conflicts);
    let columns = [
        words("Of", 8),
        words("About", 26),
        numbers("One"),
        numbers("Other"),
        words("Unit", 6),
        numbers("Gap"),
        words("How", 26),
        words("State", 9),
    ];
    let line = |of: &&Conflict| {
        let symbol = of.subject.company().and_then(|id| book.symbol_of(id));
        vec![
            symbol.map_or_else(|| name_of(book, of.subject), str::to_owned),
            topic_name(book, &of.topic),
            value(of, &of.one),
            value(of, &of.other),
            unit(of),
            text::percent(of.gap).trim_start_matches('+').to_owned(),
            of.kind.label().to_owned(),
            state_code(of.state).to_owned(),
        ]
    };
    let table = table(&columns, &shown.iter().map(line).collect::<Vec<_>>());
    let mut text = format!(
        "{table}\n{}, {} open\n",
        counted(found.list.len(), "conflict", "conflicts"),
        found.open()
    );
    for of in shown {
        text.push_str(&details(book, of));
    }
    for of in &found.not_compared {
        let value = |id: FigureId| known(book.figure(id), figure_value);
        text.push_str(&text::wrapped(
            &format!(
                "Not compared: {}, {} {} and {}, since {}",
                name_of(book, of.subject),
                of.metric,
                value(of.one),
                value(of.other),
                of.why.label()
            ),
            "  ",
        ));
    }
    text
}

/// Who says what, and why the user let it be.
fn details(book: &Book, of: &Conflict) -> String {
    let who = |side: &Side| {
        let source = side.source.and_then(|id| book.source(id));
        let also = match side.also.len() {
            0 => String::new(),
            count => format!(" and {}", counted(count, "more", "more")),
        };
        match &side.basis {
            Basis::Closes { symbol, from, to } => format!("closes of {symbol} {from} to {to}"),
            Basis::Computed(_) => "computed from figures of one period".to_owned(),
            Basis::Told(_) => {
                let title = known(source, |source| source.title.clone());
                let stated = known(side.stated, |date| date.to_string());
                format!("{title}, stated {stated}{also}")
            }
        }
    };
    let mut line = format!(
        "{}, {}: {} by {}; {} by {}",
        name_of(book, of.subject),
        topic_name(book, &of.topic),
        value(of, &of.one),
        who(&of.one),
        value(of, &of.other),
        who(&of.other)
    );
    if let Some(pin) = pin_of(book, of.state) {
        line = format!("{line}; {}: {}", pin.made, pin.note);
    }
    text::wrapped(&line, "  ")
}

fn value(of: &Conflict, side: &Side) -> String {
    let number = match side.value {
        Number::Exact(value) => {
            let value = match of.topic {
                Topic::CoinPrice(_) => text::places(value, 0),
                Topic::Metric(_) | Topic::Deal(_) => in_unit(of.unit, value),
            };
            text::hedged(side.hedge, &value)
        }
        Number::Closes { low, high } => {
            format!("{}-{}", text::float(low, 0), text::float(high, 0))
        }
    };
    match side.load_mw {
        Some(load) => format!("{number} / {} MW", text::decimal(load)),
        None => number,
    }
}

fn figure_value(of: &Figure) -> String {
    text::hedged(of.hedge, &in_unit(of.metric.unit(), of.value))
}

fn in_unit(unit: Unit, value: rust_decimal::Decimal) -> String {
    match unit {
        Unit::Money => text::millions(value),
        Unit::Fraction => {
            let percent = value.checked_mul(rust_decimal::Decimal::ONE_HUNDRED);
            known(percent, |percent| text::decimal(percent.round_dp(1)))
        }
        Unit::Btc
        | Unit::Megawatts
        | Unit::Count
        | Unit::ExahashPerSecond
        | Unit::JoulesPerTerahash
        | Unit::UsdPerMwh
        | Unit::Months => text::decimal(value),
    }
}

fn unit(of: &Conflict) -> String {
    match (&of.topic, of.unit, of.currency) {
        (Topic::CoinPrice(_), _, Some(currency)) => currency.to_string(),
        (_, Unit::Money, Some(currency)) => format!("{currency} m"),
        (_, unit, _) => unit.label().to_owned(),
    }
}
