//! The Company page: one company in full. Key figures on top, its share and the
//! rent against the maturities below, and its records as tabs. It derives
//! nothing itself: what is shown is prepared once a revision by the siblings.

mod coins;
mod deals;
mod debt;
mod events;
mod glyphs;
mod header;
pub mod history;
mod history_words;
mod notes;
mod power;
mod price;
mod rows;
mod statement_bar;
mod statements;
mod strip;
mod tabs;
mod treasury;

use egui::{Align, Key, Layout, Popup, Rect, ScrollArea, Ui, UiBuilder, pos2, vec2};

use crate::analytics::measure::Facts;
use crate::model::{Company, CompanyId, RecordKind};
use crate::ui::chart::Chart;
use crate::ui::state::UiState;
use crate::ui::theme;
use crate::ui::widget::table::Model;
use crate::ui::widget::{hairline, hairline_right_of};
use crate::ui::{Action, Command, Cx};

use super::{facts, list, timeline};
pub use events::{Cluster, cluster};
pub use history::{Fate, History, PastChange};
pub use tabs::Tab;

/// What the page remembers.
#[derive(Default)]
pub struct State {
    /// The tab.
    pub tab: Tab,
    head: list::Cached<header::Head>,
    chart: Chart,
    events: list::Cached<Vec<events::Event>>,
    clusters: list::Cached<Vec<Cluster>>,
    timeline: timeline::State,
    tabs: tabs::State,
    /// Whose rows are selected and typed about.
    of: Option<CompanyId>,
}

impl State {
    /// The tables of the tab as last shown, for snapshots.
    pub fn tables(&self) -> Vec<&Model> {
        self.tabs.tables(self.tab)
    }

    /// The timeline in words, for snapshots.
    pub fn timeline(&self) -> &str {
        self.timeline.in_words()
    }
}

/// A company with all that is known of it.
#[derive(Clone, Copy)]
struct Shown<'a> {
    company: &'a Company,
    facts: Facts<'a>,
}

/// Charts are no lower than this, and no higher.
const CHART: (f32, f32) = (150.0, 340.0);
/// The page is no lower than this where its charts stand side by side: its head,
/// the charts and a few rows of a tab.
const LEAST: f32 = 560.0;
/// Two charts stand side by side where there is so much room.
const WIDE: f32 = 860.0;

/// Shows the page.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, state: &mut UiState) {
    ui.painter()
        .rect_filled(ui.max_rect(), 0.0, cx.tokens.panel);
    ui.spacing_mut().item_spacing = vec2(theme::GRID, 0.0);
    let company = state.selected.and_then(|id| cx.book.company(id));
    let facts = state.selected.and_then(|id| cx.derived.facts(id));
    let (Some(company), Some(facts)) = (company, facts) else {
        return none(ui, cx);
    };
    let shown = Shown { company, facts };
    if state.company.of != Some(company.id) {
        state.company.of = Some(company.id);
        state.company.tabs.forget();
    }
    let covered = state.form.is_some() || state.dialog.is_some() || state.palette.open;
    turn_by_keys(ui, cx, company.id, covered);
    let room = ui.available_size();
    let least = if room.x >= WIDE {
        LEAST
    } else {
        LEAST + CHART.0
    };
    if room.y >= least {
        return all(ui, cx, shown, state, covered);
    }
    // In a low window, or with large text, the page scrolls as a whole: its
    // tabs stay within reach.
    ScrollArea::vertical()
        .id_salt("company page")
        .auto_shrink(false)
        .show(ui, |ui| {
            let size = vec2(ui.available_width(), least);
            ui.allocate_ui_with_layout(size, Layout::top_down(Align::Min), |ui| {
                ui.set_min_size(size);
                all(ui, cx, shown, state, covered);
            });
        });
}

fn all(ui: &mut Ui, cx: &Cx<'_>, shown: Shown<'_>, state: &mut UiState, covered: bool) {
    header::show(ui, cx, shown, &mut state.company);
    strip::show(ui, cx, shown, &mut state.company);
    hairline(ui, &cx.tokens);
    charts(ui, cx, shown, &mut state.company);
    hairline(ui, &cx.tokens);
    tabs::show(ui, cx, shown, state, covered);
}

/// No company is chosen, or there is none: how to get one.
fn none(ui: &mut Ui, cx: &Cx<'_>) {
    if let Some(first) = cx.derived.watchlist.first() {
        let step = format!("Show {}", first.company);
        if facts::nothing(ui, cx, "No company is selected", &step) {
            cx.act(Action::Select(first.company_id));
        }
        return;
    }
    let why = "No company yet. Restore the starter book in Settings, or add one";
    if facts::nothing(ui, cx, why, Command::NewCompany.text()) {
        cx.act(Action::Run(Command::NewCompany));
    }
}

/// While nothing has the focus, left and right turn to the next company.
fn turn_by_keys(ui: &Ui, cx: &Cx<'_>, now: CompanyId, covered: bool) {
    let ctx = ui.ctx();
    if covered || ctx.egui_wants_keyboard_input() || Popup::is_any_open(ctx) {
        return;
    }
    let step = ui.input(|input| {
        isize::from(input.key_pressed(Key::ArrowRight) && input.modifiers.is_none())
            - isize::from(input.key_pressed(Key::ArrowLeft) && input.modifiers.is_none())
    });
    let rows = &cx.derived.watchlist;
    let at = rows.iter().position(|row| row.company_id == now);
    let next = list::moved(rows.len(), at, step).and_then(|next| rows.get(next));
    if let Some(next) = next.filter(|next| next.company_id != now) {
        cx.act(Action::Select(next.company_id));
    }
}

/// The share beside the rent against maturities; one above the other in a
/// narrow window.
fn charts(ui: &mut Ui, cx: &Cx<'_>, shown: Shown<'_>, state: &mut State) {
    let available = ui.available_size();
    let wide = available.x >= WIDE;
    let part = if wide { 0.4 } else { 0.25 };
    let height = (available.y * part).clamp(CHART.0, CHART.1).floor();
    let all = if wide { height } else { 2.0 * height };
    let (area, _) = ui.allocate_exact_size(vec2(available.x, all), egui::Sense::hover());
    let (first, second) = if wide {
        let middle = area.center().x.floor();
        (
            Rect::from_min_max(area.min, pos2(middle, area.bottom())),
            Rect::from_min_max(pos2(middle, area.top()), area.max),
        )
    } else {
        let middle = area.center().y.floor();
        (
            Rect::from_min_max(area.min, pos2(area.right(), middle)),
            Rect::from_min_max(pos2(area.left(), middle), area.max),
        )
    };
    ui.painter().rect_filled(area, 0.0, cx.tokens.bg);
    price::show(&mut part_of(ui, "price", first), cx, shown, state);
    if wide {
        hairline_right_of(ui, &cx.tokens, first);
    }
    let part = &mut part_of(ui, "timeline", second);
    let (id, title) = (shown.company.id, "Rent against maturities");
    if !timeline::show(part, cx, Some(id), title, &mut state.timeline) {
        let why = "Neither a deal that counts nor a debt instrument is entered";
        if facts::nothing(part, cx, why, "New deal…") {
            cx.act(Action::New(RecordKind::Deal, Some(id)));
        }
    }
}

fn part_of(ui: &mut Ui, salt: &str, rect: Rect) -> Ui {
    let builder = UiBuilder::new()
        .id_salt(salt)
        .max_rect(rect)
        .layout(Layout::top_down(Align::Min));
    let mut part = ui.new_child(builder);
    part.set_clip_rect(rect.intersect(ui.clip_rect()));
    part
}
