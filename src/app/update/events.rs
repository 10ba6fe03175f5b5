//! What the window does when a worker answers. The book follows the store,
//! never the other way round.

use egui::Context;

use super::super::Window;
use super::super::jobs::{DeskEvent, FileEvent, Kept, StoreEvent, Way};
use super::{Pending, company_of};
use crate::model::{Change, Op, RecordKind, Series};
use crate::ui::provenance::sentence;
use crate::ui::state::{Dialog, Tone};

impl Window {
    /// Takes what the workers have done; true if it was anything.
    pub(in crate::app) fn take_events(&mut self, ctx: &Context) -> bool {
        let mut any = false;
        while let Some(event) = self.store.poll() {
            self.store_event(event);
            any = true;
        }
        while let Some(event) = self.files.poll() {
            any = true;
            match event {
                FileEvent::Read { name, bytes } => self.file_read(name, bytes),
                FileEvent::Written(path) => {
                    self.tell(Tone::Done, format!("Wrote {}", path.display()));
                    self.ui.dialog = None;
                }
                FileEvent::PricesRead(read) => {
                    if let Some(Dialog::ImportPrices(import)) = &mut self.ui.dialog {
                        import.take_read(*read, &self.book);
                        ctx.request_repaint();
                    }
                }
                FileEvent::RecordsRead(read) => {
                    if let Some(Dialog::ImportRecords(import)) = &mut self.ui.dialog {
                        import.take_read(*read);
                        ctx.request_repaint();
                    }
                }
                FileEvent::Failed(text) => self.file_failed(text),
            }
        }
        while let Some(event) = self.desk.poll() {
            any = true;
            if let (DeskEvent::Chosen(path), Some(Dialog::Path(dialog))) =
                (event, &mut self.ui.dialog)
            {
                dialog.text = path.display().to_string();
                dialog.error = None;
                ctx.request_repaint();
            }
        }
        any
    }

    pub(super) fn store_event(&mut self, event: StoreEvent) {
        match event {
            StoreEvent::Kept(kept) => return self.prices_kept(*kept),
            StoreEvent::JumpAccepted(instrument, feeds) => {
                self.feeds = *feeds;
                self.feeds_revision += 1;
                return self.fetch_when_free(instrument);
            }
            StoreEvent::Attempts(attempts) => {
                self.status.attempts = attempts;
                self.feeds_revision += 1;
                return;
            }
            StoreEvent::Changes(company, changes) => return self.changes_listed(company, changes),
            StoreEvent::NotKept(text) => return self.tell(Tone::Failed, text),
            StoreEvent::Applied { .. }
            | StoreEvent::Nothing
            | StoreEvent::Failed(_)
            | StoreEvent::BackedUp(_)
            | StoreEvent::Backups(_) => {}
        }
        self.status.saving = false;
        match event {
            StoreEvent::Applied {
                applied,
                way,
                series,
                prices_note,
                feeds,
            } => {
                if let Some(feeds) = feeds {
                    self.feeds = feeds;
                    self.feeds_revision += 1;
                }
                let of_instruments = |op: &Op| op.key().kind == RecordKind::Instrument;
                let is_covered =
                    series.is_empty() && !applied.change.ops.iter().any(of_instruments);
                for (symbol, series) in series {
                    self.take_series(symbol, series);
                }
                if let Err(error) = self.book.apply(&applied.change) {
                    // The store checked the same rules; if they ever differ, the
                    // disk is right and memory must be read anew.
                    tracing::error!(%error, "memory does not follow the store");
                    self.tell(
                        Tone::Failed,
                        "Saved, but the window is out of step: close and open Gigawatch".to_owned(),
                    );
                }
                self.status.undo = applied.undo_label;
                self.status.redo = applied.redo_label;
                self.status.prices_note = prices_note;
                self.derive_anew();
                // Most changes touch no prices, and calendars take their time.
                if !is_covered {
                    self.cover();
                }
                self.finish(way, &applied.change);
            }
            StoreEvent::Nothing => self.pending = None,
            StoreEvent::Failed(text) => {
                self.pending = None;
                self.tell(Tone::Failed, text);
            }
            StoreEvent::BackedUp(path) => {
                self.tell(Tone::Done, format!("Backed up to {}", path.display()));
            }
            StoreEvent::Backups(backups) => self.status.backups = backups,
            StoreEvent::Attempts(_)
            | StoreEvent::Changes(..)
            | StoreEvent::Kept(_)
            | StoreEvent::JumpAccepted(..)
            | StoreEvent::NotKept(_) => {}
        }
    }

    /// Shows prices that came and are kept.
    fn prices_kept(&mut self, kept: Kept) {
        self.feeds = kept.feeds;
        self.status.attempts = kept.attempts;
        self.status.prices_note = kept.prices_note;
        let Some(turn) = kept.turn else {
            self.feeds_revision += 1;
            return;
        };
        if let Some(stored) = turn.stored.filter(|stored| stored.changed)
            // An instrument that was deleted meanwhile has no symbol any more.
            && let Some(symbol) = self.symbol_of(turn.instrument)
        {
            self.take_series(symbol, stored.series);
            self.derive_anew();
        }
        self.cover_one(turn.instrument);
    }

    /// Takes messages off the page whose time is over, and comes back for the next.
    pub(in crate::app) fn expire_messages(&mut self, ctx: &Context) {
        let now = self.now().timestamp();
        let shown = self
            .status
            .messages
            .iter_mut()
            .filter(|message| message.on_screen);
        for message in shown {
            let Some(until) = message.until else { continue };
            let left = until.duration_since(now);
            match std::time::Duration::try_from(left) {
                Ok(left) if !left.is_zero() => ctx.request_repaint_after(left),
                Ok(_) | Err(_) => message.on_screen = false,
            }
        }
    }

    /// Puts a series in the place of what is shown, or takes it away.
    fn take_series(&mut self, symbol: String, series: Option<Series>) {
        match series {
            Some(series) => self.prices.by_symbol.insert(symbol, series),
            None => self.prices.by_symbol.remove(&symbol),
        };
    }

    /// Computes everything anew, once for this revision.
    pub(in crate::app) fn rederive(&mut self) {
        self.derive_anew();
        self.cover();
    }

    fn derive_anew(&mut self) {
        self.derive_shown();
        self.revision += 1;
    }

    /// Closes what waited for the change, and says what was done.
    pub(super) fn finish(&mut self, way: Way, change: &Change) {
        let text = match way {
            Way::Done => sentence(&format!("Saved: {}", change.label)),
            Way::Undone => format!("Undone: {}", change.label),
            Way::Redone => format!("Done again: {}", change.label),
        };
        self.tell(Tone::Done, text);
        match self.pending.take() {
            Some(Pending::Form { again }) => {
                let kind = change.ops.last().map(|op| op.key().kind);
                let company = change.ops.iter().rev().find_map(company_of);
                self.ui.form = match kind {
                    Some(kind) if again => Some(self.empty_form(kind, company)),
                    Some(_) | None => None,
                };
                if way == Way::Done
                    && let Some(company) = company
                {
                    self.ui.selected = Some(company);
                }
            }
            Some(Pending::Import) => self.ui.dialog = None,
            Some(Pending::Instrument(id)) => {
                // The page shows what came of it.
                self.ui.data.select(id);
                self.fetch_when_free(id);
            }
            None => {}
        }
    }
}
