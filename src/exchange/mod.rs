//! Files in and out: pure parsers and writers. No disk, no clock.

pub mod book_file;
pub mod book_file_error;
pub mod import_plan;
pub mod price_csv;
pub mod price_import;
pub mod record_csv;
pub mod starter;
