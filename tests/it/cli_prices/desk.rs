//! A book, a clock and a way to a server on this machine, for `prices`.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use gigawatch::cli::{Exit, Outside};
use gigawatch::fetch::client::{Client, Options};
use gigawatch::fetch::{Answer, Cancel, NetError, Request, World};
use gigawatch::model::change::Record;
use gigawatch::model::{Change, Instrument, Op, Provider};
use gigawatch::secrets::SessionKeys;
use gigawatch::store::Store;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use crate::cli::{Desk, Ran, all_args, run_outside};
use crate::fetch_fake::Reply;
use crate::loopback::{Loopback, Script};

/// Where the providers' own parts of an address begin.
pub const SHARE: &str = "/v8/finance/chart/IREN";
pub const NASDAQ: &str = "/api/quote/";
pub const COIN: &str = "/products/BTC-USD/candles";

/// The body of an answer made for tests, to be sent by the server.
pub fn body(reply: Reply) -> Script {
    Script::json(reply.unwrap().body)
}

/// The object of a symbol.
#[track_caller]
pub fn of<'a>(told: &'a Value, symbol: &str) -> &'a Value {
    let mut lines = told.as_array().unwrap().iter();
    lines.find(|line| line["symbol"] == symbol).unwrap()
}

/// The real client in a time that passes only by waiting.
struct LoopbackWorld {
    client: Client,
    now: Mutex<Timestamp>,
}

impl World for LoopbackWorld {
    fn now(&self) -> Timestamp {
        *self.now.lock().unwrap()
    }

    fn wait(&self, span: Duration, cancel: &Cancel) -> bool {
        *self.now.lock().unwrap() += SignedDuration::try_from(span).unwrap();
        !cancel.is_stopped()
    }

    fn chance(&self) -> f64 {
        0.0
    }

    fn get(&self, request: &Request, cancel: &Cancel) -> Result<Answer, NetError> {
        self.client.get(request, cancel)
    }
}

/// A book whose providers are all on one server.
pub struct PriceDesk {
    desk: Desk,
    base: String,
    now: Timestamp,
    keys: SessionKeys,
    pub is_watched: bool,
    /// How long a whole answer may take; the clock of waiting is another.
    pub whole: Duration,
}

impl PriceDesk {
    pub fn new(server: &Loopback, now: &str) -> Self {
        Self::over(Desk::empty(), server, now)
    }

    /// The same on the starter book.
    pub fn on_starter(server: &Loopback, now: &str) -> Self {
        Self::over(Desk::new(), server, now)
    }

    fn over(desk: Desk, server: &Loopback, now: &str) -> Self {
        Self {
            desk,
            base: server.base(),
            now: now.parse().unwrap(),
            keys: SessionKeys::default(),
            is_watched: false,
            whole: Duration::from_millis(300),
        }
    }

    pub fn time(&self) -> Timestamp {
        self.now
    }

    pub fn set_time(&mut self, now: &str) {
        self.now = now.parse().unwrap();
    }

    pub fn data(&self) -> std::path::PathBuf {
        self.desk.data()
    }

    /// Puts an instrument into the book, or in the place of itself.
    pub fn add(&self, instrument: Instrument) {
        let mut store = Store::open(&self.data(), self.time()).unwrap().store;
        let change = Change::new("add", vec![Op::put(Record::Instrument(instrument))]);
        store.apply(&change, &[], self.time()).unwrap();
    }

    pub fn settings(&mut self, text: &str) {
        std::fs::write(self.data().join("settings.toml"), text).unwrap();
    }

    pub fn run(&self, args: &[&str]) -> Ran {
        let urls = Provider::ALL
            .iter()
            .map(|provider| format!("--provider-url={}={}", provider.code(), self.base));
        let urls: Vec<String> = urls.collect();
        let mut all: Vec<&str> = args.to_vec();
        // What the test itself names comes last and counts.
        all.splice(0..0, urls.iter().map(String::as_str));
        let now = self.time().to_zoned(TimeZone::UTC);
        let outside = Outside {
            now: &now,
            is_watched: self.is_watched,
            keys: &self.keys,
            network: &|setup, _| {
                let mut options = Options::new(Arc::new(|| panic!("the world has the clock")));
                options.plain = setup.bases.values().cloned().collect();
                options.whole = self.whole;
                Ok(Arc::new(LoopbackWorld {
                    client: Client::new(options)?,
                    now: Mutex::new(self.time()),
                }))
            },
        };
        run_outside(all_args(&self.data(), &all), &outside)
    }

    /// Runs `prices update --json` and gives what it says.
    #[track_caller]
    pub fn update(&self, args: &[&str], exit: Exit) -> Value {
        let mut all = vec!["prices", "update", "--json"];
        all.extend(args);
        let ran = self.run(&all);
        assert_eq!(ran.exit, exit, "{args:?}: {} {}", ran.out, ran.err);
        serde_json::from_str(&ran.out).unwrap()
    }

    /// What `prices list --json` says.
    #[track_caller]
    pub fn list(&self) -> Value {
        let ran = self.run(&["prices", "list", "--json"]);
        assert_eq!(ran.exit, Exit::Done, "{}", ran.err);
        serde_json::from_str(&ran.out).unwrap()
    }

    /// The stored closes of a symbol, oldest first.
    pub fn closes(&self, symbol: &str) -> Vec<f64> {
        let store = Store::open(&self.data(), self.time()).unwrap().store;
        let prices: BTreeMap<_, _> = store.load_prices().unwrap().by_symbol;
        let bars = prices.get(symbol).map(|series| series.bars().to_vec());
        let bars = bars.unwrap_or_default();
        bars.iter().map(|bar| bar.close).collect()
    }
}
