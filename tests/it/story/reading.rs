//! The starter book is read: what is stated beside what is summed, statements that
//! disagree, switches, the calendar, and a day that is past.

use egui::{Key, Modifiers, Role};
use egui_kittest::kittest::Queryable as _;
use gigawatch::model::Day;
use gigawatch::ui::Action;
use gigawatch::ui::state::Page;

use super::{
    Desk, book, click, company, fill, open, page, rows, save, select, settle, shows, shows_not,
    tab, window,
};
use crate::flows::press;

/// Opens the switches in the top bar and clicks these positions.
fn switch(desk: &mut Desk, positions: &[&str]) {
    desk.get_by_label_contains("Counted: ").click();
    settle(desk);
    for position in positions {
        let chips = desk.query_all_by_role_and_label(Role::Button, position);
        // What opens under the chip is painted over the page.
        chips.last().unwrap().click();
        settle(desk);
    }
    press(desk, Modifiers::NONE, Key::Escape);
    settle(desk);
}

fn turn_to(desk: &mut Desk, text: &str) {
    desk.get_by_label("As of: today").click();
    desk.run();
    fill(desk, &[("As of day", text)]);
    press(desk, Modifiers::NONE, Key::Enter);
    settle(desk);
}

/// The Company page of that company, as a click in the box brings it.
fn company_page(desk: &mut Desk, symbol: &str) {
    let id = company(desk, symbol);
    window(desk).act(Action::OpenCompany(id));
    settle(desk);
}

/// The row that starts with this text.
#[track_caller]
fn row(desk: &Desk, start: &str) -> String {
    let rows = rows(desk);
    let found = rows.iter().find(|row| row.starts_with(start));
    found
        .unwrap_or_else(|| panic!("no {start} in {rows:?}"))
        .clone()
}

#[track_caller]
fn row_shows(desk: &Desk, start: &str, part: &str) {
    let row = row(desk, start);
    assert!(row.contains(part), "no {part} in {row}");
}

#[test]
fn the_stated_total_stands_beside_the_sum_of_the_notes_and_why() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = open(folder.path());
    company_page(&mut desk, "WULF");
    tab(&mut desk, "Debt");
    for text in [
        "\nDebt: 5.24 bn",
        "Total debt: 5.24 bn",
        "Outstanding: 6.4 bn",
        "Of that, joint ventures: 1.3 bn",
        "Perhaps, +1.3 bn: It may leave out joint ventures",
    ] {
        shows(&desk, text);
    }
    // The joint venture's notes count by the share owned: 5.1 + 50.1 % of 1.3 bn.
    switch(&mut desk, &["Instruments"]);
    shows(&desk, "\nDebt: 5.75 bn");
    switch(&mut desk, &["100 %"]);
    for text in [
        "\nDebt: 6.4 bn",
        "Total debt: 5.24 bn",
        "Outstanding: 6.4 bn",
        "joint ventures",
        "Counted: base terms, 100%, critical IT load, instruments",
    ] {
        shows(&desk, text);
    }
    // What was stated in June, as it was known then.
    turn_to(&mut desk, "30 Jun 2026");
    for text in ["Total debt: ≈ 5.7 bn", "Age: 25 d", "5 Jun 2026"] {
        shows(&desk, text);
    }
}

#[test]
fn a_share_that_is_disputed_is_marked_and_a_click_shows_both() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = open(folder.path());
    company_page(&mut desk, "WULF");
    shows(&desk, "AI revenue share: 61.8 %");
    click(
        &mut desk,
        "Show conflict: AI revenue share 61.8 % or ≈ 27 %",
    );
    assert_eq!(window(&desk).ui.page, Page::Conflicts);
    for text in ["One says ≈ 27 %", "The other says 61.8 %", "Q1 2026"] {
        shows(&desk, text);
    }
    fill(&mut desk, &[("Why", "an earlier quarter")]);
    click(&mut desk, "Use 61.8 %");
    shows(&desk, "an earlier quarter");
    shows(&desk, "4 open conflicts");
    company_page(&mut desk, "WULF");
    shows(&desk, "AI revenue share: 61.8 %");
    shows_not(&desk, "Show conflict: AI revenue share");

    // The other may be picked as well, and counts then.
    press(&mut desk, Modifiers::COMMAND, Key::Z);
    settle(&mut desk);
    page(&mut desk, "Watchlist");
    select(&mut desk, &["WULF TeraWulf"]);
    click(
        &mut desk,
        "Show conflict: AI revenue share 61.8 % or ≈ 27 %",
    );
    fill(&mut desk, &[("Why", "as told")]);
    click(&mut desk, "Use ≈ 27 %");
    page(&mut desk, "Watchlist");
    row_shows(&desk, "WULF TeraWulf", "AI rev. 27 %");
}

#[test]
fn a_mark_names_what_else_is_said_wherever_the_figure_is() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = open(folder.path());
    // Two tellings of one deal make the sum of deals doubtful.
    company_page(&mut desk, "GLXY");
    click(
        &mut desk,
        "Show conflict: Backlog ≈ 15 bn or ≈ 4.5 bn for 800 MW",
    );
    shows(&desk, "One says ≈ 15 bn for 526 MW");
    // Where it is told how the figure is computed, too.
    company_page(&mut desk, "WULF");
    click(&mut desk, "AI revenue share: 61.8 %");
    shows(&desk, "How this is computed");
    click(&mut desk, "Another source says ≈ 27 %: show both");
    shows_not(&desk, "How this is computed");
    shows(&desk, "One says ≈ 27 %");
    // Ratios repeat no mark, and what nobody disputes has none.
    company_page(&mut desk, "IREN");
    shows_not(&desk, "Show conflict: ");
}

#[test]
fn options_are_counted_on_every_page_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = open(folder.path());
    for (positions, backlog) in [
        (&[][..], "> 16.8 bn"),
        (&["With options"], "> 42.8 bn"),
        (&["Base term"], "> 16.8 bn"),
    ] {
        page(&mut desk, "Watchlist");
        if !positions.is_empty() {
            switch(&mut desk, positions);
        }
        row_shows(&desk, "HUT Hut 8", &format!("Backlog {backlog}"));
        company_page(&mut desk, "HUT");
        shows(&desk, &format!("Backlog: {backlog}"));
        page(&mut desk, "Sector");
        shows(&desk, &format!("HUT, Backlog {backlog}"));
    }
}

#[test]
fn a_joint_venture_shrinks_to_the_share_owned() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = open(folder.path());
    for (position, backlog, venture, notes) in [
        ("100 %", "16.2 bn", "9.5 bn", "1.3 bn"),
        ("Owned share", "11.5 bn", "4.76 bn", "651 m"),
    ] {
        page(&mut desk, "Watchlist");
        switch(&mut desk, &[position]);
        row_shows(&desk, "WULF TeraWulf", &format!("Backlog {backlog}"));
        company_page(&mut desk, "WULF");
        shows(&desk, &format!("Backlog: {backlog}"));
        shows(
            &desk,
            &format!("Abernathy, Texas (joint venture) {venture}"),
        );
        page(&mut desk, "Calendar");
        row_shows(&desk, "31 Dec 2030, TeraWulf matures", notes);
    }
}

#[test]
fn rents_stand_against_the_notes_on_the_calendar() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = open(folder.path());
    page(&mut desk, "Calendar");
    let rows = rows(&desk);
    let at = |start: &str| rows.iter().position(|row| row.starts_with(start)).unwrap();
    let rent = at("Q3 2027, Hut 8 rent starts");
    assert!(rows[rent].contains("Beacon Point"), "{}", rows[rent]);
    let notes = at("15 Oct 2030, TeraWulf matures, 7.750 % senior secured notes 2030, 3.2 bn");
    assert!(rent < notes, "in the order of time");
}

/// Names of deals that no page may know of at the end of January 2026.
const LATER: [&str; 3] = ["Beacon Point", "Delta Forge", "NVIDIA"];

#[test]
fn a_day_that_is_past_knows_nothing_of_later() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = open(folder.path());
    page(&mut desk, "Deals");
    for name in LATER {
        shows(&desk, name);
    }
    turn_to(&mut desk, "31 Jan 2026");
    for name in ["Deals", "Calendar", "Sector", "Watchlist"] {
        page(&mut desk, name);
        shows(&desk, "As of Sat 31 Jan 2026");
        for later in LATER {
            assert!(
                !rows(&desk).iter().any(|row| row.contains(later)),
                "{later} on {name}"
            );
        }
    }
    company_page(&mut desk, "HUT");
    shows(&desk, "Backlog: 7 bn");
    shows(&desk, "River Bend");
    shows_not(&desk, "Beacon Point");
    forms_are_closed_but_for_statements(&mut desk);
}

fn forms_are_closed_but_for_statements(desk: &mut Desk) {
    let before = book(desk);
    press(desk, Modifiers::COMMAND, Key::N);
    assert!(window(desk).ui.form.is_none(), "no deal is entered");
    shows(desk, "The dial is on 31 Jan 2026");
    page(desk, "Deals");
    select(desk, &["River Bend"]);
    press(desk, Modifiers::NONE, Key::Enter);
    settle(desk);
    assert!(window(desk).ui.form.is_none(), "nor edited");
    press(desk, Modifiers::NONE, Key::Delete);
    settle(desk);
    assert!(book(desk) == before, "nor deleted");

    let both = Modifiers::COMMAND.plus(Modifiers::SHIFT);
    press(desk, both, Key::F);
    let entry = [
        ("Company", "Hut 8"),
        ("Value", "7.5b"),
        ("As of", "15 Jan 2026"),
        ("Stated", "20 Jan 2026"),
    ];
    fill(desk, &entry);
    save(desk);
    let day = Day::constant(2026, 1, 20);
    let added = window(desk).book().figures().find(|figure| {
        figure.stated.is_some_and(|stated| stated.last_day() == day)
            && figure.value == 7_500_000_000_i64.into()
    });
    assert!(added.is_some(), "a statement made by then is");
}
