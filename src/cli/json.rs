//! Report values: JSON whose keys stay in the order in which they are
//! documented, and the same values as the cells of a CSV. No reports here.

use std::borrow::Cow;

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Serialize, Serializer, ser::SerializeMap as _};

use crate::analytics::{Answer, Missing};

/// A value of a report.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Not known; the reason stands under `reasons`.
    Null,
    /// Yes or no.
    Bool(bool),
    /// A count.
    Integer(i64),
    /// A price, ratio or statistic.
    Number(f64),
    /// A text, date or exact decimal.
    Text(String),
    /// Several values.
    List(Vec<Self>),
    /// Values by key, in this order.
    Object(Object),
}

/// Values by key, in order.
pub type Object = Vec<(Cow<'static, str>, Value)>;

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Integer(value) => serializer.serialize_i64(*value),
            Self::Number(value) => serializer.serialize_f64(*value),
            Self::Text(value) => serializer.serialize_str(value),
            Self::List(values) => serializer.collect_seq(values),
            Self::Object(fields) => {
                let mut map = serializer.serialize_map(Some(fields.len()))?;
                for (key, value) in fields {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
        }
    }
}

impl Value {
    /// An exact decimal, without trailing zeros.
    pub fn exact(value: Decimal) -> Self {
        Self::Text(value.normalize().to_string())
    }

    /// An exact decimal rounded to cents, half away from zero.
    pub fn cents(value: Decimal) -> Self {
        Self::exact(value.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero))
    }

    /// A ratio: the number closest to the decimal.
    pub fn ratio(value: Decimal) -> Self {
        // A decimal's text is always a number.
        value.to_string().parse().map_or(Self::Null, Self::Number)
    }

    /// Whatever prints as its canonical text: dates, symbols, ids.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "dates and ids come by value, names by reference: Display has both"
    )]
    pub fn text(value: impl ToString) -> Self {
        Self::Text(value.to_string())
    }

    /// A count.
    pub fn count(value: usize) -> Self {
        Self::Integer(i64::try_from(value).unwrap_or(i64::MAX))
    }

    /// A list of texts.
    pub fn texts<T: ToString>(values: impl IntoIterator<Item = T>) -> Self {
        Self::List(values.into_iter().map(Self::text).collect())
    }

    /// Texts by key.
    pub fn sentences<K: Into<Cow<'static, str>>>(
        values: impl IntoIterator<Item = (K, String)>,
    ) -> Self {
        let fields = values.into_iter();
        Self::Object(fields.map(|(k, v)| (k.into(), Self::Text(v))).collect())
    }

    /// The value as a CSV cell: nothing where it is not known, parts of lists
    /// and objects after each other.
    pub fn cell(&self) -> String {
        let join = |parts: Vec<String>| parts.join("; ");
        match self {
            Self::Null => String::new(),
            Self::Bool(value) => value.to_string(),
            Self::Integer(value) => value.to_string(),
            Self::Number(value) => value.to_string(),
            Self::Text(value) => value.clone(),
            Self::List(values) => join(values.iter().map(Self::cell).collect()),
            Self::Object(fields) => join(
                fields
                    .iter()
                    .map(|(key, value)| format!("{key}: {}", value.cell()))
                    .collect(),
            ),
        }
    }
}

/// A row in the making: values, and why others are not known.
#[derive(Default)]
pub struct Row {
    fields: Object,
    reasons: Vec<(Cow<'static, str>, String)>,
    notes: Vec<(Cow<'static, str>, String)>,
}

impl Row {
    /// A value.
    pub fn put(&mut self, key: &'static str, value: Value) -> &mut Self {
        self.fields.push((key.into(), value));
        self
    }

    /// A value, or why it is not known.
    pub fn known(&mut self, key: &'static str, value: Option<Value>, reason: &str) -> &mut Self {
        if value.is_none() {
            self.reasons.push((key.into(), reason.to_owned()));
        }
        self.put(key, value.unwrap_or(Value::Null))
    }

    /// A value, or the reason that stands in its place.
    pub fn result(&mut self, key: &'static str, value: Result<Value, &Missing>) -> &mut Self {
        match value {
            Ok(value) => self.put(key, value),
            Err(missing) => self.known(key, None, &missing.0),
        }
    }

    /// An answer of the analytics with its remark.
    pub fn answer<T>(
        &mut self,
        key: &'static str,
        answer: &Answer<T>,
        value: impl Fn(&T) -> Value,
    ) -> &mut Self {
        if let Ok(stated) = answer
            && let Some(remark) = &stated.remark
        {
            self.note(key, remark.clone());
        }
        self.result(key, answer.as_ref().map(|stated| value(&stated.value)))
    }

    /// What to know about a value.
    pub fn note(&mut self, key: &'static str, text: String) -> &mut Self {
        self.notes.push((key.into(), text));
        self
    }

    /// Why a value is not known.
    pub fn reason(&mut self, key: &'static str, text: String) -> &mut Self {
        self.reasons.push((key.into(), text));
        self
    }

    /// The row, ending with its notes and reasons.
    pub fn finish(mut self) -> Object {
        self.fields
            .push(("notes".into(), Value::sentences(self.notes)));
        self.fields
            .push(("reasons".into(), Value::sentences(self.reasons)));
        self.fields
    }
}
