//! Daily prices from CSV files as providers and spreadsheets write them, and
//! back to one. Pure: bytes in, bars and everything doubtful out; no file, no
//! clock, no store. Nothing is dropped in silence: every data line of a file is
//! a good bar, a refused row, a duplicate, a conflict or another ticker's row.

mod day;
mod error;
mod fields;
mod guess;
mod header;
mod layout;
mod number;
mod overlap;
mod row;
mod settle;
mod symbol;
mod text;
mod write;
mod yfinance;

use std::ops::ControlFlow;

use jiff::civil::Date;

pub use self::day::DateOrder;
pub use self::error::{Doubt, FileError, FileKind, Reason, RowError, Warning};
pub use self::layout::{ColumnChoice, Columns, Format, Layout, Separator, detect};
pub use self::number::DecimalMark;
pub use self::overlap::{Differing, Overlap, compare_with_stored};
pub use self::settle::{Conflict, Duplicate, Keep};
pub use self::symbol::guess_symbol;
pub use self::text::MAX_BYTES;
pub(in crate::exchange) use self::text::decode;
pub use self::write::write_csv;
use crate::model::series::Bar;

/// Most bad rows listed; a file with more is refused as a whole.
pub const MOST_BAD_ROWS: usize = 100_000;

/// What a person has decided about a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The columns, instead of those the header names.
    pub columns: Option<ColumnChoice>,
    /// Which ticker to take from a file with several; case does not matter.
    pub ticker: Option<String>,
    /// How to read `01/02/2026`, also where the column would decide otherwise.
    pub date_order: Option<DateOrder>,
    /// How to read `1,234`, also where the file would decide otherwise.
    pub decimal: Option<DecimalMark>,
    /// Which row of a day counts when its rows differ.
    pub keep: Keep,
    /// Days after this one are refused.
    pub not_after: Option<Date>,
}

/// What was read from a file.
#[derive(Clone, Debug, PartialEq)]
pub struct PriceFile {
    /// How the file is laid out.
    pub layout: Layout,
    /// The ticker taken, where the file names any.
    pub ticker: Option<String>,
    /// One bar a day, in order of days.
    pub good: Vec<Bar>,
    /// Rows not taken, in order of lines.
    pub refused: Vec<RowError>,
    /// Rows that repeat the close of a day.
    pub duplicates: Vec<Duplicate>,
    /// Rows that give a day another close than the one kept.
    pub conflicts: Vec<Conflict>,
    /// What is doubtful in rows that were taken.
    pub warnings: Vec<Warning>,
    /// Whether some row's day is earlier than that of a row above it.
    pub unsorted: bool,
    /// Lines below the header that are not blank. Equal to the good bars, the
    /// refused, duplicate, conflicting and other tickers' rows together.
    pub data_lines: u64,
    /// Rows of other tickers, where these stand below each other in one file.
    pub other_ticker_rows: u64,
    /// How days such as `01/02/2026` were read, where there are any.
    pub date_order: Option<DateOrder>,
    /// How decimals were read.
    pub decimal: DecimalMark,
}

/// Reads a price file. Fails only where nothing can be taken or a person must
/// decide first (columns, ticker, order of the date, decimal mark); bad rows are
/// listed in the result.
pub fn parse(bytes: &[u8], options: &Options) -> Result<PriceFile, FileError> {
    let text = text::decode(bytes)?;
    let layout = layout::detect_text(&text)?;
    let plan = row::Plan::new(&text, &layout, options)?;
    // A guess that saves growing; a price row is seldom shorter.
    let capacity = text.len() / 64;
    let (mut bars, mut lines) = (Vec::with_capacity(capacity), Vec::with_capacity(capacity));
    let (mut refused, mut warnings) = (Vec::new(), Vec::new());
    let (mut data_lines, mut other_ticker_rows) = (0, 0);
    fields::each_row(&text, &layout, |line, fields| {
        data_lines += 1;
        match plan.read(line, fields, &mut warnings) {
            Ok(Some(bar)) => {
                bars.push(bar);
                lines.push(line.number);
            }
            Ok(None) => other_ticker_rows += 1,
            Err(refusal) => refused.push(refusal.describe(line, &layout)),
        }
        match refused.first() {
            Some(first) if refused.len() > MOST_BAD_ROWS => Err(FileError::TooManyBadRows {
                limit: MOST_BAD_ROWS,
                first: first.to_string(),
            }),
            Some(_) | None => Ok(ControlFlow::Continue(())),
        }
    })?;
    if data_lines == 0 {
        let header = layout
            .preview
            .last()
            .map(|cells| cells.join(", "))
            .unwrap_or_default();
        return Err(FileError::NoRows {
            header: fields::shorten(header.as_bytes()),
        });
    }
    let settled = settle::settle(bars, &lines, options.keep);
    Ok(PriceFile {
        ticker: plan.ticker,
        good: settled.good,
        refused,
        duplicates: settled.duplicates,
        conflicts: settled.conflicts,
        warnings,
        unsorted: settled.unsorted,
        data_lines,
        other_ticker_rows,
        date_order: plan.order,
        decimal: plan.mark,
        layout,
    })
}
