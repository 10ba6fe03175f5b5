//! The share against Bitcoin, rebased, with what happened on its line.

use egui::{Align, Layout, Sense, Ui, UiBuilder, vec2};

use crate::analytics::derive::BITCOIN;
use crate::analytics::lines::rebased;
use crate::model::{Day, RecordKey, RecordKind};
use crate::ui::chart::{Input, Range, Series, Weight};
use crate::ui::page::list::hash;
use crate::ui::widget::{caption, chip, titled};
use crate::ui::{Action, Command, Cx, Settings, format, theme};

use super::events::{cluster, events};
use super::{Shown, State, facts, glyphs};

/// Marks nearer than this are gathered in one.
const GAP: f32 = 14.0;

/// Shows the chart of the share.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, shown: Shown<'_>, state: &mut State) {
    let colour = cx.company_colour(shown.company);
    let Some(symbol) = cx.book.symbol_of(shown.company.id) else {
        let why = "No share is set for this company: there is no price to show";
        if facts::nothing(ui, cx, why, "Edit the company…") {
            let key = RecordKey::new(RecordKind::Company, shown.company.id.0);
            cx.act(Action::Edit(key));
        }
        return;
    };
    if cx
        .prices
        .get(symbol)
        .is_none_or(|series| series.bars().is_empty())
    {
        let why = format!("No prices of {symbol} yet");
        if facts::nothing(ui, cx, &why, Command::ImportPrices.text()) {
            cx.act(Action::Run(Command::ImportPrices));
        }
        return;
    }
    let days = days(cx, symbol);
    header(ui, cx, days);
    let (rect, _) = ui.allocate_exact_size(
        vec2(ui.available_width(), theme::CHART_CAPTION),
        Sense::hover(),
    );
    let inner = rect.shrink2(vec2(theme::GUTTER, 0.0));
    let across = Layout::left_to_right(Align::Center);
    let mut line = ui.new_child(UiBuilder::new().max_rect(inner).layout(across));
    line.spacing_mut().item_spacing.x = theme::HALF;
    caption(&mut line, &cx.tokens, "Rebased to 100 ·");
    glyphs::legend(&mut line, &cx.tokens, colour);
    if let Some(note) = &cx.status.prices_note {
        caption(&mut line, &cx.tokens, &format!("· {note}"));
    }
    let basis = (cx.revision, cx.today, shown.company.id);
    let key = hash(&(
        basis,
        cx.tokens.dark,
        &cx.settings.chart_range,
        cx.settings.chart_log,
    ));
    let mut place = ui.available_rect_before_wrap();
    // The labels at the lines' ends need air to the edge.
    place.max.x -= theme::GRID;
    let mut part = ui.new_child(UiBuilder::new().id_salt("lines").max_rect(place));
    let output = state.chart.show(&mut part, &cx.tokens, key, || {
        input(cx, shown, symbol, days)
    });
    if let Some((from, to)) = output.zoom {
        set_range(cx, Range::Between(from, to));
    }
    if output.reset {
        set_range(cx, Range::default());
    }
    state
        .events
        .refresh(&basis, || events(cx, shown.company.id));
    let bounds = [place.min, place.max].map(|at| (at.x.to_bits(), at.y.to_bits()));
    let (chart, all) = (&state.chart, state.events.get());
    state.clusters.refresh(&(key, bounds), || {
        let place = |(index, event): (usize, &super::events::Event)| {
            let at = chart.place(symbol, event.day)?;
            Some((index, (at.x, at.y)))
        };
        let places: Vec<_> = all.iter().enumerate().filter_map(place).collect();
        cluster(&places, GAP)
    });
    glyphs::show(ui, cx, all, state.clusters.get(), colour);
}

/// The base day and the last day of the range chosen.
fn days(cx: &Cx<'_>, symbol: &str) -> (Day, Day) {
    let newest = cx.derived.prices_to.unwrap_or(cx.today);
    let first = cx.prices.get(symbol).and_then(|series| series.first());
    let first = first.map_or(newest, |bar| bar.day);
    Range::from_code(&cx.settings.chart_range).days(first, newest)
}

fn input(cx: &Cx<'_>, shown: Shown<'_>, symbol: &str, (base, to): (Day, Day)) -> Input {
    let bitcoin = rebased(cx.prices, [BITCOIN], base, to).into_iter();
    let bitcoin = bitcoin.map(|line| Series {
        line,
        name: "BTC".to_owned(),
        colour: cx.tokens.btc,
        weight: Weight::Benchmark,
    });
    let share = rebased(cx.prices, [symbol], base, to).into_iter();
    let share = share.map(|line| Series {
        line,
        name: symbol.to_owned(),
        colour: cx.company_colour(shown.company),
        weight: Weight::Selected,
    });
    Input {
        series: bitcoin.chain(share).collect(),
        markers: Vec::new(),
        days: (base, to),
        log: cx.settings.chart_log,
    }
}

fn header(ui: &mut Ui, cx: &Cx<'_>, days: (Day, Day)) {
    let title = format!("Since {}", format::day_long(days.0));
    titled(ui, &cx.tokens, &title, |ui| {
        let log = chip(ui, &cx.tokens, "Log", cx.settings.chart_log);
        if log
            .on_hover_text("Equal distances are equal percentages")
            .clicked()
        {
            set(cx, |settings| settings.chart_log = !settings.chart_log);
        }
        let range = Range::from_code(&cx.settings.chart_range);
        if matches!(range, Range::Between(..)) {
            let reset = chip(ui, &cx.tokens, "Reset", true);
            if reset.on_hover_text("Back to the year so far").clicked() {
                set_range(cx, Range::default());
            }
        }
        for button in Range::BUTTONS.into_iter().rev() {
            if chip(ui, &cx.tokens, button.label(), button == range).clicked() {
                set_range(cx, button);
            }
        }
    });
}

fn set_range(cx: &Cx<'_>, range: Range) {
    set(cx, |settings| settings.chart_range = range.code());
}

fn set(cx: &Cx<'_>, change: impl FnOnce(&mut Settings)) {
    let mut settings = cx.settings.clone();
    change(&mut settings);
    cx.act(Action::Set(Box::new(settings)));
}
