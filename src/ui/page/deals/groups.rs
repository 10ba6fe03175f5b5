//! The band of totals above the deals, and below it the groups as bars. It
//! paints what the totals say and sums nothing.

use egui::{Align2, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::model::CompanyId;
use crate::model::deal::CounterpartyClass;
use crate::ui::theme::{self, Weight};
use crate::ui::widget::{focus_ring, link};
use crate::ui::{Cx, format};

use super::totals::{Part, Totals};

/// Shows the band of numbers; `open` says whether the groups are shown below.
pub fn band(ui: &mut Ui, cx: &Cx<'_>, totals: &Totals, open: &mut bool) {
    let tokens = &cx.tokens;
    for number in &totals.numbers {
        let (rect, response) = ui.allocate_exact_size(vec2(118.0, 42.0), Sense::hover());
        let words = format!("{}: {}", number.title, number.value);
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
        ui.painter().text(
            rect.left_top() + vec2(0.0, 2.0),
            Align2::LEFT_TOP,
            number.title,
            theme::font(theme::CAPTION, Weight::Regular),
            tokens.text3,
        );
        let colour = if number.value == format::UNKNOWN {
            tokens.text3
        } else {
            tokens.text1
        };
        ui.painter().text(
            rect.left_bottom() - vec2(0.0, 3.0),
            Align2::LEFT_BOTTOM,
            &number.value,
            theme::font(theme::HEADING, Weight::SemiBold),
            colour,
        );
        response.on_hover_text(&number.hint);
    }
    let text = if *open {
        "Hide groups"
    } else {
        "By company and class"
    };
    if link(ui, tokens, text).clicked() {
        *open = !*open;
    }
}

/// What was clicked in the groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Picked {
    /// A company.
    Company(CompanyId),
    /// A class of counterparties.
    Class(CounterpartyClass),
}

const LINE: f32 = 22.0;
/// Width of a group's name, its value and its detail.
const PLACES: (f32, f32, f32) = (92.0, 78.0, 138.0);
/// The narrowest group that still has a bar.
const NARROWEST: f32 = 360.0;

/// Shows the groups side by side, companies in as many columns as fit.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, totals: &Totals) -> Option<Picked> {
    ui.add_space(theme::HALF);
    let columns = ((ui.available_width() / NARROWEST).floor() as usize).clamp(1, 3);
    let mut picked = None;
    if columns == 1 {
        title(ui, cx, "Counted value by company");
        company_lines(ui, cx, &totals.companies, &mut picked);
        title(ui, cx, "By class of counterparty");
        class_lines(ui, cx, totals, &mut picked);
        return picked;
    }
    ui.spacing_mut().item_spacing.x = 2.0 * theme::GUTTER;
    ui.columns(columns, |uis| {
        let Some((last, firsts)) = uis.split_last_mut() else {
            return;
        };
        let each = totals.companies.len().div_ceil(firsts.len().max(1)).max(1);
        let heads = ["Counted value by company", ""];
        for ((ui, parts), head) in firsts
            .iter_mut()
            .zip(totals.companies.chunks(each))
            .zip(heads)
        {
            title(ui, cx, head);
            company_lines(ui, cx, parts, &mut picked);
        }
        title(last, cx, "By class of counterparty");
        class_lines(last, cx, totals, &mut picked);
    });
    picked
}

fn company_lines(ui: &mut Ui, cx: &Cx<'_>, parts: &[Part<CompanyId>], picked: &mut Option<Picked>) {
    for part in parts {
        if line(ui, cx, part) {
            *picked = Some(Picked::Company(part.of));
        }
    }
}

fn class_lines(ui: &mut Ui, cx: &Cx<'_>, totals: &Totals, picked: &mut Option<Picked>) {
    for part in &totals.classes {
        if line(ui, cx, part) {
            *picked = Some(Picked::Class(part.of));
        }
    }
}

fn title(ui: &mut Ui, cx: &Cx<'_>, text: &str) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), LINE), Sense::hover());
    ui.painter().text(
        rect.left_center(),
        Align2::LEFT_CENTER,
        text,
        theme::font(theme::CAPTION, Weight::Regular),
        cx.tokens.text3,
    );
}

/// One group: name, bar, value, detail. True if it was clicked.
fn line<T>(ui: &mut Ui, cx: &Cx<'_>, part: &Part<T>) -> bool {
    let tokens = &cx.tokens;
    let width = ui.available_width();
    let (rect, response) = ui.allocate_exact_size(vec2(width, LINE), Sense::click());
    let words = part.to_text().replace('\t', ", ");
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &words));
    let around = rect.expand2(vec2(theme::HALF, 0.0));
    if response.hovered() {
        let corners = f32::from(theme::RADIUS_SMALL);
        ui.painter().rect_filled(around, corners, tokens.hover);
    }
    focus_ring(ui, tokens, &response, around, theme::RADIUS_SMALL);
    let (name, value, detail) = PLACES;
    let small = theme::font(theme::SECONDARY, Weight::Regular);
    let middle = rect.center().y;
    let painter = ui.painter();
    painter.text(
        rect.left_center(),
        Align2::LEFT_CENTER,
        &part.name,
        theme::font(theme::SECONDARY, Weight::Medium),
        tokens.text1,
    );
    let numbers = rect.right() - detail;
    let room = numbers - value - rect.left() - name;
    if room > 0.0 {
        let long = (room * part.length).max(if part.length > 0.0 { 2.0 } else { 0.0 });
        let bar = Rect::from_min_size(pos2(rect.left() + name, middle - 3.0), vec2(long, 6.0));
        painter.rect_filled(bar, f32::from(theme::RADIUS_SMALL), part.colour);
    }
    painter.text(
        pos2(numbers, middle),
        Align2::RIGHT_CENTER,
        &part.value,
        small.clone(),
        tokens.text1,
    );
    painter.text(
        pos2(rect.right(), middle),
        Align2::RIGHT_CENTER,
        &part.detail,
        small,
        tokens.text3,
    );
    response
        .on_hover_text(format!("Show only {}", part.name))
        .clicked()
}
