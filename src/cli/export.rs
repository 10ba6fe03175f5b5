//! `export prices`, `export book` and the tables of records. A file appears only once it is complete;
//! a file of the same name is replaced, but never a database.

use std::fs;
use std::io::{ErrorKind, Read as _};
use std::path::{Path, PathBuf};

use anyhow::{anyhow, bail};

use super::args::{Export, ExportRecords};
use super::text::counted;
use super::{Answer, Place};
use crate::exchange::record_csv::{self, Table};
use crate::exchange::{book_file, price_csv};
use crate::model::Book;
use crate::session;
use crate::store::Access;

/// How a database file begins.
const DATABASE: &[u8] = b"SQLite format 3\0";

pub(super) fn run(place: &Place, what: &Export) -> anyhow::Result<Answer> {
    let opened = session::open(&place.folder, place.now.timestamp())?;
    let (file, text, what) = match what {
        Export::Book { file } => {
            let text = book_file::write(&opened.book)?;
            let what = counted(opened.book.len(), "record", "records");
            (file, text, what)
        }
        Export::Deals(to) => table(&opened.book, Table::Deals, to),
        Export::Debts(to) => table(&opened.book, Table::Debts, to),
        Export::Figures(to) => table(&opened.book, Table::Figures, to),
        Export::Treasury(to) => table(&opened.book, Table::Treasury, to),
        Export::Prices { file, symbol } => {
            let known = opened.book.instrument_by_symbol(symbol);
            let series = known.and_then(|known| opened.prices.get(&known.symbol));
            let Some((instrument, series)) = known.zip(series) else {
                bail!("No prices of “{symbol}” are stored: import them first");
            };
            let rows = counted(series.len(), "row", "rows");
            let what = format!("{rows} of {}", instrument.symbol);
            (file, price_csv::write_csv(series.bars()), what)
        }
    };
    let mut answer = if file.as_os_str() == "-" {
        Answer::done(text)
    } else {
        write(file, &text)?;
        Answer::done(format!("Wrote {what} to {}\n", file.display()))
    };
    if *opened.store.access() == Access::ReadWrite {
        answer.complaints = opened.notices;
    }
    Ok(answer)
}

/// The file, its text and what is in it.
fn table<'a>(book: &Book, table: Table, to: &'a ExportRecords) -> (&'a PathBuf, String, String) {
    let count = table.records(book).count();
    (
        &to.file,
        record_csv::write(table, book),
        table.counted(count),
    )
}

fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    let wrong = |error: std::io::Error| anyhow!("{} cannot be written ({error})", path.display());
    match fs::metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(wrong(error)),
        // A pipe or device is no file to be replaced.
        Ok(facts) if !facts.is_file() => return fs::write(path, text).map_err(wrong),
        Ok(_) => {
            if is_database(path) {
                bail!("{} is a database: choose another name", path.display());
            }
        }
    }
    let mut name = path.as_os_str().to_owned();
    name.push(".part");
    let part = PathBuf::from(name);
    let written = fs::write(&part, text).and_then(|()| fs::rename(&part, path));
    written.map_err(|error| {
        // The first error counts; a part that stays is overwritten next time.
        drop(fs::remove_file(&part));
        wrong(error)
    })
}

fn is_database(path: &Path) -> bool {
    let mut start = Vec::new();
    let read = fs::File::open(path)
        .and_then(|file| file.take(DATABASE.len() as u64).read_to_end(&mut start));
    read.is_ok() && start == DATABASE
}
