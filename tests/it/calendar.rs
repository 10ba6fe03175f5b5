//! Days and hours of the markets, against the lists that the exchanges
//! published and against real daily histories; and how far a series reaches.

#![expect(clippy::print_stdout, reason = "a test that was skipped must say so")]

use std::fs;
use std::path::{Path, PathBuf};

use gigawatch::analytics::freshness::{Coverage, Freshness, coverage};
use gigawatch::model::calendar::Market;
use gigawatch::model::instrument::InstrumentKind;
use gigawatch::model::{Bar, Series};
use jiff::Timestamp;
use jiff::civil::{Date, Weekday};

const US: Market = Market::UsExchange;

/// The weekdays on which the New York Stock Exchange was or will be shut, as
/// month-day, by year: its own lists of holidays and its notices.
const NYSE_CLOSED: &[(i16, &str)] = &[
    (
        2018,
        "01-01 01-15 02-19 03-30 05-28 07-04 09-03 11-22 12-05 12-25",
    ),
    (
        2019,
        "01-01 01-21 02-18 04-19 05-27 07-04 09-02 11-28 12-25",
    ),
    (
        2020,
        "01-01 01-20 02-17 04-10 05-25 07-03 09-07 11-26 12-25",
    ),
    (
        2021,
        "01-01 01-18 02-15 04-02 05-31 07-05 09-06 11-25 12-24",
    ),
    (
        2022,
        "01-17 02-21 04-15 05-30 06-20 07-04 09-05 11-24 12-26",
    ),
    (
        2023,
        "01-02 01-16 02-20 04-07 05-29 06-19 07-04 09-04 11-23 12-25",
    ),
    (
        2024,
        "01-01 01-15 02-19 03-29 05-27 06-19 07-04 09-02 11-28 12-25",
    ),
    (
        2025,
        "01-01 01-09 01-20 02-17 04-18 05-26 06-19 07-04 09-01 11-27 12-25",
    ),
    (
        2026,
        "01-01 01-19 02-16 04-03 05-25 06-19 07-03 09-07 11-26 12-25",
    ),
    (
        2027,
        "01-01 01-18 02-15 03-26 05-31 06-18 07-05 09-06 11-25 12-24",
    ),
];

/// The days that ended at 13:00, in the same way.
const NYSE_EARLY: &[(i16, &str)] = &[
    (2012, "07-03 11-23 12-24"),
    (2013, "07-03 11-29 12-24"),
    (2018, "07-03 11-23 12-24"),
    (2019, "07-03 11-29 12-24"),
    (2020, "11-27 12-24"),
    (2021, "11-26"),
    (2022, "11-25"),
    (2023, "07-03 11-24"),
    (2024, "07-03 11-29 12-24"),
    (2025, "07-03 11-28 12-24"),
    (2026, "11-27 12-24"),
    (2027, "11-26"),
];

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// The days of a year of which something holds, as month-day.
fn days_of(year: i16, holds: impl Fn(Date) -> bool) -> String {
    let first = Date::constant(year, 1, 1);
    let days = std::iter::successors(Some(first), |day| day.tomorrow().ok())
        .take_while(|day| day.year() == year)
        .filter(|day| holds(*day));
    days.map(|day| format!("{:02}-{:02}", day.month(), day.day()))
        .collect::<Vec<_>>()
        .join(" ")
}

fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

#[test]
fn the_exchanges_are_shut_on_the_days_of_their_lists() {
    for (year, expected) in NYSE_CLOSED {
        let closed = days_of(*year, |day| !is_weekend(day) && !US.is_open_on(day));
        assert_eq!(closed, *expected, "{year}");
        assert_eq!(
            days_of(*year, |day| is_weekend(day) && US.is_open_on(day)),
            ""
        );
    }
}

#[test]
fn days_beyond_the_rules_are_known() {
    for closed in [
        "1994-04-27",
        "2001-09-11",
        "2001-09-14",
        "2004-06-11",
        "2007-01-02",
        "2012-10-29",
        "2012-10-30",
    ] {
        assert!(!US.is_open_on(day(closed)), "{closed}");
    }
    // Before these days were kept, and after a New Year on a Saturday.
    for open in ["1997-01-20", "2021-06-18", "2010-12-31", "2021-12-31"] {
        assert!(US.is_open_on(day(open)), "{open}");
    }
}

#[test]
fn short_days_are_those_of_the_lists() {
    for (year, expected) in NYSE_EARLY {
        let early = days_of(*year, |day| US.closes_early_on(day));
        assert_eq!(early, *expected, "{year}");
    }
    // The Friday after Independence Day instead of the Wednesday before it.
    assert!(US.closes_early_on(day("2002-07-05")));
    assert!(!US.closes_early_on(day("2002-07-03")));
    assert!(!Market::EveryDay.closes_early_on(day("2026-12-24")));
}

#[test]
fn a_close_is_final_at_the_markets_hour() {
    let check = |market: Market, of: &str, expected: Option<&str>| {
        assert_eq!(
            market.close_of(day(of)),
            expected.map(at),
            "{market:?} {of}"
        );
    };
    check(US, "2026-11-20", Some("2026-11-20T21:00:00Z"));
    // Summer time begins on 8 March and ends on 1 November.
    check(US, "2026-03-06", Some("2026-03-06T21:00:00Z"));
    check(US, "2026-03-09", Some("2026-03-09T20:00:00Z"));
    check(US, "2026-10-30", Some("2026-10-30T20:00:00Z"));
    check(US, "2026-11-02", Some("2026-11-02T21:00:00Z"));
    check(US, "2026-11-27", Some("2026-11-27T18:00:00Z"));
    check(US, "2025-07-03", Some("2025-07-03T17:00:00Z"));
    check(US, "2026-11-26", None);
    check(US, "2026-11-21", None);
    check(Market::EveryDay, "2026-11-21", Some("2026-11-22T00:00:00Z"));
    check(Market::EveryDay, "2026-12-31", Some("2027-01-01T00:00:00Z"));
    check(Market::Weekdays, "2026-11-20", Some("2026-11-20T22:00:00Z"));
    check(Market::Weekdays, "2026-11-21", None);
    // The ends of the calendar itself are no reason to fall over.
    assert_eq!(Market::EveryDay.close_of(Date::MAX), None);
    assert_eq!(US.days_between(Date::MAX, Date::MAX), 1);
}

#[test]
fn the_newest_close_is_that_of_the_last_session_that_ended() {
    let check = |market: Market, now: &str, expected: &str| {
        assert_eq!(market.last_close(at(now)), Some(day(expected)), "{now}");
    };
    // Friday, a minute before and at the close, then the weekend.
    check(US, "2026-11-20T20:59:00Z", "2026-11-19");
    check(US, "2026-11-20T21:00:00Z", "2026-11-20");
    check(US, "2026-11-21T14:05:00Z", "2026-11-20");
    check(US, "2026-11-23T03:00:00Z", "2026-11-20");
    // Thanksgiving and the short day after it.
    check(US, "2026-11-26T23:00:00Z", "2026-11-25");
    check(US, "2026-11-27T17:59:59Z", "2026-11-25");
    check(US, "2026-11-27T18:00:00Z", "2026-11-27");
    // Midnight in London is still the day before in New York.
    check(US, "2026-11-20T00:30:00Z", "2026-11-19");
    // The longest rest of all.
    check(US, "2001-09-17T13:00:00Z", "2001-09-10");
    check(Market::EveryDay, "2026-11-20T23:59:59Z", "2026-11-19");
    check(Market::EveryDay, "2026-11-21T00:00:00Z", "2026-11-20");
    check(Market::Weekdays, "2026-11-20T21:59:00Z", "2026-11-19");
    check(Market::Weekdays, "2026-11-22T12:00:00Z", "2026-11-20");
}

#[test]
fn sessions_begin_end_and_come_again() {
    let check = |market: Market, now: &str, open: bool, next: &str| {
        assert_eq!(market.session_is_open(at(now)), open, "{market:?} {now}");
        assert_eq!(market.next_close(at(now)), Some(at(next)), "{now}");
    };
    check(US, "2026-11-20T14:29:59Z", false, "2026-11-20T21:00:00Z");
    check(US, "2026-11-20T14:30:00Z", true, "2026-11-20T21:00:00Z");
    check(US, "2026-11-20T21:00:00Z", false, "2026-11-23T21:00:00Z");
    check(US, "2026-11-26T16:00:00Z", false, "2026-11-27T18:00:00Z");
    check(US, "2026-11-27T18:30:00Z", false, "2026-11-30T21:00:00Z");
    let coins = Market::EveryDay;
    check(coins, "2026-11-21T12:00:00Z", true, "2026-11-22T00:00:00Z");
    check(coins, "2026-11-22T00:00:00Z", true, "2026-11-23T00:00:00Z");
    let rates = Market::Weekdays;
    check(rates, "2026-11-20T21:59:00Z", true, "2026-11-20T22:00:00Z");
    check(rates, "2026-11-21T12:00:00Z", false, "2026-11-23T22:00:00Z");
}

#[test]
fn market_days_are_counted_with_both_ends() {
    let check = |market: Market, from: &str, to: &str, expected: usize| {
        assert_eq!(market.days_between(day(from), day(to)), expected, "{from}");
    };
    check(US, "2026-11-23", "2026-11-27", 4);
    check(US, "2026-11-21", "2026-11-22", 0);
    check(US, "2026-11-27", "2026-11-23", 0);
    check(US, "2025-01-01", "2025-12-31", 250);
    check(US, "2026-01-01", "2026-12-31", 251);
    check(Market::EveryDay, "2026-01-01", "2026-12-31", 365);
    check(Market::Weekdays, "2026-11-23", "2026-11-29", 5);
}

fn series(days: &[&str]) -> Series {
    let bars = days.iter().map(|text| Bar::close(day(text), 10.0));
    Series::new(bars.collect()).unwrap()
}

/// A kind, the days of its bars, which of them was taken within its session,
/// now; how fresh that is, and how many market days are missing between.
type Case = (
    InstrumentKind,
    &'static [&'static str],
    Option<&'static str>,
    &'static str,
    Freshness,
    usize,
);

const fn behind(days: usize) -> Freshness {
    Freshness::Behind { days }
}

const STOCK: InstrumentKind = InstrumentKind::Stock;
const COIN: InstrumentKind = InstrumentKind::Crypto;
const SATURDAY: &str = "2026-11-21T14:05:00Z";
const WITH_A_HOLIDAY: &[&str] = &["2026-11-25", "2026-11-26"];
const QUOTED: &[&str] = &["2026-11-18", "2026-11-20"];
const LIVE: Option<&str> = Some("2026-11-20");
/// The week of Thanksgiving without its Monday.
const WEEK: &[&str] = &["2026-11-20", "2026-11-24", "2026-11-25", "2026-11-27"];

#[rustfmt::skip]
const CASES: &[Case] = &[
    // Friday's close on a Saturday is the newest there is.
    (STOCK, &["2026-11-20"], None, SATURDAY, Freshness::Current, 0),
    (STOCK, &["2026-11-19"], None, SATURDAY, behind(1), 0),
    // A bar of a day without a close counts no more than none.
    (STOCK, WITH_A_HOLIDAY, None, "2026-11-27T17:00:00Z", Freshness::Current, 0),
    (STOCK, WITH_A_HOLIDAY, None, "2026-11-27T18:00:00Z", behind(1), 0),
    // A quote within the session, and what it is once the session is over.
    (STOCK, QUOTED, LIVE, "2026-11-20T18:00:00Z", Freshness::Live, 1),
    (STOCK, QUOTED, LIVE, "2026-11-20T21:00:00Z", behind(1), 1),
    (STOCK, QUOTED, LIVE, "2026-11-24T22:00:00Z", behind(3), 1),
    // The quote of an older day is no longer the newest bar.
    (STOCK, QUOTED, Some("2026-11-18"), SATURDAY, Freshness::Current, 1),
    (STOCK, WEEK, None, "2026-11-28T00:00:00Z", Freshness::Current, 1),
    (COIN, &["2026-11-17", "2026-11-20"], None, SATURDAY, Freshness::Current, 2),
    (COIN, &["2026-11-18"], None, SATURDAY, behind(2), 0),
    (COIN, &["2026-11-21"], Some("2026-11-21"), SATURDAY, Freshness::Live, 0),
    (InstrumentKind::Fx, &["2026-11-18"], None, SATURDAY, behind(2), 0),
];

#[test]
fn a_series_is_measured_in_days_of_its_market() {
    for (kind, days, live, now, expected, gaps) in CASES {
        let series = series(days);
        let found = coverage(*kind, Some(&series), live.map(day), at(now));
        let shown = format!("{days:?} live {live:?} at {now}");
        assert_eq!(found.freshness, *expected, "{shown}");
        assert_eq!(found.gaps, *gaps, "{shown}");
        assert_eq!(found.rows, days.len(), "{shown}");
        assert_eq!(found.first, days.first().map(|text| day(text)), "{shown}");
        assert_eq!(found.last, days.last().map(|text| day(text)), "{shown}");
    }
}

#[test]
fn no_close_is_no_age() {
    let empty = Coverage {
        freshness: Freshness::Empty,
        first: None,
        last: None,
        rows: 0,
        gaps: 0,
    };
    let now = at("2026-11-21T14:05:00Z");
    let none = coverage(InstrumentKind::Stock, None, None, now);
    assert_eq!(none, empty);
    let nothing = Series::default();
    let of_nothing = coverage(InstrumentKind::Crypto, Some(&nothing), None, now);
    assert_eq!(of_nothing, empty);
}

/// The days of a comma-separated history, which stand first in every line.
fn days_of_file(path: &Path) -> Option<Vec<Date>> {
    let text = fs::read_to_string(path).ok()?;
    let days = text
        .lines()
        .skip(1)
        .filter_map(|line| line.split(',').next());
    Some(days.map(day).collect())
}

#[test]
fn real_histories_have_a_close_on_every_market_day() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/prices");
    // Traded every day since they were listed.
    for file in ["SPY", "QQQ", "NVDA", "MARA", "RIOT", "IREN", "CORZ"] {
        let path = root.join(format!("dsturdy_yahoo_adjclose_2026-08-03/{file}.csv"));
        let Some(days) = days_of_file(&path) else {
            println!("skipped: ../shared is not here");
            return;
        };
        let closed: Vec<_> = days.iter().filter(|day| !US.is_open_on(**day)).collect();
        assert!(closed.is_empty(), "{file} has bars on {closed:?}");
        let (first, last) = (*days.first().unwrap(), *days.last().unwrap());
        let missing: Vec<_> = std::iter::successors(Some(first), |day| day.tomorrow().ok())
            .take_while(|day| *day <= last)
            .filter(|day| US.is_open_on(*day) && days.binary_search(day).is_err())
            .collect();
        assert!(missing.is_empty(), "{file} has no bars on {missing:?}");
        assert_eq!(US.days_between(first, last), days.len(), "{file}");
    }
    let coin = days_of_file(&root.join("coeziv_btc_2026-07-24/btc_daily.csv")).unwrap();
    let (first, last) = (*coin.first().unwrap(), *coin.last().unwrap());
    assert_eq!(Market::EveryDay.days_between(first, last), coin.len());
}
