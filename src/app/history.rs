//! What was changed about a company: asked of the store when it is looked at.

use std::collections::BTreeSet;

use super::Window;
use super::jobs::StoreJob;
use crate::model::{CompanyId, RecordKey, RecordKind, Subject};
use crate::store::{ChangeState, HistoryEntry};
use crate::ui::page::company::{Fate, History, PastChange, Tab};
use crate::ui::state::Page;

impl Window {
    /// Reads the changes of the company that is shown, once a revision.
    pub(super) fn list_changes_when_shown(&mut self) {
        let shown = self.ui.page == Page::Company && self.ui.company.tab == Tab::History;
        let Some(company) = self.ui.selected.filter(|_| shown) else {
            return;
        };
        let wanted = Some((company, self.revision));
        if self.changes_listed != wanted {
            self.changes_listed = wanted;
            let also = self.statements_of(company);
            self.send_store(StoreJob::ListChanges(company, also));
        }
    }

    /// Statements about a company: decisions name them and not the company.
    fn statements_of(&self, company: CompanyId) -> BTreeSet<RecordKey> {
        let subject = Subject::Company(company);
        let figures = self.book.figures().filter(|of| of.subject == subject);
        let deals = self.book.deals().filter(|of| of.company == company);
        let events = self.book.treasury().filter(|of| of.company == company);
        figures
            .map(|of| RecordKey::new(RecordKind::Figure, of.id.0))
            .chain(deals.map(|of| RecordKey::new(RecordKind::Deal, of.id.0)))
            .chain(events.map(|of| RecordKey::new(RecordKind::Treasury, of.id.0)))
            .collect()
    }

    /// Shows what the store has read.
    pub(super) fn changes_listed(&mut self, company: CompanyId, changes: Vec<HistoryEntry>) {
        let past = |entry: HistoryEntry| PastChange {
            seq: entry.seq,
            at: entry.at,
            label: entry.label,
            before: entry.before,
            after: entry.after,
            fate: match entry.state {
                ChangeState::Done => Fate::Done,
                ChangeState::Undone => Fate::Undone,
                ChangeState::Dropped => Fate::Dropped,
            },
        };
        self.status.history = Some(History {
            company,
            revision: self.revision,
            changes: changes.into_iter().map(past).collect(),
        });
    }
}
