//! What is known of how prices came: events, questions, attempts, who wants
//! quiet, and that none of it is written where it must not be.

use std::collections::{BTreeMap, BTreeSet};

use gigawatch::model::feed::Extent::{Days, Everything, FromFirst};
use gigawatch::model::{
    Attempt, Change, EventKind, Fetched, InstrumentId, Jump, Op, Outcome, PriceEvent, Provider,
    Quiet, RecordKind,
};
use gigawatch::store::{Store, StoreError, restore};
use jiff::{SignedDuration, Timestamp};
use rust_decimal::Decimal;
use tempfile::TempDir;

use super::store_fetch::{Closes, aaa, closes, days, feed, fetched, put, rows_by};
use super::store_script::{at, day, id, open};

#[test]
fn events_are_kept_by_who_told_them() {
    let folder = TempDir::new().unwrap();
    let mut store = open(folder.path());
    let dividend = |n, amount: &str| PriceEvent {
        day: day(n),
        what: EventKind::Dividend {
            amount: amount.parse().unwrap(),
        },
    };
    let split = PriceEvent {
        day: day(3),
        what: EventKind::Split {
            new: Decimal::ONE,
            old: "1.5".parse().unwrap(),
        },
    };
    let told = |store: &Store, by| feed(store).events.get(&by).cloned().unwrap_or_default();
    let mut check = |provider, extent, closes, events: Vec<PriceEvent>, expected: &[PriceEvent]| {
        let fetched = Fetched {
            provider,
            events,
            ..fetched(extent, closes)
        };
        put(&mut store, &fetched);
        assert_eq!(told(&store, provider), expected);
        // Told again, they are nothing new.
        assert!(!put(&mut store, &fetched).changed);
        assert_eq!(told(&store, provider), expected);
    };
    let all: Closes<'_> = &[(1, 1.0), (2, 2.0), (3, 3.0), (4, 4.0)];
    let (d1, d4) = (
        dividend(1, "0.0300"),
        dividend(4, "12345678901234567.000000001"),
    );
    check(Provider::Yahoo, Days, all, vec![d4, d1], &[d1, d4]);
    check(Provider::Tiingo, Days, all, vec![split], &[split]);
    // Days after the first event: it stays, the later one was told otherwise.
    let late: Closes<'_> = &[(2, 2.0), (4, 4.0)];
    check(Provider::Yahoo, Days, late, vec![split], &[d1, split]);
    check(Provider::Yahoo, Days, &[(4, 4.0)], vec![], &[d1, split]);
    check(Provider::Yahoo, FromFirst, late, vec![d4], &[d1, d4]);
    check(Provider::Yahoo, Everything, late, vec![split], &[split]);
    check(Provider::Yahoo, Everything, &[], vec![d1], &[d1, split]);
    check(Provider::Tiingo, Days, &[(9, 9.0)], vec![], &[split]);
    drop(store);
    let events = feed(&open(folder.path())).events;
    assert_eq!(events[&Provider::Tiingo], [split]);
}

#[test]
fn a_question_waits_until_it_is_answered_or_overtaken() {
    let folder = TempDir::new().unwrap();
    let mut store = open(folder.path());
    let jump = |n| Jump {
        provider: Provider::Nasdaq,
        day_before: day(n - 1),
        before: 1.0,
        day: day(n),
        close: 9.5,
    };
    let mut asking = days(&[(1, 1.0)]);
    asking.question = Some(jump(2));
    let mut check = |fetched: &Fetched, expected: Option<Jump>| {
        store.put_fetched(&asking, &[]).unwrap();
        assert_eq!(feed(&store).question, Some(jump(2)));
        put(&mut store, fetched);
        assert_eq!(feed(&store).question, expected);
    };
    check(&days(&[]), Some(jump(2)));
    check(&days(&[(1, 1.0)]), Some(jump(2)));
    check(&days(&[(1, 1.0), (2, 1.1)]), None);
    check(&days(&[(3, 1.0)]), None);
    check(&fetched(FromFirst, &[(1, 1.0)]), None);
    check(&fetched(Everything, &[(1, 1.0)]), None);
    let mut other = days(&[]);
    other.question = Some(jump(5));
    check(&other, Some(jump(5)));

    // An answer to another question than the one that stands.
    store.accept_jump(aaa(), day(2)).unwrap();
    assert_eq!(feed(&store).question, Some(jump(5)));
    store.accept_jump(aaa(), day(5)).unwrap();
    store.accept_jump(aaa(), day(5)).unwrap();
    drop(store);
    let store = open(folder.path());
    let known = feed(&store);
    assert_eq!(known.question, None);
    assert_eq!(known.accepted, BTreeSet::from([day(2), day(5)]));
}

fn attempt(n: i64, provider: Provider, outcome: Outcome) -> Attempt {
    Attempt {
        turn: at() + SignedDuration::from_millis(100 * n),
        at: at() + SignedDuration::from_millis(100 * n + 50),
        instrument: aaa(),
        provider,
        outcome,
        detail: format!("answered “{n}”"),
        rows: 3,
        skipped: 1,
        next_try: (outcome == Outcome::Limited).then(|| at() + SignedDuration::from_hours(6)),
    }
}

#[test]
fn attempts_are_a_log_and_the_last_turn_is_known() {
    let folder = TempDir::new().unwrap();
    let mut store = open(folder.path());
    let first = attempt(1, Provider::Yahoo, Outcome::Updated);
    let turn = [
        attempt(2, Provider::Yahoo, Outcome::Limited),
        attempt(2, Provider::Nasdaq, Outcome::Unchanged),
    ];
    let gone = Attempt {
        instrument: InstrumentId(id(RecordKind::Instrument, 9)),
        ..attempt(3, Provider::Ecb, Outcome::NoData)
    };
    let coin = Attempt {
        instrument: InstrumentId(id(RecordKind::Instrument, 1)),
        ..attempt(0, Provider::Kraken, Outcome::BadBody)
    };
    store
        .put_fetched(&days(&[(1, 1.0)]), std::slice::from_ref(&first))
        .unwrap();
    assert_eq!(feed(&store).fetched_at, Some(first.at));
    store.put_attempts(&turn).unwrap();
    store.put_attempts(&[gone.clone(), coin.clone()]).unwrap();
    drop(store);
    let store = open(folder.path());
    let known = feed(&store);
    assert_eq!(known.last_turn, turn);
    // What failed is no news of prices, what found nothing new is.
    assert_eq!(known.fetched_at, Some(turn[1].at));
    let feeds = store.load_feeds(at()).unwrap();
    assert_eq!(feeds.by_instrument.len(), 2);
    assert_eq!(
        feeds.get(coin.instrument).unwrap().last_turn,
        std::slice::from_ref(&coin)
    );
    let [limited, unchanged] = turn;
    let newest = [coin, gone, unchanged, limited, first];
    assert_eq!(store.attempts(99).unwrap(), newest);
    assert_eq!(store.attempts(2).unwrap(), newest[..2]);
    assert_eq!(store.attempts(0).unwrap(), []);
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
}

#[test]
fn the_oldest_attempts_go() {
    let folder = TempDir::new().unwrap();
    let mut store = open(folder.path());
    let many: Vec<_> = (0..1500)
        .map(|n| attempt(n, Provider::Yahoo, Outcome::NoData))
        .collect();
    store.put_attempts(&many).unwrap();
    store.put_attempts(&many).unwrap();
    let kept = store.attempts(9999).unwrap();
    assert_eq!(kept.len(), 2000);
    assert_eq!(kept[0], many[1499]);
    assert_eq!(kept[1999], many[1000]);
}

#[test]
fn quiet_is_kept_one_a_provider_until_it_is_over() {
    let folder = TempDir::new().unwrap();
    let mut store = open(folder.path());
    let quiet = |provider, hours| Quiet {
        provider,
        until: at() + SignedDuration::from_hours(hours),
    };
    store.put_quiet(&quiet(Provider::Yahoo, 1)).unwrap();
    store.put_quiet(&quiet(Provider::Nasdaq, 2)).unwrap();
    store.put_quiet(&quiet(Provider::Yahoo, 6)).unwrap();
    drop(store);
    let store = open(folder.path());
    let at_hour = |hours| -> Vec<Quiet> {
        let now: Timestamp = at() + SignedDuration::from_hours(hours);
        store.load_feeds(now).unwrap().quiet
    };
    let both = [quiet(Provider::Nasdaq, 2), quiet(Provider::Yahoo, 6)];
    assert_eq!(at_hour(0), both);
    assert_eq!(at_hour(2), both[1..]);
    assert_eq!(at_hour(6), []);
}

#[test]
fn an_instrument_that_is_gone_takes_no_prices() {
    let folder = TempDir::new().unwrap();
    let mut store = open(folder.path());
    put(&mut store, &days(&[(1, 1.0)]));
    let nowhere = InstrumentId(id(RecordKind::Instrument, 9));
    let unknown = Fetched {
        instrument: nowhere,
        ..days(&[(1, 1.0)])
    };
    let attempts = [attempt(1, Provider::Yahoo, Outcome::Updated)];
    let refused = |result| matches!(result, Err(StoreError::NoInstrument(_)));
    assert!(refused(store.put_fetched(&unknown, &attempts).map(drop)));
    assert!(refused(store.accept_jump(nowhere, day(1))));
    assert_eq!(store.attempts(9).unwrap(), [], "half of it was kept");
    // Deleted and brought back, an instrument has its prices again.
    let ops = ["company", "instrument"].map(|kind| {
        let kind = RecordKind::from_code(kind).unwrap();
        Op::Delete(gigawatch::model::RecordKey::new(kind, id(kind, 0)))
    });
    let delete = Change::new("delete", ops.to_vec());
    store.apply(&delete, &[], at()).unwrap();
    assert!(refused(
        store.put_fetched(&days(&[(2, 2.0)]), &[]).map(drop)
    ));
    assert_eq!(
        store.load_feeds(at()).unwrap().by_instrument,
        BTreeMap::new()
    );
    store.undo(at()).unwrap();
    assert_eq!(rows_by(&store), [("yahoo".to_owned(), 1)]);
}

#[test]
fn a_book_that_is_read_only_takes_nothing_and_shows_everything() {
    let folder = TempDir::new().unwrap();
    let mut writer = open(folder.path());
    let mut reader = Store::open(folder.path(), at()).unwrap().store;
    put(&mut writer, &days(&[(1, 1.0)]));
    let refused = |result| matches!(result, Err(StoreError::ReadOnly(_)));
    let quiet = Quiet {
        provider: Provider::Yahoo,
        until: at(),
    };
    assert!(refused(
        reader.put_fetched(&days(&[(2, 2.0)]), &[]).map(drop)
    ));
    assert!(refused(reader.put_attempts(&[])));
    assert!(refused(reader.put_quiet(&quiet)));
    assert!(refused(reader.accept_jump(aaa(), day(1))));
    assert_eq!(feed(&reader), feed(&writer));
    assert_eq!(reader.load_prices().unwrap(), writer.load_prices().unwrap());
}

#[test]
fn a_backup_holds_what_was_fetched() {
    let folder = TempDir::new().unwrap();
    let mut store = open(folder.path());
    let attempts = [attempt(1, Provider::Yahoo, Outcome::Updated)];
    store.put_fetched(&days(&[(1, 1.0)]), &attempts).unwrap();
    let before = (closes(&store), feed(&store));
    let copy = folder.path().join("copy.sqlite");
    store.backup_to(&copy).unwrap();
    put(&mut store, &fetched(Everything, &[(2, 2.0)]));
    drop(store);
    restore(&copy, folder.path(), at()).unwrap();
    let store = open(folder.path());
    assert_eq!((closes(&store), feed(&store)), before);
}
