//! What is missing: whom to ask, from which day on, and whether an answer says
//! that what is stored no longer holds.

use std::collections::BTreeMap;

use gigawatch::fetch::plan::{Fit, Restated, candidates, expects_close, first_day, fit, restated};
use gigawatch::fetch::{Ask, Due, Mode, Quotes, Request, Setup, requests};
use gigawatch::model::instrument::InstrumentKind;
use gigawatch::model::{EventKind, PriceEvent, Provider};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::fetch_fake::{bar, bitcoin, knows, stock, stored};

/// Friday evening in New York.
const EVENING: &str = "2026-11-20T22:00:00Z";

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn split(on: &str, new: u32, old: u32) -> PriceEvent {
    let what = EventKind::Split {
        new: new.into(),
        old: old.into(),
    };
    PriceEvent { day: day(on), what }
}

fn dividend(on: &str, amount: &str) -> PriceEvent {
    let amount = amount.parse().unwrap();
    let what = EventKind::Dividend { amount };
    PriceEvent { day: day(on), what }
}

fn quotes(closes: &[(&str, f64)], events: &[PriceEvent]) -> Quotes {
    Quotes {
        bars: closes.iter().map(|(day, close)| bar(day, *close)).collect(),
        events: events.to_vec(),
        ..Quotes::default()
    }
}

fn with_mode(due: Due, mode: Mode) -> Due {
    Due { mode, ..due }
}

#[test]
fn those_who_cannot_be_asked_are_passed_over() {
    let check = |due: &Due, keys: &[(Provider, &str)], expected: &[&str]| {
        let setup = Setup {
            keys: keys
                .iter()
                .map(|(by, key)| (*by, (*key).to_owned()))
                .collect(),
            ..Setup::default()
        };
        let found = candidates(due, &setup);
        let found = found.iter().map(|candidate| {
            let key = candidate.key.as_deref().unwrap_or("-");
            format!("{} {} {key}", candidate.provider.code(), candidate.symbol)
        });
        assert_eq!(found.collect::<Vec<_>>(), expected);
    };
    let plain = stock(1, "IREN");
    let both = ["yahoo IREN -", "nasdaq IREN -"];
    check(&plain, &[], &both);
    // A key for one that needs none is not sent.
    check(&plain, &[(Provider::Yahoo, "secret")], &both);
    let mut keyed = plain.clone();
    keyed.order = vec![Provider::Tiingo, Provider::Nasdaq, Provider::Nasdaq];
    check(&keyed, &[], &["nasdaq IREN -"]);
    check(&keyed, &[(Provider::Tiingo, " ")], &["nasdaq IREN -"]);
    check(
        &keyed,
        &[(Provider::Tiingo, " abc ")],
        &["tiingo IREN abc", "nasdaq IREN -"],
    );
    let mut locked = plain.clone();
    locked.instrument.locked = true;
    check(&locked, &[], &[]);
    let mut nobody = plain;
    nobody.order.clear();
    check(&nobody, &[], &[]);
}

/// What is logged by accident must not hold a key.
#[test]
fn no_key_is_in_what_a_log_could_hold() {
    let key = "0123abcd".to_owned();
    let setup = Setup {
        keys: BTreeMap::from([(Provider::Tiingo, key.clone())]),
        ..Setup::default()
    };
    let mut keyed = stock(1, "IREN");
    keyed.order = vec![Provider::Tiingo];
    let candidates = candidates(&keyed, &setup);
    assert_eq!(candidates[0].key.as_ref(), Some(&key));
    let ask = Ask {
        symbol: "IREN".to_owned(),
        kind: InstrumentKind::Stock,
        from: None,
        to: day("2026-11-20"),
        key: Some(key.clone()),
        now: at(EVENING),
    };
    let sent = requests(Provider::Tiingo, "https://api.tiingo.com", &ask);
    assert!(
        sent[0]
            .headers
            .iter()
            .any(|(_, value)| value.contains(&key))
    );
    assert!(!sent[0].url.contains(&key));
    let shown = format!("{setup:?} {candidates:?} {ask:?} {sent:?}");
    assert!(!shown.contains(&key), "{shown}");
    assert!(shown.contains("Authorization"), "{shown}");
    let query = format!(
        "{:?}",
        Request::get("https://a.example/b?token=0123abcd".to_owned())
    );
    assert!(
        query.contains("a.example/b") && !query.contains(&key),
        "{query}"
    );
}

#[test]
fn only_what_is_missing_is_asked_for() {
    let check = |due: &Due, provider, first, expected: Option<&str>| {
        let from = first_day(due, provider, first, at(EVENING));
        assert_eq!(from, expected.map(day));
    };
    let (yahoo, nasdaq) = (Provider::Yahoo, Provider::Nasdaq);
    let empty = stock(1, "IREN");
    check(&empty, yahoo, true, None);
    check(&empty, nasdaq, false, None);
    // The first start's rows and the user's own are not a provider's.
    let starter = stored(empty.clone(), "starter", &[("2026-11-05", 9.0)]);
    check(&starter, yahoo, true, None);
    check(&starter, nasdaq, false, None);
    let own = stored(empty.clone(), "typed", &[("2026-11-05", 9.0)]);
    check(&own, yahoo, true, None);
    check(&own, nasdaq, false, None);
    // Five calendar days before the last one.
    let fed = stored(empty, "yahoo", &[("2026-11-04", 8.0), ("2026-11-18", 9.0)]);
    check(&fed, yahoo, true, Some("2026-11-13"));
    check(&fed, nasdaq, false, Some("2026-11-13"));
    // The first of the order gives its whole history once.
    check(&fed, nasdaq, true, None);
    // What the user owns after it does not count.
    let mixed = stored(fed.clone(), "file", &[("2026-11-19", 9.0)]);
    check(&mixed, yahoo, true, Some("2026-11-13"));
    // A provider begins where its own rows end.
    let mixed = stored(fed.clone(), "nasdaq", &[("2026-11-20", 9.0)]);
    check(&mixed, yahoo, true, Some("2026-11-13"));
    check(&mixed, nasdaq, false, Some("2026-11-13"));
    // Coins trade on every day.
    let coin = stored(bitcoin(), "coinbase", &[("2026-11-20", 9.0)]);
    check(&coin, Provider::Coinbase, true, Some("2026-11-15"));
    check(&coin, Provider::Kraken, false, Some("2026-11-15"));
    let since = with_mode(fed.clone(), Mode::Since(day("2026-01-05")));
    check(&since, yahoo, true, Some("2026-01-05"));
    check(&since, nasdaq, false, Some("2026-01-05"));
    // The future has no prices.
    let since = with_mode(fed.clone(), Mode::Since(day("2027-01-05")));
    check(&since, yahoo, true, Some("2026-11-13"));
    // Nor may a hole stay between what is stored and the days asked for.
    let since = with_mode(fed.clone(), Mode::Since(day("2026-11-19")));
    check(&since, yahoo, true, Some("2026-11-13"));
    // With nothing stored of it, the whole history is what is missing.
    let since = |due: Due| with_mode(due, Mode::Since(day("2026-11-02")));
    check(&since(stock(1, "IREN")), yahoo, true, None);
    check(&since(fed.clone()), nasdaq, true, None);
    check(&with_mode(fed.clone(), Mode::Rebuild), yahoo, true, None);
    // What lay before a jump that the user took as true comes as a whole; a day
    // of the user's own before it does not hide that.
    let mut answered = stored(fed, "typed", &[("2026-10-01", 80.0)]);
    answered.feed.accepted.insert(day("2026-11-18"));
    check(&answered, yahoo, true, Some("2026-11-13"));
    answered.feed.accepted.insert(day("2026-11-04"));
    check(&answered, yahoo, true, None);
}

#[test]
fn a_close_is_expected_only_after_a_session() {
    let check = |due: &Due, now: &str, expected: bool| {
        assert_eq!(expects_close(due, at(now)), expected, "{now}");
    };
    let thursday = stored(stock(1, "IREN"), "yahoo", &[("2026-11-19", 9.0)]);
    check(&stock(1, "IREN"), EVENING, true);
    check(&thursday, "2026-11-20T20:59:00Z", false);
    check(&thursday, "2026-11-20T21:00:00Z", true);
    // The bar of a running session is no close.
    let mut live = stored(thursday, "yahoo", &[("2026-11-20", 9.0)]);
    check(&live, "2026-11-22T12:00:00Z", false);
    live.feed.live = Some(day("2026-11-20"));
    check(&live, "2026-11-20T20:00:00Z", false);
    check(&live, "2026-11-22T12:00:00Z", true);
    // Thanksgiving.
    let eve = stored(stock(1, "IREN"), "yahoo", &[("2026-11-25", 9.0)]);
    check(&eve, "2026-11-27T12:00:00Z", false);
    check(&eve, "2026-11-27T18:00:00Z", true);
}

#[test]
fn a_restated_history_is_noticed() {
    let closes = [
        ("2026-11-16", 10.0),
        ("2026-11-17", 10.2),
        ("2026-11-18", 10.4),
    ];
    let fed = stored(stock(1, "IREN"), "yahoo", &closes);
    let check = |due: &Due, provider, quotes: &Quotes, expected: Option<Restated>| {
        assert_eq!(restated(due, provider, quotes, None), expected);
    };
    let yahoo = Provider::Yahoo;
    check(&fed, yahoo, &quotes(&closes, &[]), None);
    // Half a percent is not a restatement, more is.
    check(
        &fed,
        yahoo,
        &quotes(&[("2026-11-17", 10.2 * 1.0049)], &[]),
        None,
    );
    let moved = |on: &str, change| {
        Some(Restated::Moved {
            day: day(on),
            change,
        })
    };
    let found = restated(
        &fed,
        yahoo,
        &quotes(&[("2026-11-17", 10.2 * 0.994)], &[]),
        None,
    );
    assert!(matches!(found, Some(Restated::Moved { change, .. }) if (change + 0.006).abs() < 1e-9));
    // A day that is not stored says nothing.
    check(&fed, yahoo, &quotes(&[("2026-11-19", 99.0)], &[]), None);
    check(&fed, yahoo, &quotes(&[("2026-11-15", 99.0)], &[]), None);
    // Nor does one of a session that had not ended, before or now.
    let twice = quotes(&[("2026-11-18", 20.8)], &[]);
    check(&fed, yahoo, &twice, moved("2026-11-18", 1.0));
    let mut live = fed.clone();
    live.feed.live = Some(day("2026-11-18"));
    check(&live, yahoo, &twice, None);
    assert_eq!(restated(&fed, yahoo, &twice, Some(day("2026-11-18"))), None);
    // Nor the user's own.
    let own = stored(fed.clone(), "typed", &[("2026-11-18", 11.0)]);
    check(&own, yahoo, &twice, None);
    // A share has the same close everywhere.
    check(&fed, Provider::Nasdaq, &twice, moved("2026-11-18", 1.0));
    // Nothing stored, nothing restated.
    check(
        &stock(1, "IREN"),
        yahoo,
        &quotes(&closes, &[split("2026-11-17", 2, 1)]),
        None,
    );
}

#[test]
fn a_close_in_cents_is_the_same_close() {
    let check = |stored_as: (&str, f64), by, told: f64, expected: bool| {
        let penny = stored(
            stock(1, "MIGI"),
            stored_as.0,
            &[("2026-11-18", stored_as.1)],
        );
        let found = restated(&penny, by, &quotes(&[("2026-11-18", told)], &[]), None);
        assert_eq!(found.is_some(), expected, "{} {told}", stored_as.1);
    };
    let (yahoo, nasdaq) = (Provider::Yahoo, Provider::Nasdaq);
    // 0.3049 in cents is 0.30, 1.6 % less.
    check(("yahoo", 0.3049), nasdaq, 0.30, false);
    check(("nasdaq", 0.30), yahoo, 0.3049, false);
    check(("yahoo", 0.305), nasdaq, 0.31, false);
    // A cent more is another close, and so is another one to the fourth digit.
    check(("yahoo", 0.3049), nasdaq, 0.31, true);
    check(("nasdaq", 0.30), nasdaq, 0.31, true);
    check(("yahoo", 0.3049), yahoo, 0.3012, true);
}

#[test]
fn two_securities_do_not_fit() {
    let closes = [
        ("2026-11-16", 10.0),
        ("2026-11-17", 10.4),
        ("2026-11-18", 9.9),
    ];
    let fed = stored(stock(1, "IREN"), "yahoo", &closes);
    let check = |due: &Due, told: [f64; 3], expected: Fit| {
        let days = closes.iter().zip(told);
        let told: Vec<(&str, f64)> = days.map(|((day, _), close)| (*day, close)).collect();
        assert_eq!(fit(due, &quotes(&told, &[]).bars), expected);
    };
    check(&fed, [10.0, 10.4, 9.91], Fit::Same);
    check(&fed, [2.5, 2.6, 2.48], Fit::Scaled);
    check(&fed, [10.3, 11.3, 9.2], Fit::Other);
    // A split since the first start's closes.
    let starter = stored(stock(1, "IREN"), "starter", &closes);
    check(&starter, [2.5, 2.6, 2.48], Fit::Scaled);
    // The user's own say nothing.
    let own = stored(fed, "typed", &closes);
    check(&own, [10.3, 11.3, 9.2], Fit::Same);
    let coin = stored(bitcoin(), "coinbase", &closes);
    check(&coin, [10.3, 11.3, 9.2], Fit::Same);
}

#[test]
fn coins_and_rates_are_compared_with_their_own_provider_alone() {
    let closes = [("2026-11-17", 90000.0), ("2026-11-18", 91000.0)];
    let other = quotes(&[("2026-11-18", 92000.0)], &[]);
    let coin = stored(bitcoin(), "coinbase", &closes);
    assert!(restated(&coin, Provider::Coinbase, &other, None).is_some());
    assert!(restated(&coin, Provider::Kraken, &other, None).is_none());
    let later = stored(coin, "kraken", &[("2026-11-19", 91500.0)]);
    // Coinbase's rows end before it.
    let nineteenth = quotes(&[("2026-11-19", 93000.0)], &[]);
    assert!(restated(&later, Provider::Coinbase, &nineteenth, None).is_none());
    assert!(restated(&later, Provider::Kraken, &nineteenth, None).is_some());
    let mut rate = stored(stock(1, "EURUSD=X"), "yahoo", &[("2026-11-18", 1.10)]);
    rate.instrument.kind = InstrumentKind::Fx;
    let other = quotes(&[("2026-11-18", 1.12)], &[]);
    assert!(restated(&rate, Provider::Ecb, &other, None).is_none());
    assert!(restated(&rate, Provider::Yahoo, &other, None).is_some());
}

#[test]
fn an_event_counts_once() {
    let closes = [("2026-11-16", 10.0), ("2026-11-18", 10.4)];
    let fed = stored(stock(1, "IREN"), "yahoo", &closes);
    let (four, paid) = (split("2026-11-17", 4, 1), dividend("2026-11-17", "0.25"));
    let check = |due: &Due, provider, events: &[PriceEvent], expected: Option<PriceEvent>| {
        let found = restated(due, provider, &quotes(&closes, events), None);
        assert_eq!(found, expected.map(Restated::Event));
    };
    let yahoo = Provider::Yahoo;
    check(&fed, yahoo, &[four], Some(four));
    check(&fed, yahoo, &[paid], Some(paid));
    // A split says more than a dividend.
    check(&fed, yahoo, &[paid, four], Some(four));
    let told = knows(fed.clone(), yahoo, paid);
    check(&told, yahoo, &[paid], None);
    check(&told, yahoo, &[paid, four], Some(four));
    check(
        &told,
        yahoo,
        &[dividend("2026-11-17", "0.26")],
        Some(dividend("2026-11-17", "0.26")),
    );
    // Nothing stored lies before it.
    check(&fed, yahoo, &[split("2026-11-16", 4, 1)], None);
    check(&fed, yahoo, &[split("2026-11-13", 4, 1)], None);
    // A fallback tells in other digits what the first one told.
    check(
        &told,
        Provider::Tiingo,
        &[dividend("2026-11-17", "0.250001")],
        None,
    );
    check(&told, Provider::Tiingo, &[four], Some(four));
    // A changed close says more than a dividend.
    let moved = quotes(&[("2026-11-18", 5.2)], &[paid]);
    let found = restated(&fed, yahoo, &moved, None);
    assert!(matches!(found, Some(Restated::Moved { .. })));
}
