//! Forms: what is typed into drafts, with live readings beside each field.

use uuid::Uuid;

use crate::model::{Book, Change, CompanyId, Day, RecordKey, RecordKind};

use super::Cx;

/// An open form.
pub struct Form {}

impl Form {
    /// An empty form, about a company where one is given.
    pub fn new(_kind: RecordKind, _company: Option<CompanyId>, _book: &Book, _today: Day) -> Self {
        Self {}
    }

    /// The form of an existing record.
    pub fn edit(_key: RecordKey, _book: &Book) -> Option<Self> {
        Some(Self {})
    }

    /// A form of a new record filled from an existing one.
    pub fn duplicate(_key: RecordKey, _book: &Book) -> Option<Self> {
        Some(Self {})
    }

    /// The change that saves what was typed; none if fields are in error,
    /// which the form then shows. `new_id` makes ids.
    pub fn change(
        &mut self,
        _book: &Book,
        _today: Day,
        _new_id: &mut dyn FnMut() -> Uuid,
    ) -> Option<Change> {
        None
    }
}

/// Shows the form over the page.
pub fn show(_ctx: &egui::Context, _cx: &Cx<'_>, _form: &mut Form) {}
