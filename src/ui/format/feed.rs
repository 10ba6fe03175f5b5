//! How prices came, in words: attempts, providers, events, questions, how up to
//! date a series is. It asks no clock: the time is an argument.

use jiff::{Timestamp, Zoned};
use rust_decimal::Decimal;

use super::date::{day_long, day_short, weekday_day};
use super::number::{count, decimal, percent, price};
use crate::analytics::freshness::{Coverage, Freshness};
use crate::model::{Attempt, EventKind, Jump, PriceEvent, Provider};

/// A moment as the user's clock shows it: "15:42" today, "9 Oct 15:42" on
/// another day of the year, "9 Oct 2025" before that.
pub fn moment(at: Timestamp, now: &Zoned) -> String {
    let at = at.to_zoned(now.time_zone().clone());
    let clock = at.strftime("%H:%M");
    if at.date() == now.date() {
        clock.to_string()
    } else if at.year() == now.year() {
        format!("{} {clock}", day_short(at.date()))
    } else {
        day_long(at.date())
    }
}

/// Who gave a bar, from the code it is stored with: "Yahoo", "your file".
pub fn given_by(code: &str) -> &str {
    match code {
        "starter" => "starter",
        "file" => "your file",
        "typed" => "typed",
        code => match Provider::from_code(code) {
            Some(provider) => provider.label(),
            None => code,
        },
    }
}

/// One attempt: "Yahoo answered 429; next try 19:40", "Nasdaq: no data". A next
/// try that is over is not told.
pub fn attempt(attempt: &Attempt, now: &Zoned) -> String {
    let name = attempt.provider.label();
    let said = said(attempt);
    // What is a sentence about the provider goes on from its name.
    let goes_on = ["answered ", "cannot ", "does not ", "gives "];
    let joint = if goes_on.iter().any(|start| said.starts_with(start)) {
        ""
    } else if said.starts_with("not asked") {
        " was"
    } else {
        ":"
    };
    let next = attempt.next_try.filter(|next| *next > now.timestamp());
    let next = next.map_or_else(String::new, |next| {
        format!("; next try {}", moment(next, now))
    });
    format!("{name}{joint} {said}{next}")
}

/// What came of an attempt: its detail, or the outcome where there is none.
pub fn said(attempt: &Attempt) -> &str {
    match attempt.detail.as_str() {
        "" => attempt.outcome.label(),
        detail => detail,
    }
}

/// The attempts of a turn in one line: "Yahoo answered 429; next try 19:40;
/// Nasdaq: no data". Empty if nobody was asked.
pub fn attempts_text(attempts: &[Attempt], now: &Zoned) -> String {
    let parts: Vec<String> = attempts.iter().map(|one| attempt(one, now)).collect();
    parts.join("; ")
}

/// How up to date a series is: "current", "live", "2 days missing", "no
/// prices", "locked". What nobody compared with a calendar is "—".
pub fn freshness(coverage: Option<&Coverage>, locked: bool) -> String {
    match (locked, coverage.map(|coverage| coverage.freshness)) {
        (true, _) => "locked".to_owned(),
        (false, None) => super::UNKNOWN.to_owned(),
        (false, Some(Freshness::Empty)) => "no prices".to_owned(),
        (false, Some(Freshness::Current)) => "current".to_owned(),
        (false, Some(Freshness::Live)) => "live".to_owned(),
        (false, Some(Freshness::Behind { days })) => {
            format!("{} missing", count(days, "day", "days"))
        }
    }
}

/// A question in short: "a jump of +78 % on Tue 3 Nov waits for your answer".
pub fn jump_waits(jump: &Jump) -> String {
    format!(
        "a jump of {} on {} waits for your answer",
        percent(jump.change(), 0),
        weekday_day(jump.day)
    )
}

/// A question in full: "Yahoo gives 12.40 for Tue 3 Nov after 6.95 the day
/// before, and no split explains it".
pub fn jump_question(jump: &Jump) -> String {
    let before = if jump.day.yesterday().ok() == Some(jump.day_before) {
        "the day before".to_owned()
    } else {
        format!("on {}", weekday_day(jump.day_before))
    };
    format!(
        "{} gives {} for {} after {} {before}, and no split explains it",
        jump.provider.label(),
        price(jump.close),
        weekday_day(jump.day),
        price(jump.before),
    )
}

/// A split or dividend without its day: "split 4 for 1", "1 for 10, consolidated",
/// "dividend 0.12".
pub fn event(event: &PriceEvent) -> String {
    match event.what {
        EventKind::Split { new, old } if new < old => {
            format!("{} for {}, consolidated", decimal(new), decimal(old))
        }
        EventKind::Split { new, old } => format!("split {} for {}", decimal(new), decimal(old)),
        EventKind::Dividend { amount } => format!("dividend {}", decimal(amount)),
    }
}

/// A number of rows: "2,514".
pub fn rows(rows: usize) -> String {
    decimal(Decimal::from(rows))
}
