//! A measure's value as text.

use rust_decimal::Decimal;

use super::{
    UNKNOWN, computed_megawatts, decimal_places, hedged, money_compact, multiple, percent, points,
    price, share,
};
use crate::analytics::Answer;
use crate::analytics::measure::MeasureUnit;

/// A value in its unit, short: "12.8bn", "61.8 %", "2.6×".
pub fn measure(unit: MeasureUnit, value: f64) -> String {
    // Only to be printed; no amount is computed from it.
    let Ok(exact) = value.to_string().parse::<Decimal>() else {
        return UNKNOWN.to_owned();
    };
    match unit {
        MeasureUnit::Usd | MeasureUnit::UsdPerMw | MeasureUnit::Shares => money_compact(exact),
        MeasureUnit::Price => price(value),
        MeasureUnit::Change => percent(value, u32::from(value.abs() < 0.0995)),
        MeasureUnit::Points => points(value),
        MeasureUnit::Fraction => share(value),
        MeasureUnit::Multiple => multiple(value),
        MeasureUnit::Megawatts => computed_megawatts(exact),
        MeasureUnit::Btc | MeasureUnit::Index => decimal_places(exact, 0),
    }
}

/// The same with the sign of its hedge; the dash of the unknown.
pub fn measured(unit: MeasureUnit, answer: &Answer<f64>) -> String {
    answer.as_ref().map_or_else(
        |_| UNKNOWN.to_owned(),
        |stated| hedged(stated.hedge, &measure(unit, stated.value)),
    )
}
