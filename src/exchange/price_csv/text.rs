//! From a file's bytes to text: size, encoding and what is no CSV at all.
//! Knows nothing of columns.

use std::borrow::Cow;

use super::error::{FileError, FileKind};

/// Largest file read, in bytes.
pub const MAX_BYTES: usize = 200_000_000;

/// How many bytes are looked at to tell text from binary data.
const PROBE: usize = 8_192;

/// The text without its byte order mark; UTF-16 becomes UTF-8. Bytes that are
/// not UTF-8 stay, so that only their rows are refused. Fails for what is too
/// large, empty, or not delimited text.
pub(in crate::exchange) fn decode(bytes: &[u8]) -> Result<Cow<'_, [u8]>, FileError> {
    if bytes.len() > MAX_BYTES {
        return Err(FileError::TooLarge {
            bytes: bytes.len(),
            limit: MAX_BYTES,
        });
    }
    let text = if let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        Cow::Borrowed(rest)
    } else if let Some(rest) = bytes.strip_prefix(b"\xFF\xFE") {
        Cow::Owned(utf16(rest, u16::from_le_bytes))
    } else if let Some(rest) = bytes.strip_prefix(b"\xFE\xFF") {
        Cow::Owned(utf16(rest, u16::from_be_bytes))
    } else {
        Cow::Borrowed(bytes)
    };
    match kind(&text) {
        Some(kind) => Err(FileError::NotCsv(kind)),
        None if text.trim_ascii().is_empty() => Err(FileError::Empty),
        None => Ok(text),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Vec<u8> {
    let units = bytes
        .chunks_exact(2)
        .filter_map(|pair| pair.try_into().ok().map(unit));
    char::decode_utf16(units)
        .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect::<String>()
        .into_bytes()
}

/// What the text is if it is no CSV.
fn kind(text: &[u8]) -> Option<FileKind> {
    let start = text.trim_ascii_start();
    let opens_with = |tag: &[u8]| {
        start
            .get(..tag.len())
            .is_some_and(|found| found.eq_ignore_ascii_case(tag))
    };
    let probe = text.get(..PROBE).unwrap_or(text);
    let control = probe
        .iter()
        .filter(|b| b.is_ascii_control() && !b.is_ascii_whitespace())
        .count();
    if text.starts_with(b"PK\x03\x04") {
        Some(FileKind::Workbook)
    } else if text.starts_with(b"\x1F\x8B") {
        Some(FileKind::Compressed)
    } else if probe.contains(&0) || control * 20 > probe.len() {
        Some(FileKind::Binary)
    } else if [&b"<!doctype"[..], b"<html", b"<head", b"<?xml", b"<!--"]
        .iter()
        .any(|t| opens_with(t))
    {
        Some(FileKind::WebPage)
    } else if start.starts_with(b"{") || start.starts_with(b"[") {
        Some(FileKind::Json)
    } else {
        None
    }
}
