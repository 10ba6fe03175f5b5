//! Periods between two days, and the time a figure speaks of. Lengths are in
//! days of the civil calendar; what a company calls its quarter is only seen
//! in the days it gives.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::date::{DateError, Day, PartialDate, canonical};

/// The days from one day to another, both included; never empty, and both
/// within 1900 to 2200.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Period {
    from: Day,
    to: Day,
}

impl Period {
    /// All days of a date.
    pub fn of(date: &PartialDate) -> Self {
        Self {
            from: date.first_day(),
            to: date.last_day(),
        }
    }

    /// The period between two days, or `None` if `to` lies before `from` or a
    /// year is out of range.
    pub fn new(from: Day, to: Day) -> Option<Self> {
        let (from, to) = (
            PartialDate::day(from)?.first_day(),
            PartialDate::day(to)?.first_day(),
        );
        (from <= to).then_some(Self { from, to })
    }

    /// The first day.
    pub fn from(&self) -> Day {
        self.from
    }

    /// The last day, which belongs to the period.
    pub fn to(&self) -> Day {
        self.to
    }

    /// How many days it has, both ends counted.
    pub fn days(&self) -> u32 {
        let between = self.from.duration_until(self.to).as_hours() / 24;
        // At most 301 years by construction, and never negative.
        u32::try_from(between).unwrap_or(0).saturating_add(1)
    }

    /// Its length in months of a mean Gregorian year (365.2425 days), rounded
    /// to the nearest: a fiscal quarter of 13 weeks is 3, one of 52 weeks 12.
    pub fn months_rounded(&self) -> u32 {
        const YEAR: u64 = 3_652_425;
        let twelfths = u64::from(self.days()).saturating_mul(120_000);
        u32::try_from(twelfths.saturating_add(YEAR / 2) / YEAR).unwrap_or(u32::MAX)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.from, self.to)
    }
}

impl FromStr for Period {
    type Err = DateError;

    /// Reads exactly what `Display` writes.
    fn from_str(text: &str) -> Result<Self, DateError> {
        let day = |text| canonical(text).filter(PartialDate::is_day);
        text.split_once('/')
            .and_then(|(from, to)| Self::new(day(from)?.first_day(), day(to)?.first_day()))
            .ok_or_else(|| DateError::NotAPeriod(text.to_owned()))
    }
}

impl TryFrom<String> for Period {
    type Error = DateError;

    fn try_from(text: String) -> Result<Self, DateError> {
        text.parse()
    }
}

impl From<Period> for String {
    fn from(period: Period) -> Self {
        period.to_string()
    }
}

/// The time a figure speaks of: an instant (a balance on a day) or a period
/// (revenue of a quarter). Figures of different periods are never mixed.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Time {
    /// A point in time, known as precisely as its source gives it.
    Instant(PartialDate),
    /// All of a period.
    Period(Period),
}

impl Time {
    /// The first day it covers.
    pub fn first_day(&self) -> Day {
        match self {
            Self::Instant(date) => date.first_day(),
            Self::Period(period) => period.from(),
        }
    }

    /// The last day it covers.
    pub fn last_day(&self) -> Day {
        match self {
            Self::Instant(date) => date.last_day(),
            Self::Period(period) => period.to(),
        }
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Instant(date) => date.fmt(f),
            Self::Period(period) => period.fmt(f),
        }
    }
}

impl FromStr for Time {
    type Err = DateError;

    /// Reads exactly what `Display` writes; the stroke marks a period.
    fn from_str(text: &str) -> Result<Self, DateError> {
        if text.contains('/') {
            text.parse().map(Self::Period)
        } else {
            text.parse().map(Self::Instant)
        }
    }
}

impl TryFrom<String> for Time {
    type Error = DateError;

    fn try_from(text: String) -> Result<Self, DateError> {
        text.parse()
    }
}

impl From<Time> for String {
    fn from(time: Time) -> Self {
        time.to_string()
    }
}
