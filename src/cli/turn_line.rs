//! What `prices update` says of one instrument: who gave its prices, or why
//! nobody did. Nothing is fetched or stored here.

use jiff::civil::Date;

use super::json::{Object, Value};
use super::prices::moment;
use super::text::{self, known, numbers, words};
use crate::fetch::Done;
use crate::model::{Attempt, Instrument, InstrumentId, PricePolicy, Prices, Provider, Series};
use crate::refresh::{Kept, NotAsked, providers_for};

/// How many characters of a detail the table shows.
const DETAIL_MOST: usize = 72;

/// One instrument and what came of its turn.
pub(super) struct Line {
    pub(super) instrument: InstrumentId,
    pub(super) symbol: String,
    /// Why nobody can be asked.
    not_asked: Option<NotAsked>,
    attempts: Vec<Attempt>,
    last_day: Option<Date>,
}

impl Line {
    /// An instrument before its turn.
    pub(super) fn new(instrument: &Instrument, policy: &PricePolicy, prices: &Prices) -> Self {
        let series = prices.get(&instrument.symbol);
        Self {
            instrument: instrument.id,
            symbol: instrument.symbol.clone(),
            not_asked: providers_for(instrument, policy).err(),
            attempts: Vec::new(),
            last_day: series.and_then(Series::last).map(|bar| bar.day),
        }
    }

    /// Takes in how its turn ended and what was kept.
    pub(super) fn end(&mut self, done: &Done, kept: Option<&Kept>) {
        self.attempts.clone_from(&done.attempts);
        if let Some(stored) = kept.and_then(|kept| kept.stored.as_ref()) {
            let series = stored.series.as_ref();
            self.last_day = series.and_then(Series::last).map(|bar| bar.day);
        }
    }

    /// Whether a provider made it as up to date as it can be.
    pub(super) fn is_success(&self) -> bool {
        let last = self.attempts.last();
        last.is_some_and(|attempt| attempt.outcome.is_success())
    }

    /// Whether it should be up to date and is not. What the user locked is as
    /// they want it.
    pub(super) fn is_failure(&self) -> bool {
        !self.is_success() && self.not_asked != Some(NotAsked::Locked)
    }

    /// Who gave its prices.
    fn provider(&self) -> Option<Provider> {
        let last = self.attempts.last();
        let last = last.filter(|attempt| attempt.outcome.is_success());
        last.map(|attempt| attempt.provider)
    }

    /// What came of the last attempt, or why there is none.
    fn outcome(&self) -> (&'static str, &'static str) {
        match (self.attempts.last(), self.not_asked) {
            (Some(attempt), _) => (attempt.outcome.code(), attempt.outcome.label()),
            (None, Some(NotAsked::Locked)) => ("locked", "locked"),
            (None, Some(NotAsked::NoProvider) | None) => ("no_provider", "no provider"),
        }
    }

    /// All of it in words: every provider that was asked, if one refused.
    pub(super) fn detail(&self) -> String {
        match (self.attempts.as_slice(), self.not_asked) {
            ([], Some(why)) => why.to_string(),
            // Only a key can be missing: everything else was looked at before.
            ([], None) => "no provider that is on has it without a key".to_owned(),
            ([only], _) if only.outcome.is_success() => only.detail.clone(),
            (attempts, _) => {
                let told: Vec<String> = attempts.iter().map(attempt_in_words).collect();
                told.join("; ")
            }
        }
    }
}

fn attempt_in_words(attempt: &Attempt) -> String {
    let name = attempt.provider.label();
    let colon = if attempt.outcome.is_success() {
        ":"
    } else {
        ""
    };
    let next = attempt.next_try.map(moment);
    let next = next.map_or_else(String::new, |at| format!(", next try {at}"));
    format!("{name}{colon} {}{next}", attempt.detail)
}

/// A line an instrument, for people.
pub(super) fn table(lines: &[Line]) -> String {
    let columns = [
        words("Symbol", 16),
        words("Provider", 10),
        words("Result", 16),
        numbers("Rows"),
        words("Last day", 10),
        words("Detail", DETAIL_MOST),
    ];
    let row = |line: &Line| {
        let rows = line.attempts.last().filter(|_| line.is_success());
        vec![
            line.symbol.clone(),
            known(line.provider(), |provider| provider.label().to_owned()),
            line.outcome().1.to_owned(),
            known(rows, |attempt| attempt.rows.to_string()),
            known(line.last_day, |day| day.to_string()),
            line.detail(),
        ]
    };
    let rows: Vec<Vec<String>> = lines.iter().map(row).collect();
    text::table(&columns, &rows)
}

/// An object an instrument, for programs.
pub(super) fn json(lines: &[Line]) -> Value {
    let object = |line: &Line| {
        let last = line.attempts.last();
        let attempts = line.attempts.iter().map(attempt_json).map(Value::Object);
        Value::Object(vec![
            ("symbol".into(), Value::text(&line.symbol)),
            (
                "provider".into(),
                or_null(line.provider().map(|provider| Value::text(provider.code()))),
            ),
            ("outcome".into(), Value::text(line.outcome().0)),
            ("detail".into(), Value::text(line.detail())),
            (
                "rows".into(),
                or_null(last.map(|last| Value::count(last.rows))),
            ),
            (
                "skipped".into(),
                or_null(last.map(|last| Value::count(last.skipped))),
            ),
            ("last_day".into(), or_null(line.last_day.map(Value::text))),
            ("attempts".into(), Value::List(attempts.collect())),
        ])
    };
    Value::List(lines.iter().map(object).collect())
}

fn attempt_json(attempt: &Attempt) -> Object {
    vec![
        ("provider".into(), Value::text(attempt.provider.code())),
        ("at".into(), Value::text(moment(attempt.at))),
        ("outcome".into(), Value::text(attempt.outcome.code())),
        ("detail".into(), Value::text(&attempt.detail)),
        ("rows".into(), Value::count(attempt.rows)),
        ("skipped".into(), Value::count(attempt.skipped)),
        (
            "next_try".into(),
            or_null(attempt.next_try.map(|at| Value::text(moment(at)))),
        ),
    ]
}

fn or_null(value: Option<Value>) -> Value {
    value.unwrap_or(Value::Null)
}
