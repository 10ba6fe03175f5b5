//! A typed text made ready to be read: blanks, dashes and apostrophes in one
//! form, invisible characters removed, length bounded. Reads no values itself.

use super::TypedError;

/// No value needs more characters; longer texts are refused unread.
const MAX_CHARACTERS: usize = 100;
/// As much of a text is quoted in an error.
const MAX_QUOTED: usize = 40;

/// A typed text on its way to a value.
#[derive(Debug)]
pub(super) struct Text {
    /// Trimmed, single spaces, ASCII minus and apostrophe; never empty.
    pub clean: String,
    /// What was typed, shortened, for errors.
    pub quoted: String,
    /// Examples of what the field understands, for errors.
    pub expected: &'static str,
}

impl Text {
    /// Makes a text ready; refuses nothing and far too much.
    pub fn read(typed: &str, expected: &'static str) -> Result<Self, TypedError> {
        let typed = typed.trim();
        let characters = typed.chars().count();
        if characters > MAX_CHARACTERS {
            return Err(TypedError::TooLong {
                characters,
                expected,
            });
        }
        let clean = clean(typed);
        if clean.is_empty() {
            return Err(TypedError::Empty { expected });
        }
        Ok(Self {
            clean,
            quoted: quoted(typed),
            expected,
        })
    }

    /// The error for a text of no known form.
    pub fn not_understood(&self) -> TypedError {
        TypedError::NotUnderstood {
            text: self.quoted.clone(),
            expected: self.expected,
        }
    }

    /// The error for a word after the number that is not known; without such a
    /// word the whole text is not understood.
    pub fn unknown_unit(&self, unit: &str) -> TypedError {
        let unit = unit.trim();
        if unit.is_empty() {
            return self.not_understood();
        }
        TypedError::UnknownUnit {
            text: self.quoted.clone(),
            unit: quoted(unit),
            expected: self.expected,
        }
    }

    /// The error for a value outside of what the field can mean.
    pub fn out_of_range(&self, limits: &'static str) -> TypedError {
        TypedError::OutOfRange {
            text: self.quoted.clone(),
            limits,
        }
    }
}

/// One form for each kind of blank, dash and apostrophe.
fn clean(typed: &str) -> String {
    let mut clean = String::with_capacity(typed.len());
    for character in typed.chars() {
        match character {
            // What copying from a web page or a PDF leaves behind.
            '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => {}
            '\u{2212}' | '\u{2010}'..='\u{2014}' | '\u{fe63}' | '\u{ff0d}' => clean.push('-'),
            '\u{2018}' | '\u{2019}' | '\u{2bc}' => clean.push('\''),
            blank if blank.is_whitespace() => {
                if !clean.is_empty() && !clean.ends_with(' ') {
                    clean.push(' ');
                }
            }
            other => clean.push(other),
        }
    }
    clean.truncate(clean.trim_end().len());
    clean
}

/// A text short enough for an error, on one line.
fn quoted(text: &str) -> String {
    let mut quoted: String = text
        .chars()
        .take(MAX_QUOTED)
        .map(|character| {
            if character.is_control() {
                ' '
            } else {
                character
            }
        })
        .collect();
    if text.chars().nth(MAX_QUOTED).is_some() {
        quoted.push('…');
    }
    quoted
}

/// Strips a word that no letter or digit follows, in any case.
pub(super) fn strip_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let (head, rest) = text.split_at_checked(word.len())?;
    let ends = !rest.starts_with(char::is_alphanumeric);
    (ends && head.eq_ignore_ascii_case(word)).then_some(rest)
}

/// Splits the letters at the start from what follows them.
pub(super) fn split_letters(text: &str) -> (&str, &str) {
    let end = text
        .find(|character: char| !character.is_alphabetic())
        .unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}
