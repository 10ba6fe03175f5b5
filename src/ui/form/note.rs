//! The form of a note.

use egui::Ui;

use super::fields::{Fields, line};
use super::sheet::Part;
use crate::model::draft::NoteDraft;

/// Draws the fields; there is one part only.
pub(super) fn show(ui: &mut Ui, fields: &mut Fields<'_>, draft: &mut NoteDraft, part: Part) {
    if part != Part::Essential {
        return;
    }
    fields.company(ui, draft);
    fields.text(ui, draft, line("day", "Day", "10 Oct 2026"));
    fields.paragraph(ui, draft, line("body", "Note", "What you think, and why"));
}
