//! The rent schedule of a deal and what is left of it on a day.
//!
//! Rent runs from the first day of the stated start over the base term. With an
//! escalator g the n yearly rents are rent₁·(1+g)^(k−1) with
//! rent₁ = TCV·g/((1+g)^n−1), so that they sum to the base value (TCV); within
//! a year rent accrues by the day. A term that is not whole years ends with a
//! part of a year at that year's rent.

use jiff::ToSpan as _;
use rust_decimal::Decimal;

use super::Missing;
use crate::model::{Day, Deal};

/// Value of a deal not yet due on `day`, in the base value's currency and for
/// the whole of a joint venture: the base value until rent starts, nothing
/// after the term.
///
/// # Errors
/// Says which term is missing.
pub fn remaining(deal: &Deal, day: Day) -> Result<Decimal, Missing> {
    let value = deal
        .base_value
        .ok_or_else(|| Missing::because("no base value is stated"))?
        .amount;
    let start = deal.current_rent_start().map(|start| start.date);
    let start = start
        .ok_or_else(|| Missing::because("no rent start is stated"))?
        .first_day();
    if day <= start {
        return Ok(value);
    }
    let months = deal
        .term_months
        .ok_or_else(|| Missing::because("no term is stated"))?;
    let due = due_fraction(start, months, deal.escalator.unwrap_or_default(), day)
        .ok_or_else(|| Missing::because("the schedule is too long or too steep to compute"))?;
    let left = value.checked_mul(Decimal::ONE - due);
    left.ok_or_else(|| Missing::because("the value is too large to compute with"))
}

/// The part of the base value due from `start` until `day`, from 0 to 1.
/// None if numbers leave the decimal's range.
fn due_fraction(start: Day, months: u32, escalator: Decimal, day: Day) -> Option<Decimal> {
    let end = month_after(start, months)?;
    if day >= end {
        return Some(Decimal::ONE);
    }
    let growth = Decimal::ONE.checked_add(escalator)?;
    let (mut weight, mut total, mut due) = (Decimal::ONE, Decimal::ZERO, Decimal::ZERO);
    let mut from_month = 0;
    while from_month < months {
        let to_month = (from_month + 12).min(months);
        let (from, to) = (
            month_after(start, from_month)?,
            month_after(start, to_month)?,
        );
        let part = Decimal::from(to_month - from_month).checked_div(Decimal::from(12))?;
        let rent = weight.checked_mul(part)?;
        total = total.checked_add(rent)?;
        let elapsed = days_between(from, day.clamp(from, to));
        let length = days_between(from, to).max(1);
        due = due.checked_add(
            rent.checked_mul(Decimal::from(elapsed))?
                .checked_div(Decimal::from(length))?,
        )?;
        weight = weight.checked_mul(growth)?;
        from_month = to_month;
    }
    due.checked_div(total)
}

fn month_after(start: Day, months: u32) -> Option<Day> {
    start.checked_add(i64::from(months).months()).ok()
}

/// Days from one day to another; negative if `to` is earlier.
pub fn days_between(from: Day, to: Day) -> i64 {
    i64::from(from.until(to).map_or(0, |span| span.get_days()))
}
