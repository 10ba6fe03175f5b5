//! What a deal is still worth on a day by the switches, in dollars. Where nothing
//! says when its rent starts all of it counts, and that is told apart.

use rust_decimal::Decimal;

use super::Missing;
use super::answer::hedge_of_sum;
use super::backlog::remaining;
use super::deals::with_options;
use super::sum::out_of_range;
use super::switches::{Switches, ValueBasis};
use super::wall::usd;
use super::worth::{part_of, worth_usd};
use crate::model::{Day, Deal, Hedge};

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

/// What is left of a deal on a day. Whether the deal counts at all is for the
/// caller to say.
///
/// # Errors
/// If its value is not known in USD or is too large.
pub(super) fn left_of(deal: &Deal, as_of: Day, switches: Switches) -> Result<Left, Missing> {
    let all = usd(deal.base_value).and_then(|_| worth_usd(deal, switches));
    let all = all.ok_or_else(|| Missing::because("no value in USD is stated"))?;
    let scheduled = match switches.value {
        ValueBasis::Base => remaining(deal, as_of),
        ValueBasis::WithOptions => with_options(deal, as_of),
    };
    let mine = scheduled.and_then(|left| {
        let mine = left.checked_mul(part_of(deal, switches.share));
        mine.ok_or_else(out_of_range)
    });
    Ok(match mine {
        Ok(usd) => Left {
            usd,
            hedge: deal.base_value_hedge,
            unscheduled: None,
        },
        Err(why) => Left {
            usd: all,
            hedge: hedge_of_sum([deal.base_value_hedge, Hedge::UpTo]),
            unscheduled: Some(why),
        },
    })
}
