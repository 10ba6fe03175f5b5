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

/// True if a dialog or a form lies over this part of the window. A tooltip that
/// was open stays as long as the pointer rests, and would lie over the dialog.
pub fn covered(ui: &Ui) -> bool {
    let layer = ui.layer_id();
    !ui.memory(|memory| memory.is_above_modal_layer(layer))
}
