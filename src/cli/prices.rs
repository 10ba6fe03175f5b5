//! `prices list`: how far the prices of each instrument reach and how they came.
//! And the preferences that fetching goes by. Nothing is fetched here.

use std::io::ErrorKind;
use std::path::Path;

use jiff::Timestamp;
use serde::Deserialize;

use super::json::{Object, Value};
use super::text::{self, known, numbers, words};
use super::{Answer, Place};
use crate::analytics::freshness::coverage;
use crate::model::{Instrument, PricePolicy};
use crate::refresh;
use crate::session::{self, Session};
use crate::store::Access;

pub(super) fn list(place: &Place, json: bool) -> anyhow::Result<Answer> {
    let session = session::open(&place.folder, place.now.timestamp())?;
    let instruments = refresh::in_order(&session.book);
    let rows = instruments
        .into_iter()
        .map(|instrument| row(&session, instrument, place.now.timestamp()));
    let rows: Vec<Object> = rows.collect();
    let mut answer = Answer::done(if json {
        let rows = rows.into_iter().map(Value::Object);
        text::json(&Value::List(rows.collect()))
    } else {
        table(&rows)
    });
    if *session.store.access() == Access::ReadWrite {
        answer.complaints = session.notices;
    }
    Ok(answer)
}

fn row(session: &Session, instrument: &Instrument, now: Timestamp) -> Object {
    let feed = session.feeds.get(instrument.id);
    let series = session.prices.get(&instrument.symbol);
    let live = feed.and_then(|feed| feed.live);
    let reach = coverage(instrument.kind, series, live, now);
    let attempt = feed.and_then(|feed| feed.last_turn.last());
    let or_null = |value: Option<Value>| value.unwrap_or(Value::Null);
    vec![
        ("symbol".into(), Value::text(&instrument.symbol)),
        (
            "provider".into(),
            or_null(feed.and_then(|feed| feed.last_by.as_ref().map(Value::text))),
        ),
        ("first_day".into(), or_null(reach.first.map(Value::text))),
        ("last_day".into(), or_null(reach.last.map(Value::text))),
        ("rows".into(), Value::count(reach.rows)),
        (
            "gaps".into(),
            or_null(reach.first.map(|_| Value::count(reach.gaps))),
        ),
        (
            "last_attempt".into(),
            or_null(attempt.map(|attempt| Value::text(moment(attempt.at)))),
        ),
        (
            "last_result".into(),
            or_null(attempt.map(|attempt| Value::text(attempt.outcome.code()))),
        ),
    ]
}

/// A moment to the second, in UTC: `2026-11-20T21:15:00Z`.
pub(super) fn moment(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn table(rows: &[Object]) -> String {
    let columns = [
        words("Symbol", 16),
        words("Provider", 12),
        words("First day", 10),
        words("Last day", 10),
        numbers("Rows"),
        numbers("Gaps"),
        words("Last attempt", 20),
        words("Result", 20),
    ];
    let cell = |value: &Value| known((*value != Value::Null).then(|| value.cell()), |cell| cell);
    let rows: Vec<Vec<String>> = rows
        .iter()
        .map(|row| row.iter().map(|(_, value)| cell(value)).collect())
        .collect();
    text::table(&columns, &rows)
}

/// The part of the preferences that fetching goes by.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Preferences {
    prices: PricePolicy,
}

/// How prices are to be fetched, and what is wrong with the file that says so.
pub(super) fn policy(path: &Path) -> (PricePolicy, Option<String>) {
    let wrong = |what: String| {
        let text = format!("{} {what}: the defaults are used", path.display());
        (PricePolicy::default(), Some(text))
    };
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return (PricePolicy::default(), None);
        }
        Err(error) => return wrong(format!("cannot be read ({error})")),
    };
    match toml::from_str::<Preferences>(&text) {
        Ok(preferences) => (preferences.prices, None),
        Err(error) => wrong(format!("is not understood ({})", error.message())),
    }
}
