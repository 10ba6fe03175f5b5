//! The rows of a price file that need a look, as lists of which only the
//! visible part is made into text.

use egui::{Align2, FontId, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::ImportPrices;
use crate::exchange::price_csv::{Overlap, PriceFile};
use crate::model::series::Bar;
use crate::ui::theme::{self, Tokens, Weight};
use crate::ui::widget::hairline;
use crate::ui::{Cx, format};

/// Height of a row.
const ROW: f32 = theme::CHIP;

/// A column of a list.
struct Column {
    title: &'static str,
    /// Share of the width, 0 to 1.
    share: f32,
    /// Numbers stand right.
    right: bool,
}

const fn text(title: &'static str, share: f32) -> Column {
    Column {
        title,
        share,
        right: false,
    }
}

const fn number(title: &'static str, share: f32) -> Column {
    Column {
        title,
        share,
        right: true,
    }
}

/// Which rows are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Listed {
    /// Rows that were not taken.
    Refused,
    /// Days with several closes in the file.
    Conflicts,
    /// Days whose stored close is another one.
    Differing,
    /// Rows that repeat a day with the same close.
    Duplicates,
    /// Doubts about rows that were taken.
    Doubtful,
    /// The good rows, to see that they were read as they are meant.
    Read,
}

impl Listed {
    /// All, the gravest first.
    pub(super) const ALL: [Self; 6] = [
        Self::Refused,
        Self::Conflicts,
        Self::Differing,
        Self::Duplicates,
        Self::Doubtful,
        Self::Read,
    ];

    /// The name on its chip, before the number.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Refused => "Refused",
            Self::Conflicts => "Conflicting",
            Self::Differing => "Differing",
            Self::Duplicates => "Repeated",
            Self::Doubtful => "Doubtful",
            Self::Read => "Read",
        }
    }

    /// What the list holds, for the pointer.
    pub(super) fn hint(self) -> &'static str {
        match self {
            Self::Refused => "Rows that cannot be read; they are not taken",
            Self::Conflicts => "Days to which the file gives several closes; one is taken",
            Self::Differing => "Days that are stored with another close",
            Self::Duplicates => "Rows that repeat a day with the same close; one is taken",
            Self::Doubtful => "Rows that are taken and should be looked at",
            Self::Read => "The days of the file as they were read, newest first",
        }
    }

    /// How many rows it has.
    pub(super) fn len(self, file: &PriceFile, overlap: Option<&Overlap>) -> usize {
        match self {
            Self::Refused => file.refused.len(),
            Self::Conflicts => file.conflicts.len(),
            Self::Differing => overlap.map_or(0, |overlap| overlap.differing.len()),
            Self::Duplicates => file.duplicates.len(),
            Self::Doubtful => file.warnings.len(),
            Self::Read => file.good.len(),
        }
    }

    /// The columns; their shares of the width add up to one.
    fn columns(self) -> &'static [Column] {
        match self {
            Self::Refused => {
                const {
                    &[
                        text("Line", 0.1),
                        text("Column", 0.18),
                        text("Text", 0.32),
                        text("Reason", 0.4),
                    ]
                }
            }
            Self::Conflicts => {
                const {
                    &[
                        text("Day", 0.22),
                        text("Taken", 0.39),
                        text("Not taken", 0.39),
                    ]
                }
            }
            Self::Differing => {
                const {
                    &[
                        text("Day", 0.22),
                        number("Stored", 0.18),
                        number("File", 0.18),
                        number("Difference", 0.2),
                    ]
                }
            }
            Self::Duplicates => {
                const {
                    &[
                        text("Day", 0.22),
                        text("Taken", 0.26),
                        text("Repeated", 0.52),
                    ]
                }
            }
            Self::Doubtful => const { &[text("Line, day and doubt", 1.0)] },
            Self::Read => {
                const {
                    &[
                        text("Day", 0.22),
                        number("Close", 0.15),
                        number("Open", 0.15),
                        number("High", 0.15),
                        number("Low", 0.15),
                        number("Volume", 0.18),
                    ]
                }
            }
        }
    }

    /// The texts of a row, as many as there are columns.
    fn texts(self, file: &PriceFile, overlap: Option<&Overlap>, index: usize) -> Vec<String> {
        let line_close = |line: u64, close| format!("{} on line {line}", format::price(close));
        let texts = match self {
            Self::Refused => file.refused.get(index).map(|row| {
                let reason = row.reason.to_string();
                vec![
                    row.line.to_string(),
                    row.column.clone(),
                    row.text.clone(),
                    reason,
                ]
            }),
            Self::Conflicts => file.conflicts.get(index).map(|row| {
                vec![
                    format::day_long(row.day),
                    line_close(row.kept_line, row.kept_close),
                    line_close(row.other_line, row.other_close),
                ]
            }),
            Self::Differing => overlap.and_then(|o| o.differing.get(index)).map(|row| {
                vec![
                    format::day_long(row.day),
                    format::price(row.stored),
                    format::price(row.file),
                    format::percent((row.file - row.stored) / row.stored, 2),
                ]
            }),
            Self::Duplicates => file.duplicates.get(index).map(|row| {
                let other = if row.differs {
                    " (not the close, but another column differs)"
                } else {
                    ""
                };
                vec![
                    format::day_long(row.day),
                    format!("line {}", row.kept_line),
                    format!("line {}{other}", row.other_line),
                ]
            }),
            Self::Doubtful => file.warnings.get(index).map(|row| vec![row.to_string()]),
            Self::Read => file.good.iter().rev().nth(index).map(bar),
        };
        texts.unwrap_or_default()
    }
}

fn bar(bar: &Bar) -> Vec<String> {
    let price = |value| format::known(value, format::price);
    vec![
        format::day_long(bar.day),
        format::price(bar.close),
        price(bar.open),
        price(bar.high),
        price(bar.low),
        format::known(bar.volume, |volume| format::decimal((volume as u64).into())),
    ]
}

/// Shows the chosen list in `height` points, or that there is nothing to list.
pub(super) fn show(ui: &mut Ui, cx: &Cx<'_>, import: &ImportPrices, height: f32) {
    let (Some(file), Some(listed)) = (import.file(), import.listed) else {
        return;
    };
    let overlap = import.overlap();
    let tokens = &cx.tokens;
    ui.spacing_mut().item_spacing.y = 0.0;
    let titles: Vec<String> = listed
        .columns()
        .iter()
        .map(|column| column.title.to_owned())
        .collect();
    let font = theme::font(theme::SECONDARY, Weight::Regular);
    row(ui, listed, &titles, &font, tokens.text3);
    hairline(ui, tokens);
    ScrollArea::vertical()
        .id_salt(("import list", listed.name()))
        .max_height((height - ROW).max(3.0 * ROW))
        .auto_shrink(false)
        .show_rows(ui, ROW, listed.len(file, overlap), |ui, range| {
            for index in range {
                let texts = listed.texts(file, overlap, index);
                list_row(ui, tokens, listed, &texts);
            }
        });
}

fn list_row(ui: &mut Ui, tokens: &Tokens, listed: Listed, texts: &[String]) {
    let font = theme::font(theme::SECONDARY, Weight::Regular);
    let response = row(ui, listed, texts, &font, tokens.text1);
    response.widget_info(|| WidgetInfo::labeled(Role::Row, true, texts.join(", ")));
    response.on_hover_ui(|ui| {
        for (column, text) in listed.columns().iter().zip(texts) {
            ui.label(format!("{}: {text}", column.title));
        }
    });
}

fn row(
    ui: &mut Ui,
    listed: Listed,
    texts: &[String],
    font: &FontId,
    colour: egui::Color32,
) -> egui::Response {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let mut left = rect.left();
    for (column, text) in listed.columns().iter().zip(texts) {
        let width = column.share * rect.width();
        let cell = Rect::from_min_size(pos2(left, rect.top()), vec2(width, rect.height()));
        left += width;
        cell_text(ui, cell, text, font.clone(), colour, column.right);
    }
    response
}

/// Paints one line at the left of a cell, or at its `right`, ended by … where it
/// does not fit.
pub(in crate::ui::dialog) fn cell_text(
    ui: &Ui,
    cell: Rect,
    text: &str,
    font: FontId,
    colour: egui::Color32,
    right: bool,
) {
    use egui::text::{LayoutJob, TextFormat, TextWrapping};
    let mut job = LayoutJob::single_section(text.to_owned(), TextFormat::simple(font, colour));
    job.wrap = TextWrapping::truncate_at_width((cell.width() - theme::GRID).max(0.0));
    let galley = ui.painter().layout_job(job);
    let align = if right {
        Align2::RIGHT_CENTER
    } else {
        Align2::LEFT_CENTER
    };
    let at = align.align_size_within_rect(galley.size(), cell);
    ui.painter().galley(at.min, galley, colour);
}
