//! The switches in the top bar: what counts, in one place for every page.
