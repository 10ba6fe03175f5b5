//! The whole book as one JSON file, a record a line, so that two versions can
//! be compared by eye. It must not open files or change a book.

use std::collections::{BTreeMap, BTreeSet};

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use uuid::Uuid;

pub use super::book_file_error::{BadRecord, BookFileError};
use super::import_plan::by_dependence;
pub use super::import_plan::{ImportPlan, plan_import};
use crate::model::{Book, Record, RecordKey, RecordKind};

/// What the file says it is.
pub const FORMAT: &str = "gigawatch book";
/// The version written, and the newest that is read. Version 2 has `pins`.
pub const VERSION: u64 = 2;

/// How much of an offending text a message quotes, in characters.
const QUOTED: usize = 80;

/// The book as text. The same book always gives the same text.
pub fn write(book: &Book) -> Result<String, BookFileError> {
    let mut sections: BTreeMap<RecordKind, Vec<String>> = BTreeMap::new();
    for record in book.records() {
        let line = serde_json::to_string(&record.body())
            .map_err(|error| BookFileError::Unwritable(error.to_string()))?;
        sections.entry(record.key().kind).or_default().push(line);
    }
    let mut text = format!("{{\n\"format\":\"{FORMAT}\",\n\"version\":{VERSION}");
    for kind in RecordKind::ALL {
        text.push_str(",\n\"");
        text.push_str(section(*kind));
        text.push_str("\":[");
        if let Some(lines) = sections.get(kind) {
            text.push('\n');
            text.push_str(&lines.join(",\n"));
            text.push('\n');
        }
        text.push(']');
    }
    text.push_str("\n}\n");
    Ok(text)
}

/// The records of a book file, each after those it refers to. Either all of
/// them are sound, or all the bad ones are named.
pub fn read(bytes: &[u8]) -> Result<Vec<Record>, BookFileError> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let value = serde_json::from_slice(bytes).map_err(|error| BookFileError::NotJson {
        line: error.line(),
        column: error.column(),
        reason: reason(&error),
    })?;
    let Value::Object(mut file) = value else {
        return Err(BookFileError::NotABook(
            "it does not start with “{”".to_owned(),
        ));
    };
    check_head(&mut file)?;
    let mut reader = Reader::default();
    for kind in RecordKind::ALL {
        match file.remove(section(*kind)) {
            None => {}
            Some(Value::Array(values)) => reader.read_section(*kind, values),
            Some(_) => {
                let name = section(*kind);
                return Err(BookFileError::NotABook(format!("“{name}” is not a list")));
            }
        }
    }
    if let Some((name, _)) = file.into_iter().next() {
        return Err(BookFileError::NotABook(format!(
            "“{name}” is no part of a book"
        )));
    }
    reader.finish()
}

/// Takes format and version out of the file and refuses what is not ours.
fn check_head(file: &mut Map<String, Value>) -> Result<(), BookFileError> {
    match file.remove("format") {
        Some(Value::String(format)) if format == FORMAT => {}
        Some(other) => {
            let found = quote(&other);
            let text = format!("its format is “{found}”, not “{FORMAT}”");
            return Err(BookFileError::NotABook(text));
        }
        None => {
            let text = format!("it has no “format”, which must be “{FORMAT}”");
            return Err(BookFileError::NotABook(text));
        }
    }
    let version = file.remove("version").unwrap_or(Value::Null);
    match version.as_u64() {
        Some(found) if found > VERSION => Err(BookFileError::Newer {
            found,
            known: VERSION,
        }),
        Some(found) if found > 0 => Ok(()),
        Some(_) | None => {
            let text = format!("its version is “{}”, not {VERSION}", quote(&version));
            Err(BookFileError::NotABook(text))
        }
    }
}

/// A record read, with what is needed to say where it stands.
struct Placed {
    record: Record,
    position: usize,
    fields: Map<String, Value>,
}

/// Collects records and faults, so that every fault is reported at once.
#[derive(Default)]
struct Reader {
    placed: Vec<Placed>,
    bad: Vec<BadRecord>,
    /// Where each id was first seen, also of records that could not be read:
    /// a reference to a bad record is not a second fault.
    seen: BTreeMap<RecordKey, usize>,
}

impl Reader {
    fn read_section(&mut self, kind: RecordKind, values: Vec<Value>) {
        for (before, value) in values.into_iter().enumerate() {
            let position = before.saturating_add(1);
            let Value::Object(fields) = value else {
                let mut fault = fault(kind, position, &Map::new(), "it is not a record");
                fault.text = Some(quote(&value));
                self.bad.push(fault);
                continue;
            };
            self.read_record(kind, position, fields);
        }
    }

    fn read_record(&mut self, kind: RecordKind, position: usize, fields: Map<String, Value>) {
        let id = fields.get("id").and_then(Value::as_str);
        if let Some(id) = id.and_then(|text| Uuid::parse_str(text).ok()) {
            let key = RecordKey::new(kind, id);
            if let Some(first) = self.seen.insert(key, position) {
                let label = kind.label();
                let text = format!("its id is taken by {label} {first} already");
                self.bad.push(fault(kind, position, &fields, &text));
            }
        }
        match parse(kind, &fields) {
            Ok(record) => self.placed.push(Placed {
                record,
                position,
                fields,
            }),
            Err(error) => {
                let field = offending_field(kind, &fields, &error);
                let mut fault = fault(kind, position, &fields, &error);
                fault.text = field.as_ref().and_then(|name| fields.get(name)).map(quote);
                fault.field = field;
                self.bad.push(fault);
            }
        }
    }

    fn finish(mut self) -> Result<Vec<Record>, BookFileError> {
        for placed in &self.placed {
            let dangling: BTreeSet<_> = placed.record.references().into_iter().collect();
            for key in dangling {
                if !self.seen.contains_key(&key) {
                    self.bad.push(dangling_fault(placed, key));
                }
            }
        }
        if !self.bad.is_empty() {
            return Err(BookFileError::BadRecords(self.bad));
        }
        let mut records: Vec<_> = self.placed.into_iter().map(|p| p.record).collect();
        records.sort_by_key(by_dependence);
        Ok(records)
    }
}

fn fault(kind: RecordKind, position: usize, fields: &Map<String, Value>, why: &str) -> BadRecord {
    BadRecord {
        kind,
        position,
        id: fields.get("id").map(quote),
        field: None,
        text: None,
        reason: why.to_owned(),
    }
}

fn dangling_fault(placed: &Placed, to: RecordKey) -> BadRecord {
    let id = to.id.to_string();
    let kind = placed.record.key().kind;
    let reason = format!("refers to a {} that is not in the file", to.kind.label());
    let mut fault = fault(kind, placed.position, &placed.fields, &reason);
    // References may stand inside a list or an object, so the text is searched.
    fault.field = placed
        .fields
        .iter()
        .filter(|(name, _)| *name != "id")
        .find(|(_, value)| value.to_string().contains(&id))
        .map(|(name, _)| name.clone());
    fault.text = Some(id);
    fault
}

/// The name under which a file lists the records of a kind.
const fn section(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Source => "sources",
        RecordKind::Instrument => "instruments",
        RecordKind::Company => "companies",
        RecordKind::Figure => "figures",
        RecordKind::Deal => "deals",
        RecordKind::Debt => "debts",
        RecordKind::Treasury => "treasury",
        RecordKind::Note => "notes",
        RecordKind::Pin => "pins",
    }
}

fn parse(kind: RecordKind, fields: &Map<String, Value>) -> Result<Record, String> {
    match kind {
        RecordKind::Source => parse_as(fields).map(Record::Source),
        RecordKind::Instrument => parse_as(fields).map(Record::Instrument),
        RecordKind::Company => parse_as(fields).map(Record::Company),
        RecordKind::Figure => parse_as(fields).map(Record::Figure),
        RecordKind::Deal => parse_as(fields).map(Record::Deal),
        RecordKind::Debt => parse_as(fields).map(Record::Debt),
        RecordKind::Treasury => parse_as(fields).map(Record::Treasury),
        RecordKind::Note => parse_as(fields).map(Record::Note),
        RecordKind::Pin => parse_as(fields).map(Record::Pin),
    }
}

fn parse_as<T: DeserializeOwned>(fields: &Map<String, Value>) -> Result<T, String> {
    serde_json::from_value(Value::Object(fields.clone())).map_err(|error| error.to_string())
}

/// The field that a parse error comes from. Serde does not say; but the field
/// is the one without which the error is another one.
fn offending_field(kind: RecordKind, fields: &Map<String, Value>, error: &str) -> Option<String> {
    let lacking = error
        .strip_prefix("missing field `")
        .and_then(|rest| rest.split('`').next());
    let culprit = fields.iter().find_map(|(name, value)| {
        let inside = value.is_object() || value.is_array();
        if lacking.is_some() && !inside {
            return None;
        }
        let mut without = fields.clone();
        without.remove(name);
        let other = parse(kind, &without).err();
        let changed = other.as_deref() != Some(error);
        // Without a required field the record only lacks one more.
        let lacks_it = other.is_some_and(|text| text == format!("missing field `{name}`"));
        let excused = lacking.is_some() && lacks_it;
        (changed && !excused).then(|| name.clone())
    });
    culprit.or_else(|| lacking.map(str::to_owned))
}

/// A value as a message quotes it: text bare, all else as JSON, shortened.
fn quote(value: &Value) -> String {
    let text = value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned);
    if text.chars().count() <= QUOTED {
        return text;
    }
    let start: String = text.chars().take(QUOTED).collect();
    format!("{start}…")
}

/// What serde found, without the place, which is told apart.
fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.rsplit_once(" at line ")
        .map_or_else(|| text.clone(), |(start, _)| start.to_owned())
}
