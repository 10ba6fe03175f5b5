//! Days as price files write them. Which of two numbers is the month is
//! decided over the whole column, never row by row.

use std::ops::ControlFlow;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;

use super::error::{FileError, Reason};
use super::fields::{each_row, shorten};
use super::layout::Layout;

/// Which part of `01/02/2026` comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    /// 2 January, as in the United States.
    MonthFirst,
    /// 1 February, as in most of the world.
    DayFirst,
}

/// Rows looked at to see how the column writes its days.
const SAMPLE: u64 = 50;

/// Decides the order over the whole day column. `Ok(None)` if the column does
/// not need one; fails if it does and no row has a part above 12.
pub(super) fn decide_order(
    text: &[u8],
    layout: &Layout,
    column: usize,
) -> Result<Option<DateOrder>, FileError> {
    let (mut rows, mut unclear, mut month_first, mut day_first) = (0_u64, 0_u64, 0_u64, 0_u64);
    let mut example = None;
    each_row(text, layout, |line, fields| {
        rows += 1;
        if rows > SAMPLE && unclear + month_first + day_first == 0 {
            return Ok(ControlFlow::Break(()));
        }
        let field = fields
            .ok()
            .and_then(|f| f.get(column).copied())
            .unwrap_or_default();
        let Some((first, second, year)) = open_triple(without_time(field)) else {
            return Ok(ControlFlow::Continue(()));
        };
        match (first > 12, second > 12) {
            (false, true) => month_first += 1,
            (true, false) => day_first += 1,
            (true, true) => {}
            (false, false) => {
                unclear += 1;
                if example.is_none() {
                    example = Date::new(year, first, second)
                        .ok()
                        .zip(Date::new(year, second, first).ok())
                        .map(|readings| (shorten(field), line.number, readings));
                }
            }
        }
        Ok(ControlFlow::Continue(()))
    })?;
    if month_first != day_first {
        let order = if month_first > day_first {
            DateOrder::MonthFirst
        } else {
            DateOrder::DayFirst
        };
        return Ok(Some(order));
    }
    match example {
        // A stray day of this form among others is refused by itself.
        Some((text, line, (as_month, as_day))) if unclear * 2 > rows => Err(FileError::DayOrder {
            text,
            line,
            month_first: as_month,
            day_first: as_day,
        }),
        Some(_) | None => Ok(None),
    }
}

/// Reads one day. Days with a time keep their date part; Unix times are UTC.
pub(super) fn read(field: &[u8], order: Option<DateOrder>) -> Result<Date, Reason> {
    if let Some(day) = iso(field) {
        return day;
    }
    if field.is_empty() {
        return Err(Reason::DayMissing);
    }
    if std::str::from_utf8(field).is_err() {
        return Err(Reason::NotUtf8);
    }
    if field.iter().all(u8::is_ascii_digit) {
        return digits_only(field).ok_or(Reason::NotADay);
    }
    let date = without_time(field);
    if let Some((first, second, year)) = open_triple(date) {
        return match order {
            Some(DateOrder::MonthFirst) => new(year, first, second),
            Some(DateOrder::DayFirst) => new(year, second, first),
            None if first > 12 => new(year, second, first),
            None if second > 12 => new(year, first, second),
            None if first == second => new(year, first, second),
            None => Err(Reason::DayOrderUnknown),
        };
    }
    other_forms(date).ok_or(Reason::NotADay)
}

/// Whether a cell is a day in any known form.
pub(super) fn looks_like_day(cell: &str) -> bool {
    match read(cell.as_bytes(), None) {
        Ok(_) | Err(Reason::DayOrderUnknown) => true,
        Err(_) => false,
    }
}

fn new(year: i16, month: i8, day: i8) -> Result<Date, Reason> {
    Date::new(year, month, day).ok().ok_or(Reason::NotADay)
}

/// `2026-01-02`, the form nearly all rows have; `None` if it is another one.
fn iso(field: &[u8]) -> Option<Result<Date, Reason>> {
    let (date, rest) = field.split_first_chunk::<10>()?;
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *date else {
        return None;
    };
    if !(rest.is_empty() || is_time(rest)) {
        return None;
    }
    let year = two(y1, y2)? as i16 * 100 + two(y3, y4)? as i16;
    Some(new(year, two(m1, m2)?, two(d1, d2)?))
}

fn two(tens: u8, ones: u8) -> Option<i8> {
    (tens.is_ascii_digit() && ones.is_ascii_digit())
        .then(|| ((tens - b'0') * 10 + (ones - b'0')).cast_signed())
}

/// ` 00:00:00-05:00`, `T00:00:00Z`, ` 00:00:00 UTC`.
fn is_time(rest: &[u8]) -> bool {
    matches!(rest, [b' ' | b'T' | b't', hour, b':', ..] | [b' ' | b'T' | b't', hour, _, b':', ..] if hour.is_ascii_digit())
        && rest.iter().all(|b| {
            b.is_ascii_alphanumeric() || matches!(b, b' ' | b':' | b'.' | b'+' | b'-' | b'/')
        })
}

fn without_time(field: &[u8]) -> &[u8] {
    let splits = field
        .iter()
        .enumerate()
        .filter(|(_, b)| matches!(**b, b' ' | b'T' | b't'));
    for (at, _) in splits {
        if let Some((date, time)) = field.split_at_checked(at)
            && is_time(time)
        {
            return date.strip_suffix(b",").unwrap_or(date);
        }
    }
    field
}

/// `01/02/2026` or `01-02-2026`: two small numbers in unknown order and a year.
fn open_triple(date: &[u8]) -> Option<(i8, i8, i16)> {
    let mark = *date.iter().find(|b| !b.is_ascii_digit())?;
    if !matches!(mark, b'/' | b'-') {
        return None;
    }
    let (first, second, year) = triple(date, mark)?;
    Some((small(first)?, small(second)?, full_year(year)?))
}

fn triple(date: &[u8], mark: u8) -> Option<(&[u8], &[u8], &[u8])> {
    let mut parts = date.split(|b| *b == mark);
    let triple = (parts.next()?, parts.next()?, parts.next()?);
    parts.next().is_none().then_some(triple)
}

/// One or two digits.
fn small(digits: &[u8]) -> Option<i8> {
    match *digits {
        [ones] => two(b'0', ones),
        [tens, ones] => two(tens, ones),
        _ => None,
    }
}

fn full_year(digits: &[u8]) -> Option<i16> {
    let [a, b, c, d] = *digits else {
        return None;
    };
    Some(two(a, b)? as i16 * 100 + two(c, d)? as i16)
}

/// `20260102`, Unix seconds (9 or 10 digits) and milliseconds (12 or 13).
fn digits_only(field: &[u8]) -> Option<Date> {
    if let [y1, y2, y3, y4, m1, m2, d1, d2] = *field {
        let year = two(y1, y2)? as i16 * 100 + two(y3, y4)? as i16;
        return Date::new(year, two(m1, m2)?, two(d1, d2)?).ok();
    }
    let number: i64 = std::str::from_utf8(field).ok()?.parse().ok()?;
    let stamp = match field.len() {
        9 | 10 => Timestamp::from_second(number),
        12 | 13 => Timestamp::from_millisecond(number),
        _ => return None,
    };
    Some(Offset::UTC.to_datetime(stamp.ok()?).date())
}

/// `2026/1/2`, `02.01.2026`, `Jan 02, 2026`, `2-Jan-2026`, `2 January 2026`.
fn other_forms(date: &[u8]) -> Option<Date> {
    for mark in [b'-', b'/', b'.'] {
        let Some((first, second, third)) = triple(date, mark) else {
            continue;
        };
        if let (Some(year), Some(month), Some(day)) =
            (full_year(first), small(second), small(third))
        {
            return Date::new(year, month, day).ok();
        }
        // Points are written only where the day comes first.
        if let (b'.', Some(day), Some(month), Some(year)) =
            (mark, small(first), small(second), full_year(third))
        {
            return Date::new(year, month, day).ok();
        }
    }
    let mut words = date
        .split(|b| matches!(b, b' ' | b',' | b'-' | b'/' | b'.'))
        .filter(|w| !w.is_empty());
    let (first, second, year) = (words.next()?, words.next()?, full_year(words.next()?)?);
    if words.next().is_some() {
        return None;
    }
    let (month, day) = match (month(first), month(second)) {
        (Some(month), None) => (month, small(second)?),
        (None, Some(month)) => (month, small(first)?),
        (Some(_), Some(_)) | (None, None) => return None,
    };
    Date::new(year, month, day).ok()
}

/// An English month, or at least its first three letters.
fn month(word: &[u8]) -> Option<i8> {
    const MONTHS: [&[u8]; 12] = [
        b"january",
        b"february",
        b"march",
        b"april",
        b"may",
        b"june",
        b"july",
        b"august",
        b"september",
        b"october",
        b"november",
        b"december",
    ];
    if word.len() < 3 {
        return None;
    }
    let word = word.to_ascii_lowercase();
    MONTHS
        .iter()
        .position(|month| month.starts_with(&word))
        .map(|at| at as i8 + 1)
}
