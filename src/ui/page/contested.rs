//! Whether a key figure rests on a statement that another source disputes: the
//! pages put a mark beside it that leads to both. Settles nothing.

use uuid::Uuid;

use super::conflicts;
use crate::analytics::Input;
use crate::analytics::conflicts::{Basis, Conflict, Side, State, Topic};
use crate::analytics::measure::{Facts, Measure};
use crate::model::pin::Told;
use crate::ui::Cx;

/// An open conflict about a key figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contested {
    /// What the Conflicts page knows it by.
    pub key: Uuid,
    /// What the other source says, with its hedge: "≈ 27 %".
    pub other: String,
}

/// Whether a measure is read from statements itself. A ratio is made of measures
/// that bear their own mark, and would repeat it.
const fn is_read(measure: Measure) -> bool {
    matches!(
        measure,
        Measure::Backlog
            | Measure::Debt
            | Measure::ContractedMw
            | Measure::AiRevenueShare
            | Measure::BtcHeld
    )
}

/// The open conflict about a measure, where one of the two statements counts.
pub fn of(cx: &Cx<'_>, facts: Facts<'_>, measure: Measure) -> Option<Contested> {
    if !is_read(measure) {
        return None;
    }
    let answer = measure.of(facts).ok()?;
    let company = Some(facts.row.company_id);
    let open = cx.derived.conflicts.list.iter();
    let mut open = open.filter(|of| of.state == State::Open && of.subject.company() == company);
    open.find_map(|of| {
        let other = disputed_by(of, &answer.inputs)?;
        Some(Contested {
            key: conflicts::key(of),
            other: conflicts::value(of, other),
        })
    })
}

/// The side that disputes what a figure was computed from.
fn disputed_by<'a>(of: &'a Conflict, inputs: &[Input]) -> Option<&'a Side> {
    // What a coin fetched says nothing of how many there are.
    if matches!(of.topic, Topic::CoinPrice(_)) {
        return None;
    }
    match (counts(&of.one, inputs), counts(&of.other, inputs)) {
        (true, false) => Some(&of.other),
        (false, true) => Some(&of.one),
        (true, true) | (false, false) => None,
    }
}

/// Whether a side is among what a figure was computed from.
fn counts(side: &Side, inputs: &[Input]) -> bool {
    match &side.basis {
        Basis::Told(Told::Figure(id)) => inputs.contains(&Input::Figure(*id)),
        Basis::Told(Told::Deal(id)) => inputs.contains(&Input::Deal(*id)),
        Basis::Computed(figures) => figures
            .iter()
            .all(|id| inputs.contains(&Input::Figure(*id))),
        Basis::Told(Told::Treasury(_)) | Basis::Closes { .. } => false,
    }
}
