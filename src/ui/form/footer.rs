//! The foot of a form: a deal's live rates, what the field with the cursor
//! says in full, and the buttons. Its height never changes while typing.

use egui::{Align, Label, Layout, RichText, Ui, UiBuilder, vec2};

use super::Form;
use super::readings::Readings;
use crate::analytics::rates::{Plausibility, Rates};
use crate::ui::theme::{CONTROL, GRID, SECONDARY, Tokens, Weight, font};
use crate::ui::widget::{Tone, primary_button};
use crate::ui::{Cx, format};

/// Height of the line with the rates.
const RATES: f32 = 20.0;
/// Height of one line of a message in full.
const SAYING: f32 = 17.0;

/// What a button of the foot asks for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Wish {
    Save,
    SaveAndNew,
    Cancel,
    Discard,
    KeepTyping,
}

/// Room for a message in full: more lines where they are shorter.
const fn room_to_say(wide: bool) -> f32 {
    if wide { 2.0 * SAYING } else { 3.0 * SAYING }
}

/// Height of the foot.
pub(super) const fn height(readings: &Readings, wide: bool) -> f32 {
    let rates = if readings.rates.is_some() { RATES } else { 0.0 };
    rates + room_to_say(wide) + GRID + CONTROL
}

/// Draws the foot and gives what was asked for.
pub(super) fn show(
    ui: &mut Ui,
    cx: &Cx<'_>,
    form: &Form,
    readings: &Readings,
    wide: bool,
) -> Option<Wish> {
    ui.spacing_mut().item_spacing.y = 0.0;
    if let Some((rates, _)) = &readings.rates {
        let (text, colour) = rates_line(rates).map_or_else(
            || {
                let text = "Rates follow from base value, critical IT load and base term";
                (text.to_owned(), cx.tokens.text3)
            },
            |text| (text, cx.tokens.text1),
        );
        let text = RichText::new(text)
            .font(font(SECONDARY, Weight::Medium))
            .color(colour);
        part(ui, RATES, |ui| ui.add(Label::new(text).truncate()));
    }
    let saying = saying(form, readings);
    part(ui, room_to_say(wide), |ui| {
        if let Some((tone, text)) = saying {
            message(ui, &cx.tokens, tone, &text);
        }
    });
    ui.add_space(GRID);
    if form.visit.asking {
        question(ui, cx)
    } else {
        buttons(ui, cx)
    }
}

fn part<R>(ui: &mut Ui, height: f32, add: impl FnOnce(&mut Ui) -> R) -> R {
    let size = vec2(ui.available_width(), height);
    let (rect, _) = ui.allocate_exact_size(size, egui::Sense::empty());
    let builder = UiBuilder::new()
        .max_rect(rect)
        .layout(Layout::top_down(Align::Min));
    add(&mut ui.new_child(builder))
}

fn message(ui: &mut Ui, tokens: &Tokens, tone: Tone, text: &str) {
    let text = RichText::new(text)
        .font(font(SECONDARY, Weight::Regular))
        .color(tone.colour(tokens));
    ui.add(Label::new(text).wrap());
}

/// What is wrong with the field that has the cursor; else how a deal's rate
/// compares.
fn saying(form: &Form, readings: &Readings) -> Option<(Tone, String)> {
    let here = form
        .visit
        .focused
        .and_then(|field| readings.message(field, &form.visit))
        .filter(|(tone, _)| *tone == Tone::Error);
    if let Some((tone, text)) = here {
        return Some((tone, text.to_owned()));
    }
    match &readings.rates.as_ref()?.1 {
        Plausibility::Unknown => None,
        Plausibility::Usual(name) => Some((Tone::Good, format!("in the usual range for {name}"))),
        Plausibility::Suspicious { text, .. } => Some((Tone::Warn, text.clone())),
    }
}

/// "$1.86m per MW-year · $155 per kW-month · $212 per MWh (critical IT load)".
fn rates_line(rates: &Rates) -> Option<String> {
    let per_gpu = rates
        .usd_per_gpu
        .map(|usd| format!("{} per GPU", format::dollars(usd, 0)));
    let per_power = || {
        Some(format!(
            "${}m per MW-year · {} per kW-month · {} per MWh (critical IT load)",
            format::rate_m_per_mw_year(rates.usd_m_per_mw_year?),
            format::dollars(rates.usd_per_kw_month?, 0),
            format::dollars(rates.usd_per_mwh?, 0),
        ))
    };
    match (per_power(), per_gpu) {
        (Some(power), Some(gpu)) => Some(format!("{power} · {gpu}")),
        (power, gpu) => power.or(gpu),
    }
}

fn buttons(ui: &mut Ui, cx: &Cx<'_>) -> Option<Wish> {
    let mut wish = None;
    ui.horizontal(|ui| {
        let can_save = !cx.status.saving && cx.status.read_only.is_none();
        let why = cx.status.read_only.as_deref().unwrap_or("Saving…");
        ui.add_enabled_ui(can_save, |ui| {
            let save = primary_button(ui, &cx.tokens, "Save")
                .on_hover_text("Ctrl+S or Enter")
                .on_disabled_hover_text(why);
            if save.clicked() {
                wish = Some(Wish::Save);
            }
            let again = ui
                .button("Save and new")
                .on_hover_text("Ctrl+Shift+Enter")
                .on_disabled_hover_text(why);
            if again.clicked() {
                wish = Some(Wish::SaveAndNew);
            }
        });
        if ui.button("Cancel").on_hover_text("Esc").clicked() {
            wish = Some(Wish::Cancel);
        }
    });
    wish
}

/// Stands where the buttons were, so that nothing moves.
fn question(ui: &mut Ui, cx: &Cx<'_>) -> Option<Wish> {
    let mut wish = None;
    ui.horizontal(|ui| {
        ui.colored_label(cx.tokens.text1, "Discard what you typed?");
        let keep = primary_button(ui, &cx.tokens, "Keep typing");
        // Esc left the keyboard nowhere: the question has it, so that Enter
        // answers and Tab finds the other answer.
        if ui.memory(|memory| memory.focused().is_none()) {
            keep.request_focus();
        }
        if keep.clicked() {
            wish = Some(Wish::KeepTyping);
        }
        if ui.button("Discard").clicked() {
            wish = Some(Wish::Discard);
        }
    });
    wish
}
