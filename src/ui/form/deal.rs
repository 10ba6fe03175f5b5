//! The form of a deal.

use egui::Ui;

use super::fields::{Fields, Line, gap, line};
use super::rows::{self, List};
use super::sheet::Part;
use super::starts;
use crate::model::deal::{CounterpartyClass, DealKind, DealStatus};
use crate::model::draft::{DealDraft, Live, Parsed, PhaseDraft, who};
use crate::model::{CompanyId, DealId};
use crate::ui::widget::caption;

/// Draws a part of the fields.
pub(super) fn show(ui: &mut Ui, fields: &mut Fields<'_>, draft: &mut DealDraft, part: Part) {
    match part {
        Part::Essential => essential(ui, fields, draft),
        Part::More => more(ui, fields, draft),
        Part::List => phases(ui, fields, draft),
    }
}

/// The phases, each with what is stated of it; the rest comes from the deal.
fn phases(ui: &mut Ui, fields: &mut Fields<'_>, draft: &mut DealDraft) {
    const PHASES: List = List {
        title: "Phases",
        add: "Add phase",
        cells: &[
            ("Name", "Phase 1"),
            ("Base value", "4.9b"),
            ("IT MW", "176 MW"),
            ("Gross MW", "250 MW"),
            ("Base term", "As the deal"),
            ("Rent start", "Q3 2027"),
        ],
    };
    rows::show(ui, fields, &PHASES, &mut draft.phases, PhaseDraft::at);
    rows::told(ui, fields, "phases");
    for text in &fields.readings.judged.phase_starts {
        caption(ui, &fields.cx.tokens, text).on_hover_text(text);
    }
}

fn essential(ui: &mut Ui, fields: &mut Fields<'_>, draft: &mut DealDraft) {
    fields.company(ui, draft);
    fields.text(
        ui,
        draft,
        line("counterparty", "Counterparty", "Who signed"),
    );
    fields.choice(
        ui,
        ("counterparty_class", "Counterparty class"),
        &mut draft.counterparty_class,
        CounterpartyClass::ALL.iter().copied(),
        |class| class.label().to_owned(),
    );
    fields.choice(
        ui,
        ("kind", "Kind"),
        &mut draft.kind,
        DealKind::ALL.iter().copied(),
        |kind| kind.label().to_owned(),
    );
    let lines = [
        line("base_value", "Base value", "9.8b or ~€5m"),
        Line {
            unit: "MW",
            ..line("critical_mw", "Critical IT load", "352 MW")
        },
        line("term", "Base term", "15y or 180 months"),
        line("rent_start", "Rent start", "Q3 2027"),
    ];
    fields.texts(ui, draft, &lines);
    starts::show(ui, fields, draft);
    fields.text(ui, draft, line("announced", "Announced", "5 Jun 2026"));
    fields.sources(ui, &mut draft.sources);
    fields.link(ui, draft);
    fields.choice(
        ui,
        ("status", "Status"),
        &mut draft.status,
        DealStatus::ALL.iter().copied(),
        |status| status.label().to_owned(),
    );
    fields.text(ui, draft, line("site", "Site", "Beacon Point, Texas"));
}

fn more(ui: &mut Ui, fields: &mut Fields<'_>, draft: &mut DealDraft) {
    let lines = [
        Line {
            unit: "MW",
            ..line("gross_mw", "Gross load", "500 MW")
        },
        line("gpus", "GPUs", "76,000"),
        line("value_with_options", "Value with options", "16.3b"),
        line("extension_options", "Extension options", "Two of 5 years"),
        Line {
            unit: "a year",
            ..line("escalator", "Escalator", "3 %")
        },
        line("owned_share", "Owned share", "All of it"),
        line("noi_margin", "NOI margin", "85 %"),
        line("prepayment", "Prepayment", "1.9b"),
        line("obligor", "Credit obligor", "If not the counterparty"),
        line("backstop", "Backstop", "3.2b"),
        line("warrants", "Warrants given", "In words"),
    ];
    fields.texts(ui, draft, &lines);
    fields.check(
        ui,
        &mut draft.base_value_planned,
        "The base value is a plan or target",
        true,
    );
    alternative(ui, fields, draft);
    gap(ui);
    fields.link_details(ui, draft, |draft| &mut draft.link);
    fields.paragraph(ui, draft, line("note", "Note", ""));
}

/// Other deals of the company, of which this may be another telling.
fn alternative(ui: &mut Ui, fields: &Fields<'_>, draft: &mut DealDraft) {
    let book = fields.cx.book;
    let company: Option<CompanyId> = match who::company(&draft.company, book) {
        Live::Ok(Parsed::Company(id)) => Some(id),
        Live::Ok(_) | Live::Empty | Live::Err(_) => None,
    };
    let own = draft.id;
    let others = book
        .deals()
        .filter(|deal| Some(deal.company) == company && Some(deal.id) != own)
        .filter(|deal| deal.alternative_to.is_none())
        .map(|deal| Some(deal.id));
    let name = |id: Option<DealId>| {
        id.and_then(|id| book.deal(id)).map_or_else(
            || "A deal of its own".to_owned(),
            |deal| {
                let site = deal.site.as_ref().unwrap_or(&deal.counterparty);
                format!("{site}, {}", super::echo::date(Some(deal.announced)))
            },
        )
    };
    fields.choice(
        ui,
        ("alternative_to", "Another statement of"),
        &mut draft.alternative_to,
        std::iter::once(None).chain(others),
        name,
    );
}
