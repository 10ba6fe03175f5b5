//! Facts only: the records of the book, how they are typed in and how they
//! change. No clock, no I/O, no randomness, no environment.

pub mod book;
pub mod calendar;
pub mod change;
pub mod closed_set;
pub mod company;
pub mod date;
pub mod deal;
pub mod debt;
pub mod draft;
pub mod feed;
pub mod figure;
pub mod id;
pub mod instrument;
pub mod metric;
pub mod money;
pub mod note;
mod period;
pub mod phase;
pub mod pin;
pub mod provider;
pub mod repayment;
pub mod series;
pub mod source;
pub mod treasury;
pub mod typed;

pub use book::Book;
pub use change::{Change, Op, Record, RecordKey, RecordKind};
pub use company::Company;
pub use date::{Day, PartialDate, Period, Time};
pub use deal::Deal;
pub use debt::Debt;
pub use feed::{Attempt, EventKind, Feed, Feeds, Fetched, Jump, Outcome, PriceEvent, Quiet};
pub use figure::{Figure, Hedge, Subject};
pub use id::{
    CompanyId, DealId, DebtId, FigureId, InstrumentId, NoteId, PinId, SourceId, TreasuryId,
};
pub use instrument::Instrument;
pub use metric::{Metric, Unit};
pub use money::{Currency, Money};
pub use note::Note;
pub use phase::Phase;
pub use pin::Pin;
pub use provider::{PricePolicy, Provider, ProviderGroup};
pub use repayment::{Instalments, Repayment};
pub use series::{Bar, Prices, Series};
pub use source::Source;
pub use treasury::Treasury;
