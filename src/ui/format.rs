//! Numbers and dates as screen text: the only place where they become it. No
//! colours, no widgets, no parsing; the command line prints plainly elsewhere.
//!
//! The rules: one rounding, half away from zero, on the exact decimal; a true
//! minus (−); no sign on a rounded zero; thousands in commas; a thin gap that
//! does not break before a unit; "—" for what is not known.

mod axis;
mod date;
mod feed;
mod figure;
mod formula;
mod measure;
mod number;
mod start;

pub use axis::{axis_level, axis_measure};
pub use date::{
    AxisStep, age_days, axis_date, day_long, day_short, month_year, weekday_day, weekday_day_long,
    years_months,
};
pub use feed::{
    attempt, attempts_text, event, freshness, given_by, jump_question, jump_waits, moment, rows,
    said,
};
pub use figure::{figure, fraction, hedged, level, money, partial_date, time, value};
pub use formula::in_unit;
pub use measure::{measure, measured};
pub use number::{
    bytes, computed_megawatts, count, decimal, decimal_places, dollars, megawatts, money_compact,
    money_full, multiple, percent, points, points_with_unit, power, price, rate_m_per_mw_year,
    share,
};
pub use start::{rent_starts, slippage};

/// What stands for a figure that is not known.
pub const UNKNOWN: &str = "—";

/// The gap between a number and its unit: U+202F, thin and not broken at the end
/// of a line. Tests that look for text on screen must use it, too.
pub const UNIT_GAP: &str = "\u{202F}";

/// The true minus, U+2212.
pub const MINUS: &str = "−";

/// `value` as `text` makes it, or "—".
pub fn known<T>(value: Option<T>, text: impl FnOnce(T) -> String) -> String {
    value.map_or_else(|| UNKNOWN.to_owned(), text)
}
