//! The one entry point: everything the pages and reports show, computed once
//! per revision of the book, the prices or the day.

use super::as_of::{book_as_of, prices_as_of};
use super::conflicts::{Conflicts, conflicts};
use super::deals::{DealRow, deal_rows};
use super::debt::{DebtView, debt_view};
use super::statement::Statements;
use super::watchlist::{Basis, WatchlistRow, watchlist_rows};
use crate::model::{Book, Day, Prices};

/// Symbol of the benchmark every share is compared with.
pub const BITCOIN: &str = "BTC-USD";

/// What is shown, in the order of the book; pages sort and filter copies of
/// the order, not of the rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Derived {
    /// One row a company.
    pub watchlist: Vec<WatchlistRow>,
    /// One row a deal, newest first.
    pub deals: Vec<DealRow>,
    /// Debt by company.
    pub debt: DebtView,
    /// Statements that disagree.
    pub conflicts: Conflicts,
    /// The newest close of all instruments.
    pub prices_to: Option<Day>,
}

/// Derives everything from what was known by `as_of`: it equals what a book and
/// prices without anything later give.
pub fn derive(book: &Book, prices: &Prices, as_of: Day) -> Derived {
    let (book, prices) = (&*book_as_of(book, as_of), &*prices_as_of(prices, as_of));
    let statements = Statements::of(book, as_of);
    let debt = debt_view(book, &statements);
    let watchlist = watchlist_rows(&Basis {
        book,
        prices,
        statements: &statements,
        debts: &debt.companies,
        benchmark: BITCOIN,
        as_of,
    });
    let newest = prices
        .by_symbol
        .values()
        .filter_map(|series| series.at_or_before(as_of));
    Derived {
        watchlist,
        deals: deal_rows(book, as_of),
        conflicts: conflicts(&statements, prices, BITCOIN),
        debt,
        prices_to: newest.map(|bar| bar.day).max(),
    }
}
