//! What a form's texts mean, computed once for every change of them: echoes,
//! errors, what follows from them, and what is odd. What follows of one kind of
//! record is in its own file below.

mod deal;
mod debt;
mod treasury;

use uuid::Uuid;

use super::echo;
use super::typed::Typed;
use super::{Spot, Visit};
use crate::analytics::doubts::Doubt;
use crate::model::draft::{DraftCx, FieldError, Live, Parsed};
use crate::ui::Cx;
use crate::ui::provenance::sentence;
use crate::ui::widget::Tone;

/// What a form's texts mean.
pub(super) struct Readings {
    typed: Typed,
    revision: u64,
    fields: Vec<(Spot, Reading)>,
    lacking: Vec<FieldError>,
    /// What follows from the record so far.
    pub judged: Judged,
    /// The pasted link is one that the book has.
    pub link_known: bool,
}

/// What follows from the record so far, and what is odd about it.
#[derive(Default)]
pub(super) struct Judged {
    /// Lines for the foot of the form, as many for every record of a kind.
    pub facts: Vec<Fact>,
    /// What is odd, though it may be right.
    warnings: Vec<Doubt>,
    /// How the whole compares with others of its kind.
    pub verdict: Option<(Tone, String)>,
    /// The statements of the rent start after the edit, and how it slipped.
    pub starts: Option<(String, Option<String>)>,
    /// The same of the phases that were stated more than once.
    pub phase_starts: Vec<String>,
}

/// A line of the foot.
pub(super) enum Fact {
    /// What follows.
    Known(String),
    /// What it would follow from.
    Needs(&'static str),
}

impl Fact {
    /// The parts that are known, or what they need.
    fn of(parts: impl IntoIterator<Item = Option<String>>, needs: &'static str) -> Self {
        let known: Vec<_> = parts.into_iter().flatten().collect();
        if known.is_empty() {
            Self::Needs(needs)
        } else {
            Self::Known(known.join(" · "))
        }
    }
}

/// The meaning of one text.
enum Reading {
    Nothing,
    Echo(String),
    Refused(String),
}

impl Readings {
    pub fn new(typed: &Typed, cx: &Cx<'_>) -> Self {
        let draft = typed.draft();
        let draft_cx = draft_cx(cx);
        let mut link_known = false;
        let mut reading = |field: &'static str| match draft.live(field, &draft_cx) {
            Live::Empty => Reading::Nothing,
            Live::Err(text) => Reading::Refused(text),
            Live::Ok(parsed) => {
                link_known |= field == "link" && matches!(parsed, Parsed::Source(_));
                echo::text(&parsed, cx).map_or(Reading::Nothing, Reading::Echo)
            }
        };
        let fields = draft.fields().iter();
        let mut fields: Vec<_> = fields
            .map(|field| (Spot::from(*field), reading(field)))
            .collect();
        for (place, row) in draft.rows().into_iter().enumerate() {
            fields.extend(row.fields().iter().map(|field| {
                let label = || row.label(place, field.name);
                let reading = match row.live(field.name) {
                    Live::Empty => Reading::Nothing,
                    Live::Err(text) => Reading::Refused(format!("{}: {text}", label())),
                    Live::Ok(parsed) => echo::text(&parsed, cx).map_or(Reading::Nothing, |echo| {
                        Reading::Echo(format!("{} {echo}", label()))
                    }),
                };
                (Spot::in_row(place, field.name), reading)
            }));
        }
        // Only the errors are wanted, so the ids of the records do not matter.
        let lacking = draft.build(&draft_cx, &mut Uuid::nil).err();
        let judged = match typed {
            Typed::Deal(draft) => deal::judged(draft, cx),
            Typed::Debt(draft) => debt::judged(draft, cx),
            Typed::Treasury(draft) => treasury::judged(draft, cx),
            Typed::Figure(_) | Typed::Company(_) | Typed::Source(_) | Typed::Note(_) => {
                Judged::default()
            }
        };
        Self {
            typed: typed.clone(),
            revision: cx.revision,
            fields,
            lacking: lacking.unwrap_or_default(),
            judged,
            link_known,
        }
    }

    /// True if they are still those of what is typed.
    pub fn are_of(&self, typed: &Typed, cx: &Cx<'_>) -> bool {
        self.revision == cx.revision && self.typed == *typed
    }

    /// What to say beside a field. What is lacking is said only once the field
    /// was left or saving was tried.
    pub fn message(&self, spot: impl Into<Spot>, visit: &Visit) -> Option<(Tone, &str)> {
        let spot: Spot = spot.into();
        if spot.field == "company" && visit.suggestions.shown {
            // The list says more than "no such company" about a name half typed.
            return None;
        }
        let reading = self.fields.iter().find(|(of, _)| *of == spot);
        if let Some((_, Reading::Refused(text))) = reading {
            return Some((Tone::Error, text));
        }
        let lacking = self.lacking.iter().find(|error| Spot::from(*error) == spot);
        if let Some(error) = lacking.filter(|_| visit.submitted || visit.left.contains(&spot)) {
            return Some((Tone::Error, &error.text));
        }
        if spot.row.is_none()
            && let Some(text) = self.warnings(spot.field).next()
        {
            return Some((Tone::Warn, text));
        }
        match reading {
            Some((_, Reading::Echo(text))) => Some((Tone::Hint, text)),
            Some((_, Reading::Nothing | Reading::Refused(_))) | None => None,
        }
    }

    /// What to say below a line of a list: what is wrong in it, else what the
    /// field with the cursor means.
    pub fn message_of_row(&self, place: usize, visit: &Visit) -> Option<(Tone, &str)> {
        let spots = self.fields.iter().map(|(spot, _)| *spot);
        let here = spots.filter(|spot| spot.row == Some(place));
        let mut wrong = here.filter_map(|spot| self.message(spot, visit));
        let wrong = wrong.find(|(tone, _)| *tone == Tone::Error);
        wrong.or_else(|| {
            let focused = visit.focused.or(visit.last);
            self.message(focused.filter(|spot| spot.row == Some(place))?, visit)
        })
    }

    /// What is odd about a field, though it may be right.
    pub fn warnings(&self, field: &str) -> impl Iterator<Item = &str> {
        let all = self.judged.warnings.iter();
        let found = all.filter(move |(name, _)| *name == field);
        found.map(|(_, text)| text.as_str())
    }
}

/// Warnings as sentences.
fn sentences(doubts: Vec<Doubt>) -> Vec<Doubt> {
    let doubts = doubts.into_iter();
    doubts
        .map(|(field, text)| (field, sentence(&text)))
        .collect()
}

/// What drafts are read against in this frame.
pub(super) const fn draft_cx<'a>(cx: &Cx<'a>) -> DraftCx<'a> {
    DraftCx {
        book: cx.book,
        today: cx.today,
    }
}
