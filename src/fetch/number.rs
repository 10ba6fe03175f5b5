//! Numbers of a body: what stands in a cell, without rounding and without
//! making a zero of what cannot be read. Nothing of any one provider.

use std::str::FromStr as _;

use rust_decimal::Decimal;
use serde_json::Value;

/// How many characters of an unreadable cell are shown.
const SHOWN: usize = 20;

/// What stands where a number should be.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// A finite number.
    Number(f64),
    /// Nothing: left out, null, empty, `N/A`.
    Missing,
    /// Something else, as it stands there.
    Unreadable(String),
}

impl Cell {
    /// A JSON number, or a text that is one.
    pub fn json(value: Option<&Value>) -> Self {
        match value {
            None | Some(Value::Null) => Self::Missing,
            Some(Value::Number(number)) => match number.as_f64().filter(|n| n.is_finite()) {
                Some(value) => Self::Number(value),
                None => Self::unreadable(&number.to_string()),
            },
            Some(Value::String(text)) => Self::text(text),
            Some(other @ (Value::Bool(_) | Value::Array(_) | Value::Object(_))) => {
                Self::unreadable(&other.to_string())
            }
        }
    }

    /// A number as text, with a point and without thousands.
    pub fn text(text: &str) -> Self {
        let text = text.trim();
        if text.is_empty() || ["N/A", "NaN", "--"].contains(&text) {
            return Self::Missing;
        }
        // `parse` alone takes "inf" and "nan" as well.
        let plain = |c: char| c.is_ascii_digit() || "+-.eE".contains(c);
        let number = text.parse::<f64>().ok().filter(|number| number.is_finite());
        match number {
            Some(number) if text.chars().all(plain) => Self::Number(number),
            Some(_) | None => Self::unreadable(text),
        }
    }

    fn unreadable(text: &str) -> Self {
        let mut shown: String = text.chars().take(SHOWN).collect();
        if shown.len() < text.len() {
            shown.push('…');
        }
        Self::Unreadable(shown)
    }

    /// The same cell with its number changed.
    #[must_use]
    pub fn map(self, change: impl FnOnce(f64) -> f64) -> Self {
        match self {
            Self::Number(number) => Self::Number(change(number)),
            Self::Missing | Self::Unreadable(_) => self,
        }
    }

    /// Its number, if that is above zero.
    pub fn above_zero(&self) -> Option<f64> {
        self.number()
            .filter(|number| number.is_finite() && *number > 0.0)
    }

    /// Its number, if that is not below zero.
    pub fn zero_or_more(&self) -> Option<f64> {
        self.number()
            .filter(|number| number.is_finite() && *number >= 0.0)
    }

    const fn number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Missing | Self::Unreadable(_) => None,
        }
    }
}

/// Undoes the widening of a 32-bit float: 23.639999389648438 is the float that
/// 23.64 was stored as. A value that is no 32-bit float is returned as it is.
pub fn narrow(value: f64) -> f64 {
    let single = value as f32;
    if !value.is_finite() || f64::from(single) != value {
        return value;
    }
    format!("{single}").parse().unwrap_or(value)
}

/// A hundredth of a number as it is written: 123.45 becomes 1.2345, which
/// dividing by 100 does not always give.
pub fn hundredth(value: f64) -> f64 {
    format!("{value}e-2").parse().unwrap_or(value / 100.0)
}

/// The exact decimal that a JSON number or text shows, if there is one.
pub fn decimal(value: Option<&Value>) -> Option<Decimal> {
    match Cell::json(value) {
        Cell::Number(number) => shown(narrow(number)),
        Cell::Missing | Cell::Unreadable(_) => None,
    }
}

/// The decimal with which a number is written: the shortest that means it.
pub fn shown(number: f64) -> Option<Decimal> {
    let decimal = Decimal::from_str(&format!("{number}")).ok()?;
    Some(decimal.normalize())
}

/// The number nearest to a decimal.
pub fn nearest(decimal: Decimal) -> Option<f64> {
    decimal.to_string().parse().ok()
}
