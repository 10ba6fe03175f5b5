//! What runs on other threads: the store's thread writes the book, the file
//! thread reads and writes other files, the desk thread waits for the desktop's
//! dialogs. Each answers with events.

pub mod fetch;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;

use super::Start;
use crate::exchange::price_csv::Options;
use crate::exchange::record_csv::Table;
use crate::fetch::Progress;
use crate::model::{Attempt, Book, Change, CompanyId, Feeds, InstrumentId, RecordKey, Series};
use crate::refresh;
use crate::session::prices_note;
use crate::store::{self, Applied, HistoryEntry, PriceBatch, Store, StoreError};
use crate::ui::Settings;
use crate::ui::dialog::import_prices::{self, Read};
use crate::ui::dialog::import_records;
use crate::ui::state::Backup;
use crate::work::{Emit, Worker};

/// A job of the store's thread.
pub enum StoreJob {
    /// Make a change, with its prices.
    Apply(Change, Vec<PriceBatch>),
    /// Take back the newest change.
    Undo,
    /// Bring back what was taken back.
    Redo,
    /// Keep what fetching brought.
    Keep(Box<Progress>),
    /// Take the jump of that day as true.
    AcceptJump(InstrumentId, Date),
    /// Read the log of attempts to fetch prices.
    ListAttempts,
    /// Read what was changed about a company, and about these records.
    ListChanges(CompanyId, BTreeSet<RecordKey>),
    /// Keep the copy of the day, if there is none.
    DailyBackup(Date),
    /// Keep a copy now.
    BackUpNow,
}

/// Which way a change went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// It was made.
    Done,
    /// It was taken back.
    Undone,
    /// It was brought back.
    Redone,
}

/// What the store's thread answers.
pub enum StoreEvent {
    /// On disk for good: memory may follow.
    Applied {
        /// What was done.
        applied: Box<Applied>,
        /// Which way it went.
        way: Way,
        /// The series that changed, none where one is gone.
        series: Vec<(String, Option<Series>)>,
        /// What charts must say of the prices now.
        prices_note: Option<String>,
        /// How prices came, if any changed.
        feeds: Option<Feeds>,
    },
    /// What fetching brought is on disk.
    Kept(Box<Kept>),
    /// A jump is taken as true: its prices may be fetched.
    JumpAccepted(InstrumentId, Box<Feeds>),
    /// The newest attempts to fetch prices, newest first.
    Attempts(Vec<Attempt>),
    /// What was changed about a company, newest first.
    Changes(CompanyId, Vec<HistoryEntry>),
    /// What fetching brought could not be kept; why, for the user.
    NotKept(String),
    /// There was nothing to do.
    Nothing,
    /// Nothing was changed; why, for the user.
    Failed(String),
    /// A copy was kept.
    BackedUp(PathBuf),
    /// The copies there are.
    Backups(Vec<Backup>),
}

/// Prices that came and are kept, or only the news of who was asked.
pub struct Kept {
    /// What came of an instrument's turn.
    pub turn: Option<refresh::Kept>,
    /// How all prices came.
    pub feeds: Feeds,
    /// The newest attempts, newest first.
    pub attempts: Vec<Attempt>,
    /// What charts must say of the prices now.
    pub prices_note: Option<String>,
}

/// How many attempts the log on screen holds.
pub const ATTEMPTS_SHOWN: usize = 500;

/// How many changes the history of a company holds.
const CHANGES_SHOWN: usize = 1000;

/// Starts the store's thread.
pub fn store_worker(
    start: &Start,
    mut store: Store,
) -> Result<Worker<StoreJob, StoreEvent>, StoreError> {
    let clock = Arc::clone(&start.clock);
    let run = move |job: StoreJob, emit: Emit<'_, StoreEvent>| {
        let at = clock().timestamp();
        let done = match job {
            StoreJob::Apply(change, prices) => {
                store.apply(&change, &prices, at).map(|a| (a, Way::Done))
            }
            StoreJob::Undo => store.undo(at).map(|a| (a, Way::Undone)),
            StoreJob::Redo => store.redo(at).map(|a| (a, Way::Redone)),
            StoreJob::Keep(progress) => {
                return emit(match keep(&mut store, &progress, at) {
                    Ok(kept) => StoreEvent::Kept(Box::new(kept)),
                    Err(error) => not_kept(&error),
                });
            }
            StoreJob::AcceptJump(instrument, day) => {
                let accepted = store.accept_jump(instrument, day);
                return emit(match accepted.and_then(|()| store.load_feeds(at)) {
                    Ok(feeds) => StoreEvent::JumpAccepted(instrument, Box::new(feeds)),
                    Err(error) => not_kept(&error),
                });
            }
            StoreJob::ListAttempts => {
                return emit(match store.attempts(ATTEMPTS_SHOWN) {
                    Ok(attempts) => StoreEvent::Attempts(attempts),
                    Err(error) => not_kept(&error),
                });
            }
            StoreJob::ListChanges(company, also) => {
                return emit(match store.changes_about(company, &also, CHANGES_SHOWN) {
                    Ok(changes) => StoreEvent::Changes(company, changes),
                    Err(error) => StoreEvent::NotKept(error.to_string()),
                });
            }
            StoreJob::DailyBackup(today) => {
                match store.daily_backup(today) {
                    Ok(_) => {}
                    Err(error) => emit(StoreEvent::Failed(error.to_string())),
                }
                return emit(list_backups(&store));
            }
            StoreJob::BackUpNow => {
                let name = format!("gigawatch-{}.sqlite", clock().strftime("%Y-%m-%d-%H%M%S"));
                let path = store::backup_folder(store.folder()).join(name);
                emit(match store.backup_to(&path) {
                    Ok(()) => StoreEvent::BackedUp(path),
                    Err(error) => StoreEvent::Failed(error.to_string()),
                });
                return emit(list_backups(&store));
            }
        };
        emit(answer(&store, done, at));
    };
    if start.inline {
        return Ok(Worker::inline(run));
    }
    Worker::spawn("store", Arc::clone(&start.wake), run).map_err(|error| no_thread(&error))
}

fn keep(store: &mut Store, progress: &Progress, at: Timestamp) -> Result<Kept, StoreError> {
    Ok(Kept {
        turn: refresh::keep(store, progress)?,
        feeds: store.load_feeds(at)?,
        attempts: store.attempts(ATTEMPTS_SHOWN)?,
        prices_note: prices_note(store)?,
    })
}

fn not_kept(error: &StoreError) -> StoreEvent {
    tracing::warn!(?error, "fetched prices are not kept");
    StoreEvent::NotKept(error.to_string())
}

fn answer(
    store: &Store,
    done: Result<(Option<Applied>, Way), StoreError>,
    at: Timestamp,
) -> StoreEvent {
    let (applied, way) = match done {
        Ok((Some(applied), way)) => (applied, way),
        Ok((None, _)) => return StoreEvent::Nothing,
        Err(error) => {
            tracing::warn!(?error, "a change was refused");
            return StoreEvent::Failed(error.to_string());
        }
    };
    let load = |symbol: &String| Ok((symbol.clone(), store.load_series(symbol)?));
    let series: Result<Vec<_>, StoreError> = applied.prices_changed.iter().map(load).collect();
    // The change is on disk whatever comes now: a series that cannot be read
    // back is shown as gone until the next start, and logged.
    let series = series.unwrap_or_else(|error| {
        tracing::error!(?error, "prices cannot be read back");
        applied
            .prices_changed
            .iter()
            .map(|symbol| (symbol.clone(), None))
            .collect()
    });
    let prices_note = prices_note(store).unwrap_or_else(|error| {
        tracing::error!(?error, "the origin of prices cannot be read");
        None
    });
    let feeds = (!applied.prices_changed.is_empty()).then(|| store.load_feeds(at));
    let feeds = feeds.transpose().unwrap_or_else(|error| {
        tracing::error!(?error, "how prices came cannot be read");
        None
    });
    StoreEvent::Applied {
        feeds,
        applied: Box::new(applied),
        way,
        series,
        prices_note,
    }
}

fn list_backups(store: &Store) -> StoreEvent {
    let found = store::list_backups(store.folder()).unwrap_or_else(|error| {
        tracing::warn!(?error, "copies cannot be listed");
        Vec::new()
    });
    let backup = |info: store::BackupInfo| Backup {
        path: info.path,
        day: Some(info.day),
        bytes: info.bytes,
    };
    StoreEvent::Backups(found.into_iter().map(backup).collect())
}

fn no_thread(error: &std::io::Error) -> StoreError {
    StoreError::ReadOnly(format!("the system gives no thread ({error})"))
}

/// A job of the file thread.
pub enum FileJob {
    /// Read a file that was chosen or dropped.
    Read(PathBuf),
    /// Read a file of prices with these options.
    Prices(Arc<[u8]>, Box<Options>),
    /// Compare a file of records with the book as it is.
    Records {
        /// Which records.
        table: Table,
        /// What the file holds.
        bytes: Arc<[u8]>,
        /// The book.
        book: Box<Book>,
        /// Its revision.
        revision: u64,
    },
    /// Write a file the user asked for.
    Write(PathBuf, String),
    /// Keep the preferences.
    Settings(PathBuf, Box<Settings>),
}

/// What the file thread answers.
pub enum FileEvent {
    /// A file's bytes.
    Read {
        /// Its name, without folders.
        name: String,
        /// What it holds.
        bytes: Arc<[u8]>,
    },
    /// What a file of prices holds.
    PricesRead(Box<Read>),
    /// What a file of records would do.
    RecordsRead(Box<import_records::Read>),
    /// A file was written.
    Written(PathBuf),
    /// What did not work, for the user.
    Failed(String),
}

/// A file larger than this is not read into memory.
const LARGEST: u64 = 220_000_000;

/// Starts the file thread.
pub fn file_worker(start: &Start) -> Result<Worker<FileJob, FileEvent>, StoreError> {
    let run = |job: FileJob, emit: Emit<'_, FileEvent>| match job {
        FileJob::Read(path) => emit(match read(&path) {
            Ok(bytes) => {
                let name = path
                    .file_name()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .into_owned();
                FileEvent::Read {
                    name,
                    bytes: bytes.into(),
                }
            }
            Err(error) => FileEvent::Failed(format!("{} cannot be read ({error})", path.display())),
        }),
        FileJob::Prices(bytes, options) => {
            emit(FileEvent::PricesRead(Box::new(import_prices::read(
                &bytes, *options,
            ))));
        }
        FileJob::Records {
            table,
            bytes,
            book,
            revision,
        } => {
            let read = import_records::read(table, &bytes, &book, revision);
            emit(FileEvent::RecordsRead(Box::new(read)));
        }
        FileJob::Write(path, text) => emit(match std::fs::write(&path, text) {
            Ok(()) => FileEvent::Written(path),
            Err(error) => {
                FileEvent::Failed(format!("{} cannot be written ({error})", path.display()))
            }
        }),
        FileJob::Settings(path, settings) => {
            if let Err(error) = super::preferences::save(&path, &settings) {
                let text = format!(
                    "The preferences cannot be kept in {} ({error})",
                    path.display()
                );
                emit(FileEvent::Failed(text));
            }
        }
    };
    if start.inline {
        return Ok(Worker::inline(run));
    }
    Worker::spawn("files", Arc::clone(&start.wake), run).map_err(|error| no_thread(&error))
}

fn read(path: &std::path::Path) -> std::io::Result<Vec<u8>> {
    let size = std::fs::metadata(path)?.len();
    if size > LARGEST {
        return Err(std::io::Error::other("it is larger than 200 MB"));
    }
    std::fs::read(path)
}

/// A job of the desk thread.
pub enum DeskJob {
    /// Ask for a file to read.
    Open,
    /// Ask for a file to write, under this name.
    Save(String),
}

/// What the desk thread answers.
pub enum DeskEvent {
    /// A file was chosen.
    Chosen(PathBuf),
    /// None was chosen, or this desktop has no dialog.
    Nothing,
}

/// Starts the desk thread.
pub fn desk_worker(start: &Start) -> Result<Worker<DeskJob, DeskEvent>, StoreError> {
    let run = |job: DeskJob, emit: Emit<'_, DeskEvent>| {
        let chosen = match job {
            DeskJob::Open => rfd::FileDialog::new().pick_file(),
            DeskJob::Save(name) => rfd::FileDialog::new().set_file_name(name).save_file(),
        };
        emit(chosen.map_or(DeskEvent::Nothing, DeskEvent::Chosen));
    };
    if start.inline {
        return Ok(Worker::inline(|_, emit| emit(DeskEvent::Nothing)));
    }
    let worker = Worker::spawn("desk", Arc::clone(&start.wake), run);
    worker
        .map(Worker::abandoned_on_drop)
        .map_err(|error| no_thread(&error))
}

/// Starts a thread whose jobs wait for others than this machine's disk: it must
/// not hold up quitting.
fn start<J: Send + 'static, E: Send + 'static>(
    start: &Start,
    name: &str,
    run: impl FnMut(J, Emit<'_, E>) + Send + 'static,
) -> Result<Worker<J, E>, StoreError> {
    if start.inline {
        return Ok(Worker::inline(run));
    }
    let worker = Worker::spawn(name, Arc::clone(&start.wake), run);
    worker
        .map(Worker::abandoned_on_drop)
        .map_err(|error| no_thread(&error))
}
