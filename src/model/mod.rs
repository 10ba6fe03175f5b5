//! Facts only: records, drafts and changes. No clock, no I/O.

pub mod date;
pub mod money;
mod period;
pub mod typed;
