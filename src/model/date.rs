//! placeholder
pub use jiff::civil::Date as Day;
use serde::{Deserialize, Serialize};
/// A date that may be partial.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct PartialDate(Day);
/// Days from, to, inclusive.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Period {
    /// first
    pub from: Day,
    /// last
    pub to: Day,
}
/// When.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum Time {
    /// instant
    Instant(PartialDate),
    /// period
    Period(Period),
}
