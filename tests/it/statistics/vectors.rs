//! Published reference figures of other projects that share our conventions:
//! simple returns, sample deviation, Pearson, drawdown on closes.
//!
//! Of the collected cases these are left out, because we state no such figure
//! or mean another one: annual returns, Sharpe, Sortino, Calmar, downside risk,
//! ulcer index, all-time high, the ratios of the Bacon series and quarterly
//! risk (not offered); annualised alpha (ours is per pair); volatility of log
//! returns (ours is of simple ones); a cumulative return of −140 % (a price
//! below zero); drawdown durations (we state the days). empyrical (`em-`),
//! Portfolio Performance (`pp-`), Fava, ffn, Apache Commons Math (`cm-`).

use gigawatch::analytics::pairs::PairedReturn;
use gigawatch::analytics::reason::Reason;
use gigawatch::analytics::regression::fit;
use gigawatch::analytics::returns::rebase;
use gigawatch::analytics::risk::{max_drawdown, volatility_annualised};
use gigawatch::model::series::Bar;
use jiff::ToSpan as _;

use super::{close_to, day};

const MIXED: [f64; 9] = [0.0, 0.01, 0.1, -0.04, 0.02, 0.03, 0.02, 0.01, -0.1];
const NEGATIVE: [f64; 9] = [0.0, -0.06, -0.07, -0.01, -0.09, -0.02, -0.06, -0.08, -0.05];

/// Closes some days apart, from 5 January 2015.
fn bars(closes: &[f64], gap_days: i64) -> Vec<Bar> {
    let start = day("2015-01-01");
    let days = (0..).map(|n: i64| start + (n * gap_days).days());
    days.zip(closes).map(|(d, c)| Bar::close(d, *c)).collect()
}

/// Closes that have these returns.
fn compounded(returns: &[f64], gap_days: i64) -> Vec<Bar> {
    let mut closes = vec![100.0];
    for value in returns {
        closes.push(closes[closes.len() - 1] * (1.0 + value));
    }
    bars(&closes, gap_days)
}

fn pairs(own: &[f64], benchmark: &[f64]) -> Vec<PairedReturn> {
    let both = own.iter().zip(benchmark);
    both.map(|(own, benchmark)| PairedReturn {
        day: day("2015-01-01"),
        own: *own,
        benchmark: *benchmark,
    })
    .collect()
}

#[test]
fn max_drawdown_of_returns() {
    let check = |returns: &[f64], expected: f64, tolerance: f64| {
        let found = max_drawdown(&compounded(returns, 1)).unwrap().value;
        close_to("drawdown", found, expected, tolerance);
    };
    assert_eq!(
        max_drawdown(&compounded(&[], 1)),
        Err(Reason::TooFew { have: 0, need: 1 })
    );
    check(&[0.01], 0.0, 0.0);
    check(&[0.0, 0.01, 0.0, 0.01, 0.0, 0.01, 0.0, 0.01, 0.0], 0.0, 0.0);
    check(
        &[0.01, 0.02, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01],
        0.0,
        0.0,
    );
    check(&NEGATIVE, -0.3659073, 1e-7);
    check(
        &[
            -0.02, -0.06, -0.07, -0.01, -0.09, -0.02, -0.06, -0.08, -0.05,
        ],
        -0.378589157,
        1e-8,
    );
    check(&[0.1, -0.1, 0.1], -0.1, 1e-8);
    for (window, expected) in NEGATIVE
        .windows(6)
        .zip([-0.2282, -0.2745, -0.2899, -0.2747])
    {
        check(window, expected, 1e-4);
    }
}

#[test]
fn max_drawdown_of_closes() {
    let cumulative = |values: &[f64]| bars(&values.iter().map(|v| 1.0 + v).collect::<Vec<_>>(), 1);
    let none = cumulative(&[0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0]);
    assert_eq!(max_drawdown(&none).unwrap().value, 0.0);
    let multi = cumulative(&[1.0, 1.0, -0.5, 1.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
    assert_eq!(max_drawdown(&multi).unwrap().value, -0.75);
    let recovery = cumulative(&[
        100.0, 120.0, 110.0, 80.0, 85.0, 90.0, 95.0, 100.0, 105.0, 110.0, 115.0, 120.0,
    ]);
    let found = max_drawdown(&recovery).unwrap();
    assert_eq!(found.trough_day, day("2015-01-04"));
    assert_eq!(found.recovery_day, Some(day("2015-01-12")));
    let fava = bars(&[10.0, 12.0, 5.0, 14.0, 14.0, 10.0, 1.0], 1);
    close_to("fava", max_drawdown(&fava).unwrap().value, -0.928, 1e-3);
    close_to(
        "fava",
        max_drawdown(&fava[..4]).unwrap().value,
        -0.583,
        1e-3,
    );
}

#[test]
fn volatility_by_frequency() {
    let check = |bars: &[Bar], expected: f64| {
        let found = volatility_annualised(bars, bars).unwrap();
        close_to("volatility", found, expected, 1e-8);
    };
    check(&compounded(&MIXED, 7), 0.38851569394870583);
    check(&compounded(&MIXED, 30), 0.18663690238892558);
    check(&compounded(&[0.01; 1000], 1), 0.0);
    check(&compounded(&[0.1; 20], 1), 0.0);
}

#[test]
fn rebased_lines() {
    let check = |closes: &[f64], level: f64, drawdown: f64| {
        let bars = bars(closes, 1);
        close_to("level", rebase(&bars, closes[0])[9].1, level, 5e-4);
        close_to(
            "drawdown",
            max_drawdown(&bars).unwrap().value,
            drawdown,
            5e-4,
        );
    };
    let aapl = [
        13.84, 13.575, 13.78, 13.225, 12.91, 13.095, 12.835, 12.93, 12.93, 12.645,
    ];
    let msft = [
        25.37, 25.09, 25.38, 25.16, 25.18, 25.13, 24.89, 24.63, 24.5, 24.15,
    ];
    let citi = [
        492.1, 486.2, 493.1, 491.2, 499.9, 508.2, 512.8, 503.4, 496.1, 498.0,
    ];
    check(&aapl, 91.366, -0.086);
    check(&msft, 95.191, -0.048);
    check(&citi, 101.199, -0.033);
}

#[test]
fn beta_with_itself_and_its_mirror() {
    let mirror = MIXED.map(|v| -v);
    close_to(
        "self",
        fit(&pairs(&MIXED, &MIXED)).unwrap().beta,
        1.0,
        1e-12,
    );
    close_to(
        "mirror",
        fit(&pairs(&MIXED, &mirror)).unwrap().beta,
        -1.0,
        1e-12,
    );
}

#[test]
fn without_variance_there_is_no_correlation() {
    let (flat, rising) = ([1.0; 4], [1.0, 2.0, 3.0, 4.0]);
    let found = fit(&pairs(&flat, &rising)).unwrap();
    assert_eq!(found.beta, 0.0);
    assert!(matches!(found.correlation, Err(Reason::Constant { .. })));
    assert!(matches!(found.r_squared, Err(Reason::Constant { .. })));
    assert!(matches!(
        fit(&pairs(&rising, &flat)),
        Err(Reason::Constant { .. })
    ));
    // Steady growth is constant too, whatever rounding leaves of its returns.
    let steady = compounded(&[0.01; 50], 1);
    let returns = gigawatch::analytics::returns::simple_returns(&steady);
    assert!(matches!(
        fit(&pairs(&returns, &returns)),
        Err(Reason::Constant { .. })
    ));
}

#[test]
fn longley_correlations() {
    for (a, expected) in LONGLEY_CORRELATION.iter().enumerate() {
        for (b, expected) in expected.iter().enumerate() {
            let own: Vec<f64> = LONGLEY.iter().map(|row| row[a]).collect();
            let other: Vec<f64> = LONGLEY.iter().map(|row| row[b]).collect();
            let found = fit(&pairs(&own, &other)).unwrap().correlation.unwrap();
            close_to(&format!("{a} with {b}"), found, *expected, 1e-14);
        }
    }
}

/// Longley's data set, published by NIST.
const LONGLEY: [[f64; 7]; 16] = [
    [60323.0, 83.0, 234289.0, 2356.0, 1590.0, 107608.0, 1947.0],
    [61122.0, 88.5, 259426.0, 2325.0, 1456.0, 108632.0, 1948.0],
    [60171.0, 88.2, 258054.0, 3682.0, 1616.0, 109773.0, 1949.0],
    [61187.0, 89.5, 284599.0, 3351.0, 1650.0, 110929.0, 1950.0],
    [63221.0, 96.2, 328975.0, 2099.0, 3099.0, 112075.0, 1951.0],
    [63639.0, 98.1, 346999.0, 1932.0, 3594.0, 113270.0, 1952.0],
    [64989.0, 99.0, 365385.0, 1870.0, 3547.0, 115094.0, 1953.0],
    [63761.0, 100.0, 363112.0, 3578.0, 3350.0, 116219.0, 1954.0],
    [66019.0, 101.2, 397469.0, 2904.0, 3048.0, 117388.0, 1955.0],
    [67857.0, 104.6, 419180.0, 2822.0, 2857.0, 118734.0, 1956.0],
    [68169.0, 108.4, 442769.0, 2936.0, 2798.0, 120445.0, 1957.0],
    [66513.0, 110.8, 444546.0, 4681.0, 2637.0, 121950.0, 1958.0],
    [68655.0, 112.6, 482704.0, 3813.0, 2552.0, 123366.0, 1959.0],
    [69564.0, 114.2, 502601.0, 3931.0, 2514.0, 125368.0, 1960.0],
    [69331.0, 115.7, 518173.0, 4806.0, 2572.0, 127852.0, 1961.0],
    [70551.0, 116.9, 554894.0, 4007.0, 2827.0, 130081.0, 1962.0],
];
const LONGLEY_CORRELATION: [[f64; 7]; 7] = [
    [
        1.0,
        0.970898525061056,
        0.9835516111796693,
        0.5024980838759942,
        0.4573073999764817,
        0.960390571594376,
        0.9713294591921188,
    ],
    [
        0.970898525061056,
        1.0,
        0.9915891780247822,
        0.6206333925590966,
        0.4647441876006747,
        0.979163432977498,
        0.9911491900672053,
    ],
    [
        0.983551611179669,
        0.9915891780247822,
        1.0,
        0.604260939889558,
        0.4464367918926265,
        0.991090069458478,
        0.9952734837647849,
    ],
    [
        0.502498083875994,
        0.6206333925590966,
        0.604260939889558,
        1.0,
        -0.1774206295018783,
        0.686551516365312,
        0.6682566045621746,
    ],
    [
        0.457307399976482,
        0.4647441876006747,
        0.4464367918926265,
        -0.1774206295018783,
        1.0,
        0.364416267189032,
        0.4172451498349454,
    ],
    [
        0.960390571594376,
        0.9791634329774981,
        0.9910900694584777,
        0.686551516365312,
        0.364416267189032,
        1.0,
        0.9939528462329257,
    ],
    [
        0.971329459192119,
        0.9911491900672053,
        0.9952734837647849,
        0.6682566045621746,
        0.4172451498349454,
        0.993952846232926,
        1.0,
    ],
];
