//! Totals of the deals shown: over all, by company and by class of the
//! counterparty. Sums are `analytics`'; here they become text.

use std::collections::BTreeMap;

use egui::Color32;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use crate::analytics::answer::hedge_of_sum;
use crate::analytics::deals::{DealRow, DealTotals};
use crate::analytics::switches::{LoadBasis, Switches};
use crate::model::deal::CounterpartyClass;
use crate::model::{CompanyId, Hedge};
use crate::ui::{Cx, format};

/// Totals, ready to be painted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Totals {
    /// Over all deals shown that count.
    pub overall: DealTotals,
    /// By company, largest attributable value first.
    pub companies: Vec<Part<CompanyId>>,
    /// By class of the counterparty, likewise.
    pub classes: Vec<Part<CounterpartyClass>>,
    pub(super) numbers: Vec<Number>,
}

/// A group of deals.
#[derive(Clone, Debug, PartialEq)]
pub struct Part<T> {
    /// What the deals share.
    pub of: T,
    /// Its name.
    pub name: String,
    /// Its totals.
    pub totals: DealTotals,
    pub(super) colour: Color32,
    pub(super) value: String,
    pub(super) detail: String,
    pub(super) length: f32,
}

/// One number of the band.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Number {
    pub title: &'static str,
    pub value: String,
    pub hint: String,
}

/// A sum that is a lower bound where `lacking` of the `deals` are not in it,
/// and as firm as its parts where all are.
fn sum(text: &str, firm: Hedge, lacking: usize, deals: usize) -> String {
    if lacking == deals {
        format::UNKNOWN.to_owned()
    } else if lacking > 0 {
        format::hedged(Hedge::MoreThan, text)
    } else {
        format::hedged(firm, text)
    }
}

/// How firmly the sum of the values of these deals holds.
fn firmness<'a>(rows: impl IntoIterator<Item = &'a &'a DealRow>) -> Hedge {
    let counted = rows.into_iter().filter(|row| row.counts);
    let valued = counted.filter(|row| row.base_value.is_some());
    hedge_of_sum(valued.map(|row| row.hedge))
}

fn lacks(lacking: usize, deals: usize, what: &str) -> String {
    match lacking {
        0 => "Of all deals counted".to_owned(),
        _ if lacking == deals => format!("The {what} of these deals is not known"),
        _ => format!("Lower bound: the {what} of {lacking} of {deals} deals is not known"),
    }
}

impl Totals {
    /// Totals of these rows.
    pub fn of(cx: &Cx<'_>, rows: &[&DealRow]) -> Self {
        let overall = DealTotals::of(rows.iter().copied());
        let mut companies: BTreeMap<CompanyId, Vec<&DealRow>> = BTreeMap::new();
        let mut classes: BTreeMap<CounterpartyClass, Vec<&DealRow>> = BTreeMap::new();
        for row in rows.iter().filter(|row| row.counts) {
            companies.entry(row.company_id).or_default().push(row);
            classes.entry(row.class).or_default().push(row);
        }
        let company = |(id, rows): (CompanyId, Vec<&DealRow>)| {
            let record = cx.book.company(id);
            let colour = record.map_or(cx.tokens.text2, |company| cx.company_colour(company));
            let name = cx.book.symbol_of(id).unwrap_or_else(|| cx.company_name(id));
            Part::new(id, name, colour, &rows)
        };
        let class = |(class, rows): (CounterpartyClass, Vec<&DealRow>)| {
            Part::new(class, class.label(), cx.tokens.edge, &rows)
        };
        Self {
            overall,
            companies: ranked(companies.into_iter().map(company).collect()),
            classes: ranked(classes.into_iter().map(class).collect()),
            numbers: numbers(&overall, firmness(rows), cx.derived.switches),
        }
    }

    /// The totals as text, for snapshots: a line a number or group.
    pub fn to_text(&self) -> String {
        let numbers = self.numbers.iter();
        let numbers = numbers.map(|n| format!("{}\t{}\t{}", n.title, n.value, n.hint));
        let companies = self.companies.iter().map(Part::to_text);
        let classes = self.classes.iter().map(Part::to_text);
        numbers
            .chain(companies)
            .chain(classes)
            .collect::<Vec<_>>()
            .join("\n")
    }
}

fn numbers(totals: &DealTotals, firm: Hedge, switches: Switches) -> Vec<Number> {
    let deals = totals.deals;
    let money = |value: Decimal, lacking| sum(&format::money_compact(value), firm, lacking, deals);
    let value_hint = lacks(totals.without_value, deals, "base value in US dollars");
    vec![
        Number {
            title: "Deals counted",
            value: format::decimal(deals.into()),
            hint: "Contracted and not over; other tellings of a deal are not counted".to_owned(),
        },
        Number {
            title: "Base value",
            value: money(totals.base_value_usd, totals.without_value),
            hint: format!("{value_hint}. Joint ventures whole"),
        },
        Number {
            title: "Counted",
            value: money(totals.attributable_usd, totals.without_value),
            hint: format!("{value_hint}. By the switches: {}", switches.words()),
        },
        Number {
            title: "Remaining",
            value: money(totals.remaining_usd, totals.without_remaining),
            hint: lacks(totals.without_remaining, deals, "value not yet due"),
        },
        Number {
            title: match switches.load {
                LoadBasis::Critical => "Critical IT load",
                LoadBasis::Gross => "Gross load",
            },
            value: sum(
                &format::computed_megawatts(totals.load_mw),
                Hedge::Exact,
                totals.without_load,
                deals,
            ),
            hint: lacks(totals.without_load, deals, "load"),
        },
    ]
}

impl<T> Part<T> {
    fn new(of: T, name: &str, colour: Color32, rows: &[&DealRow]) -> Self {
        let totals = DealTotals::of(rows.iter().copied());
        let deals = totals.deals;
        let value = format::money_compact(totals.attributable_usd);
        let mw = sum(
            &format::computed_megawatts(totals.critical_mw),
            Hedge::Exact,
            totals.without_mw,
            deals,
        );
        Self {
            of,
            name: name.to_owned(),
            totals,
            colour,
            value: sum(&value, firmness(rows), totals.without_value, deals),
            detail: format!("{} · {mw}", format::count(deals, "deal", "deals")),
            length: 0.0,
        }
    }

    pub(super) fn to_text(&self) -> String {
        format!("{}\t{}\t{}", self.name, self.value, self.detail)
    }
}

/// Largest first, with the bars' lengths as parts of the largest.
fn ranked<T>(mut parts: Vec<Part<T>>) -> Vec<Part<T>> {
    let value = |part: &Part<T>| part.totals.attributable_usd;
    parts.sort_by_key(|part| std::cmp::Reverse(value(part)));
    let most = parts.first().map_or(Decimal::ONE, value);
    for part in &mut parts {
        let share = value(part).checked_div(most).unwrap_or_default();
        part.length = share.to_f32().unwrap_or(0.0).clamp(0.0, 1.0);
    }
    parts
}
