//! The integration tests: one crate, one file a feature.

mod dates_and_money;
mod typed;
mod typed_random;
#[cfg(test)]
mod format;
#[cfg(test)]
mod raster;
#[cfg(test)]
mod support;
#[cfg(test)]
mod theme;
