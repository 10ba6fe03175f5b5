//! A small chart of coins held: level from one statement to the next.

use egui::{Align2, Pos2, Role, Sense, Shape, Stroke, Ui, WidgetInfo, pos2, vec2};
use rust_decimal::prelude::ToPrimitive as _;

use crate::analytics::lines::day_number;
use crate::analytics::treasury::Held;
use crate::ui::theme::{self, Weight};
use crate::ui::widget::caption;
use crate::ui::{Cx, format};

/// Height of the chart.
const HEIGHT: f32 = 110.0;
/// Room above and below the line for words.
const WORDS: f32 = 18.0;

/// Holdings prepared for painting.
#[derive(Default)]
pub struct Holdings {
    points: Vec<Point>,
    most: String,
    ends: Option<(String, String)>,
}

struct Point {
    day: f64,
    /// Of the most ever held.
    part: f32,
    text: String,
}

impl Holdings {
    /// Holdings, oldest first.
    pub fn of(held: &[Held]) -> Self {
        let most = held.iter().map(|of| of.btc).max().unwrap_or_default();
        let point = |of: &Held| {
            let part = of.btc.checked_div(most).and_then(|part| part.to_f32());
            let coins = format::hedged(of.hedge, &format::decimal_places(of.btc, 0));
            Point {
                day: day_number(of.day),
                part: part.unwrap_or(0.0).clamp(0.0, 1.0),
                text: format!("{}: {coins} BTC", format::day_long(of.day)),
            }
        };
        let day = |of: &Held| format::month_year(of.day);
        Self {
            points: held.iter().map(point).collect(),
            most: format::decimal_places(most, 0),
            ends: held.first().map(day).zip(held.last().map(day)),
        }
    }
}

/// Shows the holdings.
pub fn steps(ui: &mut Ui, cx: &Cx<'_>, of: &Holdings) {
    let (tokens, points) = (&cx.tokens, &of.points);
    let (Some(first), Some(last), Some(ends)) = (points.first(), points.last(), &of.ends) else {
        caption(ui, tokens, "No holding is stated");
        return;
    };
    if points.len() == 1 {
        // One statement is no course of things.
        caption(ui, tokens, &first.text);
        return;
    }
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::hover());
    let words = || {
        let texts: Vec<_> = points.iter().map(|point| point.text.as_str()).collect();
        format!("BTC held: {}", texts.join(", "))
    };
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, words()));
    let plot = rect.shrink2(vec2(4.0, WORDS));
    let days = (last.day - first.day).max(1.0);
    let at = |point: &Point| {
        let x = plot.left() + ((point.day - first.day) / days) as f32 * plot.width();
        pos2(x, plot.bottom() - point.part * plot.height())
    };
    let mut line: Vec<Pos2> = Vec::with_capacity(2 * points.len());
    for point in points {
        let place = at(point);
        if let Some(before) = line.last().copied() {
            line.push(pos2(place.x, before.y));
        }
        line.push(place);
    }
    let painter = ui.painter();
    painter.hline(
        plot.x_range(),
        plot.bottom(),
        (theme::HAIRLINE, tokens.line),
    );
    painter.add(Shape::line(
        line,
        Stroke::new(theme::LINE_SELECTED, tokens.btc),
    ));
    for point in points {
        painter.circle_filled(at(point), 2.5, tokens.btc);
    }
    let font = theme::font(theme::CAPTION, Weight::Regular);
    let text = |place: Pos2, anchor: Align2, text: &str| {
        painter.text(place, anchor, text, font.clone(), tokens.text3);
    };
    text(
        rect.left_top(),
        Align2::LEFT_TOP,
        &format!("highest {}", of.most),
    );
    text(rect.left_bottom(), Align2::LEFT_BOTTOM, &ends.0);
    text(rect.right_bottom(), Align2::RIGHT_BOTTOM, &ends.1);
    let Some(pointer) = response.hover_pos() else {
        return;
    };
    let near = points.iter().min_by(|a, b| {
        let far = |point: &Point| (at(point).x - pointer.x).abs();
        far(a).total_cmp(&far(b))
    });
    if let Some(near) = near {
        painter.circle_stroke(at(near), 4.5, Stroke::new(1.5, tokens.text1));
        response.on_hover_ui_at_pointer(|ui| {
            ui.label(&near.text);
        });
    }
}
