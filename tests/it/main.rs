//! The integration tests: one crate, one file a feature.

mod dates_and_money;
mod drafts;
mod typed;
mod typed_random;
