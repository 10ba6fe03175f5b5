//! One data row to one bar, or the reason why not. All decisions that need the
//! whole file (columns, ticker, order of dates, decimal mark) are made before.

use jiff::civil::Date;

use super::Options;
use super::day::{self, DateOrder};
use super::error::{Doubt, FileError, Reason, RowError, Warning};
use super::fields::{BadQuotes, Line, shorten};
use super::layout::{Columns, Format, Layout};
use super::number::{self, DecimalMark, Kind};
use crate::model::series::Bar;

/// How far the close may lie outside low and high before a warning, as a
/// fraction: providers round and adjust the four prices separately.
const TOLERANCE: f64 = 0.005;

/// How every row of a file is read.
pub(super) struct Plan {
    day: usize,
    close: usize,
    rest: Columns,
    /// Fields in a row.
    width: usize,
    /// The ticker taken, and the column that must name it in every row.
    pub ticker: Option<String>,
    ticker_column: Option<usize>,
    not_after: Option<Date>,
    pub order: Option<DateOrder>,
    pub mark: DecimalMark,
}

/// Why a row is refused and which cell is to blame; `None` is the whole row.
pub(super) struct Refusal<'a> {
    column: Option<usize>,
    text: &'a [u8],
    reason: Reason,
}

impl Refusal<'_> {
    pub fn describe(&self, line: Line<'_>, layout: &Layout) -> RowError {
        RowError {
            line: line.number,
            column: self
                .column
                .map_or_else(|| "row".to_owned(), |column| layout.column_name(column)),
            text: shorten(self.text),
            reason: self.reason,
        }
    }
}

impl Plan {
    /// Settles what must be decided before the first row. Fails where a person
    /// has to decide it.
    pub fn new(text: &[u8], layout: &Layout, options: &Options) -> Result<Self, FileError> {
        let (ticker, columns) = pick_ticker(layout, options)?;
        let columns = chosen(layout, columns, options)?;
        let (Some(day), Some(close)) = (columns.day, columns.close) else {
            return Err(columns_unknown(layout));
        };
        let order = match options.date_order {
            Some(order) => Some(order),
            // Nasdaq is American: the order is known even if no day tells.
            None if layout.format == Format::Nasdaq => Some(DateOrder::MonthFirst),
            None => day::decide_order(text, layout, day)?,
        };
        let numbers: Vec<usize> = [
            columns.adjusted,
            columns.open,
            columns.high,
            columns.low,
            columns.volume,
        ]
        .into_iter()
        .flatten()
        .chain([close])
        .collect();
        let mark = match options.decimal {
            Some(mark) => mark,
            None => number::decide_mark(text, layout, &numbers)?,
        };
        let needed = numbers
            .iter()
            .chain([&day])
            .max()
            .map_or(0, |last| last + 1);
        Ok(Self {
            day,
            close,
            rest: columns,
            width: match layout.width() {
                0 => layout.names.len(),
                width => width.max(needed),
            },
            ticker_column: columns.ticker.filter(|_| layout.tickers.len() > 1),
            ticker,
            not_after: options.not_after,
            order,
            mark,
        })
    }

    /// Reads a row; `Ok(None)` if it is another ticker's.
    #[inline]
    pub fn read<'a>(
        &self,
        line: Line<'a>,
        fields: Result<&[&'a [u8]], BadQuotes>,
        warnings: &mut Vec<Warning>,
    ) -> Result<Option<Bar>, Refusal<'a>> {
        let whole = |reason| Refusal {
            column: None,
            text: line.bytes,
            reason,
        };
        let fields = fields.map_err(|BadQuotes| whole(Reason::BadQuotes))?;
        self.check_width(fields).map_err(whole)?;
        if let (Some(column), Some(wanted)) = (self.ticker_column, &self.ticker)
            && fields
                .get(column)
                .is_some_and(|found| !found.eq_ignore_ascii_case(wanted.as_bytes()))
        {
            return Ok(None);
        }
        let day_text = fields.get(self.day).copied().unwrap_or_default();
        let blame_day = |reason| Refusal {
            column: Some(self.day),
            text: day_text,
            reason,
        };
        let day = day::read(day_text, self.order).map_err(blame_day)?;
        if let Some(limit) = self.not_after.filter(|limit| day > *limit) {
            return Err(blame_day(Reason::DayAfter(limit)));
        }
        let close_text = fields.get(self.close).copied().unwrap_or_default();
        let blame_close = |reason| Refusal {
            column: Some(self.close),
            text: close_text,
            reason,
        };
        let close = number::read(close_text, self.mark, Kind::Price)
            .map_err(blame_close)?
            .ok_or_else(|| blame_close(Reason::CloseMissing))?;
        if close <= 0.0 {
            return Err(blame_close(Reason::NotPositive));
        }
        let mut bar = Bar {
            day,
            close,
            adjusted: self.optional(fields, self.rest.adjusted, Kind::Price)?,
            open: self.optional(fields, self.rest.open, Kind::Price)?,
            high: self.optional(fields, self.rest.high, Kind::Price)?,
            low: self.optional(fields, self.rest.low, Kind::Price)?,
            volume: self.optional(fields, self.rest.volume, Kind::Volume)?,
        };
        examine(&mut bar, line.number, warnings);
        Ok(Some(bar))
    }

    /// A row that broke off or has one comma too many would put a number into
    /// the wrong column.
    fn check_width(&self, fields: &[&[u8]]) -> Result<(), Reason> {
        let (found, expected) = (fields.len(), self.width);
        if found < expected {
            return Err(Reason::TooFewFields { found, expected });
        }
        let surplus = fields.get(expected..).unwrap_or_default();
        if surplus.iter().any(|field| !field.is_empty()) {
            return Err(Reason::TooManyFields { found, expected });
        }
        Ok(())
    }

    fn optional<'a>(
        &self,
        fields: &[&'a [u8]],
        column: Option<usize>,
        kind: Kind,
    ) -> Result<Option<f64>, Refusal<'a>> {
        let Some(text) = column.and_then(|column| fields.get(column).copied()) else {
            return Ok(None);
        };
        let blame = |reason| Refusal {
            column,
            text,
            reason,
        };
        let value = number::read(text, self.mark, kind).map_err(blame)?;
        if kind == Kind::Volume && value.is_some_and(|volume| volume < 0.0) {
            return Err(blame(Reason::NegativeVolume));
        }
        Ok(value)
    }
}

/// Leaves out prices that cannot be (Yahoo writes an unknown open as 0) and
/// notes what does not fit together.
fn examine(bar: &mut Bar, line: u64, warnings: &mut Vec<Warning>) {
    let day = bar.day;
    let mut warn = |doubt| warnings.push(Warning { line, day, doubt });
    let others = [
        ("open", &mut bar.open),
        ("high", &mut bar.high),
        ("low", &mut bar.low),
        ("adjusted close", &mut bar.adjusted),
    ];
    for (which, price) in others {
        if let Some(value) = price.filter(|value| *value <= 0.0) {
            warn(Doubt::NotPositive { which, value });
            *price = None;
        }
    }
    let close = bar.close;
    if let (Some(high), Some(low)) = (bar.high, bar.low)
        && high < low
    {
        return warn(Doubt::HighBelowLow { high, low });
    }
    if let Some(high) = bar.high.filter(|high| close > high * (1.0 + TOLERANCE)) {
        warn(Doubt::CloseAboveHigh { close, high });
    }
    if let Some(low) = bar.low.filter(|low| close < low * (1.0 - TOLERANCE)) {
        warn(Doubt::CloseBelowLow { close, low });
    }
}

/// The ticker to take and its columns.
fn pick_ticker(layout: &Layout, options: &Options) -> Result<(Option<String>, Columns), FileError> {
    let position = match (&options.ticker, layout.tickers.as_slice()) {
        (_, []) => return Ok((None, layout.columns)),
        (Some(wanted), tickers) => tickers
            .iter()
            .position(|ticker| ticker.eq_ignore_ascii_case(wanted.trim()))
            .ok_or_else(|| FileError::NoSuchTicker {
                wanted: wanted.clone(),
                tickers: tickers.to_vec(),
            })?,
        (None, [_]) => 0,
        (None, tickers) => {
            return Err(FileError::SeveralTickers {
                tickers: tickers.to_vec(),
            });
        }
    };
    let columns = layout
        .ticker_columns
        .get(position)
        .unwrap_or(&layout.columns);
    Ok((layout.tickers.get(position).cloned(), *columns))
}

/// The columns a person chose, or else the header's. Fails for a column that is
/// not there, and where the header only allows a guess.
fn chosen(layout: &Layout, columns: Columns, options: &Options) -> Result<Columns, FileError> {
    let Some(choice) = options.columns else {
        return if layout.format == Format::Generic {
            Err(columns_unknown(layout))
        } else {
            Ok(columns)
        };
    };
    let all = [
        choice.adjusted,
        choice.open,
        choice.high,
        choice.low,
        choice.volume,
    ];
    let outside = all
        .into_iter()
        .flatten()
        .chain([choice.day, choice.close])
        .find(|column| *column >= layout.names.len());
    if let Some(column) = outside {
        return Err(FileError::NoSuchColumn {
            number: column.saturating_add(1),
            columns: layout.names.len(),
        });
    }
    Ok(Columns {
        day: Some(choice.day),
        close: Some(choice.close),
        adjusted: choice.adjusted,
        open: choice.open,
        high: choice.high,
        low: choice.low,
        volume: choice.volume,
        ticker: columns.ticker,
    })
}

fn columns_unknown(layout: &Layout) -> FileError {
    let header = layout
        .preview
        .first()
        .map(|cells| cells.join(", "))
        .unwrap_or_default();
    FileError::ColumnsUnknown {
        header: shorten(header.as_bytes()),
    }
}
