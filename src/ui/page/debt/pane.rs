//! The pane of the Debt page: the selected instrument, else the selected
//! company's two tellings of its debt.

use egui::{Label, Margin, RichText, ScrollArea, Ui};

use crate::analytics::debt::CompanyDebt;
use crate::analytics::statement::age_days;
use crate::model::debt::Coupon;
use crate::model::{Debt, RecordKey, RecordKind};
use crate::ui::page::facts::{self, fact, group, maybe, or_dash};
use crate::ui::theme::{self, Weight};
use crate::ui::widget::table::Tone;
use crate::ui::widget::{big, caption, link, secondary};
use crate::ui::{Action, Cx, format};

use super::{companies, instruments};

fn scrolled(ui: &mut Ui, salt: uuid::Uuid, contents: impl FnOnce(&mut Ui) -> bool) -> bool {
    ScrollArea::vertical()
        .id_salt(("debt pane", salt))
        .auto_shrink(false)
        .show(ui, |ui| {
            let margin = Margin::symmetric(theme::GUTTER as i8, 14);
            let frame = egui::Frame::new().inner_margin(margin);
            frame
                .show(ui, |ui| {
                    ui.spacing_mut().item_spacing.y = 2.0;
                    contents(ui)
                })
                .inner
        })
        .inner
}

/// Shows an instrument. Returns true if the pane is to be put away.
pub fn instrument(ui: &mut Ui, cx: &Cx<'_>, debt: &Debt) -> bool {
    scrolled(ui, debt.id.0, |ui| {
        let closed = facts::head(ui, cx, debt.company);
        ui.add_space(theme::HALF);
        let title = RichText::new(&debt.name)
            .font(theme::font(theme::HEADING, Weight::SemiBold))
            .color(cx.tokens.text1);
        ui.add(Label::new(title).wrap());
        let what = format!("{} · {}", debt.kind.label(), debt.level.label());
        secondary(ui, &cx.tokens, &what);
        let principal = debt
            .principal
            .map(|money| format::hedged(debt.principal_hedge, &format::money(money)));
        big(ui, &cx.tokens, &format::known(principal, |text| text));
        let status = debt.status.label().to_lowercase();
        caption(ui, &cx.tokens, &format!("principal · {status}"));
        ui.add_space(theme::HALF);
        facts::deeds(
            ui,
            cx,
            RecordKey::new(RecordKind::Debt, debt.id.0),
            debt.company,
        );
        terms(ui, cx, debt);
        if debt.conversion_price.is_some() || debt.cap_price.is_some() {
            group(ui, cx, "Conversion");
            let price = debt.conversion_price.map(instruments::price);
            maybe(ui, cx, "Converts at a share price of", price);
            let cap = debt.cap_price.map(instruments::price);
            maybe(ui, cx, "Capped call pays up to", cap);
        }
        group(ui, cx, "Who owes");
        fact(ui, cx, "Issuer", &instruments::issuer(debt), Tone::Primary);
        maybe(
            ui,
            cx,
            "Owned share",
            debt.owned_share.map(format::fraction),
        );
        maybe(ui, cx, "Recourse", debt.recourse.clone());
        maybe(ui, cx, "Site", debt.site.clone());
        facts::sources(ui, cx, &debt.sources);
        facts::note(ui, cx, &debt.note);
        closed
    })
}

fn terms(ui: &mut Ui, cx: &Cx<'_>, debt: &Debt) {
    group(ui, cx, "Terms");
    let full = debt
        .principal
        .map(|money| format::money_full(money.amount, money.currency.as_str()));
    or_dash(ui, cx, "Principal", full, "no principal is stated");
    maybe(ui, cx, "Drawn", debt.drawn.map(format::money));
    let coupon = debt.coupon.as_ref().map(instruments::coupon);
    or_dash(ui, cx, "Coupon", coupon, "no coupon is stated");
    if let Some(Coupon::Floating {
        floor: Some(floor), ..
    }) = &debt.coupon
    {
        let floor = instruments::percent(*floor);
        fact(ui, cx, "Reference at least", &floor, Tone::Primary);
    }
    let issued = debt.issued.map(format::partial_date);
    or_dash(ui, cx, "Issued", issued, "no day of issue is stated");
    let matures = debt.matures.map(format::partial_date);
    or_dash(ui, cx, "Matures", matures, "no maturity is stated");
    maybe(ui, cx, "Amortisation", debt.amortisation.clone());
}

/// Shows a company's two tellings. Returns true if the pane is to be put away.
pub fn company(ui: &mut Ui, cx: &Cx<'_>, row: &CompanyDebt) -> bool {
    scrolled(ui, row.company_id.0, |ui| {
        let closed = facts::head(ui, cx, row.company_id);
        ui.add_space(theme::HALF);
        ui.horizontal(|ui| {
            if link(ui, &cx.tokens, "New debt…").clicked() {
                cx.act(Action::New(RecordKind::Debt, Some(row.company_id)));
            }
            if link(ui, &cx.tokens, "New stated total…").clicked() {
                cx.act(Action::New(RecordKind::Figure, Some(row.company_id)));
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if link(ui, &cx.tokens, "Open company").clicked() {
                    facts::open_company(cx, row.company_id);
                }
            });
        });
        group(ui, cx, "Stated total");
        stated(ui, cx, row);
        group(ui, cx, "Sum of instruments");
        let (sum, why) = match &row.instruments_usd {
            Ok(sum) => (
                Some(format::hedged(sum.hedge, &format::money_compact(sum.value))),
                sum.remark.as_deref().unwrap_or_default(),
            ),
            Err(missing) => (None, missing.0.as_str()),
        };
        or_dash(ui, cx, "Outstanding", sum, why);
        if !row.joint_venture_usd.is_zero() {
            let joint = format::money_compact(row.joint_venture_usd);
            fact(ui, cx, "Of that joint ventures", &joint, Tone::Primary);
        }
        let count = format::decimal(row.instruments.len().into());
        fact(ui, cx, "Instruments entered", &count, Tone::Primary);
        group(ui, cx, "Instruments − stated");
        match row.difference_usd() {
            Ok(difference) => {
                let text = companies::signed(difference.value);
                let text = format::hedged(difference.hedge, &text);
                fact(ui, cx, "Difference", &text, Tone::Primary);
                let why = companies::explain(row, difference.value);
                facts::paragraph(ui, &why, cx.tokens.text2);
            }
            Err(missing) => or_dash(ui, cx, "Difference", None, &missing.0),
        }
        caption(ui, &cx.tokens, "The two are told side by side, never added");
        if let Some(id) = companies::stated(cx, row).and_then(|figure| figure.source) {
            facts::sources(ui, cx, &[id]);
        }
        closed
    })
}

fn stated(ui: &mut Ui, cx: &Cx<'_>, row: &CompanyDebt) {
    let Some(figure) = companies::stated(cx, row) else {
        or_dash(ui, cx, "Total debt", None, "no total debt is stated");
        return;
    };
    fact(ui, cx, "Total debt", &format::figure(figure), Tone::Primary);
    let as_of = companies::as_of(figure);
    fact(ui, cx, "As of", &as_of, Tone::Primary);
    let age = age_days(figure, cx.today).map(format::age_days);
    maybe(ui, cx, "Age", age);
    if ui
        .vertical(|ui| link(ui, &cx.tokens, "Edit the statement"))
        .inner
        .clicked()
    {
        let key = RecordKey::new(RecordKind::Figure, figure.id.0);
        cx.act(Action::Edit(key));
    }
    if !figure.note.is_empty() {
        facts::paragraph(ui, &figure.note, cx.tokens.text3);
    }
}
