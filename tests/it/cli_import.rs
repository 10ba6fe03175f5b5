//! Importing prices and books through the command line: what is said, what is
//! refused, what is in the book afterwards.

use gigawatch::cli::Exit;

use crate::cli::Desk;
use crate::statistics::{BTC, COMPARED, IREN, WULF, close_to};

pub(crate) fn csv(closes: &[(&str, f64)]) -> String {
    let lines = closes.iter().map(|(day, close)| format!("{day},{close}\n"));
    format!("Date,Close\n{}", lines.collect::<String>())
}

#[test]
fn bad_rows_are_listed_and_the_good_ones_taken() {
    let desk = Desk::empty();
    let path = desk.file(
        "IREN.csv",
        "Date,Close\n2026-01-02,10.5\nyesterday,11\n2026-01-05,0\n2026-01-06,12\n2027-01-01,13\n",
    );
    let ran = desk.run(&["import", "prices", &path]);
    assert_eq!(ran.exit, Exit::Rejected);
    let expected = [
        format!("{path}:3:Date: not a date (“yesterday”)"),
        format!("{path}:4:Close: zero or negative close (“0”)"),
        format!("{path}:6:Date: day after 2026-11-22 (“2027-01-01”)"),
        String::new(),
    ];
    assert_eq!(ran.err, expected.join("\n"));
    assert_eq!(
        ran.out,
        "File: IREN.csv (Date and close)
Symbol: IREN (new)
Read: 5 rows, 2026-01-02 to 2026-01-06
New: 2 rows
Same as stored: 0 rows
Differing from stored: 0 rows
Repeated: 0 rows
Conflicting: 0 rows
Refused: 3 rows
Done: import prices IREN (2 rows)
"
    );
    let stored = desk.done(&["export", "prices", "-", "--symbol", "iren"]);
    assert_eq!(
        stored,
        "Date,Open,High,Low,Close,Adj Close,Volume\n2026-01-02,,,,10.5,,\n2026-01-06,,,,12,,\n"
    );
    let nothing = desk.file("WULF.csv", "Date,Close\nyesterday,11\n");
    let ran = desk.run(&["import", "prices", &nothing]);
    assert_eq!((ran.exit, ran.out.as_str()), (Exit::Failed, ""));
    assert!(ran.err.contains("no row could be taken"), "{}", ran.err);
}

#[test]
fn stored_closes_are_replaced_or_kept() {
    let desk = Desk::empty();
    let first = desk.file("first.csv", "Date,Close\n2026-01-02,10\n2026-01-05,20\n");
    let second = desk.file(
        "second.csv",
        "Date,Close\n2026-01-02,10\n2026-01-05,10\n2026-01-06,11\n",
    );
    desk.done(&["import", "prices", &first, "--symbol", "iren"]);
    let args = ["import", "prices", &second, "--symbol", "IREN"];
    let closes = || desk.done(&["export", "prices", "-", "--symbol", "IREN"]);

    let before = closes();
    let dry = desk.done(&[&args[..], &["--dry-run"]].concat());
    assert!(dry.contains("Dry run, nothing was changed; it would import prices IREN (3 rows)"));
    assert_eq!(closes(), before);

    let kept = desk.done(&[&args[..], &["--keep-stored"]].concat());
    assert!(
        kept.contains("Differing from stored: 1 row, left as stored; most on 2026-01-05: 20.0000 stored, 10.0000 in the file (-50.0%)"),
        "{kept}"
    );
    assert!(kept.contains("Done: import prices IREN (1 row)"), "{kept}");
    assert!(closes().contains("2026-01-05,,,,20,,\n2026-01-06,,,,11,,"));

    let replaced = desk.done(&args);
    assert!(
        replaced.contains(
            "New: 0 rows\nSame as stored: 2 rows\nDiffering from stored: 1 row, replaced"
        )
    );
    assert!(closes().contains("2026-01-05,,,,10,,"));
    assert!(
        desk.done(&args)
            .contains("Nothing to do: all of it is stored already")
    );
}

#[test]
fn doubt_is_decided_by_flags() {
    let desk = Desk::empty();
    let check = |text: &str, flags: &[&str], told: &str, day: &str| {
        let path = desk.file("X.csv", text);
        let args = ["import", "prices", &path, "--symbol", "TEST"];
        let ran = desk.run(&args);
        assert_eq!(ran.exit, Exit::Failed, "{}", ran.out);
        assert!(ran.err.contains(told), "{}", ran.err);
        desk.done(&[&args[..], flags].concat());
        let stored = desk.done(&["export", "prices", "-", "--symbol", "TEST"]);
        assert!(stored.contains(day), "{stored}");
    };
    check(
        "Date,Close\n03/04/2026,10\n04/04/2026,11\n",
        &["--day-order", "dmy"],
        "--day-order",
        "2026-04-03,,,,10,,",
    );
    check(
        "Tag;Wert;Notiz\n2026-01-02;10,5;a\n2026-01-05;11,25;b\n",
        &["--date-column", "tag", "--close-column", "2"],
        "--date-column and --close-column",
        "2026-01-05,,,,11.25,,",
    );
    check(
        "Date;Close\n2026-02-02;1,234\n2026-02-03;1,235\n",
        &["--decimal", "point"],
        "--decimal",
        "2026-02-02,,,,1234,,",
    );
}

#[test]
fn repeated_days_and_several_tickers_are_told() {
    let desk = Desk::empty();
    let golden = |name: &str| {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/prices/");
        format!("{folder}{name}.csv")
    };
    let path = golden("repeated_and_conflicting_days");
    let ran = desk.run(&["import", "prices", &path, "--symbol", "IREN"]);
    assert_eq!(ran.exit, Exit::Done);
    assert!(
        ran.out.contains("Repeated: 2 rows\nConflicting: 1 row"),
        "{}",
        ran.out
    );
    let told = format!(
        "{path}:3:Close: 10 differs from 10.25 on line 6, which was taken for 2026-01-02\n"
    );
    assert_eq!(ran.err, told);

    let path = golden("yfinance_two_tickers");
    let ran = desk.run(&["import", "prices", &path, "--symbol", "HUT"]);
    assert!(ran.err.contains("--symbol or --ticker"), "{}", ran.err);
    desk.run(&["import", "prices", &path, "--symbol", "wulf"]);
    let stored = desk.done(&["export", "prices", "-", "--symbol", "WULF"]);
    assert!(stored.contains("2026-01-02,,12.5,,12.25"), "{stored}");
}

#[test]
fn a_new_symbol_becomes_an_instrument_and_a_former_one_is_known() {
    let desk = Desk::new();
    for (symbol, kind) in [("ETH-USD", "crypto"), ("BRK-B", "stock")] {
        let path = desk.file("x.csv", csv(IREN));
        desk.done(&["import", "prices", &path, "--symbol", symbol]);
        let book = desk.done(&["export", "book", "-"]);
        let told = format!(
            "\"symbol\":\"{symbol}\",\"name\":\"{symbol}\",\"kind\":\"{kind}\",\"currency\":\"USD\""
        );
        assert!(book.contains(&told), "{symbol}");
    }
    let former = desk.file("BITF.csv", "Date,Close\n2026-01-02,3\n");
    let told = desk.done(&["import", "prices", &former]);
    assert!(told.contains("Symbol: KEEL (formerly BITF)"), "{told}");
}

#[test]
fn a_comparison_of_imported_closes_equals_pandas() {
    let desk = Desk::empty();
    for (symbol, closes) in [("BTC-USD", BTC), ("IREN", IREN), ("WULF", WULF)] {
        let path = desk.file(&format!("{symbol}.csv"), csv(closes));
        desk.done(&["import", "prices", &path]);
    }
    for (from, to, rows) in COMPARED {
        let names: Vec<&str> = rows.iter().map(|row| row.0).collect();
        let found = desk.json(&[
            "report",
            "compare",
            "--symbols",
            &names.join(","),
            "--from",
            from,
            "--to",
            to,
        ]);
        let series = found["series"].as_array().unwrap();
        assert_eq!(series.len(), rows.len());
        for (row, (symbol, expected, count)) in series.iter().zip(rows) {
            check_json_row(row, symbol, *expected, *count, 1e-12);
        }
    }
}

#[track_caller]
pub(crate) fn check_json_row(
    row: &serde_json::Value,
    symbol: &str,
    expected: [f64; 6],
    count: usize,
    tolerance: f64,
) {
    assert_eq!(row["symbol"], symbol);
    assert_eq!(row["reasons"], serde_json::json!({}), "{symbol}");
    let keys = [
        "return",
        "excess_return",
        "volatility_annualised",
        "max_drawdown",
        "beta",
        "correlation",
    ];
    for (key, expected) in keys.into_iter().zip(expected) {
        let found = row[key].as_f64().unwrap();
        close_to(&format!("{symbol} {key}"), found, expected, tolerance);
    }
    assert_eq!(row["observations"], count, "{symbol}");
}

#[test]
fn a_book_goes_out_and_comes_in_the_same() {
    let (from, to) = (Desk::new(), Desk::new());
    let book = from.done(&["export", "book", "-"]);
    // Without a deal the starter book has: it must not come back.
    let mut edited: serde_json::Value = serde_json::from_str(&book).unwrap();
    let deals = edited["deals"].as_array_mut().unwrap();
    deals.retain(|deal| deal["site"] != "Rockdale, Texas");
    let path = to.file("mine.json", edited.to_string());
    let dry = to.done(&["import", "book", &path, "--dry-run"]);
    assert!(dry.contains("Dry run"), "{dry}");
    assert!(!to.data().exists());
    to.done(&["import", "book", &path]);
    let back: serde_json::Value = serde_json::from_str(&to.done(&["export", "book", "-"])).unwrap();
    assert_eq!(back, edited);
    assert!(
        to.done(&["import", "book", &path])
            .contains("Nothing to do")
    );

    let path = to.file("starter.json", &book);
    let dry = to.done(&["import", "book", &path, "--dry-run"]);
    assert!(
        dry.contains("New: 1 record\nDiffering, replaced: 0 records\nSame: 421"),
        "{dry}"
    );
    to.done(&["import", "book", &path]);
    assert_eq!(to.done(&["export", "book", "-"]), book);
}

#[test]
fn a_dry_run_in_an_empty_folder_makes_nothing() {
    let desk = Desk::new();
    let path = desk.file("IREN.csv", csv(IREN));
    let told = desk.done(&["import", "prices", &path, "--dry-run"]);
    assert!(told.contains("Symbol: IREN\n"), "{told}");
    assert!(!desk.data().exists());
}

/// Figures computed with pandas from the same files.
#[test]
fn a_comparison_of_real_closes_equals_pandas() {
    use crate::statistics::shared::{FIGURES, shared};
    let Some(prices) = shared("prices") else {
        return;
    };
    let desk = Desk::new();
    for (path, symbol) in [
        ("dsturdy_yahoo_adjclose_2026-08-03/IREN.csv", "IREN"),
        ("dsturdy_yahoo_adjclose_2026-08-03/WULF.csv", "WULF"),
        ("coeziv_btc_2026-07-24/btc_daily.csv", "BTC-USD"),
    ] {
        let path = prices.join(path).display().to_string();
        let told = desk.done(&["import", "prices", &path]);
        assert!(told.contains(&format!("Symbol: {symbol}\n")), "{told}");
    }
    let found = desk.json(&[
        "report",
        "compare",
        "--symbols",
        "IREN,WULF",
        "--benchmark",
        "BTC-USD",
        "--from",
        "2025-12-31",
        "--to",
        "2026-06-05",
    ]);
    let (_, _, rows, _) = FIGURES[0];
    let expected = rows
        .iter()
        .filter(|row| ["IREN", "WULF", "BTC-USD"].contains(&row.0));
    let series = found["series"].as_array().unwrap();
    assert_eq!(series.len(), 3);
    for (row, (symbol, expected, count)) in series.iter().zip(expected) {
        check_json_row(row, symbol, *expected, *count, 1e-9);
    }
    let basket = &found["basket"];
    assert_eq!(basket["members"], serde_json::json!(["IREN", "WULF"]));
    assert_eq!(basket["weighting"], "equal_buy_and_hold");
    let mean = f64::midpoint(0.43897272967963974, 1.0887728459530024);
    close_to("basket", basket["return"].as_f64().unwrap(), mean, 1e-9);
}
