//! `import deals`, `debts`, `figures` and `treasury`: rows of a CSV file into the
//! book, all of them one change. A refused row is told with every fault of it,
//! and the good ones are taken.

use anyhow::anyhow;

use super::args::ImportRecords;
use super::import::{Target, copy_of_the_day, file_name, new_id, read_file};
use super::text::counted;
use super::{Answer, Exit, Place};
use crate::exchange::record_csv::{
    Fate, FieldChange, Import, RecordFileError, Table, read, recognise,
};

pub(super) fn run(place: &Place, table: Table, args: &ImportRecords) -> anyhow::Result<Answer> {
    let bytes = read_file(&args.file)?;
    let name = file_name(&args.file);
    let target = Target::open(place, args.dry_run)?;
    let path = args.file.display();
    let import = read(table, &bytes, &target.book).map_err(|error| {
        let other = other_table(table, &bytes, &error);
        anyhow!("{path}: {error}{other}")
    })?;
    let mut complaints: Vec<_> = import
        .refused
        .iter()
        .map(|error| format!("{path}:{}:{}: {}", error.line, error.field, error.message()))
        .collect();
    if import.rows.is_empty() {
        complaints.push(format!("{path}: no row could be taken"));
        return Ok(Answer {
            out: String::new(),
            complaints,
            exit: Exit::Failed,
        });
    }
    let change = import.change(&name, &mut || new_id(&place.now));
    let end = if args.dry_run {
        // What the store would refuse is refused here, too.
        let mut copy = target.book;
        copy.apply(&change)
            .map_err(|error| anyhow!("{path}: {error}"))?;
        if import.changes_nothing() {
            "Dry run; there is nothing to do: all of it is in the book already".to_owned()
        } else {
            format!("Dry run, nothing was changed; it would {}", change.label)
        }
    } else if import.changes_nothing() {
        "Nothing to do: all of it is in the book already".to_owned()
    } else {
        format!("Done: {}", change.label)
    };
    complaints.extend(target.notices);
    if let Some(mut store) = target.store
        && !import.changes_nothing()
    {
        complaints.extend(copy_of_the_day(place, &store));
        store.apply(&change, &[], place.now.timestamp())?;
    }
    Ok(Answer {
        out: format!("{}{end}\n", told(&name, &import)),
        complaints,
        exit: if import.refused.is_empty() {
            Exit::Done
        } else {
            Exit::Rejected
        },
    })
}

/// What a file whose header is another table's is to be imported as.
fn other_table(table: Table, bytes: &[u8], error: &RecordFileError) -> String {
    let header = matches!(error, RecordFileError::Header(_));
    let other = recognise(bytes).filter(|other| header && *other != table);
    other.map_or_else(String::new, |other| {
        let code = other.code();
        format!(". It looks like a file of {code}: use import {code}")
    })
}

/// Counts, and what becomes of each row that is not in the book as it is.
fn told(name: &str, import: &Import) -> String {
    let rows = |count: usize| counted(count, "row", "rows");
    let mut lines = vec![
        format!("File: {name} ({})", import.table.code()),
        format!("New: {}", rows(import.new_rows())),
        format!("Changed: {}", rows(import.changed_rows())),
        format!("Unchanged: {}", rows(import.unchanged_rows())),
        format!("Refused: {}", rows(import.refused_rows())),
    ];
    for row in &import.rows {
        let title = format!("line {}, {}", row.line, row.title);
        match &row.fate {
            Fate::New => lines.push(format!("  new      {title}")),
            Fate::Changed(fields) => {
                let fields: Vec<_> = fields.iter().map(field).collect();
                lines.push(format!("  changed  {title}: {}", fields.join("; ")));
            }
            Fate::Unchanged => {}
        }
    }
    lines.push(String::new());
    lines.join("\n")
}

fn field(change: &FieldChange) -> String {
    let or_nothing = |text: &str| {
        if text.is_empty() {
            "nothing".to_owned()
        } else {
            format!("“{text}”")
        }
    };
    let (before, after) = (or_nothing(&change.before), or_nothing(&change.after));
    format!("{} {before} becomes {after}", change.field)
}
