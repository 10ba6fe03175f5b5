//! Price statistics against figures computed independently with pandas, on a
//! small fixture with Bitcoin's weekends and a missing day; and the reasons
//! where there is no figure.

#![expect(clippy::print_stdout, reason = "a test that was skipped must say so")]

mod laws;
mod series_days;
pub(crate) mod shared;
mod vectors;

use gigawatch::analytics::basket::{equal_weight, level_line};
use gigawatch::analytics::compare::{CompareRow, compare};
use gigawatch::analytics::pairs::{paired_closes, paired_returns, relative_strength};
use gigawatch::analytics::reason::Reason;
use gigawatch::analytics::regression::fit;
use gigawatch::analytics::returns::{excess, return_1d, return_between, span, span_return, ytd};
use gigawatch::analytics::risk::{max_drawdown, volatility_annualised};
use gigawatch::model::series::{Bar, Prices, Series};
use jiff::civil::Date;

/// Bitcoin on every day of two weeks, Thursday to Thursday.
pub(crate) const BTC: &[(&str, f64)] = &[
    ("2026-01-01", 87500.5),
    ("2026-01-02", 88910.25),
    ("2026-01-03", 90105.0),
    ("2026-01-04", 91220.75),
    ("2026-01-05", 93880.0),
    ("2026-01-06", 92650.4),
    ("2026-01-07", 91005.1),
    ("2026-01-08", 90870.9),
    ("2026-01-09", 90440.0),
    ("2026-01-10", 90330.2),
    ("2026-01-11", 90777.7),
    ("2026-01-12", 91330.0),
    ("2026-01-13", 95120.6),
    ("2026-01-14", 96980.3),
    ("2026-01-15", 95510.0),
];
/// A stock on exchange days; 7 January is missing.
pub(crate) const IREN: &[(&str, f64)] = &[
    ("2025-12-31", 37.77),
    ("2026-01-02", 42.0),
    ("2026-01-05", 44.38),
    ("2026-01-06", 43.15),
    ("2026-01-08", 46.91),
    ("2026-01-09", 45.2),
    ("2026-01-12", 48.55),
    ("2026-01-13", 47.07),
    ("2026-01-14", 51.8),
    ("2026-01-15", 50.02),
];
/// A stock listed on 6 January.
pub(crate) const WULF: &[(&str, f64)] = &[
    ("2026-01-06", 12.1),
    ("2026-01-07", 11.85),
    ("2026-01-08", 12.33),
    ("2026-01-09", 12.02),
    ("2026-01-12", 12.96),
    ("2026-01-13", 13.4),
    ("2026-01-14", 13.1),
    ("2026-01-15", 13.72),
];

pub(crate) fn day(text: &str) -> Date {
    text.parse().expect("a day")
}

pub(crate) fn series(closes: &[(&str, f64)]) -> Series {
    let bars = closes.iter().map(|(d, close)| Bar::close(day(d), *close));
    Series::new(bars.collect()).expect("a series")
}

fn fixture() -> Prices {
    let mut prices = Prices::default();
    for (symbol, closes) in [("BTC-USD", BTC), ("IREN", IREN), ("WULF", WULF)] {
        prices.by_symbol.insert(symbol.to_owned(), series(closes));
    }
    prices
}

pub(crate) fn symbols(list: &[&str]) -> Vec<String> {
    list.iter().map(|s| (*s).to_owned()).collect()
}

#[track_caller]
pub(crate) fn close_to(what: &str, found: f64, expected: f64, tolerance: f64) {
    assert!(
        (found - expected).abs() <= tolerance,
        "{what}: found {found:?}, expected {expected:?}"
    );
}

/// return, excess return, volatility, drawdown, beta, correlation
#[track_caller]
pub(crate) fn check_row(row: &CompareRow, expected: [f64; 6], count: usize, tolerance: f64) {
    let found = [
        row.price_return,
        row.excess_return,
        row.volatility_annualised,
        row.max_drawdown,
        row.beta,
        row.correlation,
    ];
    assert_eq!(row.reasons.len(), 0, "{}: {:?}", row.symbol, row.reasons);
    for (number, (found, expected)) in found.into_iter().zip(expected).enumerate() {
        let what = format!("{} figure {number}", row.symbol);
        close_to(&what, found.expect("a figure"), expected, tolerance);
    }
    assert_eq!(row.observations, count, "{}", row.symbol);
}

/// Symbol; return, excess return, volatility, drawdown, beta, correlation; and
/// the number of paired returns.
pub(crate) type Row = (&'static str, [f64; 6], usize);

/// Base day, last day and the rows, as pandas computes them.
pub(crate) const COMPARED: [(&str, &str, &[Row]); 2] = [
    (
        "2026-01-02",
        "2026-01-15",
        &[
            (
                "IREN",
                [
                    0.19095238095238098,
                    0.1167230316928749,
                    0.9696717603714706,
                    -0.03645278192283086,
                    0.40816598747388644,
                    0.18599564644580802,
                ],
                8,
            ),
            // Listed on the 6th: beside Bitcoin's return since the 6th.
            (
                "WULF",
                [
                    0.13388429752066133,
                    0.10301988678956886,
                    0.6554143664915929,
                    -0.02514193025141931,
                    0.32420477714113005,
                    0.1643220384662835,
                ],
                7,
            ),
            (
                "BTC-USD",
                [
                    0.07422934925950608,
                    0.0,
                    0.33438852149889864,
                    -0.03781210055389861,
                    1.0,
                    1.0,
                ],
                13,
            ),
        ],
    ),
    // From a Sunday: the stock's base is Friday's close, Bitcoin's Sunday's.
    (
        "2026-01-04",
        "2026-01-14",
        &[
            (
                "IREN",
                [
                    0.23333333333333317,
                    0.17019473822202347,
                    0.967106642710892,
                    -0.03645278192283086,
                    0.12445307880329028,
                    0.05740783431945446,
                ],
                7,
            ),
            (
                "BTC-USD",
                [
                    0.0631385951113097,
                    0.0,
                    0.3564495042525399,
                    -0.03781210055389861,
                    1.0,
                    1.0,
                ],
                10,
            ),
        ],
    ),
];

#[test]
fn a_comparison_equals_pandas() {
    for (from, to, rows) in COMPARED {
        let names: Vec<&str> = rows.iter().map(|r| r.0).collect();
        let found = compare(&fixture(), &symbols(&names), "BTC-USD", day(from), day(to));
        for (row, (symbol, expected, count)) in found.series.iter().zip(rows) {
            assert_eq!(row.symbol, *symbol);
            check_row(row, *expected, *count, 1e-12);
        }
        assert_eq!(found.series.len(), rows.len());
    }
}

#[test]
fn a_late_listing_says_since_when() {
    let found = compare(
        &fixture(),
        &symbols(&["IREN", "WULF"]),
        "BTC-USD",
        day("2026-01-02"),
        day("2026-01-15"),
    );
    let (iren, wulf) = (&found.series[0], &found.series[1]);
    assert_eq!((iren.since, iren.first_close), (None, Some(42.0)));
    assert_eq!(wulf.since, Some(day("2026-01-06")));
    assert_eq!(wulf.notes["return"], "Since 2026-01-06");
    assert_eq!(
        wulf.notes["excess_return"],
        "Both from 2026-01-06 to 2026-01-15"
    );
    assert_eq!(found.basket.members, ["IREN"]);
    assert_eq!(
        found.basket.excluded["WULF"],
        "No close on or before 2026-01-02: its prices begin on 2026-01-06"
    );
}

#[test]
fn a_basket_is_the_mean_of_its_members() {
    let (names, from, to) = (
        symbols(&["IREN", "WULF", "IREN"]),
        day("2026-01-06"),
        day("2026-01-15"),
    );
    let found = compare(&fixture(), &names, "BTC-USD", from, to).basket;
    assert_eq!(found.members, ["IREN", "WULF"]);
    assert_eq!(found.weighting, "equal_buy_and_hold");
    close_to(
        "basket",
        found.price_return.unwrap(),
        0.14654817425279887,
        1e-12,
    );
    close_to(
        "excess",
        found.excess_return.unwrap(),
        0.14654817425279887 - 0.030864410731092473,
        1e-12,
    );
    let line = level_line(&fixture(), &names, from, to);
    assert_eq!(line[0], (from, 100.0));
    // IREN has no close on the 7th and counts with that of the 6th.
    close_to("7 January", line[1].1, 50.0 + 50.0 * 11.85 / 12.1, 1e-12);
    close_to("last", line.last().unwrap().1, 114.65481742527989, 1e-10);
    let none = equal_weight(&fixture(), &symbols(&["HUT"]), from, to);
    assert_eq!(none.value, Err(Reason::NoMembers));
}

#[test]
fn returns_count_from_the_close_before_the_first_day() {
    let iren = series(IREN);
    let check = |from: &str, to: &str, first: &str, last: &str| {
        let found = span_return(&iren, day(from), day(to)).unwrap();
        assert_eq!((found.first_day, found.last_day), (day(first), day(last)));
        close_to(
            "value",
            found.value,
            found.last_close / found.first_close - 1.0,
            0.0,
        );
    };
    check("2026-01-01", "2026-01-15", "2025-12-31", "2026-01-15");
    check("2026-01-05", "2026-01-11", "2026-01-02", "2026-01-09");
    check("2025-12-31", "2026-01-02", "2025-12-31", "2026-01-02");
    assert_eq!(
        ytd(&iren, day("2026-01-15")).unwrap(),
        return_between(&iren, day("2025-12-31"), day("2026-01-15")).unwrap()
    );
    assert_eq!(
        span_return(&iren, day("2025-12-31"), day("2026-01-15"))
            .unwrap()
            .since,
        Some(day("2025-12-31"))
    );
    let last = return_1d(&iren, day("2026-01-18")).unwrap();
    assert_eq!(
        (last.first_day, last.last_day),
        (day("2026-01-14"), day("2026-01-15"))
    );
    close_to("1 day", last.value, -0.03436293436293425, 1e-12);
}

#[test]
fn what_cannot_be_measured_says_why() {
    let check = |found: Reason, text: &str| assert_eq!(found.to_string(), text);
    let (iren, btc) = (series(IREN), series(BTC));
    let (early, late) = (day("2025-01-01"), day("2027-01-01"));
    check(
        return_between(&iren, early, day("2025-06-01")).unwrap_err(),
        "No close up to 2025-06-01",
    );
    check(
        return_between(&Series::default(), early, late).unwrap_err(),
        "No close up to 2027-01-01",
    );
    check(
        return_between(&iren, day("2026-06-01"), late).unwrap_err(),
        "No close after 2026-01-15 and up to 2027-01-01",
    );
    check(
        return_1d(&iren, day("2025-12-31")).unwrap_err(),
        "Too few returns: 1 needed, 0 at hand",
    );
    check(
        paired_closes(&iren, &btc, early, day("2026-01-04")).unwrap_err(),
        "The two series share fewer than two days",
    );
    let two = paired_returns(&paired_closes(&iren, &btc, early, day("2026-01-06")).unwrap());
    check(
        fit(&two).unwrap_err(),
        "Too few returns: 3 needed, 2 at hand",
    );
    let one = span(&iren, day("2026-01-14"), late).unwrap();
    check(
        volatility_annualised(iren.bars(), one).unwrap_err(),
        "Too few returns: 2 needed, 1 at hand",
    );
    check(
        max_drawdown(&[]).unwrap_err(),
        "Too few returns: 1 needed, 0 at hand",
    );

    let found = compare(
        &fixture(),
        &symbols(&["HUT", "IREN"]),
        "ETH-USD",
        early,
        late,
    );
    assert_eq!(found.series[0].price_return, None);
    assert_eq!(
        found.series[0].reasons["beta"],
        "No prices of HUT: import or fetch them"
    );
    assert_eq!(
        found.series[1].reasons["beta"],
        "No prices of ETH-USD: import or fetch them"
    );
    assert!(found.series[1].price_return.is_some());
    assert_eq!(found.basket.reasons.len(), 2);
}

#[test]
fn a_benchmark_that_ended_is_compared_up_to_its_end() {
    let (iren, mut closes) = (series(IREN), BTC.to_vec());
    closes.truncate(6);
    let old = series(&closes);
    let found = excess(&iren, &old, day("2026-01-02"), day("2026-01-15")).unwrap();
    assert_eq!(found.until, Some(day("2026-01-06")));
    close_to(
        "excess",
        found.value,
        (43.15 / 42.0) - (92650.4 / 88910.25),
        1e-12,
    );
    // A weekend apart is no end.
    let found = excess(&iren, &series(BTC), day("2026-01-02"), day("2026-01-11")).unwrap();
    assert_eq!(
        (found.until, found.benchmark.last_day),
        (None, day("2026-01-11"))
    );
}

#[test]
fn alpha_and_relative_strength() {
    let closes = paired_closes(
        &series(IREN),
        &series(BTC),
        day("2026-01-02"),
        day("2026-01-15"),
    )
    .unwrap();
    let found = fit(&paired_returns(&closes)).unwrap();
    close_to("alpha", found.alpha, 0.019868751133408774, 1e-12);
    close_to(
        "r squared",
        found.r_squared.unwrap(),
        0.03459438049679402,
        1e-12,
    );
    let line = relative_strength(&closes);
    assert_eq!(line[0], (day("2026-01-02"), 1.0));
    close_to(
        "strength",
        line.last().unwrap().1,
        (50.02 / 42.0) / (95510.0 / 88910.25),
        1e-12,
    );
}

#[test]
fn drawdown_tells_its_days() {
    let (iren, btc) = (series(IREN), series(BTC));
    let found = max_drawdown(iren.bars()).unwrap();
    assert_eq!(
        (found.peak_day, found.trough_day),
        (day("2026-01-08"), day("2026-01-09"))
    );
    assert_eq!(found.recovery_day, Some(day("2026-01-12")));
    let found = max_drawdown(btc.between(day("2026-01-02"), day("2026-01-12"))).unwrap();
    assert_eq!(
        (found.peak_day, found.trough_day),
        (day("2026-01-05"), day("2026-01-10"))
    );
    assert_eq!(found.recovery_day, None);
    let found = max_drawdown(btc.between(day("2026-01-01"), day("2026-01-05"))).unwrap();
    assert_eq!((found.value, found.recovery_day), (0.0, None));
}
