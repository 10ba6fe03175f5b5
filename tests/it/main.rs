//! The integration tests: one crate, one file a feature.

#[cfg(test)]
mod format;
#[cfg(test)]
mod raster;
#[cfg(test)]
mod support;
#[cfg(test)]
mod theme;
#[cfg(test)]
mod widget;
