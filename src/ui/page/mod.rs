//! The pages.

pub mod deals;
pub mod debt;
pub mod pane;
pub mod settings;
pub mod watchlist;
