//! More of a company than its watchlist row: valuation, power, treasury and
//! concentration. It gathers; each part is computed in its own file.

use std::collections::BTreeMap;

use super::concentration::{Concentration, concentrations};
use super::power::{Ladder, ladder};
use super::statement::{Statements, event_known_by};
use super::switches::Switches;
use super::treasury::{TreasuryView, treasury_view};
use super::valuation::{Valuation, valuation};
use super::watchlist::WatchlistRow;
use crate::model::{Book, CompanyId, Day, Deal, Prices, Treasury};

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

impl<'a> Basis<'a> {
    /// The deals announced by the day that count.
    pub fn deals(&self) -> impl Iterator<Item = &'a Deal> {
        let as_of = self.as_of;
        let deals = self.book.deals();
        deals.filter(move |deal| deal.counts() && deal.announced.first_day() <= as_of)
    }
}

/// One view a row, in the order of the rows.
pub fn company_views(basis: &Basis<'_>) -> Vec<CompanyView> {
    let mut deals: BTreeMap<CompanyId, Vec<&Deal>> = BTreeMap::new();
    for deal in basis.deals() {
        deals.entry(deal.company).or_default().push(deal);
    }
    let mut events: BTreeMap<CompanyId, Vec<&Treasury>> = BTreeMap::new();
    let known = basis.book.treasury();
    for event in known.filter(|event| event_known_by(event, basis.as_of)) {
        events.entry(event.company).or_default().push(event);
    }
    let view = |row: &WatchlistRow| {
        let company = row.company_id;
        let deals = deals.get(&company).map_or(&[][..], Vec::as_slice);
        let events = events.get(&company).map_or(&[][..], Vec::as_slice);
        let treasury = treasury_view(basis, company, events);
        let (by_signatory, by_obligor) = concentrations(deals, basis.as_of, basis.switches);
        CompanyView {
            company_id: company,
            valuation: valuation(basis, row, deals, &treasury.held),
            power: ladder(basis, company, deals),
            treasury,
            by_signatory,
            by_obligor,
        }
    };
    basis.rows.iter().map(view).collect()
}
