//! What taking the bars of a file into the book would do: the change with a
//! new instrument where there is none, and the bars to store with it. Window
//! and command line both import through here. No disk, no store, no clock.

use jiff::civil::Date;

use super::price_csv::{Overlap, compare_with_stored};
use crate::model::instrument::InstrumentKind;
use crate::model::series::SeriesError;
use crate::model::{Bar, Book, Change, Currency, Instrument, InstrumentId, Op, Record, Series};

/// What the store notes as the origin of bars read from a file.
pub const PROVIDER: &str = "file";

/// Bars read from a file, for an instrument.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The symbol, canonical or former, in any case.
    pub symbol: &'a str,
    /// The bars, one a day.
    pub bars: &'a [Bar],
    /// The file's name, as the user knows it.
    pub file_name: &'a str,
    /// Leaves the days that are stored as they are.
    pub keep_stored: bool,
}

/// What an import does.
#[derive(Clone, Debug, PartialEq)]
pub struct PriceImport {
    /// The canonical symbol.
    pub symbol: String,
    /// True if the book has no such instrument yet: the change adds it.
    pub is_new: bool,
    /// The file beside what is stored.
    pub overlap: Overlap,
    /// The change, with the name that undo shows.
    pub change: Change,
    /// The bars to store with it; none if nothing would change.
    pub prices: NewPrices,
}

/// Bars to store.
#[derive(Clone, Debug, PartialEq)]
pub struct NewPrices {
    /// Whose.
    pub instrument: InstrumentId,
    /// Who gave them: [`PROVIDER`].
    pub provider: &'static str,
    /// The file they were read from.
    pub file: String,
    /// The bars.
    pub bars: Series,
}

impl PriceImport {
    /// True if the book would be the same afterwards.
    pub fn changes_nothing(&self) -> bool {
        self.prices.bars.is_empty()
    }
}

/// Why bars cannot be taken.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum PlanError {
    /// The symbol is none.
    #[error(
        "“{0}” is no symbol: write letters, digits, “.”, “-”, “^” or “=”, 15 at most, such as IREN or BTC-USD"
    )]
    BadSymbol(String),
    /// The bars are no series.
    #[error(transparent)]
    BadBars(#[from] SeriesError),
}

/// Plans an import. `stored` are the bars of that instrument, if it has any;
/// `new_id` becomes the id of the instrument if the book has none of that symbol.
pub fn plan(
    book: &Book,
    stored: Option<&Series>,
    request: &Request<'_>,
    new_id: InstrumentId,
) -> Result<PriceImport, PlanError> {
    let symbol = checked_symbol(request.symbol)?;
    let known = book.instrument_by_symbol(&symbol);
    let stored = stored.map_or(&[][..], Series::bars);
    let overlap = compare_with_stored(request.bars, stored);
    let bars = bars_to_store(request, stored);
    let count = bars.len();
    let bars = Series::new(bars)?;
    let (id, symbol, ops) = match known {
        Some(known) => (known.id, known.symbol.clone(), Vec::new()),
        None if count == 0 => (new_id, symbol, Vec::new()),
        None => {
            let record = Record::Instrument(instrument(new_id, &symbol));
            (new_id, symbol, vec![Op::put(record)])
        }
    };
    let rows = if count == 1 { "row" } else { "rows" };
    let label = format!("import prices {symbol} ({} {rows})", thousands(count));
    Ok(PriceImport {
        symbol,
        is_new: known.is_none(),
        overlap,
        change: Change::new(label, ops),
        prices: NewPrices {
            instrument: id,
            provider: PROVIDER,
            file: request.file_name.to_owned(),
            bars,
        },
    })
}

/// The file's bars, unless all of them are stored already exactly so; without
/// the days that are stored, if these are to be kept.
fn bars_to_store(request: &Request<'_>, stored: &[Bar]) -> Vec<Bar> {
    let find = |day: Date| {
        let at = stored.binary_search_by_key(&day, |bar| bar.day).ok()?;
        stored.get(at)
    };
    if request.keep_stored {
        let new = request.bars.iter().filter(|bar| find(bar.day).is_none());
        return new.copied().collect();
    }
    let all_same = request.bars.iter().all(|bar| find(bar.day) == Some(bar));
    if all_same {
        Vec::new()
    } else {
        request.bars.to_vec()
    }
}

fn checked_symbol(text: &str) -> Result<String, PlanError> {
    const LONGEST: usize = 15;
    let symbol = text.trim().to_ascii_uppercase();
    let allowed = |c: char| c.is_ascii_alphanumeric() || ".-^=".contains(c);
    let fits = (1..=LONGEST).contains(&symbol.len())
        && symbol.chars().all(allowed)
        && symbol.contains(|c: char| c.is_ascii_alphanumeric());
    if fits {
        Ok(symbol)
    } else {
        Err(PlanError::BadSymbol(text.to_owned()))
    }
}

/// Currencies in which coins are quoted. Other endings after a hyphen are
/// classes of shares: `BRK-B`.
const QUOTES: [(&str, Currency); 6] = [
    ("USD", Currency::USD),
    ("USDT", Currency::USD),
    ("USDC", Currency::USD),
    ("EUR", Currency::EUR),
    ("GBP", Currency::GBP),
    ("JPY", Currency::JPY),
];

/// A new instrument: a coin if its symbol is a pair with a currency (`ETH-USD`),
/// otherwise a share in dollars. Both can be edited afterwards.
fn instrument(id: InstrumentId, symbol: &str) -> Instrument {
    let quote = symbol.split_once('-').and_then(|(_, quote)| {
        let found = QUOTES.iter().find(|(name, _)| *name == quote);
        found.map(|(_, currency)| *currency)
    });
    Instrument {
        id,
        symbol: symbol.to_owned(),
        name: symbol.to_owned(),
        kind: if quote.is_some() {
            InstrumentKind::Crypto
        } else {
            InstrumentKind::Stock
        },
        currency: quote.unwrap_or(Currency::USD),
        former_symbols: Vec::new(),
        provider_symbols: std::collections::BTreeMap::new(),
        providers: Vec::new(),
        locked: false,
        benchmark: false,
    }
}

/// A count with grouped thousands: "1,234".
fn thousands(count: usize) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
