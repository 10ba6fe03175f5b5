//! Writing and reading again is identity: for any record, for a book that has
//! it and for one that has only its companies and sources.

use gigawatch::exchange::record_csv::{Table, write};
use gigawatch::exchange::starter;
use gigawatch::model::{Book, Change, Deal, DealId, Debt, Figure, Op, Record, Treasury};
use gigawatch::model::{DebtId, FigureId, TreasuryId, debt::Coupon};
use proptest::{collection::vec, option, prelude::*};

use super::import;
use crate::drafts::{book, id, ids};
use crate::drafts_random::{deal, debt, figure, treasury};

/// Words that spreadsheets and parsers like to spoil.
fn wild() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ A-Za-z0-9'\"=+@;,|>\\\\\n\r\t:€“”-]{0,24}",
        "(=|'|-|@| |\\\\)[a-z ;|>]{0,9}( |\\\\|')?",
    ]
}

prop_compose! {
    fn wild_deal()(
        deal in deal(),
        texts in (wild(), option::of(wild()), option::of(wild()), wild()),
        names in vec(wild(), 3),
    ) -> Deal {
        let mut deal = Deal { counterparty: texts.0, site: texts.1, warrants: texts.2, note: texts.3, ..deal };
        for (phase, name) in deal.phases.iter_mut().zip(names) {
            phase.name = name;
        }
        deal
    }
}

prop_compose! {
    fn wild_debt()(debt in debt(), texts in (wild(), option::of(wild()), wild(), wild())) -> Debt {
        let mut debt = Debt { name: texts.0, recourse: texts.1, note: texts.2, ..debt };
        if let Some(Coupon::Floating { reference, .. }) = &mut debt.coupon {
            *reference = texts.3;
        }
        debt
    }
}

prop_compose! {
    fn wild_figure()(figure in figure(), note in wild()) -> Figure {
        Figure { note, ..figure }
    }
}

/// The records, numbered apart, with the first deal as what others tell anew.
fn numbered(records: Vec<Record>, retold: bool) -> Vec<Record> {
    let mut records = records;
    for (at, record) in records.iter_mut().enumerate() {
        let id = id(500 + at as u128);
        match record {
            Record::Deal(deal) => {
                deal.id = DealId(id);
                if retold && at > 0 {
                    deal.alternative_to = Some(DealId(crate::drafts::id(500)));
                }
            }
            Record::Debt(debt) => debt.id = DebtId(id),
            Record::Figure(figure) => figure.id = FigureId(id),
            Record::Treasury(event) => event.id = TreasuryId(id),
            Record::Source(_)
            | Record::Instrument(_)
            | Record::Company(_)
            | Record::Note(_)
            | Record::Pin(_) => panic!("{record:?} has no table"),
        }
    }
    records
}

/// Identity, from the book that has the records and from one that has not.
fn comes_back(table: Table, records: &[Record], without: &Book) {
    let mut with = without.clone();
    let ops = records.iter().cloned().map(Op::put).collect();
    with.apply(&Change::new("set up", ops)).unwrap();
    let text = write(table, &with);
    let here = import(table, &text, &with);
    assert_eq!(here.refused, [], "{text}");
    assert!(here.changes_nothing(), "{here:#?} of {text}");
    assert_eq!(here.unchanged_rows(), records.len());
    let there = import(table, &text, without);
    assert_eq!(there.refused, [], "{text}");
    let mut taken = without.clone();
    taken.apply(&there.change("a.csv", &mut ids())).unwrap();
    assert_eq!(taken, with, "{text}");
    assert_eq!(write(table, &taken), text);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn deals_come_back(deals in vec(wild_deal(), 1..4), retold in any::<bool>()) {
        let records = numbered(deals.into_iter().map(Record::Deal).collect(), retold);
        comes_back(Table::Deals, &records, &book());
    }

    #[test]
    fn debts_come_back(debts in vec(wild_debt(), 1..4)) {
        let records = numbered(debts.into_iter().map(Record::Debt).collect(), false);
        comes_back(Table::Debts, &records, &book());
    }

    #[test]
    fn figures_come_back(figures in vec(wild_figure(), 1..4)) {
        let records = numbered(figures.into_iter().map(Record::Figure).collect(), false);
        comes_back(Table::Figures, &records, &book());
    }

    #[test]
    fn treasury_events_come_back(events in vec(treasury(), 1..4)) {
        let events: Vec<Treasury> = events;
        let records = numbered(events.into_iter().map(Record::Treasury).collect(), false);
        comes_back(Table::Treasury, &records, &book());
    }

    /// No bytes make the reader panic, and no row is lost: each is taken or
    /// refused.
    #[test]
    fn any_bytes_are_read_or_refused(bytes in vec(any::<u8>(), 0..200), cells in vec("[a-z0-9 ,;|>%.:\"'\n-]{0,12}", 0..12)) {
        let book = book();
        for table in Table::ALL {
            drop(gigawatch::exchange::record_csv::read(*table, &bytes, &book));
            let header: Vec<_> = table.columns().iter().map(|column| column.name).collect();
            let text = format!("{}\n{}\n", header.join(","), cells.join(","));
            drop(gigawatch::exchange::record_csv::read(*table, text.as_bytes(), &book));
        }
    }
}

#[test]
fn the_starter_book_comes_back() {
    let with = starter::book().unwrap();
    for table in Table::ALL {
        let records: Vec<_> = with
            .records()
            .filter(|record| record.key().kind == table.kind())
            .collect();
        let mut without = with.clone();
        let ops = records.iter().rev().map(|r| Op::Delete(r.key())).collect();
        without.apply(&Change::new("empty", ops)).unwrap();
        comes_back(*table, &records, &without);
    }
}
