//! English names of the months and their usual short forms.

const NAMES: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The month, 1 to 12, that a word names: in full, by three letters or as `Sept`.
pub(super) fn number(word: &str) -> Option<u8> {
    let named = |name: &&str| {
        let short = name.get(..3).unwrap_or(name);
        name.eq_ignore_ascii_case(word) || short.eq_ignore_ascii_case(word)
    };
    if word.eq_ignore_ascii_case("sept") {
        return Some(9);
    }
    let at = NAMES.iter().position(named)?;
    u8::try_from(at).ok()?.checked_add(1)
}

/// The name of a month, 1 to 12.
pub(super) fn name(month: u8) -> Option<&'static str> {
    NAMES.get(usize::from(month).checked_sub(1)?).copied()
}
