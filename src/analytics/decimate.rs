//! Thins a line to what pixels can show: of each pixel column the lowest and
//! the highest point, so that no extreme is ever hidden. Knows no widget.

use std::borrow::Cow;

/// Up to this many points a line is drawn as it is: a display list of that
/// size is cheap, and a line that is not thinned needs no second look.
pub const THIN_ABOVE_POINTS: usize = 100_000;

/// The points to draw: `points` themselves up to [`THIN_ABOVE_POINTS`], else
/// [`min_max`] of them. Points are `[x, y]` with x ascending.
pub fn for_columns(points: &[[f64; 2]], columns: usize) -> Cow<'_, [[f64; 2]]> {
    if points.len() <= THIN_ABOVE_POINTS {
        Cow::Borrowed(points)
    } else {
        Cow::Owned(min_max(points, columns))
    }
}

/// The lowest and the highest point of each of `columns` equal parts of the x
/// range, in order of x: at most two points a column, each of them one of
/// `points`. Of equal heights the first counts. Points that are not finite
/// cannot be drawn and are left out; without a column nothing is drawn.
pub fn min_max(points: &[[f64; 2]], columns: usize) -> Vec<[f64; 2]> {
    let finite = || points.iter().filter(|p| p.iter().all(|v| v.is_finite()));
    let (Some([first, _]), Some([last, _])) = (finite().next(), finite().next_back()) else {
        return Vec::new();
    };
    if columns == 0 {
        return Vec::new();
    }
    let per_column = columns as f64 / (last - first).max(f64::MIN_POSITIVE);
    let mut thinned = Vec::with_capacity(points.len().min(2 * columns));
    let mut current: Option<Column> = None;
    for (order, point) in finite().enumerate() {
        // The last point lies on the far edge, which belongs to the last column.
        let number = (((point[0] - first) * per_column) as usize).min(columns - 1);
        match &mut current {
            Some(column) if column.number == number => column.take(order, *point),
            _ => {
                if let Some(full) = current.replace(Column::new(number, order, *point)) {
                    full.push_to(&mut thinned);
                }
            }
        }
    }
    if let Some(full) = current {
        full.push_to(&mut thinned);
    }
    thinned
}

/// The extremes of one column so far, each with its place in the line.
struct Column {
    number: usize,
    low: (usize, [f64; 2]),
    high: (usize, [f64; 2]),
}

impl Column {
    fn new(number: usize, order: usize, point: [f64; 2]) -> Self {
        Self {
            number,
            low: (order, point),
            high: (order, point),
        }
    }

    fn take(&mut self, order: usize, point: [f64; 2]) {
        let [_, y] = point;
        if y < self.low.1[1] {
            self.low = (order, point);
        }
        if y > self.high.1[1] {
            self.high = (order, point);
        }
    }

    fn push_to(self, thinned: &mut Vec<[f64; 2]>) {
        let (low, high) = (self.low, self.high);
        match low.0.cmp(&high.0) {
            std::cmp::Ordering::Less => thinned.extend([low.1, high.1]),
            std::cmp::Ordering::Equal => thinned.push(low.1),
            std::cmp::Ordering::Greater => thinned.extend([high.1, low.1]),
        }
    }
}
