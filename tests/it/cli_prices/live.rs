//! Reports of prices that were taken within a session: they say so, until the
//! close has come. They never ask anybody themselves.

use gigawatch::cli::Exit;
use serde_json::{Value, json};

use super::desk::{COIN, PriceDesk, SHARE, body};
use crate::fetch_fake::{coinbase, yahoo};
use crate::loopback::{Loopback, Script};

const SESSION: &str = "2026-11-20T16:00:00Z";
const WEEKEND: &str = "2026-11-21T12:00:00Z";

fn coin(closes: &[(&str, f64)]) -> Script {
    body(coinbase(closes))
}

fn share(last: f64) -> Script {
    let closes = &[
        ("2025-12-31", 38.0),
        ("2026-11-19", 43.0),
        ("2026-11-20", last),
    ];
    body(yahoo("IREN", closes, ""))
}

/// A desk on the starter book with IREN and Bitcoin fetched within a session.
fn desk(server: &Loopback) -> PriceDesk {
    let desk = PriceDesk::on_starter(server, SESSION);
    desk.update(&["--symbols", "IREN,BTC-USD"], Exit::Done);
    desk
}

fn server() -> Loopback {
    let days = &[("2025-12-31", 87_000.0), ("2026-11-19", 90_000.0)];
    let with = |last: f64| [days[0], days[1], ("2026-11-20", last)];
    Loopback::routes([
        (SHARE, vec![share(44.0), share(45.0)]),
        (
            COIN,
            vec![
                coin(&with(91_000.0)),
                Script::json("[]"),
                coin(&[("2026-11-20", 92_000.0), ("2026-11-21", 93_000.0)]),
            ],
        ),
    ])
}

#[track_caller]
fn report(desk: &PriceDesk, args: &[&str]) -> Value {
    serde_json::from_str(&text(desk, &[args, &["--json"]].concat())).unwrap()
}

#[track_caller]
fn text(desk: &PriceDesk, args: &[&str]) -> String {
    let ran = desk.run(&[&["report"], args].concat());
    assert_eq!(ran.exit, Exit::Done, "{args:?}: {}", ran.err);
    ran.out
}

fn row<'a>(report: &'a Value, key: &str, symbol: &str) -> &'a Value {
    let mut rows = report[key].as_array().unwrap().iter();
    rows.find(|row| row["symbol"] == symbol).unwrap()
}

#[test]
fn a_price_within_a_session_is_told_by_every_report_with_prices() {
    let server = server();
    let desk = desk(&server);
    let asked = server.targets().len();
    let note = "taken within the session of 2026-11-20; the close replaces it";
    let watchlist = report(&desk, &["watchlist"]);
    assert_eq!(watchlist["prices_to"], "2026-11-20");
    assert_eq!(watchlist["prices_live"], true);
    let iren = row(&watchlist, "rows", "IREN");
    assert_eq!(
        (&iren["last_close"], &iren["price_live"]),
        (&json!(44.0), &json!(true))
    );
    assert_eq!(iren["notes"]["last_close"], note);
    assert_eq!(
        iren["notes"]["excess_return_ytd"],
        "BTC-USD was taken within the session of 2026-11-20"
    );
    let hut = row(&watchlist, "rows", "HUT");
    assert_eq!(
        (&hut["price_live"], &hut["notes"]["last_close"]),
        (&json!(false), &Value::Null)
    );
    assert_eq!(report(&desk, &["company", "IREN"])["row"], *iren);
    let compare = report(&desk, &["compare", "--symbols", "IREN,HUT"]);
    for (symbol, live) in [("IREN", true), ("HUT", false), ("BTC-USD", true)] {
        let row = row(&compare, "series", symbol);
        assert_eq!(row["price_live"], live, "{symbol}");
        let told = if live { note.into() } else { Value::Null };
        assert_eq!(row["notes"]["last_close"], told, "{symbol}");
    }
    let csv = text(&desk, &["watchlist", "--csv"]);
    assert!(csv.contains("IREN,IREN,44,2026-11-20,true,"), "{csv}");
    // A day before, there is nothing live about it.
    let before = report(&desk, &["watchlist", "--as-of", "2026-11-19"]);
    assert_eq!(before["prices_live"], false);
    assert_eq!(row(&before, "rows", "IREN")["price_live"], false);
    assert_eq!(server.targets().len(), asked);
}

#[test]
fn people_see_a_mark_and_what_it_means() {
    let server = server();
    let desk = desk(&server);
    let watchlist = text(&desk, &["watchlist"]);
    let head = "As of 2026-11-20; newest price 2026-11-20, within its session; 17 of 19 series: weekly starter prices";
    assert!(watchlist.starts_with(head), "{watchlist}");
    let line = watchlist.lines().find(|line| line.starts_with("IREN"));
    assert!(line.unwrap().contains("  * 44.00  +2.3%  "), "{watchlist}");
    let note = "taken within the session of 2026-11-20; the close replaces it";
    assert!(
        watchlist.contains(&format!("* Close: {note} (IREN)\n")),
        "{watchlist}"
    );
    let told = "vs BTC: BTC-USD was taken within the session of 2026-11-20 (IREN)\n";
    assert!(watchlist.contains(told), "{watchlist}");
    let compare = text(&desk, &["compare", "--symbols", "IREN,HUT"]);
    assert!(compare.contains(" * 44.00 "), "{compare}");
    assert!(
        compare.contains(&format!("* Last: {note} (IREN, BTC-USD)\n")),
        "{compare}"
    );
    for line in watchlist.lines().chain(compare.lines()) {
        assert!(line.chars().count() <= 120, "{line}");
    }
}

#[test]
fn the_close_takes_the_mark_away() {
    let server = server();
    let mut desk = desk(&server);
    desk.set_time(WEEKEND);
    desk.update(&["--symbols", "IREN,BTC-USD"], Exit::Done);
    let watchlist = report(&desk, &["watchlist"]);
    let iren = row(&watchlist, "rows", "IREN");
    assert_eq!(
        (&iren["last_close"], &iren["price_live"]),
        (&json!(45.0), &json!(false))
    );
    assert_eq!(iren["notes"]["last_close"], Value::Null);
    // Bitcoin trades on: the other half of the excess is of its Saturday.
    assert_eq!(
        iren["notes"]["excess_return_ytd"],
        "BTC-USD was taken within the session of 2026-11-21"
    );
    assert_eq!(watchlist["prices_live"], true);
    let compare = report(&desk, &["compare", "--symbols", "IREN"]);
    assert_eq!(row(&compare, "series", "BTC-USD")["price_live"], true);
    assert_eq!(row(&compare, "series", "IREN")["price_live"], false);
}
