//! Where a figure comes from, for tooltips and the pane: each input with its
//! value, the time it speaks of, its age and its source.

use egui::Ui;
use rust_decimal::Decimal;

use super::widget::{caption, secondary};
use super::{Cx, format};
use crate::analytics::statement::age_days;
use crate::analytics::wall::still_owed;
use crate::analytics::{Answer, Input};
use crate::model::{Deal, Debt, Figure, SourceId, Treasury};

/// Shows what an answer was computed from, or why there is none.
pub fn show<T>(ui: &mut Ui, cx: &Cx<'_>, title: &str, value: &str, answer: &Answer<T>) {
    ui.spacing_mut().item_spacing.y = 3.0;
    ui.set_max_width(420.0);
    ui.strong(format!("{title}: {value}"));
    match answer {
        Ok(stated) => {
            if let Some(remark) = &stated.remark {
                secondary(ui, &cx.tokens, remark);
            }
            for input in stated.inputs.iter().take(12) {
                let (what, detail) = describe(cx, input);
                secondary(ui, &cx.tokens, &what);
                caption(ui, &cx.tokens, &detail);
            }
        }
        Err(missing) => {
            secondary(ui, &cx.tokens, &sentence(&missing.0));
        }
    }
}

/// An input in two lines: what it says, and when and by whom it was said.
pub fn describe(cx: &Cx<'_>, input: &Input) -> (String, String) {
    let gone = || ("a record that was deleted".to_owned(), String::new());
    match input {
        Input::Figure(id) => cx
            .book
            .figure(*id)
            .map_or_else(gone, |figure| of_figure(cx, figure)),
        Input::Deal(id) => cx
            .book
            .deal(*id)
            .map_or_else(gone, |deal| of_deal(cx, deal)),
        Input::Debt(id) => cx
            .book
            .debt(*id)
            .map_or_else(gone, |debt| of_debt(cx, debt)),
        Input::Treasury(id) => cx
            .book
            .treasury_event(*id)
            .map_or_else(gone, |event| of_treasury(cx, event)),
        Input::Close { symbol, day } => {
            let close = cx
                .prices
                .get(symbol)
                .and_then(|series| series.at_or_before(*day));
            let price = format::known(close, |bar| format::price(bar.close));
            (
                format!("{symbol} {price}"),
                format!("close of {}", format::weekday_day_long(*day)),
            )
        }
    }
}

fn of_figure(cx: &Cx<'_>, figure: &Figure) -> (String, String) {
    let what = format!("{} {}", figure.metric, format::figure(figure));
    (what, spoken(cx, figure))
}

/// "as of 31 Mar 2026, 5 mo old, Hut 8 10-Q".
pub fn spoken(cx: &Cx<'_>, figure: &Figure) -> String {
    let time = match (figure.time, figure.stated) {
        (Some(time), _) => format!("as of {}", format::time(time)),
        (None, Some(stated)) => format!("stated {}, time not given", format::partial_date(stated)),
        (None, None) => "time not given".to_owned(),
    };
    let age = age_days(figure, cx.today).map(|days| match days {
        0 => "today".to_owned(),
        _ => format!("{} old", format::age_days(days)),
    });
    let parts = [
        Some(time),
        age,
        figure.source.map(|source| source_name(cx, source)),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn of_deal(cx: &Cx<'_>, deal: &Deal) -> (String, String) {
    let value = format::known(deal.base_value, |value| {
        format::hedged(deal.base_value_hedge, &format::money(value))
    });
    let what = format!("{} {value}", deal_name(deal));
    let announced = format!("announced {}", format::partial_date(deal.announced));
    // Its value is told whole; a sum may have taken the owned share of it.
    let owned = deal.owned_fraction();
    let owned = (owned != Decimal::ONE).then(|| format!("{} owned", format::fraction(owned)));
    let source = deal.sources.first().map(|source| source_name(cx, *source));
    (
        what,
        [Some(announced), owned, source]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(", "),
    )
}

fn of_debt(cx: &Cx<'_>, debt: &Debt) -> (String, String) {
    let owed = format::known(still_owed(debt, cx.today), format::money);
    let matures = debt
        .matures
        .map(|date| format!("matures {}", format::partial_date(date)));
    let source = debt.sources.first().map(|source| source_name(cx, *source));
    let detail = [matures, source]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ");
    (format!("{} {owed}", debt.name), detail)
}

fn of_treasury(cx: &Cx<'_>, event: &Treasury) -> (String, String) {
    let btc = format::known(event.btc, |btc| format!("{} BTC", format::decimal(btc)));
    let source = event
        .source
        .map_or_else(String::new, |source| source_name(cx, source));
    (format!("{} {btc}", event.kind.label()), source)
}

/// "Microsoft – Childress, Texas".
pub fn deal_name(deal: &Deal) -> String {
    match &deal.site {
        Some(site) => format!("{} – {site}", deal.counterparty),
        None => deal.counterparty.clone(),
    }
}

/// Title of a source, with its publisher where the title does not say it.
pub fn source_name(cx: &Cx<'_>, id: SourceId) -> String {
    let Some(source) = cx.book.source(id) else {
        return "unknown source".to_owned();
    };
    if source.publisher.is_empty() || source.title.contains(&source.publisher) {
        source.title.clone()
    } else {
        format!("{}, {}", source.publisher, source.title)
    }
}

/// The text with a capital first letter.
pub fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
