//! Asks for the close of a day that the user knows better than providers. It
//! keeps nothing: a valid close becomes an action.

use egui::{Context, Ui};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::{Pressed, buttons, modal};
use crate::model::calendar::Market;
use crate::model::{Day, Instrument, typed};
use crate::ui::theme;
use crate::ui::widget::{FieldRow, Tone, caption, heading};
use crate::ui::{Action, Cx, format};

/// A change beyond this is looked at again, as a fraction.
const LARGE: f64 = 0.6;

/// The close being typed.
pub struct TypeCloseDialog {
    /// Whose.
    pub instrument: Instrument,
    day: String,
    close: String,
    /// Saving was tried: what is missing is shown.
    submitted: bool,
    opened: bool,
}

impl TypeCloseDialog {
    /// The dialog for an instrument, with the day of its market.
    pub fn new(instrument: Instrument, day: Day) -> Self {
        Self {
            instrument,
            day: day.to_string(),
            close: String::new(),
            submitted: false,
            opened: false,
        }
    }
}

/// Shows the dialog.
pub fn show(ctx: &Context, cx: &Cx<'_>, dialog: &mut TypeCloseDialog) {
    let mut pressed = None;
    let day = day(&dialog.day, cx);
    let close = close(&dialog.close);
    let modal = modal(ctx, "Enter a close", 440.0, |ui| {
        let symbol = dialog.instrument.symbol.clone();
        heading(ui, &cx.tokens, &format!("Enter a close of {symbol}"));
        caption(
            ui,
            &cx.tokens,
            "It is kept as yours: no provider replaces it",
        );
        ui.add_space(theme::GRID);
        let enter = fields(ui, cx, dialog, &day, &close);
        let why = cx.status.read_only.as_deref().unwrap_or_default();
        pressed = buttons(ui, cx, "Keep close", why.is_empty(), why, false);
        if enter && why.is_empty() {
            pressed = Some(Pressed::Primary);
        }
    });
    match pressed {
        Some(Pressed::Primary) => match (day, close) {
            (Ok(day), Ok(close)) => {
                cx.act(Action::CloseDialog);
                cx.act(Action::TypeClose {
                    instrument: dialog.instrument.id,
                    day,
                    close,
                });
            }
            (Ok(_) | Err(_), _) => dialog.submitted = true,
        },
        Some(Pressed::Cancel) => cx.act(Action::CloseDialog),
        None if modal.should_close() => cx.act(Action::CloseDialog),
        None => {}
    }
}

/// The two fields; true if Enter was pressed in one.
fn fields(
    ui: &mut Ui,
    cx: &Cx<'_>,
    dialog: &mut TypeCloseDialog,
    day: &Result<Day, String>,
    close: &Result<f64, String>,
) -> bool {
    let day_says = match day {
        Ok(day) => on_day(cx, &dialog.instrument, *day),
        Err(error) => (Tone::Error, error.clone()),
    };
    let close_says = match close {
        Ok(close) => echo(cx, &dialog.instrument, day.as_ref().ok().copied(), *close),
        // Nothing is wrong before something is typed.
        Err(_) if dialog.close.trim().is_empty() && !dialog.submitted => {
            (Tone::Hint, "As the exchange says, not adjusted".to_owned())
        }
        Err(error) => (Tone::Error, error.clone()),
    };
    ui.spacing_mut().item_spacing.y = 0.0;
    let first = FieldRow {
        hint: "2026-11-03",
        message: Some((day_says.0, &day_says.1)),
        ..FieldRow::new("Day")
    };
    let first = first.show(ui, &cx.tokens, &mut dialog.day);
    ui.add_space(theme::HALF);
    let second = FieldRow {
        hint: "12.40",
        unit: dialog.instrument.currency.as_str(),
        message: Some((close_says.0, &close_says.1)),
        ..FieldRow::new("Close")
    };
    let second = second.show(ui, &cx.tokens, &mut dialog.close);
    ui.add_space(theme::GRID);
    if !std::mem::replace(&mut dialog.opened, true) {
        second.request_focus();
    }
    let entered = ui.input(|input| input.key_pressed(egui::Key::Enter));
    entered && (first.lost_focus() || second.lost_focus())
}

fn day(text: &str, cx: &Cx<'_>) -> Result<Day, String> {
    let day = typed::day(text).map_err(|error| error.to_string())?;
    if day > cx.today {
        let day = format::weekday_day_long(day);
        return Err(format!("{day} is still to come"));
    }
    Ok(day)
}

fn close(text: &str) -> Result<f64, String> {
    let close = typed::decimal(text).map_err(|error| error.to_string())?;
    let price = close.to_f64().filter(|price| price.is_finite());
    price
        .filter(|_| close > Decimal::ZERO)
        .ok_or_else(|| format!("“{}” is no price: it must be above zero", text.trim()))
}

/// What the day is: closed, or with a close that would be replaced.
fn on_day(cx: &Cx<'_>, instrument: &Instrument, day: Day) -> (Tone, String) {
    let name = format::weekday_day_long(day);
    let series = cx.prices.get(&instrument.symbol);
    let stored = series.and_then(|series| series.at_or_before(day));
    let stored = stored.filter(|bar| bar.day == day);
    if let Some(bar) = stored {
        let close = format::price(bar.close);
        (Tone::Warn, format!("{name}: replaces {close}"))
    } else if Market::of(instrument.kind).is_open_on(day) {
        (Tone::Hint, name)
    } else {
        (Tone::Warn, format!("{name}: its market is closed"))
    }
}

/// The close as read, beside the one before it.
fn echo(cx: &Cx<'_>, instrument: &Instrument, day: Option<Day>, close: f64) -> (Tone, String) {
    let shown = format!("{} {}", format::price(close), instrument.currency);
    let series = cx.prices.get(&instrument.symbol);
    let before = day.and_then(|day| series?.at_or_before(day.yesterday().ok()?));
    let Some(before) = before else {
        return (Tone::Hint, shown);
    };
    let change = close / before.close - 1.0;
    let tone = if change.abs() > LARGE {
        Tone::Warn
    } else {
        Tone::Hint
    };
    let (percent, day) = (format::percent(change, 1), format::day_short(before.day));
    (tone, format!("{shown}, {percent} on {day}"))
}
