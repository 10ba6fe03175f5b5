//! The reports: what the pages of the window show, as text, JSON or CSV. One
//! file a report builds its rows; what all share is here. Nothing is computed
//! here that `analytics` does not say.

mod company;
mod compare;
mod conflicts;
mod deals;
mod debt;
mod measures;
mod schedule;
mod schedule_text;
mod sector;
mod sector_text;
mod watchlist;
mod worth;
mod worth_text;

use std::collections::BTreeMap;

use super::args::{Report as Which, ReportArgs};
use super::json::{Object, Row, Value};
use super::{Answer, Place, switches, text};
use crate::analytics::as_of::{book_on_past_day, prices_as_of};
use crate::analytics::switches::Switches;
use crate::analytics::{self, Derived, Input, derive};
use crate::model::{Book, Currency, Day, Feeds, Instrument, Money, Prices};
use crate::session;
use crate::store::Access;

/// What reports are made of.
struct Basis {
    book: Book,
    prices: Prices,
    derived: Derived,
    as_of: Day,
    prices_note: Option<String>,
    live: Live,
}

/// The prices that are no closes yet: by symbol, the day whose price was taken
/// before its session had ended.
struct Live(BTreeMap<String, Day>);

impl Live {
    fn of(book: &Book, feeds: &Feeds) -> Self {
        let live = |instrument: &Instrument| {
            let day = feeds.get(instrument.id)?.live?;
            Some((instrument.symbol.clone(), day))
        };
        Self(book.instruments().filter_map(live).collect())
    }

    /// Whether the price of that day is none of a close.
    fn has(&self, symbol: &str, day: Day) -> bool {
        self.0.get(symbol) == Some(&day)
    }

    /// What to know of an answer that such prices went into, those of `of`
    /// excepted, of which it is told elsewhere.
    fn remark<T>(&self, answer: &analytics::Answer<T>, of: &str) -> Option<String> {
        let inputs = answer.as_ref().ok()?.inputs.iter();
        inputs
            .filter_map(|input| match input {
                Input::Close { symbol, day } => Some((symbol, *day)),
                Input::Figure(_) | Input::Deal(_) | Input::Debt(_) | Input::Treasury(_) => None,
            })
            .find(|(symbol, day)| symbol.as_str() != of && self.has(symbol, *day))
            .map(|(symbol, day)| format!("{symbol} was taken within the session of {day}"))
    }
}

/// What is said of a price that is no close yet.
fn taken_within(day: Day) -> String {
    format!("taken within the session of {day}; the close replaces it")
}

/// A report in all its forms.
struct Report {
    /// The JSON, without the head all reports share.
    json: Object,
    /// The columns of the CSV.
    keys: &'static [&'static str],
    /// The rows of the CSV.
    rows: Vec<Object>,
    /// The text.
    text: String,
}

pub(super) fn run(place: &Place, args: &ReportArgs) -> anyhow::Result<Answer> {
    let opened = session::open(&place.folder, place.now.timestamp())?;
    let book = if place.as_of < place.now.date() {
        book_on_past_day(&opened.book, place.as_of)
    } else {
        opened.book
    };
    let prices = prices_as_of(&opened.prices, place.as_of).into_owned();
    let basis = Basis {
        derived: derive(&book, &prices, place.as_of, args.switches.into()),
        live: Live::of(&book, &opened.feeds),
        book,
        prices,
        as_of: place.as_of,
        prices_note: session::prices_note(&opened.store)?,
    };
    let report = match &args.report {
        Which::Watchlist => watchlist::report(&basis),
        Which::Company { symbol } => company::report(&basis, symbol)?,
        Which::Deals => deals::report(&basis),
        Which::Debt => debt::report(&basis),
        Which::Schedule(what) => schedule::report(&basis, what)?,
        Which::Conflicts { open } => conflicts::report(&basis, *open),
        Which::Sector => sector::report(&basis),
        Which::Compare(what) => compare::report(&basis, what)?,
    };
    let mut answer = Answer::done(if args.json {
        let mut fields = head(&basis);
        fields.extend(report.json);
        text::json(&Value::Object(fields))
    } else if args.csv {
        text::csv(report.keys, &report.rows)
    } else {
        format!("{}\n{}", headline(&basis), report.text)
    });
    // That another instance writes is nothing to a reader.
    if *opened.store.access() == Access::ReadWrite {
        answer.complaints = opened.notices;
    }
    Ok(answer)
}

/// What every JSON report begins with.
fn head(basis: &Basis) -> Object {
    let or_null = |value: Option<Value>| value.unwrap_or(Value::Null);
    vec![
        ("as_of".into(), Value::text(basis.as_of)),
        ("switches".into(), switches::json(basis.derived.switches)),
        (
            "prices_to".into(),
            or_null(basis.derived.prices_to.map(Value::text)),
        ),
        ("prices_live".into(), Value::Bool(is_live(basis))),
        (
            "prices_note".into(),
            or_null(basis.prices_note.as_ref().map(Value::text)),
        ),
    ]
}

/// The line above every text report.
fn headline(basis: &Basis) -> String {
    let mut prices = match basis.derived.prices_to {
        Some(day) if is_live(basis) => format!("newest price {day}, within its session"),
        Some(day) => format!("newest close {day}"),
        None => "no prices".to_owned(),
    };
    if let (Some(_), Some(note)) = (basis.derived.prices_to, &basis.prices_note) {
        prices = format!("{prices}; {note}");
    }
    let line = format!("As of {}; {prices}", basis.as_of);
    let switches = basis.derived.switches;
    let line = if switches == Switches::default() {
        line
    } else {
        format!("{line}; counted: {}", switches.words())
    };
    text::wrapped(&line, "  ")
}

/// Whether the newest day has no close yet, only prices taken within a session.
fn is_live(basis: &Basis) -> bool {
    let newest = |day: Day| {
        let all = basis.prices.by_symbol.iter();
        all.filter(move |(_, series)| {
            let bar = series.at_or_before(basis.as_of);
            bar.is_some_and(|bar| bar.day == day)
        })
    };
    let to = basis.derived.prices_to;
    to.is_some_and(|day| newest(day).all(|(symbol, _)| basis.live.has(symbol, day)))
}

/// A value in dollars. One in another currency is not converted but told.
fn put_usd(row: &mut Row, key: &'static str, money: Option<Money>, reason: &str) {
    match money {
        Some(money) if money.currency != Currency::USD => {
            let (amount, currency) = (money.amount.normalize(), money.currency);
            row.known(key, None, &format!("it is stated as {amount} {currency}"));
        }
        Some(_) | None => {
            row.known(key, money.map(|money| Value::exact(money.amount)), reason);
        }
    }
}

/// What is to be known of a value, or why there is none.
fn remark<T>(answer: &analytics::Answer<T>) -> Option<String> {
    match answer {
        Ok(stated) => stated.remark.clone(),
        Err(missing) => Some(missing.0.clone()),
    }
}
