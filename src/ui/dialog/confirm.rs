//! A question before something that undo cannot take back.

use egui::{Context, Id, Modal};

use crate::ui::state::Confirm;
use crate::ui::widget::{heading, primary_button};
use crate::ui::{Action, Cx};

/// Asks the question; Esc and a click beside it are "no".
pub fn show(ctx: &Context, cx: &Cx<'_>, confirm: &Confirm) {
    let modal = Modal::new(Id::unique("confirm")).show(ctx, |ui| {
        ui.set_width(380.0);
        heading(ui, &cx.tokens, &confirm.title);
        ui.add_space(8.0);
        ui.label(&confirm.text);
        ui.add_space(16.0);
        ui.horizontal(|ui| {
            if primary_button(ui, &cx.tokens, confirm.button).clicked() {
                cx.act(Action::CloseDialog);
                cx.act(confirm.action.clone());
            }
            if ui.button("Cancel").clicked() {
                cx.act(Action::CloseDialog);
            }
        });
    });
    if modal.should_close() {
        cx.act(Action::CloseDialog);
    }
}
