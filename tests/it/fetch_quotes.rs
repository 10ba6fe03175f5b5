//! Bodies of every price provider but Yahoo: what is asked and what is read.

use std::fmt::Write as _;
use std::path::Path;

use gigawatch::fetch::{Ask, BodyError, Quotes, default_base, parse, requests, symbol_for};
use gigawatch::model::instrument::InstrumentKind;
use gigawatch::model::{
    Currency, EventKind, Instrument, InstrumentId, Provider, ProviderGroup, Series,
};
use jiff::Timestamp;
use jiff::civil::{Date, date};

/// An ask on Friday, 30 October 2026 at 15:04 UTC, in the session of New York.
pub fn ask(symbol: &str, kind: InstrumentKind) -> Ask {
    Ask {
        symbol: symbol.to_owned(),
        kind,
        from: None,
        to: date(2026, 10, 30),
        key: None,
        now: "2026-10-30T15:04:00Z".parse::<Timestamp>().unwrap(),
    }
}

pub fn ask_from(symbol: &str, kind: InstrumentKind, from: Date) -> Ask {
    Ask {
        from: Some(from),
        ..ask(symbol, kind)
    }
}

/// A share, as most fixtures have it.
pub fn share() -> Ask {
    ask("MINE", InstrumentKind::Stock)
}

pub fn golden(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden/fetch")
        .join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Bars in order of days, a day once, prices that are prices.
#[track_caller]
pub fn assert_sound(quotes: &Quotes, ask: &Ask) {
    let series = Series::new(quotes.bars.clone()).unwrap();
    assert_eq!(series.bars(), quotes.bars, "bars are not in order of days");
    assert!(!quotes.bars.is_empty());
    for bar in &quotes.bars {
        assert!(bar.day <= ask.to && ask.from.is_none_or(|from| from <= bar.day));
        for price in [Some(bar.close), bar.adjusted, bar.open, bar.high, bar.low] {
            assert!(price.is_none_or(|price| price.is_finite() && price > 0.0));
        }
    }
    assert!(quotes.events.is_sorted_by_key(|event| event.day));
    for event in &quotes.events {
        let zero = rust_decimal::Decimal::ZERO;
        assert!(match event.what {
            EventKind::Split { new, old } => new > zero && old > zero,
            EventKind::Dividend { amount } => amount > zero,
        });
    }
    if let Some(live) = quotes.live {
        assert!(quotes.bars.iter().any(|bar| bar.day == live));
    }
}

/// Everything a body gave, a line a fact.
pub fn summary(read: &Result<Quotes, BodyError>) -> String {
    let quotes = match read {
        Ok(quotes) => quotes,
        Err(error) => return format!("{error}\n"),
    };
    let mut text = String::new();
    let currency = quotes.currency.map(|currency| currency.to_string());
    writeln!(text, "in {}", currency.as_deref().unwrap_or("—")).unwrap();
    if let Some(name) = &quotes.renamed {
        writeln!(text, "renamed {name}").unwrap();
    }
    let cell = |value: Option<f64>| value.map_or_else(|| "—".to_owned(), |value| value.to_string());
    for bar in &quotes.bars {
        let [open, high, low, adjusted, volume] =
            [bar.open, bar.high, bar.low, bar.adjusted, bar.volume].map(cell);
        writeln!(
            text,
            "{} {open} {high} {low} {} {adjusted} {volume}",
            bar.day, bar.close
        )
        .unwrap();
    }
    for event in &quotes.events {
        match event.what {
            EventKind::Split { new, old } => writeln!(text, "{} split {new}:{old}", event.day),
            EventKind::Dividend { amount } => writeln!(text, "{} dividend {amount}", event.day),
        }
        .unwrap();
    }
    if let Some(live) = quotes.live {
        writeln!(text, "live {live}").unwrap();
    }
    for skipped in &quotes.skipped {
        let day = skipped
            .day
            .map_or_else(|| "—".to_owned(), |day| day.to_string());
        writeln!(text, "skipped {day}: {}", skipped.reason).unwrap();
    }
    text
}

#[track_caller]
pub fn check_bytes(provider: Provider, bytes: &[u8], ask: &Ask, expected: &str) {
    let read = parse(provider, bytes, ask);
    if let Ok(quotes) = &read {
        assert_sound(quotes, ask);
    }
    let expected: String = expected
        .trim()
        .lines()
        .flat_map(|line| [line.trim(), "\n"])
        .collect();
    assert_eq!(summary(&read), expected);
}

#[track_caller]
pub fn check(provider: Provider, name: &str, ask: &Ask, expected: &str) {
    check_bytes(provider, &golden(name), ask, expected);
}

#[track_caller]
fn check_urls(provider: Provider, ask: &Ask, expected: &[&str]) {
    let made = requests(provider, default_base(provider), ask);
    let urls: Vec<_> = made.iter().map(|request| request.url.as_str()).collect();
    assert_eq!(urls, expected);
}

#[test]
fn each_provider_has_its_own_symbols() {
    use InstrumentKind::{Crypto, Etf, Fx, Index, Stock};
    let cases: &[(&str, InstrumentKind, Provider, Option<&str>)] = &[
        ("IREN", Stock, Provider::Yahoo, Some("IREN")),
        ("^GSPC", Index, Provider::Yahoo, Some("^GSPC")),
        ("IREN", Stock, Provider::Nasdaq, Some("IREN")),
        ("BRK-B", Stock, Provider::Nasdaq, Some("BRK.B")),
        ("SMH", Etf, Provider::Nasdaq, Some("SMH")),
        ("PIT.L", Stock, Provider::Nasdaq, None),
        ("^GSPC", Index, Provider::Nasdaq, None),
        ("BTC-USD", Crypto, Provider::Nasdaq, None),
        ("EURUSD=X", Fx, Provider::Nasdaq, None),
        ("BRK-B", Stock, Provider::Tiingo, Some("BRK-B")),
        ("MINE.AX", Stock, Provider::Tiingo, None),
        ("BTC-USD", Crypto, Provider::Tiingo, None),
        ("BTC-USD", Crypto, Provider::Coinbase, Some("BTC-USD")),
        ("BTCUSD", Crypto, Provider::Coinbase, None),
        ("BRK-B", Stock, Provider::Coinbase, None),
        ("BTC-USD", Crypto, Provider::Kraken, Some("XBTUSD")),
        ("ETH-BTC", Crypto, Provider::Kraken, Some("ETHXBT")),
        ("IREN", Stock, Provider::Kraken, None),
        ("BTC-USD", Crypto, Provider::Bitstamp, Some("btcusd")),
        ("BTC-", Crypto, Provider::Bitstamp, None),
        ("EURUSD=X", Fx, Provider::Ecb, Some("USD")),
        ("USDEUR=X", Fx, Provider::Ecb, Some("USD:inverse")),
        ("EUR=X", Fx, Provider::Ecb, Some("USD:inverse")),
        ("CADEUR=X", Fx, Provider::Ecb, Some("CAD:inverse")),
        ("USDCAD=X", Fx, Provider::Ecb, None),
        ("EUREUR=X", Fx, Provider::Ecb, None),
        ("EURUSD", Fx, Provider::Ecb, None),
        ("éRUSD=X", Fx, Provider::Ecb, None),
        ("IREN", Stock, Provider::Ecb, None),
    ];
    for (symbol, kind, provider, expected) in cases {
        let mut instrument = Instrument {
            id: InstrumentId(uuid::Uuid::nil()),
            symbol: (*symbol).to_owned(),
            name: String::new(),
            kind: *kind,
            currency: Currency::USD,
            former_symbols: Vec::new(),
            provider_symbols: [].into(),
            providers: Vec::new(),
            locked: false,
            benchmark: false,
        };
        let made = symbol_for(*provider, &instrument);
        assert_eq!(made.as_deref(), *expected, "{symbol} at {provider:?}");
        let own = (provider.code().to_owned(), " own ".to_owned());
        instrument.provider_symbols = [own].into();
        assert_eq!(symbol_for(*provider, &instrument).as_deref(), Some("own"));
    }
}

/// What the user wrote as a symbol never leaves its place in the address.
#[test]
fn symbols_are_encoded() {
    for provider in Provider::ALL {
        let odd = ask("A/../b?c=d&e #é", InstrumentKind::Crypto);
        for request in requests(*provider, "https://host", &odd) {
            assert!(
                request.url.contains("A%2F..%2Fb%3Fc%3Dd%26e%20%23%C3%A9"),
                "{}",
                request.url
            );
        }
    }
    assert!(
        ProviderGroup::ALL
            .iter()
            .all(|group| !group.providers().is_empty())
    );
}

#[test]
fn nasdaq_is_asked_like_its_own_pages() {
    let whole = "https://api.nasdaq.com/api/quote/MINE/historical?assetclass=stocks\
                 &fromdate=2016-10-30&todate=2026-10-30&limit=9999";
    check_urls(Provider::Nasdaq, &share(), &[whole]);
    let one_day = ask_from("SMH", InstrumentKind::Etf, date(2026, 10, 30));
    let wider = "https://api.nasdaq.com/api/quote/SMH/historical?assetclass=etf\
                 &fromdate=2026-10-23&todate=2026-10-30&limit=9999";
    check_urls(Provider::Nasdaq, &one_day, &[wider]);
    let request = requests(Provider::Nasdaq, "http://127.0.0.1:9", &share()).remove(0);
    assert!(request.url.starts_with("http://127.0.0.1:9/api/quote/"));
    let expected = [
        ("Accept", "application/json, text/plain, */*"),
        ("Origin", "https://www.nasdaq.com"),
        ("Referer", "https://www.nasdaq.com/"),
    ];
    let headers: Vec<_> = request
        .headers
        .iter()
        .map(|(n, v)| (*n, v.as_str()))
        .collect();
    assert_eq!(headers, expected);
}

#[test]
fn nasdaq_rows_are_read_from_texts() {
    check(
        Provider::Nasdaq,
        "nasdaq_rows.json",
        &share(),
        "in USD
         2026-10-29 1221.5 — 1219 1220 — —
         2026-10-30 1230 1240.125 1229 1234.56 — 140814800
         skipped 2026-10-26: a close that is no number: “about $7”
         skipped 2026-10-27: close of 0
         skipped —: no day (row 4)
         skipped 2026-10-28: no close",
    );
    let later = ask_from("mine", InstrumentKind::Stock, date(2026, 10, 30));
    check(
        Provider::Nasdaq,
        "nasdaq_rows.json",
        &later,
        "in USD
         2026-10-30 1230 1240.125 1229 1234.56 — 140814800
         skipped —: no day (row 4)",
    );
    let other = ask("OLDM", InstrumentKind::Stock);
    let read = parse(Provider::Nasdaq, &golden("nasdaq_rows.json"), &other);
    assert_eq!(read.unwrap().renamed.as_deref(), Some("MINE"));
}

#[test]
fn nasdaq_errors_come_with_http_200() {
    let cases = [
        (
            "nasdaq_unknown_symbol.json",
            "does not know the symbol: Symbol not exists.",
        ),
        (
            "nasdaq_went_wrong.json",
            "has an error: Something went wrong. Please try again later.",
        ),
        ("nasdaq_no_rows.json", "has no prices of those days"),
        (
            "yahoo_web_page.txt",
            "answered with a web page instead of prices",
        ),
    ];
    for (name, expected) in cases {
        check(Provider::Nasdaq, name, &share(), expected);
    }
    let inline = [
        (
            r#"{"data":{}}"#,
            "answered in an unknown form (without data.tradesTable.rows)",
        ),
        (
            r#"{"data":null,"status":{"rCode":500}}"#,
            "has an error: code 500",
        ),
        (
            r#"{"data":{"totalRecords":0,"tradesTable":null}}"#,
            "has no prices of those days",
        ),
        ("{}", "answered in an unknown form (without data)"),
        (
            r#"{"data":{"tradesTable":{"rows":[{"da"#,
            "answered with something that cannot be read (it ends in the middle)",
        ),
        ("", "answered with an empty body"),
    ];
    for (body, expected) in inline {
        check_bytes(Provider::Nasdaq, body.as_bytes(), &share(), expected);
    }
}

#[test]
fn tiingo_is_asked_with_the_key_in_a_header() {
    let mut keyed = ask_from("BRK-B", InstrumentKind::Stock, date(2026, 10, 23));
    keyed.key = Some("k-123".to_owned());
    let url = "https://api.tiingo.com/tiingo/daily/BRK-B/prices?startDate=2026-10-23\
               &endDate=2026-10-30&format=json&resampleFreq=daily";
    check_urls(Provider::Tiingo, &keyed, &[url]);
    let request = requests(Provider::Tiingo, "https://host", &keyed).remove(0);
    let key = ("Authorization", "Token k-123".to_owned());
    assert!(request.headers.contains(&key));
    let whole = requests(Provider::Tiingo, "https://host", &share()).remove(0);
    assert!(whole.url.contains("startDate=1960-01-01"), "{}", whole.url);
    assert!(
        whole
            .headers
            .iter()
            .all(|(name, _)| *name != "Authorization")
    );
}

#[test]
fn tiingo_closes_are_divided_by_the_splits_after_them() {
    check(
        Provider::Tiingo,
        "tiingo_split_and_dividend.json",
        &share(),
        "in USD
         2026-10-26 25.1 25.35 24.85 25.1 24.8 4000
         2026-10-27 25.5 25.75 25.25 25.5 25.2 4000
         2026-10-28 26.1 27.1 25.1 26.1 26.1 4000
         2026-10-29 26.3 27.3 25.3 26.3 26.3 5000
         2026-10-27 dividend 0.22
         2026-10-28 split 4:1
         2026-10-29 dividend 0.23",
    );
    // Only the days before the split are asked for, but it is in the body.
    let mut early = share();
    early.to = date(2026, 10, 26);
    check(
        Provider::Tiingo,
        "tiingo_split_and_dividend.json",
        &early,
        "in USD
         2026-10-26 25.1 25.35 24.85 25.1 24.8 4000",
    );
    check(
        Provider::Tiingo,
        "tiingo_consolidation.json",
        &share(),
        "in USD
         2026-10-26 50 150 — 50 5 20
         2026-10-27 51 61 41 51 5.1 100
         2026-10-28 52 62 42 52 5.2 100
         2026-10-29 53.333333333333336 54 52.666666666666664 53.333333333333336 80 1500
         2026-10-30 120 121 119 120 120 1000
         2026-10-27 split 1:10
         2026-10-29 split 1:15
         2026-10-30 split 3:2",
    );
}

#[test]
fn tiingo_rows_that_cannot_be_taken() {
    check(
        Provider::Tiingo,
        "tiingo_twice_and_bad.json",
        &share(),
        "in USD
         2026-10-26 4.5 5 4 4.5 9 2000
         2026-10-27 11 12 10 11 11 1000
         2026-10-27 split 2:1
         skipped 2026-10-27: an earlier one of two rows of the day
         skipped —: no day (row 5)
         skipped 2026-10-28: no close",
    );
    let cases = [
        (
            "tiingo_no_factor.json",
            "answered in an unknown form (no split factor on 2026-10-27)",
        ),
        (
            "tiingo_not_found.json",
            "does not know the symbol: Not found.",
        ),
        (
            "tiingo_invalid_token.json",
            "refuses to answer: Invalid token.",
        ),
        (
            "tiingo_allocation.json",
            "was asked too often: Error: You have run over your hourly request allocation. Please wait.",
        ),
        ("tiingo_empty.json", "has no prices of those days"),
        ("tiingo_csv.csv", "answered “date,close,high”"),
    ];
    for (name, expected) in cases {
        check(Provider::Tiingo, name, &share(), expected);
    }
    let words = br#"["Error: something odd"]"#;
    check_bytes(
        Provider::Tiingo,
        words,
        &share(),
        "has an error: Error: something odd",
    );
}
