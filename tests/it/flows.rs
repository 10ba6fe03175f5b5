//! The story of the window, driven through its accessibility tree: a deal is
//! typed, saved, undone, redone, there after a restart; wrong input is refused;
//! prices are imported with bad rows; every page settles in both themes.

use std::path::Path;
use std::sync::Arc;

use egui::{Key, Modifiers, Role};
use egui_kittest::kittest::Queryable as _;
use egui_kittest::{Harness, HarnessBuilder};

use gigawatch::app::{App, Start, window};
use gigawatch::paths::Paths;

use crate::support::CpuRenderer;

/// A start in that folder, at a fixed time, with all work done at once.
pub fn start(folder: &Path) -> Start {
    let now: jiff::Zoned = "2026-11-21T14:05:00+00:00[UTC]".parse().unwrap();
    Start {
        paths: Paths::in_one(folder),
        clock: Arc::new(move || now.clone()),
        wake: Arc::new(|| {}),
        inline: true,
        network: None,
    }
}

/// The app on the book in that folder, settled.
pub fn open_sized(folder: &Path, size: [f32; 2], dark: bool, scale: f32) -> Harness<'static, App> {
    let choice = if dark { "dark" } else { "light" };
    open_with_settings(folder, size, scale, &format!("theme = \"{choice}\"\n"))
}

/// The same with these preferences.
pub fn open_with_settings(
    folder: &Path,
    size: [f32; 2],
    scale: f32,
    settings: &str,
) -> Harness<'static, App> {
    std::fs::write(folder.join("settings.toml"), settings).unwrap();
    open_start(start(folder), size, scale)
}

/// The app of that start, settled.
pub fn open_start(start: Start, size: [f32; 2], scale: f32) -> Harness<'static, App> {
    // The harness sets a theme once the app is made, over what the app has set.
    let settings = std::fs::read_to_string(start.paths.settings_file()).unwrap_or_default();
    let theme = if settings.contains("theme = \"light\"") {
        egui::Theme::Light
    } else {
        egui::Theme::Dark
    };
    let mut harness = HarnessBuilder::default()
        .with_theme(theme)
        .with_size(size)
        .with_pixels_per_point(scale)
        .with_render_cursor(false)
        .renderer(CpuRenderer::default())
        .build_eframe(move |cc| window::create(&cc.egui_ctx, start));
    harness.run();
    harness
}

fn open(folder: &Path) -> Harness<'static, App> {
    open_sized(folder, [1440.0, 900.0], true, 1.0)
}

pub fn press(harness: &mut Harness<'_, App>, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run();
}

/// Types into the input of that label.
pub fn type_into(harness: &mut Harness<'_, App>, label: &str, text: &str) {
    harness
        .get_by_role_and_label(Role::TextInput, label)
        .focus();
    harness.run();
    harness
        .get_by_role_and_label(Role::TextInput, label)
        .type_text(text);
    harness.run();
}

fn deals(harness: &Harness<'_, App>) -> usize {
    harness.state().window().unwrap().book().deals().count()
}

fn hut_backlog(harness: &Harness<'_, App>) -> String {
    let rows = &harness.state().window().unwrap().derived().watchlist;
    let hut = rows
        .iter()
        .find(|row| row.symbol.as_deref() == Some("HUT"))
        .unwrap();
    hut.backlog_usd
        .as_ref()
        .unwrap()
        .value
        .normalize()
        .to_string()
}

const SHIFT_CTRL: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

fn enter_beacon_point(harness: &mut Harness<'_, App>) {
    press(harness, Modifiers::COMMAND, Key::N);
    for (label, text) in [
        ("Company", "Hut 8"),
        ("Counterparty", "Undisclosed tenant"),
        ("Base value", "9.8b"),
        ("Critical IT load", "352 MW"),
        ("Base term", "15y"),
        ("Rent start", "Q3 2027"),
        ("Source link", "https://example.com/beacon-point"),
    ] {
        type_into(harness, label, text);
    }
}

#[test]
fn a_deal_is_typed_saved_undone_redone_and_there_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = open(folder.path());
    let (before, backlog) = (deals(&harness), hut_backlog(&harness));
    enter_beacon_point(&mut harness);
    harness.get_by_label_contains("1.86");
    harness.get_by_label_contains("155");
    harness.get_by_label_contains("in the usual range for leases");
    harness.get_by_label("Save").click();
    harness.run();
    assert_eq!(deals(&harness), before + 1, "the deal is in the book");
    assert_ne!(hut_backlog(&harness), backlog, "and in the total");
    assert!(
        harness.query_by_label("Base value").is_none(),
        "the form is closed"
    );

    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(
        (deals(&harness), hut_backlog(&harness)),
        (before, backlog.clone())
    );
    press(&mut harness, SHIFT_CTRL, Key::Z);
    assert_eq!(deals(&harness), before + 1);
    drop(harness);

    let mut harness = open(folder.path());
    assert_eq!(deals(&harness), before + 1, "it is there after a restart");
    let undo = harness
        .state()
        .window()
        .unwrap()
        .status()
        .undo
        .clone()
        .unwrap();
    assert!(undo.contains("Hut 8"), "undo names what it does: {undo}");
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!((deals(&harness), hut_backlog(&harness)), (before, backlog));
}

#[test]
fn a_deal_is_edited_and_deleted_and_both_are_undone() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = open(folder.path());
    let before = harness.state().window().unwrap().book().clone();
    harness.get_by_role_and_label(Role::Tab, "Deals").click();
    harness.run();
    let row = harness.get_by(|node| {
        node.role() == Role::Row
            && node
                .label()
                .is_some_and(|l| l.contains("Beacon Point") && l.contains("9.8"))
    });
    row.click();
    harness.run();
    press(&mut harness, Modifiers::NONE, Key::Delete);
    assert_eq!(deals(&harness), before.deals().count() - 1, "deleted");
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(
        harness.state().window().unwrap().book(),
        &before,
        "undo brings all of it back"
    );
}

#[test]
fn wrong_input_is_refused_beside_its_field_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = open(folder.path());
    let before = harness.state().window().unwrap().book().clone();
    press(&mut harness, Modifiers::COMMAND, Key::N);
    type_into(&mut harness, "Company", "Hutt 9");
    type_into(&mut harness, "Base value", "1.234,5");
    type_into(&mut harness, "Base term", "15");
    for reading in ["1.2345", "15y", "Hutt 9"] {
        let mut said = harness.query_all_by_label_contains(reading);
        assert!(said.next().is_some(), "{reading} is named beside its field");
    }
    harness.get_by_label("Save").click();
    harness.run();
    assert_eq!(harness.state().window().unwrap().book(), &before);
    assert!(
        harness.query_by_label("Save").is_some(),
        "the form stays open"
    );
}

#[test]
fn escape_asks_only_if_something_was_typed() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = open(folder.path());
    press(&mut harness, Modifiers::COMMAND, Key::N);
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(
        harness.query_by_label("Base value").is_none(),
        "nothing was typed: closed"
    );
    press(&mut harness, Modifiers::COMMAND, Key::N);
    type_into(&mut harness, "Counterparty", "Someone");
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(
        harness.query_by_label("Counterparty").is_some(),
        "typed text is not thrown away"
    );
}

#[test]
fn prices_are_imported_with_bad_rows_listed_and_the_chart_becomes_daily() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = open(folder.path());
    let file = folder.path().join("IREN.csv");
    std::fs::write(
        &file,
        "Date,Close\n2026-10-06,33.10\n2026-10-07,33.90\n2026-10-08,zero\n2026-10-09,35.20\n",
    )
    .unwrap();
    press(&mut harness, Modifiers::COMMAND, Key::I);
    type_into(&mut harness, "Path", &file.display().to_string());
    press(&mut harness, Modifiers::NONE, Key::Enter);
    harness.run();
    assert!(
        harness
            .query_all_by_label_contains("not a number")
            .next()
            .is_some()
    );
    let take = harness.get_by_role_and_label(Role::Button, "Take 3 rows");
    take.click();
    harness.run();
    let window = harness.state().window().unwrap();
    let row = window
        .derived()
        .watchlist
        .iter()
        .find(|row| row.symbol.as_deref() == Some("IREN"))
        .unwrap();
    assert_eq!(
        row.last.as_ref().unwrap().value.0,
        35.20,
        "the file's close is taken"
    );
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    let window = harness.state().window().unwrap();
    let row = window
        .derived()
        .watchlist
        .iter()
        .find(|row| row.symbol.as_deref() == Some("IREN"))
        .unwrap();
    assert_eq!(
        row.last.as_ref().unwrap().value.0,
        35.19,
        "undo brings the stored close back"
    );
}

/// A file dropped on the window.
#[derive(Debug)]
pub struct Dropped(pub std::path::PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

#[test]
fn a_dropped_file_is_previewed_and_a_dropped_book_is_asked_about() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = open(folder.path());
    let prices = folder.path().join("NEWCO.csv");
    std::fs::write(
        &prices,
        "Date;Close\r\n2026-10-08;12,50\r\n2026-10-09;12,75",
    )
    .unwrap();
    let drop = |harness: &mut Harness<'_, App>, path: &Path| {
        let file: Arc<dyn egui::DroppedFile + Send + Sync> = Arc::new(Dropped(path.to_path_buf()));
        harness.input_mut().dropped_files.push(file);
        harness.run();
        harness.run();
    };
    drop(&mut harness, &prices);
    harness
        .get_by_role_and_label(Role::Button, "Take 2 rows")
        .click();
    harness.run();
    let book = harness.state().window().unwrap().book();
    assert!(
        book.instrument_by_symbol("NEWCO").is_some(),
        "a new symbol becomes an instrument"
    );
    let written = gigawatch::exchange::book_file::write(book).unwrap();
    let file = folder.path().join("book.json");
    std::fs::write(&file, written).unwrap();
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert!(
        harness
            .state()
            .window()
            .unwrap()
            .book()
            .instrument_by_symbol("NEWCO")
            .is_none()
    );
    drop(&mut harness, &file);
    harness
        .get_by_role_and_label(Role::Button, "Import")
        .click();
    harness.run();
    assert!(
        harness
            .state()
            .window()
            .unwrap()
            .book()
            .instrument_by_symbol("NEWCO")
            .is_some()
    );
}

#[test]
fn what_was_deleted_of_the_starter_book_comes_back_when_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = open(folder.path());
    let before = harness.state().window().unwrap().book().clone();
    harness
        .get_by(|node| {
            node.role() == Role::Row && node.label().is_some_and(|l| l.starts_with("HUT"))
        })
        .click();
    harness.run();
    press(&mut harness, Modifiers::NONE, Key::Delete);
    assert!(
        harness
            .state()
            .window()
            .unwrap()
            .book()
            .company_by_symbol("HUT")
            .is_none()
    );
    harness.get_by_role_and_label(Role::Tab, "Settings").click();
    harness.run();
    harness.get_by_label("Restore starter book…").scroll_to_me();
    harness.run();
    harness.get_by_label("Restore starter book…").click();
    harness.run();
    assert!(
        harness.state().window().unwrap().book() != &before,
        "it asks first"
    );
    harness
        .get_by_role_and_label(Role::Button, "Restore")
        .click();
    harness.run();
    assert_eq!(harness.state().window().unwrap().book(), &before);
}

#[test]
fn a_second_window_reads_and_says_that_it_cannot_save() {
    let folder = tempfile::tempdir().unwrap();
    let first = open(folder.path());
    let mut second = open(folder.path());
    let before = deals(&second);
    assert!(
        second
            .state()
            .window()
            .unwrap()
            .status()
            .read_only
            .is_some()
    );
    enter_beacon_point(&mut second);
    second.get_by_label("Save").click();
    second.run();
    assert_eq!(deals(&second), before, "nothing is shown that is not saved");
    drop(first);
}

#[test]
fn every_page_settles_in_both_themes_at_every_scale() {
    let folder = tempfile::tempdir().unwrap();
    for size in [[1280.0, 800.0], [1920.0, 1080.0]] {
        for dark in [true, false] {
            for scale in [1.0, 1.5, 2.0] {
                let mut harness = open_sized(folder.path(), size, dark, scale);
                for page in ["Deals", "Debt", "Settings", "Watchlist"] {
                    harness.get_by_role_and_label(Role::Tab, page).click();
                    harness.run();
                }
            }
        }
    }
}

#[test]
fn a_damaged_book_is_named_with_the_newest_good_copy_and_restored() {
    let folder = tempfile::tempdir().unwrap();
    drop(open(folder.path()));
    let file = folder.path().join("gigawatch.sqlite");
    std::fs::write(
        &file,
        "no database at all, but long enough to be looked at ".repeat(400),
    )
    .unwrap();
    let mut harness = open(folder.path());
    assert!(harness.state().window().is_none(), "it does not open");
    let restore = harness.get_by(|node| {
        node.role() == Role::Button && node.label().is_some_and(|l| l.starts_with("Restore"))
    });
    restore.click();
    harness.run();
    assert!(deals(&harness) > 20, "the copy of the day is open");
}
