//! Bitcoin reduction from peak by company, as bars: a fall of the stock, which
//! is not the same as sales.

use egui::{Sense, Ui};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use crate::analytics::measure::Measure;
use crate::model::CompanyId;
use crate::ui::theme;
use crate::ui::widget::{BarRow, Places, caption, heading};
use crate::ui::{Cx, format};

use super::cloud;

/// Companies shown.
const MOST: usize = 10;
const PLACES: Places = Places {
    height: 24.0,
    lead: 0.0,
    name: 92.0,
    value: 104.0,
    detail: 0.0,
};

/// The companies with a reduction, ready to be painted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Coins {
    /// Largest first.
    pub rows: Vec<(CompanyId, BarRow)>,
    /// Those not shown, in words.
    pub more: Option<String>,
}

/// The reductions of the sector.
pub fn build(cx: &Cx<'_>) -> Coins {
    let all = cx.derived.sector.btc_reduction.iter();
    // Who stands at the peak has no reduction.
    let all: Vec<_> = all.filter(|(_, btc)| *btc > Decimal::ZERO).collect();
    let most = all.iter().map(|(_, btc)| *btc).max().unwrap_or_default();
    let name = |company: CompanyId| {
        let symbol = cx.book.symbol_of(company);
        symbol.unwrap_or_else(|| cx.company_name(company))
    };
    let row = |(company, btc): &&(CompanyId, Decimal)| {
        let value = format!("{} BTC", format::decimal_places(*btc, 0));
        let length = btc.checked_div(most).and_then(|part| part.to_f32());
        let name = name(*company);
        let row = BarRow {
            colour: Some(cloud::colour(cx, *company)),
            name: name.to_owned(),
            words: format!("{name}, BTC off peak {value}"),
            bar: length.map(|length| (0.0, length)),
            value,
            ..BarRow::default()
        };
        (*company, row)
    };
    let rest: Vec<_> = all.iter().skip(MOST).map(|(id, _)| name(*id)).collect();
    Coins {
        rows: all.iter().take(MOST).map(row).collect(),
        more: (!rest.is_empty()).then(|| format!("Less each: {}", rest.join(", "))),
    }
}

/// Shows the bars under their title.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, coins: &Coins, selected: Option<CompanyId>) {
    heading(ui, &cx.tokens, "Bitcoin off its peak");
    let note = "Highest stated holding less the newest one: a fall of the stock, not sales";
    caption(ui, &cx.tokens, note).on_hover_text(note);
    ui.add_space(theme::HALF);
    if coins.rows.is_empty() {
        caption(ui, &cx.tokens, "No company states a holding below its peak");
    }
    for (company, row) in &coins.rows {
        let company = *company;
        ui.push_id(("coins", company.0), |ui| {
            let is_selected = selected == Some(company);
            let response = row.show(ui, &cx.tokens, &PLACES, Sense::click(), is_selected);
            super::take_click(ui, cx, &response, company, is_selected);
            if !ui.is_rect_visible(response.rect) {
                return;
            }
            let at = PLACES.value_in(response.rect);
            let of = (company, Measure::BtcReduction);
            let response = response.union(super::explained(ui, cx, at, &row.name, of));
            response.context_menu(|ui| {
                cloud::explain(ui, cx, company, Measure::BtcReduction);
                cloud::explain(ui, cx, company, Measure::BtcSold);
                cloud::open(ui, cx, company);
            });
        });
    }
    if let Some(more) = &coins.more {
        caption(ui, &cx.tokens, more).on_hover_text(more);
    }
}
