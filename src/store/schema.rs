//! The shape of the file: its identity and its versions. It must not touch
//! records or prices other than to migrate them.

use rusqlite::{Connection, TransactionBehavior};

/// Marks a file as Gigawatch's: the letters `GiWa`.
pub(super) const APPLICATION_ID: i32 = 0x4769_5761;

/// What makes version n + 1 of version n, as SQL. Released steps are frozen:
/// never remove, edit or reorder an entry, only add one. A step that changes
/// the shape of a record's body changes `change_log` too, whose entries hold
/// bodies; one that rebuilds a table keeps its rows' references sound.
pub(super) const STEPS: &[&str] = &[
    include_str!("schema/1.sql"),
    include_str!("schema/2.sql"),
    include_str!("schema/3.sql"),
];

/// What a file is, before anything is written to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Identity {
    /// Nothing is in it yet.
    Empty,
    /// A book of that version.
    Book(u32),
    /// A database of another program.
    Foreign,
}

/// Reads what the file is.
pub(super) fn identify(conn: &Connection) -> rusqlite::Result<Identity> {
    let application: i32 = conn.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    let version: u32 = conn.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if application == APPLICATION_ID {
        return Ok(Identity::Book(version));
    }
    let things: u32 = conn.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    let blank = application == 0 && version == 0 && things == 0;
    Ok(if blank {
        Identity::Empty
    } else {
        Identity::Foreign
    })
}

/// The newest version that these steps make.
pub(super) fn newest(steps: &[&str]) -> u32 {
    u32::try_from(steps.len()).unwrap_or(u32::MAX)
}

/// Takes the file to the newest version in one exclusive transaction: it is
/// then wholly new or wholly as it was.
pub(super) fn migrate(conn: &mut Connection, steps: &[&str]) -> rusqlite::Result<()> {
    let tx = conn.transaction_with_behavior(TransactionBehavior::Exclusive)?;
    let version: u32 = tx.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    for step in steps.iter().skip(version as usize) {
        tx.execute_batch(step)?;
    }
    tx.pragma_update(None, "application_id", APPLICATION_ID)?;
    tx.pragma_update(None, "user_version", newest(steps))?;
    tx.commit()
}
