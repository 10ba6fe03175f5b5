//! The reports over the starter book: the documented keys, the figures checked
//! apart, unknowns with their reasons, text that fits a terminal.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::cli::Desk;
use crate::statistics::close_to;

const DOCS: &str = include_str!("../../docs/cli.md");

const REPORTS: [&[&str]; 10] = [
    &["report", "watchlist"],
    &["report", "deals"],
    &["report", "debt"],
    &["report", "compare"],
    &["report", "schedule"],
    &[
        "report",
        "schedule",
        "WULF",
        "--by",
        "year",
        "--whole",
        "--if-converted",
    ],
    &["report", "conflicts"],
    &["report", "sector"],
    &["report", "company", "HUT"],
    &["report", "company", "IREN"],
];

fn rows<'a>(report: &'a Value, key: &str) -> &'a [Value] {
    report[key].as_array().unwrap()
}

fn find<'a>(report: &'a Value, of: &[(&str, &str)]) -> Vec<&'a Value> {
    let fits = |row: &&Value| {
        of.iter()
            .all(|(key, text)| row[*key].as_str().is_some_and(|found| found.contains(text)))
    };
    rows(report, "rows").iter().filter(fits).collect()
}

#[test]
fn the_starter_deals_have_the_rates_computed_apart() {
    let desk = Desk::new();
    let report = desk.json(&["report", "deals"]);
    assert_eq!(report["as_of"], "2026-11-21");
    let beacon = find(&report, &[("company", "Hut 8"), ("site", "Beacon Point")]);
    let beacon = beacon
        .iter()
        .find(|row| !row["base_value_usd"].is_null())
        .unwrap();
    for (key, expected) in [
        ("rate_usd_m_per_mw_year", 1.856_060_606),
        ("rate_usd_per_kw_month", 154.671_717_172),
        ("rate_usd_per_mwh", 211.879_064_619),
    ] {
        close_to(key, beacon[key].as_f64().unwrap(), expected, 1e-9);
    }
    assert_eq!(beacon["base_value_usd"], "9800000000");
    assert_eq!(beacon["base_value_hedge"], "exact");
    assert_eq!(beacon["remaining_usd"], "9800000000");
    assert_eq!(beacon["critical_mw"], "352");
    assert_eq!(beacon["term_months"], 180);
    assert_eq!(beacon["rent_start"], "2027-Q3");
    assert_eq!(beacon["announced"], "2026-05-06");
    assert_eq!(beacon["kind"], "powered_shell");
    assert_eq!(beacon["gross_mw"], Value::Null);
    assert_eq!(beacon["reasons"]["gross_mw"], "no gross load is stated");
    assert_eq!(
        beacon["reasons"]["rate_usd_per_gpu"],
        "no number of GPUs is stated"
    );
    let microsoft = find(
        &report,
        &[("symbol", "IREN"), ("counterparty", "Microsoft")],
    );
    let gpu = microsoft[0]["rate_usd_per_gpu"].as_f64().unwrap();
    assert_eq!((microsoft.len(), gpu.round() as i64), (1, 127_632));
    assert_eq!(microsoft[0]["gpus"], 76_000);
}

#[test]
fn the_odd_galaxy_statement_has_a_warning_and_is_in_no_total() {
    let desk = Desk::new();
    let report = desk.json(&["report", "deals"]);
    let galaxy = find(
        &report,
        &[("symbol", "GLXY"), ("base_value_usd", "4500000000")],
    );
    assert_eq!(galaxy.len(), 1);
    assert_eq!(galaxy[0]["critical_mw"], "800");
    assert_eq!(galaxy[0]["counts"], false);
    assert!(galaxy[0]["alternative_to"].is_string());
    let warning = galaxy[0]["warnings"][0].as_str().unwrap();
    assert!(warning.contains("below the usual"), "{warning}");

    let counted = |key: &str| -> f64 {
        let counted = rows(&report, "rows")
            .iter()
            .filter(|row| row["counts"] == true);
        let known = counted.filter_map(|row| row[key].as_str());
        known.map(|text| text.parse::<f64>().unwrap()).sum()
    };
    let totals = &report["totals"];
    for key in [
        "base_value_usd",
        "attributable_value_usd",
        "remaining_usd",
        "critical_mw",
    ] {
        let total: f64 = totals[key].as_str().unwrap().parse().unwrap();
        close_to(key, total, counted(key), 0.1);
    }
    assert_eq!(
        totals["by_company"]["Galaxy"]["base_value_usd"],
        "15000000000"
    );
    assert_eq!(totals["by_class"]["chipmaker"]["deals"], 2);
}

#[test]
fn keys_are_those_the_issue_of_scripts_rests_on() {
    let desk = Desk::new();
    let watchlist = desk.json(&["report", "watchlist"]);
    let first = &rows(&watchlist, "rows")[0];
    for key in "symbol company last_close last_day return_1d return_ytd excess_return_ytd \
                backlog_usd debt_usd backlog_to_debt contracted_critical_mw ai_revenue_share \
                next_rent_start oldest_figure_days reasons"
        .split_whitespace()
    {
        assert!(first.get(key).is_some(), "watchlist {key}");
    }
    assert_eq!(
        (&first["symbol"], &first["last_close"]),
        (&"IREN".into(), &35.19.into())
    );
    assert_eq!(first["backlog_usd"], "13100000000");
    assert_eq!(first["hedges"]["contracted_critical_mw"], "more_than");
    let deals = desk.json(&["report", "deals"]);
    for key in "company symbol counterparty counterparty_class kind site status announced \
                rent_start term_months base_value_usd value_with_options_usd owned_share \
                attributable_value_usd critical_mw gross_mw rate_usd_m_per_mw_year \
                rate_usd_per_kw_month rate_usd_per_mwh remaining_usd warnings"
        .split_whitespace()
    {
        assert!(rows(&deals, "rows")[0].get(key).is_some(), "deals {key}");
    }
    let compare = desk.json(&["report", "compare"]);
    for key in "symbol first_day last_day first_close last_close return excess_return \
                volatility_annualised max_drawdown beta correlation observations"
        .split_whitespace()
    {
        assert!(
            rows(&compare, "series")[0].get(key).is_some(),
            "compare {key}"
        );
    }
    for key in ["members", "weighting", "return", "excess_return"] {
        assert!(compare["basket"].get(key).is_some(), "basket {key}");
    }
}

/// Keys that may be null without being unknown: nothing is missing there.
const OPTIONAL: [&str; 5] = [
    "alternative_to",
    "since",
    "currency",
    "prices_note",
    "prices_to",
];

/// Every null has a reason, and every key is in the documentation. Keys of
/// objects that are data (symbols, years, names) are not keys of ours.
fn check_keys(value: &Value, seen: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (key, inner) in fields {
                let data = [
                    "reasons",
                    "notes",
                    "hedges",
                    "by_year",
                    "instruments_by_year",
                    "excluded",
                    "by_company",
                    "by_class",
                ];
                seen.insert(key.clone());
                if inner.is_null() && !OPTIONAL.contains(&key.as_str()) {
                    let reason = fields.get("reasons").and_then(|reasons| reasons.get(key));
                    assert!(reason.is_some(), "{key} is null without a reason: {value}");
                }
                if !data.contains(&key.as_str()) || inner.is_array() {
                    check_keys(inner, seen);
                }
            }
        }
        Value::Array(values) => values.iter().for_each(|value| check_keys(value, seen)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[test]
fn every_null_has_a_reason_and_every_key_is_documented() {
    let desk = Desk::new();
    let mut seen = BTreeSet::new();
    for report in REPORTS {
        check_keys(&desk.json(report), &mut seen);
    }
    for key in seen {
        assert!(
            DOCS.contains(&format!("`{key}`")),
            "docs/cli.md lacks `{key}`"
        );
    }
}

#[test]
fn csv_has_the_keys_as_header_and_a_row_a_line() {
    let desk = Desk::new();
    for report in REPORTS {
        let json = desk.json(report);
        let list = ["rows", "series", "figures"]
            .into_iter()
            .find_map(|key| json[key].as_array());
        let list = list.unwrap();
        let text = desk.done(&[report, &["--csv"]].concat());
        assert!(text.contains("\r\n"));
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let header = reader.headers().unwrap().clone();
        let keys: BTreeSet<&str> = header.iter().collect();
        let expected: BTreeSet<&str> = list[0]
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect();
        assert_eq!(keys, expected, "{report:?}");
        let read: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert_eq!(read.len(), list.len());
        for (record, row) in read.iter().zip(list) {
            for (key, cell) in header.iter().zip(record) {
                match &row[key] {
                    Value::Null => assert_eq!(cell, "", "{key}"),
                    Value::String(text) => assert_eq!(cell, text, "{key}"),
                    Value::Number(number) => {
                        let (found, expected) = (cell.parse().unwrap(), number.as_f64().unwrap());
                        close_to(key, found, expected, expected.abs() * 1e-15);
                    }
                    Value::Bool(_) | Value::Array(_) | Value::Object(_) => {}
                }
            }
        }
    }
}

#[test]
fn an_earlier_day_shows_what_was_known_then() {
    let desk = Desk::new();
    let sites = |day: &str| {
        let report = desk.json(&["report", "deals", "--as-of", day]);
        assert_eq!(report["as_of"], day);
        rows(&report, "rows")
            .iter()
            .filter_map(|row| row["site"].as_str().map(str::to_owned))
            .collect::<BTreeSet<_>>()
    };
    let (before, after) = (sites("2026-05-05"), sites("2026-05-06"));
    let new: Vec<_> = after.difference(&before).collect();
    assert_eq!(new, ["Beacon Point, Nueces County, Texas"]);

    let watchlist = desk.json(&["report", "watchlist", "--as-of", "2026-03-01"]);
    assert_eq!(watchlist["prices_to"], "2026-02-27");
    assert_eq!(rows(&watchlist, "rows")[0]["last_day"], "2026-02-27");
    let compare = desk.json(&[
        "report",
        "compare",
        "--as-of",
        "2026-03-01",
        "--to",
        "2026-09-01",
    ]);
    assert_eq!(compare["to"], "2026-03-01");
    let long_ago = desk.json(&["report", "deals", "--as-of", "2020-01-01"]);
    assert_eq!(rows(&long_ago, "rows").len(), 0);
    let csv = desk.done(&["report", "deals", "--as-of", "2020-01-01", "--csv"]);
    assert!(csv.starts_with("id,company,") && csv.ends_with("reasons\r\n"));
}

#[test]
fn text_fits_120_columns_and_says_unknown_plainly() {
    let desk = Desk::new();
    for report in REPORTS {
        let text = desk.done(report);
        assert!(text.starts_with("As of 2026-11-21; newest close 2026-10-09; weekly starter"));
        for line in text.lines() {
            assert!(line.chars().count() <= 120, "{report:?}: {line}");
            assert_eq!(line.trim_end(), line, "{report:?}");
        }
    }
    let watchlist = desk.done(&["report", "watchlist"]);
    let line = watchlist
        .lines()
        .find(|line| line.starts_with("MARA"))
        .unwrap();
    let cells: Vec<&str> = line.split_whitespace().collect();
    assert_eq!(
        cells.join(" "),
        "MARA MARA Holdings 9.65 — +7.5% +29.9% — 2,466 — — — — 42"
    );
    assert!(
        watchlist
            .contains("Backlog: no deal is entered (MARA, CLSK, BTDR, KEEL, HIVE, BTBT, ABTC)\n"),
        "{watchlist}"
    );
}

#[test]
fn a_company_is_found_by_former_symbol_and_by_name() {
    let desk = Desk::new();
    for typed in ["KEEL", "keel", "BITF", "keel infrastructure"] {
        let report = desk.json(&["report", "company", typed]);
        assert_eq!(report["company"]["symbol"], "KEEL", "{typed}");
    }
    let report = desk.json(&["report", "company", "HUT"]);
    let chosen = |metric: &str| {
        let figures = rows(&report, "figures").iter();
        figures
            .filter(|row| row["metric"] == metric && row["chosen"] == true)
            .map(|row| row["value"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(chosen("stated_backlog"), ["26600000000"]);
    assert_eq!(report["row"]["backlog_usd"], "16800000000");
    assert_eq!(report["deals"].as_array().unwrap().len(), 3);
    assert_eq!(report["treasury"][0]["btc"], "16331");
}

#[test]
fn debt_stands_two_ways_and_is_not_summed_together() {
    let desk = Desk::new();
    let report = desk.json(&["report", "debt"]);
    let wulf = find(&report, &[("symbol", "WULF")]);
    assert_eq!(wulf[0]["instruments_usd"], "6400000000");
    assert_eq!(wulf[0]["joint_venture_usd"], "1300000000");
    assert_eq!(wulf[0]["by_year"]["2030"], "4500000000");
    let riot = find(&report, &[("symbol", "RIOT")]);
    assert_eq!(riot[0]["instruments_usd"], Value::Null);
    let proposed = rows(&report, "instruments").iter();
    let proposed = proposed.filter(|row| row["status"] == "proposed");
    for row in proposed {
        assert_eq!(row["reasons"]["owed_usd"], "it is proposed, not owed");
    }
}

#[test]
fn conflicts_are_reported_with_the_dial_and_what_is_open() {
    let desk = Desk::new();
    let report = desk.json(&["report", "conflicts"]);
    assert_eq!(report["open"], 5);
    let sector = find(&report, &[("subject", "Sector")]);
    assert_eq!(sector[0]["one_value"], "70000000000");
    assert_eq!(sector[0]["other_also"].as_array().unwrap().len(), 3);
    let coins = find(&report, &[("topic", "coin_price")]);
    assert_eq!(coins[0]["symbol"], "CORZ");
    assert_eq!(coins[0]["other_value"], Value::Null);
    assert_eq!(coins[0]["other_low"], 65_881.8);
    let open = desk.json(&["report", "conflicts", "--open"]);
    assert_eq!(rows(&open, "rows"), rows(&report, "rows"));
    let then = desk.json(&["--as-of", "2026-01-31", "report", "conflicts"]);
    assert_eq!(then["open"], 1);
    assert_eq!(then["rows"][0]["topic"], "owned_share");
}
