//! The value of a user's formula as text.

use super::{measure, price};
use crate::analytics::formula::Unit;
use crate::analytics::measure::MeasureUnit;

/// A value in the unit of its formula, short. Where the unit has no sign of its
/// own the number stands alone: "2.4", "12.9 bn".
pub fn in_unit(unit: Unit, value: f64) -> String {
    match unit.measure() {
        Some(unit) => measure(unit, value),
        None if unit.is_usd_a_share() => price(value),
        None => measure(MeasureUnit::Usd, value),
    }
}
