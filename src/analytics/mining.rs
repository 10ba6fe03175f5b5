//! Mining against AI on the same megawatt: what a megawatt-hour earns by
//! hashing, and the hashprice at which that is what a tenant pays. Revenue
//! against revenue: power, curtailment and what either costs to build are left
//! out, and a tenant pays for power apart.
//!
//! One TH/s at 1 J/TH draws 1 W, so that a PH/s at e J/TH draws e kW and uses
//! e × 0.024 MWh a day. Revenue a MWh is thus hashprice ÷ (e × 0.024), with the
//! hashprice as miners quote it in USD per PH/s and day.

use rust_decimal::Decimal;

use super::deals::DealRow;
use super::{Answer, Input, Missing, Stated};
use crate::model::deal::DealKind;

/// MWh that a PH/s uses a day for every J/TH: 24 hours of a kW.
const MWH_A_DAY: Decimal = Decimal::from_parts(24, 0, 0, false, 3);

/// Joules a terahash of a modern fleet, for a comparison that names it.
pub const FLEET_J_TH: Decimal = Decimal::from_parts(20, 0, 0, false, 0);

/// Revenue of mining, USD a MWh, at a hashprice in USD per PH/s and day and an
/// efficiency in J/TH. None without a positive efficiency or out of range.
pub fn usd_per_mwh(hashprice: Decimal, joules_per_th: Decimal) -> Option<Decimal> {
    let used = joules_per_th.checked_mul(MWH_A_DAY)?;
    let used = Some(used).filter(|used| *used > Decimal::ZERO)?;
    hashprice.checked_div(used)
}

/// The hashprice, USD per PH/s and day, at which mining earns so much a MWh.
pub fn break_even_hashprice(usd_per_mwh: Decimal, joules_per_th: Decimal) -> Option<Decimal> {
    usd_per_mwh
        .checked_mul(joules_per_th)?
        .checked_mul(MWH_A_DAY)
}

/// The median rate of colocation, USD a MWh of critical IT load, over the deals
/// that count and state value, term and load; of two in the middle their mean.
///
/// # Errors
/// If no deal states them.
pub fn median_colocation(deals: &[DealRow]) -> Answer<Decimal> {
    let counted = deals.iter();
    let counted = counted.filter(|deal| deal.counts && deal.kind == DealKind::Colocation);
    let rated = counted.filter_map(|deal| Some((deal.rates.usd_per_mwh?, deal.id)));
    let mut rates: Vec<_> = rated.collect();
    rates.sort_unstable();
    let above = rates.get(rates.len() / 2);
    let below = rates.get(rates.len().saturating_sub(1) / 2);
    let none = || Missing::because("no colocation states value, term and critical IT load");
    let ((below, _), (above, _)) = below.zip(above).ok_or_else(none)?;
    let sum = below.checked_add(*above);
    let median = sum.and_then(|sum| sum.checked_div(Decimal::TWO));
    let median = median.ok_or_else(|| Missing::because("the rates are out of range"))?;
    let inputs = rates.iter().map(|(_, id)| Input::Deal(*id)).collect();
    let answer = Stated::exact(median, inputs);
    Ok(answer.remarked(format!("the median of {} colocation deals", rates.len())))
}
