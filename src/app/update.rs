//! The only code that mutates what the window shows: events of the workers and
//! actions of the views. The book follows the store, never the other way round.

use std::sync::Arc;

use egui::Context;
use jiff::{SignedDuration, Zoned};
use uuid::{NoContext, Timestamp, Uuid};

use super::Window;
use super::jobs::{DeskEvent, DeskJob, FileEvent, FileJob, StoreEvent, StoreJob, Way};
use crate::analytics::derive;
use crate::exchange::{book_file, import_plan, price_import, starter};
use crate::model::{Change, CompanyId, Op, Record, RecordKey, RecordKind};
use crate::store::PriceBatch;
use crate::ui::dialog::import_prices::ImportPrices;
use crate::ui::dialog::path::{PathDialog, Purpose};
use crate::ui::form::Form;
use crate::ui::provenance::{deal_name, sentence};
use crate::ui::state::{Confirm, Dialog, Message, Page, Status, Tone};
use crate::ui::{Action, Command};

/// What waits for the store's answer.
pub enum Pending {
    /// The open form; `again` opens an empty one after it.
    Form {
        /// Whether an empty form follows.
        again: bool,
    },
    /// The import dialog.
    Import,
}

/// How long a message of something done stays on the page.
const DONE_SHOWN: SignedDuration = SignedDuration::from_secs(6);

/// How many messages the panel keeps.
const MESSAGES: usize = 100;

impl Window {
    /// Takes what the workers have done.
    pub(super) fn take_events(&mut self, ctx: &Context) {
        while let Some(event) = self.store.poll() {
            self.store_event(event);
        }
        while let Some(event) = self.files.poll() {
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
                FileEvent::Failed(text) => self.file_failed(text),
            }
        }
        while let Some(event) = self.desk.poll() {
            if let (DeskEvent::Chosen(path), Some(Dialog::Path(dialog))) =
                (event, &mut self.ui.dialog)
            {
                dialog.text = path.display().to_string();
                dialog.error = None;
                ctx.request_repaint();
            }
        }
    }

    fn store_event(&mut self, event: StoreEvent) {
        self.status.saving = false;
        match event {
            StoreEvent::Applied {
                applied,
                way,
                series,
                prices_note,
            } => {
                for (symbol, series) in series {
                    match series {
                        Some(series) => self.prices.by_symbol.insert(symbol, series),
                        None => self.prices.by_symbol.remove(&symbol),
                    };
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
                self.rederive();
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
        }
    }

    /// Takes messages off the page whose time is over, and comes back for the next.
    pub(super) fn expire_messages(&mut self, ctx: &Context) {
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

    /// Computes everything anew, once for this revision.
    fn rederive(&mut self) {
        let today = self.now().date();
        self.derived = derive(&self.book, &self.prices, today);
        self.revision += 1;
    }

    /// Closes what waited for the change, and says what was done.
    fn finish(&mut self, way: Way, change: &Change) {
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
            None => {}
        }
    }

    fn empty_form(&self, kind: RecordKind, company: Option<CompanyId>) -> Form {
        Form::new(kind, company, &self.book, self.now().date())
    }

    /// Does what a view asked for.
    pub(super) fn update(&mut self, ctx: &Context, action: Action) {
        match action {
            Action::Run(command) => self.run(command),
            Action::Select(company) => self.ui.selected = Some(company),
            Action::New(kind, company) => self.ui.form = Some(self.empty_form(kind, company)),
            Action::Edit(key) => self.ui.form = Form::edit(key, &self.book),
            Action::Duplicate(key) => self.ui.form = Form::duplicate(key, &self.book),
            Action::Delete(key) => self.delete(key),
            Action::SaveForm { again } => self.save_form(again),
            Action::CloseForm => self.ui.form = None,
            Action::Apply(change) => self.apply(change, None),
            Action::Set(settings) => {
                self.settings = *settings;
                let job = FileJob::Settings(
                    self.start.paths.settings_file(),
                    Box::new(self.settings.clone()),
                );
                self.send_file(job);
            }
            Action::OpenUrl(url) => ctx.open_url(egui::OpenUrl::new_tab(url)),
            Action::OpenDataFolder => {
                let url = format!("file://{}", self.status.data_dir.display());
                ctx.open_url(egui::OpenUrl::new_tab(url));
            }
            Action::ChooseFile => self.choose_file(),
            Action::ReadFile(path) => self.send_file(FileJob::Read(path)),
            Action::ReadBytes { name, bytes } => self.file_read(name, bytes),
            Action::RereadImport => self.read_prices(),
            Action::TakeImport => self.take_import(),
            Action::Ask(confirm) => self.ui.dialog = Some(Dialog::Confirm(*confirm)),
            Action::CloseDialog => self.ui.dialog = None,
            Action::Quit => self.quitting = true,
            Action::RestoreBackup(path) => self.restore = Some(path),
            Action::WriteBook(path) => match book_file::write(&self.book) {
                Ok(text) => self.send_file(FileJob::Write(path, text)),
                Err(error) => self.tell(Tone::Failed, error.to_string()),
            },
            Action::DismissMessage(id) => {
                let messages = self.status.messages.iter_mut();
                messages
                    .filter(|message| message.id == id)
                    .for_each(|message| message.on_screen = false);
            }
        }
    }

    fn run(&mut self, command: Command) {
        let selected = self.ui.selected;
        let mut new = |kind| {
            self.ui.form = Some(Form::new(
                kind,
                selected,
                &self.book,
                (self.start.clock)().date(),
            ));
        };
        match command {
            Command::NewDeal => new(RecordKind::Deal),
            Command::NewDebt => new(RecordKind::Debt),
            Command::NewFigure => new(RecordKind::Figure),
            Command::NewTreasury => new(RecordKind::Treasury),
            Command::NewNote => new(RecordKind::Note),
            Command::NewCompany => new(RecordKind::Company),
            Command::NewSource => new(RecordKind::Source),
            Command::Undo => self.travel(StoreJob::Undo),
            Command::Redo => self.travel(StoreJob::Redo),
            Command::ImportPrices => self.ask_path(Purpose::ImportPrices),
            Command::ImportBook => self.ask_path(Purpose::ImportBook),
            Command::ExportBook => self.ask_path(Purpose::ExportBook),
            Command::BackUp => self.send_store(StoreJob::BackUpNow),
            Command::RestoreStarter => self.restore_starter(),
            Command::GoWatchlist => self.ui.page = Page::Watchlist,
            Command::GoDeals => self.ui.page = Page::Deals,
            Command::GoDebt => self.ui.page = Page::Debt,
            Command::GoSettings => self.ui.page = Page::Settings,
            Command::Filter => self.ui.focus_filter = true,
            Command::Palette => {
                self.ui.palette.open = true;
                self.ui.palette.text.clear();
                self.ui.palette.chosen = 0;
            }
            Command::NextTheme => {
                self.settings.theme = self.settings.theme.next();
                let job = FileJob::Settings(
                    self.start.paths.settings_file(),
                    Box::new(self.settings.clone()),
                );
                self.send_file(job);
            }
            Command::Messages => self.ui.messages_open = !self.ui.messages_open,
        }
    }

    fn save_form(&mut self, again: bool) {
        if self.status.saving {
            return;
        }
        let today = self.now().date();
        let mut ids = self.new_ids();
        let Some(form) = &mut self.ui.form else {
            return;
        };
        if let Some(change) = form.change(&self.book, today, &mut ids) {
            self.apply(change, Some(Pending::Form { again }));
        }
    }

    fn apply(&mut self, change: Change, pending: Option<Pending>) {
        self.pending = pending;
        self.send_store(StoreJob::Apply(change, Vec::new()));
    }

    fn travel(&mut self, job: StoreJob) {
        if !self.status.saving {
            self.send_store(job);
        }
    }

    fn delete(&mut self, key: RecordKey) {
        let ops = self.book.delete_with_dependants(key);
        let name = self
            .book
            .record(key)
            .map_or_else(String::new, |record| name_of(&record));
        let more = ops.len().saturating_sub(1);
        let with = match more {
            0 => String::new(),
            1 => " and 1 record about it".to_owned(),
            n => format!(" and {n} records about it"),
        };
        let label = format!("delete {} {name}{with}", key.kind.label());
        self.apply(Change::new(label.trim_end(), ops), None);
    }

    fn restore_starter(&mut self) {
        match starter::restore_change(&self.book) {
            Ok(Some(change)) => self.apply(change, None),
            Ok(None) => self.tell(
                Tone::Done,
                "Every starter record is there already".to_owned(),
            ),
            Err(error) => self.tell(Tone::Failed, error.to_string()),
        }
    }

    fn ask_path(&mut self, purpose: Purpose) {
        let text = match purpose {
            Purpose::ExportBook => self
                .status
                .data_dir
                .join("gigawatch-book.json")
                .display()
                .to_string(),
            Purpose::ImportPrices | Purpose::ImportBook => String::new(),
        };
        self.ui.dialog = Some(Dialog::Path(PathDialog {
            purpose,
            text,
            error: None,
        }));
    }

    fn choose_file(&mut self) {
        let Some(Dialog::Path(dialog)) = &self.ui.dialog else {
            return;
        };
        let job = match dialog.purpose {
            Purpose::ExportBook => DeskJob::Save("gigawatch-book.json".to_owned()),
            Purpose::ImportPrices | Purpose::ImportBook => DeskJob::Open,
        };
        if let Err(refused) = self.desk.send(job) {
            self.tell(Tone::Failed, refused.to_string());
        }
    }

    fn file_read(&mut self, name: String, bytes: Arc<[u8]>) {
        if looks_like_book(&bytes) {
            return self.read_book(&name, &bytes);
        }
        self.open_price_import(name, bytes);
    }

    fn read_book(&mut self, name: &str, bytes: &[u8]) {
        let records = match book_file::read(bytes) {
            Ok(records) => records,
            Err(error) => return self.file_failed(format!("{name}: {error}")),
        };
        let plan = import_plan::plan_import(&self.book, records);
        let (new, changed) = (plan.new.len(), plan.changed.len());
        if new + changed == 0 {
            self.ui.dialog = None;
            return self.tell(
                Tone::Done,
                format!(
                    "{name} holds nothing new: all {} records are there",
                    plan.same
                ),
            );
        }
        let text = format!(
            "{new} new records, {changed} that differ from yours and would be replaced, {} the same. Undo takes it back.",
            plan.same
        );
        self.ui.dialog = Some(Dialog::Confirm(Confirm {
            title: format!("Import {name}?"),
            text,
            button: "Import",
            action: Action::Apply(plan.change(format!("import book {name}"), false)),
        }));
    }

    fn file_failed(&mut self, text: String) {
        match &mut self.ui.dialog {
            Some(Dialog::Path(dialog)) => dialog.error = Some(text),
            Some(Dialog::ImportPrices(_) | Dialog::Confirm(_)) | None => {
                self.tell(Tone::Failed, text);
            }
        }
    }

    /// Opens the preview of a price file and has it read.
    fn open_price_import(&mut self, name: String, bytes: Arc<[u8]>) {
        let import = ImportPrices::new(name, bytes, &self.book, self.now().date());
        self.ui.dialog = Some(Dialog::ImportPrices(Box::new(import)));
        self.read_prices();
    }

    /// Has the file of the open preview read with its present options.
    fn read_prices(&mut self) {
        if let Some(Dialog::ImportPrices(import)) = &self.ui.dialog {
            let job = FileJob::Prices(Arc::clone(&import.bytes), Box::new(import.options.clone()));
            self.send_file(job);
        }
    }

    fn take_import(&mut self) {
        if self.status.saving {
            return;
        }
        let Some(Dialog::ImportPrices(import)) = &self.ui.dialog else {
            return;
        };
        let Some((symbol, bars)) = import.bars_to_take(&self.book, &self.prices) else {
            return;
        };
        let file = import.file_name.clone();
        match price_import::plan(&self.book, &symbol, bars, self.new_ids()()) {
            Ok(plan) => {
                let batch = PriceBatch {
                    instrument: plan.instrument,
                    provider: "file".to_owned(),
                    file: Some(file),
                    bars: plan.bars,
                };
                self.pending = Some(Pending::Import);
                self.send_store(StoreJob::Apply(plan.change, vec![batch]));
            }
            Err(error) => self.tell(Tone::Failed, error.to_string()),
        }
    }

    pub(super) fn send_store(&mut self, job: StoreJob) {
        let saves = matches!(job, StoreJob::Apply(..) | StoreJob::Undo | StoreJob::Redo);
        if saves && let Some(why) = self.status.read_only.clone() {
            self.pending = None;
            return self.tell(Tone::Failed, why);
        }
        match self.store.send(job) {
            Ok(()) => self.status.saving = saves,
            Err(refused) => self.tell(Tone::Failed, refused.to_string()),
        }
    }

    fn send_file(&mut self, job: FileJob) {
        if let Err(refused) = self.files.send(job) {
            self.tell(Tone::Failed, refused.to_string());
        }
    }

    fn tell(&mut self, tone: Tone, text: String) {
        let now = self.now();
        tell(&mut self.status, &now, tone, text);
    }

    /// Makes ids that sort by the time they were made.
    fn new_ids(&self) -> impl FnMut() -> Uuid + use<> {
        let now = self.now().timestamp();
        let seconds = u64::try_from(now.as_second()).unwrap_or_default();
        let nanos = u32::try_from(now.subsec_nanosecond()).unwrap_or_default();
        move || Uuid::new_v7(Timestamp::from_unix(NoContext, seconds, nanos))
    }
}

/// Adds a message; the last one of its tone takes the place on screen.
pub fn tell(status: &mut Status, now: &Zoned, tone: Tone, text: String) {
    let id = status.messages.last().map_or(0, |last| last.id + 1);
    for message in &mut status.messages {
        if message.tone == Tone::Done {
            message.on_screen = false;
        }
    }
    let at = now.strftime("%H:%M").to_string();
    let until = match tone {
        Tone::Done => now.timestamp().checked_add(DONE_SHOWN).ok(),
        Tone::Failed => None,
    };
    let message = Message {
        id,
        tone,
        text,
        at,
        on_screen: true,
        until,
    };
    status.messages.push(message);
    let surplus = status.messages.len().saturating_sub(MESSAGES);
    status.messages.drain(..surplus);
}

fn company_of(op: &Op) -> Option<CompanyId> {
    let Op::Put(record) = op else { return None };
    match record.as_ref() {
        Record::Company(company) => Some(company.id),
        Record::Figure(figure) => figure.subject.company(),
        Record::Deal(deal) => Some(deal.company),
        Record::Debt(debt) => Some(debt.company),
        Record::Treasury(event) => Some(event.company),
        Record::Note(note) => Some(note.company),
        Record::Source(_) | Record::Instrument(_) => None,
    }
}

fn name_of(record: &Record) -> String {
    match record {
        Record::Source(source) => source.title.clone(),
        Record::Instrument(instrument) => instrument.symbol.clone(),
        Record::Company(company) => company.name.clone(),
        Record::Figure(figure) => figure.metric.to_string(),
        Record::Deal(deal) => deal_name(deal),
        Record::Debt(debt) => debt.name.clone(),
        Record::Treasury(event) => event.kind.label().to_lowercase(),
        Record::Note(note) => note.day.to_string(),
    }
}

/// A book file begins with its format, prices never do.
fn looks_like_book(bytes: &[u8]) -> bool {
    let start = bytes
        .iter()
        .position(|byte| !byte.is_ascii_whitespace())
        .unwrap_or(0);
    bytes.get(start) == Some(&b'{')
}
