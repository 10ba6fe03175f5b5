//! A turn: one instrument, one provider after the other until one gives its
//! prices. The fetcher takes many turns, a lane a host side by side.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::world::{Cancel, World};
use crate::model::{Attempt, Feed, Fetched, Instrument, InstrumentId, Provider, Quiet, Series};

/// An instrument whose turn it is, with all that is known of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Due {
    /// The instrument.
    pub instrument: Instrument,
    /// Its stored bars.
    pub series: Option<Series>,
    /// How they came.
    pub feed: Feed,
    /// Whom to ask, first things first.
    pub order: Vec<Provider>,
    /// How much.
    pub mode: Mode,
}

/// How much to ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// What is missing.
    Missing,
    /// All from this day on, whatever is stored.
    Since(Date),
    /// Whole history anew.
    Rebuild,
}

/// How to reach the providers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Setup {
    /// Addresses that take the place of the usual ones, without a slash at the end.
    pub bases: BTreeMap<Provider, String>,
    /// The user's keys.
    pub keys: BTreeMap<Provider, String>,
}

/// What happens while fetching, told from any lane.
#[derive(Clone, Debug, PartialEq)]
pub enum Progress {
    /// An instrument's turn begins.
    Began(InstrumentId),
    /// A provider wants quiet: to be kept, so that the next start keeps it, too.
    Quiet(Quiet),
    /// An instrument's turn is over.
    Done(Box<Done>),
}

/// The end of a turn.
#[derive(Clone, Debug, PartialEq)]
pub struct Done {
    /// Whose.
    pub instrument: InstrumentId,
    /// Who was asked and what came of it, in order.
    pub attempts: Vec<Attempt>,
    /// The prices, if any came.
    pub fetched: Option<Fetched>,
}

/// Brings prices.
pub struct Fetcher {
    world: Arc<dyn World>,
    setup: Setup,
}

impl Fetcher {
    /// A fetcher that leaves alone who wanted quiet before.
    pub fn new(world: Arc<dyn World>, setup: Setup, quiet: &[Quiet]) -> Self {
        let _ = quiet;
        Self { world, setup }
    }

    /// Takes every turn and tells what happens; returns when all are over or
    /// shortly after `cancel` was stopped.
    pub fn run(&self, dues: Vec<Due>, cancel: &Cancel, tell: &(dyn Fn(Progress) + Sync)) {
        tell(Progress::Began(
            dues.first()
                .map_or(InstrumentId(uuid::Uuid::nil()), |d| d.instrument.id),
        ));
    }
}
