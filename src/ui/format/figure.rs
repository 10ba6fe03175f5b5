//! Records as text: values with their unit and hedge, partial dates, times.

use rust_decimal::{Decimal, RoundingStrategy};

use super::{MINUS, UNIT_GAP, UNKNOWN, day_long, day_short, decimal, money_compact, month_year};
use crate::model::date::DateKind;
use crate::model::{Currency, Figure, Hedge, Money, PartialDate, Period, Time, Unit};

/// A text with the sign of its hedge: "≈ 3.7 bn", "> 70 bn", "≤ 70 %".
pub fn hedged(hedge: Hedge, text: &str) -> String {
    match hedge {
        Hedge::Exact => text.to_owned(),
        Hedge::About => format!("≈ {text}"),
        Hedge::MoreThan => format!("> {text}"),
        Hedge::UpTo => format!("≤ {text}"),
        Hedge::Planned => format!("{text} planned"),
    }
}

/// Money in short: "9.8 bn", with the currency unless it is USD.
pub fn money(money: Money) -> String {
    let text = money_compact(money.amount);
    if money.currency == Currency::USD {
        text
    } else {
        format!("{text} {}", money.currency)
    }
}

/// A value in the short form of its unit: "5.7 bn", "62 %", "16,331 BTC".
pub fn value(unit: Unit, amount: Decimal, currency: Option<Currency>) -> String {
    match unit {
        Unit::Money => money(Money {
            amount,
            currency: currency.unwrap_or(Currency::USD),
        }),
        Unit::Fraction => fraction(amount),
        Unit::Count => decimal(amount.normalize()),
        Unit::Btc
        | Unit::Megawatts
        | Unit::ExahashPerSecond
        | Unit::JoulesPerTerahash
        | Unit::UsdPerMwh
        | Unit::Months => format!("{}{UNIT_GAP}{}", decimal(amount.normalize()), unit.label()),
    }
}

/// A fraction as a share with the decimals it has, two at most: "61.8 %".
pub fn fraction(value: Decimal) -> String {
    // Only a book that something else wrote can hold a fraction beyond the range.
    let Some(percent) = value.checked_mul(Decimal::ONE_HUNDRED) else {
        return UNKNOWN.to_owned();
    };
    let percent = percent
        .round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
        .normalize();
    let sign = if percent.is_sign_negative() && !percent.is_zero() {
        MINUS
    } else {
        ""
    };
    format!("{sign}{}{UNIT_GAP}%", decimal(percent.abs()))
}

/// A figure's value with unit and hedge.
pub fn figure(figure: &Figure) -> String {
    hedged(
        figure.hedge,
        &value(figure.metric.unit(), figure.value, figure.currency),
    )
}

/// "2027", "H1 2027", "Q3 2027", "Aug 2027", "14 Aug 2027".
pub fn partial_date(date: PartialDate) -> String {
    match date.kind() {
        DateKind::Year(year) => year.to_string(),
        DateKind::Half(year, half) => format!("H{half} {year}"),
        DateKind::Quarter(year, quarter) => format!("Q{quarter} {year}"),
        DateKind::Month(..) => month_year(date.first_day()),
        DateKind::Day(day) => day_long(day),
    }
}

/// An instant or a period: "31 Mar 2026", "Q1 2026", "1 Jul – 30 Sep 2025".
pub fn time(time: Time) -> String {
    match time {
        Time::Instant(date) => partial_date(date),
        Time::Period(whole) => period(whole),
    }
}

fn period(period: Period) -> String {
    let (from, to) = (period.from(), period.to());
    let year = from.year();
    let parts = [PartialDate::year(year)]
        .into_iter()
        .chain((1..=2).map(|half| PartialDate::half(year, half)))
        .chain((1..=4).map(|quarter| PartialDate::quarter(year, quarter)))
        .chain([PartialDate::month(year, from.month().unsigned_abs())]);
    let whole = parts
        .flatten()
        .find(|part| part.first_day() == from && part.last_day() == to);
    match whole {
        Some(part) => partial_date(part),
        None if from.year() == to.year() => format!("{} – {}", day_short(from), day_long(to)),
        None => format!("{} – {}", day_long(from), day_long(to)),
    }
}

/// A level of a rebased line: "183.4".
pub fn level(level: f64) -> String {
    if level >= 1000.0 {
        decimal(Decimal::from(level.round() as i64))
    } else {
        format!("{level:.1}")
    }
}
