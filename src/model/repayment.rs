//! When the principal of a debt falls due: stated repayments, instalments by a
//! rule, and the rest at maturity. Interest is not principal and not here.

use jiff::Span;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Day, Debt, Money, PartialDate};
use crate::closed_set;

/// A stated repayment before maturity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Repayment {
    /// When it is due.
    pub due: PartialDate,
    /// How much principal.
    pub amount: Money,
}

closed_set! {
    /// How often an instalment is due.
    Interval {
        /// Every month.
        Month = "month", "a month";
        /// Every three months.
        Quarter = "quarter", "a quarter";
        /// Every six months.
        Half = "half", "a half-year";
        /// Every twelve months.
        Year = "year", "a year";
    }
}

impl Interval {
    /// Its length in months.
    pub const fn months(self) -> u8 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::Half => 6,
            Self::Year => 12,
        }
    }
}

/// Repayment by a rule: a part of the original principal at each interval.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instalments {
    /// Part of the original principal each time, as a fraction: 0.0125.
    pub fraction: Decimal,
    /// How often.
    pub every: Interval,
    /// When the first is due; none means one interval after the issue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first: Option<PartialDate>,
}

impl Debt {
    /// Principal that falls due and when, in order of the last days of the
    /// dates; the last one is the rest, due at maturity. A rest whose maturity
    /// is not stated is not among them. Nothing unless it is owed.
    ///
    /// Stated repayments count before a rule, so that one debt is not repaid
    /// twice; those in another currency than the principal are left out.
    pub fn repayments(&self) -> Vec<(PartialDate, Decimal)> {
        let Some(owed) = self.owed() else {
            return Vec::new();
        };
        let mut left = owed.amount.max(Decimal::ZERO);
        let mut due = Vec::new();
        for (date, amount) in self.before_maturity(owed) {
            let amount = amount.clamp(Decimal::ZERO, left);
            if !amount.is_zero() {
                left -= amount;
                due.push((date, amount));
            }
        }
        if let Some(date) = self.matures.filter(|_| !left.is_zero()) {
            due.push((date, left));
        }
        due
    }

    /// Principal still owed at the beginning of a day: what is owed less what
    /// fell due before. None unless it is owed and an amount is stated.
    pub fn outstanding_on(&self, day: Day) -> Option<Money> {
        let owed = self.owed()?;
        let repayments = self.repayments().into_iter();
        let past = repayments.filter(|(date, _)| date.last_day() < day);
        let left = past.fold(owed.amount, |left, (_, amount)| left - amount);
        Some(Money::new(left, owed.currency))
    }

    /// Repayments that are due before maturity, by the words that count.
    fn before_maturity(&self, owed: Money) -> Vec<(PartialDate, Decimal)> {
        let end = self.matures.map(|date| date.last_day());
        let early = |date: &PartialDate| end.is_none_or(|end| date.last_day() < end);
        if self.schedule.is_empty() {
            return self.instalment_dates().map_or_else(Vec::new, |dates| {
                let dates = dates.take_while(early);
                dates.map(|date| (date, self.instalment(owed))).collect()
            });
        }
        let ours = |repayment: &&Repayment| repayment.amount.currency == owed.currency;
        let stated = self.schedule.iter().filter(ours);
        let mut due: Vec<_> = stated
            .map(|repayment| (repayment.due, repayment.amount.amount))
            .filter(|(date, _)| early(date))
            .collect();
        due.sort_by_key(|(date, _)| (date.last_day(), date.first_day()));
        due
    }

    fn instalment(&self, owed: Money) -> Decimal {
        let fraction = self.instalments.as_ref().map(|rule| rule.fraction);
        let amount = fraction.and_then(|fraction| owed.amount.checked_mul(fraction));
        amount.unwrap_or(Decimal::ZERO)
    }

    /// The days of the instalments, without end but for that of the calendar;
    /// none if no rule is stated, or it begins with an issue that is not.
    fn instalment_dates(&self) -> Option<impl Iterator<Item = PartialDate>> {
        let rule = self.instalments.as_ref()?;
        let every = i64::from(rule.every.months());
        let (first, skip) = match rule.first {
            Some(first) => (first.last_day(), 0),
            None => (self.issued?.last_day(), 1),
        };
        // Each is counted from the first one, so that the 31st stays the 31st.
        let nth = move |n: i64| {
            let span = Span::new().try_months(n.checked_mul(every)?).ok()?;
            PartialDate::day(first.checked_add(span).ok()?)
        };
        Some((skip..).map_while(nth))
    }
}
