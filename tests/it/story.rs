//! Whole stories in the real window, from the first key to the last file: a book
//! is written, taken back, done again and carried elsewhere; the starter book is
//! read as someone reads it who covers these companies.

mod reading;
mod writing;

use std::path::Path;

use egui::{Key, Modifiers, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use gigawatch::app::{App, Window};
use gigawatch::model::{Book, CompanyId};

use crate::flows::{open_sized, press, type_into};

type Desk = Harness<'static, App>;

/// The window on the book in that folder, tall enough for every form.
fn open(folder: &Path) -> Desk {
    open_sized(folder, [1440.0, 1400.0], true, 1.0)
}

fn window<'a>(desk: &'a Harness<'_, App>) -> &'a Window {
    desk.state().window().unwrap()
}

fn book(desk: &Desk) -> Book {
    window(desk).book().clone()
}

fn company(desk: &Desk, symbol: &str) -> CompanyId {
    let book = window(desk).book();
    book.company_by_symbol(symbol).unwrap().id
}

/// Runs until the window is still, clicks and what they ask for included.
fn settle(desk: &mut Desk) {
    desk.run();
    desk.run();
}

/// Clicks what bears this label, wherever it is scrolled to.
#[track_caller]
fn click(desk: &mut Desk, label: &str) {
    let found = desk.get_by(|node| plain(&node.label().unwrap_or_default()) == label);
    found.click_accesskit();
    settle(desk);
}

/// Clicks a page of the rail.
#[track_caller]
fn page(desk: &mut Desk, name: &str) {
    desk.get_by_role_and_label(Role::Tab, name).click();
    settle(desk);
}

/// Clicks a tab of the Company page, which stands after a page of its name.
#[track_caller]
fn tab(desk: &mut Desk, name: &str) {
    let chips: Vec<_> = desk
        .query_all_by_role_and_label(Role::Button, name)
        .collect();
    chips.last().unwrap().click();
    drop(chips);
    settle(desk);
}

/// Clicks the one row that holds all these texts.
#[track_caller]
fn select(desk: &mut Desk, parts: &[&str]) {
    let row = desk.get_by(|node| {
        let label = plain(&node.label().unwrap_or_default());
        node.role() == Role::Row && parts.iter().all(|part| label.contains(part))
    });
    row.click();
    settle(desk);
}

/// Picks a member of a closed set.
#[track_caller]
fn pick(desk: &mut Desk, label: &str, member: &str) {
    desk.get_by_role_and_label(Role::ComboBox, label)
        .click_accesskit();
    desk.run();
    click(desk, member);
}

/// Types into the inputs of these labels, in place of what is there.
#[track_caller]
fn fill(desk: &mut Desk, texts: &[(&str, &str)]) {
    for (label, text) in texts {
        desk.get_by_role_and_label(Role::TextInput, label).focus();
        desk.run();
        desk.key_press_modifiers(Modifiers::COMMAND, Key::A);
        desk.get_by_role_and_label(Role::TextInput, label)
            .type_text(text);
        desk.run();
    }
}

/// Runs a command by its name in the command box.
fn command(desk: &mut Desk, name: &str) {
    press(desk, Modifiers::COMMAND, Key::K);
    type_into(desk, "Search or run a command…", name);
    press(desk, Modifiers::NONE, Key::Enter);
    settle(desk);
}

/// Saves the open form, which closes it.
#[track_caller]
fn save(desk: &mut Desk) {
    click(desk, "Save");
    let open = window(desk).ui.form.is_some();
    assert!(!open, "refused: {}", texts(desk));
}

fn plain(text: &str) -> String {
    text.replace('\u{202F}', " ")
}

/// Every row on screen as it is read out.
fn rows(desk: &Desk) -> Vec<String> {
    let rows = desk.query_all_by_role(Role::Row);
    rows.filter_map(|row| row.accesskit_node().label())
        .map(|label| plain(&label))
        .collect()
}

/// Every text on screen, one a line.
fn texts(desk: &Desk) -> String {
    let nodes = desk.query_all_by(|_| true);
    let lines: Vec<_> = nodes
        .filter_map(|node| node.accesskit_node().label().or_else(|| node.value()))
        .collect();
    plain(&lines.join("\n"))
}

#[track_caller]
fn shows(desk: &Desk, text: &str) {
    let texts = texts(desk);
    assert!(texts.contains(text), "no “{text}” in:\n{texts}");
}

#[track_caller]
fn shows_not(desk: &Desk, text: &str) {
    let texts = texts(desk);
    assert!(!texts.contains(text), "“{text}” in:\n{texts}");
}
