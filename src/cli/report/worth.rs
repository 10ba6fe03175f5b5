//! What `report company` says beyond a company's records: its valuation, its
//! ladder of power, its Bitcoin, whom its backlog rests on, and how its sites
//! cover their interest. Nothing is computed here.

use super::{Basis, measures, schedule};
use crate::analytics::Answer;
use crate::analytics::concentration::Concentration;
use crate::analytics::conflicts::State;
use crate::analytics::coverage::{SiteCoverage, site_coverages};
use crate::analytics::interest::References;
use crate::analytics::measure::MeasureUnit;
use crate::analytics::power::{Rung, SiteLoad};
use crate::analytics::treasury::Flow;
use crate::analytics::valuation::Valuation;
use crate::analytics::view::CompanyView;
use crate::cli::json::{Object, Row, Value};
use crate::model::{Company, Hedge, Subject};
use rust_decimal::Decimal;

/// The parts of a valuation with their keys, names and units, in the order in
/// which they are added up.
pub(super) fn parts(
    of: &Valuation,
) -> Vec<(&'static str, &'static str, MeasureUnit, &Answer<Decimal>)> {
    use MeasureUnit::{Btc, Fraction, Multiple, Shares, Usd, UsdPerMw};
    vec![
        ("basic_shares", "Basic shares", Shares, &of.basic_shares),
        ("share_units", "Stock units", Shares, &of.share_units),
        (
            "warrant_shares",
            "Penny warrants",
            Shares,
            &of.warrant_shares,
        ),
        (
            "convertible_shares",
            "Convertibles",
            Shares,
            &of.convertible_shares,
        ),
        (
            "diluted_shares",
            "Diluted shares",
            Shares,
            &of.diluted_shares,
        ),
        ("market_cap_usd", "Market value", Usd, &of.market_cap_usd),
        (
            "other_claims_usd",
            "Preferred and minority",
            Usd,
            &of.other_claims_usd,
        ),
        ("cash_usd", "Cash", Usd, &of.cash_usd),
        ("free_btc", "BTC, unencumbered", Btc, &of.free_btc),
        ("btc_value_usd", "BTC value", Usd, &of.btc_value_usd),
        ("ev_usd", "EV", Usd, &of.ev_usd),
        ("ev_per_mw_usd", "EV per MW", UsdPerMw, &of.ev_per_mw_usd),
        ("backlog_to_ev", "Backlog ÷ EV", Multiple, &of.backlog_to_ev),
        (
            "debt_per_mw_usd",
            "Debt per MW",
            UsdPerMw,
            &of.debt_per_mw_usd,
        ),
        ("noi_usd", "Contracted NOI a year", Usd, &of.noi_usd),
        ("ev_to_noi", "EV ÷ NOI", Multiple, &of.ev_to_noi),
        ("interest_usd", "Interest a year", Usd, &of.interest_usd),
        (
            "reported_coverage",
            "Coverage, reported",
            Multiple,
            &of.reported_coverage,
        ),
        (
            "guaranteed_usd",
            "Guaranteed by others",
            Usd,
            &of.guaranteed_usd,
        ),
        (
            "guaranteed_left_usd",
            "Value left of it",
            Usd,
            &of.guaranteed_left_usd,
        ),
        (
            "backstop_cover",
            "Backstop cover",
            Fraction,
            &of.backstop_cover,
        ),
    ]
}

/// All of it as JSON, by key.
pub(super) fn json(basis: &Basis, company: &Company) -> Object {
    let view = basis.derived.facts(company.id).map(|facts| facts.view);
    let of = |json: fn(&CompanyView) -> Object| {
        view.map_or(Value::Null, |view| Value::Object(json(view)))
    };
    let sites = coverages(basis, company);
    let sites = sites.iter().map(|at| Value::Object(site(basis, at)));
    vec![
        ("valuation".into(), of(valuation)),
        ("power".into(), of(power)),
        ("bitcoin".into(), of(bitcoin)),
        ("concentration".into(), of(concentration)),
        ("sites".into(), Value::List(sites.collect())),
        ("conflicts".into(), conflicts(basis, company)),
    ]
}

/// Coverage of the company's sites; floating coupons at their floors.
pub(super) fn coverages(basis: &Basis, company: &Company) -> Vec<SiteCoverage> {
    let none = References::default();
    site_coverages(&basis.book, company.id, basis.as_of, &none)
}

/// How many of its statements disagree, and how many of these are open.
pub(super) fn conflicts_of(basis: &Basis, company: &Company) -> (usize, usize) {
    let all = basis.derived.conflicts.list.iter();
    let mine = all.filter(|conflict| conflict.subject == Subject::Company(company.id));
    let (mut count, mut open) = (0, 0);
    for conflict in mine {
        count += 1;
        open += usize::from(conflict.state == State::Open);
    }
    (count, open)
}

fn conflicts(basis: &Basis, company: &Company) -> Value {
    let (count, open) = conflicts_of(basis, company);
    Value::Object(vec![
        ("count".into(), Value::count(count)),
        ("open".into(), Value::count(open)),
    ])
}

fn put_hedges(row: &mut Row, all: &[(&'static str, &Answer<Decimal>)]) {
    let inexact = all.iter().filter_map(|(key, answer)| {
        let stated = answer.as_ref().ok()?;
        let inexact = stated.hedge != Hedge::Exact;
        inexact.then(|| (*key, stated.hedge.code().to_owned()))
    });
    let hedges = Value::sentences(inexact);
    row.put("hedges", hedges);
}

fn valuation(view: &CompanyView) -> Object {
    let mut row = Row::default();
    let parts = parts(&view.valuation);
    for (key, _, unit, answer) in &parts {
        row.answer(key, answer, |of| measures::value(*unit, *of));
    }
    let answers: Vec<_> = parts
        .iter()
        .map(|(key, _, _, answer)| (*key, *answer))
        .collect();
    put_hedges(&mut row, &answers);
    row.finish()
}

fn power(view: &CompanyView) -> Object {
    let mut row = Row::default();
    let list = |rows: Vec<Object>| Value::List(rows.into_iter().map(Value::Object).collect());
    row.put("stages", list(view.power.rungs.iter().map(rung).collect()))
        .put("loads", list(view.power.sites.iter().map(load).collect()))
        .answer("delivered_share", &view.power.delivered_share, |of| {
            Value::ratio(*of)
        });
    put_hedges(
        &mut row,
        &[("delivered_share", &view.power.delivered_share)],
    );
    row.finish()
}

fn rung(of: &Rung) -> Object {
    let mut row = Row::default();
    row.put("stage", Value::text(of.stage.code()));
    let all = [
        ("gross_mw", &of.gross),
        ("critical_mw", &of.critical),
        ("unstated_mw", &of.unstated),
    ];
    put_loads(&mut row, &all);
    row.finish()
}

fn load(of: &SiteLoad) -> Object {
    let mut row = Row::default();
    row.known(
        "site",
        of.site.as_ref().map(Value::text),
        "no site is stated",
    );
    let all = [
        ("contracted_gross_mw", &of.contracted_gross),
        ("contracted_critical_mw", &of.contracted_critical),
        ("billing_critical_mw", &of.billing_critical),
    ];
    put_loads(&mut row, &all);
    row.finish()
}

fn put_loads(row: &mut Row, all: &[(&'static str, &Answer<Decimal>)]) {
    for (key, answer) in all {
        row.answer(key, answer, |of| Value::exact(*of));
    }
    put_hedges(row, all);
}

fn bitcoin(view: &CompanyView) -> Object {
    let of = &view.treasury;
    let mut row = Row::default();
    let all = [
        ("btc_held", &of.held),
        ("btc_reduction", &of.reduction_from_peak),
        ("btc_sold_12m", &of.sold_12m),
    ];
    put_loads(&mut row, &all);
    let holdings = of.holdings.iter().map(|held| {
        Value::Object(vec![
            ("day".into(), Value::text(held.day)),
            ("btc".into(), Value::exact(held.btc)),
            ("hedge".into(), Value::text(held.hedge.code())),
        ])
    });
    row.put("holdings", Value::List(holdings.collect()));
    let flows = of.flows.iter().map(|flow| Value::Object(self::flow(flow)));
    row.put("flows", Value::List(flows.collect()));
    row.finish()
}

fn flow(of: &Flow) -> Object {
    let mut row = Row::default();
    row.put("id", Value::text(of.event))
        .put("kind", Value::text(of.kind.code()))
        .known("day", of.day.map(Value::text), "no day is stated")
        .answer("implied_price", &of.implied_price, |of| Value::cents(*of))
        .answer("market_low", &of.market_usd, |(low, _)| Value::cents(*low))
        .answer("market_high", &of.market_usd, |(_, high)| {
            Value::cents(*high)
        })
        .put("warnings", Value::texts(&of.warning));
    row.finish()
}

fn concentration(view: &CompanyView) -> Object {
    let mut row = Row::default();
    let all = [
        ("hhi_signatory", &view.by_signatory.hhi),
        ("hhi_obligor", &view.by_obligor.hhi),
    ];
    for (key, answer) in &all {
        row.answer(key, answer, |of| Value::ratio(*of));
    }
    put_hedges(&mut row, &all);
    row.put("by_signatory", names(&view.by_signatory))
        .put("by_obligor", names(&view.by_obligor));
    row.finish()
}

fn names(of: &Concentration) -> Value {
    let shares = of.shares.iter().map(|share| {
        Value::Object(vec![
            ("name".into(), Value::text(&share.name)),
            ("value_usd".into(), Value::cents(share.value_usd)),
            ("fraction".into(), Value::ratio(share.fraction)),
            ("deals".into(), Value::texts(&share.deals)),
        ])
    });
    Value::List(shares.collect())
}

fn site(basis: &Basis, at: &SiteCoverage) -> Object {
    let mut row = Row::default();
    schedule::put_coverage(&mut row, &basis.book, at);
    row.finish()
}
