//! Days on which a market has a close, and when it is final: US exchanges with
//! their holidays, coins on every day, currencies on weekdays. No clock: the
//! time is an argument.
//!
//! The rules of the US exchanges are those of NYSE Rule 7.2 (and its forerunner
//! Rule 51), which Nasdaq keeps too, with the days the exchanges announced
//! beyond them: <https://www.nyse.com/markets/hours-calendars>. They hold from
//! 1993 on; closings of earlier years that no rule gives are not known here.

use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::civil::{Date, Weekday, date};
use jiff::tz::{TimeZone, TimeZoneDatabase, offset};

use super::instrument::InstrumentKind;

/// Days on which the exchanges stayed shut beside their holidays.
const SPECIAL_CLOSINGS: &[Date] = &[
    // Mourning for Richard Nixon.
    date(1994, 4, 27),
    // The attacks of 11 September.
    date(2001, 9, 11),
    date(2001, 9, 12),
    date(2001, 9, 13),
    date(2001, 9, 14),
    // Mourning for Ronald Reagan and for Gerald Ford.
    date(2004, 6, 11),
    date(2007, 1, 2),
    // Hurricane Sandy.
    date(2012, 10, 29),
    date(2012, 10, 30),
    // Mourning for George H. W. Bush and for Jimmy Carter.
    date(2018, 12, 5),
    date(2025, 1, 9),
];

/// Days that ended at 13:00 beside those of the rules.
const SPECIAL_EARLY_CLOSES: &[Date] = &[
    date(1996, 7, 5),
    date(1997, 12, 26),
    date(1999, 12, 31),
    date(2002, 7, 5),
    date(2003, 12, 26),
];

/// No market known here rests longer than this many days: the week of
/// September 2001 with the weekend after it, and some room.
const LONGEST_REST_DAYS: usize = 14;

/// New York's time, from the data that is compiled in, so that it does not
/// depend on the machine. Should the zone be missing there, the rule in force
/// since 2007 takes its place, and winter time that of a rule nobody can read.
static NEW_YORK: LazyLock<TimeZone> = LazyLock::new(|| {
    TimeZoneDatabase::bundled()
        .get("America/New_York")
        .or_else(|_| TimeZone::posix("EST5EDT,M3.2.0,M11.1.0"))
        .unwrap_or_else(|_| TimeZone::fixed(offset(-5)))
});

/// When an instrument trades.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Market {
    /// New York: weekdays without the exchanges' holidays, 9:30 to 16:00, on a
    /// few days to 13:00.
    UsExchange,
    /// Every day, closing at midnight UTC.
    EveryDay,
    /// Monday to Friday, closing at 22:00 UTC: 17:00 in New York in winter,
    /// where the day of currencies ends. In summer that is an hour late, so that
    /// no close is called final too early.
    Weekdays,
}

impl Market {
    /// The market of a kind of instrument. Shares are taken to trade in New
    /// York, as every miner of the book does.
    pub const fn of(kind: InstrumentKind) -> Self {
        match kind {
            InstrumentKind::Stock | InstrumentKind::Etf | InstrumentKind::Index => Self::UsExchange,
            InstrumentKind::Crypto => Self::EveryDay,
            InstrumentKind::Fx => Self::Weekdays,
        }
    }

    /// Whether the market has a close on that day.
    pub fn is_open_on(self, day: Date) -> bool {
        match self {
            Self::UsExchange => !is_weekend(day) && !is_us_holiday(day),
            Self::EveryDay => true,
            Self::Weekdays => !is_weekend(day),
        }
    }

    /// Whether the market closes before its usual hour on that day.
    pub fn closes_early_on(self, day: Date) -> bool {
        match self {
            Self::UsExchange => self.is_open_on(day) && is_us_early_close(day),
            Self::EveryDay | Self::Weekdays => false,
        }
    }

    /// When the session of that day begins; none on a day without one.
    pub fn open_of(self, day: Date) -> Option<Timestamp> {
        if !self.is_open_on(day) {
            return None;
        }
        match self {
            Self::UsExchange => moment(day, 9, 30, &NEW_YORK),
            Self::EveryDay | Self::Weekdays => moment(day, 0, 0, &TimeZone::UTC),
        }
    }

    /// When the close of that day is final; none on a day without one.
    pub fn close_of(self, day: Date) -> Option<Timestamp> {
        if !self.is_open_on(day) {
            return None;
        }
        match self {
            Self::UsExchange if is_us_early_close(day) => moment(day, 13, 0, &NEW_YORK),
            Self::UsExchange => moment(day, 16, 0, &NEW_YORK),
            Self::EveryDay => moment(day.tomorrow().ok()?, 0, 0, &TimeZone::UTC),
            Self::Weekdays => moment(day, 22, 0, &TimeZone::UTC),
        }
    }

    /// The day of the market at that moment: New York's or UTC's.
    pub fn day_at(self, now: Timestamp) -> Date {
        let zone = match self {
            Self::UsExchange => &NEW_YORK,
            Self::EveryDay | Self::Weekdays => &TimeZone::UTC,
        };
        zone.to_datetime(now).date()
    }

    /// Whether a session is under way at that moment.
    pub fn session_is_open(self, now: Timestamp) -> bool {
        let day = self.day_at(now);
        let (open, close) = (self.open_of(day), self.close_of(day));
        open.is_some_and(|open| open <= now) && close.is_some_and(|close| now < close)
    }

    /// The newest day whose close is final at that moment.
    pub fn last_close(self, now: Timestamp) -> Option<Date> {
        let days = std::iter::successors(Some(self.day_at(now)), |day| day.yesterday().ok());
        days.take(LONGEST_REST_DAYS)
            .find(|day| self.close_of(*day).is_some_and(|close| close <= now))
    }

    /// The first moment after `now` at which a close becomes final.
    pub fn next_close(self, now: Timestamp) -> Option<Timestamp> {
        let days = std::iter::successors(Some(self.day_at(now)), |day| day.tomorrow().ok());
        days.take(LONGEST_REST_DAYS)
            .filter_map(|day| self.close_of(day))
            .find(|close| *close > now)
    }

    /// Days with a close between two days, both included.
    pub fn days_between(self, from: Date, to: Date) -> usize {
        std::iter::successors(Some(from), |day| day.tomorrow().ok())
            .take_while(|day| *day <= to)
            .filter(|day| self.is_open_on(*day))
            .count()
    }
}

fn moment(day: Date, hour: i8, minute: i8, zone: &TimeZone) -> Option<Timestamp> {
    zone.to_timestamp(day.at(hour, minute, 0, 0)).ok()
}

fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// Whether the exchanges are shut on this weekday. It is asked for every day of
/// long histories: by month, so that a day is compared with few rules.
fn is_us_holiday(day: Date) -> bool {
    let (year, of_month) = (day.year(), day.day());
    let is_monday = day.weekday() == Weekday::Monday;
    let by_rule = match day.month() {
        // A New Year on a Saturday is not made up for on the Friday before,
        // because that day ends the year's accounts.
        1 => {
            (of_month == 1 || (of_month == 2 && is_monday))
                // Martin Luther King.
                || (is_monday && (15..=21).contains(&of_month) && year >= 1998)
        }
        // Washington's birthday.
        2 => is_monday && (15..=21).contains(&of_month),
        3 | 4 => day.weekday() == Weekday::Friday && is_good_friday(day),
        // Memorial Day.
        5 => is_monday && of_month >= 25,
        // Juneteenth.
        6 => year >= 2022 && is_observed(day, 19),
        // Independence Day.
        7 => is_observed(day, 4),
        // Labor Day.
        9 => is_monday && of_month <= 7,
        // Thanksgiving.
        11 => is_thanksgiving(day),
        // Christmas.
        12 => is_observed(day, 25),
        _ => false,
    };
    by_rule || SPECIAL_CLOSINGS.contains(&day)
}

/// Whether a holiday of this day of the month is kept on this weekday: on itself,
/// on the Friday before a Saturday or on the Monday after a Sunday.
fn is_observed(day: Date, holiday: i8) -> bool {
    let of_month = day.day();
    of_month == holiday
        || (of_month == holiday - 1 && day.weekday() == Weekday::Friday)
        || (of_month == holiday + 1 && day.weekday() == Weekday::Monday)
}

/// The fourth Thursday of November.
fn is_thanksgiving(day: Date) -> bool {
    day.month() == 11 && day.weekday() == Weekday::Thursday && (22..=28).contains(&day.day())
}

/// Whether this open day ends at 13:00: the day after Thanksgiving, 24 December,
/// 3 July (a Wednesday only since 2013; before, the Friday after the holiday was
/// short instead), and what was announced beside.
fn is_us_early_close(day: Date) -> bool {
    let by_rule = match (day.month(), day.day()) {
        (7, 3) => day.weekday() != Weekday::Wednesday || day.year() >= 2013,
        (12, 24) => true,
        (11, 23..=29) => day.yesterday().is_ok_and(is_thanksgiving),
        _ => false,
    };
    by_rule || SPECIAL_EARLY_CLOSES.contains(&day)
}

/// Whether Easter is two days later.
fn is_good_friday(day: Date) -> bool {
    let (month, of_month) = easter(day.year());
    let sunday = day.tomorrow().and_then(Date::tomorrow);
    sunday.is_ok_and(|sunday| (sunday.month(), sunday.day()) == (month, of_month))
}

/// Month and day of Easter in the Gregorian calendar: the "anonymous" method of
/// *Nature*, 20 April 1876, as in Meeus, *Astronomical Algorithms*, chapter 8.
const fn easter(year: i16) -> (i8, i8) {
    let year = year as i32;
    let a = year % 19;
    let (b, c) = (year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let f = (b + 8) / 25;
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let sum = h + l - 7 * m + 114;
    ((sum / 31) as i8, (sum % 31 + 1) as i8)
}
