//! A link: accent text that does one thing here or opens a page. The caller says
//! which; this only draws it.

use egui::{Color32, CursorIcon, Response, Role, Sense, Stroke, Ui, WidgetInfo};

use super::focus_ring;
use crate::ui::theme::{HAIRLINE, RADIUS_SMALL, TEXT, Tokens, Weight, font};

/// Draws a link as wide as its text.
pub fn link(ui: &mut Ui, tokens: &Tokens, text: &str) -> Response {
    let galley = ui.painter().layout_no_wrap(
        text.to_owned(),
        font(TEXT, Weight::Regular),
        Color32::PLACEHOLDER,
    );
    let (rect, response) = ui.allocate_exact_size(galley.size().ceil(), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Link, ui.is_enabled(), text));
    if ui.is_rect_visible(rect) {
        let colour = if response.is_pointer_button_down_on() {
            tokens.pressed(tokens.accent)
        } else if response.hovered() {
            tokens.lifted(tokens.accent)
        } else {
            tokens.accent
        };
        ui.painter().galley(rect.min, galley, colour);
        if response.hovered() {
            let y = rect.bottom() - 1.5;
            ui.painter()
                .hline(rect.x_range(), y, Stroke::new(HAIRLINE, colour));
        }
        focus_ring(ui, tokens, &response, rect.expand(2.0), RADIUS_SMALL);
    }
    response.on_hover_cursor(CursorIcon::PointingHand)
}
