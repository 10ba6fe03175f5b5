//! The words, numbers and separators of a typed date. Refuses what no clear
//! date contains; what the tokens mean together is for [`super::date`].

use super::{TypedError, month_names, text::Text};

/// A part of a year that is counted from 1.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Part {
    Half,
    Quarter,
}

impl Part {
    /// The letter that stands for it.
    pub fn letter(self) -> char {
        match self {
            Self::Half => 'H',
            Self::Quarter => 'Q',
        }
    }
}

/// A piece of a typed date. Blanks and commas leave none.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Token {
    /// Four digits, or two after an apostrophe.
    Year(i16),
    /// One or two digits: a day, a month, a quarter or a short year.
    Small { value: u8, digits: u8 },
    /// The name of a month, as 1 to 12.
    Month(u8),
    /// `Q`, `H` or a word for them.
    Part(Part),
    /// A dash, stroke or point.
    Separator(char),
}

/// Splits a typed date into its tokens.
pub(super) fn tokens(text: &Text) -> Result<Vec<Token>, TypedError> {
    refuse_words(text)?;
    let mut tokens = Vec::new();
    let mut rest = text.clean.as_str();
    while let Some(next) = rest.chars().next() {
        let (run, after) = split_run(rest, next);
        rest = after;
        match next {
            ' ' | ',' => {}
            '-' | '/' | '.' => tokens.push(Token::Separator(next)),
            '\'' => {
                let (digits, after) = split_run(rest, '0');
                tokens.push(short_year(digits).ok_or_else(|| text.not_understood())?);
                rest = after;
            }
            '0'..='9' => tokens.push(number(run).ok_or_else(|| text.not_understood())?),
            _ => {
                let after_number = matches!(tokens.last(), Some(Token::Small { .. }));
                if let Some(token) = word(text, run, after_number)? {
                    tokens.push(token);
                }
            }
        }
    }
    Ok(tokens)
}

/// Splits the run of digits or letters that starts a text, or one character.
fn split_run(text: &str, first: char) -> (&str, &str) {
    let belongs: fn(char) -> bool = if first.is_ascii_digit() {
        |character| character.is_ascii_digit()
    } else if first.is_alphabetic() {
        char::is_alphabetic
    } else {
        let at = first.len_utf8();
        return text.split_at_checked(at).unwrap_or((text, ""));
    };
    let end = text
        .find(|character| !belongs(character))
        .unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

fn number(run: &str) -> Option<Token> {
    match run.len() {
        4 => run.parse().ok().map(Token::Year),
        digits @ (1 | 2) => Some(Token::Small {
            value: run.parse().ok()?,
            digits: u8::try_from(digits).ok()?,
        }),
        _ => None,
    }
}

/// The year of two digits after an apostrophe.
fn short_year(run: &str) -> Option<Token> {
    match number(run)? {
        Token::Small { value, digits: 2 } => {
            Some(Token::Year(i16::from(value).saturating_add(2000)))
        }
        Token::Year(_)
        | Token::Small { .. }
        | Token::Month(_)
        | Token::Part(_)
        | Token::Separator(_) => None,
    }
}

/// The token of a word; none for words that mean nothing (`14th`, `of`).
fn word(text: &Text, run: &str, after_number: bool) -> Result<Option<Token>, TypedError> {
    if let Some(month) = month_names::number(run) {
        return Ok(Some(Token::Month(month)));
    }
    let ordinal = |value| Some(Token::Small { value, digits: 1 });
    Ok(match run.to_ascii_lowercase().as_str() {
        "q" | "qtr" | "quarter" => Some(Token::Part(Part::Quarter)),
        "h" | "half" => Some(Token::Part(Part::Half)),
        "first" => ordinal(1),
        "second" => ordinal(2),
        "third" => ordinal(3),
        "fourth" => ordinal(4),
        "of" => None,
        "st" | "nd" | "rd" | "th" if after_number => None,
        _ => return Err(text.not_understood()),
    })
}

/// Refuses fiscal and vague dates with what to write instead.
fn refuse_words(text: &Text) -> Result<(), TypedError> {
    let lower = text.clean.to_ascii_lowercase();
    let words = || {
        lower
            .split(|character: char| !character.is_alphabetic())
            .filter(|word| !word.is_empty())
    };
    if words().any(|word| matches!(word, "fy" | "fq" | "fiscal" | "fye")) {
        return Err(TypedError::FiscalYear {
            text: text.quoted.clone(),
        });
    }
    let vague = words().find_map(|word| {
        let parts = match word {
            "early" | "beginning" | "start" | "spring" => ["Q1", "H1"],
            "mid" | "middle" | "summer" => ["Q2", "Q3"],
            "late" | "end" | "fall" | "autumn" | "winter" | "ye" | "eoy" => ["Q4", "H2"],
            _ => return None,
        };
        Some((word, parts))
    });
    let Some((word, [first, second])) = vague else {
        return Ok(());
    };
    // "mid-Aug 2027" and "late Q3 2027" are clear enough once the word is gone.
    let is_month = |word| month_names::number(word).is_some();
    let has_part = words().any(|word| is_month(word) || matches!(word, "q" | "h"));
    let write = match only_year(&lower) {
        Some(year) if !has_part => format!("{first} {year}, {second} {year} or {year}"),
        Some(_) | None => format!("it without “{word}”"),
    };
    Err(TypedError::Vague {
        text: text.quoted.clone(),
        write,
    })
}

/// The year of a text whose only digits are a year's.
fn only_year(text: &str) -> Option<String> {
    let mut runs = text
        .split(|character: char| !character.is_ascii_digit())
        .filter(|run| !run.is_empty());
    let year = match runs.next()? {
        run if run.len() == 4 => run.to_owned(),
        run if run.len() == 2 => format!("20{run}"),
        _ => return None,
    };
    runs.next().is_none().then_some(year)
}
