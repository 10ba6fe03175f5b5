//! A row of a list that compares: name, bar, value, detail. Everything it says
//! was prepared; it formats nothing and knows no record.

use egui::{Color32, Rect, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{focus_ring, line_in};
use crate::ui::theme::{self, Tokens, Weight};

/// How thick the bar is.
const THICK: f32 = 6.0;
/// Side of the square before a name.
const SQUARE: f32 = 10.0;
/// The least room in which a bar still compares anything.
const LEAST_BAR: f32 = 24.0;

/// A row, ready to be painted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BarRow {
    /// Stands before the name, as a rank; may be empty.
    pub lead: String,
    /// The colour of a square before the name and of the bar.
    pub colour: Option<Color32>,
    /// The name.
    pub name: String,
    /// Quiet words after the name; may be empty.
    pub quiet: String,
    /// Where the bar begins and ends, each from 0 to 1; none draws none.
    pub bar: Option<(f32, f32)>,
    /// The value, at the right.
    pub value: String,
    /// Quiet words after the value; may be empty.
    pub detail: String,
    /// True where the value is not known: the row recedes.
    pub dim: bool,
    /// The row in words, for screen readers and tests.
    pub words: String,
}

/// The widths of a list's columns; the bars get what is left.
#[derive(Clone, Copy, Debug)]
pub struct Places {
    /// Height of a row.
    pub height: f32,
    /// Before the name.
    pub lead: f32,
    /// The name with its square.
    pub name: f32,
    /// The value.
    pub value: f32,
    /// What follows it.
    pub detail: f32,
}

impl Places {
    /// Where a row's value stands.
    pub fn value_in(&self, row: Rect) -> Rect {
        let right = row.right() - self.detail;
        Rect::from_x_y_ranges(right - self.value..=right, row.y_range())
    }
}

impl BarRow {
    /// Shows the row over the available width. One that senses clicks is
    /// hovered, focused and marked as selected like a row of a table.
    pub fn show(
        &self,
        ui: &mut Ui,
        tokens: &Tokens,
        places: &Places,
        sense: Sense,
        selected: bool,
    ) -> Response {
        let size = vec2(ui.available_width(), places.height);
        let (rect, response) = ui.allocate_exact_size(size, sense);
        let role = if sense.senses_click() {
            Role::Row
        } else {
            Role::Label
        };
        response.widget_info(|| WidgetInfo::selected(role, ui.is_enabled(), selected, &self.words));
        if response.gained_focus() {
            response.scroll_to_me(None);
        }
        if !ui.is_rect_visible(rect) {
            return response;
        }
        let around = rect.expand2(vec2(theme::HALF, 0.0));
        let fill = match (selected, sense.senses_click() && response.hovered()) {
            (true, _) => Some(tokens.selected),
            (false, true) => Some(tokens.hover),
            (false, false) => None,
        };
        let corners = f32::from(theme::RADIUS_SMALL);
        if let Some(fill) = fill {
            ui.painter().rect_filled(around, corners, fill);
        }
        focus_ring(ui, tokens, &response, around.shrink(1.0), corners);
        self.paint(ui, tokens, places, rect);
        response
    }

    fn paint(&self, ui: &Ui, tokens: &Tokens, places: &Places, rect: Rect) {
        let painter = ui.painter();
        let (strong, quiet) = if self.dim {
            (tokens.text3, tokens.text3)
        } else {
            (tokens.text1, tokens.text2)
        };
        let font = |weight| theme::font(theme::SECONDARY, weight);
        let across = |from: f32, to: f32| Rect::from_x_y_ranges(from..=to, rect.y_range());
        let mut left = rect.left();
        if places.lead > 0.0 {
            let lead = across(left, left + places.lead - theme::GRID);
            let colour = tokens.text3;
            line_in(
                painter,
                lead,
                &self.lead,
                font(Weight::Regular),
                colour,
                true,
            );
            left += places.lead;
        }
        let name_end = left + places.name;
        if let Some(colour) = self.colour {
            let centre = pos2(left + SQUARE / 2.0, rect.center().y);
            let square = Rect::from_center_size(centre, vec2(SQUARE, SQUARE));
            painter.rect_filled(square, f32::from(theme::RADIUS_SMALL), colour);
            left += SQUARE + theme::GRID;
        }
        let name = across(left, name_end - theme::GRID);
        left += line_in(
            painter,
            name,
            &self.name,
            font(Weight::Medium),
            strong,
            false,
        );
        let rest = across(left + theme::GRID, name_end - theme::GRID);
        if rest.width() > 4.0 * theme::GRID && !self.quiet.is_empty() {
            line_in(
                painter,
                rest,
                &self.quiet,
                font(Weight::Regular),
                quiet,
                false,
            );
        }
        let value = places.value_in(rect);
        self.paint_bar(ui, tokens, across(name_end, value.left() - theme::GRID));
        line_in(
            painter,
            value,
            &self.value,
            font(Weight::Regular),
            strong,
            true,
        );
        let detail = across(value.right() + theme::GRID, rect.right());
        if places.detail > 0.0 {
            line_in(
                painter,
                detail,
                &self.detail,
                font(Weight::Regular),
                tokens.text3,
                true,
            );
        }
    }

    fn paint_bar(&self, ui: &Ui, tokens: &Tokens, room: Rect) {
        let Some((from, to)) = self.bar else { return };
        if room.width() < LEAST_BAR || from == to {
            return;
        }
        let place = |part: f32| room.left() + part.clamp(0.0, 1.0) * room.width();
        let (from, to) = (place(from.min(to)), place(from.max(to)));
        // What is not nothing keeps a visible foot.
        let to = to.max(from + 2.0);
        let y = room.center().y;
        let bar = Rect::from_x_y_ranges(from..=to, y - THICK / 2.0..=y + THICK / 2.0);
        let colour = self.colour.unwrap_or(tokens.accent);
        ui.painter()
            .rect_filled(bar, f32::from(theme::RADIUS_SMALL), colour);
    }
}
