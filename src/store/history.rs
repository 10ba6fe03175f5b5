//! What became of records, change by change: of one, or of all about a
//! company. It must not change the log.

use std::collections::BTreeSet;

use jiff::Timestamp;
use rusqlite::{Row, params};

use super::apply::ops_from;
use super::error::Fault;
use super::{Store, StoreError};
use crate::closed_set;
use crate::model::{CompanyId, Op, Record, RecordKey};

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
                entries.push(Logged::read(row)?.entry(key));
            }
            Ok(entries)
        })
    }

    /// The changes of records about a company, also of records that are gone,
    /// newest first, at most `limit`: those that name the company, those of
    /// `also`, and decisions about these. One entry a record.
    pub fn changes_about(
        &self,
        company: CompanyId,
        also: &BTreeSet<RecordKey>,
        limit: usize,
    ) -> Result<Vec<HistoryEntry>, StoreError> {
        self.read(|conn| {
            // A record names its company by its id; a decision names a statement.
            let mut statement = conn.prepare_cached(
                "SELECT seq, at, label, forward, inverse, state, state_at FROM change_log
                 WHERE instr(forward, ?1) OR instr(inverse, ?1)
                    OR seq IN (SELECT seq FROM change_record WHERE kind = 'pin')
                 ORDER BY seq DESC",
            )?;
            let mut rows = statement.query([company.0.to_string()])?;
            let mut entries = Vec::new();
            while let Some(row) = rows.next()? {
                let logged = Logged::read(row)?;
                let of_company = logged
                    .keys()
                    .into_iter()
                    .map(|key| (key, logged.entry(key)));
                let is_about = |(key, entry): &(RecordKey, HistoryEntry)| {
                    let sides = [&entry.before, &entry.after];
                    also.contains(key)
                        || sides.into_iter().flatten().any(|record| {
                            let told = record.references();
                            record.company() == Some(company)
                                || matches!(record, Record::Pin(_))
                                    && told.iter().any(|key| also.contains(key))
                        })
                };
                entries.extend(of_company.filter(is_about).map(|(_, entry)| entry));
                if entries.len() >= limit {
                    entries.truncate(limit);
                    break;
                }
            }
            Ok(entries)
        })
    }
}

/// A row of the change log: seq, at, label, forward, inverse, state, `state_at`.
struct Logged {
    seq: i64,
    at: Timestamp,
    label: String,
    forward: Vec<Op>,
    inverse: Vec<Op>,
    state: ChangeState,
    state_at: Timestamp,
}

impl Logged {
    fn read(row: &Row<'_>) -> Result<Self, Fault> {
        let seq = row.get(0)?;
        let wrong = |detail: &str| Fault::unreadable(format!("change {seq}"), &detail);
        let time = |text: String| text.parse().map_err(|_error| wrong(&text));
        let ops = |json: String| ops_from(seq, &json);
        let state: String = row.get(5)?;
        Ok(Self {
            seq,
            at: time(row.get(1)?)?,
            label: row.get(2)?,
            forward: ops(row.get(3)?)?,
            inverse: ops(row.get(4)?)?,
            state: ChangeState::from_code(&state).ok_or_else(|| wrong(&state))?,
            state_at: time(row.get(6)?)?,
        })
    }

    /// The records it touches, each once, in order.
    fn keys(&self) -> Vec<RecordKey> {
        let mut seen = BTreeSet::new();
        let keys = self.forward.iter().map(Op::key);
        keys.filter(|key| seen.insert(*key)).collect()
    }

    fn entry(&self, key: RecordKey) -> HistoryEntry {
        HistoryEntry {
            seq: self.seq,
            at: self.at,
            label: self.label.clone(),
            before: last_of(key, &self.inverse),
            after: last_of(key, &self.forward),
            state: self.state,
            state_at: self.state_at,
        }
    }
}

/// What the ops leave of a record. The last op on it decides; in an inverse,
/// whose ops are in reverse order, that is the state before the change.
fn last_of(key: RecordKey, ops: &[Op]) -> Option<Record> {
    match ops.iter().rfind(|op| op.key() == key)? {
        Op::Put(record) => Some(record.as_ref().clone()),
        Op::Delete(_) => None,
    }
}
