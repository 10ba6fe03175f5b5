//! The rows of a file of records by what would become of them, as lists of
//! which only the visible part is made into text.

use egui::{FontId, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{ImportRecords, Shown};
use crate::exchange::record_csv::{Fate, Import, ReadRow};
use crate::ui::dialog::import_prices::cell_text;
use crate::ui::theme::{self, Weight};
use crate::ui::widget::hairline;
use crate::ui::{Cx, format};

/// Height of a row.
const ROW: f32 = theme::CHIP;

/// Which rows are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Listed {
    /// Faults of rows that cannot be taken.
    Refused,
    /// Columns that would change.
    Changed,
    /// Rows the book does not have.
    New,
    /// Rows the book has exactly so.
    Unchanged,
}

impl Listed {
    /// All, the gravest first.
    pub const ALL: [Self; 4] = [Self::Refused, Self::Changed, Self::New, Self::Unchanged];

    /// The name on its chip, before the number.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Refused => "Refused",
            Self::Changed => "Changed",
            Self::New => "New",
            Self::Unchanged => "Unchanged",
        }
    }

    /// What the list holds, for the pointer.
    pub const fn hint(self) -> &'static str {
        match self {
            Self::Refused => "Rows that cannot be read, with every fault; they are not taken",
            Self::Changed => "Records the book has otherwise, column by column",
            Self::New => "Records the book does not have",
            Self::Unchanged => "Records the book has exactly so",
        }
    }

    /// How many rows of the file it is about.
    pub const fn rows(self, shown: &Shown) -> usize {
        match self {
            Self::Refused => shown.refused_rows,
            Self::Changed => shown.changed_rows,
            Self::New => shown.new.len(),
            Self::Unchanged => shown.unchanged.len(),
        }
    }

    /// Titles of the columns with their shares of the width.
    const fn columns(self) -> &'static [(&'static str, f32)] {
        match self {
            Self::Refused => &[
                ("Line", 0.08),
                ("Column", 0.18),
                ("Text", 0.2),
                ("Reason", 0.54),
            ],
            Self::Changed => &[
                ("Line", 0.08),
                ("Record", 0.3),
                ("Column", 0.16),
                ("In the book", 0.23),
                ("In the file", 0.23),
            ],
            Self::New | Self::Unchanged => &[("Line", 0.08), ("Record", 0.92)],
        }
    }

    /// How many lines the list has.
    const fn len(self, shown: &Shown, import: &Import) -> usize {
        match self {
            Self::Refused => import.refused.len(),
            Self::Changed => shown.changes.len(),
            Self::New => shown.new.len(),
            Self::Unchanged => shown.unchanged.len(),
        }
    }

    /// The texts of a line, as many as there are columns.
    fn texts(self, shown: &Shown, import: &Import, index: usize) -> Vec<String> {
        let at = |places: &[usize]| {
            let row = import.rows.get(*places.get(index)?)?;
            Some(vec![row.line.to_string(), row.title.clone()])
        };
        let texts = match self {
            Self::Refused => import.refused.get(index).map(|error| {
                let (field, text) = (error.field.to_owned(), error.text.clone());
                vec![error.line.to_string(), field, text, error.reason.clone()]
            }),
            Self::Changed => shown.changes.get(index).and_then(|(row, field)| {
                let row: &ReadRow = import.rows.get(*row)?;
                let Fate::Changed(fields) = &row.fate else {
                    return None;
                };
                let change = fields.get(*field)?;
                let or_unknown = |text: &str| {
                    let known = (!text.is_empty()).then(|| text.to_owned());
                    known.unwrap_or_else(|| format::UNKNOWN.to_owned())
                };
                let (before, after) = (or_unknown(&change.before), or_unknown(&change.after));
                let (line, field) = (row.line.to_string(), change.field.to_owned());
                Some(vec![line, row.title.clone(), field, before, after])
            }),
            Self::New => at(&shown.new),
            Self::Unchanged => at(&shown.unchanged),
        };
        texts.unwrap_or_default()
    }
}

/// Shows the chosen list in `height` points.
pub(super) fn show(ui: &mut Ui, cx: &Cx<'_>, dialog: &ImportRecords, height: f32) {
    let (Some(import), Some(listed)) = (dialog.import(cx.revision), dialog.listed) else {
        return;
    };
    let tokens = &cx.tokens;
    ui.spacing_mut().item_spacing.y = 0.0;
    let titles: Vec<String> = listed
        .columns()
        .iter()
        .map(|(title, _)| (*title).to_owned())
        .collect();
    let font = theme::font(theme::SECONDARY, Weight::Regular);
    line(ui, listed, &titles, &font, tokens.text3);
    hairline(ui, tokens);
    ScrollArea::vertical()
        .id_salt(("records", listed.name()))
        .max_height((height - ROW).max(3.0 * ROW))
        .auto_shrink(false)
        .show_rows(ui, ROW, listed.len(&dialog.shown, import), |ui, range| {
            for index in range {
                let texts = listed.texts(&dialog.shown, import, index);
                let response = line(ui, listed, &texts, &font, tokens.text1);
                response.widget_info(|| WidgetInfo::labeled(Role::Row, true, texts.join(", ")));
                response.on_hover_ui(|ui| {
                    for ((title, _), text) in listed.columns().iter().zip(&texts) {
                        ui.label(format!("{title}: {text}"));
                    }
                });
            }
        });
}

fn line(
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
        cell_text(ui, cell, text, font.clone(), colour, false);
    }
    response
}
