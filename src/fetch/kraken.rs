//! Candles of Kraken: texts, oldest first, the last 720 days and no more; the
//! pair is named otherwise in the answer than in the question, and the last
//! candle is that of the running day. No key is needed. No HTTP here.

use serde_json::{Map, Value};

use super::number::Cell;
use super::rows::{Row, Rows};
use super::{Ask, BodyError, Quotes, address, body, candle};
use crate::model::Currency;
use crate::model::instrument::InstrumentKind;

/// The pair of a coin's symbol: `XBTUSD` of `BTC-USD`; none for anything else.
pub fn symbol(symbol: &str, kind: InstrumentKind) -> Option<String> {
    let (coin, quote) = candle::parts(symbol, kind)?;
    // Kraken keeps to the older code of Bitcoin.
    let own = |code: &str| {
        if code == "BTC" {
            "XBT".to_owned()
        } else {
            code.to_owned()
        }
    };
    Some(own(coin) + &own(quote))
}

/// The address to ask: candles that begin after `since`, as far back as there are.
pub fn url(base: &str, ask: &Ask) -> String {
    let pair = address::encode(&ask.symbol);
    let since = ask.from.map_or_else(String::new, |from| {
        format!("&since={}", candle::midnight(from) - 1)
    });
    format!("{base}/0/public/OHLC?pair={pair}&interval=1440{since}")
}

/// Reads the candles.
pub fn parse(bytes: &[u8], ask: &Ask) -> Result<Quotes, BodyError> {
    let value = body::json(bytes)?;
    if let Some(refusal) = refusal(&value) {
        return Err(refusal);
    }
    let Some(result) = value.get("result").and_then(Value::as_object) else {
        return Err(body::refused(&value, "a result"));
    };
    let (pair, candles) = only_pair(result)?;
    let mut rows = Rows::new(ask);
    let mut unfinished = None;
    let last_finished = result.get("last").and_then(Value::as_i64);
    for (index, cells) in candles.iter().enumerate() {
        let cell = |at: usize| Cell::json(cells.get(at));
        if cells.as_array().is_none_or(|cells| cells.len() < 5) {
            rows.skip(None, format!("fewer than 5 numbers (row {})", index + 1));
            continue;
        }
        let row = Row {
            close: cell(4),
            adjusted: Cell::Missing,
            open: cell(1),
            high: cell(2),
            low: cell(3),
            volume: cell(6),
        };
        candle::take(&mut rows, index + 1, &cell(0), &row)?;
        let after_finished = last_finished
            .is_some_and(|last| matches!(cell(0), Cell::Number(seconds) if seconds as i64 > last));
        if after_finished {
            unfinished = candle::day(&cell(0))?;
        }
    }
    let quotes = candle::finish(rows, ask, quoted_in(pair, &ask.symbol))?;
    // The answer says itself which candle is unfinished: it may have been made
    // before a midnight that is over by now.
    let live = quotes.live.or(unfinished);
    let live = live.filter(|day| quotes.bars.last().is_some_and(|bar| bar.day == *day));
    Ok(Quotes { live, ..quotes })
}

/// The errors that stand beside or instead of a result; warnings are none.
fn refusal(value: &Value) -> Option<BodyError> {
    let errors = value.get("error")?.as_array()?;
    let mut texts = errors.iter().filter_map(Value::as_str);
    let first = texts.find(|text| !text.starts_with('W'))?;
    Some(body::refusal(first).unwrap_or_else(|| BodyError::Provider(body::first_words(first))))
}

fn only_pair(result: &Map<String, Value>) -> Result<(&str, &[Value]), BodyError> {
    let mut lists = result
        .iter()
        .filter_map(|(key, value)| Some((key.as_str(), value.as_array()?.as_slice())));
    match (lists.next(), lists.next()) {
        (Some(only), None) => Ok(only),
        (Some(_), Some(_)) => Err(BodyError::Shape("candles of several pairs".to_owned())),
        (None, _) => Err(BodyError::Shape("a result without candles".to_owned())),
    }
}

/// The currency of `XXBTZUSD`, else that of the pair asked for, `XBTUSD`.
fn quoted_in(pair: &str, asked: &str) -> Option<Currency> {
    let long = pair.len() == 8 && pair.starts_with('X');
    let code = match pair
        .get(5..)
        .filter(|_| long && pair.get(4..5) == Some("Z"))
    {
        Some(code) => code,
        None => asked.get(3..).filter(|_| asked.len() == 6)?,
    };
    candle::currency(code)
}
