//! Words that many reasons and remarks share: how many of something, names in a
//! row, and when two names are one.

/// So many of something: "1 deal", "2 deals". The noun is one whose plural ends
/// with an s.
pub(super) fn counted(number: usize, noun: &str) -> String {
    match number {
        1 => format!("1 {noun}"),
        n => format!("{n} {noun}s"),
    }
}

/// Names in a row, with how often each stands there.
pub(super) fn names(all: &[&str]) -> String {
    let mut seen: Vec<(&str, usize)> = Vec::new();
    for name in all {
        match seen.iter_mut().find(|(known, _)| known == name) {
            Some((_, times)) => *times += 1,
            None => seen.push((name, 1)),
        }
    }
    let named = seen.into_iter().map(|(name, times)| match times {
        1 => name.to_owned(),
        n => format!("{name} ({n} deals)"),
    });
    named.collect::<Vec<_>>().join(", ")
}

/// By what names of sites and companies are compared: capitals and outer spaces
/// make no other name.
pub(super) fn name_key(name: &str) -> String {
    name.trim().to_lowercase()
}
