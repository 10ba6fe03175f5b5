//! Ranges of the chart. They count back from the newest close, not from today,
//! so that a book with old prices still shows something.

use jiff::ToSpan as _;
use jiff::civil::date;

use crate::model::Day;

/// A range of days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Range {
    /// One month.
    Month1,
    /// Three months.
    Month3,
    /// Six months.
    Month6,
    /// Since the last close of the year before.
    #[default]
    Ytd,
    /// One year.
    Year1,
    /// Three years.
    Year3,
    /// All there is.
    Max,
    /// From one day to another.
    Between(Day, Day),
}

impl Range {
    /// The ranges with a button, as they stand in a row.
    pub const BUTTONS: [Self; 7] = [
        Self::Month1,
        Self::Month3,
        Self::Month6,
        Self::Ytd,
        Self::Year1,
        Self::Year3,
        Self::Max,
    ];

    /// What its button says.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Month1 => "1M",
            Self::Month3 => "3M",
            Self::Month6 => "6M",
            Self::Ytd => "YTD",
            Self::Year1 => "1Y",
            Self::Year3 => "3Y",
            Self::Max => "Max",
            Self::Between(..) => "From–to",
        }
    }

    /// Its text in the settings.
    pub fn code(self) -> String {
        match self {
            Self::Between(from, to) => format!("{from}/{to}"),
            Self::Month1
            | Self::Month3
            | Self::Month6
            | Self::Ytd
            | Self::Year1
            | Self::Year3
            | Self::Max => self.label().to_ascii_lowercase(),
        }
    }

    /// The range with that text, the default for any other.
    pub fn from_code(code: &str) -> Self {
        if let Some((from, to)) = code.split_once('/')
            && let (Ok(from), Ok(to)) = (from.parse(), to.parse())
            && from < to
        {
            return Self::Between(from, to);
        }
        Self::BUTTONS
            .into_iter()
            .find(|range| range.code() == code)
            .unwrap_or_default()
    }

    /// The day whose close is 100, and the last day, where closes run from
    /// `first` to `newest`.
    pub fn days(self, first: Day, newest: Day) -> (Day, Day) {
        let back = |span: jiff::Span| newest.saturating_sub(span);
        match self {
            Self::Month1 => (back(1.month()), newest),
            Self::Month3 => (back(3.months()), newest),
            Self::Month6 => (back(6.months()), newest),
            Self::Ytd => (date(newest.year() - 1, 12, 31), newest),
            Self::Year1 => (back(1.year()), newest),
            Self::Year3 => (back(3.years()), newest),
            Self::Max => (first, newest),
            Self::Between(from, to) => (from, to),
        }
    }
}
