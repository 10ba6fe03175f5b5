//! Something with a price series. It must not hold prices.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Currency, InstrumentId, Provider};
use crate::closed_set;

closed_set! {
    /// What an instrument is.
    InstrumentKind {
        /// A listed share.
        Stock = "stock", "Stock";
        /// A fund traded on an exchange.
        Etf = "etf", "ETF";
        /// A coin, traded every day.
        Crypto = "crypto", "Crypto";
        /// An index.
        Index = "index", "Index";
        /// An exchange rate, such as `EURUSD=X`: dollars for one euro.
        Fx = "fx", "Currency pair";
    }
}

/// Something with a price series.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instrument {
    /// Identity, never reused.
    pub id: InstrumentId,
    /// Canonical symbol, unique in the book: `IREN`, `BTC-USD`.
    pub symbol: String,
    /// Name as a list shows it.
    pub name: String,
    /// What it is.
    pub kind: InstrumentKind,
    /// Currency of its prices.
    pub currency: Currency,
    /// Symbols under which it traded before: `BITF` for `KEEL`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub former_symbols: Vec<String>,
    /// Symbol by provider, where it differs from the canonical one.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub provider_symbols: BTreeMap<String, String>,
    /// The providers to ask, first things first; empty for the usual ones of
    /// its kind.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub providers: Vec<Provider>,
    /// True if its prices are kept by hand: no provider is asked.
    #[serde(default, skip_serializing_if = "is_false")]
    pub locked: bool,
    /// True for Bitcoin, SMH and the like: drawn to compare with, not a miner.
    #[serde(default)]
    pub benchmark: bool,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
const fn is_false(flag: &bool) -> bool {
    !*flag
}
