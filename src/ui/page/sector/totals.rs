//! What the book tracks beside what is stated of the sector: each statement with
//! its source and age, never added to another nor averaged.

use egui::{Color32, CursorIcon, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use crate::analytics::measure::Measure;
use crate::analytics::sector::{Compared, Coverage};
use crate::analytics::statement::age_days;
use crate::analytics::{Answer, Input};
use crate::model::metric::Known;
use crate::model::{FigureId, Metric, RecordKey, RecordKind};
use crate::ui::theme::{self, Weight};
use crate::ui::widget::{caption, focus_ring, heading, line_in, link, mark, secondary};
use crate::ui::{Action, Command, Cx, format, provenance};

use super::{cloud, parts};

const TEXT: f32 = 22.0;
const BAR: f32 = 6.0;
const SOURCE: f32 = 18.0;
/// Width of the percentage.
const PERCENT: f32 = 64.0;

/// A statement of the sector beside what is tracked, ready to be painted.
#[derive(Clone, Debug, PartialEq)]
pub struct Total {
    /// "Contracts".
    pub name: String,
    /// The statement; none where nobody states it.
    pub figure: Option<FigureId>,
    /// "tracked 46.8 bn of > 70 bn".
    pub text: String,
    /// "67 %".
    pub percent: String,
    /// All of it in words.
    pub words: String,
    /// When and by whom it was stated.
    pub spoken: String,
    /// Age of the statement.
    pub age: Option<i64>,
    /// Parts of the bar by company, each with its length and name with value;
    /// one part where companies do not add up to what is tracked.
    pub parts: Vec<(Color32, f32, String)>,
    /// Why there is no fraction.
    pub missing: Option<String>,
}

/// All totals of the sector.
pub fn build(cx: &Cx<'_>) -> Vec<Total> {
    let coverage = cx.derived.sector.coverage.iter();
    let totals = coverage.flat_map(|of| {
        let none = of.stated.is_empty().then(|| total(cx, of, None));
        let each = of.stated.iter().map(|stated| total(cx, of, Some(stated)));
        each.chain(none).collect::<Vec<_>>()
    });
    totals.collect()
}

fn total(cx: &Cx<'_>, of: &Coverage, stated: Option<&Compared>) -> Total {
    let name = name(&of.metric);
    let tracked = tracked(of);
    let figure = stated.and_then(|stated| cx.book.figure(stated.figure));
    let text = match figure {
        Some(figure) => format!("tracked {tracked} of {}", format::figure(figure)),
        None => format!("tracked {tracked}, not stated of the sector"),
    };
    let fraction = stated.map(|stated| &stated.fraction);
    let percent = fraction.map_or_else(String::new, |fraction| match fraction {
        Ok(part) => format::hedged(part.hedge, &parts::share(part.value)),
        Err(_) => format::UNKNOWN.to_owned(),
    });
    let missing = match (fraction, &of.tracked) {
        (Some(Err(missing)), _) | (_, Err(missing)) => Some(missing.0.clone()),
        (Some(Ok(_)) | None, Ok(_)) => None,
    };
    let spoken = figure.map_or_else(String::new, |figure| provenance::spoken(cx, figure));
    let words = match percent.as_str() {
        "" => format!("{name}: {text}"),
        percent => format!("{name}: {text} ({percent})"),
    };
    Total {
        words,
        figure: stated.map(|stated| stated.figure),
        age: figure.and_then(|figure| age_days(figure, cx.today)),
        parts: match fraction {
            Some(Ok(part)) => by_company(cx, of, part.value),
            Some(Err(_)) | None => Vec::new(),
        },
        name,
        text,
        percent,
        spoken,
        missing,
    }
}

/// What a metric is called beside the sector.
fn name(metric: &Metric) -> String {
    if *metric == Metric::Known(Known::StatedBacklog) {
        "Contracts".to_owned()
    } else {
        metric.to_string()
    }
}

fn tracked(of: &Coverage) -> String {
    match &of.tracked {
        Ok(stated) => {
            let value = format::value(of.metric.unit(), stated.value, None);
            format::hedged(stated.hedge, &value)
        }
        Err(_) => format::UNKNOWN.to_owned(),
    }
}

/// The bar's parts: `fraction` of it, told apart by company where companies'
/// values add up to what is tracked.
fn by_company(cx: &Cx<'_>, of: &Coverage, fraction: Decimal) -> Vec<(Color32, f32, String)> {
    let whole = parts::length(fraction);
    let one = || vec![(cx.tokens.accent, whole, String::new())];
    let (Some(measure), Ok(tracked)) = (measure(&of.metric), &of.tracked) else {
        return one();
    };
    let tracked = tracked.value.to_f64().unwrap_or(f64::NAN);
    let value = |facts: crate::analytics::measure::Facts<'_>| {
        let answer: Answer<f64> = measure.of(facts);
        let value = answer.ok()?.value;
        let name = facts.row.symbol.as_ref().unwrap_or(&facts.row.company);
        (value > 0.0).then(|| (facts.row.company_id, name.clone(), value))
    };
    let mut values: Vec<_> = cx.derived.all_facts().filter_map(value).collect();
    let sum: f64 = values.iter().map(|(.., value)| value).sum();
    // A half percent apart they are not parts of the same sum.
    let is_same_sum = (sum - tracked).abs() <= tracked * 0.005;
    if !is_same_sum {
        return one();
    }
    values.sort_by(|a, b| b.2.total_cmp(&a.2));
    let part = |(company, name, value): (_, String, f64)| {
        let length = whole * (value / sum) as f32;
        let text = format!("{name} {}", format::measure(measure.unit(), value));
        (cloud::colour(cx, company), length, text)
    };
    values.into_iter().map(part).collect()
}

/// The measure whose values a total of the sector sums up.
fn measure(metric: &Metric) -> Option<Measure> {
    let measures = [
        (Known::StatedBacklog, Measure::Backlog),
        (Known::TotalDebt, Measure::Debt),
        (Known::Cash, Measure::Cash),
        (Known::MarketValue, Measure::MarketCap),
        (Known::BtcHeld, Measure::BtcHeld),
        (Known::BtcReduction, Measure::BtcReduction),
        (Known::BtcSold, Measure::BtcSold),
    ];
    let mut all = measures.into_iter();
    let found = all.find(|(known, _)| *metric == Metric::Known(*known));
    found.map(|(_, measure)| measure)
}

/// Shows the totals under their title.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, totals: &[Total]) {
    heading(ui, &cx.tokens, "Tracked against stated of the sector");
    let note = "Each statement beside the sum of the companies here; they are never added";
    caption(ui, &cx.tokens, note).on_hover_text(note);
    ui.add_space(theme::HALF);
    if totals.is_empty() {
        secondary(ui, &cx.tokens, "Nothing is stated of the whole sector yet");
        if link(ui, &cx.tokens, Command::NewFigure.text())
            .on_hover_text("Enter a figure of all listed miners")
            .clicked()
        {
            cx.act(Action::Run(Command::NewFigure));
        }
    }
    for (index, total) in totals.iter().enumerate() {
        ui.push_id(("total", index), |ui| line(ui, cx, total));
    }
}

fn line(ui: &mut Ui, cx: &Cx<'_>, total: &Total) {
    let tokens = &cx.tokens;
    let sense = match total.figure {
        Some(_) => Sense::click(),
        None => Sense::hover(),
    };
    let height = TEXT + BAR + SOURCE + theme::GRID;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), sense);
    let role = if sense.senses_click() {
        Role::Button
    } else {
        Role::Label
    };
    response.widget_info(|| WidgetInfo::labeled(role, true, &total.words));
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    let around = rect.expand2(vec2(theme::HALF, 0.0));
    if sense.senses_click() && response.hovered() {
        let corners = f32::from(theme::RADIUS_SMALL);
        ui.painter().rect_filled(around, corners, tokens.hover);
    }
    focus_ring(
        ui,
        tokens,
        &response,
        around.shrink(1.0),
        theme::RADIUS_SMALL,
    );
    paint(ui, cx, total, rect);
    let response = response.on_hover_ui(|ui| tip(ui, cx, total));
    if let Some(figure) = total.figure {
        if response.clicked() {
            cx.act(Action::Edit(RecordKey::new(RecordKind::Figure, figure.0)));
        }
        response.on_hover_cursor(CursorIcon::PointingHand);
    }
}

/// Name, text and percentage above, the bar, source and age below.
fn paint(ui: &Ui, cx: &Cx<'_>, total: &Total, rect: Rect) {
    let font = |weight| theme::font(theme::SECONDARY, weight);
    let band = |top: f32, height: f32| {
        Rect::from_min_size(
            pos2(rect.left(), rect.top() + top),
            vec2(rect.width(), height),
        )
    };
    let text = band(0.0, TEXT);
    let painter = ui.painter();
    let name = line_in(
        painter,
        text,
        &total.name,
        font(Weight::Medium),
        cx.tokens.text1,
        false,
    );
    let after = text.with_min_x(text.left() + name + theme::GRID);
    let after = after.with_max_x(text.right() - PERCENT);
    line_in(
        painter,
        after,
        &total.text,
        font(Weight::Regular),
        cx.tokens.text2,
        false,
    );
    let right = text.with_min_x(text.right() - PERCENT);
    line_in(
        painter,
        right,
        &total.percent,
        font(Weight::SemiBold),
        cx.tokens.text1,
        true,
    );
    let bar = band(TEXT, BAR);
    if total.figure.is_some() {
        painter.rect_filled(bar, f32::from(theme::RADIUS_SMALL), cx.tokens.line);
    }
    let mut left = bar.left();
    for (colour, length, _) in &total.parts {
        let width = length * bar.width();
        let part = Rect::from_min_size(pos2(left, bar.top()), vec2(width, BAR));
        parts::segment(ui, part, *colour);
        left += width;
    }
    let source = band(TEXT + BAR, SOURCE);
    let quiet = source.with_max_x(source.right() - theme::GUTTER);
    let caption = theme::font(theme::CAPTION, Weight::Regular);
    let spoken = provenance::sentence(&total.spoken);
    line_in(painter, quiet, &spoken, caption, cx.tokens.text3, false);
    let dot = source.right_center() - vec2(theme::DOT / 2.0, 0.0);
    mark::dot(painter, dot, total.age, &cx.tokens);
}

fn tip(ui: &mut Ui, cx: &Cx<'_>, total: &Total) {
    ui.set_max_width(420.0);
    heading(ui, &cx.tokens, &total.words);
    if let Some(figure) = total.figure {
        let (what, detail) = provenance::describe(cx, &Input::Figure(figure));
        secondary(ui, &cx.tokens, &what);
        caption(ui, &cx.tokens, &detail);
    }
    if let Some(missing) = &total.missing {
        secondary(ui, &cx.tokens, &provenance::sentence(missing));
    }
    let named = || total.parts.iter().filter(|(.., text)| !text.is_empty());
    for (.., text) in named().take(10) {
        caption(ui, &cx.tokens, text);
    }
    let more = named().count().saturating_sub(10);
    if more > 0 {
        caption(ui, &cx.tokens, &format!("and {more} more"));
    }
    if total.figure.is_some() {
        caption(ui, &cx.tokens, "Click to open the statement");
    }
}
