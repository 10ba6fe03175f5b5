//! Theme, colours of gain and loss, text size.

use egui::{RichText, Ui};

use super::{line, set};
use crate::ui::theme::{self, Scheme, ThemeChoice, Tokens};
use crate::ui::widget::chip;
use crate::ui::{Cx, format};

/// The text sizes offered, in percent: steps, because a slider would scale the
/// window under the pointer that drags it.
const PERCENT: [u8; 8] = [80, 90, 100, 110, 125, 150, 175, 200];

/// Shows the section's lines. Chips are added from the right.
pub(super) fn show(ui: &mut Ui, cx: &Cx<'_>) {
    let tokens = &cx.tokens;
    line(ui, cx, "Theme", |ui| {
        for choice in ThemeChoice::ALL.into_iter().rev() {
            let selected = cx.settings.theme == choice;
            if chip(ui, tokens, choice.label(), selected).clicked() && !selected {
                set(cx, |settings| settings.theme = choice);
            }
        }
    });
    line(ui, cx, "Gains and losses", |ui| {
        for scheme in Scheme::ALL.into_iter().rev() {
            let selected = cx.settings.scheme == scheme;
            let response = chip(ui, tokens, scheme.label(), selected);
            let clicked = response.clicked();
            response.on_hover_ui(|ui| sample(ui, tokens.dark, scheme));
            if clicked && !selected {
                set(cx, |settings| settings.scheme = scheme);
            }
        }
    });
    line(ui, cx, "Text size", |ui| {
        for percent in PERCENT.into_iter().rev() {
            let scale = f32::from(percent) / 100.0;
            let selected = (cx.settings.text_scale - scale).abs() < 0.005;
            let text = format::share(f64::from(percent) / 100.0);
            if chip(ui, tokens, &text, selected).clicked() && !selected {
                set(cx, |settings| settings.text_scale = scale);
            }
        }
    });
}

/// A rise and a fall in the colours of a scheme.
fn sample(ui: &mut Ui, dark: bool, scheme: Scheme) {
    let tokens = Tokens::of(dark, scheme);
    ui.horizontal(|ui| {
        for change in [0.042, -0.018] {
            let text = RichText::new(format::percent(change, 1))
                .size(theme::TEXT)
                .color(tokens.change(Some(change)));
            ui.label(text);
        }
    });
}
