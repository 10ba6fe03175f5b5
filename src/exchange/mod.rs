//! Files in and out: pure parsers and writers.

pub mod price_csv;
pub mod book_file;
pub mod book_file_error;
pub mod import_plan;
pub mod starter;
