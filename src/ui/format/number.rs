//! Amounts, ratios and counts as text. Dates are in the sibling.

use rust_decimal::{Decimal, RoundingStrategy};

use super::{MINUS, UNIT_GAP, UNKNOWN};

/// Short money with three significant digits: "9.8 bn", "310 m", "950 k", "0".
/// The unit is chosen after rounding, so 999,950,000 is "1 bn".
pub fn money_compact(amount: Decimal) -> String {
    const UNITS: [(u32, &str); 4] = [(12, "tn"), (9, "bn"), (6, "m"), (3, "k")];
    let rounded = significant(amount, 3);
    let unit = UNITS
        .into_iter()
        .find(|(zeros, _)| rounded.abs() >= power_of_ten(*zeros));
    match unit {
        // Beyond 999 tn three digits would hide whole trillions.
        Some((zeros @ 12, name)) if rounded.abs() >= power_of_ten(15) => {
            with_unit(&decimal_places(amount / power_of_ten(zeros), 0), name)
        }
        Some((zeros, name)) => with_unit(&decimal(rounded / power_of_ten(zeros)), name),
        None => decimal(rounded),
    }
}

/// Exact money with its currency: "9,800,000,000 USD", "1,992.50 USD".
pub fn money_full(amount: Decimal, currency: &str) -> String {
    let amount = amount.normalize();
    let places = if amount.scale() == 1 {
        2
    } else {
        amount.scale()
    };
    with_unit(&decimal_places(amount, places), currency)
}

/// The exact decimal with grouped thousands and no trailing zeros: "1,992.5".
pub fn decimal(value: Decimal) -> String {
    let value = value.normalize();
    decimal_places(value, value.scale())
}

/// The decimal rounded to `places`, which are all shown: "1.86", "200.00".
pub fn decimal_places(value: Decimal, places: u32) -> String {
    let rounded = round(value, places);
    let digits = format!("{:.*}", places as usize, rounded.abs());
    let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
    let sign = if rounded.is_zero() || rounded.is_sign_positive() {
        ""
    } else {
        MINUS
    };
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{}{point}{fraction}", grouped(whole))
}

/// A price: two decimals, none from 10,000 on, four significant digits below 1.
/// "23.64", "1,234.50", "121,705", "0.08215".
pub fn price(value: f64) -> String {
    let Some(value) = exact(value) else {
        return UNKNOWN.to_owned();
    };
    let size = value.abs();
    if round(size, 2) >= Decimal::from(10_000) {
        decimal_places(value, 0)
    } else if size.is_zero() || significant(size, 4) >= Decimal::ONE {
        decimal_places(value, 2)
    } else {
        let small = significant(value, 4);
        decimal_places(small, small.normalize().scale().max(2))
    }
}

/// A change as a signed percentage of the fraction: 0.83 is "+83 %".
pub fn percent(fraction: f64, places: u32) -> String {
    known_f64(fraction, |value| {
        with_unit(&signed(value * Decimal::ONE_HUNDRED, places), "%")
    })
}

/// A part of a whole as an unsigned percentage of the fraction: 0.62 is "62 %".
/// A part below 1 % keeps one decimal, so that little is not nothing.
pub fn share(fraction: f64) -> String {
    known_f64(fraction, |value| {
        let percent = value * Decimal::ONE_HUNDRED;
        let places = u32::from(round(percent.abs(), 1) < Decimal::ONE && !percent.is_zero());
        with_unit(&decimal_places(percent, places), "%")
    })
}

/// A difference of two fractions in signed percentage points: 0.94 is "+94".
pub fn points(fraction: f64) -> String {
    known_f64(fraction, |value| signed(value * Decimal::ONE_HUNDRED, 0))
}

/// The same with its unit, where no title tells it: "+94 pts".
pub fn points_with_unit(fraction: f64) -> String {
    format!("{}\u{202F}pts", points(fraction))
}

/// A multiple: "5.2 ×", "123 ×", "0.04 ×".
pub fn multiple(ratio: f64) -> String {
    known_f64(ratio, |value| {
        let size = value.abs();
        let places = if round(size, 1) >= Decimal::ONE_HUNDRED {
            0
        } else if size.is_zero() || round(size, 2) >= Decimal::new(1, 1) {
            1
        } else {
            2
        };
        with_unit(&decimal_places(value, places), "×")
    })
}

/// Power in megawatts, with a decimal where there is one: "1,110 MW", "58.8 MW".
pub fn megawatts(mw: Decimal) -> String {
    with_unit(&decimal(round(mw, 1)), "MW")
}

/// Power that was computed, in megawatts: a decimal says nothing from a hundred
/// on. "444 MW", "84.2 MW".
pub fn computed_megawatts(mw: Decimal) -> String {
    let whole = round(mw, 0);
    if whole.abs() >= Decimal::ONE_HUNDRED {
        megawatts(whole)
    } else {
        megawatts(mw)
    }
}

/// Power in the larger fitting unit: "352 MW", "5 GW", "1.11 GW".
pub fn power(mw: Decimal) -> String {
    let rounded = significant(mw, 3);
    if rounded.abs() >= Decimal::ONE_THOUSAND {
        with_unit(&decimal(rounded / Decimal::ONE_THOUSAND), "GW")
    } else {
        megawatts(mw)
    }
}

/// A rate in millions of dollars per megawatt and year, without its unit: "1.86".
pub fn rate_m_per_mw_year(rate: Decimal) -> String {
    decimal_places(rate, 2)
}

/// Dollars with the sign in front: "$155", "−$154.70".
pub fn dollars(amount: Decimal, places: u32) -> String {
    let digits = decimal_places(amount, places);
    match digits.strip_prefix(MINUS) {
        Some(size) => format!("{MINUS}${size}"),
        None => format!("${digits}"),
    }
}

/// The size of a file in decimal units: "512 B", "1.2 kB", "58.3 MB".
pub fn bytes(size: u64) -> String {
    const UNITS: [(u32, &str); 4] = [(12, "TB"), (9, "GB"), (6, "MB"), (3, "kB")];
    let size = Decimal::from(size);
    let rounded = significant(size, 3);
    UNITS
        .into_iter()
        .find(|(zeros, _)| rounded >= power_of_ten(*zeros))
        .map_or_else(
            || with_unit(&decimal(size), "B"),
            |(zeros, name)| with_unit(&decimal(round(size / power_of_ten(zeros), 1)), name),
        )
}

/// A count with its noun: "1 row", "1,234 rows".
pub fn count(number: usize, one: &str, many: &str) -> String {
    let noun = if number == 1 { one } else { many };
    format!("{} {noun}", decimal(Decimal::from(number)))
}

fn with_unit(number: &str, unit: &str) -> String {
    format!("{number}{UNIT_GAP}{unit}")
}

/// `decimal_places` with a plus before what is above zero after rounding.
fn signed(value: Decimal, places: u32) -> String {
    let text = decimal_places(value, places);
    let rises = round(value, places) > Decimal::ZERO;
    if rises { format!("+{text}") } else { text }
}

fn grouped(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn round(value: Decimal, places: u32) -> Decimal {
    value.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero)
}

fn significant(value: Decimal, digits: u32) -> Decimal {
    value
        .round_sf_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero)
        // Only a number at the very end of Decimal's range cannot be rounded.
        .unwrap_or(value)
}

/// 10^`zeros`, for the few powers that units need.
fn power_of_ten(zeros: u32) -> Decimal {
    Decimal::from(10_u64.saturating_pow(zeros))
}

fn known_f64(value: f64, text: impl FnOnce(Decimal) -> String) -> String {
    exact(value).map_or_else(|| UNKNOWN.to_owned(), text)
}

/// The decimal that a statistic prints as: 2.675 is 2.675, not 2.67499999….
/// `None` for what is not a number or too large for a screen.
fn exact(value: f64) -> Option<Decimal> {
    const LARGEST: f64 = 1e20;
    if value.abs() <= LARGEST {
        format!("{value}").parse().ok()
    } else {
        None
    }
}
