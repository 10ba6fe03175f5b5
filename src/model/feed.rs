//! How a price series came to be and how well it is kept: who gave it, when it
//! was asked for and what came of it, splits and dividends, what is the user's
//! own. Not the prices themselves.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{InstrumentId, Provider, Series};
use crate::closed_set;

/// A split or a dividend, as a provider tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PriceEvent {
    /// The first day on which prices are after it.
    pub day: Date,
    /// What happened.
    pub what: EventKind,
}

/// What changed the meaning of a price.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EventKind {
    /// `new` shares for `old` ones: 4 for 1 is a split, 1 for 10 a
    /// consolidation. Both are above zero.
    Split {
        /// Shares after it.
        new: Decimal,
        /// Shares before it.
        old: Decimal,
    },
    /// Cash paid on one share, in the instrument's currency, above zero.
    Dividend {
        /// The amount.
        amount: Decimal,
    },
}

/// A close so far from the one before that it is asked about before it counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Jump {
    /// Who told it.
    pub provider: Provider,
    /// The last day that stands.
    pub day_before: Date,
    /// Its close.
    pub before: f64,
    /// The day in question.
    pub day: Date,
    /// Its close.
    pub close: f64,
}

impl Jump {
    /// The change as a fraction: 0.8 for a rise of 80 %.
    pub fn change(&self) -> f64 {
        self.close / self.before - 1.0
    }
}

/// New prices of one instrument from a provider, checked and ready to be kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Fetched {
    /// Whose prices.
    pub instrument: InstrumentId,
    /// Who gave them.
    pub provider: Provider,
    /// When.
    pub at: Timestamp,
    /// The bars. Days that are the user's own are never replaced by them.
    pub bars: Series,
    /// Splits and dividends within the days asked for.
    pub events: Vec<PriceEvent>,
    /// The day whose session had not ended, if its bar is among these.
    pub live: Option<Date>,
    /// How they take the place of what is stored.
    pub extent: Extent,
    /// What must be asked about; its bar and those beyond are not among these.
    pub question: Option<Jump>,
}

/// How fetched bars take the place of stored ones, the user's own excepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Day by day; other days stay.
    Days,
    /// From the first of these bars on, nothing else stays: whole history, or as
    /// much of it as this provider has.
    FromFirst,
    /// Nothing else stays at all: earlier bars are on another footing, as after
    /// a split.
    Everything,
}

closed_set! {
    /// What came of asking a provider for an instrument.
    Outcome {
        /// New or restated bars came.
        Updated = "updated", "updated";
        /// The whole history came.
        Rebuilt = "rebuilt", "history fetched";
        /// Nothing new came.
        Unchanged = "unchanged", "nothing new";
        /// Bars came, and some wait for an answer of the user.
        Question = "question", "question";
        /// The provider knows no prices of those days.
        NoData = "no_data", "no data";
        /// The provider does not know the symbol.
        UnknownSymbol = "unknown_symbol", "unknown symbol";
        /// The provider says that it was asked too often.
        Limited = "limited", "limited";
        /// Not asked: the provider wanted quiet and the time is not over.
        Quiet = "quiet", "not asked";
        /// The provider wants a key, or refuses this one.
        Denied = "denied", "refused";
        /// Prices came in another currency than the book's.
        Currency = "currency", "other currency";
        /// The body is not what the provider promises.
        BadBody = "bad_body", "not understood";
        /// The provider has an error of its own.
        ServerError = "server_error", "server error";
        /// No connection.
        Unreachable = "unreachable", "unreachable";
        /// No answer in time.
        TimedOut = "timed_out", "timed out";
        /// The user stopped it.
        Cancelled = "cancelled", "cancelled";
    }
}

impl Outcome {
    /// Whether the instrument is now as up to date as this provider can make it.
    pub const fn is_success(self) -> bool {
        matches!(
            self,
            Self::Updated | Self::Rebuilt | Self::Unchanged | Self::Question
        )
    }
}

/// One provider asked for one instrument.
#[derive(Clone, Debug, PartialEq)]
pub struct Attempt {
    /// When the instrument's turn began: its attempts of one turn share it.
    pub turn: Timestamp,
    /// When it ended.
    pub at: Timestamp,
    /// Whose prices.
    pub instrument: InstrumentId,
    /// Who was asked.
    pub provider: Provider,
    /// What came of it.
    pub outcome: Outcome,
    /// In words for the user, without the provider's name, no capital, no full
    /// stop: "answered 429", "3 rows new, 1 skipped: no close on 5 Nov 2026".
    pub detail: String,
    /// Bars that were not stored before or differ from what was.
    pub rows: usize,
    /// Rows of the body that could not be taken.
    pub skipped: usize,
    /// Before this the provider will not be asked again.
    pub next_try: Option<Timestamp>,
}

/// A host that wants to be left alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quiet {
    /// The provider whose host it is.
    pub provider: Provider,
    /// Until when.
    pub until: Timestamp,
}

/// What is known of the series of one instrument.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Feed {
    /// Stored rows by who gave them: `file` and `typed` are the user's own,
    /// `starter` the first start's, others are codes of providers.
    pub rows_by: BTreeMap<String, usize>,
    /// Who gave the newest bar.
    pub last_by: Option<String>,
    /// The newest stored day of each provider.
    pub last_of: BTreeMap<Provider, Date>,
    /// Days whose closes are the user's own: typed or from a file.
    pub own: BTreeSet<Date>,
    /// When prices last came from a provider.
    pub fetched_at: Option<Timestamp>,
    /// The day whose stored bar was taken before its session ended.
    pub live: Option<Date>,
    /// Splits and dividends by who told them, in order of days.
    pub events: BTreeMap<Provider, Vec<PriceEvent>>,
    /// Days of jumps that the user took as true.
    pub accepted: BTreeSet<Date>,
    /// What waits for the user's answer.
    pub question: Option<Jump>,
    /// The attempts of the last turn, in order.
    pub last_turn: Vec<Attempt>,
}

/// What is known of every series.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Feeds {
    /// By instrument; one never asked for and without prices is left out.
    pub by_instrument: BTreeMap<InstrumentId, Feed>,
    /// Hosts that want quiet.
    pub quiet: Vec<Quiet>,
}

impl Feeds {
    /// What is known of one series.
    pub fn get(&self, instrument: InstrumentId) -> Option<&Feed> {
        self.by_instrument.get(&instrument)
    }
}
