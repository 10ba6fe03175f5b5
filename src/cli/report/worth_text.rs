//! The text of what `report company` says beyond a company's records. Its JSON
//! is beside it.

use super::worth::{conflicts_of, coverages, parts};
use super::{Basis, measures};
use crate::analytics::Answer;
use crate::analytics::concentration::Concentration;
use crate::analytics::coverage::SiteCoverage;
use crate::analytics::measure::MeasureUnit;
use crate::analytics::treasury::TreasuryView;
use crate::analytics::valuation::Valuation;
use crate::analytics::view::CompanyView;
use crate::cli::text::{self, known, numbers, table, words};
use crate::model::Company;
use rust_decimal::Decimal;

/// The sections with their titles; those of which nothing is known are left out.
pub(super) fn sections(basis: &Basis, company: &Company) -> Vec<(&'static str, String)> {
    let Some(facts) = basis.derived.facts(company.id) else {
        return Vec::new();
    };
    let view = facts.view;
    let mut sections = vec![("Valuation", valuation(&view.valuation))];
    if view
        .power
        .rungs
        .iter()
        .any(|rung| rung.gross.is_ok() || rung.critical.is_ok() || rung.unstated.is_ok())
    {
        sections.push(("Power", power(view)));
    }
    if !view.treasury.flows.is_empty() || view.treasury.held.is_ok() {
        sections.push(("Bitcoin", bitcoin(&view.treasury)));
    }
    if !view.by_signatory.shares.is_empty() {
        sections.push(("Value left by who signed", names(&view.by_signatory)));
        sections.push(("Value left by whose credit", names(&view.by_obligor)));
    }
    let sites = coverages(basis, company);
    if !sites.is_empty() {
        sections.push(("Sites", coverage(&sites)));
    }
    let (count, open) = conflicts_of(basis, company);
    if count > 0 {
        let count = text::counted(
            count,
            "pair of statements disagrees",
            "pairs of statements disagree",
        );
        sections.push((
            "Conflicts",
            format!("{count}, {open} open: see report conflicts\n"),
        ));
    }
    sections
}

/// A figure of each line, and below what to know of it or why it is not known,
/// each sentence once.
fn valuation(of: &Valuation) -> String {
    let columns = [words("Figure", 30), numbers("Value"), words("Unit", 9)];
    let mut lines = Vec::new();
    let mut notes = String::new();
    for (_, name, unit, answer) in parts(of) {
        let shown = measures::shown(unit, answer);
        lines.push(vec![
            name.to_owned(),
            shown,
            measures::unit(unit).to_owned(),
        ]);
        let said = remark(answer).filter(|said| !notes.contains(said.as_str()));
        // A ratio repeats what its parts lack.
        let is_part = matches!(
            unit,
            MeasureUnit::Usd | MeasureUnit::Shares | MeasureUnit::Btc
        );
        if let Some(said) = said.filter(|_| is_part || answer.is_err()) {
            notes.push_str(&text::wrapped(&format!("{name}: {said}"), "  "));
        }
    }
    format!("{}{notes}", table(&columns, &lines))
}

fn remark(answer: &Answer<Decimal>) -> Option<String> {
    super::remark(answer)
}

fn power(view: &CompanyView) -> String {
    let columns = [
        words("Stage", 12),
        numbers("Gross MW"),
        numbers("Critical MW"),
        numbers("MW, basis not stated"),
    ];
    let mw = |answer| measures::shown(MeasureUnit::Megawatts, answer);
    let lines = view.power.rungs.iter().map(|rung| {
        let stage = rung.stage.label().to_owned();
        vec![
            stage,
            mw(&rung.gross),
            mw(&rung.critical),
            mw(&rung.unstated),
        ]
    });
    let mut text = table(&columns, &lines.collect::<Vec<_>>());
    let delivered = &view.power.delivered_share;
    if delivered.is_ok() {
        let shown = measures::shown(MeasureUnit::Fraction, delivered);
        text.push_str(&format!("Delivered share {shown}\n"));
    }
    text
}

fn bitcoin(of: &TreasuryView) -> String {
    let btc = |answer| measures::shown(MeasureUnit::Btc, answer);
    let mut text = text::wrapped(
        &format!(
            "Held {}; off its peak {}; sold in twelve months {} (gross, not a fall of the stock)",
            btc(&of.held),
            btc(&of.reduction_from_peak),
            btc(&of.sold_12m)
        ),
        "  ",
    );
    if of.flows.is_empty() {
        return text;
    }
    let columns = [
        words("Flow", 10),
        words("Day", 10),
        numbers("$ a coin"),
        numbers("Market low"),
        numbers("Market high"),
    ];
    let dollars = |value: Decimal| text::places(value, 0);
    let lines = of.flows.iter().map(|flow| {
        let market = flow.market_usd.as_ref().ok().map(|market| market.value);
        let implied = flow.implied_price.as_ref().ok();
        vec![
            flow.kind.label().to_owned(),
            known(flow.day, |day| day.to_string()),
            known(implied, |implied| {
                text::hedged(implied.hedge, &dollars(implied.value))
            }),
            known(market, |(low, _)| dollars(low)),
            known(market, |(_, high)| dollars(high)),
        ]
    });
    text.push_str(&table(&columns, &lines.collect::<Vec<_>>()));
    for flow in &of.flows {
        if let Some(warning) = &flow.warning {
            text.push_str(&text::wrapped(warning, "  "));
        }
    }
    text
}

fn names(of: &Concentration) -> String {
    let columns = [
        words("Name", 60),
        numbers("$m"),
        numbers("Share"),
        numbers("Deals"),
    ];
    let lines = of.shares.iter().map(|share| {
        let percent = share.fraction.checked_mul(Decimal::ONE_HUNDRED);
        vec![
            share.name.clone(),
            text::millions(share.value_usd),
            known(percent, |percent| format!("{}%", text::places(percent, 1))),
            share.deals.len().to_string(),
        ]
    });
    let mut text = table(&columns, &lines.collect::<Vec<_>>());
    let shown = measures::shown(MeasureUnit::Index, &of.hhi);
    let said = remark(&of.hhi).map_or_else(String::new, |said| format!(": {said}"));
    text.push_str(&text::wrapped(
        &format!("HHI {shown} of 10,000{said}"),
        "  ",
    ));
    text
}

fn coverage(sites: &[SiteCoverage]) -> String {
    let columns = [
        words("Site", 40),
        numbers("NOI $m"),
        numbers("Interest $m"),
        numbers("Coverage"),
        numbers("Debt $m/MW"),
    ];
    let lines = sites.iter().map(|at| {
        vec![
            at.site.clone(),
            measures::shown(MeasureUnit::Usd, &at.noi_usd),
            measures::shown(MeasureUnit::Usd, &at.interest_usd),
            measures::shown(MeasureUnit::Multiple, &at.coverage),
            measures::shown(MeasureUnit::UsdPerMw, &at.debt_per_mw_usd),
        ]
    });
    let mut text = table(&columns, &lines.collect::<Vec<_>>());
    for at in sites {
        if let Some(said) = remark(&at.coverage) {
            text.push_str(&text::wrapped(&format!("{}: {said}", at.site), "  "));
        }
    }
    text
}
