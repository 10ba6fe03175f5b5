//! What is left of a deal on a day, and the rule by which rent accrues.
//!
//! Rent runs from the first day of the stated start over the base term. With an
//! escalator g the n yearly rents are rent₁·(1+g)^(k−1) with
//! rent₁ = TCV·g/((1+g)^n−1), so that they sum to the base value (TCV); within
//! a year rent accrues by the day. A term that is not whole years ends with a
//! part of a year at that year's rent. Each phase of a deal accrues by itself.

use jiff::Span;
use rust_decimal::Decimal;

use super::Missing;
use super::parts::parts_of;
use crate::model::{Day, Deal};

/// Value of a deal not yet due at the beginning of `day`, in the base value's
/// currency and for the whole of a joint venture: the base value until rent
/// starts, nothing after the term. The rent start is the one known on `day`.
///
/// # Errors
/// Says which term is missing.
pub fn remaining(deal: &Deal, day: Day) -> Result<Decimal, Missing> {
    // Without an escalator the rent is level.
    let escalator = deal.escalator.unwrap_or(Decimal::ZERO);
    let mut left = Decimal::ZERO;
    for part in parts_of(deal, day)?.all {
        let rest = if day <= part.start {
            part.value
        } else {
            let accrual = Accrual::of(part.start, part.term()?, escalator)?;
            let rest = accrual.left_of(part.value, day);
            rest.ok_or_else(too_large)?
        };
        left = left.checked_add(rest).ok_or_else(too_large)?;
    }
    Ok(left)
}

pub(super) fn too_large() -> Missing {
    Missing::because("the value is too large to compute with")
}

/// How rent accrues from a day on over a term, in units of the first month's.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Accrual {
    years: Vec<Year>,
    end: Day,
    total: Decimal,
}

/// A year of the term, or the part of one at its end.
#[derive(Clone, Debug, PartialEq)]
struct Year {
    from: Day,
    to: Day,
    rent: Decimal,
    /// The rents of all later years.
    after: Decimal,
}

impl Accrual {
    /// The schedule of a term.
    ///
    /// # Errors
    /// If numbers leave the decimal's range or the rent falls to nothing.
    pub fn of(start: Day, months: u32, escalator: Decimal) -> Result<Self, Missing> {
        let found = Self::try_of(start, months, escalator);
        found.ok_or_else(|| Missing::because("the schedule is too long or too steep to compute"))
    }

    fn try_of(start: Day, months: u32, escalator: Decimal) -> Option<Self> {
        let end = month_after(start, months)?;
        let growth = Decimal::ONE.checked_add(escalator)?;
        if growth <= Decimal::ZERO {
            return None;
        }
        let (mut years, mut weight, mut from_month) = (Vec::new(), Decimal::ONE, 0);
        while from_month < months {
            let to_month = from_month.saturating_add(12).min(months);
            let rent = weight.checked_mul(Decimal::from(to_month - from_month))?;
            years.push(Year {
                from: month_after(start, from_month)?,
                to: month_after(start, to_month)?,
                rent,
                after: Decimal::ZERO,
            });
            weight = weight.checked_mul(growth)?;
            from_month = to_month;
        }
        let mut total = Decimal::ZERO;
        for year in years.iter_mut().rev() {
            year.after = total;
            total = total.checked_add(year.rent)?;
        }
        Some(Self { years, end, total })
    }

    /// The first day after the term.
    pub const fn end(&self) -> Day {
        self.end
    }

    /// The part of a value not yet due at the beginning of a day. Divides last,
    /// so that nothing is rounded midway; none if the value is too large.
    pub fn left_of(&self, value: Decimal, day: Day) -> Option<Decimal> {
        if day >= self.end {
            return Some(Decimal::ZERO);
        }
        let index = self.years.partition_point(|year| year.to <= day);
        let year = self.years.get(index)?;
        if index == 0 && day <= year.from {
            return Some(value);
        }
        let ahead = Decimal::from(days_between(day, year.to));
        let length = Decimal::from(days_between(year.from, year.to).max(1));
        let later = year.rent.checked_mul(ahead)?.checked_div(length)?;
        let left = year.after.checked_add(later)?;
        value.checked_mul(left)?.checked_div(self.total)
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
