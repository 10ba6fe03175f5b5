//! `report sector`: what is stated of all miners beside the sums of those in the
//! book, how the tracked backlog splits, megawatts by stage, Bitcoin off the
//! peaks. Stated and tracked are never added.

use rust_decimal::Decimal;

use super::{Basis, Report, sector_text};
use crate::analytics::concentration::Concentration;
use crate::analytics::measure::Facts;
use crate::analytics::mining::{FLEET_J_TH, break_even_hashprice, median_colocation};
use crate::analytics::sector::{Compared, Coverage, SourceRatios, Split};
use crate::analytics::{Answer, Derived, Missing, Stated};
use crate::cli::json::{Object, Row, Value};
use crate::model::{Book, Figure, Unit};

const KEYS: &[&str] = &[
    "metric",
    "name",
    "unit",
    "currency",
    "tracked",
    "tracked_hedge",
    "stated_value",
    "stated_hedge",
    "coverage",
    "coverage_hedge",
    "time",
    "stated",
    "source",
    "publisher",
    "grade",
    "note",
    "notes",
    "reasons",
];

pub(super) fn report(basis: &Basis) -> Report {
    let (book, sector) = (&basis.book, &basis.derived.sector);
    let rows = sector.coverage.iter();
    let rows = rows.flat_map(|of| of.stated.iter().map(move |told| (of, told)));
    let rows: Vec<Object> = rows.filter_map(|(of, told)| row(book, of, told)).collect();
    let ratios = sector.of_one_source.iter().map(|of| ratios(book, of));
    let class = sector.by_class.iter();
    let class = class.map(|of| split("class", Value::text(of.key.code()), of));
    let kind = sector.by_kind.iter();
    let kind = kind.map(|of| split("kind", Value::text(of.key.code()), of));
    let concentrations = [
        ("by_signatory", &sector.by_signatory),
        ("by_obligor", &sector.by_obligor),
    ];
    let concentrations = concentrations
        .into_iter()
        .filter_map(|(key, of)| Some((key.into(), Value::Object(concentration(of.as_ref()?)))));
    let mut json: Object = vec![
        ("rows".into(), list(rows.iter().cloned())),
        ("of_one_source".into(), list(ratios)),
        ("by_class".into(), list(class)),
        ("by_kind".into(), list(kind)),
        (
            "deals_without_value".into(),
            Value::count(sector.deals_without_value),
        ),
        ("megawatts".into(), list(megawatts(basis).into_iter())),
        ("bitcoin".into(), list(holders(&basis.derived).map(bitcoin))),
    ];
    json.extend(concentrations);
    json.push(("mining".into(), Value::Object(mining(basis))));
    Report {
        json,
        keys: KEYS,
        rows,
        text: sector_text::as_text(basis),
    }
}

fn list(rows: impl Iterator<Item = Object>) -> Value {
    Value::List(rows.map(Value::Object).collect())
}

/// A statement of the sector beside what is tracked.
fn row(book: &Book, of: &Coverage, told: &Compared) -> Option<Object> {
    let figure: &Figure = book.figure(told.figure)?;
    let source = figure.source.and_then(|id| book.source(id));
    let number = |value: &Decimal| match of.metric.unit() {
        Unit::Fraction => Value::ratio(*value),
        Unit::Money => Value::cents(*value),
        Unit::Btc
        | Unit::Megawatts
        | Unit::Count
        | Unit::ExahashPerSecond
        | Unit::JoulesPerTerahash
        | Unit::UsdPerMwh
        | Unit::Months => Value::exact(*value),
    };
    let mut row = Row::default();
    row.put("metric", Value::text(of.metric.code()))
        .put("name", Value::text(&of.metric))
        .put("unit", Value::text(of.metric.unit().code()))
        .put("currency", figure.currency.map_or(Value::Null, Value::text))
        .answer("tracked", &of.tracked, number)
        .result("tracked_hedge", hedge(&of.tracked))
        .put("stated_value", number(&figure.value))
        .put("stated_hedge", Value::text(figure.hedge.code()))
        .answer("coverage", &told.fraction, |value| Value::ratio(*value))
        .result("coverage_hedge", hedge(&told.fraction))
        .known(
            "time",
            figure.time.map(Value::text),
            "the source does not say",
        )
        .known("stated", figure.stated.map(Value::text), "not entered");
    let text = |text: Option<&String>| text.filter(|text| !text.is_empty()).map(Value::text);
    row.known(
        "source",
        text(source.map(|source| &source.title)),
        "no source is entered",
    )
    .known(
        "publisher",
        text(source.map(|source| &source.publisher)),
        "not entered",
    )
    .known(
        "grade",
        source.map(|source| Value::text(source.grade.code())),
        "no source is entered",
    )
    .put("note", Value::text(&figure.note));
    Some(row.finish())
}

fn hedge<T>(answer: &Answer<T>) -> Result<Value, &Missing> {
    answer
        .as_ref()
        .map(|stated| Value::text(stated.hedge.code()))
}

fn ratios(book: &Book, of: &SourceRatios) -> Object {
    let source = book.source(of.source);
    let mut row = Row::default();
    row.put(
        "source",
        Value::text(source.map_or("", |source| source.title.as_str())),
    )
    .put("day", Value::text(of.day))
    .answer("contracted_of_planned", &of.contracted_of_planned, |v| {
        Value::ratio(*v)
    })
    .result(
        "contracted_of_planned_hedge",
        hedge(&of.contracted_of_planned),
    )
    .answer("usd_per_mw", &of.usd_per_mw, |v| Value::cents(*v))
    .result("usd_per_mw_hedge", hedge(&of.usd_per_mw));
    row.finish()
}

fn split<K>(name: &'static str, key: Value, of: &Split<K>) -> Object {
    vec![
        (name.into(), key),
        ("value_usd".into(), Value::cents(of.value_usd)),
        ("fraction".into(), Value::ratio(of.fraction)),
        ("deals".into(), Value::count(of.deals)),
    ]
}

/// Megawatts of all companies by stage.
fn megawatts(basis: &Basis) -> Vec<Object> {
    let sector = &basis.derived.sector;
    let none = Err(Missing::because("nothing is stated"));
    let stages = sector.ladder.iter();
    let row = stages.map(|(stage, (gross, critical))| {
        let unstated = sector.ladder_unstated.get(stage).unwrap_or(&none);
        let mut row = Row::default();
        row.put("stage", Value::text(stage.code()))
            .answer("gross_mw", gross, |mw| Value::exact(*mw))
            .result("gross_hedge", hedge(gross))
            .answer("critical_mw", critical, |mw| Value::exact(*mw))
            .result("critical_hedge", hedge(critical))
            .answer("basis_unstated_mw", unstated, |mw| Value::exact(*mw))
            .result("basis_unstated_hedge", hedge(unstated));
        row.finish()
    });
    row.collect()
}

/// The companies of which something of their Bitcoin is known: those that fell
/// from their peak first, then the others in watch order.
pub(super) fn holders(derived: &Derived) -> impl Iterator<Item = Facts<'_>> {
    let fallen = &derived.sector.btc_reduction;
    let first = fallen.iter().filter_map(|(id, _)| derived.facts(*id));
    let others = derived.all_facts().filter(|facts| {
        let treasury = &facts.view.treasury;
        let known = treasury.held.is_ok() || treasury.sold_12m.is_ok();
        known && treasury.reduction_from_peak.is_err()
    });
    first.chain(others)
}

/// Bitcoin held, below the peak and sold, by company: the last two are two
/// series.
fn bitcoin(facts: Facts<'_>) -> Object {
    let treasury = &facts.view.treasury;
    let symbol = facts.row.symbol.as_ref().map(Value::text);
    let (held, fall, sold) = (
        &treasury.held,
        &treasury.reduction_from_peak,
        &treasury.sold_12m,
    );
    let mut row = Row::default();
    row.known("symbol", symbol, "no share is set for this company")
        .put("company", Value::text(&facts.row.company))
        .answer("btc_held", held, |btc| Value::exact(*btc))
        .result("btc_held_hedge", hedge(held))
        .answer("btc_reduction", fall, |btc| Value::exact(*btc))
        .result("btc_reduction_hedge", hedge(fall))
        .answer("btc_sold_12m", sold, |btc| Value::exact(*btc))
        .result("btc_sold_12m_hedge", hedge(sold));
    row.finish()
}

fn concentration(of: &Concentration) -> Object {
    let shares = of.shares.iter().map(|share| {
        vec![
            ("name".into(), Value::text(&share.name)),
            ("value_usd".into(), Value::cents(share.value_usd)),
            ("fraction".into(), Value::ratio(share.fraction)),
            ("deals".into(), Value::count(share.deals.len())),
        ]
    });
    let mut row = Row::default();
    row.answer("hhi", &of.hhi, |hhi| Value::ratio(*hhi))
        .result("hhi_hedge", hedge(&of.hhi))
        .put("shares", list(shares));
    row.finish()
}

/// At which hashprice mining earns as much a MWh as colocation pays.
fn mining(basis: &Basis) -> Object {
    let rate = median_colocation(&basis.derived.deals);
    let even = break_even(&rate);
    let mut row = Row::default();
    row.put("fleet_j_th", Value::exact(FLEET_J_TH))
        .answer("colocation_usd_per_mwh", &rate, |v| Value::ratio(*v))
        .answer("break_even_hashprice_usd_per_ph_day", &even, |v| {
            Value::ratio(*v)
        });
    row.finish()
}

/// The hashprice of a rate at the fleet's efficiency.
pub(super) fn break_even(rate: &Answer<Decimal>) -> Answer<Decimal> {
    let rate = rate.as_ref().map_err(Clone::clone)?;
    let even = break_even_hashprice(rate.value, FLEET_J_TH);
    let even = even.ok_or_else(|| Missing::because("the rate is out of range"))?;
    let remark =
        "revenue against revenue: a tenant pays for power apart, and building costs differ";
    Ok(Stated::exact(even, rate.inputs.clone())
        .hedged(rate.hedge)
        .remarked(remark))
}
