//! The answer to "what is this figure?": a value with its hedge and all it was
//! computed from, or the reason why there is none.

use crate::model::{Day, DealId, DebtId, FigureId, Hedge, TreasuryId};

/// Something a figure was computed from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Input {
    /// A statement.
    Figure(FigureId),
    /// A deal.
    Deal(DealId),
    /// A debt instrument.
    Debt(DebtId),
    /// A treasury event.
    Treasury(TreasuryId),
    /// A close.
    Close {
        /// Whose.
        symbol: String,
        /// Of which day.
        day: Day,
    },
}

/// A value, how firmly it holds, and what it was computed from.
#[derive(Clone, Debug, PartialEq)]
pub struct Stated<T> {
    /// The value.
    pub value: T,
    /// How firmly it holds: a sum with unknown parts is "more than".
    pub hedge: Hedge,
    /// What it was computed from.
    pub inputs: Vec<Input>,
    /// What a reader must know to not misread it, in a sentence.
    pub remark: Option<String>,
}

/// Why there is no value, in a sentence for the reader.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Missing(pub String);

impl Missing {
    /// A missing value with this reason.
    pub fn because(reason: impl Into<String>) -> Self {
        Self(reason.into())
    }
}

/// A value with its provenance, or why there is none.
pub type Answer<T> = Result<Stated<T>, Missing>;

impl<T> Stated<T> {
    /// A value stated exactly, computed from these inputs.
    pub const fn exact(value: T, inputs: Vec<Input>) -> Self {
        Self {
            value,
            hedge: Hedge::Exact,
            inputs,
            remark: None,
        }
    }

    /// The same with another value made of this one.
    pub fn map<U>(self, value: impl FnOnce(T) -> U) -> Stated<U> {
        Stated {
            value: value(self.value),
            hedge: self.hedge,
            inputs: self.inputs,
            remark: self.remark,
        }
    }

    /// The same with a hedge.
    #[must_use]
    pub fn hedged(mut self, hedge: Hedge) -> Self {
        self.hedge = hedge;
        self
    }

    /// The same with a remark.
    #[must_use]
    pub fn remarked(mut self, remark: impl Into<String>) -> Self {
        self.remark = Some(remark.into());
        self
    }

    /// The same with a remark before its own.
    #[must_use]
    pub fn prefaced(mut self, remark: &str) -> Self {
        self.remark = joined(Some(remark.to_owned()), self.remark);
        self
    }
}

/// A remark after another, where there is one.
pub fn joined(first: Option<String>, then: Option<String>) -> Option<String> {
    match (first, then) {
        (Some(first), Some(then)) => Some(format!("{first}; {then}")),
        (one, other) => one.or(other),
    }
}

/// The hedge of a sum: vaguest of its parts, and "more than" only if no part
/// pulls the other way.
pub fn hedge_of_sum(hedges: impl IntoIterator<Item = Hedge>) -> Hedge {
    hedges
        .into_iter()
        .fold(Hedge::Exact, |sum, hedge| match (sum, hedge) {
            (Hedge::Exact, other) | (other, Hedge::Exact) => other,
            (same, other) if same == other => same,
            (Hedge::Planned, _) | (_, Hedge::Planned) => Hedge::Planned,
            _ => Hedge::About,
        })
}

/// The hedge of a sum of which a part is not known: a lower bound, unless what
/// is known is but planned.
pub const fn hedge_without(known: Hedge) -> Hedge {
    match known {
        Hedge::Planned => Hedge::Planned,
        Hedge::Exact | Hedge::About | Hedge::MoreThan | Hedge::UpTo => Hedge::MoreThan,
    }
}

/// The hedge of a difference a − b: a lower bound of what is taken away is an
/// upper bound of the rest.
pub fn hedge_of_difference(from: Hedge, less: Hedge) -> Hedge {
    hedge_of_ratio(from, less)
}

/// The hedge of a ratio a ÷ b: a lower bound below the line is an upper bound
/// of the whole.
pub fn hedge_of_ratio(above: Hedge, below: Hedge) -> Hedge {
    let flipped = match below {
        Hedge::MoreThan => Hedge::UpTo,
        Hedge::UpTo => Hedge::MoreThan,
        Hedge::Exact | Hedge::About | Hedge::Planned => below,
    };
    hedge_of_sum([above, flipped])
}
