//! The integration tests: one crate, one file a feature.

mod dates_and_money;
#[cfg(test)]
mod format;
#[cfg(test)]
mod kill;
#[cfg(test)]
mod raster;
#[cfg(test)]
mod store;
#[cfg(test)]
mod store_damage;
#[cfg(test)]
mod store_script;
#[cfg(test)]
mod support;
#[cfg(test)]
mod theme;
mod typed;
mod typed_random;
