//! Daily prices over the network: one file a provider (what to ask, how to read
//! the answer), `client` for HTTP, `gate` and `verdict` for manners, `plan` for what is
//! missing, `settle` and `jumps` for what may be kept, `errand` for asking one
//! provider, `turn` for asking one after the other. Only here is HTTP; no SQL,
//! no window. The clock, waiting and the network come as a [`World`].

pub mod address;
pub mod ask;
pub mod bitstamp;
pub mod body;
pub mod candle;
mod cause;
pub mod client;
pub mod coinbase;
pub mod ecb;
pub mod errand;
pub mod gate;
pub mod jumps;
pub mod kraken;
pub mod nasdaq;
pub mod number;
pub mod pages;
pub mod plan;
pub mod quotes;
pub mod retry_after;
pub mod rows;
pub mod settle;
pub mod tiingo;
pub mod turn;
pub mod verdict;
pub mod words;
pub mod world;
pub mod yahoo;

pub use ask::{Ask, default_base, parse, requests, symbol_for};
pub use quotes::{BodyError, Quotes, Skipped};
pub use turn::{Done, Due, Fetcher, Gates, Mode, Progress, Setup};
pub use world::{Answer, Cancel, NetError, Request, World};
