//! How long a tenant's extension options run, read from the words in which a
//! deal keeps them: "three of 5 years". Words that say anything else are no
//! number here; they are never guessed at.

/// Numbers as sources write them.
const NUMBERS: [&str; 10] = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
];

/// Months of all options together: so many, "of" or "x", so many years or
/// months. None if the words say it in another way.
pub fn extension_months(words: &str) -> Option<u32> {
    let words = words.trim().to_lowercase().replace('×', "x");
    let words: Vec<&str> = words.split_whitespace().collect();
    let [count, "of" | "x", length, unit] = words.as_slice() else {
        return None;
    };
    let months = match *unit {
        "year" | "years" => 12,
        "month" | "months" => 1,
        _ => return None,
    };
    let (count, length) = (number(count)?, number(length)?);
    let all = count.checked_mul(length)?.checked_mul(months)?;
    (all > 0).then_some(all)
}

fn number(word: &str) -> Option<u32> {
    let spelled = NUMBERS.iter().position(|known| *known == word);
    match spelled {
        Some(index) => u32::try_from(index).ok()?.checked_add(1),
        None => word.parse().ok(),
    }
}
