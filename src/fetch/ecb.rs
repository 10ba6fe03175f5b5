//! Reference rates of the European Central Bank: one a working day since 1999,
//! as units of a currency for one euro, as CSV. No key is needed. No HTTP here.

use csv::{ReaderBuilder, StringRecord};
use jiff::civil::{Date, date};

use super::number::Cell;
use super::rows::{Row, Rows};
use super::{Ask, BodyError, Quotes, address, body};
use crate::model::Currency;
use crate::model::instrument::InstrumentKind;

/// The first day of the euro's rates.
const FIRST: Date = date(1999, 1, 4);
/// Marks a symbol whose rate is turned round: euros for one unit.
const INVERSE: &str = ":inverse";

/// The rate behind a currency pair: `USD` for `EURUSD=X`, `USD:inverse` for
/// `USDEUR=X`; none for pairs without the euro.
pub fn symbol(symbol: &str, kind: InstrumentKind) -> Option<String> {
    if kind != InstrumentKind::Fx {
        return None;
    }
    let pair = symbol.strip_suffix("=X")?;
    let (base, quote) = match pair.len() {
        6 => (pair.get(..3)?, pair.get(3..)?),
        // "EUR=X" is short for euros for one dollar.
        3 => ("USD", pair),
        _ => return None,
    };
    let (base, quote): (Currency, Currency) = (base.parse().ok()?, quote.parse().ok()?);
    match (base == Currency::EUR, quote == Currency::EUR) {
        (true, false) => Some(quote.to_string()),
        (false, true) => Some(format!("{base}{INVERSE}")),
        (true, true) | (false, false) => None,
    }
}

/// The currency of a symbol and whether its rate is turned round.
fn currency_of(symbol: &str) -> (&str, bool) {
    symbol
        .strip_suffix(INVERSE)
        .map_or((symbol, false), |currency| (currency, true))
}

/// The address to ask.
pub fn url(base: &str, ask: &Ask) -> String {
    let (currency, _) = currency_of(&ask.symbol);
    let from = ask.from.unwrap_or(FIRST);
    format!(
        "{base}/service/data/EXR/D.{}.EUR.SP00.A?format=csvdata&detail=dataonly\
         &startPeriod={from}&endPeriod={}",
        address::encode(currency),
        ask.to
    )
}

/// Where the columns stand that are read.
struct Columns {
    day: usize,
    rate: usize,
    currency: Option<usize>,
    frequency: Option<usize>,
    count: usize,
}

/// Reads the rates. Days without any are answered with an empty body.
pub fn parse(bytes: &[u8], ask: &Ask) -> Result<Quotes, BodyError> {
    let text = match body::text(bytes) {
        Err(BodyError::Empty) => return Err(BodyError::NoData(String::new())),
        other => other?,
    };
    let mut reader = ReaderBuilder::new()
        .flexible(true)
        .from_reader(text.as_bytes());
    let columns = reader.headers().ok().and_then(columns).ok_or_else(|| {
        body::refusal(text).unwrap_or_else(|| BodyError::Text(body::first_words(text)))
    })?;
    let (currency, inverse) = currency_of(&ask.symbol);
    let mut rows = Rows::new(ask);
    for (index, record) in reader.records().enumerate() {
        let record = record.map_err(|error| BodyError::Broken(error.to_string()))?;
        let place = index + 1;
        if record.len() != columns.count {
            rows.skip(
                None,
                format!("fewer or more fields than the header (row {place})"),
            );
            continue;
        }
        columns.check(&record, currency)?;
        let field = |at: usize| record.get(at).unwrap_or_default();
        let Ok(day) = field(columns.day).parse::<Date>() else {
            rows.skip(None, format!("no day (row {place})"));
            continue;
        };
        let rate = Cell::text(field(columns.rate));
        // A rate of zero stays one, so that it is named as what it is.
        let turned = |rate: f64| {
            if inverse && rate != 0.0 {
                1.0 / rate
            } else {
                rate
            }
        };
        rows.take(day, &Row::close(rate.map(turned)));
    }
    let quotes = rows.finish(None)?;
    let currency = if inverse {
        Some(Currency::EUR)
    } else {
        currency.parse().ok()
    };
    Ok(Quotes { currency, ..quotes })
}

fn columns(header: &StringRecord) -> Option<Columns> {
    let place = |name: &str| header.iter().position(|column| column.trim() == name);
    Some(Columns {
        day: place("TIME_PERIOD")?,
        rate: place("OBS_VALUE")?,
        currency: place("CURRENCY"),
        frequency: place("FREQ"),
        count: header.len(),
    })
}

impl Columns {
    /// Refuses rates of another currency and those of weeks or months.
    fn check(&self, record: &StringRecord, currency: &str) -> Result<(), BodyError> {
        let checks = [(self.currency, currency), (self.frequency, "D")];
        for (column, expected) in checks {
            let found = column.and_then(|column| record.get(column));
            if let Some(found) = found.filter(|found| *found != expected) {
                return Err(BodyError::Shape(format!(
                    "rates of “{}” instead of “{expected}”",
                    body::first_words(found)
                )));
            }
        }
        Ok(())
    }
}
