//! Amounts of money as people type them: `9.8b`, `$9.8 billion`,
//! `USD 9,800,000,000`, `about €5m`. Converts no currencies and assumes none.

use rust_decimal::Decimal;

use super::{
    TypedError, TypedHedge, hedge,
    number::{split_sign, strip_parentheses, unsigned},
    scale,
    text::{Text, split_letters, strip_word},
};
use crate::model::money::{Currency, Money};

/// An amount as typed. A missing currency was not typed: what it means is for
/// the field to say.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Amount {
    /// How much, in whole units of the currency.
    pub value: Decimal,
    /// The currency, if one was typed.
    pub currency: Option<Currency>,
    /// The hedge, if one was typed.
    pub hedge: Option<TypedHedge>,
}

impl Amount {
    /// The amount as money, in the field's currency if none was typed.
    pub fn money_or(self, currency: Currency) -> Money {
        Money::new(self.value, self.currency.unwrap_or(currency))
    }
}

/// Reads an amount of money with an optional hedge, currency and scale word.
/// Exact to the last digit typed.
pub fn amount(typed: &str) -> Result<Amount, TypedError> {
    let text = Text::read(
        typed,
        "an amount such as 9.8b, $9.8 billion or 9,800,000,000",
    )?;
    let (hedge, rest) = hedge::split(&text.clean);

    // A minus may stand before or after the currency, as a sign or as parentheses.
    let (outer_minus, rest) = split_sign(rest);
    let (outer_parentheses, rest) = strip_parentheses(rest);
    let (before, rest) = currency_before(rest);
    let (inner_minus, rest) = split_sign(rest);
    let (inner_parentheses, rest) = strip_parentheses(rest);
    let signs = [
        outer_minus.is_some(),
        outer_parentheses,
        inner_minus.is_some(),
        inner_parentheses,
    ];
    if signs.iter().filter(|&&given| given).count() > 1 {
        return Err(text.not_understood());
    }
    let negative = outer_parentheses
        || inner_parentheses
        || outer_minus == Some(true)
        || inner_minus == Some(true);

    let (number, rest) = unsigned(&text, rest)?;
    let (power, after) = scale_and_currency(&text, rest)?;
    let currency = match (before, after) {
        (Some(first), Some(second)) if first != second => {
            return Err(TypedError::TwoCurrencies {
                text: text.quoted,
                first: first.to_string(),
                second: second.to_string(),
            });
        }
        (before, after) => before.or(after),
    };
    let value = number
        .shifted(power)
        .negated_if(negative, &text)?
        .decimal(&text)?;
    Ok(Amount {
        value,
        currency,
        hedge,
    })
}

/// The currency at the start, and what follows it.
fn currency_before(text: &str) -> (Option<Currency>, &str) {
    if let Some((currency, rest)) = symbol(text) {
        return (Some(currency), rest.trim_start());
    }
    let (letters, rest) = split_letters(text);
    code(letters).map_or((None, text), |currency| (Some(currency), rest.trim_start()))
}

/// What may follow the number: a scale word, then a currency, or a currency
/// and then a scale word (`5 €m`), or nothing.
fn scale_and_currency(text: &Text, rest: &str) -> Result<(i32, Option<Currency>), TypedError> {
    let mut power = None;
    let mut currency = None;
    let mut left = rest;
    while !left.is_empty() {
        let (letters, after) = split_letters(left);
        if let Some((found, after)) = currency_word(left).filter(|_| currency.is_none()) {
            currency = Some(found);
            left = after.trim_start();
        } else if let Some(found) = scale::power_of_ten(letters).filter(|_| power.is_none()) {
            power = Some(found);
            left = after.trim_start();
        } else if let Some((scaled, code)) =
            glued(letters).filter(|_| power.is_none() && currency.is_none())
        {
            power = Some(scaled);
            currency = Some(code);
            left = after.trim_start();
        } else {
            return Err(text.unknown_unit(left));
        }
    }
    Ok((power.unwrap_or(0), currency))
}

/// A scale word glued to a currency code: `9.8bUSD`.
fn glued(letters: &str) -> Option<(i32, Currency)> {
    let (scaled, currency) = letters.split_at_checked(letters.len().checked_sub(3)?)?;
    Some((scale::power_of_ten(scaled)?, code(currency)?))
}

/// A currency at the start: a symbol, a name or a code.
fn currency_word(text: &str) -> Option<(Currency, &str)> {
    const NAMES: [(&str, Currency); 9] = [
        ("us dollars", Currency::USD),
        ("us dollar", Currency::USD),
        ("dollars", Currency::USD),
        ("dollar", Currency::USD),
        ("euros", Currency::EUR),
        ("euro", Currency::EUR),
        ("pounds", Currency::GBP),
        ("pound", Currency::GBP),
        ("yen", Currency::JPY),
    ];
    let name = || {
        NAMES
            .iter()
            .find_map(|&(name, currency)| Some((currency, strip_word(text, name)?)))
    };
    let (letters, rest) = split_letters(text);
    symbol(text)
        .or_else(name)
        .or_else(|| code(letters).map(|currency| (currency, rest)))
}

/// A currency symbol at the start. `¥` is read as yen.
fn symbol(text: &str) -> Option<(Currency, &str)> {
    // Longer symbols stand before those that they end with.
    const SYMBOLS: [(&str, Currency); 9] = [
        ("US$", Currency::USD),
        ("AU$", Currency::AUD),
        ("CA$", Currency::CAD),
        ("A$", Currency::AUD),
        ("C$", Currency::CAD),
        ("$", Currency::USD),
        ("€", Currency::EUR),
        ("£", Currency::GBP),
        ("¥", Currency::JPY),
    ];
    SYMBOLS
        .iter()
        .find_map(|&(symbol, currency)| Some((currency, text.strip_prefix(symbol)?)))
}

/// A currency code: three capital letters, or a common one in any case. Words
/// for scales (`MLN`) are none.
fn code(letters: &str) -> Option<Currency> {
    const COMMON: [Currency; 7] = [
        Currency::USD,
        Currency::EUR,
        Currency::GBP,
        Currency::JPY,
        Currency::CAD,
        Currency::AUD,
        Currency::CHF,
    ];
    if scale::power_of_ten(letters).is_some() {
        return None;
    }
    letters.parse().ok().or_else(|| {
        COMMON
            .into_iter()
            .find(|currency| currency.as_str().eq_ignore_ascii_case(letters))
    })
}
