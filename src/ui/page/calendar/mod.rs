//! The Calendar page: rents that start and end and debts that fall due, of all
//! companies on one axis of time and one by one in a table.

mod columns;

use egui::{Align, Layout, Margin, RichText, Sense, Ui, UiBuilder, vec2};
use uuid::Uuid;

use crate::analytics::agenda::{Agenda, agenda};
use crate::ui::state::UiState;
use crate::ui::theme::{self, Weight};
use crate::ui::widget::table::{Model, Table};
use crate::ui::widget::{caption, chip, hairline};
use crate::ui::{Action, Command, Cx, format};

use super::{facts, list, timeline};
use columns::{Column, Filter, Show};

/// The timeline is no lower than this, and no higher.
const CHART: (f32, f32) = (200.0, 320.0);
/// Pages lower than this have room for the table alone.
const LOW: f32 = 480.0;

/// What the page remembers.
pub struct State {
    filter: Filter,
    text: String,
    sort: (Column, bool),
    selected: Option<Uuid>,
    scroll_to_selected: bool,
    agenda: list::Cached<Agenda>,
    shown: list::Cached<Shown>,
    timeline: timeline::State,
}

impl Default for State {
    fn default() -> Self {
        Self {
            filter: Filter::default(),
            text: String::new(),
            sort: (Column::When, false),
            selected: None,
            scroll_to_selected: false,
            agenda: list::Cached::default(),
            shown: list::Cached::default(),
            timeline: timeline::State::by_year(),
        }
    }
}

/// The table as it is painted, and which events its rows are.
#[derive(Default)]
struct Shown {
    table: Model,
    places: Vec<usize>,
}

impl State {
    /// The table as last shown, for snapshots.
    pub const fn table(&self) -> &Model {
        &self.shown.get().table
    }

    /// The timeline in words, for snapshots.
    pub fn timeline(&self) -> &str {
        self.timeline.in_words()
    }
}

/// Shows the page.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, state: &mut UiState) {
    let covered = state.form.is_some() || state.dialog.is_some();
    let focus = &mut state.focus_filter;
    let state = &mut state.calendar;
    let basis = (cx.revision, cx.today);
    let build = || agenda(cx.book, cx.prices, cx.today, cx.derived.switches);
    state.agenda.refresh(&basis, build);
    ui.painter()
        .rect_filled(ui.max_rect(), 0.0, cx.tokens.panel);
    ui.spacing_mut().item_spacing = vec2(theme::GRID, 0.0);
    if state.agenda.get().all().next().is_none() {
        let why =
            "No deal and no debt is entered. Restore the starter book in Settings, or enter one";
        if facts::nothing(ui, cx, why, Command::NewDeal.text()) {
            cx.act(Action::Run(Command::NewDeal));
        }
        return;
    }
    refresh(cx, state);
    keys(ui, cx, state, covered);
    chart(ui, cx, state);
    head(ui, cx, state, focus);
    hairline(ui, &cx.tokens);
    table(ui, cx, state);
}

/// Rent against maturities of the company chosen, else of all, where the table
/// keeps enough rows.
fn chart(ui: &mut Ui, cx: &Cx<'_>, state: &mut State) {
    let room = ui.available_size();
    if room.y < LOW {
        return;
    }
    let company = state.filter.company;
    let title = company.map_or(
        "Rent against maturities, all companies",
        |_| "Rent against maturities",
    );
    let height = (room.y * 0.38).clamp(CHART.0, CHART.1).floor();
    let (area, _) = ui.allocate_exact_size(vec2(room.x, height), Sense::hover());
    ui.painter().rect_filled(area, 0.0, cx.tokens.bg);
    let builder = UiBuilder::new().id_salt("timeline").max_rect(area);
    let down = Layout::top_down(Align::Min);
    let part = &mut ui.new_child(builder.layout(down));
    part.set_clip_rect(area.intersect(ui.clip_rect()));
    if !timeline::show(part, cx, company, title, &mut state.timeline) {
        let why = "The company has neither a deal that counts nor a debt";
        if facts::nothing(part, cx, why, "Show all companies") {
            state.filter.company = None;
        }
    }
    hairline(ui, &cx.tokens);
}

/// Builds the table anew when something it depends on changed.
fn refresh(cx: &Cx<'_>, state: &mut State) {
    let (column, down) = state.sort;
    let basis = (cx.revision, cx.today, cx.tokens.dark);
    let key = (basis, state.filter, &state.text, column.code(), down);
    let agenda = state.agenda.get();
    state.shown.refresh(&key, || {
        let events = agenda.all().enumerate();
        let mut events: Vec<_> = events
            .filter(|(_, event)| state.filter.matches(cx, event, &state.text))
            .collect();
        list::sort(&mut events, down, |(_, event)| column.key(cx, event));
        Shown {
            table: columns::model(cx, &events),
            places: events.iter().map(|(place, _)| *place).collect(),
        }
    });
}

fn head(ui: &mut Ui, cx: &Cx<'_>, state: &mut State, focus: &mut bool) {
    let margin = Margin::symmetric(theme::GUTTER as i8, 6);
    egui::Frame::new().inner_margin(margin).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = theme::HALF;
        ui.horizontal_wrapped(|ui| {
            let font = theme::font(theme::HEADING, Weight::SemiBold);
            let rows = state.shown.get().table.rows.len();
            let text = format::count(rows, "event", "events");
            ui.label(RichText::new(text).font(font).color(cx.tokens.text1));
            list::filter_box(ui, "Filter events", &mut state.text, focus);
            let companies = cx.derived.watchlist.iter().map(|row| {
                let name = row.symbol.as_deref().unwrap_or(&row.company);
                (row.company_id, name)
            });
            let all = "All companies";
            list::choice(ui, "Company", all, &mut state.filter.company, companies);
            for show in Show::ALL {
                let on = *show == state.filter.show;
                if chip(ui, &cx.tokens, show.label(), on).clicked() {
                    state.filter.show = *show;
                }
            }
            let undated = state.agenda.get().undated.len();
            if undated > 0 && state.filter.show != Show::Undated {
                let text = format!("{} without a date", format::rows(undated));
                caption(ui, &cx.tokens, &text);
            }
        });
    });
}

fn table(ui: &mut Ui, cx: &Cx<'_>, state: &mut State) {
    let shown = state.shown.get();
    if shown.table.rows.is_empty() {
        let (why, step) = ("No event matches the filter", "Clear the filter");
        if facts::nothing(ui, cx, why, step) {
            state.filter = Filter::default();
            state.text.clear();
        }
        return;
    }
    let agenda = state.agenda.get();
    let event_at = |row: usize| agenda.at(*shown.places.get(row)?);
    let scroll_to = std::mem::take(&mut state.scroll_to_selected);
    let table = Table {
        salt: "calendar",
        model: &shown.table,
        selected: state.selected,
        sorted: Some((state.sort.0.code(), state.sort.1)),
        scroll_to: state
            .selected
            .and_then(|key| shown.table.row_of(key))
            .filter(|_| scroll_to),
    };
    let output = table.show(
        ui,
        &cx.tokens,
        |_, _| true,
        |ui, row, _| {
            if let Some(row) = shown.table.rows.get(row) {
                ui.set_max_width(420.0);
                ui.label(&row.label);
            }
        },
        |ui, row| {
            if let Some(event) = event_at(row) {
                let sources = columns::sources(cx, event);
                facts::menu(ui, cx, columns::record(event), event.company_id, sources);
            }
        },
    );
    if let Some(row) = output.clicked {
        state.selected = shown.table.rows.get(row).map(|row| row.key);
        if let Some(event) = event_at(row) {
            cx.act(Action::Select(event.company_id));
        }
    }
    if let Some(event) = output.opened.and_then(event_at) {
        cx.act(Action::Edit(columns::record(event)));
    }
    if let Some(column) = output.sort.and_then(Column::from_code) {
        let now = (state.sort.0.code(), state.sort.1);
        let (_, down) = list::next_sort(now, column.code(), column.starts_down());
        state.sort = (column, down);
    }
}

/// Up and down move the selection, Enter opens the record.
fn keys(ui: &Ui, cx: &Cx<'_>, state: &mut State, covered: bool) {
    let keys = list::keys(ui, covered);
    let shown = state.shown.get();
    let now = state.selected.and_then(|key| shown.table.row_of(key));
    if let Some(row) = list::moved(shown.table.rows.len(), now, keys.step) {
        state.selected = shown.table.rows.get(row).map(|row| row.key);
        state.scroll_to_selected = true;
    }
    let place = now.and_then(|row| shown.places.get(row)).copied();
    if let Some(event) = place
        .filter(|_| keys.open)
        .and_then(|place| state.agenda.get().at(place))
    {
        cx.act(Action::Edit(columns::record(event)));
    }
}
