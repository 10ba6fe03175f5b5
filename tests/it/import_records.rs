//! Files of records in the window: export, preview, import as one change, undo.

use std::path::Path;
use std::sync::Arc;

use egui::{Key, Modifiers, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use gigawatch::app::App;
use gigawatch::exchange::record_csv::{Table, write};
use gigawatch::model::{Book, Change, Op};

use crate::flows::{Dropped, open_sized, press, type_into};

fn open(folder: &Path) -> Harness<'static, App> {
    open_sized(folder, [1280.0, 800.0], true, 1.0)
}

fn book<'a>(window: &'a Harness<'_, App>) -> &'a Book {
    window.state().window().unwrap().book()
}

fn drop_file(window: &mut Harness<'_, App>, path: &Path) {
    let file: Arc<dyn egui::DroppedFile + Send + Sync> = Arc::new(Dropped(path.to_path_buf()));
    window.input_mut().dropped_files.push(file);
    window.run();
    window.run();
}

/// Runs a command of the command box.
fn run(window: &mut Harness<'_, App>, command: &str) {
    press(window, Modifiers::COMMAND, Key::K);
    type_into(window, "Search or run a command…", command);
    press(window, Modifiers::NONE, Key::Enter);
    window.run();
}

fn click(window: &mut Harness<'_, App>, label: &str) {
    window.get_by_role_and_label(Role::Button, label).click();
    window.run();
}

#[test]
fn every_table_is_exported_and_read_again_without_a_change() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = open(folder.path());
    for (table, command, title) in [
        (Table::Deals, "Export deals", "Import deals"),
        (Table::Debts, "Export debts", "Import debts"),
        (Table::Figures, "Export figures", "Import figures"),
        (Table::Treasury, "Export treasury", "Import treasury events"),
    ] {
        run(&mut window, command);
        press(&mut window, Modifiers::NONE, Key::Enter);
        window.run();
        let name = format!("gigawatch-{}.csv", table.code());
        let path = folder.path().join(name);
        let text = std::fs::read_to_string(&path).unwrap();
        assert_eq!(text, write(table, book(&window)));
        drop_file(&mut window, &path);
        window.get_by_label(title);
        window.get_by_label("Nothing to do: all of it is in the book already");
        let import = window.get_by_role_and_label(Role::Button, "Import");
        assert!(import.accesskit_node().is_disabled());
        click(&mut window, "Cancel");
    }
}

#[test]
fn a_file_is_previewed_taken_as_one_change_and_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = open(folder.path());
    let before = book(&window).clone();
    let text = write(Table::Figures, &before);
    let debt = before
        .figures()
        .find(|figure| {
            figure.metric.code() == "total_debt" && figure.value == 5_700_000_000_i64.into()
        })
        .unwrap()
        .clone();
    // One cell edited, one new row, one with two faults.
    let edited: String = text
        .split_inclusive('\n')
        .map(|line| {
            if line.starts_with(&debt.id.to_string()) {
                line.replacen("5700000000", "5.8bn", 1)
            } else {
                line.to_owned()
            }
        })
        .collect();
    let columns = Table::Figures.columns().len();
    let row = |cells: &[&str]| {
        let empty = columns - cells.len();
        format!("{}{}\n", cells.join(","), ",".repeat(empty))
    };
    let new = row(&["", "HUT", "custom/count/Employees", "250"]);
    let bad = row(&["", "HUTT", "cash", "lots"]);
    let path = folder.path().join("mine.csv");
    std::fs::write(&path, format!("{edited}{new}{bad}")).unwrap();

    run(&mut window, "Import records");
    type_into(&mut window, "Path", &path.display().to_string());
    press(&mut window, Modifiers::NONE, Key::Enter);
    window.run();
    let all = before.figures().count();
    window.get_by_label(&format!("1 new, 1 changed, {} unchanged", all - 1));
    window.get_by_role_and_label(Role::Button, "Refused 1");
    let line = text.lines().count() + 2;
    window.get_by_role_and_label(
        Role::Row,
        &format!("{line}, company, HUTT, “HUTT” is no company of the book (“HUT” is)"),
    );
    click(&mut window, "Changed 1");
    let rows = window.query_all_by_role(Role::Row);
    let labels: Vec<_> = rows
        .filter_map(|row| row.accesskit_node().label())
        .collect();
    let told = |label: &String| label.ends_with("total_debt, value, 5700000000, 5800000000");
    assert!(labels.iter().any(told), "{labels:?}");
    click(&mut window, "New 1");
    window.get_by_role_and_label(
        Role::Row,
        &format!("{}, HUT, custom/count/Employees", line - 1),
    );
    assert_eq!(
        book(&window),
        &before,
        "nothing is taken before it is confirmed"
    );
    click(&mut window, "Import 2 rows");
    window.run();
    assert_eq!(book(&window).figures().count(), all + 1);
    let value = book(&window).figure(debt.id).unwrap().value;
    assert_eq!(value, 5_800_000_000_i64.into());

    // The same file again: only what was refused is left.
    drop_file(&mut window, &path);
    window.get_by_label("Nothing to do: all of it is in the book already");
    click(&mut window, "Cancel");
    press(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(book(&window), &before, "one undo takes all of it back");
}

#[test]
fn a_file_that_is_not_understood_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = open(folder.path());
    let path = folder.path().join("wrong.csv");
    std::fs::write(&path, "company,metric,value,statd\nHUT,cash,1,2026\n").unwrap();
    drop_file(&mut window, &path);
    window.get_by_label("The header is not that of figures: “statd” is no column (“stated” is)");
    window.get_by_label("Correct the file, then import it again");
    click(&mut window, "Cancel");

    std::fs::write(&path, "a,b,c\n1,2,3\n").unwrap();
    run(&mut window, "Import records");
    type_into(&mut window, "Path", &path.display().to_string());
    press(&mut window, Modifiers::NONE, Key::Enter);
    window.run();
    let told = window.query_all_by_label_contains("The header of wrong.csv is not that of");
    assert!(told.count() > 0);
}

#[test]
fn a_preview_of_an_older_book_is_read_again() {
    use gigawatch::ui::dialog::import_records::{ImportRecords, read};
    let mut book = gigawatch::exchange::starter::book().unwrap();
    let text = write(Table::Treasury, &book);
    let bytes: Arc<[u8]> = text.as_bytes().into();
    let mut dialog = ImportRecords::new("a.csv".to_owned(), Arc::clone(&bytes), Table::Treasury, 1);
    assert!(dialog.import(1).is_none());
    dialog.take_read(read(Table::Treasury, &bytes, &book, 1));
    assert!(dialog.import(1).unwrap().changes_nothing());
    let gone = book.treasury().next().unwrap().id.0;
    let key = gigawatch::model::RecordKey::new(gigawatch::model::RecordKind::Treasury, gone);
    book.apply(&Change::new("delete", vec![Op::Delete(key)]))
        .unwrap();
    assert!(
        dialog.import(2).is_none(),
        "it was compared with another book"
    );
    dialog.take_read(read(Table::Treasury, &bytes, &book, 2));
    assert_eq!(dialog.import(2).unwrap().new_rows(), 1);
}
