//! Prices over the network in the real window: they come by themselves and stay,
//! a provider that fails says so, without a connection everything works, and
//! what is the user's own is never replaced.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use egui::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use gigawatch::app::{App, Network, Window};
use gigawatch::fetch::World;
use gigawatch::model::instrument::InstrumentKind;
use gigawatch::model::{
    Change, Currency, Instrument, Outcome, Provider, Record, RecordKey, RecordKind,
};
use gigawatch::secrets::{SessionKeys, SystemKeysOrSession};
use gigawatch::ui::state::Offline;
use gigawatch::ui::{Action, Command};

use crate::fetch_fake::{FakeWorld, NASDAQ_NO_DATA, coinbase, json, status, unreachable, yahoo};
use crate::flows;

/// The Saturday of the tests' clock.
const NOW: &str = "2026-11-21T14:05:00Z";
const FRIDAY: &str = "2026-11-20";

/// A world in which nobody knows any symbol.
fn world() -> Arc<FakeWorld> {
    let world = FakeWorld::new(NOW);
    let unknown = r#"{"chart":{"result":null,"error":{"code":"Not Found","description":"No data found, symbol may be delisted"}}}"#;
    world.script("coinbase.com", [json("[]")]);
    world.script(
        "kraken.com",
        [json(r#"{"error":["EQuery:Unknown asset pair"]}"#)],
    );
    world.script("bitstamp.net", [status(404, "{}")]);
    world.script("chart/BTC-USD", [status(404, unknown)]);
    for symbol in SYMBOLS {
        world.script(&format!("chart/{symbol}?"), [status(404, unknown)]);
    }
    world.script("nasdaq.com", [json(NASDAQ_NO_DATA)]);
    world
}

const SYMBOLS: [&str; 18] = [
    "IREN", "WULF", "CIFR", "HUT", "CORZ", "GLXY", "RIOT", "MARA", "CLSK", "BTDR", "KEEL", "HIVE",
    "APLD", "WYFI", "BTBT", "ABTC", "SMH", "NVDA",
];

/// Daily closes of IREN as Yahoo has them, the starter's last day included.
fn iren() -> Vec<(&'static str, f64)> {
    vec![
        ("2026-10-09", 35.19),
        ("2026-11-16", 40.0),
        ("2026-11-17", 41.0),
        ("2026-11-18", 42.0),
        ("2026-11-19", 43.0),
        (FRIDAY, 44.0),
    ]
}

fn open_with(folder: &Path, world: &Arc<FakeWorld>, settings: &str) -> Harness<'static, App> {
    std::fs::write(folder.join("settings.toml"), settings).unwrap();
    let mut start = flows::start(folder);
    start.network = Some(Network {
        world: Arc::<FakeWorld>::clone(world) as Arc<dyn World>,
        keys: Arc::new(SystemKeysOrSession::over(Box::new(SessionKeys::default()))),
        bases: BTreeMap::new(),
    });
    flows::open_start(start, [1440.0, 900.0], 1.0)
}

fn open(folder: &Path, world: &Arc<FakeWorld>) -> Harness<'static, App> {
    open_with(folder, world, "")
}

fn window<'a>(harness: &'a Harness<'_, App>) -> &'a Window {
    harness.state().window().unwrap()
}

fn instrument(window: &Window, symbol: &str) -> Instrument {
    window.book().instrument_by_symbol(symbol).unwrap().clone()
}

/// Day and close of the watchlist's row.
fn shown(harness: &Harness<'_, App>, symbol: &str) -> (String, f64) {
    let rows = &window(harness).derived().watchlist;
    let row = rows
        .iter()
        .find(|row| row.symbol.as_deref() == Some(symbol));
    let last = row.unwrap().last.as_ref().unwrap();
    (last.value.1.to_string(), last.value.0)
}

fn outcomes(harness: &Harness<'_, App>, symbol: &str) -> Vec<(Provider, Outcome)> {
    let window = window(harness);
    let feed = window.feeds().get(instrument(window, symbol).id).unwrap();
    let attempts = feed.last_turn.iter();
    attempts
        .map(|attempt| (attempt.provider, attempt.outcome))
        .collect()
}

fn act(harness: &mut Harness<'_, App>, action: Action) {
    harness.state().window().unwrap().act(action);
    harness.run();
}

#[test]
fn prices_come_on_the_first_start_and_are_there_after_the_next_without_asking_again() {
    let folder = tempfile::tempdir().unwrap();
    let world = world();
    world.script("chart/IREN?", [yahoo("IREN", &iren(), "")]);
    world.script(
        "coinbase.com",
        [
            coinbase(&[("2026-11-19", 90_000.0), (FRIDAY, 91_000.0)]),
            json("[]"),
        ],
    );
    let harness = open(folder.path(), &world);
    assert_eq!(shown(&harness, "IREN"), (FRIDAY.to_owned(), 44.0));
    assert_eq!(
        outcomes(&harness, "IREN"),
        [(Provider::Yahoo, Outcome::Rebuilt)]
    );
    assert_eq!(
        outcomes(&harness, "BTC-USD").first().unwrap().0,
        Provider::Coinbase
    );
    assert_eq!(
        shown(&harness, "WULF").0,
        "2026-10-09",
        "a row without news keeps its day"
    );
    assert!(window(&harness).status().refresh.is_none(), "it is over");
    drop(harness);

    let asked = world.asked("chart/IREN").len();
    let harness = open(folder.path(), &world);
    assert_eq!(shown(&harness, "IREN"), (FRIDAY.to_owned(), 44.0));
    assert_eq!(world.asked("chart/IREN").len(), asked, "once a trading day");
}

#[test]
fn a_provider_that_wants_quiet_says_so_on_the_row_and_is_left_alone_by_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let world = world();
    world.script("finance.yahoo.com", [status(429, "Too Many Requests\r\n")]);
    // Bitcoin may come to it first, after the others that have coins.
    world.script("chart/BTC-USD", [status(429, "Too Many Requests\r\n")]);
    for symbol in SYMBOLS {
        world.script(
            &format!("chart/{symbol}?"),
            [status(429, "Too Many Requests\r\n")],
        );
    }
    let mut harness = open(folder.path(), &world);
    let asked = world.asked("yahoo.com").len();
    assert_eq!(asked, 1, "nobody asks after a 429");
    assert_eq!(
        outcomes(&harness, "IREN"),
        [
            (Provider::Yahoo, Outcome::Quiet),
            (Provider::Nasdaq, Outcome::NoData)
        ]
    );
    assert_eq!(
        shown(&harness, "IREN"),
        ("2026-10-09".to_owned(), 35.19),
        "the old close stays"
    );
    act(&mut harness, Action::Run(Command::RefreshPrices));
    drop(harness);
    drop(open(folder.path(), &world));
    assert_eq!(
        world.asked("yahoo.com").len(),
        asked,
        "nor on demand, nor after a restart"
    );
}

#[test]
fn without_a_connection_the_window_says_offline_and_works() {
    let folder = tempfile::tempdir().unwrap();
    let world = FakeWorld::new(NOW);
    world.script("https://", [unreachable()]);
    let mut harness = open(folder.path(), &world);
    assert_eq!(
        window(&harness).status().offline,
        Some(Offline::Unconnected)
    );
    assert_eq!(shown(&harness, "IREN"), ("2026-10-09".to_owned(), 35.19));
    let few = world.urls().len();
    assert!(
        few < 40,
        "a dead network is not asked for every series: {few}"
    );
    act(&mut harness, Action::Refresh(Vec::new()));
    let told = |harness: &Harness<'_, App>| -> Vec<String> {
        let messages = &window(harness).status().messages;
        let on_screen = messages.iter().filter(|message| message.on_screen);
        on_screen.map(|message| message.text.clone()).collect()
    };
    let failed = "No provider can be reached: prices stay as they are";
    assert!(told(&harness).contains(&failed.to_owned()));
    // The connection is back.
    world.script("https://", []);
    let back = self::world();
    drop(back);
    world.script("https://", [yahoo("IREN", &iren(), "")]);
    let id = instrument(window(&harness), "IREN").id;
    act(&mut harness, Action::Refresh(vec![id]));
    assert_eq!(shown(&harness, "IREN"), (FRIDAY.to_owned(), 44.0));
    assert_eq!(window(&harness).status().offline, None);
    assert!(!told(&harness).contains(&failed.to_owned()), "it is over");
}

#[test]
fn the_switch_offline_asks_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let world = FakeWorld::new(NOW);
    let mut harness = open_with(folder.path(), &world, "[prices]\noffline = true\n");
    act(&mut harness, Action::Run(Command::RefreshPrices));
    assert_eq!(world.urls(), Vec::<String>::new());
    assert_eq!(window(&harness).status().offline, Some(Offline::BySetting));
    let last = window(&harness).status().messages.last().unwrap();
    assert!(
        last.text.starts_with("Offline by your setting"),
        "{}",
        last.text
    );
}

#[test]
fn a_typed_close_and_a_locked_series_are_never_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let world = world();
    let mut harness = open(folder.path(), &world);
    let iren_id = instrument(window(&harness), "IREN").id;
    act(
        &mut harness,
        Action::TypeClose {
            instrument: iren_id,
            day: FRIDAY.parse().unwrap(),
            close: 39.5,
        },
    );
    assert_eq!(shown(&harness, "IREN"), (FRIDAY.to_owned(), 39.5));
    let mut wulf = instrument(window(&harness), "WULF");
    wulf.locked = true;
    act(
        &mut harness,
        Action::Apply(Change::put("lock WULF", Record::Instrument(wulf))),
    );
    world.script("chart/IREN?", [yahoo("IREN", &iren(), "")]);
    let asked = world.asked("chart/WULF").len();
    act(&mut harness, Action::Refresh(Vec::new()));
    assert_eq!(
        shown(&harness, "IREN"),
        (FRIDAY.to_owned(), 39.5),
        "typed stays"
    );
    let prices = window(&harness).prices().get("IREN").unwrap();
    assert_eq!(
        prices
            .at_or_before("2026-11-19".parse().unwrap())
            .unwrap()
            .close,
        43.0
    );
    assert_eq!(
        world.asked("chart/WULF").len(),
        asked,
        "locked is not asked for"
    );
    // Undo of the lock, then of the typed close, uncovers what was fetched.
    act(&mut harness, Action::Run(Command::Undo));
    act(&mut harness, Action::Run(Command::Undo));
    assert_eq!(shown(&harness, "IREN"), (FRIDAY.to_owned(), 44.0));
}

#[test]
fn a_jump_is_asked_about_and_taken_when_the_user_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let world = world();
    world.script("chart/IREN?", [yahoo("IREN", &iren()[..5], "")]);
    let mut harness = open(folder.path(), &world);
    assert_eq!(shown(&harness, "IREN"), ("2026-11-19".to_owned(), 43.0));
    let mut jumped = iren();
    jumped[5].1 = 88.0;
    world.script("chart/IREN?", [yahoo("IREN", &jumped, "")]);
    let id = instrument(window(&harness), "IREN").id;
    act(&mut harness, Action::Refresh(vec![id]));
    assert_eq!(
        shown(&harness, "IREN"),
        ("2026-11-19".to_owned(), 43.0),
        "no cliff is drawn"
    );
    let told = window(&harness).status().messages.last().unwrap();
    assert_eq!(told.text, "1 question waits for your answer, see Data");
    let question = window(&harness).feeds().get(id).unwrap().question.unwrap();
    assert_eq!(
        (question.day.to_string(), question.close),
        (FRIDAY.to_owned(), 88.0)
    );
    act(&mut harness, Action::AcceptJump(id, question.day));
    assert_eq!(shown(&harness, "IREN"), (FRIDAY.to_owned(), 88.0));
    assert_eq!(window(&harness).feeds().get(id).unwrap().question, None);
}

fn add_tesla() -> Action {
    Action::AddInstrument {
        symbol: "TSLA".to_owned(),
        name: "Tesla".to_owned(),
        kind: InstrumentKind::Stock,
        currency: Currency::USD,
    }
}

#[test]
fn a_new_instrument_is_fetched_at_once_and_shown() {
    let folder = tempfile::tempdir().unwrap();
    let world = world();
    world.script("chart/TSLA?", [yahoo("TSLA", &iren(), "")]);
    let mut harness = open(folder.path(), &world);
    act(&mut harness, add_tesla());
    let added = instrument(window(&harness), "TSLA").id;
    assert_eq!(window(&harness).ui.data.selected, Some(added));
    let last = window(&harness).prices().get("TSLA").unwrap().last();
    assert_eq!(last.unwrap().close, 44.0);
    assert_eq!(world.asked("chart/TSLA").len(), 1);
    let told = |harness: &Harness<'_, App>| {
        let messages = &window(harness).status().messages;
        messages.last().unwrap().text.clone()
    };
    assert_eq!(told(&harness), "TSLA is up to date");
    // It can be taken out, and comes back with its prices.
    let key = RecordKey::new(RecordKind::Instrument, added.0);
    act(&mut harness, Action::Delete(key));
    assert!(window(&harness).prices().get("TSLA").is_none());
    act(&mut harness, Action::Run(Command::Undo));
    assert!(window(&harness).prices().get("TSLA").is_some());
    assert_eq!(world.asked("chart/TSLA").len(), 1);
}

#[test]
fn a_new_instrument_without_network_waits_in_silence() {
    let folder = tempfile::tempdir().unwrap();
    let world = FakeWorld::new(NOW);
    let mut harness = open_with(folder.path(), &world, "[prices]\noffline = true\n");
    act(&mut harness, add_tesla());
    assert_eq!(world.urls(), Vec::<String>::new());
    let last = window(&harness).status().messages.last().unwrap();
    assert_eq!(last.text, "Saved: add TSLA");
}

#[test]
fn a_close_is_typed_for_the_newest_day_of_its_market() {
    let folder = tempfile::tempdir().unwrap();
    let world = world();
    let mut harness = open(folder.path(), &world);
    let id = instrument(window(&harness), "IREN").id;
    act(&mut harness, Action::EnterClose(id));
    act(&mut harness, Action::ImportPricesOf(id));
    harness.get_by_label("Import prices of IREN");
    act(&mut harness, Action::EnterClose(id));
    // The clock says Saturday.
    let day = harness.get_by_role_and_label(Role::TextInput, "Day");
    assert_eq!(day.value().as_deref(), Some(FRIDAY));
}
