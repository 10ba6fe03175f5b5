//! What holds for price statistics of any series.

use gigawatch::analytics::basket::{equal_weight, level_line};
use gigawatch::analytics::decimate::min_max;
use gigawatch::analytics::pairs::{paired_closes, paired_returns};
use gigawatch::analytics::regression::fit;
use gigawatch::analytics::returns::{rebase, return_between};
use gigawatch::analytics::risk::{max_drawdown, volatility_annualised};
use gigawatch::model::series::{Bar, Prices, Series};
use jiff::ToSpan as _;
use jiff::civil::Date;
use proptest::prelude::*;

use super::{close_to, day, symbols};

/// Closes one to five days apart, from within the first days of 2025.
fn any_series() -> impl Strategy<Value = Series> {
    proptest::collection::vec((1..=5_i64, 0.01..1e5_f64), 2..60).prop_map(|steps| {
        let mut date = day("2025-01-01");
        let bars = steps.into_iter().map(|(gap, close)| {
            date += gap.days();
            Bar::close(date, close)
        });
        Series::new(bars.collect()).expect("rising days, positive closes")
    })
}

fn scaled(series: &Series, factor: f64) -> Series {
    let bars = series.bars().iter();
    Series::new(bars.map(|b| Bar::close(b.day, b.close * factor)).collect()).expect("positive")
}

fn near(found: f64, expected: f64) -> bool {
    (found - expected).abs() <= 1e-9 * (1.0 + expected.abs())
}

/// The day before and the day after everything that `any_series` makes.
fn ends() -> (Date, Date) {
    (day("2024-12-31"), day("2026-12-31"))
}

proptest! {
    #[test]
    fn correlation_is_between_minus_one_and_one(a in any_series(), b in any_series()) {
        let (from, to) = ends();
        if let Ok(found) = paired_closes(&a, &b, from, to).and_then(|c| fit(&paired_returns(&c))) {
            let r = found.correlation.unwrap_or(0.0);
            prop_assert!((-1.0..=1.0).contains(&r), "{r}");
            prop_assert!(found.beta.is_finite() && found.alpha.is_finite());
        }
    }

    #[test]
    fn a_series_moves_with_itself(a in any_series()) {
        let (from, to) = ends();
        let closes = paired_closes(&a, &a, from, to).expect("the same days");
        prop_assert_eq!(closes.len(), a.len());
        if let Ok(found) = fit(&paired_returns(&closes)) {
            prop_assert!(near(found.beta, 1.0) && near(found.correlation.unwrap(), 1.0));
            prop_assert!(found.alpha.abs() <= 1e-6 * (1.0 + a.len() as f64));
        }
    }

    #[test]
    fn the_unit_of_a_price_does_not_matter(a in any_series(), factor in 0.001..1000.0_f64) {
        let (from, to) = ends();
        let b = scaled(&a, factor);
        let change = |s: &Series| return_between(s, from, to).unwrap().value;
        prop_assert!(near(change(&b), change(&a)));
        let risk = |s: &Series| volatility_annualised(s.bars(), s.bars());
        match (risk(&a), risk(&b)) {
            (Ok(a), Ok(b)) => prop_assert!(near(b, a)),
            (a, b) => prop_assert_eq!(a, b),
        }
        let fall = |s: &Series| max_drawdown(s.bars()).unwrap().value;
        prop_assert!(near(fall(&b), fall(&a)));
        let (base_a, base_b) = (a.first().unwrap().close, b.first().unwrap().close);
        for (x, y) in rebase(a.bars(), base_a).iter().zip(rebase(b.bars(), base_b)) {
            prop_assert!(x.0 == y.0 && near(y.1, x.1));
        }
    }

    #[test]
    fn drawdown_is_the_deepest_of_all_falls(a in any_series()) {
        let found = max_drawdown(a.bars()).unwrap();
        let mut deepest = 0.0_f64;
        for (n, low) in a.bars().iter().enumerate() {
            for high in &a.bars()[..n] {
                deepest = deepest.min(low.close / high.close - 1.0);
            }
        }
        prop_assert!((-1.0..=0.0).contains(&found.value));
        prop_assert_eq!(found.value, deepest);
        let close = |d| a.at_or_before(d).unwrap().close;
        if found.value < 0.0 {
            prop_assert_eq!(found.value, close(found.trough_day) / close(found.peak_day) - 1.0);
        }
        if let Some(recovered) = found.recovery_day {
            prop_assert!(recovered > found.trough_day && close(recovered) >= close(found.peak_day));
        }
    }

    #[test]
    fn returns_chain(a in any_series(), at in 1..59_usize) {
        let (from, to) = ends();
        let Some(middle) = a.bars().get(at).map(|b| b.day) else { return Ok(()) };
        let change = |from, to| return_between(&a, from, to).map_or(0.0, |r| r.value);
        let chained = (1.0 + change(from, middle)) * (1.0 + change(middle, to)) - 1.0;
        prop_assert!(near(chained, change(from, to)));
    }

    #[test]
    fn a_basket_line_ends_at_the_basket_return(a in any_series(), b in any_series()) {
        let from = a.first().unwrap().day.max(b.first().unwrap().day);
        let to = ends().1;
        let mut prices = Prices::default();
        prices.by_symbol.insert("A".to_owned(), a);
        prices.by_symbol.insert("B".to_owned(), b);
        let names = symbols(&["A", "B"]);
        let basket = equal_weight(&prices, &names, from, to);
        let line = level_line(&prices, &names, from, to);
        match basket.value {
            Ok(value) => prop_assert!(near(line.last().unwrap().1, 100.0 * (1.0 + value))),
            Err(_) => prop_assert!(line.is_empty()),
        }
    }

    #[test]
    fn merging_keeps_the_newest_word_on_each_day(a in any_series(), b in any_series()) {
        let mut found = a.clone();
        found.merge(b.bars().to_vec()).unwrap();
        let days: std::collections::BTreeMap<Date, f64> =
            a.bars().iter().chain(b.bars()).map(|bar| (bar.day, bar.close)).collect();
        let merged: Vec<(Date, f64)> = found.bars().iter().map(|b| (b.day, b.close)).collect();
        prop_assert_eq!(merged, days.into_iter().collect::<Vec<_>>());
    }

    #[test]
    fn thinning_hides_no_extreme(
        heights in proptest::collection::vec(-1e6..1e6_f64, 1..400),
        columns in 1..50_usize,
    ) {
        let line: Vec<[f64; 2]> = heights.iter().enumerate().map(|(n, y)| [n as f64, *y]).collect();
        let thin = min_max(&line, columns);
        prop_assert!(thin.len() <= 2 * columns);
        prop_assert!(thin.windows(2).all(|w| w[0][0] < w[1][0]), "in order of x");
        prop_assert!(thin.iter().all(|p| line.contains(p)), "no invented point");
        let width = (line.len() - 1).max(1) as f64;
        let column = |p: &[f64; 2]| ((p[0] * (columns as f64 / width)) as usize).min(columns - 1);
        for number in 0..columns {
            let of = |points: &[[f64; 2]], pick: fn(f64, f64) -> f64| {
                points.iter().filter(|p| column(p) == number).map(|p| p[1]).reduce(pick)
            };
            prop_assert_eq!(of(&line, f64::min), of(&thin, f64::min));
            prop_assert_eq!(of(&line, f64::max), of(&thin, f64::max));
        }
    }
}

#[test]
fn thinning_keeps_a_single_spike() {
    let mut line: Vec<[f64; 2]> = (0..200_000).map(|n| [f64::from(n), 1.0]).collect();
    line[123_456][1] = 9.0;
    let thin = min_max(&line, 1500);
    close_to(
        "spike",
        thin.iter().map(|p| p[1]).fold(0.0, f64::max),
        9.0,
        0.0,
    );
}
