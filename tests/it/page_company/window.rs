//! Turning to a company, its key figures, and how the page fits.

use egui::{Key, Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use gigawatch::analytics::measure::Measure;
use gigawatch::analytics::switches::{
    ConvertBasis, DebtBasis, LoadBasis, ShareBasis, Switches, ValueBasis,
};
use gigawatch::model::RecordKind;
use gigawatch::ui::Action;
use gigawatch::ui::page::company::{Tab, cluster};
use gigawatch::ui::state::{Dialog, Page};
use gigawatch::ui::switches::told;

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

#[test]
fn the_pane_says_what_the_switches_make_of_a_figure() {
    let check = |measure, change: &dyn Fn(&mut Switches), expected: Option<&str>| {
        let mut now = Switches::default();
        change(&mut now);
        assert_eq!(told(measure, now).as_deref(), expected, "{measure:?}");
    };
    let options: &dyn Fn(&mut Switches) = &|now| now.value = ValueBasis::WithOptions;
    let gross: &dyn Fn(&mut Switches) = &|now| now.load = LoadBasis::Gross;
    let sum: &dyn Fn(&mut Switches) = &|now| now.debt = DebtBasis::Instruments;
    let shares: &dyn Fn(&mut Switches) = &|now| now.converts = ConvertBasis::IfConverted;
    check(Measure::Backlog, &|_| {}, None);
    check(Measure::Backlog, options, Some("options"));
    check(Measure::Backlog, gross, None);
    check(Measure::ContractedMw, gross, Some("gross"));
    check(Measure::BacklogToDebt, sum, Some("instruments"));
    check(Measure::Debt, shares, Some("if converted"));
    check(Measure::AiRevenueShare, options, None);
    let whole: &dyn Fn(&mut Switches) = &|now| {
        now.value = ValueBasis::WithOptions;
        now.share = ShareBasis::Whole;
    };
    check(Measure::Backlog, whole, Some("options, 100 %"));
}

#[test]
fn a_timeline_without_dates_says_so_and_shows_no_debt_of_zero() {
    let folder = tempfile::tempdir().unwrap();
    let harness = open(folder.path(), "RIOT");
    let ui = &harness.state().window().unwrap().ui;
    let words = ui.company.timeline();
    assert!(words.contains("no instrument is entered"), "{words}");
    assert!(!words.contains("debt 0"), "{words}");
}

#[test]
fn a_form_is_not_covered_by_the_tooltip_of_what_lies_below_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = open(folder.path(), "WULF");
    let hint = "Critical IT load";
    let title = harness.get_by_role_and_label(Role::Label, "IT MW");
    let at = title.rect().center();
    harness.hover_at(at);
    harness.run_steps(60);
    let shown = |harness: &egui_kittest::Harness<'_, gigawatch::app::App>| {
        harness.query_by_role_and_label(Role::Label, hint).is_some()
    };
    assert!(shown(&harness), "the tooltip is open");
    let id = company(&harness, "WULF");
    act(&mut harness, Action::New(RecordKind::Note, Some(id)));
    assert!(!shown(&harness), "the form lies over it");
}

#[test]
fn tabs_are_reached_in_a_low_window() {
    let folder = tempfile::tempdir().unwrap();
    // As large as the smallest window is with text at twice its size.
    let mut harness = open_at(folder.path(), "WULF", [640.0, 400.0], true);
    harness
        .get_by_role_and_label(Role::Button, "History")
        .scroll_to_me();
    harness.run_steps(60);
    tab(&mut harness, "Power");
    assert_eq!(harness.state().window().unwrap().ui.company.tab, Tab::Power);
}
