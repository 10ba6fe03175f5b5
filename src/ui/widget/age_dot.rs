//! The dot that tells a figure's age at a glance. What counts as stale is
//! decided by the caller.

use egui::{Response, Role, Sense, Stroke, Ui, WidgetInfo, vec2};

use crate::ui::theme::{DOT, Tokens};

/// How old a figure is for its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Age {
    /// Recent enough to rely on.
    Fresh,
    /// Worth checking.
    Ageing,
    /// Likely overtaken.
    Stale,
    /// No date is known, or there is no figure.
    Unknown,
}

impl Age {
    /// The word for tooltips and screen readers.
    pub fn label(self) -> &'static str {
        match self {
            Self::Fresh => "Fresh",
            Self::Ageing => "Ageing",
            Self::Stale => "Stale",
            Self::Unknown => "Age unknown",
        }
    }
}

/// Draws the dot in a square a little larger than it, to be hovered. `name` is
/// what a screen reader says, as "Ageing: 5 Jun 2026".
pub fn age_dot(ui: &mut Ui, tokens: &Tokens, age: Age, name: &str) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(2.0 * DOT, 2.0 * DOT), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, ui.is_enabled(), name));
    let radius = DOT / 2.0;
    let painter = ui.painter();
    match age {
        Age::Fresh => painter.circle_filled(rect.center(), radius, tokens.good),
        Age::Ageing => painter.circle_filled(rect.center(), radius, tokens.warn),
        Age::Stale => painter.circle_filled(rect.center(), radius, tokens.error),
        Age::Unknown => {
            painter.circle_stroke(rect.center(), radius - 0.75, Stroke::new(1.5, tokens.edge))
        }
    };
    response
}
