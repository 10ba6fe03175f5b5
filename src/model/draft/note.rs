//! A note as typed.

use uuid::Uuid;

use super::{Check, Draft, DraftCx, FieldError, Live, read, text_fields, verb, who};
use crate::model::{Book, Change, Day, Note, NoteId, Record};

/// A note as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NoteDraft {
    /// The note that is edited; none adds one.
    pub id: Option<NoteId>,
    /// Whom it is about.
    pub company: String,
    /// The day it is written for.
    pub day: String,
    /// What it says.
    pub body: String,
}

impl NoteDraft {
    /// A blank note of that day.
    pub fn new(day: Day) -> Self {
        Self {
            day: day.to_string(),
            ..Self::default()
        }
    }

    /// The note as one would type it, to be edited.
    pub fn from_record(note: &Note, book: &Book) -> Self {
        Self {
            id: Some(note.id),
            company: who::text_of(note.company, book),
            day: note.day.to_string(),
            body: note.text.clone(),
        }
    }

    /// The same as a new note.
    #[must_use]
    pub fn duplicate(mut self) -> Self {
        self.id = None;
        self
    }
}

impl Draft for NoteDraft {
    text_fields! { company day body }

    fn live(&self, field: &str, cx: &DraftCx<'_>) -> Live {
        match field {
            "company" => who::company(&self.company, cx.book),
            "day" => read::day(&self.day),
            "body" => read::words(&self.body),
            _ => Live::Empty,
        }
    }

    fn build(
        &self,
        cx: &DraftCx<'_>,
        new_id: &mut dyn FnMut() -> Uuid,
    ) -> Result<Change, Vec<FieldError>> {
        let mut check = Check::new(self, cx);
        let company = check.company("company");
        let day = check.day("day");
        let day = check.required("day", day, "Write the day of the note");
        let text = check.text("body");
        let text = check.required("body", text, "Write the note");
        let note = (|| {
            Some(Note {
                id: self.id.unwrap_or_else(|| NoteId(new_id())),
                company: company?,
                day: day?,
                text: text?,
            })
        })();
        let note = check.done(note)?;
        let label = format!(
            "{} note {} – {}",
            verb(self.id.is_some()),
            who::name_of(note.company, cx.book),
            note.day
        );
        Ok(Change::put(label, Record::Note(note)))
    }
}
