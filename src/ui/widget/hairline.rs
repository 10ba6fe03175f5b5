//! Hairlines: the only separators. They take no space unless they say so.

use egui::{Rect, Stroke, Ui, vec2};

use crate::ui::theme::{HAIRLINE, Tokens};

/// A horizontal line over the available width; takes its own thickness.
pub fn hairline(ui: &mut Ui, tokens: &Tokens) {
    let (rect, _) =
        ui.allocate_exact_size(vec2(ui.available_width(), HAIRLINE), egui::Sense::empty());
    hairline_below(ui, tokens, rect);
}

/// A line along the lower edge of `rect`, inside it.
pub fn hairline_below(ui: &Ui, tokens: &Tokens, rect: Rect) {
    let y = rect.bottom() - HAIRLINE / 2.0;
    ui.painter()
        .hline(rect.x_range(), y, Stroke::new(HAIRLINE, tokens.line));
}

/// A line along the right edge of `rect`, inside it.
pub fn hairline_right_of(ui: &Ui, tokens: &Tokens, rect: Rect) {
    let x = rect.right() - HAIRLINE / 2.0;
    ui.painter()
        .vline(x, rect.y_range(), Stroke::new(HAIRLINE, tokens.line));
}
