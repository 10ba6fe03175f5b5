//! What of a deal counts by the switches: its value, its load and the part that
//! is owned. One place, so that no page counts otherwise than another.

use rust_decimal::Decimal;

use super::switches::{LoadBasis, ShareBasis, Switches, ValueBasis};
use crate::model::{Currency, Deal};

/// The part of a deal that counts, as a fraction.
pub fn part_of(deal: &Deal, share: ShareBasis) -> Decimal {
    match share {
        ShareBasis::Owned => deal.owned_fraction(),
        ShareBasis::Whole => Decimal::ONE,
    }
}

/// Value of a deal by the switches, USD: with options where they are switched on
/// and stated, else over the base term. None if it is not stated in USD.
pub fn worth_usd(deal: &Deal, switches: Switches) -> Option<Decimal> {
    let base = deal.base_value;
    let value = match switches.value {
        ValueBasis::Base => base,
        ValueBasis::WithOptions => deal.value_with_options.or(base),
    };
    let value = value.filter(|money| money.currency == Currency::USD)?;
    value.amount.checked_mul(part_of(deal, switches.share))
}

/// Load of a deal by the switches, MW, where stated.
pub fn load_mw(deal: &Deal, switches: Switches) -> Option<Decimal> {
    let load = match switches.load {
        LoadBasis::Critical => deal.critical_mw,
        LoadBasis::Gross => deal.gross_mw,
    };
    load?.checked_mul(part_of(deal, switches.share))
}
