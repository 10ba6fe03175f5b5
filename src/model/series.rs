//! Daily prices of one instrument. No clock, no I/O, no provider's habits.

use jiff::civil::Date;

/// One day's prices of one instrument, in the instrument's currency.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bar {
    /// The trading day (for crypto the UTC day).
    pub day: Date,
    /// Split-adjusted close, above zero and finite.
    pub close: f64,
    /// Close adjusted for splits and dividends.
    pub adjusted: Option<f64>,
    /// First price of the day.
    pub open: Option<f64>,
    /// Highest price of the day.
    pub high: Option<f64>,
    /// Lowest price of the day.
    pub low: Option<f64>,
    /// Units traded on the day.
    pub volume: Option<f64>,
}
