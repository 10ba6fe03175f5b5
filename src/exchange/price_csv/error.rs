//! What can be wrong with a price file, with a row of it, or doubtful in it,
//! in words a user can act on. No parsing here.

use std::fmt;

use jiff::civil::Date;
use thiserror::Error;

/// Why nothing of a file can be taken.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum FileError {
    /// No bytes, or only white space.
    #[error("The file is empty")]
    Empty,
    /// A header and no line after it.
    #[error("The file has a header (“{header}”) and no rows; download it again")]
    NoRows {
        /// The last header line, shortened.
        header: String,
    },
    /// More bytes than a price file can sensibly have.
    #[error(
        "The file has {bytes} bytes, more than the {limit} this program reads; split it by years"
    )]
    TooLarge {
        /// Size of the file in bytes.
        bytes: usize,
        /// Largest size read, in bytes.
        limit: usize,
    },
    /// Not delimited text at all.
    #[error("{0}")]
    NotCsv(FileKind),
    /// A line that no price row can be as long as.
    #[error("Line {line} is longer than {limit} bytes; this is not a price file")]
    LineTooLong {
        /// Line in the file, from 1.
        line: u64,
        /// Longest line read, in bytes.
        limit: usize,
    },
    /// The header names no day and close column that is known.
    #[error(
        "The columns of this file are not known: “{header}”; choose which one is the day and which one is the close"
    )]
    ColumnsUnknown {
        /// The first line, shortened.
        header: String,
    },
    /// A chosen column lies outside the file.
    #[error("Column {number} was chosen, but the file has {columns} columns")]
    NoSuchColumn {
        /// The chosen column, from 1.
        number: usize,
        /// How many columns the file has.
        columns: usize,
    },
    /// Several instruments in one file and none chosen.
    #[error("The file holds several tickers ({}); choose one", list(tickers))]
    SeveralTickers {
        /// The tickers in the order of the file.
        tickers: Vec<String>,
    },
    /// The chosen ticker is not in the file.
    #[error("The file has no ticker “{wanted}”; it holds {}", list(tickers))]
    NoSuchTicker {
        /// The ticker asked for.
        wanted: String,
        /// The tickers in the order of the file.
        tickers: Vec<String>,
    },
    /// Every day fits both month-first and day-first.
    #[error("“{text}” on line {line} can be {} (month first) or {} (day first), and no row decides it; choose the order", long(*month_first), long(*day_first))]
    DayOrder {
        /// The first such day as written.
        text: String,
        /// Its line, from 1.
        line: u64,
        /// The day when the month comes first.
        month_first: Date,
        /// The day when the day comes first.
        day_first: Date,
    },
    /// Every comma can be a decimal mark or a thousands mark.
    #[error(
        "“{text}” on line {line} can be {as_decimal} (decimal comma) or {as_thousands} (thousands comma), and no row decides it; choose the decimal mark"
    )]
    DecimalMark {
        /// The first such number as written.
        text: String,
        /// Its line, from 1.
        line: u64,
        /// The number with a decimal comma, printed with a point.
        as_decimal: String,
        /// The number with a thousands comma, printed without it.
        as_thousands: String,
    },
    /// So many bad rows that the file or the chosen columns must be wrong.
    #[error(
        "More than {limit} rows cannot be read (the first: {first}); check that this is a price file and that the right columns are chosen"
    )]
    TooManyBadRows {
        /// How many bad rows are listed at most.
        limit: usize,
        /// The first of them.
        first: String,
    },
}

/// What a file that is not delimited text seems to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A saved web page, often a login or error page.
    WebPage,
    /// JSON.
    Json,
    /// An Excel or other workbook, or another zip file.
    Workbook,
    /// A gzip file.
    Compressed,
    /// Any other file that is not text.
    Binary,
}

impl fmt::Display for FileKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::WebPage => {
                "This is a web page, not a CSV file; the site may have answered with an error or a login page, download it again"
            }
            Self::Json => "This is JSON, not a CSV file; export the prices as CSV",
            Self::Workbook => {
                "This is a workbook or a zip file, not a CSV file; save the sheet as CSV, or unpack it"
            }
            Self::Compressed => "This is a compressed file, not a CSV file; unpack it first",
            Self::Binary => "This is not a text file; export the prices as CSV",
        })
    }
}

/// A row that was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowError {
    /// Line in the file, from 1.
    pub line: u64,
    /// Header name of the column, `column 3` where it has none, `row` for the whole row.
    pub column: String,
    /// The offending text, at most 80 characters.
    pub text: String,
    /// What is wrong with it.
    pub reason: Reason,
}

impl fmt::Display for RowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            line,
            column,
            text,
            reason,
        } = self;
        write!(f, "line {line}, {column}: {reason}")?;
        if text.is_empty() {
            Ok(())
        } else {
            write!(f, " (“{text}”)")
        }
    }
}

/// Why a row was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The text is no day in a known form.
    NotADay,
    /// The day cell is empty.
    DayMissing,
    /// Month or day first cannot be told, and the rest of the column is written otherwise.
    DayOrderUnknown,
    /// The day lies after the limit given.
    DayAfter(Date),
    /// The text is no number in the file's notation.
    NotANumber,
    /// The number is infinite or too large.
    NotFinite,
    /// The close is zero or negative.
    NotPositive,
    /// The close is empty, null or N/A.
    CloseMissing,
    /// The volume is negative.
    NegativeVolume,
    /// Fewer fields than the header has; a download that broke off ends like this.
    TooFewFields {
        /// Fields in the row.
        found: usize,
        /// Fields in the header.
        expected: usize,
    },
    /// More fields than the header has; unquoted decimal commas look like this.
    TooManyFields {
        /// Fields in the row.
        found: usize,
        /// Fields in the header.
        expected: usize,
    },
    /// A quote is not closed, or text follows the closing one.
    BadQuotes,
    /// The bytes are not UTF-8.
    NotUtf8,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotADay => f.write_str("not a date"),
            Self::DayMissing => f.write_str("date missing"),
            Self::DayOrderUnknown => f.write_str("not clear whether the month or the day is first"),
            Self::DayAfter(limit) => write!(f, "day after {limit}"),
            Self::NotANumber => f.write_str("not a number"),
            Self::NotFinite => f.write_str("number out of range"),
            Self::NotPositive => f.write_str("zero or negative close"),
            Self::CloseMissing => f.write_str("close missing"),
            Self::NegativeVolume => f.write_str("negative volume"),
            Self::TooFewFields { found, expected } => {
                write!(f, "too few fields: {found} instead of {expected}")
            }
            Self::TooManyFields { found, expected } => {
                write!(f, "too many fields: {found} instead of {expected}")
            }
            Self::BadQuotes => f.write_str("quotes do not match"),
            Self::NotUtf8 => f.write_str("not UTF-8 text"),
        }
    }
}

/// Something doubtful in a row that was taken.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Warning {
    /// Line in the file, from 1.
    pub line: u64,
    /// The row's day.
    pub day: Date,
    /// What is doubtful.
    pub doubt: Doubt,
}

/// What is doubtful in a row that was taken.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Doubt {
    /// The highest price is below the lowest.
    HighBelowLow {
        /// Highest price of the day.
        high: f64,
        /// Lowest price of the day.
        low: f64,
    },
    /// The close is more than 0.5 % above the highest price.
    CloseAboveHigh {
        /// Close of the day.
        close: f64,
        /// Highest price of the day.
        high: f64,
    },
    /// The close is more than 0.5 % below the lowest price.
    CloseBelowLow {
        /// Close of the day.
        close: f64,
        /// Lowest price of the day.
        low: f64,
    },
    /// A price other than the close is zero or negative and was left out.
    NotPositive {
        /// Which price: `open`, `high`, `low` or `adjusted close`.
        which: &'static str,
        /// The value in the file.
        value: f64,
    },
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, {}: ", self.line, self.day)?;
        match self.doubt {
            Doubt::HighBelowLow { high, low } => write!(f, "high {high} is below low {low}"),
            Doubt::CloseAboveHigh { close, high } => {
                write!(f, "close {close} is above the day's high {high}")
            }
            Doubt::CloseBelowLow { close, low } => {
                write!(f, "close {close} is below the day's low {low}")
            }
            Doubt::NotPositive { which, value } => {
                write!(f, "{which} {value} is not above zero and was left out")
            }
        }
    }
}

/// The first ten names, and how many more there are.
fn list(names: &[String]) -> String {
    const SHOWN: usize = 10;
    let shown = names
        .iter()
        .take(SHOWN)
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(", ");
    match names.len().saturating_sub(SHOWN) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

fn long(day: Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}
