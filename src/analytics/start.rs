//! When rent starts: months until then, and how often and how far the stated
//! day has slipped. A date that only became more precise has not slipped.

use super::Missing;
use super::backlog::days_between;
use crate::model::deal::RentStart;
use crate::model::{Day, PartialDate, SourceId};

/// Months until something whose date is known as precisely as its source says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MonthsAhead {
    /// To the first day of the date; 0 if that is past.
    pub least: i32,
    /// To its last day.
    pub most: i32,
}

/// Calendar months from a day to the first rent.
///
/// # Errors
/// If no start is stated or it is past.
pub fn months_to_revenue(start: Option<PartialDate>, as_of: Day) -> Result<MonthsAhead, Missing> {
    let start = start.ok_or_else(|| Missing::because("no rent start is stated"))?;
    if start.last_day() < as_of {
        return Err(Missing::because("the stated rent start is past"));
    }
    let ahead = |day: Day| (month_number(day) - month_number(as_of)).max(0);
    Ok(MonthsAhead {
        least: ahead(start.first_day()),
        most: ahead(start.last_day()),
    })
}

fn month_number(day: Day) -> i32 {
    i32::from(day.year()) * 12 + i32::from(day.month())
}

/// One restatement of a rent start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// As stated before.
    pub from: PartialDate,
    /// As stated anew.
    pub to: PartialDate,
    /// Quarters later; earlier below zero, and 0 where the two may be the same.
    pub quarters: i32,
    /// Days from the last day of the one to that of the other, where they
    /// cannot be the same; else 0.
    pub days: i64,
    /// When it was stated anew.
    pub stated: Option<PartialDate>,
    /// By whom.
    pub source: Option<SourceId>,
}

/// How a rent start has moved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Slippage {
    /// Every restatement, oldest first.
    pub steps: Vec<Step>,
    /// How many of them are later than what they replace.
    pub slips: usize,
    /// Quarters from the first statement to the last; below zero if earlier.
    pub quarters: i32,
}

impl Slippage {
    /// The slippage of statements, oldest first.
    pub fn of<'a>(starts: impl IntoIterator<Item = &'a RentStart>) -> Self {
        let mut slippage = Self::default();
        // The date as stated before, and as precisely as it ever was: a vaguer
        // one in between must not hide a slip.
        let mut before: Option<(PartialDate, PartialDate)> = None;
        for start in starts {
            let to = start.date;
            let Some((from, firm)) = before else {
                before = Some((to, to));
                continue;
            };
            let (quarters, days) = moved(firm, to).unwrap_or((0, 0));
            slippage.slips += usize::from(days > 0);
            slippage.quarters += quarters;
            slippage.steps.push(Step {
                from,
                to,
                quarters,
                days,
                stated: start.stated,
                source: start.source,
            });
            let vaguer = moved(firm, to).is_none() && length(to) > length(firm);
            before = Some((to, if vaguer { firm } else { to }));
        }
        slippage
    }
}

/// Quarters and days from one date to another; none if they share a day and so
/// may mean the same one.
fn moved(from: PartialDate, to: PartialDate) -> Option<(i32, i64)> {
    let apart = to.first_day() > from.last_day() || to.last_day() < from.first_day();
    let quarter = |day: Day| (month_number(day) - 1) / 3;
    apart.then(|| {
        (
            quarter(to.last_day()) - quarter(from.last_day()),
            days_between(from.last_day(), to.last_day()),
        )
    })
}

fn length(date: PartialDate) -> i64 {
    days_between(date.first_day(), date.last_day())
}
