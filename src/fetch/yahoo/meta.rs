//! What a chart of Yahoo says of itself: symbol, unit, time zone, session,
//! length of a row. Not the prices.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone, TimeZoneDatabase};
use serde_json::Value;

use crate::fetch::{Ask, BodyError, body, candle};
use crate::model::Currency;
use crate::model::instrument::InstrumentKind;

/// Units in which some exchanges quote, a hundredth of a currency each: pence,
/// cents of South Africa, agorot.
const HUNDREDTHS: &[(&str, &str)] = &[
    ("GBp", "GBP"),
    ("GBX", "GBP"),
    ("ZAc", "ZAR"),
    ("ILA", "ILS"),
];

/// The `meta` of a chart.
pub struct Meta<'a> {
    value: &'a Value,
    zone: TimeZone,
}

impl<'a> Meta<'a> {
    /// Reads it; what is missing there is unknown.
    pub fn read(value: &'a Value) -> Self {
        let named = value.get("exchangeTimezoneName").and_then(Value::as_str);
        // The zones that come with the app, so that every machine reads alike.
        let zone = named.and_then(|name| TimeZoneDatabase::bundled().get(name).ok());
        let fixed = || {
            let seconds = value.get("gmtoffset")?.as_i64()?;
            let offset = Offset::from_seconds(i32::try_from(seconds).ok()?).ok()?;
            Some(TimeZone::fixed(offset))
        };
        let zone = zone.or_else(fixed).unwrap_or(TimeZone::UTC);
        Self { value, zone }
    }

    /// The exchange's day at a time in seconds; none if no calendar has it.
    pub fn day_of(&self, seconds: i64) -> Option<Date> {
        let moment = Timestamp::from_second(seconds).ok()?;
        Some(moment.to_zoned(self.zone.clone()).date())
    }

    fn text(&self, name: &str) -> Option<&'a str> {
        let text = self.value.get(name)?.as_str()?.trim();
        (!text.is_empty()).then_some(text)
    }

    /// Refuses rows of weeks or minutes, which some spans are answered with.
    pub fn check_daily(&self) -> Result<(), BodyError> {
        match self.text("dataGranularity") {
            Some(length) if length != "1d" => Err(BodyError::Shape(format!(
                "rows of “{}” instead of days",
                body::first_words(length)
            ))),
            Some(_) | None => Ok(()),
        }
    }

    /// The currency, and whether the prices are hundredths of it; no currency
    /// where none is named.
    pub fn unit(&self) -> Result<(Option<Currency>, bool), BodyError> {
        let Some(unit) = self.text("currency") else {
            return Ok((None, false));
        };
        let main = HUNDREDTHS.iter().find(|(small, _)| *small == unit);
        let code = main.map_or(unit, |(_, main)| main);
        let known: Option<Currency> = code.parse().ok();
        let currency = known.ok_or_else(|| BodyError::Currency(body::first_words(unit)))?;
        Ok((Some(currency), main.is_some()))
    }

    /// The symbol of the series, if it is another than the one asked for.
    pub fn renamed(&self, asked: &str) -> Option<String> {
        let named = self.text("symbol")?;
        (!short(named).eq_ignore_ascii_case(short(asked))).then(|| named.to_owned())
    }

    /// Whether the bar of this day, the newest, was taken before its session ended.
    pub fn is_live(&self, day: Date, ask: &Ask) -> bool {
        if ask.kind == InstrumentKind::Crypto {
            return day == candle::day_of(ask.now);
        }
        let regular = self.value.pointer("/currentTradingPeriod/regular");
        let second = |name: &str| regular.and_then(|regular| regular.get(name)?.as_i64());
        let (Some(start), Some(end)) = (second("start"), second("end")) else {
            return false;
        };
        ask.now.as_second() < end && self.day_of(start) == Some(day)
    }
}

/// `USDINR=X` and `INR=X` are the same pair.
fn short(symbol: &str) -> &str {
    match symbol.strip_prefix("USD") {
        Some(rest) if rest.len() == 5 && rest.ends_with("=X") => rest,
        Some(_) | None => symbol,
    }
}
