//! The ring around what has the keyboard focus. It asks for no focus.

use egui::{CornerRadius, Rect, Response, Stroke, StrokeKind, Ui};

use crate::ui::theme::{FOCUS, Tokens};

/// Draws the ring around `rect` if `response` has the focus.
pub fn focus_ring(
    ui: &Ui,
    tokens: &Tokens,
    response: &Response,
    rect: Rect,
    radius: impl Into<CornerRadius>,
) {
    if response.has_focus() {
        ui.painter().rect_stroke(
            rect,
            radius,
            Stroke::new(FOCUS, tokens.accent),
            StrokeKind::Outside,
        );
    }
}
