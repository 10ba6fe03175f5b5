//! Contracted net operating income of a company: only deals whose margin is
//! stated are in it, since rent is no income. Sites are in `coverage`.

use rust_decimal::Decimal;

use super::rates::{Terms, rates};
use super::sum::{Sum, out_of_range};
use super::switches::ShareBasis;
use super::worth::part_of;
use super::{Answer, Input, Missing, Stated};
use crate::model::Deal;

/// Contracted net operating income of a full year: base value ÷ term × margin ×
/// share, of the deals that state all three. A lower bound where others do not.
pub fn contracted_noi(deals: &[&Deal], share: ShareBasis) -> Answer<Decimal> {
    if deals.is_empty() {
        return Err(Missing::because("no deal is entered"));
    }
    let mut sum = Sum::default();
    let mut without = 0_usize;
    for deal in deals {
        let year = rates(&Terms::from(*deal)).usd_per_year;
        let Some((year, margin)) = year.zip(deal.noi_margin) else {
            without += 1;
            continue;
        };
        let noi = year.checked_mul(margin);
        let noi = noi.and_then(|noi| noi.checked_mul(part_of(deal, share)));
        let noi = Stated::exact(noi.ok_or_else(out_of_range)?, vec![Input::Deal(deal.id)]);
        sum.add(&noi.hedged(deal.base_value_hedge))?;
    }
    if sum.is_empty() {
        return Err(Missing::because(
            "no deal states its value in USD, its term and its margin",
        ));
    }
    sum.lack_of(without, "deal", "whose value, term or margin is not stated");
    Ok(sum.stated())
}
