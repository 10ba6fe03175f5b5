//! The form of a company and the share that it is listed as.

use egui::Ui;

use super::fields::{Fields, line};
use super::sheet::Part;
use crate::model::draft::CompanyDraft;

/// Draws a part of the fields.
pub(super) fn show(ui: &mut Ui, fields: &mut Fields<'_>, draft: &mut CompanyDraft, part: Part) {
    match part {
        Part::Essential => {
            let lines = [
                line("name", "Name", "Hut 8"),
                line("symbol", "Symbol", "HUT"),
                line("exchange", "Exchange", "Nasdaq"),
                line("currency", "Price currency", "USD"),
                line("legal_name", "Legal name", "Hut 8 Corp."),
                line("fiscal_year_end", "Fiscal year end", "31 December"),
            ];
            fields.texts(ui, draft, &lines);
        }
        Part::More => {
            fields.text(
                ui,
                draft,
                line("former_symbols", "Former symbols", "With commas between"),
            );
            fields.paragraph(
                ui,
                draft,
                line("former_names", "Former names", "One a line"),
            );
            let lines = [
                line("cik", "CIK", "0001964789"),
                line("tags", "Tags", "With commas between"),
                line("colour", "Colour", "#F2D35B"),
            ];
            fields.texts(ui, draft, &lines);
            fields.paragraph(ui, draft, line("note", "Note", ""));
        }
        Part::List => {}
    }
}
