//! What the Watchlist's chart draws: which lines, in which colours, with which
//! deals on them.

use egui::Ui;

use crate::analytics::derive::BITCOIN;
use crate::analytics::lines::rebased;
use crate::model::{Company, Day};
use crate::ui::chart::{Input, Marker, Range, Series, Weight};
use crate::ui::page::list::hash;
use crate::ui::provenance::deal_name;
use crate::ui::state::UiState;
use crate::ui::{Action, Cx, format, theme};

/// Shows the chart and takes what was done with it.
pub fn show_chart(ui: &mut Ui, cx: &Cx<'_>, state: &mut UiState) {
    let selected = state.selected;
    let key = hash(&(
        cx.revision,
        cx.tokens.dark,
        selected,
        &cx.settings.lines_off,
        &cx.settings.chart_range,
        cx.settings.chart_log,
    ));
    let output = state
        .watchlist
        .chart
        .show(ui, &cx.tokens, key, || input(cx, selected));
    if let Some((from, to)) = output.zoom {
        super::set_range(cx, Range::Between(from, to));
    }
    if output.reset {
        super::set_range(cx, Range::default());
    }
    let by_symbol = output
        .picked
        .and_then(|symbol| cx.book.company_by_symbol(&symbol));
    let by_deal = output
        .opened
        .and_then(|deal| cx.book.deal(deal))
        .map(|deal| deal.company);
    if let Some(company) = by_deal.or_else(|| by_symbol.map(|company| company.id)) {
        cx.act(Action::Select(company));
    }
}

/// Symbols of benchmarks other than Bitcoin, which is always drawn.
pub fn benchmarks<'a>(cx: &'a Cx<'_>) -> impl Iterator<Item = &'a str> {
    let others = cx
        .book
        .instruments()
        .filter(|i| i.benchmark && i.symbol != BITCOIN);
    others.map(|instrument| instrument.symbol.as_str())
}

/// Companies whose line is on, the selected one always.
fn companies<'a>(
    cx: &'a Cx<'_>,
    selected: Option<crate::model::CompanyId>,
) -> impl Iterator<Item = (&'a Company, &'a str)> {
    let with_symbol = cx
        .book
        .companies()
        .filter_map(|c| Some((c, cx.book.symbol_of(c.id)?)));
    with_symbol.filter(move |(company, symbol)| Some(company.id) == selected || is_on(cx, symbol))
}

fn is_on(cx: &Cx<'_>, symbol: &str) -> bool {
    !cx.settings.lines_off.iter().any(|off| off == symbol)
}

/// The base day and the last day of the range chosen.
pub fn days(cx: &Cx<'_>) -> (Day, Day) {
    let newest = cx.derived.prices_to.unwrap_or(cx.today);
    let firsts = cx
        .prices
        .by_symbol
        .values()
        .filter_map(|series| series.first());
    let first = firsts.map(|bar| bar.day).min().unwrap_or(newest);
    Range::from_code(&cx.settings.chart_range).days(first, newest)
}

fn input(cx: &Cx<'_>, selected: Option<crate::model::CompanyId>) -> Input {
    let (base, to) = days(cx);
    let mut series = Vec::new();
    for line in rebased(cx.prices, [BITCOIN], base, to) {
        series.push(Series {
            line,
            name: "BTC".to_owned(),
            colour: cx.tokens.btc,
            weight: Weight::Benchmark,
        });
    }
    let benchmarks = benchmarks(cx).filter(|symbol| is_on(cx, symbol));
    for line in rebased(cx.prices, benchmarks, base, to) {
        let colour = theme::series_colour(&line.symbol, cx.tokens.dark);
        series.push(Series {
            name: line.symbol.clone(),
            line,
            colour,
            weight: Weight::Quiet,
        });
    }
    for (company, symbol) in companies(cx, selected) {
        let weight = if Some(company.id) == selected {
            Weight::Selected
        } else {
            Weight::Quiet
        };
        for line in rebased(cx.prices, [symbol], base, to) {
            let colour = cx.company_colour(company);
            series.push(Series {
                name: symbol.to_owned(),
                line,
                colour,
                weight,
            });
        }
    }
    Input {
        series,
        markers: markers(cx, base, to),
        days: (base, to),
        log: cx.settings.chart_log,
    }
}

/// Deals announced to the day within the range.
fn markers(cx: &Cx<'_>, base: Day, to: Day) -> Vec<Marker> {
    let known = cx.book.deals().filter(|deal| deal.alternative_to.is_none());
    let marker = |deal: &crate::model::Deal| {
        let day = deal
            .announced
            .is_day()
            .then(|| deal.announced.first_day())?;
        let symbol = cx.book.symbol_of(deal.company)?.to_owned();
        let value = deal
            .base_value
            .map(|value| format::hedged(deal.base_value_hedge, &format::money(value)));
        let power = deal
            .critical_mw
            .map(|mw| format!("{} critical IT", format::megawatts(mw)));
        let term = deal.term_months.map(format::years_months);
        let terms: Vec<_> = [value, power, term].into_iter().flatten().collect();
        let text = format!(
            "{symbol}: {}\n{}\n{}",
            deal_name(deal),
            format::day_long(day),
            terms.join(" · ")
        );
        Some(Marker {
            deal: deal.id,
            symbol,
            day,
            text,
        })
    };
    known
        .filter_map(marker)
        .filter(|marker| (base..=to).contains(&marker.day))
        .collect()
}
