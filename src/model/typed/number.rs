//! The number at the start of a typed text, exactly as written. Units after it
//! are read elsewhere; nothing here rounds.

use rust_decimal::Decimal;

use super::{TypedError, text::Text};

/// Reads a plain number: `1992`, `1,992`, `1 992`, `-0.5`, `1e9`, `(12)`.
pub fn decimal(typed: &str) -> Result<Decimal, TypedError> {
    let text = Text::read(typed, "a number such as 1992 or 1,234.5")?;
    let (in_parentheses, inner) = strip_parentheses(&text.clean);
    let (number, rest) = signed(&text, inner)?;
    if !rest.is_empty() {
        return Err(text.unknown_unit(rest));
    }
    number.negated_if(in_parentheses, &text)?.decimal(&text)
}

/// A number as typed: `digits` × 10^`exponent`, not yet bounded, so that a
/// unit can shift it without rounding.
#[derive(Debug)]
pub(super) struct Number {
    negative: bool,
    digits: String,
    exponent: i32,
}

impl Number {
    /// The number times a power of ten.
    pub fn shifted(mut self, powers_of_ten: i32) -> Self {
        self.exponent = self.exponent.saturating_add(powers_of_ten);
        self
    }

    /// The number with a sign that was written apart from it; two signs are refused.
    pub fn negated_if(mut self, negate: bool, text: &Text) -> Result<Self, TypedError> {
        if negate && self.negative {
            return Err(text.not_understood());
        }
        self.negative |= negate;
        Ok(self)
    }

    /// The exact value, without trailing zeros.
    pub fn decimal(&self, text: &Text) -> Result<Decimal, TypedError> {
        let significant = self.digits.trim_start_matches('0');
        let mantissa = significant.trim_end_matches('0');
        if mantissa.is_empty() {
            return Ok(Decimal::ZERO);
        }
        let zeros = significant.len().saturating_sub(mantissa.len());
        let exponent = i32::try_from(zeros)
            .ok()
            .and_then(|zeros| self.exponent.checked_add(zeros))
            .ok_or_else(|| too_large(text))?;
        let too_precise = || TypedError::TooPrecise {
            text: text.quoted.clone(),
        };
        let refusal = || {
            if exponent < 0 {
                too_precise()
            } else {
                too_large(text)
            }
        };
        let whole: i128 = mantissa.parse().map_err(|_too_long| refusal())?;
        let whole = if self.negative { -whole } else { whole };
        let (whole, scale) = match u32::try_from(exponent) {
            Ok(zeros) => {
                let factor = 10_i128.checked_pow(zeros);
                let whole = factor.and_then(|factor| whole.checked_mul(factor));
                (whole.ok_or_else(refusal)?, 0)
            }
            Err(_negative) => (whole, exponent.unsigned_abs()),
        };
        Decimal::try_from_i128_with_scale(whole, scale).map_err(|_unfit| refusal())
    }
}

fn too_large(text: &Text) -> TypedError {
    text.out_of_range("a number below 79 octillion (28 digits)")
}

/// What parentheses around the whole text enclose; in accounts they mean a minus.
pub(super) fn strip_parentheses(text: &str) -> (bool, &str) {
    text.strip_prefix('(')
        .and_then(|inner| inner.strip_suffix(')'))
        .map_or((false, text), |inner| (true, inner.trim()))
}

/// A sign at the start: whether one is there and is a minus, and the rest.
pub(super) fn split_sign(text: &str) -> (Option<bool>, &str) {
    if let Some(rest) = text.strip_prefix('-') {
        (Some(true), rest.trim_start())
    } else if let Some(rest) = text.strip_prefix('+') {
        (Some(false), rest.trim_start())
    } else {
        (None, text)
    }
}

/// The number at the start with its sign, and what follows it, trimmed.
pub(super) fn signed<'a>(text: &Text, from: &'a str) -> Result<(Number, &'a str), TypedError> {
    let (minus, from) = split_sign(from);
    let (number, rest) = unsigned(text, from)?;
    Ok((number.negated_if(minus == Some(true), text)?, rest))
}

/// The number at the start, which may have no sign, and what follows it, trimmed.
pub(super) fn unsigned<'a>(text: &Text, from: &'a str) -> Result<(Number, &'a str), TypedError> {
    let (body, rest) = split_body(from);
    let (digits, fraction) = ungrouped(text, body)?;
    let (power, rest) = split_power(rest);
    let power = match power.map(str::parse::<i32>) {
        None => 0,
        Some(Ok(power)) if power.abs() <= 99 => power,
        Some(Ok(_) | Err(_)) => return Err(too_large(text)),
    };
    let number = Number {
        negative: false,
        digits,
        exponent: power.saturating_sub(i32::try_from(fraction).unwrap_or(i32::MAX)),
    };
    Ok((number, rest.trim_start()))
}

/// Splits digits and their separators from what follows; a blank or an
/// apostrophe belongs to the number only before another digit.
fn split_body(from: &str) -> (&str, &str) {
    let mut end = 0;
    let mut characters = from.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let next_is_digit = characters
            .peek()
            .is_some_and(|(_, next)| next.is_ascii_digit());
        match character {
            '0'..='9' | '.' | ',' => end = at.saturating_add(1),
            ' ' | '\'' if next_is_digit => {}
            _ => break,
        }
    }
    from.split_at_checked(end).unwrap_or((from, ""))
}

/// Splits an exponent such as `e9` or `E-3` from what follows it.
fn split_power(rest: &str) -> (Option<&str>, &str) {
    let Some(power) = rest.strip_prefix(['e', 'E']) else {
        return (None, rest);
    };
    let sign = usize::from(power.starts_with(['-', '+']));
    let count = power
        .bytes()
        .skip(sign)
        .take_while(u8::is_ascii_digit)
        .count();
    match power.split_at_checked(sign.saturating_add(count)) {
        Some((power, after)) if count > 0 => (Some(power), after),
        Some(_) | None => (None, rest),
    }
}

/// The digits of a number without its separators, and how many of them are
/// after the point.
fn ungrouped(text: &Text, body: &str) -> Result<(String, usize), TypedError> {
    let (whole, fraction) = body.split_once('.').unwrap_or((body, ""));
    let fraction_is_plain = fraction.bytes().all(|byte| byte.is_ascii_digit());
    if !fraction_is_plain || !is_grouped(whole) {
        return Err(misgrouped(text, body));
    }
    let digits = digits_of(whole) + fraction;
    if digits.is_empty() {
        return Err(text.not_understood());
    }
    Ok((digits, fraction.len()))
}

/// Whether separators, all of one kind, stand before every third digit. A
/// leading zero marks a decimal comma (`0,125`), not thousands.
fn is_grouped(whole: &str) -> bool {
    let Some(separator) = whole.chars().find(|character| !character.is_ascii_digit()) else {
        return true;
    };
    let mut groups = whole.split(separator);
    let first = groups.next().unwrap_or_default();
    let plain = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    (1..=3).contains(&first.len())
        && !first.starts_with('0')
        && plain(first)
        && groups.all(|group| group.len() == 3 && plain(group))
}

fn digits_of(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// The error for separators out of place: two readings if a comma may be a
/// decimal comma, else the number that is meant, if that is clear.
fn misgrouped(text: &Text, body: &str) -> TypedError {
    let Some((before, separator, after)) = split_last(body) else {
        return text.not_understood();
    };
    let commas = body.matches(',').count();
    let points = body.matches('.').count();
    let clear = after.is_empty() || digits_of(before).is_empty();
    if commas == 1 && separator == ',' && points <= 1 && !after.is_empty() {
        // A decimal comma, or an English comma in the wrong place.
        let continental = format!("{}.{after}", or_zero(&digits_of(before)));
        let english = match before.split_once('.') {
            Some((whole, fraction)) => {
                format!(
                    "{}.{}{after}",
                    or_zero(&digits_of(whole)),
                    digits_of(fraction)
                )
            }
            None => or_zero(digits_of(body).trim_start_matches('0')).to_owned(),
        };
        let (first, second) = (with_commas(&continental), with_commas(&english));
        return TypedError::Ambiguous {
            text: body.to_owned(),
            readings: (first, second),
            write: format!("{continental} or {english}"),
        };
    }
    if clear {
        return text.not_understood();
    }
    let write = match separator {
        // One kind of separator before a last one of another kind: a fraction.
        ',' if commas == 1 => format!("{}.{after}", digits_of(before)),
        '.' if points == 1 => format!("{}.{after}", digits_of(before)),
        _ if points == 1 => return text.not_understood(),
        _ => digits_of(body),
    };
    TypedError::Grouping {
        text: body.to_owned(),
        write,
    }
}

/// The text before and after the last separator, and the separator.
fn split_last(body: &str) -> Option<(&str, char, &str)> {
    let at = body.rfind(|character: char| !character.is_ascii_digit())?;
    let (before, rest) = body.split_at_checked(at)?;
    let separator = rest.chars().next()?;
    Some((before, separator, rest.strip_prefix(separator)?))
}

fn or_zero(digits: &str) -> &str {
    if digits.is_empty() { "0" } else { digits }
}

/// Commas between the thousands of a plain number.
fn with_commas(plain: &str) -> String {
    let (whole, fraction) = plain.split_once('.').unwrap_or((plain, ""));
    let mut grouped = String::with_capacity(plain.len().saturating_mul(2));
    for (at, digit) in whole.char_indices() {
        if at > 0 && whole.len().saturating_sub(at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if !fraction.is_empty() {
        grouped.push('.');
        grouped.push_str(fraction);
    }
    grouped
}
