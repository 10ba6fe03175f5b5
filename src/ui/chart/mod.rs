//! The chart of rebased lines. What is drawn is prepared when data, range or
//! size change ([`Prepared`]); a frame only paints it and looks up the pointer.
//! (Our own painting instead of a plot widget: the same prepared lines will
//! also be exported, and hovering does not search every segment.)

pub mod axis;
pub mod labels;
mod paint;
pub mod place_labels;
mod prepare;
pub mod range;
pub mod scatter;

use egui::{Pos2, Role, Sense, Ui, WidgetInfo, vec2};

use crate::analytics::lines::Line;
use crate::model::{Day, DealId};
use crate::ui::theme::{self, Tokens};

pub use prepare::{Input, Prepared};
pub use range::Range;

/// How one line is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// The line.
    pub line: Line,
    /// What its label says before the change: "IREN".
    pub name: String,
    /// Its colour.
    pub colour: egui::Color32,
    /// How it stands out.
    pub weight: Weight,
}

/// How a line stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// One of many.
    Quiet,
    /// Bitcoin.
    Benchmark,
    /// The selected company.
    Selected,
}

impl Weight {
    const fn width(self) -> f32 {
        match self {
            Self::Quiet => theme::LINE,
            Self::Benchmark => theme::LINE_BTC,
            Self::Selected => theme::LINE_SELECTED,
        }
    }
}

/// A deal announced while the chart runs, on its company's line.
#[derive(Clone, Debug, PartialEq)]
pub struct Marker {
    /// Which deal.
    pub deal: DealId,
    /// Whose line it sits on.
    pub symbol: String,
    /// When it was announced.
    pub day: Day,
    /// What the tooltip says: name, value, terms.
    pub text: String,
}

/// What the user did with the chart.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Output {
    /// A span of days was dragged over.
    pub zoom: Option<(Day, Day)>,
    /// Double click: back to the range before zooming.
    pub reset: bool,
    /// A line or label was clicked: its symbol.
    pub picked: Option<String>,
    /// A marker was clicked.
    pub opened: Option<DealId>,
}

/// What the chart remembers from frame to frame.
#[derive(Default)]
pub struct Chart {
    prepared: Option<Prepared>,
    drag_from: Option<f64>,
}

impl Chart {
    /// Where a line stands on a day, as last laid out: for what is painted over
    /// the chart. None where it has no level, or outside the days shown.
    pub fn place(&self, symbol: &str, day: Day) -> Option<Pos2> {
        self.prepared.as_ref()?.place(symbol, day)
    }

    /// Shows the chart in what is left of `ui`. `input` is asked for only when
    /// `key` or the size changed since the last frame.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        tokens: &Tokens,
        key: u64,
        input: impl FnOnce() -> Input,
    ) -> Output {
        let size = vec2(
            ui.available_width().max(120.0),
            ui.available_height().max(80.0),
        );
        let (rect, response) = ui.allocate_exact_size(size, Sense::click_and_drag());
        let stale = self
            .prepared
            .as_ref()
            .is_none_or(|prepared| !prepared.fits(key, rect));
        if stale {
            self.prepared = Some(Prepared::new(key, rect, input(), ui.painter()));
        }
        let mut output = Output::default();
        let Some(prepared) = &self.prepared else {
            return output;
        };
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, prepared.in_words()));
        prepared.paint(ui.painter(), tokens);
        let pointer = response.hover_pos();
        let under = pointer.and_then(|at| prepared.day_at(at.x));
        if response.drag_started() {
            self.drag_from = response
                .interact_pointer_pos()
                .and_then(|at| prepared.day_at(at.x));
        }
        if let (Some(from), Some(to)) = (self.drag_from, under) {
            prepared.paint_span(ui.painter(), tokens, from, to);
        }
        if response.drag_stopped()
            && let (Some(from), Some(to)) = (self.drag_from.take(), under)
        {
            output.zoom = prepared.zoom_to(from, to);
        }
        if response.double_clicked() {
            output.reset = true;
        }
        let Some(at) = pointer else { return output };
        let marker = prepared.marker_at(at);
        if response.clicked() {
            output.opened = marker.map(|marker| marker.deal);
            output.picked = prepared.symbol_at(at).map(str::to_owned);
        }
        if let Some(marker) = marker {
            let text = marker.text.clone();
            response.on_hover_ui_at_pointer(|ui| {
                ui.label(text);
            });
        } else if let Some(day) = under.filter(|_| self.drag_from.is_none()) {
            prepared.paint_crosshair(ui.painter(), tokens, day);
            response.on_hover_ui_at_pointer(|ui| prepared.show_values(ui, tokens, day));
        }
        output
    }
}
