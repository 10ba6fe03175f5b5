//! What a company is worth: diluted shares, market value, enterprise value and
//! what stands against it. A part that is not known leaves no value, with the
//! reason; never a smaller one.

use rust_decimal::Decimal;

use super::view::Basis;
use super::watchlist::WatchlistRow;
use super::{Answer, Missing};
use crate::model::Deal;

/// The valuation of a company, USD.
#[derive(Clone, Debug, PartialEq)]
pub struct Valuation {
    /// Basic shares outstanding.
    pub basic_shares: Answer<Decimal>,
    /// Restricted stock units and options.
    pub share_units: Answer<Decimal>,
    /// Shares of penny warrants and other rights.
    pub warrant_shares: Answer<Decimal>,
    /// Shares of convertibles in the money; none unless switched to shares.
    pub convertible_shares: Answer<Decimal>,
    /// All of them.
    pub diluted_shares: Answer<Decimal>,
    /// Diluted shares × last close.
    pub market_cap_usd: Answer<Decimal>,
    /// Unrestricted cash.
    pub cash_usd: Answer<Decimal>,
    /// Unencumbered Bitcoin × its last close.
    pub btc_value_usd: Answer<Decimal>,
    /// Preferred equity and minority interest.
    pub other_claims_usd: Answer<Decimal>,
    /// Market value + debt + other claims − cash − Bitcoin.
    pub ev_usd: Answer<Decimal>,
    /// EV ÷ contracted load (critical or gross by switch), USD a MW.
    pub ev_per_mw_usd: Answer<Decimal>,
    /// Backlog ÷ EV.
    pub backlog_to_ev: Answer<Decimal>,
    /// Debt ÷ contracted load, USD a MW.
    pub debt_per_mw_usd: Answer<Decimal>,
    /// Contracted NOI of a full year, of deals whose margin is stated.
    pub noi_usd: Answer<Decimal>,
    /// EV ÷ that.
    pub ev_to_noi: Answer<Decimal>,
    /// Interest of a year on what is owed.
    pub interest_usd: Answer<Decimal>,
    /// Reported NOI ÷ reported interest of the same period.
    pub reported_coverage: Answer<Decimal>,
    /// Guaranteed amounts ÷ remaining value of the same deals.
    pub backstop_cover: Answer<Decimal>,
}

/// The valuation of a company with these deals that count.
pub fn valuation(_basis: &Basis<'_>, _row: &WatchlistRow, _deals: &[&Deal]) -> Valuation {
    // Stub.
    let none = || Err(Missing::because("not yet computed"));
    Valuation {
        basic_shares: none(),
        share_units: none(),
        warrant_shares: none(),
        convertible_shares: none(),
        diluted_shares: none(),
        market_cap_usd: none(),
        cash_usd: none(),
        btc_value_usd: none(),
        other_claims_usd: none(),
        ev_usd: none(),
        ev_per_mw_usd: none(),
        backlog_to_ev: none(),
        debt_per_mw_usd: none(),
        noi_usd: none(),
        ev_to_noi: none(),
        interest_usd: none(),
        reported_coverage: none(),
        backstop_cover: none(),
    }
}
