//! Connections to the file and the lock beside it. It must not know tables.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::LOCK_NAME;

/// How long to wait for another program that looks into the file, before
/// saying so. Our own instances never make each other wait.
const PATIENCE: Duration = Duration::from_secs(1);

/// A write-ahead log larger than this, in bytes, shrinks at the next
/// checkpoint: one large import should not keep its space.
const LOG_BYTES_MAX: i64 = 8 << 20;

/// The lock of the one instance that writes; let go when dropped, also by the
/// system when the process ends in any way.
#[derive(Debug)]
pub(super) struct Lock(File);

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing alone would leave the lock with a process that is just being
        // started and still has a copy of the handle. If it fails, closing is
        // what remains.
        drop(self.0.unlock());
    }
}

/// What came of asking for the lock.
pub(super) enum Asked {
    /// This instance is the writer.
    Granted(Lock),
    /// Another instance is.
    Taken,
    /// The folder cannot be written, or has no locks.
    Denied(io::Error),
}

/// Asks for the lock of that folder.
pub(super) fn ask_lock(folder: &Path) -> Asked {
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(folder.join(LOCK_NAME));
    let file = match file {
        Ok(file) => file,
        Err(error) => return Asked::Denied(error),
    };
    match file.try_lock() {
        Ok(()) => Asked::Granted(Lock(file)),
        Err(TryLockError::WouldBlock) => Asked::Taken,
        Err(TryLockError::Error(error)) => Asked::Denied(error),
    }
}

/// Opens or makes the file, to be written. Nothing is written yet.
pub(super) fn to_write(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags)?;
    conn.busy_timeout(PATIENCE)?;
    distrust(&conn)?;
    Ok(conn)
}

/// Makes what this connection confirms survive the loss of power.
pub(super) fn make_durable(conn: &Connection) -> rusqlite::Result<()> {
    conn.pragma_update(None, "journal_mode", "WAL")?;
    conn.pragma_update(None, "synchronous", "FULL")?;
    conn.pragma_update(None, "journal_size_limit", LOG_BYTES_MAX)?;
    conn.pragma_update(None, "foreign_keys", true)
}

/// Opens the file to read only, beside a writer or none.
pub(super) fn to_read(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags)?;
    conn.busy_timeout(PATIENCE)?;
    distrust(&conn)?;
    Ok(conn)
}

/// Opens a file that nobody writes, without making any file beside it: one in
/// a folder that cannot be written, or a backup.
pub(super) fn to_read_alone(path: &Path) -> rusqlite::Result<Connection> {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    if Path::new(&log).exists() {
        // What the log holds is part of the book, so it cannot be left aside.
        return to_read(path);
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_URI;
    let conn = Connection::open_with_flags(uri(path), flags)?;
    distrust(&conn)?;
    Ok(conn)
}

/// The file may come from anywhere: its schema may run nothing of ours.
fn distrust(conn: &Connection) -> rusqlite::Result<()> {
    conn.pragma_update(None, "trusted_schema", false)?;
    conn.pragma_update(None, "cell_size_check", true)
}

/// The path as an address that says that the file does not change.
fn uri(path: &Path) -> String {
    let mut uri = String::from("file:");
    let text = path.to_string_lossy().replace('\\', "/");
    // `C:/book` needs a stroke before its drive.
    if text.get(1..2) == Some(":") {
        uri.push('/');
    }
    for letter in text.chars() {
        match letter {
            '%' => uri.push_str("%25"),
            '?' => uri.push_str("%3f"),
            '#' => uri.push_str("%23"),
            plain => uri.push(plain),
        }
    }
    uri.push_str("?immutable=1");
    uri
}

/// What `SQLite` finds wrong with the file's structure, by the quick check.
///
/// All of a small file is checked. Of a large one only what cannot be fetched
/// again, so that years of prices do not delay the window.
pub(super) fn quick_check(conn: &Connection, bytes: u64) -> rusqlite::Result<Option<String>> {
    // A starter book has half of this; twenty series of ten years have four
    // times as much, and checking them takes 5 ms.
    const SMALL_BYTES: u64 = 1 << 20;
    let ask = |pragma: &str| -> rusqlite::Result<Option<String>> {
        let said: String = conn.query_row(pragma, [], |row| row.get(0))?;
        Ok((said != "ok").then_some(said))
    };
    if bytes <= SMALL_BYTES {
        return ask("PRAGMA quick_check(1)");
    }
    let tables = crate::model::RecordKind::ALL.iter().map(|kind| kind.code());
    let is_there = |table: &str| -> rusqlite::Result<bool> {
        conn.query_row(
            "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1)",
            [table],
            |row| row.get(0),
        )
    };
    for table in tables.chain(["change_log"]) {
        // A file of an older version lacks the tables of newer kinds.
        if !is_there(table)? {
            continue;
        }
        if let Some(wrong) = ask(&format!("PRAGMA quick_check({table})"))? {
            return Ok(Some(wrong));
        }
    }
    Ok(None)
}
