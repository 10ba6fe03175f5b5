//! The form of a source.

use egui::Ui;

use super::fields::{Fields, line};
use super::sheet::Part;
use crate::model::draft::SourceDraft;
use crate::model::source::Grade;

/// Draws the fields; there is one part only.
pub(super) fn show(ui: &mut Ui, fields: &mut Fields<'_>, draft: &mut SourceDraft, part: Part) {
    if part != Part::Essential {
        return;
    }
    let lines = [
        line("url", "Link or file", "https://…"),
        line("title", "Title", "As the link"),
        line("publisher", "Publisher", "As the link's host"),
        line("published", "Published", "5 Jun 2026"),
    ];
    fields.texts(ui, draft, &lines);
    fields.choice(
        ui,
        ("grade", "Grade"),
        &mut draft.grade,
        Grade::ALL.iter().copied(),
        |grade| grade.label().to_owned(),
    );
    fields.paragraph(ui, draft, line("note", "Note", ""));
}
