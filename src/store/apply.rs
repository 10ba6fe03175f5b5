//! The only way to change the file: apply a change, undo the newest, redo the
//! oldest undone. Each is one transaction and tells memory how to follow.

use std::collections::BTreeSet;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, params};

use super::error::Fault;
use super::{PriceBatch, Store, StoreError, price, record};
use crate::model::{Change, Op, Record};

/// A change that is on disk for good. Memory applies `change` to its book and
/// loads the series of `prices_changed` again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// Its number in the change log.
    pub seq: i64,
    /// What memory must apply: the change, or when undone its inverse.
    pub change: Change,
    /// Canonical symbols whose series may differ now, or are gone.
    pub prices_changed: Vec<String>,
    /// What undo would take back now.
    pub undo_label: Option<String>,
    /// What redo would bring back now.
    pub redo_label: Option<String>,
}

/// Which way to go in the change log.
#[derive(Clone, Copy)]
enum Way {
    Undo,
    Redo,
}

impl Store {
    /// Makes a change, with the prices that belong to it. None when it holds
    /// neither ops nor bars.
    ///
    /// What was undone before can then no longer be redone.
    pub fn apply(
        &mut self,
        change: &Change,
        prices: &[PriceBatch],
        at: Timestamp,
    ) -> Result<Option<Applied>, StoreError> {
        let prices: Vec<&PriceBatch> = prices.iter().filter(|b| !b.bars.is_empty()).collect();
        if change.ops.is_empty() && prices.is_empty() {
            return Ok(None);
        }
        self.write(|tx| {
            let inverse = record::run(tx, change)?;
            let seq = log(tx, change, &inverse, at)?;
            for batch in prices {
                price::insert(tx, batch, Some(seq), at)?;
            }
            applied(tx, seq, change.clone(), &inverse).map(Some)
        })
    }

    /// Takes back the newest change; none when there is none.
    pub fn undo(&mut self, at: Timestamp) -> Result<Option<Applied>, StoreError> {
        self.travel(Way::Undo, at)
    }

    /// Brings back the oldest of the changes taken back; none when there is
    /// none, or another change was made since.
    pub fn redo(&mut self, at: Timestamp) -> Result<Option<Applied>, StoreError> {
        self.travel(Way::Redo, at)
    }

    /// The name of the change that undo would take back.
    pub fn undo_label(&self) -> Result<Option<String>, StoreError> {
        self.read(|conn| Ok(next(conn, Way::Undo)?.map(|(_, label)| label)))
    }

    /// The name of the change that redo would bring back.
    pub fn redo_label(&self) -> Result<Option<String>, StoreError> {
        self.read(|conn| Ok(next(conn, Way::Redo)?.map(|(_, label)| label)))
    }

    fn travel(&mut self, way: Way, at: Timestamp) -> Result<Option<Applied>, StoreError> {
        self.write(|tx| {
            let Some((seq, label)) = next(tx, way)? else {
                return Ok(None);
            };
            let (sql, state) = match way {
                Way::Undo => ("SELECT inverse FROM change_log WHERE seq = ?1", "undone"),
                Way::Redo => ("SELECT forward FROM change_log WHERE seq = ?1", "done"),
            };
            let ops: String = tx.query_row(sql, [seq], |row| row.get(0))?;
            let change = Change::new(label, ops_from(seq, &ops)?);
            let back = record::run(tx, &change)?;
            let batches = price::batches(tx, seq)?;
            match way {
                Way::Undo => batches
                    .iter()
                    .rev()
                    .try_for_each(|(id, _)| price::undo(tx, *id))?,
                Way::Redo => batches
                    .iter()
                    .try_for_each(|(id, _)| price::redo(tx, *id))?,
            }
            tx.execute(
                "UPDATE change_log SET state = ?2, state_at = ?3 WHERE seq = ?1",
                params![seq, state, at.to_string()],
            )?;
            applied(tx, seq, change, &back).map(Some)
        })
    }
}

/// The ops of a log entry.
pub(super) fn ops_from(seq: i64, json: &str) -> Result<Vec<Op>, Fault> {
    serde_json::from_str(json).map_err(|error| Fault::unreadable(format!("change {seq}"), &error))
}

/// The change to undo or redo next, with its label.
fn next(conn: &Connection, way: Way) -> rusqlite::Result<Option<(i64, String)>> {
    let sql = match way {
        Way::Undo => {
            "SELECT seq, label FROM change_log WHERE state = 'done' ORDER BY seq DESC LIMIT 1"
        }
        Way::Redo => {
            "SELECT seq, label FROM change_log WHERE state = 'undone' ORDER BY seq LIMIT 1"
        }
    };
    conn.prepare_cached(sql)?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()
}

/// Writes a new change into the log; what was undone is dropped.
fn log(conn: &Connection, change: &Change, inverse: &Change, at: Timestamp) -> Result<i64, Fault> {
    let at = at.to_string();
    let json = |ops: &[Op]| {
        serde_json::to_string(ops)
            .map_err(|error| Fault::unreadable(format!("the change {}", change.label), &error))
    };
    let dropped = conn
        .prepare_cached(
            "UPDATE change_log SET state = 'dropped', state_at = ?1 WHERE state = 'undone'",
        )?
        .execute([&at])?;
    if dropped > 0 {
        price::forget_dropped(conn)?;
    }
    conn.prepare_cached(
        "INSERT INTO change_log (at, label, forward, inverse, state, state_at)
         VALUES (?1, ?2, ?3, ?4, 'done', ?1)",
    )?
    .execute([
        &at,
        &change.label,
        &json(&change.ops)?,
        &json(&inverse.ops)?,
    ])?;
    let seq = conn.last_insert_rowid();
    let mut index = conn.prepare_cached(
        "INSERT OR IGNORE INTO change_record (kind, id, seq) VALUES (?1, ?2, ?3)",
    )?;
    for op in &change.ops {
        let key = op.key();
        index.execute(params![key.kind.code(), key.id.to_string(), seq])?;
    }
    Ok(seq)
}

fn applied(conn: &Connection, seq: i64, change: Change, back: &Change) -> Result<Applied, Fault> {
    // Prices are known by symbol in memory, so an instrument that comes, goes
    // or changes its symbol moves its series.
    let mut symbols = BTreeSet::new();
    for op in change.ops.iter().chain(&back.ops) {
        if let Op::Put(record) = op
            && let Record::Instrument(instrument) = record.as_ref()
        {
            symbols.insert(instrument.symbol.clone());
        }
    }
    let batches = price::batches(conn, seq)?;
    symbols.extend(batches.into_iter().filter_map(|(_, symbol)| symbol));
    Ok(Applied {
        seq,
        change,
        prices_changed: symbols.into_iter().collect(),
        undo_label: next(conn, Way::Undo)?.map(|(_, label)| label),
        redo_label: next(conn, Way::Redo)?.map(|(_, label)| label),
    })
}
