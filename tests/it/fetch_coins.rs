//! Bodies of coin exchanges and of the European Central Bank: what is asked and
//! what is read.

use gigawatch::fetch::{Ask, default_base, requests};
use gigawatch::model::Provider;
use gigawatch::model::instrument::InstrumentKind;
use jiff::civil::date;

use crate::fetch_quotes::{ask, ask_from, check, check_bytes};

fn coin(symbol: &str) -> Ask {
    ask(symbol, InstrumentKind::Crypto)
}

#[track_caller]
fn urls(provider: Provider, ask: &Ask) -> Vec<String> {
    let made = requests(provider, default_base(provider), ask);
    assert!(made.iter().all(|request| request.headers.is_empty()));
    made.into_iter().map(|request| request.url).collect()
}

#[test]
fn coinbase_is_asked_in_pages_of_300_days() {
    let start = "https://api.exchange.coinbase.com/products/BTC-USD/candles?granularity=86400";
    let pages = urls(Provider::Coinbase, &coin("BTC-USD"));
    assert_eq!(pages.len(), 15);
    assert_eq!(
        pages[0],
        format!("{start}&start=2026-01-04T00:00:00Z&end=2026-10-30T23:59:59Z")
    );
    assert_eq!(
        pages[1],
        format!("{start}&start=2025-03-10T00:00:00Z&end=2026-01-03T23:59:59Z")
    );
    assert_eq!(
        pages[14],
        format!("{start}&start=2015-01-01T00:00:00Z&end=2015-05-01T23:59:59Z")
    );
    let day = ask_from("BTC-USD", InstrumentKind::Crypto, date(2026, 10, 30));
    assert_eq!(
        urls(Provider::Coinbase, &day),
        [format!(
            "{start}&start=2026-10-30T00:00:00Z&end=2026-10-30T23:59:59Z"
        )]
    );
    let none = ask_from("BTC-USD", InstrumentKind::Crypto, date(2026, 10, 31));
    assert!(urls(Provider::Coinbase, &none).is_empty());
}

#[test]
fn coinbase_candles_have_low_and_high_first() {
    check(
        Provider::Coinbase,
        "coinbase_page.json",
        &coin("BTC-USD"),
        "in USD
         2026-10-28 — 79500 77000 79000 — 3000
         2026-10-29 79000 80500.75 78000 80000 — 2000.125
         2026-10-30 80000 81500 79000.5 81000.25 — 1234.5
         live 2026-10-30
         skipped —: fewer than 5 numbers (row 7)
         skipped 2026-10-26: no close
         skipped 2026-10-27: close of 0
         skipped 2026-10-29: an earlier one of two rows of the day",
    );
    // Another quote currency is told by the product's name alone.
    let mut later = coin("BTC-EUR");
    later.from = Some(date(2026, 10, 29));
    later.to = date(2026, 10, 29);
    check(
        Provider::Coinbase,
        "coinbase_page.json",
        &later,
        "in EUR
         2026-10-29 79000 80500.75 78000 80000 — 2000.125
         skipped —: fewer than 5 numbers (row 7)
         skipped 2026-10-29: an earlier one of two rows of the day",
    );
}

#[test]
fn coinbase_refusals() {
    let cases = [
        (
            "coinbase_not_found.json",
            "does not know the symbol: NotFound",
        ),
        (
            "coinbase_too_many.json",
            "has an error: granularity too small for the requested time range. Count of aggregations reques…",
        ),
        (
            "coinbase_too_old.json",
            "has no prices of those days: End is too old",
        ),
        ("coinbase_empty.json", "has no prices of those days"),
        (
            "coinbase_hours.json",
            "answered in an unknown form (a candle from 2026-10-30T01:00:00Z, which is no midnight UTC)",
        ),
    ];
    for (name, expected) in cases {
        check(Provider::Coinbase, name, &coin("BTC-USD"), expected);
    }
    check_bytes(
        Provider::Coinbase,
        b"Too many requests",
        &coin("BTC-USD"),
        "was asked too often: Too many requests",
    );
}

#[test]
fn kraken_is_asked_once() {
    let start = "https://api.kraken.com/0/public/OHLC?pair=XBTUSD&interval=1440";
    assert_eq!(urls(Provider::Kraken, &coin("XBTUSD")), [start]);
    let recent = ask_from("XBTUSD", InstrumentKind::Crypto, date(2026, 10, 25));
    // Candles that begin after a second before the first midnight.
    assert_eq!(
        urls(Provider::Kraken, &recent),
        [format!("{start}&since=1792886399")]
    );
}

#[test]
fn kraken_candles_are_texts_and_the_last_is_unfinished() {
    check(
        Provider::Kraken,
        "kraken_days.json",
        &coin("XBTUSD"),
        "in USD
         2026-10-28 79000.1 81000 78000.5 80100.5 — 408.98379809
         2026-10-29 79000.1 81000 78000.5 80200 — 408.98379809
         2026-10-30 79000.1 81000 78000.5 80300.9 — 408.98379809
         live 2026-10-30",
    );
    // Just after midnight the answer still holds the day before as unfinished.
    let mut late = coin("XBTUSD");
    late.now = "2026-10-31T00:00:02Z".parse().unwrap();
    late.from = Some(date(2026, 10, 30));
    check(
        Provider::Kraken,
        "kraken_days.json",
        &late,
        "in USD
         2026-10-30 79000.1 81000 78000.5 80300.9 — 408.98379809
         live 2026-10-30",
    );
    late.from = None;
    late.to = date(2026, 10, 28);
    check(
        Provider::Kraken,
        "kraken_days.json",
        &late,
        "in USD
         2026-10-28 79000.1 81000 78000.5 80100.5 — 408.98379809",
    );
}

#[test]
fn kraken_errors_stand_in_a_list() {
    let cases = [
        (
            "kraken_unknown_pair.json",
            "does not know the symbol: EQuery:Unknown asset pair",
        ),
        (
            "kraken_limited.json",
            "was asked too often: EGeneral:Too many requests",
        ),
        (
            "kraken_rate.json",
            "was asked too often: EAPI:Rate limit exceeded",
        ),
        ("kraken_busy.json", "has an error: EService:Unavailable"),
        (
            "kraken_minutes.json",
            "answered in an unknown form (a candle from 2026-10-28T00:01:00Z, which is no midnight UTC)",
        ),
    ];
    for (name, expected) in cases {
        check(Provider::Kraken, name, &coin("XBTUSD"), expected);
    }
    let inline = [
        (
            r#"{"error":["WGeneral:Soon"],"result":{"XETHZEUR":[],"last":1}}"#,
            "has no prices of those days",
        ),
        (
            r#"{"error":[],"result":{"A":[],"B":[]}}"#,
            "answered in an unknown form (candles of several pairs)",
        ),
        (
            r#"{"error":[],"result":{"last":1}}"#,
            "answered in an unknown form (a result without candles)",
        ),
        (
            r#"{"error":[]}"#,
            "answered in an unknown form (without a result)",
        ),
    ];
    for (body, expected) in inline {
        check_bytes(Provider::Kraken, body.as_bytes(), &coin("XBTUSD"), expected);
    }
}

#[test]
fn bitstamp_is_asked_in_pages_of_1000_days() {
    let start = "https://www.bitstamp.net/api/v2/ohlc/btcusd/?step=86400";
    let pages = urls(Provider::Bitstamp, &coin("btcusd"));
    assert_eq!(pages.len(), 6);
    assert_eq!(
        pages[0],
        format!("{start}&limit=1000&start=1707004800&end=1793404799")
    );
    assert_eq!(
        pages[5],
        format!("{start}&limit=553&start=1313625600&end=1361404799")
    );
    let recent = ask_from("btcusd", InstrumentKind::Crypto, date(2026, 10, 25));
    assert_eq!(
        urls(Provider::Bitstamp, &recent),
        [format!("{start}&limit=6&start=1792886400&end=1793404799")]
    );
}

#[test]
fn bitstamp_candles_are_texts() {
    check(
        Provider::Bitstamp,
        "bitstamp_days.json",
        &coin("btcusd"),
        "in USD
         2026-10-27 80000 81000 79000 80001.5 — 12.5
         2026-10-28 80000 81000 79000 80001.5 — 0
         2026-10-30 80000 81000 79000 80400 — 3
         live 2026-10-30
         skipped 2026-10-26: close of 0
         skipped 2026-10-29: a close that is no number: “x”",
    );
    let cases = [
        (
            "bitstamp_error.json",
            "has an error: Ensure this value is less than or equal to 1000.",
        ),
        (
            "bitstamp_unknown_pair.json",
            "does not know the symbol: Invalid currency pair",
        ),
        ("bitstamp_empty.json", "has no prices of those days"),
        (
            "coinbase_empty.json",
            "answered in an unknown form (without data.ohlc)",
        ),
    ];
    for (name, expected) in cases {
        check(Provider::Bitstamp, name, &coin("btcusd"), expected);
    }
}

fn rate(symbol: &str) -> Ask {
    ask(symbol, InstrumentKind::Fx)
}

#[test]
fn ecb_is_asked_for_one_rate() {
    let start = "https://data-api.ecb.europa.eu/service/data/EXR/D.USD.EUR.SP00.A\
                 ?format=csvdata&detail=dataonly";
    for symbol in ["USD", "USD:inverse"] {
        assert_eq!(
            urls(Provider::Ecb, &rate(symbol)),
            [format!(
                "{start}&startPeriod=1999-01-04&endPeriod=2026-10-30"
            )]
        );
    }
    let recent = ask_from("USD", InstrumentKind::Fx, date(2026, 10, 23));
    assert_eq!(
        urls(Provider::Ecb, &recent),
        [format!(
            "{start}&startPeriod=2026-10-23&endPeriod=2026-10-30"
        )]
    );
}

#[test]
fn ecb_rates_stand_by_the_names_of_columns() {
    check(
        Provider::Ecb,
        "ecb_usd.csv",
        &rate("USD"),
        "in USD
         2026-10-26 — — — 1.25 — —
         2026-10-29 — — — 1.6 — —
         skipped 2026-10-27: no close
         skipped 2026-10-28: no close
         skipped 2026-10-30: close of 0",
    );
    check(
        Provider::Ecb,
        "ecb_usd.csv",
        &rate("USD:inverse"),
        "in EUR
         2026-10-26 — — — 0.8 — —
         2026-10-29 — — — 0.625 — —
         skipped 2026-10-27: no close
         skipped 2026-10-28: no close
         skipped 2026-10-30: close of 0",
    );
    check(
        Provider::Ecb,
        "ecb_titles.csv",
        &rate("USD"),
        "in USD
         2026-10-26 — — — 1.25 — —
         skipped —: fewer or more fields than the header (row 2)",
    );
}

#[test]
fn ecb_refusals() {
    let inline = [
        ("", "has no prices of those days"),
        ("KEY,TIME_PERIOD,OBS_VALUE\n", "has no prices of those days"),
        ("<mes:Error/>", "answered with a web page instead of prices"),
        (
            "No results found.",
            "has no prices of those days: No results found.",
        ),
        ("a,b\n1,2\n", "answered “a,b”"),
    ];
    for (body, expected) in inline {
        check_bytes(Provider::Ecb, body.as_bytes(), &rate("USD"), expected);
    }
    check(
        Provider::Ecb,
        "ecb_monthly.csv",
        &rate("USD"),
        "answered in an unknown form (rates of “M” instead of “D”)",
    );
    check(
        Provider::Ecb,
        "ecb_usd.csv",
        &rate("GBP"),
        "answered in an unknown form (rates of “USD” instead of “GBP”)",
    );
}
