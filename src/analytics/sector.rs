//! All companies together, beside what is stated of the sector. The two are
//! never added: coverage says how much of a stated total the book tracks.

mod coverage;
mod split;
mod stated;

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::answer::{hedge_of_sum, hedge_without};
use super::concentration::{Concentration, by_obligor, by_signatory};
use super::view::{Basis, CompanyView};
use super::{Answer, Missing, Stated};
use crate::model::deal::{CounterpartyClass, DealKind};
use crate::model::metric::MwStage;
use crate::model::{CompanyId, Deal, FigureId, Metric};

pub use stated::SourceRatios;

/// What the book tracks of something stated of the sector.
#[derive(Clone, Debug, PartialEq)]
pub struct Coverage {
    /// What is stated.
    pub metric: Metric,
    /// Sum over the companies, where there is one; of a share the same share of
    /// what is tracked.
    pub tracked: Answer<Decimal>,
    /// Every statement of the sector, newest first; never averaged.
    pub stated: Vec<Compared>,
}

/// A statement of the sector beside what is tracked.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// The statement.
    pub figure: FigureId,
    /// Tracked ÷ stated, as a fraction; what tracked is computed from stands with
    /// it.
    pub fraction: Answer<Decimal>,
}

/// A part of the tracked backlog.
#[derive(Clone, Debug, PartialEq)]
pub struct Split<K> {
    /// Of what.
    pub key: K,
    /// Its value, USD.
    pub value_usd: Decimal,
    /// Its part of all, as a fraction.
    pub fraction: Decimal,
    /// Deals in it.
    pub deals: usize,
}

/// The sector.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SectorView {
    /// Stated totals beside the sums of the companies.
    pub coverage: Vec<Coverage>,
    /// Ratios of totals that one source states together, newest first.
    pub of_one_source: Vec<SourceRatios>,
    /// Backlog by class of counterparty, largest first.
    pub by_class: Vec<Split<CounterpartyClass>>,
    /// Backlog by kind of deal, largest first.
    pub by_kind: Vec<Split<DealKind>>,
    /// Deals that count but are in no split: their value in USD is not stated.
    pub deals_without_value: usize,
    /// Megawatts of all companies by stage: gross, critical.
    pub ladder: BTreeMap<MwStage, (Answer<Decimal>, Answer<Decimal>)>,
    /// Megawatts of all companies of which the sources do not say what they count.
    pub ladder_unstated: BTreeMap<MwStage, Answer<Decimal>>,
    /// Bitcoin reduction from peak by company, largest first.
    pub btc_reduction: Vec<(CompanyId, Decimal)>,
    /// Backlog of all by who signed.
    pub by_signatory: Option<Concentration>,
    /// Backlog of all by whose credit stands behind it.
    pub by_obligor: Option<Concentration>,
}

/// The sector of these companies.
pub fn sector_view(basis: &Basis<'_>, companies: &[CompanyView]) -> SectorView {
    let deals: Vec<&Deal> = basis.deals().collect();
    let worth = split::worth_of(&deals, basis.switches);
    let by_class = split::by(&worth, |deal| deal.counterparty_class);
    let stages = || MwStage::ALL.iter().copied();
    let load = |stage, pick: fn(&super::power::Rung) -> &Answer<Decimal>| {
        total(
            companies
                .iter()
                .filter_map(|of| of.power.rung(stage).map(pick)),
        )
    };
    let ladder = stages().map(|stage| {
        let gross = load(stage, |rung| &rung.gross);
        (stage, (gross, load(stage, |rung| &rung.critical)))
    });
    let unstated = stages().map(|stage| (stage, load(stage, |rung| &rung.unstated)));
    let (signatories, obligors) = (
        by_signatory(&deals, basis.as_of, basis.switches),
        by_obligor(&deals, basis.as_of, basis.switches),
    );
    SectorView {
        coverage: coverage::coverage(basis, companies, &by_class, &worth),
        of_one_source: stated::ratios(basis.statements),
        by_kind: split::by(&worth, |deal| deal.kind),
        by_class,
        deals_without_value: deals.len() - worth.len(),
        ladder: ladder.collect(),
        ladder_unstated: unstated.collect(),
        btc_reduction: btc_reduction(companies),
        by_signatory: Some(signatories),
        by_obligor: Some(obligors),
    }
}

fn btc_reduction(companies: &[CompanyView]) -> Vec<(CompanyId, Decimal)> {
    let known = companies.iter().filter_map(|of| {
        let fall = of.treasury.reduction_from_peak.as_ref().ok()?;
        Some((of.company_id, fall.value))
    });
    let mut known: Vec<_> = known.collect();
    known.sort_by_key(|(company, fall)| (std::cmp::Reverse(*fall), *company));
    known
}

/// The sum of what is known of companies: a lower bound where some lack it.
fn total<'a>(of: impl Iterator<Item = &'a Answer<Decimal>>) -> Answer<Decimal> {
    let (mut sum, mut inputs, mut hedges) = (Some(Decimal::ZERO), Vec::new(), Vec::new());
    let mut lacking = 0_usize;
    for answer in of {
        match answer {
            Ok(known) => {
                sum = sum.and_then(|sum| sum.checked_add(known.value));
                inputs.extend(known.inputs.iter().cloned());
                hedges.push(known.hedge);
            }
            Err(_) => lacking += 1,
        }
    }
    if hedges.is_empty() {
        return Err(Missing::because("it is known of no company"));
    }
    let sum = sum.ok_or_else(|| Missing::because("the sum is too large to compute with"))?;
    let (answer, hedge) = (Stated::exact(sum, inputs), hedge_of_sum(hedges));
    Ok(match lacking {
        0 => answer.hedged(hedge),
        n => {
            let remark = format!("without {}", companies(n));
            answer.hedged(hedge_without(hedge)).remarked(remark)
        }
    })
}

fn companies(number: usize) -> String {
    match number {
        1 => "1 company".to_owned(),
        n => format!("{n} companies"),
    }
}
