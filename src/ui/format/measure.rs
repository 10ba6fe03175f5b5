//! A measure's value as text.

use rust_decimal::Decimal;

use super::{
    UNKNOWN, decimal_places, fraction, hedged, load, megawatts, money_compact, multiple, percent,
    points, price,
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
        MeasureUnit::Fraction => fraction(exact.round_dp(fine(exact))),
        MeasureUnit::Multiple => multiple(value),
        MeasureUnit::Megawatts => megawatts(exact),
        MeasureUnit::Btc | MeasureUnit::Index => decimal_places(exact, 0),
    }
}

/// Decimals of a fraction: tenths of a percent, and hundredths below one, so that
/// little is not nothing.
fn fine(fraction: Decimal) -> u32 {
    if fraction.abs() < Decimal::new(1, 2) {
        4
    } else {
        3
    }
}

/// Megawatts of a measure in a column whose title has the unit.
pub fn load_of(mw: f64) -> String {
    let exact = mw.to_string().parse();
    exact.map_or_else(|_| UNKNOWN.to_owned(), load)
}

/// The same with the sign of its hedge; the dash of the unknown.
pub fn measured(unit: MeasureUnit, answer: &Answer<f64>) -> String {
    answer.as_ref().map_or_else(
        |_| UNKNOWN.to_owned(),
        |stated| hedged(stated.hedge, &measure(unit, stated.value)),
    )
}
