//! Tooltips of the deals' cells: where a figure comes from, or what is missing.

use egui::Ui;

use crate::analytics::deals::DealRow;
use crate::analytics::start::Slippage;
use crate::analytics::{Input, Missing, Stated};
use crate::model::deal::DealKind;
use crate::model::{Deal, Hedge, Money};
use crate::ui::widget::{caption, secondary};
use crate::ui::{Cx, format, provenance};

use super::columns::Column;

/// True if a cell of the column of this row explains itself.
pub fn has_tip(row: &DealRow, column: Column) -> bool {
    match column {
        Column::Square => false,
        Column::Warning => !row.warnings.is_empty(),
        Column::Company
        | Column::Counterparty
        | Column::Site
        | Column::Announced
        | Column::Base
        | Column::Owned
        | Column::Attributable
        | Column::CriticalMw
        | Column::Rate
        | Column::Remaining
        | Column::RentStart
        | Column::Term
        | Column::Status
        | Column::Class
        | Column::Kind
        | Column::WithOptions
        | Column::GrossMw
        | Column::RateKwMonth
        | Column::RateMwh => true,
    }
}

/// Explains a cell; `shown` is its text.
pub fn tip(ui: &mut Ui, cx: &Cx<'_>, row: &DealRow, column: Column, shown: &str) {
    ui.set_max_width(420.0);
    let Some(deal) = cx.book.deal(row.id) else {
        return;
    };
    match column {
        Column::Square => {}
        Column::Warning => {
            for (_, warning) in &row.warnings {
                ui.colored_label(cx.tokens.warn, provenance::sentence(warning));
            }
        }
        Column::Company | Column::Counterparty | Column::Site | Column::Class => who(ui, cx, row),
        Column::Status => status(ui, cx, row),
        Column::RentStart => rent_starts(ui, cx, row, deal, shown),
        Column::Announced
        | Column::Base
        | Column::Owned
        | Column::Attributable
        | Column::CriticalMw
        | Column::Rate
        | Column::Remaining
        | Column::Term
        | Column::Kind
        | Column::WithOptions
        | Column::GrossMw
        | Column::RateKwMonth
        | Column::RateMwh => show(ui, cx, row, (column, shown), basis(row, deal, column)),
    }
}

/// How a figure came about, or what it lacks.
fn basis(row: &DealRow, deal: &Deal, column: Column) -> Result<String, String> {
    let stated = |known: bool, how: &str, what: &str| {
        let how = how.to_owned();
        known
            .then_some(how)
            .ok_or_else(|| format!("no {what} is stated"))
    };
    match column {
        Column::Base => {
            let full = deal.base_value.map(|v| in_full(v, deal.base_value_hedge));
            full.ok_or_else(|| "no base contract value is stated".to_owned())
        }
        Column::WithOptions => {
            let full = deal.value_with_options.map(|v| in_full(v, Hedge::Exact));
            let full = full.map(|full| match &deal.extension_options {
                Some(options) => format!("{full}; options: {options}"),
                None => full,
            });
            full.ok_or_else(|| "no value with options is stated".to_owned())
        }
        Column::Owned => Ok(match deal.owned_share {
            Some(_) => "the company's share of a joint venture".to_owned(),
            None => "the source names no other owner".to_owned(),
        }),
        Column::Attributable => row
            .attributable_usd
            .map(|value| {
                let full = in_full(Money::usd(value), row.hedge);
                let share = format::fraction(row.owned_share);
                format!("{full}: base value × {share} owned")
            })
            .ok_or_else(|| "no base contract value in US dollars is stated".to_owned()),
        Column::CriticalMw => {
            let what = "critical IT load";
            stated(row.critical_mw.is_some(), what, what)
        }
        Column::GrossMw => stated(row.gross_mw.is_some(), "gross load", "gross load"),
        Column::Rate | Column::RateKwMonth | Column::RateMwh => row
            .rates
            .usd_m_per_mw_year
            .map(|_| "base value ÷ base term ÷ critical IT load".to_owned())
            .ok_or_else(|| why_no_rate(deal)),
        Column::Remaining => row
            .remaining_usd
            .as_ref()
            .map(|_| "attributable value not yet due on the rent schedule".to_owned())
            .map_err(|missing| missing.0.clone()),
        Column::Term => stated(row.term_months.is_some(), "", "term"),
        Column::Kind => stated(row.kind != DealKind::Unknown, "", "kind of deal"),
        Column::RentStart => stated(row.rent_start.is_some(), "", "rent start"),
        Column::Announced
        | Column::Square
        | Column::Warning
        | Column::Company
        | Column::Counterparty
        | Column::Site
        | Column::Class
        | Column::Status => Ok(String::new()),
    }
}

/// Shows the deal as the source of a figure, or why there is none.
fn show(
    ui: &mut Ui,
    cx: &Cx<'_>,
    row: &DealRow,
    (column, shown): (Column, &str),
    basis: Result<String, String>,
) {
    let stated = Stated::exact((), vec![Input::Deal(row.id)]);
    let answer = basis.map_err(Missing).map(|how| {
        if how.is_empty() {
            stated
        } else {
            stated.remarked(provenance::sentence(&how))
        }
    });
    provenance::show(ui, cx, column.label(), shown, &answer);
}

/// "about 9,800,000,000 USD".
pub fn in_full(money: Money, hedge: Hedge) -> String {
    let full = format::money_full(money.amount, money.currency.as_str());
    match hedge {
        Hedge::Exact => full,
        Hedge::About | Hedge::MoreThan | Hedge::UpTo | Hedge::Planned => {
            format!("{} {full}", hedge.label())
        }
    }
}

fn who(ui: &mut Ui, cx: &Cx<'_>, row: &DealRow) {
    ui.strong(format!("{} – {}", row.company, row.counterparty));
    if let Some(site) = &row.site {
        secondary(ui, &cx.tokens, site);
    }
    caption(ui, &cx.tokens, row.class.label());
}

fn status(ui: &mut Ui, cx: &Cx<'_>, row: &DealRow) {
    ui.strong(row.status.label());
    let text = match (row.alternative_to, row.counts) {
        (Some(other), _) => {
            let other = cx.book.deal(other).map(provenance::deal_name);
            let other = other.unwrap_or_else(|| "a deal".to_owned());
            format!("Other telling of {other}, not counted")
        }
        (None, true) => "Counted in totals".to_owned(),
        (None, false) => "Not counted: not contracted, or over".to_owned(),
    };
    secondary(ui, &cx.tokens, &text);
}

fn rent_starts(ui: &mut Ui, cx: &Cx<'_>, row: &DealRow, deal: &Deal, shown: &str) {
    if row.rent_start_revisions == 0 {
        let column = Column::RentStart;
        show(ui, cx, row, (column, shown), basis(row, deal, column));
        return;
    }
    ui.strong(format!("Rent start: {shown}"));
    let slippage = Slippage::of(deal.rent_starts_by(cx.today));
    if let Some(slipped) = format::slippage(&slippage) {
        ui.colored_label(cx.tokens.warn, provenance::sentence(&slipped));
    }
    for start in deal.rent_starts_by(cx.today).rev() {
        let said = start.stated.map_or_else(
            || "day of the statement not known".to_owned(),
            |date| format!("said {}", format::partial_date(date)),
        );
        secondary(ui, &cx.tokens, &format::partial_date(start.date));
        let source = start.source.map(|id| provenance::source_name(cx, id));
        let detail = [Some(said), source].into_iter().flatten();
        caption(ui, &cx.tokens, &detail.collect::<Vec<_>>().join(", "));
    }
}

/// Which terms a rate lacks: "no critical IT load and no term is stated".
pub fn why_no_rate(deal: &Deal) -> String {
    let lacking = [
        (
            "base value in US dollars",
            deal.base_value
                .is_none_or(|value| value.currency != crate::model::Currency::USD),
        ),
        ("term", deal.term_months.is_none()),
        ("critical IT load", deal.critical_mw.is_none()),
    ];
    let lacking: Vec<_> = lacking
        .into_iter()
        .filter(|(_, lacks)| *lacks)
        .map(|(what, _)| format!("no {what}"))
        .collect();
    if lacking.is_empty() {
        "the terms are out of range".to_owned()
    } else {
        format!("{} is stated", lacking.join(" and "))
    }
}
