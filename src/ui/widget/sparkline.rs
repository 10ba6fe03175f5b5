//! A line without axes, to see a shape at a glance. It computes no values.

use egui::{Color32, Response, Role, Sense, Shape, Stroke, Ui, Vec2, WidgetInfo, pos2};

use crate::ui::theme::SPARK;

/// Draws `values` evenly spaced, scaled to their own range; values that are no
/// numbers are skipped, fewer than two draw nothing. `name` is what a screen
/// reader says.
pub fn sparkline(ui: &mut Ui, size: Vec2, values: &[f32], colour: Color32, name: &str) -> Response {
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, ui.is_enabled(), name));
    let numbers = || values.iter().copied().filter(|value| value.is_finite());
    let low = numbers().fold(f32::INFINITY, f32::min);
    let high = numbers().fold(f32::NEG_INFINITY, f32::max);
    if !ui.is_rect_visible(rect) || values.len() < 2 || low > high {
        return response;
    }
    let area = rect.shrink(SPARK);
    let step = area.width() / (values.len() - 1) as f32;
    let height = |value: f32| {
        if high > low {
            (value - low) / (high - low)
        } else {
            0.5
        }
    };
    let points = values
        .iter()
        .enumerate()
        .filter(|(_, value)| value.is_finite())
        .map(|(index, value)| {
            let x = area.left() + index as f32 * step;
            pos2(x, area.bottom() - height(*value) * area.height())
        })
        .collect();
    ui.painter()
        .add(Shape::line(points, Stroke::new(SPARK, colour)));
    response
}
