//! The tables of the records, one a kind. It must not know the change log.

use std::collections::BTreeSet;

use rusqlite::{Connection, ErrorCode, OptionalExtension as _};
use uuid::Uuid;

use super::error::Fault;
use crate::model::book::ChangeRefused;
use crate::model::{Book, Change, Op, Record, RecordKey, RecordKind};

/// Runs the ops of a change in order and gives its inverse.
///
/// References are checked by `SQLite` when the transaction ends.
pub(super) fn run(conn: &Connection, change: &Change) -> Result<Change, Fault> {
    let mut undo = Vec::with_capacity(change.ops.len());
    for op in &change.ops {
        let before = get(conn, op.key())?;
        undo.push(match op {
            Op::Put(record) => {
                put(conn, record)?;
                before.map_or_else(|| Op::Delete(record.key()), Op::put)
            }
            Op::Delete(key) => {
                delete(conn, *key)?;
                before.map_or(Err(Fault::Refused(ChangeRefused::Missing(*key))), |old| {
                    Ok(Op::put(old))
                })?
            }
        });
    }
    check_symbols(conn, change)?;
    undo.reverse();
    Ok(Change::new(change.label.clone(), undo))
}

/// The record with that key.
pub(super) fn get(conn: &Connection, key: RecordKey) -> Result<Option<Record>, Fault> {
    let sql = format!("SELECT body FROM {} WHERE id = ?1", key.kind.code());
    let body: Option<String> = conn
        .prepare_cached(&sql)?
        .query_row([key.id.to_string()], |row| row.get(0))
        .optional()?;
    body.map(|body| from_body(key.kind, &key.id.to_string(), &body))
        .transpose()
}

fn put(conn: &Connection, record: &Record) -> Result<(), Fault> {
    let key = record.key();
    let sql = format!(
        "INSERT INTO {} (id, body) VALUES (?1, ?2)
         ON CONFLICT (id) DO UPDATE SET body = excluded.body",
        key.kind.code()
    );
    let id = key.id.to_string();
    let body = serde_json::to_string(&record.body())
        .map_err(|error| Fault::unreadable(name(key.kind, &id), &error))?;
    conn.prepare_cached(&sql)?.execute([id, body])?;
    Ok(())
}

fn delete(conn: &Connection, key: RecordKey) -> Result<(), Fault> {
    let sql = format!("DELETE FROM {} WHERE id = ?1", key.kind.code());
    conn.prepare_cached(&sql)?.execute([key.id.to_string()])?;
    Ok(())
}

/// Every record, each kind after those it refers to.
pub(super) fn load_all(conn: &Connection) -> Result<Vec<Record>, Fault> {
    let mut records = Vec::new();
    for kind in RecordKind::ALL {
        for row in rows(conn, *kind)? {
            let (id, body) = row?;
            records.push(from_body(*kind, &id, &body)?);
        }
    }
    Ok(records)
}

/// Ids and bodies of one kind.
pub(super) fn rows(
    conn: &Connection,
    kind: RecordKind,
) -> rusqlite::Result<Vec<rusqlite::Result<(String, String)>>> {
    let sql = format!("SELECT id, body FROM {} ORDER BY id", kind.code());
    let mut statement = conn.prepare(&sql)?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect())
}

/// The book of all records.
pub(super) fn load_book(conn: &Connection) -> Result<Book, Fault> {
    let puts = load_all(conn)?.into_iter().map(Op::put).collect();
    let mut book = Book::default();
    book.apply(&Change::new("load", puts))
        .map_err(|why| Fault::unreadable("a book", &why))?;
    Ok(book)
}

/// Why `SQLite` would not end the transaction: the reference that dangles, where
/// that is the reason.
pub(super) fn why_refused(conn: &Connection, error: rusqlite::Error) -> Fault {
    if error.sqlite_error_code() != Some(ErrorCode::ConstraintViolation) {
        return Fault::Sql(error);
    }
    match load_all(conn) {
        Ok(records) => match first_dangling(&records) {
            Some(why) => Fault::Refused(why),
            None => Fault::Sql(error),
        },
        Err(fault) => fault,
    }
}

fn first_dangling(records: &[Record]) -> Option<ChangeRefused> {
    let known: BTreeSet<RecordKey> = records.iter().map(Record::key).collect();
    records.iter().find_map(|record| {
        let missing = record
            .references()
            .into_iter()
            .find(|key| !known.contains(key));
        missing.map(|to| ChangeRefused::Dangling {
            from: record.key(),
            to,
        })
    })
}

fn check_symbols(conn: &Connection, change: &Change) -> Result<(), Fault> {
    for op in &change.ops {
        if op.key().kind != RecordKind::Instrument {
            continue;
        }
        let twice: Option<String> = conn
            .prepare_cached("SELECT symbol FROM instrument GROUP BY symbol HAVING count(*) > 1")?
            .query_row([], |row| row.get(0))
            .optional()?;
        return twice.map_or(Ok(()), |symbol| {
            Err(Fault::Refused(ChangeRefused::SymbolTaken(symbol)))
        });
    }
    Ok(())
}

/// The record of that kind that a body holds.
pub(super) fn from_body(kind: RecordKind, id: &str, body: &str) -> Result<Record, Fault> {
    let record = match kind {
        RecordKind::Source => serde_json::from_str(body).map(Record::Source),
        RecordKind::Instrument => serde_json::from_str(body).map(Record::Instrument),
        RecordKind::Company => serde_json::from_str(body).map(Record::Company),
        RecordKind::Figure => serde_json::from_str(body).map(Record::Figure),
        RecordKind::Deal => serde_json::from_str(body).map(Record::Deal),
        RecordKind::Debt => serde_json::from_str(body).map(Record::Debt),
        RecordKind::Treasury => serde_json::from_str(body).map(Record::Treasury),
        RecordKind::Note => serde_json::from_str(body).map(Record::Note),
        RecordKind::Pin => serde_json::from_str(body).map(Record::Pin),
    };
    let record = record.map_err(|error| Fault::unreadable(name(kind, id), &error))?;
    let is_its_own = Uuid::parse_str(id).is_ok_and(|id| id == record.key().id);
    if is_its_own {
        Ok(record)
    } else {
        let other = record.key().id;
        Err(Fault::unreadable(
            name(kind, id),
            &format!("its body has the id {other}"),
        ))
    }
}

fn name(kind: RecordKind, id: &str) -> String {
    format!("the {} {id}", kind.label())
}
