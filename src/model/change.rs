//! A change of the book: what the user did in one step, as records put and
//! deleted. Applying one gives its inverse, which is what undo applies.

use serde::{Deserialize, Serialize, Serializer};
use uuid::Uuid;

use super::{Company, CompanyId, Deal, Debt, Figure, Instrument, Note, Pin, Source, Treasury};
use crate::closed_set;

closed_set! {
    /// The kinds of records, each after those it refers to.
    RecordKind {
        /// [`Source`].
        Source = "source", "source";
        /// [`Instrument`].
        Instrument = "instrument", "instrument";
        /// [`Company`].
        Company = "company", "company";
        /// [`Figure`].
        Figure = "figure", "figure";
        /// [`Deal`].
        Deal = "deal", "deal";
        /// [`Debt`].
        Debt = "debt", "debt";
        /// [`Treasury`].
        Treasury = "treasury", "treasury event";
        /// [`Note`].
        Note = "note", "note";
        /// [`Pin`].
        Pin = "pin", "decision";
    }
}

/// Which record: its kind and id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RecordKey {
    /// Its kind.
    pub kind: RecordKind,
    /// Its id.
    pub id: Uuid,
}

/// Any record of the book.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Record {
    /// A source.
    Source(Source),
    /// An instrument.
    Instrument(Instrument),
    /// A company.
    Company(Company),
    /// A figure.
    Figure(Figure),
    /// A deal.
    Deal(Deal),
    /// A debt.
    Debt(Debt),
    /// A treasury event.
    Treasury(Treasury),
    /// A note.
    Note(Note),
    /// A decision about statements.
    Pin(Pin),
}

impl Record {
    /// Which record it is.
    pub const fn key(&self) -> RecordKey {
        let (kind, id) = match self {
            Self::Source(record) => (RecordKind::Source, record.id.0),
            Self::Instrument(record) => (RecordKind::Instrument, record.id.0),
            Self::Company(record) => (RecordKind::Company, record.id.0),
            Self::Figure(record) => (RecordKind::Figure, record.id.0),
            Self::Deal(record) => (RecordKind::Deal, record.id.0),
            Self::Debt(record) => (RecordKind::Debt, record.id.0),
            Self::Treasury(record) => (RecordKind::Treasury, record.id.0),
            Self::Note(record) => (RecordKind::Note, record.id.0),
            Self::Pin(record) => (RecordKind::Pin, record.id.0),
        };
        RecordKey { kind, id }
    }

    /// The company it speaks of; none of sources, instruments and decisions,
    /// which name none themselves.
    pub fn company(&self) -> Option<CompanyId> {
        match self {
            Self::Company(record) => Some(record.id),
            Self::Figure(record) => record.subject.company(),
            Self::Deal(record) => Some(record.company),
            Self::Debt(record) => Some(record.company),
            Self::Treasury(record) => Some(record.company),
            Self::Note(record) => Some(record.company),
            Self::Source(_) | Self::Instrument(_) | Self::Pin(_) => None,
        }
    }

    /// The record alone, without its kind: what files and the store keep where the
    /// kind stands elsewhere.
    pub const fn body(&self) -> Body<'_> {
        Body(self)
    }

    /// The records it cannot be without.
    pub fn references(&self) -> Vec<RecordKey> {
        let mut keys = Vec::new();
        let mut add = |kind, id| keys.push(RecordKey { kind, id });
        match self {
            Self::Source(_) | Self::Instrument(_) => {}
            Self::Company(record) => {
                record
                    .instrument
                    .into_iter()
                    .for_each(|id| add(RecordKind::Instrument, id.0));
            }
            Self::Figure(record) => {
                record
                    .subject
                    .company()
                    .into_iter()
                    .for_each(|id| add(RecordKind::Company, id.0));
                record
                    .source
                    .into_iter()
                    .for_each(|id| add(RecordKind::Source, id.0));
            }
            Self::Deal(record) => {
                add(RecordKind::Company, record.company.0);
                record
                    .sources
                    .iter()
                    .for_each(|id| add(RecordKind::Source, id.0));
                let phases = record.phases.iter().flat_map(|phase| &phase.rent_start);
                let stated = record.rent_start.iter().chain(phases);
                let stated = stated.filter_map(|start| start.source);
                stated.for_each(|id| add(RecordKind::Source, id.0));
                record
                    .alternative_to
                    .into_iter()
                    .for_each(|id| add(RecordKind::Deal, id.0));
            }
            Self::Debt(record) => {
                add(RecordKind::Company, record.company.0);
                record
                    .sources
                    .iter()
                    .for_each(|id| add(RecordKind::Source, id.0));
            }
            Self::Treasury(record) => {
                add(RecordKind::Company, record.company.0);
                record
                    .source
                    .into_iter()
                    .for_each(|id| add(RecordKind::Source, id.0));
            }
            Self::Note(record) => add(RecordKind::Company, record.company.0),
            Self::Pin(record) => keys = record.references(),
        }
        keys
    }
}

/// A record to be written without its kind.
pub struct Body<'a>(&'a Record);

impl Serialize for Body<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Record::Source(record) => record.serialize(serializer),
            Record::Instrument(record) => record.serialize(serializer),
            Record::Company(record) => record.serialize(serializer),
            Record::Figure(record) => record.serialize(serializer),
            Record::Deal(record) => record.serialize(serializer),
            Record::Debt(record) => record.serialize(serializer),
            Record::Treasury(record) => record.serialize(serializer),
            Record::Note(record) => record.serialize(serializer),
            Record::Pin(record) => record.serialize(serializer),
        }
    }
}

/// One record put or deleted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Op {
    /// Adds the record, or replaces the one with its id.
    Put(Box<Record>),
    /// Deletes the record.
    Delete(RecordKey),
}

impl Op {
    /// An op that adds or replaces a record.
    pub fn put(record: Record) -> Self {
        Self::Put(Box::new(record))
    }

    /// The record it touches.
    pub fn key(&self) -> RecordKey {
        match self {
            Self::Put(record) => record.key(),
            Self::Delete(key) => *key,
        }
    }
}

/// What the user did in one step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// What it did, as undo names it: "add deal Hut 8 – Beacon Point".
    pub label: String,
    /// The records touched, in order.
    pub ops: Vec<Op>,
}

impl Change {
    /// A change of that name with those ops.
    pub fn new(label: impl Into<String>, ops: Vec<Op>) -> Self {
        Self {
            label: label.into(),
            ops,
        }
    }

    /// A change that puts one record.
    pub fn put(label: impl Into<String>, record: Record) -> Self {
        Self::new(label, vec![Op::put(record)])
    }
}
