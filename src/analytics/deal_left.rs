//! What a deal is still worth on a day by the switches, in dollars. Where nothing
//! says when its rent starts all of it counts, and that is told apart.

use rust_decimal::Decimal;

use super::Missing;
use super::answer::hedge_of_sum;
use super::backlog::remaining;
use super::schedule::RentSchedule;
use super::sum::out_of_range;
use super::switches::{ShareBasis, Switches, ValueBasis};
use crate::model::{Currency, Day, Deal, Hedge, Money};

/// What is left of a deal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Left {
    /// USD.
    pub usd: Decimal,
    /// How firmly; at most so much where the schedule is not known.
    pub hedge: Hedge,
    /// Why all of the value counts, where its schedule is not known.
    pub unscheduled: Option<Missing>,
}

/// The part of a deal that counts, as a fraction.
pub(super) fn part_of(deal: &Deal, share: ShareBasis) -> Decimal {
    match share {
        ShareBasis::Owned => deal.owned_fraction(),
        ShareBasis::Whole => Decimal::ONE,
    }
}

/// The amount, where known and in USD.
pub(super) fn usd(money: Option<Money>) -> Option<Decimal> {
    let usd = money.filter(|money| money.currency == Currency::USD);
    usd.map(|money| money.amount)
}

/// What is left of a deal on a day.
///
/// # Errors
/// If its value is not known in USD or is too large.
pub(super) fn left_of(deal: &Deal, as_of: Day, switches: Switches) -> Result<Left, Missing> {
    let base = usd(deal.base_value);
    let base = base.ok_or_else(|| Missing::because("no value in USD is stated"))?;
    let part = part_of(deal, switches.share);
    let (value, scheduled) = match switches.value {
        ValueBasis::Base => {
            let left = remaining(deal, as_of);
            let left = left.and_then(|left| left.checked_mul(part).ok_or_else(out_of_range));
            (base, left)
        }
        ValueBasis::WithOptions => {
            let schedule = RentSchedule::of(deal, as_of, switches);
            let left = schedule.and_then(|rent| {
                let undated = rent.undated_options.as_ref();
                let undated = undated.map_or(Decimal::ZERO, |(value, _)| *value);
                let left = rent.left_on(as_of).checked_add(undated);
                left.ok_or_else(out_of_range)
            });
            (usd(deal.value_with_options).unwrap_or(base).max(base), left)
        }
    };
    match scheduled {
        Ok(usd) => Ok(Left {
            usd,
            hedge: deal.base_value_hedge,
            unscheduled: None,
        }),
        Err(why) => Ok(Left {
            usd: value.checked_mul(part).ok_or_else(out_of_range)?,
            hedge: hedge_of_sum([deal.base_value_hedge, Hedge::UpTo]),
            unscheduled: Some(why),
        }),
    }
}
