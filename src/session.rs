//! Opening the book for use: the store, filled with the starter book on a first
//! start, and all of it in memory. The window and the command line both begin
//! here. No window, no command line.

use std::path::Path;

use jiff::Timestamp;

use crate::exchange::price_import::NewPrices;
use crate::exchange::starter;
use crate::model::{Bar, Book, Feeds, Prices, Series};
use crate::store::{OpenError, PriceBatch, Store, StoreError};

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
    /// How every series came, and who wants quiet.
    pub feeds: Feeds,
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
        store.seed(&starter_book()?, &starter_series()?, STARTER, now)?;
    }
    load(store, opened.notices, now)
}

/// Opens the book in a folder; a new one is filled with `records` in the place
/// of the starter book, and with the starter's prices of their instruments.
/// True if it was.
pub fn open_or_begin(
    folder: &Path,
    records: &Book,
    origin: &str,
    now: Timestamp,
) -> Result<(Session, bool), SessionError> {
    let opened = Store::open(folder, now)?;
    let mut store = opened.store;
    if opened.is_new {
        let mut series = starter_series()?;
        series.retain(|(symbol, _)| {
            let known = records.instrument_by_symbol(symbol);
            known.is_some_and(|instrument| instrument.symbol == *symbol)
        });
        store.seed(records, &series, origin, now)?;
    }
    Ok((load(store, opened.notices, now)?, opened.is_new))
}

/// What a first start would show, without a file.
pub fn starter() -> Result<(Book, Prices), SessionError> {
    let mut prices = Prices::default();
    prices.by_symbol.extend(starter_series()?);
    Ok((starter_book()?, prices))
}

fn load(store: Store, notices: Vec<String>, now: Timestamp) -> Result<Session, SessionError> {
    let book = store.load_book()?;
    let prices = store.load_prices()?;
    let feeds = store.load_feeds(now)?;
    Ok(Session {
        store,
        book,
        prices,
        feeds,
        notices,
    })
}

fn starter_book() -> Result<Book, SessionError> {
    starter::book().map_err(|error| SessionError::Starter(error.to_string()))
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
        n => Some(format!("{} in {n} of {all} series", starter::PRICES_NOTE)),
    })
}

impl From<NewPrices> for PriceBatch {
    fn from(prices: NewPrices) -> Self {
        Self {
            instrument: prices.instrument,
            provider: prices.provider.to_owned(),
            file: Some(prices.file),
            bars: prices.bars,
        }
    }
}
