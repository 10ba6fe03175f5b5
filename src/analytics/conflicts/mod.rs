//! Statements that disagree: each pair with both values, their sources and
//! ages, the size of the gap, and whether the user settled it. Nothing is
//! averaged or corrected here, and no pair is listed that agrees once its hedges
//! are considered.
//!
//! `range` says what a hedged value may be, `time` whether two statements speak
//! of one time; `said` gathers what is said of a metric, `figures`, `deals` and
//! `coins` find the pairs, `settled` reads the user's decisions.

mod coins;
mod deals;
mod figures;
pub mod range;
mod said;
mod settled;
pub mod time;

use rust_decimal::Decimal;

use super::statement::Statements;
use crate::closed_set;
use crate::model::pin::Told;
use crate::model::source::Grade;
use crate::model::{
    Book, Currency, Day, DealId, FigureId, Hedge, Metric, PartialDate, Prices, SourceId, Subject,
    Time, TreasuryId, Unit,
};

pub use super::coin_price::FAR_OFF_MARKET;
pub use settled::State;

closed_set! {
    /// In what way two statements disagree.
    ConflictKind {
        /// Both speak of the same time.
        SameTime = "same_time", "same time";
        /// A source does not say, or only vaguely, of which time it speaks: the
        /// two may both have been true.
        TimeNotStated = "time_not_stated", "possibly of different times";
        /// One is "more than" a number far below the other: both may be true, but
        /// hardly of the same things.
        LooseBound = "loose_bound", "a bound far below";
        /// Two tellings of one deal, neither of which can be part of the other.
        Telling = "telling", "tellings of one deal";
        /// Money for coins that the market did not pay then.
        ImpliedPrice = "implied_price", "price a coin against the market";
    }
}

/// What a conflict is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    /// A metric of the subject.
    Metric(Metric),
    /// The base value of a deal and the load it is for: the deal that counts.
    Deal(DealId),
    /// The price a coin of a purchase or sale.
    CoinPrice(TreasuryId),
}

/// What one side of a conflict rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Basis {
    /// A record that states it.
    Told(Told),
    /// Computed from these figures, in the order of the formula.
    Computed(Vec<FigureId>),
    /// Closes of an instrument between two days.
    Closes {
        /// Its symbol.
        symbol: String,
        /// The first close.
        from: Day,
        /// The last close.
        to: Day,
    },
}

/// The number of a side, in the conflict's unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number {
    /// Stated, or computed from what is stated.
    Exact(Decimal),
    /// Lowest and highest close.
    Closes {
        /// Lowest.
        low: f64,
        /// Highest.
        high: f64,
    },
}

/// One of two statements that disagree.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    /// What it rests on.
    pub basis: Basis,
    /// What it says.
    pub value: Number,
    /// How firmly.
    pub hedge: Hedge,
    /// MW that a deal's value is for: critical IT load, else gross.
    pub load_mw: Option<Decimal>,
    /// The time it speaks of, where the source says.
    pub time: Option<Time>,
    /// When it was said.
    pub stated: Option<PartialDate>,
    /// Who said it; of a deal the first source.
    pub source: Option<SourceId>,
    /// How far that source is trusted.
    pub grade: Option<Grade>,
    /// Days since the time it speaks of.
    pub age_days: Option<i64>,
    /// Further figures that say the same of the same time.
    pub also: Vec<FigureId>,
}

/// Two statements that disagree.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    /// Of whom.
    pub subject: Subject,
    /// About what.
    pub topic: Topic,
    /// In what way.
    pub kind: ConflictKind,
    /// The unit of both values.
    pub unit: Unit,
    /// Their currency, of money.
    pub currency: Option<Currency>,
    /// The lower value; the deal that counts; the price of the coins.
    pub one: Side,
    /// The other.
    pub other: Side,
    /// How far the values lie apart, as a fraction of the larger.
    pub gap: f64,
    /// Whether the user settled it.
    pub state: State,
}

closed_set! {
    /// Why two figures that differ are not compared.
    WhyNot {
        /// Amounts of periods of unknown length.
        PeriodNotStated = "period_not_stated", "a source does not say over which period it counts";
        /// Each may speak of another thing: one purchase, one more purchase.
        EachItsOwn = "each_its_own", "each may speak of another item";
        /// Amounts in different currencies.
        Currency = "currency", "they are in different currencies";
    }
}

/// Two figures of about one time that differ, and why that is no conflict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotCompared {
    /// Of whom.
    pub subject: Subject,
    /// About what.
    pub metric: Metric,
    /// One figure, of the lower id.
    pub one: FigureId,
    /// The other.
    pub other: FigureId,
    /// Why they are not compared.
    pub why: WhyNot,
}

/// All that disagrees, as far as known.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Conflicts {
    /// Sector first, then companies in watch order; of each the largest gap first.
    pub list: Vec<Conflict>,
    /// What differs but is not compared.
    pub not_compared: Vec<NotCompared>,
}

impl Conflicts {
    /// How many the user has not settled.
    pub fn open(&self) -> usize {
        let open = |conflict: &&Conflict| conflict.state == State::Open;
        self.list.iter().filter(open).count()
    }
}

/// Finds what disagrees among the statements known by their day.
pub fn conflicts(statements: &Statements<'_>, prices: &Prices, benchmark: &str) -> Conflicts {
    let mut found = figures::find(statements);
    found.list.extend(deals::find(statements));
    found
        .list
        .extend(coins::find(statements, prices, benchmark));
    settled::settle(statements, &mut found.list);
    sort(statements.book(), &mut found);
    found
}

/// Brings what was found into an order that does not depend on ids alone.
fn sort(book: &Book, found: &mut Conflicts) {
    let place = |subject: Subject| {
        let company = subject.company().and_then(|id| book.company(id));
        company.map(|company| (company.watch_order, company.name.as_str()))
    };
    found.list.sort_by(|a, b| {
        place(a.subject)
            .cmp(&place(b.subject))
            .then_with(|| b.gap.total_cmp(&a.gap))
            .then_with(|| a.topic.cmp(&b.topic))
            .then_with(|| a.subject.cmp(&b.subject))
    });
    found.not_compared.sort_by(|a, b| {
        let (one, other) = (place(a.subject), place(b.subject));
        one.cmp(&other)
            .then_with(|| a.metric.cmp(&b.metric))
            .then((a.one, a.other).cmp(&(b.one, b.other)))
    });
}

impl Basis {
    /// The record that states it, if one does.
    pub const fn told(&self) -> Option<Told> {
        match self {
            Self::Told(told) => Some(*told),
            Self::Computed(_) | Self::Closes { .. } => None,
        }
    }
}
