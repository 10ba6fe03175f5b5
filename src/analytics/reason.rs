//! Why a statistic has no value. A "—" on the screen and a `null` in a report
//! carry one of these; a missing figure is never a 0.

use jiff::civil::Date;
use thiserror::Error;

/// The reason that a price statistic cannot be given.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Reason {
    /// There is no series under that symbol.
    #[error("No prices of {symbol}: import or fetch them")]
    NoPrices {
        /// The symbol asked for.
        symbol: String,
    },
    /// The series begins after the last day of the span, or is empty.
    #[error("No close up to {to}")]
    NoClose {
        /// The last day of the span.
        to: Date,
    },
    /// The series ends on or before the day it is to be measured from.
    #[error("No close after {base} and up to {to}")]
    NothingAfter {
        /// The day whose close is the base.
        base: Date,
        /// The last day of the span.
        to: Date,
    },
    /// A member of a basket has no close on or before the base day.
    #[error("No close on or before {base}: its prices begin on {first}")]
    StartsLate {
        /// The base day of the basket.
        base: Date,
        /// The first day of the series.
        first: Date,
    },
    /// Fewer returns than the statistic takes.
    #[error("Too few returns: {need} needed, {have} at hand")]
    TooFew {
        /// Returns at hand.
        have: usize,
        /// Returns the statistic takes.
        need: usize,
    },
    /// Two series have no two days in common.
    #[error("The two series share fewer than two days")]
    NoOverlap,
    /// The returns do not vary, so nothing can vary with them.
    #[error("The returns of {what} do not vary")]
    Constant {
        /// "the instrument" or "the benchmark".
        what: &'static str,
    },
    /// A basket without a member to average.
    #[error("No member has closes over this span")]
    NoMembers,
}
