//! Preferences: what the user likes, not what the user knows. They are kept as
//! TOML apart from the book; unknown or broken ones fall back to the default.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::theme::{Scheme, ThemeChoice};
use crate::analytics::switches::Switches;
use crate::model::PricePolicy;

/// What the user likes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// System, dark or light.
    pub theme: ThemeChoice,
    /// Colours of gain and loss.
    pub scheme: Scheme,
    /// Size of all text, 1.0 as designed.
    pub text_scale: f32,
    /// Symbols whose lines are off.
    pub lines_off: Vec<String>,
    /// Range of the chart, by its code.
    pub chart_range: String,
    /// Whether the chart is logarithmic.
    pub chart_log: bool,
    /// Watchlist columns shown, by code, in order.
    pub watchlist_columns: Vec<String>,
    /// Column the watchlist is sorted by, and whether descending.
    pub watchlist_sort: Option<(String, bool)>,
    /// Columns the deals are sorted by, and whether descending.
    pub deals_sort: Option<(String, bool)>,
    /// One-line hints that were put away, by name.
    pub hints_done: Vec<String>,
    /// What counts in every figure.
    pub switches: Switches,
    /// How prices are fetched.
    pub prices: PricePolicy,
    /// Measures of the Sector page's league tables, by code.
    pub sector_leagues: Vec<String>,
    /// Axes of the Sector page's scatter.
    pub sector_axes: SectorAxes,
    /// Sets of watchlist columns that the user saved, in the order offered.
    pub column_sets: Vec<ColumnSet>,
    /// Formulas that the user wrote, in the order offered.
    pub formulas: Vec<WrittenFormula>,
    /// Which end of a watchlist column is the better one, by the codes of column
    /// and end; a column without one has no colours.
    pub watchlist_scales: BTreeMap<String, String>,
}

/// What the scatter of the Sector page shows, by the codes of measures.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct SectorAxes {
    /// Measure across; empty lets the book decide between EV and debt.
    pub x: String,
    /// Measure upwards.
    pub y: String,
    /// Measure of the bubbles' areas; empty draws all alike.
    pub size: String,
    /// Whether the measure across is logarithmic.
    pub x_log: bool,
    /// Whether the measure upwards is logarithmic.
    pub y_log: bool,
}

impl Default for SectorAxes {
    fn default() -> Self {
        Self {
            x: String::new(),
            y: "backlog_usd".to_owned(),
            size: "contracted_mw".to_owned(),
            x_log: false,
            y_log: false,
        }
    }
}

/// Columns under a name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct ColumnSet {
    /// The name.
    pub name: String,
    /// Codes of the columns from left to right.
    pub columns: Vec<String>,
}

/// A formula as it was written, under a name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct WrittenFormula {
    /// The name, by which its column is kept.
    pub name: String,
    /// The text.
    pub text: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: ThemeChoice::System,
            scheme: Scheme::GreenRed,
            text_scale: 1.0,
            lines_off: [
                "MARA", "CLSK", "BTDR", "KEEL", "HIVE", "WYFI", "BTBT", "ABTC", "SMH", "NVDA",
            ]
            .map(str::to_owned)
            .to_vec(),
            chart_range: "ytd".to_owned(),
            chart_log: false,
            watchlist_columns: Vec::new(),
            watchlist_sort: None,
            deals_sort: None,
            hints_done: Vec::new(),
            switches: Switches::default(),
            prices: PricePolicy::default(),
            sector_leagues: Vec::new(),
            sector_axes: SectorAxes::default(),
            column_sets: Vec::new(),
            formulas: Vec::new(),
            watchlist_scales: BTreeMap::new(),
        }
    }
}
