//! The form of a debt instrument.

use egui::Ui;

use super::fields::{Fields, Line, gap, line};
use super::rows::{self, List};
use super::sheet::Part;
use crate::model::debt::{DebtKind, DebtLevel, DebtStatus};
use crate::model::draft::{DebtDraft, RepaymentDraft};
use crate::model::repayment::Interval;

/// Draws a part of the fields.
pub(super) fn show(ui: &mut Ui, fields: &mut Fields<'_>, draft: &mut DebtDraft, part: Part) {
    match part {
        Part::Essential => essential(ui, fields, draft),
        Part::More => more(ui, fields, draft),
        Part::List => schedule(ui, fields, draft),
    }
}

/// The stated repayments before maturity.
fn schedule(ui: &mut Ui, fields: &mut Fields<'_>, draft: &mut DebtDraft) {
    const SCHEDULE: List = List {
        title: "Stated repayments before maturity",
        add: "Add repayment",
        cells: &[("Date", "15 Nov 2028"), ("Amount", "40m")],
    };
    let blank = |_| RepaymentDraft::default();
    rows::show(ui, fields, &SCHEDULE, &mut draft.schedule, blank);
    rows::told(ui, fields, "schedule");
}

/// Repayment by a rule: a part of the principal at each interval.
fn instalments(ui: &mut Ui, fields: &mut Fields<'_>, draft: &mut DebtDraft) {
    let part = Line {
        unit: "of principal",
        ..line("instalment", "Instalment", "1.25 %")
    };
    fields.text(ui, draft, part);
    fields.choice(
        ui,
        ("instalment_every", "Instalment due"),
        &mut draft.instalment_every,
        Interval::ALL.iter().copied(),
        |every| format!("Once {}", every.label()),
    );
    let first = line("instalment_first", "First instalment", "After the issue");
    fields.text(ui, draft, first);
}

fn essential(ui: &mut Ui, fields: &mut Fields<'_>, draft: &mut DebtDraft) {
    fields.company(ui, draft);
    fields.text(
        ui,
        draft,
        line("name", "Name", "0 % convertible notes 2031"),
    );
    fields.choice(
        ui,
        ("kind", "Kind"),
        &mut draft.kind,
        DebtKind::ALL.iter().copied(),
        |kind| kind.label().to_owned(),
    );
    fields.choice(
        ui,
        ("status", "Status"),
        &mut draft.status,
        DebtStatus::ALL.iter().copied(),
        |status| status.label().to_owned(),
    );
    let lines = [
        line("principal", "Principal", "1.15b"),
        line("drawn", "Drawn", "If it is a facility"),
        line("coupon", "Coupon", "7.75 % or SOFR + 4.75 %"),
        line("issued", "Issued", "Jun 2026"),
        line("matures", "Matures", "15 Jun 2031"),
    ];
    fields.texts(ui, draft, &lines);
    fields.sources(ui, &mut draft.sources);
    fields.link(ui, draft);
}

fn more(ui: &mut Ui, fields: &mut Fields<'_>, draft: &mut DebtDraft) {
    fields.choice(
        ui,
        ("level", "Level"),
        &mut draft.level,
        DebtLevel::ALL.iter().copied(),
        |level| level.label().to_owned(),
    );
    let price = |field, label, hint| Line {
        unit: "a share",
        ..line(field, label, hint)
    };
    let lines = [
        line("issuer", "Issuer", "If not the company"),
        price("conversion_price", "Conversion price", "64.78"),
        price("cap_price", "Cap price", "101.50"),
    ];
    fields.texts(ui, draft, &lines);
    instalments(ui, fields, draft);
    let lines = [
        line("amortisation", "Amortisation", "In words"),
        line("recourse", "Recourse", "In words"),
        line("site", "Site", "What it finances"),
        line("owned_share", "Owned share", "All of it"),
    ];
    fields.texts(ui, draft, &lines);
    fields.check(
        ui,
        &mut draft.principal_planned,
        "The principal is a plan or target",
        true,
    );
    gap(ui);
    fields.link_details(ui, draft, |draft| &mut draft.link);
    fields.paragraph(ui, draft, line("note", "Note", ""));
}
