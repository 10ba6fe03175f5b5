//! A file's bars beside those already stored: what is new, what differs.

use std::cmp::Ordering;

use jiff::civil::Date;

use crate::model::series::Bar;

/// Closes this close together, relative to the larger, are the same: less than
/// any provider's rounding.
const SAME: f64 = 1e-9;

/// What an import would change.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overlap {
    /// Days in the file that are not stored.
    pub new_days: usize,
    /// Days whose stored close is the file's.
    pub same: usize,
    /// Days whose stored close is another one, in order of days.
    pub differing: Vec<Differing>,
    /// The largest difference, as a fraction of the stored close; `None` if
    /// nothing differs. Near one half or more, a split is likely.
    pub largest_relative: Option<f64>,
}

/// A day with one close in the store and another in the file.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Differing {
    /// The day.
    pub day: Date,
    /// The stored close.
    pub stored: f64,
    /// The file's close.
    pub file: f64,
}

/// Compares closes day by day. Both slices are in order of days, a day once.
pub fn compare_with_stored(good: &[Bar], stored: &[Bar]) -> Overlap {
    let mut overlap = Overlap::default();
    let mut stored = stored.iter().peekable();
    for bar in good {
        while stored.next_if(|old| old.day < bar.day).is_some() {}
        match stored.peek().map(|old| (old.day.cmp(&bar.day), old.close)) {
            Some((Ordering::Equal, close)) => overlap.note(bar, close),
            Some((Ordering::Less | Ordering::Greater, _)) | None => overlap.new_days += 1,
        }
    }
    overlap
}

impl Overlap {
    fn note(&mut self, bar: &Bar, stored: f64) {
        let difference = (bar.close - stored).abs();
        if difference <= SAME * bar.close.abs().max(stored.abs()) {
            self.same += 1;
            return;
        }
        self.differing.push(Differing {
            day: bar.day,
            stored,
            file: bar.close,
        });
        let relative = difference / stored.abs();
        self.largest_relative = Some(
            self.largest_relative
                .map_or(relative, |old| old.max(relative)),
        );
    }
}
