//! Whether the user settled a conflict: by a pick that decides between its
//! sides, or by letting both stand. Decisions made after the day do not count.

use super::time::{Relation, When, kind_of, relation};
use super::{Basis, Conflict, Side, Topic};
use crate::analytics::statement::Statements;
use crate::model::pin::{Choice, PinScope, Told};
use crate::model::{Day, Figure, FigureId, Hedge, Metric, Pin, PinId, Subject};

/// What the user made of a conflict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum State {
    /// Nothing yet.
    #[default]
    Open,
    /// One statement was picked.
    Picked(PinId),
    /// Both may stand, with a reason.
    Explained(PinId),
}

/// Sets the state of each conflict by the newest decision that settles it.
pub(super) fn settle(statements: &Statements<'_>, conflicts: &mut [Conflict]) {
    let (book, as_of) = (statements.book(), statements.as_of());
    let mut made: Vec<&Pin> = book.pins().filter(|pin| pin.made <= as_of).collect();
    made.sort_by_key(|pin: &&Pin| -> (Day, PinId) { (pin.made, pin.id) });
    for conflict in conflicts {
        let states = made.iter().rev();
        let mut states = states.filter_map(|pin| state(statements, pin, conflict));
        conflict.state = states.next().unwrap_or_default();
    }
}

fn state(statements: &Statements<'_>, pin: &Pin, conflict: &Conflict) -> Option<State> {
    match &pin.choice {
        Choice::Use { figure, scope } => {
            let Topic::Metric(metric) = &conflict.topic else {
                return None;
            };
            let mut known = statements.all(conflict.subject, metric).iter();
            let figure = known.find(|known| known.id == *figure)?;
            let in_force = match scope {
                PinScope::ItsTime => true,
                PinScope::Always => is_newest(statements, pin, conflict.subject, metric),
            };
            (in_force && decides(figure, conflict)).then_some(State::Picked(pin.id))
        }
        Choice::UseComputed { subject, metric } => {
            let about = conflict.subject == *subject
                && conflict.topic == Topic::Metric(metric.clone())
                && [&conflict.one, &conflict.other]
                    .into_iter()
                    .any(is_computed)
                && is_newest(statements, pin, *subject, metric);
            about.then_some(State::Picked(pin.id))
        }
        Choice::BothStand { one, other } => {
            let (a, b) = (&conflict.one, &conflict.other);
            let stand = match other {
                Some(other) => {
                    (says(a, *one) && says(b, *other)) || (says(b, *one) && says(a, *other))
                }
                None => {
                    (says(a, *one) && b.basis.told().is_none())
                        || (says(b, *one) && a.basis.told().is_none())
                }
            };
            stand.then_some(State::Explained(pin.id))
        }
    }
}

fn is_newest(statements: &Statements<'_>, pin: &Pin, subject: Subject, metric: &Metric) -> bool {
    let newest = statements.newest_pick(subject, metric);
    newest.is_some_and(|newest| newest.id == pin.id)
}

/// True if the picked figure is one of the sides, or of the time of one: then
/// neither side counts.
fn decides(figure: &Figure, conflict: &Conflict) -> bool {
    let sides = [&conflict.one, &conflict.other];
    sides.into_iter().any(|side| {
        says(side, Told::Figure(figure.id)) || {
            let planned = side.hedge == Hedge::Planned;
            let when = When::new(side.time, side.stated, planned);
            let kind = kind_of(&figure.metric);
            relation(kind, &When::of(figure), &when) == Relation::Same
        }
    })
}

/// True if the side is that statement, or one that says the same.
fn says(side: &Side, told: Told) -> bool {
    let is_also = |id: &FigureId| Told::Figure(*id) == told;
    side.basis.told() == Some(told) || side.also.iter().any(is_also)
}

const fn is_computed(side: &Side) -> bool {
    matches!(side.basis, Basis::Computed(_))
}
