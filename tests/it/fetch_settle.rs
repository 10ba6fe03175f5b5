//! What of an answer may be kept: sessions under way, whole histories,
//! what differs, and the words for it.

use gigawatch::fetch::pages;
use gigawatch::fetch::plan::Restated;
use gigawatch::fetch::settle::{Reach, Settled, check_currency, cut, settle};
use gigawatch::fetch::{Due, Quotes, Skipped};
use gigawatch::model::feed::Extent;
use gigawatch::model::instrument::InstrumentKind;
use gigawatch::model::{Bar, Currency, EventKind, Outcome, PriceEvent, Provider, Series};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::fetch_fake::{as_refs, bar, bitcoin, daily, stock, stored};

const EVENING: &str = "2026-11-20T22:00:00Z";
const YAHOO: Provider = Provider::Yahoo;

fn now() -> Timestamp {
    EVENING.parse().unwrap()
}

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
    settle(due, YAHOO, quotes, reach, now()).unwrap()
}

fn split(on: &str) -> PriceEvent {
    let what = EventKind::Split {
        new: 4.into(),
        old: 1.into(),
    };
    PriceEvent { day: day(on), what }
}

#[test]
fn what_is_new_is_counted_and_said() {
    let closes = [("2026-11-17", 10.0), ("2026-11-18", 10.2)];
    let fed = stored(stock(1, "IREN"), "yahoo", &closes);
    let check = |quotes: Quotes, outcome, rows: usize, detail: &str| {
        let settled = settled(&fed, quotes, Reach::Days);
        let found = (settled.outcome, settled.rows, settled.detail.as_str());
        assert_eq!(found, (outcome, rows, detail));
        assert_eq!(settled.fetched.is_some(), rows > 0);
    };
    check(quotes(&closes), Outcome::Unchanged, 0, "nothing new");
    let next = [closes[0], closes[1], ("2026-11-19", 10.3)];
    check(quotes(&next), Outcome::Updated, 1, "1 row new");
    let two = [("2026-11-19", 10.3), ("2026-11-20", 10.4)];
    check(quotes(&two), Outcome::Updated, 2, "2 rows new");
    let corrected = [("2026-11-18", 10.21)];
    check(quotes(&corrected), Outcome::Updated, 1, "1 row changed");
    let both = [("2026-11-18", 10.21), two[0], two[1]];
    check(quotes(&both), Outcome::Updated, 3, "2 rows new, 1 changed");
    let mut skipping = quotes(&two);
    skipping.skipped = vec![Skipped {
        day: Some(day("2026-11-05")),
        reason: "no close".to_owned(),
    }];
    skipping.renamed = Some("KEEL".to_owned());
    let detail = "2 rows new, 1 skipped: no close on 5 Nov 2026; is now KEEL there";
    check(skipping.clone(), Outcome::Updated, 2, detail);
    skipping.skipped.push(Skipped {
        day: None,
        reason: "no day (row 7)".to_owned(),
    });
    let detail = "2 rows new, 2 skipped, first: no close on 5 Nov 2026; is now KEEL there";
    check(skipping, Outcome::Updated, 2, detail);
}

#[test]
fn nothing_to_keep_is_no_data() {
    let mut none = Quotes::default();
    let refusal = settle(&bitcoin(), YAHOO, none.clone(), Reach::Days, now()).unwrap_err();
    assert_eq!(refusal.outcome, Outcome::NoData);
    assert_eq!(refusal.detail, "has no prices of those days");
    none.skipped.push(Skipped {
        day: Some(day("2026-11-05")),
        reason: "close of 0".to_owned(),
    });
    let refusal = settle(&bitcoin(), YAHOO, none, Reach::Whole, now()).unwrap_err();
    let detail = "has no prices of those days: 1 skipped: close of 0 on 5 Nov 2026";
    assert_eq!(refusal.detail, detail);
}

#[test]
fn a_poorer_bar_is_no_news() {
    let full = Bar {
        adjusted: Some(9.9),
        volume: Some(5.0),
        ..bar("2026-11-18", 10.0)
    };
    let check = |old: Bar, new: Bar, rows: usize| {
        let mut due = stored(stock(1, "IREN"), "yahoo", &[("2026-11-18", 10.0)]);
        due.series = Some(Series::new(vec![old]).unwrap());
        let quotes = Quotes {
            bars: vec![new],
            ..Quotes::default()
        };
        assert_eq!(settled(&due, quotes, Reach::Days).rows, rows);
    };
    let plain = bar("2026-11-18", 10.0);
    check(full, full, 0);
    check(full, plain, 0);
    check(plain, full, 1);
    let counted = |volume| Bar {
        volume: Some(volume),
        ..plain
    };
    // Another source's count beside an adjusted close is not taken.
    check(full, counted(6.0), 0);
    check(counted(5.0), counted(6.0), 1);
    check(counted(5.0), plain, 0);
    check(full, bar("2026-11-18", 10.01), 1);
}

#[test]
fn the_users_days_count_for_nothing() {
    let due = stored(stock(1, "IREN"), "typed", &[("2026-11-18", 99.0)]);
    let settled = settled(&due, quotes(&[("2026-11-18", 98.0)]), Reach::Days);
    assert_eq!((settled.outcome, settled.rows), (Outcome::Unchanged, 0));
    assert_eq!(settled.fetched, None);
}

#[test]
fn another_currency_is_refused() {
    let due = bitcoin();
    let said = |currency| Quotes {
        currency,
        ..quotes(&[("2026-11-18", 9.0)])
    };
    assert_eq!(check_currency(&due.instrument, &said(None)), Ok(()));
    assert_eq!(
        check_currency(&due.instrument, &said(Some(Currency::USD))),
        Ok(())
    );
    let refusal = check_currency(&due.instrument, &said(Some(Currency::EUR))).unwrap_err();
    assert_eq!(refusal.outcome, Outcome::Currency);
    assert_eq!(refusal.detail, "gives prices in EUR, the book has USD");
}

#[test]
fn the_session_under_way_is_found_and_the_future_dropped() {
    let days = ["2026-11-18", "2026-11-19", "2026-11-20"];
    let check = |kind, now: &str, said: Option<&str>, live: Option<&str>, kept| {
        let quotes = Quotes {
            live: said.map(day),
            ..quotes(&days.map(|day| (day, 9.0)))
        };
        let (cut, found) = cut(kind, quotes, now.parse().unwrap());
        assert_eq!(found, live.map(day), "{now}");
        assert_eq!(cut.bars.len(), kept, "{now}");
        assert_eq!(cut.skipped.len(), days.len() - kept);
    };
    let (coin, share) = (InstrumentKind::Crypto, InstrumentKind::Stock);
    let last = Some("2026-11-20");
    check(coin, "2026-11-20T12:00:00Z", None, last, 3);
    check(coin, "2026-11-21T00:00:00Z", None, None, 3);
    // New York closes at 21:00 UTC in winter.
    check(share, "2026-11-20T20:59:59Z", None, last, 3);
    check(share, "2026-11-20T21:00:00Z", None, None, 3);
    // The body itself may know better.
    check(share, "2026-11-20T21:00:00Z", last, last, 3);
    check(InstrumentKind::Fx, "2026-11-20T12:00:00Z", None, last, 3);
    // Days that have not begun.
    let middle = Some("2026-11-19");
    check(share, "2026-11-19T15:00:00Z", None, middle, 2);
    check(share, "2026-11-19T02:00:00Z", None, None, 1);
    check(coin, "2026-11-17T12:00:00Z", None, None, 0);
}

#[test]
fn the_close_takes_the_place_of_the_session() {
    let mut due = stored(
        stock(1, "IREN"),
        "yahoo",
        &[("2026-11-19", 10.0), ("2026-11-20", 10.2)],
    );
    due.feed.live = Some(day("2026-11-20"));
    // The same price after the close is still news: it is final now.
    let settled = settled(&due, quotes(&[("2026-11-20", 10.2)]), Reach::Days);
    assert_eq!((settled.outcome, settled.rows), (Outcome::Unchanged, 0));
    assert_eq!(settled.fetched.unwrap().live, None);
    // A price of the session far from another is no jump against it.
    let settled = self::settled(&due, quotes(&[("2026-11-20", 11.0)]), Reach::Days);
    assert_eq!((settled.outcome, settled.rows), (Outcome::Updated, 1));
    let mut live = quotes(&[("2026-11-20", 10.2)]);
    live.live = Some(day("2026-11-20"));
    assert_eq!(self::settled(&due, live, Reach::Days).fetched, None);
    // A provider that does not have that day says nothing of it.
    let earlier = quotes(&[("2026-11-19", 10.0)]);
    assert_eq!(self::settled(&due, earlier, Reach::Days).fetched, None);
}

#[test]
fn a_whole_history_replaces_what_it_should() {
    let long = daily("2026-10-01", (0..40).map(|_| 9.0));
    let long = as_refs(&long);
    let check = |due: &Due, reach: Reach, extent: Extent, detail: &str| {
        let settled = settled(due, quotes(&long), reach);
        assert_eq!(
            (settled.outcome, settled.detail.as_str()),
            (Outcome::Rebuilt, detail)
        );
        assert_eq!(settled.fetched.unwrap().extent, extent);
    };
    let whole = "whole history: 40 rows";
    let empty = stock(1, "IREN");
    check(&empty, Reach::Whole, Extent::Everything, whole);
    let starter = |from| stored(stock(1, "IREN"), "starter", &[(from, 9.0)]);
    check(
        &starter("2026-09-21"),
        Reach::Whole,
        Extent::Everything,
        whole,
    );
    check(
        &starter("2026-09-20"),
        Reach::Whole,
        Extent::FromFirst,
        whole,
    );
    let mixed = stored(starter("2026-10-01"), "nasdaq", &[("2026-10-02", 9.0)]);
    check(&mixed, Reach::Whole, Extent::FromFirst, whole);
    // The user's own days do not say how far back the starter's reach.
    let own = stored(starter("2026-10-01"), "file", &[("2020-01-02", 9.0)]);
    check(&own, Reach::Whole, Extent::Everything, whole);
    let anew = |event| Reach::Anew(Restated::Event(event));
    check(
        &mixed,
        anew(split("2026-11-05")),
        Extent::Everything,
        "a split of 4 for 1 on 5 Nov 2026: whole history fetched anew, 40 rows",
    );
    let paid = PriceEvent {
        day: day("2026-11-05"),
        what: EventKind::Dividend {
            amount: "0.250".parse().unwrap(),
        },
    };
    check(
        &mixed,
        anew(paid),
        Extent::FromFirst,
        "a dividend of 0.25 on 5 Nov 2026: whole history fetched anew, 40 rows",
    );
    let moved = Reach::Anew(Restated::Moved {
        day: day("2026-11-05"),
        change: -0.0312,
    });
    let detail = "the close of 5 Nov 2026 differs by 3.1 %: whole history fetched anew, 40 rows";
    check(&mixed, moved, Extent::Everything, detail);
    // Kraken has 720 days: what lies before them stays.
    let coin = stored(bitcoin(), "coinbase", &[("2026-10-01", 9.0)]);
    check(&coin, moved, Extent::FromFirst, detail);
}

/// Nothing of another security or of another footing stays before a history
/// that begins later.
#[test]
fn a_history_that_does_not_fit_takes_the_whole_place() {
    let check = |others: &[(&str, f64)], extent: Extent| {
        let fed = stored(stock(1, "IREN"), "nasdaq", &[("2020-01-02", 10.0)]);
        let fed = stored(fed, "nasdaq", others);
        let whole = quotes(&[("2026-11-17", 10.0), ("2026-11-18", 10.4)]);
        let settled = settled(&fed, whole, Reach::Whole);
        assert_eq!(settled.fetched.unwrap().extent, extent);
    };
    let same = [("2026-11-17", 10.0), ("2026-11-18", 10.4)];
    check(&same, Extent::FromFirst);
    let split = [("2026-11-17", 20.0), ("2026-11-18", 20.8)];
    check(&split, Extent::Everything);
    let other = [("2026-11-17", 12.0), ("2026-11-18", 9.4)];
    check(&other, Extent::Everything);
}

#[test]
fn a_close_in_cents_is_no_news() {
    let penny = stored(stock(1, "MIGI"), "yahoo", &[("2026-11-18", 0.3049)]);
    let told = quotes(&[("2026-11-18", 0.30), ("2026-11-19", 0.31)]);
    let settled = settled(&penny, told, Reach::Days);
    assert_eq!((settled.rows, settled.detail.as_str()), (1, "1 row new"));
}

#[test]
fn pages_join() {
    let first = Quotes {
        currency: Some(Currency::USD),
        live: Some(day("2026-11-20")),
        ..quotes(&[("2026-11-19", 3.0), ("2026-11-20", 4.0)])
    };
    let second = Quotes {
        events: vec![split("2026-11-18")],
        currency: Some(Currency::EUR),
        renamed: Some("KEEL".to_owned()),
        ..quotes(&[("2026-11-18", 2.0), ("2026-11-19", 2.5)])
    };
    let merged = pages::merge(vec![first, second]);
    let closes: Vec<f64> = merged.bars.iter().map(|bar| bar.close).collect();
    assert_eq!(closes, [2.0, 3.0, 4.0]);
    assert_eq!(merged.events, [split("2026-11-18")]);
    assert_eq!(merged.currency, Some(Currency::USD));
    assert_eq!(merged.live, Some(day("2026-11-20")));
    assert_eq!(merged.renamed.as_deref(), Some("KEEL"));
}
