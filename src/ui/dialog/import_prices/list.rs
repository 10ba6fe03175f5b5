//! The rows of a price file that need a look, as lists of which only the
//! visible part is made into text.

use egui::{FontId, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::ImportPrices;
use crate::exchange::price_csv::{Overlap, PriceFile};
use crate::ui::theme::{self, Tokens, Weight};
use crate::ui::widget::hairline;
use crate::ui::{Cx, format};

/// Height of a row.
const ROW: f32 = theme::CHIP;

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
}

impl Listed {
    /// All, the gravest first.
    pub(super) const ALL: [Self; 5] = [
        Self::Refused,
        Self::Conflicts,
        Self::Differing,
        Self::Duplicates,
        Self::Doubtful,
    ];

    /// The list to begin with: the gravest that is not empty.
    pub(super) fn first(file: &PriceFile) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find(|listed| listed.len(file, None) > 0)
    }

    /// The name on its chip, before the number.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Refused => "Refused",
            Self::Conflicts => "Conflicting",
            Self::Differing => "Differing",
            Self::Duplicates => "Repeated",
            Self::Doubtful => "Doubtful",
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
        }
    }

    /// Title and share of the width of each column.
    fn columns(self) -> &'static [(&'static str, f32)] {
        match self {
            Self::Refused => &[
                ("Line", 0.1),
                ("Column", 0.18),
                ("Text", 0.32),
                ("Reason", 0.4),
            ],
            Self::Conflicts => &[("Day", 0.22), ("Taken", 0.39), ("Not taken", 0.39)],
            Self::Differing => &[
                ("Day", 0.22),
                ("Stored", 0.26),
                ("File", 0.26),
                ("Difference", 0.26),
            ],
            Self::Duplicates => &[("Day", 0.22), ("Taken", 0.26), ("Repeated", 0.52)],
            Self::Doubtful => &[("Line, day and doubt", 1.0)],
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
        };
        texts.unwrap_or_default()
    }
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
        .map(|(title, _)| (*title).to_owned())
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
        for ((title, _), text) in listed.columns().iter().zip(texts) {
            ui.label(format!("{title}: {text}"));
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
    for ((_, share), text) in listed.columns().iter().zip(texts) {
        let width = share * rect.width();
        let cell = Rect::from_min_size(pos2(left, rect.top()), vec2(width, rect.height()));
        left += width;
        cell_text(ui, cell, text, font.clone(), colour);
    }
    response
}

/// Paints one line at the left of a cell, ended by … where it does not fit.
pub(super) fn cell_text(ui: &Ui, cell: Rect, text: &str, font: FontId, colour: egui::Color32) {
    use egui::text::{LayoutJob, TextFormat, TextWrapping};
    let mut job = LayoutJob::single_section(text.to_owned(), TextFormat::simple(font, colour));
    job.wrap = TextWrapping::truncate_at_width((cell.width() - theme::GRID).max(0.0));
    let galley = ui.painter().layout_job(job);
    let at = pos2(cell.left(), cell.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, colour);
}
