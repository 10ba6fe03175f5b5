//! One line of a form: label, input, unit, and below the input a message whose
//! room is always kept, so that nothing jumps while typing. It parses nothing.

use egui::{Align, Align2, Label, Layout, Rect, Response, RichText, Stroke, StrokeKind, TextEdit};
use egui::{Ui, UiBuilder, pos2, vec2};

use super::{Tone, focus_ring};
use crate::ui::theme::{
    CAPTION, CONTROL, FIELD, FIELD_LABEL, GRID, HAIRLINE, MESSAGE, RADIUS, SECONDARY, TEXT, Tokens,
    Weight, font,
};

/// A field of a form, drawn by [`FieldRow::show`].
#[derive(Clone, Copy, Debug, Default)]
pub struct FieldRow<'a> {
    /// The label, which is also the input's accessible name.
    pub label: &'a str,
    /// The unit right of the input, or "".
    pub unit: &'a str,
    /// What the empty input suggests, as "9.8b", or "".
    pub hint: &'a str,
    /// How the text was read or what is wrong with it.
    pub message: Option<(Tone, &'a str)>,
}

impl<'a> FieldRow<'a> {
    /// A field with a label only.
    pub fn new(label: &'a str) -> Self {
        Self {
            label,
            ..Self::default()
        }
    }

    /// Draws the row over the available width and returns the input's response.
    pub fn show(self, ui: &mut Ui, tokens: &Tokens, text: &mut String) -> Response {
        let size = vec2(ui.available_width(), CONTROL + MESSAGE);
        let (area, _) = ui.allocate_exact_size(size, egui::Sense::empty());
        let left = area.left() + FIELD_LABEL;
        let width = FIELD.min((area.right() - left).max(CONTROL));
        let input = Rect::from_min_size(pos2(left, area.top()), vec2(width, CONTROL));

        let label = self.label(ui, tokens, area, input);
        let edit = TextEdit::singleline(text)
            .hint_text(RichText::new(self.hint).color(tokens.text3))
            .font(font(TEXT, Weight::Regular))
            .align(egui::Align2::LEFT_CENTER)
            .min_size(input.size())
            .desired_width(input.width());
        let response = ui.put(input, edit).labelled_by(label.id);
        if let Some((tone @ (Tone::Error | Tone::Warn), _)) = self.message {
            let stroke = Stroke::new(HAIRLINE, tone.colour(tokens));
            ui.painter()
                .rect_stroke(input, RADIUS, stroke, StrokeKind::Inside);
        }
        focus_ring(ui, tokens, &response, input, RADIUS);
        ui.painter().text(
            pos2(input.right() + GRID, input.center().y),
            Align2::LEFT_CENTER,
            self.unit,
            font(SECONDARY, Weight::Regular),
            tokens.text3,
        );
        self.message(ui, tokens, area, input);
        response
    }

    fn label(&self, ui: &mut Ui, tokens: &Tokens, area: Rect, input: Rect) -> Response {
        let rect = Rect::from_min_max(area.min, pos2(input.left() - GRID, input.bottom()));
        let text = RichText::new(self.label)
            .font(font(TEXT, Weight::Regular))
            .color(tokens.text2);
        line(ui, rect, Label::new(text).truncate())
    }

    fn message(&self, ui: &mut Ui, tokens: &Tokens, area: Rect, input: Rect) {
        if let Some((tone, message)) = self.message {
            let rect = Rect::from_min_max(pos2(input.left(), input.bottom()), area.max);
            let text = RichText::new(message)
                .font(font(CAPTION, Weight::Regular))
                .color(tone.colour(tokens));
            line(ui, rect, Label::new(text).truncate());
        }
    }
}

/// A label in the middle of `rect`'s height, from its left.
fn line(ui: &mut Ui, rect: Rect, label: Label) -> Response {
    let builder = UiBuilder::new()
        .max_rect(rect)
        .layout(Layout::left_to_right(Align::Center));
    ui.scope_builder(builder, |ui| ui.add(label)).inner
}
