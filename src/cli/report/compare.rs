//! `report compare`: shares beside a benchmark over a span of days, and a
//! basket of them.

use std::collections::BTreeMap;

use anyhow::bail;

use super::{Basis, Live, Report, taken_within};
use crate::analytics::compare::{BasketRow, CompareRow, Comparison, compare};
use crate::cli::Usage;
use crate::cli::args::Compare;
use crate::cli::json::{Object, Row, Value};
use crate::cli::text::{self, Footnotes, known, numbers, table, words};
use crate::model::{Book, Day};

const KEYS: &[&str] = &[
    "symbol",
    "first_day",
    "last_day",
    "first_close",
    "last_close",
    "price_live",
    "since",
    "return",
    "excess_return",
    "volatility_annualised",
    "observations_a_year",
    "max_drawdown",
    "beta",
    "correlation",
    "observations",
    "notes",
    "reasons",
];

pub(super) fn report(basis: &Basis, args: &Compare) -> anyhow::Result<Report> {
    let benchmark = canonical(&basis.book, &args.benchmark)?;
    let symbols = if args.symbols.is_empty() {
        let rows = basis.derived.watchlist.iter();
        rows.filter_map(|row| row.symbol.clone()).collect()
    } else {
        let typed = args.symbols.iter();
        typed
            .map(|symbol| canonical(&basis.book, symbol))
            .collect::<anyhow::Result<Vec<_>>>()?
    };
    let to = args.to.map(|to| to.min(basis.as_of));
    let to = to.or_else(|| newest(basis, symbols.iter().chain([&benchmark])));
    let to = to.unwrap_or(basis.as_of);
    let from = args.from.unwrap_or_else(|| end_of_year_before(to));
    if from >= to {
        let text = format!("The span ends on {to}, which is not after its base day {from}");
        return Err(Usage(text).into());
    }
    let found = compare(&basis.prices, &symbols, &benchmark, from, to);
    let rows: Vec<Object> = found.series.iter().map(|of| row(of, &basis.live)).collect();
    Ok(Report {
        json: vec![
            ("from".into(), Value::text(from)),
            ("to".into(), Value::text(to)),
            ("benchmark".into(), Value::text(&benchmark)),
            (
                "series".into(),
                Value::List(rows.iter().cloned().map(Value::Object).collect()),
            ),
            ("basket".into(), Value::Object(basket(&found.basket))),
        ],
        keys: KEYS,
        rows,
        text: as_text(&found, &basis.live, &benchmark, from, to),
    })
}

/// The canonical symbol of an instrument of the book.
fn canonical(book: &Book, typed: &str) -> anyhow::Result<String> {
    if let Some(instrument) = book.instrument_by_symbol(typed.trim()) {
        return Ok(instrument.symbol.clone());
    }
    let mut known: Vec<_> = book.instruments().map(|i| i.symbol.as_str()).collect();
    known.sort_unstable();
    bail!(
        "No instrument “{typed}” is in the book: import its prices first, or name one of {}",
        known.join(", ")
    )
}

fn newest<'a>(basis: &Basis, symbols: impl Iterator<Item = &'a String>) -> Option<Day> {
    let bars = symbols.filter_map(|symbol| basis.prices.get(symbol)?.at_or_before(basis.as_of));
    bars.map(|bar| bar.day).max()
}

fn end_of_year_before(day: Day) -> Day {
    let new_year = jiff::civil::date(day.year(), 1, 1);
    // Only the first year of the calendar has none before it.
    new_year.yesterday().unwrap_or(new_year)
}

/// The day of the last price, if that is no close yet.
fn live_day(of: &CompareRow, live: &Live) -> Option<Day> {
    of.last_day.filter(|day| live.has(&of.symbol, *day))
}

fn row(of: &CompareRow, live: &Live) -> Object {
    let mut row = Row::default();
    let put = |row: &mut Row, key: &'static str, value: Option<Value>| {
        row.put(key, value.unwrap_or(Value::Null));
    };
    row.put("symbol", Value::text(&of.symbol));
    put(&mut row, "first_day", of.first_day.map(Value::text));
    put(&mut row, "last_day", of.last_day.map(Value::text));
    put(&mut row, "first_close", of.first_close.map(Value::Number));
    put(&mut row, "last_close", of.last_close.map(Value::Number));
    let is_live = of.last_day.map(|_| live_day(of, live).is_some());
    put(&mut row, "price_live", is_live.map(Value::Bool));
    put(&mut row, "since", of.since.map(Value::text));
    put(&mut row, "return", of.price_return.map(Value::Number));
    put(
        &mut row,
        "excess_return",
        of.excess_return.map(Value::Number),
    );
    put(
        &mut row,
        "volatility_annualised",
        of.volatility_annualised.map(Value::Number),
    );
    let frequency = of.frequency.filter(|_| of.volatility_annualised.is_some());
    let a_year = frequency.map(|frequency| Value::Integer(frequency.per_year() as i64));
    put(&mut row, "observations_a_year", a_year);
    put(&mut row, "max_drawdown", of.max_drawdown.map(Value::Number));
    put(&mut row, "beta", of.beta.map(Value::Number));
    put(&mut row, "correlation", of.correlation.map(Value::Number));
    row.put("observations", Value::count(of.observations));
    say(&mut row, &of.notes, &of.reasons);
    if let Some(reason) = of.reasons.get("volatility_annualised") {
        row.reason("observations_a_year", reason.clone());
    }
    if let Some(reason) = of.reasons.get("last_close") {
        row.reason("price_live", reason.clone());
    }
    if let Some(day) = live_day(of, live) {
        row.note("last_close", taken_within(day));
    }
    row.finish()
}

fn basket(of: &BasketRow) -> Object {
    let mut row = Row::default();
    let number = |value: Option<f64>| value.map_or(Value::Null, Value::Number);
    let excluded = of.excluded.iter();
    let excluded = excluded.map(|(symbol, reason)| (symbol.clone(), reason.clone()));
    row.put("members", Value::texts(&of.members))
        .put("excluded", Value::sentences(excluded))
        .put("weighting", Value::text(of.weighting))
        .put("return", number(of.price_return))
        .put("excess_return", number(of.excess_return));
    say(&mut row, &of.notes, &of.reasons);
    row.finish()
}

type Sentences = BTreeMap<&'static str, String>;

fn say(row: &mut Row, notes: &Sentences, reasons: &Sentences) {
    for (key, note) in notes {
        row.note(key, note.clone());
    }
    for (key, reason) in reasons {
        row.reason(key, reason.clone());
    }
}

fn as_text(found: &Comparison, live: &Live, benchmark: &str, from: Day, to: Day) -> String {
    let columns = [
        words("Symbol", 10),
        words("From", 10),
        words("To", 10),
        numbers("First"),
        numbers("Last"),
        numbers("Return"),
        numbers("Excess"),
        numbers("Vol. p.a."),
        numbers("Drawdown"),
        numbers("Beta"),
        numbers("Corr."),
        numbers("n"),
    ];
    let mut notes = Footnotes::default();
    let mut lines = Vec::new();
    for row in &found.series {
        for (key, text) in row.notes.iter().chain(&row.reasons) {
            notes.add(key, &row.symbol, Some(text.clone()));
        }
        let day = live_day(row, live);
        notes.add("* Last", &row.symbol, day.map(taken_within));
        lines.push(line(row, live));
    }
    let basket = &found.basket;
    for (key, text) in basket.notes.iter().chain(&basket.reasons) {
        notes.add(key, "basket", Some(text.clone()));
    }
    for (symbol, reason) in &basket.excluded {
        notes.add("not in the basket", symbol, Some(reason.clone()));
    }
    let percent = |value: Option<f64>| known(value, text::percent);
    let basket = format!(
        "Basket, equal weights, bought on the base day and held: {} ({} against {benchmark}) of {}",
        percent(basket.price_return),
        percent(basket.excess_return),
        if basket.members.is_empty() {
            "no members".to_owned()
        } else {
            basket.members.join(", ")
        },
    );
    format!(
        "Against {benchmark}, from the close of {from} to {to}\n\n{}\n{}{}",
        table(&columns, &lines),
        text::wrapped(&basket, "  "),
        notes.render(found.series.len())
    )
}

fn line(row: &CompareRow, live: &Live) -> Vec<String> {
    let mark = live_day(row, live).map_or("", |_| "* ");
    let percent = |value: Option<f64>| known(value, text::percent);
    let ratio = |value: Option<f64>| known(value, |value| text::float(value, 3));
    vec![
        row.symbol.clone(),
        known(row.first_day, |day| day.to_string()),
        known(row.last_day, |day| day.to_string()),
        known(row.first_close, text::price),
        known(row.last_close, |close| {
            format!("{mark}{}", text::price(close))
        }),
        percent(row.price_return),
        percent(row.excess_return),
        percent(row.volatility_annualised).replace('+', ""),
        percent(row.max_drawdown),
        ratio(row.beta),
        ratio(row.correlation),
        row.observations.to_string(),
    ]
}
