//! What can be done with the selected statement: why it counts or not, let it
//! count with a reason, see what it disagrees with, edit it.

use egui::{Align, Label, Layout, RichText, Role, TextEdit, Ui, WidgetInfo, vec2};
use uuid::Uuid;

use crate::model::pin::{Choice, PinScope};
use crate::model::{RecordKey, RecordKind};
use crate::ui::theme;
use crate::ui::widget::{hairline, link};
use crate::ui::{Action, Cx};

use super::statements::Stated;

/// Height of the bar.
const HEIGHT: f32 = 36.0;

/// Shows the bar above the table. Returns the conflict to be shown.
pub fn show(
    ui: &mut Ui,
    cx: &Cx<'_>,
    of: Option<&Stated>,
    choosing: &mut Option<(Uuid, String)>,
) -> Option<usize> {
    let size = vec2(ui.available_width(), HEIGHT);
    let right = Layout::right_to_left(Align::Center);
    let bar = ui.allocate_ui_with_layout(size, right, |ui| {
        ui.set_min_size(size);
        ui.spacing_mut().item_spacing.x = theme::GUTTER - theme::HALF;
        ui.add_space(theme::HALF);
        let Some(of) = of else {
            // The bar stands always, so that a click moves no row.
            hint(
                ui,
                cx,
                "Select a statement to see why it counts, or to let it count",
            );
            return None;
        };
        let typed = choosing.as_mut().filter(|(typed, _)| *typed == of.figure.0);
        match typed {
            Some((_, why)) => {
                if choose(ui, cx, of, why) {
                    *choosing = None;
                }
                None
            }
            None => deeds(ui, cx, of, choosing),
        }
    });
    hairline(ui, &cx.tokens);
    bar.inner
}

fn hint(ui: &mut Ui, cx: &Cx<'_>, text: &str) {
    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
        ui.add_space(theme::GUTTER);
        let text = RichText::new(text)
            .size(theme::SECONDARY)
            .color(cx.tokens.text2);
        ui.add(Label::new(text).truncate());
    });
}

/// The reason being typed and for how long it is to count; true when done.
fn choose(ui: &mut Ui, cx: &Cx<'_>, of: &Stated, why: &mut String) -> bool {
    let mut done = link(ui, &cx.tokens, "Cancel").clicked();
    for (text, hint, scope) in [
        (
            "Use it for its time",
            "What speaks of a later time takes over",
            PinScope::ItsTime,
        ),
        (
            "Use it always",
            "It counts until you pick another",
            PinScope::Always,
        ),
    ] {
        if link(ui, &cx.tokens, text).on_hover_text(hint).clicked() {
            let figure = of.figure;
            cx.act(Action::Decide {
                choice: Choice::Use { figure, scope },
                note: why.trim().to_owned(),
            });
            done = true;
        }
    }
    let edit = TextEdit::singleline(why)
        .hint_text("Why: kept with the decision")
        .min_size(vec2(0.0, theme::CONTROL))
        .desired_width((ui.available_width() - theme::GUTTER).clamp(120.0, 420.0))
        .id_salt("why it counts");
    let response = ui.add(edit);
    response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, "Why"));
    done | ui.input(|input| input.key_pressed(egui::Key::Escape))
}

/// Links for the statement. Returns the conflict to be shown.
fn deeds(
    ui: &mut Ui,
    cx: &Cx<'_>,
    of: &Stated,
    choosing: &mut Option<(Uuid, String)>,
) -> Option<usize> {
    let tokens = &cx.tokens;
    let mut wanted = None;
    if link(ui, tokens, "Edit statement")
        .on_hover_text("Edit it, Enter")
        .clicked()
    {
        let key = RecordKey::new(RecordKind::Figure, of.figure.0);
        cx.act(Action::Edit(key));
    }
    if of.conflict.is_some()
        && link(ui, tokens, "Show conflict")
            .on_hover_text("What it disagrees with, side by side")
            .clicked()
    {
        wanted = of.conflict;
    }
    if let Some(pin) = of.pin {
        let undo = link(ui, tokens, "Take the choice back");
        if undo
            .on_hover_text("What counts follows from the statements again")
            .clicked()
        {
            cx.act(Action::Delete(RecordKey::new(RecordKind::Pin, pin.0)));
        }
    } else if of.may_count {
        let pick = link(ui, tokens, "Use this figure…");
        if pick
            .on_hover_text("Let it count rather than another")
            .clicked()
        {
            *choosing = Some((of.figure.0, String::new()));
        }
    }
    hint(ui, cx, &format!("{}: {}", of.words, of.verdict));
    wanted
}
