//! Lines of a form other than a single line of text: choices, check boxes,
//! longer texts. They keep the places of `widget::FieldRow`, so that labels,
//! inputs and messages stand in line.

use egui::{Align, Id, Label, Layout, Rect, RichText, Ui, UiBuilder, pos2, vec2};

use crate::ui::theme::{
    CAPTION, CONTROL, FIELD, FIELD_LABEL, GRID, MESSAGE, TEXT, Tokens, Weight, font,
};
use crate::ui::widget::Tone;

/// A line with a label, an input of any kind and room for a message. `add`
/// draws the input into its place and gets the id of the label.
pub(super) fn row<R>(
    ui: &mut Ui,
    tokens: &Tokens,
    label: &str,
    height: f32,
    message: Option<(Tone, &str)>,
    add: impl FnOnce(&mut Ui, Id) -> R,
) -> R {
    let size = vec2(ui.available_width(), height + MESSAGE);
    let (area, _) = ui.allocate_exact_size(size, egui::Sense::empty());
    let left = area.left() + FIELD_LABEL;
    let width = FIELD.min((area.right() - left).max(CONTROL));
    let input = Rect::from_min_size(pos2(left, area.top()), vec2(width, height));
    let beside = Rect::from_min_max(
        area.min,
        pos2(input.left() - GRID, input.top() + CONTROL.min(height)),
    );
    let text = RichText::new(label)
        .font(font(TEXT, Weight::Regular))
        .color(tokens.text2);
    let label = within(ui, beside, |ui| ui.add(Label::new(text).truncate()));
    let result = within(ui, input, |ui| add(ui, label.id));
    if let Some((tone, message)) = message {
        let below = Rect::from_min_max(pos2(input.left(), input.bottom()), area.max);
        let text = RichText::new(message)
            .font(font(CAPTION, Weight::Regular))
            .color(tone.colour(tokens));
        within(ui, below, |ui| ui.add(Label::new(text).truncate()));
    }
    result
}

/// Draws into a part of a place that is allocated already, so the cursor stays.
fn within<R>(ui: &mut Ui, rect: Rect, add: impl FnOnce(&mut Ui) -> R) -> R {
    let builder = UiBuilder::new()
        .max_rect(rect)
        .layout(Layout::left_to_right(Align::Center));
    add(&mut ui.new_child(builder))
}
