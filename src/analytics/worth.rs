//! What of a deal counts by the switches: its value, its load and the part that
//! is owned. One place, so that no page counts otherwise than another.

use rust_decimal::Decimal;

use super::switches::{LoadBasis, ShareBasis, Switches, ValueBasis};
use super::wall::usd;
use crate::model::{Deal, Phase};

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
    let base = usd(deal.base_value);
    let value = match switches.value {
        ValueBasis::Base => base,
        ValueBasis::WithOptions => usd(deal.value_with_options).or(base),
    };
    value?.checked_mul(part_of(deal, switches.share))
}

/// Load of a deal by the switches, MW, where known.
pub fn load_mw(deal: &Deal, switches: Switches) -> Option<Decimal> {
    whole_load_mw(deal, switches.load)?.checked_mul(part_of(deal, switches.share))
}

/// Load of a whole deal, MW: as stated, else the sum of its phases if that of
/// each is stated.
pub fn whole_load_mw(deal: &Deal, basis: LoadBasis) -> Option<Decimal> {
    let whole = match basis {
        LoadBasis::Critical => deal.critical_mw,
        LoadBasis::Gross => deal.gross_mw,
    };
    let phases = || {
        let mut loads = deal.phases.iter().map(|phase| phase_load_mw(phase, basis));
        let first = loads.next()??;
        loads.try_fold(first, |sum, load| sum.checked_add(load?))
    };
    whole.or_else(phases)
}

/// Load of a phase, MW, where stated.
pub const fn phase_load_mw(phase: &Phase, basis: LoadBasis) -> Option<Decimal> {
    match basis {
        LoadBasis::Critical => phase.critical_mw,
        LoadBasis::Gross => phase.gross_mw,
    }
}
