//! Where an axis is marked and what the marks say. Pure: numbers in, marks out.

use jiff::ToSpan as _;

use crate::analytics::lines::{day_number, day_of};
use crate::model::Day;
use crate::ui::format;

/// A mark on an axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Its place in the axis's own unit.
    pub at: f64,
    /// What it says.
    pub text: String,
}

/// A value axis: levels to a unit interval, 0 at the bottom.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    low: f64,
    high: f64,
    log: bool,
}

impl Scale {
    /// A scale that shows `low` to `high` with a little room around.
    pub fn around(low: f64, high: f64, log: bool) -> Self {
        let (low, high) = if low < high {
            (low, high)
        } else {
            (low * 0.99, low * 1.01)
        };
        if log && low > 0.0 {
            let room = (high / low).powf(0.05);
            return Self {
                low: low / room,
                high: high * room,
                log,
            };
        }
        let room = (high - low) * 0.05;
        Self {
            low: low - room,
            high: high + room,
            log: false,
        }
    }

    /// The place of a level, 0 at the bottom and 1 at the top.
    pub fn place(&self, level: f64) -> f64 {
        if self.log {
            (level / self.low).ln() / (self.high / self.low).ln()
        } else {
            (level - self.low) / (self.high - self.low)
        }
    }

    /// Round levels, at least `gap` of the height apart.
    pub fn marks(&self, gap: f64) -> Vec<Mark> {
        let levels = if self.log {
            self.log_levels(gap)
        } else {
            self.linear_levels(gap)
        };
        levels
            .into_iter()
            .map(|at| Mark {
                at,
                text: format::axis_level(at),
            })
            .collect()
    }

    fn linear_levels(&self, gap: f64) -> Vec<f64> {
        let least = (self.high - self.low) * gap.clamp(0.01, 1.0);
        let decade = 10_f64.powf(least.log10().floor());
        let step = [1.0, 2.0, 5.0, 10.0]
            .map(|n| n * decade)
            .into_iter()
            .find(|step| *step >= least);
        let step = step.unwrap_or(decade * 10.0);
        let first = (self.low / step).ceil();
        (0..200)
            .map(|n| (first + f64::from(n)) * step)
            .take_while(|level| *level <= self.high)
            .collect()
    }

    fn log_levels(&self, gap: f64) -> Vec<f64> {
        let (from, to) = (
            self.low.log10().floor() as i32,
            self.high.log10().ceil() as i32,
        );
        let mut levels: Vec<f64> = Vec::new();
        // Coarse marks first, so that 100 stays when 150 does not fit.
        for multiples in [&[1.0][..], &[2.0, 5.0], &[3.0, 7.0], &[1.5, 4.0]] {
            let all = (from..=to).flat_map(|k| multiples.iter().map(move |m| m * 10_f64.powi(k)));
            for level in all.filter(|level| (self.low..=self.high).contains(level)) {
                let far = |other: &f64| (self.place(*other) - self.place(level)).abs() >= gap;
                if levels.iter().all(far) {
                    levels.push(level);
                }
            }
        }
        levels.sort_by(f64::total_cmp);
        levels
    }
}

/// How far apart marks of days stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Days(i64),
    Months(i64),
    Years(i64),
}

/// Marks of days between two day numbers, at most `most` of them.
pub fn day_marks(from: f64, to: f64, most: usize) -> Vec<Mark> {
    const STEPS: [Step; 14] = [
        Step::Days(1),
        Step::Days(2),
        Step::Days(7),
        Step::Days(14),
        Step::Months(1),
        Step::Months(2),
        Step::Months(3),
        Step::Months(6),
        Step::Years(1),
        Step::Years(2),
        Step::Years(5),
        Step::Years(10),
        Step::Years(20),
        Step::Years(50),
    ];
    let most = most.max(1);
    let fits = |step: &&Step| (to - from) / step.days() <= most as f64;
    let step = STEPS.iter().find(fits).copied().unwrap_or(Step::Years(100));
    let mut marks = Vec::new();
    let mut day = step.first_from(day_of(from));
    while day_number(day) <= to && marks.len() <= most + 1 {
        let at = day_number(day);
        if at >= from {
            marks.push(Mark {
                at,
                text: step.text(day, marks.is_empty()),
            });
        }
        let next = step.after(day);
        if next <= day {
            break;
        }
        day = next;
    }
    marks
}

impl Step {
    fn days(self) -> f64 {
        match self {
            Self::Days(n) => n as f64,
            Self::Months(n) => n as f64 * 30.44,
            Self::Years(n) => n as f64 * 365.25,
        }
    }

    /// The first mark on or shortly before a day.
    fn first_from(self, day: Day) -> Day {
        match self {
            Self::Days(1) => day,
            // Weeks are marked on Mondays.
            Self::Days(_) => {
                day.saturating_sub(i64::from(day.weekday().to_monday_zero_offset()).days())
            }
            Self::Months(n) => {
                let months = i64::from(day.month()) - 1;
                day.first_of_month().saturating_sub((months % n).months())
            }
            Self::Years(n) => {
                let year = i64::from(day.year());
                let start = jiff::civil::date(day.year(), 1, 1);
                start.saturating_sub(year.rem_euclid(n).years())
            }
        }
    }

    fn after(self, day: Day) -> Day {
        match self {
            Self::Days(n) => day.saturating_add(n.days()),
            Self::Months(n) => day.saturating_add(n.months()),
            Self::Years(n) => day.saturating_add(n.years()),
        }
    }

    fn text(self, day: Day, first: bool) -> String {
        match self {
            Self::Days(_) => format::day_short(day),
            Self::Months(_) if first => format::month_year(day),
            Self::Months(_) => format::axis_date(day, format::AxisStep::Month),
            Self::Years(_) => day.year().to_string(),
        }
    }
}
