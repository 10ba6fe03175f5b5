//! Bitcoin of a company over time: held, bought and sold, what each sale implies
//! a coin against the market of its days, and two series that must never be
//! mixed: reduction from the peak, and gross sales.

use rust_decimal::Decimal;

use super::view::Basis;
use super::{Answer, Missing};
use crate::model::treasury::TreasuryKind;
use crate::model::{CompanyId, Day, FigureId, Hedge, TreasuryId};

/// Where a holding or flow is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// By a treasury event.
    Event(TreasuryId),
    /// By a figure.
    Figure(FigureId),
}

/// Coins held on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct Held {
    /// The last day the statement speaks of.
    pub day: Day,
    /// Coins.
    pub btc: Decimal,
    /// How firmly it is stated.
    pub hedge: Hedge,
    /// Who says so.
    pub told: Told,
}

/// Coins bought or sold.
#[derive(Clone, Debug, PartialEq)]
pub struct Flow {
    /// The event.
    pub event: TreasuryId,
    /// Bought or sold.
    pub kind: TreasuryKind,
    /// The last day of the event, else of its disclosure.
    pub day: Option<Day>,
    /// Money ÷ coins, USD a coin.
    pub implied_price: Answer<Decimal>,
    /// Lowest and highest close of Bitcoin over the days of the event.
    pub market_usd: Answer<(Decimal, Decimal)>,
    /// What is suspicious: the implied price is more than 10 % off the market of
    /// those days; event day or disclosure day?
    pub warning: Option<String>,
}

/// The treasury of a company.
#[derive(Clone, Debug, PartialEq)]
pub struct TreasuryView {
    /// The newest holding.
    pub held: Answer<Decimal>,
    /// Holdings over time, oldest first.
    pub holdings: Vec<Held>,
    /// Purchases and sales, oldest first.
    pub flows: Vec<Flow>,
    /// Highest stated holding less the newest one. A fall of the stock, not sales.
    pub reduction_from_peak: Answer<Decimal>,
    /// Sum of the sales of the last twelve months, gross. Not a fall of the stock.
    pub sold_12m: Answer<Decimal>,
}

/// The treasury of a company.
pub fn treasury_view(_basis: &Basis<'_>, _company: CompanyId) -> TreasuryView {
    // Stub.
    let none = || Err(Missing::because("not yet computed"));
    TreasuryView {
        held: none(),
        holdings: Vec::new(),
        flows: Vec::new(),
        reduction_from_peak: none(),
        sold_12m: none(),
    }
}
