//! Manners towards one host: one request at a time, spaced, given up after few
//! retries, silent for hours once it said that it was asked too often. Knows no
//! instrument; the clock and the network are the [`World`]'s.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::quotes::BodyError;
use super::retry_after;
use super::verdict::{Refusal, Verdict, broken, judge};
use super::world::{Cancel, Request, World};
use crate::model::{Outcome, Provider, Quiet};

/// The pause before a request is made again; doubled each time.
const BACK_OFF: Duration = Duration::from_secs(2);
/// How many troubles in a row end the asking for the rest of a run.
const TROUBLES: u8 = 2;

/// What a visit to a host brings along.
pub struct Visit<'a> {
    /// Clock and network.
    pub world: &'a dyn World,
    /// Stops the waiting and the request.
    pub cancel: &'a Cancel,
    /// Is told at once when a host wants quiet.
    pub hush: &'a (dyn Fn(Quiet) + Sync),
}

/// The way to one provider's host.
pub struct Gate {
    provider: Provider,
    // Held from the pause before a request until its answer is understood, so
    // that who waits behind learns of a wish for quiet before asking.
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// Not before this is the next request made.
    ready: Option<Timestamp>,
    /// Until then the host wants quiet.
    quiet: Option<Timestamp>,
    /// Troubles in a row in this run.
    troubles: u8,
    /// Why the host is not asked again in this run.
    given_up: Option<Refusal>,
}

/// The least pause between two requests, and how much is added by chance.
const fn spacing(provider: Provider) -> (Duration, Duration) {
    let (least, chance) = match provider {
        Provider::Yahoo | Provider::Nasdaq => (1000, 500),
        Provider::Tiingo | Provider::Kraken | Provider::Ecb => (1000, 300),
        Provider::Coinbase | Provider::Bitstamp => (200, 100),
    };
    (Duration::from_millis(least), Duration::from_millis(chance))
}

impl Gate {
    /// The way to a host that wants quiet until then.
    pub fn new(provider: Provider, quiet: Option<Timestamp>) -> Self {
        let state = State {
            quiet,
            ..State::default()
        };
        Self {
            provider,
            state: Mutex::new(state),
        }
    }

    /// Keeps the quiet wanted until then beside what it knows of itself, neither
    /// beyond `latest`.
    pub fn keep_quiet(&self, until: Option<Timestamp>, latest: Timestamp) {
        let mut state = self.lock();
        state.quiet = state.quiet.max(until).map(|until| until.min(latest));
    }

    /// Begins a run: a host that was given up in an earlier one is asked again.
    pub fn begin_run(&self) {
        let mut state = self.lock();
        state.troubles = 0;
        state.given_up = None;
    }

    /// Makes a request when it is time and reads the answer; `read` sees the
    /// body of every answer, whatever its status.
    pub fn ask<T>(
        &self,
        visit: &Visit<'_>,
        request: &Request,
        read: &dyn Fn(&[u8]) -> Result<T, BodyError>,
    ) -> Result<T, Refusal> {
        let mut state = self.lock();
        if visit.cancel.is_stopped() {
            return Err(Refusal::cancelled());
        }
        if let Some(refusal) = state.given_up.clone() {
            return Err(refusal);
        }
        if let Some(until) = state.quiet.filter(|until| *until > visit.world.now()) {
            return Err(Refusal {
                outcome: Outcome::Quiet,
                detail: "not asked: it wants quiet".to_owned(),
                next_try: Some(until),
            });
        }
        let mut made_again = 0;
        loop {
            let verdict = self.try_once(&mut state, visit, request, read)?;
            let refusal = match verdict {
                Verdict::Taken(taken) => {
                    state.troubles = 0;
                    return Ok(taken);
                }
                Verdict::Refused(refusal) => {
                    state.troubles = 0;
                    return Err(refusal);
                }
                Verdict::Trouble(refusal) => refusal,
                Verdict::Hush(refusal, span) => {
                    return Err(self.hush(&mut state, visit, refusal, span));
                }
                Verdict::Again(refusal, least, tries) => {
                    // A host in trouble is not asked twice for each request.
                    if state.troubles == 0 && made_again < tries.count() {
                        back_off(visit, made_again, least)?;
                        made_again += 1;
                        continue;
                    }
                    refusal
                }
            };
            return Err(trouble(&mut state, refusal));
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for its time, makes the request once and judges what comes.
    fn try_once<T>(
        &self,
        state: &mut State,
        visit: &Visit<'_>,
        request: &Request,
        read: &dyn Fn(&[u8]) -> Result<T, BodyError>,
    ) -> Result<Verdict<T>, Refusal> {
        let (least, more) = spacing(self.provider);
        let longest = least + more;
        let pause = state.ready.map_or(Duration::ZERO, |ready| {
            // A clock that was set back must not stop everything.
            retry_after::between(visit.world.now(), ready).min(longest)
        });
        if !pause.is_zero() && !visit.world.wait(pause, visit.cancel) {
            return Err(Refusal::cancelled());
        }
        if visit.cancel.is_stopped() {
            return Err(Refusal::cancelled());
        }
        let answer = visit.world.get(request, visit.cancel);
        let now = visit.world.now();
        let spread = more.mul_f64(visit.world.chance().clamp(0.0, 1.0));
        state.ready = Some(later(now, least + spread));
        // An answer that came in spite of a stop counts: it may want quiet.
        match answer {
            Ok(answer) => Ok(judge(self.provider, &answer, now, read)),
            Err(error) => broken(&error),
        }
    }

    /// Leaves the host alone from now on, and says so at once.
    fn hush(
        &self,
        state: &mut State,
        visit: &Visit<'_>,
        refusal: Refusal,
        span: Duration,
    ) -> Refusal {
        let until = later(visit.world.now(), span);
        state.quiet = Some(until);
        state.troubles = 0;
        (visit.hush)(Quiet {
            provider: self.provider,
            until,
        });
        Refusal {
            next_try: Some(until),
            ..refusal
        }
    }
}

/// Notes a trouble of the host; after too many in a row it is given up.
fn trouble(state: &mut State, refusal: Refusal) -> Refusal {
    state.troubles = state.troubles.saturating_add(1);
    if state.troubles >= TROUBLES {
        state.given_up = Some(Refusal {
            detail: format!("{}, not asked again in this refresh", refusal.detail),
            ..refusal
        });
    }
    refusal
}

fn back_off(visit: &Visit<'_>, made_again: u32, least: Duration) -> Result<(), Refusal> {
    let pause = BACK_OFF * 2_u32.saturating_pow(made_again);
    let spread = pause.mul_f64(visit.world.chance().clamp(0.0, 1.0) / 4.0);
    if visit.world.wait((pause + spread).max(least), visit.cancel) {
        Ok(())
    } else {
        Err(Refusal::cancelled())
    }
}

/// That much later; the end of time if there is no such moment.
fn later(at: Timestamp, span: Duration) -> Timestamp {
    SignedDuration::try_from(span)
        .ok()
        .and_then(|span| at.checked_add(span).ok())
        .unwrap_or(Timestamp::MAX)
}
