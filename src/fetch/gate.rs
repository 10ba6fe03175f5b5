//! Manners towards one host: one request at a time, spaced, given up after few
//! retries, silent for hours once it said that it was asked too often. Knows no
//! instrument; the clock and the network are the [`World`]'s.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::quotes::BodyError;
use super::world::{Answer, Cancel, NetError, Request, World};
use super::{retry_after, words};
use crate::model::{Outcome, Provider, Quiet};

const MINUTE: Duration = Duration::from_mins(1);
const HOUR: Duration = Duration::from_hours(1);
/// Quiet after "asked too often" where the host does not say how long.
const QUIET: Duration = Duration::from_hours(4);
/// A shorter time after "asked too often" is not believed.
const QUIET_LEAST: Duration = Duration::from_mins(10);
/// Nobody is left alone longer than this for one answer.
const QUIET_MOST: Duration = Duration::from_hours(24);
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

/// Why a host gave nothing that can be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What came of it.
    pub outcome: Outcome,
    /// In words for the user, without the provider's name.
    pub detail: String,
    /// Before this it will not be asked again.
    pub next_try: Option<Timestamp>,
}

impl Refusal {
    /// A refusal after which the host may be asked at any time.
    pub const fn new(outcome: Outcome, detail: String) -> Self {
        Self {
            outcome,
            detail,
            next_try: None,
        }
    }

    fn cancelled() -> Self {
        Self::new(Outcome::Cancelled, "stopped".to_owned())
    }
}

impl From<BodyError> for Refusal {
    fn from(error: BodyError) -> Self {
        let outcome = match error {
            BodyError::Empty
            | BodyError::Html
            | BodyError::Text(_)
            | BodyError::Broken(_)
            | BodyError::Shape(_) => Outcome::BadBody,
            BodyError::NoData(_) => Outcome::NoData,
            BodyError::UnknownSymbol(_) => Outcome::UnknownSymbol,
            BodyError::Limited(_) => Outcome::Limited,
            BodyError::Denied(_) => Outcome::Denied,
            BodyError::Provider(_) => Outcome::ServerError,
            BodyError::Currency(_) => Outcome::Currency,
        };
        Self::new(outcome, error.to_string())
    }
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

/// What follows from an answer.
enum Verdict<T> {
    Taken(T),
    /// Nothing to be had by asking again.
    Refused(Refusal),
    /// As refused, and the host itself is in trouble.
    Trouble(Refusal),
    /// As refused, and the host is left alone for so long.
    Hush(Refusal, Duration),
    /// Asked again after a pause of at least so long, if there are tries left.
    Again(Refusal, Duration, Tries),
}

/// How many times a request is made again.
#[derive(Clone, Copy)]
enum Tries {
    One,
    Two,
}

impl Tries {
    const fn count(self) -> u32 {
        match self {
            Self::One => 1,
            Self::Two => 2,
        }
    }
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
        if visit.cancel.is_stopped() {
            return Err(Refusal::cancelled());
        }
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

/// What follows from no answer at all.
fn broken<T>(error: &NetError) -> Result<Verdict<T>, Refusal> {
    let refusal = |outcome| Refusal::new(outcome, error.to_string());
    Ok(match error {
        NetError::Unreachable(_) => {
            Verdict::Again(refusal(Outcome::Unreachable), Duration::ZERO, Tries::One)
        }
        NetError::BrokeOff(_) => {
            Verdict::Again(refusal(Outcome::Unreachable), Duration::ZERO, Tries::Two)
        }
        NetError::TimedOut(_) => {
            Verdict::Again(refusal(Outcome::TimedOut), Duration::ZERO, Tries::One)
        }
        NetError::TooLarge(_) | NetError::Insecure(_) | NetError::Redirects => {
            Verdict::Refused(refusal(Outcome::BadBody))
        }
        NetError::Cancelled => return Err(Refusal::cancelled()),
    })
}

/// What follows from an answer: its status first, then its kind, then its body.
fn judge<T>(
    provider: Provider,
    answer: &Answer,
    now: Timestamp,
    read: &dyn Fn(&[u8]) -> Result<T, BodyError>,
) -> Verdict<T> {
    let said = answer.retry_after.as_deref();
    let said = said.and_then(|text| retry_after::read(text, now));
    let limit = said.map_or(QUIET, |span| span.clamp(QUIET_LEAST, QUIET_MOST));
    let plain = |outcome| Refusal::new(outcome, words::status(answer.status));
    let error = match (answer.status, is_html(answer)) {
        (429, _) => return Verdict::Hush(plain(Outcome::Limited), limit),
        (200..=299, true) => BodyError::Html,
        (200..=299, false) => match read(&answer.body) {
            Ok(taken) => return Verdict::Taken(taken),
            Err(error) => error,
        },
        // A body of prices under a status of failure is not to be trusted.
        _ => read(&answer.body).err().unwrap_or(BodyError::Empty),
    };
    if matches!(error, BodyError::Limited(_)) {
        return Verdict::Hush(error.into(), limit);
    }
    match answer.status {
        200..=299 => Verdict::Refused(error.into()),
        401 | 403 => {
            let refusal = if matches!(error, BodyError::Denied(_)) {
                error.into()
            } else {
                plain(Outcome::Denied)
            };
            // Both refuse whole networks so, and soften after a while.
            if answer.status == 403 && matches!(provider, Provider::Nasdaq | Provider::Yahoo) {
                return Verdict::Hush(refusal, HOUR);
            }
            Verdict::Trouble(refusal)
        }
        500..=599 => match said {
            Some(span) if span > MINUTE => {
                Verdict::Hush(plain(Outcome::ServerError), span.min(QUIET_MOST))
            }
            said => Verdict::Again(
                plain(Outcome::ServerError),
                said.unwrap_or_default(),
                Tries::Two,
            ),
        },
        status => Verdict::Refused(failed(status, error)),
    }
}

/// A status of failure beside what its body says.
fn failed(status: u16, error: BodyError) -> Refusal {
    let plain = words::status(status);
    match error {
        BodyError::NoData(_)
        | BodyError::UnknownSymbol(_)
        | BodyError::Limited(_)
        | BodyError::Denied(_)
        | BodyError::Provider(_)
        | BodyError::Currency(_) => error.into(),
        // Words instead of data: for 404 that is how a symbol is not found.
        BodyError::Text(words) if status == 404 => {
            Refusal::new(Outcome::UnknownSymbol, format!("{plain}: “{words}”"))
        }
        BodyError::Text(words) => Refusal::new(Outcome::BadBody, format!("{plain}: “{words}”")),
        BodyError::Empty | BodyError::Html | BodyError::Broken(_) | BodyError::Shape(_) => {
            Refusal::new(Outcome::BadBody, plain)
        }
    }
}

fn is_html(answer: &Answer) -> bool {
    let kind = answer.content_type.as_deref().unwrap_or_default();
    kind.trim_start()
        .get(..9)
        .is_some_and(|start| start.eq_ignore_ascii_case("text/html"))
}

/// That much later; the end of time if there is no such moment.
fn later(at: Timestamp, span: Duration) -> Timestamp {
    SignedDuration::try_from(span)
        .ok()
        .and_then(|span| at.checked_add(span).ok())
        .unwrap_or(Timestamp::MAX)
}
