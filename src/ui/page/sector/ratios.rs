//! Ratios of totals that one source states together, in a quiet line each:
//! totals of one source have one perimeter, so that they may be divided.

use egui::Ui;

use crate::analytics::Input;
use crate::analytics::sector::SourceRatios;
use crate::ui::widget::{caption, caption_wrapped, secondary};
use crate::ui::{Cx, format, provenance};

use super::parts;

/// Sources shown; they are sorted newest first.
const SOURCES: usize = 3;

/// What follows from the totals of one source, ready to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// "≈ 14 % of planned load is contracted, ≈ 24.3 m USD a MW: Title, 30 Jun 2026".
    pub text: String,
    inputs: Vec<Input>,
}

/// The lines of the newest sources.
pub fn build(cx: &Cx<'_>) -> Vec<Line> {
    let newest = cx.derived.sector.of_one_source.iter().take(SOURCES);
    newest.map(|ratios| line(cx, ratios)).collect()
}

fn line(cx: &Cx<'_>, of: &SourceRatios) -> Line {
    let contracted = of.contracted_of_planned.as_ref().ok();
    let price = of.usd_per_mw.as_ref().ok();
    let mut inputs: Vec<Input> = [contracted, price]
        .into_iter()
        .flatten()
        .flat_map(|stated| stated.inputs.iter().cloned())
        .collect();
    inputs.sort();
    inputs.dedup();
    let contracted = contracted.map(|stated| {
        let share = format::hedged(stated.hedge, &parts::share(stated.value));
        format!("{share} of planned load is contracted")
    });
    let price = price.map(|stated| {
        let price = format::money_compact(stated.value);
        let price = format::hedged(stated.hedge, &price);
        format!("contracts are worth {price} USD a MW")
    });
    let said: Vec<_> = [contracted, price].into_iter().flatten().collect();
    let (day, source) = (
        format::day_long(of.day),
        provenance::source_name(cx, of.source),
    );
    Line {
        text: format!("{}: {source}, {day}", said.join(", ")),
        inputs,
    }
}

/// Shows the lines; what each was divided from is under the pointer.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, lines: &[Line]) {
    for line in lines {
        caption_wrapped(ui, &cx.tokens, &line.text).on_hover_ui(|ui| {
            ui.set_max_width(420.0);
            secondary(ui, &cx.tokens, "Divided from totals of one source alone");
            for input in &line.inputs {
                let (what, detail) = provenance::describe(cx, input);
                secondary(ui, &cx.tokens, &what);
                caption(ui, &cx.tokens, &detail);
            }
        });
    }
}
