//! What a series accepts, how often it is observed, and how its line is thinned.

use gigawatch::analytics::decimate::{THIN_ABOVE_POINTS, for_columns, min_max};
use gigawatch::analytics::returns::rebase;
use gigawatch::analytics::risk::Frequency;
use gigawatch::model::series::{Bar, Series, SeriesError};
use jiff::ToSpan as _;

use super::{BTC, IREN, day, series};

#[test]
fn frequency_is_read_off_the_days() {
    let every = |count: i64, gap: i64| -> Vec<Bar> {
        let start = day("2026-01-02");
        let days = (0..count).map(|n| start + (n * gap).days());
        days.map(|d| Bar::close(d, 1.0)).collect()
    };
    let check = |bars: &[Bar], expected| assert_eq!(Frequency::of(bars, bars), expected);
    check(series(BTC).bars(), Some(Frequency::EveryDay));
    check(series(IREN).bars(), Some(Frequency::ExchangeDays));
    check(&every(20, 7), Some(Frequency::Weekly));
    check(&every(20, 30), Some(Frequency::Monthly));
    check(&every(1, 1), None);
    // Monday to Friday of an instrument that trades every day.
    let (btc, from) = (series(BTC), day("2026-01-05"));
    let week = btc.between(from, day("2026-01-09"));
    assert_eq!(Frequency::of(btc.bars(), week), Some(Frequency::EveryDay));
    // One stray Saturday does not make a stock trade every day.
    let mut stray = series(IREN);
    stray
        .merge(vec![Bar::close(day("2026-01-10"), 45.0)])
        .unwrap();
    check(stray.bars(), Some(Frequency::ExchangeDays));
}

#[test]
fn a_series_is_sorted_unique_and_positive() {
    let bar = |d: &str, close| Bar::close(day(d), close);
    let check = |bars: Vec<Bar>, expected: &str| {
        assert_eq!(Series::new(bars).unwrap_err().to_string(), expected);
    };
    check(
        vec![bar("2026-01-02", 1.0), bar("2026-01-05", -3.0)],
        "The close of 2026-01-05 is -3, but must be a finite number above zero: correct or leave out that day",
    );
    check(
        vec![
            bar("2026-01-02", 1.0),
            bar("2026-01-01", 2.0),
            bar("2026-01-02", 1.5),
        ],
        "2026-01-02 stands there twice, with closes of 1 and 1.5: keep one of them",
    );
    for bad in [0.0, f64::NAN, f64::INFINITY] {
        assert!(matches!(
            Series::new(vec![bar("2026-01-02", bad)]),
            Err(SeriesError::Value { .. })
        ));
    }
    let negative = Bar {
        volume: Some(-1.0),
        ..bar("2026-01-02", 1.0)
    };
    assert!(Series::new(vec![negative]).is_err());

    let mut found = Series::new(vec![bar("2026-01-05", 2.0), bar("2026-01-02", 1.0)]).unwrap();
    let before = found.clone();
    assert!(
        found
            .merge(vec![bar("2026-01-06", 3.0), bar("2026-01-07", 0.0)])
            .is_err()
    );
    assert_eq!(found, before);
    found
        .merge(vec![bar("2026-01-05", 2.5), bar("2026-01-01", 0.5)])
        .unwrap();
    assert_eq!(
        found.bars().iter().map(|b| b.close).collect::<Vec<_>>(),
        [0.5, 1.0, 2.5]
    );
    assert_eq!(
        found.at_or_before(day("2026-01-04")).map(|b| b.close),
        Some(1.0)
    );
    assert_eq!(found.at_or_before(day("2025-12-31")), None);
    assert_eq!(found.between(day("2026-01-02"), day("2026-01-05")).len(), 2);
    assert_eq!(found.between(day("2026-01-05"), day("2026-01-02")).len(), 0);
    assert_eq!(rebase(found.bars(), 0.5)[1], (day("2026-01-02"), 200.0));
}

#[test]
fn only_long_lines_are_thinned() {
    let line: Vec<[f64; 2]> = (0..=THIN_ABOVE_POINTS)
        .map(|n| [n as f64, (n % 997) as f64])
        .collect();
    assert_eq!(
        for_columns(&line[..THIN_ABOVE_POINTS], 10).len(),
        THIN_ABOVE_POINTS
    );
    assert_eq!(for_columns(&line, 10).len(), 20);
    assert_eq!(min_max(&line, 0), Vec::<[f64; 2]>::new());
    assert_eq!(min_max(&[[1.0, f64::NAN], [2.0, 5.0]], 3), [[2.0, 5.0]]);
}
