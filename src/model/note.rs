//! A dated thesis note on a company.

use serde::{Deserialize, Serialize};

use super::{CompanyId, Day, NoteId};

/// A dated thesis note on a company.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// Identity, never reused.
    pub id: NoteId,
    /// Whom it is about.
    pub company: CompanyId,
    /// The day it was written for.
    pub day: Day,
    /// The text.
    pub text: String,
}
