//! The pane of the selected deal: every term, what follows from them, who said
//! it. It edits nothing itself.

use egui::{Label, Margin, RichText, ScrollArea, Ui};

use crate::analytics::deals::DealRow;
use crate::analytics::rates::{Plausibility, Terms, plausibility};
use crate::model::deal::DealKind;
use crate::model::{Deal, RecordKey, RecordKind};
use crate::ui::page::facts::{self, fact, group, maybe, or_dash};
use crate::ui::theme::{self, Weight};
use crate::ui::widget::table::Tone;
use crate::ui::widget::{big, caption, secondary};
use crate::ui::{Cx, format, provenance};

use super::columns::{Moved, moved};
use super::tips::{in_full, why_no_rate};

/// Shows a deal. Returns true if the pane is to be put away.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, row: &DealRow, deal: &Deal) -> bool {
    ScrollArea::vertical()
        .id_salt(("deal pane", row.id.0))
        .auto_shrink(false)
        .show(ui, |ui| {
            let margin = Margin::symmetric(theme::GUTTER as i8, 14);
            let frame = egui::Frame::new().inner_margin(margin);
            frame.show(ui, |ui| contents(ui, cx, row, deal)).inner
        })
        .inner
}

fn contents(ui: &mut Ui, cx: &Cx<'_>, row: &DealRow, deal: &Deal) -> bool {
    ui.spacing_mut().item_spacing.y = 2.0;
    let closed = facts::head(ui, cx, row.company_id);
    ui.add_space(theme::HALF);
    let title = RichText::new(provenance::deal_name(deal))
        .font(theme::font(theme::HEADING, Weight::SemiBold))
        .color(cx.tokens.text1);
    ui.add(Label::new(title).wrap());
    let what = match deal.kind {
        DealKind::Unknown => row.class.label().to_owned(),
        DealKind::PoweredShell
        | DealKind::Colocation
        | DealKind::GpuCloud
        | DealKind::ManagedCloud => format!("{} · {}", deal.kind.label(), row.class.label()),
    };
    secondary(ui, &cx.tokens, &what);
    let value = format::known(deal.base_value, |value| {
        format::hedged(deal.base_value_hedge, &format::money(value))
    });
    big(ui, &cx.tokens, &value);
    let announced = format::partial_date(deal.announced);
    let line = format!(
        "base value · announced {announced} · {}",
        deal.status.label().to_lowercase()
    );
    caption(ui, &cx.tokens, &line);
    ui.add_space(theme::HALF);
    judgement(ui, cx, row, deal);
    ui.add_space(theme::HALF);
    let key = RecordKey::new(RecordKind::Deal, row.id.0);
    facts::deeds(ui, cx, key, row.company_id);
    rates(ui, cx, row, deal);
    value_facts(ui, cx, row, deal);
    load(ui, cx, deal);
    schedule(ui, cx, row, deal);
    parties(ui, cx, deal);
    facts::sources(ui, cx, &deal.sources);
    facts::note(ui, cx, &deal.note);
    closed
}

/// What to look at first: whether it counts, and whether its rate is usual.
fn judgement(ui: &mut Ui, cx: &Cx<'_>, row: &DealRow, deal: &Deal) {
    if let Some(other) = deal.alternative_to {
        let other = cx.book.deal(other).map(provenance::deal_name);
        let other = other.unwrap_or_else(|| "a deal".to_owned());
        let text = format!("Other telling of {other}, not counted");
        facts::paragraph(ui, &text, cx.tokens.text2);
    } else if !row.counts {
        let text = "Not counted in totals: not contracted, or over";
        facts::paragraph(ui, text, cx.tokens.text2);
    }
    for (_, warning) in &row.warnings {
        let text = format!("⚠ {}", provenance::sentence(warning));
        facts::paragraph(ui, &text, cx.tokens.warn);
    }
    match plausibility(deal.kind, &Terms::from(deal)) {
        Plausibility::Usual(name) => {
            let text = format!("Rate in the usual range for {name}");
            facts::paragraph(ui, &text, cx.tokens.good);
        }
        // Said among the warnings, or under the rates.
        Plausibility::Suspicious { .. } | Plausibility::Unknown => {}
    }
}

fn rates(ui: &mut Ui, cx: &Cx<'_>, row: &DealRow, deal: &Deal) {
    group(ui, cx, "Rates");
    let rates = &row.rates;
    let Some(rate) = rates.usd_m_per_mw_year else {
        let why = provenance::sentence(&why_no_rate(deal));
        facts::paragraph(ui, &why, cx.tokens.text3);
        maybe(
            ui,
            cx,
            "A year",
            rates.usd_per_year.map(format::money_compact),
        );
        maybe(ui, cx, "A GPU", rates.usd_per_gpu.map(dollars));
        return;
    };
    let shown = format!("${}m", format::rate_m_per_mw_year(rate));
    fact(ui, cx, "MW-year", &shown, Tone::Primary);
    maybe(ui, cx, "kW-month", rates.usd_per_kw_month.map(cents));
    maybe(
        ui,
        cx,
        "MWh of IT load at full use",
        rates.usd_per_mwh.map(cents),
    );
    maybe(ui, cx, "GPU", rates.usd_per_gpu.map(dollars));
    let year = rates.usd_per_year.map(format::money_compact);
    maybe(ui, cx, "Year", year);
}

fn dollars(amount: rust_decimal::Decimal) -> String {
    format::dollars(amount, 0)
}

fn cents(amount: rust_decimal::Decimal) -> String {
    format::dollars(amount, 2)
}

fn value_facts(ui: &mut Ui, cx: &Cx<'_>, row: &DealRow, deal: &Deal) {
    group(ui, cx, "Value");
    let base = deal
        .base_value
        .map(|value| in_full(value, deal.base_value_hedge));
    or_dash(ui, cx, "Base", base, "no base contract value is stated");
    let share = format::fraction(row.owned_share);
    fact(ui, cx, "Owned share", &share, Tone::Primary);
    let mine = row.attributable_usd.map(format::money_compact);
    or_dash(
        ui,
        cx,
        "Counted",
        mine,
        "no base value in US dollars is stated",
    );
    maybe(
        ui,
        cx,
        "With options",
        deal.value_with_options.map(format::money),
    );
    maybe(ui, cx, "Extension options", deal.extension_options.clone());
    maybe(ui, cx, "Yearly rise", deal.escalator.map(format::fraction));
    maybe(ui, cx, "NOI margin", deal.noi_margin.map(format::fraction));
    maybe(ui, cx, "Prepaid", deal.prepayment.map(format::money));
}

fn load(ui: &mut Ui, cx: &Cx<'_>, deal: &Deal) {
    group(ui, cx, "Load");
    let critical = deal.critical_mw.map(format::megawatts);
    or_dash(
        ui,
        cx,
        "Critical IT load",
        critical,
        "no critical IT load is stated",
    );
    maybe(ui, cx, "Gross load", deal.gross_mw.map(format::megawatts));
    let gpus = deal.gpus.map(|gpus| format::decimal(gpus.into()));
    maybe(ui, cx, "GPUs", gpus);
}

fn schedule(ui: &mut Ui, cx: &Cx<'_>, row: &DealRow, deal: &Deal) {
    group(ui, cx, "Schedule");
    let term = deal.term_months.map(format::years_months);
    or_dash(ui, cx, "Base term", term, "no term is stated");
    let slipped = moved(deal, cx.today) == Moved::Later;
    for (index, start) in deal.rent_starts_by(cx.today).rev().enumerate() {
        let date = format::partial_date(start.date);
        let said = start.stated.map_or_else(String::new, |date| {
            format!(", said {}", format::partial_date(date))
        });
        let (label, tone) = match (index, slipped) {
            (0, true) => ("Rent start, slipped", Tone::Warn),
            (0, false) => ("Rent start", Tone::Primary),
            _ => ("said before", Tone::Dim),
        };
        let response = fact(ui, cx, label, &format!("{date}{said}"), tone);
        if let Some(source) = start.source {
            response.on_hover_text(provenance::source_name(cx, source));
        }
    }
    if row.rent_start.is_none() {
        or_dash(ui, cx, "Rent start", None, "no rent start is stated");
    }
    let (left, why) = match &row.remaining_usd {
        Ok(left) => (Some(format::money_compact(*left)), ""),
        Err(missing) => (None, missing.0.as_str()),
    };
    or_dash(ui, cx, "Remaining", left, why);
}

fn parties(ui: &mut Ui, cx: &Cx<'_>, deal: &Deal) {
    let backstop = deal.backstop.map(format::money);
    if deal.obligor.is_none() && backstop.is_none() && deal.warrants.is_none() {
        return;
    }
    group(ui, cx, "Credit");
    maybe(ui, cx, "Obligor", deal.obligor.clone());
    maybe(ui, cx, "Backstop", backstop);
    maybe(ui, cx, "Warrants given", deal.warrants.clone());
}
