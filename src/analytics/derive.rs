//! The one entry point: everything the pages and reports show, computed once
//! per revision of the book, the prices or the day.

use super::as_of::{book_as_of, prices_as_of};
use super::conflicts::{Conflicts, conflicts};
use super::deals::{DealRow, deal_rows};
use super::debt::{DebtView, debt_view};
use super::measure::Facts;
use super::sector::{SectorView, sector_view};
use super::statement::Statements;
use super::switches::Switches;
use super::view::{self, CompanyView, company_views};
use super::watchlist::{Basis, WatchlistRow, watchlist_rows};
use crate::model::{Book, CompanyId, Day, Prices};

/// Symbol of the benchmark every share is compared with.
pub const BITCOIN: &str = "BTC-USD";

/// What is shown, in the order of the book; pages sort and filter copies of
/// the order, not of the rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Derived {
    /// One row a company.
    pub watchlist: Vec<WatchlistRow>,
    /// More of each company, in the order of the rows.
    pub companies: Vec<CompanyView>,
    /// All companies together, beside what is stated of the sector.
    pub sector: SectorView,
    /// What counts.
    pub switches: Switches,
    /// One row a deal, newest first.
    pub deals: Vec<DealRow>,
    /// Debt by company.
    pub debt: DebtView,
    /// Statements that disagree.
    pub conflicts: Conflicts,
    /// The newest close of all instruments.
    pub prices_to: Option<Day>,
}

impl Derived {
    /// All that is known of a company, for measures.
    pub fn facts(&self, company: CompanyId) -> Option<Facts<'_>> {
        self.all_facts()
            .find(|facts| facts.row.company_id == company)
    }

    /// The same of every company, in the order of the book.
    pub fn all_facts(&self) -> impl Iterator<Item = Facts<'_>> {
        let pairs = self.watchlist.iter().zip(&self.companies);
        pairs.map(|(row, view)| Facts { row, view })
    }
}

/// Derives everything from what was known by `as_of`: it equals what a book and
/// prices without anything later give.
pub fn derive(book: &Book, prices: &Prices, as_of: Day, switches: Switches) -> Derived {
    let (book, prices) = (&*book_as_of(book, as_of), &*prices_as_of(prices, as_of));
    let statements = Statements::of(book, as_of);
    let debt = debt_view(book, prices, &statements, switches);
    let watchlist = watchlist_rows(&Basis {
        book,
        prices,
        statements: &statements,
        debts: &debt.companies,
        benchmark: BITCOIN,
        as_of,
        switches,
    });
    let known = view::Basis {
        book,
        prices,
        statements: &statements,
        rows: &watchlist,
        benchmark: BITCOIN,
        as_of,
        switches,
    };
    let companies = company_views(&known);
    let newest = prices
        .by_symbol
        .values()
        .filter_map(|series| series.at_or_before(as_of));
    Derived {
        sector: sector_view(&known, &companies),
        companies,
        switches,
        watchlist,
        deals: deal_rows(book, as_of, switches),
        conflicts: conflicts(&statements, prices, BITCOIN),
        debt,
        prices_to: newest.map(|bar| bar.day).max(),
    }
}
