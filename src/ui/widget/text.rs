//! Labels in the sizes of the look. They say nothing themselves.

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Align2, Color32, FontId, Label, Painter, Rect, Response, RichText, Ui, pos2};

use crate::ui::theme::{BIG, CAPTION, HEADING, SECONDARY, Tokens, Weight, font};

/// A caption: 11 points, `text3`.
pub fn caption(ui: &mut Ui, tokens: &Tokens, text: &str) -> Response {
    label(ui, text, CAPTION, Weight::Regular, tokens.text3)
}

/// A caption that wraps: what it says is read, not only looked at.
pub fn caption_wrapped(ui: &mut Ui, tokens: &Tokens, text: &str) -> Response {
    let font = font(CAPTION, Weight::Regular);
    let text = RichText::new(text).font(font).color(tokens.text3);
    ui.add(Label::new(text).wrap())
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

/// Paints one line of text in the middle of `at`, from its left or up to its
/// right edge, ended by … where it does not fit. Gives its width.
pub fn line_in(
    painter: &Painter,
    at: Rect,
    text: &str,
    font: FontId,
    colour: Color32,
    right: bool,
) -> f32 {
    let format = TextFormat::simple(font, colour);
    let mut job = LayoutJob::single_section(text.to_owned(), format);
    job.wrap = TextWrapping::truncate_at_width(at.width().max(0.0) + 0.5);
    let galley = painter.layout_job(job);
    let (anchor, x) = if right {
        (Align2::RIGHT_CENTER, at.right())
    } else {
        (Align2::LEFT_CENTER, at.left())
    };
    let place = anchor.anchor_size(pos2(x, at.center().y), galley.size());
    let width = galley.size().x;
    painter.galley(place.min, galley, colour);
    width
}
