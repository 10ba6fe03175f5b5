//! Labels in the sizes of the look. They say nothing themselves.

use egui::{Color32, Label, Response, RichText, Ui};

use crate::ui::theme::{BIG, CAPTION, HEADING, SECONDARY, Tokens, Weight, font};

/// A caption: 11 points, `text3`.
pub fn caption(ui: &mut Ui, tokens: &Tokens, text: &str) -> Response {
    label(ui, text, CAPTION, Weight::Regular, tokens.text3)
}

/// Secondary text: 12 points, `text2`.
pub fn secondary(ui: &mut Ui, tokens: &Tokens, text: &str) -> Response {
    label(ui, text, SECONDARY, Weight::Regular, tokens.text2)
}

/// A heading: 14 points, semibold, `text1`.
pub fn heading(ui: &mut Ui, tokens: &Tokens, text: &str) -> Response {
    label(ui, text, HEADING, Weight::SemiBold, tokens.text1)
}

/// The one big number of a pane: 26 points, semibold.
pub fn big(ui: &mut Ui, tokens: &Tokens, text: &str) -> Response {
    label(ui, text, BIG, Weight::SemiBold, tokens.text1)
}

fn label(ui: &mut Ui, text: &str, size: f32, weight: Weight, colour: Color32) -> Response {
    let text = RichText::new(text).font(font(size, weight)).color(colour);
    ui.add(Label::new(text).truncate())
}
