//! The names that formulas use: codes of measures, the same without the unit,
//! and a few short ones; and the name that is nearest to a mistyped one.

use super::expr::Function;
use crate::analytics::measure::Measure;

/// Short names beside the codes.
const SHORT: [(&str, Measure); 6] = [
    ("ytd", Measure::ReturnYtd),
    ("price", Measure::Close),
    ("excess_ytd", Measure::ExcessYtd),
    ("mw", Measure::ContractedMw),
    ("shares", Measure::DilutedShares),
    ("btc", Measure::BtcHeld),
];

/// The name by which a formula is printed: the code without its unit.
pub fn alias(measure: Measure) -> &'static str {
    let code = measure.code();
    code.strip_suffix("_usd").unwrap_or(code)
}

/// The functions with what they do.
pub fn functions() -> impl Iterator<Item = (&'static str, &'static str)> {
    let functions = Function::ALL.iter();
    functions.map(|function| (function.code(), function.label()))
}

/// The measure of that name in small letters.
pub(super) fn measure(name: &str) -> Option<Measure> {
    let known = Measure::ALL.iter().copied();
    let short = SHORT.into_iter();
    Measure::from_code(name)
        .or_else(|| known.clone().find(|measure| alias(*measure) == name))
        .or_else(|| {
            short
                .clone()
                .find(|(short, _)| *short == name)
                .map(|(_, measure)| measure)
        })
}

/// The known name that is nearest to a mistyped one, if any is near: one letter
/// in three may be wrong, or the rest be missing.
pub(super) fn near(name: &str) -> Option<&'static str> {
    let letters = name.chars().count();
    let measures = Measure::ALL.iter().map(|measure| alias(*measure));
    let short = SHORT.iter().map(|(short, _)| *short);
    let functions = functions().map(|(name, _)| name);
    let known = measures.chain(short).chain(functions);
    let near = known.filter_map(|known| {
        let begun = letters >= 3 && known.starts_with(name);
        let away = distance(name, known);
        (begun || away <= (letters / 3).clamp(1, 3)).then_some((away, known))
    });
    near.min_by_key(|(away, _)| *away).map(|(_, known)| known)
}

/// Letters to be put in, left out or changed to make one word of another
/// (Levenshtein), or far too many if one of them is no word that is typed.
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (above, letter) in from.chars().take(64).enumerate() {
        let mut next = vec![above + 1];
        for ((wanted, diagonal), over) in to.iter().zip(&row).zip(row.iter().skip(1)) {
            let before = next.last().copied().unwrap_or_default();
            let same = diagonal + usize::from(*wanted != letter);
            next.push(same.min(over + 1).min(before + 1));
        }
        row = next;
    }
    row.last().copied().unwrap_or(usize::MAX)
}
