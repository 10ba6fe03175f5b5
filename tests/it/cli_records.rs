//! Records through the command line: export, import, what is said and refused.

use gigawatch::cli::Exit;

use crate::cli::Desk;

const TABLES: [&str; 4] = ["deals", "debts", "figures", "treasury"];

#[test]
fn an_export_imported_again_changes_nothing() {
    let desk = Desk::new();
    for table in TABLES {
        let text = desk.done(&["export", table, "-"]);
        let path = desk.root.path().join(format!("{table}.csv"));
        let path = path.to_str().unwrap();
        let told = desk.done(&["export", table, path]);
        assert!(told.starts_with("Wrote "), "{told}");
        assert_eq!(std::fs::read_to_string(path).unwrap(), text);
        let told = desk.done(&["import", table, path]);
        let parts = [
            "New: 0 rows",
            "Changed: 0 rows",
            "Refused: 0 rows",
            "Nothing to do",
        ];
        for part in parts {
            assert!(told.contains(part), "{part} in {told}");
        }
        assert_eq!(desk.done(&["export", table, "-"]), text);
    }
    assert!(desk.done(&["export", "deals", "-"]).contains("Fluidstack"));
}

#[test]
fn good_rows_are_taken_and_bad_ones_told() {
    let desk = Desk::new();
    let path = desk.file(
        "mine.csv",
        "company,metric,value,time,hedge\n\
         HUT,custom/count/Employees,250,2026,\n\
         HUTT,cash,lots,2026,\n\
         IREN,cash,~2.5bn,2026-10-31,\n",
    );
    let args = ["import", "figures", &path];
    let before = desk.done(&["export", "figures", "-"]);
    let dry = desk.run(&[&args[..], &["--dry-run"]].concat());
    assert_eq!(dry.exit, Exit::Rejected);
    let end = "Dry run, nothing was changed; it would import figures mine.csv (2 new)\n";
    assert!(dry.out.ends_with(end), "{}", dry.out);
    assert_eq!(desk.done(&["export", "figures", "-"]), before);

    let ran = desk.run(&args);
    assert_eq!(ran.exit, Exit::Rejected);
    assert_eq!(
        ran.err,
        format!(
            "{path}:3:company: “HUTT” is no company of the book (“HUT” is)\n\
             {path}:3:value: “lots” is not understood: write an amount such as 9.8b, $9.8 billion or 9,800,000,000\n"
        )
    );
    assert_eq!(
        ran.out,
        "File: mine.csv (figures)
New: 2 rows
Changed: 0 rows
Unchanged: 0 rows
Refused: 1 row
  new      line 2, HUT, custom/count/Employees
  new      line 4, IREN, cash
Done: import figures mine.csv (2 new)
"
    );
    let after = desk.done(&["export", "figures", "-"]);
    assert!(after.contains("HUT,custom/count/Employees,250,count,,exact,2026,"));
    assert!(after.contains("IREN,cash,2500000000,money,USD,about,2026-10-31,"));
    let again = desk.run(&args);
    assert_eq!(again.exit, Exit::Rejected);
    assert!(again.out.ends_with(
        "Unchanged: 2 rows\nRefused: 1 row\nNothing to do: all of it is in the book already\n"
    ));
    assert_eq!(desk.done(&["export", "figures", "-"]), after);

    // A corrected cell of an exported row is a change of that record alone.
    let edited = desk.file("edited.csv", after.replace("cash,2500000000", "cash,2.6bn"));
    let told = desk.done(&["import", "figures", &edited]);
    assert!(told.contains("Changed: 1 row\n"), "{told}");
    assert!(
        told.contains("IREN, cash: value “2500000000” becomes “2600000000”"),
        "{told}"
    );
}

#[test]
fn a_file_that_cannot_be_read_says_why() {
    let desk = Desk::new();
    let check = |table: &str, text: &str, parts: &[&str]| {
        let path = desk.file("a.csv", text);
        let ran = desk.run(&["import", table, &path]);
        assert_eq!(
            (ran.exit, ran.out.as_str()),
            (Exit::Failed, ""),
            "{}",
            ran.err
        );
        for part in parts {
            assert!(ran.err.contains(part), "{part} in {}", ran.err);
        }
    };
    let figures = "company,metric,value\nHUT,cash,1\n";
    check(
        "deals",
        figures,
        &["“metric” is no column", "import figures"],
    );
    check(
        "figures",
        "company,metrics,value\nHUT,cash,1\n",
        &["“metric” is"],
    );
    check(
        "figures",
        "company,metric,value\nHUT,cash,a lot\n",
        &[":2:value:", "no row could be taken"],
    );
    check("debts", "", &["empty"]);
    let ran = desk.run(&["import", "deals", "/nowhere/at-all.csv"]);
    assert_eq!(ran.exit, Exit::Failed);
    assert!(ran.err.contains("cannot be read"), "{}", ran.err);
}

/// The whole of a book, by tables, into one that has companies and sources only.
#[test]
fn tables_move_a_book() {
    let desk = Desk::new();
    let full = desk.done(&["export", "book", "-"]);
    let mut file: serde_json::Value = serde_json::from_str(&full).unwrap();
    let mut moved = Vec::new();
    for table in TABLES {
        let text = desk.done(&["export", table, "-"]);
        moved.push((table, desk.file(&format!("{table}.csv"), text)));
        file.as_object_mut().unwrap().remove(table);
    }
    let bare = desk.file("bare.json", file.to_string());
    let other = Desk::new();
    other.done(&["import", "book", &bare]);
    for (table, path) in moved {
        other.done(&["import", table, &path]);
    }
    let moved = other.done(&["export", "book", "-"]);
    let read = |text: &str| gigawatch::exchange::book_file::read(text.as_bytes()).unwrap();
    assert_eq!(read(&moved), read(&full));
}
