//! The tabs of the page on the starter book, and what is done there.

use egui::{Key, Modifiers, Role};
use egui_kittest::kittest::Queryable as _;
use gigawatch::ui::state::Page;

use super::{click, has, open, open_at, press, rows, tab, tables};
use crate::flows::type_into;

#[test]
fn every_tab_as_text() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = open(folder.path(), "WULF");
    let mut text = String::new();
    for name in ["Deals", "Debt", "Statements"] {
        tab(&mut harness, name);
        text.extend(["## ", name, "\n", &tables(&harness), "\n"]);
    }
    let timeline = harness.state().window().unwrap().ui.company.timeline();
    let timeline: Vec<_> = timeline.lines().take(8).collect();
    let timeline = timeline.join("\n").replace('\u{202F}', " ");
    text.extend(["## Timeline\n", &timeline, "\n"]);
    insta::assert_snapshot!("company_of_the_starter_book", text);
}

#[test]
fn the_stated_total_stands_beside_the_sum_with_the_reasons() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = open(folder.path(), "WULF");
    tab(&mut harness, "Debt");
    for text in [
        "Total debt: 5.24 bn",
        "As of: ",
        "Age: ",
        "Outstanding: ",
        "Difference: ",
        "Source: ",
    ] {
        assert!(has(&harness, text), "{text}");
    }
    assert!(has(&harness, "joint ventures"), "a reason is named");
}

#[test]
fn a_row_opens_its_form_by_keys() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = open(folder.path(), "WULF");
    press(&mut harness, Key::ArrowDown);
    press(&mut harness, Key::Enter);
    harness.run();
    assert!(harness.state().window().unwrap().ui.form.is_some());
}

#[test]
fn a_statement_in_conflict_leads_to_the_conflict() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = open_at(folder.path(), "WULF", TALL, true);
    tab(&mut harness, "Statements");
    select(&mut harness, "AI revenue share, Value ≈");
    click(&mut harness, "Show conflict");
    harness.run();
    assert_eq!(harness.state().window().unwrap().ui.page, Page::Conflicts);
    assert!(has(&harness, "One says") || has(&harness, "Use 61.8"));
}

fn select(harness: &mut egui_kittest::Harness<'_, gigawatch::app::App>, start: &str) {
    let row = harness.get_by(|node| {
        node.role() == Role::Row && node.label().is_some_and(|label| label.starts_with(start))
    });
    row.click();
    harness.run();
}

/// Tall enough for all statements.
const TALL: [f32; 2] = [1920.0, 1400.0];

#[test]
fn a_statement_is_picked_with_a_reason_and_let_go_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = open_at(folder.path(), "WULF", TALL, true);
    tab(&mut harness, "Statements");
    select(&mut harness, "AI revenue share, Value ≈");
    click(&mut harness, "Use this figure…");
    type_into(&mut harness, "Why", "told by the chief");
    click(&mut harness, "Use it always");
    assert_eq!(harness.state().window().unwrap().book().pins().count(), 1);
    let chosen = rows(&harness);
    assert!(
        chosen.iter().any(|row| row.contains("told by the chief")),
        "{chosen:?}"
    );
    click(&mut harness, "Take the choice back");
    assert_eq!(harness.state().window().unwrap().book().pins().count(), 0);
}

#[test]
fn an_edit_is_in_the_history_before_and_after_and_undone_there() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = open(folder.path(), "WULF");
    tab(&mut harness, "History");
    assert!(has(&harness, "Nothing was changed since the starter book"));
    edit_first_deal(&mut harness);
    let found = rows(&harness);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("Edited deal"), "{found:?}");
    assert!(found[0].contains("term months"), "{found:?}");
    assert!(found[0].contains("→ 84"), "{found:?}");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    harness.run();
    harness.run();
    assert!(tables(&harness).contains("undone"), "{}", tables(&harness));
    // Of another company nothing was changed.
    press(&mut harness, Key::ArrowRight);
    harness.run();
    harness.run();
    assert_eq!(rows(&harness), Vec::<String>::new());
}

fn edit_first_deal(harness: &mut egui_kittest::Harness<'_, gigawatch::app::App>) {
    tab(harness, "Deals");
    press(harness, Key::ArrowDown);
    press(harness, Key::Enter);
    harness.run();
    let input = harness.get_by_role_and_label(Role::TextInput, "Base term");
    input.focus();
    harness.run();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.run();
    type_into(harness, "Base term", "7y");
    click(harness, "Save");
    assert!(harness.state().window().unwrap().ui.form.is_none());
    tab(harness, "History");
}

#[test]
fn a_deleted_note_stays_in_the_history() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = open(folder.path(), "WULF");
    tab(&mut harness, "Notes");
    assert!(has(&harness, "No note yet"));
    let notes = harness.get_all_by_label("New note…");
    notes.last().unwrap().click();
    harness.run();
    harness.run();
    let (role, label) = (Role::MultilineTextInput, "Note");
    harness.get_by_role_and_label(role, label).focus();
    harness.run();
    harness
        .get_by_role_and_label(role, label)
        .type_text("Watch the second phase");
    harness.run();
    click(&mut harness, "Save");
    harness
        .get_by_label_contains("Watch the second phase")
        .click_secondary();
    harness.run();
    click(&mut harness, "Delete");
    assert!(has(&harness, "No note yet"));
    tab(&mut harness, "History");
    let found = rows(&harness);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].contains("Deleted note"), "{found:?}");
    assert!(found[1].contains("Added note"), "{found:?}");
    assert!(found[1].contains("Watch the second phase"), "{found:?}");
}
