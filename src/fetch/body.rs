//! A body before it is parsed: what is plainly no data is refused here, with
//! its first words. Nothing of any one provider.

use serde_json::Value;

use super::quotes::BodyError;

/// How many characters of a text that is no data are shown.
const SHOWN: usize = 80;

/// Which error words mean; it takes what is shown of them.
type Meaning = fn(String) -> BodyError;

/// Words by which providers refuse, in small letters, and what they mean. The
/// first that occurs counts: "404 Not Found: Timestamp data missing." is about
/// the days, not about the symbol.
const REFUSALS: &[(&str, Meaning)] = &[
    ("too many requests", BodyError::Limited),
    ("rate limit", BodyError::Limited),
    ("run over your", BodyError::Limited),
    ("request allocation", BodyError::Limited),
    ("temporary lockout", BodyError::Limited),
    ("timestamp data missing", BodyError::NoData),
    ("data doesn't exist for startdate", BodyError::NoData),
    ("no results found", BodyError::NoData),
    ("end is too old", BodyError::NoData),
    ("unauthorized", BodyError::Denied),
    ("forbidden", BodyError::Denied),
    ("permission denied", BodyError::Denied),
    ("invalid crumb", BodyError::Denied),
    ("invalid token", BodyError::Denied),
    ("supply a token", BodyError::Denied),
    ("authentication", BodyError::Denied),
    ("not found", BodyError::UnknownSymbol),
    ("notfound", BodyError::UnknownSymbol),
    ("no data found", BodyError::UnknownSymbol),
    ("symbol not exists", BodyError::UnknownSymbol),
    ("unknown asset pair", BodyError::UnknownSymbol),
    ("invalid currency pair", BodyError::UnknownSymbol),
];

/// Names under which providers put the words of an error.
const WORDS: &[&str] = &["message", "detail", "reason", "error", "errors"];

/// What the words of a provider mean, if they are of the known ones.
pub fn refusal(words: &str) -> Option<BodyError> {
    meaning(words).map(|meaning| meaning(first_words(words)))
}

/// An error of a code and words, of which the words are shown: what they mean,
/// else an error of the provider's own.
pub fn coded_refusal(code: &str, words: &str) -> BodyError {
    let shown = if words.is_empty() { code } else { words };
    let meaning = meaning(&format!("{code}: {words}")).unwrap_or(BodyError::Provider);
    meaning(first_words(shown))
}

fn meaning(words: &str) -> Option<Meaning> {
    let small = words.to_lowercase();
    let (_, meaning) = REFUSALS.iter().find(|(known, _)| small.contains(known))?;
    Some(*meaning)
}

/// Why a readable body holds no prices: the error it tells, else that
/// `expected` is missing.
pub fn refused(value: &Value, expected: &str) -> BodyError {
    words_of(value).map_or_else(
        || BodyError::Shape(format!("without {expected}")),
        |words| refusal(words).unwrap_or_else(|| BodyError::Provider(first_words(words))),
    )
}

/// The first text that stands where words of an error do, a few levels deep.
fn words_of(value: &Value) -> Option<&str> {
    match value {
        Value::String(text) => Some(text)
            .filter(|text| !text.is_empty())
            .map(String::as_str),
        Value::Array(values) => values.iter().find_map(words_of),
        Value::Object(fields) => WORDS
            .iter()
            .find_map(|name| fields.get(*name).and_then(words_of)),
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

/// Reads a body as JSON; a web page, a text, an empty or a cut-off body is
/// refused as what it is, and words of refusal as what they mean.
pub fn json(body: &[u8]) -> Result<Value, BodyError> {
    let text = text(body)?;
    if !text.starts_with(['{', '[']) {
        return Err(refusal(text).unwrap_or_else(|| BodyError::Text(first_words(text))));
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
