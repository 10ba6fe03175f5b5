//! A book is written: a deal, a debt, a coin sale, a statement that disagrees,
//! a decision, a start that slips. All of it is taken back and done again, is
//! there after a restart, and is carried to another folder without a loss.

use std::path::Path;
use std::sync::Arc;

use egui::{Key, Modifiers, Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use gigawatch::exchange::book_file;
use gigawatch::exchange::record_csv::{Table, write};
use gigawatch::model::{Book, Change, Deal, Op};

use super::{
    Desk, book, click, command, fill, open, page, pick, rows, save, select, settle, shows,
    shows_not, window,
};
use crate::flows::{Dropped, press};

const REDO: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

/// The deal with its two phases and its backstop.
fn enter_the_deal(desk: &mut Desk) {
    press(desk, Modifiers::COMMAND, Key::N);
    fill(
        desk,
        &[
            ("Company", "Hut 8"),
            ("Counterparty", "Anthropic"),
            ("Base value", "9.8b"),
            ("Critical IT load", "352 MW"),
            ("Base term", "15y"),
            ("Rent start", "Q3 2027"),
            ("Announced", "10 Oct 2026"),
            ("Site", "Vega, Texas"),
            ("Source link", "https://example.com/vega"),
        ],
    );
    click(desk, "Add phase");
    fill(
        desk,
        &[
            ("Phase 1 value", "4b"),
            ("Phase 1 critical MW", "152 MW"),
            ("Phase 1 rent start", "Q3 2027"),
        ],
    );
    click(desk, "Add phase");
    fill(
        desk,
        &[
            ("Phase 2 name", "South"),
            ("Phase 2 value", "5.8b"),
            ("Phase 2 critical MW", "200 MW"),
            ("Phase 2 term", "14y"),
            ("Phase 2 rent start", "Q1 2028"),
            ("Backstop", "3.2b"),
            ("Credit obligor", "Google"),
        ],
    );
    shows(desk, "backstop covers 32.65 % of the base value");
    save(desk);
}

/// The project notes, repaid by the half-year and once beside.
fn enter_the_notes(desk: &mut Desk) {
    press(desk, REDO, Key::D);
    fill(
        desk,
        &[
            ("Company", "Hut 8"),
            ("Name", "7.5 % Vega senior secured notes 2032"),
            ("Principal", "1b"),
            ("Coupon", "7.5 %"),
            ("Issued", "15 Nov 2026"),
            ("Matures", "15 Nov 2032"),
            ("Site", "Vega, Texas"),
            ("Instalment", "1.25 %"),
            ("First instalment", "15 May 2028"),
            ("Source link", "https://example.com/vega-notes"),
        ],
    );
    pick(desk, "Level", "Project");
    pick(desk, "Instalment due", "Once a half-year");
    shows(desk, "from 15 May 2028 to 15 May 2032");
    save(desk);
}

fn enter_the_sale(desk: &mut Desk) {
    command(desk, "New treasury event");
    fill(desk, &[("Company", "Hut 8")]);
    pick(desk, "Kind", "Sale");
    fill(
        desk,
        &[
            ("Bitcoin", "1,000"),
            ("Proceeds", "70m"),
            ("Happened", "31 Mar 2026"),
            ("Disclosed", "6 May 2026"),
        ],
    );
    shows(desk, "$70,000 a coin");
    save(desk);
}

/// Another says of the same day that the company has nearly twice the cash.
fn enter_what_disagrees(desk: &mut Desk) {
    press(desk, REDO, Key::F);
    fill(desk, &[("Company", "Hut 8")]);
    pick(desk, "Metric", "Cash");
    fill(
        desk,
        &[
            ("Value", "300m"),
            ("As of", "31 Mar 2026"),
            ("Stated", "7 May 2026"),
        ],
    );
    save(desk);
}

fn open_conflicts(desk: &Desk) -> usize {
    window(desk).derived().conflicts.open()
}

fn settle_the_conflict(desk: &mut Desk) {
    page(desk, "Conflicts");
    select(desk, &["Hut 8, Cash", "160 m", "300 m"]);
    fill(desk, &[("Why", "from the filing itself")]);
    click(desk, "Use 160 m");
    shows(desk, "from the filing itself");
}

fn the_deal(book: &Book) -> &Deal {
    let found = book.deals().find(|deal| deal.counterparty == "Anthropic");
    found.unwrap()
}

fn let_the_start_slip(desk: &mut Desk) {
    page(desk, "Deals");
    select(desk, &["Anthropic"]);
    press(desk, Modifiers::NONE, Key::Enter);
    settle(desk);
    fill(
        desk,
        &[
            ("Rent start", "Q4 2027"),
            ("Rent start stated", "20 Nov 2026"),
        ],
    );
    shows(desk, "slipped once, +1 quarter");
    save(desk);
    shows(desk, "Slipped once, +1 quarter");
}

/// Writes all of it, and gives the book as it was before and after each change.
fn write_all(desk: &mut Desk) -> Vec<Book> {
    let mut books = vec![book(desk)];
    let disagree = open_conflicts(desk);
    for step in [
        enter_the_deal,
        enter_the_notes,
        enter_the_sale,
        enter_what_disagrees,
    ] {
        step(desk);
        books.push(book(desk));
    }
    assert_eq!(open_conflicts(desk), disagree + 1);
    settle_the_conflict(desk);
    assert_eq!(open_conflicts(desk), disagree);
    books.push(book(desk));
    let_the_start_slip(desk);
    books.push(book(desk));
    for pair in books.windows(2) {
        assert_ne!(pair[0], pair[1], "each step is a change");
    }
    books
}

/// What was typed is in the records, nothing left out.
fn holds_what_was_typed(book: &Book) {
    let deal = the_deal(book);
    let names: Vec<_> = deal.phases.iter().map(|phase| &*phase.name).collect();
    assert_eq!(names, ["Phase 1", "South"]);
    assert_eq!(deal.phases[1].term_months, Some(168));
    assert_eq!(deal.obligor.as_deref(), Some("Google"));
    assert!(deal.backstop.is_some());
    let starts = deal.rent_start.iter().map(|start| start.date.to_string());
    assert_eq!(starts.collect::<Vec<_>>(), ["2027-Q3", "2027-Q4"]);
    let debt = book.debts().find(|debt| debt.name.contains("Vega"));
    assert_eq!(debt.unwrap().repayments().len(), 10);
    let pin = book.pins().next().unwrap();
    assert_eq!(pin.note, "from the filing itself");
}

/// Takes every change back and does it again, one at a time.
fn back_and_forth(desk: &mut Desk, books: &[Book]) {
    for expected in books.iter().rev().skip(1) {
        press(desk, Modifiers::COMMAND, Key::Z);
        settle(desk);
        assert!(book(desk) == *expected, "taken back one by one");
    }
    assert_eq!(window(desk).status().undo, None, "nothing is left of it");
    for expected in books.iter().skip(1) {
        press(desk, REDO, Key::Z);
        settle(desk);
        assert!(book(desk) == *expected, "and done again one by one");
    }
    assert_eq!(window(desk).status().redo, None);
}

fn drop_file(desk: &mut Desk, path: &Path) {
    let file: Arc<dyn egui::DroppedFile + Send + Sync> = Arc::new(Dropped(path.to_path_buf()));
    desk.input_mut().dropped_files.push(file);
    settle(desk);
}

/// Every table as a file, which read again changes nothing.
fn by_tables(desk: &mut Desk, folder: &Path) {
    let before = book(desk);
    for (table, name) in [
        (Table::Deals, "Export deals"),
        (Table::Debts, "Export debts"),
        (Table::Figures, "Export figures"),
        (Table::Treasury, "Export treasury"),
    ] {
        let path = folder.join(format!("{}.csv", table.code()));
        command(desk, name);
        fill(desk, &[("Path", &path.display().to_string())]);
        press(desk, Modifiers::NONE, Key::Enter);
        settle(desk);
        let text = std::fs::read_to_string(&path).unwrap();
        assert_eq!(text, write(table, &before));
        drop_file(desk, &path);
        shows(desk, "Nothing to do: all of it is in the book already");
        let import = desk.get_by_role_and_label(Role::Button, "Import");
        assert!(import.accesskit_node().is_disabled());
        click(desk, "Cancel");
    }
    assert!(book(desk) == before);
}

#[test]
fn a_book_is_written_taken_back_done_again_and_carried_elsewhere() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = open(folder.path());
    let books = write_all(&mut desk);
    let all = books.last().unwrap();
    holds_what_was_typed(all);
    back_and_forth(&mut desk, &books);

    drop(desk);
    let mut desk = open(folder.path());
    assert!(book(&desk) == *all, "there after a restart");
    // What was done before the restart is taken back after it, too.
    press(&mut desk, Modifiers::COMMAND, Key::Z);
    settle(&mut desk);
    assert!(book(&desk) == books[books.len() - 2]);
    press(&mut desk, REDO, Key::Z);
    settle(&mut desk);
    assert!(book(&desk) == *all);

    by_tables(&mut desk, folder.path());
    let file = folder.path().join("whole.json");
    command(&mut desk, "Export book");
    fill(&mut desk, &[("Path", &file.display().to_string())]);
    press(&mut desk, Modifiers::NONE, Key::Enter);
    settle(&mut desk);
    shows_not(&desk, "A new file for every record");
    assert!(
        read(&std::fs::read(&file).unwrap()) == *all,
        "nothing is left out"
    );
    drop(desk);
    read_elsewhere(&file, all);
}

/// The book of a file.
fn read(bytes: &[u8]) -> Book {
    let records = book_file::read(bytes).unwrap();
    let ops = records.into_iter().map(Op::put).collect();
    let mut book = Book::default();
    book.apply(&Change::new("read", ops)).unwrap();
    book
}

/// The file read into a folder without a book, and opened there.
fn read_elsewhere(file: &Path, all: &Book) {
    let other = crate::cli::Desk::empty();
    let empty = other.done(&["export", "book", "-"]);
    assert!(read(empty.as_bytes()).is_empty());
    other.done(&["import", "book", &file.display().to_string()]);
    let told = other.done(&["export", "book", "-"]);
    assert!(read(told.as_bytes()) == *all, "the same in another folder");

    // The folder was made for the command line; its window shows the same.
    let mut desk = open(&other.data());
    assert!(book(&desk) == *all, "the same in the window");
    page(&mut desk, "Deals");
    let slipped = |row: &String| row.contains("Anthropic") && row.contains("slipped Q4 2027");
    assert!(rows(&desk).iter().any(slipped), "{:?}", rows(&desk));
}
