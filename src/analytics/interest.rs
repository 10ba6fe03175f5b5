//! Interest a year at today's rates on what is owed today. A floating rate
//! needs its reference, which a book does not hold: where it is not given, the
//! floor makes a lower bound, and that is said.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::answer::hedge_of_sum;
use super::sum::{Sum, out_of_range};
use super::switches::ShareBasis;
use super::wall::{part_of, still_owed, usd};
use super::{Answer, Input, Missing, Stated};
use crate::model::debt::{Coupon, DebtStatus};
use crate::model::{Day, Debt, Hedge};

/// Reference rates by name ("SOFR", capitals or not), fractions a year.
pub type References = BTreeMap<String, Decimal>;

/// Interest of an outstanding debt over a year, USD: what is owed on the day
/// times its rate; the whole of a joint venture.
///
/// # Errors
/// Says what is not known.
pub fn interest_a_year(debt: &Debt, as_of: Day, references: &References) -> Answer<Decimal> {
    if debt.status != DebtStatus::Outstanding {
        return Err(Missing::because("it is not outstanding"));
    }
    let owed = usd(still_owed(debt, as_of))
        .ok_or_else(|| Missing::because("no amount in USD is stated"))?;
    if owed.is_zero() {
        return Ok(Stated::exact(owed, vec![Input::Debt(debt.id)]));
    }
    let coupon = debt
        .coupon
        .as_ref()
        .ok_or_else(|| Missing::because("no coupon is stated"))?;
    let (rate, bound) = rate(coupon, references)?;
    let interest = owed.checked_mul(rate).ok_or_else(out_of_range)?;
    let answer = Stated::exact(interest, vec![Input::Debt(debt.id)]);
    Ok(match bound {
        None => answer.hedged(debt.owed_hedge()),
        Some(why) => answer
            .hedged(hedge_of_sum([debt.owed_hedge(), Hedge::MoreThan]))
            .remarked(why),
    })
}

/// The rate of a year, and why it is but a lower bound if it is.
fn rate(coupon: &Coupon, references: &References) -> Result<(Decimal, Option<String>), Missing> {
    let sum = |reference: Decimal, spread: Decimal| {
        let rate = reference.checked_add(spread);
        rate.ok_or_else(|| Missing::because("the rates are out of range"))
    };
    match coupon {
        Coupon::Fixed(rate) => Ok((*rate, None)),
        Coupon::Floating {
            reference,
            spread,
            floor,
        } => match (known(reference, references), floor) {
            (Some(known), floor) => {
                let least = floor.unwrap_or(known);
                Ok((sum(known.max(least), *spread)?, None))
            }
            (None, Some(floor)) => Ok((
                sum(*floor, *spread)?,
                Some(format!(
                    "{reference} is not known: its floor counts, a lower bound"
                )),
            )),
            (None, None) => Ok((
                *spread,
                Some(format!(
                    "{reference} is not known and has no floor: the spread alone counts, a lower \
                     bound while {reference} is above zero"
                )),
            )),
        },
    }
}

fn known(reference: &str, references: &References) -> Option<Decimal> {
    let mut all = references.iter();
    let found = all.find(|(name, _)| name.eq_ignore_ascii_case(reference));
    found.map(|(_, rate)| *rate)
}

/// Interest of several debts over a year, USD; what is not outstanding is left
/// out. A lower bound where that of one is not known.
///
/// # Errors
/// If nothing is known of any.
pub fn interest_of<'a>(
    debts: impl IntoIterator<Item = &'a Debt>,
    as_of: Day,
    share: ShareBasis,
    references: &References,
) -> Answer<Decimal> {
    let outstanding = |debt: &&Debt| debt.status == DebtStatus::Outstanding;
    let mut sum = Sum::default();
    for debt in debts.into_iter().filter(outstanding) {
        match interest_a_year(debt, as_of, references) {
            Ok(stated) => {
                let mine = stated.value.checked_mul(part_of(debt, share));
                let mine = mine.ok_or_else(out_of_range)?;
                sum.add(&stated.map(|_whole| mine))?;
            }
            Err(missing) => sum.lack(format!("without {}: {missing}", debt.name)),
        }
    }
    if sum.is_empty() {
        return Err(Missing::because(
            "no outstanding instrument with an amount and a coupon is entered",
        ));
    }
    Ok(sum.stated())
}
