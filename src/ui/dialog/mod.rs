//! Dialogs over the page. They show what the app prepared and push actions.
//! Esc and a click beside a dialog mean "Cancel".

pub mod add_instrument;
pub mod confirm;
pub mod explain;
pub mod formula;
pub mod import_prices;
pub mod import_records;
pub mod instrument;
pub mod path;
pub mod type_close;

use egui::{
    Align, Context, Frame, Id, Key, Layout, Margin, Modal, ModalResponse, ScrollArea, Ui, vec2,
};

use super::state::Dialog;
use super::widget::primary_button;
use super::{Cx, theme};

/// Room between a dialog's edge and what it holds.
const MARGIN: f32 = 20.0;

/// Shows the open dialog.
pub fn show(ctx: &Context, cx: &Cx<'_>, dialog: &mut Dialog) {
    match dialog {
        Dialog::ImportPrices(import) => import_prices::show(ctx, cx, import),
        Dialog::ImportRecords(import) => import_records::show(ctx, cx, import),
        Dialog::Confirm(confirm) => confirm::show(ctx, cx, confirm),
        Dialog::Path(path) => path::show(ctx, cx, path),
        Dialog::Instrument(dialog) => instrument::show(ctx, cx, dialog),
        Dialog::AddInstrument(dialog) => add_instrument::show(ctx, cx, dialog),
        Dialog::Explain(explain) => explain::show(ctx, cx, explain),
        Dialog::Formula(dialog) => formula::show(ctx, cx, dialog),
        Dialog::TypeClose(dialog) => type_close::show(ctx, cx, dialog),
    }
}

/// A dialog as wide as `width`, or as the window if that is narrower. In a low
/// window, or with large text, what does not fit is scrolled to.
fn modal(
    ctx: &Context,
    name: &'static str,
    width: f32,
    content: impl FnOnce(&mut Ui),
) -> ModalResponse<()> {
    let height = ctx.content_rect().height() - 2.0 * (MARGIN + theme::GUTTER);
    modal_as_high(ctx, name, width, |ui| {
        ScrollArea::vertical()
            .id_salt(name)
            .max_height(height)
            // As high as its content, not as high as an area is by default.
            .min_scrolled_height(height)
            .show(ui, |ui| {
                content(ui);
                scroll_to_focus(ui);
            });
    })
}

/// Brings into view what Tab has come to.
fn scroll_to_focus(ui: &Ui) {
    if !ui.input(|input| input.key_pressed(Key::Tab)) {
        return;
    }
    let focused = ui.memory(egui::Memory::focused);
    if let Some(response) = focused.and_then(|id| ui.ctx().read_response(id)) {
        ui.scroll_to_rect(response.rect, None);
    }
}

/// The same, as high as its content, which sees to it that it fits.
fn modal_as_high(
    ctx: &Context,
    name: &'static str,
    width: f32,
    content: impl FnOnce(&mut Ui),
) -> ModalResponse<()> {
    let room = ctx.content_rect().width() - 6.0 * theme::GUTTER;
    let width = width.min(room);
    let id = Id::unique(name);
    let area = Modal::default_area(id).accessible_name(name).fade_in(false);
    let style = ctx.style_of(ctx.theme());
    let frame = Frame::popup(&style).inner_margin(Margin::same(MARGIN as i8));
    Modal::new(id).area(area).frame(frame).show(ctx, |ui| {
        ui.set_width(width);
        content(ui);
    })
}

/// What was pressed at the foot of a dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pressed {
    Primary,
    Cancel,
}

/// The buttons at the foot: the one that does it at the right, then Cancel, and
/// at the left what is in the way. `cancel_first` gives Cancel the focus.
fn buttons(
    ui: &mut Ui,
    cx: &Cx<'_>,
    text: &str,
    enabled: bool,
    why: &str,
    cancel_first: bool,
) -> Option<Pressed> {
    let mut pressed = None;
    let size = vec2(ui.available_width(), theme::CONTROL);
    ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
        let primary = ui.add_enabled_ui(enabled, |ui| primary_button(ui, &cx.tokens, text));
        if primary.inner.on_disabled_hover_text(why).clicked() {
            pressed = Some(Pressed::Primary);
        }
        let cancel = ui.button("Cancel");
        if cancel_first && ui.memory(|memory| memory.focused().is_none()) {
            cancel.request_focus();
        }
        if cancel.clicked() {
            pressed = Some(Pressed::Cancel);
        }
        let text = egui::RichText::new(why)
            .size(theme::SECONDARY)
            .color(cx.tokens.text2);
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            ui.add(egui::Label::new(text).truncate());
        });
    });
    pressed
}
