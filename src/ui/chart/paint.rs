//! Paints a prepared chart.

use egui::{Align2, FontId, Painter, Rect, Shape, Stroke, Ui, pos2};

use super::prepare::{Laid, Prepared};
use crate::analytics::lines::day_of;
use crate::ui::theme::{self, Tokens, Weight};
use crate::ui::{format, widget};

/// Distance of a label from the plot.
const LEADER: f32 = 14.0;
const MARKER: f32 = 4.5;

impl Prepared {
    /// Paints grid, lines, markers and labels.
    pub fn paint(&self, painter: &Painter, tokens: &Tokens) {
        let caption = theme::font(theme::CAPTION, Weight::Regular);
        for (y, mark) in &self.level_marks {
            painter.hline(self.plot.x_range(), *y, (theme::HAIRLINE, tokens.grid));
            painter.text(
                pos2(self.plot.left() - theme::GRID, *y),
                Align2::RIGHT_CENTER,
                &mark.text,
                caption.clone(),
                tokens.text3,
            );
        }
        for (x, mark) in &self.day_marks {
            painter.text(
                pos2(*x, self.plot.bottom() + theme::GUTTER),
                Align2::CENTER_CENTER,
                &mark.text,
                caption.clone(),
                tokens.text3,
            );
        }
        if let Some(y) = self.hundred {
            let ends = [pos2(self.plot.left(), y), pos2(self.plot.right(), y)];
            painter.extend(Shape::dashed_line(
                &ends,
                Stroke::new(theme::HAIRLINE, tokens.text3),
                3.0,
                3.0,
            ));
        }
        for line in &self.lines {
            painter.add(Shape::line(
                line.points.clone(),
                Stroke::new(line.series.weight.width(), shade(line, tokens)),
            ));
        }
        for (place, index, _) in &self.markers {
            if let Some(line) = self.lines.get(*index) {
                painter.circle(
                    *place,
                    MARKER,
                    tokens.bg,
                    Stroke::new(1.5, line.series.colour),
                );
            }
        }
        for line in &self.lines {
            self.paint_label(painter, tokens, line);
        }
        if self.lines.is_empty() {
            let font = theme::font(theme::TEXT, Weight::Regular);
            painter.text(
                self.plot.center(),
                Align2::CENTER_CENTER,
                "No closes in this range: pick another range or drop a CSV file of prices here",
                font,
                tokens.text3,
            );
        }
    }

    fn paint_label(&self, painter: &Painter, tokens: &Tokens, line: &Laid) {
        let (Some(y), Some(end)) = (line.label, line.points.last()) else {
            return;
        };
        let colour = tokens.as_text(line.series.colour);
        let left = self.plot.right() + LEADER;
        let faint = line.series.colour.gamma_multiply(0.5);
        painter.line_segment([*end, pos2(left - 3.0, y)], (theme::HAIRLINE, faint));
        let name = painter.text(
            pos2(left, y),
            Align2::LEFT_CENTER,
            &line.series.name,
            font(Weight::SemiBold),
            colour,
        );
        let change = format::percent(line.series.line.change, 0);
        let right = (left + 88.0).max(name.right() + theme::HALF);
        painter.text(
            pos2(right, y),
            Align2::RIGHT_CENTER,
            change,
            font(Weight::Regular),
            tokens.text2,
        );
    }

    /// Paints a dragged span.
    pub fn paint_span(&self, painter: &Painter, tokens: &Tokens, from: f64, to: f64) {
        let (a, b) = (self.x(from), self.x(to));
        let span = Rect::from_x_y_ranges(a.min(b)..=a.max(b), self.plot.y_range());
        painter.rect_filled(span, 0.0, tokens.accent.gamma_multiply(0.15));
        let days = format!(
            "{} – {}",
            format::day_long(day_of(from.min(to))),
            format::day_long(day_of(from.max(to)))
        );
        painter.text(
            span.center_top(),
            Align2::CENTER_TOP,
            days,
            font(Weight::Medium),
            tokens.text1,
        );
    }

    /// Paints the line through a day and a dot on each line.
    pub fn paint_crosshair(&self, painter: &Painter, tokens: &Tokens, day: f64) {
        painter.vline(
            self.x(day),
            self.plot.y_range(),
            (theme::HAIRLINE, tokens.edge),
        );
        for (line, level, y) in self.values(day) {
            if level.is_some() {
                painter.circle_filled(pos2(self.x(day), y), 3.0, line.series.colour);
            }
        }
    }

    /// The values of all lines on a day, in a tooltip.
    pub fn show_values(&self, ui: &mut Ui, tokens: &Tokens, day: f64) {
        ui.spacing_mut().item_spacing.y = 2.0;
        ui.spacing_mut().interact_size.y = 16.0;
        widget::caption(ui, tokens, &format::weekday_day_long(day_of(day)));
        for (line, level, _) in self.values(day) {
            ui.horizontal(|ui| {
                let (rect, _) =
                    ui.allocate_exact_size(egui::vec2(150.0, 16.0), egui::Sense::hover());
                let painter = ui.painter();
                let weight = if Self::leads(line) {
                    Weight::SemiBold
                } else {
                    Weight::Regular
                };
                let colour = tokens.as_text(line.series.colour);
                painter.text(
                    rect.left_center(),
                    Align2::LEFT_CENTER,
                    &line.series.name,
                    font(weight),
                    colour,
                );
                let level = format::known(level, format::level);
                let change = line
                    .series
                    .line
                    .level_at(day)
                    .map_or_else(String::new, |level| format::percent(level / 100.0 - 1.0, 1));
                painter.text(
                    pos2(rect.left() + 92.0, rect.center().y),
                    Align2::RIGHT_CENTER,
                    level,
                    font(Weight::Regular),
                    tokens.text1,
                );
                painter.text(
                    rect.right_center(),
                    Align2::RIGHT_CENTER,
                    change,
                    font(Weight::Regular),
                    tokens.text2,
                );
            });
        }
    }
}

fn shade(line: &Laid, tokens: &Tokens) -> egui::Color32 {
    if Prepared::leads(line) {
        line.series.colour
    } else {
        tokens.receding(line.series.colour)
    }
}

fn font(weight: Weight) -> FontId {
    theme::font(theme::SECONDARY, weight)
}
