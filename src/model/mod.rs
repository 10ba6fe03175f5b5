//! Facts only: records, drafts and changes. No clock, no I/O.

pub mod series;
