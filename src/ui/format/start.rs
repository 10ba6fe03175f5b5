//! How the stated start of rent has moved, as screen text.

use super::{MINUS, partial_date};
use crate::analytics::start::Slippage;
use crate::model::deal::RentStart;

/// "slipped once, +1 quarter"; none if it never moved, or was only told more
/// exactly.
pub fn slippage(slippage: &Slippage) -> Option<String> {
    let quarters = match slippage.quarters {
        0 => "within the quarter".to_owned(),
        by => {
            let sign = if by > 0 { "+" } else { MINUS };
            let noun = if by.abs() == 1 { "quarter" } else { "quarters" };
            format!("{sign}{} {noun}", by.abs())
        }
    };
    let times = match slippage.slips {
        0 if slippage.steps.iter().any(|step| step.days < 0) => "moved earlier".to_owned(),
        0 => return None,
        1 => "slipped once".to_owned(),
        2 => "slipped twice".to_owned(),
        times => format!("slipped {times} times"),
    };
    Some(format!("{times}, {quarters}"))
}

/// "Q3 2027 (stated 6 May 2026) → Q4 2027 (stated 21 Nov 2026)".
pub fn rent_starts<'a>(starts: impl IntoIterator<Item = &'a RentStart>) -> String {
    let told = |start: &RentStart| {
        let date = partial_date(start.date);
        match start.stated {
            Some(day) => format!("{date} (stated {})", partial_date(day)),
            None => date,
        }
    };
    let told: Vec<_> = starts.into_iter().map(told).collect();
    told.join(" → ")
}
