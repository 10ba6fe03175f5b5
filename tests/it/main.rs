//! The integration tests: one crate, one file a feature.

mod statistics;
