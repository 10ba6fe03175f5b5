//! A row being read: cells by column, every fault collected. Where the file has
//! no such column, a record that is in the book keeps what it has.

use std::borrow::Cow;

use uuid::Uuid;

use super::cells::{Cells, words};
use super::error::RowError;
use super::header::{Line, Sheet};
use super::keys::Keys;
use super::values::{hedged_money, one_hedge, one_of};
use crate::model::{Hedge, Money};

/// How much of an offending text a message quotes, in characters.
const QUOTED: usize = 80;

/// A row being read.
pub(super) struct RowReader<'a> {
    sheet: &'a Sheet,
    line: &'a Line,
    /// What the book says of the record, if it has it.
    known: Option<&'a Cells>,
    /// Names of companies and sources.
    pub keys: &'a Keys<'a>,
    /// What is wrong with the row.
    pub errors: Vec<RowError>,
}

impl<'a> RowReader<'a> {
    pub fn new(
        sheet: &'a Sheet,
        line: &'a Line,
        keys: &'a Keys<'a>,
        known: Option<&'a Cells>,
    ) -> Self {
        let mut reader = Self {
            sheet,
            line,
            known,
            keys,
            errors: Vec::new(),
        };
        let (width, found) = (sheet.width(), line.cells.len());
        let beyond = line.cells.iter().skip(width);
        if found < width {
            reader.refuse(
                "row",
                format!("{found} cells instead of {width}: write empty ones, too"),
            );
        } else if beyond.into_iter().any(|cell| !cell.trim_ascii().is_empty()) {
            reader.refuse(
                "row",
                format!("{found} cells instead of {width}: put texts with separators into quotes"),
            );
        }
        let bad = line.cells.iter().find(|cell| str::from_utf8(cell).is_err());
        if let Some(bad) = bad {
            let text = shorten(&String::from_utf8_lossy(bad));
            reader.refuse_text("row", "this is not UTF-8 text".to_owned(), text);
        }
        reader
    }

    /// The id that the row gives; none makes a new record.
    pub fn id(&mut self) -> Option<Uuid> {
        self.read("id", |text| {
            Uuid::parse_str(text.trim())
                .map_err(|_not_an_id| "this is no id: leave it empty for a new record".to_owned())
        })
    }

    /// The text of a cell; what the book has where the file has no such column.
    fn cell(&self, column: &str) -> Cow<'a, str> {
        match self.sheet.cell(self.line, column) {
            Some(bytes) => String::from_utf8_lossy(bytes),
            None => Cow::Borrowed(self.known.map_or("", |known| known.get(column))),
        }
    }

    /// Reads a cell; none if it is blank or, with a fault noted, not readable.
    pub fn read<T>(
        &mut self,
        column: &'static str,
        read: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        let cell = self.cell(column);
        if cell.trim().is_empty() {
            return None;
        }
        match read(&cell) {
            Ok(value) => Some(value),
            Err(reason) => {
                self.refuse_text(column, reason, shorten(&cell));
                None
            }
        }
    }

    /// Reads a cell that must not be blank.
    pub fn must<T>(
        &mut self,
        column: &'static str,
        read: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        if self.cell(column).trim().is_empty() {
            self.refuse(
                column,
                "nothing is written here and something must".to_owned(),
            );
            return None;
        }
        self.read(column, read)
    }

    /// A member of a closed set in a cell that must not be blank.
    pub fn must_be<T: Copy>(
        &mut self,
        column: &'static str,
        all: &[T],
        code: fn(T) -> &'static str,
        label: fn(T) -> &'static str,
    ) -> Option<T> {
        self.must(column, |text| one_of(text, all, code, label))
    }

    /// Words that the user wrote.
    pub fn words(&self, column: &str) -> Option<String> {
        words(&self.cell(column))
    }

    /// Words that must be there.
    pub fn must_words(&mut self, column: &'static str) -> Option<String> {
        self.must(column, |text| Ok(words(text)))?
    }

    /// A hedge, told by its own column or by the value.
    pub fn hedge(&mut self, column: &'static str, typed: Option<Hedge>) -> Hedge {
        let stated = self.read(column, |text| {
            one_of(text, Hedge::ALL, Hedge::code, Hedge::label)
        });
        one_hedge(typed, stated).unwrap_or_else(|reason| {
            self.refuse(column, reason);
            Hedge::Exact
        })
    }

    /// An amount with its hedge.
    pub fn hedged_money(
        &mut self,
        column: &'static str,
        hedge: &'static str,
    ) -> (Option<Money>, Hedge) {
        let read = self.read(column, hedged_money);
        let (money, typed) = read.map_or((None, None), |(money, typed)| (Some(money), typed));
        (money, self.hedge(hedge, typed))
    }

    /// Notes a fault.
    pub fn refuse(&mut self, field: &'static str, reason: String) {
        self.refuse_text(field, reason, String::new());
    }

    fn refuse_text(&mut self, field: &'static str, reason: String, text: String) {
        self.errors.push(RowError {
            line: self.line.number,
            field,
            reason,
            text,
        });
    }
}

/// At most 80 characters on one line.
pub(super) fn shorten(text: &str) -> String {
    let line = text.trim().replace(['\n', '\r'], " ");
    if line.chars().count() <= QUOTED {
        return line;
    }
    line.chars().take(QUOTED - 1).chain(['…']).collect()
}
