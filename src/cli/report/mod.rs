//! The reports: what the pages of the window show, as text, JSON or CSV. One
//! file a report builds its rows; what all share is here. Nothing is computed
//! here that `analytics` does not say.

mod company;
mod compare;
mod conflicts;
mod deals;
mod debt;
mod watchlist;

use super::args::{Report as Which, ReportArgs};
use super::json::{Object, Row, Value};
use super::{Answer, Place, text};
use crate::analytics::{self, Derived, derive};
use crate::model::{Book, Currency, Day, Money, Prices};
use crate::session;
use crate::store::Access;

/// What reports are made of.
struct Basis {
    book: Book,
    prices: Prices,
    derived: Derived,
    as_of: Day,
    prices_note: Option<String>,
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
    let basis = Basis {
        derived: derive(&opened.book, &opened.prices, place.as_of),
        book: opened.book,
        prices: opened.prices,
        as_of: place.as_of,
        prices_note: session::prices_note(&opened.store)?,
    };
    let report = match &args.report {
        Which::Watchlist => watchlist::report(&basis),
        Which::Company { symbol } => company::report(&basis, symbol)?,
        Which::Deals => deals::report(&basis),
        Which::Debt => debt::report(&basis),
        Which::Conflicts { open } => conflicts::report(&basis, *open),
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
        (
            "prices_to".into(),
            or_null(basis.derived.prices_to.map(Value::text)),
        ),
        (
            "prices_note".into(),
            or_null(basis.prices_note.as_ref().map(Value::text)),
        ),
    ]
}

/// The line above every text report.
fn headline(basis: &Basis) -> String {
    let prices = match (basis.derived.prices_to, &basis.prices_note) {
        (Some(day), Some(note)) => format!("newest close {day}; {note}"),
        (Some(day), None) => format!("newest close {day}"),
        (None, _) => "no prices".to_owned(),
    };
    text::wrapped(&format!("As of {}; {prices}", basis.as_of), "  ")
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
