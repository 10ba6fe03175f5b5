//! Yahoo's chart service, version 8: daily bars with splits and dividends, for
//! shares, funds, indices, coins and currencies. Not documented, no key. Its
//! close is split-adjusted; its numbers are 32-bit floats widened to 64.
//! Currency units, time zone and session are in `meta`, splits and dividends
//! in `event`. No HTTP here.

mod event;
mod meta;

use std::collections::BTreeMap;

use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use serde_json::Value;

use self::meta::Meta;
use super::number::{self, Cell};
use super::rows::{Row, Rows};
use super::{Ask, BodyError, Quotes, address, body, candle};

/// A whole history is asked for from here on; times before 1970 are negative.
const FIRST: Date = date(1900, 1, 1);

/// The address to ask. A session may begin on another day of UTC than it is
/// called by, so a day more is asked for at each end.
pub fn url(base: &str, ask: &Ask) -> String {
    let from = ask.from.map_or(FIRST, |from| {
        from.checked_sub(1.day()).unwrap_or(Date::MIN).max(FIRST)
    });
    let after = ask.to.checked_add(2.days()).unwrap_or(Date::MAX);
    let start = candle::midnight(from);
    let day_later = candle::last_second(from) + 1;
    let end = candle::midnight(after).min(ask.now.as_second());
    format!(
        "{base}/v8/finance/chart/{}?interval=1d&period1={start}&period2={}&events=div%2Csplits",
        address::encode(&ask.symbol),
        end.max(day_later)
    )
}

/// Reads a chart.
pub fn parse(bytes: &[u8], ask: &Ask) -> Result<Quotes, BodyError> {
    let value = body::json(bytes)?;
    let result = result(&value)?;
    let meta = Meta::read(result.get("meta").unwrap_or(&Value::Null));
    let Some(times) = result.get("timestamp").filter(|times| !times.is_null()) else {
        return Err(without_days(result));
    };
    let times = times.as_array().ok_or_else(|| unknown("timestamp"))?;
    meta.check_daily()?;
    let (currency, hundredths) = meta.unit()?;
    let columns = Columns::read(result, times.len())?;
    let mut rows = Rows::new(ask);
    for (day, at) in in_order(times, &meta, &mut rows) {
        let row = columns.row(at).map_prices(number::narrow);
        let row = if hundredths {
            row.map_prices(number::hundredth)
        } else {
            row
        };
        rows.take(day, &row);
    }
    let events = event::read(result.get("events"), &meta, hundredths, &mut rows);
    let live = rows.last_day().filter(|day| meta.is_live(*day, ask));
    let quotes = rows.finish(live)?;
    Ok(Quotes {
        events,
        currency,
        renamed: meta.renamed(&ask.symbol),
        ..quotes
    })
}

fn unknown(name: &str) -> BodyError {
    BodyError::Shape(format!("without {name}"))
}

/// The one result, or the error that stands in its place, under `chart` or,
/// from other parts of the service, under `finance`.
fn result(value: &Value) -> Result<&Value, BodyError> {
    let envelope = ["chart", "finance"]
        .iter()
        .find_map(|name| value.get(*name));
    let envelope = envelope.ok_or_else(|| body::refused(value, "a chart"))?;
    if let Some(error) = envelope.get("error").filter(|error| !error.is_null()) {
        return Err(refusal(error));
    }
    match envelope.get("result") {
        Some(Value::Array(results)) => results
            .first()
            .ok_or_else(|| BodyError::NoData(String::new())),
        Some(Value::Null) => Err(BodyError::NoData(String::new())),
        Some(_) | None => Err(unknown("a result")),
    }
}

fn refusal(error: &Value) -> BodyError {
    let text = |name: &str| {
        let text = error.get(name).and_then(Value::as_str);
        text.unwrap_or_default()
    };
    body::coded_refusal(text("code"), text("description"))
}

/// Weekends and holidays alone are answered without days; prices without days
/// are something else.
fn without_days(result: &Value) -> BodyError {
    let close = result.pointer("/indicators/quote/0/close");
    let closes = close.and_then(Value::as_array);
    if closes.is_some_and(|closes| closes.iter().any(|close| !close.is_null())) {
        BodyError::Shape("prices without their days".to_owned())
    } else {
        BodyError::NoData(String::new())
    }
}

/// The places of the rows in order of their times, with their days. The row of
/// the running session stands last and may share its day with another.
fn in_order(times: &[Value], meta: &Meta<'_>, rows: &mut Rows) -> Vec<(Date, usize)> {
    let mut places: BTreeMap<(i64, usize), Date> = BTreeMap::new();
    for (at, time) in times.iter().enumerate() {
        let seconds = time.as_i64();
        let found = seconds.and_then(|seconds| Some((seconds, meta.day_of(seconds)?)));
        match found {
            Some((seconds, day)) => {
                places.insert((seconds, at), day);
            }
            None => rows.skip(None, format!("no day (row {})", at + 1)),
        }
    }
    places.into_iter().map(|((_, at), day)| (day, at)).collect()
}

/// The arrays of a chart, each as long as that of the times.
struct Columns<'a> {
    close: &'a [Value],
    adjusted: &'a [Value],
    open: &'a [Value],
    high: &'a [Value],
    low: &'a [Value],
    volume: &'a [Value],
}

impl<'a> Columns<'a> {
    /// Closes of another count than days cannot be told apart, so they are
    /// refused; any other array of another length is taken as not there.
    fn read(result: &'a Value, count: usize) -> Result<Self, BodyError> {
        let found = |path: &str| {
            let values = result.pointer(path).and_then(Value::as_array);
            values.map(Vec::as_slice)
        };
        let quote = |name: &str| found(&format!("/indicators/quote/0/{name}"));
        let same = |values: Option<&'a [Value]>| {
            values
                .filter(|values| values.len() == count)
                .unwrap_or_default()
        };
        let close = quote("close").ok_or_else(|| unknown("closes"))?;
        if close.len() != count {
            return Err(BodyError::Shape(format!(
                "{count} days, but {} closes",
                close.len()
            )));
        }
        Ok(Self {
            close,
            adjusted: same(found("/indicators/adjclose/0/adjclose")),
            open: same(quote("open")),
            high: same(quote("high")),
            low: same(quote("low")),
            volume: same(quote("volume")),
        })
    }

    fn row(&self, at: usize) -> Row {
        let cell = |values: &[Value]| Cell::json(values.get(at));
        Row {
            close: cell(self.close),
            adjusted: cell(self.adjusted),
            open: cell(self.open),
            high: cell(self.high),
            low: cell(self.low),
            volume: cell(self.volume),
        }
    }
}
