//! Counts of things (GPUs, shares) as people type them: `76,000`, `1.2m`.

use rust_decimal::{Decimal, prelude::ToPrimitive as _};

use super::{
    TypedError,
    number::signed,
    scale,
    text::{Text, split_letters},
};

/// Reads a whole number that is not negative, with an optional scale word.
pub fn count(typed: &str) -> Result<u64, TypedError> {
    const LIMITS: &str = "a whole number from 0 to 18 quintillion";
    let text = Text::read(typed, "a whole number such as 76,000 or 76k")?;
    let (number, rest) = signed(&text, &text.clean)?;
    let (letters, after) = split_letters(rest);
    let power = match scale::power_of_ten(letters) {
        Some(power) if after.is_empty() => power,
        None if rest.is_empty() => 0,
        Some(_) | None => return Err(text.unknown_unit(rest)),
    };
    let value = number.shifted(power).decimal(&text)?;
    if value < Decimal::ZERO {
        return Err(text.out_of_range(LIMITS));
    }
    if !value.is_integer() {
        return Err(TypedError::NotWhole {
            text: text.quoted,
            whole: "a whole number",
            write: format!("{} or {}", value.floor(), value.ceil()),
        });
    }
    value.to_u64().ok_or_else(|| text.out_of_range(LIMITS))
}
