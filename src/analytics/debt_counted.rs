//! The debt of a company that counts by the switches: its stated total or the
//! sum of its instruments, without convertibles that count as shares. Where the
//! two views stand side by side, and why they differ, is not said here.

use rust_decimal::Decimal;

use super::answer::{hedge_of_difference, hedge_of_sum, hedge_without, joined};
use super::convertible::Judged;
use super::switches::{DebtBasis, ShareBasis, Switches};
use super::wall::{part_of, still_owed, usd};
use super::{Answer, Input, Missing, Stated};
use crate::model::debt::DebtStatus;
use crate::model::{Day, Debt};

/// The debt that counts, USD. Where no total is stated the instruments count,
/// and it is said.
///
/// # Errors
/// Says what is lacking of both.
pub fn counted_usd(
    stated: &Answer<Decimal>,
    debts: &[&Debt],
    judged: &Judged,
    as_of: Day,
    switches: Switches,
) -> Answer<Decimal> {
    let answer = match (switches.debt, stated) {
        (DebtBasis::Instruments, _) => instruments_usd(debts, judged, as_of, switches.share),
        (DebtBasis::Stated, Ok(total)) => without_converted(total, debts, judged, as_of),
        (DebtBasis::Stated, Err(reason)) => {
            match instruments_usd(debts, judged, as_of, switches.share) {
                Ok(sum) => {
                    let remark = Some(format!("sum of instruments; {reason}"));
                    Ok(Stated {
                        remark: joined(remark, sum.remark.clone()),
                        ..sum
                    })
                }
                Err(_) => Err(reason.clone()),
            }
        }
    };
    let unjudged = match judged.not_judged.len() {
        0 => None,
        1 => Some("1 convertible may count as shares".to_owned()),
        n => Some(format!("{n} convertibles may count as shares")),
    };
    answer.map(|stated| Stated {
        remark: joined(stated.remark.clone(), unjudged),
        ..stated
    })
}

/// Outstanding instruments, of those owned in part the part that counts.
fn instruments_usd(
    debts: &[&Debt],
    judged: &Judged,
    as_of: Day,
    share: ShareBasis,
) -> Answer<Decimal> {
    let counts =
        |debt: &&Debt| debt.status == DebtStatus::Outstanding && !judged.is_converted(debt.id);
    let (mut sum, mut inputs, mut hedges, mut unknown) = (Decimal::ZERO, vec![], vec![], 0_usize);
    for debt in debts.iter().copied().filter(counts) {
        let owed = usd(still_owed(debt, as_of));
        let Some(mine) = owed.and_then(|owed| owed.checked_mul(part_of(debt, share))) else {
            unknown += 1;
            continue;
        };
        let more: Option<Decimal> = sum.checked_add(mine);
        sum = more.ok_or_else(out_of_range)?;
        hedges.push(debt.owed_hedge());
        inputs.push(Input::Debt(debt.id));
    }
    let converted = match judged.converted.len() {
        0 => None,
        1 => Some("1 convertible counts as shares".to_owned()),
        n => Some(format!("{n} convertibles count as shares")),
    };
    if inputs.is_empty() && converted.is_none() {
        return Err(Missing::because(
            "no outstanding instrument with an amount is entered",
        ));
    }
    let without = match unknown {
        0 => None,
        1 => Some("without 1 instrument whose amount is not known in USD".to_owned()),
        n => Some(format!(
            "without {n} instruments whose amount is not known in USD"
        )),
    };
    let hedge = hedge_of_sum(hedges);
    Ok(Stated {
        value: sum,
        hedge: if without.is_some() {
            hedge_without(hedge)
        } else {
            hedge
        },
        inputs,
        remark: joined(converted, without),
    })
}

/// The stated total less the convertibles that count as shares.
fn without_converted(
    total: &Stated<Decimal>,
    debts: &[&Debt],
    judged: &Judged,
    as_of: Day,
) -> Answer<Decimal> {
    let mut answer = total.clone();
    let converted = debts.iter().filter(|debt| judged.is_converted(debt.id));
    let (mut less, mut hedges, mut count) = (Decimal::ZERO, Vec::new(), 0_usize);
    for debt in converted {
        let owed = usd(still_owed(debt, as_of)).ok_or_else(out_of_range)?;
        less = less.checked_add(owed).ok_or_else(out_of_range)?;
        hedges.push(debt.owed_hedge());
        answer.inputs.push(Input::Debt(debt.id));
        count += 1;
    }
    if count == 0 {
        return Ok(answer);
    }
    let rest = answer.value.checked_sub(less).ok_or_else(out_of_range)?;
    if rest < Decimal::ZERO {
        return Err(Missing::because(
            "the convertibles in the money are more than the stated total",
        ));
    }
    answer.value = rest;
    answer.hedge = hedge_of_difference(answer.hedge, hedge_of_sum(hedges));
    let remark = "the stated total less the convertibles that count as shares";
    answer.remark = joined(answer.remark, Some(remark.to_owned()));
    Ok(answer)
}

fn out_of_range() -> Missing {
    Missing::because("the amounts are out of range")
}
