//! Messages: shown for a while over the page, kept in a panel; and the hint
//! while a file hovers over the window. When a message leaves the screen by
//! itself is for the app to say; there is no clock here.

use egui::{
    Align, Align2, Area, Context, Frame, Id, Key, Label, LayerId, Layout, Margin, Modifiers, Order,
    Rect, RichText, ScrollArea, Sense, Stroke, StrokeKind, Ui, UiBuilder, pos2, vec2,
};

use super::state::{Message, Tone};
use super::theme::{self, Tokens, Weight};
use super::widget::{hairline, heading, link, sign_button};
use super::{Action, Command, Cx};

/// Most messages over the page at once; the panel has the others.
const MOST_SHOWN: usize = 5;
/// Width of a message over the page.
const TOAST: f32 = 360.0;
/// Width of the panel.
const PANEL: f32 = 440.0;
/// Room for the mark in front of a message.
const MARK: f32 = 20.0;

/// Shows the messages that are on screen, the newest at the bottom.
pub fn show_toasts(ctx: &Context, cx: &Cx<'_>) {
    let on_screen = || {
        let messages = cx.status.messages.iter();
        messages.filter(|message| message.on_screen)
    };
    let count = on_screen().count();
    if count == 0 {
        return;
    }
    let hidden = count.saturating_sub(MOST_SHOWN);
    Area::new(Id::unique("messages on screen"))
        .order(Order::Foreground)
        .anchor(Align2::RIGHT_BOTTOM, vec2(-theme::GUTTER, -theme::GUTTER))
        .fade_in(false)
        .show(ctx, |ui| {
            if hidden > 0 {
                let text = format!("{hidden} more in Messages…");
                if link(ui, &cx.tokens, &text).clicked() {
                    cx.act(Action::Run(Command::Messages));
                }
            }
            for message in on_screen().skip(hidden) {
                ui.push_id(message.id, |ui| toast(ui, cx, message));
            }
        });
}

fn toast(ui: &mut Ui, cx: &Cx<'_>, message: &Message) {
    let tokens = &cx.tokens;
    let frame = popup(ui, tokens).inner_margin(Margin {
        left: theme::GUTTER as i8,
        right: theme::GRID as i8,
        top: theme::GRID as i8,
        bottom: theme::GRID as i8,
    });
    let inner = frame.show(ui, |ui| {
        ui.set_width(TOAST);
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            mark(ui, tokens, message.tone, theme::CHIP);
            let width = ui.available_width() - theme::CONTROL;
            ui.vertical(|ui| {
                ui.set_width(width);
                // One line stands in the middle of the button's height.
                ui.add_space((theme::CHIP - ui.text_style_height(&egui::TextStyle::Body)) / 2.0);
                let text = RichText::new(&message.text).color(tokens.text1);
                ui.add(Label::new(text).wrap());
            });
            ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
                let name = format!("Dismiss: {}", message.text);
                if sign_button(ui, tokens, "×", &name).clicked() {
                    cx.act(Action::DismissMessage(message.id));
                }
            });
        });
    });
    if message.tone == Tone::Failed {
        let rect = inner.response.rect;
        let edge = Rect::from_min_size(
            rect.left_top() + vec2(0.0, theme::RADIUS.into()),
            vec2(
                theme::SELECTION_BAR,
                rect.height() - 2.0 * f32::from(theme::RADIUS),
            ),
        );
        ui.painter().rect_filled(edge, 1.5, tokens.error);
    }
}

/// "✓" or "!" in the colour of the tone, in a cell as high as the first line.
fn mark(ui: &mut Ui, tokens: &Tokens, tone: Tone, height: f32) {
    let (sign, colour) = match tone {
        Tone::Done => ("✓", tokens.good),
        Tone::Failed => ("!", tokens.error),
    };
    let (rect, _) = ui.allocate_exact_size(vec2(MARK, height), Sense::empty());
    ui.painter().text(
        rect.left_center(),
        Align2::LEFT_CENTER,
        sign,
        theme::font(theme::TEXT, Weight::SemiBold),
        colour,
    );
}

fn popup(ui: &Ui, tokens: &Tokens) -> Frame {
    Frame::new()
        .fill(tokens.raised)
        .stroke(Stroke::new(theme::HAIRLINE, tokens.line))
        .corner_radius(theme::RADIUS)
        .shadow(ui.visuals().popup_shadow)
}

/// Shows the panel of the last messages, newest first. Esc, its button and a
/// click beside it close it.
pub fn show_panel(ctx: &Context, cx: &Cx<'_>, open: &mut bool) {
    if !*open {
        return;
    }
    let screen = ctx.content_rect();
    let width = PANEL.min(screen.width() - 2.0 * theme::GUTTER);
    let height = (screen.height() * 0.6).max(120.0);
    let area = Area::new(Id::unique("messages panel"))
        .order(Order::Foreground)
        .anchor(
            Align2::RIGHT_TOP,
            vec2(-theme::GUTTER, theme::TOP_BAR + theme::HALF),
        )
        .fade_in(false)
        .show(ctx, |ui| {
            popup(ui, &cx.tokens)
                .inner_margin(Margin::same(theme::GUTTER as i8))
                .show(ui, |ui| {
                    ui.set_width(width - 2.0 * theme::GUTTER);
                    panel(ui, cx, height, open);
                });
        });
    // The top bar is left out: its own button closes the panel, too, and a
    // press would close it only for the release to open it again.
    let beside = ctx.input(|input| {
        let at = input
            .pointer
            .interact_pos()
            .filter(|_| input.pointer.any_pressed());
        at.is_some_and(|at| at.y > theme::TOP_BAR && !area.response.rect.contains(at))
    });
    if beside || ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
        *open = false;
    }
}

fn panel(ui: &mut Ui, cx: &Cx<'_>, height: f32, open: &mut bool) {
    let tokens = &cx.tokens;
    let messages = &cx.status.messages;
    ui.horizontal(|ui| {
        heading(ui, tokens, "Messages");
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if sign_button(ui, tokens, "×", "Close messages").clicked() {
                *open = false;
            }
            if !messages.is_empty() && link(ui, tokens, "Copy all").clicked() {
                ui.copy_text(as_text(messages));
            }
        });
    });
    hairline(ui, tokens);
    if messages.is_empty() {
        ui.colored_label(
            tokens.text2,
            "Nothing yet: what is done and what fails is listed here",
        );
        return;
    }
    ScrollArea::vertical()
        .id_salt("messages")
        .max_height(height)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = theme::GRID;
            for message in messages.iter().rev() {
                ui.push_id(message.id, |ui| line(ui, tokens, message));
            }
        });
}

/// One message; its text can be marked and copied.
fn line(ui: &mut Ui, tokens: &Tokens, message: &Message) {
    const TIME: f32 = 44.0;
    let size = vec2(ui.available_width(), theme::CHIP);
    let builder = UiBuilder::new().layout(Layout::left_to_right(Align::Min));
    ui.scope_builder(builder, |ui| {
        ui.set_min_size(vec2(size.x, 0.0));
        ui.spacing_mut().item_spacing.x = 0.0;
        let time = RichText::new(&message.at)
            .size(theme::SECONDARY)
            .color(tokens.text3);
        ui.allocate_ui(vec2(TIME, theme::CAPTION), |ui| {
            ui.set_width(TIME);
            ui.label(time);
        });
        mark(ui, tokens, message.tone, theme::GUTTER);
        let text = RichText::new(&message.text).color(tokens.text1);
        ui.add(Label::new(text).wrap().selectable(true));
    });
}

/// The messages as lines of time and text, newest first.
fn as_text(messages: &[Message]) -> String {
    let line = |message: &Message| format!("{} {}", message.at, message.text);
    let lines: Vec<String> = messages.iter().rev().map(line).collect();
    lines.join("\n")
}

/// Shows where a dropped file goes while one hovers over the window.
pub fn show_drop_hint(ctx: &Context, cx: &Cx<'_>) {
    if ctx.input(|input| input.raw.hovered_files.is_empty()) {
        return;
    }
    let tokens = &cx.tokens;
    let screen = ctx.content_rect();
    let layer = LayerId::new(Order::Tooltip, Id::unique("drop hint"));
    let painter = ctx.layer_painter(layer);
    painter.rect_filled(screen, 0.0, tokens.bg.gamma_multiply(0.9));
    painter.rect_stroke(
        screen.shrink(theme::GUTTER),
        f32::from(theme::RADIUS),
        Stroke::new(theme::FOCUS, tokens.accent),
        StrokeKind::Inside,
    );
    Area::new(Id::unique("drop hint text"))
        .order(Order::Tooltip)
        .fixed_pos(pos2(screen.center().x, screen.center().y))
        .pivot(Align2::CENTER_CENTER)
        .interactable(false)
        .fade_in(false)
        .show(ctx, |ui| {
            ui.vertical_centered(|ui| {
                let text = RichText::new("Drop a CSV file of daily prices")
                    .font(theme::font(theme::BIG, Weight::SemiBold))
                    .color(tokens.text1);
                ui.add(Label::new(text).extend());
                let text = "It is read and shown before anything is taken";
                ui.colored_label(tokens.text2, text);
            });
        });
}
