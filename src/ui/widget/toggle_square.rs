//! The coloured square that puts a company's line on or off.

use egui::{
    Color32, CornerRadius, CursorIcon, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui,
};
use egui::{Vec2, WidgetInfo, vec2};

use super::focus_ring;
use crate::ui::theme::{CHIP, RADIUS_SMALL, SQUARE, Tokens};

/// Draws the square, filled with `colour` if `on`. A click is in the response;
/// the caller flips the value. `name` is its accessible name, as "Show IREN in
/// the chart".
pub fn toggle_square(
    ui: &mut Ui,
    tokens: &Tokens,
    on: bool,
    colour: Color32,
    name: &str,
) -> Response {
    let (area, response) = ui.allocate_exact_size(vec2(CHIP, CHIP), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, ui.is_enabled(), on, name));
    if ui.is_rect_visible(area) {
        let rect = Rect::from_center_size(area.center(), Vec2::splat(SQUARE));
        let radius = CornerRadius::same(RADIUS_SMALL);
        let fill = match (on, response.is_pointer_button_down_on(), response.hovered()) {
            (_, true, _) => tokens.pressed(colour),
            (true, false, true) => tokens.lifted(colour),
            (true, false, false) => colour,
            (false, false, true) => tokens.selected,
            (false, false, false) => Color32::TRANSPARENT,
        };
        ui.painter().rect_filled(rect, radius, fill);
        if !on {
            let edge = if response.hovered() {
                colour
            } else {
                tokens.edge
            };
            let stroke = Stroke::new(1.5, edge);
            ui.painter()
                .rect_stroke(rect, radius, stroke, StrokeKind::Inside);
        }
        focus_ring(ui, tokens, &response, rect.expand(2.0), radius);
    }
    response.on_hover_cursor(CursorIcon::PointingHand)
}
