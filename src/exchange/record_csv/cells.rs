//! Cells on their way into a file: the texts of a record by column, and lines
//! of CSV. A text that a reader would trim, take for nothing or for a formula is
//! marked with an apostrophe, as spreadsheets do.

use super::header::Sheet;
use super::table::Need;

/// The texts of a record, by column, in the order of the columns.
#[derive(Clone, Debug, Default)]
pub(super) struct Cells(Vec<(&'static str, String)>);

impl Cells {
    /// Adds the next column.
    pub fn put(&mut self, column: &'static str, text: impl Into<String>) {
        self.0.push((column, text.into()));
    }

    /// Adds the next column, empty where nothing is known.
    pub fn put_some<T>(
        &mut self,
        column: &'static str,
        value: Option<T>,
        text: impl FnOnce(T) -> String,
    ) {
        self.put(column, value.map_or_else(String::new, text));
    }

    /// Adds words the user wrote.
    pub fn put_words(&mut self, column: &'static str, words: Option<&str>) {
        self.put_some(column, words, verbatim);
    }

    /// The text of a column.
    pub fn get(&self, column: &str) -> &str {
        let cell = self.0.iter().find(|(name, _)| *name == column);
        cell.map_or("", |(_, text)| text)
    }

    /// All texts in order.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(_, text)| text.as_str())
    }

    /// Columns and texts in order.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.0.iter().map(|(name, text)| (*name, text.as_str()))
    }

    /// What a file with these columns says of the record beside its id.
    pub fn of_columns(&self, sheet: &Sheet) -> Vec<String> {
        let read = |name: &str| {
            let column = sheet.table.column(name);
            column.is_some_and(|column| column.need != Need::ForPeople) && name != "id"
        };
        let there = self
            .0
            .iter()
            .filter(|(name, _)| read(name) && sheet.has(name));
        there.map(|(_, text)| text.clone()).collect()
    }
}

/// Words as they are, marked where reading would change them.
pub(super) fn verbatim(words: &str) -> String {
    let formula = words.starts_with(['\'', '=', '+', '-', '@']);
    if words.is_empty() || formula || words.trim() != words {
        return format!("'{words}");
    }
    words.to_owned()
}

/// The words that a cell means; none if it is blank.
pub(super) fn words(cell: &str) -> Option<String> {
    if let Some(rest) = cell.trim_start().strip_prefix('\'') {
        return Some(rest.to_owned());
    }
    let words = cell.trim();
    (!words.is_empty()).then(|| words.to_owned())
}

/// Adds a line of CSV by RFC 4180, ended by a line feed.
pub(super) fn put_line<'a>(text: &mut String, cells: impl Iterator<Item = &'a str>) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            text.push(',');
        }
        if cell.contains(['"', ',', ';', '\t', '\n', '\r']) {
            text.push('"');
            text.push_str(&cell.replace('"', "\"\""));
            text.push('"');
        } else {
            text.push_str(cell);
        }
    }
    text.push('\n');
}
