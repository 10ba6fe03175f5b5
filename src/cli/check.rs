//! `check`: everything in the book's file that should not be there. It repairs
//! nothing and begins no book.

use anyhow::bail;

use super::text::counted;
use super::{Answer, Exit, Place};
use crate::model::Series;
use crate::store::{FILE_NAME, Store};

pub(super) fn run(place: &Place) -> anyhow::Result<Answer> {
    let path = place.folder.join(FILE_NAME);
    if !path.exists() {
        bail!("There is no book in {} to check", place.folder.display());
    }
    let store = Store::open(&place.folder, place.now.timestamp())?.store;
    let problems = store.check()?;
    if problems.is_empty() {
        let records = store.load_book()?.len();
        let prices = store.load_prices()?;
        let closes = prices.by_symbol.values().map(Series::len).sum();
        return Ok(Answer::done(format!(
            "{} is sound: {}, {}\n",
            path.display(),
            counted(records, "record", "records"),
            counted(closes, "close", "closes"),
        )));
    }
    let head = counted(problems.len(), "problem", "problems");
    let head = format!("{}: {head}; restore a backup", path.display());
    Ok(Answer {
        out: String::new(),
        complaints: [head].into_iter().chain(problems).collect(),
        exit: Exit::Failed,
    })
}
