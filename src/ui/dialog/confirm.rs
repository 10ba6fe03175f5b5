//! A question before something that undo cannot take back.

use egui::{Context, Label, RichText};

use super::{Pressed, buttons, modal};
use crate::ui::state::Confirm;
use crate::ui::widget::heading;
use crate::ui::{Action, Cx, theme};

/// Asks the question. "Cancel" has the focus, so that Enter alone does nothing
/// that cannot be taken back; Esc and a click beside it are "no", too.
pub fn show(ctx: &Context, cx: &Cx<'_>, confirm: &Confirm) {
    let mut pressed = None;
    let modal = modal(ctx, "Question", 400.0, |ui| {
        heading(ui, &cx.tokens, &confirm.title);
        let text = RichText::new(&confirm.text).color(cx.tokens.text1);
        ui.add(Label::new(text).wrap());
        ui.add_space(theme::GRID);
        pressed = buttons(ui, cx, confirm.button, true, "", true);
    });
    match pressed {
        Some(Pressed::Primary) => {
            cx.act(Action::CloseDialog);
            cx.act(confirm.action.clone());
        }
        Some(Pressed::Cancel) => cx.act(Action::CloseDialog),
        None if modal.should_close() => cx.act(Action::CloseDialog),
        None => {}
    }
}
