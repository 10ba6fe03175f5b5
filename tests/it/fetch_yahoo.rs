//! Bodies of Yahoo's chart service: what is asked and what is read.

use gigawatch::fetch::{Ask, default_base, requests};
use gigawatch::model::Provider;
use gigawatch::model::instrument::InstrumentKind;
use jiff::civil::date;

use crate::fetch_quotes::{ask, ask_from, check, check_bytes, golden, share};

#[track_caller]
fn yahoo(name: &str, ask: &Ask, expected: &str) {
    check(Provider::Yahoo, name, ask, expected);
}

/// The body of a file with one text in place of another.
fn changed(name: &str, from: &str, to: &str) -> Vec<u8> {
    let text = String::from_utf8(golden(name)).unwrap();
    assert!(text.contains(from), "{name} has no {from}");
    text.replace(from, to).into_bytes()
}

#[track_caller]
fn check_url(ask: &Ask, expected: &str) {
    let made = requests(Provider::Yahoo, default_base(Provider::Yahoo), ask);
    let urls: Vec<_> = made.iter().map(|request| request.url.as_str()).collect();
    let expected = format!("https://query1.finance.yahoo.com/v8/finance/chart/{expected}");
    assert_eq!(urls, [expected]);
}

#[test]
fn a_day_more_is_asked_for_at_each_end() {
    // The whole history, up to now.
    check_url(
        &share(),
        "MINE?interval=1d&period1=-2208988800&period2=1793372640&events=div%2Csplits",
    );
    // From Saturday midnight on.
    check_url(
        &ask_from("^GSPC", InstrumentKind::Index, date(2026, 10, 25)),
        "%5EGSPC?interval=1d&period1=1792800000&period2=1793372640&events=div%2Csplits",
    );
    let mut past = ask_from("EURUSD=X", InstrumentKind::Fx, date(2026, 10, 5));
    past.to = date(2026, 10, 9);
    check_url(
        &past,
        "EURUSD%3DX?interval=1d&period1=1791072000&period2=1791676800&events=div%2Csplits",
    );
    // A clock that stands before the days asked for still makes a span.
    let mut early = share();
    early.from = Some(date(2026, 10, 30));
    early.now = "2026-10-01T00:00:00Z".parse().unwrap();
    check_url(
        &early,
        "MINE?interval=1d&period1=1793232000&period2=1793318400&events=div%2Csplits",
    );
}

#[test]
fn widened_floats_splits_and_dividends() {
    yahoo(
        "yahoo_split_and_dividend.json",
        &share(),
        "in USD
         2026-10-26 23 23.64 23.64 23.64 23.1 33314200
         2026-10-27 24.05 24.1 24.1 24.1 23.6 225702703
         2026-10-28 6.02 6.155 6.155 6.155 6.1 1
         2026-10-29 6.1 6.2 6.2 6.2 6.15 2
         2026-10-30 21 21.5 21.5 21.5 21.5 3
         2026-10-27 dividend 0.056
         2026-10-28 split 4:1
         2026-10-29 dividend 0.205
         2026-10-30 split 1:10
         live 2026-10-30",
    );
    let middle = ask_from("MINE", InstrumentKind::Stock, date(2026, 10, 29));
    yahoo(
        "yahoo_split_and_dividend.json",
        &middle,
        "in USD
         2026-10-29 6.1 6.2 6.2 6.2 6.15 2
         2026-10-30 21 21.5 21.5 21.5 21.5 3
         2026-10-29 dividend 0.205
         2026-10-30 split 1:10
         live 2026-10-30",
    );
    // A split of nothing for something, and a ratio as text alone.
    let odd = changed(
        "yahoo_split_and_dividend.json",
        r#""numerator":4"#,
        r#""numerator":0,"was":4"#,
    );
    let odd = String::from_utf8(odd).unwrap();
    let odd = odd.replace(r#""splitRatio":"4:1""#, r#""splitRatio":"0:1""#);
    let odd = odd.replace(r#""amount":0.205"#, r#""amount":null"#);
    let odd = odd.replace(r#""numerator":1,"denominator":10"#, r#""denominator":10"#);
    check_bytes(
        Provider::Yahoo,
        odd.as_bytes(),
        &middle,
        "in USD
         2026-10-29 6.1 6.2 6.2 6.2 6.15 2
         2026-10-30 21 21.5 21.5 21.5 21.5 3
         2026-10-30 split 1:10
         live 2026-10-30
         skipped 2026-10-29: a dividend without an amount",
    );
}

#[test]
fn pence_and_the_like_become_the_main_unit() {
    let london = ask("PIT.L", InstrumentKind::Stock);
    let pounds = |code: &str| {
        format!(
            "in {code}
             2026-10-26 1.2345 1.2345 1.2345 1.2345 1.214 1000
             2026-10-27 1.2 1.2 1.2 1.2 1.2 2000
             2026-10-28 1.193 1.193 1.193 1.193 1.193 3000
             2026-10-27 dividend 0.025"
        )
    };
    yahoo("yahoo_pence.json", &london, &pounds("GBP"));
    for (unit, code) in [("GBX", "GBP"), ("ZAc", "ZAR"), ("ILA", "ILS")] {
        let body = changed("yahoo_pence.json", "GBp", unit);
        check_bytes(Provider::Yahoo, &body, &london, &pounds(code));
    }
    for unit in ["Euro", "usd", "KWF2", "€"] {
        let body = changed("yahoo_pence.json", "GBp", unit);
        let expected = format!("gives prices in “{unit}”, which is no currency known here");
        check_bytes(Provider::Yahoo, &body, &london, &expected);
    }
    // Without a unit the figures stay as they are, and no currency is claimed.
    let body = changed(
        "yahoo_pence.json",
        r#""currency":"GBp""#,
        r#""currency":null"#,
    );
    let mut day = london;
    day.to = date(2026, 10, 26);
    check_bytes(
        Provider::Yahoo,
        &body,
        &day,
        "in —
         2026-10-26 123.45 123.45 123.45 123.45 121.4 1000",
    );
}

#[test]
fn days_are_those_of_the_exchange() {
    let sydney = ask("MINE.AX", InstrumentKind::Stock);
    let expected = "in AUD
                    2026-10-26 1.5 1.5 1.5 1.5 1.5 1000
                    2026-10-27 1.525 1.525 1.525 1.525 1.525 2000
                    2026-10-28 1.51 1.51 1.51 1.51 1.51 3000";
    yahoo("yahoo_sydney.json", &sydney, expected);
    let us_dollars = expected.replace("AUD", "USD");
    yahoo("yahoo_unknown_zone.json", &share(), &us_dollars);
    let utc = changed("yahoo_unknown_zone.json", r#""gmtoffset":39600,"#, "");
    check_bytes(
        Provider::Yahoo,
        &utc,
        &share(),
        "in USD
         2026-10-25 1.5 1.5 1.5 1.5 1.5 1000
         2026-10-26 1.525 1.525 1.525 1.525 1.525 2000
         2026-10-27 1.51 1.51 1.51 1.51 1.51 3000",
    );
    yahoo(
        "yahoo_before_1970.json",
        &share(),
        "in USD
         1962-01-02 7.25 7.25 7.25 7.25 7.25 1000
         1962-01-03 7.375 7.375 7.375 7.375 7.375 2000",
    );
    let coin = ask("BTC-USD", InstrumentKind::Crypto);
    yahoo(
        "yahoo_coin.json",
        &coin,
        "in USD
         2026-10-28 81234.5 81234.5 81234.5 81234.5 81234.5 28565664997
         2026-10-29 80111.25 80111.25 80111.25 80111.25 80111.25 30802083465
         2026-10-30 80500.75 80500.75 80500.75 80500.75 80500.75 18111481032
         live 2026-10-30",
    );
}

#[test]
fn rows_that_are_no_prices_are_left_out() {
    yahoo(
        "yahoo_nulls.json",
        &share(),
        "in USD
         2026-10-26 10 11 10 10.5 10.5 500
         2026-10-28 — — 10 10.25 10.25 —
         2026-10-29 10.5 11 — 10.75 10.75 —
         2026-10-30 — 11.5 — 11 11 0
         live 2026-10-30
         skipped 2026-10-27: no close",
    );
    yahoo(
        "yahoo_unsorted.json",
        &share(),
        "in USD
         2026-10-26 10 10 10 10 10 2000
         2026-10-28 12 12 12 12 12 1000
         2026-10-29 13.5 13.5 13.5 13.5 13.5 5000
         skipped 2026-10-27: close of 0
         skipped 2026-10-30: close of -1",
    );
    let text = changed(
        "yahoo_no_adjclose.json",
        r#""close":[10,"#,
        r#""close":["ten","#,
    );
    check_bytes(
        Provider::Yahoo,
        &text,
        &share(),
        "in USD
         2026-10-27 11 11 11 11 — 2000
         skipped 2026-10-26: a close that is no number: “ten”",
    );
    let none = changed(
        "yahoo_no_adjclose.json",
        r#""close":[10,11]"#,
        r#""close":[null,0]"#,
    );
    check_bytes(
        Provider::Yahoo,
        &none,
        &share(),
        "has no prices of those days: 2 rows cannot be taken, the first has no close",
    );
}

#[test]
fn the_running_session_is_marked() {
    let live = "in USD
         2026-10-26 20 20 20 20 20 1000
         2026-10-27 20.5 20.5 20.5 20.5 20.5 2000
         2026-10-28 20.25 20.25 20.25 20.25 20.25 3000
         2026-10-29 20.75 20.75 20.75 20.75 20.75 4000
         2026-10-30 21.5 21.5 21.5 21.5 21.5 6000
         live 2026-10-30
         skipped 2026-10-30: an earlier one of two rows of the day";
    yahoo("yahoo_live_row.json", &share(), live);
    let mut after = share();
    after.now = "2026-10-30T20:00:00Z".parse().unwrap();
    yahoo(
        "yahoo_live_row.json",
        &after,
        &live.replace("live 2026-10-30\n", ""),
    );
    // Before the session the newest bar is of the day before.
    let mut before = share();
    before.now = "2026-10-30T09:00:00Z".parse().unwrap();
    yahoo(
        "yahoo_no_adjclose.json",
        &before,
        "in USD
         2026-10-26 10 10 10 10 — 1000
         2026-10-27 11 11 11 11 — 2000",
    );
}

#[test]
fn arrays_that_do_not_fit() {
    let cases = [
        (
            "yahoo_uneven_closes.json",
            "answered in an unknown form (5 days, but 4 closes)",
        ),
        ("yahoo_weekend.json", "has no prices of those days"),
        (
            "yahoo_no_days.json",
            "answered in an unknown form (prices without their days)",
        ),
        (
            "yahoo_weekly.json",
            "answered in an unknown form (rows of “1wk” instead of days)",
        ),
    ];
    for (name, expected) in cases {
        yahoo(name, &share(), expected);
    }
    yahoo(
        "yahoo_uneven_volume.json",
        &share(),
        "in USD
         2026-10-26 10 10 10 10 — —
         2026-10-27 11 11 11 11 — —
         2026-10-28 12 12 12 12 — —
         2026-10-29 13 13 13 13 — —
         2026-10-30 14 14 14 14 — —
         live 2026-10-30",
    );
    let no_close = changed("yahoo_no_adjclose.json", r#""close""#, r#""closed""#);
    let expected = "answered in an unknown form (without closes)";
    check_bytes(Provider::Yahoo, &no_close, &share(), expected);
}

#[test]
fn another_symbol_means_a_new_name() {
    yahoo(
        "yahoo_renamed.json",
        &share(),
        "in USD
         renamed NEWM
         2026-10-26 10 10 10 10 10 1000
         2026-10-27 11 11 11 11 11 2000",
    );
    let same = [
        ("newm", "NEWM"),
        ("USDINR=X", "INR=X"),
        ("INR=X", "USDINR=X"),
    ];
    for (asked, told) in same {
        let body = changed("yahoo_renamed.json", "NEWM", told);
        check_bytes(
            Provider::Yahoo,
            &body,
            &ask(asked, InstrumentKind::Stock),
            "in USD
             2026-10-26 10 10 10 10 10 1000
             2026-10-27 11 11 11 11 11 2000",
        );
    }
}

#[test]
fn errors_in_envelopes_and_as_plain_text() {
    let delisted = "does not know the symbol: No data found, symbol may be delisted";
    let cases = [
        ("yahoo_error_not_found.json", delisted),
        (
            "yahoo_error_bad_request.json",
            "has no prices of those days: Data doesn't exist for startDate = 1, endDate = 2",
        ),
        ("yahoo_error_crumb.json", "refuses to answer: Invalid Crumb"),
        (
            "yahoo_error_internal.json",
            "has an error: unexpected end of stream",
        ),
        (
            "yahoo_plain_not_found.txt",
            "does not know the symbol: 404 Not Found: No data found, symbol may be delisted",
        ),
        (
            "yahoo_plain_weekend.txt",
            "has no prices of those days: 404 Not Found: Timestamp data missing.",
        ),
        (
            "yahoo_plain_range.txt",
            "has no prices of those days: 400 Bad Request: Data doesn't exist for startDate = 1, endDate = 2",
        ),
        (
            "yahoo_plain_limited.txt",
            "was asked too often: Edge: Too Many Requests",
        ),
        (
            "yahoo_web_page.txt",
            "answered with a web page instead of prices",
        ),
    ];
    for (name, expected) in cases {
        yahoo(name, &share(), expected);
    }
}

#[test]
fn bodies_that_are_no_chart() {
    let inline: &[(&[u8], &str)] = &[
        (
            b"Too Many Requests\r\n",
            "was asked too often: Too Many Requests",
        ),
        (b"Will be right back", "answered “Will be right back”"),
        (b"", "answered with an empty body"),
        (b" \r\n", "answered with an empty body"),
        (
            b"\xff\xfe",
            "answered with something that cannot be read (no UTF-8 from byte 0 on)",
        ),
        (
            b"{\"chart\":",
            "answered with something that cannot be read (it ends in the middle)",
        ),
        (
            b"{\"chart\":1e400}",
            "answered with something that cannot be read (no JSON from line 1 on)",
        ),
        (b"[]", "answered in an unknown form (without a chart)"),
        (
            b"{\"chart\":{\"result\":[],\"error\":null}}",
            "has no prices of those days",
        ),
        (
            b"{\"chart\":{\"result\":null,\"error\":null}}",
            "has no prices of those days",
        ),
        (
            b"{\"chart\":{\"result\":7}}",
            "answered in an unknown form (without a result)",
        ),
        (
            b"{\"message\":\"Limit Exceeded\"}",
            "has an error: Limit Exceeded",
        ),
    ];
    for (body, expected) in inline {
        check_bytes(Provider::Yahoo, body, &share(), expected);
    }
}
