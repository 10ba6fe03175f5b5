//! The page over books that hold next to nothing: nothing panics, and it says
//! what to do.

use std::cell::RefCell;
use std::collections::BTreeMap;

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use gigawatch::analytics::switches::Switches;
use gigawatch::analytics::{Derived, derive};
use gigawatch::model::series::{Bar, Prices, Series};
use gigawatch::model::{Book, Change, CompanyId, Day, Op, Record};
use gigawatch::ui::page::company::Tab;
use gigawatch::ui::state::{Page, Status, UiState};
use gigawatch::ui::theme::{Scheme, Tokens};
use gigawatch::ui::{Action, Cx, Settings, shell};
use serde_json::{Value, json};

use crate::support::harness;

const TODAY: Day = Day::constant(2026, 10, 10);
const COMPANY: &str = "01900000-0000-7000-8000-000000003001";

struct World {
    book: Book,
    prices: Prices,
    derived: Derived,
    settings: Settings,
    status: Status,
    state: UiState,
    actions: RefCell<Vec<Action>>,
}

impl World {
    fn show(&mut self, ui: &mut egui::Ui) {
        let cx = Cx {
            book: &self.book,
            prices: &self.prices,
            feeds: &crate::support::NO_FEEDS,
            feeds_revision: 1,
            coverage: &crate::support::NO_COVERAGE,
            as_of: None,
            now: &crate::support::NOW,
            derived: &self.derived,
            revision: 1,
            today: TODAY,
            tokens: Tokens::of(true, Scheme::GreenRed),
            settings: &self.settings,
            status: &self.status,
            actions: &self.actions,
        };
        shell::show(ui, &cx, &mut self.state);
    }
}

fn open(records: &[(&str, Value)], prices: Prices) -> Harness<'static, World> {
    let op = |(kind, value): &(&str, Value)| {
        let record: Record = serde_json::from_value(json!({ *kind: value })).unwrap();
        Op::put(record)
    };
    let mut book = Book::default();
    let change = Change::new("bare", records.iter().map(op).collect());
    book.apply(&change).unwrap();
    let selected = book.companies().next().map(|company| company.id);
    let world = World {
        derived: derive(&book, &prices, TODAY, Switches::default()),
        state: UiState {
            page: Page::Company,
            selected,
            ..UiState::default()
        },
        book,
        prices,
        settings: Settings::default(),
        status: Status::default(),
        actions: RefCell::default(),
    };
    let mut harness =
        harness(1280.0, 800.0, true).build_ui_state(|ui, world: &mut World| world.show(ui), world);
    harness.run();
    for tab in Tab::ALL {
        harness.state_mut().state.company.tab = *tab;
        harness.run();
    }
    harness.state_mut().state.company.tab = Tab::Deals;
    harness.run();
    harness
}

fn alone() -> (&'static str, Value) {
    ("company", json!({ "id": COMPANY, "name": "Alone" }))
}

fn listed() -> [(&'static str, Value); 2] {
    let share = "01900000-0000-7000-8000-000000002001";
    [
        (
            "instrument",
            json!({ "id": share, "symbol": "ALN", "name": "Alone", "kind": "stock", "currency": "USD" }),
        ),
        (
            "company",
            json!({ "id": COMPANY, "name": "Alone", "instrument": share }),
        ),
    ]
}

#[test]
fn an_empty_book_says_how_to_get_a_company() {
    let harness = open(&[], Prices::default());
    harness.get_by_label("New company…").click();
}

#[test]
fn no_company_selected_offers_the_first() {
    let mut harness = open(&[alone()], Prices::default());
    harness.state_mut().state.selected = None;
    harness.run();
    harness.get_by_label("Show Alone").click();
    harness.run();
    let id: uuid::Uuid = COMPANY.parse().unwrap();
    let asked = harness.state().actions.take();
    assert!(asked.contains(&Action::Select(CompanyId(id))), "{asked:?}");
}

#[test]
fn a_company_without_share_has_a_page() {
    let harness = open(&[alone()], Prices::default());
    harness.get_by_label_contains("No share is set");
    harness.get_by_label("Backlog: —");
    harness.get_by_label_contains("Neither a deal that counts nor a debt instrument");
    harness.get_by_label_contains("No deal is entered");
}

#[test]
fn a_company_without_prices_asks_for_them() {
    let harness = open(&listed(), Prices::default());
    harness.get_by_label("No prices of ALN yet");
    harness.get_by_label("Import prices…").click();
}

#[test]
fn one_close_draws_nothing_and_does_not_panic() {
    let bars = vec![Bar::close(Day::constant(2026, 10, 9), 4.0)];
    let prices = Prices {
        by_symbol: BTreeMap::from([("ALN".to_owned(), Series::new(bars).unwrap())]),
    };
    open(&listed(), prices);
}

#[test]
fn a_debt_alone_is_on_the_timeline() {
    let debt = |more: Value| {
        let mut base = json!({
            "id": "01900000-0000-7000-8000-000000006001", "company": COMPANY, "level": "parent",
            "status": "outstanding", "name": "Notes", "kind": "senior_secured",
        });
        base.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        ("debt", base)
    };
    let principal = json!({ "amount": "500000000", "currency": "USD" });
    let due = debt(json!({ "principal": principal, "matures": "2030-05-01" }));
    let harness = open(&[alone(), due], Prices::default());
    let words = harness.state().state.company.timeline();
    assert!(words.contains("Q2 2030"), "{words}");
    for lacking in [
        debt(json!({})),
        debt(json!({ "principal": principal })),
        debt(json!({ "principal": principal, "matures": "2020" })),
        debt(json!({ "principal": principal, "matures": "2199" })),
    ] {
        let harness = open(&[alone(), lacking], Prices::default());
        let words = harness.state().state.company.timeline();
        assert!(!words.is_empty());
    }
}
