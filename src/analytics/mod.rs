//! Pure derivations from the book, the prices and a day: everything a page or
//! a report shows is computed here, once per revision. No clock, no I/O, no
//! randomness; what cannot be known is a reason, never a number.

pub mod answer;
pub mod backlog;
pub mod basket;
pub mod compare;
pub mod conflicts;
pub mod deals;
pub mod debt;
pub mod decimate;
pub mod derive;
pub mod freshness;
pub mod lines;
pub mod pairs;
pub mod rates;
pub mod reason;
pub mod regression;
pub mod returns;
pub mod risk;
pub mod statement;
pub mod watchlist;

pub use answer::{Answer, Input, Missing, Stated};
pub use derive::{Derived, derive};
