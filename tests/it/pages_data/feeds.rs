//! A window over five instruments whose prices came in every way: current, live,
//! late after two refusals, with a question, locked. No test lives here.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use egui::Ui;
use egui_kittest::Harness;
use gigawatch::analytics::freshness::{Coverage, Freshness};
use gigawatch::analytics::switches::Switches;
use gigawatch::analytics::{Derived, derive};
use gigawatch::model::instrument::InstrumentKind;
use gigawatch::model::series::{Bar, Prices, Series};
use gigawatch::model::{
    Attempt, Book, Change, Company, CompanyId, Currency, Day, EventKind, Feed, Feeds, Instrument,
    InstrumentId, Jump, Op, Outcome, PriceEvent, Provider, Record,
};
use gigawatch::ui::state::{Page, Status};
use gigawatch::ui::theme::{Scheme, Tokens};
use gigawatch::ui::{Action, Cx, Settings, UiState, shell};
use jiff::Timestamp;
use rust_decimal::Decimal;
use uuid::Uuid;

use crate::support::{NOW, harness};

/// The window without the app: actions are collected, not done.
pub struct Desk {
    pub book: Book,
    pub feeds: Feeds,
    pub coverage: BTreeMap<InstrumentId, Coverage>,
    pub status: Status,
    pub settings: Settings,
    pub ui: UiState,
    prices: Prices,
    derived: Derived,
    actions: RefCell<Vec<Action>>,
}

pub fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// Symbol, name, kind, first and last day, freshness.
const INSTRUMENTS: [(&str, &str, InstrumentKind, &str, Freshness); 5] = [
    (
        "IREN",
        "IREN Limited",
        InstrumentKind::Stock,
        "2026-11-18",
        Freshness::Behind { days: 2 },
    ),
    (
        "HUT",
        "Hut 8",
        InstrumentKind::Stock,
        "2026-11-02",
        Freshness::Behind { days: 14 },
    ),
    (
        "KEEL",
        "Keel Infrastructure",
        InstrumentKind::Stock,
        "2026-11-20",
        Freshness::Current,
    ),
    (
        "SMH",
        "VanEck Semiconductor ETF",
        InstrumentKind::Etf,
        "2026-10-09",
        Freshness::Behind { days: 29 },
    ),
    (
        "BTC-USD",
        "Bitcoin",
        InstrumentKind::Crypto,
        "2026-11-21",
        Freshness::Live,
    ),
];

fn id(index: usize) -> InstrumentId {
    InstrumentId(Uuid::from_u128(index as u128 + 1))
}

impl Desk {
    pub fn new(page: Page) -> Self {
        let (book, prices) = (book(), prices());
        let feeds = feeds();
        let mut attempts: Vec<Attempt> = feeds
            .by_instrument
            .values()
            .flat_map(|feed| feed.last_turn.clone())
            .collect();
        attempts.reverse();
        Self {
            derived: derive(&book, &prices, NOW.date(), Switches::default()),
            coverage: coverage(),
            book,
            prices,
            feeds,
            status: Status {
                attempts,
                ..Status::default()
            },
            settings: Settings::default(),
            ui: UiState {
                page,
                ..UiState::default()
            },
            actions: RefCell::default(),
        }
    }

    pub fn id(&self, symbol: &str) -> InstrumentId {
        self.book.instrument_by_symbol(symbol).unwrap().id
    }

    /// Leaves only prices up to that day.
    pub fn only_to(&mut self, last: &str) {
        let last = day(last);
        for series in self.prices.by_symbol.values_mut() {
            *series = Series::new(series.up_to(last).to_vec()).unwrap();
        }
        for coverage in self.coverage.values_mut() {
            coverage.last = coverage.last.map(|day| day.min(last));
        }
        self.derived = derive(&self.book, &self.prices, NOW.date(), Switches::default());
    }

    pub fn select(&mut self, symbol: &str) {
        self.ui.data.selected = Some(self.id(symbol));
    }

    pub fn cx(&self, dark: bool) -> Cx<'_> {
        Cx {
            book: &self.book,
            prices: &self.prices,
            feeds: &self.feeds,
            as_of: None,
            feeds_revision: 1,
            coverage: &self.coverage,
            now: &NOW,
            derived: &self.derived,
            revision: 1,
            today: NOW.date(),
            tokens: Tokens::of(dark, Scheme::GreenRed),
            settings: &self.settings,
            status: &self.status,
            actions: &self.actions,
        }
    }

    pub fn show(ui: &mut Ui, desk: &mut Self) {
        let mut state = std::mem::take(&mut desk.ui);
        shell::show(ui, &desk.cx(ui.visuals().dark_mode), &mut state);
        desk.ui = state;
    }

    /// What was asked for since the last call.
    pub fn taken(&self) -> Vec<Action> {
        self.actions.take()
    }
}

/// Drives the window.
pub fn open(desk: Desk, width: f32, height: f32, dark: bool) -> Harness<'static, Desk> {
    let mut harness = harness(width, height, dark).build_ui_state(Desk::show, desk);
    harness.run();
    harness
}

fn book() -> Book {
    let mut ops = Vec::new();
    for (index, (symbol, name, kind, ..)) in INSTRUMENTS.into_iter().enumerate() {
        let instrument = Instrument {
            id: id(index),
            symbol: symbol.to_owned(),
            name: name.to_owned(),
            kind,
            currency: Currency::USD,
            former_symbols: Vec::new(),
            provider_symbols: BTreeMap::new(),
            providers: Vec::new(),
            locked: symbol == "SMH",
            benchmark: kind != InstrumentKind::Stock,
        };
        let company = (kind == InstrumentKind::Stock).then(|| Company {
            id: CompanyId(Uuid::from_u128(index as u128 + 101)),
            name: name.to_owned(),
            legal_name: None,
            former_names: Vec::new(),
            instrument: Some(instrument.id),
            cik: None,
            exchange: None,
            fiscal_year_end: None,
            tags: Vec::new(),
            colour: None,
            watch_order: i64::try_from(index).unwrap(),
            note: String::new(),
        });
        ops.push(Op::put(Record::Instrument(instrument)));
        ops.extend(company.map(|company| Op::put(Record::Company(company))));
    }
    let mut book = Book::default();
    book.apply(&Change::new("five instruments", ops)).unwrap();
    book
}

fn prices() -> Prices {
    let mut by_symbol = BTreeMap::new();
    for (symbol, _, _, last, _) in INSTRUMENTS {
        let last = day(last);
        let price = if symbol == "BTC-USD" { 84_210.0 } else { 6.95 };
        let bars = (0..60_i32).rev().map(|ago| {
            let day = last.saturating_sub(jiff::Span::new().days(ago));
            Bar::close(day, price * (1.0 + 0.1 * (f64::from(ago) / 9.0).sin()))
        });
        by_symbol.insert(symbol.to_owned(), Series::new(bars.collect()).unwrap());
    }
    Prices { by_symbol }
}

fn coverage() -> BTreeMap<InstrumentId, Coverage> {
    let all = INSTRUMENTS.into_iter().enumerate();
    all.map(|(index, (_, _, _, last, freshness))| {
        let coverage = Coverage {
            freshness,
            first: Some(day("2021-11-17")),
            last: Some(day(last)),
            rows: 1_258 - index,
            gaps: index,
        };
        (id(index), coverage)
    })
    .collect()
}

fn attempt(index: usize, provider: Provider, outcome: Outcome, detail: &str) -> Attempt {
    Attempt {
        turn: at("2026-11-21T14:00:00Z"),
        at: at("2026-11-21T14:00:05Z"),
        instrument: id(index),
        provider,
        outcome,
        detail: detail.to_owned(),
        rows: 0,
        skipped: 0,
        next_try: None,
    }
}

fn feeds() -> Feeds {
    let mut limited = attempt(0, Provider::Yahoo, Outcome::Limited, "answered 429");
    limited.next_try = Some(at("2026-11-21T19:40:00Z"));
    let mut iren = Feed {
        rows_by: [("yahoo", 1_240), ("file", 12), ("typed", 6)]
            .map(|(code, rows)| (code.to_owned(), rows))
            .into(),
        last_by: Some("typed".to_owned()),
        own: BTreeSet::from([day("2026-11-17"), day("2026-11-18")]),
        fetched_at: Some(at("2026-11-18T21:10:00Z")),
        last_turn: vec![limited, attempt(0, Provider::Nasdaq, Outcome::NoData, "")],
        ..Feed::default()
    };
    let event = |on: &str, what| PriceEvent { day: day(on), what };
    let dividend = EventKind::Dividend {
        amount: Decimal::new(12, 2),
    };
    let split = EventKind::Split {
        new: Decimal::from(4),
        old: Decimal::ONE,
    };
    let events = vec![event("2025-03-03", dividend), event("2026-02-02", split)];
    iren.events.insert(Provider::Yahoo, events);
    let mut asked = attempt(
        1,
        Provider::Yahoo,
        Outcome::Question,
        "1 day waits for an answer",
    );
    asked.skipped = 14;
    let hut = Feed {
        last_by: Some("yahoo".to_owned()),
        question: Some(Jump {
            provider: Provider::Yahoo,
            day_before: day("2026-11-02"),
            before: 6.95,
            day: day("2026-11-03"),
            close: 12.4,
        }),
        last_turn: vec![asked],
        ..Feed::default()
    };
    let mut updated = attempt(2, Provider::Yahoo, Outcome::Updated, "3 rows new");
    updated.rows = 3;
    let keel = Feed {
        last_by: Some("yahoo".to_owned()),
        last_turn: vec![updated],
        ..Feed::default()
    };
    let smh = Feed {
        last_by: Some("file".to_owned()),
        ..Feed::default()
    };
    let mut live = attempt(4, Provider::Coinbase, Outcome::Updated, "1 row new");
    live.rows = 1;
    let btc = Feed {
        last_by: Some("coinbase".to_owned()),
        fetched_at: Some(at("2026-11-21T14:00:00Z")),
        live: Some(day("2026-11-21")),
        last_turn: vec![live],
        ..Feed::default()
    };
    let all = [iren, hut, keel, smh, btc].into_iter().enumerate();
    Feeds {
        by_instrument: all.map(|(index, feed)| (id(index), feed)).collect(),
        quiet: Vec::new(),
    }
}
