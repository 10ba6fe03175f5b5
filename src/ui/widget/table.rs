//! The table of the pages: painted rows of a view model that was prepared once
//! per revision. Only visible rows are touched; a row is one focusable widget
//! with the whole row as its accessible name, so that hundreds of cells cost
//! little. (`egui_extras` makes a widget a cell: several times the frame time.)

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{
    Align2, Color32, FontId, Rect, Response, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2,
};
use uuid::Uuid;

use super::covered;
use crate::ui::theme::{self, Tokens, Weight};

mod extras;
mod model;

use extras::Look;
pub use extras::{Extras, Hooks, Written};
pub use model::{Cell, Column, Model, Row, Tone};

/// What the user did with a table in this frame.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Output {
    /// Row clicked.
    pub clicked: Option<usize>,
    /// Column under the pointer when a row was clicked; none by keyboard.
    pub clicked_column: Option<usize>,
    /// Row clicked twice, or Enter pressed on it.
    pub opened: Option<usize>,
    /// Row whose toggle was clicked.
    pub toggled: Option<usize>,
    /// Column whose title was clicked.
    pub sort: Option<&'static str>,
    /// Its place, which tells also those apart that the user wrote.
    pub sort_at: Option<usize>,
}

/// How a table is shown.
pub struct Table<'a> {
    /// A salt that is unique on the page.
    pub salt: &'static str,
    /// What to paint.
    pub model: &'a Model,
    /// Row to paint as selected.
    pub selected: Option<Uuid>,
    /// Column sorted by, and whether descending.
    pub sorted: Option<(&'a str, bool)>,
    /// Scrolls this row into view once.
    pub scroll_to: Option<usize>,
}

const PAD: f32 = 6.0;
/// From a marked text to the middle of its mark.
const MARK: f32 = 8.0;
/// What a growing column gets before the others.
const NAME_ROOM: f32 = 130.0;
/// Columns narrower than this hold signs and keep their width.
const NARROW: f32 = 40.0;
/// Room that the vertical scroll bar takes.
const SCROLL_BAR: f32 = 10.0;

impl Table<'_> {
    /// Shows the table. `tip` fills the tooltip of a cell (row, column) and says
    /// whether there is one; `menu` fills the context menu of a row.
    pub fn show(
        &self,
        ui: &mut Ui,
        tokens: &Tokens,
        has_tip: impl Fn(usize, usize) -> bool,
        tip: impl Fn(&mut Ui, usize, usize),
        menu: impl Fn(&mut Ui, usize),
    ) -> Output {
        let hooks = Hooks {
            has_tip: &has_tip,
            tip: &tip,
            menu: &|ui, row, _| menu(ui, row),
            title_menu: None,
        };
        self.show_with(ui, tokens, &Extras::default(), &hooks)
    }

    /// Shows the table with what only some tables have.
    pub fn show_with(
        &self,
        ui: &mut Ui,
        tokens: &Tokens,
        extras: &Extras,
        hooks: &Hooks<'_>,
    ) -> Output {
        let mut output = Output::default();
        // Rounding to pixels must not make the table wider than its place.
        let room = ui.available_width() - SCROLL_BAR - 2.0 - extras.inset;
        let mut widths = self.widths(room.floor());
        if let Some(first) = widths.first_mut() {
            *first += extras.inset;
        }
        let total: f32 = widths.iter().sum();
        ScrollArea::horizontal()
            .id_salt((self.salt, "across"))
            .auto_shrink(false)
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing = egui::Vec2::ZERO;
                ui.set_width((total + SCROLL_BAR).max(ui.available_width() - 1.0));
                let look = Look {
                    tokens,
                    extras,
                    hooks,
                    scrolled: (ui.clip_rect().left() - ui.max_rect().left()).max(0.0),
                    widths,
                };
                self.header(ui, &look, &mut output);
                self.rows(ui, &look, &mut output);
            });
        output
    }

    fn rows(&self, ui: &mut Ui, look: &Look<'_>, output: &mut Output) {
        let mut area = ScrollArea::vertical()
            .id_salt((self.salt, "down"))
            .auto_shrink(false);
        if let Some(row) = self.scroll_to {
            let offset = (row as f32 + 0.5) * theme::ROW - ui.available_height() / 2.0;
            area = area.vertical_scroll_offset(offset.max(0.0));
        }
        let hooks = look.hooks;
        area.show_rows(ui, theme::ROW, self.model.rows.len(), |ui, range| {
            for index in range {
                let Some(row) = self.model.rows.get(index) else {
                    continue;
                };
                let response = self.row(ui, look, index, row, output);
                let left = response.rect.left();
                let under = |at: egui::Pos2| look.column_at(at.x - left);
                match response.hover_pos().and_then(under) {
                    Some(column) if !covered(ui) && (hooks.has_tip)(index, column) => {
                        response
                            .clone()
                            .on_hover_ui_at_pointer(|ui| (hooks.tip)(ui, index, column));
                    }
                    Some(_) | None => {}
                }
                // The menu is about the cell where it was opened, wherever the
                // pointer goes then.
                if response.secondary_clicked() {
                    let column = response.interact_pointer_pos().and_then(under);
                    ui.data_mut(|data| data.insert_temp(response.id, column));
                }
                response.context_menu(|ui| {
                    let column = ui.data(|data| data.get_temp::<Option<usize>>(response.id));
                    (hooks.menu)(ui, index, column.flatten());
                });
            }
        });
    }

    /// What is left goes to the growing columns first, until names have room,
    /// then to all but the narrowest alike.
    fn widths(&self, available: f32) -> Vec<f32> {
        let columns = &self.model.columns;
        let fixed: f32 = columns.iter().map(|column| column.width).sum();
        let extra = (available - fixed).max(0.0);
        let growing = columns.iter().filter(|column| column.grows).count() as f32;
        let names = extra.min(growing * NAME_ROOM);
        let wide = columns
            .iter()
            .filter(|column| column.width >= NARROW)
            .count() as f32;
        let width = |column: &Column| {
            let name = if column.grows { names / growing } else { 0.0 };
            let rest = if column.width >= NARROW {
                (extra - names) / wide
            } else {
                0.0
            };
            column.width + name + rest
        };
        columns.iter().map(width).collect()
    }

    fn header(&self, ui: &mut Ui, look: &Look<'_>, output: &mut Output) {
        let tokens = look.tokens;
        let (rect, _) =
            ui.allocate_exact_size(vec2(ui.available_width(), theme::HEADER), Sense::hover());
        for layer in look.layers() {
            look.cover(ui, rect, &layer, None);
            for index in layer {
                if let Some(column) = self.model.columns.get(index) {
                    self.title(ui, look, (index, column), rect, output);
                }
            }
        }
        ui.painter().hline(
            rect.x_range(),
            rect.bottom(),
            (theme::HAIRLINE, tokens.line),
        );
    }

    fn title(
        &self,
        ui: &Ui,
        look: &Look<'_>,
        (index, column): (usize, &Column),
        header: Rect,
        output: &mut Output,
    ) {
        let tokens = look.tokens;
        let written = look.extras.written.get(&index);
        let code = written.map_or(column.code, |written| &written.code);
        let title = written.map_or(column.title, |written| &written.title);
        let hint = written.map_or(column.hint, |written| &written.hint);
        if title.is_empty() {
            return;
        }
        let cell = look.place(header, index);
        let id = ui.make_persistent_id((self.salt, code));
        let (sense, role, name) = if column.sorts {
            (Sense::click(), Role::Button, format!("Sort by {title}"))
        } else {
            (Sense::hover(), Role::Label, title.to_owned())
        };
        let mut response = ui.interact(cell, id, sense);
        if !covered(ui) {
            response = response.on_hover_text(hint);
        }
        response.widget_info(|| WidgetInfo::labeled(role, true, &name));
        if response.clicked() {
            output.sort = Some(column.code);
            output.sort_at = Some(index);
        }
        if let Some(menu) = look.hooks.title_menu {
            response.context_menu(|ui| menu(ui, index));
        }
        focus_ring(ui, tokens, &response);
        let direction = self.sorted.filter(|(sorted, _)| *sorted == code);
        let strong = direction.is_some() || response.hovered();
        let colour = if strong { tokens.text1 } else { tokens.text3 };
        let weight = if direction.is_some() {
            Weight::Medium
        } else {
            Weight::Regular
        };
        let title = match direction {
            None => title.to_owned(),
            Some((_, true)) => format!("{title} ↓"),
            Some((_, false)) => format!("{title} ↑"),
        };
        let font = theme::font(theme::SECONDARY, weight);
        paint_text(ui, cell, &title, font, colour, column.right);
    }

    fn row(
        &self,
        ui: &mut Ui,
        look: &Look<'_>,
        index: usize,
        row: &Row,
        output: &mut Output,
    ) -> Response {
        let tokens = look.tokens;
        let size = vec2(ui.available_width(), theme::ROW);
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        let id = ui.make_persistent_id((self.salt, row.key));
        let response = ui.interact(rect, id, Sense::click());
        let selected = self.selected == Some(row.key);
        response.widget_info(|| WidgetInfo::selected(Role::Row, true, selected, &row.label));
        if response.clicked() {
            output.clicked = Some(index);
            let pointer = response.hover_pos();
            output.clicked_column = pointer.and_then(|at| look.column_at(at.x - rect.left()));
        }
        if response.double_clicked() {
            output.opened = Some(index);
        }
        let fill = match (selected, response.hovered()) {
            (true, _) => Some(tokens.selected),
            (false, true) => Some(tokens.hover),
            (false, false) => None,
        };
        if let Some(fill) = fill {
            ui.painter().rect_filled(rect, 0.0, fill);
        }
        ui.painter().hline(
            rect.x_range(),
            rect.bottom(),
            (theme::HAIRLINE, tokens.grid),
        );
        focus_ring(ui, tokens, &response);
        for layer in look.layers() {
            look.cover(ui, rect, &layer, fill);
            for place in layer {
                let cell = row.cells.get(place).zip(self.model.columns.get(place));
                let Some((cell, column)) = cell else {
                    continue;
                };
                let at = look.place(rect, place);
                if let Some(tint) = look.extras.tint(index, place) {
                    let inner = at.with_max_y(at.bottom() - theme::HAIRLINE);
                    ui.painter().rect_filled(inner, 0.0, tint);
                }
                let target = Target {
                    at,
                    column,
                    row: index,
                    key: row.key,
                };
                self.cell(ui, tokens, &target, cell, output);
            }
        }
        response
    }

    fn cell(
        &self,
        ui: &Ui,
        tokens: &Tokens,
        target: &Target<'_>,
        cell: &Cell,
        output: &mut Output,
    ) {
        let Target {
            at,
            column,
            row,
            key,
        } = *target;
        match cell {
            Cell::Blank => {}
            Cell::Text(text, tone) => {
                let font = theme::font(theme::TEXT, Weight::Regular);
                paint_text(ui, at, text, font, tone.colour(tokens), column.right);
            }
            Cell::Marked(text, tone, sign) => {
                let font = theme::font(theme::TEXT, Weight::Regular);
                let width = paint_text(ui, at, text, font, tone.colour(tokens), column.right);
                let before = if column.right {
                    at.right() - PAD - width - MARK
                } else {
                    at.left()
                };
                // Beside its text, at most in the padding before it.
                let centre = pos2(before.max(at.left() + 1.0), at.center().y);
                super::mark::sign(ui.painter(), centre, *sign, tokens);
            }
            Cell::Pair(strong, quiet) => {
                let font = theme::font(theme::TEXT, Weight::SemiBold);
                let width = paint_text(ui, at, strong, font, tokens.text1, false);
                // Quiet parts line up below one another for symbols of up to five letters.
                let indent = width.max(46.0) + PAD;
                let rest = Rect::from_min_max(pos2(at.left() + indent, at.top()), at.max);
                if rest.width() > 13.0 * PAD && quiet != strong {
                    paint_text(
                        ui,
                        rest,
                        quiet,
                        theme::font(theme::TEXT, Weight::Regular),
                        tokens.text2,
                        false,
                    );
                }
            }
            Cell::Spark(values, colour) => {
                super::mark::spark(ui.painter(), at.shrink2(vec2(PAD, 7.0)), values, *colour);
            }
            Cell::Age(days, limits) => {
                let centre = pos2(at.right() - PAD - theme::DOT / 2.0, at.center().y);
                super::mark::dot(ui.painter(), centre, *days, *limits, tokens);
            }
            Cell::Toggle(on, colour, name) => {
                let id = ui.make_persistent_id((self.salt, key, column.code));
                if super::mark::square(ui, at, id, *on, *colour, name, tokens).clicked() {
                    output.toggled = Some(row);
                }
            }
            Cell::Square(colour) => {
                let side = vec2(theme::SQUARE, theme::SQUARE);
                let square = Rect::from_center_size(at.center(), side);
                let corners = f32::from(theme::RADIUS_SMALL);
                ui.painter().rect_filled(square, corners, *colour);
            }
        }
    }
}

/// Where a cell is painted.
struct Target<'a> {
    at: Rect,
    column: &'a Column,
    row: usize,
    key: Uuid,
}

/// Paints one line of text in a cell, ended by … where it does not fit, and
/// gives its width.
fn paint_text(ui: &Ui, at: Rect, text: &str, font: FontId, colour: Color32, right: bool) -> f32 {
    // Numbers may use the padding before them: the column before has its own.
    let padding = if right { PAD } else { 2.0 * PAD };
    let room = (at.width() - padding).max(0.0);
    let mut job = LayoutJob::single_section(text.to_owned(), TextFormat::simple(font, colour));
    job.wrap = TextWrapping::truncate_at_width(room + 0.5);
    let galley = ui.painter().layout_job(job);
    let (anchor, x) = if right {
        (Align2::RIGHT_CENTER, at.right() - PAD)
    } else {
        (Align2::LEFT_CENTER, at.left() + PAD)
    };
    let place = anchor.anchor_size(pos2(x, at.center().y), galley.size());
    let width = galley.size().x;
    ui.painter().galley(place.min, galley, colour);
    width
}

fn focus_ring(ui: &Ui, tokens: &Tokens, response: &Response) {
    if response.has_focus() {
        let stroke = (theme::FOCUS, tokens.accent);
        ui.painter().rect_stroke(
            response.rect.shrink(1.0),
            f32::from(theme::RADIUS_SMALL),
            stroke,
            egui::StrokeKind::Inside,
        );
    }
}
