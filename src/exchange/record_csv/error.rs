//! What can be wrong with a file of records or with a row of it, in words a
//! user can act on. No parsing here.

use std::fmt;

use super::table::Table;
use crate::exchange::price_csv::{FileError, FileKind};

/// Why no row of a file can be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecordFileError {
    /// No bytes, or only white space.
    #[error("The file is empty: export the {} first to see its header", .0.code())]
    Empty(Table),
    /// A header and no line after it.
    #[error("The file has a header and no rows: write one record a row below it")]
    NoRows,
    /// More bytes than are read.
    #[error("The file has {bytes} bytes, more than the {limit} that are read: split it")]
    TooLarge {
        /// Size of the file in bytes.
        bytes: usize,
        /// Largest size read, in bytes.
        limit: usize,
    },
    /// No delimited text.
    #[error("{0}")]
    NotCsv(&'static str),
    /// The header is not that of the table.
    #[error("{0}")]
    Header(HeaderFaults),
    /// A quote that is opened and never closed would swallow the rows after it.
    #[error(
        "A quote is opened and not closed: the last row that could be told begins on line {line}. Close the quote there, and write a quote inside a cell twice"
    )]
    OpenQuote {
        /// Line of the last row, from 1.
        line: u64,
    },
}

impl RecordFileError {
    /// The same in the words of a file of records.
    pub(super) fn of_text(error: &FileError, table: Table) -> Self {
        match error {
            FileError::TooLarge { bytes, limit } => Self::TooLarge {
                bytes: *bytes,
                limit: *limit,
            },
            FileError::NotCsv(kind) => Self::NotCsv(match kind {
                FileKind::WebPage => "This is a web page, not a CSV file: download it again",
                FileKind::Json => {
                    "This is JSON, not a CSV file: a book file is taken with “import book”"
                }
                FileKind::Workbook => {
                    "This is a workbook or a zip file, not a CSV file: save the sheet as CSV, or unpack it"
                }
                FileKind::Compressed => {
                    "This is a compressed file, not a CSV file: unpack it first"
                }
                FileKind::Binary => "This is not a text file: save the sheet as CSV",
            }),
            FileError::Empty
            | FileError::NoRows { .. }
            | FileError::LineTooLong { .. }
            | FileError::ColumnsUnknown { .. }
            | FileError::NoSuchColumn { .. }
            | FileError::SeveralTickers { .. }
            | FileError::NoSuchTicker { .. }
            | FileError::DayOrder { .. }
            | FileError::DecimalMark { .. }
            | FileError::TooManyBadRows { .. } => Self::Empty(table),
        }
    }
}

/// Everything that is wrong with a header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderFaults {
    /// Whose header it should be.
    pub table: Table,
    /// Names that no column has, with the nearest one that exists.
    pub unknown: Vec<(String, Option<&'static str>)>,
    /// Columns that must be there and are not.
    pub missing: Vec<&'static str>,
    /// Columns that are there more than once.
    pub repeated: Vec<&'static str>,
}

impl HeaderFaults {
    pub(super) const fn none(&self) -> bool {
        self.unknown.is_empty() && self.missing.is_empty() && self.repeated.is_empty()
    }
}

impl fmt::Display for HeaderFaults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let table = self.table.code();
        write!(f, "The header is not that of {table}: ")?;
        let mut parts = Vec::new();
        for (name, nearest) in &self.unknown {
            let meant = nearest.map_or_else(String::new, |name| format!(" (“{name}” is)"));
            parts.push(format!("“{name}” is no column{meant}"));
        }
        if !self.missing.is_empty() {
            parts.push(format!("there is no column {}", quoted(&self.missing)));
        }
        if !self.repeated.is_empty() {
            let names = quoted(&self.repeated);
            parts.push(format!("more than one column is {names}"));
        }
        f.write_str(&parts.join("; "))
    }
}

fn quoted(names: &[&str]) -> String {
    let quoted: Vec<_> = names.iter().map(|name| format!("“{name}”")).collect();
    quoted.join(", ")
}

/// Why a row was not taken; a row may have several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowError {
    /// Line in the file on which the row begins, from 1.
    pub line: u64,
    /// Name of the column, or `row` for the whole row.
    pub field: &'static str,
    /// What is wrong.
    pub reason: String,
    /// The offending text, at most 80 characters; empty where there is none.
    pub text: String,
}

impl RowError {
    /// The reason with the text it is about, unless that says it already.
    pub fn message(&self) -> String {
        if self.text.is_empty() || self.reason.contains(self.text.trim()) {
            return self.reason.clone();
        }
        format!("{} (“{}”)", self.reason, self.text)
    }
}

impl fmt::Display for RowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, {}: {}", self.line, self.field, self.message())
    }
}
