//! The book on disk: what is stored comes back, undo and redo survive a
//! restart, and memory and file agree after every step.

use gigawatch::model::RecordKind::{Company, Deal, Figure, Instrument, Note, Source};
use gigawatch::model::book::ChangeRefused;
use gigawatch::model::{Change, Op, Prices, Record, RecordKey, RecordKind};
use gigawatch::store::{Access, ChangeState, Store, StoreError};
use proptest::prelude::*;
use tempfile::TempDir;

use super::store_script::{
    Dice, Step, Twin, at, bars, batch, company, day, deal, figure, id, instrument, note, open, pin,
    source, start, step, take,
};

/// A change of one label with those records put.
fn put(label: &str, records: Vec<Record>) -> Change {
    Change::new(label, records.into_iter().map(Op::put).collect())
}

fn key(kind: RecordKind, n: u64) -> RecordKey {
    RecordKey::new(kind, id(kind, n))
}

#[test]
fn a_first_start_is_filled_once_and_is_no_change() {
    let folder = TempDir::new().unwrap();
    let opened = Store::open(folder.path(), at()).unwrap();
    assert!(opened.is_new);
    assert_eq!(opened.notices, Vec::<String>::new());
    let mut store = opened.store;
    assert_eq!(store.access(), &Access::ReadWrite);
    let prices = [("BTC-USD".to_owned(), bars(20_000, 3, 90_000.0))];
    store.seed(&start(), &prices, "test book", at()).unwrap();
    assert_eq!(store.undo_label().unwrap(), None);
    assert_eq!(store.undo(at()).unwrap(), None);
    assert!(matches!(
        store.seed(&start(), &[], "again", at()),
        Err(StoreError::NotEmpty(_))
    ));
    drop(store);

    let opened = Store::open(folder.path(), at()).unwrap();
    assert!(!opened.is_new);
    assert_eq!(opened.store.load_book().unwrap(), start());
    let loaded = opened.store.load_prices().unwrap();
    assert_eq!(loaded.get("BTC-USD"), Some(&bars(20_000, 3, 90_000.0)));
    let origins = opened.store.price_origins("BTC-USD").unwrap();
    assert_eq!(origins.len(), 1);
    assert_eq!(origins[0].provider, "starter");
    assert_eq!(origins[0].last_day, day(20_002));
    assert_eq!(opened.store.providers_of_last_bars().unwrap(), ["starter"]);
}

#[test]
fn a_book_emptied_by_its_user_is_not_filled_again() {
    let folder = TempDir::new().unwrap();
    let mut store = open(folder.path());
    let all = store.load_book().unwrap();
    let mut ops: Vec<Op> = all.records().map(|r| Op::Delete(r.key())).collect();
    ops.reverse();
    store.apply(&Change::new("clear", ops), &[], at()).unwrap();
    drop(store);
    let opened = Store::open(folder.path(), at()).unwrap();
    assert!(!opened.is_new);
    assert!(opened.store.load_book().unwrap().is_empty());
}

#[test]
fn undo_and_redo_survive_a_restart_and_name_what_they_do() {
    let folder = TempDir::new().unwrap();
    let mut store = open(folder.path());
    let before = store.load_book().unwrap();
    let add = put(
        "add deal Hut 8 – Beacon Point",
        vec![deal(0, 0, &[0], None)],
    );
    let applied = store.apply(&add, &[], at()).unwrap().unwrap();
    assert_eq!(applied.change, add);
    assert_eq!(applied.undo_label.as_deref(), Some(add.label.as_str()));
    assert_eq!(applied.redo_label, None);
    let after = store.load_book().unwrap();
    assert_ne!(before, after);
    drop(store);

    let mut store = open(folder.path());
    assert_eq!(store.undo_label().unwrap(), Some(add.label.clone()));
    let undone = store.undo(at()).unwrap().unwrap();
    assert_eq!(undone.change.ops, [Op::Delete(key(RecordKind::Deal, 0))]);
    assert_eq!(undone.redo_label.as_deref(), Some(add.label.as_str()));
    assert_eq!(store.load_book().unwrap(), before);
    drop(store);

    let mut store = open(folder.path());
    assert_eq!(store.redo_label().unwrap(), Some(add.label.clone()));
    assert_eq!(store.redo(at()).unwrap().unwrap().change, add);
    assert_eq!(store.load_book().unwrap(), after);

    // A new change after an undo drops what could be redone.
    store.undo(at()).unwrap();
    let other = put("add note", vec![note(0, 0, "Slipped")]);
    store.apply(&other, &[], at()).unwrap();
    assert_eq!(store.redo(at()).unwrap(), None);
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
}

#[test]
fn a_change_with_nothing_in_it_is_not_logged() {
    let folder = TempDir::new().unwrap();
    let mut store = open(folder.path());
    let empty = Change::new("nothing", Vec::new());
    assert_eq!(store.apply(&empty, &[], at()).unwrap(), None);
    assert_eq!(store.undo_label().unwrap(), None);
}

#[test]
fn dangling_references_are_refused_and_named() {
    let folder = TempDir::new().unwrap();
    let mut store = open(folder.path());
    let before = store.load_book().unwrap();
    let dangling = |from: (RecordKind, u64), to: (RecordKind, u64)| ChangeRefused::Dangling {
        from: key(from.0, from.1),
        to: key(to.0, to.1),
    };
    let mut check = |change: Change, expected: ChangeRefused| {
        match store.apply(&change, &[], at()) {
            Err(StoreError::Conflict(refused)) => assert_eq!(refused, expected),
            other => panic!("{} gave {other:?}", change.label),
        }
        assert_eq!(store.load_book().unwrap(), before);
        let memory = before.clone().apply(&change);
        assert!(memory.is_err(), "memory took what the file refused");
    };
    check(
        put("company", vec![company(1, Some(9))]),
        dangling((Company, 1), (Instrument, 9)),
    );
    check(
        put("figure", vec![figure(1, Some(9), None, 1)]),
        dangling((Figure, 1), (Company, 9)),
    );
    check(
        put("figure", vec![figure(1, None, Some(9), 1)]),
        dangling((Figure, 1), (Source, 9)),
    );
    check(
        put("deal", vec![deal(1, 0, &[0, 9], None)]),
        dangling((Deal, 1), (Source, 9)),
    );
    check(
        put("deal", vec![deal(1, 0, &[], Some(9))]),
        dangling((Deal, 1), (Deal, 9)),
    );
    check(
        put("note", vec![note(1, 9, "")]),
        dangling((Note, 1), (Company, 9)),
    );
    check(
        Change::new("delete", vec![Op::Delete(key(Instrument, 0))]),
        dangling((Company, 0), (Instrument, 0)),
    );
    check(
        Change::new("delete", vec![Op::Delete(key(Note, 5))]),
        ChangeRefused::Missing(key(Note, 5)),
    );
    check(
        put("instrument", vec![instrument(2, "AAA")]),
        ChangeRefused::SymbolTaken("AAA".to_owned()),
    );
    assert_eq!(store.undo_label().unwrap(), None);
}

#[test]
fn a_change_may_put_records_in_any_order_and_swap_symbols() {
    let folder = TempDir::new().unwrap();
    let mut store = open(folder.path());
    let change = put(
        "import",
        vec![
            deal(1, 1, &[1], Some(2)),
            deal(2, 1, &[1, 0], None),
            company(1, Some(1)),
            source(1, 1),
            instrument(0, "BTC-USD"),
            instrument(1, "AAA"),
        ],
    );
    let applied = store.apply(&change, &[], at()).unwrap().unwrap();
    assert_eq!(applied.prices_changed, ["AAA", "BTC-USD"]);
    let mut book = start();
    book.apply(&change).unwrap();
    assert_eq!(store.load_book().unwrap(), book);
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
}

#[test]
fn a_record_has_a_history() {
    let folder = TempDir::new().unwrap();
    let mut store = open(folder.path());
    let (old, new) = (figure(0, Some(0), None, 1), figure(0, Some(0), Some(0), 2));
    store
        .apply(&put("add figure", vec![old.clone()]), &[], at())
        .unwrap();
    // Two ops on one record are one entry.
    let edit = put("edit figure", vec![figure(0, None, None, 7), new.clone()]);
    store.apply(&edit, &[], at()).unwrap();
    let delete = Change::new("delete figure", vec![Op::Delete(old.key())]);
    store.apply(&delete, &[], at()).unwrap();
    store.undo(at()).unwrap();
    let history = store.history(old.key()).unwrap();
    let told: Vec<_> = history
        .iter()
        .map(|e| (e.label.as_str(), &e.before, &e.after, e.state))
        .collect();
    let (old, new) = (Some(old), Some(new));
    assert_eq!(
        told,
        [
            ("add figure", &None, &old, ChangeState::Done),
            ("edit figure", &old, &new, ChangeState::Done),
            ("delete figure", &new, &None, ChangeState::Undone),
        ]
    );
    assert_eq!(store.history(key(RecordKind::Company, 0)).unwrap(), []);
}

#[test]
fn a_company_has_a_history_of_all_that_is_about_it() {
    let folder = TempDir::new().unwrap();
    let mut store = open(folder.path());
    let (mine, other) = (company(5, None), company(6, None));
    let told = figure(50, Some(5), None, 1);
    for change in [
        put("add companies", vec![mine.clone(), other]),
        put("add figure", vec![told.clone()]),
        put("add note of another", vec![note(60, 6, "no")]),
        put("pick the figure", vec![pin(50, 50, None, 1)]),
        Change::new(
            "delete",
            vec![Op::Delete(key(RecordKind::Pin, 50)), Op::Delete(told.key())],
        ),
    ] {
        store.apply(&change, &[], at()).unwrap();
    }
    store.undo(at()).unwrap();
    let Record::Company(company) = &mine else {
        panic!("a company was made");
    };
    let labels = |also: &[RecordKey], limit: usize| -> Vec<String> {
        let also = also.iter().copied().collect();
        let entries = store.changes_about(company.id, &also, limit).unwrap();
        let told = entries.iter();
        told.map(|of| format!("{} {}", of.label, of.state.code()))
            .collect()
    };
    // A decision names a statement: it is found by that statement's key.
    assert_eq!(
        labels(&[told.key()], 100),
        [
            "delete undone",
            "delete undone",
            "pick the figure done",
            "add figure done",
            "add companies done",
        ]
    );
    assert_eq!(
        labels(&[], 100),
        ["delete undone", "add figure done", "add companies done"]
    );
    assert_eq!(labels(&[told.key()], 2), ["delete undone", "delete undone"]);
}

#[test]
fn imported_prices_replace_and_come_back() {
    let folder = TempDir::new().unwrap();
    let mut store = open(folder.path());
    let import = |file: &str| Change::new(format!("import {file}"), Vec::new());
    let first = batch(0, "a.csv", bars(20_000, 10, 10.0));
    let second = batch(0, "b.csv", bars(20_005, 10, 50.0));
    store.apply(&import("a.csv"), &[first], at()).unwrap();
    let before = store.load_prices().unwrap();
    let applied = store.apply(&import("b.csv"), &[second], at()).unwrap();
    assert_eq!(applied.unwrap().prices_changed, ["AAA"]);
    let after = store.load_prices().unwrap();
    assert_eq!(after.get("AAA").unwrap().len(), 15);
    let closes = after.get("AAA").unwrap();
    assert_eq!(
        closes.at_or_before(day(20_004)).unwrap().close,
        10.0 + 4.0 / 7.0
    );
    assert_eq!(closes.at_or_before(day(20_005)).unwrap().close, 50.0);
    let files = |store: &Store| -> Vec<(Option<String>, u32)> {
        let origins = store.price_origins("AAA").unwrap();
        origins.into_iter().map(|o| (o.file, o.bars)).collect()
    };
    assert_eq!(
        files(&store),
        [
            (Some("b.csv".to_owned()), 10),
            (Some("a.csv".to_owned()), 5)
        ]
    );

    for _ in 0..2 {
        store.undo(at()).unwrap();
        assert_eq!(store.load_prices().unwrap(), before);
        assert_eq!(files(&store), [(Some("a.csv".to_owned()), 10)]);
        store.undo(at()).unwrap();
        assert_eq!(store.load_prices().unwrap(), Prices::default());
        assert_eq!(store.load_series("AAA").unwrap(), None);
        drop(store);
        store = open(folder.path());
        store.redo(at()).unwrap();
        assert_eq!(store.load_prices().unwrap(), before);
        store.redo(at()).unwrap();
        assert_eq!(store.load_prices().unwrap(), after);
        assert_eq!(store.load_series("AAA").unwrap().as_ref(), after.get("AAA"));
        assert_eq!(store.check().unwrap(), Vec::<String>::new());
    }
}

#[test]
fn prices_outlive_their_instrument() {
    let folder = TempDir::new().unwrap();
    let mut store = open(folder.path());
    let prices = [batch(1, "btc.csv", bars(20_000, 5, 90_000.0))];
    let import = Change::new("import", Vec::new());
    store.apply(&import, &prices, at()).unwrap();
    let delete = Change::new("delete", vec![Op::Delete(key(RecordKind::Instrument, 1))]);
    let applied = store.apply(&delete, &[], at()).unwrap().unwrap();
    assert_eq!(applied.prices_changed, ["BTC-USD"]);
    assert_eq!(store.load_prices().unwrap(), Prices::default());
    assert!(matches!(
        store.apply(&import, &prices, at()),
        Err(StoreError::NoInstrument(_))
    ));
    store.undo(at()).unwrap();
    let loaded = store.load_prices().unwrap();
    assert_eq!(loaded.get("BTC-USD"), Some(&prices[0].bars));
}

/// Takes a script's steps in the file and in memory and compares.
fn check_script(seed: u64, steps: usize) {
    let folder = TempDir::new().unwrap();
    let mut store = open(folder.path());
    let (mut twin, mut memory) = (Twin::new(), start());
    let mut dice = Dice(seed);
    for n in 0..steps {
        let step = step(&mut dice);
        let applied = take(&mut store, &step);
        assert_eq!(applied.is_some(), twin.take(&step), "step {n}: {step:?}");
        if let Some(applied) = applied {
            // What the store tells memory to do is enough to follow it.
            memory.apply(&applied.change).unwrap();
        }
        assert_eq!(&memory, twin.book(), "step {n}: {step:?}");
        assert_eq!(
            &store.load_book().unwrap(),
            twin.book(),
            "step {n}: {step:?}"
        );
        assert_eq!(
            store.load_prices().unwrap(),
            twin.prices(),
            "step {n}: {step:?}"
        );
        if dice.roll(8) == 0 {
            drop(store);
            store = open(folder.path());
        }
    }
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
    let last = (store.load_book().unwrap(), store.load_prices().unwrap());
    let mut undone = 0;
    while store.undo(at()).unwrap().is_some() {
        undone += 1;
        twin.take(&Step::Undo);
    }
    // What was fetched is no change, and stays.
    assert_eq!(store.load_book().unwrap(), start());
    assert_eq!(store.load_prices().unwrap(), twin.prices());
    for _ in 0..undone {
        store.redo(at()).unwrap().unwrap();
    }
    let again = (store.load_book().unwrap(), store.load_prices().unwrap());
    assert_eq!(again, last);
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn apply_then_undo_is_identity_and_memory_follows_the_file(seed: u64, steps in 1_usize..40) {
        check_script(seed, steps);
    }
}

#[test]
fn a_store_can_move_to_a_worker_thread() {
    fn movable<T: Send>() {}
    movable::<Store>();
    movable::<StoreError>();
}
