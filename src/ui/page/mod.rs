//! The pages.

pub mod calendar;
pub mod company;
pub mod conflicts;
pub mod contested;
pub mod data;
pub mod deals;
pub mod debt;
mod facts;
pub mod list;
pub mod pane;
pub mod sector;
pub mod settings;
mod timeline;
pub mod watchlist;
