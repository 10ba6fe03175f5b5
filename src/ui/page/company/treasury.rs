//! Bitcoin of a company: holdings in steps, purchases and sales against the
//! market, and two numbers that are never mixed.

use egui::{Align, Layout, Margin, Ui, UiBuilder};
use rust_decimal::Decimal;

use crate::analytics::measure::Measure;
use crate::analytics::treasury::{Flow, TreasuryView};
use crate::model::RecordKind;
use crate::ui::page::facts::{fact, group};
use crate::ui::theme;
use crate::ui::widget::table::{Cell, Column, Tone};
use crate::ui::widget::{caption, hairline_right_of};
use crate::ui::{Cx, format, provenance};

use super::Shown;
use super::coins::{Holdings, steps};
use super::rows::{Behind, Rows, WARNING, column, known, nothing, number, warning};
use super::tabs::State;

const FLOWS: [Column; 7] = [
    column(
        "warning",
        WARNING,
        "The price a coin is far off the market of its days",
        32.0,
    ),
    column(
        "day",
        "When",
        "The day or period of the event, else its disclosure",
        132.0,
    ),
    column("kind", "Event", "Bought or sold", 84.0),
    number("btc", "BTC", "Coins bought or sold", 84.0),
    number("money", "Money", "Paid or received", 82.0),
    number("implied", "USD a coin", "Money ÷ coins", 84.0),
    number(
        "market",
        "Market",
        "Lowest to highest close of those days",
        142.0,
    ),
];

/// The treasury of a company, prepared.
#[derive(Default)]
pub struct Coins {
    holdings: Holdings,
    numbers: Vec<(Measure, String)>,
    /// Purchases and sales, newest first.
    pub flows: Rows,
}

impl Coins {
    /// The treasury of a company on the day.
    pub fn of(cx: &Cx<'_>, shown: Shown<'_>) -> Self {
        let view = &shown.facts.view.treasury;
        let measures = [
            Measure::BtcHeld,
            Measure::BtcValue,
            Measure::BtcReduction,
            Measure::BtcSold,
        ];
        let number = |measure: Measure| {
            let answer = measure.of(shown.facts);
            (measure, format::measured(measure.unit(), &answer))
        };
        Self {
            holdings: Holdings::of(&view.holdings),
            numbers: measures.into_iter().map(number).collect(),
            flows: flows(cx, view),
        }
    }
}

fn flows(cx: &Cx<'_>, view: &TreasuryView) -> Rows {
    let mut rows = Rows::new(&FLOWS);
    for flow in view.flows.iter().rev() {
        let Some(event) = cx.book.treasury_event(flow.event) else {
            continue;
        };
        let when = match (event.event, event.disclosed) {
            (Some(time), _) => Some(format::time(time)),
            (None, Some(date)) => Some(format!("said {}", format::partial_date(date))),
            (None, None) => None,
        };
        let btc = event
            .btc
            .map(|btc| format::hedged(event.hedge, &format::decimal(btc)));
        let whole = |price: Decimal| format::dollars(price, 0);
        let implied = flow.implied_price.as_ref().ok();
        let market = flow.market_usd.as_ref().ok().map(|of| of.value);
        let market = market.map(|(low, high)| {
            if low == high {
                whole(low)
            } else {
                format!("{} – {}", whole(low), whole(high))
            }
        });
        let cells = vec![
            warning(flow.warning.is_some()),
            known(when).quieter(),
            Cell::text(event.kind.label()),
            known(btc),
            known(event.proceeds.map(format::money)),
            known(implied.map(|of| whole(of.value))),
            known(market).quieter(),
        ];
        let source: Vec<_> = event.source.into_iter().collect();
        let mut behind = Behind::of(cx, RecordKind::Treasury, event.id.0, &source);
        behind.mark = flow.warning.as_ref().map(|_| "price off the market");
        behind.tip = tip(cx, flow, &event.note);
        behind
            .tip
            .extend(source.iter().map(|id| provenance::source_name(cx, *id)));
        rows.push(event.id.0, cells, behind);
    }
    rows
}

fn tip(cx: &Cx<'_>, flow: &Flow, note: &str) -> Vec<String> {
    let warning = flow.warning.as_deref().map(provenance::sentence);
    let mut tip: Vec<_> = warning.into_iter().collect();
    for (name, missing) in [
        ("The price a coin", flow.implied_price.as_ref().err()),
        ("The market price", flow.market_usd.as_ref().err()),
    ] {
        tip.extend(missing.map(|missing| format!("{name} is not known: {missing}")));
    }
    if let Some(day) = flow.day.filter(|day| *day > cx.today) {
        tip.push(format!("of {}, which is to come", format::day_long(day)));
    }
    if !note.is_empty() {
        tip.push(note.to_owned());
    }
    tip
}

/// Shows the treasury.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, shown: Shown<'_>, state: &mut State) {
    let coins = state.treasury.get();
    let known = coins
        .numbers
        .iter()
        .any(|(_, text)| text != format::UNKNOWN);
    if !known && coins.flows.model.rows.is_empty() {
        let (why, step) = (
            "No Bitcoin bought, sold or held is entered",
            "New treasury event…",
        );
        return nothing(ui, cx, why, step, (RecordKind::Treasury, shown.company.id));
    }
    let area = ui.available_rect_before_wrap();
    let middle = area.left() + (area.width() * 0.38).floor();
    let left = area.with_max_x(middle);
    let down = Layout::top_down(Align::Min);
    let builder = UiBuilder::new()
        .id_salt("coins")
        .max_rect(left)
        .layout(down);
    held(&mut ui.new_child(builder), cx, shown, coins);
    hairline_right_of(ui, &cx.tokens, left);
    let right = area.with_min_x(middle);
    let builder = UiBuilder::new()
        .id_salt("flows")
        .max_rect(right)
        .layout(down);
    let mut ui_right = ui.new_child(builder);
    if coins.flows.model.rows.is_empty() {
        ui_right.centered_and_justified(|ui| {
            caption(ui, &cx.tokens, "No purchase and no sale is entered");
        });
    } else {
        let selected = &mut state.selected;
        coins
            .flows
            .show(&mut ui_right, cx, "company flows", selected, false);
    }
    ui.advance_cursor_after_rect(area);
}

fn held(ui: &mut Ui, cx: &Cx<'_>, shown: Shown<'_>, coins: &Coins) {
    egui::ScrollArea::vertical()
        .id_salt("coins held")
        .auto_shrink(false)
        .show(ui, |ui| {
            let margin = Margin::symmetric(theme::GUTTER as i8, 4);
            egui::Frame::new().inner_margin(margin).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                group(ui, cx, "Holdings as stated, BTC");
                steps(ui, cx, &coins.holdings);
                for (measure, text) in &coins.numbers {
                    let tone = if text == format::UNKNOWN {
                        Tone::Dim
                    } else {
                        Tone::Primary
                    };
                    let name = measure.label();
                    let response = fact(ui, cx, name, text, tone);
                    let answer = measure.of(shown.facts);
                    response.on_hover_ui(|ui| provenance::show(ui, cx, name, text, &answer));
                }
                let note = "Off peak is what is gone from the highest holding; sold is gross sales";
                caption(ui, &cx.tokens, note);
            });
        });
}
