//! The delivered share: megawatts billing over megawatts contracted, of one
//! basis. Critical and gross load are never divided by each other.

use rust_decimal::Decimal;

use super::answer::hedge_of_ratio;
use super::statement::Statements;
use super::switches::LoadBasis;
use super::{Answer, Input, Missing, Stated};
use crate::model::metric::{MwBasis, MwStage};
use crate::model::{CompanyId, Metric, Subject};

/// What part of its contracted load a company bills for, as a fraction: by the
/// statements on the basis that counts, else by those that do not say theirs.
///
/// # Errors
/// Says which of the two is not stated.
pub fn delivered_share(
    company: CompanyId,
    statements: &Statements<'_>,
    load: LoadBasis,
) -> Answer<Decimal> {
    on_basis(company, statements, load.stated_as()).or_else(|missing| {
        let share = on_basis(company, statements, MwBasis::Unstated);
        let remark = "the sources do not say whether the load is gross";
        share.map(|share| share.remarked(remark)).or(Err(missing))
    })
}

fn on_basis(company: CompanyId, statements: &Statements<'_>, basis: MwBasis) -> Answer<Decimal> {
    let stated = |stage: MwStage| {
        let metric = Metric::Megawatts(stage, basis);
        let chosen = statements.chosen(Subject::Company(company), &metric);
        let missing = || {
            Missing::because(format!(
                "no {} MW ({}) are stated",
                stage.label(),
                basis.label()
            ))
        };
        chosen.ok_or_else(missing)
    };
    let (billing, contracted) = (stated(MwStage::Billing)?, stated(MwStage::Contracted)?);
    let share = billing.value.checked_div(contracted.value);
    let share = share.ok_or_else(|| Missing::because("no load is contracted"))?;
    let inputs = vec![Input::Figure(billing.id), Input::Figure(contracted.id)];
    let hedge = hedge_of_ratio(billing.hedge, contracted.hedge);
    Ok(Stated::exact(share, inputs).hedged(hedge))
}
