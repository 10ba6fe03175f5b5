//! Marks of a value axis as text.

use super::MINUS;

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
