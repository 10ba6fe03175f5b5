//! The integration tests: one crate, one file a feature.

#[cfg(test)]
mod theme;
