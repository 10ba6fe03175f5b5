//! Whole turns against scripted hosts in virtual time: histories, increments,
//! restatements, jumps, sessions, fail-over.

use std::collections::BTreeMap;
use std::sync::Arc;

use gigawatch::fetch::{Due, Fetcher, Mode, Setup, World};
use gigawatch::model::feed::Extent;
use gigawatch::model::{EventKind, Fetched, Outcome, PriceEvent, Provider, Quiet};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use crate::fetch_fake::{
    FakeWorld, NASDAQ_NO_DATA, Reply, Told, as_refs, bitcoin, coinbase, daily, days_of, fetcher,
    id, json, knows, kraken, nasdaq, run, status, stock, stored, yahoo, yahoo_dividend,
    yahoo_split,
};

/// Friday evening in New York, after the close.
const EVENING: &str = "2026-11-20T22:00:00Z";
const WEEK: [(&str, f64); 5] = [
    ("2026-11-16", 10.0),
    ("2026-11-17", 10.1),
    ("2026-11-18", 10.2),
    ("2026-11-19", 10.3),
    ("2026-11-20", 10.4),
];

/// A share with Yahoo's closes up to Wednesday.
fn until_wednesday(number: u128, symbol: &str) -> Due {
    stored(stock(number, symbol), "yahoo", &WEEK[..3])
}

fn fetched(told: &Told, number: u128) -> &Fetched {
    told.of(id(number)).fetched.as_ref().unwrap()
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn limited() -> Reply {
    status(429, "Too Many Requests")
}

#[test]
fn a_history_comes_page_by_page_until_there_is_no_more() {
    let world = FakeWorld::new("2026-11-20T12:00:00Z");
    let recent = daily("2026-11-15", (0..6).map(|i| 90000.0 + f64::from(i)));
    let older = daily("2026-01-01", (0..20).map(|_| 80000.0));
    world.script(
        "coinbase",
        [
            coinbase(&as_refs(&recent)),
            coinbase(&as_refs(&older)),
            json("[]"),
        ],
    );
    let told = run(&fetcher(&world), vec![bitcoin()]);
    assert_eq!(
        told.attempts(),
        ["coinbase rebuilt: whole history: 26 rows"]
    );
    let fetched = fetched(&told, 99);
    assert_eq!(fetched.bars.len(), 26);
    assert_eq!(fetched.live, Some(day("2026-11-20")));
    assert_eq!(fetched.extent, Extent::Everything);
    assert_eq!(world.urls().len(), 3, "{:?}", world.urls());
    assert!(world.pauses("coinbase").iter().all(|pause| *pause >= 0.2));
}

#[test]
fn a_page_that_fails_discards_the_others() {
    let world = FakeWorld::new("2026-11-20T12:00:00Z");
    world.script(
        "coinbase",
        [coinbase(&[("2026-11-19", 9.0)]), status(500, "")],
    );
    world.script(
        "kraken",
        [kraken(&[("2026-11-18", 8.0), ("2026-11-19", 9.0)])],
    );
    let told = run(&fetcher(&world), vec![bitcoin()]);
    let expected = [
        "coinbase server_error: answered 500 Internal Server Error",
        "kraken rebuilt: whole history: 2 rows",
    ];
    assert_eq!(told.attempts(), expected);
    assert_eq!(
        days_of(&fetched(&told, 99).bars),
        ["2026-11-18", "2026-11-19"]
    );
}

#[test]
fn an_increment_overlaps_by_five_days() {
    let world = FakeWorld::new(EVENING);
    world.script("nasdaq", [nasdaq("IREN", &WEEK)]);
    let mut due = stored(stock(1, "IREN"), "nasdaq", &WEEK[..3]);
    due.order = vec![Provider::Nasdaq];
    let told = run(&fetcher(&world), vec![due]);
    let done = told.of(id(1));
    assert_eq!(done.attempts[0].outcome, Outcome::Updated);
    assert!(done.attempts[0].detail.starts_with("2 rows new"));
    assert_eq!(fetched(&told, 1).extent, Extent::Days);
    let urls = world.urls();
    assert_eq!(urls.len(), 1);
    // Wednesday the 18th less five days is Friday the 13th.
    assert!(urls[0].contains("fromdate=2026-11-13"), "{}", urls[0]);
    assert!(urls[0].contains("todate=2026-11-20"), "{}", urls[0]);
}

#[test]
fn a_turn_fails_over_and_tells_each_attempt() {
    let world = FakeWorld::new(EVENING);
    world.script("yahoo", [limited()]);
    world.script("nasdaq", [json(NASDAQ_NO_DATA)]);
    let told = run(&fetcher(&world), vec![until_wednesday(1, "IREN")]);
    let expected = [
        "yahoo limited: answered 429 Too Many Requests",
        "nasdaq no_data: has no prices of those days",
    ];
    assert_eq!(told.attempts(), expected);
    let done = told.of(id(1));
    assert_eq!(done.fetched, None);
    let next_try: Timestamp = "2026-11-21T02:00:00.1Z".parse().unwrap();
    assert_eq!(done.attempts[0].next_try, Some(next_try));
    assert_eq!(done.attempts[1].next_try, None);
    assert_eq!(done.attempts[0].turn, done.attempts[1].turn);
    assert!(done.attempts[0].at < done.attempts[1].at);
    let quiet = Quiet {
        provider: Provider::Yahoo,
        until: next_try,
    };
    assert_eq!(told.quiet, [quiet]);
}

#[test]
fn a_split_brings_the_whole_history_anew() {
    let world = FakeWorld::new(EVENING);
    let quarter: Vec<(&str, f64)> = WEEK
        .iter()
        .map(|(day, close)| (*day, close / 4.0))
        .collect();
    let split = yahoo_split("2026-11-19", 4, 1);
    let replies = [
        yahoo("IREN", &quarter[1..], &split),
        yahoo("IREN", &quarter, &split),
    ];
    world.script("yahoo", replies);
    let told = run(&fetcher(&world), vec![until_wednesday(1, "IREN")]);
    let expected =
        "yahoo rebuilt: a split of 4 for 1 on 19 Nov 2026: whole history fetched anew, 5 rows";
    assert_eq!(told.attempts(), [expected]);
    let fetched = fetched(&told, 1);
    assert_eq!(fetched.extent, Extent::Everything);
    assert_eq!(fetched.bars.bars()[0].close, 2.5);
    assert_eq!(fetched.question, None);
    assert_eq!(fetched.events.len(), 1);
}

#[test]
fn a_dividend_brings_it_once() {
    let world = FakeWorld::new(EVENING);
    let paid = yahoo_dividend("2026-11-19", "0.25");
    world.script("yahoo", [yahoo("IREN", &WEEK, &paid)]);
    let due = until_wednesday(1, "IREN");
    let told = run(&fetcher(&world), vec![due.clone()]);
    let expected =
        "yahoo rebuilt: a dividend of 0.25 on 19 Nov 2026: whole history fetched anew, 5 rows";
    assert_eq!(told.attempts(), [expected]);
    assert_eq!(fetched(&told, 1).extent, Extent::FromFirst);
    assert_eq!(world.urls().len(), 2);
    let what = EventKind::Dividend {
        amount: "0.25".parse().unwrap(),
    };
    let day = day("2026-11-19");
    let due = knows(due, Provider::Yahoo, PriceEvent { day, what });
    let told = run(&fetcher(&world), vec![due]);
    assert_eq!(told.of(id(1)).attempts[0].outcome, Outcome::Updated);
    assert_eq!(world.urls().len(), 3);
}

#[test]
fn a_restatement_that_cannot_be_followed_keeps_nothing() {
    let world = FakeWorld::new(EVENING);
    let split = yahoo_split("2026-11-19", 4, 1);
    world.script("yahoo", [yahoo("IREN", &WEEK, &split), limited()]);
    world.script("nasdaq", [status(403, "")]);
    let told = run(&fetcher(&world), vec![until_wednesday(1, "IREN")]);
    assert_eq!(told.of(id(1)).fetched, None);
    // Nor does an answer that is less than the days before.
    let world = FakeWorld::new(EVENING);
    let replies = [
        yahoo("IREN", &WEEK, &split),
        yahoo("IREN", &WEEK[4..], &split),
    ];
    world.script("yahoo", replies);
    world.script("nasdaq", [status(403, "")]);
    let told = run(&fetcher(&world), vec![until_wednesday(1, "IREN")]);
    assert_eq!(told.of(id(1)).fetched, None);
    assert!(
        told.attempts()[0].starts_with("yahoo bad_body: "),
        "{:?}",
        told.attempts()
    );
}

/// A fallback whose symbol has gone to another company.
#[test]
fn another_security_takes_no_place() {
    let world = FakeWorld::new(EVENING);
    world.script("yahoo", [status(404, "{}")]);
    let other = [
        ("2026-11-16", 10.4),
        ("2026-11-17", 9.1),
        ("2026-11-18", 11.9),
        ("2026-11-19", 12.0),
    ];
    world.script("nasdaq", [nasdaq("IREN", &other)]);
    let told = run(&fetcher(&world), vec![until_wednesday(1, "IREN")]);
    assert!(told.of(id(1)).fetched.is_none());
    let last = told.attempts().pop().unwrap();
    assert!(
        last.starts_with("nasdaq bad_body: has closes that do not fit"),
        "{last}"
    );
    assert_eq!(world.asked("nasdaq").len(), 1);
    // A fallback that tells of a split by its closes alone is followed.
    let halved: Vec<(&str, f64)> = WEEK
        .iter()
        .map(|(day, close)| (*day, close / 2.0))
        .collect();
    world.script("nasdaq", [nasdaq("IREN", &halved)]);
    let told = run(&fetcher(&world), vec![until_wednesday(1, "IREN")]);
    assert_eq!(fetched(&told, 1).extent, Extent::Everything);
}

#[test]
fn a_symbol_that_changed_is_said_and_its_line_continues() {
    let world = FakeWorld::new(EVENING);
    world.script("yahoo", [yahoo("KEEL", &WEEK, "")]);
    let told = run(&fetcher(&world), vec![until_wednesday(1, "BITF")]);
    let detail = &told.of(id(1)).attempts[0].detail;
    assert!(detail.ends_with("; is now KEEL there"), "{detail}");
    assert_eq!(
        fetched(&told, 1).bars.last().unwrap().day,
        day("2026-11-20")
    );
}

#[test]
fn a_jump_waits_for_an_answer() {
    let world = FakeWorld::new(EVENING);
    let mut closes = WEEK;
    closes[4].1 = 31.0;
    world.script("yahoo", [yahoo("IREN", &closes, "")]);
    let told = run(&fetcher(&world), vec![until_wednesday(1, "IREN")]);
    assert_eq!(told.of(id(1)).attempts[0].outcome, Outcome::Question);
    let fetched = fetched(&told, 1);
    assert_eq!(fetched.bars.last().unwrap().day, day("2026-11-19"));
    assert_eq!(fetched.question.unwrap().day, day("2026-11-20"));
}

#[test]
fn the_session_is_marked_and_replaced_by_the_close() {
    let world = FakeWorld::new("2026-11-20T18:00:00Z");
    world.script("yahoo", [yahoo("IREN", &WEEK, "")]);
    let told = run(&fetcher(&world), vec![until_wednesday(1, "IREN")]);
    assert_eq!(fetched(&told, 1).live, Some(day("2026-11-20")));
    let mut due = stored(until_wednesday(1, "IREN"), "yahoo", &WEEK[3..]);
    due.feed.live = Some(day("2026-11-20"));
    let mut closed = WEEK;
    closed[4].1 = 11.5;
    world.script("yahoo", [yahoo("IREN", &closed, "")]);
    world.advance(SignedDuration::from_hours(3));
    let told = run(&fetcher(&world), vec![due]);
    let fetched = fetched(&told, 1);
    assert_eq!((fetched.live, fetched.extent), (None, Extent::Days));
    assert_eq!(fetched.bars.last().unwrap().close, 11.5);
}

#[test]
fn days_without_a_session_need_no_prices() {
    let none = r#"{"chart":{"result":[{"meta":{"currency":"USD"},"indicators":{"quote":[{}]}}],"error":null}}"#;
    let friday = || stored(stock(1, "IREN"), "yahoo", &WEEK);
    let check = |now: &str, expected: &[&str]| {
        let world = FakeWorld::new(now);
        world.script("yahoo", [json(none)]);
        world.script("nasdaq", [json(NASDAQ_NO_DATA)]);
        let told = run(&fetcher(&world), vec![friday()]);
        assert_eq!(told.attempts(), expected);
    };
    // Sunday, Monday morning, Monday evening.
    check("2026-11-22T12:00:00Z", &["yahoo unchanged: nothing new"]);
    check("2026-11-23T12:00:00Z", &["yahoo unchanged: nothing new"]);
    let expected = [
        "yahoo no_data: has no prices of those days",
        "nasdaq no_data: has no prices of those days",
    ];
    check("2026-11-23T22:00:00Z", &expected);
}

#[test]
fn another_currency_goes_to_the_next() {
    let world = FakeWorld::new(EVENING);
    let euros = yahoo("IREN", &WEEK, "").unwrap();
    let body = String::from_utf8(euros.body).unwrap().replace("USD", "EUR");
    world.script("yahoo", [json(body)]);
    world.script("nasdaq", [nasdaq("IREN", &WEEK)]);
    let told = run(&fetcher(&world), vec![stock(1, "IREN")]);
    let expected = [
        "yahoo currency: gives prices in EUR, the book has USD",
        "nasdaq rebuilt: whole history: 5 rows",
    ];
    assert_eq!(told.attempts(), expected);
}

#[test]
fn whom_nobody_can_ask_is_over_at_once() {
    let world = FakeWorld::new(EVENING);
    let mut none = stock(1, "IREN");
    none.order = vec![Provider::Tiingo];
    let mut locked = stock(2, "RIOT");
    locked.instrument.locked = true;
    let told = run(&fetcher(&world), vec![none, locked]);
    assert_eq!(told.began, [id(1), id(2)]);
    assert!(
        told.done
            .iter()
            .all(|done| done.attempts.is_empty() && done.fetched.is_none())
    );
    assert!(world.urls().is_empty());
    assert!(run(&fetcher(&world), Vec::new()).done.is_empty());
}

#[test]
fn other_addresses_and_modes_are_honoured() {
    let world = FakeWorld::new(EVENING);
    world.script("127.0.0.1:9", [nasdaq("IREN", &WEEK)]);
    let setup = Setup {
        bases: BTreeMap::from([(Provider::Nasdaq, "http://127.0.0.1:9".to_owned())]),
        ..Setup::default()
    };
    let outside: Arc<dyn World> = Arc::<FakeWorld>::clone(&world);
    let fetcher = Fetcher::new(outside, setup, &[]);
    let mut due = stored(stock(1, "IREN"), "nasdaq", &WEEK[..3]);
    due.order = vec![Provider::Nasdaq];
    due.mode = Mode::Since(day("2026-09-01"));
    run(&fetcher, vec![due.clone()]);
    due.mode = Mode::Rebuild;
    let told = run(&fetcher, vec![due]);
    assert_eq!(told.of(id(1)).attempts[0].outcome, Outcome::Rebuilt);
    let urls = world.urls();
    assert!(urls[0].starts_with("http://127.0.0.1:9/"), "{}", urls[0]);
    assert!(urls[0].contains("fromdate=2026-09-01"), "{}", urls[0]);
    assert!(urls[1].contains("fromdate=2016-11-20"), "{}", urls[1]);
}
