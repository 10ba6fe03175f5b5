//! What the user decided about statements that disagree: which of them counts,
//! or that both may stand. A pin changes no statement and has no value of its
//! own; whether it is in force on a day is for `analytics`.

use serde::{Deserialize, Serialize};

use super::{Day, DealId, FigureId, Metric, PinId, RecordKey, RecordKind, Subject, TreasuryId};
use crate::closed_set;

closed_set! {
    /// How long a picked figure counts.
    PinScope {
        /// Until another is picked, whatever is stated later.
        Always = "always", "always";
        /// Among the statements of its time: what speaks of a later time takes over.
        ItsTime = "its_time", "for its time";
    }
}

/// A statement that a pin speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Told {
    /// A figure.
    Figure(FigureId),
    /// A telling of a deal.
    Deal(DealId),
    /// A treasury event.
    Treasury(TreasuryId),
}

impl Told {
    /// The record that holds the statement.
    pub const fn key(self) -> RecordKey {
        match self {
            Self::Figure(id) => RecordKey::new(RecordKind::Figure, id.0),
            Self::Deal(id) => RecordKey::new(RecordKind::Deal, id.0),
            Self::Treasury(id) => RecordKey::new(RecordKind::Treasury, id.0),
        }
    }
}

/// What was decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Choice {
    /// This figure counts for its subject and metric.
    Use {
        /// Which figure.
        figure: FigureId,
        /// For how long.
        scope: PinScope,
    },
    /// What is computed from other figures counts rather than what is stated.
    UseComputed {
        /// Of whom.
        subject: Subject,
        /// Of which metric.
        metric: Metric,
    },
    /// The two differ for a reason and neither is wrong: nothing is picked.
    BothStand {
        /// One statement.
        one: Told,
        /// The other; none when it is no record but computed, or a market price.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        other: Option<Told>,
    },
}

/// A decision of the user, with the reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pin {
    /// Identity, never reused.
    pub id: PinId,
    /// What was decided.
    pub choice: Choice,
    /// The day it was made: earlier days are shown without it.
    pub made: Day,
    /// Why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

impl Pin {
    /// The records it cannot be without.
    pub fn references(&self) -> Vec<RecordKey> {
        match &self.choice {
            Choice::Use { figure, .. } => vec![Told::Figure(*figure).key()],
            Choice::UseComputed { subject, .. } => {
                let company = subject.company().into_iter();
                company
                    .map(|id| RecordKey::new(RecordKind::Company, id.0))
                    .collect()
            }
            Choice::BothStand { one, other } => {
                let both = [Some(*one), *other].into_iter().flatten();
                both.map(Told::key).collect()
            }
        }
    }
}
