//! First-run hints: one line, never a dialog, gone for good once put away.

use egui::Ui;

use super::widget::{caption, link};
use super::{Action, Cx};

/// The hints in the order in which they are shown, by name.
const HINTS: [(&str, &str); 3] = [
    ("enter", "Ctrl+N enters a deal you read about"),
    (
        "prices",
        "Drop a CSV of daily prices on the window to make the chart daily",
    ),
    (
        "zoom",
        "Drag over the chart to zoom, double-click to go back",
    ),
];

/// Room that a hint needs.
pub const ROOM: f32 = 420.0;

/// The first hint that was not put away: its name and its text.
fn next(cx: &Cx<'_>) -> Option<(&'static str, &'static str)> {
    let done = |name: &str| cx.settings.hints_done.iter().any(|done| done == name);
    HINTS.into_iter().find(|(name, _)| !done(name))
}

/// Whether there is a hint that was not put away.
pub fn is_left(cx: &Cx<'_>) -> bool {
    next(cx).is_some()
}

/// Shows the first hint that was not put away, if there is room for it.
pub fn show(ui: &mut Ui, cx: &Cx<'_>) {
    let Some((name, text)) = next(cx) else {
        return;
    };
    if ui.available_width() < ROOM {
        return;
    }
    caption(ui, &cx.tokens, text);
    if link(ui, &cx.tokens, "Got it")
        .on_hover_text("Do not show this line again")
        .clicked()
    {
        let mut settings = cx.settings.clone();
        settings.hints_done.push(name.to_owned());
        cx.act(Action::Set(Box::new(settings)));
    }
}
