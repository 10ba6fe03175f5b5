//! Turning to a company, its key figures, and how the page fits.

use egui::{Key, Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use gigawatch::ui::Action;
use gigawatch::ui::page::company::{Tab, cluster};
use gigawatch::ui::state::{Dialog, Page};

use super::{act, click, company, has, open, open_at, press, tab};
use crate::overlap::{overlaps, texts};

#[test]
fn a_company_is_picked_by_keys_and_in_the_box() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = open(folder.path(), "WULF");
    let selected = |harness: &egui_kittest::Harness<'_, gigawatch::app::App>| {
        harness.state().window().unwrap().ui.selected
    };
    let wulf = Some(company(&harness, "WULF"));
    assert_eq!(selected(&harness), wulf);
    press(&mut harness, Key::ArrowRight);
    harness.run();
    assert_ne!(selected(&harness), wulf);
    press(&mut harness, Key::ArrowLeft);
    harness.run();
    assert_eq!(selected(&harness), wulf);
    let combo = harness.get_by(|node| {
        let label = node.label().unwrap_or_default();
        node.role() == Role::ComboBox && label.starts_with("Company: WULF")
    });
    combo.click();
    harness.run();
    harness.get_by_label("HUT  Hut 8").click();
    harness.run();
    harness.run();
    assert_eq!(selected(&harness), Some(company(&harness, "HUT")));
    assert!(has(&harness, "Company: HUT  Hut 8"));
}

#[test]
fn key_figures_have_names_and_explain_themselves() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = open(folder.path(), "WULF");
    for name in [
        "Backlog: 1",
        "Debt: 5.",
        "Backlog ÷ debt: ",
        "EV: ",
        "Backlog ÷ EV: ",
        "EV per MW: ",
        "Contracted MW: ",
        "AI revenue share: ",
        "BTC held: ",
        "Next rent: ",
        "YTD ",
        "vs BTC ",
    ] {
        assert!(has(&harness, name), "{name}");
    }
    let share = harness.get_by_label_contains("AI revenue share: ");
    share.click();
    harness.run();
    harness.run();
    let ui = &harness.state().window().unwrap().ui;
    assert!(matches!(ui.dialog, Some(Dialog::Explain(_))));
    press(&mut harness, Key::Escape);
    harness.run();
    assert!(harness.state().window().unwrap().ui.dialog.is_none());
    harness.get_by_label_contains("Next rent: ").click();
    harness.run();
    assert_eq!(harness.state().window().unwrap().ui.company.tab, Tab::Deals);
}

#[test]
fn it_is_opened_from_the_pane_of_the_watchlist_and_its_row() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = crate::flows::open_sized(folder.path(), [1440.0, 900.0], true, 1.0);
    click(&mut harness, "Open");
    let page = |harness: &egui_kittest::Harness<'_, gigawatch::app::App>| {
        harness.state().window().unwrap().ui.page
    };
    assert_eq!(page(&harness), Page::Company);
    harness.key_press_modifiers(egui::Modifiers::COMMAND, Key::Num1);
    harness.run();
    let row = harness.get_by(|node| {
        node.role() == Role::Row && node.label().is_some_and(|label| label.contains("Hut 8"))
    });
    row.click_secondary();
    harness.run();
    click(&mut harness, "Open company page");
    assert_eq!(page(&harness), Page::Company);
    assert!(has(&harness, "Company: HUT"));
}

#[test]
fn a_figure_of_the_pane_explains_itself() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = crate::flows::open_sized(folder.path(), [1440.0, 900.0], true, 1.0);
    let figure = harness.get_by(|node| {
        let label = node.label().unwrap_or_default();
        node.role() == Role::Button && label.starts_with("Backlog ÷ debt: ")
    });
    figure.click();
    harness.run();
    harness.run();
    assert!(has(&harness, "How this is computed"));
}

#[test]
fn every_tab_fits_at_either_size_and_in_both_themes() {
    for (size, dark) in [
        ([1280.0, 800.0], true),
        ([1920.0, 1080.0], false),
        ([760.0, 800.0], true),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let mut harness = open_at(folder.path(), "WULF", size, dark);
        for name in Tab::ALL {
            tab(&mut harness, name.label());
            assert_eq!(harness.state().window().unwrap().ui.company.tab, *name);
            let found = overlaps(&texts(&harness.output().shapes));
            assert_eq!(found, Vec::<String>::new(), "{name:?} at {size:?}");
        }
    }
}

#[test]
fn marks_that_would_touch_are_gathered() {
    let check = |xs: &[f32], expected: &[&[usize]]| {
        let places: Vec<_> = xs.iter().map(|x| (*x, 10.0)).enumerate().collect();
        let clusters = cluster(&places, 14.0);
        let members: Vec<_> = clusters.iter().map(|of| of.members.as_slice()).collect();
        assert_eq!(members, expected, "{xs:?}");
        for (of, next) in clusters.iter().zip(clusters.iter().skip(1)) {
            assert!(of.at.0 < next.at.0);
        }
    };
    check(&[], &[]);
    check(&[5.0], &[&[0]]);
    check(&[5.0, 18.9], &[&[0, 1]]);
    check(&[5.0, 19.0], &[&[0], &[1]]);
    // A long row of neighbours does not become one mark.
    check(&[0.0, 8.0, 16.0, 24.0, 32.0], &[&[0, 1], &[2, 3], &[4]]);
    check(&[0.0, 0.0, 0.0], &[&[0, 1, 2]]);
    let two = cluster(&[(3, (0.0, 10.0)), (7, (10.0, 20.0))], 14.0);
    assert_eq!(two[0].at, (5.0, 15.0), "the mark stands in the middle");
    assert_eq!(two[0].members, [3, 7]);
}

#[test]
fn a_mark_on_the_line_opens_its_record_or_lists_what_it_gathers() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = open_at(folder.path(), "HUT", [1920.0, 1080.0], true);
    let marks: Vec<String> = harness
        .query_all_by_role(Role::Button)
        .filter_map(|node| node.accesskit_node().label())
        .filter(|label| label.contains(": deal ") || label.contains(": issued "))
        .collect();
    let (many, single): (Vec<String>, Vec<String>) =
        marks.into_iter().partition(|label| label.contains("; "));
    let form = |harness: &egui_kittest::Harness<'_, gigawatch::app::App>| {
        harness.state().window().unwrap().ui.form.is_some()
    };
    // The starter book dates deals of Hut 8 near and far from one another.
    click(&mut harness, &many[0]);
    assert!(!form(&harness), "first it is asked which");
    let (first, _) = many[0].split_once("; ").unwrap();
    click(&mut harness, first);
    assert!(form(&harness));
    act(&mut harness, Action::CloseForm);
    click(&mut harness, &single[0]);
    assert!(form(&harness));
}
