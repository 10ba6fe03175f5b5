//! Backstop cover: what others guarantee over what is left of the base terms of
//! the same deals. A guarantee whose amount is not stated covers nothing here.

use rust_decimal::Decimal;

use super::deal_left::left_of;
use super::sum::{Sum, out_of_range, ratio};
use super::switches::{ShareBasis, Switches, ValueBasis};
use super::wall::usd;
use super::words::names;
use super::worth::part_of;
use super::{Answer, Input, Missing, Stated};
use crate::model::{Day, Deal};

/// The backstop cover of deals and what it is computed from.
#[derive(Clone, Debug, PartialEq)]
pub struct Cover {
    /// Guaranteed amounts, USD.
    pub guaranteed_usd: Answer<Decimal>,
    /// What is left of the base terms of the same deals, USD.
    pub left_usd: Answer<Decimal>,
    /// The first over the second.
    pub cover: Answer<Decimal>,
}

/// The cover of these deals; both amounts are the company's share or the whole.
/// Options count for nothing: it is the base term that is guaranteed.
pub fn backstop_cover(deals: &[&Deal], as_of: Day, share: ShareBasis) -> Cover {
    let sums = sums(deals, as_of, share);
    let (guaranteed_usd, left_usd) = match sums {
        Ok((guaranteed, left)) => (Ok(guaranteed), Ok(left)),
        Err(why) => (Err(why.clone()), Err(why)),
    };
    Cover {
        cover: match &guaranteed_usd {
            // The reason is of both: it need not be said of either.
            Err(why) => Err(why.clone()),
            Ok(_) => ratio(
                ("guaranteed", &guaranteed_usd),
                ("value left", &left_usd),
                "nothing is left of the deals that are guaranteed",
            ),
        },
        guaranteed_usd,
        left_usd,
    }
}

fn sums(
    deals: &[&Deal],
    as_of: Day,
    share: ShareBasis,
) -> Result<(Stated<Decimal>, Stated<Decimal>), Missing> {
    let switches = Switches {
        value: ValueBasis::Base,
        share,
        ..Switches::default()
    };
    let (mut guaranteed, mut left) = (Sum::default(), Sum::default());
    let (mut without, mut unscheduled) = (Vec::new(), Vec::new());
    for deal in deals {
        let backstop = usd(deal.backstop);
        let Some((backstop, worth)) = backstop.zip(left_of(deal, as_of, switches).ok()) else {
            if deal.backstop.is_some() || deal.obligor.is_some() {
                without.push(deal.counterparty.as_str());
            }
            continue;
        };
        let inputs = || vec![Input::Deal(deal.id)];
        let backstop = backstop.checked_mul(part_of(deal, share));
        guaranteed.add(&Stated::exact(backstop.ok_or_else(out_of_range)?, inputs()))?;
        left.add(&Stated::exact(worth.usd, inputs()).hedged(worth.hedge))?;
        if worth.unscheduled.is_some() {
            unscheduled.push(deal.counterparty.as_str());
        }
    }
    if guaranteed.is_empty() {
        return Err(Missing::because(if without.is_empty() {
            "no deal is guaranteed by another company"
        } else {
            "the guaranteed amount or the value is not stated in USD"
        }));
    }
    if !without.is_empty() {
        guaranteed.remark(format!(
            "without {}, whose guaranteed amount or value is not stated in USD",
            names(&without)
        ));
    }
    if !unscheduled.is_empty() {
        left.remark(format!(
            "the schedule of {} is not known: all of the base value counts",
            names(&unscheduled)
        ));
    }
    Ok((guaranteed.stated(), left.stated()))
}
