//! The words of an attempt's result, as a tooltip and the log show them: clauses
//! without the provider's name. Nothing is decided here.

use jiff::civil::Date;

use super::plan::Restated;
use super::quotes::Skipped;
use crate::model::{EventKind, Jump};

/// "5 Nov 2026".
pub fn day(day: Date) -> String {
    day.strftime("%-d %b %Y").to_string()
}

/// "1,204".
pub fn count(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len().saturating_sub(at)).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// "1 row", "1,204 rows".
pub fn rows(number: usize) -> String {
    let noun = if number == 1 { "row" } else { "rows" };
    format!("{} {noun}", count(number))
}

/// "answered 429 Too Many Requests".
pub fn status(code: u16) -> String {
    let reason = reqwest::StatusCode::from_u16(code)
        .ok()
        .and_then(|status| status.canonical_reason());
    reason.map_or_else(
        || format!("answered {code}"),
        |reason| format!("answered {code} {reason}"),
    )
}

/// "1 skipped: no close on 5 Nov 2026"; none if nothing was.
pub fn skipped(skipped: &[Skipped]) -> Option<String> {
    let first = skipped.first()?;
    let on = first.day.map(|at| format!(" on {}", day(at)));
    let colon = if skipped.len() == 1 { ":" } else { ", first:" };
    Some(format!(
        "{} skipped{colon} {}{}",
        count(skipped.len()),
        first.reason,
        on.unwrap_or_default()
    ))
}

/// "a split of 4 for 1 on 5 Nov 2026".
pub fn restated(restated: &Restated) -> String {
    match restated {
        Restated::Event(event) => {
            let what = match event.what {
                EventKind::Split { new, old } => {
                    format!("a split of {} for {}", new.normalize(), old.normalize())
                }
                EventKind::Dividend { amount } => {
                    format!("a dividend of {}", amount.normalize())
                }
            };
            format!("{what} on {}", day(event.day))
        }
        Restated::Moved { day: at, change } => format!(
            "the close of {} differs by {:.1} %",
            day(*at),
            change.abs() * 100.0
        ),
    }
}

/// What is said of closes that cannot be those of the same security.
pub fn other_security() -> String {
    "has closes that do not fit those stored, as if of another security: check its symbol"
        .to_owned()
}

/// "a fall of 78 % on 27 Oct 2022 that no split explains".
pub fn jump(jump: &Jump) -> String {
    let change = jump.change();
    let what = if change < 0.0 { "fall" } else { "rise" };
    format!(
        "a {what} of {} % on {} that no split explains",
        count((change.abs() * 100.0).round() as usize),
        day(jump.day)
    )
}
