//! The company pane: what is known about the selected company, each figure with
//! its value, hedge, time, age and source, and its deals, debts, treasury and
//! notes; everything can be added to or corrected from here.

use egui::{ScrollArea, Sense, Ui, vec2};

use super::contested::{self, Contested};
use crate::analytics::Input;
use crate::analytics::measure::Measure;
use crate::analytics::staleness::Limits;
use crate::analytics::statement::age_days;
use crate::analytics::watchlist::WatchlistRow;
use crate::model::metric::{Known, MwBasis};
use crate::model::{
    Book, Company, CompanyId, Figure, Hedge, Metric, RecordKey, RecordKind, Subject,
};
use crate::ui::theme::{self, Weight};
use crate::ui::widget::{big, caption, covered, link, secondary, section};
use crate::ui::{Action, Cx, format, price_state, provenance, switches};

mod line;
mod records;

use line::Line;
pub use line::clipped;

/// Shows the pane of a company, or how to get one.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, selected: Option<CompanyId>) {
    let company = selected.and_then(|id| cx.book.company(id));
    let row = selected.and_then(|id| cx.derived.watchlist.iter().find(|row| row.company_id == id));
    let (Some(company), Some(row)) = (company, row) else {
        ui.centered_and_justified(|ui| ui.label("Select a company to see its figures and deals"));
        return;
    };
    ScrollArea::vertical()
        .id_salt(("pane", company.id.0))
        .auto_shrink(false)
        .show(ui, |ui| {
            egui::Frame::new()
                .inner_margin(egui::Margin::symmetric(16, 14))
                .show(ui, |ui| {
                    ui.spacing_mut().item_spacing.y = 0.0;
                    head(ui, cx, company, row);
                    figures(ui, cx, company);
                    records::deals(ui, cx, company);
                    records::debts(ui, cx, company);
                    records::treasury(ui, cx, company);
                    records::notes(ui, cx, company);
                });
        });
}

fn head(ui: &mut Ui, cx: &Cx<'_>, company: &Company, row: &WatchlistRow) {
    let tokens = &cx.tokens;
    ui.horizontal(|ui| {
        let (square, _) =
            ui.allocate_exact_size(vec2(theme::SQUARE, theme::SQUARE), Sense::hover());
        ui.painter().rect_filled(
            square,
            f32::from(theme::RADIUS_SMALL),
            cx.company_colour(company),
        );
        let symbol = row.symbol.as_deref().unwrap_or(&company.name);
        ui.label(
            egui::RichText::new(symbol)
                .font(theme::font(15.0, Weight::SemiBold))
                .color(tokens.text1),
        );
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let key = RecordKey::new(RecordKind::Company, company.id.0);
            if link(ui, tokens, "Edit")
                .on_hover_text("Edit the company")
                .clicked()
            {
                cx.act(Action::Edit(key));
            }
            if link(ui, tokens, "Open")
                .on_hover_text("Show the company in full on its page")
                .clicked()
            {
                cx.act(Action::OpenCompany(company.id));
            }
            let legal = company.legal_name.as_deref().unwrap_or(&company.name);
            let listed = company
                .exchange
                .as_deref()
                .map_or_else(String::new, |at| format!(" · {at}"));
            let label = egui::Label::new(
                egui::RichText::new(format!("{legal}{listed}"))
                    .size(theme::SECONDARY)
                    .color(tokens.text2),
            )
            .truncate();
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                ui.add(label).on_hover_text(&company.note)
            });
        });
    });
    ui.add_space(theme::GRID);
    last_close(ui, cx, company, row);
    ui.add_space(theme::GRID);
}

/// The last close with its day, whether it is the newest there could be, and
/// the year so far beside Bitcoin.
fn last_close(ui: &mut Ui, cx: &Cx<'_>, company: &Company, row: &WatchlistRow) {
    let tokens = &cx.tokens;
    ui.horizontal(|ui| {
        let close = row.last.as_ref().ok();
        big(
            ui,
            tokens,
            &format::known(close, |last| format::price(last.value.0)),
        );
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if let Ok(excess) = &row.excess_return_ytd {
                let text = format!("vs BTC {}", format::points_with_unit(excess.value));
                let remark = excess.remark.as_deref().unwrap_or("since the year began");
                ui.colored_label(tokens.change(Some(excess.value)), text)
                    .on_hover_text(remark);
            }
        });
    });
    let instrument = company.instrument.and_then(|id| cx.book.instrument(id));
    if let (Some(last), Some(instrument)) = (row.last.as_ref().ok(), instrument) {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = theme::HALF;
            let day = format::weekday_day(last.value.1);
            secondary(ui, tokens, &format!("{} · {day}", instrument.currency));
            if let Some(state) = price_state::of(cx, instrument.id) {
                price_state::show(ui, tokens, &state);
                let short = price_state::in_short(cx, instrument.id, state.sign);
                let text = provenance::sentence(&state.text);
                secondary(ui, tokens, &short).on_hover_text(text);
            }
        });
    }
}

/// Where Bitcoin's closes end well before the share's, the comparison ends there
/// too: a row says so.
fn against_bitcoin(ui: &mut Ui, cx: &Cx<'_>, row: &WatchlistRow) {
    let Ok(excess) = &row.excess_return_ytd else {
        return;
    };
    let closes = excess.inputs.iter().filter_map(|input| match input {
        Input::Close { day, .. } => Some(*day),
        Input::Figure(_) | Input::Deal(_) | Input::Debt(_) | Input::Treasury(_) => None,
    });
    let newest = row.last.as_ref().ok().map(|last| last.value.1);
    let Some(until) = closes
        .max()
        .filter(|day| newest.is_some_and(|newest| *day < newest))
    else {
        return;
    };
    let label = format!("vs BTC to {}", format::day_short(until));
    let value = format::points_with_unit(excess.value);
    let explain = (row.company_id, Measure::ExcessYtd);
    let what = (label.as_str(), "derived", explain);
    derived(ui, cx, what, Some(value), None, |ui, value| {
        provenance::show(ui, cx, &label, value, &row.excess_return_ytd);
    });
}

/// What is computed of a company, above what is stated.
const DERIVED: [Measure; 4] = [
    Measure::Backlog,
    Measure::BacklogToDebt,
    Measure::ContractedMw,
    Measure::AiRevenueShare,
];

/// Derived rows first, then every statement, newest of each metric on top.
fn figures(ui: &mut Ui, cx: &Cx<'_>, company: &Company) {
    if let Some(facts) = cx.derived.facts(company.id) {
        against_bitcoin(ui, cx, facts.row);
        for measure in DERIVED {
            let (label, answer) = (measure.label(), measure.of(facts));
            let value = answer.is_ok();
            let value = value.then(|| format::measured(measure.unit(), &answer));
            let how = switches::told(measure, cx.derived.switches);
            let how = how.as_deref().unwrap_or("derived");
            let what = (label, how, (company.id, measure));
            let contested = contested::of(cx, facts, measure);
            derived(ui, cx, what, value, contested.as_ref(), |ui, value| {
                provenance::show(ui, cx, label, value, &answer);
                if how != "derived" {
                    let words = cx.derived.switches.words();
                    caption(ui, &cx.tokens, &format!("By the switches: {words}"));
                }
            });
        }
    }
    ui.add_space(theme::GUTTER);
    if section(ui, &cx.tokens, "Figures", Some("New figure…")).is_some_and(|link| link.clicked())
    {
        cx.act(Action::New(RecordKind::Figure, Some(company.id)));
    }
    let figures = statements_of(cx.book, company.id);
    if figures.is_empty() {
        caption(ui, &cx.tokens, "No statement yet");
    }
    let mut above: Option<&Metric> = None;
    for figure in figures {
        statement(ui, cx, figure, above == Some(&figure.metric));
        above = Some(&figure.metric);
    }
}

/// Statements of a company: by metric in the metrics' own order, newest first,
/// plans last.
fn statements_of(book: &Book, company: CompanyId) -> Vec<&Figure> {
    let subject = Subject::Company(company);
    let mut figures: Vec<_> = book
        .figures()
        .filter(|figure| figure.subject == subject)
        .collect();
    figures.sort_by(|a, b| {
        let newest = |figure: &Figure| crate::analytics::statement::speaks_of(figure);
        let plan = |figure: &Figure| figure.hedge == Hedge::Planned;
        let newest_first = newest(b).cmp(&newest(a)).then(a.id.cmp(&b.id));
        a.metric
            .cmp(&b.metric)
            .then(plan(a).cmp(&plan(b)))
            .then(newest_first)
    });
    figures
}

/// A figure that was computed, and `how` in a word or two; a click explains it.
fn derived(
    ui: &mut Ui,
    cx: &Cx<'_>,
    (label, how, (company, measure)): (&str, &str, (CompanyId, Measure)),
    value: Option<String>,
    contested: Option<&Contested>,
    tip: impl FnOnce(&mut Ui, &str),
) {
    let known = value.is_some();
    let value = value.unwrap_or_else(|| format::UNKNOWN.to_owned());
    let line = Line {
        label,
        value: &value,
        leads: known,
        when: contested.map_or(how, |_| "in conflict"),
        age: None,
        limits: Limits::QUARTERLY,
        url: None,
        contested,
    };
    let response = line.show(ui, cx);
    if response.clicked() {
        cx.act(Action::Explain(company, measure));
    }
    if !covered(ui) {
        response.on_hover_ui(|ui| tip(ui, &value));
    }
}

/// A statement; one that is not the newest of its metric stands back.
fn statement(ui: &mut Ui, cx: &Cx<'_>, figure: &Figure, older: bool) {
    let when = match (figure.time, figure.stated) {
        (Some(time), _) => format::time(time),
        (None, Some(stated)) => format::partial_date(stated),
        (None, None) => String::new(),
    };
    let label = short_name(&figure.metric);
    let value = format::figure(figure);
    let age = age_days(figure, cx.today);
    let source = figure.source.and_then(|id| cx.book.source(id));
    let url = source
        .and_then(|source| source.url.as_deref())
        .filter(|url| url.starts_with("http"));
    let line = Line {
        label: &label,
        value: &value,
        leads: !older,
        when: &when,
        age,
        limits: Limits::of(&figure.metric),
        url,
        contested: None,
    };
    let response = line.show(ui, cx);
    let tip = |ui: &mut Ui| {
        ui.set_max_width(420.0);
        ui.strong(format!("{}: {value}", figure.metric));
        secondary(ui, &cx.tokens, &provenance::spoken(cx, figure));
        if !figure.note.is_empty() {
            secondary(ui, &cx.tokens, &figure.note);
        }
        if let Some(url) = url {
            caption(ui, &cx.tokens, url);
        }
        caption(ui, &cx.tokens, "Click to edit, right-click for more");
    };
    let key = RecordKey::new(RecordKind::Figure, figure.id.0);
    let response = if covered(ui) {
        response
    } else {
        response.on_hover_ui(tip)
    };
    if response.clicked() {
        cx.act(Action::Edit(key));
    }
    response.context_menu(|ui| records::menu(ui, cx, key, url));
}

/// The name of a metric as it fits the pane.
fn short_name(metric: &Metric) -> String {
    match metric {
        Metric::Known(Known::TotalDebt) => "Debt, stated".to_owned(),
        // The value says that it is of megawatts.
        Metric::Megawatts(stage, basis) => {
            let stage = provenance::sentence(stage.label());
            match basis {
                MwBasis::Critical => format!("{stage}, IT"),
                MwBasis::Gross => format!("{stage}, gross"),
                MwBasis::Unstated => stage,
            }
        }
        Metric::Known(_) | Metric::Custom(..) => metric.to_string(),
    }
}
