//! What the chart paints, laid out for one size: computed when data, range or
//! size change, never per frame.

use egui::{Align2, Painter, Pos2, Rect, pos2, vec2};

use super::axis::{self, Mark, Scale};
use super::{Marker, Series, Weight, labels};
use crate::analytics::lines::{day_number, day_of};
use crate::model::Day;
use crate::ui::{format, theme};

/// Room for the labels at the ends of the lines.
const LABELS: f32 = 104.0;
/// Room for the levels on the left.
const LEVELS: f32 = 34.0;
/// Room for the days below.
const BELOW: f32 = 24.0;
/// Distance of two labels.
const LABEL_GAP: f32 = 14.0;
/// Least distance of two marks of the value axis.
const MARK_GAP: f32 = 44.0;
/// Least width of a mark of the day axis.
const DAY_MARK: f32 = 66.0;
/// How near the pointer must come to a marker or line.
const REACH: f32 = 7.0;

/// What a chart is to show.
#[derive(Clone, Debug)]
pub struct Input {
    /// The lines.
    pub series: Vec<Series>,
    /// The deals on them.
    pub markers: Vec<Marker>,
    /// The day whose closes are 100, and the last day.
    pub days: (Day, Day),
    /// Whether levels are logarithmic.
    pub log: bool,
}

/// A line laid out.
pub struct Laid {
    /// What it draws.
    pub series: Series,
    /// Its points on the screen, at most two a point of width.
    pub points: Vec<Pos2>,
    /// Where its label stands; none if there is no room.
    pub label: Option<f32>,
}

/// A chart laid out for one size.
pub struct Prepared {
    key: u64,
    rect: Rect,
    pub(super) plot: Rect,
    pub(super) days: (f64, f64),
    pub(super) lines: Vec<Laid>,
    pub(super) markers: Vec<(Pos2, usize, Marker)>,
    pub(super) level_marks: Vec<(f32, Mark)>,
    pub(super) day_marks: Vec<(f32, Mark)>,
    pub(super) hundred: Option<f32>,
    scale: Scale,
}

impl Prepared {
    /// Lays the input out in `rect`.
    pub fn new(key: u64, rect: Rect, mut input: Input, painter: &Painter) -> Self {
        let plot = Rect::from_min_max(
            rect.min + vec2(theme::GUTTER + LEVELS, theme::GRID),
            rect.max - vec2(LABELS.min(rect.width() / 3.0), BELOW),
        );
        input.series.sort_by_key(|series| series.weight);
        let days = (
            day_number(input.days.0),
            day_number(input.days.1).max(day_number(input.days.0) + 1.0),
        );
        let levels = || {
            input
                .series
                .iter()
                .flat_map(|s| s.line.points.iter().map(|[_, level]| *level))
        };
        let low = levels().fold(f64::INFINITY, f64::min).min(100.0);
        let high = levels().fold(f64::NEG_INFINITY, f64::max).max(100.0);
        let scale = Scale::around(low, high, input.log);
        let mut prepared = Self {
            key,
            rect,
            plot,
            days,
            lines: Vec::new(),
            markers: Vec::new(),
            level_marks: Vec::new(),
            day_marks: Vec::new(),
            hundred: None,
            scale,
        };
        prepared.hundred = Some(prepared.y(100.0));
        prepared.level_marks = scale
            .marks(f64::from(MARK_GAP / plot.height().max(1.0)))
            .into_iter()
            .map(|mark| (prepared.y(mark.at), mark))
            .collect();
        prepared.day_marks = prepared.lay_day_marks(painter);
        prepared.lines = input
            .series
            .into_iter()
            .map(|series| prepared.lay_line(series))
            .collect();
        prepared.lay_labels();
        prepared.markers = input
            .markers
            .into_iter()
            .filter_map(|marker| prepared.lay_marker(marker))
            .collect();
        prepared
    }

    /// True if nothing changed since it was laid out.
    pub fn fits(&self, key: u64, rect: Rect) -> bool {
        self.key == key && self.rect == rect
    }

    /// The screen's x of a day number.
    pub(super) fn x(&self, day: f64) -> f32 {
        let part = (day - self.days.0) / (self.days.1 - self.days.0);
        self.plot.left() + part as f32 * self.plot.width()
    }

    fn y(&self, level: f64) -> f32 {
        self.plot.bottom() - self.scale.place(level) as f32 * self.plot.height()
    }

    /// The day under an x, none outside the plot.
    pub fn day_at(&self, x: f32) -> Option<f64> {
        if !(self.plot.left() - REACH..=self.plot.right() + REACH).contains(&x) {
            return None;
        }
        let part = f64::from((x - self.plot.left()) / self.plot.width()).clamp(0.0, 1.0);
        Some((self.days.0 + part * (self.days.1 - self.days.0)).round())
    }

    /// The days of a drag, in order; none if it is too short to be meant.
    pub fn zoom_to(&self, a: f64, b: f64) -> Option<(Day, Day)> {
        let (from, to) = if a < b { (a, b) } else { (b, a) };
        (to - from >= 2.0 && self.x(to) - self.x(from) > 2.0 * REACH)
            .then(|| (day_of(from), day_of(to)))
    }

    fn lay_day_marks(&self, painter: &Painter) -> Vec<(f32, Mark)> {
        let most = (self.plot.width() / DAY_MARK) as usize;
        let mut right = f32::NEG_INFINITY;
        let mut laid = Vec::new();
        for mark in axis::day_marks(self.days.0, self.days.1, most) {
            let x = self.x(mark.at);
            let font = theme::font(theme::CAPTION, theme::Weight::Regular);
            let size = painter
                .layout_no_wrap(mark.text.clone(), font, egui::Color32::PLACEHOLDER)
                .size();
            let text = Align2::CENTER_CENTER.anchor_size(pos2(x, 0.0), size);
            if text.left() > right + theme::GRID
                && text.right() <= self.rect.right()
                && text.left() >= self.rect.left()
            {
                right = text.right();
                laid.push((x, mark));
            }
        }
        laid
    }

    /// The points of a line; where there are more than the screen can show, the
    /// least and greatest of each column stand for it, so no extreme is lost.
    fn lay_line(&self, series: Series) -> Laid {
        let columns = self.plot.width().max(1.0) as usize / 2;
        let place = |[day, level]: &[f64; 2]| pos2(self.x(*day), self.y(*level));
        let points = &series.line.points;
        let points = if points.len() <= columns * 2 {
            points.iter().map(place).collect()
        } else {
            crate::analytics::decimate::min_max(points, columns)
                .iter()
                .map(place)
                .collect()
        };
        Laid {
            series,
            points,
            label: None,
        }
    }

    /// Places the labels; where there are too many, the least important go.
    fn lay_labels(&mut self) {
        let (low, high) = (self.plot.top(), self.plot.bottom());
        let room = ((high - low) / LABEL_GAP).floor() as usize + 1;
        let mut order: Vec<usize> = (0..self.lines.len()).collect();
        order.sort_by(|a, b| {
            let rank = |index: &usize| {
                self.lines
                    .get(*index)
                    .map(|l| (l.series.weight, l.series.line.change.abs()))
            };
            rank(b)
                .partial_cmp(&rank(a))
                .unwrap_or(std::cmp::Ordering::Equal)
        });
        order.truncate(room);
        let end = |index: &usize| {
            self.lines
                .get(*index)
                .and_then(|l| l.points.last())
                .map_or(low, |at| at.y)
        };
        let wanted: Vec<f32> = order.iter().map(end).collect();
        for (index, y) in order
            .iter()
            .zip(labels::spread(&wanted, LABEL_GAP, low, high))
        {
            if let Some(line) = self.lines.get_mut(*index) {
                line.label = Some(y);
            }
        }
    }

    fn lay_marker(&self, marker: Marker) -> Option<(Pos2, usize, Marker)> {
        let index = self.line_of(&marker.symbol)?;
        let place = self.place(&marker.symbol, marker.day)?;
        Some((place, index, marker))
    }

    fn line_of(&self, symbol: &str) -> Option<usize> {
        let mut lines = self.lines.iter();
        lines.position(|line| line.series.line.symbol == symbol)
    }

    /// Where a line stands on a day; none outside the days shown.
    pub fn place(&self, symbol: &str, day: Day) -> Option<Pos2> {
        let day = day_number(day);
        if !(self.days.0..=self.days.1).contains(&day) {
            return None;
        }
        let line = self.lines.get(self.line_of(symbol)?)?;
        let level = line.series.line.level_at(day)?;
        Some(pos2(self.x(day), self.y(level)))
    }

    /// The marker under the pointer.
    pub fn marker_at(&self, at: Pos2) -> Option<&Marker> {
        let near = |(place, ..): &&(Pos2, usize, Marker)| place.distance(at) <= REACH;
        let found = self
            .markers
            .iter()
            .filter(near)
            .min_by(|a, b| a.0.distance(at).total_cmp(&b.0.distance(at)));
        found.map(|(.., marker)| marker)
    }

    /// The symbol of the label or line under the pointer.
    pub fn symbol_at(&self, at: Pos2) -> Option<&str> {
        let label = |line: &&Laid| {
            line.label
                .is_some_and(|y| at.x > self.plot.right() && (y - at.y).abs() < LABEL_GAP / 2.0)
        };
        let on_label = self.lines.iter().find(label);
        let day = self.day_at(at.x)?;
        let distance = |line: &Laid| {
            line.series
                .line
                .level_at(day)
                .map(|level| (self.y(level) - at.y).abs())
        };
        let near = || {
            let lines = self
                .lines
                .iter()
                .filter_map(|line| Some((line, distance(line)?)));
            let nearest = lines.min_by(|a, b| a.1.total_cmp(&b.1))?;
            (nearest.1 <= REACH).then_some(nearest.0)
        };
        on_label
            .or_else(near)
            .map(|line| line.series.line.symbol.as_str())
    }

    /// The places of all lines on a day, greatest level first.
    pub(super) fn values(&self, day: f64) -> Vec<(&Laid, Option<f64>, f32)> {
        let value = |line: &'_ Laid| {
            let level = line.series.line.level_at(day);
            (
                level,
                level.map_or_else(|| self.plot.bottom(), |level| self.y(level)),
            )
        };
        let mut values: Vec<_> = self
            .lines
            .iter()
            .map(|line| {
                let (level, y) = value(line);
                (line, level, y)
            })
            .collect();
        values.sort_by(|a, b| {
            b.1.unwrap_or(f64::NEG_INFINITY)
                .total_cmp(&a.1.unwrap_or(f64::NEG_INFINITY))
        });
        values
    }

    /// The chart in a sentence, for screen readers and tests.
    pub fn in_words(&self) -> String {
        let from = format::day_long(day_of(self.days.0));
        let ends = self.lines.iter().rev().map(|line| {
            let change = format::percent(line.series.line.change, 0);
            format!("{} {change}", line.series.name)
        });
        format!(
            "Chart since {from}, rebased to 100: {}",
            ends.collect::<Vec<_>>().join(", ")
        )
    }

    /// True for lines that lead the others.
    pub(super) fn leads(line: &Laid) -> bool {
        match line.series.weight {
            Weight::Quiet => false,
            Weight::Benchmark | Weight::Selected => true,
        }
    }
}
