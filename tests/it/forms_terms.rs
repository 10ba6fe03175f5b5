//! Deals, debts and treasury events in full on entry: lines of phases and
//! repayments, what follows from them, what looks odd, and how a rent start slips.

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use gigawatch::model::{
    Bar, Book, Change, CompanyId, Day, Deal, Debt, Op, Record, RecordKey, RecordKind, Series,
};
use gigawatch::ui::form::Form;

use crate::drafts::{TODAY, id};
use crate::forms::{
    Page, Window, fill, new_deal, on, save_picture, shows, shows_not, texts, type_the_lease, value,
    window,
};

fn click(window: &mut Window, label: &str) {
    // It may be below what is scrolled into view.
    window.get_by_label(label).click_accesskit();
    window.run();
}

fn clear(window: &mut Window, label: &str) {
    fill(window, label, "");
    window.key_press(Key::Delete);
    window.run();
}

/// Picks a member of a closed set.
fn pick(window: &mut Window, label: &str, member: &str) {
    window
        .get_by_role_and_label(egui::Role::ComboBox, label)
        .click_accesskit();
    window.run();
    click(window, member);
}

fn fill_all(window: &mut Window, texts: &[(&str, &str)]) {
    for (label, text) in texts {
        fill(window, label, text);
    }
}

fn last_record(change: &Change) -> Record {
    let Some(Op::Put(record)) = change.ops.last() else {
        panic!("a record is put, not {change:?}")
    };
    record.as_ref().clone()
}

fn deal_of(change: &Change) -> Deal {
    let Record::Deal(deal) = last_record(change) else {
        panic!("a deal, not {change:?}")
    };
    deal
}

fn debt_of(change: &Change) -> Debt {
    let Record::Debt(debt) = last_record(change) else {
        panic!("a debt, not {change:?}")
    };
    debt
}

fn phases_of(deal: &Deal) -> Vec<String> {
    let phases = deal.phases.iter();
    phases
        .map(|phase| serde_json::to_string(phase).unwrap())
        .collect()
}

fn typed_phases(source: uuid::Uuid) -> Vec<String> {
    vec![
        format!(
            "{{\"name\":\"Phase 1\",\"base_value\":{{\"amount\":\"4000000000\",\"currency\":\"USD\"}},\
                 \"critical_mw\":\"152\",\"rent_start\":[{{\"date\":\"2027-Q3\",\"stated\":\"2026-10-10\",\
                 \"source\":\"{source}\"}}]}}"
        ),
        format!(
            "{{\"name\":\"South\",\"base_value\":{{\"amount\":\"5800000000\",\"currency\":\"USD\"}},\
                 \"critical_mw\":\"200\",\"gross_mw\":\"260\",\"rent_start\":[{{\"date\":\"2028-Q1\",\
                 \"stated\":\"2026-10-10\",\"source\":\"{source}\"}}],\"term_months\":168}}"
        ),
    ]
}

#[test]
fn a_deal_with_two_phases_and_a_backstop_is_typed() {
    let mut window = window(new_deal);
    type_the_lease(&mut window);
    click(&mut window, "Add phase");
    assert_eq!(value(&window, "Phase 1 name"), "Phase 1");
    fill_all(
        &mut window,
        &[
            ("Phase 1 value", "4b"),
            ("Phase 1 critical MW", "152 MW"),
            ("Phase 1 rent start", "Q3 2027"),
        ],
    );
    shows(&window, "Phase 1 rent start = 1 Jul – 30 Sep 2027");
    click(&mut window, "Add phase");
    fill_all(
        &mut window,
        &[
            ("Phase 2 name", "South"),
            ("Phase 2 value", "9.8b"),
            ("Phase 2 critical MW", "200 MW"),
            ("Phase 2 gross MW", "260 MW"),
            ("Phase 2 term", "14y"),
            ("Phase 2 rent start", "Q1 2028"),
        ],
    );
    // A part that is the whole is named.
    shows(&window, "South has the base value of the whole: check it");
    fill(&mut window, "Phase 2 value", "5.8b");
    shows_not(&window, "check it");
    fill(&mut window, "Phase 2 critical MW", "250 MW");
    shows(
        &window,
        "The phases have 402 MW and the whole has 352 MW of critical IT load",
    );
    fill(&mut window, "Phase 2 critical MW", "200 MW");
    shows_not(&window, "The phases have");

    save_picture(&mut window, "form-phases");
    let place = |label| {
        window
            .get_by_role_and_label(egui::Role::TextInput, label)
            .rect()
    };
    let (above, below) = (place("Phase 1 value"), place("Phase 2 value"));
    assert!(above.bottom() < below.top(), "{above} and {below}");

    fill(&mut window, "Backstop", "3.2b");
    shows(&window, "A backstop is stated, but not who gives it");
    fill(&mut window, "Credit obligor", "Google");
    shows_not(&window, "not who gives it");
    shows(&window, "backstop covers 32.65 % of the base value");
    shows(&window, "9 to 11 months to revenue");
    shows(&window, "in 2027");
    shows(&window, "in 2042");

    let deal = deal_of(&window.state_mut().change().unwrap());
    assert_eq!(phases_of(&deal), typed_phases(deal.sources[0].0));
    assert_eq!(deal.obligor.as_deref(), Some("Google"));
}

#[test]
fn the_lines_of_a_list_fit_a_small_window() {
    let mut window = on(640.0, 480.0, Page::new(new_deal));
    click(&mut window, "Add phase");
    fill(&mut window, "Phase 1 critical MW", "152 MW");
    save_picture(&mut window, "form-phases-small");
    let screen = egui::Rect::from_min_size(egui::Pos2::ZERO, egui::vec2(640.0, 480.0));
    let named = |label| {
        window
            .get_by_role_and_label(egui::Role::TextInput, label)
            .rect()
    };
    let (name, start) = (named("Phase 1 name"), named("Phase 1 rent start"));
    assert!(screen.x_range().contains(name.left()) && screen.x_range().contains(start.right()));
    assert!(start.top() > name.bottom(), "a line is drawn as two");
}

#[test]
fn a_phase_is_taken_out_and_what_is_wrong_in_one_names_it() {
    let mut window = window(new_deal);
    type_the_lease(&mut window);
    for _ in 0..3 {
        click(&mut window, "Add phase");
    }
    fill(&mut window, "Phase 2 value", "0");
    let refused = "Phase 2 value: Write more than 0, or leave it blank if it is not known";
    assert_eq!(texts(&window).matches(refused).count(), 2, "in full below");
    fill(&mut window, "Phase 3 term", "15");
    shows(&window, "Phase 3 term: 15 could be years or months");
    clear(&mut window, "Phase 1 name");
    fill(&mut window, "Phase 1 gross MW", "90 MW");
    // The name was left, so it is told what it lacks.
    shows(&window, "Phase 1 name: Write what it is called");
    assert_eq!(window.state_mut().change(), None);
    window.run();
    // The first field in error has the cursor, and says what is wrong in full.
    shows(&window, "Phase 1 name: Write what it is called");
    assert!(
        window
            .get_by_role_and_label(egui::Role::TextInput, "Phase 1 name")
            .is_focused()
    );
    click(&mut window, "Remove phase 2");
    click(&mut window, "Remove phase 2");
    fill(&mut window, "Phase 1 name", "North");
    let deal = deal_of(&window.state_mut().change().unwrap());
    assert_eq!(deal.phases.len(), 1);
    assert_eq!(deal.phases[0].name, "North");
}

#[test]
fn what_is_odd_about_a_deal_is_told_beside_its_field() {
    let mut window = window(new_deal);
    type_the_lease(&mut window);
    for (label, text, odd) in [
        (
            "Credit obligor",
            "Google",
            "An obligor is named, but not how much it guarantees",
        ),
        ("Escalator", "12 %", "Rents seldom rise by more than 10 %"),
        (
            "Value with options",
            "5b",
            "The value with options is less than the base value",
        ),
        (
            "Rent start",
            "2025",
            "Rent starts before the deal was announced",
        ),
    ] {
        shows_not(&window, odd);
        fill(&mut window, label, text);
        shows(&window, odd);
    }
}

/// A page with the lease of the first test in its book, opened to be edited.
fn leased() -> Page {
    let mut page = {
        let mut window = window(new_deal);
        type_the_lease(&mut window);
        let change = window.state_mut().change().unwrap();
        let mut page = Page::new(new_deal);
        page.book.apply(&change).unwrap();
        page
    };
    let deal = page.book.deals().next().unwrap().id;
    page.form = Form::edit(RecordKey::new(RecordKind::Deal, deal.0), &page.book);
    page
}

fn starts(deal: &Deal) -> Vec<(String, Option<String>)> {
    let told = |start: &gigawatch::model::deal::RentStart| {
        (
            start.date.to_string(),
            start.stated.map(|day| day.to_string()),
        )
    };
    deal.rent_start.iter().map(told).collect()
}

#[test]
fn a_rent_start_slips_and_both_statements_stay() {
    let mut window = on(1280.0, 800.0, leased());
    shows(&window, "Q3 2027 (stated 10 Oct 2026)");
    shows_not(&window, "slipped");
    fill(&mut window, "Rent start", "Q4 2027");
    fill(&mut window, "Rent start stated", "8 Oct 2026");
    // Told before the one that is there: it does not count now.
    shows(
        &window,
        "Q4 2027 (stated 8 Oct 2026) → Q3 2027 (stated 10 Oct 2026)",
    );
    shows(&window, "moved earlier, −1 quarter");
    clear(&mut window, "Rent start stated");
    shows(
        &window,
        "Q3 2027 (stated 10 Oct 2026) → Q4 2027 (stated 10 Oct 2026)",
    );
    shows(&window, "slipped once, +1 quarter");
    fill(&mut window, "Source link", "https://hut8.com/News/beacon");
    let deal = deal_of(&window.state_mut().change().unwrap());
    let said = Some("2026-10-10".to_owned());
    assert_eq!(
        starts(&deal),
        [
            ("2027-Q3".to_owned(), said.clone()),
            ("2027-Q4".to_owned(), said)
        ]
    );
    assert_eq!(deal.rent_start[1].source.unwrap().0, id(50));
    assert_ne!(deal.rent_start[0].source, deal.rent_start[1].source);
}

#[test]
fn a_typo_in_a_rent_start_is_corrected_and_does_not_slip() {
    let mut window = on(1280.0, 800.0, leased());
    fill(&mut window, "Rent start", "Q4 2027");
    click(&mut window, "Correct the last statement");
    shows(&window, "Q4 2027 (stated 10 Oct 2026)");
    shows_not(&window, "slipped");
    let deal = deal_of(&window.state_mut().change().unwrap());
    assert_eq!(
        starts(&deal),
        [("2027-Q4".to_owned(), Some("2026-10-10".to_owned()))]
    );

    let mut window = on(1280.0, 800.0, leased());
    fill(&mut window, "Rent start stated", "6 May 2026");
    assert_eq!(window.state_mut().change(), None);
    window.run();
    shows(&window, "No rent start was changed");
    click(&mut window, "Correct the last statement");
    let deal = deal_of(&window.state_mut().change().unwrap());
    assert_eq!(
        starts(&deal),
        [("2027-Q3".to_owned(), Some("2026-05-06".to_owned()))]
    );
}

fn new_debt(book: &Book) -> Form {
    Form::new(RecordKind::Debt, Some(CompanyId(id(2))), book, TODAY)
}

#[test]
fn a_project_note_with_amortisation_is_typed() {
    let mut window = window(new_debt);
    shows(&window, "Interest and repayments follow from");
    fill_all(
        &mut window,
        &[
            ("Name", "7.75 % senior secured notes 2031"),
            ("Principal", "1b"),
            ("Coupon", "7.75 %"),
            ("Issued", "15 Nov 2026"),
            ("Matures", "15 Nov 2031"),
            ("Instalment", "1.25 %"),
        ],
    );
    pick(&mut window, "Level", "Project");
    pick(&mut window, "Instalment due", "Once a half-year");
    shows(&window, "77.5 m interest a year");
    shows(&window, "9 repayments from 15 May 2027 to 15 May 2031");
    shows(&window, "887,500,000 USD due at maturity");
    let debt = debt_of(&window.state_mut().change().unwrap());
    let rule = serde_json::to_string(&debt.instalments).unwrap();
    assert_eq!(rule, "{\"fraction\":\"0.0125\",\"every\":\"half\"}");
    assert_eq!(debt.repayments().len(), 10);

    // What is stated counts instead.
    click(&mut window, "Add repayment");
    fill(&mut window, "Repayment 1 date", "15 Nov 2028");
    assert_eq!(window.state_mut().change(), None);
    window.run();
    shows(&window, "Repayment 1 amount: Write how much is repaid");
    fill(&mut window, "Repayment 1 amount", "400m");
    shows(&window, "600,000,000 USD due at maturity");
    fill(&mut window, "Instalment", "1 %");
    shows(
        &window,
        "The stated repayments count, so the instalments do not",
    );
    fill(&mut window, "Repayment 1 amount", "4b");
    shows(&window, "The repayments are more than the principal");
    click(&mut window, "Remove repayment 1");
    clear(&mut window, "Instalment");
    fill(&mut window, "First instalment", "Q1 2027");
    assert_eq!(window.state_mut().change(), None);
    window.run();
    shows(&window, "Write how much each instalment repays");
}

#[test]
fn a_convertible_has_its_parity_and_what_is_odd_about_a_debt_is_told() {
    let mut page = Page::new(new_debt);
    let bar = Bar::close(Day::constant(2026, 10, 9), 15.0);
    let series = Series::new(vec![bar]).unwrap();
    page.prices.by_symbol.insert("WULF".to_owned(), series);
    let mut window = on(1280.0, 800.0, page);
    fill_all(
        &mut window,
        &[
            ("Name", "0 % notes 2031"),
            ("Principal", "500m"),
            ("Conversion price", "12"),
        ],
    );
    shows(&window, "It has a conversion price, but is no convertible");
    pick(&mut window, "Kind", "Convertible");
    shows(&window, "parity 125.0 % at the last close of 15.00");
    for (label, text, odd) in [
        ("Cap price", "11", "The cap is below the conversion price"),
        ("Coupon", "77.5 %", "More than 25 % a year is unusual"),
        ("Drawn", "600m", "More is drawn than the principal"),
    ] {
        shows_not(&window, odd);
        fill(&mut window, label, text);
        shows(&window, odd);
    }
    pick(&mut window, "Level", "Joint venture");
    shows(&window, "A joint venture owes it: without a share");
    fill(&mut window, "Owned share", "50.1 %");
    shows_not(&window, "A joint venture owes it");
    fill_all(
        &mut window,
        &[("Issued", "Jun 2031"), ("Matures", "15 Jun 2026")],
    );
    shows(&window, "It is due before it was issued");
}

#[test]
fn a_coin_sale_off_the_market_asks_for_the_day() {
    let mut page =
        Page::new(|book| Form::new(RecordKind::Treasury, Some(CompanyId(id(1))), book, TODAY));
    let days = (1..=31).map(|day| Bar::close(Day::constant(2026, 3, day), 70_000.0));
    let series = Series::new(days.collect()).unwrap();
    page.prices.by_symbol.insert("BTC-USD".to_owned(), series);
    let mut window = on(1280.0, 800.0, page);
    pick(&mut window, "Kind", "Sale");
    fill_all(
        &mut window,
        &[
            ("Bitcoin", "1,000"),
            ("Proceeds", "87.851m"),
            ("Happened", "31 Mar 2026"),
            ("Disclosed", "6 May 2026"),
        ],
    );
    shows(&window, "$87,851 a coin · market $70,000");
    shows(&window, "event day or disclosure day?");
    fill(&mut window, "Proceeds", "70.5m");
    shows_not(&window, "event day or disclosure day?");
    fill(&mut window, "Disclosed", "6 Mar 2026");
    shows(&window, "It was disclosed before it happened");
}

#[test]
fn a_form_is_closed_while_the_dial_is_turned_back() {
    let mut window = on(1280.0, 800.0, leased());
    fill(&mut window, "Rent start", "Q4 2027");
    window.state_mut().as_of = Some(Day::constant(2026, 1, 31));
    window.run();
    shows(&window, "The dial is on 31 Jan 2026: turn it to today");
    window.key_press_modifiers(Modifiers::COMMAND, Key::S);
    window.run();
    window
        .get_by_role_and_label(egui::Role::Button, "Save")
        .click();
    window.run();
    assert_eq!(window.state().asked, []);
    // A statement may be added: whether it was made by then is asked on saving.
    let figure = |book: &Book| Form::new(RecordKind::Figure, None, book, TODAY);
    window.state_mut().form = Some(figure(&crate::drafts::book()));
    window.run();
    window.key_press_modifiers(Modifiers::COMMAND, Key::S);
    window.run();
    assert_eq!(window.state().asked.len(), 1);
}
