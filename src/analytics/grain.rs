//! Months, quarters and years of the civil calendar, as columns of a schedule.
//! A period is named by its first day, so that periods sort and look up as days.

use jiff::Span;

use crate::closed_set;
use crate::model::{Day, PartialDate};

closed_set! {
    /// How long a column of a schedule is.
    Grain {
        /// A calendar month.
        Month = "month", "Month";
        /// A calendar quarter.
        Quarter = "quarter", "Quarter";
        /// A calendar year.
        Year = "year", "Year";
    }
}

impl Grain {
    const fn months(self) -> i8 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::Year => 12,
        }
    }

    /// The first day of the period in which a day lies.
    pub fn first_day(self, day: Day) -> Day {
        let before = (day.month() - 1) % self.months();
        // A month between 1 and 12 with a first day, so that it always exists.
        Day::new(day.year(), day.month() - before, 1).unwrap_or(day)
    }

    /// The first day of the period after the one in which a day lies; none at
    /// the end of the calendar.
    pub fn next(self, day: Day) -> Option<Day> {
        let span = Span::new().try_months(i64::from(self.months())).ok()?;
        self.first_day(day).checked_add(span).ok()
    }

    /// The period in which a day lies, as a date; none outside the years that
    /// dates may have.
    pub fn date(self, day: Day) -> Option<PartialDate> {
        let month = u8::try_from(day.month()).ok()?;
        match self {
            Self::Month => PartialDate::month(day.year(), month),
            Self::Quarter => PartialDate::quarter(day.year(), (month - 1) / 3 + 1),
            Self::Year => PartialDate::year(day.year()),
        }
    }

    /// The first days of the periods from that of one day to that of another,
    /// both included; nothing if the second is earlier.
    pub fn between(self, from: Day, to: Day) -> impl Iterator<Item = Day> {
        let first = Some(self.first_day(from));
        let days = std::iter::successors(first, move |day| self.next(*day));
        days.take_while(move |day| *day <= to)
    }
}
