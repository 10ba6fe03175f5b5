//! What follows from an answer, or from none: whether it can be used, whether
//! asking again may help, whether the host is to be left alone. Asks nothing.

use std::time::Duration;

use jiff::Timestamp;

use super::quotes::BodyError;
use super::world::{Answer, NetError};
use super::{retry_after, words};
use crate::model::{Outcome, Provider};

const MINUTE: Duration = Duration::from_mins(1);
const HOUR: Duration = Duration::from_hours(1);
/// Quiet after "asked too often" where the host does not say how long.
const QUIET: Duration = Duration::from_hours(4);
/// A shorter time after "asked too often" is not believed.
const QUIET_LEAST: Duration = Duration::from_mins(10);
/// Nobody is left alone longer than this for one answer.
const QUIET_MOST: Duration = Duration::from_hours(24);

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

    /// The user stopped it.
    pub fn cancelled() -> Self {
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

/// What follows from an answer.
pub enum Verdict<T> {
    /// Read.
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
pub enum Tries {
    /// Once.
    One,
    /// Twice.
    Two,
}

impl Tries {
    /// How many.
    pub const fn count(self) -> u32 {
        match self {
            Self::One => 1,
            Self::Two => 2,
        }
    }
}

/// What follows from no answer at all.
pub fn broken<T>(error: &NetError) -> Result<Verdict<T>, Refusal> {
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
pub fn judge<T>(
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
