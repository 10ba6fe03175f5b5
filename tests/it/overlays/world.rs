//! The window without the app: a small book, and actions that are collected
//! instead of done.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use egui::Ui;
use egui_kittest::Harness;
use gigawatch::analytics::switches::Switches;
use gigawatch::analytics::{Derived, derive};
use gigawatch::model::instrument::InstrumentKind;
use gigawatch::model::series::{Bar, Prices, Series};
use gigawatch::model::{
    Book, Change, Company, CompanyId, Currency, Day, Instrument, InstrumentId, Op, Record,
};
use gigawatch::ui::dialog::import_prices::{ImportPrices, read};
use gigawatch::ui::state::{Dialog, Page, Status};
use gigawatch::ui::theme::{Scheme, Tokens};
use gigawatch::ui::{Action, Cx, Settings, UiState, shell};
use uuid::Uuid;

use crate::support::harness;

/// The window without the app: actions are collected, not done.
pub struct World {
    pub book: Book,
    pub prices: Prices,
    pub status: Status,
    pub ui: UiState,
    pub today: Day,
    derived: Derived,
    settings: Settings,
    actions: RefCell<Vec<Action>>,
}

impl World {
    pub fn new() -> Self {
        let today = day("2026-10-09");
        let book = book();
        let bars = [("2026-10-07", 50.0), ("2026-10-08", 51.0)];
        let bars = bars.map(|(at, close)| Bar::close(day(at), close)).to_vec();
        let prices = Prices {
            by_symbol: BTreeMap::from([("IREN".to_owned(), Series::new(bars).unwrap())]),
        };
        Self {
            derived: derive(&book, &prices, today, Switches::default()),
            book,
            prices,
            settings: Settings::default(),
            status: Status::default(),
            actions: RefCell::default(),
            ui: UiState::default(),
            today,
        }
    }

    pub fn cx(&self, dark: bool) -> Cx<'_> {
        Cx {
            book: &self.book,
            prices: &self.prices,
            feeds: &crate::support::NO_FEEDS,
            feeds_revision: 1,
            coverage: &crate::support::NO_COVERAGE,
            as_of: None,
            now: &crate::support::NOW,
            derived: &self.derived,
            revision: 1,
            today: self.today,
            tokens: Tokens::of(dark, Scheme::GreenRed),
            settings: &self.settings,
            status: &self.status,
            actions: &self.actions,
        }
    }

    pub fn show(ui: &mut Ui, world: &mut Self) {
        let mut state = std::mem::take(&mut world.ui);
        shell::show(ui, &world.cx(ui.visuals().dark_mode), &mut state);
        world.ui = state;
    }

    pub fn at(page: Page) -> Self {
        let mut world = Self::new();
        world.ui.page = page;
        world
    }

    /// The import dialog with a file that was read as the app reads it.
    pub fn importing(name: &str, text: &str) -> Self {
        let mut world = Self::new();
        let bytes: Arc<[u8]> = text.as_bytes().into();
        let import = ImportPrices::new(name.to_owned(), bytes, &world.book, world.today);
        world.ui.dialog = Some(Dialog::ImportPrices(Box::new(import)));
        world.reread();
        world
    }

    pub fn import(&mut self) -> &mut ImportPrices {
        match &mut self.ui.dialog {
            Some(Dialog::ImportPrices(import)) => import,
            _ => panic!("the import dialog is not open"),
        }
    }

    /// Reads the file of the dialog with its options.
    pub fn reread(&mut self) {
        let book = std::mem::take(&mut self.book);
        let import = self.import();
        let found = read(&import.bytes, import.options.clone());
        import.take_read(found, &book);
        self.book = book;
    }

    pub fn taken(&self) -> Vec<Action> {
        self.actions.take()
    }
}

pub fn day(text: &str) -> Day {
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

            providers: Vec::new(),
            locked: false,
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
            watch_order: i64::try_from(at).unwrap(),
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

pub fn window(world: World) -> Harness<'static, World> {
    let mut window = harness(1280.0, 800.0, true).build_ui_state(World::show, world);
    window.run();
    window
}
