//! Where a statement comes from.

use serde::{Deserialize, Serialize};

use super::{PartialDate, SourceId};
use crate::closed_set;

closed_set! {
    /// How far a source is trusted, best first.
    Grade {
        /// The text of a regulatory filing.
        Filing = "filing", "Filing";
        /// The text of the issuer's own release.
        CompanyRelease = "company_release", "Company release";
        /// A summary of a filing or release, made by a machine.
        FilingSummary = "filing_summary", "Summary of a filing";
        /// An analyst's work.
        Analyst = "analyst", "Analyst";
        /// Press, aggregators, notes of third parties.
        News = "news", "News or aggregator";
        /// The user's own estimate.
        OwnEstimate = "own_estimate", "Own estimate";
    }
}

/// Where a statement comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Identity, never reused.
    pub id: SourceId,
    /// What it is called.
    pub title: String,
    /// Who published it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub publisher: String,
    /// Address or file; a click opens it when it starts with `http`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Day it was published, as far as known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<PartialDate>,
    /// How far it is trusted.
    pub grade: Grade,
    /// Remarks.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}
