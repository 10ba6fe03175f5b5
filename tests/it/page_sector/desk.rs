//! A window whose figures are made by hand. No test lives here.

use std::cell::RefCell;
use std::str::FromStr as _;

use egui::{Modifiers, PointerButton, Pos2};
use egui_kittest::Harness;
use gigawatch::analytics::concentration::{Concentration, NamedShare};
use gigawatch::analytics::sector::{Compared, Coverage, SectorView, Split};
use gigawatch::analytics::switches::Switches;
use gigawatch::analytics::{Answer, Derived, Missing, Stated, derive};
use gigawatch::model::deal::{CounterpartyClass, DealKind};
use gigawatch::model::metric::{Known, MwStage};
use gigawatch::model::{
    Book, Change, CompanyId, DealId, FigureId, Hedge, Metric, Op, Prices, Record,
};
use gigawatch::ui::state::{Page, Status, UiState};
use gigawatch::ui::theme::{Scheme, Tokens};
use gigawatch::ui::{Action, Cx, Settings, shell};
use rust_decimal::Decimal;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::pages_window::TODAY;
use crate::support::harness;

/// All that a frame reads and changes.
pub struct Desk {
    pub settings: Settings,
    pub state: UiState,
    pub dark: bool,
    pub derived: Derived,
    book: Book,
    prices: Prices,
    status: Status,
    actions: RefCell<Vec<Action>>,
    taken: RefCell<Vec<Action>>,
}

fn id(kind: u8, number: usize) -> String {
    format!("01900000-0000-7000-8000-0000000{kind:02}{number:03}")
}

fn uuid(kind: u8, number: usize) -> Uuid {
    Uuid::from_str(&id(kind, number)).unwrap()
}

pub fn company_id(number: usize) -> CompanyId {
    CompanyId(uuid(3, number))
}

pub fn figure_id(number: usize) -> FigureId {
    FigureId(uuid(4, number))
}

fn put(kind: &str, value: &Value) -> Op {
    let record: Record = serde_json::from_value(json!({ kind: value })).unwrap();
    Op::put(record)
}

/// "AAA", "AAB" and so on; with three companies "AAA", "BBB", "CCC".
fn symbol(number: usize, of: usize) -> String {
    let letter = |at: usize| char::from(b'A' + u8::try_from(at % 26).unwrap());
    let at = number - 1;
    if of <= 26 {
        return letter(at).to_string().repeat(3);
    }
    [letter(at / 26), letter(at), letter(at * 7)]
        .iter()
        .collect()
}

fn book(companies: usize) -> Book {
    let mut ops = vec![put(
        "source",
        &json!({ "id": id(1, 1), "title": "Sector note", "publisher": "An analyst", "grade": "news",
                "published": "2026-06-01" }),
    )];
    for number in 1..=companies {
        let symbol = symbol(number, companies);
        let name = format!("{symbol} Holdings");
        ops.push(put(
            "instrument",
            &json!({ "id": id(2, number), "symbol": symbol, "name": name, "kind": "stock", "currency": "USD" }),
        ));
        ops.push(put(
            "company",
            &json!({ "id": id(3, number), "name": name, "instrument": id(2, number), "watch_order": number }),
        ));
    }
    for (number, metric, value, hedge) in [
        (1, "stated_backlog", "70000000000", "more_than"),
        (2, "stated_backlog", "90000000000", "exact"),
        (3, "btc_sold", "32000", "exact"),
    ] {
        let mut figure = json!({
            "id": id(4, number), "subject": "sector", "metric": metric, "value": value,
            "hedge": hedge, "source": id(1, 1), "time": "2026-06-01", "stated": "2026-06-01",
        });
        if metric == "stated_backlog" {
            figure["currency"] = json!("USD");
        }
        ops.push(put("figure", &figure));
    }
    let mut book = Book::default();
    book.apply(&Change::new("a sector", ops)).unwrap();
    book
}

#[expect(clippy::unnecessary_wraps, reason = "figures of a company are answers")]
fn exact(value: impl Into<Decimal>) -> Answer<Decimal> {
    Ok(Stated::exact(value.into(), Vec::new()))
}

fn hedged(value: impl Into<Decimal>, hedge: Hedge) -> Answer<Decimal> {
    exact(value).map(|stated| stated.hedged(hedge))
}

fn none(why: &str) -> Answer<Decimal> {
    Err(Missing::because(why))
}

fn bn(tenths: i64) -> Decimal {
    Decimal::from(tenths) * Decimal::from(100_000_000)
}

fn part<K>(key: K, value_usd: Decimal, deals: usize) -> Split<K> {
    Split {
        key,
        value_usd,
        fraction: value_usd / bn(468),
        deals,
    }
}

fn named(name: &str, value_usd: Decimal, deals: usize) -> NamedShare {
    NamedShare {
        name: name.to_owned(),
        value_usd,
        fraction: value_usd / bn(468),
        deals: (0..deals).map(|deal| DealId(uuid(5, deal))).collect(),
    }
}

/// A sector that tracks 46.8 bn.
fn sector() -> SectorView {
    let compared = |number, fraction| Compared {
        figure: figure_id(number),
        fraction,
    };
    let coverage = |metric, tracked, stated| Coverage {
        metric: Metric::Known(metric),
        tracked,
        stated,
    };
    let ladder = [
        (
            MwStage::Planned,
            hedged(9_000, Hedge::MoreThan),
            none("not stated"),
        ),
        (MwStage::Contracted, exact(3_000), exact(2_200)),
        (MwStage::Billing, none("not stated"), exact(450)),
    ];
    SectorView {
        coverage: vec![
            coverage(
                Known::StatedBacklog,
                exact(bn(468)),
                vec![
                    compared(1, exact(bn(468) / bn(700))),
                    compared(2, exact(bn(468) / bn(900))),
                ],
            ),
            coverage(
                Known::BtcSold,
                none("no sale is entered"),
                vec![compared(3, none("no sale is entered"))],
            ),
        ],
        by_class: vec![
            part(CounterpartyClass::Neocloud, bn(300), 4),
            part(CounterpartyClass::Hyperscaler, bn(168), 1),
        ],
        by_kind: vec![part(DealKind::Colocation, bn(468), 5)],
        ladder: ladder
            .into_iter()
            .map(|(stage, gross, critical)| (stage, (gross, critical)))
            .collect(),
        btc_reduction: vec![
            (company_id(3), Decimal::from(20_000)),
            (company_id(1), Decimal::from(5_000)),
            (company_id(2), Decimal::ZERO),
        ],
        by_signatory: Some(Concentration {
            shares: vec![
                named("CoreWeave", bn(300), 4),
                named("Microsoft", bn(168), 1),
            ],
            hhi: exact(5_385),
        }),
        ..SectorView::default()
    }
}

impl Desk {
    /// A window over so many companies with figures that differ.
    pub fn of(companies: usize) -> Self {
        let book = book(companies);
        let prices = Prices::default();
        let mut derived = derive(&book, &prices, TODAY, Switches::default());
        let rows = derived.watchlist.iter_mut().zip(&mut derived.companies);
        for (number, (row, view)) in rows.enumerate() {
            let spread = i64::try_from(number * 37 % 101 + 1).unwrap();
            row.backlog_usd = exact(bn(spread * 3));
            row.debt_usd = exact(bn(spread * spread % 97 + 1));
            row.contracted_mw = exact(spread * 20);
            view.valuation.ev_usd = exact(bn(spread * 53 % 71 + 2));
        }
        if companies > 0 {
            derived.sector = sector();
        }
        Self {
            settings: Settings::default(),
            state: UiState {
                page: Page::Sector,
                ..UiState::default()
            },
            dark: true,
            derived,
            book,
            prices,
            status: Status::default(),
            actions: RefCell::default(),
            taken: RefCell::default(),
        }
    }

    /// Three companies: AAA has everything, BBB no megawatts and a vague EV,
    /// CCC no EV, no contract and no debt.
    pub fn three() -> Self {
        let mut desk = Self::of(3);
        for (number, ev, backlog, debt, mw) in [
            (0, exact(bn(100)), bn(300), bn(57), exact(900)),
            (
                1,
                hedged(bn(40), Hedge::About),
                bn(168),
                bn(78),
                none("no load is stated"),
            ),
            (2, none("no shares are stated"), bn(0), bn(0), exact(10)),
        ] {
            let row = &mut desk.derived.watchlist[number];
            row.backlog_usd = exact(backlog);
            row.debt_usd = exact(debt);
            row.contracted_mw = mw;
            row.ai_revenue_share = Ok(Stated::exact(0.25, Vec::new()));
            desk.derived.companies[number].valuation.ev_usd = ev;
        }
        desk
    }

    /// What was asked for since the last call.
    pub fn taken(&self) -> Vec<Action> {
        self.taken.take()
    }

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
            tokens: Tokens::of(self.dark, Scheme::GreenRed),
            settings: &self.settings,
            status: &self.status,
            actions: &self.actions,
        };
        shell::show(ui, &cx, &mut self.state);
        // What the app does with the actions that the page itself depends on.
        for action in self.actions.take() {
            if let Action::Set(settings) = action {
                self.settings = *settings;
                continue;
            }
            if let Action::Select(company) = action {
                self.state.selected = Some(company);
            }
            self.taken.borrow_mut().push(action);
        }
    }

    /// Drives the window.
    pub fn open(self, width: f32, height: f32) -> Harness<'static, Self> {
        let dark = self.dark;
        // Steps so short that two clicks can be one double click.
        let mut harness = harness(width, height, dark)
            .with_step_dt(0.05)
            .with_max_steps(100)
            .build_ui_state(|ui, desk: &mut Self| desk.show(ui), self);
        harness.run();
        harness
    }
}

/// Clicks twice at that place.
pub fn double_click(harness: &mut Harness<'_, Desk>, at: Pos2) {
    for pressed in [true, false, true, false] {
        harness.event(egui::Event::PointerMoved(at));
        harness.event(egui::Event::PointerButton {
            pos: at,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        });
    }
    harness.run();
}
