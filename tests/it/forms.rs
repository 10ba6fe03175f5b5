//! Forms through the accessibility tree: what is typed, what is shown beside
//! it, what the keyboard does, and the change that comes out.

use std::cell::RefCell;

use egui::{Key, Modifiers, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use gigawatch::analytics::derive::{Derived, derive};
use gigawatch::analytics::switches::Switches;
use gigawatch::model::{
    Book, Change, CompanyId, Day, Op, Prices, Record, RecordKey, RecordKind, SourceId,
};
use gigawatch::ui::form::{self, Form};
use gigawatch::ui::format::UNIT_GAP;
use gigawatch::ui::state::Status;
use gigawatch::ui::theme::{Scheme, Tokens};
use gigawatch::ui::{Action, Cx, Settings};

use crate::drafts::{TODAY, book, id, ids};
use crate::support::harness;

/// A form over an empty page, and what it asked for.
pub struct Page {
    pub book: Book,
    pub prices: Prices,
    derived: Derived,
    settings: Settings,
    status: Status,
    dark: bool,
    pub as_of: Option<Day>,
    pub form: Option<Form>,
    pub asked: Vec<Action>,
}

impl Page {
    pub fn new(form: impl FnOnce(&Book) -> Form) -> Self {
        let book = book();
        let prices = Prices::default();
        Self {
            derived: derive(&book, &prices, TODAY, Switches::default()),
            form: Some(form(&book)),
            book,
            prices,
            settings: Settings::default(),
            status: Status::default(),
            dark: true,
            as_of: None,
            asked: Vec::new(),
        }
    }

    fn show(&mut self, ctx: &egui::Context) {
        let actions = RefCell::default();
        let cx = Cx {
            book: &self.book,
            prices: &self.prices,
            feeds: &crate::support::NO_FEEDS,
            feeds_revision: 1,
            coverage: &crate::support::NO_COVERAGE,
            as_of: self.as_of,
            now: &crate::support::NOW,
            derived: &self.derived,
            revision: 1,
            today: TODAY,
            tokens: Tokens::of(self.dark, Scheme::GreenRed),
            settings: &self.settings,
            status: &self.status,
            actions: &actions,
        };
        if let Some(form) = &mut self.form {
            form::show(ctx, &cx, form);
        }
        for action in actions.take() {
            if action == Action::CloseForm {
                self.form = None;
            }
            self.asked.push(action);
        }
    }

    /// What the app does when saving is asked for.
    pub fn change(&mut self) -> Option<Change> {
        let form = self.form.as_mut().expect("an open form");
        form.change(&self.book, TODAY, &mut ids())
    }
}

pub type Window = Harness<'static, Page>;

pub fn window(form: impl FnOnce(&Book) -> Form) -> Window {
    sized(1280.0, 800.0, form)
}

fn sized(width: f32, height: f32, form: impl FnOnce(&Book) -> Form) -> Window {
    on(width, height, Page::new(form))
}

/// A window of that page.
pub fn on(width: f32, height: f32, page: Page) -> Window {
    let mut window = harness(width, height, true)
        .build_ui_state(|ui, page: &mut Page| page.show(ui.ctx()), page);
    window.run();
    window
}

pub fn new_deal(book: &Book) -> Form {
    Form::new(RecordKind::Deal, None, book, TODAY)
}

/// Types into the input of that label, in place of what is there.
pub fn fill(window: &mut Window, label: &str, text: &str) {
    window.get_by_role_and_label(Role::TextInput, label).focus();
    window.run();
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window
        .get_by_role_and_label(Role::TextInput, label)
        .type_text(text);
    window.run();
}

pub fn value(window: &Window, label: &str) -> String {
    window
        .get_by_role_and_label(Role::TextInput, label)
        .value()
        .unwrap_or_default()
}

/// The label of the widget with the focus.
fn focused(window: &Window) -> String {
    let mut with_focus = window
        .query_all_by(|_| true)
        .map(|node| node.accesskit_node())
        .filter_map(|node| Some((node.is_focused(), node.label()?)));
    let found = with_focus.find(|(has_focus, _)| *has_focus);
    found.map_or_else(String::new, |(_, label)| label)
}

/// Every text on screen, one a line, narrow gaps as plain ones.
pub fn texts(window: &Window) -> String {
    let nodes = window.query_all_by(|_| true);
    let lines: Vec<_> = nodes
        .filter_map(|node| node.accesskit_node().label().or_else(|| node.value()))
        .collect();
    lines.join("\n").replace(UNIT_GAP, " ")
}

pub fn shows(window: &Window, text: &str) {
    let texts = texts(window);
    assert!(texts.contains(text), "no “{text}” in:\n{texts}");
}

pub fn shows_not(window: &Window, text: &str) {
    let texts = texts(window);
    assert!(!texts.contains(text), "“{text}” in:\n{texts}");
}

pub fn type_the_lease(window: &mut Window) {
    fill(window, "Company", "hut");
    fill(window, "Counterparty", "Undisclosed");
    fill(window, "Base value", "9.8b");
    fill(window, "Critical IT load", "352 MW");
    fill(window, "Base term", "15y");
    fill(window, "Rent start", "Q3 2027");
    fill(window, "Source link", "https://example.com/lease");
}

#[test]
fn a_deal_is_typed_with_its_rates_beside_it() {
    let mut window = window(new_deal);
    assert_eq!(value(&window, "Announced"), "2026-10-10");
    shows(&window, "Rates follow from base value");
    type_the_lease(&mut window);
    shows(&window, "= Hut 8 (HUT)");
    shows(&window, "= 9,800,000,000 USD");
    shows(&window, "= 352 MW");
    shows(&window, "= 180 months");
    shows(&window, "= 1 Jul – 30 Sep 2027");
    shows(
        &window,
        "$1.86m per MW-year · $155 per kW-month · $212 per MWh (critical IT load)",
    );
    shows(&window, "in the usual range for leases");

    window.key_press_modifiers(Modifiers::COMMAND, Key::S);
    window.run();
    assert_eq!(window.state().asked, [Action::SaveForm { again: false }]);
    let change = window.state_mut().change().expect("a change");
    assert_eq!(change.label, "add deal Hut 8 – Undisclosed");
    assert_eq!(change.ops.len(), 2);
}

#[test]
fn what_is_odd_is_told_beside_the_field_and_in_full_below() {
    let mut window = window(new_deal);
    type_the_lease(&mut window);
    fill(&mut window, "Critical IT load", "1 GW");
    let odd = "0.653 $m per MW-year is below the usual 1 to 2.6 for leases";
    assert_eq!(texts(&window).matches(odd).count(), 2);
    fill(&mut window, "Gross load", "500 MW");
    shows(&window, "they may be swapped");
}

#[test]
fn errors_stand_beside_their_fields() {
    let mut window = window(new_deal);
    shows_not(&window, "Write who signed");
    fill(&mut window, "Base term", "15");
    shows(&window, "15 could be years or months: write 15y or 15m");
    fill(&mut window, "Company", "Hutt");
    shows(&window, "No company “Hutt”");
    // What is lacking is told once its field was left, all of it after saving was tried.
    shows_not(&window, "Write who signed");
    fill(&mut window, "Counterparty", "");
    fill(&mut window, "Base value", "5b");
    shows(&window, "Write who signed, or “Undisclosed”");
    fill(&mut window, "Critical IT load", "352 gross");
    shows(
        &window,
        "This is gross power: write it into the field “Gross load”",
    );
}

#[test]
fn saving_what_lacks_something_goes_to_the_first_such_field() {
    let mut window =
        window(|book| Form::new(RecordKind::Note, Some(CompanyId(id(2))), book, TODAY));
    assert_eq!(value(&window, "Company"), "TeraWulf");
    window.get_by_role_and_label(Role::Button, "Save").click();
    window.run();
    assert_eq!(window.state().asked, [Action::SaveForm { again: false }]);
    assert_eq!(window.state_mut().change(), None);
    window.run();
    shows(&window, "Write the note");
    let body = window.get_by_role_and_label(Role::MultilineTextInput, "Note");
    assert!(body.is_focused());
}

#[test]
fn the_first_field_has_the_cursor_and_typing_replaces_it() {
    let mut window =
        window(|book| Form::new(RecordKind::Deal, Some(CompanyId(id(2))), book, TODAY));
    assert!(
        window
            .get_by_role_and_label(Role::TextInput, "Company")
            .is_focused()
    );
    window.event(egui::Event::Text("hu".to_owned()));
    window.run();
    assert_eq!(value(&window, "Company"), "hu");
}

#[test]
fn a_company_is_picked_with_the_keyboard() {
    let mut window = window(new_deal);
    fill(&mut window, "Company", "h");
    shows(&window, "Hut 8  HUT");
    window.key_press(Key::ArrowDown);
    window.run();
    window.key_press(Key::Enter);
    window.run();
    assert_eq!(value(&window, "Company"), "Hive");
    shows_not(&window, "Hut 8  HUT");
    assert_eq!(window.state().asked, []);
    // Esc closes the list first, and only the list.
    fill(&mut window, "Company", "h");
    shows(&window, "Hut 8  HUT");
    window.key_press(Key::Escape);
    window.run();
    shows_not(&window, "Hut 8  HUT");
    shows_not(&window, "Discard what you typed?");
    assert!(
        window
            .get_by_role_and_label(Role::TextInput, "Company")
            .is_focused()
    );
}

#[test]
fn a_company_is_picked_with_a_click() {
    let mut window = window(new_deal);
    fill(&mut window, "Company", "e");
    save_picture(&mut window, "form-suggestions");
    window.get_by_label("Keel  KEEL").click();
    window.run();
    assert_eq!(value(&window, "Company"), "Keel");
    shows(&window, "= Keel (KEEL)");
}

#[test]
fn enter_saves_and_shift_makes_room_for_the_next() {
    let mut window = window(new_deal);
    fill(&mut window, "Site", "Here");
    window.key_press(Key::Enter);
    window.run();
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::Enter);
    window.run();
    let (once, again) = (
        Action::SaveForm { again: false },
        Action::SaveForm { again: true },
    );
    assert_eq!(window.state().asked, [once, again]);
}

#[test]
fn esc_asks_only_if_something_was_typed() {
    let mut untouched = window(new_deal);
    untouched.key_press(Key::Escape);
    untouched.run();
    assert_eq!(untouched.state().asked, [Action::CloseForm]);

    let mut touched = window(new_deal);
    fill(&mut touched, "Counterparty", "A");
    touched.key_press(Key::Escape);
    touched.run();
    shows(&touched, "Discard what you typed?");
    touched.key_press(Key::Escape);
    touched.run();
    shows_not(&touched, "Discard what you typed?");
    assert_eq!(touched.state().asked, []);
    touched.event(egui::Event::Text("B".to_owned()));
    touched.run();
    assert_eq!(value(&touched, "Counterparty"), "AB");
    touched
        .get_by_role_and_label(Role::Button, "Cancel")
        .click();
    touched.run();
    touched
        .get_by_role_and_label(Role::Button, "Discard")
        .click();
    touched.run();
    assert_eq!(touched.state().asked, [Action::CloseForm]);
}

#[test]
fn the_tab_key_follows_the_eye() {
    let mut window = window(new_deal);
    let mut order = Vec::new();
    for _ in 0..7 {
        order.push(focused(&window));
        window.key_press(Key::Tab);
        window.run();
    }
    assert_eq!(
        order,
        [
            "Company",
            "Counterparty",
            "Counterparty class",
            "Kind",
            "Base value",
            "Critical IT load",
            "Base term"
        ]
    );
}

#[test]
fn nothing_is_saved_while_nothing_can_be() {
    let mut window = window(new_deal);
    window.state_mut().status.read_only = Some("the folder is read-only".to_owned());
    fill(&mut window, "Site", "Here");
    window.key_press(Key::Enter);
    window.key_press_modifiers(Modifiers::COMMAND, Key::S);
    window.run();
    assert_eq!(window.state().asked, []);
}

#[test]
fn an_untouched_record_is_left_alone() {
    let source = RecordKey::new(RecordKind::Source, id(50));
    let mut window = window(|book| Form::edit(source, book).unwrap());
    shows(&window, "Edit source");
    assert_eq!(value(&window, "Title"), "Hut 8 signs");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    window.run();
    assert_eq!(window.state().asked, [Action::CloseForm]);
}

#[test]
fn a_known_link_stands_for_its_source() {
    let mut window = window(|book| Form::new(RecordKind::Figure, None, book, TODAY));
    fill(&mut window, "Company", "wulf");
    fill(&mut window, "Value", ">5.3b");
    shows(&window, "> 5,300,000,000 USD");
    fill(&mut window, "Source link", "https://hut8.com/News/beacon");
    shows(&window, "In the book: Hut 8 signs");
    let change = window.state_mut().change().unwrap();
    let [Op::Put(record)] = change.ops.as_slice() else {
        panic!("one op")
    };
    let Record::Figure(figure) = record.as_ref() else {
        panic!("a figure")
    };
    assert_eq!(figure.source, Some(SourceId(id(50))));
}

const KINDS: [RecordKind; 7] = [
    RecordKind::Deal,
    RecordKind::Debt,
    RecordKind::Figure,
    RecordKind::Company,
    RecordKind::Treasury,
    RecordKind::Source,
    RecordKind::Note,
];

#[test]
fn every_form_settles_and_can_be_saved_in_a_small_window() {
    for kind in KINDS {
        for (width, height) in [(1280.0, 800.0), (853.0, 533.0), (640.0, 400.0)] {
            let window = sized(width, height, |book| Form::new(kind, None, book, TODAY));
            let screen = egui::Rect::from_min_size(egui::Pos2::ZERO, egui::vec2(width, height));
            for button in ["Save", "Save and new", "Cancel"] {
                let at = window.get_by_role_and_label(Role::Button, button).rect();
                assert!(screen.contains_rect(at), "{button} of {kind:?} at {at}");
            }
        }
    }
}

#[test]
fn what_a_deal_has_is_shown_when_it_is_edited() {
    let edited = |book: &mut Book| {
        let mut window = window(new_deal);
        type_the_lease(&mut window);
        fill(&mut window, "Source link", "https://hut8.com/News/beacon");
        book.apply(&window.state_mut().change().unwrap()).unwrap();
        book.deals().next().unwrap().clone()
    };
    let mut page = Page::new(new_deal);
    let deal = edited(&mut page.book);
    page.form = Form::edit(RecordKey::new(RecordKind::Deal, deal.id.0), &page.book);
    let mut window = on(1280.0, 800.0, page);
    shows(&window, "Edit deal");
    shows(&window, "Hut 8 signs");
    assert_eq!(value(&window, "Company"), "Hut 8");
    assert_eq!(value(&window, "Base value"), "9.8b");
    assert_eq!(value(&window, "Rent start"), "Q3 2027");
    save_picture(&mut window, "form-deal-edit");
    window.get_by_label("✖").click_accesskit();
    window.run();
    shows_not(&window, "Hut 8 signs");
    fill(&mut window, "Rent start", "Q1 2028");
    let change = window.state_mut().change().unwrap();
    let [Op::Put(record)] = change.ops.as_slice() else {
        panic!("one op")
    };
    let Record::Deal(deal) = record.as_ref() else {
        panic!("a deal")
    };
    assert_eq!((deal.rent_start.len(), deal.sources.len()), (2, 0));
}

pub fn save_picture(window: &mut Window, name: &str) {
    let picture = window.render().unwrap();
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.png"));
    picture.save(path).unwrap();
}

/// Leaves a picture of each form in the target directory, to be looked at.
#[test]
fn pictures_of_the_forms() {
    for kind in KINDS {
        for (name, width, height, dark) in [
            ("dark", 1280.0, 800.0, true),
            ("light", 1280.0, 800.0, false),
            ("small", 853.0, 533.0, true),
        ] {
            let mut page = Page::new(|book| Form::new(kind, None, book, TODAY));
            page.dark = dark;
            let theme = if dark {
                egui::Theme::Dark
            } else {
                egui::Theme::Light
            };
            let mut window = harness(width, height, dark)
                .with_theme(theme)
                .build_ui_state(|ui, page: &mut Page| page.show(ui.ctx()), page);
            window.run();
            if kind == RecordKind::Deal {
                type_the_lease(&mut window);
                if dark {
                    fill(&mut window, "Critical IT load", "1 GW");
                }
            }
            save_picture(&mut window, &format!("form-{}-{name}", kind.code()));
        }
    }
}
