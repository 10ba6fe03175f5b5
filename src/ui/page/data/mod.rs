//! The Data page: every instrument with how far its prices reach and how they
//! came, or the log of attempts; a pane about the selected instrument.

pub mod columns;
pub mod log;
mod pane;
mod question;

use std::collections::BTreeSet;

use egui::{Margin, Rect, RichText, Ui, UiBuilder, pos2, vec2};

use crate::model::{Day, Instrument, InstrumentId};
use crate::ui::state::UiState;
use crate::ui::theme::{self, Weight};
use crate::ui::widget::table::{Model, Table};
use crate::ui::widget::{chip, hairline, hairline_right_of, link};
use crate::ui::{Action, Command, Cx, format};

use super::{facts, list};
use columns::{Column, Filter, Part};

/// What the page remembers.
pub struct State {
    /// Which instruments are shown.
    pub filter: Filter,
    /// The instrument in the pane.
    pub selected: Option<InstrumentId>,
    /// Whether the log stands in the place of the instruments.
    pub log: bool,
    /// Questions that were put off, by instrument and day of the jump.
    pub left: BTreeSet<(InstrumentId, Day)>,
    sort: (Column, bool),
    shown: list::Cached<Shown>,
    attempts: list::Cached<Model>,
    scroll_to_selected: bool,
}

impl Default for State {
    fn default() -> Self {
        Self {
            filter: Filter::default(),
            selected: None,
            log: false,
            left: BTreeSet::new(),
            sort: (Column::Instrument, false),
            shown: list::Cached::default(),
            attempts: list::Cached::default(),
            scroll_to_selected: false,
        }
    }
}

/// The instruments that match the filter, ready to be painted.
#[derive(Default)]
struct Shown {
    all: usize,
    table: Model,
}

impl State {
    /// Shows an instrument in the pane and brings its row into view.
    pub const fn select(&mut self, instrument: InstrumentId) {
        self.selected = Some(instrument);
        self.scroll_to_selected = true;
    }

    /// The table of instruments as last shown, for snapshots.
    pub const fn instruments(&self) -> &Model {
        &self.shown.get().table
    }

    /// The log as last shown, for snapshots.
    pub const fn attempts(&self) -> &Model {
        self.attempts.get()
    }
}

/// Shows the page.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, state: &mut UiState) {
    let covered = state.form.is_some() || state.dialog.is_some();
    let focus = &mut state.focus_filter;
    let state = &mut state.data;
    let area = ui.available_rect_before_wrap();
    let selected = state.selected.and_then(|id| cx.book.instrument(id));
    let selected = selected.filter(|_| !state.log);
    let pane = if selected.is_some() { theme::PANE } else { 0.0 };
    let tight = area.width() - pane < Column::room() + theme::GUTTER;
    refresh(cx, state, tight);
    ui.painter()
        .rect_filled(ui.max_rect(), 0.0, cx.tokens.panel);
    ui.spacing_mut().item_spacing = vec2(theme::GRID, 0.0);
    if state.shown.get().all == 0 {
        let why = "No instrument yet. Restore the starter book in Settings, or add one";
        if facts::nothing(ui, cx, why, "Add instrument…") {
            cx.act(Action::NewInstrument);
        }
        return;
    }
    keys(ui, cx, state, covered);
    let split = match selected {
        None => area.right(),
        Some(_) if area.width() > 2.2 * theme::PANE => area.right() - theme::PANE,
        // Too narrow for both: the pane lies over the table.
        Some(_) => area.left(),
    };
    let left = Rect::from_min_max(area.min, pos2(split, area.bottom()));
    let right = Rect::from_min_max(pos2(split, area.top()), area.max);
    if let Some(instrument) = selected {
        let mut ui = ui.new_child(UiBuilder::new().id_salt("data pane").max_rect(right));
        if pane::show(&mut ui, cx, instrument, &mut state.left) {
            state.selected = None;
        }
    }
    if left.width() > 0.0 {
        let mut ui = ui.new_child(UiBuilder::new().id_salt("data").max_rect(left));
        ui.set_clip_rect(left.intersect(ui.clip_rect()));
        if selected.is_some() {
            hairline_right_of(&ui, &cx.tokens, left);
        }
        question::banner(&mut ui, cx, state);
        head(&mut ui, cx, state, focus);
        hairline(&mut ui, &cx.tokens);
        if state.log {
            attempts(&mut ui, cx, state);
        } else {
            instruments(&mut ui, cx, state);
        }
    }
}

/// Builds the tables anew when something they depend on changed.
fn refresh(cx: &Cx<'_>, state: &mut State, lean: bool) {
    let basis = (cx.revision, cx.feeds_revision, cx.today, cx.tokens.dark);
    let (column, down) = state.sort;
    let key = (basis, &state.filter, column.code(), down, lean);
    state.shown.refresh(&key, || {
        let all: Vec<&Instrument> = cx.book.instruments().collect();
        let mut shown = all.clone();
        shown.retain(|instrument| state.filter.matches(cx, instrument));
        list::sort(&mut shown, down, |instrument| column.key(cx, instrument));
        Shown {
            all: all.len(),
            table: columns::model(cx, &shown, lean),
        }
    });
    let text = &state.filter.text;
    let key = (basis, text, cx.status.attempts.len());
    state.attempts.refresh(&key, || log::model(cx, text));
}

fn head(ui: &mut Ui, cx: &Cx<'_>, state: &mut State, focus: &mut bool) {
    let margin = Margin::symmetric(theme::GUTTER as i8, 6);
    egui::Frame::new().inner_margin(margin).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = theme::HALF;
        ui.horizontal_wrapped(|ui| {
            let text = title(state);
            let font = theme::font(theme::HEADING, Weight::SemiBold);
            ui.label(RichText::new(text).font(font).color(cx.tokens.text1));
            list::filter_box(ui, "Filter data", &mut state.filter.text, focus);
            ui.spacing_mut().item_spacing.x = 2.0;
            let all = !state.log && state.filter.part.is_none();
            if chip(ui, &cx.tokens, "All", all).clicked() {
                (state.log, state.filter.part) = (false, None);
            }
            for part in Part::ALL {
                let on = !state.log && state.filter.part == Some(*part);
                if chip(ui, &cx.tokens, part.label(), on).clicked() {
                    (state.log, state.filter.part) = (false, Some(*part));
                }
            }
            ui.add_space(theme::GRID);
            if chip(ui, &cx.tokens, "Log", state.log)
                .on_hover_text("Who was asked when, and what came of it")
                .clicked()
            {
                state.log = !state.log;
            }
            ui.add_space(theme::GRID);
            if link(ui, &cx.tokens, "Add instrument…")
                .on_hover_text("A share, fund, coin or currency whose prices you want")
                .clicked()
            {
                cx.act(Action::NewInstrument);
            }
        });
    });
}

fn title(state: &State) -> String {
    if state.log {
        let count = state.attempts.get().rows.len();
        return format::count(count, "attempt", "attempts");
    }
    let shown = state.shown.get();
    let count = shown.table.rows.len();
    let all = format::count(shown.all, "instrument", "instruments");
    if count == shown.all {
        all
    } else {
        format!("{count} of {all}")
    }
}

fn instruments(ui: &mut Ui, cx: &Cx<'_>, state: &mut State) {
    let shown = state.shown.get();
    if shown.table.rows.is_empty() {
        let (why, step) = ("No instrument matches the filter", "Clear the filter");
        if facts::nothing(ui, cx, why, step) {
            state.filter = Filter::default();
        }
        return;
    }
    let scroll_to = std::mem::take(&mut state.scroll_to_selected);
    let table = Table {
        salt: "series",
        model: &shown.table,
        selected: state.selected.map(|id| id.0),
        sorted: Some((state.sort.0.code(), state.sort.1)),
        scroll_to: state
            .selected
            .and_then(|id| shown.table.row_of(id.0))
            .filter(|_| scroll_to),
    };
    let at = |index: usize| {
        let key = shown.table.rows.get(index)?.key;
        cx.book.instrument(InstrumentId(key))
    };
    let output = table.show(
        ui,
        &cx.tokens,
        |_, column| column_at(&shown.table, column).is_some_and(Column::has_tip),
        |ui, row, column| {
            if let (Some(instrument), Some(column)) = (at(row), column_at(&shown.table, column)) {
                columns::tip(ui, cx, instrument, column);
            }
        },
        |ui, row| {
            if let Some(instrument) = at(row) {
                pane::menu(ui, cx, instrument);
            }
        },
    );
    if let Some(instrument) = output.opened.and_then(at) {
        cx.act(Action::EditInstrument(instrument.id));
    }
    if let Some(instrument) = output.clicked.and_then(at) {
        state.selected = Some(instrument.id);
    }
    if let Some(column) = output.sort.and_then(Column::from_code) {
        let now = (state.sort.0.code(), state.sort.1);
        let (_, down) = list::next_sort(now, column.code(), column.starts_down());
        state.sort = (column, down);
    }
}

fn attempts(ui: &mut Ui, cx: &Cx<'_>, state: &State) {
    let model = state.attempts.get();
    if model.rows.is_empty() {
        let why = if state.filter.text.is_empty() {
            "No provider was asked yet"
        } else {
            "No attempt matches the filter"
        };
        if facts::nothing(ui, cx, why, Command::RefreshPrices.text()) {
            cx.act(Action::Run(Command::RefreshPrices));
        }
        return;
    }
    let table = Table {
        salt: "attempts",
        model,
        selected: None,
        sorted: None,
        scroll_to: None,
    };
    table.show(
        ui,
        &cx.tokens,
        |_, _| true,
        |ui, row, _| {
            if let Some(row) = model.rows.get(row) {
                ui.set_max_width(420.0);
                ui.label(&row.label);
            }
        },
        |ui, _| ui.close(),
    );
}

fn column_at(table: &Model, index: usize) -> Option<Column> {
    Column::from_code(table.columns.get(index)?.code)
}

/// Up and down move the selection, Enter edits the sources of the selected one.
fn keys(ui: &Ui, cx: &Cx<'_>, state: &mut State, covered: bool) {
    if state.log {
        return;
    }
    let keys = list::keys(ui, covered);
    let table = &state.shown.get().table;
    let now = state.selected.and_then(|id| table.row_of(id.0));
    let next = list::moved(table.rows.len(), now, keys.step);
    if let Some(row) = next.and_then(|next| table.rows.get(next)) {
        state.selected = Some(InstrumentId(row.key));
        state.scroll_to_selected = true;
    }
    // Only what is seen is edited by a key.
    if let (Some(_), Some(id), true) = (now, state.selected, keys.open) {
        cx.act(Action::EditInstrument(id));
    }
}
