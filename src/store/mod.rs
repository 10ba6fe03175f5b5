//! The book on disk: one SQLite file that every change reaches in one
//! transaction before memory follows. Only here is SQL; no clock, no threads.
//!
//! `open` finds or makes the file, `apply` and `undo` change it, `record`,
//! `log` and `price` are its tables, `fetched` and `layer` keep what providers
//! give, `tally` counts it, `feed` and `attempt` what is known of that, `backup` and `restore` are its copies,
//! `check` looks for what should never be there.

mod apply;
mod attempt;
mod backup;
mod check;
mod connection;
mod error;
mod feed;
mod fetched;
#[cfg(test)]
mod hard_cases;
mod history;
mod layer;
mod open;
mod origin;
mod price;
mod record;
mod restore;
mod schema;
mod tally;

use std::path::{Path, PathBuf};

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::model::{Book, Change, InstrumentId, Op, Series};

pub use apply::Applied;
pub use backup::{
    BackupInfo, BackupKind, backup_folder, list_backups, newest_good_copy, verify_copy,
};
pub use error::{OpenError, StoreError};
pub use fetched::Stored;
pub use history::{ChangeState, HistoryEntry};
pub use open::Opened;
pub use origin::BatchInfo;
pub use restore::{Restored, restore};

use error::Fault;

/// The file name of the book in the data folder.
pub const FILE_NAME: &str = "gigawatch.sqlite";

/// The file name of the lock that makes one instance the writer.
pub const LOCK_NAME: &str = "gigawatch.lock";

/// The book on disk. Move it to a worker thread: its methods wait for the disk.
#[derive(Debug)]
pub struct Store {
    // Fields are dropped in this order: the file is closed before the lock is
    // let go.
    conn: Connection,
    folder: PathBuf,
    access: Access,
    _lock: Option<connection::Lock>,
}

/// What may be done with the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Access {
    /// Everything; no other instance can.
    ReadWrite,
    /// Only reading.
    ReadOnly {
        /// Why, as a clause that may follow "because".
        why: String,
    },
}

/// New prices of one instrument. A bar replaces the one of its day.
#[derive(Clone, Debug, PartialEq)]
pub struct PriceBatch {
    /// Whose prices.
    pub instrument: InstrumentId,
    /// Who gave them: `file` or `typed` for the user's own, which no fetch
    /// replaces, or `starter`.
    pub provider: String,
    /// The file they were read from, as the user knows it.
    pub file: Option<String>,
    /// The bars.
    pub bars: Series,
}

impl Store {
    /// The folder that holds the file, its lock and its backups.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The file itself.
    pub fn path(&self) -> PathBuf {
        self.folder.join(FILE_NAME)
    }

    /// Whether changes are possible, and if not, why.
    pub const fn access(&self) -> &Access {
        &self.access
    }

    /// All records.
    pub fn load_book(&self) -> Result<Book, StoreError> {
        self.read(record::load_book)
    }

    /// Fills a new file: what the first start shows. It is not a change, so
    /// that undo never empties the window.
    ///
    /// `prices` are series by canonical symbol; `origin` names the data, such as
    /// "starter book of 10 October 2026". Refused when the file holds records.
    pub fn seed(
        &mut self,
        book: &Book,
        prices: &[(String, Series)],
        origin: &str,
        at: jiff::Timestamp,
    ) -> Result<(), StoreError> {
        self.write(|tx| {
            if !record::load_all(tx)?.is_empty() || is_seeded(tx)? {
                return Err(Fault::NotEmpty);
            }
            let puts = book.records().map(Op::put).collect();
            record::run(tx, &Change::new(origin, puts))?;
            for (symbol, bars) in prices {
                let instrument = book
                    .instrument_by_symbol(symbol)
                    .ok_or_else(|| Fault::NoInstrument(symbol.clone()))?;
                let batch = PriceBatch {
                    instrument: instrument.id,
                    provider: "starter".to_owned(),
                    file: None,
                    bars: bars.clone(),
                };
                price::insert(tx, &batch, None, at)?;
            }
            let mut meta = tx.prepare("INSERT INTO meta (key, value) VALUES (?1, ?2)")?;
            meta.execute(["seeded_at", &at.to_string()])?;
            meta.execute(["origin", origin])?;
            Ok(())
        })
    }

    /// Runs `work` on one state of the file.
    fn read<T>(&self, work: impl FnOnce(&Connection) -> Result<T, Fault>) -> Result<T, StoreError> {
        let run = || {
            let tx = self.conn.unchecked_transaction()?;
            work(&tx)
        };
        run().map_err(|fault| fault.explain(&self.path()))
    }

    /// Runs `work` in one transaction: all of it is on disk when this returns
    /// `Ok`, and none of it otherwise.
    fn write<T>(
        &mut self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, Fault>,
    ) -> Result<T, StoreError> {
        if let Access::ReadOnly { why } = &self.access {
            return Err(StoreError::ReadOnly(why.clone()));
        }
        let path = self.path();
        let run = || {
            let tx = self
                .conn
                .transaction_with_behavior(TransactionBehavior::Immediate)?;
            let result = work(&tx)?;
            // Not `tx.commit()`: if references dangle the transaction is still
            // open, and so can be asked which.
            match tx.execute_batch("COMMIT") {
                Ok(()) => Ok(result),
                Err(error) => Err(record::why_refused(&tx, error)),
            }
        };
        run().map_err(|fault| fault.explain(&path))
    }
}

/// True once the first start filled the file.
fn is_seeded(conn: &Connection) -> rusqlite::Result<bool> {
    conn.query_row(
        "SELECT EXISTS (SELECT 1 FROM meta WHERE key = 'seeded_at')",
        [],
        |row| row.get(0),
    )
}
