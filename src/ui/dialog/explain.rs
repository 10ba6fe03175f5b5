//! "How this is computed": the formula of a figure and its terms, each with its
//! statements, their time, age and source. It computes nothing.

use egui::{Context, CursorIcon, Label, RichText, Role, Sense, Ui, WidgetInfo, vec2};

use super::modal;
use crate::analytics::measure::{self, Facts, Measure, MeasureUnit};
use crate::analytics::{Answer, Input};
use crate::model::{CompanyId, Hedge, RecordKey, RecordKind};
use crate::ui::page::contested::{self, Contested};
use crate::ui::page::list::Cached;
use crate::ui::theme::{self, Weight};
use crate::ui::widget::{big, caption, focus_ring, heading, link, secondary};
use crate::ui::{Action, Cx, format, provenance};

/// Width of the dialog.
const WIDTH: f32 = 560.0;
/// More statements than this are not listed one by one.
const MOST: usize = 60;

/// Which figure.
pub struct Explain {
    /// Of which company.
    pub company: CompanyId,
    /// Which figure.
    pub measure: Measure,
    /// The figures it was opened from, of which it is a term.
    back: Vec<Measure>,
    shown: Cached<Shown>,
}

impl Explain {
    /// The explanation of a figure of a company.
    pub fn new(company: CompanyId, measure: Measure) -> Self {
        Self {
            company,
            measure,
            back: Vec::new(),
            shown: Cached::default(),
        }
    }
}

/// The explanation as text.
#[derive(Default)]
struct Shown {
    company: String,
    value: String,
    hedge: &'static str,
    remark: Option<String>,
    missing: Option<String>,
    /// What another source says of it, if the two disagree.
    contested: Option<Contested>,
    switches: String,
    terms: Vec<Term>,
    inputs: Vec<Line>,
    /// Statements that are not listed.
    more: usize,
}

struct Term {
    name: &'static str,
    value: String,
    remark: Option<String>,
    /// The measure that the term itself is.
    opens: Option<Measure>,
    inputs: Vec<Line>,
    more: usize,
}

struct Line {
    what: String,
    detail: String,
    record: Option<RecordKey>,
}

impl Shown {
    fn of(cx: &Cx<'_>, company: CompanyId, measure: Measure) -> Self {
        let mut shown = Self {
            company: cx.company_name(company).to_owned(),
            switches: cx.derived.switches.words(),
            value: format::UNKNOWN.to_owned(),
            ..Self::default()
        };
        let Some(facts) = cx.derived.facts(company) else {
            shown.missing = Some("The company is gone".to_owned());
            return shown;
        };
        let answer = measure.of(facts);
        shown.contested = contested::of(cx, facts, measure);
        shown.value = format::measured(measure.unit(), &answer);
        let terms = measure.terms(facts);
        match &answer {
            Ok(stated) => {
                shown.hedge = hedge(stated.hedge);
                let remark = stated.remark.as_deref();
                let remark = remark.filter(|remark| !said_by(&terms, remark));
                shown.remark = remark.map(provenance::sentence);
            }
            Err(missing) => shown.missing = Some(provenance::sentence(&missing.0)),
        }
        if terms.is_empty() {
            (shown.inputs, shown.more) = lines(cx, &answer, Some(measure));
        }
        shown.terms = terms.iter().map(|of| term(cx, facts, of)).collect();
        shown
    }
}

/// True if a remark only repeats what the terms below it say: "EV: no preferred
/// equity is entered".
fn said_by(terms: &[measure::Term], remark: &str) -> bool {
    let said = terms.iter().filter_map(|of| of.value.as_ref().ok());
    let said = said.filter_map(|stated| stated.remark.as_deref());
    let rest = said.fold(remark.to_owned(), |rest, of| rest.replace(of, ""));
    let mut parts = rest.split(';').map(str::trim);
    parts.all(|part| part.is_empty() || part.ends_with(':'))
}

fn term(cx: &Cx<'_>, facts: Facts<'_>, of: &measure::Term) -> Term {
    let named = Measure::ALL.iter().copied();
    let opens = named
        .filter(|measure| measure.label() == of.name)
        // A part may bear the name of a measure and be another thing.
        .find(|measure| measure.unit() == of.unit && measure.of(facts) == of.value);
    let (inputs, more) = lines(cx, &of.value, opens);
    Term {
        name: of.name,
        value: format::measured(of.unit, &of.value),
        remark: match &of.value {
            Ok(stated) => stated.remark.as_deref().map(provenance::sentence),
            Err(missing) => Some(provenance::sentence(&missing.0)),
        },
        opens,
        inputs,
        more,
    }
}

/// What an answer was computed from, and how many statements are not listed.
fn lines(cx: &Cx<'_>, answer: &Answer<f64>, of: Option<Measure>) -> (Vec<Line>, usize) {
    let inputs = answer.as_ref().map_or(&[][..], |stated| &stated.inputs);
    let line = |input: &Input| {
        let (what, detail) = provenance::describe(cx, input);
        let counted = of.and_then(|of| counted(cx, input, of));
        let what = counted.unwrap_or(what);
        Line {
            what,
            detail,
            record: record(input),
        }
    };
    let lines = inputs.iter().take(MOST).map(line).collect();
    (lines, inputs.len().saturating_sub(MOST))
}

/// A deal with what it adds to the sum, which is not its whole value where a
/// part is owned or the sum is of megawatts.
fn counted(cx: &Cx<'_>, input: &Input, of: Measure) -> Option<String> {
    let Input::Deal(id) = input else { return None };
    let deal = cx.book.deal(*id)?;
    let row = cx.derived.deals.iter().find(|row| row.id == *id)?;
    let amount = if of == Measure::Backlog {
        format::hedged(row.hedge, &format::money_compact(row.attributable_usd?))
    } else if of == Measure::ContractedMw {
        format::megawatts(row.load_mw?)
    } else {
        return None;
    };
    Some(format!("{} {amount}", provenance::deal_name(deal)))
}

const fn record(input: &Input) -> Option<RecordKey> {
    match input {
        Input::Figure(id) => Some(RecordKey::new(RecordKind::Figure, id.0)),
        Input::Deal(id) => Some(RecordKey::new(RecordKind::Deal, id.0)),
        Input::Debt(id) => Some(RecordKey::new(RecordKind::Debt, id.0)),
        Input::Treasury(id) => Some(RecordKey::new(RecordKind::Treasury, id.0)),
        Input::Close { .. } => None,
    }
}

/// What the sign before the value means.
const fn hedge(hedge: Hedge) -> &'static str {
    match hedge {
        Hedge::Exact => "",
        Hedge::About => "about: not all it is made of is exact",
        Hedge::MoreThan => "a lower bound: a part of it is not known",
        Hedge::UpTo => "an upper bound",
        Hedge::Planned => "planned",
    }
}

/// Shows it.
pub fn show(ctx: &Context, cx: &Cx<'_>, explain: &mut Explain) {
    let (company, measure) = (explain.company, explain.measure);
    let key = (cx.revision, cx.today, company, measure.code());
    explain
        .shown
        .refresh(&key, || Shown::of(cx, company, measure));
    let (shown, back) = (explain.shown.get(), explain.back.last().copied());
    let (mut opened, mut closed, mut returned) = (None, false, false);
    let dialog = modal(ctx, "How this is computed", WIDTH, |ui| {
        ui.spacing_mut().item_spacing.y = theme::HALF;
        (closed, returned) = head(ui, cx, measure, shown, back);
        if let Some(contested) = &shown.contested {
            conflict(ui, cx, contested);
        }
        for term in &shown.terms {
            // Every term is drawn, whichever was clicked.
            let clicked = show_term(ui, cx, term);
            opened = opened.or(clicked);
        }
        if !shown.inputs.is_empty() {
            ui.add_space(theme::GRID);
            heading(ui, &cx.tokens, "Computed from");
            show_lines(ui, cx, &shown.inputs, shown.more);
        }
        ui.add_space(theme::GRID);
        caption(
            ui,
            &cx.tokens,
            &format!("By the switches: {}", shown.switches),
        );
    });
    if let Some(term) = opened {
        explain.back.push(measure);
        explain.measure = term;
    } else if returned && let Some(before) = explain.back.pop() {
        explain.measure = before;
    }
    if closed || dialog.should_close() {
        cx.act(Action::CloseDialog);
    }
}

/// Title, value and formula. Returns whether to close, and whether to go back.
fn head(
    ui: &mut Ui,
    cx: &Cx<'_>,
    measure: Measure,
    shown: &Shown,
    back: Option<Measure>,
) -> (bool, bool) {
    let tokens = &cx.tokens;
    let (mut closed, mut returned) = (false, false);
    let size = vec2(ui.available_width(), theme::CONTROL);
    let right = egui::Layout::right_to_left(egui::Align::Center);
    ui.allocate_ui_with_layout(size, right, |ui| {
        closed = link(ui, tokens, "Close").on_hover_text("Esc").clicked();
        ui.add_space(theme::GRID);
        if let Some(back) = back {
            let text = format!("Back to {}", back.label());
            returned = link(ui, tokens, &text).clicked();
        }
        ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
            heading(ui, tokens, "How this is computed");
        });
    });
    secondary(
        ui,
        tokens,
        &format!("{} · {}", measure.label(), shown.company),
    );
    let unit = match measure.unit() {
        // These stand in the value.
        MeasureUnit::Fraction
        | MeasureUnit::Multiple
        | MeasureUnit::Megawatts
        | MeasureUnit::Change => "",
        MeasureUnit::Usd
        | MeasureUnit::Price
        | MeasureUnit::Points
        | MeasureUnit::UsdPerMw
        | MeasureUnit::Shares
        | MeasureUnit::Btc
        | MeasureUnit::Index => measure.unit().label(),
    };
    ui.horizontal(|ui| {
        let value = big(ui, tokens, &shown.value);
        let label = format!("{}: {}", measure.label(), shown.value);
        value.widget_info(|| WidgetInfo::labeled(Role::Label, true, &label));
        secondary(ui, tokens, unit);
        secondary(ui, tokens, shown.hedge);
    });
    for text in shown.missing.iter().chain(&shown.remark) {
        paragraph(ui, text, tokens.text2);
    }
    ui.add_space(theme::HALF);
    paragraph(ui, measure.formula(), tokens.text1);
    (closed, returned)
}

/// What another source says of it, and the way to both.
fn conflict(ui: &mut Ui, cx: &Cx<'_>, contested: &Contested) {
    ui.add_space(theme::HALF);
    let text = format!("Another source says {}: show both", contested.other);
    let shown = link(ui, &cx.tokens, &text).on_hover_text("The two statements side by side");
    if shown.clicked() {
        cx.act(Action::CloseDialog);
        cx.act(Action::ShowConflict(contested.key));
    }
}

/// Shows a term with its statements; gives the measure to open.
fn show_term(ui: &mut Ui, cx: &Cx<'_>, term: &Term) -> Option<Measure> {
    let tokens = &cx.tokens;
    let mut opened = None;
    ui.add_space(theme::GRID);
    let size = vec2(ui.available_width(), theme::CHIP);
    let right = egui::Layout::right_to_left(egui::Align::Center);
    ui.allocate_ui_with_layout(size, right, |ui| {
        let font = theme::font(theme::TEXT, Weight::SemiBold);
        let known = term.value != format::UNKNOWN;
        let colour = if known { tokens.text1 } else { tokens.text3 };
        ui.label(RichText::new(&term.value).font(font).color(colour));
        ui.with_layout(
            egui::Layout::left_to_right(egui::Align::Center),
            |ui| match term.opens {
                Some(measure) => {
                    let hint = "How this term is computed";
                    if link(ui, tokens, term.name).on_hover_text(hint).clicked() {
                        opened = Some(measure);
                    }
                }
                None => {
                    heading(ui, tokens, term.name);
                }
            },
        );
    });
    if let Some(remark) = &term.remark {
        paragraph(ui, remark, tokens.text2);
    }
    ui.indent(("term", term.name), |ui| {
        show_lines(ui, cx, &term.inputs, term.more);
    });
    opened
}

fn show_lines(ui: &mut Ui, cx: &Cx<'_>, lines: &[Line], more: usize) {
    let tokens = &cx.tokens;
    for (index, line) in lines.iter().enumerate() {
        ui.push_id(index, |ui| match line.record {
            Some(record) => {
                let text = RichText::new(&line.what)
                    .size(theme::TEXT)
                    .color(tokens.accent);
                let label = ui.add(Label::new(text).wrap().sense(Sense::click()));
                let name = format!("Edit {}", line.what);
                label.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
                focus_ring(
                    ui,
                    tokens,
                    &label,
                    label.rect.expand(2.0),
                    theme::RADIUS_SMALL,
                );
                let label = label.on_hover_cursor(CursorIcon::PointingHand);
                if label.on_hover_text("Edit it").clicked() {
                    cx.act(Action::CloseDialog);
                    cx.act(Action::Edit(record));
                }
            }
            None => paragraph(ui, &line.what, tokens.text1),
        });
        caption(ui, tokens, &line.detail).on_hover_text(&line.detail);
    }
    if more > 0 {
        let more = format::count(more, "more statement", "more statements");
        caption(ui, tokens, &format!("and {more}"));
    }
}

fn paragraph(ui: &mut Ui, text: &str, colour: egui::Color32) {
    let text = RichText::new(text).size(theme::TEXT).color(colour);
    ui.add(Label::new(text).wrap());
}
