//! The form of a treasury event.

use egui::Ui;

use super::fields::{Fields, Line, line};
use super::figure::one_source;
use super::sheet::Part;
use crate::model::draft::{TimeKind, TreasuryDraft};
use crate::model::treasury::TreasuryKind;

/// Draws a part of the fields.
pub(super) fn show(ui: &mut Ui, fields: &mut Fields<'_>, draft: &mut TreasuryDraft, part: Part) {
    match part {
        Part::Essential => essential(ui, fields, draft),
        Part::More => {
            fields.link_details(ui, draft, |draft| &mut draft.link);
            fields.paragraph(ui, draft, line("note", "Note", ""));
        }
        Part::List => {}
    }
}

fn essential(ui: &mut Ui, fields: &mut Fields<'_>, draft: &mut TreasuryDraft) {
    fields.company(ui, draft);
    fields.choice(
        ui,
        ("treasury_kind", "Kind"),
        &mut draft.kind,
        TreasuryKind::ALL.iter().copied(),
        |kind| kind.label().to_owned(),
    );
    let coins = Line {
        unit: "BTC",
        ..line("btc", "Bitcoin", "15,000")
    };
    fields.text(ui, draft, coins);
    let money = match draft.kind {
        TreasuryKind::Holding => "Value",
        TreasuryKind::Purchase => "Paid",
        TreasuryKind::Sale => "Proceeds",
    };
    fields.text(ui, draft, line("proceeds", money, "1.1b"));
    fields.choice(
        ui,
        ("event_kind", "Time"),
        &mut draft.event_kind,
        TimeKind::ALL.iter().copied(),
        |kind| match kind {
            TimeKind::Instant => "On a day".to_owned(),
            TimeKind::Period => "Over a period".to_owned(),
        },
    );
    fields.text(ui, draft, line("event", "Happened", "30 Jun 2026"));
    fields.text(ui, draft, line("disclosed", "Disclosed", "5 Jul 2026"));
    one_source(ui, fields, &mut draft.source);
    fields.link(ui, draft);
    fields.check(ui, &mut draft.planned, "A plan or target", true);
}
