//! A listed company of the watchlist. It holds identity only; what is known
//! about its business are figures, deals, debts and treasury events.

use serde::{Deserialize, Serialize};

use super::{CompanyId, InstrumentId};

/// A listed company.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Company {
    /// Identity, never reused.
    pub id: CompanyId,
    /// Name as investors say it: "Hut 8".
    pub name: String,
    /// Legal name, where it differs: "Hut 8 Corp.".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub legal_name: Option<String>,
    /// Earlier names with what is known of their dates, in prose.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub former_names: Vec<String>,
    /// The listed share, whose prices stand for the company.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instrument: Option<InstrumentId>,
    /// SEC central index key, ten digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cik: Option<String>,
    /// Where it is listed: "Nasdaq".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exchange: Option<String>,
    /// Last day of the fiscal year as month and day: "06-30".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fiscal_year_end: Option<String>,
    /// The user's own words to group companies by.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Line colour as `#RRGGBB`; none means the theme chooses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub colour: Option<String>,
    /// Place in the unsorted watchlist, smallest first.
    #[serde(default)]
    pub watch_order: i64,
    /// Remarks: traps of identity, share classes.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}
