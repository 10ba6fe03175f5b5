//! What taking prices into the book means: the change (with a new instrument
//! where the symbol is not known yet) and the checked series to store. Shared
//! by the window and the command line. It must not touch the store.

use uuid::Uuid;

use crate::model::instrument::InstrumentKind;
use crate::model::series::SeriesError;
use crate::model::{Bar, Book, Change, Currency, Instrument, InstrumentId, Op, Record, Series};

/// Prices ready to be stored.
#[derive(Clone, Debug, PartialEq)]
pub struct PriceImport {
    /// The change they belong to: its name, and the instrument if it is new.
    pub change: Change,
    /// Whose prices.
    pub instrument: InstrumentId,
    /// The prices.
    pub bars: Series,
}

/// Plans to take `bars` for a symbol, canonical or former, in any case; an
/// unknown symbol becomes a new instrument with the id `new_id`, a coin if it
/// is quoted as one (`BTC-USD`), else a stock.
///
/// # Errors
/// When the bars are no series: a day twice, a close that is no price.
pub fn plan(
    book: &Book,
    symbol: &str,
    bars: Vec<Bar>,
    new_id: Uuid,
) -> Result<PriceImport, SeriesError> {
    let bars = Series::new(bars)?;
    let known = book.instrument_by_symbol(symbol);
    let symbol = known.map_or_else(|| symbol.to_uppercase(), |known| known.symbol.clone());
    let rows = if bars.len() == 1 {
        "1 row".to_owned()
    } else {
        format!("{} rows", bars.len())
    };
    let label = format!("import prices {symbol} ({rows})");
    let instrument = known.map_or(InstrumentId(new_id), |known| known.id);
    let ops = match known {
        Some(_) => Vec::new(),
        None => vec![Op::put(Record::Instrument(new_instrument(
            instrument, &symbol,
        )))],
    };
    Ok(PriceImport {
        change: Change::new(label, ops),
        instrument,
        bars,
    })
}

fn new_instrument(id: InstrumentId, symbol: &str) -> Instrument {
    let coin = symbol.ends_with("-USD");
    Instrument {
        id,
        symbol: symbol.to_owned(),
        name: symbol.to_owned(),
        kind: if coin {
            InstrumentKind::Crypto
        } else {
            InstrumentKind::Stock
        },
        currency: Currency::USD,
        former_symbols: Vec::new(),
        provider_symbols: std::collections::BTreeMap::new(),
        // No company stands behind it yet: it is there to be compared with.
        benchmark: true,
    }
}
