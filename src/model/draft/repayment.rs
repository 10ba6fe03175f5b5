//! A stated repayment of a debt as typed.

use super::{
    Live,
    read::{self, Range},
    row::{RowDraft, RowField, row_fields},
    write,
};
use crate::model::{Hedge, Repayment};

/// A stated repayment of a debt as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RepaymentDraft {
    /// When it is due.
    pub due: String,
    /// How much principal.
    pub amount: String,
}

impl RepaymentDraft {
    /// The repayment as one would type it.
    pub(super) fn from_record(repayment: &Repayment) -> Self {
        Self {
            due: write::date(repayment.due),
            amount: write::money(repayment.amount, Hedge::Exact),
        }
    }
}

impl RowDraft for RepaymentDraft {
    fn noun(&self) -> &'static str {
        "Repayment"
    }

    row_fields! {
        due "repayment_due" "date"
        amount "repayment_amount" "amount"
    }

    fn live(&self, field: &str) -> Live {
        match field {
            "repayment_due" => read::date(&self.due),
            "repayment_amount" => read::exact_money(&self.amount, Range::Positive),
            _ => Live::Empty,
        }
    }
}
