//! The debt of a company that counts by the switches: its stated total or the
//! sum of its instruments, without convertibles that count as shares. Where the
//! two views stand side by side, and why they differ, is not said here.

use rust_decimal::Decimal;

use super::answer::joined;
use super::convertible::Judged;
use super::sum::{Sum, out_of_range};
use super::switches::{DebtBasis, ShareBasis, Switches};
use super::wall::{part_of, still_owed, usd};
use super::words::counted;
use super::{Answer, Input, Missing, Stated};
use crate::model::debt::DebtStatus;
use crate::model::{Day, Debt};

/// The debt that counts, USD. Where no total is stated the instruments count,
/// and it is said. The stated total comes with the day it speaks of.
///
/// # Errors
/// Says what is lacking of both.
pub fn counted_usd(
    (stated, day): (&Answer<Decimal>, Option<Day>),
    debts: &[&Debt],
    judged: &Judged,
    as_of: Day,
    switches: Switches,
) -> Answer<Decimal> {
    let instruments = || instruments_usd(debts, judged, as_of, switches.share);
    let mut answer = match (switches.debt, stated) {
        (DebtBasis::Instruments, _) => instruments()?,
        (DebtBasis::Stated, Ok(total)) => without_converted((total, day), debts, judged, as_of)?,
        (DebtBasis::Stated, Err(reason)) => {
            let sum = instruments().map_err(|_none| reason.clone())?;
            sum.prefaced(&format!("sum of instruments; {reason}"))
        }
    };
    if !judged.not_judged.is_empty() {
        let notes = counted(judged.not_judged.len(), "convertible");
        answer.remark = joined(answer.remark, Some(format!("{notes} may count as shares")));
    }
    Ok(answer)
}

/// Outstanding instruments, of those owned in part the part that counts, without
/// convertibles that count as shares.
///
/// # Errors
/// If no amount is known, or the sum is too large.
pub fn instruments_usd(
    debts: &[&Debt],
    judged: &Judged,
    as_of: Day,
    share: ShareBasis,
) -> Answer<Decimal> {
    let counts =
        |debt: &&Debt| debt.status == DebtStatus::Outstanding && !judged.is_converted(debt.id);
    let (mut sum, mut unknown) = (Sum::default(), 0);
    match judged.converted.len() {
        0 => {}
        1 => sum.remark("1 convertible counts as shares"),
        n => sum.remark(format!("{n} convertibles count as shares")),
    }
    for debt in debts.iter().copied().filter(counts) {
        let owed = usd(still_owed(debt, as_of));
        let Some(mine) = owed.and_then(|owed| owed.checked_mul(part_of(debt, share))) else {
            unknown += 1;
            continue;
        };
        let mine = Stated::exact(mine, vec![Input::Debt(debt.id)]);
        sum.add(&mine.hedged(debt.owed_hedge()))?;
    }
    if sum.is_empty() && judged.converted.is_empty() {
        return Err(Missing::because(
            "no outstanding instrument with an amount is entered",
        ));
    }
    sum.lack_of(unknown, "instrument", "whose amount is not known in USD");
    Ok(sum.stated())
}

/// The stated total less the convertibles that count as shares. One that was
/// issued after the day of the total is not in it, so that it is not taken off.
fn without_converted(
    (total, day): (&Stated<Decimal>, Option<Day>),
    debts: &[&Debt],
    judged: &Judged,
    as_of: Day,
) -> Answer<Decimal> {
    let is_later = |debt: &Debt| {
        let issued = debt.issued.zip(day);
        issued.is_some_and(|(issued, day)| issued.first_day() > day)
    };
    let converted = debts.iter().filter(|debt| judged.is_converted(debt.id));
    let (later, within): (Vec<&Debt>, Vec<_>) = converted.partition(|debt| is_later(debt));
    let mut sum = Sum::default();
    sum.add(total)?;
    for debt in &within {
        let owed = usd(still_owed(debt, as_of)).ok_or_else(out_of_range)?;
        let owed = Stated::exact(owed, vec![Input::Debt(debt.id)]);
        sum.less(&owed.hedged(debt.owed_hedge()))?;
    }
    if !within.is_empty() {
        sum.remark("the stated total less the convertibles that count as shares");
    }
    match later.len() {
        0 => {}
        1 => sum.remark("1 convertible that counts as shares is newer than the stated total"),
        n => sum.remark(format!(
            "{n} convertibles that count as shares are newer than the stated total"
        )),
    }
    let rest = sum.stated();
    if rest.value < Decimal::ZERO {
        return Err(Missing::because(
            "the convertibles in the money are more than the stated total",
        ));
    }
    Ok(rest)
}
