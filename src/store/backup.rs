//! Copies of the file, made with SQLite's own backup, so that they are whole
//! while the book is in use. It must not replace the book: that is `restore`.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};

use super::connection;
use super::error::Fault;
use super::schema::{self, Identity};
use super::{Access, Store, StoreError};

/// How many daily copies are kept.
const DAILY_KEPT: usize = 10;

const PREFIX: &str = "gigawatch-";
const SUFFIX: &str = ".sqlite";
const MIGRATION: &str = "-before-migration-";

/// Why a copy was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum BackupKind {
    /// Before the file was brought from this version to a newer one. Kept.
    BeforeMigration(u32),
    /// The first use of a day. The newest ten are kept.
    Daily,
    /// Asked for by the user. Kept.
    Asked,
}

/// A copy in the folder of backups.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackupInfo {
    /// The copy.
    pub path: PathBuf,
    /// Why it was made.
    pub kind: BackupKind,
    /// The day it was made.
    pub day: Date,
    /// Its size in bytes.
    pub bytes: u64,
}

impl Store {
    /// Copies the book to a new file at `path`, checked and complete in one
    /// file. Refused where there is a file already.
    pub fn backup_to(&self, path: &Path) -> Result<(), StoreError> {
        copy(&self.conn, path).map_err(|fault| fault.explain(&self.path()))
    }

    /// Makes the copy of the day, once a day, and lets the oldest beyond ten go.
    /// None if there is one of today, or the book is open for reading only.
    ///
    /// A damaged book makes no copy, and so never pushes a good one out.
    pub fn daily_backup(&self, today: Date) -> Result<Option<PathBuf>, StoreError> {
        if self.access != Access::ReadWrite {
            return Ok(None);
        }
        let folder = backup_folder(&self.folder);
        let path = folder.join(format!("{PREFIX}{today}{SUFFIX}"));
        if path.exists() {
            return Ok(None);
        }
        let make = || {
            make_folder(&folder)?;
            copy(&self.conn, &path)?;
            prune(&self.folder)
        };
        make().map_err(|fault| fault.explain(&self.path()))?;
        Ok(Some(path))
    }
}

/// Where the backups of the book in that data folder are.
pub fn backup_folder(folder: &Path) -> PathBuf {
    folder.join("backups")
}

/// The copies in that data folder's backups, newest first. Other files there
/// are passed over; a missing folder has none.
pub fn list_backups(folder: &Path) -> io::Result<Vec<BackupInfo>> {
    let entries = match fs::read_dir(backup_folder(folder)) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut backups = Vec::new();
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name();
        let Some((kind, day)) = name.to_str().and_then(parse_name) else {
            continue;
        };
        backups.push(BackupInfo {
            path: entry.path(),
            kind,
            day,
            bytes: entry.metadata()?.len(),
        });
    }
    backups.sort_by(|a, b| (b.day, b.kind, &b.path).cmp(&(a.day, a.kind, &a.path)));
    Ok(backups)
}

/// The newest copy of that data folder that [`verify_copy`] finds good.
pub fn newest_good_copy(folder: &Path) -> Option<PathBuf> {
    // A folder that cannot be listed offers no copy.
    let backups = list_backups(folder).unwrap_or_default();
    backups
        .into_iter()
        .map(|backup| backup.path)
        .find(|path| verify_copy(path).is_ok())
}

/// Checks that a file is a sound book that this Gigawatch can open. It is not
/// changed, and no file is made beside it.
pub fn verify_copy(path: &Path) -> Result<(), StoreError> {
    verify(path).map_err(|fault| fault.explain(path))
}

fn verify(path: &Path) -> Result<(), Fault> {
    let refuse = |why| Err(Fault::NotACopy(path.to_path_buf(), why));
    let conn = connection::to_read_alone(path)?;
    match schema::identify(&conn)? {
        Identity::Book(version) if version <= schema::newest(schema::STEPS) => {}
        Identity::Book(_) => return refuse("a newer Gigawatch made it, so update Gigawatch first"),
        Identity::Empty | Identity::Foreign => return refuse("it is not a book of Gigawatch"),
    }
    let said: String = conn.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if said == "ok" {
        Ok(())
    } else {
        Err(Fault::Damaged(path.to_path_buf(), said))
    }
}

/// The copy made before the file leaves `version`.
pub(super) fn before_migration(
    conn: &Connection,
    folder: &Path,
    version: u32,
    now: Timestamp,
) -> Result<PathBuf, Fault> {
    let folder = backup_folder(folder);
    make_folder(&folder)?;
    let now = stamp(now);
    let path = folder.join(format!("{PREFIX}v{version}{MIGRATION}{now}{SUFFIX}"));
    copy(conn, &path)?;
    Ok(path)
}

/// A moment in UTC as part of a file name.
pub(super) fn stamp(now: Timestamp) -> String {
    now.strftime("%Y-%m-%dT%H%M%SZ").to_string()
}

/// Copies the open file to `path`, which appears only once it is complete,
/// checked and safe on disk.
fn copy(conn: &Connection, path: &Path) -> Result<(), Fault> {
    if path.exists() {
        return Err(Fault::Exists(path.to_path_buf()));
    }
    let part = beside(path, ".part");
    let made = copy_to_part(conn, &part).and_then(|()| {
        fs::rename(&part, path).map_err(|error| Fault::Io(path.to_path_buf(), error))
    });
    if let Err(fault) = made {
        // The first error counts; a part that stays is overwritten next time.
        drop(fs::remove_file(&part));
        return Err(fault);
    }
    sync_folder_of(path)
}

fn copy_to_part(conn: &Connection, part: &Path) -> Result<(), Fault> {
    let io = |error| Fault::Io(part.to_path_buf(), error);
    // Also shows in plain words where a folder cannot be written.
    File::create(part).map_err(io)?;
    let mut target = Connection::open(part)?;
    let outcome = Backup::new(conn, &mut target)?.step(-1)?;
    if outcome != StepResult::Done {
        let code = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_BUSY);
        return Err(Fault::Sql(rusqlite::Error::SqliteFailure(code, None)));
    }
    // The copy says of itself that it has a log beside it, as the book does.
    // Without one it can be read from a folder that cannot be written.
    target.pragma_update(None, "journal_mode", "DELETE")?;
    target.close().map_err(|(_, error)| Fault::Sql(error))?;
    verify(part)?;
    let file = File::options().write(true).open(part).map_err(io)?;
    file.sync_all().map_err(io)
}

fn prune(folder: &Path) -> Result<(), Fault> {
    let io = |error| Fault::Io(backup_folder(folder), error);
    let daily = list_backups(folder).map_err(io)?;
    let daily = daily.iter().filter(|b| b.kind == BackupKind::Daily);
    for old in daily.skip(DAILY_KEPT) {
        fs::remove_file(&old.path).map_err(io)?;
    }
    Ok(())
}

fn parse_name(name: &str) -> Option<(BackupKind, Date)> {
    let middle = name.strip_prefix(PREFIX)?.strip_suffix(SUFFIX)?;
    match middle.split_once(MIGRATION) {
        Some((version, stamp)) => {
            let version = version.strip_prefix('v')?.parse().ok()?;
            let day = stamp.split('T').next()?.parse().ok()?;
            Some((BackupKind::BeforeMigration(version), day))
        }
        None => match middle.rsplit_once('-') {
            // A copy that was asked for has the time of day after the day.
            Some((day, time)) if time.len() == 6 => Some((BackupKind::Asked, day.parse().ok()?)),
            Some(_) | None => Some((BackupKind::Daily, middle.parse().ok()?)),
        },
    }
}

fn make_folder(folder: &Path) -> Result<(), Fault> {
    fs::create_dir_all(folder).map_err(|error| Fault::Io(folder.to_path_buf(), error))
}

/// That path with more at its end.
pub(super) fn beside(path: &Path, more: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(more);
    PathBuf::from(name)
}

/// Makes new names in a file's folder survive the loss of power. Only where
/// folders can be opened as files; elsewhere the system sees to it.
pub(super) fn sync_folder_of(path: &Path) -> Result<(), Fault> {
    if cfg!(unix)
        && let Some(folder) = path.parent().filter(|p| !p.as_os_str().is_empty())
    {
        return File::open(folder)
            .and_then(|folder| folder.sync_all())
            .map_err(|error| Fault::Io(folder.to_path_buf(), error));
    }
    Ok(())
}
