//! Money: an exact decimal with its currency. Currencies are never converted
//! or mixed here, and a float never becomes money.

use std::{fmt, str::FromStr};

use rust_decimal::{Decimal, prelude::ToPrimitive as _};
use serde::{Deserialize, Serialize};

/// Three capital letters that name a currency, such as USD.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]);

/// A text that names no currency.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("“{0}” is not a currency: write three capital letters, such as USD")]
pub struct CurrencyError(String);

impl Currency {
    /// The US dollar.
    pub const USD: Self = Self(*b"USD");
    /// The euro.
    pub const EUR: Self = Self(*b"EUR");
    /// The pound sterling.
    pub const GBP: Self = Self(*b"GBP");
    /// The Japanese yen.
    pub const JPY: Self = Self(*b"JPY");
    /// The Canadian dollar.
    pub const CAD: Self = Self(*b"CAD");
    /// The Australian dollar.
    pub const AUD: Self = Self(*b"AUD");
    /// The Swiss franc.
    pub const CHF: Self = Self(*b"CHF");

    /// A currency of this code, or `None` unless it is three letters A–Z.
    pub fn new(code: [u8; 3]) -> Option<Self> {
        code.iter()
            .all(u8::is_ascii_uppercase)
            .then_some(Self(code))
    }

    /// Its three letters.
    pub fn as_str(&self) -> &str {
        // Three ASCII letters by construction, so this is never the empty default.
        str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Currency {
    type Err = CurrencyError;

    fn from_str(text: &str) -> Result<Self, CurrencyError> {
        <[u8; 3]>::try_from(text.as_bytes())
            .ok()
            .and_then(Self::new)
            .ok_or_else(|| CurrencyError(text.to_owned()))
    }
}

impl TryFrom<String> for Currency {
    type Error = CurrencyError;

    fn try_from(text: String) -> Result<Self, CurrencyError> {
        text.parse()
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.as_str().to_owned()
    }
}

/// An amount of money. Equal amounts are equal whatever their trailing zeros.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Money {
    /// How much, in whole units of the currency (dollars, not millions or cents).
    pub amount: Decimal,
    /// Of what.
    pub currency: Currency,
}

impl Money {
    /// An amount of a currency.
    pub fn new(amount: Decimal, currency: Currency) -> Self {
        Self { amount, currency }
    }

    /// An amount of US dollars.
    pub fn usd(amount: Decimal) -> Self {
        Self::new(amount, Currency::USD)
    }

    /// The sum, or `None` if the currencies differ or the sum is too large.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        let sum = self.amount.checked_add(other.amount)?;
        (self.currency == other.currency).then_some(Self::new(sum, self.currency))
    }

    /// The difference, or `None` if the currencies differ or it is too large.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.checked_add(Self::new(-other.amount, other.currency))
    }

    /// The amount as a float, for statistics and pixels only: there is no way back.
    pub fn to_f64_lossy(self) -> f64 {
        // Every decimal lies within the range of a float; NaN would draw nothing.
        self.amount.to_f64().unwrap_or(f64::NAN)
    }
}
