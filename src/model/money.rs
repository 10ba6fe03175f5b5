//! placeholder
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
/// Three letters.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Currency([u8; 3]);
/// Money.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Money {
    /// a
    pub amount: Decimal,
    /// c
    pub currency: Currency,
}
