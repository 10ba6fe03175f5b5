//! What is asked of which provider: the one place that knows them all.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;

use super::quotes::{BodyError, Quotes};
use super::world::Request;
use super::{bitstamp, coinbase, ecb, kraken, nasdaq, tiingo, yahoo};
use crate::model::instrument::InstrumentKind;
use crate::model::{Instrument, Provider};

/// What to ask a provider for.
#[derive(Clone, PartialEq, Eq)]
pub struct Ask {
    /// The provider's symbol of the instrument.
    pub symbol: String,
    /// What the instrument is.
    pub kind: InstrumentKind,
    /// The first day; none for the whole history.
    pub from: Option<Date>,
    /// The last day, in the market's own calendar.
    pub to: Date,
    /// The user's key, for a provider that needs one.
    pub key: Option<String>,
    /// The time: what lies in a session that has not ended is marked.
    pub now: Timestamp,
}

impl fmt::Debug for Ask {
    /// All but the key.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ask")
            .field("symbol", &self.symbol)
            .field("kind", &self.kind)
            .field("from", &self.from)
            .field("to", &self.to)
            .field("now", &self.now)
            .finish_non_exhaustive()
    }
}

/// Where a provider's service is, without a slash at the end.
pub const fn default_base(provider: Provider) -> &'static str {
    match provider {
        Provider::Yahoo => "https://query1.finance.yahoo.com",
        Provider::Nasdaq => "https://api.nasdaq.com",
        Provider::Tiingo => "https://api.tiingo.com",
        Provider::Ecb => "https://data-api.ecb.europa.eu",
        Provider::Coinbase => "https://api.exchange.coinbase.com",
        Provider::Kraken => "https://api.kraken.com",
        Provider::Bitstamp => "https://www.bitstamp.net",
    }
}

/// The provider's symbol of an instrument: the user's where it is set, else
/// made from the canonical one. None if the provider cannot have it.
pub fn symbol_for(provider: Provider, instrument: &Instrument) -> Option<String> {
    let set = instrument.provider_symbols.get(provider.code());
    if let Some(symbol) = set.filter(|symbol| !symbol.trim().is_empty()) {
        return Some(symbol.trim().to_owned());
    }
    let (symbol, kind) = (instrument.symbol.as_str(), instrument.kind);
    match provider {
        Provider::Yahoo => Some(symbol.to_owned()),
        Provider::Nasdaq => nasdaq::symbol(symbol, kind),
        Provider::Tiingo => tiingo::symbol(symbol, kind),
        Provider::Ecb => ecb::symbol(symbol, kind),
        Provider::Coinbase => coinbase::symbol(symbol, kind),
        Provider::Kraken => kraken::symbol(symbol, kind),
        Provider::Bitstamp => bitstamp::symbol(symbol, kind),
    }
}

/// The requests that answer `ask`, newest days first. Where one brings no rows,
/// those after it need not be made: the history does not reach so far back.
pub fn requests(provider: Provider, base: &str, ask: &Ask) -> Vec<Request> {
    match provider {
        Provider::Yahoo => vec![Request::get(yahoo::url(base, ask))],
        Provider::Nasdaq => vec![nasdaq::request(base, ask)],
        Provider::Tiingo => vec![tiingo::request(base, ask)],
        Provider::Ecb => vec![Request::get(ecb::url(base, ask))],
        Provider::Coinbase => coinbase::urls(base, ask)
            .into_iter()
            .map(Request::get)
            .collect(),
        Provider::Kraken => vec![Request::get(kraken::url(base, ask))],
        Provider::Bitstamp => bitstamp::urls(base, ask)
            .into_iter()
            .map(Request::get)
            .collect(),
    }
}

/// Reads the body of an answer whose status is a success.
pub fn parse(provider: Provider, body: &[u8], ask: &Ask) -> Result<Quotes, BodyError> {
    match provider {
        Provider::Yahoo => yahoo::parse(body, ask),
        Provider::Nasdaq => nasdaq::parse(body, ask),
        Provider::Tiingo => tiingo::parse(body, ask),
        Provider::Ecb => ecb::parse(body, ask),
        Provider::Coinbase => coinbase::parse(body, ask),
        Provider::Kraken => kraken::parse(body, ask),
        Provider::Bitstamp => bitstamp::parse(body, ask),
    }
}
