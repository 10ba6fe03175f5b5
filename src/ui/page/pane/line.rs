//! One row of the pane's figures: name, value, time and age. The right part is
//! the source: a click opens it.

use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{
    Align2, Color32, FontId, Galley, Rect, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2,
};

use crate::analytics::staleness::Limits;
use crate::ui::page::contested::Contested;
use crate::ui::theme::{self, Weight};
use crate::ui::widget::{focus_ring, hairline_below, mark};
use crate::ui::{Action, Cx};

/// Room of the time a figure speaks of.
const WHEN: f32 = 72.0;
/// Room of the dot.
const DOT_ROOM: f32 = 14.0;
/// Most that a value may take.
const VALUE: f32 = 118.0;

/// A row of the pane.
pub struct Line<'a> {
    /// What it is.
    pub label: &'a str,
    /// Its value with hedge and unit.
    pub value: &'a str,
    /// True if it leads: known, and the newest of its metric.
    pub leads: bool,
    /// The time it speaks of.
    pub when: &'a str,
    /// Its age in days.
    pub age: Option<i64>,
    /// By which its age is judged.
    pub limits: Limits,
    /// Address of its source.
    pub url: Option<&'a str>,
    /// What another source says of it, if the two disagree.
    pub contested: Option<&'a Contested>,
}

impl Line<'_> {
    /// Shows the row; the response is the row's own.
    pub fn show(&self, ui: &mut Ui, cx: &Cx<'_>) -> Response {
        let tokens = &cx.tokens;
        let size = vec2(ui.available_width(), theme::PANE_ROW);
        let (rect, response) = ui.allocate_exact_size(size, Sense::click());
        let words = || format!("{}: {} {}", self.label, self.value, self.when);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, words()));
        let wide = rect.expand2(vec2(theme::GRID, 0.0));
        if response.hovered() {
            ui.painter().rect_filled(wide, 0.0, tokens.hover);
        }
        hairline_below(ui, tokens, rect);
        focus_ring(ui, tokens, &response, wide, theme::RADIUS_SMALL);
        self.source(ui, cx, rect, &response);
        let text = theme::font(theme::TEXT, Weight::Regular);
        let colour = if self.leads {
            tokens.text1
        } else {
            tokens.text3
        };
        let value = clipped(
            ui,
            self.value,
            theme::font(theme::TEXT, Weight::Medium),
            colour,
            VALUE,
        );
        let right = pos2(
            rect.right() - DOT_ROOM - WHEN - theme::GRID,
            rect.center().y,
        );
        let value = place(ui, right, Align2::RIGHT_CENTER, value, colour);
        let room = value.left() - rect.left() - 6.0;
        let label = clipped(ui, self.label, text, tokens.text2, room);
        place(
            ui,
            rect.left_center(),
            Align2::LEFT_CENTER,
            label,
            tokens.text2,
        );
        response
    }

    /// Time and age; where the source has an address, a click opens it.
    fn source(&self, ui: &Ui, cx: &Cx<'_>, row: Rect, response: &Response) {
        let tokens = &cx.tokens;
        let rect = row.with_min_x(row.right() - DOT_ROOM - WHEN);
        let mut colour = tokens.text3;
        if let Some(url) = self.url {
            let link = ui.interact(rect, response.id.with("source"), Sense::click());
            link.widget_info(|| {
                WidgetInfo::labeled(Role::Link, true, format!("Open source of {}", self.label))
            });
            if link.hovered() {
                colour = tokens.accent;
            }
            focus_ring(ui, tokens, &link, rect, theme::RADIUS_SMALL);
            if link
                .on_hover_cursor(egui::CursorIcon::PointingHand)
                .on_hover_text(format!("Open {url}"))
                .clicked()
            {
                cx.act(Action::OpenUrl(url.to_owned()));
            }
        }
        if let Some(contested) = self.contested {
            colour = self.conflict(ui, cx, rect, response, contested);
        }
        let when = clipped(
            ui,
            self.when,
            theme::font(theme::CAPTION, Weight::Regular),
            colour,
            WHEN,
        );
        place(
            ui,
            pos2(row.right() - DOT_ROOM, row.center().y),
            Align2::RIGHT_CENTER,
            when,
            colour,
        );
        let dot = pos2(row.right() - theme::DOT / 2.0, row.center().y);
        mark::dot(ui.painter(), dot, self.age, self.limits, tokens);
    }
}

impl Line<'_> {
    /// A click on the right part shows both statements; gives its colour.
    fn conflict(
        &self,
        ui: &Ui,
        cx: &Cx<'_>,
        rect: Rect,
        row: &Response,
        contested: &Contested,
    ) -> Color32 {
        let tokens = &cx.tokens;
        let link = ui.interact(rect, row.id.with("conflict"), Sense::click());
        let other = &contested.other;
        let words = format!("Show conflict: {} {} or {other}", self.label, self.value);
        link.widget_info(|| WidgetInfo::labeled(Role::Button, true, &words));
        focus_ring(ui, tokens, &link, rect, theme::RADIUS_SMALL);
        let colour = if link.hovered() {
            tokens.text1
        } else {
            tokens.warn
        };
        let hint = format!("Another source says {other}: show both");
        let link = link.on_hover_cursor(egui::CursorIcon::PointingHand);
        if link.on_hover_text(hint).clicked() {
            cx.act(Action::ShowConflict(contested.key));
        }
        colour
    }
}

fn place(ui: &Ui, at: egui::Pos2, anchor: Align2, galley: Arc<Galley>, colour: Color32) -> Rect {
    let rect = anchor.anchor_size(at, galley.size());
    ui.painter().galley(rect.min, galley, colour);
    rect
}

/// One line of text, ended by … where it is wider.
pub fn clipped(ui: &Ui, text: &str, font: FontId, colour: Color32, width: f32) -> Arc<Galley> {
    let mut job = LayoutJob::single_section(text.to_owned(), TextFormat::simple(font, colour));
    job.wrap = TextWrapping::truncate_at_width(width.max(0.0));
    ui.painter().layout_job(job)
}
