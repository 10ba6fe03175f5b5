//! The starter book and its prices, embedded in the program. They are ordinary
//! records from the first start on: nothing here treats them differently
//! later, and restoring never touches a record that is there.

use std::collections::BTreeMap;

use super::book_file::{self, BookFileError, plan_import};
use crate::model::{Book, Change, Day, Op, Record};

const BOOK: &[u8] = include_bytes!("../../data/starter_book.json");
const PRICES: &[u8] = include_bytes!("../../data/starter_prices.csv");

/// What the chart says while it draws the starter prices. A test holds it to
/// the last day of the data.
pub const PRICES_NOTE: &str = "weekly starter prices to 9 Oct 2026";

/// Closes by symbol, oldest first.
pub type Closes = BTreeMap<String, Vec<(Day, f64)>>;

/// Why the embedded prices cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StarterPricesError {
    /// A line is not CSV.
    #[error("The starter prices are not CSV: {0}")]
    NotCsv(String),
    /// A line is not symbol, date and close.
    #[error("Line {line} of the starter prices, “{text}”, is not symbol, date and close")]
    BadLine {
        /// The line, from 1.
        line: u64,
        /// What it holds.
        text: String,
    },
    /// The days of a symbol do not ascend.
    #[error(
        "Line {line} of the starter prices: {symbol} on {day} does not come after the day before it"
    )]
    NotAscending {
        /// The line, from 1.
        line: u64,
        /// Whose close.
        symbol: String,
        /// The day out of order.
        day: Day,
    },
}

/// The records of the starter book, each after those it refers to.
pub fn records() -> Result<Vec<Record>, BookFileError> {
    book_file::read(BOOK)
}

/// The starter book.
pub fn book() -> Result<Book, BookFileError> {
    let mut book = Book::default();
    let ops = records()?.into_iter().map(Op::put).collect();
    book.apply(&Change::new("starter book", ops))?;
    Ok(book)
}

/// The starter prices.
pub fn closes() -> Result<Closes, StarterPricesError> {
    let mut closes = Closes::new();
    let mut reader = csv::Reader::from_reader(PRICES);
    for row in reader.records() {
        let row = row.map_err(|error| StarterPricesError::NotCsv(error.to_string()))?;
        let line = row.position().map_or(0, csv::Position::line);
        let bad = || StarterPricesError::BadLine {
            line,
            text: row.iter().collect::<Vec<_>>().join(","),
        };
        let (symbol, day, close) = price_row(&row).ok_or_else(bad)?;
        let series = closes.entry(symbol.clone()).or_default();
        if series.last().is_some_and(|(last, _)| *last >= day) {
            return Err(StarterPricesError::NotAscending { line, symbol, day });
        }
        series.push((day, close));
    }
    Ok(closes)
}

fn price_row(row: &csv::StringRecord) -> Option<(String, Day, f64)> {
    let symbol = row.get(0).filter(|symbol| !symbol.is_empty())?;
    let day = row.get(1)?.parse().ok()?;
    let close = row.get(2)?.parse::<f64>().ok()?;
    let priced = close.is_finite() && close > 0.0;
    (priced && row.len() == 3).then(|| (symbol.to_owned(), day, close))
}

/// The last day that any of the starter prices has.
pub fn last_day(closes: &Closes) -> Option<Day> {
    let days = closes.values().filter_map(|series| series.last());
    days.map(|(day, _)| *day).max()
}

/// The change that brings back what was deleted of the starter book; none if
/// nothing is missing. Records that are there, edited or not, stay as they are.
///
/// A starter share whose symbol the user has given to an instrument of his own
/// is not put back: its company then points to that instrument.
pub fn restore_change(book: &Book) -> Result<Option<Change>, BookFileError> {
    let mut missing = plan_import(book, records()?);
    let mut taken = BTreeMap::new();
    missing.changed.clear();
    missing.new.retain(|record| match record {
        Record::Instrument(starter) => {
            let mut known = book.instruments();
            let own = known.find(|own| own.symbol == starter.symbol);
            own.is_none_or(|own| {
                taken.insert(starter.id, own.id);
                false
            })
        }
        Record::Source(_)
        | Record::Company(_)
        | Record::Figure(_)
        | Record::Deal(_)
        | Record::Debt(_)
        | Record::Treasury(_)
        | Record::Note(_)
        | Record::Pin(_) => true,
    });
    for record in &mut missing.new {
        if let Record::Company(company) = record {
            let own = company.instrument.and_then(|id| taken.get(&id));
            company.instrument = own.copied().or(company.instrument);
        }
    }
    let label = match missing.new.len() {
        0 => return Ok(None),
        1 => "restore starter book (1 record)".to_owned(),
        count => format!("restore starter book ({count} records)"),
    };
    Ok(Some(missing.change(label, true)))
}
