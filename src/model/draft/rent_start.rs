//! How an edit changes the statements of a rent start: a changed date is a new
//! statement beside the old ones, unless it mends the last.

use crate::model::{Book, PartialDate, SourceId, deal::RentStart};

/// What is said when a start that was stated is taken out without saying how.
pub(super) const TAKEN_OUT: &str =
    "Write the new start, or tick “Correct the last statement” to take it back";

/// What an edit says besides the date.
#[derive(Clone, Copy)]
pub(super) struct Said {
    /// It mends the last statement rather than adding one.
    pub correct: bool,
    /// When it was said, if that was typed.
    pub typed: Option<PartialDate>,
    /// When it was said, if that was not typed.
    pub otherwise: Option<PartialDate>,
    /// Who said it.
    pub source: Option<SourceId>,
}

/// The statements after the edit; `date` is the one typed. A statement that was
/// made earlier than the last is put in its place, so that the newest counts.
pub(super) fn restated(
    before: &[RentStart],
    date: Option<PartialDate>,
    said: Said,
) -> Vec<RentStart> {
    let mut starts = before.to_vec();
    match (date, starts.last_mut()) {
        (None, Some(_)) if said.correct => {
            starts.pop();
        }
        (None, _) => {}
        (Some(date), Some(last)) if said.correct => {
            let changed = last.date != date;
            last.date = date;
            last.stated = said.typed.or(last.stated);
            last.source = said.source.filter(|_| changed).or(last.source);
        }
        (Some(date), Some(last)) if last.date == date => {}
        (Some(date), _) => {
            let stated = said.typed.or(said.otherwise);
            let later = |start: &RentStart| {
                let days = start.stated.zip(stated);
                days.is_some_and(|(one, other)| one.first_day() > other.first_day())
            };
            let place = starts.iter().position(later).unwrap_or(starts.len());
            starts.insert(
                place,
                RentStart {
                    date,
                    stated,
                    source: said.source,
                },
            );
        }
    }
    starts
}

/// The statements without sources that are gone from the book.
pub(super) fn with_sources_of(starts: &[RentStart], book: &Book) -> Vec<RentStart> {
    let kept = |start: &RentStart| RentStart {
        source: start.source.filter(|id| book.source(*id).is_some()),
        ..start.clone()
    };
    starts.iter().map(kept).collect()
}
