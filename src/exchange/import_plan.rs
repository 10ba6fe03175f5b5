//! What taking records into a book would do: which are new, which differ from
//! the user's own. It must not change the book; that is for a `Change`.

use crate::model::{Book, Change, Op, Record, RecordKind};

/// What taking records into a book would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportPlan {
    /// Records the book has not.
    pub new: Vec<Record>,
    /// Records the book has otherwise, as the file has them.
    pub changed: Vec<Record>,
    /// How many records the book has exactly so.
    pub same: usize,
}

impl ImportPlan {
    /// The change that takes the new records and, unless `keep_mine`, replaces
    /// those that differ.
    pub fn change(&self, label: impl Into<String>, keep_mine: bool) -> Change {
        let replaced = if keep_mine {
            &[]
        } else {
            self.changed.as_slice()
        };
        let mut records: Vec<_> = self.new.iter().chain(replaced).collect();
        records.sort_by_key(|record| by_dependence(record));
        let ops = records.into_iter().cloned().map(Op::put).collect();
        Change::new(label, ops)
    }
}

/// Compares records with the book.
pub fn plan_import(book: &Book, records: Vec<Record>) -> ImportPlan {
    let mut plan = ImportPlan::default();
    for record in records {
        match book.record(record.key()) {
            None => plan.new.push(record),
            Some(mine) if mine == record => plan.same = plan.same.saturating_add(1),
            Some(_) => plan.changed.push(record),
        }
    }
    plan
}

/// Ranks a record after all that it may refer to: kinds in their order, other
/// tellings of a deal after the deals.
pub(super) fn by_dependence(record: &Record) -> (RecordKind, bool) {
    let other_telling = match record {
        Record::Deal(deal) => deal.alternative_to.is_some(),
        Record::Source(_)
        | Record::Instrument(_)
        | Record::Company(_)
        | Record::Figure(_)
        | Record::Debt(_)
        | Record::Treasury(_)
        | Record::Note(_)
        | Record::Pin(_) => false,
    };
    (record.key().kind, other_telling)
}
