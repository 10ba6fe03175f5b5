//! Values as texts for a field: short, the way people type them, and read back
//! as exactly the same value. Not for anything that is only shown.

use rust_decimal::Decimal;

use crate::model::{Currency, Hedge, Money, PartialDate, Time, Unit, date::DateKind};

/// A sign before the number; a plan is marked apart.
const fn sign(hedge: Hedge) -> &'static str {
    match hedge {
        Hedge::Exact | Hedge::Planned => "",
        Hedge::About => "~",
        Hedge::MoreThan => ">",
        Hedge::UpTo => "<",
    }
}

/// `9.8b`, `EUR 1.25m`, `~450,000`.
pub(super) fn money(money: Money, hedge: Hedge) -> String {
    let amount = scaled(money.amount);
    let sign = sign(hedge);
    if money.currency == Currency::USD {
        format!("{sign}{amount}")
    } else {
        format!("{sign}{} {amount}", money.currency)
    }
}

/// The same where there may be none.
pub(super) fn money_or_blank(amount: Option<Money>) -> String {
    amount.map_or_else(String::new, |amount| money(amount, Hedge::Exact))
}

/// With a scale word where that is exact and short.
fn scaled(amount: Decimal) -> String {
    const SCALES: [(i64, &str); 2] = [(1_000_000_000, "b"), (1_000_000, "m")];
    SCALES
        .iter()
        .find_map(|&(scale, word)| {
            let scale = Decimal::from(scale);
            let short = amount.checked_div(scale)?.normalize();
            let exact = short.scale() <= 3 && short.checked_mul(scale) == Some(amount);
            (exact && amount.abs() >= scale).then(|| format!("{short}{word}"))
        })
        .unwrap_or_else(|| number(amount))
}

/// With commas between thousands.
pub(super) fn number(value: Decimal) -> String {
    let plain = value.normalize().to_string();
    let (sign, plain) = plain.strip_prefix('-').map_or(("", &*plain), |p| ("-", p));
    let (whole, fraction) = plain
        .split_once('.')
        .map_or((plain, None), |(whole, fraction)| (whole, Some(fraction)));
    let mut text = String::from(sign);
    for (at, digit) in whole.char_indices() {
        if at > 0 && whole.len().saturating_sub(at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if let Some(fraction) = fraction {
        text.push('.');
        text.push_str(fraction);
    }
    text
}

/// `12.5 %`.
pub(super) fn percent(fraction: Decimal) -> String {
    let fraction = fraction.normalize();
    fraction.checked_mul(Decimal::ONE_HUNDRED).map_or_else(
        || format!("{fraction}e2 %"),
        |percent| format!("{} %", percent.normalize()),
    )
}

/// `15y` or `18 months`.
pub(super) fn months(months: u32) -> String {
    if months > 0 && months.is_multiple_of(12) {
        format!("{}y", months / 12)
    } else {
        format!("{months} months")
    }
}

/// `352 MW`.
pub(super) fn megawatts(megawatts: Decimal) -> String {
    format!("{} MW", number(megawatts))
}

/// `Q3 2027`, `2027-08-14`.
pub(super) fn date(date: PartialDate) -> String {
    match date.kind() {
        DateKind::Half(year, half) => format!("H{half} {year:04}"),
        DateKind::Quarter(year, quarter) => format!("Q{quarter} {year:04}"),
        DateKind::Year(_) | DateKind::Month(..) | DateKind::Day(_) => date.to_string(),
    }
}

/// A date, or the first and last day of a period that is no date.
pub(super) fn time(time: Time) -> String {
    match time {
        Time::Instant(at) => date(at),
        Time::Period(period) => {
            let year = period.from().year();
            let parts = |n: u8, make: fn(i16, u8) -> Option<PartialDate>| {
                (1..=n).filter_map(move |part| make(year, part))
            };
            PartialDate::year(year)
                .into_iter()
                .chain(parts(2, PartialDate::half))
                .chain(parts(4, PartialDate::quarter))
                .chain(parts(12, PartialDate::month))
                .chain(PartialDate::day(period.from()))
                .find(|candidate| candidate.as_period() == period)
                .map_or_else(|| format!("{} to {}", period.from(), period.to()), date)
        }
    }
}

/// A figure's number with its hedge, in its unit.
pub(super) fn value(
    value: Decimal,
    unit: Unit,
    currency: Option<Currency>,
    hedge: Hedge,
) -> String {
    let plain = match unit {
        Unit::Money => {
            return money(Money::new(value, currency.unwrap_or(Currency::USD)), hedge);
        }
        Unit::Fraction => percent(value),
        Unit::Megawatts => megawatts(value),
        Unit::Months => format!("{} months", value.normalize()),
        Unit::Btc
        | Unit::Count
        | Unit::ExahashPerSecond
        | Unit::JoulesPerTerahash
        | Unit::UsdPerMwh => number(value),
    };
    format!("{}{plain}", sign(hedge))
}

/// A value as text, or nothing.
pub(super) fn or_blank<T>(value: Option<T>, text: impl FnOnce(T) -> String) -> String {
    value.map_or_else(String::new, text)
}
