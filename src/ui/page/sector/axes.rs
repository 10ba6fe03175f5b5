//! Which measures the page shows: the axes of the scatter and the league
//! tables, as the settings say, and the boxes in which they are chosen.

use egui::{ComboBox, Role, Ui, WidgetInfo};

use crate::analytics::measure::{Measure, MeasureGroup};
use crate::ui::settings::SectorAxes;
use crate::ui::widget::{caption, chip};
use crate::ui::{Action, Cx, Settings};

/// The league tables until others are chosen.
const LEAGUES: [Measure; 3] = [Measure::Backlog, Measure::ContractedMw, Measure::Ev];

/// Room of an open box: most measures at once.
const OPEN: f32 = 460.0;

/// The axes in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Axes {
    /// Across.
    pub x: Measure,
    /// Upwards.
    pub y: Measure,
    /// The bubbles' areas, if they mean something.
    pub size: Option<Measure>,
    /// Whether x is logarithmic.
    pub x_log: bool,
    /// Whether y is logarithmic.
    pub y_log: bool,
}

impl Axes {
    /// What the settings choose; across, where they choose nothing, enterprise
    /// value, or debt if most companies have none.
    pub fn of(cx: &Cx<'_>) -> Self {
        let SectorAxes {
            x,
            y,
            size,
            x_log,
            y_log,
        } = &cx.settings.sector_axes;
        Self {
            x: Measure::from_code(x).unwrap_or_else(|| usual_x(cx)),
            y: Measure::from_code(y).unwrap_or(Measure::Backlog),
            size: Measure::from_code(size),
            x_log: *x_log,
            y_log: *y_log,
        }
    }
}

fn usual_x(cx: &Cx<'_>) -> Measure {
    let known = cx.derived.all_facts();
    let known = known.filter(|facts| Measure::Ev.of(*facts).is_ok()).count();
    if 2 * known >= cx.derived.companies.len() {
        Measure::Ev
    } else {
        Measure::Debt
    }
}

/// The measures of the league tables, from left to right.
pub fn leagues(settings: &Settings) -> [Measure; 3] {
    let mut places = settings.sector_leagues.iter();
    LEAGUES.map(|usual| {
        let code = places.next().map_or("", String::as_str);
        Measure::from_code(code).unwrap_or(usual)
    })
}

/// A box for the measure of a league table.
pub fn league_box(ui: &mut Ui, cx: &Cx<'_>, place: usize) {
    let now = leagues(cx.settings);
    let measure = now.get(place).copied();
    let name = format!("League {}", place + 1);
    measure_box(ui, cx, &name, measure, None, |chosen| {
        set(cx, |settings| {
            let mut codes = now.map(|measure| measure.code().to_owned()).to_vec();
            if let Some(code) = codes.get_mut(place) {
                *code = code_of(chosen);
            }
            settings.sector_leagues = codes;
        });
    });
}

/// The boxes and chips that choose the axes.
pub fn choices(ui: &mut Ui, cx: &Cx<'_>, axes: Axes) {
    for (name, label, measure, log) in [
        ("Across", "Across", axes.x, axes.x_log),
        ("Upwards", "Upwards", axes.y, axes.y_log),
    ] {
        let across = name == "Across";
        // A box and its chip stay on one line.
        ui.horizontal(|ui| {
            caption(ui, &cx.tokens, label);
            measure_box(ui, cx, name, Some(measure), None, |chosen| {
                set_axes(cx, |axes| {
                    let code = if across { &mut axes.x } else { &mut axes.y };
                    *code = code_of(chosen);
                });
            });
            let response = chip(ui, &cx.tokens, "Log", log);
            let words = format!("Logarithmic {}", name.to_lowercase());
            response.widget_info(|| WidgetInfo::selected(Role::Button, true, log, &words));
            let hint = "Equal distances are equal ratios; what is not above zero is left out";
            if response.on_hover_text(hint).clicked() {
                set_axes(cx, |axes| {
                    let log = if across {
                        &mut axes.x_log
                    } else {
                        &mut axes.y_log
                    };
                    *log = !*log;
                });
            }
        });
    }
    ui.horizontal(|ui| {
        caption(ui, &cx.tokens, "Size");
        measure_box(ui, cx, "Size", axes.size, Some("No size"), |chosen| {
            set_axes(cx, |axes| axes.size = code_of(chosen));
        });
    });
}

/// The code of a choice, empty for none.
fn code_of(measure: Option<Measure>) -> String {
    measure.map_or_else(String::new, |measure| measure.code().to_owned())
}

/// A box with all measures by group, and `none` where one may choose none.
/// `then` is told what was chosen in this frame.
fn measure_box(
    ui: &mut Ui,
    cx: &Cx<'_>,
    name: &str,
    now: Option<Measure>,
    none: Option<&'static str>,
    then: impl FnOnce(Option<Measure>),
) {
    let text = now.map_or_else(|| none.unwrap_or_default(), Measure::label);
    let mut chosen = None;
    let combo = ComboBox::from_id_salt(("sector measure", name))
        .selected_text(text)
        .width(136.0)
        .height(OPEN)
        .truncate()
        .show_ui(ui, |ui| {
            if let Some(none) = none
                && ui.selectable_label(now.is_none(), none).clicked()
            {
                chosen = Some(None);
            }
            for group in MeasureGroup::ALL {
                caption(ui, &cx.tokens, group.label());
                let members = Measure::ALL.iter().copied();
                for measure in members.filter(|measure| measure.group() == *group) {
                    let option = ui.selectable_label(now == Some(measure), measure.label());
                    if option.on_hover_text(measure.formula()).clicked() {
                        chosen = Some(Some(measure));
                    }
                }
            }
        });
    let shown = format!("{name}: {text}");
    combo
        .response
        .widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, &shown));
    combo
        .response
        .on_hover_text(now.map_or(shown, |measure| measure.formula().to_owned()));
    if let Some(chosen) = chosen.filter(|chosen| *chosen != now) {
        then(chosen);
    }
}

fn set_axes(cx: &Cx<'_>, change: impl FnOnce(&mut SectorAxes)) {
    set(cx, |settings| change(&mut settings.sector_axes));
}

/// Asks for a change of the preferences.
fn set(cx: &Cx<'_>, change: impl FnOnce(&mut Settings)) {
    let mut settings = cx.settings.clone();
    change(&mut settings);
    cx.act(Action::Set(Box::new(settings)));
}
