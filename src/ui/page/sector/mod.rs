//! The Sector page.

use egui::Ui;

use crate::ui::Cx;
use crate::ui::state::UiState;

/// What the page remembers.
#[derive(Default)]
pub struct State {}

/// Shows the page.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, state: &mut UiState) {
    // Stub.
    let _ = (ui, cx, state);
}
