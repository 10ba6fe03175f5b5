//! `prices update` and `prices list` from end to end: the command line, the real
//! HTTP client, a server on this machine that replays bodies in the providers'
//! forms, and the book on disk. Time passes only by waiting.

mod desk;
mod documented;
mod live;
mod troubles;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use gigawatch::cli::Exit;
use gigawatch::model::instrument::InstrumentKind;
use gigawatch::store::Store;
use serde_json::{Value, json};

use crate::fetch_fake::{coinbase, instrument, nasdaq, yahoo, yahoo_dividend, yahoo_split};
use crate::loopback::{Loopback, Script};
use desk::{COIN, NASDAQ, PriceDesk, SHARE, body, of};

/// Closes of a share on Thursday and Friday.
const TWO_DAYS: &[(&str, f64)] = &[("2026-11-19", 10.0), ("2026-11-20", 11.0)];

#[test]
fn whole_histories_first_then_only_what_is_missing() {
    let server = Loopback::routes([
        (
            SHARE,
            vec![
                body(yahoo("IREN", TWO_DAYS, "")),
                body(yahoo(
                    "IREN",
                    &[
                        ("2026-11-19", 10.0),
                        ("2026-11-20", 11.0),
                        ("2026-11-23", 12.0),
                    ],
                    "",
                )),
            ],
        ),
        (
            COIN,
            vec![
                body(coinbase(&[
                    ("2026-11-19", 90000.0),
                    ("2026-11-20", 91000.0),
                ])),
                Script::json("[]"),
                body(coinbase(&[
                    ("2026-11-19", 90000.0),
                    ("2026-11-20", 91000.0),
                    ("2026-11-22", 92000.0),
                ])),
            ],
        ),
    ]);
    let mut desk = PriceDesk::new(&server, "2026-11-21T12:00:00Z");
    desk.add(instrument(1, "IREN", InstrumentKind::Stock));
    desk.add(instrument(2, "BTC-USD", InstrumentKind::Crypto));
    let first = desk.update(&[], Exit::Done);
    let lines = first.as_array().unwrap();
    // Bitcoin stands first.
    assert_eq!(lines[0]["symbol"], "BTC-USD");
    assert_eq!(lines[0]["provider"], "coinbase");
    let share = of(&first, "IREN");
    assert_eq!(
        (share["outcome"].as_str(), share["rows"].as_u64()),
        (Some("rebuilt"), Some(2))
    );
    assert_eq!(share["last_day"], "2026-11-20");
    assert_eq!(share["attempts"][0]["provider"], "yahoo");

    let asked = server.log().len();
    desk.set_time("2026-11-23T21:30:00Z");
    let second = desk.update(&[], Exit::Done);
    assert_eq!(of(&second, "IREN")["outcome"], "updated");
    assert_eq!(of(&second, "IREN")["rows"], 1);
    assert_eq!(of(&second, "IREN")["last_day"], "2026-11-23");
    let targets: Vec<String> = server.targets().split_off(asked);
    assert_eq!(targets.len(), 2, "{targets:?}");
    // Friday less five days, on a day with a close: 13 November, and one more
    // for where a session begins.
    let share = targets.iter().find(|target| target.contains("IREN"));
    assert!(share.unwrap().contains("period1=1794441600"), "{targets:?}");
    assert_eq!(of(&desk.list(), "IREN")["rows"], 3);
    // The 21st of Bitcoin is missing.
    assert_eq!(of(&desk.list(), "BTC-USD")["gaps"], 1);
}

#[test]
fn the_list_says_how_far_prices_reach_and_how_they_came() {
    let days = &[("2026-11-17", 10.0), ("2026-11-20", 11.0)];
    let server = Loopback::routes([(SHARE, vec![body(yahoo("IREN", days, ""))])]);
    let desk = PriceDesk::new(&server, "2026-11-21T12:00:00Z");
    desk.add(instrument(1, "IREN", InstrumentKind::Stock));
    desk.add(instrument(2, "WULF", InstrumentKind::Stock));
    let line = |provider: Value, first: Value, last: Value, rows: u64, gaps: Value| {
        json!({
            "provider": provider, "first_day": first, "last_day": last, "rows": rows, "gaps": gaps
        })
    };
    let check = |symbol: &str, mut line: Value, attempt: Value, result: Value| {
        line["symbol"] = symbol.into();
        line["last_attempt"] = attempt;
        line["last_result"] = result;
        assert_eq!(*of(&desk.list(), symbol), line);
    };
    let empty = || line(Value::Null, Value::Null, Value::Null, 0, Value::Null);
    check("IREN", empty(), Value::Null, Value::Null);
    desk.update(&["--symbols", "IREN"], Exit::Done);
    let at = "2026-11-21T12:00:00Z";
    let full = line(
        "yahoo".into(),
        "2026-11-17".into(),
        "2026-11-20".into(),
        2,
        2.into(),
    );
    check("IREN", full, at.into(), "rebuilt".into());
    desk.update(&["--symbols", "WULF"], Exit::Failed);
    let listed = desk.list();
    assert_eq!(of(&listed, "WULF")["last_result"], "unknown_symbol");
    assert_eq!(of(&listed, "WULF")["gaps"], Value::Null);
}

#[test]
fn what_came_is_on_disk_while_others_are_still_asked() {
    let (told, seen) = std::sync::mpsc::sync_channel(9);
    let folder = Arc::new(Mutex::new(PathBuf::new()));
    let data = Arc::clone(&folder);
    let server = Loopback::start(move |request| {
        if request.target.starts_with(SHARE) {
            return body(yahoo("IREN", TWO_DAYS, ""));
        }
        let data = data.lock().unwrap().clone();
        let end = Instant::now() + Duration::from_secs(5);
        let is_stored = std::iter::repeat_with(|| is_on_disk(&data, "IREN"))
            .take_while(|_| Instant::now() < end)
            .any(|is_stored| is_stored);
        told.try_send(is_stored).unwrap();
        body(yahoo("WULF", TWO_DAYS, ""))
    });
    let mut desk = PriceDesk::new(&server, "2026-11-21T12:00:00Z");
    *folder.lock().unwrap() = desk.data();
    // Longer than the server looks.
    desk.whole = Duration::from_secs(30);
    desk.add(instrument(1, "IREN", InstrumentKind::Stock));
    desk.add(instrument(2, "WULF", InstrumentKind::Stock));
    desk.update(&[], Exit::Done);
    assert!(seen.try_recv().unwrap(), "nothing was stored in time");
}

/// Whether closes of that symbol are stored, for another instance to read.
fn is_on_disk(data: &Path, symbol: &str) -> bool {
    let now = "2026-11-21T12:00:00Z".parse().unwrap();
    let prices = Store::open(data, now).map(|opened| opened.store.load_prices().unwrap());
    prices.is_ok_and(|prices| prices.get(symbol).is_some())
}

#[test]
fn a_split_restates_the_history_and_leaves_no_cliff() {
    let after = &[
        ("2026-11-19", 2.5),
        ("2026-11-20", 2.75),
        ("2026-11-23", 3.0),
    ];
    let split = yahoo_split("2026-11-23", 4, 1);
    let server = Loopback::routes([(
        SHARE,
        vec![
            body(yahoo("IREN", TWO_DAYS, "")),
            // What is missing, with the split; then all of it, as asked anew.
            body(yahoo("IREN", after, &split)),
            body(yahoo("IREN", after, &split)),
        ],
    )]);
    let mut desk = PriceDesk::new(&server, "2026-11-21T12:00:00Z");
    desk.add(instrument(1, "IREN", InstrumentKind::Stock));
    desk.update(&[], Exit::Done);
    desk.set_time("2026-11-23T21:30:00Z");
    let told = desk.update(&[], Exit::Done);
    let line = of(&told, "IREN");
    assert_eq!(line["outcome"], "rebuilt");
    let detail = line["detail"].as_str().unwrap();
    assert!(
        detail.contains("a split of 4 for 1 on 23 Nov 2026"),
        "{detail}"
    );
    assert_eq!(desk.closes("IREN"), [2.5, 2.75, 3.0]);
    assert_eq!(server.log().len(), 3);
    // The split is known from now on.
    desk.set_time("2026-11-24T15:00:00Z");
    let told = desk.update(&[], Exit::Done);
    assert_eq!(of(&told, "IREN")["outcome"], "unchanged");
    assert_eq!(server.log().len(), 4);
}

#[test]
fn a_new_ticker_continues_the_line() {
    let renamed = &[
        ("2026-11-19", 3.0),
        ("2026-11-20", 3.1),
        ("2026-11-23", 3.2),
    ];
    let server = Loopback::routes([
        (
            "/v8/finance/chart/BITF",
            vec![body(yahoo(
                "BITF",
                &[("2026-11-19", 3.0), ("2026-11-20", 3.1)],
                "",
            ))],
        ),
        (
            "/v8/finance/chart/KEEL",
            vec![body(yahoo("KEEL", renamed, ""))],
        ),
    ]);
    let mut desk = PriceDesk::new(&server, "2026-11-21T12:00:00Z");
    let mut share = instrument(1, "BITF", InstrumentKind::Stock);
    desk.add(share.clone());
    desk.update(&[], Exit::Done);
    share.symbol = "KEEL".to_owned();
    share.former_symbols = vec!["BITF".to_owned()];
    desk.add(share);
    desk.set_time("2026-11-23T21:30:00Z");
    // The former symbol names it, too.
    let told = desk.update(&["--symbols", "bitf"], Exit::Done);
    assert_eq!(of(&told, "KEEL")["rows"], 1);
    assert_eq!(desk.closes("KEEL"), [3.0, 3.1, 3.2]);
}

#[test]
fn a_provider_that_knows_the_new_ticker_says_so() {
    let server = Loopback::routes([(
        "/v8/finance/chart/BITF",
        vec![body(yahoo("KEEL", TWO_DAYS, ""))],
    )]);
    let desk = PriceDesk::new(&server, "2026-11-21T12:00:00Z");
    desk.add(instrument(1, "BITF", InstrumentKind::Stock));
    let told = desk.update(&[], Exit::Done);
    let detail = of(&told, "BITF")["detail"].as_str().unwrap().to_owned();
    assert!(detail.contains("is now KEEL there"), "{detail}");
}

#[test]
fn since_and_rebuild_ask_for_more_than_is_missing() {
    let server = Loopback::routes([(
        SHARE,
        vec![body(yahoo(
            "IREN",
            TWO_DAYS,
            &yahoo_dividend("2026-11-19", "0.1"),
        ))],
    )]);
    let desk = PriceDesk::new(&server, "2026-11-21T12:00:00Z");
    desk.add(instrument(1, "IREN", InstrumentKind::Stock));
    desk.update(&[], Exit::Done);
    let told = desk.update(&["--since", "2026-11-02"], Exit::Done);
    assert_eq!(of(&told, "IREN")["outcome"], "unchanged");
    let told = desk.update(&["--rebuild", "--symbols", "IREN"], Exit::Done);
    assert_eq!(of(&told, "IREN")["outcome"], "rebuilt");
    let from: Vec<String> = server
        .targets()
        .iter()
        .map(|target| target.split("period1=").nth(1).unwrap())
        .map(|rest| rest.split('&').next().unwrap().to_owned())
        .collect();
    // From 1900, from 1 November, from 1900.
    assert_eq!(from, ["-2208988800", "1793491200", "-2208988800"]);
}

#[test]
fn people_read_a_table_and_how_far_it_is() {
    let server = Loopback::routes([
        (SHARE, vec![body(yahoo("IREN", TWO_DAYS, ""))]),
        (NASDAQ, vec![body(nasdaq("WULF", TWO_DAYS))]),
    ]);
    let mut desk = PriceDesk::new(&server, "2026-11-21T12:00:00Z");
    desk.is_watched = true;
    desk.add(instrument(1, "IREN", InstrumentKind::Stock));
    desk.add(instrument(2, "WULF", InstrumentKind::Stock));
    let mut locked = instrument(3, "HUT", InstrumentKind::Stock);
    locked.locked = true;
    desk.add(locked);
    let ran = desk.run(&["prices", "update"]);
    assert_eq!(ran.exit, Exit::Done, "{}", ran.err);
    let lines: Vec<&str> = ran.out.lines().collect();
    assert!(
        lines[0].starts_with("Symbol  Provider  Result"),
        "{}",
        ran.out
    );
    assert!(
        lines[1].starts_with(
            "HUT     —         locked              —  —           its prices are kept by hand"
        ),
        "{}",
        ran.out
    );
    assert!(
        lines[2].contains("history fetched     2  2026-11-20"),
        "{}",
        ran.out
    );
    assert!(lines[3].contains("Nasdaq"), "{}", ran.out);
    assert!(
        ran.err.contains("[1/2] IREN: whole history: 2 rows"),
        "{}",
        ran.err
    );
    assert!(ran.err.contains("[2/2] WULF: Yahoo "), "{}", ran.err);
    let table = desk.run(&["prices", "list"]).out;
    assert!(
        table.contains("IREN    yahoo     2026-11-19  2026-11-20"),
        "{table}"
    );
    assert!(table.contains("HUT     —         —           —"), "{table}");
}

#[test]
fn what_cannot_be_done_is_said_before_anything_is_asked() {
    let server = Loopback::routes([(SHARE, vec![Script::status(500)])]);
    let mut desk = PriceDesk::new(&server, "2026-11-21T12:00:00Z");
    desk.add(instrument(1, "IREN", InstrumentKind::Stock));
    let check = |desk: &PriceDesk, args: &[&str], exit, told: &str| {
        let ran = desk.run(args);
        assert_eq!(ran.exit, exit, "{args:?}: {}", ran.err);
        assert!(ran.err.contains(told), "{args:?}: {}", ran.err);
        assert_eq!(ran.out, "", "{args:?}");
    };
    for (args, told) in [
        (
            &["prices", "update", "--offline"][..],
            "leave --offline out",
        ),
        (
            &["prices", "update", "--symbols", "IREN,NOPE"],
            "“NOPE” is not in the book: it has IREN",
        ),
        (
            &["prices", "update", "--rebuild", "--since", "2026-11-02"],
            "cannot be used with",
        ),
        (
            &[
                "prices",
                "list",
                "--provider-url",
                "google=https://example.org",
            ],
            "“google” is none of yahoo, nasdaq",
        ),
        (
            &[
                "prices",
                "list",
                "--provider-url",
                "yahoo=http://example.org",
            ],
            "http://example.org",
        ),
        (
            &["prices", "list", "--provider-url", "yahoo"],
            "write it like",
        ),
    ] {
        check(&desk, args, Exit::Usage, told);
    }
    let window = Store::open(&desk.data(), desk.time()).unwrap().store;
    let update = &["prices", "update"];
    check(
        &desk,
        update,
        Exit::Failed,
        "because another Gigawatch has this book open",
    );
    drop(window);
    desk.settings("[prices]\noffline = true\n");
    check(
        &desk,
        update,
        Exit::Failed,
        "offline = false under [prices]",
    );
    assert_eq!(server.targets(), Vec::<String>::new());
}

#[test]
fn the_settings_say_whom_to_ask() {
    let server = Loopback::routes([
        (SHARE, vec![body(yahoo("IREN", TWO_DAYS, ""))]),
        ("/api/quote/IREN", vec![body(nasdaq("IREN", TWO_DAYS))]),
    ]);
    let mut desk = PriceDesk::new(&server, "2026-11-21T12:00:00Z");
    desk.add(instrument(1, "IREN", InstrumentKind::Stock));
    desk.settings("theme = \"dark\"\n[prices]\noff = [\"yahoo\"]\n");
    let told = desk.update(&[], Exit::Done);
    assert_eq!(of(&told, "IREN")["provider"], "nasdaq");
    desk.settings("[prices]\noff = [\"yahoo\", \"nasdaq\", \"tiingo\"]\n");
    let told = desk.update(&[], Exit::Failed);
    assert_eq!(of(&told, "IREN")["outcome"], "no_provider");
    assert_eq!(of(&told, "IREN")["rows"], Value::Null);
    desk.settings("[prices\n");
    let ran = desk.run(&["prices", "update"]);
    assert_eq!(ran.exit, Exit::Done);
    assert!(ran.err.contains("is not understood"), "{}", ran.err);
}
