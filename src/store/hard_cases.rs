//! Tests that need the inside of the store: versions that do not exist yet and
//! a disk that is full. All other tests are in `tests/it`.

use std::fs;

use jiff::Timestamp;
use rusqlite::Connection;
use tempfile::TempDir;

use super::open::open_with;
use super::schema::STEPS;
use super::{FILE_NAME, OpenError, PriceBatch, Store, StoreError, list_backups, verify_copy};
use crate::model::feed::Extent;
use crate::model::instrument::{Instrument, InstrumentKind};
use crate::model::{
    Bar, Book, Change, Currency, Fetched, InstrumentId, Op, Provider, Record, Series,
};

fn at() -> Timestamp {
    "2026-11-21T10:15:00Z".parse().unwrap()
}

fn instrument(n: u128) -> Record {
    Record::Instrument(Instrument {
        id: InstrumentId(uuid::Uuid::from_u128(n)),
        symbol: format!("S{n}"),
        name: "A long name to fill the disk ".repeat(20),
        kind: InstrumentKind::Stock,
        currency: Currency::USD,
        former_symbols: Vec::new(),
        provider_symbols: std::collections::BTreeMap::new(),
        providers: Vec::new(),
        locked: false,
        benchmark: false,
    })
}

fn add(n: u128) -> Change {
    Change::put(format!("add S{n}"), instrument(n))
}

fn seeded(folder: &TempDir) -> Store {
    let mut store = Store::open(folder.path(), at()).unwrap().store;
    store.seed(&Book::default(), &[], "test", at()).unwrap();
    store.apply(&add(1), &[], at()).unwrap();
    store
}

#[test]
fn a_migration_keeps_a_copy_and_everything_in_the_file() {
    let folder = TempDir::new().unwrap();
    let book = seeded(&folder).load_book().unwrap();
    let mut steps = STEPS.to_vec();
    steps.push("CREATE TABLE trade (id TEXT) STRICT");
    let opened = open_with(folder.path(), at(), &steps).unwrap();
    assert_eq!(opened.store.load_book().unwrap(), book);
    assert_eq!(opened.store.check().unwrap(), Vec::<String>::new());
    let copies = list_backups(folder.path()).unwrap();
    assert_eq!(copies.len(), 1);
    assert!(opened.notices[0].contains("gigawatch-v3-before-migration-2026-11-21T101500Z"));
    verify_copy(&copies[0].path).unwrap();
    drop(opened);

    // Once is enough, and the version of before refuses the file.
    let opened = open_with(folder.path(), at(), &steps).unwrap();
    assert_eq!(opened.notices, Vec::<String>::new());
    drop(opened);
    let error = Store::open(folder.path(), at()).unwrap_err();
    assert!(matches!(
        error,
        OpenError::Newer {
            found: 4,
            known: 3,
            ..
        }
    ));
}

#[test]
fn a_book_of_version_1_keeps_its_prices_and_takes_fetched_ones() {
    let folder = TempDir::new().unwrap();
    let opened = open_with(folder.path(), at(), &STEPS[..1]).unwrap();
    let store = opened.store;
    let body = serde_json::to_string(&instrument(1).body()).unwrap();
    // What version 1 wrote for an instrument, the starter's two days of it and
    // a file over one.
    store
        .conn
        .execute_batch(&format!(
            "INSERT INTO meta VALUES ('seeded_at', '{now}'), ('origin', 'test');
             INSERT INTO instrument (id, body) VALUES ('{id}', '{body}');
             INSERT INTO price_series VALUES (1, '{id}');
             INSERT INTO change_log VALUES (2, '{now}', 'import', '[]', '[]', 'done', '{now}');
             INSERT INTO price_batch VALUES (1, NULL, 1, 'starter', NULL, '{now}', 2);
             INSERT INTO price_batch VALUES (2, 2, 1, 'file', 'a.csv', '{now}', 1);
             INSERT INTO price VALUES (1, 10000, 1, NULL, NULL, NULL, NULL, NULL, 1);
             INSERT INTO price VALUES (1, 10001, 9, NULL, NULL, NULL, NULL, NULL, 2);
             INSERT INTO price_shadow VALUES (2, 1, 10001, 2, NULL, NULL, NULL, NULL, NULL);",
            id = InstrumentId(uuid::Uuid::from_u128(1)),
            now = at(),
        ))
        .unwrap();
    let prices = store.load_prices().unwrap();
    assert_eq!(prices.get("S1").unwrap().len(), 2);
    drop(store);

    let opened = Store::open(folder.path(), at()).unwrap();
    assert!(opened.notices[0].contains("from version 1 to 3"));
    let copies = list_backups(folder.path()).unwrap();
    verify_copy(&copies[0].path).unwrap();
    let mut store = opened.store;
    assert_eq!(store.load_prices().unwrap(), prices);
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
    let feeds = store.load_feeds(at()).unwrap();
    let feed = feeds
        .get(InstrumentId(uuid::Uuid::from_u128(1)))
        .unwrap()
        .clone();
    let rows: Vec<_> = feed
        .rows_by
        .iter()
        .map(|(by, n)| (by.as_str(), *n))
        .collect();
    assert_eq!(rows, [("file", 1), ("starter", 1)]);
    assert_eq!(feed.last_by.as_deref(), Some("file"));
    assert_eq!(feed.own.len(), 1);
    store.undo(at()).unwrap();
    let undone = store.load_series("S1").unwrap().unwrap();
    assert_eq!(undone.last().unwrap().close, 2.0);
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
    drop(store);
    // The copy is a book of version 1: restored, it is brought up again.
    super::restore(&copies[0].path, folder.path(), at()).unwrap();
    let opened = Store::open(folder.path(), "2026-11-22T00:00:00Z".parse().unwrap()).unwrap();
    assert_eq!(opened.store.load_prices().unwrap(), prices);
}

#[test]
fn a_large_book_of_an_older_version_is_opened() {
    let folder = TempDir::new().unwrap();
    let store = open_with(folder.path(), at(), &STEPS[..2]).unwrap().store;
    store
        .conn
        .execute(
            "INSERT INTO meta VALUES ('seeded_at', hex(zeroblob(5000000)))",
            [],
        )
        .unwrap();
    drop(store);
    let opened = Store::open(folder.path(), at()).unwrap();
    assert!(opened.notices[0].contains("from version 2 to 3"));
    assert_eq!(opened.store.check().unwrap(), Vec::<String>::new());
}

#[test]
fn a_fetch_leaves_no_batch_without_bars_and_no_day_live_without_its_bar() {
    let folder = TempDir::new().unwrap();
    let mut store = seeded(&folder);
    let day = |n: i64| {
        jiff::civil::date(2026, 1, 1).saturating_add(jiff::SignedDuration::from_hours(24 * n))
    };
    let mut fetch = |days: &[i64], live: Option<i64>| {
        let bars = days.iter().map(|n| Bar::close(day(*n), 1.0)).collect();
        let fetched = Fetched {
            instrument: InstrumentId(uuid::Uuid::from_u128(1)),
            provider: Provider::Yahoo,
            at: at(),
            bars: Series::new(bars).unwrap(),
            events: Vec::new(),
            live: live.map(day),
            extent: Extent::Days,
            question: None,
        };
        store.put_fetched(&fetched, &[]).unwrap();
        let count = |sql: &str| -> i64 { store.conn.query_row(sql, [], |row| row.get(0)).unwrap() };
        (
            count("SELECT count(*) FROM price_batch"),
            count("SELECT count(*) FROM price_batch WHERE live_day IS NOT NULL"),
        )
    };
    assert_eq!(fetch(&[1, 2], Some(2)), (1, 1));
    // Day 1 is still of the first batch, whose live day is gone.
    assert_eq!(fetch(&[1, 2, 3], Some(3)), (2, 1));
    assert_eq!(fetch(&[3], None), (3, 0));
    assert_eq!(fetch(&[3], Some(3)), (3, 1));
    assert_eq!(fetch(&[3, 4], None), (3, 0));
}

#[test]
fn a_migration_that_fails_leaves_the_file_as_it_was() {
    let folder = TempDir::new().unwrap();
    let book = seeded(&folder).load_book().unwrap();
    let mut steps = STEPS.to_vec();
    steps.push("DELETE FROM instrument");
    steps.push("no SQL at all");
    assert!(open_with(folder.path(), at(), &steps).is_err());
    let opened = Store::open(folder.path(), at()).unwrap();
    assert_eq!(opened.store.load_book().unwrap(), book);
}

#[test]
fn a_second_instance_does_not_migrate() {
    let folder = TempDir::new().unwrap();
    let _writer = seeded(&folder);
    let mut steps = STEPS.to_vec();
    steps.push("CREATE TABLE trade (id TEXT) STRICT");
    let error = open_with(folder.path(), at(), &steps).unwrap_err();
    assert!(matches!(error, OpenError::CannotMigrate { .. }), "{error}");
}

/// What a full disk does to SQLite, without one: no page can be added.
fn fill_disk(conn: &Connection) {
    let pages: i64 = conn
        .query_row("PRAGMA page_count", [], |row| row.get(0))
        .unwrap();
    conn.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(()))
        .unwrap();
}

#[test]
fn a_full_disk_gives_a_message_and_loses_nothing() {
    let folder = TempDir::new().unwrap();
    let mut store = seeded(&folder);
    fill_disk(&store.conn);
    let mut before = store.load_book().unwrap();
    let error = (2..1000)
        .find_map(|n| match store.apply(&add(n), &[], at()) {
            Ok(_) => {
                before = store.load_book().unwrap();
                None
            }
            Err(error) => Some(error),
        })
        .unwrap();
    assert!(matches!(error, StoreError::Full(_)), "{error}");
    assert!(error.to_string().contains("free some space"), "{error}");
    // Many prices fail as well, and wholly.
    let bar = |n: i64| {
        Bar::close(
            jiff::civil::date(2000, 1, 1) + jiff::SignedDuration::from_hours(24 * n),
            1.0,
        )
    };
    let prices = PriceBatch {
        instrument: InstrumentId(uuid::Uuid::from_u128(1)),
        provider: "file".to_owned(),
        file: None,
        bars: Series::new((0..5000).map(bar).collect()).unwrap(),
    };
    let import = Change::new("import", Vec::new());
    let error = store.apply(&import, &[prices], at()).unwrap_err();
    assert!(matches!(error, StoreError::Full(_)), "{error}");
    assert_eq!(store.load_book().unwrap(), before);
    assert!(store.load_prices().unwrap().by_symbol.is_empty());
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
    drop(store);

    // With space again, work goes on in the same file.
    let mut store = Store::open(folder.path(), at()).unwrap().store;
    assert_eq!(store.load_book().unwrap(), before);
    store.apply(&add(1000), &[], at()).unwrap().unwrap();
    assert!(fs::metadata(folder.path().join(FILE_NAME)).is_ok());
}

#[test]
fn undo_that_does_not_fit_on_the_disk_undoes_nothing() {
    let folder = TempDir::new().unwrap();
    let mut store = seeded(&folder);
    let ops = (2..400).map(|n| Op::put(instrument(n))).collect();
    store.apply(&Change::new("many", ops), &[], at()).unwrap();
    let deletes = (2..400).map(|n| Op::Delete(instrument(n).key())).collect();
    let clear = Change::new("clear", deletes);
    store.apply(&clear, &[], at()).unwrap();
    store.conn.execute_batch("VACUUM").unwrap();
    fill_disk(&store.conn);
    let before = store.load_book().unwrap();
    let error = store.undo(at()).unwrap_err();
    assert!(matches!(error, StoreError::Full(_)), "{error}");
    assert_eq!(store.load_book().unwrap(), before);
    assert_eq!(store.undo_label().unwrap().as_deref(), Some("clear"));
    assert_eq!(store.redo_label().unwrap(), None);
}
