//! Columns of the watchlist in the real window: sets, own sets, formulas and
//! colours, chosen by what stands on the screen, and there after a restart.

use egui::{Key, Modifiers, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use gigawatch::app::App;
use gigawatch::ui::Settings;
use gigawatch::ui::page::watchlist::columns::{self, Column};
use gigawatch::ui::page::watchlist::scale::{Better, places};
use gigawatch::ui::page::watchlist::sets::BuiltIn;

use crate::flows::{open_sized, open_start, open_with_settings, start, type_into};

const SIZE: [f32; 2] = [1440.0, 900.0];

fn open(folder: &std::path::Path) -> Harness<'static, App> {
    open_sized(folder, SIZE, true, 1.0)
}

fn settings<'a>(harness: &'a Harness<'_, App>) -> &'a Settings {
    harness.state().window().unwrap().settings()
}

/// Titles from left to right, as they are written over the columns.
fn titles(harness: &Harness<'_, App>) -> Vec<String> {
    let shown = columns::shown(settings(harness));
    let titles = shown.iter().map(|shown| shown.title.to_string());
    titles.filter(|title| !title.is_empty()).collect()
}

fn click(harness: &mut Harness<'_, App>, role: Role, label: &str) {
    harness.get_by_role_and_label(role, label).click();
    harness.run();
}

/// Opens the menu of columns.
fn menu(harness: &mut Harness<'_, App>) {
    click(harness, Role::Button, "Columns…");
}

/// Clicks what may have to be scrolled to first.
fn reach(harness: &mut Harness<'_, App>, role: Role, label: &str) {
    harness.get_by_role_and_label(role, label).scroll_to_me();
    harness.run();
    click(harness, role, label);
}

fn tick(harness: &mut Harness<'_, App>, label: &str) {
    reach(harness, Role::CheckBox, label);
}

fn escape(harness: &mut Harness<'_, App>) {
    harness.key_press_modifiers(Modifiers::NONE, Key::Escape);
    harness.run();
}

/// The words of the rows from top to bottom.
fn rows(harness: &Harness<'_, App>) -> Vec<String> {
    let model = harness.state().window().unwrap().ui.watchlist.model();
    model.rows.iter().map(|row| row.label.clone()).collect()
}

/// What a cell of each row says, from top to bottom.
fn cells(harness: &Harness<'_, App>, title: &str) -> Vec<String> {
    let at = columns::shown(settings(harness))
        .iter()
        .position(|shown| shown.title == title)
        .unwrap();
    let table = harness.state().window().unwrap().ui.watchlist.model();
    let text = table.to_text();
    let cell = |line: &str| line.split('\t').nth(at).unwrap().to_owned();
    text.lines().skip(1).map(cell).collect()
}

#[test]
fn a_set_is_shown_with_one_click_and_the_default_comes_back_with_the_next() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = open(folder.path());
    let default = titles(&harness);
    assert!(default.contains(&"÷ debt".to_owned()), "{default:?}");
    click(&mut harness, Role::Button, "Debt columns");
    let expected = [
        "Company",
        "Debt",
        "Backlog ÷ debt",
        "Debt per MW",
        "Interest a year",
        "Coverage",
        "Cash",
        "BTC value",
        "Age",
    ];
    assert_eq!(titles(&harness), expected);
    for title in expected {
        harness.get_by_label(&format!("Sort by {title}"));
    }
    assert!(harness.query_by_label("Sort by YTD").is_none());
    click(&mut harness, Role::Button, "Debt columns");
    assert_eq!(titles(&harness), default);
}

#[test]
fn every_column_is_offered_once_and_every_title_has_room() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = open_sized(folder.path(), [1440.0, 3000.0], true, 1.0);
    menu(&mut harness);
    for measure in gigawatch::analytics::measure::Measure::ALL {
        let boxes = harness.query_all_by_role_and_label(Role::CheckBox, measure.label());
        assert_eq!(boxes.count(), 1, "{}", measure.label());
    }
    // Each measure on its own: nothing is squeezed by what stands beside it.
    let font = gigawatch::ui::theme::font(12.0, gigawatch::ui::theme::Weight::Medium);
    for measure in gigawatch::analytics::measure::Measure::ALL {
        let shown = columns::prepared(Column::Measure(*measure), settings(&harness));
        // The columns of the default are as wide as the smallest window lets them.
        let narrow = columns::DEFAULT.contains(&Column::Measure(*measure));
        let arrow = if narrow { "" } else { " ↓" };
        let title = format!("{}{arrow}", shown.title);
        let ctx = harness.ctx.clone();
        let width = ctx.fonts_mut(|fonts| {
            let colour = egui::Color32::WHITE;
            fonts
                .layout_no_wrap(title.clone(), font.clone(), colour)
                .size()
                .x
        });
        let room = shown.head().width - 6.0;
        assert!(width <= room, "{title} needs {width}, has {room}");
    }
}

#[test]
fn own_sets_are_saved_renamed_and_deleted_and_outlive_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = open(folder.path());
    click(&mut harness, Role::Button, "Power columns");
    menu(&mut harness);
    tick(&mut harness, "Age");
    type_into(&mut harness, "Name of the set", "Debt");
    reach(&mut harness, Role::Button, "Save set");
    harness.get_by_label("“Debt” is a set that comes with Gigawatch");
    assert_eq!(settings(&harness).column_sets, []);
    type_into(&mut harness, "Name of the set", " watts");
    reach(&mut harness, Role::Button, "Save set");
    let saved = settings(&harness).clone();
    assert_eq!(saved.column_sets.len(), 1);
    escape(&mut harness);
    click(&mut harness, Role::Button, "Valuation columns");
    drop(harness);

    let mut harness = open_start(start(folder.path()), SIZE, 1.0);
    assert_eq!(settings(&harness).column_sets, saved.column_sets);
    click(&mut harness, Role::Button, "Debt watts columns");
    assert_eq!(
        settings(&harness).watchlist_columns,
        saved.watchlist_columns
    );
    assert!(!titles(&harness).contains(&"Age".to_owned()));

    menu(&mut harness);
    reach(&mut harness, Role::Link, "Rename set Debt watts");
    type_into(&mut harness, "Name of the set", " now");
    reach(&mut harness, Role::Button, "Rename set");
    assert_eq!(settings(&harness).column_sets[0].name, "Debt watts now");
    reach(&mut harness, Role::Link, "Delete set Debt watts now");
    assert_eq!(settings(&harness).column_sets, []);
    reach(&mut harness, Role::Link, "Default columns");
    assert_eq!(titles(&harness).len(), columns::DEFAULT.len() - 1);
}

#[test]
fn a_formula_is_typed_wrongly_corrected_shown_sorted_and_coloured() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = open(folder.path());
    menu(&mut harness);
    reach(&mut harness, Role::Link, "New formula…");
    type_into(&mut harness, "Name", "Backlog over debt");
    type_into(&mut harness, "Formula", "backlo / debt");
    harness.get_by_label("At letter 1: “backlo” is no column; did you mean “backlog”?");
    reach(&mut harness, Role::Button, "Save formula");
    assert_eq!(settings(&harness).formulas, [], "nothing wrong is kept");

    harness
        .get_by_role_and_label(Role::TextInput, "Formula")
        .focus();
    harness.run();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.run();
    type_into(&mut harness, "Formula", "backlog / debt");
    harness.get_by_label("Unit: ×");
    reach(&mut harness, Role::Button, "Save formula");
    let title = "f Backlog over debt";
    assert_eq!(titles(&harness).last().unwrap(), title);
    assert_eq!(cells(&harness, title), cells(&harness, "÷ debt"));

    click(&mut harness, Role::Button, &format!("Sort by {title}"));
    let known = |text: &String| text != "—";
    let sorted = cells(&harness, title);
    let first_unknown = sorted.iter().position(|text| !known(text)).unwrap();
    assert!(first_unknown > 3, "{sorted:?}");
    assert!(!sorted[first_unknown..].iter().any(known), "{sorted:?}");
    click(&mut harness, Role::Button, &format!("Sort by {title}"));
    let turned = cells(&harness, title);
    assert_eq!(turned[first_unknown..], sorted[first_unknown..]);
    assert_eq!(turned[0], sorted[first_unknown - 1]);
    assert!(rows(&harness)[0].contains(title), "{}", rows(&harness)[0]);

    menu(&mut harness);
    let colours = format!("Colours of {title}: off");
    reach(&mut harness, Role::Button, &colours);
    escape(&mut harness);
    let tints = &harness
        .state()
        .window()
        .unwrap()
        .ui
        .watchlist
        .extras()
        .tints;
    let last: Vec<_> = tints.iter().map(|row| *row.last().unwrap()).collect();
    assert!(
        last[..first_unknown].iter().all(Option::is_some),
        "{last:?}"
    );
    assert!(last[first_unknown..].iter().all(Option::is_none));
    assert_ne!(last[0], last[first_unknown - 1]);
    let kept = settings(&harness).clone();
    drop(harness);
    let harness = open_start(start(folder.path()), SIZE, 1.0);
    assert_eq!(settings(&harness), &kept, "all of it outlives a restart");
    assert_eq!(cells(&harness, title), turned);
}

#[test]
fn a_formula_takes_its_name_along_and_leaves_nothing_behind() {
    use gigawatch::ui::page::watchlist::formulas::{delete, keep};
    let mut settings = Settings::default();
    keep(&mut settings, None, "Cover", "backlog / debt");
    settings.watchlist_sort = Some(("formula:Cover".to_owned(), true));
    let column = Column::Formula("Cover".to_owned());
    gigawatch::ui::page::watchlist::scale::set(&mut settings, &column, Some(Better::Higher));
    gigawatch::ui::page::watchlist::sets::save(&mut settings, "Mine");
    keep(&mut settings, Some("Cover"), "Times", "backlog / ev");
    let code = "formula:Times".to_owned();
    assert_eq!(settings.watchlist_columns.last(), Some(&code));
    assert_eq!(settings.column_sets[0].columns.last(), Some(&code));
    assert_eq!(settings.watchlist_sort, Some((code.clone(), true)));
    assert_eq!(settings.watchlist_scales.get(&code).unwrap(), "higher");
    delete(&mut settings, "Times");
    let text = toml::to_string(&settings).unwrap();
    assert!(!text.contains("Times") && !text.contains("Cover"), "{text}");
}

#[test]
fn a_column_that_is_not_known_is_kept_out_of_view_but_not_lost() {
    let text = r#"
        watchlist_columns = ["line", "company", "moon_phase", "debt_usd", "contracted_critical_mw"]
        [[column_sets]]
        name = "Later"
        columns = ["company", "tide"]
        [watchlist_scales]
        moon_phase = "sideways"
    "#;
    let mut settings: Settings = toml::from_str(text).unwrap();
    let shown = columns::shown(&settings);
    let titles: Vec<_> = shown.iter().map(|shown| shown.title.as_ref()).collect();
    assert_eq!(titles, ["", "Company", "Debt", "IT MW"]);
    columns::choose(&mut settings, &BuiltIn::Debt.columns());
    let text = toml::to_string_pretty(&settings).unwrap();
    let again: Settings = toml::from_str(&text).unwrap();
    assert_eq!(again, settings);
    for code in ["moon_phase", "tide", "sideways"] {
        assert!(text.contains(code), "{code} is lost in {text}");
    }
    assert_eq!(columns::chosen(&again), BuiltIn::Debt.columns());
}

#[test]
fn places_run_from_the_worst_to_the_best() {
    let check = |values: &[Option<f64>], better: Better, expected: &[Option<f32>]| {
        assert_eq!(places(values, better), expected, "{values:?}");
    };
    let three = [Some(1.0), None, Some(9.0), Some(2.0)];
    let none = [None; 4];
    check(
        &three,
        Better::Higher,
        &[Some(-1.0), None, Some(1.0), Some(0.0)],
    );
    check(
        &three,
        Better::Lower,
        &[Some(1.0), None, Some(-1.0), Some(0.0)],
    );
    check(&[Some(1.0), Some(2.0)], Better::Higher, &none[..2]);
    check(
        &[Some(3.0), Some(3.0), Some(3.0), None],
        Better::Higher,
        &none,
    );
    let equal = [Some(5.0), Some(5.0), Some(7.0)];
    check(&equal, Better::Higher, &[Some(-0.5), Some(-0.5), Some(1.0)]);
}

#[test]
fn columns_scroll_sideways_and_names_stay() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = open_sized(folder.path(), [1280.0, 800.0], true, 1.0);
    for set in BuiltIn::ALL {
        click(
            &mut harness,
            Role::Button,
            &format!("{} columns", set.label()),
        );
    }
    menu(&mut harness);
    let all: Vec<_> = gigawatch::analytics::measure::Measure::ALL.to_vec();
    for measure in all {
        let ticked = titles(&harness).len();
        let shown = columns::chosen(settings(&harness));
        if shown.contains(&Column::Measure(measure)) {
            continue;
        }
        tick(&mut harness, measure.label());
        assert_eq!(titles(&harness).len(), ticked + 1, "{}", measure.label());
    }
    escape(&mut harness);
    let before = harness.get_by_label("Sort by Company").rect();
    let last = harness.get_by_label("Sort by BTC sold, 12 mo").rect();
    assert!(
        last.left() > 980.0,
        "the last column is out of sight: {last}"
    );
    let row = harness.get_by(|node| {
        node.role() == Role::Row && node.label().is_some_and(|label| label.starts_with("IREN"))
    });
    let at = row.rect().left_center() + egui::vec2(300.0, 0.0);
    harness.hover_at(at);
    harness.event(egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: egui::vec2(-9000.0, 0.0),
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Unknown,
        modifiers: Modifiers::NONE,
    });
    harness.run_steps(8);
    let after = harness.get_by_label("Sort by Company").rect();
    assert!(
        (before.left() - after.left()).abs() < 1.0,
        "{before} {after}"
    );
    let sold = harness.get_by_label("Sort by BTC sold, 12 mo").rect();
    assert!(sold.right() < 980.0, "the last column is reached: {sold}");
}

#[test]
fn a_cell_offers_how_it_is_computed() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = open(folder.path());
    click(&mut harness, Role::Button, "Debt columns");
    let at = harness.get_by_label("Sort by Debt per MW").rect().center();
    let row = harness.get_by(|node| {
        node.role() == Role::Row && node.label().is_some_and(|label| label.starts_with("IREN"))
    });
    let at = egui::pos2(at.x, row.rect().center().y);
    harness.hover_at(at);
    harness.run();
    for pressed in [true, false] {
        harness.event(egui::Event::PointerButton {
            pos: at,
            button: egui::PointerButton::Secondary,
            pressed,
            modifiers: Modifiers::NONE,
        });
    }
    harness.run();
    click(&mut harness, Role::Button, "How is Debt per MW computed?");
    let dialog = &harness.state().window().unwrap().ui.dialog;
    let Some(gigawatch::ui::state::Dialog::Explain(explain)) = dialog else {
        panic!("the explanation is open");
    };
    assert_eq!(explain.measure.code(), "debt_per_mw_usd");
}

/// Opens the context menu of what has that label.
fn title_menu(harness: &mut Harness<'_, App>, label: &str) {
    harness.get_by_label(label).click_secondary();
    harness.run();
}

#[test]
fn a_title_offers_colours_and_can_be_taken_off() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = open(folder.path());
    title_menu(&mut harness, "Sort by Debt");
    click(&mut harness, Role::RadioButton, "Lower is better");
    assert_eq!(
        settings(&harness).watchlist_scales.get("debt_usd").unwrap(),
        "lower"
    );
    title_menu(&mut harness, "Sort by Debt");
    click(&mut harness, Role::RadioButton, "No colours");
    assert!(settings(&harness).watchlist_scales.is_empty());
    title_menu(&mut harness, "Sort by Debt");
    click(&mut harness, Role::Button, "Take this column off");
    assert!(!titles(&harness).contains(&"Debt".to_owned()));
}

#[test]
fn a_formula_is_edited_and_deleted() {
    let folder = tempfile::tempdir().unwrap();
    let written = "formulas = [{ name = \"Cover\", text = \"backlog / (debt\" }]\n\
        watchlist_columns = [\"company\", \"formula:Cover\"]\n";
    let mut harness = open_with_settings(folder.path(), SIZE, 1.0, written);
    let cells = cells(&harness, "f Cover");
    assert!(
        cells.iter().all(|cell| cell == "—"),
        "what is wrong has no value"
    );
    title_menu(&mut harness, "Sort by f Cover");
    click(&mut harness, Role::Button, "Edit formula…");
    harness.get_by_label("At letter 16: The formula ends where ) or an operator is expected");
    reach(&mut harness, Role::Link, "Delete this formula");
    assert_eq!(settings(&harness).formulas, []);
    assert_eq!(settings(&harness).watchlist_columns, ["company"]);
}

#[test]
fn menu_and_dialog_settle_in_every_size_and_theme() {
    for (dark, size) in [
        (true, [640.0, 400.0]),
        (false, [1280.0, 800.0]),
        (true, [1920.0, 1080.0]),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let mut harness = open_sized(folder.path(), size, dark, 1.0);
        menu(&mut harness);
        let _drawn = harness.render().unwrap();
        reach(&mut harness, Role::Link, "New formula…");
        type_into(&mut harness, "Formula", "ev + mw");
        harness.get_by_label("At letter 1: Cannot add USD and MW");
        let _drawn = harness.render().unwrap();
    }
}
