//! Historical quotes of nasdaq.com, for every share and fund listed in the US:
//! newest first, days as `MM/DD/YYYY`, prices as `$1,234.56`, split-adjusted,
//! in US dollars, ten years back. Not documented, no key. No HTTP here.

use jiff::ToSpan as _;
use jiff::civil::Date;
use serde_json::Value;

use super::number::Cell;
use super::rows::{Row, Rows};
use super::{Ask, BodyError, Quotes, Request, address, body};
use crate::model::Currency;
use crate::model::instrument::InstrumentKind;

/// The site's own pages ask under this name.
const SITE: &str = "https://www.nasdaq.com";
/// As far back as there are quotes.
const YEARS: i64 = 10;
/// A request of a single day is answered with nothing.
const FEWEST_DAYS: i64 = 7;

/// The symbol of a share or fund of a US exchange: `BRK.B` for `BRK-B`. None
/// for other kinds and for symbols with the suffix of a foreign exchange.
pub fn symbol(symbol: &str, kind: InstrumentKind) -> Option<String> {
    if !matches!(kind, InstrumentKind::Stock | InstrumentKind::Etf) {
        return None;
    }
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
    (!symbol.is_empty() && symbol.chars().all(plain)).then(|| symbol.replace('-', "."))
}

/// The request to make. Without the headers of the site's own pages it is refused.
pub fn request(base: &str, ask: &Ask) -> Request {
    let class = if ask.kind == InstrumentKind::Etf {
        "etf"
    } else {
        "stocks"
    };
    let earliest = ask.to.checked_sub(YEARS.years()).unwrap_or(Date::MIN);
    let latest = ask.to.checked_sub(FEWEST_DAYS.days()).unwrap_or(Date::MIN);
    let from = ask.from.unwrap_or(earliest).min(latest);
    let url = format!(
        "{base}/api/quote/{}/historical?assetclass={class}&fromdate={from}&todate={}&limit=9999",
        address::encode(&ask.symbol),
        ask.to
    );
    let headers = vec![
        ("Accept", "application/json, text/plain, */*".to_owned()),
        ("Origin", SITE.to_owned()),
        ("Referer", format!("{SITE}/")),
    ];
    Request { url, headers }
}

/// Reads the quotes. An error comes with HTTP 200 and no data.
pub fn parse(bytes: &[u8], ask: &Ask) -> Result<Quotes, BodyError> {
    let value = body::json(bytes)?;
    let data = value.get("data").filter(|data| !data.is_null());
    let Some(data) = data else {
        return Err(refusal(&value));
    };
    let table = data.get("tradesTable").unwrap_or(&Value::Null);
    let found = match table.get("rows") {
        Some(Value::Array(found)) => found.as_slice(),
        Some(Value::Null) => &[],
        None if table.is_null() && data.get("totalRecords").is_some() => &[],
        Some(_) | None => return Err(body::refused(&value, "data.tradesTable.rows")),
    };
    let mut rows = Rows::new(ask);
    // Oldest first, so that of two rows of a day the one further up stays.
    for (index, quote) in found.iter().enumerate().rev() {
        let day = quote.get("date").and_then(Value::as_str).and_then(day);
        let Some(day) = day else {
            rows.skip(None, format!("no day (row {})", index + 1));
            continue;
        };
        let cell = |name: &str| money(quote.get(name));
        let row = Row {
            close: cell("close"),
            adjusted: Cell::Missing,
            open: cell("open"),
            high: cell("high"),
            low: cell("low"),
            volume: cell("volume"),
        };
        rows.take(day, &row);
    }
    let quotes = rows.finish(None)?;
    let named = data.get("symbol").and_then(Value::as_str);
    let renamed = named.filter(|named| !named.eq_ignore_ascii_case(&ask.symbol));
    Ok(Quotes {
        currency: Some(Currency::USD),
        renamed: renamed.map(str::to_owned),
        ..quotes
    })
}

/// What `status` tells beside `"data": null`.
fn refusal(value: &Value) -> BodyError {
    let status = value.get("status").unwrap_or(&Value::Null);
    let first = status.get("bCodeMessage").and_then(|list| list.get(0));
    let words = first.and_then(|first| first.get("errorMessage")?.as_str());
    if let Some(words) = words.or_else(|| value.get("message")?.as_str()) {
        return body::refusal(words)
            .unwrap_or_else(|| BodyError::Provider(body::first_words(words)));
    }
    match status.get("rCode").and_then(Value::as_i64) {
        Some(200) => BodyError::NoData(String::new()),
        Some(code) => BodyError::Provider(format!("code {code}")),
        None => BodyError::Shape("without data".to_owned()),
    }
}

/// A price or a count as the site prints it, `$1,234.56`.
fn money(value: Option<&Value>) -> Cell {
    let Some(Value::String(text)) = value else {
        return Cell::json(value);
    };
    let text = text.trim();
    let digits = text.strip_prefix('$').unwrap_or(text);
    match Cell::text(&digits.replace(',', "")) {
        Cell::Unreadable(_) => Cell::Unreadable(body::first_words(text)),
        cell @ (Cell::Number(_) | Cell::Missing) => cell,
    }
}

/// A day as `MM/DD/YYYY`.
fn day(text: &str) -> Option<Date> {
    let mut parts = text.trim().split('/');
    let (month, day, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}
