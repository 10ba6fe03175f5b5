//! Single values as cells: exact and plain where written, as people type them
//! where read. Reasons for a refusal are fragments for the person who typed.

use rust_decimal::Decimal;

use crate::model::draft::{MetricPick, TimeKind};
use crate::model::typed::{self, PowerKind, TypedError, TypedHedge};
use crate::model::{
    Currency, Hedge, Metric, Money, PartialDate, Period, Time, Unit,
    metric::{MwBasis, MwStage},
};

#[expect(clippy::needless_pass_by_value, reason = "passed to `map_err`")]
fn said(error: TypedError) -> String {
    error.to_string()
}

/// A number with a point and no separators: `9800000000`.
pub(super) fn plain(number: Decimal) -> String {
    number.normalize().to_string()
}

pub(super) fn decimal(text: &str) -> Result<Decimal, String> {
    typed::decimal(text).map_err(said)
}

/// A price a share, with or without its dollar sign.
pub(super) fn price(text: &str) -> Result<Decimal, String> {
    let text = text.trim();
    decimal(text.strip_prefix('$').unwrap_or(text))
}

/// `9800000000`, or with the currency before it where that is not the dollar.
pub(super) fn money_text(money: Money) -> String {
    let amount = plain(money.amount);
    if money.currency == Currency::USD {
        amount
    } else {
        format!("{} {amount}", money.currency)
    }
}

/// An amount, US dollars unless a currency is named, with its hedge.
pub(super) fn hedged_money(text: &str) -> Result<(Money, Option<Hedge>), String> {
    let amount = typed::amount(text).map_err(said)?;
    Ok((amount.money_or(Currency::USD), amount.hedge.map(hedge_of)))
}

/// An amount of which only the number counts: a hedge would be lost.
pub(super) fn money(text: &str) -> Result<Money, String> {
    let (money, hedge) = hedged_money(text)?;
    hedge.map_or(Ok(money), |hedge| Err(lost(hedge)))
}

fn lost(hedge: Hedge) -> String {
    format!(
        "this column keeps no “{}”: write the number and put the rest into the note",
        hedge.label()
    )
}

pub(super) const fn hedge_of(typed: TypedHedge) -> Hedge {
    match typed {
        TypedHedge::About => Hedge::About,
        TypedHedge::MoreThan => Hedge::MoreThan,
        TypedHedge::UpTo => Hedge::UpTo,
    }
}

/// The hedge of a value and that of its column, which must not contradict.
pub(super) fn one_hedge(typed: Option<Hedge>, column: Option<Hedge>) -> Result<Hedge, String> {
    match (typed, column) {
        (Some(typed), Some(column)) if typed != column => Err(format!(
            "the value says “{}”, this column “{}”: write one of them",
            typed.label(),
            column.label()
        )),
        (typed, column) => Ok(typed.or(column).unwrap_or(Hedge::Exact)),
    }
}

/// `61.8 %`, or with an exponent where a percentage has no room for the digits.
pub(super) fn percent_text(fraction: Decimal) -> String {
    let fraction = fraction.normalize();
    let percent = fraction.checked_mul(Decimal::ONE_HUNDRED);
    let exact = percent.filter(|p| p.checked_div(Decimal::ONE_HUNDRED) == Some(fraction));
    exact.map_or_else(
        || format!("{fraction}e2 %"),
        |percent| format!("{} %", percent.normalize()),
    )
}

pub(super) fn percent(text: &str) -> Result<Decimal, String> {
    typed::percent(text).map_err(said)
}

/// Megawatts of one basis; the other one is refused.
pub(super) fn megawatts(text: &str, basis: MwBasis) -> Result<Decimal, String> {
    if let Ok(number) = typed::decimal(text) {
        return Ok(number);
    }
    let power = typed::power(text).map_err(said)?;
    let other = match (basis, power.kind) {
        (MwBasis::Critical, Some(PowerKind::Gross))
        | (MwBasis::Gross, Some(PowerKind::Critical))
        | (MwBasis::Unstated, Some(_)) => true,
        (MwBasis::Critical | MwBasis::Gross | MwBasis::Unstated, _) => false,
    };
    if other {
        return Err(format!(
            "this column has megawatts, {}: write it where it belongs",
            basis.label()
        ));
    }
    Ok(power.megawatts)
}

pub(super) fn count(text: &str) -> Result<u64, String> {
    typed::count(text).map_err(said)
}

/// A term; a plain number is months.
pub(super) fn months(text: &str) -> Result<u32, String> {
    let plain = text.trim().parse();
    plain.or_else(|_not_plain| typed::months(text).map_err(said))
}

pub(super) fn date(text: &str) -> Result<PartialDate, String> {
    let canonical = text.trim().parse();
    canonical.or_else(|_not_canonical| typed::partial_date(text).map_err(said))
}

/// Whether a plain date says a point in time or all the days of it.
pub(super) const fn usual_time(metric: &Metric) -> TimeKind {
    match metric {
        Metric::Known(known) => MetricPick::Known(*known).usual_time(),
        Metric::Megawatts(stage, basis) => MetricPick::Megawatts(*stage, *basis).usual_time(),
        Metric::Custom(_, unit) => MetricPick::Custom(*unit).usual_time(),
    }
}

/// `2026-06-05`, `2026-01-01/2026-03-31`; `at 2026-03` where a plain date would
/// be read as a period.
pub(super) fn time_text(time: Time, usual: TimeKind) -> String {
    match (time, usual) {
        (Time::Instant(date), TimeKind::Period) => format!("at {date}"),
        (Time::Instant(date), TimeKind::Instant) => date.to_string(),
        (Time::Period(period), _) => period.to_string(),
    }
}

pub(super) fn time(text: &str, usual: TimeKind) -> Result<Time, String> {
    let text = text.trim();
    if let Ok(period) = text.parse::<Period>() {
        return Ok(Time::Period(period));
    }
    if let Some(at) = after_word(text, "at") {
        return date(at).map(Time::Instant);
    }
    if let Some(over) = after_word(text, "over") {
        return date(over).map(|date| Time::Period(date.as_period()));
    }
    if let Some((from, to)) = text.split_once(" to ") {
        let (from, to) = (date(from)?.first_day(), date(to)?.last_day());
        let period = Period::new(from, to).ok_or("the period ends before it starts")?;
        return Ok(Time::Period(period));
    }
    let date = date(text)?;
    Ok(match usual {
        TimeKind::Instant => Time::Instant(date),
        TimeKind::Period => Time::Period(date.as_period()),
    })
}

fn after_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let (head, rest) = text.split_at_checked(word.len())?;
    (head.eq_ignore_ascii_case(word) && rest.starts_with(' ')).then(|| rest.trim_start())
}

/// A figure's number in its unit.
pub(super) fn value_text(value: Decimal, unit: Unit) -> String {
    match unit {
        Unit::Fraction => percent_text(value),
        Unit::Money
        | Unit::Btc
        | Unit::Megawatts
        | Unit::Count
        | Unit::ExahashPerSecond
        | Unit::JoulesPerTerahash
        | Unit::UsdPerMwh
        | Unit::Months => plain(value),
    }
}

/// A figure's number as typed, with the currency and the hedge if it has any.
pub(super) fn value(
    text: &str,
    metric: &Metric,
) -> Result<(Decimal, Option<Currency>, Option<Hedge>), String> {
    let unit = metric.unit();
    if unit == Unit::Money {
        let amount = typed::amount(text).map_err(said)?;
        return Ok((amount.value, amount.currency, amount.hedge.map(hedge_of)));
    }
    let (hedge, rest) = typed::split_hedge(text.trim());
    let number = match unit {
        // Money is read above, with its currency.
        Unit::Money | Unit::Count => {
            let plain = typed::decimal(rest);
            plain.or_else(|_with_a_scale_word| typed::count(rest).map(Decimal::from))
        }
        .map_err(said)?,
        Unit::Fraction => percent(rest)?,
        Unit::Btc => typed::quantity(rest).map_err(said)?,
        Unit::Megawatts => megawatts(rest, basis(metric))?,
        Unit::ExahashPerSecond => decimal(without_unit(rest, &["eh/s", "eh"]))?,
        Unit::JoulesPerTerahash => decimal(without_unit(rest, &["j/th", "w/th"]))?,
        Unit::UsdPerMwh => decimal(without_unit(rest, &["$/mwh", "usd/mwh", "/mwh"]))?,
        Unit::Months => {
            let plain = typed::decimal(rest);
            plain
                .or_else(|_with_a_unit| typed::months(rest).map(Decimal::from))
                .map_err(said)?
        }
    };
    Ok((number, None, hedge.map(hedge_of)))
}

const fn basis(metric: &Metric) -> MwBasis {
    match metric {
        Metric::Megawatts(_, basis) => *basis,
        Metric::Known(_) | Metric::Custom(..) => MwBasis::Unstated,
    }
}

/// The text without a unit at its end, the first of those given that is there.
fn without_unit<'a>(text: &'a str, units: &[&str]) -> &'a str {
    let cut = |unit: &&str| {
        let (head, tail) = text.split_at_checked(text.len().checked_sub(unit.len())?)?;
        tail.eq_ignore_ascii_case(unit).then(|| head.trim_end())
    };
    let cut = units.iter().find_map(cut).unwrap_or(text);
    cut.strip_prefix('$').unwrap_or(cut)
}

/// A metric by its code or its name.
pub(super) fn metric(text: &str) -> Result<Metric, String> {
    let text = text.trim();
    if let Some(metric) = Metric::from_code(text) {
        return Ok(metric);
    }
    let named = |metric: &Metric| {
        let (name, code) = (metric.to_string(), metric.code());
        name.eq_ignore_ascii_case(text) || code.eq_ignore_ascii_case(text)
    };
    if let Some(metric) = Metric::all().find(named) {
        return Ok(metric);
    }
    let codes: Vec<_> = Metric::all().map(|metric| metric.code()).collect();
    let nearest = super::header::nearest(text, codes.iter().map(AsRef::as_ref));
    let meant = nearest.map_or_else(
        || {
            let (stage, basis) = (MwStage::Contracted.code(), MwBasis::Critical.code());
            format!("total_debt, mw_{stage}_{basis}, or custom/money/Name for one of your own")
        },
        |code| format!("it, such as {code}"),
    );
    Err(format!("“{text}” is no metric: write {meant}"))
}

/// A member of a closed set by its code or its label.
pub(super) fn one_of<T: Copy>(
    text: &str,
    all: &[T],
    code: fn(T) -> &'static str,
    label: fn(T) -> &'static str,
) -> Result<T, String> {
    let text = text.trim();
    let is = |member: &&T| {
        code(**member).eq_ignore_ascii_case(text) || label(**member).eq_ignore_ascii_case(text)
    };
    all.iter().find(is).copied().ok_or_else(|| {
        let codes: Vec<_> = all.iter().map(|member| code(*member)).collect();
        format!("“{text}” is none of {}", codes.join(", "))
    })
}
