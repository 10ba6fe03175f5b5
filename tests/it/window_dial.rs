//! The dial in the real window: a day is typed, what came later vanishes, forms
//! are closed but for statements made by then, and today is one click away.

use egui::{Key, Modifiers, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use gigawatch::app::{App, Window};
use gigawatch::model::{Day, RecordKey, RecordKind};
use gigawatch::ui::{Action, Command};

use crate::flows::{open_sized, type_into};

fn window<'a>(harness: &'a Harness<'_, App>) -> &'a Window {
    harness.state().window().unwrap()
}

fn act(harness: &mut Harness<'_, App>, action: Action) {
    window(harness).act(action);
    harness.run();
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn turned_to(harness: &mut Harness<'_, App>, text: &str) {
    harness.get_by_label_contains("As of: ").click();
    harness.run();
    harness
        .get_by_role_and_label(Role::TextInput, "As of day")
        .focus();
    harness.run();
    harness
        .get_by_role_and_label(Role::TextInput, "As of day")
        .type_text(text);
    harness.run();
    harness.key_press_modifiers(Modifiers::NONE, Key::Enter);
    harness.run();
}

fn last_message(harness: &Harness<'_, App>) -> String {
    let messages = &window(harness).status().messages;
    messages
        .last()
        .map_or_else(String::new, |message| message.text.clone())
}

#[test]
fn a_day_is_typed_and_what_came_later_is_gone_until_today_is_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = open_sized(folder.path(), [1440.0, 900.0], true, 1.0);
    let today = window(&harness).derived().clone();
    turned_to(&mut harness, "31 Jan 2026");
    assert_eq!(
        last_message(&harness),
        "",
        "the key that took the day opens no form"
    );
    let on = day("2026-01-31");
    let then = window(&harness).derived();
    assert!(then.deals.len() < today.deals.len());
    assert!(
        then.deals
            .iter()
            .all(|deal| deal.announced.first_day() <= on)
    );
    assert_eq!(then.prices_to, Some(day("2026-01-30")));
    assert!(
        window(&harness).shown_book().deals().count() < window(&harness).book().deals().count()
    );
    harness.get_by_label("As of Sat 31 Jan 2026");

    harness.get_by_label("On one week").click();
    harness.run();
    harness.get_by_label("As of Sat 7 Feb 2026");
    harness.get_by_label("Back one quarter").click();
    harness.run();
    harness.get_by_label("As of Fri 7 Nov 2025");
    harness.get_by_label("Back to today").click();
    harness.run();
    assert_eq!(window(&harness).derived(), &today);
    assert!(
        harness.query_by_label_contains("As of Fri").is_none(),
        "no banner"
    );
}

#[test]
fn the_book_is_closed_on_a_day_that_is_past_but_for_statements_made_by_then() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = open_sized(folder.path(), [1440.0, 900.0], true, 1.0);
    act(&mut harness, Action::SetAsOf(Some(day("2026-06-30"))));
    let book = window(&harness).book().clone();
    let deal = book.deals().next().unwrap().id;
    let key = RecordKey {
        kind: RecordKind::Deal,
        id: deal.0,
    };
    for action in [
        Action::Run(Command::NewDeal),
        Action::Edit(key),
        Action::Delete(key),
        Action::Run(Command::ImportPrices),
    ] {
        act(&mut harness, action.clone());
        assert!(window(&harness).ui.form.is_none(), "{action:?}");
        assert!(window(&harness).ui.dialog.is_none(), "{action:?}");
        let told = last_message(&harness);
        assert!(told.starts_with("The dial is on 30 Jun 2026"), "{told}");
    }
    assert_eq!(window(&harness).book(), &book);

    let figures = |harness: &Harness<'_, App>| window(harness).book().figures().count();
    let before = figures(&harness);
    act(&mut harness, Action::Run(Command::NewFigure));
    for (label, text) in [
        ("Company", "IREN"),
        ("Value", "1.5b"),
        ("As of", "31 Mar 2026"),
        ("Stated", "5 Oct 2026"),
    ] {
        type_into(&mut harness, label, text);
    }
    act(&mut harness, Action::SaveForm { again: false });
    assert_eq!(figures(&harness), before);
    let told = last_message(&harness);
    assert!(told.starts_with("Stated after 30 Jun 2026"), "{told}");
}

#[test]
fn a_form_that_was_opened_before_the_dial_was_turned_is_not_saved() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = open_sized(folder.path(), [1440.0, 900.0], true, 1.0);
    let book = window(&harness).book().clone();
    let deal = book.deals().next().unwrap().id;
    act(
        &mut harness,
        Action::Edit(RecordKey::new(RecordKind::Deal, deal.0)),
    );
    type_into(&mut harness, "Site", "Elsewhere");
    act(&mut harness, Action::SetAsOf(Some(day("2026-06-30"))));
    act(&mut harness, Action::SaveForm { again: false });
    let told = last_message(&harness);
    assert!(told.starts_with("The dial is on 30 Jun 2026"), "{told}");
    assert_eq!(window(&harness).book(), &book);
    assert!(window(&harness).ui.form.is_some(), "what was typed is kept");

    act(&mut harness, Action::SetAsOf(None));
    act(&mut harness, Action::SaveForm { again: false });
    assert_ne!(window(&harness).book(), &book);
}

#[test]
fn a_slipped_rent_start_is_told_wherever_the_deal_is() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = open_sized(folder.path(), [1440.0, 900.0], true, 1.0);
    let deal = window(&harness).book().deals().find(|deal| {
        let start = deal.current_rent_start();
        start.is_some_and(|start| start.date.to_string() == "2027-Q3")
    });
    let (id, company) = deal.map(|deal| (deal.id, deal.company)).unwrap();
    act(
        &mut harness,
        Action::Edit(RecordKey::new(RecordKind::Deal, id.0)),
    );
    type_into(&mut harness, "Rent start", "Q4 2027");
    harness.get_by_label("slipped once, +1 quarter");
    act(&mut harness, Action::SaveForm { again: false });
    act(&mut harness, Action::Select(company));
    harness.get_by_label_contains("slipped once, +1 quarter");
    act(&mut harness, Action::Run(Command::GoDeals));
    harness.get_by_label_contains("slipped Q4 2027").click();
    harness.run();
    harness.get_by_label("Slipped once, +1 quarter");
}
