//! Dates as sources give them: a day, or only a month, quarter, half or year. Civil calendar only: no clock, no time zones,
//! no fiscal years. What people type is read by [`super::typed`]; here is only
//! the canonical text that files and the store keep.

use std::{cmp::Ordering, fmt, str::FromStr};

pub use jiff::civil::Date as Day;
use serde::{Deserialize, Serialize};

pub use super::period::{Period, Time};

/// The first year that a date may have.
pub const FIRST_YEAR: i16 = 1900;
/// The last year that a date may have.
pub const LAST_YEAR: i16 = 2200;

/// Why a text or its parts are not a date, a period or a time.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum DateError {
    /// The text has none of the canonical forms.
    #[error(
        "“{0}” is not a date: write 2027, 2027-H1, 2027-Q3, 2027-08 or 2027-08-14, from 1900 to 2200"
    )]
    NotADate(String),
    /// The text is not two days joined by a stroke.
    #[error("“{0}” is not a period: write its first and last day, such as 2026-01-01/2026-03-31")]
    NotAPeriod(String),
}

/// The parts of a [`PartialDate`], to be matched. Years come first; halves
/// count 1–2, quarters 1–4, months 1–12.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum DateKind {
    /// A calendar year.
    Year(i16),
    /// A half of a calendar year.
    Half(i16, u8),
    /// A quarter of a calendar year.
    Quarter(i16, u8),
    /// A calendar month.
    Month(i16, u8),
    /// A single day.
    Day(Day),
}

/// A date as precise as its source. It always exists in the calendar and lies
/// within [`FIRST_YEAR`] to [`LAST_YEAR`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PartialDate {
    kind: DateKind,
    // Both ends are found once, when the date is made, so that asking for them cannot fail.
    first: Day,
    last: Day,
}

impl PartialDate {
    /// A date of these parts, or `None` if the calendar has no such date or its
    /// year is out of range.
    pub fn new(kind: DateKind) -> Option<Self> {
        let months = |year, first: u8, length: u8| {
            let last = first.checked_add(length)?.checked_sub(1)?;
            let start = Day::new(year, i8::try_from(first).ok()?, 1).ok()?;
            let end = Day::new(year, i8::try_from(last).ok()?, 1).ok()?;
            Some((start, end.last_of_month()))
        };
        // The first month of the n-th part of a year; 0 and too large n name no part.
        let part = |n: u8, length: u8| {
            let before = n.checked_sub(1)?.checked_mul(length)?;
            (before < 12).then(|| before.saturating_add(1))
        };
        let (first, last) = match kind {
            DateKind::Year(year) => months(year, 1, 12)?,
            DateKind::Half(year, half) => months(year, part(half, 6)?, 6)?,
            DateKind::Quarter(year, quarter) => months(year, part(quarter, 3)?, 3)?,
            DateKind::Month(year, month) => months(year, part(month, 1)?, 1)?,
            DateKind::Day(day) => (day, day),
        };
        let known = FIRST_YEAR..=LAST_YEAR;
        known
            .contains(&first.year())
            .then_some(Self { kind, first, last })
    }

    /// A calendar year.
    pub fn year(year: i16) -> Option<Self> {
        Self::new(DateKind::Year(year))
    }

    /// The first (1) or second (2) half of a year.
    pub fn half(year: i16, half: u8) -> Option<Self> {
        Self::new(DateKind::Half(year, half))
    }

    /// A quarter, 1 to 4, of a year.
    pub fn quarter(year: i16, quarter: u8) -> Option<Self> {
        Self::new(DateKind::Quarter(year, quarter))
    }

    /// A month, 1 to 12, of a year.
    pub fn month(year: i16, month: u8) -> Option<Self> {
        Self::new(DateKind::Month(year, month))
    }

    /// A single day.
    pub fn day(day: Day) -> Option<Self> {
        Self::new(DateKind::Day(day))
    }

    /// The parts, to be matched.
    pub fn kind(&self) -> DateKind {
        self.kind
    }

    /// The first day it covers.
    pub fn first_day(&self) -> Day {
        self.first
    }

    /// The last day it covers.
    pub fn last_day(&self) -> Day {
        self.last
    }

    /// Whether it is known to the day.
    pub fn is_day(&self) -> bool {
        self.first == self.last
    }

    /// All its days as a period.
    pub fn as_period(&self) -> Period {
        Period::of(self)
    }

    /// Earlier first days come first; of equal first days, the shorter date.
    pub fn cmp_by_first_day(&self, other: &Self) -> Ordering {
        (self.first, self.last).cmp(&(other.first, other.last))
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            DateKind::Year(year) => write!(f, "{year:04}"),
            DateKind::Half(year, half) => write!(f, "{year:04}-H{half}"),
            DateKind::Quarter(year, quarter) => write!(f, "{year:04}-Q{quarter}"),
            DateKind::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            DateKind::Day(day) => write!(f, "{day}"),
        }
    }
}

impl FromStr for PartialDate {
    type Err = DateError;

    /// Reads exactly what `Display` writes.
    fn from_str(text: &str) -> Result<Self, DateError> {
        canonical(text).ok_or_else(|| DateError::NotADate(text.to_owned()))
    }
}

/// Reads a canonical date; signs, spaces and missing zeros are refused.
pub(super) fn canonical(text: &str) -> Option<PartialDate> {
    let mut parts = text.split('-');
    let year = i16::try_from(digits(parts.next()?, 4)?).ok()?;
    let Some(middle) = parts.next() else {
        return PartialDate::year(year);
    };
    if let Some(half) = middle.strip_prefix('H') {
        let half = u8::try_from(digits(half, 1)?).ok()?;
        return parts
            .next()
            .map_or_else(|| PartialDate::half(year, half), |_| None);
    }
    if let Some(quarter) = middle.strip_prefix('Q') {
        let quarter = u8::try_from(digits(quarter, 1)?).ok()?;
        return parts
            .next()
            .map_or_else(|| PartialDate::quarter(year, quarter), |_| None);
    }
    let month = digits(middle, 2)?;
    let Some(day) = parts.next() else {
        return PartialDate::month(year, u8::try_from(month).ok()?);
    };
    let day = i8::try_from(digits(day, 2)?).ok()?;
    if parts.next().is_some() {
        return None;
    }
    PartialDate::day(Day::new(year, i8::try_from(month).ok()?, day).ok()?)
}

/// The value of a text of exactly so many ASCII digits.
fn digits(text: &str, count: usize) -> Option<u16> {
    let plain = text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

impl TryFrom<String> for PartialDate {
    type Error = DateError;

    fn try_from(text: String) -> Result<Self, DateError> {
        text.parse()
    }
}

impl From<PartialDate> for String {
    fn from(date: PartialDate) -> Self {
        date.to_string()
    }
}
