//! What was typed into a form, until it builds a record.
