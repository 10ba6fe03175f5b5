//! The dial: what was known on a day. Nothing stated, signed, issued or traded
//! later is there, and what is derived on a day equals what a book without
//! anything later gives.

use std::collections::BTreeSet;

use gigawatch::analytics::as_of::{book_as_of, book_on_past_day, debt_known_by, prices_as_of};
use gigawatch::analytics::derive;
use gigawatch::model::deal::DealStatus;
use gigawatch::model::{Book, Change, Day, Deal, Op, PartialDate, Record, Series};
use gigawatch::session::starter;
use jiff::ToSpan as _;

use crate::switches::all_ways;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn first_of_each_week() -> impl Iterator<Item = Day> {
    (0..110).map(|week: i64| day("2024-12-30").checked_add(week.weeks()).unwrap())
}

/// The earliest day from which each record counts, found without the code under
/// test: by the fields that bear days.
fn days_of(book: &Book, record: &Record) -> Option<Day> {
    let first = |date: Option<PartialDate>| date.map(|date| date.first_day());
    match record {
        Record::Deal(deal) => Some(deal.announced.first_day()),
        Record::Note(note) => Some(note.day),
        Record::Pin(pin) => Some(pin.made),
        Record::Treasury(event) => {
            first(event.disclosed).or_else(|| event.event.map(|time| time.first_day()))
        }
        Record::Debt(debt) => first(debt.issued).or_else(|| {
            let told: Option<Vec<Day>> = debt
                .sources
                .iter()
                .map(|id| first(book.source(*id)?.published))
                .collect();
            told?.into_iter().min()
        }),
        Record::Figure(figure) => first(figure.stated),
        Record::Source(_) | Record::Instrument(_) | Record::Company(_) => None,
    }
}

#[test]
fn nothing_later_is_known() {
    let (book, prices) = starter().unwrap();
    for on in first_of_each_week() {
        let then = book_as_of(&book, on);
        for record in then.records() {
            let since = days_of(&book, &record);
            assert!(since.is_none_or(|since| since <= on), "{on}: {record:?}");
        }
        for deal in then.deals() {
            let told = deal.rent_start.iter().filter_map(|start| start.stated);
            assert!(
                told.clone().all(|date| date.first_day() <= on),
                "{on}: {deal:?}"
            );
        }
        for (symbol, series) in &prices_as_of(&prices, on).by_symbol {
            assert!(
                series.last().is_none_or(|bar| bar.day <= on),
                "{on} {symbol}"
            );
        }
    }
}

#[test]
fn what_is_derived_on_a_day_equals_what_a_book_without_anything_later_gives() {
    let (book, prices) = starter().unwrap();
    for (on, switches) in first_of_each_week().zip(all_ways().into_iter().cycle()) {
        let direct = derive(&book, &prices, on, switches);
        let then = (
            book_as_of(&book, on).into_owned(),
            prices_as_of(&prices, on).into_owned(),
        );
        assert_eq!(
            derive(&then.0, &then.1, on, switches),
            direct,
            "{on} {switches:?}"
        );
        assert_eq!(*book_as_of(&then.0, on), then.0, "{on}: asked twice");
    }
}

#[test]
fn a_later_day_knows_no_less() {
    let (book, _) = starter().unwrap();
    let mut before = BTreeSet::new();
    for on in first_of_each_week() {
        let keys: BTreeSet<_> = book_as_of(&book, on)
            .records()
            .map(|record| record.key())
            .collect();
        assert!(before.is_subset(&keys), "{on}");
        before = keys;
    }
    assert_eq!(before.len(), book.len(), "today all of it");
}

fn galaxy(book: &Book) -> Deal {
    let mut deals = book.deals();
    deals
        .find(|deal| deal.alternative_to.is_some())
        .unwrap()
        .clone()
}

#[test]
fn a_telling_stands_for_itself_until_the_other_is_known() {
    let (mut book, _) = starter().unwrap();
    let telling = galaxy(&book);
    let mut other = book.deal(telling.alternative_to.unwrap()).unwrap().clone();
    let before = telling.announced.last_day();
    other.announced = PartialDate::day(before.checked_add(30.days()).unwrap()).unwrap();
    book.apply(&Change::put("later", Record::Deal(other.clone())))
        .unwrap();
    let then = book_as_of(&book, before);
    assert!(then.deal(other.id).is_none());
    assert!(then.deal(telling.id).unwrap().counts());
    assert!(!book.deal(telling.id).unwrap().counts());
}

#[test]
fn who_pays_later_was_not_paying_yet() {
    let (mut book, _) = starter().unwrap();
    let mut deal = book
        .deals()
        .find(|deal| deal.rent_start.len() == 1 && deal.counts())
        .unwrap()
        .clone();
    deal.status = DealStatus::Billing;
    deal.rent_start[0].stated = None;
    book.apply(&Change::put("billing", Record::Deal(deal.clone())))
        .unwrap();
    let starts = deal.rent_start[0].date.first_day();
    let status = |on: Day| {
        let then = book_on_past_day(&book, on);
        then.deal(deal.id).map(|deal| deal.status)
    };
    assert_eq!(
        status(starts.yesterday().unwrap()),
        Some(DealStatus::Announced)
    );
    assert_eq!(status(starts), Some(DealStatus::Billing));
}

#[test]
fn a_debt_without_a_day_of_issue_is_known_from_its_first_source_on() {
    let (mut book, _) = starter().unwrap();
    let source = book
        .sources()
        .find(|source| source.published.is_some())
        .unwrap()
        .clone();
    let mut debt = book.debts().next().unwrap().clone();
    debt.issued = None;
    debt.sources = vec![source.id];
    book.apply(&Change::new("x", vec![Op::put(Record::Debt(debt.clone()))]))
        .unwrap();
    let told = source.published.unwrap().first_day();
    assert!(debt_known_by(&book, &debt, told));
    assert!(!debt_known_by(&book, &debt, told.yesterday().unwrap()));
    debt.sources = Vec::new();
    assert!(
        debt_known_by(&book, &debt, day("1990-01-01")),
        "no day at all"
    );
}

#[test]
fn on_a_day_before_everything_only_undated_records_are_left() {
    let (book, prices) = starter().unwrap();
    let on = day("2000-01-01");
    let then = book_as_of(&book, on);
    assert_eq!(
        then.deals().count() + then.treasury().count() + then.notes().count(),
        0
    );
    let closes = prices_as_of(&prices, on);
    assert!(closes.by_symbol.values().all(Series::is_empty));
    assert_eq!(then.companies().count(), book.companies().count());
}
