//! Why the total debt that a company states and the sum of its instruments
//! differ: what is known of the instruments that may be the reason. Nothing is
//! corrected by it.

use rust_decimal::Decimal;

use super::as_of::debt_known_by;
use super::debt::CompanyDebt;
use super::statement::{Statements, speaks_of};
use super::wall::{still_owed, usd};
use crate::model::debt::{DebtLevel, DebtStatus};
use crate::model::metric::Known;
use crate::model::{Book, Day, Debt, DebtId, Metric, Subject};

/// A reason that may account for a gap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The sum has all of joint ventures' notes, of which a part is not owned.
    NotOwned,
    /// The sum has notes of joint ventures, which a total may leave out.
    JointVentures,
    /// Instruments were issued after the day that the total speaks of.
    IssuedAfter(Day),
    /// Instruments are entered as proposed that a total may have already.
    Proposed,
    /// Outstanding instruments have no amount in USD.
    WithoutAmount,
    /// The source of the total does not say of which day it is.
    TotalWithoutDay,
}

impl Cause {
    /// The stable code, for reports.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotOwned => "not_owned",
            Self::JointVentures => "joint_ventures",
            Self::IssuedAfter(_) => "issued_after",
            Self::Proposed => "proposed",
            Self::WithoutAmount => "without_amount",
            Self::TotalWithoutDay => "total_without_day",
        }
    }

    /// The reason in words that follow "the total may differ since".
    pub fn words(&self) -> String {
        match self {
            Self::NotOwned => "the instruments count all of joint ventures".to_owned(),
            Self::JointVentures => "it may leave out joint ventures".to_owned(),
            Self::IssuedAfter(day) => format!("instruments were issued after {day}"),
            Self::Proposed => "it may have what is entered as proposed".to_owned(),
            Self::WithoutAmount => "instruments have no amount in USD".to_owned(),
            Self::TotalWithoutDay => "its source does not say of which day it is".to_owned(),
        }
    }
}

/// A reason with what is behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GapCause {
    /// The reason.
    pub cause: Cause,
    /// How much it accounts for, USD, where known: above zero where the sum has
    /// more than the total, below where it lacks it.
    pub amount_usd: Option<Decimal>,
    /// The instruments behind it.
    pub debts: Vec<DebtId>,
    /// True if the two agree within 1 % once it is allowed for.
    pub explains: bool,
}

/// The reasons why the two may differ, those that account for all of it first;
/// nothing if one of the two is not known or they agree exactly.
pub fn gap_causes(
    of: &CompanyDebt,
    book: &Book,
    statements: &Statements<'_>,
    as_of: Day,
) -> Vec<GapCause> {
    let (Ok(stated), Ok(gap)) = (&of.stated_usd, of.difference_usd()) else {
        return Vec::new();
    };
    if gap.value.is_zero() {
        return Vec::new();
    }
    let debts = book
        .debts()
        .filter(|debt| debt.company == of.company_id && debt_known_by(book, debt, as_of));
    let debts: Vec<&Debt> = debts.collect();
    let metric = Metric::Known(Known::TotalDebt);
    let figure = statements.chosen(Subject::Company(of.company_id), &metric);
    let day = figure.and_then(speaks_of);
    let mut causes = causes(&debts, day, as_of);
    if figure.is_some_and(|figure| figure.time.is_none()) {
        causes.push(GapCause {
            cause: Cause::TotalWithoutDay,
            amount_usd: None,
            debts: Vec::new(),
            explains: false,
        });
    }
    // What has the wrong sign widens the gap.
    causes.retain(|cause| {
        let sign = |amount: Decimal| amount.is_sign_negative() == gap.value.is_sign_negative();
        cause.amount_usd.is_none_or(sign)
    });
    for cause in &mut causes {
        let rest = cause.amount_usd.map(|amount| (gap.value - amount).abs());
        let near = stated.value.abs() / Decimal::ONE_HUNDRED;
        cause.explains = rest.is_some_and(|rest| rest <= near);
    }
    causes.sort_by_key(|cause| !cause.explains);
    causes
}

fn causes(debts: &[&Debt], stated: Option<Day>, as_of: Day) -> Vec<GapCause> {
    let outstanding = |debt: &Debt| debt.status == DebtStatus::Outstanding;
    let all = |debt: &Debt| usd(still_owed(debt, as_of));
    let joint = |debt: &Debt| outstanding(debt) && debt.level == DebtLevel::JointVenture;
    let not_owned = |debt: &Debt| {
        let part = Decimal::ONE - debt.owned_share.unwrap_or(Decimal::ONE);
        all(debt)?.checked_mul(part)
    };
    let mut causes = vec![
        cause(Cause::NotOwned, debts, joint, not_owned),
        cause(Cause::JointVentures, debts, joint, all),
    ];
    if let Some(day) = stated {
        let later = |debt: &Debt| {
            let issued = debt.issued.is_some_and(|issued| issued.first_day() > day);
            outstanding(debt) && issued
        };
        causes.push(cause(Cause::IssuedAfter(day), debts, later, all));
    }
    let proposed = |debt: &Debt| debt.status == DebtStatus::Proposed;
    let lacking = |debt: &Debt| usd(debt.principal).map(|amount| -amount);
    causes.push(cause(Cause::Proposed, debts, proposed, lacking));
    let unknown = |debt: &Debt| outstanding(debt) && all(debt).is_none();
    causes.push(cause(Cause::WithoutAmount, debts, unknown, |_| None));
    causes.retain(|cause| !cause.debts.is_empty());
    causes
}

fn cause(
    cause: Cause,
    debts: &[&Debt],
    of: impl Fn(&Debt) -> bool,
    amount: impl Fn(&Debt) -> Option<Decimal>,
) -> GapCause {
    let debts: Vec<&Debt> = debts.iter().copied().filter(|debt| of(debt)).collect();
    let amounts: Vec<_> = debts.iter().filter_map(|debt| amount(debt)).collect();
    let sum = amounts.iter().copied();
    let sum = sum.fold(Decimal::ZERO, Decimal::saturating_add);
    GapCause {
        cause,
        amount_usd: Some(sum).filter(|sum| !sum.is_zero()),
        debts: debts.iter().map(|debt| debt.id).collect(),
        explains: false,
    }
}
