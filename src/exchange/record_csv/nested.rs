//! Lists inside a cell: rent starts, phases, repayments. Items are divided by
//! `;`, the parts of a phase by `|`, statements of one start by `>`; a backslash
//! before such a sign makes it a plain letter.

use super::cells::{verbatim, words};
use super::keys::Keys;
use super::values::{date, megawatts, money, money_text, months, plain};
use crate::model::deal::RentStart;
use crate::model::metric::MwBasis;
use crate::model::{Phase, Repayment};

/// What divides statements of one start, oldest first.
const THEN: char = '>';
/// What divides the parts of a phase.
const PART: char = '|';
/// What divides items.
const ITEM: char = ';';

/// `2027-Q3 stated 2026-05-06 by ID > 2027-Q4 stated 2026-08-07`.
pub(super) fn rent_starts_text(starts: &[RentStart]) -> String {
    let texts: Vec<_> = starts.iter().map(rent_start_text).collect();
    texts.join(" > ")
}

fn rent_start_text(start: &RentStart) -> String {
    let stated = start.stated.map(|date| format!(" stated {date}"));
    let source = start.source.map(|source| format!(" by {source}"));
    let (stated, source) = (stated.unwrap_or_default(), source.unwrap_or_default());
    format!("{}{stated}{source}", start.date)
}

pub(super) fn rent_starts(text: &str, keys: &Keys<'_>) -> Result<Vec<RentStart>, String> {
    let parts = split(text, THEN);
    let written = parts.iter().filter(|part| !part.trim().is_empty());
    written
        .map(|part| rent_start(&plain_letters(part), keys))
        .collect()
}

fn rent_start(text: &str, keys: &Keys<'_>) -> Result<RentStart, String> {
    let (text, source) = match text.split_once(" by ") {
        Some((text, source)) => (text, Some(keys.source(source)?)),
        None => (text, None),
    };
    let (text, stated) = match text.split_once(" stated ") {
        Some((text, stated)) => (text, Some(date(stated)?)),
        None => (text, None),
    };
    let date = date(text)?;
    Ok(RentStart {
        date,
        stated,
        source,
    })
}

/// `Phase I | 4500000000 | 133 | 190 | 180 | 2026-Q2 stated 2026-05; Phase II`:
/// name, base value, critical MW, gross MW, term in months, rent starts.
pub(super) fn phases_text(phases: &[Phase]) -> String {
    let texts: Vec<_> = phases.iter().map(phase_text).collect();
    texts.join("; ")
}

fn phase_text(phase: &Phase) -> String {
    let mut parts = vec![
        escaped(&verbatim(&phase.name)),
        phase.base_value.map_or_else(String::new, money_text),
        phase.critical_mw.map_or_else(String::new, plain),
        phase.gross_mw.map_or_else(String::new, plain),
        phase
            .term_months
            .map_or_else(String::new, |months| months.to_string()),
        rent_starts_text(&phase.rent_start),
    ];
    // A divider guards the blanks at the end of a name.
    let guarded = parts.first().is_some_and(|name| name.starts_with('\''));
    let least = if guarded { 2 } else { 1 };
    while parts.len() > least && parts.last().is_some_and(String::is_empty) {
        parts.pop();
    }
    parts.join(" | ")
}

pub(super) fn phases(text: &str, keys: &Keys<'_>) -> Result<Vec<Phase>, String> {
    let items = split(text, ITEM);
    let written = items.iter().filter(|item| !item.trim().is_empty());
    written.map(|item| phase(item, keys)).collect()
}

fn phase(text: &str, keys: &Keys<'_>) -> Result<Phase, String> {
    let parts = split(text, PART);
    let part = |at: usize| parts.get(at).map_or("", |part| part.trim());
    if parts.len() > 6 {
        return Err(format!(
            "“{}” has {} parts: a phase has at most six, name | base value | critical MW | gross MW | term in months | rent start",
            text.trim(),
            parts.len()
        ));
    }
    let name = parts.first().map_or("", |part| one_blank_less(part));
    let name = words(&plain_letters(name)).ok_or("a phase has no name")?;
    let told = |what: &str, error: String| format!("{what} of phase “{name}”: {error}");
    let base_value = some(part(1), money).map_err(|e| told("base value", e))?;
    let critical = |text: &str| megawatts(text, MwBasis::Critical);
    let critical_mw = some(part(2), critical).map_err(|e| told("critical MW", e))?;
    let gross = |text: &str| megawatts(text, MwBasis::Gross);
    let gross_mw = some(part(3), gross).map_err(|e| told("gross MW", e))?;
    let term_months = some(part(4), months).map_err(|e| told("term", e))?;
    let rent_start = rent_starts(part(5), keys).map_err(|e| told("rent start", e))?;
    Ok(Phase {
        name,
        base_value,
        critical_mw,
        gross_mw,
        rent_start,
        term_months,
    })
}

/// `2028-05: 5000000; 2028-11: EUR 5000000`.
pub(super) fn repayments_text(repayments: &[Repayment]) -> String {
    let text = |due: &Repayment| format!("{}: {}", due.due, money_text(due.amount));
    let texts: Vec<_> = repayments.iter().map(text).collect();
    texts.join("; ")
}

pub(super) fn repayments(text: &str) -> Result<Vec<Repayment>, String> {
    let items = text.split(ITEM).map(str::trim);
    let written = items.filter(|item| !item.is_empty());
    written.map(repayment).collect()
}

fn repayment(text: &str) -> Result<Repayment, String> {
    let (due, amount) = text.split_once(':').ok_or_else(|| {
        format!("“{text}” is no repayment: write its date and amount like 2028-05: 5m")
    })?;
    Ok(Repayment {
        due: date(due)?,
        amount: money(amount)?,
    })
}

fn some<T>(text: &str, read: impl FnOnce(&str) -> Result<T, String>) -> Result<Option<T>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    read(text).map(Some)
}

/// The blank that stands for looks before and after a divider is not part of
/// what it divides; others are, behind an apostrophe.
fn one_blank_less(part: &str) -> &str {
    part.strip_suffix(' ').unwrap_or(part)
}

/// With a backslash before every sign that divides.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        if matches!(letter, '\\' | THEN | PART | ITEM) {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

/// The parts between a sign where no backslash stands before it; backslashes
/// stay.
fn split(text: &str, divider: char) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        if letter == divider {
            parts.push(String::new());
            continue;
        }
        if let Some(part) = parts.last_mut() {
            part.push(letter);
            if letter == '\\' {
                part.extend(letters.next());
            }
        }
    }
    parts
}

/// The text without the backslashes that made signs plain letters.
fn plain_letters(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        if letter == '\\' {
            plain.push(letters.next().unwrap_or('\\'));
        } else {
            plain.push(letter);
        }
    }
    plain
}
