//! The maturity wall: principal falling due by period, instalments included,
//! by who in the group owes it. It is made of instruments alone; a stated total
//! has no dates. Interest is not here.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::grain::Grain;
use super::switches::ShareBasis;
use crate::model::debt::{DebtLevel, DebtStatus};
use crate::model::{Currency, Day, Debt, DebtId, Money};

/// Principal in USD by who owes it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ByLevel {
    /// The listed company itself.
    pub parent: Decimal,
    /// Project companies.
    pub project: Decimal,
    /// Companies owned in part.
    pub joint_venture: Decimal,
}

impl ByLevel {
    /// All of it.
    pub fn total(&self) -> Decimal {
        let project = self.project.saturating_add(self.joint_venture);
        self.parent.saturating_add(project)
    }

    /// The sum of both.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        Self {
            parent: self.parent.saturating_add(other.parent),
            project: self.project.saturating_add(other.project),
            joint_venture: self.joint_venture.saturating_add(other.joint_venture),
        }
    }

    fn add(&mut self, level: DebtLevel, amount: Decimal) {
        let of = match level {
            DebtLevel::Parent => &mut self.parent,
            DebtLevel::Project => &mut self.project,
            DebtLevel::JointVenture => &mut self.joint_venture,
        };
        *of = of.saturating_add(amount);
    }
}

/// What falls due when, of outstanding instruments with an amount in USD.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wall {
    /// Due from the day on, by first day of the period. A date that covers
    /// several periods falls in the last of them.
    pub due: BTreeMap<Day, ByLevel>,
    /// Matured before the day and still marked as outstanding.
    pub overdue: ByLevel,
    /// What has no maturity, less its dated repayments.
    pub undated: ByLevel,
    /// Instruments in the sums.
    pub debts: Vec<DebtId>,
    /// Those of them with a date that covers several periods.
    pub vaguely_dated: Vec<DebtId>,
    /// Outstanding instruments that are not in the sums, since their amount is
    /// not known in USD.
    pub without_amount: Vec<DebtId>,
}

impl Wall {
    /// The wall of these debts as it stands on a day; repayments dated before
    /// it are taken as made. What is not outstanding is left out.
    pub fn of<'a>(
        debts: impl IntoIterator<Item = &'a Debt>,
        as_of: Day,
        grain: Grain,
        share: ShareBasis,
    ) -> Self {
        let mut wall = Self::default();
        let outstanding = |debt: &&Debt| debt.status == DebtStatus::Outstanding;
        for debt in debts.into_iter().filter(outstanding) {
            wall.add(debt, as_of, grain, share);
        }
        wall
    }

    fn add(&mut self, debt: &Debt, as_of: Day, grain: Grain, share: ShareBasis) {
        let Some(owed) = usd(still_owed(debt, as_of)) else {
            self.without_amount.push(debt.id);
            return;
        };
        self.debts.push(debt.id);
        let part = part_of(debt, share);
        let mine = |amount: Decimal| amount.checked_mul(part).unwrap_or(amount);
        if has_matured(debt, as_of) {
            self.overdue.add(debt.level, mine(owed));
            return;
        }
        let (mut left, mut vague) = (owed, false);
        for (date, amount) in debt.repayments() {
            if date.last_day() < as_of {
                continue;
            }
            left -= amount;
            let period = grain.first_day(date.last_day());
            vague |= grain.first_day(date.first_day()) != period;
            let due = self.due.entry(period).or_default();
            due.add(debt.level, mine(amount));
        }
        if vague {
            self.vaguely_dated.push(debt.id);
        }
        self.undated.add(debt.level, mine(left));
    }

    /// Everything owed on the day.
    pub fn total(&self) -> ByLevel {
        let due = self.due.values();
        due.fold(self.overdue.plus(&self.undated), |sum, due| sum.plus(due))
    }
}

/// What is owed of an instrument on a day: what is outstanding, and after its
/// maturity the rest that was due then, as long as it is not marked as repaid.
pub fn still_owed(debt: &Debt, as_of: Day) -> Option<Money> {
    let owed = debt.owed()?;
    if !has_matured(debt, as_of) {
        return debt.outstanding_on(as_of);
    }
    let mut due = debt.repayments().into_iter();
    let rest = due.find(|(date, _)| Some(*date) == debt.matures);
    let rest = rest.map_or(Decimal::ZERO, |(_, amount)| amount);
    Some(Money::new(rest, owed.currency))
}

fn has_matured(debt: &Debt, as_of: Day) -> bool {
    debt.matures.is_some_and(|date| date.last_day() < as_of)
}

/// The amount, where known and in USD.
pub(super) fn usd(money: Option<Money>) -> Option<Decimal> {
    let usd = money.filter(|money| money.currency == Currency::USD);
    usd.map(|money| money.amount)
}

/// The part of an instrument that counts, as a fraction.
pub(super) fn part_of(debt: &Debt, share: ShareBasis) -> Decimal {
    match share {
        ShareBasis::Owned => debt.owned_share.unwrap_or(Decimal::ONE),
        ShareBasis::Whole => Decimal::ONE,
    }
}
