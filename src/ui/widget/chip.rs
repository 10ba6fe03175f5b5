//! A chip: quiet text that is one of a row's choices, as the chart's ranges.

use egui::{Color32, CornerRadius, CursorIcon, Response, Role, Sense, Ui, WidgetInfo, vec2};

use super::focus_ring;
use crate::ui::theme::{CHIP, RADIUS, TEXT, Tokens, Weight, font};

/// Room left and right of a chip's text.
const PADDING: f32 = 7.0;

/// Draws a chip; `selected` fills it and turns its text into the accent.
pub fn chip(ui: &mut Ui, tokens: &Tokens, text: &str, selected: bool) -> Response {
    let galley = ui.painter().layout_no_wrap(
        text.to_owned(),
        font(TEXT, Weight::Regular),
        Color32::PLACEHOLDER,
    );
    let size = vec2((galley.size().x + 2.0 * PADDING).ceil(), CHIP);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, ui.is_enabled(), selected, text));
    if ui.is_rect_visible(rect) {
        let radius = CornerRadius::same(RADIUS);
        let fill = if response.is_pointer_button_down_on() {
            tokens.pressed(tokens.selected)
        } else if selected {
            tokens.selected
        } else if response.hovered() {
            tokens.hover
        } else {
            Color32::TRANSPARENT
        };
        let colour = if selected {
            tokens.accent
        } else if response.hovered() || response.has_focus() {
            tokens.text1
        } else {
            tokens.text2
        };
        ui.painter().rect_filled(rect, radius, fill);
        focus_ring(ui, tokens, &response, rect.shrink(1.0), radius);
        let corner = rect.center() - galley.size() / 2.0;
        ui.painter().galley(corner, galley, colour);
    }
    response.on_hover_cursor(CursorIcon::PointingHand)
}
