//! The sheet: a file's header and rows as texts by column. Finds the separator
//! and names everything that is wrong with the header; knows no values.

use std::borrow::Cow;

use csv::{ByteRecord, ReaderBuilder};

use super::error::{HeaderFaults, RecordFileError};
use super::table::{Need, Table};
use crate::exchange::price_csv::{Separator, decode};

/// What may stand between two cells, the likeliest first.
const SEPARATORS: [Separator; 3] = [Separator::Comma, Separator::Semicolon, Separator::Tab];

/// Largest file read, in bytes: a hundred thousand records.
const MAX_BYTES: usize = 50_000_000;

/// Where a header ends at the latest, in bytes.
const HEAD: usize = 1 << 16;

/// A row of a file.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Line in the file on which it begins, from 1.
    pub number: u64,
    /// Its cells as they are.
    pub cells: Vec<Vec<u8>>,
}

/// A file with its columns found.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    pub table: Table,
    /// The columns of the file; none for one without a name.
    columns: Vec<Option<&'static str>>,
    /// Rows below the header that are not blank.
    pub rows: Vec<Line>,
}

impl Sheet {
    /// Splits a file. Fails where the header is not that of the table, naming
    /// all that is wrong with it, and where there is nothing below it.
    pub fn read(table: Table, bytes: &[u8]) -> Result<Self, RecordFileError> {
        if bytes.len() > MAX_BYTES {
            return Err(RecordFileError::TooLarge {
                bytes: bytes.len(),
                limit: MAX_BYTES,
            });
        }
        let text = decode(bytes).map_err(|error| RecordFileError::of_text(&error, table))?;
        let text = with_line_feeds(text);
        let (separator, text, above) = separator(&text, |names| known(table, names));
        let mut lines = lines(text, separator, above);
        if lines.is_empty() {
            return Err(RecordFileError::Empty(table));
        }
        let rows = lines.split_off(1);
        let names = lines.first().map(names).unwrap_or_default();
        let columns = columns(table, &names)?;
        let last = rows.last().map_or(1, |row| row.number);
        // Quotes come in pairs, also those inside a cell.
        if text.split(|byte| *byte == b'"').count() % 2 == 0 {
            return Err(RecordFileError::OpenQuote { line: last });
        }
        if rows.is_empty() {
            return Err(RecordFileError::NoRows);
        }
        Ok(Self {
            table,
            columns,
            rows,
        })
    }

    /// Whether the file has that column.
    pub fn has(&self, column: &str) -> bool {
        self.columns.contains(&Some(column))
    }

    /// How many columns the file has.
    pub const fn width(&self) -> usize {
        self.columns.len()
    }

    /// The bytes of a cell; none where the file has no such column.
    pub fn cell<'a>(&self, line: &'a Line, column: &str) -> Option<&'a [u8]> {
        let at = self.columns.iter().position(|name| *name == Some(column))?;
        Some(line.cells.get(at).map_or(&[][..], Vec::as_slice))
    }

    /// The id that a row gives, if it gives one.
    pub fn id_of<'a>(&self, line: &'a Line) -> Option<&'a str> {
        let text = str::from_utf8(self.cell(line, "id")?).ok()?.trim();
        (!text.is_empty()).then_some(text)
    }
}

/// The table whose header a file has: most of the names are its own, and the
/// one that tells it from the others is there.
pub(super) fn recognise(bytes: &[u8]) -> Option<Table> {
    // What lies below the header is not looked at: it may be large.
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    let text = with_line_feeds(decode(head).ok()?);
    let any = |names: &[String]| {
        let tables = Table::ALL.iter();
        tables.map(|table| known(*table, names)).max().unwrap_or(0)
    };
    let (separator, text, _) = separator(&text, any);
    let names = names(&first_line(text, separator)?);
    let tables = Table::ALL.iter().copied();
    let fits = |table: &Table| {
        let known = known(*table, &names);
        known >= 3 && known * 2 > names.len() && names.iter().any(|n| n == table.tell_tale())
    };
    tables
        .filter(fits)
        .max_by_key(|table| known(*table, &names))
}

/// Lines that old Macs end with CR alone are ended like all others, so that
/// they can be counted.
fn with_line_feeds(text: Cow<'_, [u8]>) -> Cow<'_, [u8]> {
    if text.contains(&b'\n') || !text.contains(&b'\r') {
        return text;
    }
    let line_feed = |byte: &u8| if *byte == b'\r' { b'\n' } else { *byte };
    Cow::Owned(text.iter().map(line_feed).collect())
}

/// How many of the names are columns of a table.
fn known(table: Table, names: &[String]) -> usize {
    let is = |name: &&String| table.column(name).is_some();
    names.iter().filter(is).count()
}

/// The separator with which the header makes most sense, the text below a line
/// such as `sep=;` that states it, and how many lines that is.
fn separator(text: &[u8], score: impl Fn(&[String]) -> usize) -> (Separator, &[u8], u64) {
    for separator in SEPARATORS {
        let stated = [b"sep=", [separator.byte()].as_slice()].concat();
        let rest = text.strip_prefix(stated.as_slice());
        if let Some(rest) = rest.filter(|rest| rest.starts_with(b"\n") || rest.starts_with(b"\r")) {
            let rest = rest.strip_prefix(b"\r").unwrap_or(rest);
            return (separator, rest.strip_prefix(b"\n").unwrap_or(rest), 1);
        }
    }
    let score_of = |separator: Separator| {
        let first = first_line(text, separator);
        first.map_or(0, |first| score(&names(&first)))
    };
    let mut best = (Separator::Comma, score_of(Separator::Comma));
    for separator in SEPARATORS {
        let score = score_of(separator);
        if score > best.1 {
            best = (separator, score);
        }
    }
    (best.0, text, 0)
}

fn first_line(text: &[u8], separator: Separator) -> Option<Line> {
    let mut found = records(text, separator, 0);
    found.next()
}

fn lines(text: &[u8], separator: Separator, above: u64) -> Vec<Line> {
    records(text, separator, above).collect()
}

/// The records of a text that are not blank.
fn records(text: &[u8], separator: Separator, above: u64) -> impl Iterator<Item = Line> {
    let reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator.byte())
        .from_reader(text);
    let mut reader = reader;
    let mut record = ByteRecord::new();
    let mut ends = LineEnds::of(text);
    std::iter::from_fn(move || {
        loop {
            // Reading from memory with any number of cells has nothing to refuse.
            let there = reader.read_byte_record(&mut record).unwrap_or(false);
            if !there {
                return None;
            }
            let cells: Vec<_> = record.iter().map(<[u8]>::to_vec).collect();
            if cells.iter().any(|cell| !cell.trim_ascii().is_empty()) {
                let byte = record.position().map_or(0, csv::Position::byte);
                let number = ends.line_at(byte).saturating_add(above);
                return Some(Line { number, cells });
            }
        }
    })
}

/// Counts lines up to the start of each record. The reader's own count is one
/// short where lines end with `\r\n`: it takes the `\n` for the next record's.
struct LineEnds<'a> {
    /// What was not passed yet, and how much was.
    rest: &'a [u8],
    passed: u64,
    /// The byte that ends a line; of `\r\n` the second.
    end: u8,
    line: u64,
}

impl<'a> LineEnds<'a> {
    fn of(text: &'a [u8]) -> Self {
        let end = if text.contains(&b'\n') { b'\n' } else { b'\r' };
        Self {
            rest: text,
            passed: 0,
            end,
            line: 1,
        }
    }

    /// The line of the record that starts at this byte or after the ends of lines
    /// that stand there; records are asked for in their order.
    fn line_at(&mut self, byte: u64) -> u64 {
        while let Some((first, rest)) = self.rest.split_first() {
            let is_end = matches!(first, b'\r' | b'\n');
            if self.passed >= byte && !is_end {
                break;
            }
            self.line += u64::from(*first == self.end);
            self.passed += 1;
            self.rest = rest;
        }
        self.line
    }
}

/// The names of a header as columns are named: `Base value` is `base_value`.
fn names(line: &Line) -> Vec<String> {
    let name = |cell: &Vec<u8>| {
        let text = String::from_utf8_lossy(cell);
        text.trim().to_lowercase().replace([' ', '-'], "_")
    };
    let mut names: Vec<_> = line.cells.iter().map(name).collect();
    // Separators at the end of a header name no columns.
    let width = names.iter().rposition(|name| !name.is_empty());
    names.truncate(width.map_or(0, |last| last.saturating_add(1)));
    names
}

/// The columns that the names of a header mean.
fn columns(table: Table, names: &[String]) -> Result<Vec<Option<&'static str>>, RecordFileError> {
    let mut faults = HeaderFaults {
        table,
        unknown: Vec::new(),
        missing: Vec::new(),
        repeated: Vec::new(),
    };
    let mut columns = Vec::with_capacity(names.len());
    for name in names {
        let column = table.column(name).map(|column| column.name);
        match column {
            Some(known) if columns.contains(&Some(known)) => faults.repeated.push(known),
            None if !name.is_empty() => {
                let all = table.columns().iter().map(|column| column.name);
                faults.unknown.push((name.clone(), nearest(name, all)));
            }
            Some(_) | None => {}
        }
        columns.push(column);
    }
    let must = table.columns().iter().filter(|c| c.need == Need::Must);
    let missing = must
        .map(|c| c.name)
        .filter(|n| !columns.contains(&Some(*n)));
    faults.missing = missing.collect();
    if faults.none() {
        Ok(columns)
    } else {
        Err(RecordFileError::Header(faults))
    }
}

/// The name that is nearest to what was written, if any is near: at most a
/// third of it is written otherwise.
pub(super) fn nearest<'a>(written: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let written: Vec<char> = written.to_lowercase().chars().take(80).collect();
    let far = |name: &str| {
        let name: Vec<char> = name.to_lowercase().chars().collect();
        distance(&written, &name)
    };
    let most = written.len().div_ceil(3);
    let by_distance = names.map(|name| (far(name), name));
    let nearest = by_distance.min_by_key(|(far, _)| *far);
    nearest
        .filter(|(far, _)| *far <= most)
        .map(|(_, name)| name)
}

/// Levenshtein distance: letters added, left out or changed.
fn distance(one: &[char], other: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, mine) in one.iter().enumerate() {
        let mut diagonal = at;
        let mut left = at.saturating_add(1);
        let mut next = vec![left];
        for (theirs, above) in other.iter().zip(row.iter().skip(1)) {
            let changed = diagonal.saturating_add(usize::from(mine != theirs));
            left = changed.min(above.min(&left).saturating_add(1));
            diagonal = *above;
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}
