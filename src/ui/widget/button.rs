//! The one button of a form that does what the form is for. Other buttons are
//! egui's own, dressed by the theme.

use egui::{Color32, CornerRadius, CursorIcon, Response, Role, Sense, Ui, WidgetInfo, vec2};

use super::focus_ring;
use crate::ui::theme::{CONTROL, GUTTER, RADIUS, TEXT, Tokens, Weight, font};

/// Draws a button filled with the accent.
pub fn primary_button(ui: &mut Ui, tokens: &Tokens, text: &str) -> Response {
    let galley = ui.painter().layout_no_wrap(
        text.to_owned(),
        font(TEXT, Weight::Medium),
        Color32::PLACEHOLDER,
    );
    let size = vec2((galley.size().x + 2.0 * GUTTER).ceil(), CONTROL);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), text));
    if ui.is_rect_visible(rect) {
        let fill = if response.is_pointer_button_down_on() {
            tokens.pressed(tokens.accent)
        } else if response.hovered() {
            tokens.lifted(tokens.accent)
        } else {
            tokens.accent
        };
        let radius = CornerRadius::same(RADIUS);
        ui.painter().rect_filled(rect, radius, fill);
        focus_ring(ui, tokens, &response, rect.expand(2.0), radius);
        let corner = rect.center() - galley.size() / 2.0;
        ui.painter().galley(corner, galley, tokens.on_accent);
    }
    response.on_hover_cursor(CursorIcon::PointingHand)
}
