//! Price CSV files: layouts, quirks, bad rows, overlap, export.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use gigawatch::exchange::price_csv::{
    ColumnChoice, DateOrder, DecimalMark, FileError, FileKind, Format, Keep, Options, PriceFile,
    compare_with_stored, detect, guess_symbol, parse, write_csv,
};
use gigawatch::model::series::Bar;
use jiff::civil::{Date, date};
use proptest::prelude::*;

fn fixture(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden/prices")
        .join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn bar(day: Date, close: f64) -> Bar {
    Bar {
        day,
        close,
        adjusted: None,
        open: None,
        high: None,
        low: None,
        volume: None,
    }
}

/// Everything a file gave, a line a fact.
fn summary(file: &PriceFile) -> String {
    let mut text = format!("{}", file.layout.format.name());
    if let Some(ticker) = &file.ticker {
        write!(text, ", {ticker}").unwrap();
    }
    text.push('\n');
    let cell = |value: Option<f64>| value.map_or_else(|| "—".to_owned(), |value| value.to_string());
    for bar in &file.good {
        let [open, high, low, adjusted, volume] =
            [bar.open, bar.high, bar.low, bar.adjusted, bar.volume].map(cell);
        writeln!(
            text,
            "{} {open} {high} {low} {} {adjusted} {volume}",
            bar.day, bar.close
        )
        .unwrap();
    }
    for row in &file.refused {
        writeln!(text, "refused {row}").unwrap();
    }
    for twin in &file.duplicates {
        let differs = if twin.differs {
            ", other columns differ"
        } else {
            ""
        };
        writeln!(
            text,
            "duplicate {}: {} kept, {}{differs}",
            twin.day, twin.kept_line, twin.other_line
        )
        .unwrap();
    }
    for two in &file.conflicts {
        writeln!(
            text,
            "conflict {}: {} kept ({}), {} ({})",
            two.day, two.kept_line, two.kept_close, two.other_line, two.other_close
        )
        .unwrap();
    }
    for warning in &file.warnings {
        writeln!(text, "warning {warning}").unwrap();
    }
    text
}

#[track_caller]
fn check_with(name: &str, options: &Options, expected: &str) {
    let file = parse(&fixture(name), options).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_sound(&file);
    let expected: String = expected
        .lines()
        .map(str::trim)
        .filter(|l| !l.is_empty())
        .flat_map(|l| [l, "\n"])
        .collect();
    assert_eq!(summary(&file), expected, "{name}");
}

#[track_caller]
fn check(name: &str, expected: &str) {
    check_with(name, &Options::default(), expected);
}

#[track_caller]
fn check_error(bytes: &[u8], expected: &str) {
    assert_eq!(
        parse(bytes, &Options::default()).unwrap_err().to_string(),
        expected
    );
}

/// What holds for every result, whatever the file.
#[track_caller]
fn assert_sound(file: &PriceFile) {
    assert!(
        file.good.is_sorted_by(|one, next| one.day < next.day),
        "days in order, once each"
    );
    for bar in &file.good {
        assert!(bar.close.is_finite() && bar.close > 0.0, "{bar:?}");
        for price in [bar.open, bar.high, bar.low, bar.adjusted]
            .into_iter()
            .flatten()
        {
            assert!(price.is_finite() && price > 0.0, "{bar:?}");
        }
        assert!(
            bar.volume
                .is_none_or(|volume| volume.is_finite() && volume >= 0.0),
            "{bar:?}"
        );
    }
    let told = file.good.len() + file.refused.len() + file.duplicates.len() + file.conflicts.len();
    assert_eq!(
        told as u64 + file.other_ticker_rows,
        file.data_lines,
        "every data line is accounted for"
    );
    assert!(
        file.refused
            .iter()
            .all(|row| row.text.chars().count() <= 80)
    );
}

#[test]
fn each_provider_is_read() {
    check(
        "yahoo_classic_no_final_newline.csv",
        "Yahoo Finance
        2026-01-02 10 11.5 9.75 11.25 11 1200300
        2026-01-05 11.3 12 11.1 11.9 11.65 0
        2026-01-07 11.95 12.4 11.8 12.3 12.05 900100
        refused line 4, Close: close missing (“null”)",
    );
    check(
        "yfinance_three_headers.csv",
        "yfinance, BTC-USD
        2026-01-01 87134.35 89297.94 86735.55 88430.13 — 35586356225
        2026-01-02 23.75 24 23.5 23.64 — 17179869184",
    );
    check(
        "stooq_bom_crlf.csv",
        "Stooq\n2026-01-02 10 11 9.5 10.5 — 1000\n2026-01-05 10.5 11.25 10.25 11 — 1100",
    );
    check(
        "stooq_polish.csv",
        "Stooq (Polish)\n2026-01-02 10 11 9.5 10.5 — 1000",
    );
    check(
        "semicolon_decimal_comma.csv",
        "Stooq (Polish)
        2026-01-02 1010 1020.5 1000 1015.25 — 12000
        2026-01-05 1015 1030 1011.1 1023.456 — 9000",
    );
    check(
        "tab_old_mac_line_ends.csv",
        "Date and close\n2026-01-02 — — — 10.5 — —\n2026-01-05 — — — 11 — —",
    );
    check(
        "date_close_quoted_thousands.csv",
        "CSV with known columns
        2026-01-02 — — — 87000 — 2000000
        2026-01-05 — — — 88430.25 — 1500",
    );
    check(
        "coingecko_live_last_row.csv",
        "CoinGecko
        2026-01-01 — — — 87500.125 — 21000000000
        2026-01-02 — — — 88727.67004249741 — 21163124465.205833
        conflict 2026-01-02: 4 kept (88727.67004249741), 3 (88000.5)",
    );
    check(
        "nasdaq_newest_first.csv",
        "Nasdaq
        2026-01-05 37 38 36.9 37.5 — 900100
        2026-01-06 38 39.1 37.8 38.91 — 1200300",
    );
    check(
        "title_line_above_header.csv",
        "Date and close\n2026-01-02 — — — 10 — —",
    );
    check(
        "excel_sep_line.csv",
        "Date and close\n2026-01-02 — — — 10.5 — —",
    );
}

#[test]
fn days_are_read_in_every_form() {
    check(
        "unix_and_compact_days.csv",
        "Date and close
        2026-01-02 — — — 10 — —
        2026-01-03 — — — 11 — —
        2026-01-04 — — — 12 — —
        2026-02-02 — — — 13 — —",
    );
    check(
        "slash_decided_by_one_row.csv",
        "Date and close
        2026-02-01 — — — 10 — —
        2026-02-02 — — — 11 — —
        2026-02-13 — — — 12 — —",
    );
    for (text, day) in [
        ("2026-01-02 00:00:00-05:00", date(2026, 1, 2)),
        ("2026-01-02T21:00:00Z", date(2026, 1, 2)),
        ("2026/1/2", date(2026, 1, 2)),
        ("02.01.2026", date(2026, 1, 2)),
        ("2. January 2026", date(2026, 1, 2)),
        ("2 Jan 2026", date(2026, 1, 2)),
        ("\"Oct 5, 2026 10:00\"", date(2026, 10, 5)),
        ("13/01/2026 16:00", date(2026, 1, 13)),
    ] {
        let file = parse(
            format!("Date,Close\n{text},10\n").as_bytes(),
            &Options::default(),
        )
        .unwrap();
        assert_eq!(file.good, [bar(day, 10.0)], "{text}");
    }
    for text in [
        "2026-13-01",
        "2026-01-02x",
        "20261301",
        "1/2/26",
        "12",
        "Foo 2, 2026",
        "2026-01",
    ] {
        let file = parse(
            format!("Date,Close\n\"{text}\",10\n").as_bytes(),
            &Options::default(),
        )
        .unwrap();
        assert_eq!(
            file.refused[0].to_string(),
            format!("line 2, Date: not a date (“{text}”)")
        );
    }
}

#[test]
fn a_day_that_can_be_read_two_ways_is_asked_for() {
    let bytes = fixture("slash_undecided.csv");
    check_error(
        &bytes,
        "“01/02/2026” on line 2 can be 2 January 2026 (month first) or 1 February 2026 (day first), and no row decides it; choose the order",
    );
    for (order, first) in [
        (DateOrder::MonthFirst, date(2026, 1, 2)),
        (DateOrder::DayFirst, date(2026, 2, 1)),
    ] {
        let options = Options {
            date_order: Some(order),
            ..Options::default()
        };
        assert_eq!(parse(&bytes, &options).unwrap().good[0].day, first);
    }
}

#[test]
fn a_comma_that_can_be_read_two_ways_is_asked_for() {
    let bytes = fixture("semicolon_unclear_comma.csv");
    check_error(
        &bytes,
        "“1,234” on line 2 can be 1.234 (decimal comma) or 1234 (thousands comma), and no row decides it; choose the decimal mark",
    );
    for (mark, close) in [(DecimalMark::Comma, 1.234), (DecimalMark::Point, 1234.0)] {
        let options = Options {
            decimal: Some(mark),
            ..Options::default()
        };
        assert_eq!(parse(&bytes, &options).unwrap().good[0].close, close);
    }
}

#[test]
fn bad_rows_are_listed_and_the_good_ones_taken() {
    check(
        "bad_rows.csv",
        "Stooq
        2026-01-02 10 11 9.5 10.5 — 1000
        2026-01-20 10 11 9.5 10.5 — 1000
        refused line 3, Date: not a date (“2026-02-30”)
        refused line 4, Date: not a date (“yesterday”)
        refused line 5, Close: not a number (“abc”)
        refused line 6, Close: zero or negative close (“0”)
        refused line 7, Close: close missing
        refused line 8, row: too few fields: 3 instead of 6 (“2026-01-08,10,11”)
        refused line 9, row: too many fields: 7 instead of 6 (“2026-01-09,10,11,9.5,10,5,1000”)
        refused line 10, Open: not a number (“1x”)
        refused line 11, Close: number out of range (“1e999”)
        refused line 12, Close: not a number (“inf”)
        refused line 13, Volume: negative volume (“-4”)
        refused line 14, row: quotes do not match (“2026-01-16,\"10,11,9.5,10.5,1000”)
        refused line 15, Date: date missing
        refused line 16, Close: not UTF-8 text (“\u{fffd}\u{fffd}”)",
    );
    let limit = Options {
        not_after: Some(date(2026, 1, 10)),
        ..Options::default()
    };
    let file = parse(
        &fixture("stooq_bom_crlf.csv"),
        &Options {
            not_after: Some(date(2026, 1, 2)),
            ..limit
        },
    )
    .unwrap();
    assert_eq!(
        file.refused[0].to_string(),
        "line 3, Date: day after 2026-01-02 (“2026-01-05”)"
    );
}

#[test]
fn repeated_days_are_shown() {
    let name = "repeated_and_conflicting_days.csv";
    check(
        name,
        "CSV with known columns
        2026-01-02 — — — 10.25 — 5
        2026-01-05 — — — 11 — 6
        2026-01-06 — — — 12 — 5
        duplicate 2026-01-05: 5 kept, 2, other columns differ
        duplicate 2026-01-05: 5 kept, 4, other columns differ
        conflict 2026-01-02: 6 kept (10.25), 3 (10)",
    );
    check_with(
        name,
        &Options {
            keep: Keep::First,
            ..Options::default()
        },
        "CSV with known columns
        2026-01-02 — — — 10 — 5
        2026-01-05 — — — 11 — 5
        2026-01-06 — — — 12 — 5
        duplicate 2026-01-05: 2 kept, 4
        duplicate 2026-01-05: 2 kept, 5, other columns differ
        conflict 2026-01-02: 3 kept (10), 6 (10.25)",
    );
    assert!(parse(&fixture(name), &Options::default()).unwrap().unsorted);
}

#[test]
fn doubtful_prices_are_taken_with_a_warning() {
    check(
        "doubtful_prices.csv",
        "Stooq
        2026-01-02 — 11 9.5 10.5 — 1
        2026-01-05 10 9 11 10 — 1
        2026-01-06 10 11 9 11.2 — 1
        2026-01-07 10 11 9 8 — 1
        2026-01-08 10 11 9 11.01 — 1
        warning line 2, 2026-01-02: open 0 is not above zero and was left out
        warning line 3, 2026-01-05: high 9 is below low 11
        warning line 4, 2026-01-06: close 11.2 is above the day's high 11
        warning line 5, 2026-01-07: close 8 is below the day's low 9",
    );
}

#[test]
fn one_ticker_of_several_is_chosen() {
    for name in [
        "yfinance_two_tickers.csv",
        "yfinance_tickers_first.csv",
        "ticker_column.csv",
    ] {
        let bytes = fixture(name);
        assert_eq!(detect(&bytes).unwrap().tickers, ["IREN", "WULF"], "{name}");
        check_error(
            &bytes,
            "The file holds several tickers (IREN, WULF); choose one",
        );
        let wulf = |ticker: &str| Options {
            ticker: Some(ticker.to_owned()),
            ..Options::default()
        };
        let file = parse(&bytes, &wulf("wulf")).unwrap();
        assert_sound(&file);
        assert_eq!(
            (file.good[0].close.floor(), file.ticker.as_deref()),
            (12.0, Some("WULF")),
            "{name}"
        );
        let error = parse(&bytes, &wulf("HUT")).unwrap_err();
        assert_eq!(
            error.to_string(),
            "The file has no ticker “HUT”; it holds IREN, WULF"
        );
    }
}

#[test]
fn unknown_columns_are_guessed_but_chosen_by_a_person() {
    let bytes = fixture("unknown_header.csv");
    let layout = detect(&bytes).unwrap();
    assert_eq!(layout.format, Format::Generic);
    assert_eq!(layout.names, ["Tag", "Wert", "Notiz"]);
    assert_eq!(layout.preview[1], ["2026-01-02", "10,5", "a"]);
    check_error(
        &bytes,
        "The columns of this file are not known: “Tag, Wert, Notiz”; choose which one is the day and which one is the close",
    );
    let choice = layout.guess().unwrap();
    assert_eq!((choice.day, choice.close), (0, 1));
    let file = parse(
        &bytes,
        &Options {
            columns: Some(choice),
            ..Options::default()
        },
    )
    .unwrap();
    assert_eq!(
        file.good,
        [bar(date(2026, 1, 2), 10.5), bar(date(2026, 1, 5), 11.25)]
    );
    let outside = Options {
        columns: Some(ColumnChoice { close: 7, ..choice }),
        ..Options::default()
    };
    assert_eq!(
        parse(&bytes, &outside),
        Err(FileError::NoSuchColumn {
            number: 8,
            columns: 3
        })
    );

    let bare = detect(b"2026-01-02,10,12,9,11,500\n2026-01-05,11,12,10,12,400\n").unwrap();
    let guess = bare.guess().unwrap();
    assert_eq!(
        (guess.day, guess.close, guess.volume, bare.header_lines),
        (0, 4, Some(5), 0)
    );
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

/// The real files, where they are at hand: none has a row that is refused but
/// for the one gap of Yahoo's Bitcoin file and the dividends, which are no prices.
#[test]
fn real_files_are_read_whole() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/prices");
    let Ok(folders) = std::fs::read_dir(&root) else {
        println!("skipped: ../shared is not here");
        return;
    };
    let files: Vec<PathBuf> = folders
        .flat_map(|folder| {
            std::fs::read_dir(folder.unwrap().path())
                .into_iter()
                .flatten()
        })
        .map(|file| file.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "csv"))
        .collect();
    assert!(files.len() > 40, "found only {}", files.len());
    for path in files {
        let name = path.file_name().unwrap().to_str().unwrap();
        let result = parse(&std::fs::read(&path).unwrap(), &Options::default());
        if name == "NVDA_dividends.csv" {
            assert!(
                matches!(result, Err(FileError::ColumnsUnknown { .. })),
                "{result:?}"
            );
            continue;
        }
        let file = result.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert_sound(&file);
        assert_eq!(file.refused, [], "{}", path.display());
        assert_eq!(
            (file.duplicates.len(), file.conflicts.len(), file.unsorted),
            (0, 0, false),
            "{name}"
        );
        assert!(guess_symbol(name, &file.layout.tickers).is_some(), "{name}");
        let again = parse(write_csv(&file.good).as_bytes(), &Options::default()).unwrap();
        assert_eq!(again.good, file.good, "{name}");
    }
}

/// Prices as providers print them: at most six decimals.
fn any_price() -> impl Strategy<Value = f64> {
    (1_u64..1_000_000_000_000).prop_map(|millionths| millionths as f64 / 1e6)
}

fn any_bars() -> impl Strategy<Value = Vec<Bar>> {
    let price = || proptest::option::of(any_price());
    let row = (
        any_price(),
        price(),
        price(),
        price(),
        price(),
        proptest::option::of(0_u64..1 << 53),
    );
    proptest::collection::btree_map((1_i16..=9999, 1_i8..=12, 1_i8..=28), row, 1..30).prop_map(
        |rows| {
            rows.into_iter()
                .map(
                    |((y, m, d), (close, adjusted, open, high, low, volume))| Bar {
                        day: date(y, m, d),
                        close,
                        adjusted,
                        open,
                        high,
                        low,
                        volume: volume.map(|units| units as f64),
                    },
                )
                .collect()
        },
    )
}

fn fixtures() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/prices");
    let mut names: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    names.sort();
    names
        .iter()
        .map(|path| std::fs::read(path).unwrap())
        .collect()
}

/// Reads bytes in every way a person could; what comes out must be sound.
fn read_every_way(bytes: &[u8]) {
    let guess = detect(bytes).ok().and_then(|layout| layout.guess());
    let tickers = detect(bytes)
        .map(|layout| layout.tickers)
        .unwrap_or_default();
    for columns in [None, guess] {
        for (date_order, decimal, keep) in [
            (None, None, Keep::Last),
            (
                Some(DateOrder::DayFirst),
                Some(DecimalMark::Comma),
                Keep::First,
            ),
            (
                Some(DateOrder::MonthFirst),
                Some(DecimalMark::Point),
                Keep::Last,
            ),
        ] {
            let ticker = tickers.last().cloned();
            let options = Options {
                columns,
                ticker,
                date_order,
                decimal,
                keep,
                not_after: None,
            };
            if let Ok(file) = parse(bytes, &options) {
                assert_sound(&file);
            }
        }
    }
}

proptest! {
    #[test]
    fn what_is_written_reads_back_the_same(bars in any_bars()) {
        let file = parse(write_csv(&bars).as_bytes(), &Options::default()).unwrap();
        prop_assert_eq!(file.good, bars);
    }

    #[test]
    fn no_bytes_break_it(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        read_every_way(&bytes);
    }

    #[test]
    fn no_text_breaks_it(text in "(Date,Close\n)?([-0-9,.;:\t\"'a-zA-Z$/ é]{0,30}\r?\n){0,12}") {
        read_every_way(text.as_bytes());
    }

    #[test]
    fn no_damage_to_a_file_breaks_it(
        which in any::<prop::sample::Index>(),
        edits in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0_u8..4), 1..8),
    ) {
        let mut bytes = which.get(&fixtures()).clone();
        for (at, byte, edit) in edits {
            if bytes.is_empty() {
                break;
            }
            let at = at.index(bytes.len());
            match edit {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                2 => drop(bytes.remove(at)),
                _ => bytes.truncate(at),
            }
        }
        read_every_way(&bytes);
    }

    /// A 32-bit float widened to 64 reads as the decimal it was stored from.
    #[test]
    fn widened_floats_are_narrowed(cents in 1_u32..9_999_999) {
        let price = f64::from(cents) / 100.0;
        let widened = f64::from(price as f32);
        let file = parse(format!("Date,Close\n2026-01-02,{widened}\n").as_bytes(), &Options::default()).unwrap();
        let digits = widened.to_string().trim_start_matches(['0', '.']).bytes().filter(u8::is_ascii_digit).count();
        let expected = if digits > 9 { (price as f32).to_string().parse().unwrap() } else { widened };
        prop_assert_eq!(file.good[0].close, expected);
    }
}
