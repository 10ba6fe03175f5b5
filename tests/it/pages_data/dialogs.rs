//! The dialogs of the Data page and the prices of Settings.

use egui::{Key, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use gigawatch::model::instrument::InstrumentKind;
use gigawatch::model::{Change, Currency, Instrument, PricePolicy, Provider, Record};
use gigawatch::ui::dialog::add_instrument::{AddInstrument, Field};
use gigawatch::ui::dialog::instrument::InstrumentDialog;
use gigawatch::ui::dialog::type_close::TypeCloseDialog;
use gigawatch::ui::state::{Dialog, Page};
use gigawatch::ui::{Action, Command, Settings};

use super::feeds::{Desk, day, open};
use super::{press, window};

fn type_into(harness: &mut Harness<'static, Desk>, role: Role, label: &str, text: &str) {
    harness.get_by_role_and_label(role, label).focus();
    harness.run();
    harness.get_by_role_and_label(role, label).type_text(text);
    harness.run();
}

/// The dialog of IREN's sources, and IREN.
fn sources() -> (Harness<'static, Desk>, Instrument) {
    let mut desk = Desk::new(Page::Data);
    let iren = desk.book.instrument_by_symbol("IREN").unwrap().clone();
    let derived = [Provider::Yahoo, Provider::Tiingo, Provider::Nasdaq]
        .map(|provider| (provider, "IREN".to_owned()));
    let dialog = InstrumentDialog::new(iren.clone(), derived.to_vec());
    desk.ui.dialog = Some(Dialog::Instrument(Box::new(dialog)));
    (window(desk), iren)
}

fn saved(edited: Instrument) -> [Action; 2] {
    let change = Change::put("edit sources of IREN", Record::Instrument(edited));
    [Action::CloseDialog, Action::Apply(change)]
}

#[test]
fn sources_are_edited() {
    let (mut harness, mut iren) = sources();
    type_into(&mut harness, Role::TextInput, "Symbol at Nasdaq", "IREN2");
    press(&mut harness, Role::Button, "Its own order");
    press(&mut harness, Role::Button, "Ask Nasdaq earlier");
    press(&mut harness, Role::Button, "Ask Nasdaq earlier");
    press(&mut harness, Role::CheckBox, "Ask Tiingo");
    iren.providers = vec![Provider::Nasdaq, Provider::Yahoo];
    let code = Provider::Nasdaq.code().to_owned();
    iren.provider_symbols.insert(code, "IREN2".to_owned());
    assert_eq!(press(&mut harness, Role::Button, "Save"), saved(iren));
}

#[test]
fn sources_are_locked_or_left_alone() {
    let (mut harness, mut iren) = sources();
    // Nothing edited is nothing to undo.
    assert_eq!(
        press(&mut harness, Role::Button, "Save"),
        [Action::CloseDialog]
    );
    press(&mut harness, Role::CheckBox, "Kept by hand: never fetched");
    iren.locked = true;
    assert_eq!(press(&mut harness, Role::Button, "Save"), saved(iren));
    harness.key_press(Key::Escape);
    harness.run();
    assert_eq!(harness.state().taken(), [Action::CloseDialog]);
}

#[test]
fn sources_without_a_provider_or_with_blanks_are_refused() {
    let (mut harness, _) = sources();
    press(&mut harness, Role::Button, "Its own order");
    for provider in ["Yahoo", "Tiingo", "Nasdaq"] {
        press(&mut harness, Role::CheckBox, &format!("Ask {provider}"));
    }
    harness.get_by_label("Turn a provider on, or keep it by hand");
    assert_eq!(press(&mut harness, Role::Button, "Save"), []);
    press(&mut harness, Role::Button, "Usual order");
    type_into(&mut harness, Role::TextInput, "Symbol at Yahoo", "IR EN");
    harness.get_by_label("“IR EN” is no symbol of Yahoo");
}

#[test]
fn an_instrument_is_added() {
    let mut desk = Desk::new(Page::Data);
    desk.ui.dialog = Some(Dialog::AddInstrument(Box::default()));
    let mut harness = window(desk);
    assert_eq!(press(&mut harness, Role::Button, "Add"), []);
    harness.get_by_label("Type its symbol, such as IREN, BTC-USD or EURUSD=X");
    type_into(&mut harness, Role::TextInput, "Symbol", "eurusd=x");
    type_into(&mut harness, Role::TextInput, "Name", "Euro in dollars");
    harness.get_by_role_and_label(Role::ComboBox, "Kind: Currency pair");
    let added = Action::AddInstrument {
        symbol: "EURUSD=X".to_owned(),
        name: "Euro in dollars".to_owned(),
        kind: InstrumentKind::Fx,
        currency: Currency::USD,
    };
    assert_eq!(
        press(&mut harness, Role::Button, "Add"),
        [Action::CloseDialog, added]
    );
}

#[test]
fn a_symbol_tells_kind_and_currency_until_the_user_chooses() {
    for (symbol, kind, currency) in [
        ("TSLA", InstrumentKind::Stock, "USD"),
        ("eth-usd", InstrumentKind::Crypto, "USD"),
        ("BTC-EUR", InstrumentKind::Crypto, "EUR"),
        ("EURGBP=X", InstrumentKind::Fx, "GBP"),
        ("BRK-B", InstrumentKind::Stock, "USD"),
        ("^GSPC", InstrumentKind::Index, "USD"),
        ("=X", InstrumentKind::Stock, "USD"),
    ] {
        let mut typed = AddInstrument::default();
        typed.symbol = symbol.to_owned();
        typed.follow_symbol();
        assert_eq!((typed.kind, typed.currency.as_str()), (kind, currency));
    }
    let mut desk = Desk::new(Page::Data);
    desk.ui.dialog = Some(Dialog::AddInstrument(Box::default()));
    let mut harness = window(desk);
    harness
        .get_by_role_and_label(Role::ComboBox, "Kind: Stock")
        .click();
    harness.run();
    harness.get_by_label("ETF").click();
    harness.run();
    type_into(&mut harness, Role::TextInput, "Symbol", "xxx-usd");
    harness.get_by_role_and_label(Role::ComboBox, "Kind: ETF");
}

#[test]
fn wrong_instruments_say_why() {
    let desk = Desk::new(Page::Data);
    let check = |symbol: &str, currency: &str, expected: (Field, &str)| {
        let mut typed = AddInstrument::default();
        typed.symbol = symbol.to_owned();
        typed.name = "Name".to_owned();
        typed.currency = currency.to_owned();
        let errors = typed.action(&desk.book).unwrap_err();
        assert_eq!(errors, [(expected.0, expected.1.to_owned())]);
    };
    check(
        "iren",
        "usd",
        (Field::Symbol, "IREN is in the book already"),
    );
    check(
        "I REN",
        "usd",
        (
            Field::Symbol,
            "“I REN” is no symbol: letters, digits and . - = ^ /",
        ),
    );
    check(
        "MARA",
        "dollars",
        (
            Field::Currency,
            "“DOLLARS” is not a currency: write three capital letters, such as USD",
        ),
    );
}

fn typing_a_close() -> Harness<'static, Desk> {
    let mut desk = Desk::new(Page::Data);
    let iren = desk.book.instrument_by_symbol("IREN").unwrap().clone();
    let dialog = TypeCloseDialog::new(iren, day("2026-11-20"));
    desk.ui.dialog = Some(Dialog::TypeClose(Box::new(dialog)));
    window(desk)
}

#[test]
fn a_close_is_typed() {
    let mut harness = typing_a_close();
    harness.get_by_label("As the exchange says, not adjusted");
    assert_eq!(press(&mut harness, Role::Button, "Keep close"), []);
    type_into(&mut harness, Role::TextInput, "Close", "-1");
    harness.get_by_label("“-1” is no price: it must be above zero");
    assert_eq!(press(&mut harness, Role::Button, "Keep close"), []);
    let mut harness = typing_a_close();
    type_into(&mut harness, Role::TextInput, "Close", "12.40");
    harness.get_by_label("12.40 USD, +78.4\u{202F}% on 18 Nov");
    let kept = press(&mut harness, Role::Button, "Keep close");
    let close = Action::TypeClose {
        instrument: harness.state().id("IREN"),
        day: day("2026-11-20"),
        close: 12.4,
    };
    assert_eq!(kept, [Action::CloseDialog, close]);
}

#[test]
fn a_day_of_a_close_is_read_and_judged() {
    for (typed, expected) in [
        ("2026-11-18", "Wed 18 Nov 2026: replaces 6.95"),
        ("2026-11-30", "Mon 30 Nov 2026 is still to come"),
    ] {
        let mut desk = Desk::new(Page::Data);
        let iren = desk.book.instrument_by_symbol("IREN").unwrap().clone();
        let dialog = TypeCloseDialog::new(iren, day(typed));
        desk.ui.dialog = Some(Dialog::TypeClose(Box::new(dialog)));
        window(desk).get_by_label(expected);
    }
}

/// The only preferences asked for.
fn set(actions: &[Action]) -> &PricePolicy {
    match actions {
        [Action::Set(settings)] => &settings.prices,
        other => panic!("{other:?}"),
    }
}

#[test]
fn settings_of_prices_are_changed() {
    let mut harness = open(Desk::new(Page::Settings), 1280.0, 1800.0, true);
    let usual = PricePolicy::default();
    let changed = press(&mut harness, Role::Button, "No");
    let expected = PricePolicy {
        refresh_on_start: false,
        ..usual.clone()
    };
    assert_eq!(*set(&changed), expected);
    let changed = press(&mut harness, Role::Button, "Stay offline");
    let expected = PricePolicy {
        offline: true,
        ..usual
    };
    assert_eq!(*set(&changed), expected);
    let changed = press(&mut harness, Role::CheckBox, "Yahoo for Coins");
    assert_eq!(set(&changed).off, ["yahoo"]);
    let changed = press(&mut harness, Role::Button, "Ask Kraken for Coins earlier");
    let order = set(&changed).order.get("coins").unwrap();
    assert_eq!(order, &["kraken", "coinbase", "bitstamp", "yahoo"]);
    let gone = press(&mut harness, Role::Button, "Open Data");
    assert_eq!(gone, [Action::Run(Command::GoData)]);
}

#[test]
fn a_contact_is_kept_when_it_looks_like_one() {
    let mut harness = open(Desk::new(Page::Settings), 1280.0, 1800.0, true);
    let field = "Contact e-mail";
    type_into(&mut harness, Role::TextInput, field, "me@");
    harness.get_by_label("An address looks like name@example.org; leave it empty for none");
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(harness.state().taken(), []);
    type_into(&mut harness, Role::TextInput, field, "example.org");
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(set(&harness.state().taken()).contact, "me@example.org");
}

#[test]
fn typing_ended_by_a_click_keeps_both_changes() {
    let mut harness = open(Desk::new(Page::Settings), 1280.0, 1800.0, true);
    type_into(
        &mut harness,
        Role::TextInput,
        "Contact e-mail",
        "me@example.org",
    );
    let changed = press(&mut harness, Role::Button, "Stay offline");
    let Some(Action::Set(last)) = changed.last() else {
        panic!("{changed:?}");
    };
    let both = PricePolicy {
        offline: true,
        contact: "me@example.org".to_owned(),
        ..PricePolicy::default()
    };
    assert_eq!(last.prices, both);
    assert_eq!(
        Settings {
            prices: PricePolicy::default(),
            ..*last.clone()
        },
        Settings::default()
    );
}

#[test]
fn keys_are_kept_and_forgotten() {
    let mut harness = open(Desk::new(Page::Settings), 1280.0, 1800.0, true);
    harness.get_by_label("Keys are kept in the system keyring, never in a file");
    type_into(&mut harness, Role::PasswordInput, "Tiingo key", "secret");
    let kept = press(&mut harness, Role::Button, "Save the Tiingo key");
    assert_eq!(
        kept,
        [Action::SetKey(Provider::Tiingo, "secret".to_owned())]
    );
    let status = &mut harness.state_mut().status;
    status.keys = vec![Provider::Tiingo];
    let why = "This machine has no keyring: keys last for this session";
    status.no_keyring = Some(why.to_owned());
    harness.run();
    harness.get_by_label(why);
    let forgotten = press(&mut harness, Role::Button, "Forget the Tiingo key");
    assert_eq!(forgotten, [Action::ForgetKey(Provider::Tiingo)]);
}

#[test]
fn a_dialog_that_is_higher_than_the_window_scrolls_to_what_tab_comes_to() {
    let mut desk = Desk::new(Page::Data);
    let iren = desk.book.instrument_by_symbol("IREN").unwrap().clone();
    let derived = vec![(Provider::Yahoo, "IREN".to_owned())];
    let dialog = InstrumentDialog::new(iren, derived);
    desk.ui.dialog = Some(Dialog::Instrument(Box::new(dialog)));
    let (width, height) = (450.0, 280.0);
    let mut harness = open(desk, width, height, true);
    let window = egui::Rect::from_min_size(egui::Pos2::ZERO, egui::vec2(width, height));
    let field = harness.get_by_role_and_label(Role::TextInput, "Symbol at Yahoo");
    assert!(window.contains_rect(field.rect()), "{:?}", field.rect());
    let save = |harness: &Harness<'static, Desk>| {
        harness.get_by_role_and_label(Role::Button, "Save").rect()
    };
    assert!(!window.contains_rect(save(&harness)));
    for _ in 0..30 {
        harness.key_press(egui::Key::Tab);
        harness.run();
        let focused = harness.get_by_role_and_label(Role::Button, "Save");
        if focused.is_focused() {
            break;
        }
    }
    assert!(window.contains_rect(save(&harness)), "{:?}", save(&harness));
}
