//! The user's keys of providers: typed here, kept by the app, never shown.

use std::collections::BTreeMap;

use egui::{Align2, Role, TextEdit, Ui, WidgetInfo, vec2};

use super::{line, remark};
use crate::model::Provider;
use crate::ui::theme;
use crate::ui::widget::focus_ring;
use crate::ui::{Action, Cx};

/// Shows a line for each provider that needs a key. `typed` are keys that are
/// not kept yet.
pub(super) fn show(ui: &mut Ui, cx: &Cx<'_>, typed: &mut BTreeMap<Provider, String>) {
    let providers = Provider::ALL.iter();
    for provider in providers.filter(|provider| provider.needs_key()) {
        ui.push_id(provider.code(), |ui| {
            if cx.status.keys.contains(provider) {
                kept(ui, cx, *provider);
            } else {
                field(ui, cx, *provider, typed.entry(*provider).or_default());
            }
        });
    }
    let session = "Keys are kept in the system keyring, never in a file";
    remark(ui, cx, cx.status.no_keyring.as_deref().unwrap_or(session));
}

fn kept(ui: &mut Ui, cx: &Cx<'_>, provider: Provider) {
    let place = match cx.status.no_keyring {
        Some(_) => "kept for this session",
        None => "kept in the system keyring",
    };
    let text = format!("{} key, {place}", provider.label());
    line(ui, cx, &text, |ui| {
        if button(ui, "Forget", provider, true) {
            cx.act(Action::ForgetKey(provider));
        }
    });
}

fn field(ui: &mut Ui, cx: &Cx<'_>, provider: Provider, text: &mut String) {
    let name = format!("{} key", provider.label());
    let mut save = false;
    line(ui, cx, &name, |ui| {
        let some = !text.trim().is_empty();
        save = button(ui, "Save", provider, some);
        let edit = TextEdit::singleline(text)
            .password(true)
            .align(Align2::LEFT_CENTER)
            .min_size(vec2(0.0, theme::CONTROL))
            .desired_width(theme::FIELD.min(ui.available_width() * 0.6))
            .id_salt("key");
        let response = ui.add(edit);
        response.widget_info(|| WidgetInfo::labeled(Role::PasswordInput, true, &name));
        focus_ring(ui, &cx.tokens, &response, response.rect, theme::RADIUS);
        let enter = ui.input(|input| input.key_pressed(egui::Key::Enter));
        save |= some && enter && response.lost_focus();
    });
    if save {
        // A key that is kept is not shown again.
        let key = std::mem::take(text).trim().to_owned();
        cx.act(Action::SetKey(provider, key));
    }
}

fn button(ui: &mut Ui, text: &str, provider: Provider, enabled: bool) -> bool {
    let response = ui.add_enabled(enabled, egui::Button::new(text));
    let name = format!("{text} the {} key", provider.label());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, &name));
    response.clicked()
}
