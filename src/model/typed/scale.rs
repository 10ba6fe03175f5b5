//! Words for thousands, millions, billions and trillions, short scale only:
//! a German "Billion" or "Mrd" is not among them.

/// The power of ten that a word stands for, in any case.
pub(super) fn power_of_ten(word: &str) -> Option<i32> {
    const WORDS: [(&str, i32); 24] = [
        ("k", 3),
        ("thousand", 3),
        ("thousands", 3),
        ("m", 6),
        ("mm", 6),
        ("mn", 6),
        ("mln", 6),
        ("mil", 6),
        ("mio", 6),
        ("million", 6),
        ("millions", 6),
        ("b", 9),
        ("bn", 9),
        ("bln", 9),
        ("bil", 9),
        ("billion", 9),
        ("billions", 9),
        ("t", 12),
        ("tn", 12),
        ("trn", 12),
        ("tln", 12),
        ("tril", 12),
        ("trillion", 12),
        ("trillions", 12),
    ];
    WORDS
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(word))
        .map(|&(_, power)| power)
}
