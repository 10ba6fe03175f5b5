//! What the tests of fetching share: a world in virtual time that answers from
//! a script and keeps a log, bodies in the providers' own forms, instruments
//! and what is stored of them. No test lives here.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use gigawatch::fetch::{
    Answer, Cancel, Done, Due, Fetcher, Mode, NetError, Progress, Request, Setup, World,
};
use gigawatch::model::instrument::InstrumentKind;
use gigawatch::model::{
    Bar, Currency, Feed, Instrument, InstrumentId, PriceEvent, Provider, Quiet, Series,
};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan as _};
use uuid::Uuid;

pub type Reply = Result<Answer, NetError>;

/// Answers from a script, in a time that passes only by waiting and asking.
pub struct FakeWorld {
    inner: Mutex<Inner>,
}

struct Inner {
    now: Timestamp,
    /// What an address that contains this text is answered with; the last
    /// answer stays.
    scripts: Vec<(String, VecDeque<Reply>)>,
    /// When each request was made.
    log: Vec<(Timestamp, String)>,
    /// How long an answer takes.
    takes: SignedDuration,
    /// Is stopped by the next request to an address that contains the text.
    stops: Option<(String, Cancel)>,
}

impl FakeWorld {
    pub fn new(now: &str) -> Arc<Self> {
        Arc::new(Self {
            inner: Mutex::new(Inner {
                now: now.parse().unwrap(),
                scripts: Vec::new(),
                log: Vec::new(),
                takes: SignedDuration::from_millis(100),
                stops: None,
            }),
        })
    }

    /// Answers addresses that contain `part` with these, one after the other.
    pub fn script(&self, part: &str, replies: impl IntoIterator<Item = Reply>) {
        let replies = replies.into_iter().collect();
        let mut inner = self.inner.lock().unwrap();
        inner.scripts.retain(|(known, _)| known != part);
        inner.scripts.push((part.to_owned(), replies));
    }

    pub fn stop_at(&self, part: &str, cancel: &Cancel) {
        self.inner.lock().unwrap().stops = Some((part.to_owned(), cancel.clone()));
    }

    pub fn advance(&self, span: SignedDuration) {
        self.inner.lock().unwrap().now += span;
    }

    /// When requests to addresses with this text were made.
    pub fn asked(&self, part: &str) -> Vec<Timestamp> {
        let inner = self.inner.lock().unwrap();
        let log = inner.log.iter().filter(|(_, url)| url.contains(part));
        log.map(|(at, _)| *at).collect()
    }

    /// The addresses asked so far.
    pub fn urls(&self) -> Vec<String> {
        let inner = self.inner.lock().unwrap();
        inner.log.iter().map(|(_, url)| url.clone()).collect()
    }

    /// Seconds from one request to the next.
    pub fn pauses(&self, part: &str) -> Vec<f64> {
        let asked = self.asked(part);
        let pairs = asked.iter().zip(asked.iter().skip(1));
        pairs
            .map(|(a, b)| b.duration_since(*a).as_secs_f64())
            .collect()
    }
}

impl World for FakeWorld {
    fn now(&self) -> Timestamp {
        self.inner.lock().unwrap().now
    }

    fn wait(&self, span: Duration, cancel: &Cancel) -> bool {
        let mut inner = self.inner.lock().unwrap();
        if cancel.is_stopped() {
            return false;
        }
        inner.now += SignedDuration::try_from(span).unwrap();
        true
    }

    fn chance(&self) -> f64 {
        0.5
    }

    fn get(&self, request: &Request, _cancel: &Cancel) -> Reply {
        let mut inner = self.inner.lock().unwrap();
        let (now, takes) = (inner.now, inner.takes);
        inner.log.push((now, request.url.clone()));
        inner.now += takes;
        if let Some((part, cancel)) = &inner.stops
            && request.url.contains(part)
        {
            cancel.stop();
            return Err(NetError::Cancelled);
        }
        let mut scripts = inner.scripts.iter_mut();
        let (_, replies) = scripts
            .find(|(part, _)| request.url.contains(part))
            .unwrap_or_else(|| panic!("nothing is scripted for {}", request.url));
        if replies.len() > 1 {
            replies.pop_front().unwrap()
        } else {
            replies.front().unwrap().clone()
        }
    }
}

/// An answer with a body of JSON.
pub fn json(body: impl Into<String>) -> Reply {
    status(200, body)
}

#[expect(clippy::unnecessary_wraps, reason = "a script holds results")]
pub fn status(status: u16, body: impl Into<String>) -> Reply {
    Ok(Answer {
        status,
        content_type: Some("application/json".to_owned()),
        retry_after: None,
        body: body.into().into_bytes(),
    })
}

pub fn retry_after(reply: Reply, value: &str) -> Reply {
    reply.map(|answer| Answer {
        retry_after: Some(value.to_owned()),
        ..answer
    })
}

pub fn unreachable() -> Reply {
    Err(NetError::Unreachable("no route".to_owned()))
}

pub fn timed_out() -> Reply {
    Err(NetError::TimedOut(Duration::from_secs(30)))
}

/// Midnight UTC plus hours, in seconds.
fn seconds(day: Date, hour: i64) -> i64 {
    let midnight = day.to_zoned(TimeZone::UTC).unwrap();
    midnight.timestamp().as_second() + hour * 3600
}

/// Candles as Coinbase sends them: newest first.
pub fn coinbase(closes: &[(&str, f64)]) -> Reply {
    let rows = closes.iter().rev().map(|(day, close)| {
        let time = seconds(day.parse().unwrap(), 0);
        format!("[{time},{close},{close},{close},{close},1.5]")
    });
    json(format!("[{}]", rows.collect::<Vec<_>>().join(",")))
}

/// Candles as Kraken sends them; none is unfinished.
pub fn kraken(closes: &[(&str, f64)]) -> Reply {
    let time = |day: &str| seconds(day.parse().unwrap(), 0);
    let rows = closes.iter().map(|(day, close)| {
        let time = time(day);
        format!(r#"[{time},"{close}","{close}","{close}","{close}","{close}","1.5",9]"#)
    });
    let last = closes.last().map_or(0, |(day, _)| time(day));
    json(format!(
        r#"{{"error":[],"result":{{"XXBTZUSD":[{}],"last":{last}}}}}"#,
        rows.collect::<Vec<_>>().join(",")
    ))
}

/// A chart as Yahoo sends it, of a share in New York. `events` is the inside of
/// that object.
pub fn yahoo(symbol: &str, closes: &[(&str, f64)], events: &str) -> Reply {
    let join = |text: &dyn Fn(&(&str, f64)) -> String| {
        closes.iter().map(text).collect::<Vec<_>>().join(",")
    };
    let times = join(&|(day, _)| seconds(day.parse().unwrap(), 15).to_string());
    let prices = join(&|(_, close)| close.to_string());
    json(format!(
        r#"{{"chart":{{"result":[{{"meta":{{"currency":"USD","symbol":"{symbol}","exchangeTimezoneName":"America/New_York","gmtoffset":-18000,"dataGranularity":"1d"}},"timestamp":[{times}],"events":{{{events}}},"indicators":{{"quote":[{{"open":[{prices}],"high":[{prices}],"low":[{prices}],"close":[{prices}],"volume":[{prices}]}}],"adjclose":[{{"adjclose":[{prices}]}}]}}}}],"error":null}}}}"#
    ))
}

pub fn yahoo_split(day: &str, new: u32, old: u32) -> String {
    let time = seconds(day.parse().unwrap(), 15);
    format!(
        r#""splits":{{"{time}":{{"date":{time},"numerator":{new},"denominator":{old},"splitRatio":"{new}:{old}"}}}}"#
    )
}

pub fn yahoo_dividend(day: &str, amount: &str) -> String {
    let time = seconds(day.parse().unwrap(), 15);
    format!(r#""dividends":{{"{time}":{{"amount":{amount},"date":{time}}}}}"#)
}

/// Quotes as Nasdaq sends them: newest first.
pub fn nasdaq(symbol: &str, closes: &[(&str, f64)]) -> Reply {
    let rows = closes.iter().rev().map(|(day, close)| {
        let day: Date = day.parse().unwrap();
        let day = day.strftime("%m/%d/%Y");
        format!(r#"{{"date":"{day}","close":"${close}","volume":"1,000","open":"${close}","high":"${close}","low":"${close}"}}"#)
    });
    json(format!(
        r#"{{"data":{{"symbol":"{symbol}","totalRecords":{},"tradesTable":{{"rows":[{}]}}}},"message":null,"status":{{"rCode":200}}}}"#,
        closes.len(),
        rows.collect::<Vec<_>>().join(",")
    ))
}

pub const NASDAQ_NO_DATA: &str = r#"{"data":{"symbol":"IREN","totalRecords":0,"tradesTable":{"rows":null}},"message":null,"status":{"rCode":200}}"#;

pub fn id(number: u128) -> InstrumentId {
    InstrumentId(Uuid::from_u128(number))
}

pub fn instrument(number: u128, symbol: &str, kind: InstrumentKind) -> Instrument {
    Instrument {
        id: id(number),
        symbol: symbol.to_owned(),
        name: symbol.to_owned(),
        kind,
        currency: Currency::USD,
        former_symbols: Vec::new(),
        provider_symbols: BTreeMap::new(),
        providers: Vec::new(),
        locked: false,
        benchmark: false,
    }
}

pub fn stock(number: u128, symbol: &str) -> Due {
    due(
        instrument(number, symbol, InstrumentKind::Stock),
        &[Provider::Yahoo, Provider::Nasdaq],
    )
}

pub fn bitcoin() -> Due {
    due(
        instrument(99, "BTC-USD", InstrumentKind::Crypto),
        &[Provider::Coinbase, Provider::Kraken],
    )
}

fn due(instrument: Instrument, order: &[Provider]) -> Due {
    Due {
        instrument,
        series: None,
        feed: Feed::default(),
        order: order.to_vec(),
        mode: Mode::Missing,
    }
}

/// With these closes stored, as that provider (or `file`, `starter`) gave them.
pub fn stored(mut due: Due, by: &str, closes: &[(&str, f64)]) -> Due {
    let bars: Vec<Bar> = closes.iter().map(|(day, close)| bar(day, *close)).collect();
    let mut series = due.series.take().unwrap_or_default();
    *due.feed.rows_by.entry(by.to_owned()).or_default() += bars.len();
    if let Some(provider) = Provider::from_code(by) {
        let last = bars.iter().map(|bar| bar.day).max().unwrap();
        due.feed.last_of.insert(provider, last);
    } else if by != "starter" {
        due.feed.own.extend(bars.iter().map(|bar| bar.day));
    }
    series.merge(bars).unwrap();
    due.series = Some(series);
    due
}

/// With this event known.
pub fn knows(mut due: Due, provider: Provider, event: PriceEvent) -> Due {
    due.feed.events.entry(provider).or_default().push(event);
    due
}

pub fn bar(day: &str, close: f64) -> Bar {
    Bar::close(day.parse().unwrap(), close)
}

/// One close a day, from that day on.
pub fn daily(from: &str, closes: impl IntoIterator<Item = f64>) -> Vec<(String, f64)> {
    let from: Date = from.parse().unwrap();
    let days = (0_i64..).map(|after| from.checked_add(after.days()).unwrap().to_string());
    days.zip(closes).collect()
}

pub fn as_refs(closes: &[(String, f64)]) -> Vec<(&str, f64)> {
    let pairs = closes.iter();
    pairs.map(|(day, close)| (day.as_str(), *close)).collect()
}

pub fn days_of(series: &Series) -> Vec<String> {
    series
        .bars()
        .iter()
        .map(|bar| bar.day.to_string())
        .collect()
}

/// What a run told.
#[derive(Default)]
pub struct Told {
    pub began: Vec<InstrumentId>,
    pub quiet: Vec<Quiet>,
    pub done: Vec<Done>,
}

impl Told {
    pub fn of(&self, instrument: InstrumentId) -> &Done {
        let mut done = self.done.iter();
        done.find(|done| done.instrument == instrument).unwrap()
    }

    /// "yahoo limited: answered 429 Too Many Requests" for each attempt.
    pub fn attempts(&self) -> Vec<String> {
        let attempts = self.done.iter().flat_map(|done| &done.attempts);
        let text = attempts.map(|attempt| {
            let (by, outcome) = (attempt.provider.code(), attempt.outcome.code());
            format!("{by} {outcome}: {}", attempt.detail)
        });
        text.collect()
    }
}

pub fn fetcher(world: &Arc<FakeWorld>) -> Fetcher {
    let world: Arc<dyn World> = Arc::<FakeWorld>::clone(world);
    Fetcher::new(world, Setup::default(), &[])
}

pub fn run(fetcher: &Fetcher, dues: Vec<Due>) -> Told {
    run_until(fetcher, dues, &Cancel::default())
}

pub fn run_until(fetcher: &Fetcher, dues: Vec<Due>, cancel: &Cancel) -> Told {
    let told = Mutex::new(Told::default());
    fetcher.run(dues, cancel, &|progress| {
        let mut told = told.lock().unwrap();
        match progress {
            Progress::Began(instrument) => told.began.push(instrument),
            Progress::Quiet(quiet) => told.quiet.push(quiet),
            Progress::Done(done) => told.done.push(*done),
        }
    });
    told.into_inner().unwrap()
}
