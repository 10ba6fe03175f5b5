//! Can a site pay for its debt: contracted net operating income of a year over
//! interest of a year of the same site; and as reported, for a whole company.
//! The two are never mixed, nor are sites.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::answer::{hedge_of_ratio, hedge_of_sum};
use super::as_of::debt_known_by;
use super::interest::{References, interest_of};
use super::rates::{Terms, rates};
use super::statement::Statements;
use super::sum::{Sum, out_of_range, ratio};
use super::switches::{LoadBasis, ShareBasis};
use super::wall::{still_owed, usd};
use super::words::name_key;
use super::worth::whole_load_mw;
use super::{Answer, Input, Missing, Stated};
use crate::model::debt::DebtStatus;
use crate::model::metric::Known;
use crate::model::{Book, CompanyId, Day, Deal, DealId, Debt, DebtId, Hedge, Metric, Subject};

/// The coverage of a site, the whole of a joint venture.
#[derive(Clone, Debug, PartialEq)]
pub struct SiteCoverage {
    /// The site as its debt has it.
    pub site: String,
    /// Its outstanding debts.
    pub debts: Vec<DebtId>,
    /// Its deals that count.
    pub deals: Vec<DealId>,
    /// Net operating income of a year under contract, USD: base value ÷ term ×
    /// margin. Where no margin is stated rent is an upper bound of it.
    pub noi_usd: Answer<Decimal>,
    /// Interest of a year on what is owed on the day, USD.
    pub interest_usd: Answer<Decimal>,
    /// The first over the second.
    pub coverage: Answer<Decimal>,
    /// What is owed over the critical IT load of the deals, USD a MW.
    pub debt_per_mw_usd: Answer<Decimal>,
}

/// Coverage of each site of a company that has an outstanding debt.
pub fn site_coverages(
    book: &Book,
    company: CompanyId,
    as_of: Day,
    references: &References,
) -> Vec<SiteCoverage> {
    let mut sites: BTreeMap<String, (String, Vec<&Debt>)> = BTreeMap::new();
    for debt in book.debts() {
        let Some(site) = &debt.site else { continue };
        let owed = debt.status == DebtStatus::Outstanding && debt_known_by(book, debt, as_of);
        if debt.company == company && owed {
            let of = sites.entry(name_key(site));
            of.or_insert_with(|| (site.clone(), Vec::new()))
                .1
                .push(debt);
        }
    }
    let deals = book.deals().filter(|deal| {
        deal.company == company && deal.counts() && deal.announced.first_day() <= as_of
    });
    let deals: Vec<&Deal> = deals.collect();
    let sites = sites.into_values();
    sites
        .map(|(site, debts)| {
            let here = deals.iter().copied().filter(|deal| is_at(deal, &site));
            site_coverage(&site, &debts, &here.collect::<Vec<_>>(), as_of, references)
        })
        .collect()
}

/// True if a deal is at the site that a debt finances. What stands in brackets
/// is a part of a site: a debt of the whole site finances all its parts, but a
/// deal of the whole site does not say what of it a part has.
fn is_at(deal: &Deal, site: &str) -> bool {
    let Some(of) = &deal.site else { return false };
    let same = |a: &str, b: &str| name_key(a) == name_key(b);
    let whole = |text: &str| match text.split_once('(') {
        Some((whole, _)) if text.trim_end().ends_with(')') => whole.trim().to_owned(),
        Some(_) | None => text.to_owned(),
    };
    same(of, site) || same(&whole(of), site)
}

fn site_coverage(
    site: &str,
    debts: &[&Debt],
    deals: &[&Deal],
    as_of: Day,
    references: &References,
) -> SiteCoverage {
    let noi_usd = contracted_noi(deals);
    let whole = ShareBasis::Whole;
    let interest_usd = interest_of(debts.iter().copied(), as_of, whole, references);
    SiteCoverage {
        site: site.to_owned(),
        debts: debts.iter().map(|debt| debt.id).collect(),
        deals: deals.iter().map(|deal| deal.id).collect(),
        coverage: ratio(
            ("NOI", &noi_usd),
            ("interest", &interest_usd),
            "there is no interest to divide by",
        ),
        debt_per_mw_usd: debt_per_mw(debts, deals, as_of),
        noi_usd,
        interest_usd,
    }
}

fn contracted_noi(deals: &[&Deal]) -> Answer<Decimal> {
    if deals.is_empty() {
        return Err(Missing::because("no deal of this site is entered"));
    }
    let (mut sum, mut without) = (Sum::default(), Vec::new());
    for deal in deals {
        let year = rates(&Terms::from(*deal)).usd_per_year.ok_or_else(|| {
            Missing::because(format!(
                "the value in USD or the term of the deal with {} is not stated",
                deal.counterparty
            ))
        })?;
        // Income is no more than rent.
        let margin = deal.noi_margin.unwrap_or(Decimal::ONE);
        let noi = year.checked_mul(margin).ok_or_else(out_of_range)?;
        let noi = Stated::exact(noi, vec![Input::Deal(deal.id)]);
        sum.add(&noi.hedged(deal.base_value_hedge))?;
        if deal.noi_margin.is_none() {
            sum.hedge(Hedge::UpTo);
            without.push(deal.counterparty.as_str());
        }
    }
    if !without.is_empty() {
        sum.remark(format!(
            "no margin is stated of {}: its rent counts, an upper bound",
            without.join(", ")
        ));
    }
    Ok(sum.stated())
}

fn debt_per_mw(debts: &[&Debt], deals: &[&Deal], as_of: Day) -> Answer<Decimal> {
    let mut owed = Sum::default();
    for debt in debts {
        let amount = usd(still_owed(debt, as_of)).ok_or_else(|| {
            Missing::because(format!("no amount in USD of {} is stated", debt.name))
        })?;
        let amount = Stated::exact(amount, vec![Input::Debt(debt.id)]);
        owed.add(&amount.hedged(debt.owed_hedge()))?;
    }
    if deals.is_empty() {
        return Err(Missing::because("no deal of this site is entered"));
    }
    let mut load = Sum::default();
    for deal in deals {
        let mw = whole_load_mw(deal, LoadBasis::Critical).ok_or_else(|| {
            Missing::because(format!(
                "no critical IT load of the deal with {} is stated",
                deal.counterparty
            ))
        })?;
        load.add(&Stated::exact(mw, vec![Input::Deal(deal.id)]))?;
    }
    ratio(
        ("debt", &Ok(owed.stated())),
        ("load", &Ok(load.stated())),
        "there is no load to divide by",
    )
}

/// AI revenue over interest expense of the newest period of which a company
/// states both: an upper bound of its coverage as reported, since income is
/// less than revenue.
pub fn reported_coverage(company: CompanyId, statements: &Statements<'_>) -> Answer<Decimal> {
    let subject = Subject::Company(company);
    let by_time = |known| statements.by_time(subject, &Metric::Known(known));
    let interest = by_time(Known::InterestExpense);
    let mut newest_first = by_time(Known::AiRevenue).into_iter().rev();
    let found = newest_first.find_map(|(time, revenue)| {
        let interest = interest
            .get(&time)
            .filter(|interest| interest.currency == revenue.currency)?;
        let value = revenue.value.checked_div(interest.value)?;
        let inputs = vec![Input::Figure(revenue.id), Input::Figure(interest.id)];
        let hedge = hedge_of_ratio(revenue.hedge, interest.hedge);
        Some(
            Stated::exact(value, inputs)
                .hedged(hedge_of_sum([hedge, Hedge::UpTo]))
                .remarked(format!(
                    "AI revenue over interest expense of the period that ended {}, an upper bound",
                    time.0
                )),
        )
    });
    found.ok_or_else(|| {
        Missing::because("no AI revenue and interest expense of the same period are stated")
    })
}
