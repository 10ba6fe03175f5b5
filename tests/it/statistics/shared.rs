//! Statistics over real daily closes, where the price files are at hand.
//! The figures were computed with pandas 3.1 (`pct_change`, `std`, `cov`, `corr`,
//! `cummax`) from the same files; Yahoo's closes narrowed to the shortest
//! decimal of their 32-bit float.

use std::path::PathBuf;

use gigawatch::analytics::compare::compare;
use gigawatch::analytics::pairs::PairedReturn;
use gigawatch::analytics::regression::fit;
use gigawatch::model::series::{Bar, Prices, Series};

use super::{Row, check_row, close_to, day, symbols};

pub(crate) fn shared(path: &str) -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared");
    if !folder.is_dir() {
        println!("skipped: ../shared is not here");
        return None;
    }
    Some(folder.join(path))
}

/// Yahoo's closes are 32-bit floats widened to 64: the shortest decimal of the
/// narrow float is the price that was quoted.
fn narrowed(value: f64) -> f64 {
    let narrow = value as f32;
    if f64::from(narrow) == value {
        narrow.to_string().parse().expect("a number")
    } else {
        value
    }
}

fn read(path: &str) -> Option<Series> {
    let text = std::fs::read_to_string(shared(path)?).expect(path);
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().expect("a header").split(',').collect();
    let column = header
        .iter()
        .position(|h| h.eq_ignore_ascii_case("close"))
        .expect("a close");
    let bars = lines.map(|line| {
        let cells: Vec<&str> = line.split(',').collect();
        Bar::close(
            day(cells[0]),
            narrowed(cells[column].parse().expect("a price")),
        )
    });
    Some(Series::new(bars.collect()).expect(path))
}

fn check_folder(folder: &str, last_day: &str) {
    let Some(bitcoin) = read("prices/coeziv_btc_2026-07-24/btc_daily.csv") else {
        return;
    };
    let mut prices = Prices::default();
    prices.by_symbol.insert("BTC-USD".to_owned(), bitcoin);
    for symbol in MINERS {
        let series = read(&format!("prices/{folder}/{symbol}.csv")).expect("the folder is there");
        prices.by_symbol.insert(symbol.to_owned(), series);
    }
    for (from, to, rows, basket) in FIGURES.iter().filter(|f| day(f.1) <= day(last_day)) {
        let found = compare(&prices, &symbols(&MINERS), "BTC-USD", day(from), day(to));
        assert_eq!(found.series.len(), rows.len());
        for (row, (symbol, expected, count)) in found.series.iter().zip(*rows) {
            assert_eq!(row.symbol, *symbol);
            check_row(row, *expected, *count, 1e-9);
        }
        close_to(
            "basket",
            found.basket.price_return.unwrap(),
            basket[0],
            1e-9,
        );
        close_to(
            "basket excess",
            found.basket.excess_return.unwrap(),
            basket[1],
            1e-9,
        );
    }
}

#[test]
fn a_comparison_of_adjusted_closes_equals_pandas() {
    check_folder("dsturdy_yahoo_adjclose_2026-08-03", "2026-06-05");
}

#[test]
fn a_comparison_of_plain_closes_equals_pandas() {
    check_folder("backtester39_yahoo_ohlcv_2026-05-29", "2026-05-29");
}

/// Beta and alpha of `PerformanceAnalytics` for a manager over the market, both
/// in excess of Treasury bills.
#[test]
fn beta_of_the_manager_data() {
    let Some(path) = shared("vectors/series_managers.json") else {
        return;
    };
    let text = std::fs::read_to_string(path).expect("the series");
    let data: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let column = |name: &str| -> Vec<f64> {
        let values = data[name].as_array().expect(name);
        values.iter().map(|v| v.as_f64().expect(name)).collect()
    };
    let (own, market, bills) = (column("HAM1"), column("SP500 TR"), column("US 3m TR"));
    let pairs: Vec<PairedReturn> = (0..own.len())
        .map(|n| PairedReturn {
            day: day("1996-01-31"),
            own: own[n] - bills[n],
            benchmark: market[n] - bills[n],
        })
        .collect();
    let found = fit(&pairs).unwrap();
    close_to("beta", found.beta, 0.390071248399483, 1e-10);
    close_to("alpha", found.alpha, 0.00577472877485089, 1e-10);
}

const MINERS: [&str; 8] = [
    "IREN", "WULF", "CIFR", "CORZ", "RIOT", "MARA", "CLSK", "APLD",
];

/// Base day, last day, rows, and the return and excess return of the basket.
pub(crate) const FIGURES: [(&str, &str, &[Row], [f64; 2]); 3] = [
    (
        "2025-12-31",
        "2026-06-05",
        &[
            (
                "IREN",
                [
                    0.43897272967963974,
                    0.741397526908443,
                    1.0793743162707174,
                    -0.49761677788369874,
                    0.9691806497375827,
                    0.4442108012438989,
                ],
                107,
            ),
            (
                "WULF",
                [
                    1.0887728459530024,
                    1.3911976431818056,
                    0.9255618289802106,
                    -0.2354910714285715,
                    0.9583253947880584,
                    0.5122288327998261,
                ],
                107,
            ),
            (
                "CIFR",
                [
                    0.5210027100271002,
                    0.8234275072559034,
                    1.0396282118816107,
                    -0.3666315234580917,
                    0.9579344783243972,
                    0.4558418644984339,
                ],
                107,
            ),
            (
                "CORZ",
                [
                    0.775412087912088,
                    1.0778368851408913,
                    0.6784037662323938,
                    -0.302407221664995,
                    0.6815864301596198,
                    0.4970374869185157,
                ],
                107,
            ),
            (
                "RIOT",
                [
                    0.9463299131807419,
                    1.248754710409545,
                    0.914252717213831,
                    -0.3851351351351351,
                    1.0680203277271467,
                    0.5779226538985874,
                ],
                107,
            ),
            (
                "MARA",
                [
                    0.3719376391982183,
                    0.6743624364270215,
                    0.8758419092851836,
                    -0.40757042253521125,
                    1.1868863868529376,
                    0.6704090771229774,
                ],
                107,
            ),
            (
                "CLSK",
                [
                    0.540513833992095,
                    0.8429386312208982,
                    0.8872375158241853,
                    -0.4033552151714078,
                    1.210351590758063,
                    0.674882408257063,
                ],
                107,
            ),
            (
                "APLD",
                [
                    0.6158238172920065,
                    0.9182486145208097,
                    1.1510556321332102,
                    -0.5031438935912937,
                    1.0267607533884864,
                    0.4412954050668726,
                ],
                107,
            ),
            (
                "BTC-USD",
                [
                    -0.3024247972288032,
                    0.0,
                    0.5091746158225945,
                    -0.3703103061589773,
                    1.0000000000000002,
                    1.0,
                ],
                156,
            ),
        ],
        [0.6623456971543615, 0.9647704943831648],
    ),
    (
        "2025-12-31",
        "2026-05-29",
        &[
            (
                "IREN",
                [
                    0.682287529785544,
                    0.8437662023813468,
                    1.0813909962203323,
                    -0.49761677788369874,
                    0.9969928866083371,
                    0.44927532539317944,
                ],
                102,
            ),
            (
                "WULF",
                [
                    1.2245430809399478,
                    1.3860217535357506,
                    0.9353702290388664,
                    -0.2354910714285715,
                    1.001716025626597,
                    0.5218724078149338,
                ],
                102,
            ),
            (
                "CIFR",
                [
                    0.6023035230352303,
                    0.7637821956310331,
                    1.0349130062661895,
                    -0.3666315234580917,
                    1.0380339918323895,
                    0.48877725418491036,
                ],
                102,
            ),
            (
                "CORZ",
                [
                    0.8440934065934067,
                    1.0055720791892095,
                    0.6737255224958124,
                    -0.302407221664995,
                    0.7201080182072923,
                    0.5208562787348912,
                ],
                102,
            ),
            (
                "RIOT",
                [
                    1.139700078926598,
                    1.301178751522401,
                    0.9159395973459696,
                    -0.3851351351351351,
                    1.0899215637588844,
                    0.5798713707961263,
                ],
                102,
            ),
            (
                "MARA",
                [
                    0.6013363028953229,
                    0.7628149754911258,
                    0.8727451436746966,
                    -0.40757042253521125,
                    1.2000571868102843,
                    0.6700662721527607,
                ],
                102,
            ),
            (
                "CLSK",
                [
                    0.807312252964427,
                    0.9687909255602298,
                    0.8887678636161714,
                    -0.4033552151714078,
                    1.2311922370423707,
                    0.6750575247531371,
                ],
                102,
            ),
            (
                "APLD",
                [
                    0.9282218597063623,
                    1.0897005323021651,
                    1.159754965845854,
                    -0.5031438935912937,
                    1.0283469442771853,
                    0.4320924502152554,
                ],
                102,
            ),
            (
                "BTC-USD",
                [
                    -0.16147867259580284,
                    0.0,
                    0.5013101149130018,
                    -0.3515324455063431,
                    0.9999999999999996,
                    0.9999999999999999,
                ],
                149,
            ),
        ],
        [0.8537247543558549, 1.0152034269516577],
    ),
    (
        "2024-03-01",
        "2026-03-01",
        &[
            (
                "IREN",
                [
                    5.836393989983306,
                    5.7832547368048095,
                    1.0743852845063147,
                    -0.6556205328135153,
                    0.9434510251491921,
                    0.4385879761321746,
                ],
                499,
            ),
            (
                "WULF",
                [
                    6.912195121951219,
                    6.859055868772723,
                    1.1769369861792125,
                    -0.746031746031746,
                    0.9530415800126398,
                    0.4044418139902246,
                ],
                499,
            ),
            (
                "CIFR",
                [
                    4.048543689320389,
                    3.995404436141892,
                    1.140104353996733,
                    -0.7173620457604306,
                    1.0496658039955231,
                    0.459836940287874,
                ],
                499,
            ),
            (
                "CORZ",
                [
                    3.525333333333333,
                    3.4721940801548365,
                    0.8712726987877212,
                    -0.6494788809654416,
                    0.6743046556143434,
                    0.3865444699285189,
                ],
                499,
            ),
            (
                "RIOT",
                [
                    0.12811634349030476,
                    0.07497709031180833,
                    0.8778898727688093,
                    -0.5798263193052773,
                    1.0471573419132414,
                    0.5957572208369845,
                ],
                499,
            ),
            (
                "MARA",
                [
                    -0.6688888888888889,
                    -0.7220281420673853,
                    0.9058770843731031,
                    -0.7545587162654996,
                    1.1849236142873654,
                    0.6533087771246898,
                ],
                499,
            ),
            (
                "CLSK",
                [
                    -0.4428891377379619,
                    -0.49602839091645834,
                    0.9954309434536408,
                    -0.7128205128205127,
                    1.2511582493418876,
                    0.6277670527653034,
                ],
                499,
            ),
            (
                "APLD",
                [
                    5.477434679334917,
                    5.42429542615642,
                    1.322568523728747,
                    -0.6779026217228464,
                    0.7032349606136336,
                    0.26557040903737156,
                ],
                499,
            ),
            (
                "BTC-USD",
                [
                    0.05313925317849644,
                    0.0,
                    0.4899727816103286,
                    -0.49619409056116826,
                    1.0,
                    1.0,
                ],
                730,
            ),
        ],
        [3.1020298913483275, 3.048890638169831],
    ),
];
