//! The three header lines that yfinance writes: field names, tickers, index
//! name; in either order of the first two, any order of columns, one ticker or
//! several side by side.

use super::header::{Role, role};
use super::layout::{Columns, Format, Found, HeadRow};

/// Reads such a header; `None` if the first three lines are none.
pub(super) fn read(rows: &[HeadRow]) -> Option<Found> {
    let [first, second, third, ..] = rows else {
        return None;
    };
    let (index, blanks) = third.cells.split_first()?;
    let is_index_line =
        matches!(role(index), Some((Role::Day, _))) && blanks.iter().all(String::is_empty);
    if !is_index_line || first.cells.len() < 2 {
        return None;
    }
    let (fields, tickers) = if known(second) > known(first) {
        (second, first)
    } else {
        (first, second)
    };
    if known(fields) == 0 {
        return None;
    }
    let mut found = Found {
        format: Format::Yfinance,
        header_lines: third.line,
        names: vec![index.clone()],
        columns: Columns::default(),
        tickers: Vec::new(),
        ticker_columns: Vec::new(),
    };
    for (column, field) in fields.cells.iter().enumerate().skip(1) {
        let ticker = tickers
            .cells
            .get(column)
            .map(String::as_str)
            .unwrap_or_default();
        found
            .names
            .push(format!("{field} {ticker}").trim().to_owned());
        let Some((role, _)) = role(field) else {
            continue;
        };
        let at = if let Some(at) = found.tickers.iter().position(|known| known == ticker) {
            at
        } else {
            found.tickers.push(ticker.to_owned());
            found.ticker_columns.push(Columns {
                day: Some(0),
                ..Columns::default()
            });
            found.tickers.len() - 1
        };
        if let Some(columns) = found.ticker_columns.get_mut(at) {
            set(columns, role, column);
        }
    }
    // Without a dividend-adjusted twin, yfinance's only close may be called either.
    for columns in &mut found.ticker_columns {
        if columns.close.is_none() {
            columns.close = columns.adjusted.take();
        }
    }
    found.columns = *found.ticker_columns.first()?;
    if found.tickers.len() == 1 {
        found.ticker_columns.clear();
        found.tickers.retain(|ticker| !ticker.is_empty());
    }
    found.columns.close.is_some().then_some(found)
}

/// How many cells of a line are names of prices.
fn known(row: &HeadRow) -> usize {
    row.cells
        .iter()
        .skip(1)
        .filter(|cell| role(cell).is_some())
        .count()
}

fn set(columns: &mut Columns, role: Role, column: usize) {
    let place = match role {
        Role::Close => &mut columns.close,
        Role::Adjusted => &mut columns.adjusted,
        Role::Open => &mut columns.open,
        Role::High => &mut columns.high,
        Role::Low => &mut columns.low,
        Role::Volume => &mut columns.volume,
        // The index column is the day, and tickers have their own line.
        Role::Day | Role::Ticker => return,
    };
    if place.is_none() {
        *place = Some(column);
    }
}
