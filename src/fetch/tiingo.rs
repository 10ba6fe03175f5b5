//! Daily prices of Tiingo, with the user's own key: closes as they were traded
//! beside adjusted ones, and each day's dividend and split. The closes are
//! divided by the splits after them here. No HTTP here.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use rust_decimal::Decimal;
use serde_json::Value;

use super::number::{self, Cell};
use super::rows::{Row, Rows};
use super::{Ask, BodyError, Quotes, Request, address, body};
use crate::model::instrument::InstrumentKind;
use crate::model::{Currency, EventKind, PriceEvent};

/// Without a first day only the newest price is given; no history begins before.
const FIRST: Date = date(1960, 1, 1);
/// The most old shares of a split whose ratio is looked for.
const MOST_OLD: i64 = 1000;

/// The symbol of a share or fund of a US exchange; none for other kinds and
/// for symbols with the suffix of a foreign exchange.
pub fn symbol(symbol: &str, kind: InstrumentKind) -> Option<String> {
    if !matches!(kind, InstrumentKind::Stock | InstrumentKind::Etf) {
        return None;
    }
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
    (!symbol.is_empty() && symbol.chars().all(plain)).then(|| symbol.to_owned())
}

/// The request to make; the key stands in a header, not in the address.
pub fn request(base: &str, ask: &Ask) -> Request {
    let from = ask.from.unwrap_or(FIRST);
    let url = format!(
        "{base}/tiingo/daily/{}/prices?startDate={from}&endDate={}\
         &format=json&resampleFreq=daily",
        address::encode(&ask.symbol),
        ask.to
    );
    let key = ask.key.iter();
    let mut headers = vec![("Accept", "application/json".to_owned())];
    headers.extend(key.map(|key| ("Authorization", format!("Token {key}"))));
    Request { url, headers }
}

/// Reads the prices. Rows of days that are not asked for still count for the
/// splits: those of later days change the closes before them.
pub fn parse(bytes: &[u8], ask: &Ask) -> Result<Quotes, BodyError> {
    let value = body::json(bytes)?;
    let days = match &value {
        Value::Array(days) if days.first().is_none_or(Value::is_object) => days,
        Value::Array(_)
        | Value::Object(_)
        | Value::Null
        | Value::Bool(_)
        | Value::Number(_)
        | Value::String(_) => return Err(body::refused(&value, "a list of days")),
    };
    let mut rows = Rows::new(ask);
    let by_day = by_day(days, &mut rows);
    let mut events = Vec::new();
    let mut later = Decimal::ONE;
    for (day, cells) in by_day.iter().rev() {
        rows.take(*day, &adjusted_row(cells, later));
        if let Some(what) = dividend(cells, later) {
            events.push(PriceEvent { day: *day, what });
        }
        if let Some((new, old)) = split(*day, cells)? {
            let what = EventKind::Split { new, old };
            events.push(PriceEvent { day: *day, what });
            later = new
                .checked_div(old)
                .and_then(|ratio| later.checked_mul(ratio))
                .filter(|later| *later > Decimal::ZERO)
                .ok_or_else(|| BodyError::Shape(format!("an impossible split on {day}")))?;
        }
    }
    events.retain(|event| rows.wants(event.day));
    events.sort();
    let quotes = rows.finish(None)?;
    Ok(Quotes {
        events,
        currency: Some(Currency::USD),
        ..quotes
    })
}

/// The rows by day; of two of a day the later stays.
fn by_day<'a>(days: &'a [Value], rows: &mut Rows) -> BTreeMap<Date, &'a Value> {
    let mut by_day = BTreeMap::new();
    for (index, cells) in days.iter().enumerate() {
        let text = cells.get("date").and_then(Value::as_str);
        // "2015-01-02T00:00:00.000Z"; the time says nothing.
        let day = text.and_then(|text| text.get(..10)?.parse::<Date>().ok());
        let Some(day) = day else {
            rows.skip(None, format!("no day (row {})", index + 1));
            continue;
        };
        if by_day.insert(day, cells).is_some() {
            rows.skip(
                Some(day),
                "an earlier one of two rows of the day".to_owned(),
            );
        }
    }
    by_day
}

/// A row on the footing of today's shares, of which `later` stand for one of
/// that day.
fn adjusted_row(cells: &Value, later: Decimal) -> Row {
    let cell = |name: &str| Cell::json(cells.get(name));
    let price = |name: &str| cell(name).map(|price| divided(price, later));
    Row {
        close: price("close"),
        adjusted: cell("adjClose"),
        open: price("open"),
        high: price("high"),
        low: price("low"),
        volume: cell("volume").map(|units| multiplied(units, later)),
    }
}

/// Divides exactly where the numbers allow it.
fn divided(price: f64, by: Decimal) -> f64 {
    if by == Decimal::ONE {
        return price;
    }
    let exact = number::shown(price)
        .and_then(|price| price.checked_div(by))
        .and_then(number::nearest);
    let by = number::nearest(by).unwrap_or(1.0);
    exact.filter(|price| *price > 0.0).unwrap_or(price / by)
}

fn multiplied(units: f64, by: Decimal) -> f64 {
    number::shown(units)
        .and_then(|units| units.checked_mul(by))
        .and_then(|units| number::nearest(units.round_dp(6)))
        .unwrap_or(units)
}

fn dividend(cells: &Value, later: Decimal) -> Option<EventKind> {
    let cash = number::decimal(cells.get("divCash")).filter(|cash| *cash > Decimal::ZERO)?;
    let amount = cash.checked_div(later)?.normalize();
    (amount > Decimal::ZERO).then_some(EventKind::Dividend { amount })
}

/// The day's split as new shares for old ones; none without one. A factor that
/// cannot be read leaves every earlier close on an unknown footing.
fn split(day: Date, cells: &Value) -> Result<Option<(Decimal, Decimal)>, BodyError> {
    let factor = number::decimal(cells.get("splitFactor"))
        .filter(|factor| *factor > Decimal::ZERO)
        .ok_or_else(|| BodyError::Shape(format!("no split factor on {day}")))?;
    Ok((factor != Decimal::ONE).then(|| ratio(factor)))
}

/// The whole numbers whose ratio a factor is: 1.5 is 3 for 2, 0.1 is 1 for 10,
/// 0.066667 is 1 for 15.
fn ratio(factor: Decimal) -> (Decimal, Decimal) {
    for old in (1..=MOST_OLD).map(Decimal::from) {
        if let Some(new) = factor.checked_mul(old).filter(Decimal::is_integer) {
            return (new.normalize(), old);
        }
    }
    let close = Decimal::new(1, 4);
    if let Some(inverse) = Decimal::ONE.checked_div(factor)
        && inverse > Decimal::TWO
    {
        let old = inverse.round();
        let off = (inverse / old - Decimal::ONE).abs();
        if off < close {
            return (Decimal::ONE, old);
        }
    }
    (factor, Decimal::ONE)
}
