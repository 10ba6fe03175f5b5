//! Gigawatch: AI backlog, debt and performance of listed Bitcoin miners, every
//! figure dated and sourced. `ARCHITECTURE.md` is the map of these modules.

pub mod analytics;
pub mod app;
pub mod cli;
pub mod exchange;
pub mod fetch;
pub mod model;
pub mod paths;
pub mod raster;
pub mod refresh;
pub mod secrets;
pub mod session;
pub mod store;
pub mod ui;
pub mod work;
