//! Candles of Coinbase Exchange: `[time, low, high, open, close, volume]`,
//! newest first, 300 a page, in days of UTC. No key is needed. No HTTP here.

use jiff::civil::{Date, date};
use serde_json::Value;

use super::number::Cell;
use super::rows::{Row, Rows};
use super::{Ask, BodyError, Quotes, address, body, candle};
use crate::model::instrument::InstrumentKind;

/// More candles than this in one request are refused.
const PAGE: u16 = 300;
/// No pair was traded before.
const FIRST: Date = date(2015, 1, 1);

/// The product of a coin's symbol, `BTC-USD`; none for anything else.
pub fn symbol(symbol: &str, kind: InstrumentKind) -> Option<String> {
    candle::parts(symbol, kind).map(|_| symbol.to_owned())
}

/// The addresses to ask, newest days first. Both ends count as within, so a
/// page ends before the midnight after its last day; that also keeps the two
/// ends of a single day apart, which is demanded.
pub fn urls(base: &str, ask: &Ask) -> Vec<String> {
    let product = address::encode(&ask.symbol);
    let url = |(start, end): (Date, Date)| {
        format!(
            "{base}/products/{product}/candles?granularity=86400\
             &start={start}T00:00:00Z&end={end}T23:59:59Z"
        )
    };
    candle::pages(ask, FIRST, PAGE)
        .into_iter()
        .map(url)
        .collect()
}

/// Reads a page of candles.
pub fn parse(bytes: &[u8], ask: &Ask) -> Result<Quotes, BodyError> {
    let value = body::json(bytes)?;
    let Value::Array(candles) = &value else {
        return Err(body::refused(&value, "a list of candles"));
    };
    let mut rows = Rows::new(ask);
    // Oldest first, so that of two rows of a day the one further up stays.
    for (index, cells) in candles.iter().enumerate().rev() {
        let cell = |at: usize| Cell::json(cells.get(at));
        if cells.as_array().is_none_or(|cells| cells.len() < 5) {
            rows.skip(None, format!("fewer than 5 numbers (row {})", index + 1));
            continue;
        }
        let row = Row {
            close: cell(4),
            adjusted: Cell::Missing,
            open: cell(3),
            high: cell(2),
            low: cell(1),
            volume: cell(5),
        };
        candle::take(&mut rows, index + 1, &cell(0), &row)?;
    }
    let quote = ask.symbol.split_once('-').map(|(_, quote)| quote);
    candle::finish(rows, ask, quote.and_then(candle::currency))
}
