//! A turn: one instrument, one provider after the other until one gives its
//! prices. The fetcher takes many turns, a lane a host side by side.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use super::errand::Errand;
use super::gate::{Gate, Visit};
use super::plan::{self, Candidate};
use super::world::{Cancel, World};
use crate::model::{
    Attempt, Feed, Fetched, Instrument, InstrumentId, Outcome, Provider, Quiet, Series,
};

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
    /// All from this day on, whatever is stored, and what is missing before it.
    Since(Date),
    /// Whole history anew.
    Rebuild,
}

/// How to reach the providers.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Setup {
    /// Addresses that take the place of the usual ones, without a slash at the end.
    pub bases: BTreeMap<Provider, String>,
    /// The user's keys.
    pub keys: BTreeMap<Provider, String>,
}

impl fmt::Debug for Setup {
    /// Of the keys, whose they are.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Setup")
            .field("bases", &self.bases)
            .field("keys", &self.keys.keys())
            .finish()
    }
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

/// The ways to all hosts. Kept from one refresh to the next they keep the
/// manners, however fast refreshes follow each other.
#[derive(Clone)]
pub struct Gates(Arc<BTreeMap<Provider, Gate>>);

impl Default for Gates {
    fn default() -> Self {
        let gate = |provider: &Provider| (*provider, Gate::new(*provider, None));
        Self(Arc::new(Provider::ALL.iter().map(gate).collect()))
    }
}

/// Brings prices.
pub struct Fetcher {
    world: Arc<dyn World>,
    setup: Setup,
    gates: Gates,
}

impl Fetcher {
    /// A fetcher that leaves alone who wanted quiet before.
    pub fn new(world: Arc<dyn World>, setup: Setup, quiet: &[Quiet]) -> Self {
        Self::through(Gates::default(), world, setup, quiet)
    }

    /// The same, through gates that were used before.
    pub fn through(gates: Gates, world: Arc<dyn World>, setup: Setup, quiet: &[Quiet]) -> Self {
        // A clock that was ahead for a while must not silence a host for years.
        let latest = world.now().checked_add(SignedDuration::from_hours(24));
        let latest = latest.unwrap_or(Timestamp::MAX);
        for (provider, gate) in gates.0.iter() {
            let of_it = quiet.iter().filter(|quiet| quiet.provider == *provider);
            gate.keep_quiet(of_it.map(|quiet| quiet.until).max(), latest);
        }
        Self {
            world,
            setup,
            gates,
        }
    }

    /// Takes every turn and tells what happens; returns when all are over or
    /// shortly after `cancel` was stopped. An instrument that nobody can be
    /// asked for is over at once, without attempts; one whose turn has not
    /// begun when it is stopped is not spoken of.
    pub fn run(&self, dues: Vec<Due>, cancel: &Cancel, tell: &(dyn Fn(Progress) + Sync)) {
        for gate in self.gates.0.values() {
            gate.begin_run();
        }
        let mut lanes: BTreeMap<Option<Provider>, Vec<Turn>> = BTreeMap::new();
        for due in dues {
            let candidates = plan::candidates(&due, &self.setup);
            let first = candidates.first().map(|candidate| candidate.provider);
            let turn = Turn { due, candidates };
            lanes.entry(first).or_default().push(turn);
        }
        let lanes: Vec<Vec<Turn>> = lanes.into_values().collect();
        std::thread::scope(|scope| {
            for lane in &lanes {
                let walk = move || self.walk(lane, cancel, tell);
                let thread = std::thread::Builder::new().name("fetch lane".to_owned());
                // A system that gives no thread makes it slower, not impossible.
                if thread.spawn_scoped(scope, walk).is_err() {
                    walk();
                }
            }
        });
    }

    /// Takes the turns of a lane one after the other.
    fn walk(&self, lane: &[Turn], cancel: &Cancel, tell: &(dyn Fn(Progress) + Sync)) {
        for turn in lane {
            if cancel.is_stopped() {
                return;
            }
            tell(Progress::Began(turn.due.instrument.id));
            tell(Progress::Done(Box::new(self.take(turn, cancel, tell))));
        }
    }

    /// Asks one provider after the other until one gives the prices.
    fn take(&self, turn: &Turn, cancel: &Cancel, tell: &(dyn Fn(Progress) + Sync)) -> Done {
        let (world, began) = (self.world.as_ref(), self.world.now());
        let visit = Visit {
            world,
            cancel,
            hush: &|quiet| tell(Progress::Quiet(quiet)),
        };
        let mut done = Done {
            instrument: turn.due.instrument.id,
            attempts: Vec::new(),
            fetched: None,
        };
        for (at, candidate) in turn.candidates.iter().enumerate() {
            let Some(gate) = self.gates.0.get(&candidate.provider) else {
                continue;
            };
            let errand = Errand {
                due: &turn.due,
                candidate,
                is_first: at == 0,
                setup: &self.setup,
                gate,
                visit: &visit,
            };
            let result = errand.run();
            let mut attempt = Attempt {
                turn: began,
                at: world.now(),
                instrument: done.instrument,
                provider: candidate.provider,
                outcome: Outcome::Cancelled,
                detail: String::new(),
                rows: 0,
                skipped: 0,
                next_try: None,
            };
            match result {
                Ok(settled) => {
                    attempt.outcome = settled.outcome;
                    attempt.detail = settled.detail;
                    attempt.rows = settled.rows;
                    attempt.skipped = settled.skipped;
                    done.fetched = settled.fetched;
                }
                Err(refusal) => {
                    attempt.outcome = refusal.outcome;
                    attempt.detail = refusal.detail;
                    attempt.next_try = refusal.next_try;
                }
            }
            let is_over = attempt.outcome.is_success() || attempt.outcome == Outcome::Cancelled;
            done.attempts.push(attempt);
            if is_over {
                break;
            }
        }
        done
    }
}

/// An instrument and whom to ask for it.
struct Turn {
    due: Due,
    candidates: Vec<Candidate>,
}
