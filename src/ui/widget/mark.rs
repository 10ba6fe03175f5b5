//! Marks painted at a given place, for tables: they allocate nothing.

use egui::{
    Color32, Id, Painter, Pos2, Rect, Response, Role, Sense, Shape, Stroke, StrokeKind, Ui,
    WidgetInfo, pos2, vec2,
};

use crate::analytics::staleness::{Limits, Staleness};
use crate::ui::theme::{self, Tokens};

/// A dot coloured by an age in days: fresh, ageing or stale by the limits of what
/// is measured; an unknown age paints nothing.
pub fn dot(painter: &Painter, centre: Pos2, days: Option<i64>, limits: Limits, tokens: &Tokens) {
    let colour = match days.map(|days| limits.judge(days)) {
        None => return,
        Some(Staleness::Fresh) => tokens.good,
        Some(Staleness::Ageing) => tokens.warn,
        Some(Staleness::Stale) => tokens.error,
    };
    painter.circle_filled(centre, theme::DOT / 2.0, colour);
}

/// A small line that fills `rect` from the least to the greatest value.
pub fn spark(painter: &Painter, rect: Rect, values: &[f32], colour: Color32) {
    let low = values.iter().copied().fold(f32::INFINITY, f32::min);
    let high = values.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    if values.len() < 2 || !(low.is_finite() && high.is_finite()) {
        return;
    }
    let step = rect.width() / (values.len() - 1) as f32;
    let height = (high - low).max(f32::MIN_POSITIVE);
    let point = |(index, value): (usize, &f32)| {
        pos2(
            rect.left() + index as f32 * step,
            rect.bottom() - (value - low) / height * rect.height(),
        )
    };
    let points = values.iter().enumerate().map(point).collect();
    painter.add(Shape::line(points, Stroke::new(theme::LINE, colour)));
}

/// A square in the middle of `rect` that is on (filled) or off (an outline).
pub fn square(
    ui: &Ui,
    rect: Rect,
    id: Id,
    on: bool,
    colour: Color32,
    name: &str,
    tokens: &Tokens,
) -> Response {
    let response = ui.interact(rect, id, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, on, name));
    let square = Rect::from_center_size(rect.center(), vec2(theme::SQUARE, theme::SQUARE));
    let lit = if response.hovered() {
        tokens.lifted(colour)
    } else {
        colour
    };
    if on {
        ui.painter()
            .rect_filled(square, f32::from(theme::RADIUS_SMALL), lit);
    } else {
        let edge = if response.hovered() { lit } else { tokens.edge };
        ui.painter().rect_stroke(
            square,
            f32::from(theme::RADIUS_SMALL),
            Stroke::new(1.2, edge),
            StrokeKind::Inside,
        );
    }
    super::focus_ring(
        ui,
        tokens,
        &response,
        square.expand(2.0),
        theme::RADIUS_SMALL,
    );
    response
}

/// What a small mark beside a price says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// Taken within a session: a dot.
    Live,
    /// Older than it could be: a ring.
    Late,
    /// Waits for an answer: a question mark.
    Asks,
}

impl Sign {
    /// The mark as a word, for screen readers and tests.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Late => "stale",
            Self::Asks => "question",
        }
    }
}

/// Paints a mark that fits between two columns of a table.
pub fn sign(painter: &Painter, centre: Pos2, sign: Sign, tokens: &Tokens) {
    const RADIUS: f32 = 2.5;
    match sign {
        Sign::Live => {
            painter.circle_filled(centre, RADIUS, tokens.accent);
        }
        Sign::Late => {
            painter.circle_stroke(centre, RADIUS, Stroke::new(1.4, tokens.warn));
        }
        Sign::Asks => {
            let font = theme::font(theme::SECONDARY, theme::Weight::SemiBold);
            painter.text(centre, egui::Align2::CENTER_CENTER, "?", font, tokens.warn);
        }
    }
}
