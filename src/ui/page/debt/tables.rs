//! The two tables of the Debt page, and what is done with their rows.

use egui::Ui;

use crate::model::{CompanyId, DebtId, RecordKey, RecordKind};
use crate::ui::page::{facts, list};
use crate::ui::widget::table::{Cell, Model, Table};
use crate::ui::{Action, Command, Cx};

use super::instruments::Filter;
use super::{State, companies, instruments};

fn text_of(model: &Model, row: usize, column: usize) -> &str {
    let cell = model.rows.get(row).and_then(|row| row.cells.get(column));
    match cell {
        Some(Cell::Text(text, _)) => text,
        _ => "",
    }
}

/// Debt by company; a click shows only that company's instruments.
pub fn companies(ui: &mut Ui, cx: &Cx<'_>, state: &mut State) {
    let shown = state.companies.get();
    let row_at = |index: usize| cx.derived.debt.companies.get(*shown.rows.get(index)?);
    let sorted = state.companies_sort;
    let table = Table {
        salt: "debt by company",
        model: &shown.table,
        selected: state.filter.company.map(|id| id.0),
        sorted: sorted.map(|(column, down)| (column.code(), down)),
        scroll_to: None,
    };
    let output = table.show(
        ui,
        &cx.tokens,
        |_, column| {
            let column = companies::Column::ALL.get(column);
            column.is_some_and(|column| companies::has_tip(*column))
        },
        |ui, row, column| {
            let text = text_of(&shown.table, row, column);
            let column = companies::Column::ALL.get(column);
            if let (Some(row), Some(column)) = (row_at(row), column) {
                companies::tip(ui, cx, row, *column, text);
            }
        },
        |ui, row| {
            if let Some(row) = row_at(row) {
                company_menu(ui, cx, row.company_id);
            }
        },
    );
    if let Some(row) = output.clicked.and_then(row_at) {
        let again = state.filter.company == Some(row.company_id);
        state.filter.company = (!again).then_some(row.company_id);
        state.selected = None;
    }
    if let Some(column) = output.sort.and_then(companies::Column::from_code) {
        let now = sorted.map_or(("", false), |(column, down)| (column.code(), down));
        let (_, down) = list::next_sort(now, column.code(), column.starts_down());
        state.companies_sort = Some((column, down));
    }
}

fn company_menu(ui: &mut Ui, cx: &Cx<'_>, company: CompanyId) {
    for (text, kind) in [
        ("New debt…", RecordKind::Debt),
        ("New stated total…", RecordKind::Figure),
    ] {
        if ui.button(text).clicked() {
            cx.act(Action::New(kind, Some(company)));
            ui.close();
        }
    }
    if ui.button("Open company").clicked() {
        facts::open_company(cx, company);
        ui.close();
    }
}

/// The instruments that match the filter.
pub fn instruments(ui: &mut Ui, cx: &Cx<'_>, state: &mut State) {
    let shown = state.shown.get();
    if shown.table.rows.is_empty() {
        no_instrument(ui, cx, state);
        return;
    }
    let scroll_to = std::mem::take(&mut state.scroll_to_selected);
    let table = Table {
        salt: "instruments",
        model: &shown.table,
        selected: state.selected.map(|id| id.0),
        sorted: Some((state.sort.0.code(), state.sort.1)),
        scroll_to: state
            .selected
            .and_then(|id| shown.table.row_of(id.0))
            .filter(|_| scroll_to),
    };
    let debt_at = |index: usize| {
        let key = shown.table.rows.get(index)?.key;
        cx.book.debt(DebtId(key))
    };
    let output = table.show(
        ui,
        &cx.tokens,
        |_, column| column > 0,
        |ui, row, column| {
            let text = text_of(&shown.table, row, column);
            let column = instruments::Column::ALL.get(column);
            if let (Some(debt), Some(column)) = (debt_at(row), column) {
                instruments::tip(ui, cx, debt, *column, text);
            }
        },
        |ui, row| {
            if let Some(debt) = debt_at(row) {
                facts::menu(ui, cx, key_of(debt.id), debt.company, &debt.sources);
            }
        },
    );
    let id = |index: Option<usize>| index.and_then(debt_at).map(|debt| debt.id);
    let (clicked, opened) = (id(output.clicked), id(output.opened));
    // Enter on a focused row is a click; on the selected one it edits.
    let again = clicked.is_some() && clicked == state.selected;
    let enter = again && ui.input(|input| input.key_pressed(egui::Key::Enter));
    if let Some(id) = opened.or_else(|| clicked.filter(|_| enter)) {
        cx.act(Action::Edit(key_of(id)));
    }
    if clicked.is_some() {
        state.selected = clicked;
    }
    if let Some(column) = output.sort.and_then(instruments::Column::from_code) {
        let now = (state.sort.0.code(), state.sort.1);
        let (_, down) = list::next_sort(now, column.code(), column.starts_down());
        state.sort = (column, down);
    }
}

fn no_instrument(ui: &mut Ui, cx: &Cx<'_>, state: &mut State) {
    let only_company = Filter {
        company: state.filter.company,
        ..Filter::default()
    };
    match state.filter.company {
        Some(company) if state.filter == only_company => {
            let why = format!("No instrument of {} is entered", cx.company_name(company));
            if facts::nothing(ui, cx, &why, Command::NewDebt.text()) {
                cx.act(Action::New(RecordKind::Debt, Some(company)));
            }
        }
        _ => {
            if facts::nothing(
                ui,
                cx,
                "No instrument matches the filter",
                "Clear the filter",
            ) {
                state.filter = Filter::default();
            }
        }
    }
}

/// The key of a debt.
pub const fn key_of(id: DebtId) -> RecordKey {
    RecordKey::new(RecordKind::Debt, id.0)
}
