//! Preferences, the data folder and backups: one calm column. Every edit is an
//! action; nothing is kept here but what is unfolded.

mod about;
mod appearance;
mod data;
mod keys;
mod prices;

use std::collections::BTreeMap;

use egui::{Align, Align2, Layout, Rect, RichText, ScrollArea, Sense, Ui, UiBuilder, vec2};

use crate::model::Provider;
use crate::ui::theme::{self, Weight};
use crate::ui::widget::{chip, hairline, section};
use crate::ui::{Action, Cx, Settings};

/// The widest the column gets: longer lines are hard to follow.
const COLUMN: f32 = 640.0;
/// Height of a line with a control.
const LINE: f32 = 36.0;
/// Below this width, choices do not fit beside what they are about.
const NARROW: f32 = 600.0;
/// Room between sections.
const BETWEEN: f32 = 32.0;

/// What the page remembers.
#[derive(Default)]
pub struct State {
    licence_open: bool,
    /// The contact address while it is typed.
    contact: Option<String>,
    /// Keys being typed, by provider.
    keys: BTreeMap<Provider, String>,
}

/// Shows the page.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, state: &mut State) {
    ScrollArea::vertical()
        .id_salt("settings")
        .auto_shrink(false)
        .show(ui, |ui| {
            let room = ui.available_width() - 2.0 * theme::GUTTER;
            let width = room.min(COLUMN);
            let left = ((ui.available_width() - width) / 2.0).round();
            ui.horizontal(|ui| {
                ui.add_space(left - ui.spacing().item_spacing.x);
                ui.vertical(|ui| {
                    ui.set_width(width);
                    ui.spacing_mut().item_spacing.y = 0.0;
                    column(ui, cx, state);
                });
            });
        });
}

fn column(ui: &mut Ui, cx: &Cx<'_>, state: &mut State) {
    ui.add_space(theme::GUTTER);
    head(ui, cx, "Appearance", None);
    appearance::show(ui, cx);
    head(ui, cx, "Prices", None);
    prices::show(ui, cx, state);
    keys::show(ui, cx, &mut state.keys);
    head(ui, cx, "Data", None);
    data::show(ui, cx);
    data::show_backups(ui, cx);
    head(ui, cx, "Keyboard", None);
    about::show_keys(ui, cx);
    head(ui, cx, "About", None);
    about::show(ui, cx, state);
    ui.add_space(BETWEEN);
}

/// The title of a section over a hairline; true if its link was clicked.
fn head(ui: &mut Ui, cx: &Cx<'_>, title: &str, action: Option<&str>) -> bool {
    ui.add_space(BETWEEN - theme::GUTTER);
    let clicked = section(ui, &cx.tokens, title, action).is_some_and(|link| link.clicked());
    ui.add_space(theme::HALF);
    hairline(ui, &cx.tokens);
    ui.add_space(theme::HALF);
    clicked
}

/// A line: what it is about at the left, what can be done at the right.
fn line(ui: &mut Ui, cx: &Cx<'_>, text: &str, controls: impl FnOnce(&mut Ui)) {
    let size = vec2(ui.available_width(), LINE);
    let (rect, _) = ui.allocate_exact_size(size, Sense::empty());
    let font = theme::font(theme::TEXT, Weight::Regular);
    let at = rect.left_center();
    ui.painter()
        .text(at, Align2::LEFT_CENTER, text, font, cx.tokens.text1);
    at_right(ui, rect, controls);
}

/// What the pointer shows over an answer.
type Hint<'a, T> = &'a dyn Fn(&mut Ui, T);

/// A line of choices, of which one is taken; gives the one that was clicked.
/// In a narrow window the choices stand below the text, as many to a line as fit.
fn choices<T: Copy>(
    ui: &mut Ui,
    cx: &Cx<'_>,
    text: &str,
    answers: &[(T, String, bool)],
    hint: Option<Hint<'_, T>>,
) -> Option<T> {
    let mut clicked = None;
    let mut one = |ui: &mut Ui, (answer, name, selected): &(T, String, bool)| {
        let response = chip(ui, &cx.tokens, name, *selected);
        if response.clicked() && !selected {
            clicked = Some(*answer);
        }
        if let Some(hint) = hint {
            response.on_hover_ui(|ui| hint(ui, *answer));
        }
    };
    if ui.available_width() >= NARROW {
        line(ui, cx, text, |ui| {
            for answer in answers.iter().rev() {
                one(ui, answer);
            }
        });
    } else {
        ui.add_space(theme::GRID);
        ui.label(RichText::new(text).color(cx.tokens.text1));
        ui.add_space(theme::HALF);
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = egui::Vec2::splat(theme::HALF);
            for answer in answers {
                one(ui, answer);
            }
        });
    }
    clicked
}

fn at_right(ui: &mut Ui, rect: Rect, controls: impl FnOnce(&mut Ui)) {
    let builder = UiBuilder::new()
        .max_rect(rect)
        .layout(Layout::right_to_left(Align::Center));
    ui.scope_builder(builder, |ui| {
        ui.spacing_mut().item_spacing.x = theme::HALF;
        controls(ui);
    });
}

/// A remark under a line.
fn remark(ui: &mut Ui, cx: &Cx<'_>, text: &str) {
    let text = RichText::new(text)
        .size(theme::SECONDARY)
        .color(cx.tokens.text2);
    ui.add(egui::Label::new(text).wrap());
    ui.add_space(theme::GRID);
}

/// Asks for a change of the preferences.
fn set(cx: &Cx<'_>, change: impl FnOnce(&mut Settings)) {
    // A click that ends typing changes two preferences in one frame: the second
    // change goes on from the first.
    let asked = cx.actions.borrow();
    let last = asked.iter().rev().find_map(|action| {
        if let Action::Set(settings) = action {
            Some(settings.as_ref().clone())
        } else {
            None
        }
    });
    drop(asked);
    let mut settings = last.unwrap_or_else(|| cx.settings.clone());
    change(&mut settings);
    cx.act(Action::Set(Box::new(settings)));
}
