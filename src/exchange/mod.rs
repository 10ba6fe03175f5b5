//! Files in and out: pure parsers and writers.

pub mod price_csv;
