//! A debt instrument of a company. Stated totals are figures, not debts, and
//! the two are never summed together.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{CompanyId, DebtId, Hedge, Instalments, Money, PartialDate, Repayment, SourceId};
use crate::closed_set;

closed_set! {
    /// Who in the group owes it.
    DebtLevel {
        /// The listed company itself.
        Parent = "parent", "Parent";
        /// A project company the parent owns.
        Project = "project", "Project";
        /// A company the parent owns in part.
        JointVenture = "joint_venture", "Joint venture";
    }
}

closed_set! {
    /// What kind of debt.
    DebtKind {
        /// Convertible or exchangeable notes.
        Convertible = "convertible", "Convertible";
        /// Senior secured notes.
        SeniorSecured = "senior_secured", "Senior secured";
        /// Term loan, also delayed-draw.
        TermLoan = "term_loan", "Term loan";
        /// Financing of GPUs.
        GpuFinancing = "gpu_financing", "GPU financing";
        /// Revolving credit.
        Revolver = "revolver", "Revolver";
        /// Loan against Bitcoin.
        BtcBacked = "btc_backed", "Bitcoin-backed";
        /// Any other.
        Other = "other", "Other";
    }
}

closed_set! {
    /// Whether it is owed.
    DebtStatus {
        /// Offered or agreed, not yet drawn or closed.
        Proposed = "proposed", "Proposed";
        /// Owed.
        Outstanding = "outstanding", "Outstanding";
        /// Paid back, converted or repurchased.
        Repaid = "repaid", "Repaid";
    }
}

/// Interest of a debt, fractions a year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Coupon {
    /// A fixed rate: 0.0775.
    Fixed(Decimal),
    /// A rate over a reference.
    Floating {
        /// The reference: "SOFR".
        reference: String,
        /// Over it: 0.0475.
        spread: Decimal,
        /// The reference counts as at least this.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        floor: Option<Decimal>,
    },
}

/// A debt instrument.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Debt {
    /// Identity, never reused.
    pub id: DebtId,
    /// The listed company.
    pub company: CompanyId,
    /// The issuing entity, if not the company itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// Who in the group owes it.
    pub level: DebtLevel,
    /// What it is called: "7.75 % senior secured notes 2030".
    pub name: String,
    /// What kind.
    pub kind: DebtKind,
    /// Whether it is owed.
    pub status: DebtStatus,
    /// Face value, or the commitment of a facility.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub principal: Option<Money>,
    /// How firmly the principal is stated.
    #[serde(default = "exact")]
    pub principal_hedge: Hedge,
    /// Drawn of a facility; none means the source does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drawn: Option<Money>,
    /// Interest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coupon: Option<Coupon>,
    /// When issued.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issued: Option<PartialDate>,
    /// When due.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub matures: Option<PartialDate>,
    /// Repayments before maturity, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amortisation: Option<String>,
    /// Stated repayments before maturity.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub schedule: Vec<Repayment>,
    /// Repayment before maturity by a rule; stated repayments count before it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instalments: Option<Instalments>,
    /// Price a share at which a convertible converts, in the principal's currency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conversion_price: Option<Decimal>,
    /// Price a share up to which a capped call pays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cap_price: Option<Decimal>,
    /// Recourse to the parent, in words: "completion guarantee".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recourse: Option<String>,
    /// The site it finances.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
    /// The company's share of a joint venture as a fraction; none means all of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owned_share: Option<Decimal>,
    /// Who stated it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<SourceId>,
    /// Remarks.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

const fn exact() -> Hedge {
    Hedge::Exact
}

impl Debt {
    /// How firmly what is owed is stated: the hedge is of the principal alone, a
    /// drawn amount is exact.
    pub fn owed_hedge(&self) -> Hedge {
        match self.drawn {
            Some(_) => Hedge::Exact,
            None => self.principal_hedge,
        }
    }

    /// What is owed: the drawn amount of a facility where stated, else the
    /// principal; nothing unless outstanding.
    pub fn owed(&self) -> Option<Money> {
        match self.status {
            DebtStatus::Outstanding => self.drawn.or(self.principal),
            DebtStatus::Proposed | DebtStatus::Repaid => None,
        }
    }
}
