//! `report sector` on the starter book: its text as a whole, its keys, and that
//! the dial and the switches reach it.

use crate::cli::Desk;

#[test]
fn the_text_of_the_starter_book() {
    let text = Desk::new().done(&["report", "sector"]);
    insta::assert_snapshot!(text);
}

#[test]
fn json_has_a_row_a_statement_and_the_parts_beside_it() {
    let desk = Desk::new();
    let report = desk.json(&["report", "sector", "--as-of", "2026-06-05"]);
    let rows = report["rows"].as_array().unwrap();
    let backlog = rows.iter().filter(|row| row["metric"] == "stated_backlog");
    assert_eq!(backlog.clone().count(), 5);
    for row in backlog {
        assert_eq!(row["tracked_hedge"], "more_than");
        assert_eq!(row["currency"], "USD");
        assert!(row["coverage"].as_f64().unwrap() > 1.0);
        assert_eq!(row["notes"]["tracked"], "without 7 companies");
    }
    let ratios = &report["of_one_source"][0];
    assert_eq!(ratios["usd_per_mw"], "24324324.32");
    assert_eq!(ratios["contracted_of_planned_hedge"], "up_to");
    assert_eq!(report["megawatts"].as_array().unwrap().len(), 6);
    assert_eq!(report["by_kind"][0]["kind"], "colocation");
    let coins = report["bitcoin"].as_array().unwrap();
    let core = coins.iter().find(|row| row["symbol"] == "CORZ").unwrap();
    assert_eq!(core["btc_sold_12m"], "2385");
    let reason = &core["reasons"]["btc_reduction"];
    assert!(reason.as_str().unwrap().contains("only one holding"));
}

#[test]
fn the_dial_and_the_switches_reach_it() {
    let desk = Desk::new();
    let value = |args: &[&str]| {
        let args: Vec<&str> = ["report", "sector"].iter().chain(args).copied().collect();
        let report = desk.json(&args);
        let parts = report["by_class"].as_array().unwrap().clone();
        let values = parts
            .iter()
            .map(|part| part["value_usd"].as_str().unwrap().parse::<f64>().unwrap());
        values.sum::<f64>()
    };
    let today = value(&[]);
    assert!(value(&["--whole"]) > today);
    assert!(value(&["--with-options"]) > today);
    assert!(value(&["--as-of", "2026-01-31"]) < today);
    let empty = Desk::empty();
    let text = empty.done(&["report", "sector"]);
    assert!(text.contains("Nothing is stated of the sector"), "{text}");
}
