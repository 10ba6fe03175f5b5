//! All deals, filtered, with totals that follow the filter.

use egui::Ui;

use crate::ui::Cx;

/// What the page remembers.
#[derive(Default)]
pub struct State {}

/// Shows the page.
pub fn show(_ui: &mut Ui, _cx: &Cx<'_>, _state: &mut State) {}
