//! The sources of an instrument: its name, whether providers are asked at all,
//! which, in which order and under which symbol. Saving is a change of the book.

use std::collections::BTreeMap;

use egui::{Align, Align2, Context, Layout, Rect, RichText, Sense, TextEdit, Ui, UiBuilder, vec2};

use super::{Pressed, buttons, modal};
use crate::model::{Change, Instrument, PricePolicy, Provider, ProviderGroup, Record};
use crate::ui::theme::{self, CONTROL, Weight};
use crate::ui::widget::{FieldRow, Tone, caption, chip, focus_ring, heading, sign_button};
use crate::ui::{Action, Cx};

/// Height of a provider's line.
const LINE: f32 = 34.0;
/// Width of a provider's check box and name.
const NAME: f32 = 152.0;
/// Width of the two arrows behind a field.
const ARROWS: f32 = 2.0 * CONTROL + theme::GRID;
/// Longest symbol taken.
const LONGEST: usize = 64;

/// The sources being edited.
pub struct InstrumentDialog {
    instrument: Instrument,
    name: String,
    locked: bool,
    /// Whether the order is this instrument's own.
    own: bool,
    /// All providers that could be asked, in order, and whether they are.
    order: Vec<(Provider, bool)>,
    /// Symbol by provider: as typed, and the one that is used without.
    symbols: Vec<Symbol>,
}

struct Symbol {
    provider: Provider,
    typed: String,
    usual: String,
}

impl InstrumentDialog {
    /// The dialog of an instrument. `derived` is the symbol by provider that is
    /// asked for where the user sets none.
    pub fn new(instrument: Instrument, derived: Vec<(Provider, String)>) -> Self {
        let known = ProviderGroup::of(instrument.kind).providers();
        let mut order: Vec<(Provider, bool)> = instrument
            .providers
            .iter()
            .map(|one| (*one, true))
            .collect();
        for provider in known {
            if !order.iter().any(|(other, _)| other == provider) {
                order.push((*provider, false));
            }
        }
        let mut derived: BTreeMap<Provider, String> = derived.into_iter().collect();
        let symbol = |(provider, _): &(Provider, bool)| {
            let usual = derived.remove(provider);
            Symbol {
                provider: *provider,
                typed: instrument
                    .provider_symbols
                    .get(provider.code())
                    .cloned()
                    .unwrap_or_default(),
                usual: usual.unwrap_or_default(),
            }
        };
        Self {
            name: instrument.name.clone(),
            locked: instrument.locked,
            own: !instrument.providers.is_empty(),
            symbols: order.iter().map(symbol).collect(),
            order,
            instrument,
        }
    }

    /// The instrument as edited.
    pub fn edited(&self) -> Instrument {
        let mut instrument = self.instrument.clone();
        self.name.trim().clone_into(&mut instrument.name);
        instrument.locked = self.locked;
        instrument.providers.clear();
        if self.own {
            let on = self.order.iter().filter(|(_, on)| *on);
            instrument.providers = on.map(|(provider, _)| *provider).collect();
        }
        for symbol in &self.symbols {
            let code = symbol.provider.code();
            match symbol.typed.trim() {
                "" => instrument.provider_symbols.remove(code),
                text => instrument
                    .provider_symbols
                    .insert(code.to_owned(), text.to_owned()),
            };
        }
        instrument
    }

    /// What is wrong, if anything.
    pub fn error(&self) -> Option<String> {
        if self.name.trim().is_empty() {
            return Some("Type a name".to_owned());
        }
        if self.own && !self.locked && !self.order.iter().any(|(_, on)| *on) {
            return Some("Turn a provider on, or keep it by hand".to_owned());
        }
        let odd = self.symbols.iter().find(|symbol| {
            let text = symbol.typed.trim();
            text.len() > LONGEST
                || text.contains(|letter: char| letter.is_whitespace() || letter.is_control())
        });
        odd.map(|symbol| {
            let text = symbol.typed.trim();
            format!("“{text}” is no symbol of {}", symbol.provider.label())
        })
    }

    /// The change that saves it; none if nothing differs.
    pub fn change(&self) -> Option<Change> {
        let edited = self.edited();
        let label = format!("edit sources of {}", edited.symbol);
        (edited != self.instrument).then(|| Change::put(label, Record::Instrument(edited)))
    }

    /// Starts an order of its own with the one that is usual, or drops it.
    fn set_own(&mut self, own: bool, policy: &PricePolicy) {
        if own && !self.own && !self.order.iter().any(|(_, on)| *on) {
            let usual = policy.order_of(ProviderGroup::of(self.instrument.kind));
            self.order = usual
                .into_iter()
                .map(|provider| (provider, policy.is_on(provider)))
                .collect();
        }
        self.own = own;
    }

    /// The order in which providers stand in the list, and whether each is asked.
    fn listed(&self, policy: &PricePolicy) -> Vec<(Provider, bool)> {
        if self.own {
            return self.order.clone();
        }
        let usual = policy.order_of(ProviderGroup::of(self.instrument.kind));
        let usual = usual.into_iter();
        usual.map(|one| (one, policy.is_on(one))).collect()
    }
}

/// Shows the dialog.
pub fn show(ctx: &Context, cx: &Cx<'_>, dialog: &mut InstrumentDialog) {
    let mut pressed = None;
    let modal = modal(ctx, "Sources of an instrument", 500.0, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        head(ui, cx, dialog);
        providers(ui, cx, dialog);
        ui.add_space(theme::GUTTER);
        let error = dialog.error();
        let busy = cx.status.saving.then_some("Saving…");
        let why = cx.status.read_only.as_deref().or(busy);
        let why = why.or(error.as_deref()).unwrap_or_default();
        pressed = buttons(ui, cx, "Save", why.is_empty(), why, false);
    });
    match pressed {
        Some(Pressed::Primary) => {
            cx.act(Action::CloseDialog);
            if let Some(change) = dialog.change() {
                cx.act(Action::Apply(change));
            }
        }
        Some(Pressed::Cancel) => cx.act(Action::CloseDialog),
        None if modal.should_close() => cx.act(Action::CloseDialog),
        None => {}
    }
}

fn head(ui: &mut Ui, cx: &Cx<'_>, dialog: &mut InstrumentDialog) {
    let instrument = &dialog.instrument;
    let title = format!("Sources of {}", instrument.symbol);
    heading(ui, &cx.tokens, &title);
    ui.add_space(theme::HALF);
    let what = format!("{} · {}", instrument.kind.label(), instrument.currency);
    caption(ui, &cx.tokens, &what);
    ui.add_space(theme::GRID);
    let empty = dialog.name.trim().is_empty();
    let row = FieldRow {
        message: empty.then_some((Tone::Error, "Type a name")),
        ..FieldRow::new("Name")
    };
    row.show(ui, &cx.tokens, &mut dialog.name);
    ui.checkbox(&mut dialog.locked, "Kept by hand: never fetched");
    ui.add_space(theme::GUTTER);
}

fn providers(ui: &mut Ui, cx: &Cx<'_>, dialog: &mut InstrumentDialog) {
    let policy = &cx.settings.prices;
    ui.add_enabled_ui(!dialog.locked, |ui| {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            let size = vec2(NAME, theme::CHIP);
            ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
                ui.set_min_width(NAME);
                ui.colored_label(cx.tokens.text2, "Providers");
            });
            if chip(ui, &cx.tokens, "Usual order", !dialog.own)
                .on_hover_text("The order of Settings")
                .clicked()
            {
                dialog.set_own(false, policy);
            }
            if chip(ui, &cx.tokens, "Its own order", dialog.own).clicked() {
                dialog.set_own(true, policy);
            }
        });
        ui.add_space(theme::HALF);
        let listed = dialog.listed(policy);
        let mut moved = None;
        for (at, (provider, on)) in listed.iter().enumerate() {
            let last = at + 1 == listed.len();
            let place = Place {
                provider: *provider,
                on: *on,
                first: at == 0,
                last,
            };
            match ui
                .push_id(provider.code(), |ui| line(ui, cx, dialog, &place))
                .inner
            {
                Some(Deed::Turn(on)) => {
                    let mut order = dialog.order.iter_mut();
                    if let Some(entry) = order.find(|(other, _)| other == provider) {
                        entry.1 = on;
                    }
                }
                Some(Deed::Up) => moved = Some((at, at.saturating_sub(1))),
                Some(Deed::Down) => moved = Some((at, at + 1)),
                None => {}
            }
        }
        if let Some((from, to)) = moved.filter(|(_, to)| *to < dialog.order.len()) {
            dialog.order.swap(from, to);
        }
    });
}

/// A provider's place in the list.
struct Place {
    provider: Provider,
    on: bool,
    first: bool,
    last: bool,
}

enum Deed {
    Turn(bool),
    Up,
    Down,
}

/// A provider: whether it is asked, its symbol, earlier and later.
fn line(ui: &mut Ui, cx: &Cx<'_>, dialog: &mut InstrumentDialog, place: &Place) -> Option<Deed> {
    let provider = place.provider;
    let own = dialog.own;
    let mut deed = None;
    let size = vec2(ui.available_width(), LINE);
    let (rect, _) = ui.allocate_exact_size(size, Sense::empty());
    let middle = Layout::left_to_right(Align::Center);
    let mut ui = ui.new_child(UiBuilder::new().max_rect(rect).layout(middle));
    ui.spacing_mut().item_spacing.x = theme::HALF;
    let left = Rect::from_min_size(rect.min, vec2(NAME, LINE));
    ui.scope_builder(UiBuilder::new().max_rect(left).layout(middle), |ui| {
        let mut on = place.on;
        ui.add_enabled_ui(own, |ui| {
            let name = format!("Ask {}", provider.label());
            let check = ui.checkbox(&mut on, provider.label());
            check.widget_info(|| {
                egui::WidgetInfo::selected(egui::Role::CheckBox, own, place.on, &name)
            });
            if check.clicked() {
                deed = Some(Deed::Turn(on));
            }
        });
    });
    let room = rect.right() - left.right() - ARROWS;
    let field = vec2(theme::FIELD.min(room.max(CONTROL)), LINE);
    let field = Rect::from_min_size(left.right_top(), field);
    ui.scope_builder(UiBuilder::new().max_rect(field).layout(middle), |ui| {
        symbol(ui, cx, dialog, provider);
    });
    let rest = rect.with_min_x(field.right() + theme::GRID);
    ui.scope_builder(UiBuilder::new().max_rect(rest).layout(middle), |ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        if !own {
            return;
        }
        let name = provider.label();
        let up = format!("Ask {name} earlier");
        ui.add_enabled_ui(!place.first, |ui| {
            if sign_button(ui, &cx.tokens, "↑", &up)
                .on_hover_text(&up)
                .clicked()
            {
                deed = Some(Deed::Up);
            }
        });
        let down = format!("Ask {name} later");
        ui.add_enabled_ui(!place.last, |ui| {
            if sign_button(ui, &cx.tokens, "↓", &down)
                .on_hover_text(&down)
                .clicked()
            {
                deed = Some(Deed::Down);
            }
        });
    });
    deed
}

fn symbol(ui: &mut Ui, cx: &Cx<'_>, dialog: &mut InstrumentDialog, provider: Provider) {
    let mut symbols = dialog.symbols.iter_mut();
    let Some(symbol) = symbols.find(|symbol| symbol.provider == provider) else {
        return;
    };
    let usual = if symbol.usual.is_empty() {
        "does not have it"
    } else {
        symbol.usual.as_str()
    };
    let width = theme::FIELD.min(ui.available_width());
    let edit = TextEdit::singleline(&mut symbol.typed)
        .hint_text(RichText::new(usual).color(cx.tokens.text3))
        .font(theme::font(theme::TEXT, Weight::Regular))
        .align(Align2::LEFT_CENTER)
        .min_size(vec2(width, CONTROL))
        .desired_width(width);
    let response = ui.add(edit);
    let name = format!("Symbol at {}", provider.label());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, &name));
    focus_ring(ui, &cx.tokens, &response, response.rect, theme::RADIUS);
}
