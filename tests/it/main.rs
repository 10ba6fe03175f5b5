//! The integration tests: one crate, one file a feature.

#[cfg(test)]
mod format;
#[cfg(test)]
mod theme;
