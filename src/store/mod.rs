//! The book on disk. Only here is SQL.
