//! What lies over the pages, driven through the whole window: messages, the
//! command box, Settings, the path dialog, questions and the import of prices.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use egui::{Key, Role, Ui};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use gigawatch::analytics::{Derived, derive};
use gigawatch::exchange::price_csv::DateOrder;
use gigawatch::model::instrument::InstrumentKind;
use gigawatch::model::series::{Bar, Prices, Series};
use gigawatch::model::{
    Book, Change, Company, CompanyId, Currency, Day, Instrument, InstrumentId, Op, Record,
};
use gigawatch::ui::dialog::import_prices::{ImportPrices, read};
use gigawatch::ui::dialog::path::{PathDialog, Purpose};
use gigawatch::ui::palette::{Target, entries};
use gigawatch::ui::state::{Backup, Confirm, Dialog, Message, Page, Status, Tone};
use gigawatch::ui::theme::{Scheme, ThemeChoice, Tokens};
use gigawatch::ui::{Action, Command, Cx, Settings, UiState, shell};
use uuid::Uuid;

use crate::support::harness;

/// The window without the app: actions are collected, not done.
struct World {
    book: Book,
    prices: Prices,
    derived: Derived,
    settings: Settings,
    status: Status,
    actions: RefCell<Vec<Action>>,
    ui: UiState,
    today: Day,
}

impl World {
    fn new() -> Self {
        let today = day("2026-10-09");
        let book = book();
        let bars = [("2026-10-07", 50.0), ("2026-10-08", 51.0)];
        let bars = bars.map(|(at, close)| Bar::close(day(at), close)).to_vec();
        let prices = Prices {
            by_symbol: BTreeMap::from([("IREN".to_owned(), Series::new(bars).unwrap())]),
        };
        Self {
            derived: derive(&book, &prices, today),
            book,
            prices,
            settings: Settings::default(),
            status: Status::default(),
            actions: RefCell::default(),
            ui: UiState::default(),
            today,
        }
    }

    fn cx(&self, dark: bool) -> Cx<'_> {
        Cx {
            book: &self.book,
            prices: &self.prices,
            derived: &self.derived,
            revision: 1,
            today: self.today,
            tokens: Tokens::of(dark, Scheme::GreenRed),
            settings: &self.settings,
            status: &self.status,
            actions: &self.actions,
        }
    }

    fn show(ui: &mut Ui, world: &mut Self) {
        let mut state = std::mem::take(&mut world.ui);
        shell::show(ui, &world.cx(ui.visuals().dark_mode), &mut state);
        world.ui = state;
    }

    fn at(page: Page) -> Self {
        let mut world = Self::new();
        world.ui.page = page;
        world
    }

    /// The import dialog with a file that was read as the app reads it.
    fn importing(name: &str, text: &str) -> Self {
        let mut world = Self::new();
        let bytes: Arc<[u8]> = text.as_bytes().into();
        let import = ImportPrices::new(name.to_owned(), bytes, &world.book, world.today);
        world.ui.dialog = Some(Dialog::ImportPrices(Box::new(import)));
        world.reread();
        world
    }

    fn import(&mut self) -> &mut ImportPrices {
        match &mut self.ui.dialog {
            Some(Dialog::ImportPrices(import)) => import,
            _ => panic!("the import dialog is not open"),
        }
    }

    /// Reads the file of the dialog with its options.
    fn reread(&mut self) {
        let book = std::mem::take(&mut self.book);
        let import = self.import();
        let found = read(&import.bytes, import.options.clone());
        import.take_read(found, &book);
        self.book = book;
    }

    fn taken(&self) -> Vec<Action> {
        self.actions.take()
    }
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn book() -> Book {
    let companies = [
        ("IREN", "IREN Limited", None),
        ("KEEL", "Keel Infrastructure", Some("BITF")),
        ("HUT", "Hut 8", None),
    ];
    let mut ops = Vec::new();
    for (at, (symbol, name, former)) in companies.into_iter().enumerate() {
        let instrument = Instrument {
            id: InstrumentId(Uuid::from_u128(at as u128 + 1)),
            symbol: symbol.to_owned(),
            name: name.to_owned(),
            kind: InstrumentKind::Stock,
            currency: Currency::USD,
            former_symbols: former.map(str::to_owned).into_iter().collect(),
            provider_symbols: BTreeMap::new(),
            benchmark: false,
        };
        let company = Company {
            id: CompanyId(Uuid::from_u128(at as u128 + 11)),
            name: name.to_owned(),
            legal_name: None,
            former_names: Vec::new(),
            instrument: Some(instrument.id),
            cik: None,
            exchange: None,
            fiscal_year_end: None,
            tags: Vec::new(),
            colour: None,
            watch_order: at as i64,
            note: String::new(),
        };
        ops.push(Op::put(Record::Instrument(instrument)));
        ops.push(Op::put(Record::Company(company)));
    }
    let mut book = Book::default();
    let label = "three companies".to_owned();
    book.apply(&Change { label, ops }).unwrap();
    book
}

fn window(world: World) -> Harness<'static, World> {
    let mut window = harness(1280.0, 800.0, true).build_ui_state(World::show, world);
    window.run();
    window
}

fn message(id: u64, tone: Tone, text: &str, on_screen: bool) -> Message {
    Message {
        id,
        tone,
        text: text.to_owned(),
        at: "14:05".to_owned(),
        on_screen,
    }
}

fn messages() -> Vec<Message> {
    vec![
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

const YAHOO: &str = "Date,Open,High,Low,Close,Adj Close,Volume
2026-10-07,49,51,48,50,50,1000
2026-10-08,50,53,50,52.5,52.5,1200
2026-10-09,52,54,51,53,53,900
";

const BAD_ROWS: &str = "Date,Close
2026-10-05,48
2026-10-06,n/a
2026-10-07,50
2026-10-08,52.5
2026-10-08,51.5
not a day,12
2026-10-09,-3
2026-10-07,50
";

const UNKNOWN: &str = "when;what;worth
2026-10-05;IREN;48
2026-10-06;IREN;49
";

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
    let top = |window: &Harness<'_, World>, name: &str| {
        window
            .get_by_role_and_label(Role::TextInput, name)
            .rect()
            .top()
    };
    let newer = top(&window, "14:05 Took 1,204 rows of IREN");
    let older = top(&window, "14:05 Added deal Hut 8 – Beacon Point");
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
                ..default.clone()
            },
        ),
    ] {
        window.get_by_role_and_label(Role::Button, chip).click();
        window.run();
        assert_eq!(window.state().taken(), [Action::Set(Box::new(expected))]);
    }
    window
        .get_by_role_and_label(Role::Link, "Open folder")
        .click();
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
fn a_good_file_is_taken() {
    let mut window = window(World::importing("IREN.csv", YAHOO));
    window.get_by_label("IREN, IREN Limited");
    window.get_by_label("3 days, 7 Oct 2026 to 9 Oct 2026");
    window.get_by_label("1 new, 1 the same, 1 differ by up to 3\u{202F}%");
    window
        .get_by_role_and_label(Role::Button, "Take 3 rows")
        .click();
    window.run();
    assert_eq!(window.state().taken(), [Action::TakeImport]);
    let bars = |world: &mut World| {
        let (book, prices) = (world.book.clone(), world.prices.clone());
        world.import().bars_to_take(&book, &prices)
    };
    let (symbol, all) = bars(window.state_mut()).unwrap();
    assert_eq!((symbol.as_str(), all.len()), ("IREN", 3));

    window
        .get_by_role_and_label(Role::Button, "Keep the stored close")
        .click();
    window.run();
    window.get_by_role_and_label(Role::Button, "Take 2 rows");
    let (_, kept) = bars(window.state_mut()).unwrap();
    let days: Vec<_> = kept.iter().map(|bar| bar.day).collect();
    assert_eq!(days, [day("2026-10-07"), day("2026-10-09")]);
}

#[test]
fn a_symbol_is_resolved_while_it_is_typed() {
    let mut window = window(World::importing("prices.csv", YAHOO));
    window.get_by_label("Type the symbol these prices are of");
    let take = window.get_by_role_and_label(Role::Button, "Take 3 rows");
    assert!(take.accesskit_node().is_disabled());
    for (typed, meaning) in [
        ("hut", "HUT, Hut 8"),
        ("bitf", "KEEL, Keel Infrastructure (formerly BITF)"),
        (
            "XYZ",
            "New: not in the book yet, it is added with its prices",
        ),
        (
            "a b",
            "A symbol has letters, digits and - . ^ = / only, as BTC-USD",
        ),
    ] {
        window.state_mut().import().symbol = typed.to_owned();
        window.run();
        assert!(window.query_all_by_label(meaning).count() > 0, "{typed:?}");
    }
}

#[test]
fn bad_rows_are_listed_and_the_good_ones_taken() {
    let mut window = window(World::importing("IREN.csv", BAD_ROWS));
    window.get_by_role_and_label(Role::Button, "Refused 3");
    window.get_by_role_and_label(Role::Row, "7, Date, not a day, not a date");
    window.get_by_role_and_label(Role::Row, "8, Close, -3, zero or negative close");
    window
        .get_by_role_and_label(Role::Button, "Conflicting 1")
        .click();
    window.run();
    window.get_by_role_and_label(Role::Row, "8 Oct 2026, 51.50 on line 6, 52.50 on line 5");
    window
        .get_by_role_and_label(Role::Button, "Repeated 1")
        .click();
    window.run();
    window.get_by_role_and_label(Role::Row, "7 Oct 2026, line 9, line 4");
    window
        .get_by_role_and_label(Role::Button, "Take the upper row")
        .click();
    window.run();
    assert_eq!(window.state().taken(), [Action::RereadImport]);
    window.get_by_label("Reading…");
    window.state_mut().reread();
    window.run();
    window
        .get_by_role_and_label(Role::Button, "Conflicting 1")
        .click();
    window.run();
    window.get_by_role_and_label(Role::Row, "8 Oct 2026, 52.50 on line 5, 51.50 on line 6");
    window.get_by_role_and_label(Role::Button, "Take 3 rows");
}

#[test]
fn unknown_columns_are_chosen() {
    let mut window = window(World::importing("table.csv", UNKNOWN));
    window
        .get_by_role_and_label(Role::Button, "Read with these columns")
        .click();
    window.run();
    assert_eq!(window.state().taken(), [Action::RereadImport]);
    window.state_mut().reread();
    window.run();
    window.get_by_label("2 days, 5 Oct 2026 to 6 Oct 2026");
    window
        .get_by_role_and_label(Role::ComboBox, "Close")
        .click();
    window.run();
    window.get_by_role_and_label(Role::Button, "what").click();
    window.run();
    assert_eq!(window.state().taken(), [Action::RereadImport]);
    assert_eq!(
        window.state_mut().import().options.columns.unwrap().close,
        1
    );
}

#[test]
fn what_only_a_person_knows_is_asked() {
    let text = "Date,Close\n01/02/2026,48\n02/02/2026,49\n";
    let mut window = window(World::importing("IREN.csv", text));
    window
        .get_by_role_and_label(Role::Button, "1 Feb 2026 (day first)")
        .click();
    window.run();
    assert_eq!(window.state().taken(), [Action::RereadImport]);
    let order = window.state_mut().import().options.date_order;
    assert_eq!(order, Some(DateOrder::DayFirst));
    window.state_mut().reread();
    window.run();
    window.get_by_label("2 days, 1 Feb 2026 to 2 Feb 2026");
}

#[test]
fn a_late_result_of_other_options_is_dropped() {
    let mut world = World::importing("IREN.csv", YAHOO);
    let book = world.book.clone();
    let import = world.import();
    let late = read(&import.bytes, import.options.clone());
    import.options.date_order = Some(DateOrder::DayFirst);
    import.take_read(late, &book);
    assert_eq!(import.bars_to_take(&book, &Prices::default()), None);
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
