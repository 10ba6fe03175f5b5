//! Quantities of bitcoin as people type them: `1,992 BTC`, `₿1992`, `1.9k`.

use rust_decimal::Decimal;

use super::{
    TypedError,
    number::{signed, strip_parentheses},
    scale,
    text::{Text, split_letters, strip_word},
};

const UNITS: [&str; 4] = ["bitcoins", "bitcoin", "btc", "xbt"];

/// Reads a quantity of bitcoin; a plain number is one.
pub fn quantity(typed: &str) -> Result<Decimal, TypedError> {
    let text = Text::read(typed, "a quantity such as 1,992 or 1,992 BTC")?;
    let (in_parentheses, inner) = strip_parentheses(&text.clean);
    let (named_before, inner) = match unit_before(inner) {
        Some(rest) => (true, rest.trim_start()),
        None => (false, inner),
    };
    let (number, rest) = signed(&text, inner)?;
    let (letters, after) = split_letters(rest);
    let (power, after) = match scale::power_of_ten(letters) {
        Some(power) => (power, after.trim_start()),
        None => (0, rest),
    };
    let named_after = unit_before(after).is_some_and(str::is_empty);
    if !(after.is_empty() || named_after && !named_before) {
        return Err(text.unknown_unit(after));
    }
    number
        .shifted(power)
        .negated_if(in_parentheses, &text)?
        .decimal(&text)
}

/// What follows the unit at the start, if one is there.
fn unit_before(text: &str) -> Option<&str> {
    text.strip_prefix('₿')
        .or_else(|| UNITS.iter().find_map(|unit| strip_word(text, unit)))
}
