//! Why a book file was refused: in words that name the record, the field and
//! the text to correct. It must not read files.

use std::fmt;

use crate::model::RecordKind;
use crate::model::book::ChangeRefused;

/// How many bad records a message lists before it only counts the rest.
const LISTED: usize = 20;

/// Why a book file was refused. Nothing of it was taken then.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BookFileError {
    /// The file is not JSON.
    #[error(
        "The file is not JSON: line {line}, column {column}: {reason}. Export the book again, or correct that place"
    )]
    NotJson {
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
        /// What was found there.
        reason: String,
    },
    /// The file is JSON, but not a book.
    #[error("The file is not a Gigawatch book: {0}")]
    NotABook(String),
    /// The file was written by a newer version of the program.
    #[error(
        "The book file has version {found}, this program reads up to version {known}. Update Gigawatch, then read the file again"
    )]
    Newer {
        /// The version of the file.
        found: u64,
        /// The newest version that can be read.
        known: u64,
    },
    /// Records cannot be read or do not fit together: all of them.
    #[error("{}", list(.0))]
    BadRecords(Vec<BadRecord>),
    /// The records were read, but they are no sound book.
    #[error("The records of the file do not make a sound book: {0}")]
    Unsound(#[from] ChangeRefused),
    /// A record cannot be written as JSON.
    #[error("The book cannot be written as JSON: {0}")]
    Unwritable(String),
}

/// A record that was refused, and where the fault is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadRecord {
    /// Its kind.
    pub kind: RecordKind,
    /// Its place among the records of its kind, from 1.
    pub position: usize,
    /// Its id as the file has it.
    pub id: Option<String>,
    /// The field at fault, where it is known.
    pub field: Option<String>,
    /// What the field holds, shortened.
    pub text: Option<String>,
    /// What is wrong with it.
    pub reason: String,
}

impl fmt::Display for BadRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind.label(), self.position)?;
        if let Some(id) = &self.id {
            write!(f, " ({id})")?;
        }
        if let Some(field) = &self.field {
            write!(f, ", {field}")?;
        }
        if let Some(text) = &self.text {
            write!(f, " “{text}”")?;
        }
        write!(f, ": {}", self.reason)
    }
}

fn list(records: &[BadRecord]) -> String {
    let head = match records.len() {
        1 => "One record of the file cannot be taken".to_owned(),
        count => format!("{count} records of the file cannot be taken"),
    };
    let rest = records.len().saturating_sub(LISTED);
    let tail = (rest > 0).then(|| format!("and {rest} more"));
    let lines = records.iter().take(LISTED).map(ToString::to_string);
    let all: Vec<_> = std::iter::once(head).chain(lines).chain(tail).collect();
    all.join("\n")
}
