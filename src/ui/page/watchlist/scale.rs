//! Conditional colours: a veil over the cells of a column from its worst value
//! to its best, by the place each has among the companies shown. A column has
//! none unless it was asked for.

use egui::Color32;

use crate::closed_set;
use crate::ui::widget::table::{Cell, Model, Tone};
use crate::ui::{Cx, Settings};

use super::columns::{Column, Shown};

closed_set! {
    /// Which end of a column is the better one.
    Better {
        /// Large values.
        Higher = "higher", "Higher is better";
        /// Small values.
        Lower = "lower", "Lower is better";
    }
}

/// With fewer known values than this there is no order worth a colour.
const FEWEST: usize = 3;

/// Which end of the column is the better one, if it has colours.
pub fn of(settings: &Settings, column: &Column) -> Option<Better> {
    let code = settings.watchlist_scales.get(&column.code())?;
    Better::from_code(code)
}

/// Gives the column colours, or takes them off.
pub fn set(settings: &mut Settings, column: &Column, better: Option<Better>) {
    match better {
        Some(better) => {
            let code = better.code().to_owned();
            settings.watchlist_scales.insert(column.code(), code);
        }
        None => {
            settings.watchlist_scales.remove(&column.code());
        }
    }
}

/// Tints by row and column. The text of a tinted cell is primary: its colour
/// would say the same again, and be hard to read.
pub(super) fn tint(
    cx: &Cx<'_>,
    model: &mut Model,
    columns: &[Shown],
    numbers: impl Fn(&Shown) -> Vec<Option<f64>>,
) -> Vec<Vec<Option<Color32>>> {
    let scaled: Vec<_> = columns
        .iter()
        .enumerate()
        .filter(|(_, shown)| shown.column.is_number())
        .filter_map(|(at, shown)| Some((at, shown, of(cx.settings, &shown.column)?)))
        .collect();
    if scaled.is_empty() {
        return Vec::new();
    }
    let mut tints = vec![vec![None; columns.len()]; model.rows.len()];
    for (at, shown, better) in scaled {
        let places = places(&numbers(shown), better);
        for ((row, tints), place) in model.rows.iter_mut().zip(&mut tints).zip(places) {
            let (Some(place), Some(tint)) = (place, tints.get_mut(at)) else {
                continue;
            };
            *tint = Some(cx.tokens.veil(place));
            if let Some(Cell::Text(_, tone) | Cell::Marked(_, tone, _)) = row.cells.get_mut(at) {
                *tone = Tone::Primary;
            }
        }
    }
    tints
}

/// The place of each value among the others, from the worst at −1 to the best
/// at 1; equal values share the middle of theirs. None for what is unknown, and
/// for all where there is no order.
pub fn places(values: &[Option<f64>], better: Better) -> Vec<Option<f32>> {
    let known: Vec<f64> = values.iter().copied().flatten().collect();
    let first = known.first();
    let varies = known.iter().any(|value| Some(value) != first);
    if known.len() < FEWEST || !varies {
        return vec![None; values.len()];
    }
    let last = known.len() as f32 - 1.0;
    let place = |value: f64| {
        let below = known.iter().filter(|other| **other < value).count() as f32;
        let same = known.iter().filter(|other| **other == value).count() as f32;
        let share = (below + (same - 1.0) / 2.0) / last;
        let place = 2.0 * share - 1.0;
        match better {
            Better::Higher => place,
            Better::Lower => -place,
        }
    };
    let places = values.iter();
    places.map(|value| value.map(place)).collect()
}
