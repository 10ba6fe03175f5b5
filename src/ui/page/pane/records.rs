//! The pane's lists: deals, debts, treasury events and notes of a company.

use egui::{Align2, Sense, Ui, vec2};

use crate::analytics::start::Slippage;
use crate::analytics::wall::still_owed;
use crate::model::debt::DebtStatus;
use crate::model::{Company, Deal, Debt, RecordKey, RecordKind, Treasury};
use crate::ui::theme::{self, Tokens, Weight};
use crate::ui::widget::{YearBar, caption, section, year_bars};
use crate::ui::{Action, Cx, format, provenance};

/// The deals of a company.
pub fn deals(ui: &mut Ui, cx: &Cx<'_>, company: &Company) {
    header(ui, cx, company, "Deals", "New deal…", RecordKind::Deal);
    let deals = cx.book.deals().filter(|deal| deal.company == company.id);
    let mut deals: Vec<&Deal> = deals.collect();
    deals.sort_by_key(|deal| std::cmp::Reverse((deal.announced.first_day(), deal.id)));
    if deals.is_empty() {
        caption(ui, &cx.tokens, "No deal yet");
    }
    for deal in deals {
        let value = deal
            .base_value
            .map(|value| format::hedged(deal.base_value_hedge, &format::money(value)));
        let parts = [
            // First, so that it is not what is cut off.
            format::slippage(&Slippage::of(deal.rent_starts_by(cx.today))),
            Some(deal.kind.label().to_owned())
                .filter(|_| deal.kind != crate::model::deal::DealKind::Unknown),
            deal.term_months.map(format::years_months),
            deal.critical_mw
                .map(|mw| format!("{} IT", format::megawatts(mw))),
            deal.gpus
                .map(|gpus| format!("{} GPUs", format::decimal(gpus.into()))),
        ];
        let detail = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
        let side = if deal.alternative_to.is_some() {
            "other telling".to_owned()
        } else {
            deal.rent_start_by(cx.today).map_or_else(
                || deal.status.label().to_lowercase(),
                |start| format!("rent {}", format::partial_date(start.date)),
            )
        };
        let warned = cx
            .derived
            .deals
            .iter()
            .any(|row| row.id == deal.id && !row.warnings.is_empty());
        let card = Card {
            key: RecordKey::new(RecordKind::Deal, deal.id.0),
            title: provenance::deal_name(deal),
            value: format::known(value, |value| value),
            detail,
            side,
            warned,
            dim: deal.alternative_to.is_some(),
            url: deal
                .sources
                .iter()
                .find_map(|id| cx.book.source(*id)?.url.as_deref()),
        };
        card.show(ui, cx, |ui| deal_tip(ui, cx, deal));
    }
}

fn deal_tip(ui: &mut Ui, cx: &Cx<'_>, deal: &Deal) {
    ui.set_max_width(420.0);
    ui.strong(provenance::deal_name(deal));
    let (what, detail) = provenance::describe(cx, &crate::analytics::Input::Deal(deal.id));
    ui.label(format!("{what}\n{detail}"));
    let Some(row) = cx.derived.deals.iter().find(|row| row.id == deal.id) else {
        return;
    };
    if let Some(rate) = row.rates.usd_m_per_mw_year {
        let month = format::known(row.rates.usd_per_kw_month, |rate| format::dollars(rate, 0));
        let text = format!(
            "${}m per MW-year, {month} per kW-month",
            format::rate_m_per_mw_year(rate)
        );
        ui.label(text);
    }
    for (_, warning) in &row.warnings {
        ui.colored_label(cx.tokens.warn, warning);
    }
    if !deal.note.is_empty() {
        ui.label(&deal.note);
    }
}

/// The debts of a company and its maturities.
pub fn debts(ui: &mut Ui, cx: &Cx<'_>, company: &Company) {
    header(ui, cx, company, "Debt", "New debt…", RecordKind::Debt);
    let view = cx
        .derived
        .debt
        .companies
        .iter()
        .find(|row| row.company_id == company.id);
    let instruments = view.map_or(&[][..], |view| &view.instruments);
    if instruments.is_empty() {
        caption(ui, &cx.tokens, "No instrument yet");
    }
    if let Some(view) = view.filter(|view| !view.by_year.is_empty()) {
        maturities(ui, cx, company, view);
    }
    for debt in instruments.iter().filter_map(|id| cx.book.debt(*id)) {
        let matures = debt
            .matures
            .map(|date| format!("due {}", format::partial_date(date)));
        let owed = still_owed(debt, cx.today).or(debt.principal);
        let amount = owed.map(format::money);
        let status = match debt.status {
            DebtStatus::Outstanding => None,
            DebtStatus::Proposed | DebtStatus::Repaid => Some(debt.status.label().to_lowercase()),
        };
        let parts = [
            Some(debt.kind.label().to_owned()),
            Some(debt.level.label().to_owned()),
            debt.site.clone(),
        ];
        let card = Card {
            key: RecordKey::new(RecordKind::Debt, debt.id.0),
            title: debt.name.clone(),
            value: format::known(amount, |amount| format::hedged(debt.owed_hedge(), &amount)),
            detail: parts.into_iter().flatten().collect::<Vec<_>>().join(" · "),
            side: status.or(matures).unwrap_or_default(),
            warned: false,
            dim: debt.status != DebtStatus::Outstanding,
            url: debt
                .sources
                .iter()
                .find_map(|id| cx.book.source(*id)?.url.as_deref()),
        };
        card.show(ui, cx, |ui| debt_tip(ui, cx, debt));
    }
}

fn maturities(
    ui: &mut Ui,
    cx: &Cx<'_>,
    company: &Company,
    view: &crate::analytics::debt::CompanyDebt,
) {
    use rust_decimal::prelude::ToPrimitive as _;
    let texts: Vec<_> = view
        .by_year
        .iter()
        .map(|(year, owed)| {
            (
                year.to_string(),
                format::money_compact(*owed),
                owed.to_f32().unwrap_or(0.0),
            )
        })
        .collect();
    let bars: Vec<_> = texts
        .iter()
        .map(|(year, value, size)| YearBar {
            year,
            value,
            size: *size,
        })
        .collect();
    caption(
        ui,
        &cx.tokens,
        "Outstanding instruments by year of maturity, USD",
    );
    year_bars(ui, &cx.tokens, 92.0, cx.company_colour(company), &bars);
    ui.add_space(theme::GRID);
}

fn debt_tip(ui: &mut Ui, cx: &Cx<'_>, debt: &Debt) {
    ui.set_max_width(420.0);
    ui.strong(&debt.name);
    let (what, detail) = provenance::describe(cx, &crate::analytics::Input::Debt(debt.id));
    ui.label(format!("{what}\n{detail}"));
    let more = [&debt.issuer, &debt.recourse, &debt.amortisation];
    for text in more.into_iter().flatten() {
        ui.label(text);
    }
    if !debt.note.is_empty() {
        ui.label(&debt.note);
    }
}

/// Bitcoin held, bought and sold.
pub fn treasury(ui: &mut Ui, cx: &Cx<'_>, company: &Company) {
    header(
        ui,
        cx,
        company,
        "Treasury",
        "New event…",
        RecordKind::Treasury,
    );
    let day = |event: &Treasury| {
        event
            .event
            .map(|time| time.last_day())
            .or_else(|| event.disclosed.map(|date| date.last_day()))
    };
    let mut events: Vec<_> = cx
        .book
        .treasury()
        .filter(|event| event.company == company.id)
        .collect();
    events.sort_by_key(|event| std::cmp::Reverse((day(event), event.id)));
    if events.is_empty() {
        caption(ui, &cx.tokens, "No Bitcoin bought, sold or held is entered");
    }
    for event in events {
        let btc = format::known(event.btc, |btc| {
            format::hedged(
                event.hedge,
                &format!("{} BTC", format::decimal(btc.normalize())),
            )
        });
        let when = event.event.map(format::time);
        let disclosed = event
            .disclosed
            .map(|date| format!("disclosed {}", format::partial_date(date)));
        let price = event
            .implied_price()
            .map(|price| format!("{} a coin", format::dollars(price.amount, 0)));
        let proceeds = event.proceeds.map(format::money);
        let card = Card {
            key: RecordKey::new(RecordKind::Treasury, event.id.0),
            title: event.kind.label().to_owned(),
            value: btc,
            detail: [proceeds, price]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" · "),
            side: when.or(disclosed).unwrap_or_default(),
            warned: false,
            dim: false,
            url: event
                .source
                .and_then(|id| cx.book.source(id)?.url.as_deref()),
        };
        card.show(ui, cx, |ui| {
            ui.set_max_width(420.0);
            let (what, detail) =
                provenance::describe(cx, &crate::analytics::Input::Treasury(event.id));
            ui.label(format!("{what}\n{detail}"));
            if !event.note.is_empty() {
                ui.label(&event.note);
            }
        });
    }
}

/// Dated notes, newest first.
pub fn notes(ui: &mut Ui, cx: &Cx<'_>, company: &Company) {
    header(ui, cx, company, "Notes", "New note…", RecordKind::Note);
    let mut notes: Vec<_> = cx
        .book
        .notes()
        .filter(|note| note.company == company.id)
        .collect();
    notes.sort_by_key(|note| std::cmp::Reverse((note.day, note.id)));
    if notes.is_empty() {
        caption(ui, &cx.tokens, "No note yet");
    }
    for note in notes {
        caption(ui, &cx.tokens, &format::day_long(note.day));
        let label = ui.add(egui::Label::new(&note.text).wrap().sense(Sense::click()));
        let key = RecordKey::new(RecordKind::Note, note.id.0);
        if label.clicked() {
            cx.act(Action::Edit(key));
        }
        label.context_menu(|ui| menu(ui, cx, key, None));
        ui.add_space(theme::GRID);
    }
}

fn header(ui: &mut Ui, cx: &Cx<'_>, company: &Company, title: &str, new: &str, kind: RecordKind) {
    ui.add_space(theme::GUTTER);
    if section(ui, &cx.tokens, title, Some(new)).is_some_and(|link| link.clicked()) {
        cx.act(Action::New(kind, Some(company.id)));
    }
    ui.add_space(theme::HALF);
}

/// What can be done with a record, in its context menu.
pub fn menu(ui: &mut Ui, cx: &Cx<'_>, key: RecordKey, url: Option<&str>) {
    if let Some(url) = url.filter(|url| url.starts_with("http"))
        && ui.button("Open source").clicked()
    {
        cx.act(Action::OpenUrl(url.to_owned()));
        ui.close();
    }
    for (text, action) in [
        ("Edit…", Action::Edit(key)),
        ("Duplicate…", Action::Duplicate(key)),
        ("Delete", Action::Delete(key)),
    ] {
        if ui.button(text).clicked() {
            cx.act(action);
            ui.close();
        }
    }
}

/// A record in two lines.
struct Card<'a> {
    key: RecordKey,
    title: String,
    value: String,
    detail: String,
    side: String,
    warned: bool,
    dim: bool,
    url: Option<&'a str>,
}

impl Card<'_> {
    fn show(&self, ui: &mut Ui, cx: &Cx<'_>, tip: impl FnOnce(&mut Ui)) {
        let tokens = &cx.tokens;
        let (rect, response) =
            ui.allocate_exact_size(vec2(ui.available_width(), 46.0), Sense::click());
        let words = format!(
            "{} {}, {} {}",
            self.title, self.value, self.detail, self.side
        );
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &words));
        let fill = if response.hovered() {
            tokens.hover
        } else {
            tokens.panel
        };
        ui.painter()
            .rect_filled(rect.expand2(vec2(theme::GRID, 0.0)), 0.0, fill);
        crate::ui::widget::hairline_below(ui, tokens, rect);
        crate::ui::widget::focus_ring(
            ui,
            tokens,
            &response,
            rect.expand2(vec2(theme::HALF, 0.0)),
            theme::RADIUS_SMALL,
        );
        self.texts(ui, tokens, rect);
        let response = response.on_hover_ui(tip);
        if response.clicked() {
            cx.act(Action::Edit(self.key));
        }
        response.context_menu(|ui| menu(ui, cx, self.key, self.url));
    }

    fn texts(&self, ui: &Ui, tokens: &Tokens, rect: egui::Rect) {
        let strong = if self.dim { tokens.text2 } else { tokens.text1 };
        let (top, below) = (rect.top() + 14.0, rect.top() + 33.0);
        let text = |place: (f32, f32), right: bool, text: &str, font, colour, width: f32| {
            let galley = super::line::clipped(ui, text, font, colour, width);
            let anchor = if right {
                Align2::RIGHT_CENTER
            } else {
                Align2::LEFT_CENTER
            };
            let at = anchor.anchor_size(egui::pos2(place.0, place.1), galley.size());
            ui.painter().galley(at.min, galley, colour);
            at.width()
        };
        let medium = theme::font(theme::TEXT, Weight::Medium);
        let small = theme::font(theme::CAPTION, Weight::Regular);
        let value = text(
            (rect.right(), top),
            true,
            &self.value,
            medium.clone(),
            strong,
            130.0,
        );
        let room = rect.width() - value - theme::GRID;
        let sign = if self.warned { "⚠ " } else { "" };
        text(
            (rect.left(), top),
            false,
            &format!("{sign}{}", self.title),
            medium,
            if self.warned { tokens.warn } else { strong },
            room,
        );
        let side = text(
            (rect.right(), below),
            true,
            &self.side,
            small.clone(),
            tokens.text3,
            130.0,
        );
        text(
            (rect.left(), below),
            false,
            &self.detail,
            small,
            tokens.text2,
            rect.width() - side - theme::GRID,
        );
    }
}
