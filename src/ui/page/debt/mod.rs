//! The Debt page: per company the stated total beside the sum of instruments,
//! never added; below the instruments with their maturities by year.

pub mod companies;
pub mod instruments;
pub mod maturities;
mod pane;
mod tables;

use egui::{Align, Layout, Margin, Rect, RichText, Ui, UiBuilder, pos2, vec2};

use crate::analytics::debt::CompanyDebt;
use crate::model::debt::DebtStatus;
use crate::model::{CompanyId, Debt, DebtId};
use crate::ui::shell::shortcut_text;
use crate::ui::state::UiState;
use crate::ui::theme::{self, Weight};
use crate::ui::widget::table::Model;
use crate::ui::widget::{caption, chip, hairline, hairline_right_of, link};
use crate::ui::{Action, Command, Cx, format};

use super::{facts, list};
use instruments::Filter;
use maturities::Bars;

/// What the page remembers.
pub struct State {
    /// Which instruments are shown.
    pub filter: Filter,
    /// The instrument in the pane.
    pub selected: Option<DebtId>,
    companies_sort: Option<(companies::Column, bool)>,
    sort: (instruments::Column, bool),
    companies: list::Cached<Companies>,
    shown: list::Cached<Shown>,
    scroll_to_selected: bool,
}

impl Default for State {
    fn default() -> Self {
        Self {
            filter: Filter::default(),
            selected: None,
            companies_sort: None,
            sort: (instruments::Column::Matures, false),
            companies: list::Cached::default(),
            shown: list::Cached::default(),
            scroll_to_selected: false,
        }
    }
}

/// The companies, ready to be painted.
#[derive(Default)]
struct Companies {
    /// Places in `derived.debt.companies`.
    rows: Vec<usize>,
    table: Model,
}

/// The instruments that match the filter, ready to be painted.
#[derive(Default)]
struct Shown {
    all: usize,
    table: Model,
    bars: Bars,
}

impl State {
    /// The table of companies as last shown, for snapshots.
    pub const fn companies(&self) -> &Model {
        &self.companies.get().table
    }

    /// The table of instruments as last shown, for snapshots.
    pub const fn instruments(&self) -> &Model {
        &self.shown.get().table
    }

    /// The maturities as last shown, for snapshots.
    pub const fn maturities(&self) -> &Bars {
        &self.shown.get().bars
    }
}

/// The room that the way to export needs: the caption beside it stays whole.
const EXPORT: f32 = 600.0;

/// Shows the page.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, state: &mut UiState) {
    let covered = state.form.is_some() || state.dialog.is_some();
    let focus = &mut state.focus_filter;
    let state = &mut state.debt;
    let basis = (cx.revision, cx.today, cx.tokens.dark);
    let sort = state.companies_sort;
    let code = sort.map(|(column, down)| (column.code(), down));
    let build = || build_companies(cx, sort);
    state.companies.refresh(&(basis, code), build);
    let (column, down) = state.sort;
    let key = (basis, &state.filter, column.code(), down);
    let build = || build_instruments(cx, &state.filter, state.sort);
    state.shown.refresh(&key, build);
    ui.painter()
        .rect_filled(ui.max_rect(), 0.0, cx.tokens.panel);
    ui.spacing_mut().item_spacing = vec2(theme::GRID, 0.0);
    if cx.derived.debt.companies.is_empty() {
        let why = "No debt is entered yet. Restore the starter book in Settings, or enter one";
        if facts::nothing(ui, cx, why, Command::NewDebt.text()) {
            cx.act(Action::Run(Command::NewDebt));
        }
        return;
    }
    keys(ui, cx, state, covered);
    let area = ui.available_rect_before_wrap();
    let company = state.filter.company;
    let row = company.and_then(|id| by_company(cx, id));
    let debt = state.selected.and_then(|id| cx.book.debt(id));
    let pane = row.is_some() || debt.is_some();
    let wide = area.width() > 2.2 * theme::PANE;
    let split = match (pane, wide) {
        (true, true) => area.right() - theme::PANE,
        // Too narrow for both: only an instrument's pane lies over the tables.
        (true, false) if debt.is_some() => area.left(),
        (false, _) | (true, false) => area.right(),
    };
    let left = Rect::from_min_max(area.min, pos2(split, area.bottom()));
    let right = Rect::from_min_max(pos2(split, area.top()), area.max);
    if right.width() > 0.0 {
        let mut ui = ui.new_child(UiBuilder::new().id_salt("debt pane").max_rect(right));
        let closed = match (debt, row) {
            (Some(debt), _) => pane::instrument(&mut ui, cx, debt),
            (None, Some(row)) => pane::company(&mut ui, cx, row),
            (None, None) => false,
        };
        if closed {
            state.selected = None;
            state.filter.company = company.filter(|_| debt.is_some());
        }
    }
    if left.width() > 0.0 {
        let mut ui = ui.new_child(UiBuilder::new().id_salt("debt").max_rect(left));
        ui.set_clip_rect(left.intersect(ui.clip_rect()));
        if right.width() > 0.0 {
            hairline_right_of(&ui, &cx.tokens, left);
        }
        lists(&mut ui, cx, state, focus);
    }
}

fn by_company<'a>(cx: &'a Cx<'_>, id: CompanyId) -> Option<&'a CompanyDebt> {
    let mut rows = cx.derived.debt.companies.iter();
    rows.find(|row| row.company_id == id)
}

fn build_companies(cx: &Cx<'_>, sort: Option<(companies::Column, bool)>) -> Companies {
    let all = cx.derived.debt.companies.iter().enumerate();
    let mut rows: Vec<_> = all.collect();
    if let Some((column, down)) = sort {
        list::sort(&mut rows, down, |(_, row)| column.key(cx, row));
    }
    let places = rows.iter().map(|(place, _)| *place).collect();
    let rows: Vec<_> = rows.into_iter().map(|(_, row)| row).collect();
    Companies {
        rows: places,
        table: companies::model(cx, &rows),
    }
}

fn build_instruments(
    cx: &Cx<'_>,
    filter: &Filter,
    (column, down): (instruments::Column, bool),
) -> Shown {
    let companies = cx.derived.debt.companies.iter();
    let ids = companies.flat_map(|row| &row.instruments);
    let all: Vec<&Debt> = ids.filter_map(|id| cx.book.debt(*id)).collect();
    let mut debts = all.clone();
    debts.retain(|debt| filter.matches(cx, debt));
    list::sort(&mut debts, down, |debt| column.key(cx, debt));
    Shown {
        all: all.len(),
        table: instruments::model(cx, &debts),
        bars: Bars::of(&debts),
    }
}

/// The two tables, one above the other.
fn lists(ui: &mut Ui, cx: &Cx<'_>, state: &mut State, focus: &mut bool) {
    let rows = state.companies.get().rows.len() as f32;
    let most = theme::HEADER + rows * theme::ROW + theme::GRID;
    let height = (ui.available_height() * 0.36).min(most);
    head(ui, cx);
    hairline(ui, &cx.tokens);
    let size = vec2(ui.available_width(), height);
    ui.allocate_ui_with_layout(size, Layout::top_down(Align::Min), |ui| {
        ui.set_min_size(size);
        ui.set_max_height(height);
        tables::companies(ui, cx, state);
    });
    hairline(ui, &cx.tokens);
    filters(ui, cx, state, focus);
    let margin = Margin::symmetric(theme::GUTTER as i8, 0);
    egui::Frame::new().inner_margin(margin).show(ui, |ui| {
        let company = state.filter.company.and_then(|id| cx.book.company(id));
        let colour = company.map_or(cx.tokens.accent, |company| cx.company_colour(company));
        state.shown.get().bars.show(ui, cx, colour);
    });
    hairline(ui, &cx.tokens);
    tables::instruments(ui, cx, state);
}

fn head(ui: &mut Ui, cx: &Cx<'_>) {
    let margin = Margin::symmetric(theme::GUTTER as i8, 8);
    egui::Frame::new().inner_margin(margin).show(ui, |ui| {
        let size = vec2(ui.available_width(), theme::CONTROL);
        ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
            let all = cx.derived.debt.companies.len();
            strong(
                ui,
                cx,
                &format::count(all, "company with debt", "companies with debt"),
            );
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let keys = shortcut_text(ui, Command::NewDebt).unwrap_or_default();
                caption(ui, &cx.tokens, &keys);
                if link(ui, &cx.tokens, Command::NewDebt.text())
                    .on_hover_text(Command::NewDebt.hint())
                    .clicked()
                {
                    cx.act(Action::Run(Command::NewDebt));
                }
                ui.add_space(theme::GRID);
                facts::command_link(ui, cx, Command::ExportDebts, EXPORT);
                ui.add_space(theme::GRID);
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    caption(
                        ui,
                        &cx.tokens,
                        "Stated totals and sums of instruments are told side by side, never added",
                    );
                });
            });
        });
    });
}

fn strong(ui: &mut Ui, cx: &Cx<'_>, text: &str) {
    let font = theme::font(theme::HEADING, Weight::SemiBold);
    ui.label(RichText::new(text).font(font).color(cx.tokens.text1));
}

fn filters(ui: &mut Ui, cx: &Cx<'_>, state: &mut State, focus: &mut bool) {
    let margin = Margin::symmetric(theme::GUTTER as i8, 6);
    egui::Frame::new().inner_margin(margin).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = theme::HALF;
        ui.horizontal_wrapped(|ui| {
            let shown = state.shown.get();
            let count = shown.table.rows.len();
            let all = format::count(shown.all, "instrument", "instruments");
            let text = if count == shown.all {
                all
            } else {
                format!("{count} of {all}")
            };
            strong(ui, cx, &text);
            let filter = &mut state.filter;
            list::filter_box(ui, "Filter instruments", &mut filter.text, focus);
            ui.spacing_mut().item_spacing.x = 2.0;
            if chip(ui, &cx.tokens, "All", filter.status.is_none()).clicked() {
                filter.status = None;
            }
            for status in DebtStatus::ALL {
                let on = filter.status == Some(*status);
                if chip(ui, &cx.tokens, status.label(), on).clicked() {
                    filter.status = Some(*status);
                }
            }
            if let Some(company) = filter.company {
                ui.add_space(theme::GRID);
                let name = cx.book.symbol_of(company);
                let name = name.unwrap_or_else(|| cx.company_name(company));
                if link(ui, &cx.tokens, &format!("Only {name}: show all"))
                    .on_hover_text("Show the instruments of all companies")
                    .clicked()
                {
                    filter.company = None;
                }
            }
        });
    });
}

fn keys(ui: &Ui, cx: &Cx<'_>, state: &mut State, covered: bool) {
    let keys = list::keys(ui, covered);
    let table = &state.shown.get().table;
    let now = state.selected.and_then(|id| table.row_of(id.0));
    let next = list::moved(table.rows.len(), now, keys.step);
    if let Some(row) = next.and_then(|next| table.rows.get(next)) {
        state.selected = Some(DebtId(row.key));
        state.scroll_to_selected = true;
    }
    // Only what is seen is edited or deleted by a key.
    if let (Some(_), Some(id)) = (now, state.selected) {
        if keys.open {
            cx.act(Action::Edit(tables::key_of(id)));
        }
        if keys.delete {
            cx.act(Action::Delete(tables::key_of(id)));
        }
    }
}
