//! The only code that mutates what the window shows: `update` does what views
//! ask for, `events` what workers answer, `files` what files bring.

mod events;
mod files;

use egui::Context;
use jiff::{SignedDuration, Zoned};
use uuid::{NoContext, Timestamp, Uuid};

use super::Window;
use super::jobs::fetch::KeysJob;
use super::jobs::{FileJob, StoreJob};
use crate::analytics::measure::Measure;
use crate::exchange::record_csv::Table;
use crate::exchange::starter;
use crate::model::{Change, CompanyId, InstrumentId, Op, Record, RecordKey, RecordKind};
use crate::refresh::Scope;
use crate::ui::dialog::explain::Explain;
use crate::ui::dialog::path::Purpose;
use crate::ui::form::Form;
use crate::ui::provenance::deal_name;
use crate::ui::state::{Confirm, Dialog, Message, Page, Status, Tone};
use crate::ui::{Action, Command, Settings};

/// What waits for the store's answer.
pub enum Pending {
    /// The open form; `again` opens an empty one after it.
    Form {
        /// Whether an empty form follows.
        again: bool,
    },
    /// The import dialog.
    Import,
    /// A new instrument, whose prices are wanted at once.
    Instrument(InstrumentId),
}

/// How long a message of something done stays on the page.
const DONE_SHOWN: SignedDuration = SignedDuration::from_secs(6);

/// How many messages the panel keeps.
const MESSAGES: usize = 100;

impl Window {
    fn empty_form(&self, kind: RecordKind, company: Option<CompanyId>) -> Form {
        Form::new(kind, company, &self.book, self.now().date())
    }

    /// Does what a view asked for.
    pub(super) fn update(&mut self, ctx: &Context, action: Action) {
        match action {
            Action::Run(command) => self.run(command),
            Action::Select(company) => self.ui.selected = Some(company),
            Action::OpenCompany(company) => self.open_company(company),
            Action::Explain(company, measure) => self.explain(company, measure),
            Action::ShowConflict(key) => self.show_conflict(key),
            Action::New(kind, company) => self.ui.form = Some(self.empty_form(kind, company)),
            Action::Edit(key) => self.ui.form = Form::edit(key, &self.book),
            Action::Duplicate(key) => self.ui.form = Form::duplicate(key, &self.book),
            Action::Delete(key) => self.delete(key),
            Action::SaveForm { again } => self.save_form(again),
            Action::CloseForm => self.ui.form = None,
            Action::Apply(change) => self.apply(change, None),
            Action::Set(settings) => self.set(*settings),
            Action::OpenUrl(url) => ctx.open_url(egui::OpenUrl::new_tab(url)),
            Action::OpenDataFolder => {
                let url = format!("file://{}", self.status.data_dir.display());
                ctx.open_url(egui::OpenUrl::new_tab(url));
            }
            Action::ChooseFile => self.choose_file(),
            Action::ReadFile(path) => self.send_file(FileJob::Read(path)),
            Action::ReadBytes { name, bytes } => self.file_read(name, bytes),
            Action::RereadImport => self.reread_import(),
            Action::TakeImport => self.take_import(),
            Action::Ask(confirm) => self.ui.dialog = Some(Dialog::Confirm(*confirm)),
            Action::CloseDialog => {
                self.ui.dialog = None;
                self.import_for = None;
            }
            Action::Refresh(instruments) => self.refresh(instruments),
            Action::Rebuild(instrument) => self.ask_for_prices(&Scope::Rebuild(instrument)),
            Action::AcceptJump(instrument, day) => {
                self.send_store(StoreJob::AcceptJump(instrument, day));
            }
            Action::TypeClose {
                instrument,
                day,
                close,
            } => self.keep_typed_close(instrument, day, close),
            Action::ImportPricesOf(instrument) => self.ask_for_prices_file(instrument),
            Action::EditInstrument(instrument) => self.edit_instrument(instrument),
            Action::EnterClose(instrument) => self.enter_close(instrument),
            Action::NewInstrument => {
                self.ui.dialog = Some(Dialog::AddInstrument(Box::default()));
            }
            Action::AddInstrument {
                symbol,
                name,
                kind,
                currency,
            } => self.add_instrument(symbol, name, kind, currency),
            Action::Decide { choice, note } => self.decide(choice, note),
            Action::SetAsOf(day) => self.set_as_of(day),
            Action::SetKey(provider, key) => self.send_keys(KeysJob::Set(provider, key)),
            Action::ForgetKey(provider) => self.send_keys(KeysJob::Forget(provider)),
            Action::Quit => self.quitting = true,
            Action::RestoreBackup(path) => self.restore = Some(path),
            Action::WriteBook(path) => self.write_book(path),
            Action::WriteRecords(table, path) => self.write_records(table, path),
            Action::DismissMessage(id) => self.dismiss(id),
        }
    }

    fn open_company(&mut self, company: CompanyId) {
        self.ui.selected = Some(company);
        self.ui.page = Page::Company;
    }

    fn show_conflict(&mut self, key: uuid::Uuid) {
        self.ui.conflicts.reveal_key(key);
        self.ui.page = Page::Conflicts;
    }

    fn explain(&mut self, company: CompanyId, measure: Measure) {
        self.ui.dialog = Some(Dialog::Explain(Explain::new(company, measure)));
    }

    /// Takes the preferences; what counts by the switches is derived anew.
    fn set(&mut self, settings: Settings) {
        let switched = self.settings.switches != settings.switches;
        self.settings = settings;
        self.keep_settings();
        if switched {
            self.rederive();
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
            Command::ImportRecords => self.ask_path(Purpose::ImportRecords),
            Command::ExportDeals => self.ask_path(Purpose::ExportRecords(Table::Deals)),
            Command::ExportDebts => self.ask_path(Purpose::ExportRecords(Table::Debts)),
            Command::ExportFigures => self.ask_path(Purpose::ExportRecords(Table::Figures)),
            Command::ExportTreasury => self.ask_path(Purpose::ExportRecords(Table::Treasury)),
            Command::BackUp => self.send_store(StoreJob::BackUpNow),
            Command::RestoreStarter => self.restore_starter(),
            Command::GoWatchlist => self.ui.page = Page::Watchlist,
            Command::GoDeals => self.ui.page = Page::Deals,
            Command::GoDebt => self.ui.page = Page::Debt,
            Command::GoCompany => self.ui.page = Page::Company,
            Command::GoCalendar => self.ui.page = Page::Calendar,
            Command::GoSector => self.ui.page = Page::Sector,
            Command::GoConflicts => self.ui.page = Page::Conflicts,
            Command::GoData => self.ui.page = Page::Data,
            Command::GoSettings => self.ui.page = Page::Settings,
            Command::RefreshPrices => self.ask_for_prices(&Scope::All),
            Command::CancelRefresh => self.cancel_refresh(),
            Command::Filter => self.ui.focus_filter = true,
            Command::Palette => {
                self.ui.palette.open = true;
                self.ui.palette.text.clear();
                self.ui.palette.chosen = 0;
            }
            Command::NextTheme => {
                self.settings.theme = self.settings.theme.next();
                self.keep_settings();
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
            if let Some(why) = self.unseen_on_dial(&change) {
                return self.tell(Tone::Failed, why);
            }
            self.apply(change, Some(Pending::Form { again }));
        }
    }

    pub(super) fn apply(&mut self, change: Change, pending: Option<Pending>) {
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
            Ok(Some(change)) => {
                let text = format!(
                    "This would {}. Your own records and your edits stay as they are, and undo \
                     takes it back.",
                    change.label
                );
                self.ui.dialog = Some(Dialog::Confirm(Confirm {
                    title: "Restore the starter book?".to_owned(),
                    text,
                    button: "Restore",
                    action: Action::Apply(change),
                }));
            }
            Ok(None) => self.tell(
                Tone::Done,
                "Every starter record is there already".to_owned(),
            ),
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
            Ok(()) => self.status.saving |= saves,
            Err(refused) => self.tell(Tone::Failed, refused.to_string()),
        }
    }

    /// Takes a message off the page; the panel keeps it.
    pub(super) fn dismiss(&mut self, id: u64) {
        let messages = self.status.messages.iter_mut();
        messages
            .filter(|message| message.id == id)
            .for_each(|message| message.on_screen = false);
    }

    /// Has the preferences written.
    pub(super) fn keep_settings(&mut self) {
        let path = self.start.paths.settings_file();
        self.send_file(FileJob::Settings(path, Box::new(self.settings.clone())));
    }

    fn send_file(&mut self, job: FileJob) {
        if let Err(refused) = self.files.send(job) {
            self.tell(Tone::Failed, refused.to_string());
        }
    }

    pub(super) fn tell(&mut self, tone: Tone, text: String) {
        let now = self.now();
        tell(&mut self.status, &now, tone, text);
    }

    /// Makes ids that sort by the time they were made.
    pub(super) fn new_ids(&self) -> impl FnMut() -> Uuid + use<> {
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
    record.company()
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
        Record::Pin(pin) => format!("of {}", pin.made),
    }
}
