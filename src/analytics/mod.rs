//! Pure derivations from the book, the prices and a day. No clock, no I/O.

pub mod basket;
pub mod compare;
pub mod decimate;
pub mod pairs;
pub mod reason;
pub mod regression;
pub mod returns;
pub mod risk;
