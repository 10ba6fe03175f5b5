//! What can go wrong with the file, in words for the user. The errors of SQLite
//! are told apart here and nowhere else.

use std::io;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

use crate::model::book::ChangeRefused;

/// Why the book could not be opened. Nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// A newer Gigawatch made the file.
    #[error(
        "{} has version {found} and this Gigawatch knows versions up to {known}: update Gigawatch to open it",
        .path.display()
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its version.
        found: u32,
        /// The newest version known.
        known: u32,
    },
    /// Another program made the file.
    #[error(
        "{} was not made by Gigawatch: move it away or choose another data folder",
        .path.display()
    )]
    NotOurs {
        /// The file.
        path: PathBuf,
    },
    /// The file cannot be trusted.
    #[error(
        "{} is damaged ({detail}): {}",
        .path.display(),
        .newest_good_copy.as_ref().map_or_else(
            || "there is no good backup in the data folder, so restore one of your own".to_owned(),
            |copy| format!("restore the newest good backup, {}", copy.display()),
        )
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What `SQLite` found.
        detail: String,
        /// The newest backup that passes every check.
        newest_good_copy: Option<PathBuf>,
    },
    /// The file needs a newer version and cannot be written.
    #[error(
        "{} has version {found} and must be brought to version {known}, but {why}",
        .path.display()
    )]
    CannotMigrate {
        /// The file.
        path: PathBuf,
        /// Its version.
        found: u32,
        /// The version needed.
        known: u32,
        /// Why it cannot be written.
        why: String,
    },
    /// Another instance has not finished making the file.
    #[error("Another Gigawatch is just making {}: try again in a moment", .path.display())]
    NotReady {
        /// The file.
        path: PathBuf,
    },
    /// The folder cannot be used and holds no book.
    #[error(
        "The data folder {} cannot be used ({source}): choose another with --data-dir",
        .path.display()
    )]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Another instance writes to the book, so it cannot be replaced.
    #[error("Another Gigawatch has the book in {} open: close it first", .path.display())]
    InUse {
        /// The folder.
        path: PathBuf,
    },
    /// The disk or `SQLite` failed otherwise.
    #[error("{} could not be opened ({detail})", .path.display())]
    Failed {
        /// The file.
        path: PathBuf,
        /// What was said.
        detail: String,
    },
}

/// Why something was not done. The file is then as it was.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file is open for reading only.
    #[error("Nothing was changed, because {0}")]
    ReadOnly(String),
    /// The change would leave a reference without its record, or a symbol twice.
    #[error("Nothing was changed: {0}")]
    Conflict(ChangeRefused),
    /// Prices of an instrument that is not in the book.
    #[error("Nothing was changed: no instrument {0} is in the book, so add it before its prices")]
    NoInstrument(String),
    /// A first start in a file that holds records.
    #[error("{} already holds a book", .0.display())]
    NotEmpty(PathBuf),
    /// No space is left.
    #[error(
        "Nothing was changed, because the disk with {} is full: free some space and try again",
        .0.display()
    )]
    Full(PathBuf),
    /// Another program holds the file.
    #[error("Nothing was changed, because another program uses {}: try again", .0.display())]
    Busy(PathBuf),
    /// The file cannot be trusted any more.
    #[error("{} is damaged ({detail}): restore a backup", .path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What `SQLite` found.
        detail: String,
    },
    /// A stored text is not what it should be.
    #[error("{} holds {what} that cannot be read ({detail}): run `gigawatch check`", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Which record, change or price.
        what: String,
        /// What the reader said.
        detail: String,
    },
    /// A file that is no backup of ours.
    #[error("{} cannot be restored: {why}", .path.display())]
    NotACopy {
        /// The file.
        path: PathBuf,
        /// Why not.
        why: &'static str,
    },
    /// A file to be made is there already.
    #[error("{} exists already: choose another name", .0.display())]
    Exists(PathBuf),
    /// The disk or `SQLite` failed otherwise.
    #[error("{} could not be read or written ({detail}): nothing was changed", .path.display())]
    Failed {
        /// The file.
        path: PathBuf,
        /// What was said.
        detail: String,
    },
}

/// An error before it knows its file.
#[derive(Debug)]
pub(super) enum Fault {
    Sql(rusqlite::Error),
    Io(PathBuf, io::Error),
    Refused(ChangeRefused),
    NoInstrument(String),
    NotEmpty,
    Exists(PathBuf),
    Damaged(PathBuf, String),
    NotACopy(PathBuf, &'static str),
    Unreadable { what: String, detail: String },
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sql(error)
    }
}

impl Fault {
    pub(super) fn unreadable(what: impl Into<String>, detail: &impl ToString) -> Self {
        Self::Unreadable {
            what: what.into(),
            detail: detail.to_string(),
        }
    }

    /// The error as the user reads it.
    pub(super) fn explain(self, path: &Path) -> StoreError {
        let path = path.to_path_buf();
        match self {
            Self::Sql(error) => explain_sql(&error, path),
            Self::Io(path, error) if is_full(&error) => StoreError::Full(path),
            Self::Io(path, error) => StoreError::Failed {
                path,
                detail: error.to_string(),
            },
            Self::Refused(why) => StoreError::Conflict(why),
            Self::NoInstrument(symbol) => StoreError::NoInstrument(symbol),
            Self::NotEmpty => StoreError::NotEmpty(path),
            Self::Exists(path) => StoreError::Exists(path),
            Self::Damaged(path, detail) => StoreError::Damaged { path, detail },
            Self::NotACopy(path, why) => StoreError::NotACopy { path, why },
            Self::Unreadable { what, detail } => StoreError::Unreadable { path, what, detail },
        }
    }
}

fn is_full(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded
    )
}

fn explain_sql(error: &rusqlite::Error, path: PathBuf) -> StoreError {
    let detail = error.to_string();
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => StoreError::Full(path),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Busy(path),
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
            StoreError::Damaged { path, detail }
        }
        Some(_) | None => StoreError::Failed { path, detail },
    }
}

/// True if the file's content is at fault.
pub(super) fn is_damage(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase)
    )
}

/// True if the file or its folder refuses to be written.
pub(super) fn is_denied(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied)
    )
}
