//! A price CSV file as a whole: whether it is one, whose, and what it would change.

use gigawatch::exchange::price_csv::{
    FileError, FileKind, Options, compare_with_stored, guess_symbol, parse,
};
use jiff::civil::date;

use crate::price_csv::{bar, check_error};

#[test]
fn the_symbol_is_guessed_from_the_file_name() {
    for (name, expected) in [
        ("IREN.csv", Some("IREN")),
        ("/home/me/IREN (1).csv", Some("IREN")),
        ("C:\\prices\\wulf.CSV", Some("WULF")),
        ("BTC-USD.csv", Some("BTC-USD")),
        ("BTC-USD_coingecko.csv", Some("BTC-USD")),
        ("btc_daily.csv", Some("BTC-USD")),
        ("btc-usd-max.csv", Some("BTC-USD")),
        ("BTCUSDT_1d.csv", Some("BTC-USD")),
        ("eth-eur.csv", Some("ETH-EUR")),
        ("iren_us_d.csv", Some("IREN")),
        ("HistoricalData_IREN.csv", Some("IREN")),
        ("IREN from my broker 2026-01-02.csv", Some("IREN")),
        ("D.csv", Some("D")),
        ("HistoricalData_1767312000000.csv", None),
        ("prices.csv", None),
        ("table.csv", None),
        ("my own notes.csv", None),
        ("0700.HK.csv", None),
        ("", None),
    ] {
        assert_eq!(guess_symbol(name, &[]).as_deref(), expected, "{name}");
    }
    let tickers = |names: &[&str]| {
        names
            .iter()
            .map(|name| (*name).to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        guess_symbol("WULF.csv", &tickers(&["iren"])).as_deref(),
        Some("IREN")
    );
    assert_eq!(
        guess_symbol("WULF.csv", &tickers(&["IREN", "WULF"])).as_deref(),
        Some("WULF")
    );
    assert_eq!(guess_symbol("HUT.csv", &tickers(&["IREN", "WULF"])), None);
}

#[test]
fn a_file_is_compared_with_what_is_stored() {
    let day = |d| date(2026, 1, d);
    let stored = [
        bar(day(1), 9.0),
        bar(day(2), 10.0),
        bar(day(5), 20.0),
        bar(day(6), 30.0),
    ];
    let file = [
        bar(day(2), 10.000000000001),
        bar(day(5), 10.0),
        bar(day(6), 33.0),
        bar(day(7), 40.0),
    ];
    let overlap = compare_with_stored(&file, &stored);
    assert_eq!(
        (overlap.new_days, overlap.same, overlap.largest_relative),
        (1, 1, Some(0.5))
    );
    let differing: Vec<_> = overlap
        .differing
        .iter()
        .map(|d| (d.day, d.stored, d.file))
        .collect();
    assert_eq!(differing, [(day(5), 20.0, 10.0), (day(6), 30.0, 33.0)]);
    assert_eq!(compare_with_stored(&file, &[]).new_days, 4);
}

#[test]
fn what_is_no_price_file_is_refused_with_its_reason() {
    check_error(b"", "The file is empty");
    check_error(b"\xEF\xBB\xBF \r\n", "The file is empty");
    check_error(
        b"Date,Close\n",
        "The file has a header (“Date, Close”) and no rows; download it again",
    );
    let kind = |bytes: &[u8]| parse(bytes, &Options::default()).unwrap_err();
    assert_eq!(
        kind(b"\n<!DOCTYPE html><html>"),
        FileError::NotCsv(FileKind::WebPage)
    );
    assert_eq!(kind(b"{\"prices\":[]}"), FileError::NotCsv(FileKind::Json));
    assert_eq!(
        kind(b"PK\x03\x04rest"),
        FileError::NotCsv(FileKind::Workbook)
    );
    assert_eq!(
        kind(b"\x1F\x8B\x08\x00"),
        FileError::NotCsv(FileKind::Compressed)
    );
    assert_eq!(
        kind(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
        FileError::NotCsv(FileKind::Binary)
    );
    let long = format!("Date,Close\n2026-01-02,{}\n", "1".repeat(2_000_000));
    check_error(
        long.as_bytes(),
        "Line 2 is longer than 1048576 bytes; this is not a price file",
    );
    let bad = format!("Date,Close\n{}", "x,1\n".repeat(100_001));
    check_error(
        bad.as_bytes(),
        "More than 100000 rows cannot be read (the first: line 2, Date: not a date (“x”)); check that this is a price file and that the right columns are chosen",
    );
}

#[test]
fn utf_16_is_read() {
    let text = "Date;Close\r\n2026-01-02;10,5\r\n";
    let little: Vec<u8> = [0xFF, 0xFE]
        .into_iter()
        .chain(text.encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let big: Vec<u8> = [0xFE, 0xFF]
        .into_iter()
        .chain(text.encode_utf16().flat_map(u16::to_be_bytes))
        .collect();
    for bytes in [little, big] {
        assert_eq!(
            parse(&bytes, &Options::default()).unwrap().good,
            [bar(date(2026, 1, 2), 10.5)]
        );
    }
}
