//! Wiring: the window's life. `update` is the only code that mutates what the
//! window shows, `jobs` what runs on other threads, `keys` what keys do.

mod decisions;
mod dial;
mod history;
mod instruments;
mod jobs;
mod keys;
mod preferences;
mod prices;
mod recovery;
mod update;
pub mod window;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;
use jiff::{Timestamp, Zoned};

use crate::analytics::freshness::Coverage;
use crate::analytics::{Derived, derive};
use crate::model::{Book, CompanyId, Feeds, InstrumentId, Prices};
use crate::paths::Paths;
use crate::session::{self, SessionError};
use crate::store::{Access, Store};
use crate::ui::form::Form;
use crate::ui::state::{Confirm, Dialog, Status, Tone};
use crate::ui::theme::{self, Tokens};
use crate::ui::{Action, Cx, Settings, UiState, shell};
use crate::work::{Wake, Worker};

pub use jobs::fetch::Network;
use jobs::fetch::{FetchEvent, FetchJob, KeysEvent, KeysJob};
use jobs::{DeskEvent, DeskJob, FileEvent, FileJob, StoreEvent, StoreJob};
use recovery::Recovery;

/// The window has been drawn so often before the copy of the day is made.
const FRAMES_BEFORE_BACKUP: u64 = 3;

/// The time, as the user's clock shows it.
pub type Clock = Arc<dyn Fn() -> Zoned + Send + Sync>;

/// What an app is started with.
#[derive(Clone)]
pub struct Start {
    /// Where the book, settings and logs are.
    pub paths: Paths,
    /// The time.
    pub clock: Clock,
    /// Called from other threads when there is something to show.
    pub wake: Wake,
    /// Runs work on the caller's thread: for tests.
    pub inline: bool,
    /// The network; none to use none.
    pub network: Option<Network>,
}

/// The app: open, or asking how to go on with a book that does not open.
pub struct App {
    start: Start,
    stage: Stage,
}

enum Stage {
    Open(Box<Window>),
    Failed(Recovery),
}

/// An open book and its window.
pub struct Window {
    start: Start,
    book: Book,
    prices: Prices,
    feeds: Feeds,
    feeds_revision: u64,
    coverage: BTreeMap<InstrumentId, Coverage>,
    /// The time when the frame began.
    time: Zoned,
    derived: Derived,
    /// The day for which it was derived: today, or the day of the dial.
    derived_on: Date,
    /// The day of the user's clock when it was derived.
    today: Date,
    /// The day of the dial, if it is not on today.
    as_of: Option<Date>,
    /// Book and prices as they were known on the day of the dial.
    then: Option<(Book, Prices)>,
    revision: u64,
    settings: Settings,
    settings_installed: Option<Settings>,
    /// What the window shows.
    pub ui: UiState,
    status: Status,
    actions: RefCell<Vec<Action>>,
    store: Worker<StoreJob, StoreEvent>,
    files: Worker<FileJob, FileEvent>,
    desk: Worker<DeskJob, DeskEvent>,
    fetch: Option<Worker<FetchJob, FetchEvent>>,
    keys: Option<Worker<KeysJob, KeysEvent>>,
    /// The refresh under way.
    fetching: Option<prices::Fetching>,
    /// Instruments to ask for when the refresh under way is over.
    fetch_next: Vec<InstrumentId>,
    /// The message that told how the last refresh failed.
    told_failure: Option<u64>,
    /// How many refreshes there were.
    fetch_runs: u64,
    /// When to refresh by itself; none before the first time.
    look_again: Option<Timestamp>,
    /// Until when `coverage` holds.
    covered_until: Option<Timestamp>,
    /// It was asked which keys are at hand.
    keys_listed: bool,
    /// The log of attempts was asked for.
    attempts_listed: bool,
    /// Whose changes were asked for, and at which revision.
    changes_listed: Option<(CompanyId, u64)>,
    /// The last refresh reached nobody.
    unconnected: bool,
    pending: Option<update::Pending>,
    /// Whose prices the file being asked for holds.
    import_for: Option<String>,
    quitting: bool,
    /// The copy of the day is still to be kept.
    backup_due: bool,
    /// A backup to put in place of the book, once this window is gone.
    restore: Option<PathBuf>,
}

impl App {
    /// Opens the book; an error becomes a page that says how to go on.
    pub fn new(start: Start) -> Self {
        let stage = match Window::open(&start) {
            Ok(window) => Stage::Open(Box::new(window)),
            Err(error) => Stage::Failed(Recovery::new(&error)),
        };
        Self { start, stage }
    }

    /// The open window, if the book opened.
    pub fn window(&self) -> Option<&Window> {
        match &self.stage {
            Stage::Open(window) => Some(window),
            Stage::Failed(_) => None,
        }
    }

    /// Installs the look before the first frame.
    pub fn install_look(&mut self, ctx: &egui::Context) {
        match &mut self.stage {
            Stage::Open(window) => window.install_look(ctx),
            Stage::Failed(_) => {
                let s = Settings::default();
                theme::install(ctx, s.theme, s.scheme, s.text_scale);
            }
        }
    }

    /// Does what happened since the last frame: events, keys, actions.
    pub fn logic(&mut self, ctx: &egui::Context) {
        if let Stage::Open(window) = &mut self.stage {
            window.logic(ctx);
            if window.quitting {
                ctx.send_viewport_cmd(egui::ViewportCommand::Close);
            }
        }
        let backup = match &mut self.stage {
            Stage::Failed(recovery) => recovery.retry.take(),
            Stage::Open(window) => window.restore.take(),
        };
        if let Some(backup) = backup {
            self.restore(&backup);
            ctx.request_repaint();
        }
    }

    /// Puts a backup in place of the book and opens it. The book is closed
    /// first, for only its one writer may replace it.
    fn restore(&mut self, backup: &std::path::Path) {
        self.stage = Stage::Failed(Recovery::waiting());
        let restored = recovery::restore(backup, &self.start);
        let now = (self.start.clock)();
        let (tone, text) = match &restored {
            Ok(aside) => (
                Tone::Done,
                format!("Restored {}. {aside}", backup.display()),
            ),
            Err(error) => (Tone::Failed, error.to_string()),
        };
        self.stage = match Window::open(&self.start) {
            Ok(mut window) => {
                update::tell(&mut window.status, &now, tone, text);
                Stage::Open(Box::new(window))
            }
            Err(error) => Stage::Failed(Recovery::new(&error)),
        };
    }

    /// Draws.
    pub fn ui(&mut self, ui: &mut egui::Ui) {
        match &mut self.stage {
            Stage::Open(window) => window.show(ui),
            Stage::Failed(recovery) => recovery.show(ui),
        }
    }
}

/// What the app can do with a book that was just opened.
fn first_status(start: &Start, store: &Store) -> Result<Status, SessionError> {
    Ok(Status {
        undo: store.undo_label()?,
        redo: store.redo_label()?,
        read_only: match store.access() {
            Access::ReadWrite => None,
            Access::ReadOnly { why } => Some(format!("Nothing can be saved, because {why}")),
        },
        data_dir: start.paths.data.clone(),
        prices_note: session::prices_note(store)?,
        ..Status::default()
    })
}

impl Window {
    fn open(start: &Start) -> Result<Self, SessionError> {
        let now = (start.clock)();
        let opened = session::open(&start.paths.data, now.timestamp())?;
        let today = now.date();
        let mut status = first_status(start, &opened.store)?;
        // That nothing can be saved is no good news.
        let tone = match status.read_only {
            Some(_) => Tone::Failed,
            None => Tone::Done,
        };
        for notice in opened.notices {
            update::tell(&mut status, &now, tone, notice);
        }
        let (settings, trouble) = preferences::load(&start.paths.settings_file());
        let derived = derive(&opened.book, &opened.prices, today, settings.switches);
        if let Some(trouble) = trouble {
            update::tell(&mut status, &now, Tone::Failed, trouble);
        }
        let store = opened.store;
        let network = start.network.as_ref();
        let mut window = Self {
            book: opened.book,
            prices: opened.prices,
            feeds: opened.feeds,
            feeds_revision: 1,
            coverage: BTreeMap::new(),
            time: now.clone(),
            derived,
            derived_on: today,
            today,
            as_of: None,
            then: None,
            revision: 1,
            settings,
            settings_installed: None,
            ui: UiState::default(),
            status,
            actions: RefCell::default(),
            store: jobs::store_worker(start, store)?,
            files: jobs::file_worker(start)?,
            desk: jobs::desk_worker(start)?,
            fetch: network
                .map(|network| jobs::fetch::fetch_worker(start, network))
                .transpose()?,
            keys: network
                .map(|network| jobs::fetch::keys_worker(start, network))
                .transpose()?,
            fetching: None,
            fetch_next: Vec::new(),
            told_failure: None,
            fetch_runs: 0,
            look_again: None,
            covered_until: None,
            keys_listed: false,
            attempts_listed: false,
            changes_listed: None,
            unconnected: false,
            pending: None,
            import_for: None,
            quitting: false,
            backup_due: true,
            restore: None,
            start: start.clone(),
        };
        window.cover();
        window.ui.selected = window.derived.watchlist.first().map(|row| row.company_id);
        Ok(window)
    }

    fn now(&self) -> Zoned {
        (self.start.clock)()
    }

    fn logic(&mut self, ctx: &egui::Context) {
        self.time = self.now();
        let today = self.time.date();
        if today != self.today {
            self.today = today;
            // The window was open over midnight: ages and the year may differ.
            self.rederive();
            self.backup_due = true;
        }
        self.back_up_when_shown(ctx);
        self.watch_closes(ctx);
        self.list_keys_when_shown();
        self.list_attempts_when_shown();
        self.list_changes_when_shown();
        self.take_all_events(ctx);
        keys::take(ctx, self);
        let actions = std::mem::take(&mut *self.actions.borrow_mut());
        for action in actions {
            match self.refused_by_dial(&action) {
                Some(why) => self.tell(Tone::Failed, why),
                None => self.update(ctx, action),
            }
        }
        // Work done at once, as in tests, has its answer already.
        self.take_all_events(ctx);
        self.status.offline = self.offline();
        self.expire_messages(ctx);
        self.guard_closing(ctx);
        self.install_look(ctx);
    }

    /// Takes what all threads have done, also what one event leads to.
    fn take_all_events(&mut self, ctx: &egui::Context) {
        while self.take_events(ctx) | self.take_fetch_events() {}
    }

    /// Installs fonts, colours and sizes when the preferences are not the ones
    /// installed last.
    fn install_look(&mut self, ctx: &egui::Context) {
        if self.settings_installed.as_ref() != Some(&self.settings) {
            let s = &self.settings;
            theme::install(ctx, s.theme, s.scheme, s.text_scale);
            self.settings_installed = Some(self.settings.clone());
        }
    }

    /// Keeps the copy of the day once the window stands: the first frames have
    /// the processor to themselves.
    fn back_up_when_shown(&mut self, ctx: &egui::Context) {
        if !self.backup_due {
            return;
        }
        if ctx.cumulative_pass_nr() < FRAMES_BEFORE_BACKUP {
            ctx.request_repaint();
            return;
        }
        self.backup_due = false;
        self.send_store(StoreJob::DailyBackup(self.today));
    }

    /// A window with a half-typed form asks before it closes.
    fn guard_closing(&mut self, ctx: &egui::Context) {
        let closing = ctx.input(|input| input.viewport().close_requested());
        let typed = self.ui.form.as_ref().is_some_and(Form::has_typed);
        if !closing || !typed || self.quitting {
            return;
        }
        ctx.send_viewport_cmd(egui::ViewportCommand::CancelClose);
        self.ui.dialog = Some(Dialog::Confirm(Confirm {
            title: "Close Gigawatch?".to_owned(),
            text: "A form is open and what you typed there is not saved.".to_owned(),
            button: "Discard and close",
            action: Action::Quit,
        }));
    }

    fn show(&mut self, ui: &mut egui::Ui) {
        // A frame may be drawn twice; only the last drawing counts.
        self.actions.borrow_mut().clear();
        let dark = ui.ctx().theme() == egui::Theme::Dark;
        let (book, prices) = match &self.then {
            Some((book, prices)) => (book, prices),
            None => (&self.book, &self.prices),
        };
        let cx = Cx {
            book,
            prices,
            feeds: &self.feeds,
            feeds_revision: self.feeds_revision,
            coverage: &self.coverage,
            now: &self.time,
            derived: &self.derived,
            revision: self.revision,
            today: self.derived_on,
            as_of: self.as_of,
            tokens: Tokens::of(dark, self.settings.scheme),
            settings: &self.settings,
            status: &self.status,
            actions: &self.actions,
        };
        shell::show(ui, &cx, &mut self.ui);
        if !self.actions.borrow().is_empty() {
            ui.ctx().request_repaint();
        }
    }

    /// The book as the window shows it.
    pub const fn book(&self) -> &Book {
        &self.book
    }

    /// All that follows from it.
    pub const fn derived(&self) -> &Derived {
        &self.derived
    }

    /// What the app is doing and can do.
    pub const fn status(&self) -> &Status {
        &self.status
    }

    /// The prices as the window shows them.
    pub const fn prices(&self) -> &Prices {
        &self.prices
    }

    /// How they came.
    pub const fn feeds(&self) -> &Feeds {
        &self.feeds
    }

    /// Asks for something to be done in the next frame, as a view does.
    pub fn act(&self, action: Action) {
        self.actions.borrow_mut().push(action);
    }

    /// The preferences in force.
    pub const fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The folder of the book.
    pub fn folder(&self) -> PathBuf {
        self.start.paths.data.clone()
    }
}
