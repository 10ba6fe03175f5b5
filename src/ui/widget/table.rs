//! The table of the pages: painted rows of a view model that was prepared once
//! per revision. Only visible rows are touched; a row is one focusable widget
//! with the whole row as its accessible name, so that hundreds of cells cost
//! little. (`egui_extras` makes a widget a cell: several times the frame time.)

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{
    Align2, Color32, FontId, Rect, Response, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2,
};
use uuid::Uuid;

use crate::ui::theme::{self, Tokens, Weight};

mod model;

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
        let mut output = Output::default();
        // Rounding to pixels must not make the table wider than its place.
        let widths = self.widths((ui.available_width() - SCROLL_BAR - 2.0).floor());
        let total: f32 = widths.iter().sum();
        ScrollArea::horizontal()
            .id_salt((self.salt, "across"))
            .auto_shrink(false)
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing = egui::Vec2::ZERO;
                ui.set_width((total + SCROLL_BAR).max(ui.available_width() - 1.0));
                self.header(ui, tokens, &widths, &mut output);
                let mut area = ScrollArea::vertical()
                    .id_salt((self.salt, "down"))
                    .auto_shrink(false);
                if let Some(row) = self.scroll_to {
                    let offset = (row as f32 + 0.5) * theme::ROW - ui.available_height() / 2.0;
                    area = area.vertical_scroll_offset(offset.max(0.0));
                }
                area.show_rows(ui, theme::ROW, self.model.rows.len(), |ui, range| {
                    for index in range {
                        if let Some(row) = self.model.rows.get(index) {
                            let response = self.row(ui, tokens, &widths, index, row, &mut output);
                            let column = response
                                .hover_pos()
                                .and_then(|at| column_at(&widths, at.x - response.rect.left()));
                            match column {
                                Some(column) if has_tip(index, column) => {
                                    response
                                        .clone()
                                        .on_hover_ui_at_pointer(|ui| tip(ui, index, column));
                                }
                                Some(_) | None => {}
                            }
                            response.context_menu(|ui| menu(ui, index));
                        }
                    }
                });
            });
        output
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

    fn header(&self, ui: &mut Ui, tokens: &Tokens, widths: &[f32], output: &mut Output) {
        let (rect, _) =
            ui.allocate_exact_size(vec2(ui.available_width(), theme::HEADER), Sense::hover());
        let mut left = rect.left();
        for (column, width) in self.model.columns.iter().zip(widths) {
            let cell = Rect::from_min_size(pos2(left, rect.top()), vec2(*width, rect.height()));
            left += width;
            if column.title.is_empty() {
                continue;
            }
            let id = ui.make_persistent_id((self.salt, column.code));
            let sense = if column.sorts {
                Sense::click()
            } else {
                Sense::hover()
            };
            let response = ui.interact(cell, id, sense).on_hover_text(column.hint);
            let direction = self
                .sorted
                .filter(|(code, _)| *code == column.code)
                .map(|(_, down)| down);
            response.widget_info(|| {
                WidgetInfo::labeled(
                    if column.sorts {
                        Role::Button
                    } else {
                        Role::Label
                    },
                    true,
                    if column.sorts {
                        format!("Sort by {}", column.title)
                    } else {
                        column.title.to_owned()
                    },
                )
            });
            if response.clicked() {
                output.sort = Some(column.code);
            }
            focus_ring(ui, tokens, &response);
            let strong = direction.is_some() || response.hovered();
            let colour = if strong { tokens.text1 } else { tokens.text3 };
            let font = theme::font(
                theme::SECONDARY,
                if direction.is_some() {
                    Weight::Medium
                } else {
                    Weight::Regular
                },
            );
            let title = match direction {
                None => column.title.to_owned(),
                Some(true) => format!("{} ↓", column.title),
                Some(false) => format!("{} ↑", column.title),
            };
            paint_text(ui, cell, &title, font, colour, column.right);
        }
        ui.painter().hline(
            rect.x_range(),
            rect.bottom(),
            (theme::HAIRLINE, tokens.line),
        );
    }

    fn row(
        &self,
        ui: &mut Ui,
        tokens: &Tokens,
        widths: &[f32],
        index: usize,
        row: &Row,
        output: &mut Output,
    ) -> Response {
        let size = vec2(ui.available_width(), theme::ROW);
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        let id = ui.make_persistent_id((self.salt, row.key));
        let response = ui.interact(rect, id, Sense::click());
        let selected = self.selected == Some(row.key);
        response.widget_info(|| WidgetInfo::selected(Role::Row, true, selected, &row.label));
        if response.clicked() {
            output.clicked = Some(index);
            let pointer = response.hover_pos();
            output.clicked_column = pointer.and_then(|at| column_at(widths, at.x - rect.left()));
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
        let mut left = rect.left();
        for ((cell, column), width) in row.cells.iter().zip(&self.model.columns).zip(widths) {
            let at = Rect::from_min_size(pos2(left, rect.top()), vec2(*width, rect.height()));
            left += width;
            let target = Target {
                at,
                column,
                row: index,
                key: row.key,
            };
            self.cell(ui, tokens, &target, cell, output);
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
                if rest.width() > 6.0 * PAD && quiet != strong {
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
            Cell::Age(days) => {
                let centre = pos2(at.right() - PAD - theme::DOT / 2.0, at.center().y);
                super::mark::dot(ui.painter(), centre, *days, tokens);
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

fn column_at(widths: &[f32], x: f32) -> Option<usize> {
    let mut right = 0.0;
    widths.iter().position(|width| {
        right += width;
        x < right
    })
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
