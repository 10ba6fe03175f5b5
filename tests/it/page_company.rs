//! The Company page in the real window on the starter book, and over books that
//! hold next to nothing.

mod bare;
mod dialog;
mod records;
mod window;

use std::path::Path;

use egui::{Key, Modifiers, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use gigawatch::app::App;
use gigawatch::model::CompanyId;
use gigawatch::ui::Action;

use crate::flows::open_sized;

/// The window on the page of that company.
pub fn open(folder: &Path, symbol: &str) -> Harness<'static, App> {
    open_at(folder, symbol, [1280.0, 800.0], true)
}

/// The same at another size, or light.
pub fn open_at(folder: &Path, symbol: &str, size: [f32; 2], dark: bool) -> Harness<'static, App> {
    let mut harness = open_sized(folder, size, dark, 1.0);
    let id = company(&harness, symbol);
    act(&mut harness, Action::OpenCompany(id));
    harness
}

pub fn company(harness: &Harness<'_, App>, symbol: &str) -> CompanyId {
    let book = harness.state().window().unwrap().book();
    book.company_by_symbol(symbol).unwrap().id
}

pub fn act(harness: &mut Harness<'_, App>, action: Action) {
    harness.state().window().unwrap().act(action);
    harness.run();
    harness.run();
}

pub fn press(harness: &mut Harness<'_, App>, key: Key) {
    harness.key_press_modifiers(Modifiers::NONE, key);
    harness.run();
}

pub fn click(harness: &mut Harness<'_, App>, label: &str) {
    harness.get_by_label(label).click();
    harness.run();
    harness.run();
}

/// Clicks the tab, as a chip stands in the bar.
pub fn tab(harness: &mut Harness<'_, App>, name: &str) {
    let chips: Vec<_> = harness
        .query_all_by_role_and_label(Role::Button, name)
        .collect();
    // A page of the rail may bear the same name and stands before.
    chips.last().unwrap().click();
    drop(chips);
    harness.run();
    harness.run();
}

pub fn rows(harness: &Harness<'_, App>) -> Vec<String> {
    let rows = harness.query_all_by_role(Role::Row);
    rows.filter_map(|row| row.accesskit_node().label())
        .map(|label| label.replace('\u{202F}', " "))
        .collect()
}

pub fn has(harness: &Harness<'_, App>, part: &str) -> bool {
    let mut found = harness.query_all_by(|node| {
        let label = node.label().unwrap_or_default().replace('\u{202F}', " ");
        let value = node.value().unwrap_or_default().replace('\u{202F}', " ");
        label.contains(part) || value.contains(part)
    });
    found.next().is_some()
}

/// The table of the open tab as text, its columns parted by strokes.
pub fn tables(harness: &Harness<'_, App>) -> String {
    let tables = harness.state().window().unwrap().ui.company.tables();
    let texts: Vec<_> = tables.iter().map(|table| table.to_text()).collect();
    texts
        .join("\n")
        .replace('\u{202F}', " ")
        .replace('\t', " | ")
}
