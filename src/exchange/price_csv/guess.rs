//! Guesses at files whose header is not understood, for a person to confirm.
//! Nothing guessed here is imported without that.

use super::day;
use super::fields::Line;
use super::layout::{Columns, Format, Found, HeadRow, Separator, split_head};
use super::number::{self, DecimalMark, Kind};

/// The separator that splits the lines into the most columns of equal number.
pub(super) fn separator(head: &[Line<'_>]) -> Separator {
    let agreement = |separator: Separator| {
        let rows = split_head(head, separator);
        let width = rows.last().map_or(0, |row| row.cells.len());
        if width < 2 {
            0
        } else {
            rows.iter().filter(|row| row.cells.len() == width).count()
        }
    };
    // A tab or semicolon is never a decimal mark, so these win a tie.
    [Separator::Comma, Separator::Semicolon, Separator::Tab]
        .into_iter()
        .max_by_key(|separator| agreement(*separator))
        .unwrap_or(Separator::Comma)
}

/// Guesses header and columns from what the cells look like.
pub(super) fn read(rows: &[HeadRow]) -> Found {
    let first_data = rows
        .iter()
        .position(|row| row.cells.iter().any(|cell| day::looks_like_day(cell)))
        .unwrap_or_else(|| rows.len().min(1));
    let header = first_data.checked_sub(1).and_then(|at| rows.get(at));
    let data = rows.get(first_data..).unwrap_or_default();
    let width = data.first().or(header).map_or(0, |row| row.cells.len());
    let names = header.map_or_else(Vec::new, |row| row.cells.clone());
    Found {
        format: Format::Generic,
        header_lines: header.map_or(0, |row| row.line),
        names: if names.is_empty() {
            vec![String::new(); width]
        } else {
            names
        },
        columns: columns(data, width),
        tickers: Vec::new(),
        ticker_columns: Vec::new(),
    }
}

fn columns(data: &[HeadRow], width: usize) -> Columns {
    let most = |test: &dyn Fn(&str) -> bool, column: usize| {
        let hits = data
            .iter()
            .filter(|row| row.cells.get(column).is_some_and(|cell| test(cell)))
            .count();
        hits * 2 > data.len()
    };
    let day = (0..width).find(|column| most(&day::looks_like_day, *column));
    let numbers: Vec<usize> = (0..width)
        .filter(|column| Some(*column) != day && most(&looks_like_number, *column))
        .collect();
    let mut columns = Columns {
        day,
        ..Columns::default()
    };
    // Open, high, low, close is the order nearly everybody writes.
    match *numbers.as_slice() {
        [close] => columns.close = Some(close),
        [open, high, low, close, ref rest @ ..] => {
            (columns.open, columns.high) = (Some(open), Some(high));
            (columns.low, columns.close) = (Some(low), Some(close));
            match *rest {
                [volume] => columns.volume = Some(volume),
                [adjusted, volume] => {
                    (columns.adjusted, columns.volume) = (Some(adjusted), Some(volume));
                }
                _ => {}
            }
        }
        _ => {}
    }
    columns
}

fn looks_like_number(cell: &str) -> bool {
    [DecimalMark::Point, DecimalMark::Comma].iter().any(|mark| {
        matches!(
            number::read(cell.as_bytes(), *mark, Kind::Volume),
            Ok(Some(_))
        )
    })
}
