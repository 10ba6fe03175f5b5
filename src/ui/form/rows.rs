//! The lines of a list inside a form, such as the phases of a deal: one line of
//! inputs each, over all columns of the sheet. They are read as single fields are.

use egui::{
    Align, Align2, Label, Layout, Rect, RichText, Sense, Stroke, StrokeKind, TextEdit, Ui,
    UiBuilder, pos2, vec2,
};

use super::fields::Fields;
use super::{Focus, Spot};
use crate::model::draft::RowDraft;
use crate::ui::theme::{
    CAPTION, CHIP, CONTROL, GRID, HAIRLINE, HALF, MESSAGE, RADIUS, SECONDARY, TEXT, Weight, font,
};
use crate::ui::widget::{Tone, focus_ring, section, sign_button};

/// Narrower than this, a line is drawn as two.
const WIDE: f32 = 700.0;
/// The widest input, where there are few in a line.
const WIDEST: f32 = 160.0;

/// What a list looks like.
pub(super) struct List {
    /// Its title.
    pub title: &'static str,
    /// What adds a line.
    pub add: &'static str,
    /// A caption and an example for each field of a line, in its order.
    pub cells: &'static [(&'static str, &'static str)],
}

/// Draws the lines. `blank` makes the one at a place.
pub(super) fn show<R: RowDraft>(
    ui: &mut Ui,
    fields: &mut Fields<'_>,
    list: &List,
    rows: &mut Vec<R>,
    blank: impl FnOnce(usize) -> R,
) {
    ui.add_space(GRID);
    let tokens = fields.cx.tokens;
    let add = section(ui, &tokens, list.title, Some(list.add));
    if let Some(link) = add.as_ref().filter(|link| link.gained_focus()) {
        link.scroll_to_me(None);
    }
    ui.add_space(HALF);
    let mut removed = None;
    for (place, row) in rows.iter_mut().enumerate() {
        // What is drawn inside a line must not move where the next one begins.
        let drawn = ui.push_id(place, |ui| line(ui, fields, list, place, row));
        if drawn.inner {
            removed = Some(place);
        }
    }
    if let Some(place) = removed {
        rows.remove(place);
        // What was said of the lines below is not said of those in their place.
        fields.visit.left.retain(|spot| spot.row.is_none());
    }
    if add.is_some_and(|link| link.clicked()) {
        let place = rows.len();
        let row = blank(place);
        let first = row.fields().first().map(|field| field.name);
        fields.visit.focus = first.map(|field| Focus::Field(Spot::in_row(place, field)));
        rows.push(row);
    }
}

/// Draws a line; true if it is to be taken out.
fn line(
    ui: &mut Ui,
    fields: &mut Fields<'_>,
    list: &List,
    place: usize,
    row: &mut dyn RowDraft,
) -> bool {
    let width = ui.available_width();
    let wide = width >= WIDE;
    let count = list.cells.len();
    let across = if wide { count } else { count.div_ceil(2) };
    // Captions stand once above a table, and above each half of a line.
    let captions = !wide || place == 0;
    let caption = if captions { CAPTION + HALF } else { 0.0 };
    let halves = count.div_ceil(across);
    let height = halves as f32 * (caption + CONTROL + HALF) + MESSAGE - HALF;
    let (area, _) = ui.allocate_exact_size(vec2(width, height), Sense::empty());
    let room = width - CHIP - GRID;
    let cell = (room / across as f32 - GRID).min(WIDEST);
    let tokens = fields.cx.tokens;
    for (index, (of, (title, hint))) in row.fields().iter().zip(list.cells).enumerate() {
        let (half, column) = (index / across, index % across);
        let left = area.left() + column as f32 * (cell + GRID);
        let top = area.top() + half as f32 * (caption + CONTROL + HALF);
        if captions {
            let at = pos2(left, top);
            let font = font(CAPTION, Weight::Regular);
            let (painter, colour) = (ui.painter(), tokens.text3);
            painter.text(at, Align2::LEFT_TOP, title, font, colour);
        }
        let input = Rect::from_min_size(pos2(left, top + caption), vec2(cell, CONTROL));
        let label = row.label(place, of.name);
        if let Some(text) = row.text_mut(of.name) {
            let spot = Spot::in_row(place, of.name);
            input_in(ui, fields, spot, input, (&label, hint), text);
        }
    }
    let last = area.bottom() - MESSAGE;
    let button = Rect::from_min_size(
        pos2(area.left() + across as f32 * (cell + GRID), last - CONTROL),
        vec2(CHIP, CONTROL),
    );
    let name = format!("Remove {} {}", row.noun().to_lowercase(), place + 1);
    let builder = UiBuilder::new().max_rect(button).id_salt(("remove", place));
    let remove = ui
        .scope_builder(builder, |ui| sign_button(ui, &tokens, "×", &name))
        .inner
        .on_hover_text(name);
    if remove.gained_focus() {
        remove.scroll_to_me(None);
    }
    if let Some((tone, text)) = fields.readings.message_of_row(place, fields.visit) {
        let below = Rect::from_min_max(pos2(area.left(), last), area.max);
        let text = RichText::new(text)
            .font(font(CAPTION, Weight::Regular))
            .color(tone.colour(&tokens));
        let builder = UiBuilder::new()
            .max_rect(below)
            .layout(Layout::left_to_right(Align::Center));
        ui.new_child(builder).add(Label::new(text).truncate());
    }
    remove.clicked()
}

/// An input without a label beside it: its name is for the keyboard's reader.
fn input_in(
    ui: &mut Ui,
    fields: &mut Fields<'_>,
    spot: Spot,
    rect: Rect,
    (label, hint): (&str, &str),
    text: &mut String,
) {
    let tokens = fields.cx.tokens;
    let edit = TextEdit::singleline(text)
        .id_salt((spot.field, spot.row))
        .hint_text(RichText::new(hint).color(tokens.text3))
        .font(font(TEXT, Weight::Regular))
        .align(Align2::LEFT_CENTER)
        .min_size(rect.size())
        .desired_width(rect.width());
    let response = ui.put(rect, edit);
    ui.ctx()
        .accesskit_node_builder(response.id, |node| node.set_label(label.to_owned()));
    if let Some((tone @ (Tone::Error | Tone::Warn), _)) =
        fields.readings.message(spot, fields.visit)
    {
        let stroke = Stroke::new(HAIRLINE, tone.colour(&tokens));
        ui.painter()
            .rect_stroke(rect, RADIUS, stroke, StrokeKind::Inside);
    }
    focus_ring(ui, &tokens, &response, rect, RADIUS);
    fields.line_visited(ui, spot, &response, text);
}

/// What is odd about a list as a whole, in full.
pub(super) fn told(ui: &mut Ui, fields: &Fields<'_>, about: &str) {
    for text in fields.readings.warnings(about) {
        let text = RichText::new(text)
            .font(font(SECONDARY, Weight::Regular))
            .color(Tone::Warn.colour(&fields.cx.tokens));
        ui.add(Label::new(text).wrap());
    }
}
