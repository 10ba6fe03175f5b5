//! The documents and the golden files say what the code does.

use gigawatch::exchange::record_csv::{Need, Table, write};
use gigawatch::exchange::starter;

use super::import;

const GUIDE: &str = include_str!("../../../docs/files.md");

/// The part of the guide about a table.
fn chapter(table: Table) -> &'static str {
    let head = format!("## {}\n", table.label());
    let (_, rest) = GUIDE.split_once(head.as_str()).expect(&head);
    rest.split("\n## ").next().unwrap()
}

#[test]
fn every_column_is_documented_in_order() {
    for table in Table::ALL {
        let rows = chapter(*table).lines().filter_map(|line| {
            let (name, rest) = line.strip_prefix("| `")?.split_once("` | ")?;
            Some((name, rest.split(" | ").next().unwrap()))
        });
        let expected = table.columns().iter().map(|column| {
            let need = match column.need {
                Need::Must => "yes",
                Need::May => "",
                Need::ForPeople => "not read",
            };
            (column.name, need)
        });
        assert_eq!(rows.collect::<Vec<_>>(), expected.collect::<Vec<_>>());
    }
}

/// The first rows of the starter book as they are written, by eye.
#[test]
fn golden_files_are_written_and_read() {
    let book = starter::book().unwrap();
    let mut differing = Vec::new();
    for table in Table::ALL {
        let text = write(*table, &book);
        let head: String = text.split_inclusive('\n').take(9).collect();
        let path = format!(
            "{}/tests/golden/records/{}.csv",
            env!("CARGO_MANIFEST_DIR"),
            table.code()
        );
        let golden = std::fs::read_to_string(&path).unwrap_or_default();
        if golden == head {
            assert!(import(*table, &golden, &book).changes_nothing());
        } else {
            let found = std::env::temp_dir().join(format!("{}.csv", table.code()));
            std::fs::write(&found, &head).unwrap();
            differing.push((path, found));
        }
    }
    assert!(
        differing.is_empty(),
        "golden beside written: {differing:#?}"
    );
}
