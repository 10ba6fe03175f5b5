//! What taking a file would do: rows that are new, changed or unchanged, and
//! rows that are refused. It changes nothing; that is for the [`Change`].

use std::collections::{BTreeSet, HashMap};

use uuid::Uuid;

use super::cells::Cells;
use super::error::RowError;
use super::header::Sheet;
use super::keys::Keys;
use super::row::shorten;
use super::table::{Need, Table};
use super::{cells_of, limits};
use crate::model::{Book, Change, DealId, Op, Record};

/// What would become of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// The book has no such record.
    New,
    /// The book has the record otherwise; these columns differ.
    Changed(Vec<FieldChange>),
    /// The book has the record exactly so.
    Unchanged,
}

/// A column that differs, with its cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldChange {
    /// Name of the column.
    pub field: &'static str,
    /// What the book has; empty for nothing.
    pub before: String,
    /// What the file has.
    pub after: String,
}

/// A row that can be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadRow {
    /// Line in the file on which it begins, from 1.
    pub line: u64,
    /// Whom or what it is about, for people: "HUT, Anthropic".
    pub title: String,
    /// What would become of it.
    pub fate: Fate,
    /// The record it makes. Its id is nil while it is new without one.
    record: Record,
}

/// What taking a file into a book would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// Which records the file has.
    pub table: Table,
    /// Rows that can be taken, in the order of the file.
    pub rows: Vec<ReadRow>,
    /// Why other rows cannot, in the order of the file; a row may have several.
    pub refused: Vec<RowError>,
}

/// What rows are compared with.
pub(super) struct Against<'a> {
    /// The file.
    pub sheet: &'a Sheet,
    /// Names of companies and sources.
    pub keys: &'a Keys<'a>,
    /// Records of the book by what the file's columns say of them.
    pub twins: &'a HashMap<Vec<String>, Uuid>,
}

impl Import {
    pub(super) const fn new(table: Table) -> Self {
        Self {
            table,
            rows: Vec::new(),
            refused: Vec::new(),
        }
    }

    /// How many rows are new.
    pub fn new_rows(&self) -> usize {
        self.count(|fate| *fate == Fate::New)
    }

    /// How many rows change a record.
    pub fn changed_rows(&self) -> usize {
        self.count(|fate| matches!(fate, Fate::Changed(_)))
    }

    /// How many rows the book has exactly so.
    pub fn unchanged_rows(&self) -> usize {
        self.count(|fate| *fate == Fate::Unchanged)
    }

    /// How many rows are refused.
    pub fn refused_rows(&self) -> usize {
        let lines: BTreeSet<u64> = self.refused.iter().map(|error| error.line).collect();
        lines.len()
    }

    fn count(&self, is: impl Fn(&Fate) -> bool) -> usize {
        self.rows.iter().filter(|row| is(&row.fate)).count()
    }

    /// Whether the book would stay as it is.
    pub fn changes_nothing(&self) -> bool {
        self.new_rows() + self.changed_rows() == 0
    }

    /// The records of the rows, as the file has them; the id of one that is new
    /// without one is nil.
    pub fn records(&self) -> impl Iterator<Item = &Record> {
        self.rows.iter().map(|row| &row.record)
    }

    /// What undo is to call it: "import deals miners.csv (2 new, 1 changed)".
    pub fn label(&self, file_name: &str) -> String {
        let parts = [(self.new_rows(), "new"), (self.changed_rows(), "changed")];
        let parts = parts.iter().filter(|(count, _)| *count > 0);
        let parts: Vec<_> = parts
            .map(|(count, what)| format!("{count} {what}"))
            .collect();
        let counts = parts.join(", ");
        format!("import {} {file_name} ({counts})", self.table.code())
    }

    /// The change that takes what is new and changed, all of it in one step.
    /// New records without an id are given one.
    pub fn change(&self, file_name: &str, new_id: &mut dyn FnMut() -> Uuid) -> Change {
        let taken = self.rows.iter().filter(|row| row.fate != Fate::Unchanged);
        let record = |row: &ReadRow| {
            if row.record.key().id.is_nil() {
                return with_id(row.record.clone(), new_id());
            }
            row.record.clone()
        };
        let mut records: Vec<_> = taken.map(record).collect();
        // A telling of a deal comes after the deals, one of which it refers to.
        records.sort_by_key(|record| {
            let deal = deal_of(record);
            deal.is_some_and(|(_, other)| other.is_some())
        });
        let ops = records.into_iter().map(Op::put).collect();
        Change::new(self.label(file_name), ops)
    }

    /// Takes a row without faults, unless what it says is out of range.
    pub(super) fn take(
        &mut self,
        against: &Against<'_>,
        line: u64,
        mut record: Record,
        id: Option<Uuid>,
        known: Option<(Cells, Record)>,
    ) {
        let Some(cells) = cells_of(&record, against.keys) else {
            return;
        };
        let fate = match known {
            Some((_, before)) if before == record => Fate::Unchanged,
            Some((before, _)) => match differing(self.table, &before, &cells) {
                // The file says of it what an export says: nothing to change.
                fields if fields.is_empty() => Fate::Unchanged,
                fields => Fate::Changed(fields),
            },
            None => match against.twins.get(&cells.of_columns(against.sheet)) {
                Some(twin) if id.is_none() => {
                    record = with_id(record, *twin);
                    Fate::Unchanged
                }
                Some(_) | None => Fate::New,
            },
        };
        if fate != Fate::Unchanged {
            let faults = limits::faults(&record).into_iter();
            let faults = faults.map(|(field, reason)| RowError {
                line,
                field,
                reason,
                text: shorten(cells.get(field)),
            });
            let before = self.refused.len();
            self.refused.extend(faults);
            if self.refused.len() > before {
                return;
            }
        }
        let title = self.table.title().map(|column| cells.get(column));
        self.rows.push(ReadRow {
            line,
            title: shorten(&title.join(", ")),
            fate,
            record,
        });
    }

    pub(super) fn refuse(&mut self, errors: Vec<RowError>) {
        self.refused.extend(errors);
    }

    /// Refuses rows that tell a deal anew which neither the book nor another
    /// good row has.
    pub(super) fn refuse_dangling(&mut self, book: &Book) {
        // A row that is refused may leave others without the deal they tell.
        loop {
            let deals = self.rows.iter().filter_map(|row| deal_of(&row.record));
            let there: BTreeSet<DealId> = deals.map(|(id, _)| id).collect();
            let (rows, refused) = (&mut self.rows, &mut self.refused);
            let before = rows.len();
            rows.retain(|row| {
                let other = deal_of(&row.record).and_then(|(_, other)| other);
                let gone = |other: &DealId| book.deal(*other).is_none() && !there.contains(other);
                let Some(other) = other.filter(gone) else {
                    return true;
                };
                refused.push(RowError {
                    line: row.line,
                    field: "alternative_to",
                    reason: "neither the book nor a good row of this file has that deal".to_owned(),
                    text: other.to_string(),
                });
                false
            });
            if rows.len() == before {
                break;
            }
        }
        self.refused.sort_by_key(|error| error.line);
    }
}

/// A deal's id and that of the deal which it tells anew.
const fn deal_of(record: &Record) -> Option<(DealId, Option<DealId>)> {
    match record {
        Record::Deal(deal) => Some((deal.id, deal.alternative_to)),
        Record::Source(_)
        | Record::Instrument(_)
        | Record::Company(_)
        | Record::Figure(_)
        | Record::Debt(_)
        | Record::Treasury(_)
        | Record::Note(_)
        | Record::Pin(_) => None,
    }
}

/// The columns in which two tellings of a record differ.
fn differing(table: Table, before: &Cells, after: &Cells) -> Vec<FieldChange> {
    let pairs = before.iter().zip(after.iter());
    let differ = pairs.filter(|((column, one), (_, other))| {
        let column = table.column(column);
        one != other && column.is_some_and(|column| column.need != Need::ForPeople)
    });
    differ
        .map(|((field, before), (_, after))| FieldChange {
            field,
            before: shorten(before),
            after: shorten(after),
        })
        .collect()
}

fn with_id(mut record: Record, id: Uuid) -> Record {
    match &mut record {
        Record::Deal(deal) => deal.id.0 = id,
        Record::Debt(debt) => debt.id.0 = id,
        Record::Figure(figure) => figure.id.0 = id,
        Record::Treasury(event) => event.id.0 = id,
        Record::Source(_)
        | Record::Instrument(_)
        | Record::Company(_)
        | Record::Note(_)
        | Record::Pin(_) => {}
    }
    record
}
