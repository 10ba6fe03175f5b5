//! Forms: what is typed into drafts, with its live readings beside each field.
//! A form builds no record itself and saves nothing: it pushes actions, and
//! `app/update.rs` asks it for its change.

mod company;
mod deal;
mod debt;
mod echo;
mod fields;
mod figure;
mod footer;
mod note;
mod readings;
mod row;
mod rows;
mod sheet;
mod source;
mod starts;
mod suggest;
mod treasury;
mod typed;

use std::collections::BTreeSet;

use egui::Context;
use uuid::Uuid;

use self::readings::Readings;
use self::suggest::Suggestions;
use self::typed::Typed;
use super::Cx;
use crate::model::draft::{DraftCx, FieldError};
use crate::model::{Book, Change, CompanyId, Day, RecordKey, RecordKind};

/// An open form.
pub struct Form {
    /// What is typed.
    typed: Typed,
    /// What was there when it was opened, to tell whether anything was typed.
    opened: Typed,
    /// What the texts mean, kept until they change.
    readings: Option<Readings>,
    /// What was done in it besides typing.
    visit: Visit,
}

/// What was done in a form besides typing.
#[derive(Default)]
struct Visit {
    /// Fields that were entered and left: what they lack is shown from then on.
    left: BTreeSet<Spot>,
    /// Saving was tried: all that is lacking is shown.
    submitted: bool,
    /// The field to put the cursor into in the next frame.
    focus: Option<Focus>,
    /// The field that has the cursor.
    focused: Option<Spot>,
    /// The field that had it last.
    last: Option<Spot>,
    /// Enter was pressed in a field.
    entered: bool,
    /// The question whether to discard what was typed is open.
    asking: bool,
    /// The list of companies under the company field.
    suggestions: Suggestions,
}

/// Where a text stands: a field of the draft, or of a line of its list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Spot {
    field: &'static str,
    /// The line, counted from 0.
    row: Option<usize>,
}

impl Spot {
    const fn in_row(row: usize, field: &'static str) -> Self {
        Self {
            field,
            row: Some(row),
        }
    }
}

impl From<&'static str> for Spot {
    fn from(field: &'static str) -> Self {
        Self { field, row: None }
    }
}

impl From<&FieldError> for Spot {
    fn from(error: &FieldError) -> Self {
        Self {
            field: error.field,
            row: error.row,
        }
    }
}

/// Where the cursor goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Focus {
    /// Into the first field that can be typed into, all of it marked.
    First,
    /// Into this field, all of it marked.
    Field(Spot),
    /// Back to where it was, at the end of the text.
    Back(Spot),
}

impl Form {
    /// An empty form, about a company where one is given. An instrument has no
    /// form of its own: its company's is shown.
    pub fn new(kind: RecordKind, company: Option<CompanyId>, book: &Book, today: Day) -> Self {
        Self::of(Typed::new(kind, company, book, today))
    }

    /// The form of an existing record.
    pub fn edit(key: RecordKey, book: &Book) -> Option<Self> {
        Typed::of_record(key, book).map(Self::of)
    }

    /// A form of a new record filled from an existing one.
    pub fn duplicate(key: RecordKey, book: &Book) -> Option<Self> {
        let typed = Typed::of_record(key, book)?.duplicate();
        Some(Self::of(typed))
    }

    fn of(typed: Typed) -> Self {
        Self {
            opened: typed.clone(),
            typed,
            readings: None,
            visit: Visit {
                focus: Some(Focus::First),
                ..Visit::default()
            },
        }
    }

    /// The kind of record it makes.
    pub fn kind(&self) -> RecordKind {
        self.typed.kind()
    }

    /// True if it may be saved while the dial is turned back: a statement made by
    /// then may be added, what is in the book must not be changed.
    pub fn may_add_on_dial(&self) -> bool {
        self.kind() == RecordKind::Figure && !self.typed.is_edit()
    }

    /// True if closing it would lose something.
    pub fn has_typed(&self) -> bool {
        self.typed != self.opened
    }

    /// The change that saves what was typed; none if fields are in error,
    /// which the form then shows, with the cursor in the first. `new_id` makes
    /// ids.
    pub fn change(
        &mut self,
        book: &Book,
        today: Day,
        new_id: &mut dyn FnMut() -> Uuid,
    ) -> Option<Change> {
        let cx = DraftCx { book, today };
        self.visit.submitted = true;
        match self.typed.draft().build(&cx, new_id) {
            Ok(change) => Some(change),
            Err(errors) => {
                let first = errors.first().map(Spot::from);
                self.visit.focus = first.map(Focus::Field);
                None
            }
        }
    }
}

/// Shows the form over the page.
pub fn show(ctx: &Context, cx: &Cx<'_>, form: &mut Form) {
    let current = form
        .readings
        .take()
        .filter(|readings| readings.are_of(&form.typed, cx));
    let readings = current.unwrap_or_else(|| Readings::new(&form.typed, cx));
    sheet::show(ctx, cx, form, &readings);
    if !readings.are_of(&form.typed, cx) {
        ctx.request_repaint();
    }
    form.readings = Some(readings);
}
