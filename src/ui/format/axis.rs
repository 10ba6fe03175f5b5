//! Marks of a value axis as text.

use super::{MINUS, measure, percent};
use crate::analytics::measure::MeasureUnit;

/// A round level: "50", "1,000", "2.5"; as many decimals as it needs, four at
/// most.
pub fn axis_level(level: f64) -> String {
    if level.abs() >= 1000.0 {
        let whole = rust_decimal::Decimal::from(level.round() as i64);
        return super::decimal(whole);
    }
    let text = format!("{:.4}", level.abs());
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if level < 0.0 && text != "0" {
        format!("{MINUS}{text}")
    } else {
        text.to_owned()
    }
}

/// A round level in the unit of a measure: "50 bn", "+20 %", "500 MW".
pub fn axis_measure(unit: MeasureUnit, level: f64) -> String {
    let in_percent = level * 100.0;
    let whole = (in_percent - in_percent.round()).abs() < 1e-6;
    if unit == MeasureUnit::Change && whole {
        percent(level, 0)
    } else {
        measure(unit, level)
    }
}
