//! Outsides that a bench can rule: one whose providers never answer, one whose
//! providers have every symbol. Neither touches a network.

use std::sync::Arc;
use std::time::Duration;

use gigawatch::app::Network;
use gigawatch::fetch::{Answer, Cancel, NetError, Request, World};
use gigawatch::model::Day;
use gigawatch::secrets::{SessionKeys, SystemKeysOrSession};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use tokio::runtime::{Builder, Runtime};

use crate::walk::Walk;
use crate::{stage, world};

/// How long the next symbol is waited for: a few frames, and far less than the
/// manners of a real host.
const PAUSE: Duration = Duration::from_millis(50);

/// An outside as the app takes it, without a keyring.
pub fn network(world: Arc<dyn World>) -> Network {
    Network {
        world,
        keys: Arc::new(SystemKeysOrSession::over(Box::new(SessionKeys::default()))),
        bases: std::collections::BTreeMap::new(),
    }
}

/// Every host takes a request and is never heard of again.
pub struct Hanging;

/// Every host has ten years of every symbol, at once.
pub struct Answering;

impl World for Hanging {
    fn now(&self) -> Timestamp {
        now()
    }

    fn wait(&self, span: Duration, cancel: &Cancel) -> bool {
        wait(span, cancel)
    }

    fn chance(&self) -> f64 {
        0.5
    }

    fn get(&self, _request: &Request, cancel: &Cancel) -> Result<Answer, NetError> {
        runtime().map_or(Err(NetError::Cancelled), |runtime| {
            runtime.block_on(cancel.stopped());
            Err(NetError::Cancelled)
        })
    }
}

impl World for Answering {
    fn now(&self) -> Timestamp {
        now()
    }

    fn wait(&self, span: Duration, cancel: &Cancel) -> bool {
        wait(span.min(PAUSE), cancel)
    }

    fn chance(&self) -> f64 {
        0.5
    }

    fn get(&self, request: &Request, _cancel: &Cancel) -> Result<Answer, NetError> {
        let (_, rest) = request.url.split_once("/chart/").ok_or_else(unknown)?;
        let (symbol, _) = rest.split_once('?').ok_or_else(unknown)?;
        Ok(Answer {
            status: 200,
            content_type: Some("application/json".to_owned()),
            retry_after: None,
            body: chart(symbol).ok_or_else(unknown)?.into_bytes(),
        })
    }
}

fn unknown() -> NetError {
    NetError::Unreachable("only Yahoo's charts are here".to_owned())
}

fn now() -> Timestamp {
    stage::now().map_or(Timestamp::UNIX_EPOCH, |now| now.timestamp())
}

fn runtime() -> Option<Runtime> {
    Builder::new_current_thread().enable_time().build().ok()
}

fn wait(span: Duration, cancel: &Cancel) -> bool {
    runtime().is_some_and(|runtime| {
        runtime.block_on(async { tokio::time::timeout(span, cancel.stopped()).await.is_err() })
    })
}

/// Ten years of weekdays with other closes than the book's own, in four places.
pub fn closes(symbol: &str) -> Vec<(Day, f64)> {
    let bytes = symbol.bytes().map(u64::from);
    let mut walk = Walk::new(bytes.fold(5_000, |seed, byte| 31 * seed + byte));
    let days = world::TODAY
        .checked_sub(10.years())
        .map(|first| first.series(1.day()));
    let days = days.into_iter().flatten();
    let days = days.take_while(|day| *day < world::TODAY);
    days.filter(|day| !world::weekend(*day))
        .map(|day| (day, (walk.step() * 1e4).round() / 1e4))
        .collect()
}

/// These as Yahoo sends them.
fn chart(symbol: &str) -> Option<String> {
    let days = closes(symbol);
    let noon = |day: Day| day.at(17, 0, 0, 0).to_zoned(TimeZone::UTC).ok();
    let times = days
        .iter()
        .map(|(day, _)| Some(noon(*day)?.timestamp().as_second()));
    let times: Option<Vec<i64>> = times.collect();
    let closes: Vec<f64> = days.iter().map(|(_, close)| *close).collect();
    let volumes = vec![1_000_000; closes.len()];
    let chart = serde_json::json!({ "chart": { "error": null, "result": [{
        "meta": {
            "currency": "USD", "symbol": symbol, "dataGranularity": "1d",
            "exchangeTimezoneName": "America/New_York", "gmtoffset": -14_400,
        },
        "timestamp": times?,
        "indicators": {
            "quote": [{
                "open": closes, "high": closes, "low": closes, "close": closes,
                "volume": volumes,
            }],
            "adjclose": [{ "adjclose": closes }],
        },
    }] } });
    Some(chart.to_string())
}
