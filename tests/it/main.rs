//! The integration tests: one crate, one file a feature.

mod price_csv;
mod price_csv_import;
mod price_csv_random;
