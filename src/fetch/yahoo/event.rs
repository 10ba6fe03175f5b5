//! Splits and dividends of a chart of Yahoo: maps keyed by the time of the
//! first session after them. Not the prices.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde_json::{Map, Value};

use super::meta::Meta;
use crate::fetch::number;
use crate::fetch::rows::Rows;
use crate::model::{EventKind, PriceEvent};

/// The events of the days asked for, in order of days. One that makes no sense
/// is counted among the rows that cannot be taken. Dividends are in the unit
/// of the prices.
pub fn read(
    events: Option<&Value>,
    meta: &Meta<'_>,
    hundredths: bool,
    rows: &mut Rows,
) -> Vec<PriceEvent> {
    let map = |name: &str| events.and_then(|events| events.get(name)?.as_object());
    let mut found = Vec::new();
    for (day, event) in dated(map("dividends"), meta) {
        let amount = number::decimal(event.get("amount"))
            .and_then(|amount| in_main_unit(amount, hundredths))
            .filter(|amount| *amount > Decimal::ZERO);
        let what = amount.map(|amount| EventKind::Dividend { amount });
        keep(&mut found, rows, day, what, "a dividend without an amount");
    }
    for (day, event) in dated(map("splits"), meta) {
        let what = ratio(event).map(|(new, old)| EventKind::Split { new, old });
        keep(&mut found, rows, day, what, "a split without a ratio");
    }
    // One share for one changes nothing.
    found.retain(|event| !matches!(event.what, EventKind::Split { new, old } if new == old));
    found.sort();
    found.dedup();
    found
}

fn dated<'a>(
    events: Option<&'a Map<String, Value>>,
    meta: &Meta<'_>,
) -> Vec<(Option<Date>, &'a Value)> {
    let day = |key: &str, event: &Value| {
        let seconds = event.get("date").and_then(Value::as_i64);
        meta.day_of(seconds.or_else(|| key.parse().ok())?)
    };
    let events = events.into_iter().flatten();
    events
        .map(|(key, event)| (day(key, event), event))
        .collect()
}

fn keep(
    found: &mut Vec<PriceEvent>,
    rows: &mut Rows,
    day: Option<Date>,
    what: Option<EventKind>,
    fault: &str,
) {
    match (day, what) {
        (Some(day), Some(what)) if rows.wants(day) => found.push(PriceEvent { day, what }),
        (Some(_), Some(_)) => {}
        (_, None) => rows.skip(day, fault.to_owned()),
        (None, Some(_)) => rows.skip(None, "a split or dividend without a day".to_owned()),
    }
}

fn in_main_unit(amount: Decimal, hundredths: bool) -> Option<Decimal> {
    if hundredths {
        Some(amount.checked_div(Decimal::ONE_HUNDRED)?.normalize())
    } else {
        Some(amount)
    }
}

/// New shares for old ones, both above zero, from the two numbers or from "4:1".
fn ratio(event: &Value) -> Option<(Decimal, Decimal)> {
    let field = |name: &str| number::decimal(event.get(name));
    let told = field("numerator").zip(field("denominator"));
    let text = || {
        let (new, old) = event.get("splitRatio")?.as_str()?.split_once(':')?;
        let part = |text: &str| number::decimal(Some(&Value::String(text.to_owned())));
        part(new).zip(part(old))
    };
    let sound = |(new, old): &(Decimal, Decimal)| *new > Decimal::ZERO && *old > Decimal::ZERO;
    told.filter(sound).or_else(|| text().filter(sound))
}
