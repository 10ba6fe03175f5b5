//! A scatter of companies: two measures as axes, a third as the bubbles' areas.
//! Places are computed when data or size change; a frame only paints them. What
//! is shown and what a click does is the page's business.

use egui::pos2;
use egui::{Align2, Color32, Key, Painter, Pos2, Rect, Role, Sense, Stroke, Ui, Vec2, WidgetInfo};
use uuid::Uuid;

use super::axis::Scale;
use super::place_labels::{Dot, Placed, place_labels};
use crate::analytics::measure::MeasureUnit;
use crate::ui::format;
use crate::ui::theme::{self, Tokens, Weight};
use crate::ui::widget::focus_ring;

/// Room for the levels on the left, for the title above and the levels below.
const MARGINS: (f32, f32, f32) = (64.0, 24.0, 42.0);
/// Least distance of two marks across and upwards.
const MARK_GAP: (f32, f32) = (96.0, 48.0);
/// Radius of the largest bubble, of the smallest, and of all where none has a size.
const RADII: (f32, f32, f32) = (24.0, 4.5, 7.0);
/// Room between the outermost values and the edge, beside the scale's own.
const INSET: f32 = 10.0;
/// The least width that can be pointed at.
const TARGET: f32 = 18.0;

/// An axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// What it measures: "Backlog, USD".
    pub title: String,
    /// The unit of its marks.
    pub unit: MeasureUnit,
    /// Whether it is logarithmic; all its values are then above zero.
    pub log: bool,
}

/// A company in the plane.
#[derive(Clone, Debug, PartialEq)]
pub struct Bubble {
    /// Whose.
    pub key: Uuid,
    /// What its label says: "IREN".
    pub name: String,
    /// Its values across and upwards, finite.
    pub at: (f64, f64),
    /// What its area stands for; none draws a small ring.
    pub size: Option<f64>,
    /// Its colour.
    pub colour: Color32,
    /// It in words, for screen readers and tests.
    pub words: String,
}

/// What a scatter shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    /// The companies.
    pub bubbles: Vec<Bubble>,
    /// Across.
    pub x: Axis,
    /// Upwards.
    pub y: Axis,
    /// Whether areas mean something.
    pub sized: bool,
}

/// What a frame shows of it.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// The companies and axes.
    pub input: &'a Input,
    /// Changes whenever the input does.
    pub key: u64,
    /// How large it is.
    pub size: Vec2,
    /// The selected company.
    pub selected: Option<Uuid>,
}

/// What the user did with the scatter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Output {
    /// The bubble clicked.
    pub clicked: Option<Uuid>,
    /// The bubble clicked twice, or Enter pressed on the selected one.
    pub opened: Option<Uuid>,
}

/// What the scatter remembers from frame to frame.
#[derive(Default)]
pub struct Scatter {
    laid: Option<Laid>,
}

/// A scatter laid out for one size, its corner at the origin, so that it stays
/// good while the page scrolls.
struct Laid {
    key: (u64, Option<Uuid>),
    size: Vec2,
    plot: Rect,
    marks: [Vec<(f32, String)>; 2],
    /// Places in the input, largest bubble first, with centre and radius.
    dots: Vec<(usize, Dot)>,
    /// Labels by the place in `dots` of what they name.
    labels: Vec<Placed>,
}

impl Scatter {
    /// Shows the scatter; `tip` and `menu` fill the tooltip and the context menu
    /// of a bubble.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        tokens: &Tokens,
        view: &View<'_>,
        tip: impl Fn(&mut Ui, Uuid),
        menu: impl Fn(&mut Ui, Uuid),
    ) -> Output {
        let View {
            input,
            key,
            size,
            selected,
        } = *view;
        let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
        let words = in_words(input);
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &words));
        let mut output = Output::default();
        if !ui.is_rect_visible(rect) {
            return output;
        }
        let key = (key, selected);
        let fits = |laid: &Laid| laid.key == key && laid.size == size;
        if !self.laid.as_ref().is_some_and(fits) {
            self.laid = Some(Laid::new(key, size, input, ui.painter()));
        }
        let Some(laid) = &self.laid else {
            return output;
        };
        let offset = rect.min.to_vec2();
        laid.paint_axes(ui.painter(), tokens, input, offset);
        if input.bubbles.is_empty() {
            let text = "No company has both values: choose other axes";
            let font = theme::font(theme::TEXT, Weight::Regular);
            let centre = laid.plot.translate(offset).center();
            let anchor = Align2::CENTER_CENTER;
            ui.painter().text(centre, anchor, text, font, tokens.text3);
        }
        for (index, dot) in &laid.dots {
            let Some(bubble) = input.bubbles.get(*index) else {
                continue;
            };
            let centre = dot.at + offset;
            let side = (2.0 * dot.radius).max(TARGET);
            let target = Rect::from_center_size(centre, Vec2::splat(side));
            let id = response.id.with(bubble.key);
            let response = ui.interact(target, id, Sense::click());
            let is_selected = selected == Some(bubble.key);
            response.widget_info(|| {
                WidgetInfo::selected(Role::Button, true, is_selected, &bubble.words)
            });
            let lit = is_selected || response.hovered() || response.has_focus();
            paint_bubble(ui.painter(), tokens, bubble, (centre, dot.radius), lit);
            let ring = Rect::from_center_size(centre, Vec2::splat(2.0 * dot.radius + 4.0));
            focus_ring(ui, tokens, &response, ring, theme::RADIUS);
            let enter = is_selected && ui.input(|input| input.key_pressed(Key::Enter));
            if response.double_clicked() || (response.clicked() && enter) {
                output.opened = Some(bubble.key);
            } else if response.clicked() {
                output.clicked = Some(bubble.key);
            }
            let response = response.on_hover_ui(|ui| tip(ui, bubble.key));
            response.context_menu(|ui| menu(ui, bubble.key));
        }
        laid.paint_labels(ui.painter(), tokens, input, offset);
        output
    }
}

fn in_words(input: &Input) -> String {
    let (x, y) = (&input.x.title, &input.y.title);
    let companies = format::count(input.bubbles.len(), "company", "companies");
    format!("Scatter of {companies}: {y} over {x}")
}

fn paint_bubble(
    painter: &Painter,
    tokens: &Tokens,
    bubble: &Bubble,
    (centre, radius): (Pos2, f32),
    lit: bool,
) {
    let colour = bubble.colour;
    let (fill, edge) = if lit {
        (colour.gamma_multiply(0.85), tokens.text1)
    } else {
        (colour.gamma_multiply(0.5), colour)
    };
    if bubble.size.is_some() {
        painter.circle(centre, radius, fill, Stroke::new(theme::LINE, edge));
    } else {
        painter.circle_stroke(centre, radius, Stroke::new(theme::LINE_SELECTED, edge));
    }
}

impl Laid {
    fn new(key: (u64, Option<Uuid>), size: Vec2, input: &Input, painter: &Painter) -> Self {
        let (left, above, below) = MARGINS;
        let plot = Rect::from_min_max(
            pos2(left, above),
            pos2(
                (size.x - theme::GUTTER).max(left + 1.0),
                (size.y - below).max(above + 1.0),
            ),
        );
        let values = |pick: fn(&Bubble) -> f64| input.bubbles.iter().map(pick);
        let across = scale(values(|bubble| bubble.at.0), input.x.log);
        let upwards = scale(values(|bubble| bubble.at.1), input.y.log);
        // Bubbles at the edge keep within the plot.
        let inner = plot.shrink(INSET.min(plot.width().min(plot.height()) / 4.0));
        let x = |value: f64| inner.left() + across.place(value) as f32 * inner.width();
        let y = |value: f64| inner.bottom() - upwards.place(value) as f32 * inner.height();
        let marks = |scale: &Scale, axis: &Axis, gap: f32, place: &dyn Fn(f64) -> f32| {
            let marks = scale.marks(f64::from(gap)).into_iter();
            let mark = |level: f64| (place(level), format::axis_measure(axis.unit, level));
            marks.map(|at| mark(at.at)).collect::<Vec<_>>()
        };
        let largest = values(|bubble| bubble.size.unwrap_or(0.0)).fold(0.0, f64::max);
        let dot = |bubble: &Bubble| Dot {
            at: pos2(x(bubble.at.0), y(bubble.at.1)),
            radius: radius(bubble.size, largest, input.sized),
        };
        let mut dots: Vec<_> = input.bubbles.iter().map(dot).enumerate().collect();
        let is_selected = |index: usize| {
            let bubble = input.bubbles.get(index);
            bubble.is_some_and(|bubble| Some(bubble.key) == key.1)
        };
        // Large ones lie below small ones; of equal ones the first is on top.
        dots.sort_by(|a, b| b.1.radius.total_cmp(&a.1.radius).then(b.0.cmp(&a.0)));
        // The selected company's label finds its place first, then the largest.
        let mut order: Vec<usize> = (0..dots.len()).collect();
        let chosen = |place: &usize| dots.get(*place).is_some_and(|dot| is_selected(dot.0));
        order.sort_by_key(|place| !chosen(place));
        Self {
            key,
            size,
            plot,
            marks: [
                marks(&across, &input.x, MARK_GAP.0 / plot.width(), &x),
                marks(&upwards, &input.y, MARK_GAP.1 / plot.height(), &y),
            ],
            labels: labels(painter, input, &dots, &order, plot),
            dots,
        }
    }

    fn paint_axes(&self, painter: &Painter, tokens: &Tokens, input: &Input, offset: Vec2) {
        let plot = self.plot.translate(offset);
        let font = || theme::font(theme::CAPTION, Weight::Regular);
        let grid = (theme::HAIRLINE, tokens.grid);
        let [across, upwards] = &self.marks;
        for (x, text) in across {
            let x = x + offset.x;
            painter.vline(x, plot.y_range(), grid);
            let at = pos2(x, plot.bottom() + theme::HALF);
            painter.text(at, Align2::CENTER_TOP, text, font(), tokens.text3);
        }
        for (y, text) in upwards {
            let y = y + offset.y;
            painter.hline(plot.x_range(), y, grid);
            let at = pos2(plot.left() - theme::GRID, y);
            painter.text(at, Align2::RIGHT_CENTER, text, font(), tokens.text3);
        }
        let line = (theme::HAIRLINE, tokens.line);
        painter.hline(plot.x_range(), plot.bottom(), line);
        painter.vline(plot.left(), plot.y_range(), line);
        let title = |axis: &Axis| {
            let log = if axis.log { ", logarithmic" } else { "" };
            format!("{}{log}", axis.title)
        };
        let corner = pos2(plot.left() - MARGINS.0, plot.top() - MARGINS.1);
        painter.text(
            corner,
            Align2::LEFT_TOP,
            format!("↑ {}", title(&input.y)),
            font(),
            tokens.text2,
        );
        let corner = pos2(plot.right(), plot.bottom() + MARGINS.2 - theme::HALF);
        painter.text(
            corner,
            Align2::RIGHT_BOTTOM,
            format!("{} →", title(&input.x)),
            font(),
            tokens.text2,
        );
    }

    fn paint_labels(&self, painter: &Painter, tokens: &Tokens, input: &Input, offset: Vec2) {
        for label in &self.labels {
            let Some((index, dot)) = self.dots.get(label.index) else {
                continue;
            };
            let Some(bubble) = input.bubbles.get(*index) else {
                continue;
            };
            let rect = label.rect.translate(offset);
            let colour = tokens.as_text(bubble.colour);
            if label.is_far {
                let end = rect.clamp(dot.at + offset);
                let away = (end - dot.at - offset).normalized();
                let start = dot.at + offset + away * dot.radius;
                let faint = bubble.colour.gamma_multiply(0.5);
                painter.line_segment([start, end], (theme::HAIRLINE, faint));
            }
            let anchor = Align2::CENTER_CENTER;
            painter.text(rect.center(), anchor, &bubble.name, label_font(), colour);
        }
    }
}

fn label_font() -> egui::FontId {
    theme::font(theme::CAPTION, Weight::SemiBold)
}

/// The labels of the dots, placed in that order.
fn labels(
    painter: &Painter,
    input: &Input,
    dots: &[(usize, Dot)],
    order: &[usize],
    plot: Rect,
) -> Vec<Placed> {
    let in_order = || order.iter().filter_map(|place| dots.get(*place));
    let size = |(index, _): &(usize, Dot)| {
        let name = input.bubbles.get(*index).map_or("", |bubble| &bubble.name);
        let colour = Color32::PLACEHOLDER;
        let galley = painter.layout_no_wrap(name.to_owned(), label_font(), colour);
        galley.size()
    };
    let points: Vec<Dot> = in_order().map(|(_, dot)| *dot).collect();
    let sizes: Vec<Vec2> = in_order().map(size).collect();
    let mut placed = place_labels(&points, &sizes, plot);
    for label in &mut placed {
        label.index = order.get(label.index).copied().unwrap_or(label.index);
    }
    placed
}

/// A scale over the values; a linear one shows zero where it is near, so that
/// lengths can be compared.
fn scale(values: impl Iterator<Item = f64>, log: bool) -> Scale {
    let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
        (low.min(value), high.max(value))
    });
    if low > high {
        return Scale::around(0.0, 1.0, false);
    }
    if log {
        // One value alone stands in the middle of a decade.
        let (low, high) = if low < high {
            (low, high)
        } else {
            (low / 3.0, high * 3.0)
        };
        return Scale::around(low, high, true);
    }
    let (low, high) = match (low > 0.0, high < 0.0) {
        (true, _) if low < 0.5 * high || low == high => (0.0, high),
        (_, true) if high > 0.5 * low || low == high => (low, 0.0),
        _ if low == high => (-1.0, 1.0),
        _ => (low, high),
    };
    Scale::around(low, high, false)
}

/// Areas, not radii, stand for sizes.
fn radius(size: Option<f64>, largest: f64, sized: bool) -> f32 {
    let (most, least, alike) = RADII;
    match size {
        _ if !sized => alike,
        Some(size) if largest > 0.0 && size > 0.0 => {
            ((size / largest).sqrt() as f32 * most).max(least)
        }
        Some(_) | None => least,
    }
}
