//! `import book`: the records of a book file into the book, or as the book where
//! there is none yet. Nothing is deleted, and all of it is one change.

use std::path::Path;

use anyhow::{anyhow, bail};

use super::import::{copy_of_the_day, file_name, read_file};
use super::text::counted;
use super::{Answer, Place};
use crate::exchange::book_file::{self, plan_import};
use crate::model::{Book, Change, Op, Record};
use crate::session;
use crate::store::FILE_NAME;

pub(super) fn run(place: &Place, file: &Path, dry_run: bool) -> anyhow::Result<Answer> {
    let records = book_file::read(&read_file(file)?);
    let records = records.map_err(|error| anyhow!("{}: {error}", file.display()))?;
    let name = file_name(file);
    let label = format!("import book {name}");
    if !place.folder.join(FILE_NAME).exists() {
        return first_book(place, &name, records, dry_run);
    }
    let opened = session::open(&place.folder, place.now.timestamp())?;
    let (mut store, mut complaints) = (opened.store, opened.notices);
    let plan = plan_import(&opened.book, records);
    let change = plan.change(label.clone(), false);
    let counts = format!(
        "File: {name}\nNew: {}\nDiffering, replaced: {}\nSame: {}\n",
        counted(plan.new.len(), "record", "records"),
        counted(plan.changed.len(), "record", "records"),
        counted(plan.same, "record", "records"),
    );
    let end = if dry_run {
        // What the store would refuse is refused here, too.
        let mut copy = opened.book;
        copy.apply(&change)
            .map_err(|error| anyhow!("{}: {error}", file.display()))?;
        format!("Dry run, nothing was changed; it would {label}\n")
    } else if change.ops.is_empty() {
        "Nothing to do: all of it is in the book already\n".to_owned()
    } else {
        complaints.extend(copy_of_the_day(place, &store));
        store.apply(&change, &[], place.now.timestamp())?;
        format!("Done: {label}\n")
    };
    let mut answer = Answer::done(format!("{counts}{end}"));
    answer.complaints = complaints;
    Ok(answer)
}

/// A book file in an empty folder becomes the book: the starter's records
/// would bring back what its owner had deleted.
fn first_book(
    place: &Place,
    name: &str,
    records: Vec<Record>,
    dry_run: bool,
) -> anyhow::Result<Answer> {
    let mut book = Book::default();
    let count = counted(records.len(), "record", "records");
    let label = format!("import book {name}");
    let ops = records.into_iter().map(Op::put).collect();
    book.apply(&Change::new(label.clone(), ops))
        .map_err(|error| anyhow!("{name}: {error}"))?;
    if dry_run {
        return Ok(Answer::done(format!(
            "File: {name}\nNew: {count}\nDry run, nothing was changed; it would begin the book with them\n"
        )));
    }
    let (opened, is_new) =
        session::open_or_begin(&place.folder, &book, &label, place.now.timestamp())?;
    if !is_new {
        bail!("Another Gigawatch has just begun a book here: try again");
    }
    let mut answer = Answer::done(format!(
        "File: {name}\nNew: {count}\nDone: the book begins with them\n"
    ));
    answer.complaints = opened.notices;
    Ok(answer)
}
