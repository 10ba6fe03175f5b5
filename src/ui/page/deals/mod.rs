//! The Deals page: all deals, filtered, totals that follow the filter, and the
//! selected deal in a pane.

pub mod columns;
pub mod filter;
mod groups;
mod pane;
mod tips;
pub mod totals;

use egui::{Align, Layout, Margin, Rect, RichText, Ui, UiBuilder, pos2, vec2};

use crate::analytics::deals::DealRow;
use crate::model::{CompanyId, DealId, RecordKey, RecordKind};
use crate::ui::shell::shortcut_text;
use crate::ui::state::UiState;
use crate::ui::theme::{self, Weight};
use crate::ui::widget::table::{Cell, Model, Output, Table};
use crate::ui::widget::{caption, hairline, hairline_right_of, link};
use crate::ui::{Action, Command, Cx, format};

use super::{facts, list};
use columns::Column;
use filter::Filter;
use groups::Picked;
use totals::Totals;

/// What the page remembers.
#[derive(Default)]
pub struct State {
    /// Which deals are shown.
    pub filter: Filter,
    /// The deal in the pane.
    pub selected: Option<DealId>,
    /// Whether the groups are shown; none lets the window's height decide.
    pub groups: Option<bool>,
    shown: list::Cached<Shown>,
    scroll_to_selected: bool,
}

/// The deals that match the filter, ready to be painted.
#[derive(Default)]
struct Shown {
    /// Places in `derived.deals`.
    rows: Vec<usize>,
    table: Model,
    totals: Totals,
    /// Companies with a deal, for the filter.
    companies: Vec<(CompanyId, String)>,
}

impl State {
    /// The table as last shown, for snapshots.
    pub const fn model(&self) -> &Model {
        &self.shown.get().table
    }

    /// The totals as last shown, for snapshots.
    pub const fn totals(&self) -> &Totals {
        &self.shown.get().totals
    }
}

/// From this height on the groups are shown unless put away.
const TALL: f32 = 900.0;
/// Below this height they would leave no room for the table.
const LOW: f32 = 480.0;
/// From this width on the header needs one line.
const ONE_LINE: f32 = 1000.0;

/// The room that the way to export needs beside the rest of the header.
const EXPORT: f32 = 120.0;

/// Shows the page.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, state: &mut UiState) {
    let covered = state.form.is_some() || state.dialog.is_some();
    let focus = &mut state.focus_filter;
    let state = &mut state.deals;
    let sort = columns::sort_of(cx.settings);
    let key = (
        (cx.revision, cx.today, cx.tokens.dark),
        &state.filter,
        (sort.0.code(), sort.1),
    );
    state.shown.refresh(&key, || build(cx, &state.filter, sort));
    ui.painter()
        .rect_filled(ui.max_rect(), 0.0, cx.tokens.panel);
    ui.spacing_mut().item_spacing = vec2(theme::GRID, 0.0);
    if cx.derived.deals.is_empty() {
        let why = "No deal is entered yet. Restore the starter book in Settings, or enter one";
        if facts::nothing(ui, cx, why, Command::NewDeal.text()) {
            cx.act(Action::Run(Command::NewDeal));
        }
        return;
    }
    let height = ui.available_height();
    header(ui, cx, state, focus);
    hairline(ui, &cx.tokens);
    sums(ui, cx, state, height);
    hairline(ui, &cx.tokens);
    keys(ui, cx, state, covered);
    body(ui, cx, state);
}

fn build(cx: &Cx<'_>, filter: &Filter, (column, down): (Column, bool)) -> Shown {
    let all = cx.derived.deals.iter().enumerate();
    let mut rows: Vec<_> = all.filter(|(_, row)| filter.matches(row)).collect();
    list::sort(&mut rows, down, |(_, row)| column.key(row));
    let places = rows.iter().map(|(place, _)| *place).collect();
    let rows: Vec<&DealRow> = rows.into_iter().map(|(_, row)| row).collect();
    let mut companies: Vec<(CompanyId, String)> = Vec::new();
    for row in &cx.derived.deals {
        if !companies.iter().any(|(id, _)| *id == row.company_id) {
            let symbol = row.symbol.as_deref().unwrap_or(&row.company);
            companies.push((row.company_id, symbol.to_owned()));
        }
    }
    companies.sort_by(|a, b| a.1.cmp(&b.1));
    Shown {
        rows: places,
        table: columns::model(cx, &rows),
        totals: Totals::of(cx, &rows),
        companies,
    }
}

fn header(ui: &mut Ui, cx: &Cx<'_>, state: &mut State, focus: &mut bool) {
    let margin = Margin::symmetric(theme::GUTTER as i8, 8);
    egui::Frame::new().inner_margin(margin).show(ui, |ui| {
        let wide = ui.available_width() >= ONE_LINE;
        let contents = |ui: &mut Ui| {
            title(ui, cx, state);
            let State { filter, shown, .. } = state;
            filter.show(ui, cx, &shown.get().companies, focus);
            if wide {
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    new_deal(ui, cx);
                    ui.add_space(theme::GRID);
                    facts::command_link(ui, cx, Command::ExportDeals, EXPORT);
                });
            } else {
                new_deal(ui, cx);
            }
        };
        if wide {
            let size = vec2(ui.available_width(), theme::CONTROL);
            ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), contents);
        } else {
            ui.spacing_mut().item_spacing.y = theme::HALF;
            ui.horizontal_wrapped(contents);
        }
    });
}

fn title(ui: &mut Ui, cx: &Cx<'_>, state: &State) {
    let (shown, all) = (state.shown.get().rows.len(), cx.derived.deals.len());
    let text = if shown == all {
        format::count(all, "deal", "deals")
    } else {
        format!("{shown} of {}", format::count(all, "deal", "deals"))
    };
    let font = theme::font(theme::HEADING, Weight::SemiBold);
    // As wide as its longest text, so that the filter stands still.
    let size = vec2(104.0, theme::CONTROL);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_size(size);
        ui.label(RichText::new(text).font(font).color(cx.tokens.text1));
    });
}

fn new_deal(ui: &mut Ui, cx: &Cx<'_>) {
    let keys = shortcut_text(ui, Command::NewDeal).unwrap_or_default();
    let right = ui.layout().prefer_right_to_left();
    if right {
        caption(ui, &cx.tokens, &keys);
    }
    if link(ui, &cx.tokens, Command::NewDeal.text())
        .on_hover_text(Command::NewDeal.hint())
        .clicked()
    {
        cx.act(Action::Run(Command::NewDeal));
    }
    if !right {
        caption(ui, &cx.tokens, &keys);
    }
}

fn sums(ui: &mut Ui, cx: &Cx<'_>, state: &mut State, height: f32) {
    let margin = Margin::symmetric(theme::GUTTER as i8, 6);
    egui::Frame::new().inner_margin(margin).show(ui, |ui| {
        let totals = &state.shown.get().totals;
        let mut open = state.groups.unwrap_or(height >= TALL);
        let before = open;
        ui.horizontal_wrapped(|ui| groups::band(ui, cx, totals, &mut open));
        let picked = if open && height >= LOW {
            groups::show(ui, cx, totals)
        } else {
            None
        };
        if open != before {
            state.groups = Some(open);
        }
        match picked {
            Some(Picked::Company(id)) => toggle(&mut state.filter.company, id),
            Some(Picked::Class(class)) => toggle(&mut state.filter.class, class),
            None => {}
        }
    });
}

fn toggle<T: PartialEq>(choice: &mut Option<T>, value: T) {
    *choice = (choice.as_ref() != Some(&value)).then_some(value);
}

fn body(ui: &mut Ui, cx: &Cx<'_>, state: &mut State) {
    let area = ui.available_rect_before_wrap();
    let row = state
        .selected
        .and_then(|id| cx.derived.deals.iter().find(|row| row.id == id));
    let selected = row.and_then(|row| Some((row, cx.book.deal(row.id)?)));
    let wide = area.width() > 2.2 * theme::PANE;
    let split = match (selected, wide) {
        (None, _) => area.right(),
        (Some(_), true) => area.right() - theme::PANE,
        // Too narrow for both: the pane lies over the table until closed.
        (Some(_), false) => area.left(),
    };
    let left = Rect::from_min_max(area.min, pos2(split, area.bottom()));
    let right = Rect::from_min_max(pos2(split, area.top()), area.max);
    if let Some((row, deal)) = selected {
        let mut ui = ui.new_child(UiBuilder::new().id_salt("deal").max_rect(right));
        if pane::show(&mut ui, cx, row, deal) {
            state.selected = None;
        }
    }
    if left.width() > 0.0 {
        let mut ui = ui.new_child(UiBuilder::new().id_salt("deals").max_rect(left));
        if selected.is_some() {
            hairline_right_of(&ui, &cx.tokens, left);
        }
        ui.set_clip_rect(left.intersect(ui.clip_rect()));
        table(&mut ui, cx, state);
    }
}

fn table(ui: &mut Ui, cx: &Cx<'_>, state: &mut State) {
    let shown = state.shown.get();
    if shown.rows.is_empty() {
        if facts::nothing(ui, cx, "No deal matches the filter", "Clear the filter") {
            state.filter = Filter::default();
        }
        return;
    }
    let sort = columns::sort_of(cx.settings);
    let selected = state.selected.map(|id| id.0);
    let scroll_to = std::mem::take(&mut state.scroll_to_selected);
    let place = || {
        let rows = shown.table.rows.iter();
        rows.map(|row| Some(row.key))
            .position(|key| key == selected)
    };
    let table = Table {
        salt: "deals",
        model: &shown.table,
        selected,
        sorted: Some((sort.0.code(), sort.1)),
        scroll_to: if scroll_to { place() } else { None },
    };
    let row_at = |index: usize| cx.derived.deals.get(*shown.rows.get(index)?);
    let output = table.show(
        ui,
        &cx.tokens,
        |row, column| {
            let column = Column::ALL.get(column);
            row_at(row)
                .zip(column)
                .is_some_and(|(row, column)| tips::has_tip(row, *column))
        },
        |ui, index, column| {
            let cell = shown
                .table
                .rows
                .get(index)
                .and_then(|row| row.cells.get(column));
            let text = match cell {
                Some(Cell::Text(text, _)) => text.as_str(),
                _ => "",
            };
            if let (Some(row), Some(column)) = (row_at(index), Column::ALL.get(column)) {
                tips::tip(ui, cx, row, *column, text);
            }
        },
        |ui, index| {
            if let Some(row) = row_at(index) {
                let sources = cx.book.deal(row.id).map_or(&[][..], |deal| &deal.sources);
                facts::menu(ui, cx, key_of(row.id), row.company_id, sources);
            }
        },
    );
    let id = |index: Option<usize>| index.and_then(row_at).map(|row| row.id);
    let (clicked, opened) = (id(output.clicked), id(output.opened));
    take(ui, cx, state, &output, clicked, opened);
}

fn take(
    ui: &Ui,
    cx: &Cx<'_>,
    state: &mut State,
    output: &Output,
    clicked: Option<DealId>,
    opened: Option<DealId>,
) {
    // Enter on a focused row is a click; on the selected one it edits.
    let again = clicked.is_some() && clicked == state.selected;
    let enter = again && ui.input(|input| input.key_pressed(egui::Key::Enter));
    if let Some(id) = opened.or_else(|| clicked.filter(|_| enter)) {
        cx.act(Action::Edit(key_of(id)));
    }
    if clicked.is_some() {
        state.selected = clicked;
    }
    if let Some(code) = output.sort {
        let sort = columns::sort_of(cx.settings);
        let starts_down = Column::from_code(code).is_some_and(Column::starts_down);
        let mut settings = cx.settings.clone();
        settings.deals_sort = Some(list::next_sort((sort.0.code(), sort.1), code, starts_down));
        cx.act(Action::Set(Box::new(settings)));
    }
}

const fn key_of(id: DealId) -> RecordKey {
    RecordKey::new(RecordKind::Deal, id.0)
}

fn keys(ui: &Ui, cx: &Cx<'_>, state: &mut State, covered: bool) {
    let keys = list::keys(ui, covered);
    let rows = &state.shown.get().table.rows;
    let selected = state.selected.map(|id| id.0);
    let now = rows.iter().position(|row| Some(row.key) == selected);
    if let Some(row) = list::moved(rows.len(), now, keys.step).and_then(|next| rows.get(next)) {
        state.selected = Some(DealId(row.key));
        state.scroll_to_selected = true;
    }
    // Only what is seen is edited or deleted by a key.
    if let (Some(_), Some(id)) = (now, state.selected) {
        if keys.open {
            cx.act(Action::Edit(key_of(id)));
        }
        if keys.delete {
            cx.act(Action::Delete(key_of(id)));
        }
    }
}
