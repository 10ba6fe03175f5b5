//! Daily candles of coin exchanges: days of UTC, pages of days, the candle of
//! the running day. Nothing of any one exchange.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};

use super::number::Cell;
use super::rows::{Row, Rows};
use super::{Ask, BodyError, Quotes};
use crate::model::Currency;
use crate::model::instrument::InstrumentKind;

/// Seconds of a day of UTC.
const DAY_SECONDS: i64 = 86_400;

/// The two parts of a coin's symbol, `BTC` and `USD` of `BTC-USD`; none for
/// anything that is no coin or has another form.
pub fn parts(symbol: &str, kind: InstrumentKind) -> Option<(&str, &str)> {
    if kind != InstrumentKind::Crypto {
        return None;
    }
    let (coin, quote) = symbol.split_once('-')?;
    let plain = |part: &str| {
        !part.is_empty()
            && part
                .chars()
                .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
    };
    (plain(coin) && plain(quote)).then_some((coin, quote))
}

/// The currency of this code, if it is one.
pub fn currency(code: &str) -> Option<Currency> {
    code.to_ascii_uppercase().parse().ok()
}

/// Pages of at most `length` days that cover what is asked, newest first; the
/// history begins at `first`.
pub fn pages(ask: &Ask, first: Date, length: u16) -> Vec<(Date, Date)> {
    let from = ask.from.map_or(first, |from| from.max(first));
    let mut pages = Vec::new();
    let mut to = ask.to;
    while from <= to {
        let start = to
            .checked_sub((i64::from(length) - 1).days())
            .map_or(from, |start| start.max(from));
        pages.push((start, to));
        let Ok(before) = start.yesterday() else { break };
        to = before;
    }
    pages
}

/// Midnight of UTC at which a day begins, in seconds.
pub fn midnight(day: Date) -> i64 {
    day.to_zoned(TimeZone::UTC)
        .map_or(0, |start| start.timestamp().as_second())
}

/// The last second of a day of UTC.
pub fn last_second(day: Date) -> i64 {
    midnight(day) + DAY_SECONDS - 1
}

/// The day of UTC at that moment.
pub fn day_of(moment: Timestamp) -> Date {
    moment.to_zoned(TimeZone::UTC).date()
}

/// The day of a candle; none for a moment that no calendar has. A candle that
/// does not begin at midnight is not one of a day.
pub fn day(time: &Cell) -> Result<Option<Date>, BodyError> {
    let Cell::Number(seconds) = time else {
        return Ok(None);
    };
    if seconds.fract() != 0.0 {
        return Ok(None);
    }
    let seconds = *seconds as i64;
    let Ok(moment) = Timestamp::from_second(seconds) else {
        return Ok(None);
    };
    if seconds % DAY_SECONDS != 0 {
        return Err(BodyError::Shape(format!(
            "a candle from {moment}, which is no midnight UTC"
        )));
    }
    Ok(Some(day_of(moment)))
}

/// Takes a candle. Its place in the body, from 1, is named if it has no day.
pub fn take(rows: &mut Rows, place: usize, time: &Cell, row: &Row) -> Result<(), BodyError> {
    match day(time)? {
        Some(day) => rows.take(day, row),
        None => rows.skip(None, format!("no day (row {place})")),
    }
    Ok(())
}

/// What the body holds, the candle of the running day marked.
pub fn finish(rows: Rows, ask: &Ask, currency: Option<Currency>) -> Result<Quotes, BodyError> {
    let quotes = rows.finish(Some(day_of(ask.now)))?;
    Ok(Quotes { currency, ..quotes })
}
