//! Putting a backup in the book's place. The replaced book is moved aside and
//! never deleted, and whatever interrupts it, a book is there afterwards.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::backup::{beside, stamp, sync_folder_of, verify_copy};
use super::connection::{self, Asked};
use super::error::Fault;
use super::{FILE_NAME, OpenError};

/// The backup on its way in. Under this name it is complete and on disk.
const INCOMING: &str = "gigawatch.sqlite.restoring";

/// What restoring did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// Where the replaced book is now, if there was one.
    pub replaced: Option<PathBuf>,
}

/// Puts a good backup in the place of the book in that data folder. Refused
/// while any instance has it open to write: drop the [`super::Store`] first.
pub fn restore(backup: &Path, folder: &Path, now: Timestamp) -> Result<Restored, OpenError> {
    verify_copy(backup).map_err(|error| failed(backup, &error))?;
    if let Err(source) = fs::create_dir_all(folder) {
        let path = folder.to_path_buf();
        return Err(OpenError::Folder { path, source });
    }
    let _lock = match connection::ask_lock(folder) {
        Asked::Granted(lock) => lock,
        Asked::Taken => {
            return Err(OpenError::InUse {
                path: folder.to_path_buf(),
            });
        }
        Asked::Denied(source) => {
            let path = folder.to_path_buf();
            return Err(OpenError::Folder { path, source });
        }
    };
    settle(folder);
    let incoming = folder.join(INCOMING);
    bring_in(backup, &incoming).map_err(|fault| explain(fault, folder))?;
    let replaced = swap(folder, now).map_err(|fault| explain(fault, folder))?;
    Ok(Restored { replaced })
}

/// Ends a restore that was interrupted, and says so. The lock must be held.
pub(super) fn finish(folder: &Path, now: Timestamp) -> Result<Option<String>, OpenError> {
    let incoming = folder.join(INCOMING);
    if !incoming.exists() {
        return Ok(None);
    }
    if folder.join(FILE_NAME).exists() {
        // The book was not touched yet; the backup itself is where it was.
        fs::remove_file(&incoming).map_err(|error| failed(&incoming, &error))?;
        return Ok(Some(
            "Restoring a backup was interrupted before it began: the book is as it was".to_owned(),
        ));
    }
    swap(folder, now).map_err(|fault| explain(fault, folder))?;
    Ok(Some(
        "Restoring a backup was interrupted and is now complete".to_owned(),
    ))
}

/// Writes the log of the present book into its file, so that one file is all
/// of it. A damaged book stays as it is, its log beside it.
fn settle(folder: &Path) {
    let path = folder.join(FILE_NAME);
    if path.exists()
        && let Ok(conn) = connection::to_write(&path)
    {
        // Closing the only connection empties the log; what fails here has its
        // log moved with it.
        drop(conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())));
    }
}

fn bring_in(backup: &Path, incoming: &Path) -> Result<(), Fault> {
    let part = beside(incoming, ".part");
    let io = |error| Fault::Io(part.clone(), error);
    fs::copy(backup, &part).map_err(io)?;
    let file = File::options().write(true).open(&part).map_err(io)?;
    file.sync_all().map_err(io)?;
    fs::rename(&part, incoming).map_err(io)?;
    sync_folder_of(incoming)
}

/// Moves the present book aside and the incoming one in. Also completes itself
/// when called again after an interruption.
fn swap(folder: &Path, now: Timestamp) -> Result<Option<PathBuf>, Fault> {
    let path = folder.join(FILE_NAME);
    let aside = beside(&path, &format!(".replaced-{}", stamp(now)));
    if aside.exists() {
        return Err(Fault::Exists(aside));
    }
    // The file first: once it is away, `finish` brings the backup in whatever
    // happens. A log left behind must not meet the new file.
    let mut replaced = None;
    for log in ["", "-wal", "-shm"] {
        let from = beside(&path, log);
        if from.exists() {
            let to = beside(&aside, log);
            fs::rename(&from, &to).map_err(|error| Fault::Io(from, error))?;
            replaced.get_or_insert(to);
        }
    }
    sync_folder_of(&path)?;
    fs::rename(folder.join(INCOMING), &path).map_err(|error| Fault::Io(path.clone(), error))?;
    sync_folder_of(&path)?;
    Ok(replaced)
}

fn explain(fault: Fault, folder: &Path) -> OpenError {
    failed(folder, &fault.explain(&folder.join(FILE_NAME)))
}

fn failed(path: &Path, error: &impl ToString) -> OpenError {
    OpenError::Failed {
        path: path.to_path_buf(),
        detail: error.to_string(),
    }
}
