//! What lies over the pages, driven through the whole window: messages, the
//! command box, Settings, the path dialog, questions and the import of prices.

mod import;
mod world;

use std::path::PathBuf;

use egui::{Key, Role};
use egui_kittest::kittest::Queryable as _;
use gigawatch::model::{CompanyId, Day};
use gigawatch::ui::dialog::path::{PathDialog, Purpose};
use gigawatch::ui::palette::{Target, entries};
use gigawatch::ui::state::{Backup, Confirm, Dialog, Message, Page, Tone};
use gigawatch::ui::theme::{Scheme, ThemeChoice};
use gigawatch::ui::{Action, Command, Settings};
use uuid::Uuid;

use self::import::{BAD_ROWS, UNKNOWN, YAHOO};
use self::world::{World, day, window};
use crate::support::harness;

fn message(id: u64, tone: Tone, text: &str, on_screen: bool) -> Message {
    Message {
        id,
        tone,
        text: text.to_owned(),
        at: "14:05".to_owned(),
        on_screen,
        until: None,
    }
}

fn messages() -> Vec<Message> {
    vec![
        message(0, Tone::Done, "Added company Hut 8", false),
        message(1, Tone::Done, "Added deal Hut 8 – Beacon Point", false),
        message(2, Tone::Done, "Took 1,204 rows of IREN", true),
        message(
            3,
            Tone::Failed,
            "The book could not be written to /mnt/stick/book.json: there is no room left. Free some, then export again.",
            true,
        ),
    ]
}

#[test]
fn a_failed_message_is_dismissed() {
    let mut world = World::new();
    world.status.messages = messages();
    let mut window = window(world);
    window.get_by_label("Took 1,204 rows of IREN");
    assert!(
        window
            .query_by_label("Added deal Hut 8 – Beacon Point")
            .is_none()
    );
    window
        .get_by_role_and_label(
            Role::Button,
            "Dismiss: The book could not be written to /mnt/stick/book.json: there is no room left. Free some, then export again.",
        )
        .click();
    window.run();
    assert_eq!(window.state().taken(), [Action::DismissMessage(3)]);
}

#[test]
fn the_panel_lists_the_newest_first_and_closes() {
    let mut world = World::new();
    world.status.messages = messages();
    world.ui.messages_open = true;
    let mut window = window(world);
    let top = |text: &str| window.get_by_label(text).rect().top();
    let newer = top("Added deal Hut 8 – Beacon Point");
    let older = top("Added company Hut 8");
    assert!(newer < older);
    window.get_by_role_and_label(Role::Link, "Copy all").click();
    window.run();
    window.key_press(Key::Escape);
    window.run();
    assert!(!window.state().ui.messages_open);
}

#[test]
fn the_command_box_finds_by_every_name() {
    let mut world = World::new();
    world.status.undo = Some("add deal Hut 8 – Beacon Point".to_owned());
    let first = |text: &str| {
        let found = entries(&world.cx(true), text);
        found
            .first()
            .map(|entry| entry.text.clone())
            .unwrap_or_default()
    };
    for (text, expected) in [
        ("", "New deal…"),
        ("iren", "IREN"),
        ("hut 8", "HUT"),
        ("bitf", "KEEL"),
        ("infra", "KEEL"),
        ("deal", "Deals"),
        ("new de", "New deal…"),
        ("deal new", "New deal…"),
        ("undo", "Undo: add deal Hut 8 – Beacon Point"),
        ("redo", ""),
        ("imppr", "Import prices…"),
        ("zzz", ""),
    ] {
        assert_eq!(first(text), expected, "{text:?}");
    }
    let company = CompanyId(Uuid::from_u128(11));
    let found = entries(&world.cx(true), "IREN");
    assert_eq!(found.first().unwrap().target, Target::Company(company));
    let all = entries(&world.cx(true), "");
    assert!(
        all.iter()
            .all(|entry| entry.target != Target::Command(Command::Palette))
    );
}

#[test]
fn the_command_box_is_used_by_keyboard() {
    let mut world = World::new();
    world.ui.palette.open = true;
    let mut window = window(world);
    let field = window.get_by_role_and_label(Role::TextInput, "Search or run a command…");
    assert!(field.is_focused());
    field.type_text("keel");
    window.run();
    window.key_press(Key::Enter);
    window.run();
    let keel = CompanyId(Uuid::from_u128(12));
    assert_eq!(
        window.state().taken(),
        [Action::Run(Command::GoWatchlist), Action::Select(keel)]
    );
    assert!(!window.state().ui.palette.open);

    window.state_mut().ui.palette.open = true;
    window.run();
    for key in [Key::ArrowDown, Key::ArrowDown, Key::ArrowUp, Key::Enter] {
        window.key_press(key);
        window.run();
    }
    assert_eq!(window.state().taken(), [Action::Run(Command::NewDebt)]);

    window.state_mut().ui.palette.open = true;
    window.run();
    window.key_press(Key::Escape);
    window.run();
    assert_eq!(window.state().taken(), []);
    assert!(!window.state().ui.palette.open);
}

#[test]
fn the_command_box_is_used_by_mouse() {
    let mut world = World::new();
    world.ui.palette.open = true;
    let mut window = window(world);
    window
        .get_by_role_and_label(Role::ListBoxOption, "Import prices…")
        .click();
    window.run();
    assert_eq!(window.state().taken(), [Action::Run(Command::ImportPrices)]);
}

#[test]
fn settings_are_pushed_whole() {
    let mut window = window(World::at(Page::Settings));
    let default = Settings::default();
    for (chip, expected) in [
        (
            "Light",
            Settings {
                theme: ThemeChoice::Light,
                ..default.clone()
            },
        ),
        (
            "Blue up, orange down",
            Settings {
                scheme: Scheme::BlueOrange,
                ..default.clone()
            },
        ),
        (
            "150\u{202F}%",
            Settings {
                text_scale: 1.5,
                ..default
            },
        ),
    ] {
        window.get_by_role_and_label(Role::Button, chip).click();
        window.run();
        assert_eq!(window.state().taken(), [Action::Set(Box::new(expected))]);
    }
    let folder = "Open folder";
    window
        .get_by_role_and_label(Role::Link, folder)
        .scroll_to_me();
    window.run();
    window.get_by_role_and_label(Role::Link, folder).click();
    window.run();
    assert_eq!(window.state().taken(), [Action::OpenDataFolder]);
}

#[test]
fn a_backup_is_restored_after_a_question() {
    let mut world = World::at(Page::Settings);
    let path = PathBuf::from("/data/backups/gigawatch-2026-10-08.sqlite");
    world.status.backups = vec![Backup {
        path: path.clone(),
        day: Some(day("2026-10-08")),
        bytes: 1_250_000,
    }];
    let mut window = window(world);
    let name = "Restore the copy of Thu 8 Oct 2026…";
    window
        .get_by_role_and_label(Role::Link, name)
        .scroll_to_me();
    window.run();
    window.get_by_role_and_label(Role::Link, name).click();
    window.run();
    let asked = window.state().taken();
    let [Action::Ask(question)] = asked.as_slice() else {
        panic!("{asked:?}");
    };
    assert_eq!(question.action, Action::RestoreBackup(path.clone()));
    window.state_mut().ui.dialog = Some(Dialog::Confirm(question.as_ref().clone()));
    window.run();
    window.key_press(Key::Enter);
    window.run();
    assert_eq!(window.state().taken(), [Action::CloseDialog], "Enter is no");
    window
        .get_by_role_and_label(Role::Button, "Restore")
        .click();
    window.run();
    let done = window.state().taken();
    assert_eq!(done, [Action::CloseDialog, Action::RestoreBackup(path)]);
}

fn path_dialog(purpose: Purpose, text: &str, error: Option<&str>) -> Dialog {
    Dialog::Path(PathDialog {
        purpose,
        text: text.to_owned(),
        error: error.map(str::to_owned),
        symbol: None,
    })
}

#[test]
fn a_path_is_typed_or_browsed_for() {
    let mut world = World::new();
    world.ui.dialog = Some(path_dialog(Purpose::ImportPrices, "", None));
    let mut window = window(world);
    window
        .get_by_role_and_label(Role::Button, "Browse…")
        .click();
    window.run();
    assert_eq!(window.state().taken(), [Action::ChooseFile]);
    window
        .get_by_role_and_label(Role::TextInput, "Path")
        .focus();
    window.run();
    window
        .get_by_role_and_label(Role::TextInput, "Path")
        .type_text(" \"/tmp/IREN daily.csv\" ");
    window.run();
    window.key_press(Key::Enter);
    window.run();
    let path = PathBuf::from("/tmp/IREN daily.csv");
    assert_eq!(window.state().taken(), [Action::ReadFile(path)]);
    window.state_mut().ui.dialog = Some(path_dialog(Purpose::ExportBook, "/tmp/book.json", None));
    window.run();
    window.get_by_role_and_label(Role::Button, "Write").click();
    window.run();
    let path = PathBuf::from("/tmp/book.json");
    assert_eq!(window.state().taken(), [Action::WriteBook(path)]);
    window.key_press(Key::Escape);
    window.run();
    assert_eq!(window.state().taken(), [Action::CloseDialog]);
}

#[test]
fn a_hovering_file_is_invited() {
    let mut window = window(World::new());
    let file = egui::HoveredFile::default();
    window.input_mut().hovered_files.push(file);
    // egui itself repaints as long as a file hovers.
    window.run_steps(3);
    window.get_by_label("Drop a CSV file of daily prices");
}

/// Every screen of this file, by name.
fn screens() -> Vec<(&'static str, World)> {
    let mut settings = World::at(Page::Settings);
    settings.status.data_dir = PathBuf::from("/home/someone/.local/share/gigawatch");
    settings.status.backups = [8_i8, 7, 6]
        .map(|of| Backup {
            path: PathBuf::from(format!("/backups/gigawatch-2026-10-0{of}.sqlite")),
            day: Some(Day::new(2026, 10, of).unwrap()),
            bytes: 1_250_000,
        })
        .to_vec();
    let mut toasts = World::new();
    toasts.status.messages = messages();
    let mut panel = World::new();
    panel.status.messages = messages().into_iter().cycle().take(12).collect();
    for (id, message) in panel.status.messages.iter_mut().enumerate() {
        (message.id, message.on_screen) = (id as u64, false);
    }
    panel.ui.messages_open = true;
    let mut no_messages = World::new();
    no_messages.ui.messages_open = true;
    let mut palette = World::new();
    palette.ui.palette.open = true;
    let mut question = World::new();
    question.ui.dialog = Some(Dialog::Confirm(Confirm {
        title: "Restore this copy?".to_owned(),
        text: "The book becomes what it was in the copy of Thu 8 Oct 2026. The present file is moved aside and stays in the data folder.".to_owned(),
        button: "Restore",
        action: Action::CloseDialog,
    }));
    let mut path = World::new();
    let error = "There is no file /tmp/book.json; check the path";
    path.ui.dialog = Some(path_dialog(
        Purpose::ImportBook,
        "/tmp/book.json",
        Some(error),
    ));
    vec![
        ("settings", settings),
        ("toasts", toasts),
        ("panel", panel),
        ("no-messages", no_messages),
        ("palette", palette),
        ("question", question),
        ("path", path),
        ("import", World::importing("IREN.csv", YAHOO)),
        ("import-bad", World::importing("IREN.csv", BAD_ROWS)),
        ("import-unknown", World::importing("prices.csv", UNKNOWN)),
        (
            "import-page",
            World::importing("x.csv", "<html>login</html>"),
        ),
    ]
}

#[test]
fn every_screen_settles_in_both_themes_and_small_windows() {
    // 640 × 400 is a window of 1280 × 800 at twice the text size.
    for (width, height) in [(1280.0, 800.0), (640.0, 400.0)] {
        for dark in [true, false] {
            for (_, world) in screens() {
                let mut window = harness(width, height, dark).build_ui_state(World::show, world);
                window.run();
            }
        }
    }
}
