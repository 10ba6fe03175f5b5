//! When a figure is old depends on what it measures.

use gigawatch::analytics::staleness::{Limits, Staleness};
use gigawatch::model::Metric;

#[track_caller]
fn check(metric: &str, days: i64, expected: Staleness) {
    let metric = Metric::from_code(metric).unwrap();
    assert_eq!(Limits::of(&metric).judge(days), expected, "{metric} {days}");
}

#[test]
fn ages_are_judged_by_the_metric() {
    check("total_debt", 100, Staleness::Fresh);
    check("total_debt", 101, Staleness::Ageing);
    check("total_debt", 226, Staleness::Stale);
    check("market_value", 35, Staleness::Fresh);
    check("market_value", 101, Staleness::Stale);
    check("owned_share", 365, Staleness::Fresh);
    check("owned_share", 761, Staleness::Stale);
    check("mw_contracted_critical", 150, Staleness::Ageing);
    check("custom/count/Employees", 0, Staleness::Fresh);
}

#[test]
fn every_metric_has_limits_in_order() {
    for metric in Metric::all() {
        let limits = Limits::of(&metric);
        assert!(
            0 < limits.fresh_days && limits.fresh_days < limits.stale_days,
            "{metric}"
        );
    }
}
