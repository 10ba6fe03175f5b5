//! How a price file is laid out: separator, header, which column is what.
//! Reads the head of the file only (and the ticker column, where there is one).

use std::ops::ControlFlow;

use super::error::FileError;
use super::fields::{self, Lines, MAX_LINE, each_row, shorten};
use super::{guess, header, text, yfinance};

/// How many lines are looked at to find the header.
const HEAD: usize = 40;
/// How many rows a column chooser shows.
const PREVIEW: usize = 20;
/// More tickers than any file of prices is meant to be searched for.
const MOST_TICKERS: usize = 10_000;

/// What stands between two fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Separator {
    /// `,`
    Comma,
    /// `;`
    Semicolon,
    /// A tab.
    Tab,
}

impl Separator {
    pub(in crate::exchange) fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
        }
    }
}

/// Whose export a file looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// `Date,Open,High,Low,Close,Adj Close,Volume`
    YahooClassic,
    /// Three header lines: price, ticker, date.
    Yfinance,
    /// `Date,Open,High,Low,Close,Volume`; many others write the same.
    Stooq,
    /// `Data,Otwarcie,Najwyzszy,Najnizszy,Zamkniecie,Wolumen`
    StooqPolish,
    /// A day and a close, nothing else.
    DateClose,
    /// `snapped_at,price,market_cap,total_volume`
    CoinGecko,
    /// `Date,Close/Last,Volume,Open,High,Low`
    Nasdaq,
    /// Another file whose header names a day and a close.
    Named,
    /// The header is not understood; the columns must be chosen.
    Generic,
}

impl Format {
    /// Name for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::YahooClassic => "Yahoo Finance",
            Self::Yfinance => "yfinance",
            Self::Stooq => "Stooq",
            Self::StooqPolish => "Stooq (Polish)",
            Self::DateClose => "Date and close",
            Self::CoinGecko => "CoinGecko",
            Self::Nasdaq => "Nasdaq",
            Self::Named => "CSV with known columns",
            Self::Generic => "CSV with unknown columns",
        }
    }

    /// What to know before trusting this provider's days, if anything.
    pub fn note(self) -> Option<&'static str> {
        match self {
            Self::CoinGecko => Some(
                "CoinGecko's price of a day is taken at 00:00 UTC, which is the close of the day before",
            ),
            Self::YahooClassic
            | Self::Yfinance
            | Self::Stooq
            | Self::StooqPolish
            | Self::DateClose
            | Self::Nasdaq
            | Self::Named
            | Self::Generic => None,
        }
    }
}

/// Positions of the columns, from 0; `None` where the file has no such column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// The day.
    pub day: Option<usize>,
    /// The close.
    pub close: Option<usize>,
    /// The close adjusted for splits and dividends.
    pub adjusted: Option<usize>,
    /// First price of the day.
    pub open: Option<usize>,
    /// Highest price of the day.
    pub high: Option<usize>,
    /// Lowest price of the day.
    pub low: Option<usize>,
    /// Units traded.
    pub volume: Option<usize>,
    /// The instrument of the row, where one file holds several below each other.
    pub ticker: Option<usize>,
}

/// Columns as a person chose them, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ColumnChoice {
    /// The day.
    pub day: usize,
    /// The close.
    pub close: usize,
    /// The close adjusted for splits and dividends.
    pub adjusted: Option<usize>,
    /// First price of the day.
    pub open: Option<usize>,
    /// Highest price of the day.
    pub high: Option<usize>,
    /// Lowest price of the day.
    pub low: Option<usize>,
    /// Units traded.
    pub volume: Option<usize>,
}

/// How a file is laid out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// What stands between two fields.
    pub separator: Separator,
    /// Whose export it looks like.
    pub format: Format,
    /// Lines of the file above the first data line, blank ones included.
    pub header_lines: u64,
    /// Column names; empty strings where the header has none.
    pub names: Vec<String>,
    /// The columns, of the first ticker if there are several side by side.
    pub columns: Columns,
    /// The tickers the file names, in its order.
    pub tickers: Vec<String>,
    /// The columns of each ticker, where tickers stand side by side.
    pub ticker_columns: Vec<Columns>,
    /// The first 20 lines that are not blank, header included, for a column chooser.
    pub preview: Vec<Vec<String>>,
}

impl Layout {
    /// The best guess at the columns, for a chooser to start from.
    pub fn guess(&self) -> Option<ColumnChoice> {
        let Columns {
            day,
            close,
            adjusted,
            open,
            high,
            low,
            volume,
            ticker: _,
        } = self.columns;
        Some(ColumnChoice {
            day: day?,
            close: close?,
            adjusted,
            open,
            high,
            low,
            volume,
        })
    }

    /// Header name of a column, or `column 3` where it has none.
    pub fn column_name(&self, column: usize) -> String {
        match self.names.get(column) {
            Some(name) if !name.is_empty() => name.clone(),
            Some(_) | None => format!("column {}", column + 1),
        }
    }

    /// Columns that have a name; a separator at the end of the header adds none.
    pub(super) fn width(&self) -> usize {
        self.names
            .iter()
            .rposition(|name| !name.is_empty())
            .map_or(0, |last| last + 1)
    }
}

/// One line of the head of a file, split.
pub(super) struct HeadRow {
    pub line: u64,
    pub cells: Vec<String>,
}

/// What a header reader found; the rest of a [`Layout`] follows from it.
pub(super) struct Found {
    pub format: Format,
    pub header_lines: u64,
    pub names: Vec<String>,
    pub columns: Columns,
    pub tickers: Vec<String>,
    pub ticker_columns: Vec<Columns>,
}

/// Finds out how a file is laid out. Fails for what is no delimited text.
pub fn detect(bytes: &[u8]) -> Result<Layout, FileError> {
    detect_text(&text::decode(bytes)?)
}

pub(super) fn detect_text(text: &[u8]) -> Result<Layout, FileError> {
    let (stated, head) = head_lines(text)?;
    let all = [Separator::Tab, Separator::Semicolon, Separator::Comma];
    let candidates = match &stated {
        Some(separator) => std::slice::from_ref(separator),
        None => &all,
    };
    let known = candidates.iter().find_map(|separator| {
        let rows = split_head(&head, *separator);
        let found = yfinance::read(&rows).or_else(|| header::read(&rows))?;
        Some((*separator, rows, found))
    });
    let (separator, rows, found) = known.unwrap_or_else(|| {
        let separator = stated.unwrap_or_else(|| guess::separator(&head));
        let rows = split_head(&head, separator);
        let found = guess::read(&rows);
        (separator, rows, found)
    });
    let first_header = rows.first().map_or(1, |row| row.line);
    let mut layout = Layout {
        separator,
        format: found.format,
        // A line that states the separator stands above a file without a header, too.
        header_lines: found.header_lines.max(first_header.saturating_sub(1)),
        names: found.names,
        columns: found.columns,
        tickers: found.tickers,
        ticker_columns: found.ticker_columns,
        preview: rows
            .into_iter()
            .take(PREVIEW)
            .map(|row| row.cells)
            .collect(),
    };
    if let Some(column) = layout.columns.ticker {
        layout.tickers = tickers_below(text, &layout, column)?;
    }
    Ok(layout)
}

/// The first lines that are not blank, and the separator if Excel's `sep=;` states it.
fn head_lines(text: &[u8]) -> Result<(Option<Separator>, Vec<fields::Line<'_>>), FileError> {
    let mut head = Vec::new();
    let mut stated = None;
    for line in Lines::new(text) {
        if line.bytes.len() > MAX_LINE {
            return Err(FileError::LineTooLong {
                line: line.number,
                limit: MAX_LINE,
            });
        }
        if line.bytes.trim_ascii().is_empty() {
            continue;
        }
        if head.is_empty() && stated.is_none() {
            stated = match line.bytes.trim_ascii_start() {
                b"sep=;" => Some(Separator::Semicolon),
                b"sep=," => Some(Separator::Comma),
                b"sep=\t" => Some(Separator::Tab),
                _ => None,
            };
            if stated.is_some() {
                continue;
            }
        }
        head.push(line);
        if head.len() == HEAD {
            break;
        }
    }
    if head.is_empty() {
        Err(FileError::Empty)
    } else {
        Ok((stated, head))
    }
}

pub(super) fn split_head(head: &[fields::Line<'_>], separator: Separator) -> Vec<HeadRow> {
    let mut slices = Vec::new();
    head.iter()
        .map(|line| {
            // A line with bad quotes still shows its cells in the preview.
            let cells = match fields::split(line.bytes, separator, &mut slices) {
                Ok(()) => slices.iter().map(|cell| shorten(cell)).collect(),
                Err(fields::BadQuotes) => line
                    .bytes
                    .split(|byte| *byte == separator.byte())
                    .map(shorten)
                    .collect(),
            };
            HeadRow {
                line: line.number,
                cells,
            }
        })
        .collect()
}

/// The tickers of a ticker column, in the order of the file.
fn tickers_below(text: &[u8], layout: &Layout, column: usize) -> Result<Vec<String>, FileError> {
    let mut seen = std::collections::HashSet::new();
    let mut tickers = Vec::new();
    let mut last: &[u8] = b"";
    each_row(text, layout, |_, fields| {
        let ticker = fields
            .ok()
            .and_then(|f| f.get(column).copied())
            .unwrap_or_default();
        if ticker != last && !ticker.is_empty() && seen.insert(ticker) {
            tickers.push(shorten(ticker));
        }
        last = ticker;
        let full = tickers.len() >= MOST_TICKERS;
        Ok(if full {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        })
    })?;
    Ok(tickers)
}
