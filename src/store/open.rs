//! Opening the file: as its one writer, or to read only where another instance
//! writes or the folder cannot be written. Nothing is opened that is not ours,
//! newer than we know, or damaged.

use std::fs;
use std::io;
use std::path::Path;

use jiff::Timestamp;
use rusqlite::Connection;

use super::connection::{self, Asked, Lock};
use super::error::{Fault, is_damage, is_denied};
use super::schema::{self, Identity};
use super::{Access, FILE_NAME, OpenError, Store, backup, is_seeded, restore};

/// An opened book.
#[derive(Debug)]
pub struct Opened {
    /// The book.
    pub store: Store,
    /// True until [`Store::seed`] filled it: the first start.
    pub is_new: bool,
    /// What the user should know, one sentence each.
    pub notices: Vec<String>,
}

impl Store {
    /// Opens the book in that folder, and makes both where they are missing.
    /// `now` names the copy made before a migration.
    pub fn open(folder: &Path, now: Timestamp) -> Result<Opened, OpenError> {
        open_with(folder, now, schema::STEPS)
    }
}

/// Opens with other versions than the real ones, for tests of migration.
pub(super) fn open_with(
    folder: &Path,
    now: Timestamp,
    steps: &[&str],
) -> Result<Opened, OpenError> {
    if let Err(source) = fs::create_dir_all(folder) {
        return Err(OpenError::Folder {
            path: folder.to_path_buf(),
            source,
        });
    }
    match connection::ask_lock(folder) {
        Asked::Granted(lock) => {
            let mut notices = Vec::new();
            notices.extend(restore::finish(folder, now)?);
            match open_to_write(folder, now, steps, lock, &mut notices) {
                Err(Failure::Denied(error)) => {
                    let why = format!("its folder or file cannot be written ({error})");
                    open_to_read(folder, steps, why, connection::to_read_alone)
                }
                Err(Failure::Told(error)) => Err(error),
                Ok(store) => finish(store, notices),
            }
        }
        Asked::Taken => {
            let why = "another Gigawatch has this book open".to_owned();
            open_to_read(folder, steps, why, connection::to_read)
        }
        Asked::Denied(error) => {
            if !folder.join(FILE_NAME).exists() {
                return Err(OpenError::Folder {
                    path: folder.to_path_buf(),
                    source: error,
                });
            }
            let why = format!("its folder cannot be written ({error})");
            open_to_read(folder, steps, why, connection::to_read_alone)
        }
    }
}

/// Why a file could not be opened to write.
enum Failure {
    /// It may still be read.
    Denied(rusqlite::Error),
    /// As told.
    Told(OpenError),
}

fn open_to_write(
    folder: &Path,
    now: Timestamp,
    steps: &[&str],
    lock: Lock,
    notices: &mut Vec<String>,
) -> Result<Store, Failure> {
    let path = folder.join(FILE_NAME);
    let sql = |error: rusqlite::Error| {
        if !is_denied(&error) {
            return Failure::Told(explain(&error, folder));
        }
        if path.exists() {
            return Failure::Denied(error);
        }
        Failure::Told(OpenError::Folder {
            path: folder.to_path_buf(),
            source: io::Error::new(io::ErrorKind::PermissionDenied, error),
        })
    };
    let bytes = match fs::metadata(&path) {
        Ok(facts) => Some(facts.len()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(Failure::Told(failed(folder, &error))),
    };
    if bytes.is_none_or(|bytes| bytes == 0) {
        // An empty file is one that was just being made, unless there are
        // backups: then it is one that lost its content.
        let copy = backup::newest_good_copy(folder);
        match (bytes, copy) {
            (Some(_), Some(copy)) => {
                return Err(Failure::Told(OpenError::Damaged {
                    path,
                    detail: "it is empty".to_owned(),
                    newest_good_copy: Some(copy),
                }));
            }
            (None, Some(copy)) => notices.push(format!(
                "There was no book in {}, so a new one was started. The newest backup is {}",
                folder.display(),
                copy.display()
            )),
            (_, None) => {}
        }
    }
    let mut conn = connection::to_write(&path).map_err(sql)?;
    let is_read_only = conn.is_readonly(rusqlite::MAIN_DB).map_err(sql)?;
    if is_read_only {
        let code = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_READONLY);
        return Err(Failure::Denied(rusqlite::Error::SqliteFailure(code, None)));
    }
    let identity = schema::identify(&conn).map_err(sql)?;
    check_identity(identity, steps, folder).map_err(Failure::Told)?;
    let wrong = connection::quick_check(&conn, bytes.unwrap_or(0)).map_err(sql)?;
    if let Some(detail) = wrong {
        return Err(Failure::Told(damaged(folder, detail)));
    }
    connection::make_durable(&conn).map_err(sql)?;
    bring_up(&mut conn, identity, steps, folder, now, notices)?;
    Ok(Store {
        conn,
        folder: folder.to_path_buf(),
        access: Access::ReadWrite,
        _lock: Some(lock),
    })
}

/// Takes the file to the newest version, a book only after a copy of it.
fn bring_up(
    conn: &mut Connection,
    identity: Identity,
    steps: &[&str],
    folder: &Path,
    now: Timestamp,
    notices: &mut Vec<String>,
) -> Result<(), Failure> {
    let newest = schema::newest(steps);
    match identity {
        Identity::Book(version) if version == newest => return Ok(()),
        Identity::Book(version) => {
            let copy = backup::before_migration(conn, folder, version, now)
                .map_err(|fault| Failure::Told(explain_fault(fault, folder)))?;
            notices.push(format!(
                "The book was brought from version {version} to {newest}. A copy from before is {}",
                copy.display()
            ));
        }
        Identity::Empty | Identity::Foreign => {}
    }
    schema::migrate(conn, steps).map_err(|error| Failure::Told(explain(&error, folder)))
}

fn open_to_read(
    folder: &Path,
    steps: &[&str],
    why: String,
    connect: fn(&Path) -> rusqlite::Result<Connection>,
) -> Result<Opened, OpenError> {
    let path = folder.join(FILE_NAME);
    if !path.exists() {
        return Err(OpenError::NotReady { path });
    }
    let sql = |error: rusqlite::Error| explain(&error, folder);
    let conn = connect(&path).map_err(sql)?;
    let identity = schema::identify(&conn).map_err(sql)?;
    check_identity(identity, steps, folder)?;
    match identity {
        Identity::Book(found) if found < schema::newest(steps) => {
            return Err(OpenError::CannotMigrate {
                path,
                found,
                known: schema::newest(steps),
                why,
            });
        }
        Identity::Empty => return Err(OpenError::NotReady { path }),
        Identity::Book(_) | Identity::Foreign => {}
    }
    let notice = format!("This book is open for reading only, because {why}");
    let store = Store {
        conn,
        folder: folder.to_path_buf(),
        access: Access::ReadOnly { why },
        _lock: None,
    };
    finish(store, vec![notice])
}

fn finish(store: Store, notices: Vec<String>) -> Result<Opened, OpenError> {
    let is_new = !is_seeded(&store.conn).map_err(|error| explain(&error, &store.folder))?;
    Ok(Opened {
        store,
        is_new,
        notices,
    })
}

/// Refuses what is not ours or is newer than these steps make.
pub(super) fn check_identity(
    identity: Identity,
    steps: &[&str],
    folder: &Path,
) -> Result<(), OpenError> {
    let path = folder.join(FILE_NAME);
    match identity {
        Identity::Foreign => Err(OpenError::NotOurs { path }),
        Identity::Book(found) if found > schema::newest(steps) => Err(OpenError::Newer {
            path,
            found,
            known: schema::newest(steps),
        }),
        Identity::Book(_) | Identity::Empty => Ok(()),
    }
}

fn explain(error: &rusqlite::Error, folder: &Path) -> OpenError {
    if is_damage(error) {
        damaged(folder, error.to_string())
    } else {
        failed(folder, error)
    }
}

fn explain_fault(fault: Fault, folder: &Path) -> OpenError {
    failed(folder, &fault.explain(&folder.join(FILE_NAME)))
}

fn failed(folder: &Path, error: &impl ToString) -> OpenError {
    OpenError::Failed {
        path: folder.join(FILE_NAME),
        detail: error.to_string(),
    }
}

fn damaged(folder: &Path, detail: String) -> OpenError {
    OpenError::Damaged {
        path: folder.join(FILE_NAME),
        detail,
        newest_good_copy: backup::newest_good_copy(folder),
    }
}
