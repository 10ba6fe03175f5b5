//! The preview of a price file: what was read, what was refused, and what a
//! person has decided about it. Reading itself is [`read`], a pure function that
//! the app runs on a worker; nothing is taken here.

mod columns;
mod facts;
mod list;
mod view;

use std::collections::HashSet;
use std::sync::Arc;

use crate::exchange::price_csv::{
    self, Columns, FileError, Format, Layout, Options, Overlap, PriceFile, guess_symbol,
};
use crate::model::series::Bar;
use crate::model::{Book, Day, Prices};

pub(super) use facts::line as fact;
use list::Listed;
pub(super) use list::cell_text;
pub use view::show;

/// What was read from a file with some options.
#[derive(Clone, Debug)]
pub struct Read {
    /// The options it was read with; a result of older ones is not shown.
    pub options: Options,
    /// How the file is laid out, also where its rows could not be read.
    pub layout: Option<Layout>,
    /// The rows, or why there are none.
    pub parsed: Result<PriceFile, FileError>,
}

/// Reads a file. Takes about a third of a second for a million rows: call it on
/// a worker and hand the result to [`ImportPrices::take_read`].
pub fn read(bytes: &[u8], options: Options) -> Read {
    let parsed = price_csv::parse(bytes, &options);
    let layout = match &parsed {
        Ok(file) => Some(file.layout.clone()),
        Err(_) => price_csv::detect(bytes).ok(),
    };
    Read {
        options,
        layout,
        parsed,
    }
}

/// What the dialog shows and the user has chosen.
pub struct ImportPrices {
    /// Name of the file.
    pub file_name: String,
    /// Its content.
    pub bytes: Arc<[u8]>,
    /// The symbol as typed, at first as guessed.
    pub symbol: String,
    /// How the file is to be read. After a change of them the dialog pushes
    /// `Action::RereadImport`.
    pub options: Options,
    /// On days that are stored with another close: keep that one.
    pub keep_stored: bool,
    /// What was read last.
    read: Option<Read>,
    /// Whether the symbol is the user's: then no guess replaces it.
    symbol_typed: bool,
    /// The columns being chosen, before they are complete.
    columns: Columns,
    /// Whether the column chooser is open for a file that does not need it.
    columns_open: bool,
    /// The list on show; none means the gravest that is not empty.
    listed: Option<Listed>,
    /// The file beside what is stored, for one symbol and revision.
    beside: Option<Beside>,
}

/// A comparison with stored closes and what it is valid for.
struct Beside {
    symbol: String,
    revision: u64,
    overlap: Overlap,
}

impl ImportPrices {
    /// The dialog for a file, before it is read. `today` is the user's day; a
    /// row of the day after it is still taken, because that day has begun
    /// somewhere in the world, and later ones are refused.
    pub fn new(file_name: String, bytes: Arc<[u8]>, book: &Book, today: Day) -> Self {
        let mut import = Self {
            file_name,
            bytes,
            symbol: String::new(),
            options: Options {
                not_after: Some(today.tomorrow().unwrap_or(today)),
                ..Options::default()
            },
            keep_stored: false,
            read: None,
            symbol_typed: false,
            columns: Columns::default(),
            columns_open: false,
            listed: None,
            beside: None,
        };
        import.guess(book, &[]);
        import
    }

    /// Sets whose prices the file holds: no guess replaces it.
    pub fn set_symbol(&mut self, symbol: String) {
        self.symbol = symbol;
        self.symbol_typed = true;
    }

    /// Takes over what [`read`] found. A result of options that have changed
    /// since is dropped: the one that was asked for last is on its way.
    pub fn take_read(&mut self, read: Read, book: &Book) {
        if read.options != self.options {
            return;
        }
        if let Some(layout) = &read.layout {
            let tickers = match (&read.options.ticker, &read.parsed) {
                (Some(ticker), _) => std::slice::from_ref(ticker),
                (
                    None,
                    Ok(PriceFile {
                        ticker: Some(t), ..
                    }),
                ) => std::slice::from_ref(t),
                (None, _) => &layout.tickers,
            };
            let tickers = tickers.to_vec();
            if read.options.columns.is_none() {
                self.columns = layout.columns;
            }
            self.guess(book, &tickers);
        }
        self.listed = None;
        self.beside = None;
        self.read = Some(read);
    }

    /// Guesses the symbol unless the user has typed one; a former symbol
    /// becomes the present one.
    fn guess(&mut self, book: &Book, tickers: &[String]) {
        if self.symbol_typed {
            return;
        }
        if let Some(guess) = guess_symbol(&self.file_name, tickers) {
            let known = book.instrument_by_symbol(&guess);
            self.symbol = known.map_or(guess, |known| known.symbol.clone());
        }
    }

    /// What was read with the options as they are now.
    fn current(&self) -> Option<&Read> {
        self.read
            .as_ref()
            .filter(|read| read.options == self.options)
    }

    /// The rows, once they are read.
    fn file(&self) -> Option<&PriceFile> {
        self.current()?.parsed.as_ref().ok()
    }

    fn layout(&self) -> Option<&Layout> {
        self.read.as_ref()?.layout.as_ref()
    }

    /// The canonical symbol that is meant, or why there is none.
    pub fn canonical_symbol(&self, book: &Book) -> Result<String, &'static str> {
        let typed = self.symbol.trim().to_uppercase();
        if typed.is_empty() {
            return Err("Type the symbol these prices are of");
        }
        let fits = |c: char| c.is_ascii_alphanumeric() || "-.^=/".contains(c);
        if typed.len() > 20 || !typed.chars().all(fits) {
            return Err("A symbol has letters, digits and - . ^ = / only, as BTC-USD");
        }
        let known = book.instrument_by_symbol(&typed);
        Ok(known.map_or(typed, |known| known.symbol.clone()))
    }

    /// The canonical symbol and the bars that "Take" takes: every good one,
    /// without those of days that differ if the stored close is kept. `None` if
    /// the file is not read, the symbol is not clear, or nothing is left.
    pub fn bars_to_take(&self, book: &Book, prices: &Prices) -> Option<(String, Vec<Bar>)> {
        let symbol = self.canonical_symbol(book).ok()?;
        let good = &self.file()?.good;
        let bars: Vec<Bar> = if self.keep_stored {
            let stored = prices.get(&symbol).map_or(&[][..], |series| series.bars());
            let overlap = price_csv::compare_with_stored(good, stored);
            let kept: HashSet<Day> = overlap.differing.iter().map(|day| day.day).collect();
            let rest = good.iter().filter(|bar| !kept.contains(&bar.day));
            rest.copied().collect()
        } else {
            good.clone()
        };
        (!bars.is_empty()).then_some((symbol, bars))
    }

    /// How many bars "Take" takes; the comparison must be fresh.
    fn count_to_take(&self) -> usize {
        let good = self.file().map_or(0, |file| file.good.len());
        let differing = self.overlap().map_or(0, |overlap| overlap.differing.len());
        if self.keep_stored {
            good - differing.min(good)
        } else {
            good
        }
    }

    fn overlap(&self) -> Option<&Overlap> {
        self.beside.as_ref().map(|beside| &beside.overlap)
    }

    /// Compares with what is stored when file, symbol or revision changed.
    fn compare(&mut self, book: &Book, prices: &Prices, revision: u64) {
        let symbol = self.canonical_symbol(book).unwrap_or_default();
        let fresh = |beside: &Beside| beside.symbol == symbol && beside.revision == revision;
        if self.beside.as_ref().is_some_and(fresh) {
            return;
        }
        let stored = prices.get(&symbol).map_or(&[][..], |series| series.bars());
        self.beside = self.file().map(|file| Beside {
            overlap: price_csv::compare_with_stored(&file.good, stored),
            symbol,
            revision,
        });
    }

    /// Whether the columns are to be shown: the header is not understood, they
    /// were chosen already, or the user asked.
    fn shows_columns(&self) -> bool {
        let unknown = self
            .layout()
            .is_some_and(|layout| layout.format == Format::Generic);
        unknown || self.columns_open || self.options.columns.is_some()
    }
}
