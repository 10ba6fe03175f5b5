//! Price CSV files: layouts, quirks, bad rows, overlap.

use std::fmt::Write as _;
use std::path::Path;

use gigawatch::exchange::price_csv::{
    ColumnChoice, DateOrder, DecimalMark, FileError, Format, Keep, Options, PriceFile, detect,
    parse,
};
use gigawatch::model::series::Bar;
use jiff::civil::{Date, date};

fn fixture(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden/prices")
        .join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

pub fn bar(day: Date, close: f64) -> Bar {
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
    let mut text = file.layout.format.name().to_owned();
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
pub fn check_error(bytes: &[u8], expected: &str) {
    assert_eq!(
        parse(bytes, &Options::default()).unwrap_err().to_string(),
        expected
    );
}

/// What holds for every result, whatever the file.
#[track_caller]
pub fn assert_sound(file: &PriceFile) {
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
        2026-01-01 87134.35 89297.9375 86735.55 88430.13 — 35586356225
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
        not_after: Some(date(2026, 1, 2)),
        ..Options::default()
    };
    let file = parse(&fixture("stooq_bom_crlf.csv"), &limit).unwrap();
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
