//! Numbers as price files write them. Which mark is the decimal one is decided
//! over the whole file; what does not fit it is no number, never a guess.

use std::io::Write as _;
use std::ops::ControlFlow;

use super::error::{FileError, Reason};
use super::fields::{each_row, shorten};
use super::layout::{Layout, Separator};

/// The mark between whole and fraction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DecimalMark {
    /// `1,234.56`
    #[default]
    Point,
    /// `1.234,56`
    Comma,
}

/// What a column holds; only volumes may end in K, M or B, only prices are narrowed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Price,
    Volume,
}

/// Decides the decimal mark over all number columns. Fails if commas occur and
/// every one of them fits both readings.
pub(super) fn decide_mark(
    text: &[u8],
    layout: &Layout,
    columns: &[usize],
) -> Result<DecimalMark, FileError> {
    // Between commas a decimal comma needs quotes; without any there is nothing to decide.
    let telling = if layout.separator == Separator::Comma {
        b'"'
    } else {
        b','
    };
    if !text.contains(&telling) {
        return Ok(DecimalMark::Point);
    }
    let (mut points, mut commas) = (0_u64, 0_u64);
    let mut example = None;
    each_row(text, layout, |line, fields| {
        let fields = fields.unwrap_or_default();
        for field in columns.iter().filter_map(|column| fields.get(*column)) {
            match evidence(field) {
                Evidence::Point => points += 1,
                Evidence::Comma => commas += 1,
                Evidence::Unclear if example.is_none() => example = Some((*field, line.number)),
                Evidence::Unclear | Evidence::Nothing => {}
            }
        }
        Ok(ControlFlow::Continue(()))
    })?;
    match example {
        _ if commas > points => Ok(DecimalMark::Comma),
        _ if points > 0 => Ok(DecimalMark::Point),
        // Quoted groups of three between commas are thousands: nobody writes
        // every price with exactly three decimals and quotes.
        Some((field, line)) if layout.separator != Separator::Comma => {
            let text = shorten(field);
            Err(FileError::DecimalMark {
                as_decimal: text.replace(',', "."),
                as_thousands: text.replace(',', ""),
                text,
                line,
            })
        }
        Some(_) | None => Ok(DecimalMark::Point),
    }
}

/// What one number tells about the mark.
enum Evidence {
    Point,
    Comma,
    /// `1,234`: one comma that fits both readings.
    Unclear,
    Nothing,
}

fn evidence(field: &[u8]) -> Evidence {
    let count = |mark: u8| field.split(|byte| *byte == mark).count() - 1;
    let last = |mark: u8| field.iter().rposition(|byte| *byte == mark);
    match (count(b','), count(b'.')) {
        (0, 0) => Evidence::Nothing,
        (0, 1) => {
            // `1.234` says nothing where the other numbers have commas.
            if groups_fit(field, b'.') {
                Evidence::Nothing
            } else {
                Evidence::Point
            }
        }
        (0, _) => Evidence::Comma,
        (1, 0) => {
            if groups_fit(field, b',') {
                Evidence::Unclear
            } else {
                Evidence::Comma
            }
        }
        (_, 0) => Evidence::Point,
        (_, _) => {
            if last(b',') > last(b'.') {
                Evidence::Comma
            } else {
                Evidence::Point
            }
        }
    }
}

/// Whether the only `mark` can separate thousands: `1,234`, not `0,234` or `12,34`.
fn groups_fit(field: &[u8], mark: u8) -> bool {
    let digits = field.strip_prefix(b"-").unwrap_or(field);
    let mut parts = digits.split(|byte| *byte == mark);
    let (Some(head), Some(tail)) = (parts.next(), parts.next()) else {
        return false;
    };
    (1..=3).contains(&head.len())
        && !head.starts_with(b"0")
        && tail.len() == 3
        && head.iter().chain(tail).all(u8::is_ascii_digit)
}

/// Reads a cell; `Ok(None)` if it says that there is no value.
pub(super) fn read(field: &[u8], mark: DecimalMark, kind: Kind) -> Result<Option<f64>, Reason> {
    if field.is_empty() {
        return Ok(None);
    }
    if mark == DecimalMark::Point
        && let Some(value) = plain(field, kind)
    {
        return Ok(Some(value));
    }
    let text = std::str::from_utf8(field).ok().ok_or(Reason::NotUtf8)?;
    if is_missing(text) {
        return Ok(None);
    }
    let value = decorated(text, mark, kind).ok_or(Reason::NotANumber)?;
    if value.is_finite() {
        Ok(Some(value))
    } else {
        Err(Reason::NotFinite)
    }
}

fn is_missing(text: &str) -> bool {
    const WORDS: [&str; 9] = ["null", "nan", "n/a", "na", "n/d", "none", "-", "–", "."];
    WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// Ten to the power of 0 to 22, each exact.
const POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
];

/// Largest whole number up to which `f64` is exact.
const EXACT: u64 = 1 << 53;

/// Digits with at most one point: nearly every cell. `None` if it is more than
/// that. A mantissa and a power that are both exact give the nearest `f64` in
/// one division (Clinger 1990); the rest is left to the standard library.
fn plain(field: &[u8], kind: Kind) -> Option<f64> {
    let (negative, digits) = match field {
        [b'-', rest @ ..] => (true, rest),
        _ => (false, field),
    };
    let (mut mantissa, mut fraction, mut significant) = (0_u64, 0_usize, 0_u32);
    let (mut point, mut any) = (false, false);
    for byte in digits {
        match byte {
            b'0'..=b'9' => {
                any = true;
                mantissa = mantissa
                    .checked_mul(10)?
                    .checked_add(u64::from(byte - b'0'))?;
                significant += u32::from(mantissa > 0);
                fraction += usize::from(point);
            }
            b'.' if !point => point = true,
            _ => return None,
        }
    }
    if !any {
        return None;
    }
    let value = match POWERS.get(fraction) {
        Some(power) if mantissa <= EXACT => mantissa as f64 / power,
        Some(_) | None => std::str::from_utf8(digits).ok()?.parse().ok()?,
    };
    let value = if point && significant > 9 && kind == Kind::Price {
        narrow(value)
    } else {
        value
    };
    Some(if negative { -value } else { value })
}

/// Numbers with currency sign, thousands marks, exponent or a volume's suffix.
fn decorated(text: &str, mark: DecimalMark, kind: Kind) -> Option<f64> {
    let (negative, text) = match text.strip_prefix(['-', '−']) {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let text = text.strip_prefix(['$', '€', '£']).unwrap_or(text).trim();
    let (text, factor) = match (kind, text.as_bytes().last()) {
        (Kind::Volume, Some(b'K' | b'k')) => (text.get(..text.len() - 1)?, 1e3),
        (Kind::Volume, Some(b'M' | b'm')) => (text.get(..text.len() - 1)?, 1e6),
        (Kind::Volume, Some(b'B' | b'b')) => (text.get(..text.len() - 1)?, 1e9),
        (Kind::Price | Kind::Volume, _) => (text, 1.0),
    };
    let (number, exponent) = match text.split_once(['e', 'E']) {
        Some((number, exponent)) => (number, Some(exponent)),
        None => (text, None),
    };
    let decimal = match mark {
        DecimalMark::Point => '.',
        DecimalMark::Comma => ',',
    };
    let (whole, fraction) = match number.split_once(decimal) {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (number, None),
    };
    let mut buffer = Buffer::default();
    push_whole(&mut buffer, whole, mark)?;
    if let Some(fraction) = fraction {
        buffer.push(b'.')?;
        push_digits(&mut buffer, fraction)?;
    }
    if !buffer.text()?.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    if let Some(exponent) = exponent {
        buffer.push(b'e')?;
        let digits = exponent
            .strip_prefix('-')
            .or_else(|| exponent.strip_prefix('+'));
        if exponent.starts_with('-') {
            buffer.push(b'-')?;
        }
        let digits = digits.unwrap_or(exponent);
        push_digits(&mut buffer, digits)?;
    }
    let text = buffer.text()?;
    // The plain form decides on narrowing, too.
    let value = match plain(text.as_bytes(), kind) {
        Some(value) => value,
        None => text.parse::<f64>().ok()?,
    } * factor;
    Some(if negative { -value } else { value })
}

/// Digits, or groups of three of them after a first one of at most three.
fn push_whole(buffer: &mut Buffer, whole: &str, mark: DecimalMark) -> Option<()> {
    let is_group_mark = |c: char| match c {
        ',' => mark == DecimalMark::Point,
        '.' => mark == DecimalMark::Comma,
        ' ' | '\'' | '’' | '\u{a0}' | '\u{202f}' => true,
        _ => false,
    };
    let grouped = whole.contains(is_group_mark);
    for (at, group) in whole.split(is_group_mark).enumerate() {
        let fits = if at == 0 {
            (1..=3).contains(&group.len())
        } else {
            group.len() == 3
        };
        if grouped && !fits {
            return None;
        }
        push_digits(buffer, group)?;
    }
    Some(())
}

fn push_digits(buffer: &mut Buffer, digits: &str) -> Option<()> {
    digits.bytes().try_for_each(|byte| {
        if byte.is_ascii_digit() {
            buffer.push(byte)
        } else {
            None
        }
    })
}

/// Room for one number without allocating.
struct Buffer {
    bytes: [u8; 64],
    used: usize,
}

impl Default for Buffer {
    fn default() -> Self {
        Self {
            bytes: [0; 64],
            used: 0,
        }
    }
}

impl Buffer {
    fn push(&mut self, byte: u8) -> Option<()> {
        *self.bytes.get_mut(self.used)? = byte;
        self.used += 1;
        Some(())
    }

    fn text(&self) -> Option<&str> {
        std::str::from_utf8(self.bytes.get(..self.used)?).ok()
    }
}

/// Undoes the widening of a 32-bit float: 23.639999389648438 is the float that
/// 23.64 was stored as. A value that is no 32-bit float is returned as it is.
fn narrow(value: f64) -> f64 {
    let single = value as f32;
    if f64::from(single) != value {
        return value;
    }
    // The decimal with the fewest places that is stored as the same float.
    // Whole numbers below 2^53 over an exact power: correctly rounded.
    for power in POWERS.iter().take(13) {
        let scaled = (value * power).round();
        if scaled > EXACT as f64 {
            break;
        }
        let candidate = scaled / power;
        if candidate as f32 == single {
            return candidate;
        }
    }
    shortest(single).unwrap_or(value)
}

/// The standard library's shortest decimal of a 32-bit float, for sizes no price has.
fn shortest(single: f32) -> Option<f64> {
    let mut bytes = [0_u8; 64];
    let mut rest = bytes.as_mut_slice();
    write!(rest, "{single:e}").ok()?;
    let left = rest.len();
    std::str::from_utf8(bytes.get(..64 - left)?)
        .ok()?
        .parse()
        .ok()
}
