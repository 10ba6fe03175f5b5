//! Rows to one bar a day: order, repeated days, days with different closes.

use jiff::civil::Date;

use crate::model::series::Bar;

/// Which row of a day counts when its rows differ.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Keep {
    /// The row furthest down. Providers append the running quote below the
    /// day's bar, and tools append later readings to what they have.
    #[default]
    Last,
    /// The row furthest up.
    First,
}

/// A row with the same day and close as the one kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Duplicate {
    /// The day.
    pub day: Date,
    /// Line of the row that was kept.
    pub kept_line: u64,
    /// Line of the row that was not.
    pub other_line: u64,
    /// Whether another column than the close differs.
    pub differs: bool,
}

/// A row with the day of the one kept and another close.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Conflict {
    /// The day.
    pub day: Date,
    /// Line of the row that was kept.
    pub kept_line: u64,
    /// Its close.
    pub kept_close: f64,
    /// Line of the row that was not.
    pub other_line: u64,
    /// Its close.
    pub other_close: f64,
}

/// One bar a day, and the rows that did not become one.
pub(super) struct Settled {
    pub good: Vec<Bar>,
    pub duplicates: Vec<Duplicate>,
    pub conflicts: Vec<Conflict>,
    pub unsorted: bool,
}

/// Sorts the rows by day and keeps one of each; `lines` are their lines in the
/// file, in the same order.
pub(super) fn settle(rows: Vec<Bar>, lines: &[u64], keep: Keep) -> Settled {
    let unsorted = !rows.is_sorted_by_key(|bar| bar.day);
    let mut settled = Settled {
        good: Vec::new(),
        duplicates: Vec::new(),
        conflicts: Vec::new(),
        unsorted,
    };
    if rows.is_sorted_by(|one, next| one.day < next.day) {
        settled.good = rows;
        return settled;
    }
    let mut placed: Vec<(Date, usize)> = rows
        .iter()
        .enumerate()
        .map(|(at, bar)| (bar.day, at))
        .collect();
    if unsorted {
        placed.sort();
    }
    settled.good.reserve(
        rows.len()
            .min(placed.chunk_by(|one, next| one.0 == next.0).count()),
    );
    for group in placed.chunk_by(|one, next| one.0 == next.0) {
        let kept = match keep {
            Keep::First => group.first(),
            Keep::Last => group.last(),
        };
        let find = |at: usize| rows.get(at).zip(lines.get(at).copied());
        let Some((bar, kept_line)) = kept.and_then(|(_, at)| find(*at)) else {
            continue;
        };
        settled.good.push(*bar);
        let others = group
            .iter()
            .filter_map(|(_, at)| find(*at))
            .filter(|(_, line)| *line != kept_line);
        for (other, other_line) in others {
            settled.set_aside(bar, kept_line, other, other_line);
        }
    }
    settled
}

impl Settled {
    fn set_aside(&mut self, kept: &Bar, kept_line: u64, other: &Bar, other_line: u64) {
        let day = kept.day;
        if kept.close == other.close {
            self.duplicates.push(Duplicate {
                day,
                kept_line,
                other_line,
                differs: kept != other,
            });
        } else {
            self.conflicts.push(Conflict {
                day,
                kept_line,
                kept_close: kept.close,
                other_line,
                other_close: other.close,
            });
        }
    }
}
