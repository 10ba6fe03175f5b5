//! The ladder of power: megawatts planned, secured, approved, energised,
//! contracted and billing, gross and critical, of a company and of its sites.

use rust_decimal::Decimal;

use super::view::Basis;
use super::{Answer, Missing};
use crate::model::metric::MwStage;
use crate::model::{CompanyId, Deal};

/// A rung.
#[derive(Clone, Debug, PartialEq)]
pub struct Rung {
    /// Which.
    pub stage: MwStage,
    /// Gross utility load, MW.
    pub gross: Answer<Decimal>,
    /// Critical IT load, MW.
    pub critical: Answer<Decimal>,
    /// Megawatts of which the source does not say what they count.
    pub unstated: Answer<Decimal>,
}

/// The contracts of a site.
#[derive(Clone, Debug, PartialEq)]
pub struct SiteLoad {
    /// The site; none for deals that name none.
    pub site: Option<String>,
    /// Under contract, gross and critical.
    pub contracted_gross: Answer<Decimal>,
    /// Critical IT load under contract, MW.
    pub contracted_critical: Answer<Decimal>,
    /// Of it billing by status or rent start, critical IT load, MW.
    pub billing_critical: Answer<Decimal>,
}

/// The ladder of a company.
#[derive(Clone, Debug, PartialEq)]
pub struct Ladder {
    /// From planned to billing, every stage once.
    pub rungs: Vec<Rung>,
    /// By site, largest first.
    pub sites: Vec<SiteLoad>,
    /// Billing ÷ contracted.
    pub delivered_share: Answer<Decimal>,
}

impl Ladder {
    /// The rung of a stage.
    pub fn rung(&self, stage: MwStage) -> Option<&Rung> {
        self.rungs.iter().find(|rung| rung.stage == stage)
    }
}

/// The ladder of a company with these deals that count.
pub fn ladder(_basis: &Basis<'_>, _company: CompanyId, _deals: &[&Deal]) -> Ladder {
    // Stub.
    Ladder {
        rungs: Vec::new(),
        sites: Vec::new(),
        delivered_share: Err(Missing::because("not yet computed")),
    }
}
