//! How prices are fetched: when, from whom, in which order.

use egui::{Align2, RichText, Role, Sense, TextEdit, Ui, WidgetInfo, vec2};

use super::{State, at_right, choices, line, remark, set};
use crate::model::{PricePolicy, Provider, ProviderGroup};
use crate::ui::theme;
use crate::ui::widget::{caption, focus_ring, sign_button};
use crate::ui::{Action, Command, Cx};

/// Width of the contact's field.
const CONTACT: f32 = theme::FIELD;

/// Shows the section's lines.
pub(super) fn show(ui: &mut Ui, cx: &Cx<'_>, state: &mut State) {
    let policy = &cx.settings.prices;
    let on_start = [
        (true, "Yes".to_owned(), policy.refresh_on_start),
        (false, "No".to_owned(), !policy.refresh_on_start),
    ];
    let text = "Bring prices up to date when the window opens";
    if let Some(on) = choices(ui, cx, text, &on_start, None) {
        set(cx, |settings| settings.prices.refresh_on_start = on);
    }
    let network = [
        (false, "Use it".to_owned(), !policy.offline),
        (true, "Stay offline".to_owned(), policy.offline),
    ];
    if let Some(offline) = choices(ui, cx, "Network", &network, None) {
        set(cx, |settings| settings.prices.offline = offline);
    }
    contact(ui, cx, state);
    for group in ProviderGroup::ALL {
        ui.push_id(group.code(), |ui| providers(ui, cx, *group));
    }
    ui.add_space(theme::GRID);
    remark(
        ui,
        cx,
        "Prices come from public services for your own use; their terms limit redistribution",
    );
    line(
        ui,
        cx,
        "Sources of each instrument are on the Data page",
        |ui| {
            if ui.button("Open Data").clicked() {
                cx.act(Action::Run(Command::GoData));
            }
        },
    );
}

/// The address some services want to know whom to write to.
fn contact(ui: &mut Ui, cx: &Cx<'_>, state: &mut State) {
    let kept = &cx.settings.prices.contact;
    let mut text = state.contact.clone().unwrap_or_else(|| kept.clone());
    let wrong = !is_address(&text);
    line(ui, cx, "Contact e-mail", |ui| {
        let colour = if wrong {
            cx.tokens.error
        } else {
            cx.tokens.text1
        };
        let edit = TextEdit::singleline(&mut text)
            .hint_text(RichText::new("none").color(cx.tokens.text3))
            .text_color(colour)
            .align(Align2::LEFT_CENTER)
            .min_size(vec2(0.0, theme::CONTROL))
            .desired_width(CONTACT.min(ui.available_width() * 0.6))
            .id_salt("contact");
        let response = ui.add(edit);
        response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, "Contact e-mail"));
        focus_ring(ui, &cx.tokens, &response, response.rect, theme::RADIUS);
        if response.changed() {
            state.contact = Some(text.clone());
        }
        if response.lost_focus() && !wrong {
            state.contact = None;
            let address = text.trim().to_owned();
            if address != *kept {
                set(cx, |settings| settings.prices.contact = address);
            }
        }
    });
    let says = if wrong {
        "An address looks like name@example.org; leave it empty for none"
    } else {
        "Sent only to services that demand one"
    };
    remark(ui, cx, says);
}

/// Whether a text is no address or looks like one.
fn is_address(text: &str) -> bool {
    let text = text.trim();
    let Some((name, host)) = text.split_once('@') else {
        return text.is_empty();
    };
    let odd = |letter: char| letter.is_whitespace() || letter.is_control() || letter == '@';
    !name.is_empty()
        && host.contains('.')
        && !host.ends_with('.')
        && !format!("{name}{host}").contains(odd)
}

/// The providers of a group in the order in which they are asked.
fn providers(ui: &mut Ui, cx: &Cx<'_>, group: ProviderGroup) {
    let policy = &cx.settings.prices;
    let order = policy.order_of(group);
    ui.add_space(theme::GRID);
    caption(
        ui,
        &cx.tokens,
        &format!("{}, asked in this order", group.label()),
    );
    for (at, provider) in order.iter().enumerate() {
        let size = vec2(ui.available_width(), theme::CONTROL);
        let (rect, _) = ui.allocate_exact_size(size, Sense::empty());
        at_right(ui, rect, |ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            let name = format!("{} for {}", provider.label(), group.label());
            let last = at + 1 == order.len();
            for (sign, word, to, can) in [
                ("↓", "later", at + 1, !last),
                ("↑", "earlier", at.saturating_sub(1), at > 0),
            ] {
                let text = format!("Ask {name} {word}");
                ui.add_enabled_ui(can, |ui| {
                    if sign_button(ui, &cx.tokens, sign, &text)
                        .on_hover_text(&text)
                        .clicked()
                    {
                        move_to(cx, group, &order, at, to);
                    }
                });
            }
            let left = egui::Layout::left_to_right(egui::Align::Center);
            ui.with_layout(left, |ui| {
                ui.spacing_mut().item_spacing.x = theme::GRID;
                switch(ui, cx, policy, *provider, &name);
            });
        });
    }
}

/// Turns a provider on or off, for every group that knows it.
fn switch(ui: &mut Ui, cx: &Cx<'_>, policy: &PricePolicy, provider: Provider, name: &str) {
    let mut on = policy.is_on(provider);
    let check = ui.checkbox(&mut on, provider.label());
    check.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, on, name));
    let groups = ProviderGroup::ALL.iter();
    let known = groups.filter(|group| group.providers().contains(&provider));
    if known.count() > 1 {
        check
            .clone()
            .on_hover_text("On or off wherever it is asked");
    }
    if provider.needs_key() && !cx.status.keys.contains(&provider) {
        caption(ui, &cx.tokens, "asked only with your key, below");
    }
    if check.changed() {
        set(cx, |settings| {
            let off = &mut settings.prices.off;
            off.retain(|code| code != provider.code());
            if !on {
                off.push(provider.code().to_owned());
            }
        });
    }
}

fn move_to(cx: &Cx<'_>, group: ProviderGroup, order: &[Provider], at: usize, to: usize) {
    let mut codes: Vec<String> = order.iter().map(|one| one.code().to_owned()).collect();
    if to >= codes.len() {
        return;
    }
    codes.swap(at, to);
    set(cx, |settings| {
        settings.prices.order.insert(group.code().to_owned(), codes);
    });
}
