//! Paints the timeline: above the rent that is left, falling in steps; below it
//! rent due (up) against debt maturing (down), all on one axis of time.

use egui::{
    Align, Align2, Color32, Layout, Painter, Pos2, Rect, Role, Sense, Shape, Stroke, StrokeKind,
    Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use crate::analytics::grain::Grain;
use crate::ui::chart::axis;
use crate::ui::theme::{self, Tokens, Weight};
use crate::ui::widget::{caption, chip, titled};
use crate::ui::{Cx, format};

use super::{Bar, NAMED, Timeline};

/// Room for the days below and for the scale at the left.
const BELOW: f32 = 22.0;
const LEFT: f32 = 58.0;
/// Least width of a mark of the axis.
const MARK: f32 = 52.0;
/// Quarters narrower than this are shown as years.
pub const NARROWEST: f32 = 2.5;
/// Side of a key of the legend.
const KEY: f32 = 8.0;

/// Paints the timeline under its title; true if it is to be shown by year.
pub fn show(
    ui: &mut Ui,
    cx: &Cx<'_>,
    timeline: &Timeline,
    (title, colour): (&str, Color32),
    mut by_year: bool,
) -> bool {
    titled(ui, &cx.tokens, title, |ui| {
        for (text, year) in [("Years", true), ("Quarters", false)] {
            let on = (timeline.grain == Some(Grain::Year)) == year;
            if chip(ui, &cx.tokens, text, on).clicked() {
                by_year = year;
            }
        }
    });
    summary(ui, cx, timeline, colour);
    let rect = ui.available_rect_before_wrap();
    let (rect, response) = ui.allocate_exact_size(rect.size(), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &timeline.words));
    let plot = Plot::of(rect, timeline);
    let under = response
        .hover_pos()
        .and_then(|at| plot.period_at(timeline, at));
    plot.paint(ui.painter(), &cx.tokens, timeline, colour, under);
    if let Some(index) = under {
        response.on_hover_ui_at_pointer(|ui| {
            for (line, text) in timeline.lines(index).iter().enumerate() {
                if line == 0 {
                    caption(ui, &cx.tokens, text);
                } else {
                    ui.label(text);
                }
            }
        });
    }
    by_year
}

/// What is left and what has no date, then what the colours mean.
fn summary(ui: &mut Ui, cx: &Cx<'_>, timeline: &Timeline, colour: Color32) {
    let tokens = &cx.tokens;
    let (rect, _) = ui.allocate_exact_size(
        vec2(ui.available_width(), theme::CHART_CAPTION),
        Sense::hover(),
    );
    let inner = rect.shrink2(vec2(theme::GUTTER, 0.0));
    let right = Layout::right_to_left(Align::Center);
    let mut keys = ui.new_child(UiBuilder::new().max_rect(inner).layout(right));
    keys.spacing_mut().item_spacing.x = theme::HALF;
    let used = |level: usize| {
        let mut bars = timeline.bars.iter();
        bars.any(|bar| bar.debt.get(level).is_some_and(|part| *part > 0.0))
    };
    for (level, word) in [(2, "JV debt"), (1, "project debt"), (0, "parent debt")] {
        if used(level) {
            caption(&mut keys, tokens, word);
            let (at, _) = keys.allocate_exact_size(vec2(KEY, KEY), Sense::hover());
            paint_debt(keys.painter(), tokens, at, level);
        }
    }
    if timeline.starts_full {
        caption(&mut keys, tokens, "rent");
        let (at, _) = keys.allocate_exact_size(vec2(KEY, KEY), Sense::hover());
        keys.painter().rect_filled(at, 1.0, colour);
    }
    let room = inner.with_max_x(keys.min_rect().left() - theme::GRID);
    if room.width() < 3.0 * theme::GUTTER {
        return;
    }
    let across = Layout::left_to_right(Align::Center);
    let mut line = ui.new_child(UiBuilder::new().max_rect(room).layout(across));
    let response = caption(&mut line, tokens, &timeline.summary);
    response.on_hover_ui(|ui| {
        ui.set_max_width(460.0);
        if timeline.undated.is_empty() {
            ui.label("Everything has a date");
        } else {
            caption(ui, tokens, "Not scheduled");
        }
        for text in timeline.undated.iter().take(NAMED.1) {
            ui.label(text);
        }
        let more = timeline.undated.len().saturating_sub(NAMED.1);
        if more > 0 {
            let text = format!("and {}", format::count(more, "more", "more"));
            caption(ui, tokens, &text);
        }
    });
}

/// Paints debt of a level: the parent's leads, a project's stands back, a joint
/// venture's is hollow.
fn paint_debt(painter: &Painter, tokens: &Tokens, at: Rect, level: usize) {
    if level < 2 {
        painter.rect_filled(at, 0.0, tokens.debt(level == 0));
        return;
    }
    let stroke = Stroke::new(theme::HAIRLINE, tokens.debt(true));
    painter.rect_filled(at, 0.0, tokens.bg);
    painter.rect_stroke(at, 0.0, stroke, StrokeKind::Inside);
}

/// The parts of the plot.
struct Plot {
    /// Rent left.
    upper: Rect,
    /// Rent due and debt due, with zero in between.
    lower: Rect,
    zero: f32,
    from: f64,
    to: f64,
}

impl Plot {
    fn of(rect: Rect, timeline: &Timeline) -> Self {
        let area = Rect::from_min_max(
            rect.min + vec2(theme::GUTTER + LEFT, theme::GRID),
            rect.max - vec2(theme::GUTTER, BELOW),
        );
        let part = if timeline.starts_full { 0.42 } else { 0.0 };
        let middle = area.top() + (area.height() * part).floor();
        let gap = if timeline.starts_full {
            theme::GRID
        } else {
            0.0
        };
        let upper = Rect::from_min_max(area.min, pos2(area.right(), middle));
        let lower = Rect::from_min_max(pos2(area.left(), middle + gap), area.max);
        let up = timeline.bars.iter().map(|bar| bar.rent).fold(0.0, f32::max);
        let down = timeline.bars.iter().map(total).fold(0.0, f32::max);
        let above = if up + down > 0.0 {
            up / (up + down)
        } else {
            0.5
        };
        Self {
            upper,
            zero: lower.top() + lower.height() * above,
            lower,
            from: timeline.bars.first().map_or(0.0, |bar| bar.from),
            to: timeline.bars.last().map_or(1.0, |bar| bar.to),
        }
    }

    fn x(&self, day: f64) -> f32 {
        let part = (day - self.from) / (self.to - self.from).max(1.0);
        self.lower.left() + part as f32 * self.lower.width()
    }

    fn period_at(&self, timeline: &Timeline, at: Pos2) -> Option<usize> {
        let mut bars = timeline.bars.iter();
        bars.position(|bar| (self.x(bar.from)..self.x(bar.to)).contains(&at.x))
    }

    fn paint(
        &self,
        painter: &Painter,
        tokens: &Tokens,
        timeline: &Timeline,
        colour: Color32,
        under: Option<usize>,
    ) {
        if timeline.bars.is_empty() {
            let font = theme::font(theme::SECONDARY, Weight::Regular);
            let (at, text) = (self.lower.center(), "Nothing here has a date");
            painter.text(at, Align2::CENTER_CENTER, text, font, tokens.text3);
            return;
        }
        self.paint_axis(painter, tokens, timeline);
        if let Some(bar) = under.and_then(|index| timeline.bars.get(index)) {
            let x = self.x(bar.from)..=self.x(bar.to);
            let band = Rect::from_x_y_ranges(x, self.upper.top()..=self.lower.bottom());
            painter.rect_filled(band, 0.0, tokens.hover);
        }
        if timeline.starts_full {
            self.paint_left(painter, timeline, colour);
        }
        let up = timeline.bars.iter().map(|bar| bar.rent).fold(0.0, f32::max);
        let down = timeline.bars.iter().map(total).fold(0.0, f32::max);
        // One scale for both sides of zero.
        let scale = self.lower.height() / (up + down).max(f32::MIN_POSITIVE);
        for bar in &timeline.bars {
            self.paint_bar(painter, tokens, bar, scale, colour);
        }
        let line = (theme::HAIRLINE, tokens.edge);
        painter.hline(self.lower.x_range(), self.zero, line);
    }

    /// The years below, and how much the heights stand for at the left.
    fn paint_axis(&self, painter: &Painter, tokens: &Tokens, timeline: &Timeline) {
        let font = theme::font(theme::CAPTION, Weight::Regular);
        let most = (self.lower.width() / MARK) as usize;
        let mut right = f32::NEG_INFINITY;
        for mark in axis::day_marks(self.from, self.to, most) {
            let x = self.x(mark.at);
            let y = self.upper.top()..=self.lower.bottom();
            painter.vline(x, y, (theme::HAIRLINE, tokens.grid));
            let fits = x + MARK / 2.0 < self.lower.right() + theme::GUTTER;
            if x < right + theme::GRID || !fits {
                continue;
            }
            let at = pos2(x, self.lower.bottom() + BELOW / 2.0);
            let text = painter.text(
                at,
                Align2::LEFT_CENTER,
                mark.text,
                font.clone(),
                tokens.text3,
            );
            right = text.right();
        }
        let x = self.lower.left() - theme::GRID;
        if timeline.starts_full {
            let at = pos2(x, self.upper.top() + 6.0);
            let text = &timeline.most_left;
            painter.text(at, Align2::RIGHT_CENTER, text, font.clone(), tokens.text3);
        }
        let highest = timeline.bars.iter().map(total).fold(0.0, f32::max);
        let at = if highest >= 1.0 {
            pos2(x, self.lower.bottom() - 6.0)
        } else {
            pos2(x, self.lower.top() + 8.0)
        };
        painter.text(
            at,
            Align2::RIGHT_CENTER,
            &timeline.highest,
            font,
            tokens.text3,
        );
    }

    /// The area of what is left, level within a period.
    fn paint_left(&self, painter: &Painter, timeline: &Timeline, colour: Color32) {
        let y = |part: f32| self.upper.bottom() - part * self.upper.height();
        let mut before = 1.0;
        let mut line = Vec::with_capacity(2 * timeline.bars.len() + 1);
        for bar in &timeline.bars {
            let (left, right) = (self.x(bar.from), self.x(bar.to));
            let column = Rect::from_x_y_ranges(left..=right, y(bar.left)..=self.upper.bottom());
            painter.rect_filled(column, 0.0, colour.gamma_multiply(0.22));
            line.push(pos2(left, y(before)));
            line.push(pos2(left, y(bar.left)));
            before = bar.left;
        }
        line.push(pos2(self.upper.right(), y(before)));
        painter.add(Shape::line(line, Stroke::new(theme::LINE, colour)));
    }

    fn paint_bar(&self, painter: &Painter, tokens: &Tokens, bar: &Bar, scale: f32, rent: Color32) {
        let (left, right) = (self.x(bar.from), self.x(bar.to));
        let gap = ((right - left) * 0.15).min(2.0);
        let x = left + gap..=right - gap;
        let block = |top: f32, bottom: f32| Rect::from_x_y_ranges(x.clone(), top..=bottom);
        if bar.rent > 0.0 {
            let due = block(self.zero - bar.rent * scale, self.zero);
            painter.rect_filled(due, 0.0, rent);
        }
        let mut top = self.zero;
        for (level, part) in bar.debt.iter().enumerate() {
            let bottom = top + part * scale;
            if *part > 0.0 {
                paint_debt(painter, tokens, block(top, bottom), level);
            }
            top = bottom;
        }
    }
}

fn total(bar: &Bar) -> f32 {
    bar.debt.iter().sum()
}
