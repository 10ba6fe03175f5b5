//! The pane of the Data page: all that is known of one series, and what can be
//! done with it.

use std::collections::BTreeSet;

use egui::{Align, Label, Layout, Margin, RichText, ScrollArea, Ui};

use super::question;
use crate::analytics::derive::BITCOIN;
use crate::model::{
    Change, Day, Feed, Instrument, InstrumentId, Outcome, Prices, Provider, ProviderGroup, Record,
    RecordKey, RecordKind,
};
use crate::ui::page::facts::{self, fact, group};
use crate::ui::state::Confirm;
use crate::ui::theme::{self, Weight};
use crate::ui::widget::mark::Sign;
use crate::ui::widget::table::Tone;
use crate::ui::widget::{big, caption, link, secondary};
use crate::ui::{Action, Cx, format, price_state, provenance};

/// Most splits and dividends shown.
const EVENTS: usize = 12;
/// Most days of own closes shown.
const OWN: usize = 8;

/// Shows an instrument. `left` are the questions that were put off. Returns true
/// if the pane is to be put away.
pub fn show(
    ui: &mut Ui,
    cx: &Cx<'_>,
    instrument: &Instrument,
    left: &mut BTreeSet<(InstrumentId, Day)>,
) -> bool {
    ScrollArea::vertical()
        .id_salt(("data pane", instrument.id.0))
        .auto_shrink(false)
        .show(ui, |ui| {
            let margin = Margin::symmetric(theme::GUTTER as i8, 14);
            let frame = egui::Frame::new().inner_margin(margin);
            let drawn = frame.show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 2.0;
                let closed = head(ui, cx, instrument);
                deeds(ui, cx, instrument);
                let feed = cx.feeds.get(instrument.id);
                if let Some(jump) = feed.and_then(|feed| feed.question.as_ref()) {
                    group(ui, cx, "Question");
                    let text = format::jump_question(jump);
                    facts::paragraph(ui, &text, cx.tokens.text1);
                    ui.add_space(theme::HALF);
                    let row = ui.horizontal(|ui| question::answers(ui, cx, instrument, jump));
                    if row.inner {
                        left.insert((instrument.id, jump.day));
                    }
                }
                series(ui, cx, instrument);
                attempts(ui, cx, feed);
                if let Some(feed) = feed {
                    origins(ui, cx, feed);
                    events(ui, cx, feed);
                }
                sources(ui, cx, instrument);
                closed
            });
            drawn.inner
        })
        .inner
}

fn head(ui: &mut Ui, cx: &Cx<'_>, instrument: &Instrument) -> bool {
    let tokens = &cx.tokens;
    let closed = ui
        .horizontal(|ui| {
            let font = theme::font(theme::HEADING, Weight::SemiBold);
            ui.label(
                RichText::new(&instrument.symbol)
                    .font(font)
                    .color(tokens.text1),
            );
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let closed = link(ui, tokens, "Close").clicked();
                let name = RichText::new(&instrument.name)
                    .size(theme::SECONDARY)
                    .color(tokens.text2);
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    ui.add(Label::new(name).truncate());
                });
                closed
            })
            .inner
        })
        .inner;
    ui.add_space(theme::HALF);
    let last = last(cx.prices, instrument);
    ui.horizontal(|ui| {
        big(
            ui,
            tokens,
            &format::known(last, |(_, close)| format::price(close)),
        );
        if let Some((day, _)) = last {
            let day = format::weekday_day(day);
            secondary(ui, tokens, &format!("{} · {day}", instrument.currency));
        }
    });
    // Who was asked and what came of it stands below.
    let coverage = cx.coverage.get(&instrument.id);
    let state = price_state::of(cx, instrument.id).filter(|state| state.sign != Sign::Late);
    let said = state.map_or_else(
        || format::freshness(coverage, instrument.locked),
        |state| state.text,
    );
    facts::paragraph(ui, &provenance::sentence(&said), tokens.text2);
    ui.add_space(theme::GRID);
    closed
}

/// The newest bar.
fn last(prices: &Prices, instrument: &Instrument) -> Option<(Day, f64)> {
    let bar = prices.get(&instrument.symbol)?.last()?;
    Some((bar.day, bar.close))
}

/// What can be done with a series: text, hint, and the action.
fn all_deeds(cx: &Cx<'_>, instrument: &Instrument) -> Vec<(&'static str, &'static str, Action)> {
    let id = instrument.id;
    let mut deeds = Vec::new();
    if !instrument.locked {
        deeds.push((
            "Refresh",
            "Ask for what is missing",
            Action::Refresh(vec![id]),
        ));
        deeds.push((
            "Rebuild…",
            "Fetch the whole history anew",
            Action::Ask(Box::new(rebuild(cx, instrument))),
        ));
    }
    deeds.push((
        "Import…",
        "Read a CSV file of its prices",
        Action::ImportPricesOf(id),
    ));
    deeds.push((
        "Enter close…",
        "Type the close of a day",
        Action::EnterClose(id),
    ));
    deeds.push(if instrument.locked {
        (
            "Unlock",
            "Let providers be asked again",
            Action::Apply(lock(instrument, false)),
        )
    } else {
        (
            "Lock",
            "Keep these prices by hand: no provider is asked",
            Action::Apply(lock(instrument, true)),
        )
    });
    deeds.push((
        "Edit sources…",
        "Its providers, their symbols and its name",
        Action::EditInstrument(id),
    ));
    if !is_used(cx, instrument) {
        deeds.push((
            "Delete",
            "Take it out of the book; undo brings it back",
            Action::Delete(RecordKey::new(RecordKind::Instrument, id.0)),
        ));
    }
    deeds
}

/// Whether something of the book is about its prices: a company, or the lines
/// that others are compared with.
fn is_used(cx: &Cx<'_>, instrument: &Instrument) -> bool {
    let mut companies = cx.book.companies();
    instrument.benchmark
        || instrument.symbol == BITCOIN
        || companies.any(|company| company.instrument == Some(instrument.id))
}

fn deeds(ui: &mut Ui, cx: &Cx<'_>, instrument: &Instrument) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(theme::GRID, theme::HALF);
        for (text, hint, action) in all_deeds(cx, instrument) {
            if ui.button(text).on_hover_text(hint).clicked() {
                cx.act(action);
            }
        }
    });
}

/// The same in a row's context menu.
pub fn menu(ui: &mut Ui, cx: &Cx<'_>, instrument: &Instrument) {
    for (text, hint, action) in all_deeds(cx, instrument) {
        if ui.button(text).on_hover_text(hint).clicked() {
            cx.act(action);
            ui.close();
        }
    }
}

fn lock(instrument: &Instrument, locked: bool) -> Change {
    let verb = if locked { "lock" } else { "unlock" };
    let label = format!("{verb} prices of {}", instrument.symbol);
    let mut instrument = instrument.clone();
    instrument.locked = locked;
    Change::put(label, Record::Instrument(instrument))
}

fn rebuild(cx: &Cx<'_>, instrument: &Instrument) -> Confirm {
    let own = cx.feeds.get(instrument.id).map_or(0, |feed| feed.own.len());
    let stay = match own {
        0 => "Closes that you type or import are never replaced.".to_owned(),
        own => format!(
            "Your own {} stay as they are.",
            format::count(own, "close", "closes")
        ),
    };
    Confirm {
        title: format!("Rebuild the prices of {}?", instrument.symbol),
        text: format!(
            "The whole history is fetched anew and takes the place of what providers gave before. {stay}"
        ),
        button: "Rebuild",
        action: Action::Rebuild(instrument.id),
    }
}

fn series(ui: &mut Ui, cx: &Cx<'_>, instrument: &Instrument) {
    let Some(coverage) = cx.coverage.get(&instrument.id).filter(|c| c.rows > 0) else {
        return;
    };
    group(ui, cx, "Series");
    if let (Some(first), Some(last)) = (coverage.first, coverage.last) {
        let days = format!("{} – {}", format::day_long(first), format::day_long(last));
        fact(ui, cx, "Days", &days, Tone::Primary);
    }
    fact(ui, cx, "Rows", &format::rows(coverage.rows), Tone::Primary);
    let gaps = format::rows(coverage.gaps);
    fact(ui, cx, "Market days without a close", &gaps, Tone::Primary);
}

fn attempts(ui: &mut Ui, cx: &Cx<'_>, feed: Option<&Feed>) {
    group(ui, cx, "Last try");
    let turn = feed.map_or(&[][..], |feed| &feed.last_turn);
    if turn.is_empty() {
        caption(ui, &cx.tokens, "No provider was asked yet");
    }
    for attempt in turn {
        let fine = attempt.outcome.is_success() || attempt.outcome == Outcome::Quiet;
        let colour = if fine {
            cx.tokens.text1
        } else {
            cx.tokens.warn
        };
        facts::paragraph(ui, &format::attempt(attempt, cx.now), colour);
        let mut detail = format::moment(attempt.at, cx.now);
        if attempt.skipped > 0 {
            detail = format!("{detail} · {} skipped", format::rows(attempt.skipped));
        }
        caption(ui, &cx.tokens, &detail);
        ui.add_space(theme::HALF);
    }
}

fn origins(ui: &mut Ui, cx: &Cx<'_>, feed: &Feed) {
    if !feed.rows_by.is_empty() {
        group(ui, cx, "Rows by provider");
        for (code, rows) in &feed.rows_by {
            let name = provenance::sentence(format::given_by(code));
            fact(ui, cx, &name, &format::rows(*rows), Tone::Primary);
        }
    }
    if feed.own.is_empty() {
        return;
    }
    group(ui, cx, "Your own closes, always kept");
    let newest = feed.own.iter().rev().take(OWN);
    let days: Vec<String> = newest.map(|day| format::day_long(*day)).collect();
    let more = feed.own.len().saturating_sub(OWN);
    let more = match more {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    facts::paragraph(ui, &format!("{}{more}", days.join(", ")), cx.tokens.text2);
}

fn events(ui: &mut Ui, cx: &Cx<'_>, feed: &Feed) {
    let all = feed.events.iter();
    let mut all: Vec<_> = all
        .flat_map(|(provider, events)| events.iter().map(|event| (*provider, event)))
        .collect();
    if all.is_empty() {
        return;
    }
    all.sort_by_key(|(provider, event)| (std::cmp::Reverse(event.day), *provider));
    group(ui, cx, "Splits and dividends");
    for (provider, event) in all.iter().take(EVENTS) {
        let label = format!("{} · {}", format::day_long(event.day), provider.label());
        fact(ui, cx, &label, &format::event(event), Tone::Primary);
    }
    if let Some(more @ 1..) = all.len().checked_sub(EVENTS) {
        caption(ui, &cx.tokens, &format!("and {more} more"));
    }
}

/// Who is asked, in which order, and why not.
fn sources(ui: &mut Ui, cx: &Cx<'_>, instrument: &Instrument) {
    group(ui, cx, "Asked in this order");
    if instrument.locked {
        caption(ui, &cx.tokens, "Nobody: these prices are kept by hand");
        return;
    }
    let policy = &cx.settings.prices;
    let order = if instrument.providers.is_empty() {
        policy.order_of(ProviderGroup::of(instrument.kind))
    } else {
        instrument.providers.clone()
    };
    for provider in order {
        let symbol = instrument.provider_symbols.get(provider.code());
        let symbol = symbol.map_or("usual symbol", String::as_str);
        let (value, tone) = match why_not(cx, provider) {
            Some(why) => (why, Tone::Dim),
            None => (symbol.to_owned(), Tone::Primary),
        };
        fact(ui, cx, provider.label(), &value, tone);
    }
}

fn why_not(cx: &Cx<'_>, provider: Provider) -> Option<String> {
    if !cx.settings.prices.is_on(provider) {
        return Some("off in Settings".to_owned());
    }
    if provider.needs_key() && !cx.status.keys.contains(&provider) {
        return Some("no key in Settings".to_owned());
    }
    let quiet = cx.feeds.quiet.iter();
    let until = quiet
        .filter(|quiet| quiet.provider == provider)
        .map(|quiet| quiet.until)
        .max()
        .filter(|until| *until > cx.now.timestamp())?;
    let until = format::moment(until, cx.now);
    Some(format!("wants quiet until {until}"))
}
