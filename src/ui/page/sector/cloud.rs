//! The companies as a scatter: who stands where, and who is left out and why.
//! Which axes are shown is chosen elsewhere; the chart lays it out.

use std::fmt::Write as _;

use egui::Ui;
use uuid::Uuid;

use crate::analytics::Answer;
use crate::analytics::measure::{Facts, Measure, MeasureUnit};
use crate::model::CompanyId;
use crate::ui::chart::scatter::{Axis, Bubble, Input};
use crate::ui::widget::{caption, heading, secondary};
use crate::ui::{Action, Cx, format, provenance};

use super::axes::Axes;

/// The scatter, ready to be laid out.
#[derive(Clone, Debug, PartialEq)]
pub struct Cloud {
    /// What the chart shows.
    pub input: Input,
    /// Who is left out, one reason a line: "Without HIVE: no debt is entered".
    pub left_out: Vec<String>,
}

/// The cloud of these axes.
pub fn build(cx: &Cx<'_>, axes: Axes) -> Cloud {
    let mut bubbles = Vec::new();
    let mut without = Reasons::default();
    let mut small = Reasons::default();
    for facts in cx.derived.all_facts() {
        let name = facts.row.symbol.as_deref().unwrap_or(&facts.row.company);
        let x = place(axes.x, axes.x_log, facts);
        let y = place(axes.y, axes.y_log, facts);
        match (x, y) {
            (Ok(x), Ok(y)) => {
                let size = axes.size.map(|size| place(size, true, facts));
                if let Some(Err(reason)) = &size {
                    small.add(name, reason);
                }
                bubbles.push(Bubble {
                    key: facts.row.company_id.0,
                    name: name.to_owned(),
                    at: (x, y),
                    size: match size {
                        // Without a size for any all are alike, none a ring.
                        None => Some(1.0),
                        Some(size) => size.ok(),
                    },
                    colour: colour(cx, facts.row.company_id),
                    words: words(name, axes, facts),
                });
            }
            (Err(reason), _) | (_, Err(reason)) => without.add(name, &reason),
        }
    }
    let mut left_out = without.lines("Without");
    left_out.extend(small.lines("As a ring, without a size,"));
    Cloud {
        input: Input {
            bubbles,
            x: axis(axes.x, axes.x_log),
            y: axis(axes.y, axes.y_log),
            sized: axes.size.is_some(),
        },
        left_out,
    }
}

/// The colour of a company; a quiet one for a record that was deleted.
pub fn colour(cx: &Cx<'_>, company: CompanyId) -> egui::Color32 {
    let record = cx.book.company(company);
    record.map_or(cx.tokens.text2, |company| cx.company_colour(company))
}

/// The value of a measure as a place on an axis, or why it has none there.
fn place(measure: Measure, log: bool, facts: Facts<'_>) -> Result<f64, String> {
    match measure.of(facts) {
        Err(missing) => Err(missing.0),
        Ok(stated) if !stated.value.is_finite() => Err(format!(
            "{} is no number that can be shown",
            measure.label()
        )),
        Ok(stated) if log && stated.value <= 0.0 => {
            let value = format::measure(measure.unit(), stated.value);
            Err(format!("{} is {value}, not above zero", measure.label()))
        }
        Ok(stated) => Ok(stated.value),
    }
}

fn axis(measure: Measure, log: bool) -> Axis {
    let unit = match measure.unit() {
        MeasureUnit::Usd | MeasureUnit::UsdPerMw => ", USD",
        MeasureUnit::Price => " a share",
        MeasureUnit::Points => ", points",
        MeasureUnit::Btc => ", BTC",
        MeasureUnit::Index => ", of 10,000",
        MeasureUnit::Change
        | MeasureUnit::Fraction
        | MeasureUnit::Multiple
        | MeasureUnit::Megawatts
        | MeasureUnit::Shares => "",
    };
    // "BTC held, BTC" would say it twice.
    let unit = if measure.label().starts_with("BTC") && unit == ", BTC" {
        ""
    } else {
        unit
    };
    Axis {
        title: format!("{}{unit}", measure.label()),
        unit: measure.unit(),
        log,
    }
}

fn measures(axes: Axes) -> impl Iterator<Item = Measure> {
    [Some(axes.x), Some(axes.y), axes.size]
        .into_iter()
        .flatten()
}

fn words(name: &str, axes: Axes, facts: Facts<'_>) -> String {
    let mut words = name.to_owned();
    for measure in measures(axes) {
        let value = format::measured(measure.unit(), &measure.of(facts));
        // Writing to a string cannot fail.
        let _written = write!(words, ", {} {value}", measure.label());
    }
    words
}

/// All values of a bubble, each with what it was computed from or its reason.
pub fn tip(ui: &mut Ui, cx: &Cx<'_>, axes: Axes, key: Uuid) {
    let Some(facts) = cx.derived.facts(CompanyId(key)) else {
        return;
    };
    ui.set_max_width(360.0);
    heading(ui, &cx.tokens, &facts.row.company);
    for measure in measures(axes) {
        let answer: Answer<f64> = measure.of(facts);
        let value = format::measured(measure.unit(), &answer);
        secondary(ui, &cx.tokens, &format!("{}: {value}", measure.label()));
        match answer {
            Ok(stated) => {
                if let Some(remark) = stated.remark {
                    caption(ui, &cx.tokens, &remark);
                }
            }
            Err(missing) => {
                caption(ui, &cx.tokens, &provenance::sentence(&missing.0));
            }
        }
    }
    caption(ui, &cx.tokens, "Click to select, twice to open");
}

/// What can be done with a bubble.
pub fn menu(ui: &mut Ui, cx: &Cx<'_>, axes: Axes, key: Uuid) {
    let mut told = Vec::new();
    for measure in measures(axes) {
        if !told.contains(&measure) {
            told.push(measure);
            explain(ui, cx, CompanyId(key), measure);
        }
    }
    open(ui, cx, CompanyId(key));
}

/// The menu's entry that explains a value.
pub fn explain(ui: &mut Ui, cx: &Cx<'_>, company: CompanyId, measure: Measure) {
    let text = format!("How {} is computed…", measure.label());
    if ui.button(text).clicked() {
        cx.act(Action::Explain(company, measure));
        ui.close();
    }
}

/// The menu's entry that opens the company.
pub fn open(ui: &mut Ui, cx: &Cx<'_>, company: CompanyId) {
    if ui.button("Open company").clicked() {
        cx.act(Action::OpenCompany(company));
        ui.close();
    }
}

/// Names by the reason they share, in the order of the first of each.
#[derive(Default)]
struct Reasons(Vec<(String, Vec<String>)>);

impl Reasons {
    fn add(&mut self, name: &str, reason: &str) {
        match self.0.iter_mut().find(|(other, _)| other == reason) {
            Some((_, names)) => names.push(name.to_owned()),
            None => self.0.push((reason.to_owned(), vec![name.to_owned()])),
        }
    }

    fn lines(&self, start: &str) -> Vec<String> {
        let line = |(reason, names): &(String, Vec<String>)| {
            format!("{start} {}: {reason}", names.join(", "))
        };
        self.0.iter().map(line).collect()
    }
}
