//! Closes too far from the one before: what waits for an answer, and what is kept.

use gigawatch::fetch::settle::{Reach, Settled, settle};
use gigawatch::fetch::{Due, Quotes};
use gigawatch::model::feed::Extent;
use gigawatch::model::instrument::InstrumentKind;
use gigawatch::model::{EventKind, Jump, Outcome, PriceEvent, Provider};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::fetch_fake::{as_refs, bar, daily, days_of, stock, stored};

const EVENING: &str = "2026-11-20T22:00:00Z";
const YAHOO: Provider = Provider::Yahoo;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn quotes(closes: &[(&str, f64)]) -> Quotes {
    Quotes {
        bars: closes.iter().map(|(day, close)| bar(day, *close)).collect(),
        ..Quotes::default()
    }
}

fn settled(due: &Due, quotes: Quotes, reach: Reach) -> Settled {
    let now: Timestamp = EVENING.parse().unwrap();
    settle(due, YAHOO, quotes, reach, now).unwrap()
}

fn kept(settled: &Settled) -> Vec<String> {
    days_of(&settled.fetched.as_ref().unwrap().bars)
}

fn split(on: &str) -> PriceEvent {
    let what = EventKind::Split {
        new: 4.into(),
        old: 1.into(),
    };
    PriceEvent { day: day(on), what }
}

#[test]
fn a_jump_among_new_days_waits() {
    let fed = stored(
        stock(1, "IREN"),
        "yahoo",
        &[("2026-11-17", 10.0), ("2026-11-18", 10.0)],
    );
    let fresh = [
        ("2026-11-18", 10.0),
        ("2026-11-19", 10.1),
        ("2026-11-20", 18.2),
    ];
    let found = settled(&fed, quotes(&fresh), Reach::Days);
    assert_eq!(found.outcome, Outcome::Question);
    let detail = "1 row new; a rise of 80 % on 20 Nov 2026 that no split explains: 1 row from it on waits for your answer";
    assert_eq!(found.detail, detail);
    assert_eq!(kept(&found), ["2026-11-18", "2026-11-19"]);
    let jump = Jump {
        provider: YAHOO,
        day_before: day("2026-11-19"),
        before: 10.1,
        day: day("2026-11-20"),
        close: 18.2,
    };
    let fetched = found.fetched.unwrap();
    assert_eq!(
        (fetched.question, fetched.extent),
        (Some(jump), Extent::Days)
    );
    let no_question = |due: &Due, quotes: Quotes| {
        assert_eq!(settled(due, quotes, Reach::Days).outcome, Outcome::Updated);
    };
    let mut accepted = fed.clone();
    accepted.feed.accepted.insert(day("2026-11-20"));
    no_question(&accepted, quotes(&fresh));
    let mut explained = quotes(&fresh);
    explained.events = vec![split("2026-11-20")];
    no_question(&fed, explained);
    // 60 % is not more than 60 %.
    no_question(&fed, quotes(&[("2026-11-19", 16.0)]));
    // Rates may do what they like; over a gap, prices move.
    let mut rate = fed;
    rate.instrument.kind = InstrumentKind::Fx;
    no_question(&rate, quotes(&fresh));
    let old = stored(stock(1, "IREN"), "yahoo", &[("2026-06-01", 3.0)]);
    no_question(&old, quotes(&[("2026-11-19", 10.0)]));
}

/// The split is told, but the closes before it are as they were traded.
#[test]
fn a_split_that_was_not_applied_is_a_cliff() {
    let fed = stored(stock(1, "HIVE"), "yahoo", &[("2026-11-18", 10.0)]);
    let check = |new: u32, old: u32, close: f64, outcome: Outcome| {
        let mut quotes = quotes(&[("2026-11-19", 10.1), ("2026-11-20", close)]);
        let what = EventKind::Split {
            new: new.into(),
            old: old.into(),
        };
        let day = day("2026-11-20");
        quotes.events = vec![PriceEvent { day, what }];
        let found = settled(&fed, quotes, Reach::Days);
        assert_eq!(found.outcome, outcome, "{new} for {old}: {close}");
    };
    check(4, 1, 2.6, Outcome::Question);
    check(2, 1, 5.2, Outcome::Question);
    check(1, 10, 98.0, Outcome::Question);
    // An applied split leaves the market's own change.
    check(2, 1, 9.3, Outcome::Updated);
    check(3, 2, 9.0, Outcome::Updated);
    check(1, 10, 7.0, Outcome::Updated);
    check(4, 1, 1.0, Outcome::Updated);
    // Too small to tell apart from a day's change.
    check(5, 4, 8.1, Outcome::Updated);
}

#[test]
fn a_jump_beside_stored_and_own_days_is_seen() {
    let fed = stored(stock(1, "IREN"), "yahoo", &[("2026-11-18", 10.0)]);
    let fall = quotes(&[("2026-11-19", 2.2)]);
    let found = settled(&fed, fall.clone(), Reach::Days);
    assert_eq!(found.outcome, Outcome::Question);
    let detail = "nothing new; a fall of 78 % on 19 Nov 2026 that no split explains: 1 row from it on waits for your answer";
    assert_eq!(found.detail, detail);
    assert!(kept(&found).is_empty());
    // The bar of a session is nothing to compare with.
    let mut live = fed.clone();
    live.feed.live = Some(day("2026-11-18"));
    assert_eq!(
        settled(&live, fall.clone(), Reach::Days).outcome,
        Outcome::Updated
    );
    // The user's own close is: it stands whatever the provider has for that day.
    let own = stored(stock(1, "IREN"), "typed", &[("2026-11-18", 10.0)]);
    let both = quotes(&[("2026-11-18", 2.2), ("2026-11-19", 2.2)]);
    let found = settled(&own, both, Reach::Days);
    assert_eq!(found.outcome, Outcome::Question);
    assert_eq!(kept(&found), ["2026-11-18"]);
    // A day that the user has typed is not asked about.
    let typed = stored(fed, "typed", &[("2026-11-19", 2.2)]);
    assert_eq!(
        settled(&typed, fall, Reach::Days).outcome,
        Outcome::Unchanged
    );
}

#[test]
fn a_jump_in_a_whole_history_leaves_the_present() {
    let with_jump = |at: usize| {
        daily(
            "2026-09-01",
            (0..60).map(move |i| if i < at { 10.0 } else { 2.2 }),
        )
    };
    let check = |at: usize, from: &str, to: &str, rows: usize, words: &str| {
        let closes = with_jump(at);
        let found = settled(&stock(1, "IREN"), quotes(&as_refs(&closes)), Reach::Whole);
        assert_eq!(found.outcome, Outcome::Question);
        let kept = kept(&found);
        let ends = (
            kept.first().unwrap().as_str(),
            kept.last().unwrap().as_str(),
        );
        assert_eq!((ends, kept.len()), ((from, to), rows));
        assert!(found.detail.ends_with(words), "{}", found.detail);
        let fetched = found.fetched.unwrap();
        assert_eq!(fetched.extent, Extent::Everything);
        assert_eq!(fetched.question.unwrap().day.to_string(), closes[at].0);
    };
    let words = "a fall of 78 % on 21 Oct 2026 that no split explains: 10 rows from it on wait for your answer";
    check(50, "2026-09-01", "2026-10-20", 50, words);
    let words = "a fall of 78 % on 20 Oct 2026 that no split explains: 49 rows before it wait for your answer";
    check(49, "2026-10-20", "2026-10-30", 11, words);
    check(
        1,
        "2026-09-02",
        "2026-10-30",
        59,
        "1 row before it waits for your answer",
    );
    // Two old ones: from the later on; one old and one fresh: between them.
    let closes = daily(
        "2026-09-01",
        (0..60).map(|i| match i {
            10..20 | 55.. => 2.2,
            _ => 10.0,
        }),
    );
    let found = settled(&stock(1, "IREN"), quotes(&as_refs(&closes)), Reach::Whole);
    let kept = kept(&found);
    assert_eq!((kept.len(), kept[0].as_str()), (35, "2026-09-21"));
    let words = "a fall of 78 % on 26 Oct 2026 that no split explains: 25 rows around it wait for your answer";
    assert!(found.detail.ends_with(words), "{}", found.detail);
}

#[test]
fn no_cliff_stands_where_a_shorter_history_joins() {
    let closes = daily("2026-09-01", (0..60).map(|_| 10.0));
    let longer = stored(stock(1, "IREN"), "nasdaq", &[("2026-08-31", 40.0)]);
    let found = settled(&longer, quotes(&as_refs(&closes)), Reach::Whole);
    assert_eq!(found.outcome, Outcome::Question);
    let fetched = found.fetched.unwrap();
    assert!(fetched.bars.is_empty());
    assert_eq!(fetched.extent, Extent::Days);
    // The starter's rows give way.
    let starter = stored(
        stock(1, "IREN"),
        "starter",
        &[("2026-08-15", 40.0), ("2026-08-31", 40.0)],
    );
    let found = settled(&starter, quotes(&as_refs(&closes)), Reach::Whole);
    let fetched = found.fetched.unwrap();
    assert_eq!(
        (fetched.bars.len(), fetched.extent),
        (60, Extent::Everything)
    );
}
