//! Plain text for terminals and CSV for spreadsheets: aligned tables, numbers
//! and footnotes within 120 columns. The window's texts are made elsewhere.

use std::collections::BTreeMap;

use rust_decimal::{Decimal, RoundingStrategy};

use super::json::{Object, Value};
use crate::model::Hedge;

/// What stands for a figure that is not known.
pub const UNKNOWN: &str = "—";
/// How wide text may be, in characters.
pub const WIDTH: usize = 120;

/// What stands between two columns.
const GAP: &str = "  ";

const MILLION: Decimal = Decimal::from_parts(1_000_000, 0, 0, false, 0);

/// A column of a table.
#[derive(Clone, Copy)]
pub struct Column {
    head: &'static str,
    right: bool,
    most: usize,
}

/// A column of words, cut off after so many characters.
pub const fn words(head: &'static str, most: usize) -> Column {
    Column {
        head,
        right: false,
        most,
    }
}

/// A column of numbers, aligned at their right.
pub const fn numbers(head: &'static str) -> Column {
    Column {
        head,
        right: true,
        most: usize::MAX,
    }
}

/// The rows under their heads, two spaces between columns. Where a line would
/// be wider than [`WIDTH`], the widest column of words gives way.
pub fn table(columns: &[Column], rows: &[Vec<String>]) -> String {
    let mut widths: Vec<usize> = columns.iter().map(|c| c.head.chars().count()).collect();
    for row in rows {
        for ((cell, column), width) in row.iter().zip(columns).zip(&mut widths) {
            *width = (*width).max(cell.chars().count().min(column.most));
        }
    }
    let total = widths.iter().sum::<usize>() + GAP.len() * columns.len().saturating_sub(1);
    let words = widths.iter_mut().zip(columns).filter(|(_, c)| !c.right);
    if let Some((widest, _)) = words.max_by_key(|(width, _)| **width) {
        *widest = widest.saturating_sub(total.saturating_sub(WIDTH)).max(1);
    }
    let heads: Vec<String> = columns.iter().map(|c| c.head.to_owned()).collect();
    let mut text = String::new();
    for row in std::iter::once(&heads).chain(rows) {
        let cells = row.iter().zip(columns).zip(&widths);
        let cells: Vec<String> = cells
            .map(|((cell, column), width)| padded(cell, *width, column.right))
            .collect();
        text.push_str(cells.join(GAP).trim_end());
        text.push('\n');
    }
    text
}

fn padded(cell: &str, width: usize, right: bool) -> String {
    // Numbers are never cut off: a cut number is another number.
    let cell = if right {
        cell.to_owned()
    } else {
        clipped(cell, width)
    };
    let space = " ".repeat(width.saturating_sub(cell.chars().count()));
    if right {
        format!("{space}{cell}")
    } else {
        format!("{cell}{space}")
    }
}

fn clipped(cell: &str, most: usize) -> String {
    if cell.chars().count() <= most {
        return cell.to_owned();
    }
    let start: String = cell.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", start.trim_end())
}

/// Texts about a column of some rows, each said once: "Rent start — no rent
/// start is stated: IREN, WULF".
#[derive(Default)]
pub struct Footnotes {
    notes: BTreeMap<(usize, String), Vec<String>>,
    heads: Vec<&'static str>,
}

impl Footnotes {
    /// Notes a text about a row, if there is one.
    pub fn add(&mut self, head: &'static str, row: &str, text: Option<String>) {
        let Some(text) = text else { return };
        let place = self.heads.iter().position(|known| *known == head);
        let place = place.unwrap_or_else(|| {
            self.heads.push(head);
            self.heads.len() - 1
        });
        self.notes
            .entry((place, text))
            .or_default()
            .push(row.to_owned());
    }

    /// The notes as lines; one about each of `all` rows does not list them.
    pub fn render(&self, all: usize) -> String {
        let mut text = String::new();
        for ((place, note), rows) in &self.notes {
            let head = self.heads.get(*place).copied().unwrap_or_default();
            let rows = if rows.len() == all && all > 3 {
                "all".to_owned()
            } else {
                rows.join(", ")
            };
            let line = format!("{head}: {note} ({rows})");
            text.push_str(&wrapped(&line, "  "));
        }
        text
    }
}

/// A text in lines of at most [`WIDTH`] characters, the later ones indented.
pub fn wrapped(text: &str, indent: &str) -> String {
    let mut lines = String::new();
    let mut line = String::new();
    for word in text.split(' ') {
        if !line.trim().is_empty() && line.chars().count() + 1 + word.chars().count() > WIDTH {
            lines.push_str(line.trim_end());
            lines.push('\n');
            indent.clone_into(&mut line);
        } else if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push_str(line.trim_end());
    lines.push('\n');
    lines
}

/// Rows as RFC 4180 with the keys as header; other keys of a row are left out.
pub fn csv(keys: &[&str], rows: &[Object]) -> String {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    let cell = |row: &Object, key: &str| {
        let found = row.iter().find(|(name, _)| name == key);
        found.map_or_else(String::new, |(_, value)| value.cell())
    };
    let mut wrote = writer.write_record(keys);
    for row in rows {
        wrote = wrote.and_then(|()| writer.write_record(keys.iter().map(|key| cell(row, key))));
    }
    debug_assert!(wrote.is_ok(), "writing to memory cannot fail");
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

/// The value as JSON, indented, one line end at its end.
pub fn json(value: &Value) -> String {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}

/// What is known as `text` makes it, or a dash.
pub fn known<T>(value: Option<T>, text: impl FnOnce(T) -> String) -> String {
    value.map_or_else(|| UNKNOWN.to_owned(), text)
}

/// The text with the sign of its hedge: "> 9,800".
pub fn hedged(hedge: Hedge, text: &str) -> String {
    match hedge {
        Hedge::Exact => text.to_owned(),
        Hedge::About => format!("~ {text}"),
        Hedge::MoreThan => format!("> {text}"),
        Hedge::UpTo => format!("<= {text}"),
        Hedge::Planned => format!("{text} plan"),
    }
}

/// Millions, with one decimal where they have any: "9,800", "57.5".
pub fn millions(amount: Decimal) -> String {
    decimal(round(amount / MILLION, 1))
}

/// The decimal with grouped thousands and without trailing zeros.
pub fn decimal(value: Decimal) -> String {
    let value = value.normalize();
    places(value, value.scale())
}

/// The decimal rounded to that many places, all of them shown.
pub fn places(value: Decimal, places: u32) -> String {
    let rounded = round(value, places);
    let digits = format!("{:.*}", places as usize, rounded.abs());
    let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
    let mut text = String::new();
    if rounded.is_sign_negative() && !rounded.is_zero() {
        text.push('-');
    }
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if !fraction.is_empty() {
        text.push('.');
        text.push_str(fraction);
    }
    text
}

/// A statistic rounded as decimals are, from the digits it prints as.
pub fn float(value: f64, decimals: u32) -> String {
    let exact: Option<Decimal> = format!("{value}").parse().ok();
    known(exact, |exact| places(exact, decimals))
}

/// A change as a signed percentage of the fraction: 0.83 is "+83.0%".
pub fn percent(fraction: f64) -> String {
    let exact: Option<Decimal> = format!("{fraction}").parse().ok();
    let percent = exact.and_then(|exact| exact.checked_mul(Decimal::ONE_HUNDRED));
    known(percent, |percent| {
        let sign = if round(percent, 1) > Decimal::ZERO {
            "+"
        } else {
            ""
        };
        format!("{sign}{}%", places(percent, 1))
    })
}

/// A price: two decimals, four below 1.
pub fn price(value: f64) -> String {
    float(value, if value.abs() < 1.0 { 4 } else { 2 })
}

/// A count with its noun: "1 row", "1,234 rows".
pub fn counted(number: usize, one: &str, many: &str) -> String {
    let noun = if number == 1 { one } else { many };
    format!("{} {noun}", decimal(Decimal::from(number)))
}

fn round(value: Decimal, places: u32) -> Decimal {
    value.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero)
}
