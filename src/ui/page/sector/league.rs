//! League tables: companies by a measure, largest first; those without a value
//! come last with the reason.

use egui::{Sense, Ui};

use crate::analytics::Missing;
use crate::analytics::measure::{Facts, Measure};
use crate::model::CompanyId;
use crate::ui::theme;
use crate::ui::widget::{BarRow, Places, caption, heading, link};
use crate::ui::{Cx, format, provenance};

use super::{axes, cloud};

/// Rows until all are asked for.
const TOP: usize = 12;
const PLACES: Places = Places {
    height: theme::PANE_ROW,
    lead: 28.0,
    name: 168.0,
    value: 88.0,
    detail: 0.0,
};

/// A league table, ready to be painted.
#[derive(Clone, Debug, PartialEq)]
pub struct League {
    /// By what.
    pub measure: Measure,
    /// Best first, the unknown last.
    pub rows: Vec<Ranked>,
}

/// A company in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranked {
    /// Which.
    pub company: CompanyId,
    /// What is painted.
    pub row: BarRow,
    /// Why there is no value, if there is none.
    pub missing: Option<String>,
}

/// The league of a measure.
pub fn build(cx: &Cx<'_>, measure: Measure) -> League {
    let value = |facts: Facts<'_>| {
        let stated = measure.of(facts)?;
        if stated.value.is_finite() {
            Ok(stated)
        } else {
            Err(Missing::because("the value is no number"))
        }
    };
    let all = cx.derived.all_facts();
    let mut all: Vec<_> = all.map(|facts| (facts, value(facts))).collect();
    // Greatest first; of equal and unknown ones the order of the book holds.
    all.sort_by(|(_, a), (_, b)| match (a, b) {
        (Ok(a), Ok(b)) => b.value.total_cmp(&a.value),
        (Ok(_), Err(_)) => std::cmp::Ordering::Less,
        (Err(_), Ok(_)) => std::cmp::Ordering::Greater,
        (Err(_), Err(_)) => std::cmp::Ordering::Equal,
    });
    let known = || all.iter().filter_map(|(_, value)| value.as_ref().ok());
    let low = known().map(|stated| stated.value).fold(0.0, f64::min);
    let high = known().map(|stated| stated.value).fold(0.0, f64::max);
    let span = (high - low).max(f64::MIN_POSITIVE);
    let part = |value: f64| ((value - low) / span) as f32;
    let row = |(place, (facts, value)): (usize, &(Facts<'_>, _))| {
        let value: &crate::analytics::Answer<f64> = value;
        let text = format::measured(measure.unit(), value);
        let rank = format!("{}", place + 1);
        let symbol = facts.row.symbol.clone();
        let name = symbol.unwrap_or_else(|| facts.row.company.clone());
        let row = &facts.row;
        Ranked {
            company: row.company_id,
            row: BarRow {
                lead: value.as_ref().map_or(String::new(), |_| rank),
                colour: Some(cloud::colour(cx, row.company_id)),
                quiet: if name == row.company {
                    String::new()
                } else {
                    row.company.clone()
                },
                bar: value.as_ref().ok().map(|v| (part(0.0), part(v.value))),
                dim: value.is_err(),
                words: format!("{name}, {} {text}", measure.label()),
                detail: String::new(),
                value: text,
                name,
            },
            missing: value.as_ref().err().map(|missing| missing.0.clone()),
        }
    };
    League {
        measure,
        rows: all.iter().enumerate().map(row).collect(),
    }
}

impl League {
    /// The table as text, for the clipboard: tabs between cells.
    pub fn to_text(&self) -> String {
        let mut lines = vec![format!("Rank\tCompany\t{}", self.measure.label())];
        for ranked in &self.rows {
            let row = &ranked.row;
            lines.push(format!("{}\t{}\t{}", row.lead, row.name, row.value));
        }
        lines.join("\n")
    }
}

/// Shows the league at that place; `open` is whether all rows are shown.
pub fn show(
    ui: &mut Ui,
    cx: &Cx<'_>,
    place: usize,
    league: &League,
    selected: Option<CompanyId>,
    open: &mut bool,
) {
    ui.horizontal(|ui| {
        heading(ui, &cx.tokens, "Ranked by");
        axes::league_box(ui, cx, place);
    });
    ui.add_space(theme::HALF);
    let shown = if *open { usize::MAX } else { TOP };
    for ranked in league.rows.iter().take(shown) {
        row(ui, cx, (place, league), ranked, selected);
    }
    if league.rows.is_empty() {
        caption(ui, &cx.tokens, "No company yet");
    }
    if league.rows.len() > TOP {
        ui.add_space(theme::HALF);
        let text = if *open {
            format!("Only the first {TOP}")
        } else {
            format!("All {}", league.rows.len())
        };
        if link(ui, &cx.tokens, &text)
            .on_hover_text("In every league table")
            .clicked()
        {
            *open = !*open;
        }
    }
}

fn row(
    ui: &mut Ui,
    cx: &Cx<'_>,
    (place, league): (usize, &League),
    ranked: &Ranked,
    selected: Option<CompanyId>,
) {
    let company = ranked.company;
    let is_selected = selected == Some(company);
    let salt = ("league", place, company.0);
    ui.push_id(salt, |ui| {
        let row = &ranked.row;
        let mut response = row.show(ui, &cx.tokens, &PLACES, Sense::click(), is_selected);
        super::take_click(ui, cx, &response, company, is_selected);
        // What is out of sight can be focused, which brings it into sight.
        if !ui.is_rect_visible(response.rect) {
            return;
        }
        if ranked.missing.is_none() {
            let at = PLACES.value_in(response.rect);
            let of = (company, league.measure);
            response = response.union(super::explained(ui, cx, at, &row.name, of));
        }
        let response = match &ranked.missing {
            Some(reason) => response.on_hover_text(provenance::sentence(reason)),
            None => response,
        };
        response.context_menu(|ui| {
            cloud::explain(ui, cx, company, league.measure);
            cloud::open(ui, cx, company);
            ui.separator();
            if ui.button("Copy table").clicked() {
                ui.copy_text(league.to_text());
                ui.close();
            }
        });
    });
}
