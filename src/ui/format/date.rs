//! Days, ages and terms as text. It asks no clock: ages come in as days.

use jiff::civil::{Date, Weekday};
use rust_decimal::{Decimal, RoundingStrategy};

use super::UNIT_GAP;

/// Days of an average year, leap years considered: 365.25.
const DAYS_A_YEAR: Decimal = Decimal::from_parts(36_525, 0, 0, false, 2);

/// How far apart the labels of a date axis are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AxisStep {
    /// Days or weeks: "9 Oct".
    Day,
    /// Months or quarters: "Oct", and the year at January.
    Month,
    /// Years: "2026".
    Year,
}

/// "9 Oct".
pub fn day_short(day: Date) -> String {
    format!("{} {}", day.day(), month_name(day))
}

/// "9 Oct 2026".
pub fn day_long(day: Date) -> String {
    format!("{} {} {}", day.day(), month_name(day), day.year())
}

/// "Fri 9 Oct".
pub fn weekday_day(day: Date) -> String {
    format!("{} {}", weekday_name(day.weekday()), day_short(day))
}

/// "Fri 9 Oct 2026".
pub fn weekday_day_long(day: Date) -> String {
    format!("{} {}", weekday_name(day.weekday()), day_long(day))
}

/// "Oct 2026".
pub fn month_year(day: Date) -> String {
    format!("{} {}", month_name(day), day.year())
}

/// The label of a date axis whose labels are `step` apart.
pub fn axis_date(day: Date, step: AxisStep) -> String {
    match step {
        AxisStep::Day => day_short(day),
        AxisStep::Month if day.month() != 1 => month_name(day).to_owned(),
        AxisStep::Month | AxisStep::Year => day.year().to_string(),
    }
}

/// A term: "15 y", "7 y 6 m", and months alone below two years: "18 m".
pub fn years_months(months: u32) -> String {
    let (years, rest) = (months / 12, months % 12);
    match (years, rest) {
        (0, _) => format!("{rest}{UNIT_GAP}m"),
        (_, 0) => format!("{years}{UNIT_GAP}y"),
        (1, _) => format!("{months}{UNIT_GAP}m"),
        _ => format!("{years}{UNIT_GAP}y {rest}{UNIT_GAP}m"),
    }
}

/// An age in days: "today", "12 d", "5 mo", "2.1 y". A day to come, as of a
/// planned figure, is "in 12 d".
pub fn age_days(days: i64) -> String {
    if days == 0 {
        return "today".to_owned();
    }
    let size = Decimal::from(days.unsigned_abs());
    let months = round(size * Decimal::from(12) / DAYS_A_YEAR, 0);
    let text = if size <= Decimal::from(60) {
        format!("{size}{UNIT_GAP}d")
    } else if months < Decimal::from(24) {
        format!("{months}{UNIT_GAP}mo")
    } else {
        let years = round(size / DAYS_A_YEAR, 1).normalize();
        format!("{years}{UNIT_GAP}y")
    };
    if days < 0 { format!("in {text}") } else { text }
}

fn round(value: Decimal, places: u32) -> Decimal {
    value.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero)
}

fn month_name(day: Date) -> &'static str {
    match day.month() {
        1 => "Jan",
        2 => "Feb",
        3 => "Mar",
        4 => "Apr",
        5 => "May",
        6 => "Jun",
        7 => "Jul",
        8 => "Aug",
        9 => "Sep",
        10 => "Oct",
        11 => "Nov",
        _ => "Dec",
    }
}

fn weekday_name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "Mon",
        Weekday::Tuesday => "Tue",
        Weekday::Wednesday => "Wed",
        Weekday::Thursday => "Thu",
        Weekday::Friday => "Fri",
        Weekday::Saturday => "Sat",
        Weekday::Sunday => "Sun",
    }
}
