//! Megawatts of all companies from planned to billing as a funnel: gross load to
//! the left, critical IT load to the right, never mixed.

use egui::{Align2, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use crate::analytics::{Answer, Missing};
use crate::model::metric::MwStage;
use crate::ui::theme::{self, Weight};
use crate::ui::widget::{caption, caption_wrapped, heading, line_in};
use crate::ui::{Cx, format, provenance};

const LINE: f32 = 28.0;
const THICK: f32 = 14.0;
/// Width of the stage in the middle and of a value at either end.
const PLACES: (f32, f32) = (92.0, 92.0);

/// A stage, ready to be painted.
#[derive(Clone, Debug, PartialEq)]
pub struct Stage {
    /// "Contracted".
    pub name: String,
    /// Gross and critical.
    pub sides: [Side; 2],
    /// True for planned, contracted and billing, which the page compares.
    pub leads: bool,
}

/// One load of a stage.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    /// "> 1,234 MW".
    pub value: String,
    /// Part of the largest load of the funnel.
    pub length: f32,
    /// It in words.
    pub words: String,
    /// What it was computed from, or why there is none.
    pub answer: Answer<Decimal>,
}

/// The funnel of the sector.
pub fn build(cx: &Cx<'_>) -> Vec<Stage> {
    let ladder = &cx.derived.sector.ladder;
    let known = ladder
        .values()
        .flat_map(|(gross, critical)| [gross, critical]);
    let known = known.filter_map(|answer| answer.as_ref().ok());
    let most = known.map(|stated| stated.value).max().unwrap_or_default();
    let nothing = || Err(Missing::because("nothing is stated at this stage"));
    let stage = |stage: &MwStage| {
        let name = provenance::sentence(stage.label());
        let (gross, critical) = match ladder.get(stage) {
            Some((gross, critical)) => (gross.clone(), critical.clone()),
            None => (nothing(), nothing()),
        };
        let side = |answer: Answer<Decimal>, basis: &str| {
            let value = match &answer {
                Ok(stated) => format::hedged(stated.hedge, &format::megawatts(stated.value)),
                Err(_) => format::UNKNOWN.to_owned(),
            };
            let length = answer.as_ref().ok().map(|stated| stated.value);
            let length = length.and_then(|value| value.checked_div(most)?.to_f32());
            Side {
                words: format!("{name}, {basis}: {value}"),
                length: length.unwrap_or(0.0).clamp(0.0, 1.0),
                value,
                answer,
            }
        };
        Stage {
            sides: [side(gross, "gross"), side(critical, "critical IT")],
            leads: matches!(
                stage,
                MwStage::Planned | MwStage::Contracted | MwStage::Billing
            ),
            name: name.clone(),
        }
    };
    MwStage::ALL.iter().map(stage).collect()
}

/// Megawatts of which the sources do not say what they count, in words: they are
/// in neither half of the funnel.
pub fn unstated(cx: &Cx<'_>) -> Option<String> {
    let ladder = &cx.derived.sector.ladder_unstated;
    let known = ladder.iter().filter_map(|(stage, answer)| {
        let stated = answer.as_ref().ok()?;
        let load = format::hedged(stated.hedge, &format::megawatts(stated.value));
        Some(format!("{} {load}", stage.label()))
    });
    let known: Vec<_> = known.collect();
    let list = known.join(", ");
    (!known.is_empty()).then(|| format!("Gross or critical is not stated of: {list}"))
}

/// Shows the funnel under its title, and below it what is in none of its halves.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, stages: &[Stage], unstated: Option<&str>) {
    heading(ui, &cx.tokens, "From planned to billing");
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 18.0), Sense::hover());
    let font = || theme::font(theme::CAPTION, Weight::Regular);
    let half = PLACES.0 / 2.0;
    for (x, anchor, text) in [
        (rect.center().x - half, Align2::RIGHT_CENTER, "Gross load"),
        (
            rect.center().x + half,
            Align2::LEFT_CENTER,
            "Critical IT load",
        ),
    ] {
        let at = pos2(x, rect.center().y);
        ui.painter().text(at, anchor, text, font(), cx.tokens.text3);
    }
    for stage in stages {
        line(ui, cx, stage);
    }
    let note = "The stages are stated apart: a load may count in several";
    caption(ui, &cx.tokens, note);
    if let Some(text) = unstated {
        caption_wrapped(ui, &cx.tokens, text);
    }
}

fn line(ui: &mut Ui, cx: &Cx<'_>, stage: &Stage) {
    let tokens = &cx.tokens;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), LINE), Sense::hover());
    let middle = PLACES.0;
    let name = Rect::from_center_size(rect.center(), vec2(middle - theme::GRID, LINE));
    let font = |weight| theme::font(theme::SECONDARY, weight);
    let (weight, colour) = if stage.leads {
        (Weight::Medium, tokens.text1)
    } else {
        (Weight::Regular, tokens.text2)
    };
    let painter = ui.painter();
    painter.text(
        name.center(),
        Align2::CENTER_CENTER,
        &stage.name,
        font(weight),
        colour,
    );
    for (side, is_left) in stage.sides.iter().zip([true, false]) {
        let half = if is_left {
            rect.with_max_x(rect.center().x - middle / 2.0)
        } else {
            rect.with_min_x(rect.center().x + middle / 2.0)
        };
        let fill = match (is_left, stage.leads) {
            (true, _) => tokens.edge,
            (false, true) => tokens.accent,
            (false, false) => tokens.receding(tokens.accent),
        };
        half_of(ui, cx, side, (half, is_left), fill);
    }
}

/// One load: its bar from the middle outwards and its value at the bar's end.
fn half_of(
    ui: &mut Ui,
    cx: &Cx<'_>,
    side: &Side,
    (half, is_left): (Rect, bool),
    fill: egui::Color32,
) {
    let tokens = &cx.tokens;
    let value = PLACES.1;
    let id = ui.make_persistent_id(("funnel", &side.words));
    let response = ui.interact(half, id, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &side.words));
    let long = side.length * (half.width() - value).max(0.0);
    // What is not nothing keeps a visible foot.
    let long = if side.length > 0.0 {
        long.max(2.0)
    } else {
        0.0
    };
    let y = half.center().y - THICK / 2.0..=half.center().y + THICK / 2.0;
    let (bar, at) = if is_left {
        let end = half.right() - long;
        let at = Rect::from_x_y_ranges(end - value..=end - theme::HALF, half.y_range());
        (Rect::from_x_y_ranges(end..=half.right(), y), at)
    } else {
        let end = half.left() + long;
        let at = Rect::from_x_y_ranges(end + theme::HALF..=end + value, half.y_range());
        (Rect::from_x_y_ranges(half.left()..=end, y), at)
    };
    let painter = ui.painter();
    if long > 0.0 {
        painter.rect_filled(bar, f32::from(theme::RADIUS_SMALL), fill);
    }
    let colour = if side.answer.is_ok() {
        tokens.text1
    } else {
        tokens.text3
    };
    let font = theme::font(theme::SECONDARY, Weight::Regular);
    line_in(painter, at, &side.value, font, colour, is_left);
    response.on_hover_ui(|ui| {
        let (title, _) = side.words.split_once(": ").unwrap_or((&side.words, ""));
        provenance::show(ui, cx, title, &side.value, &side.answer);
    });
}
