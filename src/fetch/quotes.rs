//! What a provider's body says: bars that can be trusted one by one, and
//! everything that cannot, with its reason.

use jiff::civil::Date;
use thiserror::Error;

use crate::model::{Bar, Currency, PriceEvent};

/// What a body holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Quotes {
    /// Bars in order of days, a day once, every one of them valid.
    pub bars: Vec<Bar>,
    /// Splits and dividends, in order of days.
    pub events: Vec<PriceEvent>,
    /// The currency of the bars where the body says it: the main unit, into
    /// which pence and the like have been converted.
    pub currency: Option<Currency>,
    /// The day whose session had not ended, where the body says so.
    pub live: Option<Date>,
    /// The symbol under which the provider keeps the series, if it is not the
    /// one asked for: the ticker changed.
    pub renamed: Option<String>,
    /// Rows that could not be taken.
    pub skipped: Vec<Skipped>,
}

/// A row that could not be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// Its day, if that could be read.
    pub day: Option<Date>,
    /// Why, as a clause: "no close", "close of 0".
    pub reason: String,
}

/// Why a body gives no bars. The texts follow the provider's name.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum BodyError {
    /// Nothing is in it.
    #[error("answered with an empty body")]
    Empty,
    /// A web page: a block, a captcha, a notice.
    #[error("answered with a web page instead of prices")]
    Html,
    /// A text that is no data; its first words.
    #[error("answered “{0}”")]
    Text(String),
    /// It ends in the middle, or is not what it claims to be.
    #[error("answered with something that cannot be read ({0})")]
    Broken(String),
    /// Readable, but not of the form that is known.
    #[error("answered in an unknown form ({0})")]
    Shape(String),
    /// The provider has no prices of those days.
    #[error("has no prices of those days{}", after_colon(.0))]
    NoData(String),
    /// The provider does not know the symbol; its words.
    #[error("does not know the symbol{}", after_colon(.0))]
    UnknownSymbol(String),
    /// Asked too often; its words.
    #[error("was asked too often{}", after_colon(.0))]
    Limited(String),
    /// It wants a key or another one; its words.
    #[error("refuses to answer{}", after_colon(.0))]
    Denied(String),
    /// An error of its own; its words.
    #[error("has an error{}", after_colon(.0))]
    Provider(String),
    /// Prices in a unit that is none of the known currencies.
    #[error("gives prices in “{0}”, which is no currency known here")]
    Currency(String),
}

fn after_colon(text: &str) -> String {
    if text.is_empty() {
        String::new()
    } else {
        format!(": {text}")
    }
}
