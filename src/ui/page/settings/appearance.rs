//! Theme, colours of gain and loss, text size.

use egui::{RichText, Ui};

use super::{choices, set};
use crate::ui::theme::{self, Scheme, ThemeChoice, Tokens};
use crate::ui::{Cx, format};

/// The text sizes offered, in percent: steps, because a slider would scale the
/// window under the pointer that drags it.
const PERCENT: [u8; 8] = [80, 90, 100, 110, 125, 150, 175, 200];

/// Shows the section's lines.
pub(super) fn show(ui: &mut Ui, cx: &Cx<'_>) {
    let now = cx.settings;
    let themes =
        ThemeChoice::ALL.map(|theme| (theme, theme.label().to_owned(), theme == now.theme));
    if let Some(theme) = choices(ui, cx, "Theme", &themes, None) {
        set(cx, |settings| settings.theme = theme);
    }
    let schemes = Scheme::ALL.map(|of| (of, of.label().to_owned(), of == now.scheme));
    let sample = |ui: &mut Ui, scheme| sample(ui, cx.tokens.dark, scheme);
    if let Some(scheme) = choices(ui, cx, "Gains and losses", &schemes, Some(&sample)) {
        set(cx, |settings| settings.scheme = scheme);
    }
    let sizes = PERCENT.map(|percent| {
        let scale = f32::from(percent) / 100.0;
        let selected = (now.text_scale - scale).abs() < 0.005;
        (scale, format::share(f64::from(percent) / 100.0), selected)
    });
    if let Some(scale) = choices(ui, cx, "Text size", &sizes, None) {
        set(cx, |settings| settings.text_scale = scale);
    }
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
