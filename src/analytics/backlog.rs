//! The rent schedule of a deal and what is left of it on a day.
//!
//! Rent runs from the first day of the stated start over the base term. With an
//! escalator g the n yearly rents are rent₁·(1+g)^(k−1) with
//! rent₁ = TCV·g/((1+g)^n−1), so that they sum to the base value (TCV); within
//! a year rent accrues by the day. A term that is not whole years ends with a
//! part of a year at that year's rent.

use jiff::Span;
use rust_decimal::Decimal;

use super::Missing;
use crate::model::{Day, Deal};

/// Value of a deal not yet due on `day`, in the base value's currency and for
/// the whole of a joint venture: the base value until rent starts, nothing
/// after the term. The rent start is the one known on `day`.
///
/// # Errors
/// Says which term is missing.
pub fn remaining(deal: &Deal, day: Day) -> Result<Decimal, Missing> {
    let value = deal
        .base_value
        .ok_or_else(|| Missing::because("no base value is stated"))?
        .amount;
    let start = deal.rent_start_by(day).map(|start| start.date);
    let start = start
        .ok_or_else(|| Missing::because("no rent start is stated"))?
        .first_day();
    if day <= start {
        return Ok(value);
    }
    let months = deal
        .term_months
        .ok_or_else(|| Missing::because("no term is stated"))?;
    // Without an escalator the rent is level.
    let escalator = deal.escalator.unwrap_or(Decimal::ZERO);
    let schedule = Schedule::until(start, months, escalator, day)
        .ok_or_else(|| Missing::because("the schedule is too long or too steep to compute"))?;
    schedule
        .part_left_of(value)
        .ok_or_else(|| Missing::because("the value is too large to compute with"))
}

/// Rent in units of the first month's: what is left after a day, and all of it.
struct Schedule {
    left: Decimal,
    total: Decimal,
}

impl Schedule {
    /// The value times the part left. Divides last, so that nothing is rounded
    /// midway; none if the value is too large.
    fn part_left_of(&self, value: Decimal) -> Option<Decimal> {
        value.checked_mul(self.left)?.checked_div(self.total)
    }

    /// The schedule from `start` as it stands on `day`. None if numbers leave the
    /// decimal's range or the rent falls to nothing.
    fn until(start: Day, months: u32, escalator: Decimal, day: Day) -> Option<Self> {
        let end = month_after(start, months)?;
        if day >= end {
            let (left, total) = (Decimal::ZERO, Decimal::ONE);
            return Some(Self { left, total });
        }
        let growth = Decimal::ONE.checked_add(escalator)?;
        if growth <= Decimal::ZERO {
            return None;
        }
        let (mut weight, mut total, mut left) = (Decimal::ONE, Decimal::ZERO, Decimal::ZERO);
        let mut from_month = 0;
        while from_month < months {
            let to_month = from_month.saturating_add(12).min(months);
            let (from, to) = (
                month_after(start, from_month)?,
                month_after(start, to_month)?,
            );
            let rent = weight.checked_mul(Decimal::from(to_month - from_month))?;
            total = total.checked_add(rent)?;
            let ahead = days_between(day.clamp(from, to), to);
            let length = days_between(from, to).max(1);
            let due_later = rent
                .checked_mul(Decimal::from(ahead))?
                .checked_div(Decimal::from(length))?;
            left = left.checked_add(due_later)?;
            weight = weight.checked_mul(growth)?;
            from_month = to_month;
        }
        Some(Self { left, total })
    }
}

fn month_after(start: Day, months: u32) -> Option<Day> {
    let span = Span::new().try_months(i64::from(months)).ok()?;
    start.checked_add(span).ok()
}

/// Days from one day to another; negative if `to` is earlier.
pub fn days_between(from: Day, to: Day) -> i64 {
    i64::from(from.until(to).map_or(0, |span| span.get_days()))
}
