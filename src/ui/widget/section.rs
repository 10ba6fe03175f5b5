//! The head of a section: its title, and at the right the one thing to do there.

use egui::{Align, Layout, Response, Ui, vec2};

use super::{heading, link};
use crate::ui::theme::{CHIP, Tokens};

/// Draws the title and, if there is one, the link, whose response it returns.
pub fn section(
    ui: &mut Ui,
    tokens: &Tokens,
    title: &str,
    action: Option<&str>,
) -> Option<Response> {
    let size = vec2(ui.available_width(), CHIP);
    let right_to_left = Layout::right_to_left(Align::Center);
    ui.allocate_ui_with_layout(size, right_to_left, |ui| {
        let response = action.map(|action| link(ui, tokens, action));
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            heading(ui, tokens, title);
        });
        response
    })
    .inner
}
