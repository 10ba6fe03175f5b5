//! All companies together, beside what is stated of the sector. The two are
//! never added: coverage says how much of a stated total the book tracks.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::Answer;
use super::concentration::Concentration;
use super::statement::Statements;
use super::switches::Switches;
use super::view::CompanyView;
use super::watchlist::WatchlistRow;
use crate::model::deal::{CounterpartyClass, DealKind};
use crate::model::metric::MwStage;
use crate::model::{CompanyId, FigureId, Metric};

/// What the book tracks of something stated of the sector.
#[derive(Clone, Debug, PartialEq)]
pub struct Coverage {
    /// What is stated.
    pub metric: Metric,
    /// Sum over the companies, where there is one.
    pub tracked: Answer<Decimal>,
    /// Every statement of the sector, newest first; never averaged.
    pub stated: Vec<Compared>,
}

/// A statement of the sector beside what is tracked.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// The statement.
    pub figure: FigureId,
    /// Tracked ÷ stated, as a fraction.
    pub fraction: Answer<Decimal>,
}

/// A part of the tracked backlog.
#[derive(Clone, Debug, PartialEq)]
pub struct Split<K> {
    /// Of what.
    pub key: K,
    /// Its value, USD.
    pub value_usd: Decimal,
    /// Its part of all, as a fraction.
    pub fraction: Decimal,
    /// Deals in it.
    pub deals: usize,
}

/// The sector.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SectorView {
    /// Stated totals beside the sums of the companies.
    pub coverage: Vec<Coverage>,
    /// Backlog by class of counterparty, largest first.
    pub by_class: Vec<Split<CounterpartyClass>>,
    /// Backlog by kind of deal, largest first.
    pub by_kind: Vec<Split<DealKind>>,
    /// Megawatts of all companies by stage: gross, critical.
    pub ladder: BTreeMap<MwStage, (Answer<Decimal>, Answer<Decimal>)>,
    /// Bitcoin reduction from peak by company, largest first.
    pub btc_reduction: Vec<(CompanyId, Decimal)>,
    /// Backlog of all by who signed.
    pub by_signatory: Option<Concentration>,
    /// Backlog of all by whose credit stands behind it.
    pub by_obligor: Option<Concentration>,
}

/// The sector of these companies.
pub fn sector_view(
    _statements: &Statements<'_>,
    _rows: &[WatchlistRow],
    _companies: &[CompanyView],
    _switches: Switches,
) -> SectorView {
    // Stub.
    SectorView::default()
}
