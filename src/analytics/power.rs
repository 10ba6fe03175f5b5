//! The ladder of power: megawatts planned, secured, approved, energised,
//! contracted and billing, gross and critical, of a company and of its sites.
//! What a source states and what deals sum to are never added; the rungs are not
//! strictly nested, and nothing here makes them so.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::delivered::delivered_share;
use super::load::{self, Counted, Load};
use super::statement::{Statements, speaks_of};
use super::sum::ratio;
use super::switches::LoadBasis;
use super::view::Basis;
use super::words::name_key;
use super::{Answer, Missing, Stated};
use crate::model::metric::{MwBasis, MwStage};
use crate::model::{CompanyId, Day, Deal, Figure, Hedge, Metric, Subject};

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

impl Rung {
    /// The load on a basis, else the one of which the source does not say what
    /// it counts: its remark says so.
    pub const fn on(&self, basis: LoadBasis) -> &Answer<Decimal> {
        let asked = self.told_on(basis);
        if asked.is_err() && self.unstated.is_ok() {
            &self.unstated
        } else {
            asked
        }
    }

    /// The load on a basis and on no other.
    pub const fn told_on(&self, basis: LoadBasis) -> &Answer<Decimal> {
        match basis {
            LoadBasis::Critical => &self.critical,
            LoadBasis::Gross => &self.gross,
        }
    }
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

impl SiteLoad {
    /// Gross over critical load, as power usage effectiveness but with what is
    /// held in reserve; none unless both are known of the same deals.
    pub fn gross_to_critical(&self) -> Option<Decimal> {
        let (gross, critical) = (
            self.contracted_gross.as_ref().ok()?,
            self.contracted_critical.as_ref().ok()?,
        );
        let same = gross.inputs == critical.inputs;
        same.then(|| gross.value.checked_div(critical.value))?
    }
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
pub fn ladder(basis: &Basis<'_>, company: CompanyId, deals: &[&Deal]) -> Ladder {
    let stages = MwStage::ALL.iter();
    let rungs: Vec<Rung> = stages
        .map(|stage| rung(basis, company, deals, *stage))
        .collect();
    let load = basis.switches.load;
    let delivered_share =
        share_of(&rungs, load).or_else(|_| delivered_share(company, basis.statements, load));
    Ladder {
        rungs,
        sites: sites(basis, deals),
        delivered_share,
    }
}

/// Billing over contracted load of the rungs, on one basis.
fn share_of(rungs: &[Rung], basis: LoadBasis) -> Answer<Decimal> {
    let of = |stage: MwStage| {
        let rung = rungs.iter().find(|rung| rung.stage == stage);
        let rung = rung.ok_or_else(|| Missing::because("nothing is stated"))?;
        rung.told_on(basis).clone()
    };
    ratio(
        ("billing", &of(MwStage::Billing)),
        ("contracted", &of(MwStage::Contracted)),
        "no load is contracted",
    )
}

/// Load under contract: the statement, or the sum of these deals that count. The
/// one place that says so, for the ladder and for whatever is divided by it.
pub(super) fn contracted(
    statements: &Statements<'_>,
    company: CompanyId,
    deals: &[&Deal],
    of: Counted,
) -> Answer<Decimal> {
    let told = stated(
        statements,
        company,
        MwStage::Contracted,
        of.basis.stated_as(),
    );
    either(told, load::contracted(deals, of), owned_in_part(deals))
}

fn owned_in_part(deals: &[&Deal]) -> bool {
    deals.iter().any(|deal| deal.owned_share.is_some())
}

fn rung(basis: &Basis<'_>, company: CompanyId, deals: &[&Deal], stage: MwStage) -> Rung {
    let stated = |on| stated(basis.statements, company, stage, on);
    let of = |load| Counted {
        basis: load,
        share: basis.switches.share,
        as_of: basis.as_of,
    };
    let choose = |load: LoadBasis| match stage {
        MwStage::Planned | MwStage::Secured | MwStage::Approved | MwStage::Energised => {
            stated(load.stated_as()).map(|told| told.mw)
        }
        MwStage::Contracted => contracted(basis.statements, company, deals, of(load)),
        MwStage::Billing => either(
            stated(load.stated_as()),
            load::billing(deals, of(load)),
            owned_in_part(deals),
        ),
    };
    let unstated = stated(MwBasis::Unstated).map(|told| {
        let remark = "the source does not say whether it is gross or critical IT load";
        told.mw.prefaced(remark)
    });
    Rung {
        stage,
        gross: choose(LoadBasis::Gross),
        critical: choose(LoadBasis::Critical),
        unstated,
    }
}

/// A statement of load.
struct Told {
    mw: Stated<Decimal>,
    day: Option<Day>,
    picked: bool,
}

fn stated(
    statements: &Statements<'_>,
    company: CompanyId,
    stage: MwStage,
    basis: MwBasis,
) -> Result<Told, Missing> {
    let (subject, metric) = (Subject::Company(company), Metric::Megawatts(stage, basis));
    let plan = || match stage {
        MwStage::Planned => newest_plan(statements, subject, &metric),
        MwStage::Secured
        | MwStage::Approved
        | MwStage::Energised
        | MwStage::Contracted
        | MwStage::Billing => None,
    };
    let chosen = statements.chosen(subject, &metric).or_else(plan);
    let figure = chosen.ok_or_else(|| {
        Missing(format!(
            "no {} MW ({}) are stated",
            stage.label(),
            basis.label()
        ))
    })?;
    let mw = statements.answer_of(figure);
    Ok(Told {
        picked: mw.remark.is_some(),
        day: speaks_of(figure),
        mw,
    })
}

/// Of planned load a plan is what is stated, though plans count nowhere else.
fn newest_plan<'a>(
    statements: &Statements<'a>,
    subject: Subject,
    metric: &Metric,
) -> Option<&'a Figure> {
    let all = statements.all(subject, metric).iter().copied();
    let plans = all.filter(|figure| figure.hedge == Hedge::Planned);
    plans.max_by_key(|figure| (figure.stated.map(|date| date.last_day()), figure.id))
}

/// The statement, or the sum of the deals where none is stated or deals are
/// newer; never both together. A sum that lacks a part does not replace a
/// statement of more.
fn either(told: Result<Told, Missing>, deals: Load, parts_owned: bool) -> Answer<Decimal> {
    let (told, sum) = match (told, deals.mw) {
        (Err(_), Ok(sum)) => return Ok(sum.prefaced("the sum of the deals")),
        (Err(told), Err(deals)) => return Err(Missing(format!("{told}; {deals}"))),
        (Ok(told), Err(_)) => return Ok(of_ventures(told.mw, parts_owned)),
        (Ok(told), Ok(sum)) => (told, sum),
    };
    let older = told
        .day
        .zip(deals.newest)
        .is_some_and(|(day, newest)| day < newest);
    let lacking = sum.hedge == Hedge::MoreThan && sum.value < told.mw.value;
    if older && !lacking && !told.picked {
        let stated = told.mw.value.normalize();
        let day = told
            .day
            .map_or_else(String::new, |day| format!(" of {day}"));
        let remark =
            format!("the sum of the deals, of which one is newer than the {stated} MW stated{day}");
        return Ok(sum.prefaced(&remark));
    }
    if sum.value == told.mw.value && sum.hedge == Hedge::Exact {
        return Ok(of_ventures(told.mw, parts_owned));
    }
    let mw = sum.value.normalize();
    let remark = match &sum.remark {
        Some(without) => format!("as stated; the deals sum to {mw} MW, {without}"),
        None => format!("as stated; the deals sum to {mw} MW"),
    };
    Ok(of_ventures(told.mw.prefaced(&remark), parts_owned))
}

fn of_ventures(told: Stated<Decimal>, parts_owned: bool) -> Stated<Decimal> {
    if !parts_owned {
        return told;
    }
    let remark = "the source does not say what part of joint ventures it counts";
    told.prefaced(remark)
}

/// The contracts by site, whatever case and spaces their names are typed in.
fn sites(basis: &Basis<'_>, deals: &[&Deal]) -> Vec<SiteLoad> {
    let mut by: BTreeMap<Option<String>, (Option<String>, Vec<&Deal>)> = BTreeMap::new();
    for deal in deals {
        let name = deal.site.as_deref().map(str::trim);
        let name = name.filter(|name| !name.is_empty());
        let site = by.entry(name.map(name_key));
        let site = site.or_insert_with(|| (name.map(str::to_owned), Vec::new()));
        site.1.push(deal);
    }
    let of = |load| Counted {
        basis: load,
        share: basis.switches.share,
        as_of: basis.as_of,
    };
    let sites = by.into_values().map(|(site, deals)| SiteLoad {
        site,
        contracted_gross: load::contracted(&deals, of(LoadBasis::Gross)).mw,
        contracted_critical: load::contracted(&deals, of(LoadBasis::Critical)).mw,
        billing_critical: load::billing(&deals, of(LoadBasis::Critical)).mw,
    });
    let mut sites: Vec<SiteLoad> = sites.collect();
    let size = |site: &SiteLoad| {
        let load = site.contracted_critical.as_ref();
        let load = load.or(site.contracted_gross.as_ref());
        load.ok().map(|load| load.value)
    };
    // Stable, so that sites of one size stay in the order of their names.
    sites.sort_by_key(|site| std::cmp::Reverse(size(site)));
    sites
}
