//! Electric power as people type it: `352 MW`, `0.6 GW`, `600 MW IT`. Energy
//! (`MWh`) is refused, and gross and critical power are told apart.

use rust_decimal::Decimal;

use super::{
    TypedError,
    number::signed,
    text::{Text, split_letters},
};

/// Which power is meant; the two are never mixed.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum PowerKind {
    /// Critical IT load, for the computers alone.
    Critical,
    /// Gross power of the site or its grid connection.
    Gross,
}

/// Power as typed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Power {
    /// Megawatts, never negative.
    pub megawatts: Decimal,
    /// The kind, if one was typed.
    pub kind: Option<PowerKind>,
}

/// Reads power in megawatts and drops which kind of power was named: for
/// fields that ask for either kind. Others use [`power`].
pub fn megawatts(typed: &str) -> Result<Decimal, TypedError> {
    power(typed).map(|power| power.megawatts)
}

/// Reads power with an optional unit (a plain number is megawatts) and an
/// optional kind (`IT`, `critical`, `critical IT`, `gross`).
pub fn power(typed: &str) -> Result<Power, TypedError> {
    let text = Text::read(typed, "power such as 352 MW or 0.6 GW")?;
    let (number, rest) = signed(&text, &text.clean)?;
    let (letters, after) = split_letters(rest);
    let (to_megawatts, after) = match unit(letters) {
        Some(power_of_ten) => (power_of_ten, after.trim_start()),
        None => (0, rest),
    };
    let kind = match after.to_ascii_lowercase().as_str() {
        "" => None,
        "it" | "critical" | "critical it" | "it load" | "critical load" | "critical it load" => {
            Some(PowerKind::Critical)
        }
        "gross" => Some(PowerKind::Gross),
        _ => return Err(text.unknown_unit(rest)),
    };
    let megawatts = number.shifted(to_megawatts).decimal(&text)?;
    if megawatts < Decimal::ZERO {
        return Err(text.out_of_range("power of zero or more"));
    }
    Ok(Power { megawatts, kind })
}

/// The power of ten that turns a unit into megawatts.
fn unit(letters: &str) -> Option<i32> {
    match letters.to_ascii_lowercase().as_str() {
        "mw" | "megawatt" | "megawatts" => Some(0),
        "gw" | "gigawatt" | "gigawatts" => Some(3),
        "kw" | "kilowatt" | "kilowatts" => Some(-3),
        _ => None,
    }
}
