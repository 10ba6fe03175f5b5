//! Pure derivations from the book, the prices and a day: everything a page or
//! a report shows is computed here, once per revision. No clock, no I/O, no
//! randomness; what cannot be known is a reason, never a number.

pub mod agenda;
pub mod answer;
pub mod as_of;
pub mod backlog;
pub mod basket;
pub mod burn_down;
pub mod compare;
pub mod concentration;
pub mod conflicts;
pub mod convertible;
pub mod coverage;
pub mod deals;
pub mod debt;
pub mod debt_counted;
pub mod debt_gap;
pub mod decimate;
pub mod delivered;
pub mod derive;
pub mod freshness;
pub mod grain;
pub mod interest;
pub mod lines;
pub mod measure;
pub mod options;
pub mod pairs;
mod parts;
pub mod power;
pub mod rates;
pub mod reason;
pub mod regression;
pub mod returns;
pub mod risk;
pub mod schedule;
pub mod sector;
pub mod start;
pub mod statement;
pub mod switches;
pub mod treasury;
pub mod valuation;
pub mod view;
pub mod wall;
pub mod watchlist;
pub mod worth;

pub use answer::{Answer, Input, Missing, Stated};
pub use derive::{Derived, derive};
