//! The foot of a form: what follows from what is typed, what the field with the
//! cursor says in full, and the buttons. Its height never changes while typing.

use egui::{Align, Label, Layout, RichText, Ui, UiBuilder, vec2};

use super::Form;
use super::readings::{Fact, Readings};
use crate::ui::theme::{CONTROL, GRID, SECONDARY, Tokens, Weight, font};
use crate::ui::widget::{Tone, primary_button};
use crate::ui::{Cx, dial};

/// Height of a line of what follows.
const FACT: f32 = 20.0;
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
pub(super) fn height(readings: &Readings, wide: bool) -> f32 {
    let facts = readings.judged.facts.len() as f32 * FACT;
    facts + room_to_say(wide) + GRID + CONTROL
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
    for fact in &readings.judged.facts {
        let (text, colour) = match fact {
            Fact::Known(text) => (text.as_str(), cx.tokens.text1),
            Fact::Needs(text) => (*text, cx.tokens.text3),
        };
        let text = RichText::new(text)
            .font(font(SECONDARY, Weight::Medium))
            .color(colour);
        part(ui, FACT, |ui| ui.add(Label::new(text).truncate()));
    }
    let saying = saying(form, readings);
    part(ui, room_to_say(wide), |ui| {
        if let Some((tone, text)) = saying {
            message(ui, &cx.tokens, tone, text);
        }
    });
    ui.add_space(GRID);
    if form.visit.asking {
        question(ui, cx)
    } else {
        buttons(ui, cx, form)
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

/// What is wrong or odd about the field that has the cursor, which may be too
/// long to stand beside it; else how the whole compares.
fn saying<'a>(form: &Form, readings: &'a Readings) -> Option<(Tone, &'a str)> {
    let here = form
        .visit
        .focused
        .and_then(|spot| readings.message(spot, &form.visit))
        .filter(|(tone, _)| matches!(tone, Tone::Error | Tone::Warn));
    here.or_else(|| {
        let (tone, text) = readings.judged.verdict.as_ref()?;
        Some((*tone, text.as_str()))
    })
}

/// Why the form cannot be saved now, if it cannot.
pub(super) fn why_not_saved(cx: &Cx<'_>, form: &Form) -> Option<String> {
    if let Some(day) = cx.as_of.filter(|_| !form.may_add_on_dial()) {
        return Some(dial::closed(day));
    }
    let saving = cx.status.saving.then(|| "Saving…".to_owned());
    cx.status.read_only.clone().or(saving)
}

fn buttons(ui: &mut Ui, cx: &Cx<'_>, form: &Form) -> Option<Wish> {
    let mut wish = None;
    ui.horizontal(|ui| {
        let why = why_not_saved(cx, form);
        let can_save = why.is_none();
        let why = why.unwrap_or_default();
        ui.add_enabled_ui(can_save, |ui| {
            let save = primary_button(ui, &cx.tokens, "Save")
                .on_hover_text("Ctrl+S or Enter")
                .on_disabled_hover_text(&why);
            if save.clicked() {
                wish = Some(Wish::Save);
            }
            let again = ui
                .button("Save and new")
                .on_hover_text("Ctrl+Shift+Enter")
                .on_disabled_hover_text(&why);
            if again.clicked() {
                wish = Some(Wish::SaveAndNew);
            }
        });
        if ui.button("Cancel").on_hover_text("Esc").clicked() {
            wish = Some(Wish::Cancel);
        }
        // A form that was opened before says why it is closed without being asked.
        if cx.as_of.is_some() && !can_save {
            let warn = Tone::Warn.colour(&cx.tokens);
            ui.add(Label::new(RichText::new(&why).color(warn)).truncate());
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
