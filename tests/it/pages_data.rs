//! Prices on screen: the top bar, the marks of the watchlist and the Data page,
//! drawn with feeds made by hand. What the dialogs and Settings do is beside.

mod dialogs;
mod feeds;
mod words;

use egui::epaint::Shape;
use egui::{Key, Modifiers, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use gigawatch::analytics::freshness::Freshness;
use gigawatch::model::{Change, Provider, Record, RecordKey, RecordKind};
use gigawatch::ui::dialog::instrument::InstrumentDialog;
use gigawatch::ui::dialog::type_close::TypeCloseDialog;
use gigawatch::ui::palette::entries;
use gigawatch::ui::price_state;
use gigawatch::ui::state::{Dialog, Offline, Page, Refresh};
use gigawatch::ui::widget::mark::Sign;
use gigawatch::ui::{Action, Command};

use self::feeds::{Desk, day, open};
use crate::overlap::{overlaps, texts};
use crate::pages_window::plain;

fn window(desk: Desk) -> Harness<'static, Desk> {
    open(desk, 1280.0, 800.0, true)
}

fn press(harness: &mut Harness<'static, Desk>, role: Role, name: &str) -> Vec<Action> {
    harness.get_by_role_and_label(role, name).click();
    harness.run();
    harness.state().taken()
}

fn with_pane(symbol: &str) -> Harness<'static, Desk> {
    let mut desk = Desk::new(Page::Data);
    desk.select(symbol);
    window(desk)
}

#[test]
fn instruments_as_a_table() {
    let harness = window(Desk::new(Page::Data));
    let table = plain(&harness.state().ui.data.instruments().to_text());
    let expected = [
        " | Instrument | From | First day | Last day | Rows | Gaps | State | Last try | Result",
        " | BTC-USD Bitcoin | Coinbase | 17 Nov 2021 | 21 Nov 2026 | 1,254 | 4 | live | 14:00 | Coinbase: updated",
        " | HUT Hut 8 | Yahoo | 17 Nov 2021 | 2 Nov 2026 | 1,257 | 1 | question | 14:00 | Yahoo: question",
        " | IREN IREN Limited | typed | 17 Nov 2021 | 18 Nov 2026 | 1,258 | 0 | 2 days missing | 14:00 | Nasdaq: no data",
        " | KEEL Keel Infrastructure | Yahoo | 17 Nov 2021 | 20 Nov 2026 | 1,256 | 2 | current | 14:00 | Yahoo: updated",
        " | SMH VanEck Semiconductor ETF | your file | 17 Nov 2021 | 9 Oct 2026 | 1,255 | 3 | locked | — | —",
    ];
    assert_eq!(table, expected.join("\n"));
}

#[test]
fn attempts_as_a_log() {
    let mut harness = window(Desk::new(Page::Data));
    press(&mut harness, Role::Button, "Log");
    let table = plain(&harness.state().ui.data.attempts().to_text());
    let expected = [
        " | Time | Symbol | Result | Detail | Rows | Skipped",
        " | 14:00 | BTC-USD | Coinbase: updated | 1 row new | 1 | 0",
        " | 14:00 | KEEL | Yahoo: updated | 3 rows new | 3 | 0",
        " | 14:00 | HUT | Yahoo: question | 1 day waits for an answer | 0 | 14",
        " | 14:00 | IREN | Nasdaq: no data |  | 0 | 0",
        " | 14:00 | IREN | Yahoo: limited | answered 429 | 0 | 0",
    ];
    assert_eq!(table, expected.join("\n"));
    harness.state_mut().ui.data.filter.text = "nasdaq".to_owned();
    harness.run();
    assert_eq!(harness.state().ui.data.attempts().rows.len(), 1);
}

#[test]
fn chips_titles_and_arrows_choose_rows() {
    let mut harness = window(Desk::new(Page::Data));
    let shown = |harness: &Harness<'static, Desk>| -> Vec<String> {
        let text = harness.state().ui.data.instruments().to_text();
        let symbol = |line: &str| {
            line.split('\t')
                .nth(1)
                .unwrap()
                .split(' ')
                .next()
                .unwrap()
                .to_owned()
        };
        text.lines().skip(1).map(symbol).collect()
    };
    for (chip, expected) in [
        ("Stale", &["HUT", "IREN"][..]),
        ("Questions", &["HUT"]),
        ("Locked", &["SMH"]),
        ("All", &["BTC-USD", "HUT", "IREN", "KEEL", "SMH"]),
    ] {
        press(&mut harness, Role::Button, chip);
        assert_eq!(shown(&harness), expected, "{chip}");
    }
    press(&mut harness, Role::Button, "Sort by Gaps");
    assert_eq!(shown(&harness), ["BTC-USD", "SMH", "KEEL", "HUT", "IREN"]);
    harness.get_by_role_and_label(Role::Button, "Sort by Gaps");
    harness.key_press(Key::Escape);
    harness.state_mut().ui.data.filter.text = "hut".to_owned();
    harness.run();
    assert_eq!(shown(&harness), ["HUT"]);
    harness.state_mut().ui.data.filter.text = "zzz".to_owned();
    harness.run();
    press(&mut harness, Role::Link, "Clear the filter");
    harness.key_press(Key::ArrowDown);
    harness.run();
    let first = harness.state().id("BTC-USD");
    assert_eq!(harness.state().ui.data.selected, Some(first));
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(harness.state().taken(), [Action::EditInstrument(first)]);
}

#[test]
fn each_button_of_the_pane_asks_for_its_action() {
    let mut harness = with_pane("IREN");
    let id = harness.state().id("IREN");
    let mut locked = harness.state().book.instrument(id).unwrap().clone();
    locked.locked = true;
    let lock = Change::put("lock prices of IREN", Record::Instrument(locked));
    for (button, action) in [
        ("Refresh", Action::Refresh(vec![id])),
        ("Import…", Action::ImportPricesOf(id)),
        ("Enter close…", Action::EnterClose(id)),
        ("Edit sources…", Action::EditInstrument(id)),
        ("Lock", Action::Apply(lock)),
    ] {
        assert_eq!(
            press(&mut harness, Role::Button, button),
            [action],
            "{button}"
        );
    }
    let asked = press(&mut harness, Role::Button, "Rebuild…");
    let [Action::Ask(question)] = asked.as_slice() else {
        panic!("{asked:?}");
    };
    assert_eq!(question.action, Action::Rebuild(id));
    assert!(question.text.contains("Your own 2 closes stay as they are"));
    press(&mut harness, Role::Link, "Close");
    assert_eq!(harness.state().ui.data.selected, None);
    assert_eq!(
        press(&mut harness, Role::Link, "Add instrument…"),
        [Action::NewInstrument]
    );
}

#[test]
fn the_pane_tells_all_that_is_known() {
    let harness = with_pane("IREN");
    for text in [
        "2 days missing",
        "Yahoo answered 429; next try 19:40",
        "Nasdaq: no data",
        "18 Nov 2026, 17 Nov 2026",
        "2 Feb 2026 · Yahoo: split 4 for 1",
        "3 Mar 2025 · Yahoo: dividend 0.12",
        "Your file: 12",
        "Tiingo: no key in Settings",
    ] {
        harness.get_by_label(text);
    }
    let mut harness = with_pane("SMH");
    assert!(harness.query_by_label("Refresh").is_none());
    harness.get_by_label("Nobody: these prices are kept by hand");
    let actions = press(&mut harness, Role::Button, "Unlock");
    assert!(
        matches!(actions.as_slice(), [Action::Apply(change)] if change.label == "unlock prices of SMH")
    );
}

#[test]
fn a_question_is_answered_or_put_off() {
    let mut harness = window(Desk::new(Page::Data));
    let id = harness.state().id("HUT");
    let question =
        "HUT: Yahoo gives 12.40 for Tue 3 Nov after 6.95 the day before, and no split explains it";
    harness.get_by_label(question);
    let taken = press(&mut harness, Role::Button, "Take it");
    assert_eq!(taken, [Action::AcceptJump(id, day("2026-11-03"))]);
    assert_eq!(press(&mut harness, Role::Button, "Leave it"), []);
    assert!(harness.query_by_label(question).is_none());
    // The pane still asks, and the row still says so.
    harness.state_mut().select("HUT");
    harness.run();
    harness.get_by_label("A jump of +78\u{202F}% on Tue 3 Nov waits for your answer");
    let taken = press(&mut harness, Role::Button, "Take it");
    assert_eq!(taken, [Action::AcceptJump(id, day("2026-11-03"))]);
}

#[test]
fn the_top_bar_tells_how_new_prices_are() {
    let check = |change: &dyn Fn(&mut Desk), expected: &str| {
        let mut desk = Desk::new(Page::Deals);
        change(&mut desk);
        window(desk).get_by_label(expected);
    };
    check(
        &|_| {},
        "Prices Fri 20 Nov · 2 stale · 1 question · BTC live 14:00",
    );
    check(
        &|desk| desk.feeds = gigawatch::model::Feeds::default(),
        "Prices Fri 20 Nov · 2 stale · BTC live",
    );
    let calm = |desk: &mut Desk| {
        desk.feeds = gigawatch::model::Feeds::default();
        for coverage in desk.coverage.values_mut() {
            coverage.freshness = Freshness::Current;
        }
    };
    check(&calm, "Prices Fri 20 Nov");
    check(
        &|desk| {
            calm(desk);
            desk.status.offline = Some(Offline::BySetting);
        },
        "Offline, prices as of Fri 20 Nov",
    );
    check(
        &|desk| {
            desk.feeds = gigawatch::model::Feeds::default();
            desk.status.offline = Some(Offline::Unconnected);
        },
        "Offline, prices as of Fri 20 Nov · 2 stale",
    );
    check(
        &|desk| {
            calm(desk);
            for coverage in desk.coverage.values_mut() {
                coverage.freshness = Freshness::Behind { days: 9 };
            }
            desk.only_to("2026-11-09");
        },
        "Prices Mon 9 Nov, 12\u{202F}d old",
    );
    check(
        &|desk| {
            desk.status.refresh = Some(Refresh {
                total: 16,
                done: 7,
                now: Vec::new(),
            });
        },
        "Prices: 7 of 16",
    );
}

#[test]
fn the_refresh_button_starts_and_stops() {
    let mut harness = window(Desk::new(Page::Debt));
    let started = press(&mut harness, Role::Button, "Refresh prices");
    assert_eq!(started, [Action::Run(Command::RefreshPrices)]);
    let run = Refresh {
        total: 5,
        done: 1,
        now: vec![harness.state().id("HUT")],
    };
    harness.state_mut().status.refresh = Some(run);
    harness.run();
    let stopped = press(&mut harness, Role::Button, "Stop refreshing prices");
    assert_eq!(stopped, [Action::Run(Command::CancelRefresh)]);
    harness.state_mut().status.refresh = None;
    harness.state_mut().status.offline = Some(Offline::BySetting);
    harness.run();
    assert_eq!(press(&mut harness, Role::Button, "Refresh prices"), []);
    // A connection that failed may be back: only trying tells.
    harness.state_mut().status.offline = Some(Offline::Unconnected);
    harness.run();
    let again = press(&mut harness, Role::Button, "Refresh prices");
    assert_eq!(again, [Action::Run(Command::RefreshPrices)]);
}

#[test]
fn late_rows_are_marked_only_beside_others_that_are_not() {
    let mut desk = Desk::new(Page::Watchlist);
    let ids = ["IREN", "HUT", "KEEL"].map(|symbol| desk.id(symbol));
    desk.feeds = gigawatch::model::Feeds::default();
    let marked = |desk: Desk| {
        let harness = window(desk);
        let rows = harness.get_all_by_role(Role::Row);
        let words = rows.filter_map(|row| row.accesskit_node().label());
        words.filter(|words| words.contains("stale")).count()
    };
    assert_eq!(marked(desk), 2, "KEEL is current");
    let mut desk = Desk::new(Page::Watchlist);
    desk.feeds = gigawatch::model::Feeds::default();
    for id in ids {
        desk.coverage.get_mut(&id).unwrap().freshness = Freshness::Behind { days: 3 };
    }
    assert_eq!(marked(desk), 0, "the top bar tells it for all");
}

#[test]
fn only_what_nothing_is_about_can_be_deleted() {
    let harness = with_pane("IREN");
    assert!(harness.query_by_label("Delete").is_none());
    let mut desk = Desk::new(Page::Data);
    let mut ether = desk.book.instrument_by_symbol("SMH").unwrap().clone();
    ether.id = gigawatch::model::InstrumentId(uuid::Uuid::from_u128(77));
    "ETH-USD".clone_into(&mut ether.symbol);
    ether.benchmark = false;
    let key = RecordKey::new(RecordKind::Instrument, ether.id.0);
    let added = Change::put("add ETH-USD", Record::Instrument(ether));
    desk.book.apply(&added).unwrap();
    desk.select("ETH-USD");
    let mut harness = window(desk);
    assert_eq!(
        press(&mut harness, Role::Button, "Delete"),
        [Action::Delete(key)]
    );
}

#[test]
fn nothing_moves_while_prices_come() {
    let mut harness = window(Desk::new(Page::Watchlist));
    let places = |harness: &Harness<'static, Desk>| -> Vec<egui::Rect> {
        let names = [
            "Search or run a command…",
            "Filter companies",
            "Sort by Close",
        ];
        names.map(|name| harness.get_by_label(name).rect()).to_vec()
    };
    let before = places(&harness);
    for done in [0, 3, 5] {
        harness.state_mut().status.refresh = Some(Refresh {
            total: 5,
            done,
            now: Vec::new(),
        });
        harness.run();
        assert_eq!(places(&harness), before, "{done}");
    }
}

#[test]
fn prices_that_are_not_the_newest_are_marked() {
    let desk = Desk::new(Page::Watchlist);
    let state = |symbol: &str| price_state::of(&desk.cx(true), desk.id(symbol));
    let check = |symbol: &str, sign: Sign, text: &str| {
        let state = state(symbol).unwrap();
        assert_eq!((state.sign, plain(&state.text)), (sign, text.to_owned()));
    };
    check(
        "IREN",
        Sign::Late,
        "2 days missing: Yahoo answered 429; next try 19:40; Nasdaq: no data",
    );
    check(
        "HUT",
        Sign::Asks,
        "a jump of +78 % on Tue 3 Nov waits for your answer",
    );
    check(
        "BTC-USD",
        Sign::Live,
        "live, taken at 14:00, the close replaces it",
    );
    assert_eq!(state("KEEL"), None);
    assert_eq!(state("SMH"), None);
    let harness = window(desk);
    let row = |starts: &str| {
        let row = harness.get_by(|node| {
            node.role() == Role::Row && node.label().is_some_and(|label| label.starts_with(starts))
        });
        row.accesskit_node().label().unwrap()
    };
    assert!(row("IREN").contains("Day 18 Nov, stale"));
    assert!(row("HUT").contains("Day 2 Nov, question"));
    assert!(row("KEEL").contains("Day 20 Nov, 1D"));
}

#[test]
fn commands_of_prices_are_found() {
    let mut desk = Desk::new(Page::Watchlist);
    let first = |desk: &Desk, text: &str| {
        let found = entries(&desk.cx(true), text);
        found.first().map(|entry| entry.text.clone())
    };
    assert_eq!(first(&desk, "data").as_deref(), Some("Data"));
    assert_eq!(first(&desk, "refresh").as_deref(), Some("Refresh prices"));
    desk.status.refresh = Some(Refresh::default());
    assert_eq!(
        first(&desk, "refresh").as_deref(),
        Some("Stop refreshing prices")
    );
    let mut harness = window(desk);
    let gone = press(&mut harness, Role::Tab, "Data");
    assert_eq!(gone, [Action::Run(Command::GoData)]);
    let keys = Command::GoData.shortcut().unwrap();
    assert_eq!(
        (keys.modifiers, keys.logical_key),
        (Modifiers::COMMAND, Key::Num4)
    );
}

fn screens() -> Vec<(&'static str, Desk)> {
    let on = |page| Desk::new(page);
    let mut pane = on(Page::Data);
    pane.select("IREN");
    let mut asked = on(Page::Data);
    asked.select("HUT");
    let mut log = on(Page::Data);
    log.ui.data.log = true;
    log.status.offline = Some(Offline::BySetting);
    let mut sources = on(Page::Data);
    let iren = sources.book.instrument_by_symbol("IREN").unwrap().clone();
    let derived = [Provider::Yahoo, Provider::Nasdaq].map(|one| (one, "IREN".to_owned()));
    let dialog = InstrumentDialog::new(iren.clone(), derived.to_vec());
    sources.ui.dialog = Some(Dialog::Instrument(Box::new(dialog)));
    let mut add = on(Page::Data);
    add.ui.dialog = Some(Dialog::AddInstrument(Box::default()));
    let mut close = on(Page::Data);
    let dialog = TypeCloseDialog::new(iren, day("2026-11-20"));
    close.ui.dialog = Some(Dialog::TypeClose(Box::new(dialog)));
    let mut company = on(Page::Watchlist);
    company.ui.selected = company.book.companies().next().map(|company| company.id);
    vec![
        ("watchlist", on(Page::Watchlist)),
        ("company", company),
        ("data", on(Page::Data)),
        ("settings", on(Page::Settings)),
        ("pane", pane),
        ("question", asked),
        ("log", log),
        ("sources", sources),
        ("add", add),
        ("close", close),
    ]
}

/// Texts that end in … because there is no room for them.
fn cut(harness: &Harness<'static, Desk>) -> Vec<String> {
    fn collect(shape: &Shape, found: &mut Vec<String>) {
        if let Shape::Vec(shapes) = shape {
            for shape in shapes {
                collect(shape, found);
            }
        } else if let Shape::Text(text) = shape
            && text.galley.elided
        {
            found.push(text.galley.text().to_owned());
        }
    }
    let mut found = Vec::new();
    for clipped in &harness.output().shapes {
        collect(&clipped.shape, &mut found);
    }
    found
}

#[test]
fn no_screen_cuts_or_overlaps_its_texts() {
    for dark in [true, false] {
        for (width, height) in [(1280.0, 800.0), (1920.0, 1080.0)] {
            for (name, desk) in screens() {
                let harness = open(desk, width, height, dark);
                let mut cut = cut(&harness);
                // Names of companies may give way beside a pane; their symbols may not.
                cut.retain(|text| {
                    let names = [
                        "IREN Limited",
                        "Keel Infrastructure",
                        "VanEck Semiconductor ETF",
                    ];
                    !names.contains(&text.as_str())
                });
                assert!(cut.is_empty(), "{name} at {width} cuts {cut:?}");
                let is_dialog = harness.state().ui.dialog.is_some();
                let found = overlaps(&texts(&harness.output().shapes));
                assert!(
                    is_dialog || found.is_empty(),
                    "{name} at {width}: {found:?}"
                );
            }
        }
    }
}

#[test]
fn every_screen_settles_in_small_windows() {
    for dark in [true, false] {
        for (_, desk) in screens() {
            let mut harness = open(desk, 640.0, 400.0, dark);
            let _drawn = harness.render().unwrap();
        }
    }
}
