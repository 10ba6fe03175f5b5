//! A change of a record in words: what was changed, and its fields before and
//! after. It decides nothing.

use serde_json::{Map, Value};

use crate::model::{Currency, Money, PartialDate, Record, RecordKind, SourceId, Time};
use crate::ui::{Cx, format, provenance};

use super::PastChange;

/// Texts longer than this are cut, for they are told beside others.
const LONG: usize = 60;

/// "Edited deal Microsoft – Childress".
pub fn title(cx: &Cx<'_>, change: &PastChange, record: &Record) -> String {
    let verb = match (&change.before, &change.after) {
        (None, _) => "Added",
        (Some(_), None) => "Deleted",
        (Some(_), Some(_)) => "Edited",
    };
    let kind = record.key().kind.label();
    format!("{verb} {kind} {}", name(cx, record))
        .trim_end()
        .to_owned()
}

fn name(cx: &Cx<'_>, record: &Record) -> String {
    match record {
        Record::Source(source) => source.title.clone(),
        Record::Instrument(instrument) => instrument.symbol.clone(),
        Record::Company(company) => company.name.clone(),
        Record::Figure(figure) => figure.metric.to_string(),
        Record::Deal(deal) => provenance::deal_name(deal),
        Record::Debt(debt) => debt.name.clone(),
        Record::Treasury(event) => event.kind.label().to_lowercase(),
        Record::Note(note) => format!("of {}", format::day_long(note.day)),
        Record::Pin(pin) => {
            let told = pin.references();
            let record = told.first().and_then(|key| cx.book.record(*key));
            let record = record.filter(|record| !matches!(record, Record::Pin(_)));
            record.map_or_else(String::new, |record| format!("about {}", name(cx, &record)))
        }
    }
}

/// The fields that differ: "base value 9.7 bn → 12 bn". Of a record that was
/// added or deleted, what it said.
pub fn changed(cx: &Cx<'_>, change: &PastChange) -> Vec<String> {
    let body = |record: &Option<Record>| {
        let value = record
            .as_ref()
            .map(|record| serde_json::to_value(record.body()));
        match value {
            Some(Ok(Value::Object(fields))) => fields,
            Some(Ok(_) | Err(_)) | None => Map::new(),
        }
    };
    let (before, after) = (body(&change.before), body(&change.after));
    let mut names: Vec<&String> = after.keys().collect();
    names.extend(before.keys().filter(|name| !after.contains_key(*name)));
    let both = change.before.is_some() && change.after.is_some();
    let mut words = Vec::new();
    for field in names {
        let (old, new) = (before.get(field), after.get(field));
        if old == new || matches!(field.as_str(), "id" | "company" | "subject") {
            continue;
        }
        let shown = field.replace('_', " ");
        let side = |value: Option<&Value>, record: &Option<Record>| match value {
            None => format::UNKNOWN.to_owned(),
            Some(value) => text(cx, field, value, record.as_ref()),
        };
        let (old, new) = (side(old, &change.before), side(new, &change.after));
        if both {
            words.push(format!("{shown} {old} → {new}"));
        } else {
            let said = if change.after.is_some() { new } else { old };
            words.push(format!("{shown} {said}"));
        }
    }
    words
}

/// A value of a field as short text.
fn text(cx: &Cx<'_>, field: &str, value: &Value, record: Option<&Record>) -> String {
    if field == "value"
        && let Some(Record::Figure(figure)) = record
    {
        return format::figure(figure);
    }
    match value {
        Value::Null => format::UNKNOWN.to_owned(),
        Value::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(words) => string(cx, field, words),
        Value::Array(items) => {
            let items = items.iter().map(|item| text(cx, field, item, record));
            let all = items.collect::<Vec<_>>().join(", ");
            if all.is_empty() {
                format::UNKNOWN.to_owned()
            } else {
                cut(&all)
            }
        }
        Value::Object(fields) => object(cx, fields, record),
    }
}

/// Money as money; a restated start with the day it was said; anything else as
/// its fields.
fn object(cx: &Cx<'_>, fields: &Map<String, Value>, record: Option<&Record>) -> String {
    let read = |name: &str| fields.get(name).and_then(Value::as_str);
    let amount = read("amount").and_then(|amount| amount.parse().ok());
    let currency = read("currency").and_then(|code| code.parse::<Currency>().ok());
    if let (Some(amount), Some(currency)) = (amount, currency) {
        return format::money(Money::new(amount, currency));
    }
    let parts = fields.iter().map(|(name, value)| {
        let value = text(cx, name, value, record);
        match name.as_str() {
            "date" | "name" => value,
            "source" => format!("by {value}"),
            "stated" => format!("said {value}"),
            _ => format!("{} {value}", name.replace('_', " ")),
        }
    });
    cut(&parts.collect::<Vec<_>>().join(" "))
}

fn string(cx: &Cx<'_>, field: &str, words: &str) -> String {
    if let Ok(id) = words.parse::<uuid::Uuid>() {
        return of_id(cx, id);
    }
    let fraction = matches!(
        field,
        "owned_share" | "escalator" | "noi_margin" | "fixed" | "spread" | "floor" | "fraction"
    );
    if fraction && let Ok(number) = words.parse() {
        return format::fraction(number);
    }
    if let Ok(date) = words.parse::<PartialDate>() {
        return format::partial_date(date);
    }
    if let Ok(time) = words.parse::<Time>() {
        return format::time(time);
    }
    if let Ok(number) = words.parse() {
        return format::decimal(number);
    }
    cut(words)
}

/// The name of a record that a field points to.
fn of_id(cx: &Cx<'_>, id: uuid::Uuid) -> String {
    if cx.book.source(SourceId(id)).is_some() {
        return cut(&provenance::source_name(cx, SourceId(id)));
    }
    let kinds = [RecordKind::Deal, RecordKind::Instrument, RecordKind::Figure];
    let found = kinds
        .into_iter()
        .find_map(|kind| cx.book.record(crate::model::RecordKey::new(kind, id)));
    found.map_or_else(
        || "a record that is gone".to_owned(),
        |record| cut(&name(cx, &record)),
    )
}

fn cut(words: &str) -> String {
    let mut letters = words.chars();
    let short: String = letters.by_ref().take(LONG).collect();
    match letters.next() {
        Some(_) => format!("{}…", short.trim_end()),
        None => short,
    }
}
