//! Closes as exact numbers. A close is kept as a statistic; where it stands in a
//! sum of money or beside stated money, the digits it prints as are the price
//! that the market told.

use rust_decimal::Decimal;

/// A close as the decimal that it prints as; none beyond the decimal's range.
pub(super) fn printed(close: f64) -> Option<Decimal> {
    close.to_string().parse().ok()
}
