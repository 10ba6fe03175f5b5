//! Bitcoin of a company: bought, sold or a stated holding. The day of the event
//! and the day of its disclosure are separate; sales are not reductions.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{CompanyId, Hedge, Money, PartialDate, SourceId, Time, TreasuryId};
use crate::closed_set;

closed_set! {
    /// What happened.
    TreasuryKind {
        /// A stated holding at an instant.
        Holding = "holding", "Holding";
        /// Coins bought.
        Purchase = "purchase", "Purchase";
        /// Coins sold.
        Sale = "sale", "Sale";
    }
}

/// One treasury statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Treasury {
    /// Identity, never reused.
    pub id: TreasuryId,
    /// Whose coins.
    pub company: CompanyId,
    /// What happened.
    pub kind: TreasuryKind,
    /// Coins held, bought or sold; none when only money was stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub btc: Option<Decimal>,
    /// Money paid or received.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proceeds: Option<Money>,
    /// How firmly it is stated.
    pub hedge: Hedge,
    /// When it happened (a day, or the period the source names).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<Time>,
    /// When it became known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disclosed: Option<PartialDate>,
    /// Who stated it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceId>,
    /// Remarks.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

impl Treasury {
    /// Money per coin, where both are stated and coins are not zero.
    pub fn implied_price(&self) -> Option<Money> {
        let (btc, money) = (self.btc?, self.proceeds?);
        let amount = money.amount.checked_div(btc)?;
        Some(Money {
            amount,
            currency: money.currency,
        })
    }
}
