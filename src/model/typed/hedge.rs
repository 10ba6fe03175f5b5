//! Words and signs that hedge a number: "about", "more than", "up to". They
//! are kept beside the value, never folded into it.

/// How a typed number was hedged.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum TypedHedge {
    /// Near the value: `~`, `about`, `roughly`.
    About,
    /// The value or more: `>`, `over`, `more than`, `at least`, a trailing `+`.
    MoreThan,
    /// The value or less: `<`, `up to`, `under`, `at most`.
    UpTo,
}

/// The hedge at the start (or a `+` at the end) of a trimmed text, and the rest.
pub fn split(text: &str) -> (Option<TypedHedge>, &str) {
    use TypedHedge::{About, MoreThan, UpTo};
    // Longer signs stand before those that they start with.
    const SIGNS: [(&str, TypedHedge); 12] = [
        ("~", About),
        ("≈", About),
        ("±", About),
        (">=", MoreThan),
        (">", MoreThan),
        ("≥", MoreThan),
        ("<=", UpTo),
        ("<", UpTo),
        ("≤", UpTo),
        ("approx.", About),
        ("ca.", About),
        ("c.", About),
    ];
    const WORDS: [(&str, TypedHedge); 16] = [
        ("about", About),
        ("around", About),
        ("roughly", About),
        ("approximately", About),
        ("approx", About),
        ("circa", About),
        ("some", About),
        ("more than", MoreThan),
        ("at least", MoreThan),
        ("over", MoreThan),
        ("above", MoreThan),
        ("up to", UpTo),
        ("at most", UpTo),
        ("under", UpTo),
        ("below", UpTo),
        ("less than", UpTo),
    ];
    let sign = SIGNS.iter().find_map(|&(sign, hedge)| {
        let (head, rest) = text.split_at_checked(sign.len())?;
        head.eq_ignore_ascii_case(sign).then_some((hedge, rest))
    });
    let word = || {
        WORDS.iter().find_map(|&(word, hedge)| {
            let (head, rest) = text.split_at_checked(word.len())?;
            let ends = !rest.starts_with(char::is_alphabetic);
            (ends && head.eq_ignore_ascii_case(word)).then_some((hedge, rest))
        })
    };
    if let Some((hedge, rest)) = sign.or_else(word) {
        return (Some(hedge), rest.trim_start());
    }
    match text.strip_suffix('+') {
        Some(rest) => (Some(MoreThan), rest.trim_end()),
        None => (None, text),
    }
}
