//! A button that is one sign, as × to close: quiet until the pointer is there.

use egui::{Align2, CursorIcon, Response, Role, Sense, Ui, WidgetInfo, vec2};

use super::focus_ring;
use crate::ui::theme::{CHIP, RADIUS, TEXT, Tokens, Weight, font};

/// Draws the sign in a square; `name` is its accessible name and its tooltip.
pub fn sign_button(ui: &mut Ui, tokens: &Tokens, sign: &str, name: &str) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(CHIP, CHIP), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), name));
    if ui.is_rect_visible(rect) {
        let hovered = response.hovered() || response.has_focus();
        let colour = if hovered { tokens.text1 } else { tokens.text2 };
        if response.hovered() {
            ui.painter().rect_filled(rect, RADIUS, tokens.hover);
        }
        ui.painter().text(
            rect.center(),
            Align2::CENTER_CENTER,
            sign,
            font(TEXT, Weight::Regular),
            colour,
        );
        focus_ring(ui, tokens, &response, rect.shrink(1.0), RADIUS);
    }
    response.on_hover_cursor(CursorIcon::PointingHand)
}
