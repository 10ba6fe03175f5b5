//! The form of a figure: one dated, sourced statement.

use egui::Ui;

use super::fields::{Fields, Line, line};
use super::sheet::Part;
use crate::model::draft::{FigureDraft, MetricPick, SubjectPick, TimeKind};
use crate::model::metric::{Known, MwBasis, MwStage};
use crate::model::{SourceId, Unit};

/// Draws a part of the fields.
pub(super) fn show(ui: &mut Ui, fields: &mut Fields<'_>, draft: &mut FigureDraft, part: Part) {
    match part {
        Part::Essential => essential(ui, fields, draft),
        Part::More => {
            fields.link_details(ui, draft, |draft| &mut draft.link);
            fields.paragraph(ui, draft, line("note", "Note", "What it covers"));
        }
        Part::List => {}
    }
}

fn essential(ui: &mut Ui, fields: &mut Fields<'_>, draft: &mut FigureDraft) {
    ui.add_enabled_ui(draft.subject == SubjectPick::Company, |ui| {
        fields.company(ui, draft);
    });
    fields.choice(
        ui,
        ("subject", "Speaks of"),
        &mut draft.subject,
        [SubjectPick::Company, SubjectPick::Sector],
        |subject| match subject {
            SubjectPick::Company => "The company".to_owned(),
            SubjectPick::Sector => "All listed miners".to_owned(),
        },
    );
    metric(ui, fields, draft);
    let value = Line {
        unit: beside(draft.metric.unit()),
        ..line("value", "Value", example(draft.metric.unit()))
    };
    fields.text(ui, draft, value);
    fields.choice(
        ui,
        ("time_kind", "Time"),
        &mut draft.time_kind,
        TimeKind::ALL.iter().copied(),
        |kind| match kind {
            TimeKind::Instant => "As of a day".to_owned(),
            TimeKind::Period => "Over a period".to_owned(),
        },
    );
    let (label, hint) = match draft.time_kind {
        TimeKind::Instant => ("As of", "30 Jun 2026"),
        TimeKind::Period => ("Over", "Q2 2026 or two days"),
    };
    fields.text(ui, draft, line("time", label, hint));
    fields.text(ui, draft, line("stated", "Stated", "5 Aug 2026"));
    one_source(ui, fields, &mut draft.source);
    fields.link(ui, draft);
    fields.check(ui, &mut draft.planned, "A plan, target or projection", true);
}

/// The one source that a statement has; a pasted link takes its place.
pub(super) fn one_source(ui: &mut Ui, fields: &Fields<'_>, source: &mut Option<SourceId>) {
    let mut list: Vec<SourceId> = source.iter().copied().collect();
    fields.sources(ui, &mut list);
    *source = list.first().copied();
}

/// The metric: one that is known, power by stage and basis, or the user's own.
fn metric(ui: &mut Ui, fields: &mut Fields<'_>, draft: &mut FigureDraft) {
    const POWER: MetricPick = MetricPick::Megawatts(MwStage::Contracted, MwBasis::Critical);
    const OWN: MetricPick = MetricPick::Custom(Unit::Count);
    let mut shown = match draft.metric {
        known @ MetricPick::Known(_) => known,
        MetricPick::Megawatts(..) => POWER,
        MetricPick::Custom(_) => OWN,
    };
    let known = Known::ALL.iter().map(|known| MetricPick::Known(*known));
    let all = known.chain([POWER, OWN]);
    let name = |metric| match metric {
        MetricPick::Known(known) => known.label().to_owned(),
        MetricPick::Megawatts(..) => "Power in MW".to_owned(),
        MetricPick::Custom(_) => "A metric of your own".to_owned(),
    };
    if fields.choice(ui, ("metric", "Metric"), &mut shown, all, name) {
        draft.pick_metric(shown);
    }
    match &mut draft.metric {
        MetricPick::Known(_) => {}
        MetricPick::Megawatts(stage, basis) => {
            let stages = MwStage::ALL.iter().copied();
            fields.choice(ui, ("stage", "Stage"), stage, stages, |stage| {
                capital(stage.label())
            });
            let bases = MwBasis::ALL.iter().copied();
            fields.choice(ui, ("basis", "Basis"), basis, bases, |basis| {
                capital(basis.label())
            });
        }
        MetricPick::Custom(unit) => {
            let units = Unit::ALL.iter().copied();
            fields.choice(ui, ("unit", "Unit"), unit, units, |unit| {
                let label = unit.label();
                if label.is_empty() {
                    "A plain number".to_owned()
                } else {
                    capital(label)
                }
            });
            fields.text(ui, draft, line("custom_name", "Metric name", "Employees"));
        }
    }
}

fn capital(label: &str) -> String {
    let mut characters = label.chars();
    let first = characters
        .next()
        .map(|first| first.to_uppercase().to_string());
    format!("{}{}", first.unwrap_or_default(), characters.as_str())
}

/// The unit that stands beside the value; money has its currency in the text.
const fn beside(unit: Unit) -> &'static str {
    match unit {
        Unit::Money | Unit::Count | Unit::Months => "",
        Unit::Fraction
        | Unit::Btc
        | Unit::Megawatts
        | Unit::ExahashPerSecond
        | Unit::JoulesPerTerahash
        | Unit::UsdPerMwh => unit.label(),
    }
}

/// What a value of the unit looks like when typed.
const fn example(unit: Unit) -> &'static str {
    match unit {
        Unit::Money => "5.7b or >$5b",
        Unit::Fraction => "27 %",
        Unit::Btc => "15,000",
        Unit::Megawatts => "352 MW",
        Unit::Count => "76,000",
        Unit::ExahashPerSecond => "50",
        Unit::JoulesPerTerahash => "15.5",
        Unit::UsdPerMwh => "45",
        Unit::Months => "18 months",
    }
}
