//! `--as-of` of every report: of no record that is later than the day does any
//! report show anything, and no statement in it is dated after the day.

use std::collections::BTreeSet;

use gigawatch::model::{Book, Day, PartialDate, Record};
use gigawatch::session::starter;
use serde_json::Value;

use crate::cli::Desk;

const DAY: &str = "2026-01-31";

/// Keys of days on which something was said or done; others tell of what lies
/// ahead, as maturities do.
const SAID: [&str; 8] = [
    "announced",
    "stated",
    "disclosed",
    "issued",
    "made",
    "prices_to",
    "one_stated",
    "other_stated",
];

fn day() -> Day {
    jiff::civil::date(2026, 1, 31)
}

/// The day from which a record is known, by its own fields.
fn since(record: &Record) -> Option<Day> {
    let first = |date: Option<PartialDate>| date.map(|date| date.first_day());
    match record {
        Record::Deal(deal) => Some(deal.announced.first_day()),
        Record::Figure(figure) => first(figure.stated),
        Record::Debt(debt) => first(debt.issued),
        Record::Treasury(event) => first(event.disclosed),
        Record::Note(note) => Some(note.day),
        Record::Source(_) | Record::Instrument(_) | Record::Company(_) | Record::Pin(_) => None,
    }
}

fn note(record: &Record) -> &str {
    match record {
        Record::Deal(deal) => &deal.note,
        Record::Figure(figure) => &figure.note,
        Record::Debt(debt) => &debt.note,
        Record::Treasury(event) => &event.note,
        Record::Note(note) => &note.text,
        Record::Source(_) | Record::Instrument(_) | Record::Company(_) | Record::Pin(_) => "",
    }
}

/// What gives a later record away: its id, and its note unless an earlier record
/// has the same.
fn of_later(book: &Book) -> BTreeSet<String> {
    let (later, earlier): (Vec<_>, Vec<_>) = book
        .records()
        .partition(|record| since(record).is_some_and(|since| since > day()));
    let known: BTreeSet<&str> = earlier.iter().map(note).collect();
    let notes = later.iter().map(note);
    let notes = notes.filter(|note| note.len() > 20 && !known.contains(note));
    let ids = later.iter().map(|record| record.key().id.to_string());
    ids.chain(notes.map(str::to_owned)).collect()
}

/// Every text under a key of [`SAID`], with all within.
fn said(value: &Value, found: &mut Vec<String>) {
    if let Some(fields) = value.as_object() {
        // Sentences about fields stand under the same keys.
        let fields = fields.iter();
        for (key, value) in fields.filter(|(key, _)| *key != "reasons" && *key != "notes") {
            let text = value.as_str().filter(|_| SAID.contains(&key.as_str()));
            found.extend(text.map(str::to_owned));
            said(value, found);
        }
    }
    for value in value.as_array().into_iter().flatten() {
        said(value, found);
    }
}

#[test]
fn no_report_shows_a_deal_or_a_statement_of_a_later_day() {
    let (book, _) = starter().unwrap();
    let later = of_later(&book);
    assert!(later.len() > 150, "{}", later.len());
    let mut reports: Vec<Vec<&str>> = [
        "watchlist",
        "deals",
        "debt",
        "schedule",
        "sector",
        "conflicts",
    ]
    .iter()
    .map(|report| vec!["report", *report])
    .collect();
    let symbols = book.companies().filter_map(|of| book.symbol_of(of.id));
    reports.extend(symbols.map(|symbol| vec!["report", "company", symbol]));
    reports.push(vec![
        "report",
        "deals",
        "--with-options",
        "--whole",
        "--gross",
    ]);
    reports.push(vec!["report", "debt", "--instruments", "--if-converted"]);
    let desk = Desk::new();
    let mut days = 0;
    for mut args in reports {
        args.extend(["--as-of", DAY]);
        let report = desk.json(&args);
        let mut told = Vec::new();
        said(&report, &mut told);
        for text in &told {
            let date: PartialDate = text.parse().unwrap();
            assert!(date.first_day() <= day(), "{args:?}: {text}");
        }
        days += told.len();
        let texts = [report.to_string(), desk.done(&args)];
        for secret in &later {
            let quoted = serde_json::to_string(secret).unwrap();
            let quoted = quoted.trim_matches('"');
            for text in &texts {
                let shows = text.contains(secret) || text.contains(quoted);
                assert!(!shows, "{args:?} shows {secret}");
            }
        }
    }
    assert!(days > 150, "{days}");
}

/// The deals on that day are those of the book announced by it, no more and no
/// less.
#[test]
fn the_deals_of_a_day_are_those_announced_by_it() {
    let (book, _) = starter().unwrap();
    let announced = book
        .deals()
        .filter(|deal| deal.announced.first_day() <= day());
    let expected: BTreeSet<String> = announced.map(|deal| deal.id.to_string()).collect();
    let report = Desk::new().json(&["report", "deals", "--as-of", DAY]);
    let rows = report["rows"].as_array().unwrap();
    let found = rows
        .iter()
        .map(|row| row["id"].as_str().unwrap().to_owned());
    assert_eq!(found.collect::<BTreeSet<_>>(), expected);
    assert!(expected.len() < book.deals().count());
}
