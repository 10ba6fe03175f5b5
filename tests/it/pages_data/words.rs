//! What the screen says about feeds: functions of their arguments.

use gigawatch::analytics::freshness::{Coverage, Freshness};
use gigawatch::model::{Attempt, EventKind, InstrumentId, Jump, Outcome, PriceEvent, Provider};
use gigawatch::ui::format;
use jiff::Timestamp;
use rust_decimal::Decimal;

use super::feeds::day;
use crate::pages_window::plain;
use crate::support::NOW;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn attempt(provider: Provider, outcome: Outcome, detail: &str, next: Option<&str>) -> Attempt {
    Attempt {
        turn: at("2026-11-21T14:00:00Z"),
        at: at("2026-11-21T14:00:05Z"),
        instrument: InstrumentId(uuid::Uuid::nil()),
        provider,
        outcome,
        detail: detail.to_owned(),
        rows: 0,
        skipped: 0,
        next_try: next.map(at),
    }
}

#[test]
fn attempts_in_one_line() {
    let check = |attempts: &[Attempt], expected: &str| {
        assert_eq!(format::attempts_text(attempts, &NOW), expected);
    };
    let limited = |next| attempt(Provider::Yahoo, Outcome::Limited, "answered 429", next);
    let nothing = attempt(Provider::Nasdaq, Outcome::NoData, "", None);
    check(&[], "");
    let left = "not asked: it wants quiet";
    check(
        &[attempt(Provider::Yahoo, Outcome::Quiet, left, None)],
        "Yahoo was not asked: it wants quiet",
    );
    let unknown = "does not know the symbol: “no such symbol”";
    check(
        &[attempt(
            Provider::Nasdaq,
            Outcome::UnknownSymbol,
            unknown,
            None,
        )],
        "Nasdaq does not know the symbol: “no such symbol”",
    );
    check(
        &[limited(Some("2026-11-21T19:40:00Z")), nothing],
        "Yahoo answered 429; next try 19:40; Nasdaq: no data",
    );
    check(
        &[limited(Some("2026-11-22T07:05:00Z"))],
        "Yahoo answered 429; next try 22 Nov 07:05",
    );
    // What is over is not told.
    check(
        &[limited(Some("2026-11-21T13:00:00Z"))],
        "Yahoo answered 429",
    );
    check(
        &[attempt(
            Provider::Ecb,
            Outcome::TimedOut,
            "no answer in 20 s",
            None,
        )],
        "ECB: no answer in 20 s",
    );
}

#[test]
fn moments_on_the_clock_of_the_user() {
    let there = NOW.with_time_zone(jiff::tz::TimeZone::get("America/New_York").unwrap());
    for (moment, expected) in [
        ("2026-11-21T14:00:00Z", "09:00"),
        ("2026-11-21T03:00:00Z", "20 Nov 22:00"),
        ("2025-12-31T20:00:00Z", "31 Dec 2025"),
    ] {
        assert_eq!(format::moment(at(moment), &there), expected, "{moment}");
    }
}

#[test]
fn providers_and_states_in_words() {
    for (code, expected) in [
        ("yahoo", "Yahoo"),
        ("ecb", "ECB"),
        ("starter", "starter"),
        ("file", "your file"),
        ("typed", "typed"),
        ("later", "later"),
    ] {
        assert_eq!(format::given_by(code), expected);
    }
    let check = |freshness, locked, expected: &str| {
        let coverage = Coverage {
            freshness,
            first: None,
            last: None,
            rows: 0,
            gaps: 0,
        };
        assert_eq!(format::freshness(Some(&coverage), locked), expected);
    };
    check(Freshness::Empty, false, "no prices");
    check(Freshness::Current, false, "current");
    check(Freshness::Live, false, "live");
    check(Freshness::Behind { days: 1 }, false, "1 day missing");
    check(
        Freshness::Behind { days: 1_200 },
        false,
        "1,200 days missing",
    );
    check(Freshness::Behind { days: 2 }, true, "locked");
    assert_eq!(format::freshness(None, false), "—");
}

#[test]
fn jumps_and_events_in_words() {
    let mut jump = Jump {
        provider: Provider::Yahoo,
        day_before: day("2026-11-02"),
        before: 6.95,
        day: day("2026-11-03"),
        close: 12.4,
    };
    assert_eq!(
        plain(&format::jump_waits(&jump)),
        "a jump of +78 % on Tue 3 Nov waits for your answer"
    );
    jump.day_before = day("2026-10-30");
    assert_eq!(
        format::jump_question(&jump),
        "Yahoo gives 12.40 for Tue 3 Nov after 6.95 on Fri 30 Oct, and no split explains it"
    );
    let check = |what, expected: &str| {
        let event = PriceEvent {
            day: day("2026-02-02"),
            what,
        };
        assert_eq!(format::event(&event), expected);
    };
    let split = |new, old| EventKind::Split {
        new: Decimal::from(new),
        old: Decimal::from(old),
    };
    check(split(4, 1), "split 4 for 1");
    check(split(1, 10), "1 for 10, consolidated");
    let amount = Decimal::new(120, 3);
    check(EventKind::Dividend { amount }, "dividend 0.12");
}
