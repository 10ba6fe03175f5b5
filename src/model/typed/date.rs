//! Dates as people type them: `Q3 2027`, `H1 27`, `Aug 2027`, `14 Aug 2027`,
//! `2027-08-14`. Points mean day before month everywhere they are used;
//! strokes do not, so `03/04/2026` is refused. Years of two digits are 20xx.
//! Fiscal years and vague dates ("early 2027") are refused: nothing is guessed.

use super::{
    TypedError,
    date_token::{Part, Token, tokens},
    month_names,
    text::Text,
};
use crate::model::date::{DateKind, Day, FIRST_YEAR, LAST_YEAR, PartialDate};

const EXPECTED: &str = "a date such as 2027-08-14, 14 Aug 2027, Aug 2027, Q3 2027, H1 2027 or 2027";

/// Reads a full date.
pub fn day(typed: &str) -> Result<Day, TypedError> {
    const EXPECTED_DAY: &str = "a day such as 2027-08-14 or 14 Aug 2027";
    let text = Text::read(typed, EXPECTED_DAY)?;
    match read(&text)?.kind() {
        DateKind::Day(day) => Ok(day),
        DateKind::Year(_) | DateKind::Half(..) | DateKind::Quarter(..) | DateKind::Month(..) => {
            Err(TypedError::NotADay { text: text.quoted })
        }
    }
}

/// Reads a date as precise as it was typed.
pub fn partial_date(typed: &str) -> Result<PartialDate, TypedError> {
    read(&Text::read(typed, EXPECTED)?)
}

fn read(text: &Text) -> Result<PartialDate, TypedError> {
    let tokens = tokens(text)?;
    let in_words = tokens
        .iter()
        .any(|token| matches!(token, Token::Month(_) | Token::Part(_)));
    if in_words {
        worded(text, &without_separators(text, &tokens)?)
    } else {
        numeric(text, &tokens)
    }
}

/// The tokens of a date with a word in it, where single separators mean
/// nothing: `Q3-27`, `14-Aug-2027`, `Aug. 2027`.
fn without_separators(text: &Text, tokens: &[Token]) -> Result<Vec<Token>, TypedError> {
    let separator = |token: &Token| matches!(token, Token::Separator(_));
    let doubled = tokens.windows(2).any(|pair| pair.iter().all(separator));
    let at_an_end = tokens.first().is_some_and(separator) || tokens.last().is_some_and(separator);
    if doubled || at_an_end {
        return Err(text.not_understood());
    }
    Ok(tokens
        .iter()
        .filter(|token| !separator(token))
        .copied()
        .collect())
}

/// A date with the name of a month, a quarter or a half in it.
fn worded(text: &Text, tokens: &[Token]) -> Result<PartialDate, TypedError> {
    use Token::{Month, Small, Year};
    match *tokens {
        [Token::Part(part), Small { value, .. }, year]
        | [Small { value, .. }, Token::Part(part), year]
        | [year @ Year(_), Token::Part(part), Small { value, .. }]
        | [year @ Year(_), Small { value, .. }, Token::Part(part)] => {
            part_of_year(text, part, value, year_of(text, year)?)
        }
        [Month(month), Year(year)] | [Year(year), Month(month)] => {
            made(text, DateKind::Month(year, month))
        }
        [Small { value, .. }, Month(month), year] | [Month(month), Small { value, .. }, year] => {
            full(text, year_of(text, year)?, month, value)
        }
        [Year(year), Month(month), Small { value, .. }] => full(text, year, month, value),
        // "Aug 27" is a month to some and a day to others.
        [Month(month), Small { value, digits: 2 }] => Err(month_or_day(text, month, value)),
        [Small { .. }, Month(month)] | [Month(month), Small { .. }] | [Month(month)] => {
            Err(year_unclear(text, format!("2027-{month:02}-14")))
        }
        [Token::Part(part), Small { value, .. }] | [Small { value, .. }, Token::Part(part)] => {
            Err(year_unclear(text, format!("{}{value} 2027", part.letter())))
        }
        _ => Err(text.not_understood()),
    }
}

/// A date of digits and separators only.
fn numeric(text: &Text, tokens: &[Token]) -> Result<PartialDate, TypedError> {
    use Token::{Separator, Small, Year};
    match *tokens {
        [Year(year)] => made(text, DateKind::Year(year)),
        [Small { digits: 2, value }] => Err(year_unclear(text, format!("20{value:02}"))),
        [Year(year), Separator(_), Small { value, .. }]
        | [Small { value, .. }, Separator(_), Year(year)] => {
            made(text, DateKind::Month(year, value))
        }
        [
            Year(year),
            Separator(a),
            Small { value: month, .. },
            Separator(b),
            Small { value: day, .. },
        ] if a == b => full(text, year, month, day),
        [
            Small { value: first, .. },
            Separator(a),
            Small { value: second, .. },
            Separator(b),
            year,
        ] if a == b => match (a, year) {
            ('.', _) => full(text, year_of(text, year)?, second, first),
            // With dashes and two digits each, the year may stand at either end.
            ('-', Small { .. }) => Err(year_unclear(text, "2027-08-14".to_owned())),
            _ => day_and_month(text, year_of(text, year)?, first, second),
        },
        [Small { .. }, Separator(_), Small { .. }] => {
            Err(year_unclear(text, "2027-08 or 2027-08-14".to_owned()))
        }
        _ => Err(text.not_understood()),
    }
}

/// A day and a month in an order that only their values can tell.
fn day_and_month(text: &Text, year: i16, first: u8, second: u8) -> Result<PartialDate, TypedError> {
    if second > 12 || first == second {
        // Month first, or both the same; a first above 12 is no month and says so.
        return full(text, year, first, second);
    }
    if first > 12 {
        return full(text, year, second, first);
    }
    let day_first = full(text, year, second, first)?;
    let month_first = full(text, year, first, second)?;
    Err(TypedError::Ambiguous {
        text: text.quoted.clone(),
        readings: (in_words(year, second, first), in_words(year, first, second)),
        write: format!("{day_first} or {month_first}"),
    })
}

fn in_words(year: i16, month: u8, day: u8) -> String {
    format!(
        "{day} {} {year}",
        month_names::name(month).unwrap_or_default()
    )
}

/// The year that a token may mean.
fn year_of(text: &Text, token: Token) -> Result<i16, TypedError> {
    match token {
        Token::Year(year) => Ok(year),
        Token::Small { value, digits: 2 } => Ok(i16::from(value).saturating_add(2000)),
        Token::Small { .. } | Token::Month(_) | Token::Part(_) | Token::Separator(_) => {
            Err(text.not_understood())
        }
    }
}

fn part_of_year(text: &Text, part: Part, number: u8, year: i16) -> Result<PartialDate, TypedError> {
    let (kind, parts) = match part {
        Part::Half => (DateKind::Half(year, number), "halves H1 and H2"),
        Part::Quarter => (DateKind::Quarter(year, number), "quarters Q1 to Q4"),
    };
    PartialDate::new(kind).ok_or_else(|| refused(text, year, || format!("a year has the {parts}")))
}

/// A full date that must exist.
fn full(text: &Text, year: i16, month: u8, day: u8) -> Result<PartialDate, TypedError> {
    let in_month = made(text, DateKind::Month(year, month))?;
    let date = i8::try_from(month)
        .ok()
        .zip(i8::try_from(day).ok())
        .and_then(|(month, day)| Day::new(year, month, day).ok())
        .and_then(PartialDate::day);
    date.ok_or_else(|| {
        let name = month_names::name(month).unwrap_or_default();
        let last = in_month.last_day().day();
        refused(text, year, || {
            format!("{name} {year} has the days 1 to {last}")
        })
    })
}

/// A year or month that must exist.
fn made(text: &Text, kind: DateKind) -> Result<PartialDate, TypedError> {
    PartialDate::new(kind).ok_or_else(|| match kind {
        DateKind::Month(year, month) => {
            refused(text, year, || format!("months are 1 to 12, not {month}"))
        }
        DateKind::Year(year) | DateKind::Half(year, _) | DateKind::Quarter(year, _) => {
            refused(text, year, String::new)
        }
        DateKind::Day(day) => refused(text, day.year(), String::new),
    })
}

/// The error for a date that does not exist, or whose year is out of range.
fn refused(text: &Text, year: i16, reason: impl FnOnce() -> String) -> TypedError {
    if (FIRST_YEAR..=LAST_YEAR).contains(&year) {
        TypedError::NoSuchDate {
            text: text.quoted.clone(),
            reason: reason(),
        }
    } else {
        text.out_of_range("a year from 1900 to 2200")
    }
}

fn year_unclear(text: &Text, write: String) -> TypedError {
    TypedError::YearUnclear {
        text: text.quoted.clone(),
        write,
    }
}

/// The error for a month and two digits that may be a year or a day.
fn month_or_day(text: &Text, month: u8, value: u8) -> TypedError {
    let name = month_names::name(month).unwrap_or_default();
    let as_month = format!("20{value:02}-{month:02}");
    if value == 0 || value > 31 {
        return year_unclear(text, as_month);
    }
    TypedError::Ambiguous {
        text: text.quoted.clone(),
        readings: (format!("{name} 20{value:02}"), format!("{value} {name}")),
        write: format!("{as_month} or a date with its year"),
    }
}
