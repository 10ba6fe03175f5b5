//! Who gives daily prices over the network, and in which order each is asked.
//! Only names and preferences: how a provider is asked is in `fetch`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::instrument::{Instrument, InstrumentKind};
use crate::closed_set;

closed_set! {
    /// Who gives daily prices over the network.
    Provider {
        /// Yahoo's chart service: shares, funds, indices, coins, currencies.
        Yahoo = "yahoo", "Yahoo";
        /// Nasdaq's historical quotes of US-listed shares and funds.
        Nasdaq = "nasdaq", "Nasdaq";
        /// Tiingo's end-of-day prices; needs the user's own key.
        Tiingo = "tiingo", "Tiingo";
        /// Reference rates of the European Central Bank.
        Ecb = "ecb", "ECB";
        /// Candles of Coinbase Exchange.
        Coinbase = "coinbase", "Coinbase";
        /// Candles of Kraken, the last 720 days.
        Kraken = "kraken", "Kraken";
        /// Candles of Bitstamp.
        Bitstamp = "bitstamp", "Bitstamp";
    }
}

impl Provider {
    /// Whether it answers only to the user's own key.
    pub const fn needs_key(self) -> bool {
        matches!(self, Self::Tiingo)
    }
}

closed_set! {
    /// Instruments that are asked for in the same places.
    ProviderGroup {
        /// Shares, funds and indices.
        Shares = "shares", "Shares and funds";
        /// Coins.
        Coins = "coins", "Coins";
        /// Exchange rates.
        Currencies = "currencies", "Currencies";
    }
}

impl ProviderGroup {
    /// The group of a kind of instrument.
    pub const fn of(kind: InstrumentKind) -> Self {
        match kind {
            InstrumentKind::Stock | InstrumentKind::Etf | InstrumentKind::Index => Self::Shares,
            InstrumentKind::Crypto => Self::Coins,
            InstrumentKind::Fx => Self::Currencies,
        }
    }

    /// The providers that know this group, in the order in which they are asked
    /// unless the user says otherwise. One without its key is passed over.
    pub const fn providers(self) -> &'static [Provider] {
        match self {
            Self::Shares => &[Provider::Yahoo, Provider::Tiingo, Provider::Nasdaq],
            Self::Coins => &[
                Provider::Coinbase,
                Provider::Kraken,
                Provider::Bitstamp,
                Provider::Yahoo,
            ],
            Self::Currencies => &[Provider::Yahoo, Provider::Ecb],
        }
    }
}

/// How prices are fetched: preferences, kept apart from the book. Codes stand
/// as text, so that one of a later version does not break the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PricePolicy {
    /// Whether opening the window brings prices up to date.
    pub refresh_on_start: bool,
    /// Whether the network is never used.
    pub offline: bool,
    /// E-mail address sent to services that demand one; empty for none.
    pub contact: String,
    /// Codes of the providers that are never asked.
    pub off: Vec<String>,
    /// Codes of the providers for which the user has given a key. The keyring is
    /// asked for no other: it may ask a person for a password first.
    pub keyed: Vec<String>,
    /// Codes of providers by code of their group, in the order of asking.
    pub order: BTreeMap<String, Vec<String>>,
}

impl Default for PricePolicy {
    fn default() -> Self {
        Self {
            refresh_on_start: true,
            offline: false,
            contact: String::new(),
            off: Vec::new(),
            keyed: Vec::new(),
            order: BTreeMap::new(),
        }
    }
}

impl PricePolicy {
    /// The providers of a group in the user's order, those that are off
    /// included. A provider that the order does not name comes last.
    pub fn order_of(&self, group: ProviderGroup) -> Vec<Provider> {
        let known = group.providers();
        let named = self.order.get(group.code()).into_iter().flatten();
        let mut order: Vec<Provider> = Vec::new();
        let named = named.filter_map(|code| Provider::from_code(code));
        for provider in named.chain(known.iter().copied()) {
            if known.contains(&provider) && !order.contains(&provider) {
                order.push(provider);
            }
        }
        order
    }

    /// Whether this provider may be asked.
    pub fn is_on(&self, provider: Provider) -> bool {
        !self.off.iter().any(|code| code == provider.code())
    }

    /// Whether it can be asked for want of no key.
    pub fn has_key(&self, provider: Provider) -> bool {
        !provider.needs_key() || self.keyed.iter().any(|code| code == provider.code())
    }

    /// Notes whether the user has given a key.
    pub fn set_keyed(&mut self, provider: Provider, keyed: bool) {
        self.keyed.retain(|code| code != provider.code());
        if keyed {
            self.keyed.push(provider.code().to_owned());
        }
    }

    /// The providers to ask for an instrument, first things first: its own
    /// order where it has one, else its group's; never one that is off or lacks
    /// its key.
    pub fn providers_for(&self, instrument: &Instrument) -> Vec<Provider> {
        let mut order = if instrument.providers.is_empty() {
            self.order_of(ProviderGroup::of(instrument.kind))
        } else {
            instrument.providers.clone()
        };
        order.retain(|provider| self.is_on(*provider) && self.has_key(*provider));
        order
    }
}
