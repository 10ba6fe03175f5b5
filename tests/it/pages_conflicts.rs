//! The Conflicts page in the real window: what disagrees is listed; a pick with
//! its reason lasts over a restart, is undone and reopened; the dial closes it.

use std::path::Path;

use egui::{Key, Modifiers, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use gigawatch::analytics::conflicts::State;
use gigawatch::app::App;
use gigawatch::ui::{Action, Command};

use crate::flows::{open_sized, type_into};
use crate::overlap::{overlaps, texts};

const SHARE: &str = "TeraWulf, AI";

fn open(folder: &Path) -> Harness<'static, App> {
    let mut harness = open_sized(folder, [1440.0, 900.0], true, 1.0);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Num5);
    harness.run();
    harness
}

fn rows(harness: &Harness<'_, App>) -> Vec<String> {
    let rows = harness.query_all_by_role(Role::Row);
    rows.filter_map(|row| row.accesskit_node().label())
        .collect()
}

fn select(harness: &mut Harness<'_, App>, start: &str) {
    let row = harness.get_by(|node| {
        node.role() == Role::Row && node.label().is_some_and(|label| label.starts_with(start))
    });
    row.click();
    harness.run();
}

fn click(harness: &mut Harness<'_, App>, label: &str) {
    // The end of the pane may lie below the window.
    harness.get_by_label(label).scroll_to_me();
    harness.run();
    harness.get_by_label(label).click();
    harness.run();
}

fn open_count(harness: &Harness<'_, App>) -> usize {
    let window = harness.state().window().unwrap();
    window.derived().conflicts.open()
}

fn picked(harness: &Harness<'_, App>) -> usize {
    let list = &harness.state().window().unwrap().derived().conflicts.list;
    let picked = list.iter();
    picked
        .filter(|of| matches!(of.state, State::Picked(_)))
        .count()
}

#[test]
fn a_pick_with_its_reason_lasts_over_a_restart_and_is_undone_and_reopened() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = open(folder.path());
    assert_eq!(rows(&harness).len(), 5, "{:?}", rows(&harness));
    harness.get_by_label("5 open conflicts");
    select(&mut harness, SHARE);
    assert_eq!(
        overlaps(&texts(&harness.output().shapes)),
        Vec::<String>::new()
    );
    type_into(&mut harness, "Why", "from the filing");
    let computed = harness.get_by_label_contains("Use 61.8").accesskit_node();
    let computed = computed.label().unwrap();
    click(&mut harness, &computed);
    assert_eq!((open_count(&harness), picked(&harness)), (4, 1));
    harness.get_by_label("4 open conflicts");
    harness.get_by_label_contains("from the filing");

    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    harness.run();
    assert_eq!(open_count(&harness), 5);
    let both = Modifiers::COMMAND.plus(Modifiers::SHIFT);
    harness.key_press_modifiers(both, Key::Z);
    harness.run();
    assert_eq!(picked(&harness), 1);
    drop(harness);

    let mut harness = open(folder.path());
    assert_eq!((open_count(&harness), picked(&harness)), (4, 1));
    click(&mut harness, "Open only");
    assert_eq!(rows(&harness).len(), 4);
    click(&mut harness, "Open only");
    select(&mut harness, SHARE);
    harness.get_by_label_contains("from the filing");
    click(&mut harness, "Reopen");
    assert_eq!(open_count(&harness), 5);
}

#[test]
fn both_may_stand() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = open(folder.path());
    for (start, left) in [("Listed miners", 4), ("Galaxy", 3), ("Core Scientific", 2)] {
        select(&mut harness, start);
        click(&mut harness, "Both stand");
        assert_eq!(open_count(&harness), left, "{start}");
        assert_eq!(picked(&harness), 0);
    }
    click(&mut harness, "Reopen");
    assert_eq!(open_count(&harness), 3);
}

#[test]
fn nothing_is_decided_on_a_day_that_is_past() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = open(folder.path());
    let act = |harness: &mut Harness<'_, App>, action: Action| {
        harness.state().window().unwrap().act(action);
        harness.run();
    };
    act(
        &mut harness,
        Action::SetAsOf(Some("2026-06-30".parse().unwrap())),
    );
    act(&mut harness, Action::Run(Command::GoConflicts));
    let before = open_count(&harness);
    select(&mut harness, "Listed miners");
    click(&mut harness, "Both stand");
    assert_eq!(open_count(&harness), before);
    let window = harness.state().window().unwrap();
    assert_eq!(window.book().pins().count(), 0);
    let told = &window.status().messages.last().unwrap().text;
    assert!(told.starts_with("The dial is on 30 Jun 2026"), "{told}");
}
