//! Opening the book for use: the store, filled with the starter book on a first
//! start, and all of it in memory. The window and the command line both begin
//! here. No window, no command line.

use std::path::Path;

use jiff::Timestamp;

use crate::exchange::starter;
use crate::model::{Bar, Book, Prices, Series};
use crate::store::{OpenError, Store, StoreError};

/// Name of the starter data in the file's own records.
const STARTER: &str = "starter book";

/// An opened book with everything in memory.
pub struct Session {
    /// The file.
    pub store: Store,
    /// Every record.
    pub book: Book,
    /// Every series.
    pub prices: Prices,
    /// What the user should know, one sentence each.
    pub notices: Vec<String>,
}

/// Why the book is not open.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    /// The file cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The file is open but cannot be read or filled.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The starter data inside the program is broken: a fault of ours.
    #[error("The starter book inside the program cannot be read ({0}): please report this")]
    Starter(String),
}

/// Opens the book in a folder and fills a new one with the starter book.
pub fn open(folder: &Path, now: Timestamp) -> Result<Session, SessionError> {
    let opened = Store::open(folder, now)?;
    let mut store = opened.store;
    if opened.is_new {
        let book = starter::book().map_err(|error| SessionError::Starter(error.to_string()))?;
        store.seed(&book, &starter_series()?, STARTER, now)?;
    }
    let book = store.load_book()?;
    let prices = store.load_prices()?;
    Ok(Session {
        store,
        book,
        prices,
        notices: opened.notices,
    })
}

fn starter_series() -> Result<Vec<(String, Series)>, SessionError> {
    let broken = |text: String| SessionError::Starter(text);
    let closes = starter::closes().map_err(|error| broken(error.to_string()))?;
    let series = closes.into_iter().map(|(symbol, closes)| {
        let bars = closes
            .into_iter()
            .map(|(day, close)| Bar::close(day, close))
            .collect();
        Series::new(bars)
            .map(|series| (symbol, series))
            .map_err(|error| broken(error.to_string()))
    });
    series.collect()
}

/// What a chart of these prices must say: that they are the starter's, as far
/// as they still are.
pub fn prices_note(store: &Store) -> Result<Option<String>, StoreError> {
    let providers = store.providers_of_last_bars()?;
    let all = providers.len();
    let starter = providers.iter().filter(|provider| *provider == "starter");
    Ok(match starter.count() {
        0 => None,
        n if n == all => Some(starter::PRICES_NOTE.to_owned()),
        n => Some(format!("{n} of {all} series: {}", starter::PRICES_NOTE)),
    })
}
