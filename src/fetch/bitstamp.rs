//! Candles of Bitstamp: texts, oldest first, at most 1000 a page, days without
//! a trade filled in. No key is needed. No HTTP here.

use jiff::civil::{Date, date};

use super::number::Cell;
use super::rows::{Row, Rows};
use super::{Ask, BodyError, Quotes, address, body, candle};
use crate::model::instrument::InstrumentKind;

/// More candles than this in one request are refused.
const PAGE: u16 = 1000;
/// The exchange was not open before.
const FIRST: Date = date(2011, 8, 18);

/// The pair of a coin's symbol: `btcusd` of `BTC-USD`; none for anything else.
pub fn symbol(symbol: &str, kind: InstrumentKind) -> Option<String> {
    let (coin, quote) = candle::parts(symbol, kind)?;
    Some(format!("{coin}{quote}").to_ascii_lowercase())
}

/// The addresses to ask, newest days first. As many candles are asked for as
/// the page has days, so that it is the same page whichever end is counted from.
pub fn urls(base: &str, ask: &Ask) -> Vec<String> {
    let pair = address::encode(&ask.symbol);
    let url = |(start, end): (Date, Date)| {
        let (first, last) = (candle::midnight(start), candle::last_second(end));
        let limit = (end - start).get_days() + 1;
        format!("{base}/api/v2/ohlc/{pair}/?step=86400&limit={limit}&start={first}&end={last}")
    };
    candle::pages(ask, FIRST, PAGE)
        .into_iter()
        .map(url)
        .collect()
}

/// Reads a page of candles.
pub fn parse(bytes: &[u8], ask: &Ask) -> Result<Quotes, BodyError> {
    let value = body::json(bytes)?;
    let data = value.get("data");
    let Some(candles) = data.and_then(|data| data.get("ohlc")?.as_array()) else {
        return Err(body::refused(&value, "data.ohlc"));
    };
    let mut rows = Rows::new(ask);
    for (index, candle) in candles.iter().enumerate() {
        let cell = |name: &str| Cell::json(candle.get(name));
        let row = Row {
            close: cell("close"),
            adjusted: Cell::Missing,
            open: cell("open"),
            high: cell("high"),
            low: cell("low"),
            volume: cell("volume"),
        };
        candle::take(&mut rows, index + 1, &cell("timestamp"), &row)?;
    }
    let named = data.and_then(|data| data.get("pair")?.as_str());
    let quote = named
        .and_then(|pair| pair.split_once('/'))
        .map(|(_, quote)| quote)
        .or_else(|| ask.symbol.get(3..).filter(|_| ask.symbol.len() == 6));
    candle::finish(rows, ask, quote.and_then(candle::currency))
}
