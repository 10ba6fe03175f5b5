//! What a careful first user tries in the window: the keyboard alone, small
//! windows, answers to questions.

use egui::{Key, Modifiers, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use gigawatch::app::App;

use crate::flows::{open_sized, type_into};

fn press(harness: &mut Harness<'_, App>, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run();
}

fn has_focus(harness: &Harness<'_, App>, role: Role, label: &str) -> bool {
    harness.get_by_role_and_label(role, label).is_focused()
}

#[test]
fn tab_leaves_the_list_of_companies_for_the_next_field() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = open_sized(folder.path(), [1280.0, 800.0], true, 1.0);
    press(&mut harness, Modifiers::COMMAND, Key::N);
    type_into(&mut harness, "Company", "Hut");
    harness.get_by_label("Hut 8  HUT");
    press(&mut harness, Modifiers::NONE, Key::Tab);
    assert!(has_focus(&harness, Role::TextInput, "Counterparty"));
    harness.get_by_label("= Hut 8 (HUT)");
}

#[test]
fn the_question_whether_to_discard_is_answered_with_the_keyboard() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = open_sized(folder.path(), [1280.0, 800.0], true, 1.0);
    press(&mut harness, Modifiers::COMMAND, Key::N);
    type_into(&mut harness, "Counterparty", "Acme");
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(has_focus(&harness, Role::Button, "Keep typing"));
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(has_focus(&harness, Role::TextInput, "Counterparty"));
    press(&mut harness, Modifiers::NONE, Key::Escape);
    press(&mut harness, Modifiers::NONE, Key::Tab);
    assert!(has_focus(&harness, Role::Button, "Discard"));
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(harness.query_by_label("Counterparty").is_none());
}

#[test]
fn the_tables_header_does_not_overlap_in_a_small_window() {
    let folder = tempfile::tempdir().unwrap();
    for width in [640.0, 900.0] {
        let harness = open_sized(folder.path(), [width, 560.0], true, 1.0);
        let count = harness.get_by_label("16 miners").rect();
        let tools = harness.query_by_label("Add company…");
        let next = tools.unwrap_or_else(|| harness.get_by_label("Columns…"));
        assert!(count.right() <= next.rect().left(), "at {width}");
    }
}

fn companies(harness: &Harness<'_, App>) -> usize {
    let book = harness.state().window().unwrap().book();
    book.companies().count()
}

#[test]
fn the_watchlist_needs_no_mouse() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = open_sized(folder.path(), [1280.0, 800.0], true, 1.0);
    let all = companies(&harness);
    press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(harness.query_by_label("Fiscal year end").is_some());
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(harness.query_by_label("Fiscal year end").is_none());
    press(&mut harness, Modifiers::NONE, Key::Delete);
    assert_eq!(companies(&harness), all - 1);
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(companies(&harness), all);
}

#[test]
fn an_empty_watchlist_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = open_sized(folder.path(), [1280.0, 800.0], true, 1.0);
    while companies(&harness) > 0 {
        press(&mut harness, Modifiers::NONE, Key::ArrowDown);
        press(&mut harness, Modifiers::NONE, Key::Delete);
    }
    harness.get_by_label_contains("No company yet");
    for page in ["Deals", "Debt", "Settings", "Watchlist"] {
        harness.get_by_role_and_label(Role::Tab, page).click();
        harness.run();
    }
    drop(harness);
    let harness = open_sized(folder.path(), [1280.0, 800.0], true, 1.0);
    assert_eq!(companies(&harness), 0, "the starter book stays away");
}

#[test]
fn a_window_that_cannot_save_does_not_say_so_as_a_success() {
    let folder = tempfile::tempdir().unwrap();
    let first = open_sized(folder.path(), [1280.0, 800.0], true, 1.0);
    let second = open_sized(folder.path(), [1280.0, 800.0], true, 1.0);
    let messages = &second.state().window().unwrap().status().messages;
    let notice = messages
        .iter()
        .find(|message| message.text.contains("reading only"))
        .unwrap();
    assert_eq!(notice.tone, gigawatch::ui::state::Tone::Failed);
    drop(first);
}
