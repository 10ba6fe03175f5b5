//! What became of one record, change by change. It must not change the log.

use jiff::Timestamp;
use rusqlite::params;

use super::apply::ops_from;
use super::error::Fault;
use super::{Store, StoreError};
use crate::closed_set;
use crate::model::{Op, Record, RecordKey};

closed_set! {
    /// What became of a change.
    ChangeState {
        /// In force.
        Done = "done", "done";
        /// Taken back; redo would bring it back.
        Undone = "undone", "undone";
        /// Taken back for good: another change was made since.
        Dropped = "dropped", "dropped";
    }
}

/// One change of one record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryEntry {
    /// Its number in the change log.
    pub seq: i64,
    /// When it was made.
    pub at: Timestamp,
    /// What it was called.
    pub label: String,
    /// The record before; none if the change made it.
    pub before: Option<Record>,
    /// The record after; none if the change deleted it.
    pub after: Option<Record>,
    /// What became of it.
    pub state: ChangeState,
    /// When it came into that state.
    pub state_at: Timestamp,
}

impl Store {
    /// The changes of one record, oldest first. Empty for a record that came
    /// with the first start and was never touched.
    pub fn history(&self, key: RecordKey) -> Result<Vec<HistoryEntry>, StoreError> {
        self.read(|conn| {
            let mut statement = conn.prepare_cached(
                "SELECT seq, at, label, forward, inverse, state, state_at
                 FROM change_record JOIN change_log USING (seq)
                 WHERE kind = ?1 AND id = ?2 ORDER BY seq",
            )?;
            let mut rows = statement.query(params![key.kind.code(), key.id.to_string()])?;
            let mut entries = Vec::new();
            while let Some(row) = rows.next()? {
                let seq = row.get(0)?;
                let wrong = |detail: &str| Fault::unreadable(format!("change {seq}"), &detail);
                let time = |text: String| text.parse().map_err(|_error| wrong(&text));
                let side = |json: String| -> Result<Option<Record>, Fault> {
                    Ok(last_of(key, ops_from(seq, &json)?))
                };
                let state: String = row.get(5)?;
                entries.push(HistoryEntry {
                    seq,
                    at: time(row.get(1)?)?,
                    label: row.get(2)?,
                    before: side(row.get(4)?)?,
                    after: side(row.get(3)?)?,
                    state: ChangeState::from_code(&state).ok_or_else(|| wrong(&state))?,
                    state_at: time(row.get(6)?)?,
                });
            }
            Ok(entries)
        })
    }
}

/// What the ops leave of a record. The last op on it decides; in an inverse,
/// whose ops are in reverse order, that is the state before the change.
fn last_of(key: RecordKey, ops: Vec<Op>) -> Option<Record> {
    match ops.into_iter().rfind(|op| op.key() == key)? {
        Op::Put(record) => Some(*record),
        Op::Delete(_) => None,
    }
}
