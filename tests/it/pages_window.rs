//! A window over a small book, for the tests of pages. No test lives here.

use std::cell::RefCell;

use egui_kittest::Harness;
use gigawatch::analytics::switches::Switches;
use gigawatch::analytics::{Derived, derive};
use gigawatch::model::{Book, Change, Day, Op, Prices, Record};
use gigawatch::ui::action::Action;
use gigawatch::ui::page::{deals, debt};
use gigawatch::ui::state::{Page, Status, UiState};
use gigawatch::ui::theme::{Scheme, Tokens};
use gigawatch::ui::{Cx, Settings, shell};
use serde_json::{Value, json};

use crate::support::harness;

/// All that a frame reads and changes.
pub struct Window {
    pub book: Book,
    pub settings: Settings,
    pub state: UiState,
    pub actions: RefCell<Vec<Action>>,
    prices: Prices,
    derived: Derived,
    revision: u64,
    status: Status,
    dark: bool,
}

/// The day on which the tests look at the book.
pub const TODAY: Day = Day::constant(2026, 10, 10);

impl Window {
    pub fn new(book: Book, page: Page) -> Self {
        let prices = Prices::default();
        Self {
            derived: derive(&book, &prices, TODAY, Switches::default()),
            book,
            prices,
            settings: Settings::default(),
            state: UiState {
                page,
                ..UiState::default()
            },
            actions: RefCell::default(),
            revision: 1,
            status: Status::default(),
            dark: true,
        }
    }

    pub fn light(mut self) -> Self {
        self.dark = false;
        self
    }

    pub fn show(&mut self, ui: &mut egui::Ui) {
        let cx = Cx {
            book: &self.book,
            prices: &self.prices,
            feeds: &crate::support::NO_FEEDS,
            feeds_revision: 1,
            coverage: &crate::support::NO_COVERAGE,
            as_of: None,
            now: &crate::support::NOW,
            derived: &self.derived,
            revision: self.revision,
            today: TODAY,
            tokens: Tokens::of(self.dark, Scheme::GreenRed),
            settings: &self.settings,
            status: &self.status,
            actions: &self.actions,
        };
        shell::show(ui, &cx, &mut self.state);
    }

    /// What was asked for since the last call.
    pub fn taken(&self) -> Vec<Action> {
        self.actions.take()
    }

    pub fn deals(&self) -> &deals::State {
        &self.state.deals
    }

    pub fn debt(&self) -> &debt::State {
        &self.state.debt
    }

    /// Drives the window.
    pub fn open(self, width: f32, height: f32) -> Harness<'static, Self> {
        let dark = self.dark;
        let mut harness = harness(width, height, dark)
            .build_ui_state(|ui, window: &mut Self| window.show(ui), self);
        harness.run();
        harness
    }
}

/// Cells parted by strokes and plain spaces, as expectations are written.
pub fn plain(text: &str) -> String {
    text.replace('\u{202F}', " ").replace('\t', " | ")
}

fn id(kind: u8, number: u8) -> String {
    format!("01900000-0000-7000-8000-0000000{kind:02}{number:03}")
}

fn record(kind: &str, value: &Value) -> Op {
    let record: Record = serde_json::from_value(json!({ kind: value })).unwrap();
    Op::put(record)
}

/// Joins what a record must have with what it is about.
fn with(mut base: Value, more: Value) -> Value {
    let (Some(base_fields), Value::Object(more)) = (base.as_object_mut(), more) else {
        panic!("a record is an object");
    };
    base_fields.extend(more);
    base
}

fn deal(number: u8, company: u8, more: Value) -> Op {
    let base = json!({
        "id": id(5, number), "company": id(3, company), "status": "announced",
        "base_value_hedge": "exact", "sources": [id(1, 1)],
    });
    record("deal", &with(base, more))
}

fn debt(number: u8, company: u8, more: Value) -> Op {
    let base = json!({
        "id": id(6, number), "company": id(3, company), "level": "parent",
        "status": "outstanding", "sources": [id(1, 1)],
    });
    record("debt", &with(base, more))
}

fn usd(amount: &str) -> Value {
    json!({ "amount": amount, "currency": "USD" })
}

/// Two companies with five deals and four debts between them.
pub fn small_book() -> Book {
    let mut ops = vec![record(
        "source",
        &json!({ "id": id(1, 1), "title": "10-Q", "publisher": "Hut 8", "grade": "filing",
                "published": "2026-08-06", "url": "https://example.org/10q" }),
    )];
    for (number, symbol, name) in [(1, "HUT", "Hut 8"), (2, "GLXY", "Galaxy")] {
        ops.push(record(
            "instrument",
            &json!({ "id": id(2, number), "symbol": symbol, "name": name, "kind": "stock", "currency": "USD" }),
        ));
        ops.push(record(
            "company",
            &json!({ "id": id(3, number), "name": name, "instrument": id(2, number), "watch_order": number }),
        ));
    }
    ops.extend(deals());
    ops.extend(debts());
    let mut book = Book::default();
    book.apply(&Change::new("small book", ops)).unwrap();
    book
}

fn deals() -> Vec<Op> {
    vec![
        deal(
            1,
            1,
            json!({
                "counterparty": "Anthropic", "counterparty_class": "ai_lab", "kind": "powered_shell",
                "site": "River Bend", "announced": "2025-12-17", "term_months": 180,
                "base_value": usd("7000000000"), "critical_mw": "245", "gross_mw": "330",
                "rent_start": [{ "date": "2027-Q2" }, { "date": "2027-Q4", "stated": "2026-08" }],
            }),
        ),
        deal(
            2,
            1,
            json!({
                "counterparty": "Tenant", "counterparty_class": "undisclosed", "kind": "powered_shell",
                "site": "Beacon Point", "announced": "2026-05-06", "term_months": 180,
                "base_value": usd("9800000000"), "value_with_options": usd("25100000000"),
                "critical_mw": "352", "owned_share": "0.5",
            }),
        ),
        deal(
            3,
            2,
            json!({
                "counterparty": "CoreWeave", "counterparty_class": "neocloud", "kind": "colocation",
                "site": "Helios", "announced": "2025-08-15", "term_months": 180,
                "base_value": usd("15000000000"), "base_value_hedge": "about", "critical_mw": "526",
            }),
        ),
        deal(
            4,
            2,
            json!({
                "counterparty": "CoreWeave", "counterparty_class": "neocloud", "kind": "colocation",
                "site": "Helios", "announced": "2026-06-05", "term_months": 180,
                "base_value": usd("4500000000"), "critical_mw": "800", "alternative_to": id(5, 3),
            }),
        ),
        deal(
            5,
            2,
            json!({
                "counterparty": "Letter", "counterparty_class": "enterprise", "kind": "unknown",
                "announced": "2026-09", "status": "letter_of_intent",
            }),
        ),
        deal(
            6,
            1,
            json!({
                "counterparty": "Second tenant", "counterparty_class": "undisclosed",
                "kind": "unknown", "announced": "2026-08",
            }),
        ),
    ]
}

fn debts() -> Vec<Op> {
    let total = record(
        "figure",
        &json!({
            "id": id(4, 1), "subject": { "company": id(3, 1) }, "metric": "total_debt",
            "value": "3000000000", "currency": "USD", "hedge": "about", "source": id(1, 1),
            "time": "2026-06-30", "stated": "2026-08-06",
        }),
    );
    vec![
        total,
        debt(
            1,
            1,
            json!({
                "name": "6.192 % notes 2042", "kind": "senior_secured", "level": "joint_venture",
                "principal": usd("3250000000"), "matures": "2042-11-15", "coupon": { "fixed": "0.06192" },
            }),
        ),
        debt(
            2,
            1,
            json!({
                "name": "Credit facility", "kind": "btc_backed", "principal": usd("200000000"),
                "drawn": usd("130000000"),
                "coupon": { "floating": { "reference": "SOFR", "spread": "0.0475", "floor": "0.025" } },
            }),
        ),
        debt(
            3,
            1,
            json!({
                "name": "Old notes", "kind": "convertible", "status": "repaid",
                "principal": usd("75000000"), "matures": "2027",
            }),
        ),
        debt(
            4,
            2,
            json!({
                "name": "0.50 % notes 2031", "kind": "convertible", "principal": usd("1300000000"),
                "matures": "2031-05-01", "coupon": { "fixed": "0.005" }, "conversion_price": "49.5",
            }),
        ),
    ]
}
