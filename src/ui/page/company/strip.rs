//! The strip of key figures: name and value, whence under the pointer; a click
//! explains how it is computed.

use egui::{Align2, CursorIcon, Pos2, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::analytics::measure::Measure;
use crate::ui::page::contested::{self, Contested};
use crate::ui::page::pane::clipped;
use crate::ui::theme::{self, Weight};
use crate::ui::widget::{covered, focus_ring};
use crate::ui::{Action, Cx, format, provenance};

use super::rows::WARNING;
use super::{Shown, State, Tab};

/// The figures, in order; the next rent follows them.
const MEASURES: [Measure; 9] = [
    Measure::Backlog,
    Measure::Debt,
    Measure::BacklogToDebt,
    Measure::Ev,
    Measure::BacklogToEv,
    Measure::EvPerMw,
    Measure::ContractedMw,
    Measure::AiRevenueShare,
    Measure::BtcHeld,
];
/// Height of a row of figures.
const HEIGHT: f32 = 46.0;
/// The least width of a figure.
const LEAST: f32 = 92.0;
const NEXT_RENT: &str = "Next rent";

/// A figure as shown.
pub struct Figure {
    /// None of the next rent, which is a date.
    measure: Option<Measure>,
    name: &'static str,
    value: String,
    label: String,
    known: bool,
    contested: Option<Contested>,
}

/// The key figures of a company.
pub fn figures(cx: &Cx<'_>, shown: Shown<'_>) -> Vec<Figure> {
    let figure = |measure, name, value: String| Figure {
        measure,
        name,
        label: format!("{name}: {value}"),
        known: value != format::UNKNOWN,
        value,
        contested: measure.and_then(|measure| contested::of(cx, shown.facts, measure)),
    };
    let of = |measure: Measure| {
        let value = format::measured(measure.unit(), &measure.of(shown.facts));
        figure(Some(measure), measure.label(), value)
    };
    let next = shown.facts.row.next_rent_start.as_ref().ok();
    let billing = || cx.derived.deals.iter().any(|deal| is_billing(shown, deal));
    let next = match next {
        Some(next) => format::partial_date(next.value),
        None if billing() => "billing".to_owned(),
        None => format::UNKNOWN.to_owned(),
    };
    let measures = MEASURES.into_iter().map(of);
    measures.chain([figure(None, NEXT_RENT, next)]).collect()
}

fn is_billing(shown: Shown<'_>, deal: &crate::analytics::deals::DealRow) -> bool {
    let billing = deal.status == crate::model::deal::DealStatus::Billing;
    deal.company_id == shown.company.id && deal.counts && billing
}

/// Shows the strip, in as many rows as it needs.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, shown: Shown<'_>, state: &mut State) {
    let mut to_deals = false;
    {
        let figures = &state.head.get().figures;
        let width = ui.available_width() - 2.0 * theme::GUTTER;
        let most = ((width / LEAST) as usize).clamp(1, figures.len().max(1));
        let rows = figures.len().div_ceil(most);
        let a_row = figures.len().div_ceil(rows.max(1)).max(1);
        let size = vec2(ui.available_width(), rows as f32 * HEIGHT);
        let (area, _) = ui.allocate_exact_size(size, Sense::hover());
        let cell = vec2((width / a_row as f32).floor(), HEIGHT);
        for (index, figure) in figures.iter().enumerate() {
            let (row, column) = (index / a_row, index % a_row);
            let at = pos2(
                area.left() + theme::GUTTER + column as f32 * cell.x,
                area.top() + row as f32 * HEIGHT,
            );
            to_deals |= one(ui, cx, shown, figure, Rect::from_min_size(at, cell));
        }
    }
    if to_deals {
        state.tab = Tab::Deals;
    }
}

/// Shows a figure; true if the deals are asked for.
fn one(ui: &Ui, cx: &Cx<'_>, shown: Shown<'_>, figure: &Figure, rect: Rect) -> bool {
    let tokens = &cx.tokens;
    let id = ui.make_persistent_id(("key figure", figure.name));
    let response = ui.interact(rect, id, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &figure.label));
    let wide = rect.expand2(vec2(theme::HALF, -2.0));
    let wide = wide.with_max_x(rect.right() - theme::GRID);
    let corners = f32::from(theme::RADIUS);
    if response.hovered() {
        ui.painter().rect_filled(wide, corners, tokens.hover);
    }
    focus_ring(ui, tokens, &response, wide, theme::RADIUS);
    let room = rect.width() - theme::GRID;
    let text = |text: &str, size, weight, colour, y: f32| {
        let galley = clipped(ui, text, theme::font(size, weight), colour, room);
        let place = pos2(rect.left(), rect.top() + y);
        let place = Align2::LEFT_CENTER.anchor_size(place, galley.size());
        ui.painter().galley(place.min, galley, colour);
        place.right()
    };
    let colour = if figure.known {
        tokens.text1
    } else {
        tokens.text3
    };
    let (regular, name) = (Weight::Regular, figure.name);
    let end = text(name, theme::CAPTION, regular, tokens.text3, 12.0);
    text(&figure.value, 15.0, Weight::SemiBold, colour, 30.0);
    let tip = |ui: &mut Ui| {
        if let Some(measure) = figure.measure {
            let answer = measure.of(shown.facts);
            provenance::show(ui, cx, figure.name, &figure.value, &answer);
        } else {
            let next = &shown.facts.row.next_rent_start;
            provenance::show(ui, cx, figure.name, &figure.value, next);
        }
    };
    let mut response = response.on_hover_cursor(CursorIcon::PointingHand);
    if !covered(ui) {
        response = response.on_hover_ui(tip);
    }
    if let Some(contested) = &figure.contested {
        // It lies over the figure, so a click on it does not reach that.
        let centre = pos2(end + theme::GRID, rect.top() + 12.0);
        mark(ui, cx, figure, contested, centre);
    }
    if !response.clicked() {
        return false;
    }
    match figure.measure {
        Some(measure) => cx.act(Action::Explain(shown.company.id, measure)),
        None => return true,
    }
    false
}

/// The mark of a figure that another source disputes; a click shows both.
fn mark(ui: &Ui, cx: &Cx<'_>, figure: &Figure, contested: &Contested, centre: Pos2) {
    let tokens = &cx.tokens;
    let rect = Rect::from_center_size(centre, vec2(theme::GUTTER, theme::GUTTER));
    let id = ui.make_persistent_id(("in conflict", figure.name));
    let response = ui.interact(rect, id, Sense::click());
    let other = &contested.other;
    let words = format!("Show conflict: {} {} or {other}", figure.name, figure.value);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &words));
    let colour = if response.hovered() {
        tokens.text1
    } else {
        tokens.warn
    };
    let font = theme::font(theme::CAPTION, Weight::Regular);
    let middle = Align2::CENTER_CENTER;
    ui.painter().text(centre, middle, WARNING, font, colour);
    focus_ring(ui, tokens, &response, rect, theme::RADIUS_SMALL);
    let hint = format!("Another source says {other}: show both");
    let response = response.on_hover_cursor(CursorIcon::PointingHand);
    if response.on_hover_text(hint).clicked() {
        cx.act(Action::ShowConflict(contested.key));
    }
}
