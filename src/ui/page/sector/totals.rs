//! What the book tracks beside what is stated of the sector: each statement with
//! its source and age, never added to another nor averaged.

use egui::{Color32, CursorIcon, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use crate::analytics::measure::Measure;
use crate::analytics::sector::{Compared, Coverage};
use crate::analytics::staleness::Limits;
use crate::analytics::statement::age_days;
use crate::analytics::{Answer, Input};
use crate::model::metric::{Known, MwBasis};
use crate::model::{Figure, FigureId, Metric, RecordKey, RecordKind, Unit};
use crate::ui::theme::{self, Weight};
use crate::ui::widget::{caption, focus_ring, heading, line_in, link, mark, secondary};
use crate::ui::{Action, Command, Cx, format, provenance};

use super::{cloud, parts};

/// Height of a statement's line, and thickness of its bar.
const LINE: (f32, f32) = (24.0, 6.0);
/// Widths: what is compared, tracked of stated, percentage, age. The bar gets
/// the rest.
const PLACES: (f32, f32, f32, f32) = (150.0, 178.0, 58.0, 16.0);
/// The least room in which a bar still compares anything.
const LEAST_BAR: f32 = 24.0;

/// A statement of the sector beside what is tracked, ready to be painted.
#[derive(Clone, Debug, PartialEq)]
pub struct Total {
    /// "Contracts".
    pub name: String,
    /// The statement; none where nobody states it.
    pub figure: Option<FigureId>,
    /// True for the first statement of its metric, which shows the name.
    pub first: bool,
    /// "46.8 bn of > 70 bn"; "of 90 bn" for a further statement of the same;
    /// "31 % beside 33 %" where one is no part of the other.
    pub text: String,
    /// "67 %".
    pub percent: String,
    /// Where on the bar the stated value stands, if the bar is drawn; at its end
    /// unless more is tracked than stated.
    pub mark: Option<f32>,
    /// All of it in words.
    pub words: String,
    /// When and by whom it was stated.
    pub spoken: String,
    /// Age of the statement.
    pub age: Option<i64>,
    /// By which its age is judged.
    limits: Limits,
    /// Parts of the bar by company, each with its length and name with value;
    /// one part where companies do not add up to what is tracked.
    pub parts: Vec<(Color32, f32, String)>,
    /// Why there is no fraction, or what to know of it.
    pub remark: Option<String>,
}

/// All totals of the sector.
pub fn build(cx: &Cx<'_>) -> Vec<Total> {
    let coverage = cx.derived.sector.coverage.iter();
    let totals = coverage.flat_map(|of| {
        let none = of.stated.is_empty().then(|| total(cx, of, None, true));
        let each = of.stated.iter().enumerate();
        let each = each.map(|(place, stated)| total(cx, of, Some(stated), place == 0));
        each.chain(none).collect::<Vec<_>>()
    });
    totals.collect()
}

fn total(cx: &Cx<'_>, of: &Coverage, stated: Option<&Compared>, first: bool) -> Total {
    let name = name(&of.metric);
    let tracked = tracked(of);
    let figure = stated.and_then(|stated| cx.book.figure(stated.figure));
    let is_share = of.metric.unit() == Unit::Fraction;
    let fraction = stated.map(|stated| &stated.fraction);
    let value = figure.map(stated_value);
    // A share is no part of another, nor is the larger one of the smaller.
    let joint = match fraction {
        _ if is_share => "beside",
        Some(Ok(part)) if part.value > Decimal::ONE => "beside",
        Some(Ok(_) | Err(_)) | None => "of",
    };
    let text = match &value {
        Some(value) if first => format!("{} {joint} {value}", short(of)),
        Some(value) => format!("{joint} {value}"),
        None => format!("{tracked}, not stated"),
    };
    let whole = match &value {
        Some(value) => format!("tracked {tracked} {joint} {value}"),
        None => format!("tracked {tracked}, not stated of the sector"),
    };
    let percent = fraction.map_or_else(String::new, |fraction| match fraction {
        Ok(part) => format::hedged(part.hedge, &parts::share(part.value)),
        // Nobody expects one share to be divided by the other.
        Err(_) if is_share => String::new(),
        Err(_) => format::UNKNOWN.to_owned(),
    });
    let remark = match (fraction, &of.tracked) {
        (Some(Err(_)), Ok(tracked)) if is_share => tracked.remark.clone(),
        (Some(Err(missing)), _) | (_, Err(missing)) => Some(missing.0.clone()),
        (Some(Ok(_)) | None, Ok(tracked)) => tracked.remark.clone(),
    };
    let spoken = figure.map_or_else(String::new, |figure| provenance::spoken(cx, figure));
    let words = match percent.as_str() {
        "" => format!("{name}: {whole}"),
        percent => format!("{name}: {whole} ({percent})"),
    };
    Total {
        words,
        figure: stated.map(|stated| stated.figure),
        age: figure.and_then(|figure| age_days(figure, cx.today)),
        limits: Limits::of(&of.metric),
        parts: match fraction {
            Some(Ok(part)) => by_company(cx, of, part.value),
            Some(Err(_)) | None => Vec::new(),
        },
        mark: fraction.and_then(|fraction| {
            let part = fraction.as_ref().ok()?.value.to_f32()?;
            Some(if part > 1.0 { 1.0 / part } else { 1.0 })
        }),
        name,
        first,
        text,
        percent,
        spoken,
        remark,
    }
}

/// A statement's value; of a share whole percents, as what is tracked has.
fn stated_value(figure: &Figure) -> String {
    if figure.metric.unit() == Unit::Fraction {
        format::hedged(figure.hedge, &parts::share(figure.value))
    } else {
        format::figure(figure)
    }
}

/// What a metric is called beside the sector.
fn name(metric: &Metric) -> String {
    match metric {
        Metric::Known(Known::StatedBacklog) => "Contracts".to_owned(),
        // Most sector totals do not say which load they count.
        Metric::Megawatts(stage, MwBasis::Unstated) => {
            format!("{} MW", provenance::sentence(stage.label()))
        }
        Metric::Megawatts(stage, basis) => {
            format!(
                "{} MW, {}",
                provenance::sentence(stage.label()),
                basis.label()
            )
        }
        Metric::Known(_) | Metric::Custom(..) => metric.to_string(),
    }
}

/// What is tracked, without the unit that what is stated has, too.
fn short(of: &Coverage) -> String {
    let unit = of.metric.unit();
    match &of.tracked {
        Ok(stated) if matches!(unit, Unit::Btc | Unit::Megawatts) => {
            format::hedged(stated.hedge, &format::decimal_places(stated.value, 0))
        }
        Ok(_) | Err(_) => tracked(of),
    }
}

fn tracked(of: &Coverage) -> String {
    match &of.tracked {
        Ok(stated) => {
            let unit = of.metric.unit();
            let value = if unit == Unit::Fraction {
                parts::share(stated.value)
            } else {
                format::value(unit, stated.value, None)
            };
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
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), LINE.0), sense);
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

/// Name, tracked of stated, bar, percentage and age from left to right.
fn paint(ui: &Ui, cx: &Cx<'_>, total: &Total, rect: Rect) {
    let tokens = &cx.tokens;
    let painter = ui.painter();
    let font = |weight| theme::font(theme::SECONDARY, weight);
    let across = |from: f32, to: f32| Rect::from_x_y_ranges(from..=to, rect.y_range());
    let (name, text, percent, age) = PLACES;
    let text_from = rect.left() + name;
    if total.first {
        let at = across(rect.left(), text_from - theme::GRID);
        line_in(
            painter,
            at,
            &total.name,
            font(Weight::Medium),
            tokens.text1,
            false,
        );
    }
    let at = across(text_from, text_from + text);
    let colour = if total.first {
        tokens.text1
    } else {
        tokens.text2
    };
    line_in(
        painter,
        at,
        &total.text,
        font(Weight::Regular),
        colour,
        true,
    );
    let right = rect.right() - age;
    let at = across(right - percent, right);
    line_in(
        painter,
        at,
        &total.percent,
        font(Weight::Medium),
        tokens.text1,
        true,
    );
    let dot = rect.right_center() - vec2(theme::DOT / 2.0, 0.0);
    mark::dot(painter, dot, total.age, total.limits, tokens);
    let bar = across(text_from + text + 1.5 * theme::GRID, right - percent);
    let Some(mark) = total.mark.filter(|_| bar.width() >= LEAST_BAR) else {
        return;
    };
    let bar = Rect::from_center_size(bar.center(), vec2(bar.width(), LINE.1));
    painter.rect_filled(bar, f32::from(theme::RADIUS_SMALL), tokens.line);
    let mut left = bar.left();
    for (colour, length, _) in &total.parts {
        let width = length * bar.width();
        let part = Rect::from_min_size(pos2(left, bar.top()), vec2(width, LINE.1));
        parts::segment(ui, part, *colour);
        left += width;
    }
    // Where less is stated than is tracked, the bar goes beyond the mark.
    let x = bar.left() + mark * bar.width();
    let mark = bar.y_range().expand(3.0);
    painter.vline(x, mark, (theme::LINE, tokens.text2));
}

fn tip(ui: &mut Ui, cx: &Cx<'_>, total: &Total) {
    ui.set_max_width(420.0);
    heading(ui, &cx.tokens, &total.words);
    if let Some(figure) = total.figure {
        let (what, detail) = provenance::describe(cx, &Input::Figure(figure));
        secondary(ui, &cx.tokens, &what);
        caption(ui, &cx.tokens, &detail);
    }
    if let Some(remark) = &total.remark {
        secondary(ui, &cx.tokens, &provenance::sentence(remark));
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
