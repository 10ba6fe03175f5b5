//! Messages: shown for a while over the page, kept in a panel.

use egui::Context;

use super::Cx;

/// Shows the messages that are on screen.
pub fn show_toasts(_ctx: &Context, _cx: &Cx<'_>) {}

/// Shows the panel of the last messages.
pub fn show_panel(_ctx: &Context, _cx: &Cx<'_>, _open: &mut bool) {}
