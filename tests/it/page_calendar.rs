//! The Calendar page in the real window: what is listed, filtered, sorted and
//! opened from it.

use egui::{Key, Modifiers, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use gigawatch::app::App;

use crate::flows::open_sized;
use crate::overlap::{overlaps, texts};

fn open(folder: &std::path::Path, size: [f32; 2], dark: bool) -> Harness<'static, App> {
    let mut harness = open_sized(folder, size, dark, 1.0);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Num8);
    harness.run();
    harness
}

fn rows(harness: &Harness<'_, App>) -> Vec<String> {
    let rows = harness.query_all_by_role(Role::Row);
    rows.filter_map(|row| row.accesskit_node().label())
        .collect()
}

fn click(harness: &mut Harness<'_, App>, label: &str) {
    harness.get_by_label(label).click();
    harness.run();
}

#[test]
fn rents_and_maturities_stand_in_the_order_of_their_dates() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = open(folder.path(), [1440.0, 900.0], true);
    let all = rows(&harness);
    assert!(
        all[0].starts_with("Jan 2027, Cipher Digital rent starts"),
        "{}",
        all[0]
    );
    let beacon = all.iter().position(|row| row.contains("Beacon Point"));
    let notes = all
        .iter()
        .position(|row| row.contains("7.125 % senior secured notes 2030"));
    assert!(beacon.unwrap() < notes.unwrap());
    click(&mut harness, "Rents");
    assert!(
        rows(&harness)
            .iter()
            .all(|row| row.contains(" rent starts, ") || row.contains(" term ends, "))
    );
    click(&mut harness, "Maturities");
    click(&mut harness, "Sort by Amount");
    assert!(rows(&harness)[0].contains("3.2"), "{:?}", rows(&harness)[0]);
    click(&mut harness, "Without a date");
    assert!(rows(&harness).iter().all(|row| row.starts_with('—')));
    assert_eq!(
        overlaps(&texts(&harness.output().shapes)),
        Vec::<String>::new()
    );
}

#[test]
fn enter_opens_the_record_of_the_event() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = open(folder.path(), [1280.0, 800.0], false);
    harness.key_press(Key::ArrowDown);
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    harness.get_by_label("Edit deal");
}

#[test]
fn the_chart_is_of_all_companies_or_of_the_one_chosen() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = open(folder.path(), [1280.0, 800.0], true);
    harness.get_by_label("Rent against maturities, all companies");
    let words = |harness: &Harness<'_, App>| {
        let ui = &harness.state().window().unwrap().ui;
        ui.calendar.timeline().replace('\u{202F}', " ")
    };
    let years = words(&harness);
    assert!(years.contains("\n2030: Rent due"), "{years}");
    click(&mut harness, "Quarters");
    let all = words(&harness);
    assert!(all.contains("Q4 2030: Rent due"), "{all}");
    harness
        .get_by_role_and_label(Role::ComboBox, "Company: All companies")
        .click();
    harness.run();
    click(&mut harness, "IREN");
    let one = words(&harness);
    assert!(one.contains("Rent left") && one != all, "{one}");
    harness.get_by_label("Rent against maturities");
}

#[test]
fn a_low_window_keeps_its_table() {
    let folder = tempfile::tempdir().unwrap();
    let harness = open(folder.path(), [900.0, 520.0], true);
    let chart = "Rent against maturities, all companies";
    assert!(harness.query_by_label(chart).is_none());
    assert!(!rows(&harness).is_empty());
}
