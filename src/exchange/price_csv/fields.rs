//! Lines and their fields, as slices of the text: nothing is copied.
//!
//! A row is one line. No provider breaks a price row inside quotes, and so a
//! stray quote spoils its own line instead of swallowing the rest of the file.

use std::ops::ControlFlow;

use super::error::FileError;
use super::layout::{Layout, Separator};

/// Longest line read, in bytes: a table of 500 tickers fits.
pub(super) const MAX_LINE: usize = 1 << 20;

/// One line without its end.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    /// Position in the file, from 1.
    pub number: u64,
    pub bytes: &'a [u8],
}

/// The lines of a text, ended by LF, CR LF or (old Macs) CR alone.
pub(super) struct Lines<'a> {
    rest: &'a [u8],
    number: u64,
    end: u8,
}

impl<'a> Lines<'a> {
    pub fn new(text: &'a [u8]) -> Self {
        let old_mac = !text.contains(&b'\n') && text.contains(&b'\r');
        Self {
            rest: text,
            number: 0,
            end: if old_mac { b'\r' } else { b'\n' },
        }
    }
}

impl<'a> Iterator for Lines<'a> {
    type Item = Line<'a>;

    fn next(&mut self) -> Option<Line<'a>> {
        if self.rest.is_empty() {
            return None;
        }
        let end = self.end;
        let bytes = match self.rest.iter().position(|byte| *byte == end) {
            Some(at) => {
                let (line, rest) = self.rest.split_at_checked(at)?;
                self.rest = rest.get(1..).unwrap_or_default();
                line
            }
            None => std::mem::take(&mut self.rest),
        };
        self.number += 1;
        Some(Line {
            number: self.number,
            bytes: bytes.strip_suffix(b"\r").unwrap_or(bytes),
        })
    }
}

/// A quote that is not closed, or text after a closing one.
#[derive(Clone, Copy, Debug)]
pub(super) struct BadQuotes;

/// Splits a line into trimmed fields without their quotes.
pub(super) fn split<'a>(
    line: &'a [u8],
    separator: Separator,
    fields: &mut Vec<&'a [u8]>,
) -> Result<(), BadQuotes> {
    fields.clear();
    let separator = separator.byte();
    if line.contains(&b'"') {
        return split_quoted(line, separator, fields);
    }
    fields.extend(
        line.split(|byte| *byte == separator)
            .map(<[u8]>::trim_ascii),
    );
    Ok(())
}

fn split_quoted<'a>(
    line: &'a [u8],
    separator: u8,
    fields: &mut Vec<&'a [u8]>,
) -> Result<(), BadQuotes> {
    let mut rest = line;
    loop {
        let spaces = rest.iter().take_while(|byte| **byte == b' ').count();
        let quoted = rest
            .get(spaces..)
            .and_then(|start| start.strip_prefix(b"\""));
        let after_field = if let Some(inside) = quoted {
            let close = closing_quote(inside).ok_or(BadQuotes)?;
            let (field, tail) = inside.split_at_checked(close).ok_or(BadQuotes)?;
            fields.push(field.trim_ascii());
            let tail = tail.get(1..).unwrap_or_default();
            let end = tail
                .iter()
                .position(|b| *b == separator)
                .unwrap_or(tail.len());
            let (between, after) = tail.split_at_checked(end).ok_or(BadQuotes)?;
            if !between.trim_ascii().is_empty() {
                return Err(BadQuotes);
            }
            after
        } else {
            let end = rest
                .iter()
                .position(|b| *b == separator)
                .unwrap_or(rest.len());
            let (field, after) = rest.split_at_checked(end).ok_or(BadQuotes)?;
            fields.push(field.trim_ascii());
            after
        };
        match after_field.split_first() {
            Some((_separator, next)) => rest = next,
            None => return Ok(()),
        }
    }
}

/// Position of the quote that ends a field; doubled quotes belong to the text.
fn closing_quote(inside: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        let found = at + inside.get(at..)?.iter().position(|byte| *byte == b'"')?;
        if inside.get(found + 1) != Some(&b'"') {
            return Some(found);
        }
        at = found + 2;
    }
}

/// Whether a line holds nothing but separators, spaces and quotes, as the rows
/// below the last one in a saved sheet do.
pub(super) fn is_blank(line: &[u8], separator: Separator) -> bool {
    let separator = separator.byte();
    line.iter()
        .all(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'"') || *byte == separator)
}

/// Calls `visit` with every data row until it breaks. Fails where `visit` fails
/// and at a line that is too long.
pub(super) fn each_row<'a>(
    text: &'a [u8],
    layout: &Layout,
    mut visit: impl FnMut(
        Line<'a>,
        Result<&[&'a [u8]], BadQuotes>,
    ) -> Result<ControlFlow<()>, FileError>,
) -> Result<(), FileError> {
    let mut fields = Vec::new();
    for line in Lines::new(text) {
        if line.bytes.len() > MAX_LINE {
            return Err(FileError::LineTooLong {
                line: line.number,
                limit: MAX_LINE,
            });
        }
        if line.number <= layout.header_lines || is_blank(line.bytes, layout.separator) {
            continue;
        }
        let row = split(line.bytes, layout.separator, &mut fields);
        if visit(line, row.map(|()| fields.as_slice()))?.is_break() {
            break;
        }
    }
    Ok(())
}

/// At most 80 characters of a text that need not be UTF-8.
pub(super) fn shorten(bytes: &[u8]) -> String {
    const SHOWN: usize = 80;
    // Four bytes a character at most: a long line is not copied whole.
    let head = bytes.get(..SHOWN * 4).unwrap_or(bytes);
    let text = String::from_utf8_lossy(head);
    if bytes.len() == head.len() && text.chars().count() <= SHOWN {
        return text.into_owned();
    }
    text.chars().take(SHOWN - 1).chain(['…']).collect()
}
