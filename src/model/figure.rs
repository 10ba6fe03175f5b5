//! A dated, sourced statement of one number about a company or the sector.
//! Statements are kept side by side; choosing among them is `analytics`.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{CompanyId, Currency, FigureId, Metric, PartialDate, SourceId, Time};
use crate::closed_set;

closed_set! {
    /// How firmly a source states its number.
    Hedge {
        /// Stated without a hedge.
        Exact = "exact", "exactly";
        /// "About", "roughly", "around".
        About = "about", "about";
        /// "More than", "over".
        MoreThan = "more_than", "more than";
        /// "Up to", "under", "as much as".
        UpTo = "up_to", "up to";
        /// A plan, target or projection.
        Planned = "planned", "planned";
    }
}

/// Whom a figure speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// One company.
    Company(CompanyId),
    /// All listed miners, as the source defines them. Never a sum of companies.
    Sector,
}

impl Subject {
    /// The company, if it speaks of one.
    pub const fn company(self) -> Option<CompanyId> {
        match self {
            Self::Company(id) => Some(id),
            Self::Sector => None,
        }
    }
}

/// One statement: who said when that which number was so at what time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// Identity, never reused.
    pub id: FigureId,
    /// Whom it speaks of.
    pub subject: Subject,
    /// What it measures; the metric gives the unit.
    pub metric: Metric,
    /// The number in the metric's base unit (USD, not millions; 0.27, not 27 %).
    pub value: Decimal,
    /// Currency, for metrics in money only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<Currency>,
    /// How firmly it is stated.
    pub hedge: Hedge,
    /// Instant or period it speaks of; none when the source does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<Time>,
    /// Day it was stated, as far as known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stated: Option<PartialDate>,
    /// Who stated it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceId>,
    /// What it covers, and remarks.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}
