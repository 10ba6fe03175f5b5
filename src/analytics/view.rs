//! More of a company than its watchlist row: valuation, power, treasury and
//! concentration. It gathers; each part is computed in its own file.

use super::concentration::{Concentration, concentrations};
use super::power::{Ladder, ladder};
use super::statement::Statements;
use super::switches::Switches;
use super::treasury::{TreasuryView, treasury_view};
use super::valuation::{Valuation, valuation_with};
use super::watchlist::WatchlistRow;
use crate::model::{Book, CompanyId, Day, Deal, Prices};

/// What a company's page and the columns show beside its watchlist row.
#[derive(Clone, Debug, PartialEq)]
pub struct CompanyView {
    /// Which company.
    pub company_id: CompanyId,
    /// Shares, market value, enterprise value and their ratios.
    pub valuation: Valuation,
    /// Megawatts at each stage.
    pub power: Ladder,
    /// Bitcoin held, bought and sold.
    pub treasury: TreasuryView,
    /// Backlog by who signed.
    pub by_signatory: Concentration,
    /// Backlog by whose credit stands behind it.
    pub by_obligor: Concentration,
}

/// What views are computed from.
#[derive(Clone, Copy)]
pub struct Basis<'a> {
    /// The book.
    pub book: &'a Book,
    /// The prices.
    pub prices: &'a Prices,
    /// The statements known by the day.
    pub statements: &'a Statements<'a>,
    /// One row a company.
    pub rows: &'a [WatchlistRow],
    /// Symbol of Bitcoin.
    pub benchmark: &'a str,
    /// The day.
    pub as_of: Day,
    /// What counts.
    pub switches: Switches,
}

/// One view a row, in the order of the rows.
pub fn company_views(basis: &Basis<'_>) -> Vec<CompanyView> {
    let view = |row: &WatchlistRow| {
        let of = |deal: &&Deal| {
            let known = deal.announced.first_day() <= basis.as_of;
            deal.company == row.company_id && deal.counts() && known
        };
        let deals: Vec<&Deal> = basis.book.deals().filter(of).collect();
        let treasury = treasury_view(basis, row.company_id);
        let (by_signatory, by_obligor) = concentrations(&deals, basis.as_of, basis.switches);
        CompanyView {
            company_id: row.company_id,
            valuation: valuation_with(basis, row, &deals, &treasury.held),
            power: ladder(basis, row.company_id, &deals),
            treasury,
            by_signatory,
            by_obligor,
        }
    };
    basis.rows.iter().map(view).collect()
}
