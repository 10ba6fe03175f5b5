//! How the statements of a rent start will stand once a form is saved: each with
//! its day, and how far it slipped. Dates are compared in `analytics`.

use egui::{Label, RichText, Ui};

use super::fields::{Fields, line};
use super::row::row;
use crate::model::draft::DealDraft;
use crate::ui::theme::{SECONDARY, Weight, font};
use crate::ui::widget::Tone;

/// Height of one line of the statements.
const LINE: f32 = 17.0;

/// What to say about a changed rent start, and the statements after it.
pub(super) fn show(ui: &mut Ui, fields: &mut Fields<'_>, draft: &mut DealDraft) {
    if draft.id.is_none() {
        return;
    }
    let stated = line("rent_start_stated", "Rent start stated", "Today");
    fields.text(ui, draft, stated);
    let phases = draft
        .phases
        .iter()
        .any(|phase| !phase.rent_starts.is_empty());
    if !draft.rent_starts.is_empty() || phases {
        let text = "Correct the last statement";
        fields.check(ui, &mut draft.correct_rent_start, text, true);
    }
    let Some((told, slipped)) = &fields.readings.judged.starts else {
        return;
    };
    let lines = told.matches(" → ").count() + 1;
    let slipped = slipped.as_deref().map(|text| (Tone::Warn, text));
    let tokens = fields.cx.tokens;
    let height = lines as f32 * LINE;
    row(
        ui,
        &tokens,
        "Rent start so far",
        height,
        slipped,
        |ui, _| {
            let text = RichText::new(told)
                .font(font(SECONDARY, Weight::Regular))
                .color(tokens.text2);
            ui.add(Label::new(text).wrap());
        },
    );
}
