//! A body before it is parsed: what is plainly no data is refused here, with
//! its first words. Nothing of any one provider.

use serde_json::Value;

use super::quotes::BodyError;

/// How many characters of a text that is no data are shown.
const SHOWN: usize = 80;

/// Reads a body as JSON; a web page, a text, an empty or a cut-off body is
/// refused as what it is.
pub fn json(body: &[u8]) -> Result<Value, BodyError> {
    let text = text(body)?;
    if !text.starts_with(['{', '[']) {
        return Err(BodyError::Text(first_words(text)));
    }
    serde_json::from_str(text).map_err(|error| {
        let what = if error.is_eof() {
            "it ends in the middle".to_owned()
        } else {
            format!("no JSON from line {} on", error.line())
        };
        BodyError::Broken(what)
    })
}

/// A body as text without the white space around it; a web page and an empty
/// body are refused.
pub fn text(body: &[u8]) -> Result<&str, BodyError> {
    let text = str::from_utf8(body).map_err(|error| {
        BodyError::Broken(format!("no UTF-8 from byte {} on", error.valid_up_to()))
    })?;
    let text = text.trim_start_matches('\u{feff}').trim();
    match text.chars().next() {
        None => Err(BodyError::Empty),
        Some('<') => Err(BodyError::Html),
        Some(_) => Ok(text),
    }
}

/// The first words of a text, on one line, to show what came.
pub fn first_words(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default().trim();
    let mut words: String = line
        .chars()
        .filter(|c| !c.is_control())
        .take(SHOWN)
        .collect();
    if line.chars().count() > SHOWN {
        words.push('…');
    }
    words
}
