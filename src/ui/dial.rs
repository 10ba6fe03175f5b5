//! The dial: the day on which everything is shown. A chip in the top bar opens
//! it; while it is turned back, a banner says so and steps from day to day.

use egui::{
    Align, Frame, Layout, Margin, Popup, PopupCloseBehavior, RichText, ScrollArea, TextEdit, Ui,
    WidgetInfo,
};
use jiff::{Span, ToSpan as _};

use super::provenance::deal_name;
use super::theme::{self, Weight};
use super::widget::{caption, chip, hairline_below, link};
use super::{Action, Cx, format};
use crate::model::{Day, typed};

/// Height of the banner.
pub const BANNER: f32 = 32.0;
/// Width of what opens under the chip.
const WIDTH: f32 = 420.0;
/// Room for the chip's whole text.
const FULL: f32 = 170.0;
/// Room for the day alone.
const SHORT: f32 = 110.0;
/// Height of the list of deals.
const DEALS: f32 = 220.0;

/// What is being typed.
#[derive(Default)]
pub struct State {
    text: String,
    /// The field is to take the cursor.
    focus: bool,
}

/// How far a step goes, as its button and its hint say.
fn steps() -> [(&'static str, &'static str, Span); 3] {
    [
        ("D", "day", 1.day()),
        ("W", "week", 1.week()),
        ("Q", "quarter", 3.months()),
    ]
}

/// Why the book is not changed while the dial is on a day that is past.
pub fn closed(day: Day) -> String {
    let day = format::day_long(day);
    format!("The dial is on {day}: turn it to today to change the book")
}

/// Shows the chip that opens the dial.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, state: &mut State) {
    let day = cx.as_of.map(format::day_long);
    let day = day.as_deref().unwrap_or("today");
    // In a narrow window the search box goes before.
    let text = match ui.available_width() {
        room if room >= FULL => format!("As of: {day}"),
        room if room >= SHORT => day.to_owned(),
        _ => return,
    };
    let chip = chip(ui, &cx.tokens, &text, cx.as_of.is_some());
    if chip.clicked() {
        state.text = cx.as_of.map_or_else(String::new, |day| day.to_string());
        state.focus = true;
    }
    Popup::menu(&chip)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .show(|ui| {
            ui.set_width(WIDTH);
            ui.set_max_width(WIDTH);
            open(ui, cx, state);
        });
    chip.on_hover_text("Show everything as it was known on a day");
}

fn open(ui: &mut Ui, cx: &Cx<'_>, state: &mut State) {
    caption(ui, &cx.tokens, "Show everything as it was known on a day");
    ui.add_space(theme::HALF);
    let typed = typed::day(&state.text);
    let edit = TextEdit::singleline(&mut state.text)
        .hint_text("31 Jan 2026")
        .desired_width(f32::INFINITY);
    let response = ui.add(edit);
    if std::mem::take(&mut state.focus) {
        response.request_focus();
    }
    response.widget_info(|| WidgetInfo::labeled(egui::Role::TextInput, true, "As of day"));
    // Taken here, the key opens nothing on the page.
    let entered = response.lost_focus()
        && ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::Enter));
    match (&typed, state.text.trim().is_empty()) {
        (_, true) => {
            caption(ui, &cx.tokens, "A day, then Enter");
        }
        (Ok(day), false) => {
            caption(ui, &cx.tokens, &format::weekday_day_long(*day));
            if entered {
                cx.act(Action::SetAsOf(Some(*day)));
                ui.close();
            }
        }
        (Err(error), false) => {
            ui.colored_label(cx.tokens.error, error.to_string());
        }
    }
    ui.add_space(theme::HALF);
    ui.horizontal(|ui| step_buttons(ui, cx));
    ui.add_space(theme::GRID);
    caption(ui, &cx.tokens, "Jump to the day of a deal");
    ScrollArea::vertical()
        .max_height(DEALS)
        .auto_shrink([false, true])
        .show(ui, |ui| deals(ui, cx));
}

/// Deals by day, newest first; those not yet known on the dial's day are not
/// there, as everywhere.
fn deals(ui: &mut Ui, cx: &Cx<'_>) {
    for row in &cx.derived.deals {
        let Some(deal) = cx.book.deal(row.id) else {
            continue;
        };
        let day = deal.announced.last_day();
        let name = row.symbol.as_deref().unwrap_or(&row.company);
        let on = format::partial_date(deal.announced);
        let text = format!("{on}  {name} · {}", deal.counterparty);
        ui.push_id(row.id, |ui| {
            let response = link(ui, &cx.tokens, &text).on_hover_text(deal_name(deal));
            if response.clicked() {
                cx.act(Action::SetAsOf(Some(day)));
                ui.close();
            }
        });
    }
}

fn step_buttons(ui: &mut Ui, cx: &Cx<'_>) {
    for (sign, name, span) in steps().iter().rev() {
        step(
            ui,
            cx,
            &format!("‹ {sign}"),
            &format!("Back one {name}"),
            -*span,
        );
    }
    for (sign, name, span) in &steps() {
        step(
            ui,
            cx,
            &format!("{sign} ›"),
            &format!("On one {name}"),
            *span,
        );
    }
}

fn step(ui: &mut Ui, cx: &Cx<'_>, sign: &str, name: &str, span: Span) {
    let response = chip(ui, &cx.tokens, sign, false);
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, ui.is_enabled(), name));
    let to: Option<Day> = cx.today.checked_add(span).ok();
    if response.on_hover_text(name).clicked() {
        cx.act(Action::SetAsOf(to));
    }
}

/// Says that what is shown is past.
pub fn banner(ui: &mut Ui, cx: &Cx<'_>) {
    let Some(day) = cx.as_of else { return };
    let tokens = &cx.tokens;
    hairline_below(ui, tokens, ui.max_rect());
    let margin = Margin::symmetric(theme::GUTTER as i8, 0);
    Frame::new().inner_margin(margin).show(ui, |ui| {
        ui.horizontal_centered(|ui| {
            let text = format!("As of {}", format::weekday_day_long(day));
            let text = RichText::new(text)
                .font(theme::font(theme::TEXT, Weight::Medium))
                .color(tokens.warn);
            ui.label(text);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if link(ui, tokens, "Back to today").clicked() {
                    cx.act(Action::SetAsOf(None));
                }
                ui.add_space(theme::GRID);
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    step_buttons(ui, cx);
                    ui.add_space(theme::GRID);
                    let what = "What was stated, signed or traded later is not shown. Only statements made by then can be added.";
                    let text = RichText::new(what).size(theme::SECONDARY).color(tokens.text2);
                    ui.add(egui::Label::new(text).truncate());
                });
            });
        });
    });
}
