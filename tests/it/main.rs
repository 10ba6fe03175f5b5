//! The integration tests: one crate, one file a feature.

mod book_file;
mod dates_and_money;
mod starter;
mod typed;
mod typed_random;
