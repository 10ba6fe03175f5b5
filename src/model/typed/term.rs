//! Terms of contracts in whole months, as people type them: `15y`,
//! `180 months`, `7y6m`. A number without a unit is refused.

use rust_decimal::{Decimal, prelude::ToPrimitive as _};

use super::{
    TypedError,
    number::unsigned,
    text::{Text, split_letters},
};

/// The longest term: ground leases run for 99 years.
const MAX_MONTHS: u32 = 1200;
/// More digits after the point than a term in years needs.
const MAX_SCALE: u32 = 9;

/// Reads a term as a whole number of months, at least 1.
pub fn months(typed: &str) -> Result<u32, TypedError> {
    const LIMITS: &str = "a term from 1 month to 100 years";
    let text = Text::read(typed, "a term such as 15y, 180m or 7y6m")?;
    let (first, unit, rest) = part(&text, &text.clean)?;
    let total = match unit {
        Unit::Month if rest.is_empty() => first,
        Unit::Month => return Err(text.unknown_unit(rest)),
        Unit::Year if rest.is_empty() => in_months(&text, first)?,
        Unit::Year => {
            let rest = rest.strip_prefix(',').unwrap_or(rest).trim_start();
            let rest = rest.strip_prefix("and ").unwrap_or(rest);
            // A bare number after the years is no question of years or months.
            if !rest.ends_with(char::is_alphabetic) {
                return Err(text.not_understood());
            }
            match part(&text, rest)? {
                // In years and months the years are whole and the months fewer than 12.
                (more, Unit::Month, "") if first.is_integer() && more < Decimal::from(12) => {
                    in_months(&text, first)?
                        .checked_add(more)
                        .ok_or_else(|| text.out_of_range(LIMITS))?
                }
                _ => return Err(text.not_understood()),
            }
        }
    };
    if total < Decimal::ONE && total.is_integer() || total > Decimal::from(MAX_MONTHS) {
        return Err(text.out_of_range(LIMITS));
    }
    if !total.is_integer() {
        let (below, above) = (total.floor(), total.ceil());
        return Err(TypedError::NotWhole {
            write: if below.is_zero() {
                format!("{above}m")
            } else {
                format!("{below}m or {above}m")
            },
            text: text.quoted,
            whole: "a whole number of months",
        });
    }
    total.to_u32().ok_or_else(|| text.out_of_range(LIMITS))
}

enum Unit {
    Month,
    Year,
}

/// A number with its unit, and what follows them.
fn part<'a>(text: &Text, from: &'a str) -> Result<(Decimal, Unit, &'a str), TypedError> {
    let (number, rest) = unsigned(text, from)?;
    let value = number.decimal(text)?;
    // As in "15-year lease".
    let (letters, after) = split_letters(rest.strip_prefix('-').unwrap_or(rest));
    let unit = match letters.to_ascii_lowercase().as_str() {
        "y" | "yr" | "yrs" | "year" | "years" => Unit::Year,
        "m" | "mo" | "mos" | "mth" | "mths" | "month" | "months" => Unit::Month,
        "" if rest.is_empty() => {
            return Err(TypedError::Ambiguous {
                text: text.quoted.clone(),
                readings: ("years".to_owned(), "months".to_owned()),
                write: format!("{value}y or {value}m"),
            });
        }
        _ => return Err(text.unknown_unit(rest)),
    };
    Ok((value, unit, after.trim_start()))
}

/// Years in months, exactly.
fn in_months(text: &Text, years: Decimal) -> Result<Decimal, TypedError> {
    if years.scale() > MAX_SCALE {
        return Err(TypedError::TooPrecise {
            text: text.quoted.clone(),
        });
    }
    years
        .checked_mul(Decimal::from(12))
        .ok_or_else(|| text.out_of_range("a term from 1 month to 100 years"))
}
