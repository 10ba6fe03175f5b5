//! Whose turn it is to be brought up to date, in which order, and when to look
//! again.

use std::collections::BTreeMap;

use gigawatch::fetch::{Due, Mode};
use gigawatch::model::change::Record;
use gigawatch::model::instrument::InstrumentKind;
use gigawatch::model::{
    Attempt, Bar, Book, Change, Feed, Feeds, Instrument, Op, Outcome, PricePolicy, Prices,
    Provider, Series,
};
use gigawatch::refresh::{NotAsked, Scope, due, in_order, next_close, providers_for};
use jiff::Timestamp;

use crate::fetch_fake::{id, instrument};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn share() -> Instrument {
    instrument(1, "IREN", InstrumentKind::Stock)
}

fn book(instruments: impl IntoIterator<Item = Instrument>) -> Book {
    let mut book = Book::default();
    let puts = instruments
        .into_iter()
        .map(|instrument| Op::put(Record::Instrument(instrument)));
    book.apply(&Change::new("add", puts.collect())).unwrap();
    book
}

fn symbols(dues: &[Due]) -> Vec<&str> {
    let symbols = dues.iter().map(|due| due.instrument.symbol.as_str());
    symbols.collect()
}

/// A share whose prices came from a provider at that time.
fn fed(fetched_at: &str) -> Feed {
    Feed {
        rows_by: BTreeMap::from([("yahoo".to_owned(), 1)]),
        fetched_at: Some(at(fetched_at)),
        ..Feed::default()
    }
}

fn refused(outcome: Outcome, ended: &str) -> Attempt {
    Attempt {
        turn: at(ended),
        at: at(ended),
        instrument: id(1),
        provider: Provider::Yahoo,
        outcome,
        detail: String::new(),
        rows: 0,
        skipped: 0,
        next_try: None,
    }
}

/// Whether a share with a close of Thursday is due when the app opens.
fn is_due(feed: Option<Feed>, now: &str) -> bool {
    is_due_with("2026-11-19", feed, now)
}

fn is_due_with(last: &str, feed: Option<Feed>, now: &str) -> bool {
    let mut prices = Prices::default();
    let close = Bar::close(last.parse().unwrap(), 10.0);
    let series = Series::new(vec![close]).unwrap();
    prices.by_symbol.insert("IREN".to_owned(), series);
    let mut feeds = Feeds::default();
    feeds
        .by_instrument
        .extend(feed.map(|feed| (share().id, feed)));
    let policy = PricePolicy::default();
    let dues = due(
        &book([share()]),
        &prices,
        &feeds,
        &policy,
        &Scope::Start,
        at(now),
    );
    !dues.is_empty()
}

#[test]
fn opening_the_app_asks_once_after_each_close() {
    for (fetched, now, expected) in [
        // Friday's close is final at 21:00 UTC and to be had at 21:15.
        ("2026-11-19T21:15:00Z", "2026-11-20T21:14:59Z", false),
        ("2026-11-19T21:15:00Z", "2026-11-20T21:15:00Z", true),
        ("2026-11-20T21:14:00Z", "2026-11-20T21:15:00Z", true),
        // Providers that lag behind are asked again, but not at once.
        ("2026-11-20T21:15:00Z", "2026-11-20T23:00:00Z", false),
        ("2026-11-20T21:15:00Z", "2026-11-20T23:15:00Z", true),
        // Fetched within a session: again after it.
        ("2026-11-20T16:00:00Z", "2026-11-20T19:00:00Z", false),
        // A clock that was ahead once.
        ("2030-01-01T00:00:00Z", "2026-11-20T19:00:00Z", true),
    ] {
        assert_eq!(is_due(Some(fed(fetched)), now), expected, "{fetched} {now}");
    }
    let weekend = is_due_with(
        "2026-11-20",
        Some(fed("2026-11-20T21:15:00Z")),
        "2026-11-23T21:00:00Z",
    );
    assert!(!weekend, "no close comes on the weekend");
    let now = "2026-11-20T23:00:00Z";
    assert!(is_due(None, now), "never asked for");
    let starter = Feed {
        rows_by: BTreeMap::from([("starter".to_owned(), 1)]),
        ..fed("2026-11-20T22:00:00Z")
    };
    assert!(is_due(Some(starter), now), "only the first start's prices");
}

#[test]
fn a_refusal_rests_for_an_hour() {
    let now = "2026-11-20T23:00:00Z";
    for (outcome, ended, expected) in [
        (Outcome::UnknownSymbol, "2026-11-20T22:30:00Z", false),
        (Outcome::UnknownSymbol, "2026-11-20T21:59:00Z", true),
        (Outcome::Unreachable, "2026-11-20T22:59:00Z", true),
        (Outcome::Cancelled, "2026-11-20T22:59:00Z", true),
    ] {
        let mut feed = fed("2026-11-19T22:00:00Z");
        feed.last_turn = vec![refused(outcome, ended)];
        assert_eq!(is_due(Some(feed), now), expected, "{outcome:?} {ended}");
    }
}

#[test]
fn who_is_asked_for_and_how() {
    let mut bitcoin = instrument(2, "BTC-USD", InstrumentKind::Crypto);
    bitcoin.benchmark = true;
    let mut fund = instrument(3, "SMH", InstrumentKind::Etf);
    fund.benchmark = true;
    let mut locked = instrument(4, "HUT", InstrumentKind::Stock);
    locked.locked = true;
    let all = book([share(), fund, locked.clone(), bitcoin]);
    let order: Vec<&str> = in_order(&all)
        .iter()
        .map(|instrument| instrument.symbol.as_str())
        .collect();
    assert_eq!(order, ["BTC-USD", "SMH", "HUT", "IREN"]);

    let mut policy = PricePolicy::default();
    let now = at("2026-11-21T12:00:00Z");
    let day = "2026-11-02".parse().unwrap();
    let run = |policy: &PricePolicy, scope: Scope| {
        let (prices, feeds) = (Prices::default(), Feeds::default());
        due(&all, &prices, &feeds, policy, &scope, now)
    };
    for (scope, expected, mode) in [
        (Scope::Start, &["BTC-USD", "SMH", "IREN"][..], Mode::Missing),
        (Scope::All, &["BTC-USD", "SMH", "IREN"], Mode::Missing),
        // What is locked is not asked for, even where it is named.
        (Scope::These(vec![id(1), id(4)]), &["IREN"], Mode::Missing),
        (Scope::Rebuild(id(3)), &["SMH"], Mode::Rebuild),
        (
            Scope::Since(vec![id(1), id(2)], day),
            &["BTC-USD", "IREN"],
            Mode::Since(day),
        ),
    ] {
        let dues = run(&policy, scope);
        assert_eq!(symbols(&dues), expected);
        assert!(dues.iter().all(|due| due.mode == mode));
    }
    assert_eq!(providers_for(&locked, &policy), Err(NotAsked::Locked));
    policy.off = ["yahoo", "tiingo", "nasdaq"].map(str::to_owned).to_vec();
    assert_eq!(providers_for(&share(), &policy), Err(NotAsked::NoProvider));
    assert_eq!(symbols(&run(&policy, Scope::All)), ["BTC-USD"]);
    policy.offline = true;
    assert_eq!(run(&policy, Scope::All), []);
}

#[test]
fn the_window_looks_again_after_the_next_close() {
    let shares = book([share()]);
    let both = book([share(), instrument(2, "BTC-USD", InstrumentKind::Crypto)]);
    for (book, now, expected) in [
        (&shares, "2026-11-20T12:00:00Z", "2026-11-20T21:15:00Z"),
        (&shares, "2026-11-20T21:05:00Z", "2026-11-20T21:15:00Z"),
        (&shares, "2026-11-20T21:15:00Z", "2026-11-23T21:15:00Z"),
        (&both, "2026-11-20T21:15:00Z", "2026-11-21T00:15:00Z"),
    ] {
        assert_eq!(next_close(book, at(now)), Some(at(expected)), "{now}");
    }
    assert_eq!(
        next_close(&Book::default(), at("2026-11-20T12:00:00Z")),
        None
    );
}
