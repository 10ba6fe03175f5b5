//! The ladder of power as a funnel, one step a stage, and contracts by site.

use egui::{
    Align, Align2, Layout, Margin, Rect, Role, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use uuid::Uuid;

use crate::analytics::Answer;
use crate::analytics::measure::Measure;
use crate::analytics::power::Rung;
use crate::model::RecordKind;
use crate::ui::page::facts::fact;
use crate::ui::page::list;
use crate::ui::page::pane::clipped;
use crate::ui::theme::{self, Weight};
use crate::ui::widget::table::{Cell, Column, Tone};
use crate::ui::widget::{caption, hairline_right_of, heading};
use crate::ui::{Cx, format, provenance};

use super::Shown;
use super::rows::{Behind, Rows, known, name, nothing, number};
use super::tabs::State;

const SITES: [Column; 4] = [
    name("site", "Site", "As the deals name it", 150.0),
    number(
        "gross",
        "Gross MW",
        "Gross utility load under contract",
        96.0,
    ),
    number("critical", "IT MW", "Critical IT load under contract", 90.0),
    number(
        "billing",
        "Billing",
        "Critical IT load delivered and paid for",
        90.0,
    ),
];
/// Height of a step of the funnel.
const STEP: f32 = 34.0;
/// Room for the stage before a bar, and for its numbers behind it.
const STAGE: f32 = 92.0;
const NUMBERS: f32 = 200.0;

/// The power of a company, prepared.
#[derive(Default)]
pub struct Power {
    steps: Vec<Step>,
    /// Contracts by site.
    pub sites: Rows,
    delivered: String,
}

struct Step {
    stage: String,
    numbers: String,
    label: String,
    /// Gross, critical and not stated which, as parts of the largest.
    parts: [f32; 3],
    rung: usize,
}

impl Power {
    /// The ladder of a company.
    pub fn of(cx: &Cx<'_>, shown: Shown<'_>) -> Self {
        let ladder = &shown.facts.view.power;
        let size = |answer: &Answer<Decimal>| {
            let value = answer
                .as_ref()
                .ok()
                .and_then(|stated| stated.value.to_f32());
            value.unwrap_or(0.0).max(0.0)
        };
        let sizes = |rung: &Rung| [&rung.gross, &rung.critical, &rung.unstated].map(size);
        let most = ladder.rungs.iter().flat_map(sizes).fold(0.0, f32::max);
        let step = |(rung, of): (usize, &Rung)| {
            let stage = provenance::sentence(of.stage.label());
            let numbers = numbers(of);
            Step {
                label: format!("{stage}: {numbers}"),
                stage,
                numbers,
                parts: sizes(of).map(|size| if most > 0.0 { size / most } else { 0.0 }),
                rung,
            }
        };
        let mut sites = Rows::new(&SITES);
        for (index, site) in ladder.sites.iter().enumerate() {
            let mw = |answer: &Answer<Decimal>| known(answer.as_ref().ok().map(|_| load(answer)));
            let name = site.site.as_deref();
            let cells = vec![
                name.map_or_else(|| Cell::quiet("No site is named"), Cell::text),
                mw(&site.contracted_gross).quieter(),
                mw(&site.contracted_critical),
                mw(&site.billing_critical),
            ];
            let key = Uuid::from_u64_pair(list::hash(&name), list::hash(&index));
            sites.push(key, cells, why(cx, site));
        }
        let delivered = Measure::DeliveredShare;
        let answer = delivered.of(shown.facts);
        Self {
            steps: ladder.rungs.iter().enumerate().map(step).collect(),
            sites,
            delivered: format::measured(delivered.unit(), &answer),
        }
    }

    fn knows_nothing(&self) -> bool {
        let known = |step: &Step| step.parts.iter().any(|part| *part > 0.0);
        !self.steps.iter().any(known) && self.sites.model.rows.is_empty()
    }
}

fn why(cx: &Cx<'_>, site: &crate::analytics::power::SiteLoad) -> Behind {
    let mut tip = Vec::new();
    for (name, answer) in [
        ("Gross", &site.contracted_gross),
        ("Critical IT", &site.contracted_critical),
        ("Billing", &site.billing_critical),
    ] {
        match answer {
            Ok(stated) => {
                tip.extend(stated.remark.as_ref().map(|why| format!("{name}: {why}")));
            }
            Err(missing) => tip.push(format!("{name}: {missing}")),
        }
    }
    if let Ok(stated) = &site.contracted_critical {
        let inputs = stated.inputs.iter();
        tip.extend(inputs.map(|input| provenance::describe(cx, input).0));
    }
    Behind {
        tip,
        ..Behind::default()
    }
}

fn load(answer: &Answer<Decimal>) -> String {
    answer.as_ref().map_or_else(
        |_| format::UNKNOWN.to_owned(),
        |stated| format::hedged(stated.hedge, &format::load(stated.value)),
    )
}

/// "1,110 gross · 590 IT".
fn numbers(rung: &Rung) -> String {
    let parts = [
        (&rung.gross, "gross"),
        (&rung.critical, "IT"),
        (&rung.unstated, "unstated"),
    ];
    let known = parts.iter().filter(|(answer, _)| answer.is_ok());
    let texts: Vec<_> = known
        .map(|(answer, name)| format!("{} {name}", load(answer)))
        .collect();
    if texts.is_empty() {
        format::UNKNOWN.to_owned()
    } else {
        texts.join(" · ")
    }
}

/// Shows the power.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, shown: Shown<'_>, state: &mut State) {
    let power = state.power.get();
    if power.knows_nothing() {
        let new = (RecordKind::Figure, shown.company.id);
        return nothing(ui, cx, "No megawatts are stated", "New figure…", new);
    }
    let area = ui.available_rect_before_wrap();
    let middle = area.left() + (area.width() * 0.5).floor();
    let left = area.with_max_x(middle);
    let down = Layout::top_down(Align::Min);
    let builder = UiBuilder::new()
        .id_salt("funnel")
        .max_rect(left)
        .layout(down);
    let mut ui_left = ui.new_child(builder);
    funnel(&mut ui_left, cx, shown, power);
    hairline_right_of(ui, &cx.tokens, left);
    let right = area.with_min_x(middle);
    let builder = UiBuilder::new()
        .id_salt("sites")
        .max_rect(right)
        .layout(down);
    let mut ui_right = ui.new_child(builder);
    if power.sites.model.rows.is_empty() {
        ui_right.centered_and_justified(|ui| {
            caption(ui, &cx.tokens, "No contract names its load");
        });
    } else {
        let selected = &mut state.selected;
        power
            .sites
            .show(&mut ui_right, cx, "company load", selected, false);
    }
    ui.advance_cursor_after_rect(area);
}

fn funnel(ui: &mut Ui, cx: &Cx<'_>, shown: Shown<'_>, power: &Power) {
    egui::ScrollArea::vertical()
        .id_salt("funnel")
        .auto_shrink(false)
        .show(ui, |ui| {
            let margin = Margin::symmetric(theme::GUTTER as i8, 10);
            egui::Frame::new().inner_margin(margin).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                heading(ui, &cx.tokens, "From planned to billing, MW");
                let note = "Bright: critical IT load, behind it gross load. Grey: its source does not state which";
                caption(ui, &cx.tokens, note);
                ui.add_space(theme::HALF);
                for step in &power.steps {
                    self::step(ui, cx, shown, step);
                }
                let answer = Measure::DeliveredShare.of(shown.facts);
                let delivered = &power.delivered;
                let name = Measure::DeliveredShare.label();
                let tone = if answer.is_ok() {
                    Tone::Primary
                } else {
                    Tone::Dim
                };
                fact(ui, cx, name, delivered, tone)
                    .on_hover_ui(|ui| provenance::show(ui, cx, name, delivered, &answer));
            });
        });
}

fn step(ui: &mut Ui, cx: &Cx<'_>, shown: Shown<'_>, step: &Step) {
    let tokens = &cx.tokens;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), STEP), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &step.label));
    let text = |place: egui::Pos2, anchor: Align2, text: &str, size, colour, room: f32| {
        let font = theme::font(size, Weight::Regular);
        let galley = clipped(ui, text, font, colour, room);
        let place = anchor.anchor_size(place, galley.size());
        ui.painter().galley(place.min, galley, colour);
    };
    let (plain, small) = (theme::TEXT, theme::SECONDARY);
    let left = Align2::LEFT_CENTER;
    text(
        rect.left_center(),
        left,
        &step.stage,
        plain,
        tokens.text2,
        STAGE,
    );
    let end = rect.right_center();
    let dim = step.numbers == format::UNKNOWN;
    let colour = if dim { tokens.text3 } else { tokens.text1 };
    text(
        end,
        Align2::RIGHT_CENTER,
        &step.numbers,
        small,
        colour,
        NUMBERS,
    );
    let bars = Rect::from_min_max(
        pos2(rect.left() + STAGE, rect.top() + 6.0),
        pos2(rect.right() - NUMBERS - theme::GRID, rect.bottom() - 6.0),
    );
    let company = cx.company_colour(shown.company);
    let [gross, critical, unstated] = step.parts;
    let bar = |part: f32, shrink: f32, colour: egui::Color32| {
        if part > 0.0 && bars.width() > 0.0 {
            // From the middle, so that the steps narrow like a funnel.
            let width = (bars.width() * part).max(2.0);
            let size = vec2(width, bars.height() - 2.0 * shrink);
            let rect = Rect::from_center_size(bars.center(), size);
            ui.painter().rect_filled(rect, 2.0, colour);
        }
    };
    bar(unstated, 0.0, tokens.edge.gamma_multiply(0.5));
    // Gross load that is stated of a part of the deals only says nothing beside
    // the larger load of all.
    if gross >= critical {
        bar(gross, 0.0, company.gamma_multiply(0.35));
    }
    bar(critical, 5.0, company);
    let rung = shown.facts.view.power.rungs.get(step.rung);
    response.on_hover_ui(|ui| {
        let Some(rung) = rung else { return };
        for (name, answer) in [
            ("Gross", &rung.gross),
            ("Critical IT", &rung.critical),
            ("Basis not stated", &rung.unstated),
        ] {
            let title = format!("{} load, {}", step.stage, name.to_lowercase());
            ui.push_id(name, |ui| {
                provenance::show(ui, cx, &title, &load(answer), answer);
            });
        }
    });
}
