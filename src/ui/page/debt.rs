//! Instruments and stated totals side by side; maturities by year.

use egui::Ui;

use crate::ui::Cx;

/// What the page remembers.
#[derive(Default)]
pub struct State {}

/// Shows the page.
pub fn show(_ui: &mut Ui, _cx: &Cx<'_>, _state: &mut State) {}
