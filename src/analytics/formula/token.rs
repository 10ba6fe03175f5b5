//! Cuts the text of a formula into words, numbers and signs, each with its
//! place. It knows no name and no order.

use std::ops::Range;

use super::error::{Fault, FormulaError};
use super::expr::Operator;

/// A piece of a formula.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    /// A number.
    Number(f64),
    /// A name, in small letters.
    Name(String),
    /// A sign between two values, or a minus before one.
    Operator(Operator),
    /// (
    Open,
    /// )
    Close,
    /// ,
    Comma,
}

/// A piece and the bytes it stands on.
pub(super) type Placed = (Token, Range<usize>);

/// All pieces from left to right.
pub(super) fn tokens(text: &str) -> Result<Vec<Placed>, FormulaError> {
    let mut found = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        let Some(first) = rest.chars().next() else {
            return Ok(found);
        };
        let start = text.len() - rest.len();
        let length = length_of(rest, first);
        let (word, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
        let at = start..start + word.len();
        let token = token(word, first).map_err(|fault| FormulaError {
            at: at.clone(),
            fault,
        })?;
        found.push((token, at));
        rest = after;
    }
}

/// Bytes of the piece that begins here.
fn length_of(rest: &str, first: char) -> usize {
    if !is_of_word(first) {
        return first.len_utf8();
    }
    let number = first.is_ascii_digit() || first == '.';
    let mut before = first;
    let mut length = 0;
    for letter in rest.chars() {
        // The sign of an exponent belongs to its number: 2e-3.
        let signs = number && matches!(letter, '+' | '-') && matches!(before, 'e' | 'E');
        if !is_of_word(letter) && !signs {
            break;
        }
        length += letter.len_utf8();
        before = letter;
    }
    length
}

fn is_of_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_' || letter == '.'
}

fn token(word: &str, first: char) -> Result<Token, Fault> {
    Ok(match first {
        '+' => Token::Operator(Operator::Add),
        '-' | '−' | '–' => Token::Operator(Operator::Subtract),
        '*' | '×' | '·' => Token::Operator(Operator::Multiply),
        '/' | '÷' => Token::Operator(Operator::Divide),
        '(' => Token::Open,
        ')' => Token::Close,
        ',' | ';' => Token::Comma,
        '0'..='9' | '.' => {
            let number: Option<f64> = word.parse().ok();
            let number = number.filter(|number| number.is_finite());
            Token::Number(number.ok_or_else(|| Fault::Number(word.to_owned()))?)
        }
        letter if letter.is_alphabetic() || letter == '_' => Token::Name(word.to_lowercase()),
        sign => return Err(Fault::Sign(sign)),
    })
}
