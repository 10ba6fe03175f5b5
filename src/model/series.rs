//! placeholder
/// bar
pub struct Bar;
/// series
pub struct Series;
/// prices
pub struct Prices;
