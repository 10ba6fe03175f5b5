//! Deals, debts, figures and treasury events as CSV with a documented header,
//! and back. Pure: a book in, text out; bytes and a book in, rows and what
//! would become of them out. Writing a book's records and reading them again
//! changes nothing, and nothing is dropped in silence: every row of a file is
//! new, changed, unchanged or refused with all its reasons.

mod cells;
mod deals;
mod debts;
mod error;
mod figures;
mod header;
mod import;
mod keys;
mod limits;
mod nested;
mod row;
mod table;
mod treasury;
mod values;

use std::collections::{BTreeMap, HashMap};

use uuid::Uuid;

use self::cells::Cells;
pub use self::error::{HeaderFaults, RecordFileError, RowError};
use self::header::Sheet;
use self::import::Against;
pub use self::import::{Fate, FieldChange, Import, ReadRow};
use self::keys::Keys;
use self::row::RowReader;
pub use self::table::{Column, Need, Table};
use crate::model::{Book, Record, RecordKey};

/// All records of a table as CSV, in the order of their ids. The same book
/// always gives the same text.
pub fn write(table: Table, book: &Book) -> String {
    let keys = Keys::of(book);
    let names = table.columns().iter().map(|column| column.name);
    let mut text = String::new();
    cells::put_line(&mut text, names);
    for record in table.records(book) {
        if let Some(cells) = cells_of(&record, &keys) {
            cells::put_line(&mut text, cells.texts());
        }
    }
    text
}

/// Which table the header of a file names, if it is one of ours.
pub fn recognise(bytes: &[u8]) -> Option<Table> {
    header::recognise(bytes)
}

/// What taking a file into a book would do, row by row. Fails only where no row
/// can be read at all; bad rows are listed in the result, with all their faults.
pub fn read(table: Table, bytes: &[u8], book: &Book) -> Result<Import, RecordFileError> {
    let sheet = Sheet::read(table, bytes)?;
    let keys = Keys::of(book);
    let twins = if sheet.rows.iter().any(|row| sheet.id_of(row).is_none()) {
        twins(&sheet, book, &keys)
    } else {
        HashMap::new()
    };
    let against = Against {
        sheet: &sheet,
        keys: &keys,
        twins: &twins,
    };
    let mut import = Import::new(table);
    let mut seen = BTreeMap::new();
    for line in &sheet.rows {
        let known = sheet.id_of(line).and_then(|id| {
            let id = Uuid::parse_str(id).ok()?;
            book.record(RecordKey::new(table.kind(), id))
        });
        let known = known.and_then(|record| Some((cells_of(&record, &keys)?, record)));
        let mut reader = RowReader::new(&sheet, line, &keys, known.as_ref().map(|(c, _)| c));
        let id = reader.id();
        if let Some(first) = id.and_then(|id| seen.insert(id, line.number)) {
            reader.refuse("id", format!("the record stands on line {first} already"));
        }
        let record = read_record(table, &mut reader, id.unwrap_or_default());
        let errors = std::mem::take(&mut reader.errors);
        match record {
            Some(record) if errors.is_empty() => {
                import.take(&against, line.number, record, id, known);
            }
            Some(_) | None => import.refuse(errors),
        }
    }
    import.refuse_dangling(book);
    Ok(import)
}

/// The records of the book by what the file's columns say of them, for rows
/// that give no id.
fn twins(sheet: &Sheet, book: &Book, keys: &Keys<'_>) -> HashMap<Vec<String>, Uuid> {
    let mut twins = HashMap::new();
    for record in sheet.table.records(book) {
        if let Some(cells) = cells_of(&record, keys) {
            let id = record.key().id;
            twins.entry(cells.of_columns(sheet)).or_insert(id);
        }
    }
    twins
}

/// The cells of a record, in the order of its table's columns; none for a
/// record that has no table.
fn cells_of(record: &Record, keys: &Keys<'_>) -> Option<Cells> {
    Some(match record {
        Record::Deal(deal) => deals::cells(deal, keys),
        Record::Debt(debt) => debts::cells(debt, keys),
        Record::Figure(figure) => figures::cells(figure, keys),
        Record::Treasury(event) => treasury::cells(event, keys),
        Record::Source(_)
        | Record::Instrument(_)
        | Record::Company(_)
        | Record::Note(_)
        | Record::Pin(_) => return None,
    })
}

fn read_record(table: Table, row: &mut RowReader<'_>, id: Uuid) -> Option<Record> {
    match table {
        Table::Deals => deals::read(row, id).map(Record::Deal),
        Table::Debts => debts::read(row, id).map(Record::Debt),
        Table::Figures => figures::read(row, id).map(Record::Figure),
        Table::Treasury => treasury::read(row, id).map(Record::Treasury),
    }
}
