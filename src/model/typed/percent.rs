//! Percentages and basis points as people type them, read as fractions:
//! `12.5%` is 0.125. A bare number below 1 is refused, because 0.125 is typed
//! for both an eighth of a percent and an eighth.

use rust_decimal::Decimal;

use super::{
    TypedError,
    number::{signed, strip_parentheses},
    text::Text,
};

/// Reads a percentage as a fraction.
pub fn percent(typed: &str) -> Result<Decimal, TypedError> {
    let text = Text::read(typed, "a percentage such as 12.5 % or 250 bps")?;
    let (in_parentheses, inner) = strip_parentheses(&text.clean);
    let (number, rest) = signed(&text, inner)?;
    let number = number.negated_if(in_parentheses, &text)?;
    match rest.to_ascii_lowercase().as_str() {
        "%" | "percent" | "per cent" | "pct" => number.shifted(-2).decimal(&text),
        "bp" | "bps" | "basis point" | "basis points" => number.shifted(-4).decimal(&text),
        "" => {
            let percent = number.decimal(&text)?;
            if !percent.is_zero() && percent.abs() < Decimal::ONE {
                return Err(ambiguous(&text, percent, number.shifted(2).decimal(&text)?));
            }
            number.shifted(-2).decimal(&text)
        }
        _ => Err(text.unknown_unit(rest)),
    }
}

/// The error for a bare number below 1.
fn ambiguous(text: &Text, as_percent: Decimal, as_fraction: Decimal) -> TypedError {
    let readings = (format!("{as_percent} %"), format!("{as_fraction} %"));
    TypedError::Ambiguous {
        text: text.quoted.clone(),
        write: format!("{} or {}", readings.0, readings.1),
        readings,
    }
}
