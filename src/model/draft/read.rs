//! The meanings of single fields: the readers of typed text with what each
//! kind of field adds, such as "more than 0". Blank text is always `Empty`.

use rust_decimal::Decimal;

use super::{Live, Parsed, TimeKind};
use crate::model::{
    Currency, Hedge, PartialDate, Period, Time, Unit,
    metric::MwBasis,
    typed::{self, PowerKind, TypedError, TypedHedge},
};

/// ISO 4217: the currencies in use.
const CURRENCIES: &str = "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL \
    BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR \
    FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY \
    KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU \
    MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD \
    RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY \
    TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG";

/// What a number may be, with what to say if it is not.
#[derive(Clone, Copy)]
pub(super) enum Range {
    Any,
    ZeroOrMore,
    Positive,
    /// More than 0 and at most 1.
    Share,
    /// At most 1; losses are below 0.
    Margin,
    /// From 0 to a quarter.
    Escalator,
}

impl Range {
    fn refusal(self, value: Decimal) -> Option<&'static str> {
        let quarter = Decimal::new(25, 2);
        let (fits, refusal) = match self {
            Self::Any => (true, ""),
            Self::ZeroOrMore => (value >= Decimal::ZERO, "Write 0 or more"),
            Self::Positive => (
                value > Decimal::ZERO,
                "Write more than 0, or leave it blank if it is not known",
            ),
            Self::Share => (
                value > Decimal::ZERO && value <= Decimal::ONE,
                "Write a share of more than 0 % and at most 100 %",
            ),
            Self::Margin => (value <= Decimal::ONE, "Write a margin of at most 100 %"),
            Self::Escalator => (
                value >= Decimal::ZERO && value <= quarter,
                "Write a yearly rise from 0 % to 25 %",
            ),
        };
        (!fits).then_some(refusal)
    }
}

fn blank(text: &str) -> bool {
    text.trim().is_empty()
}

/// Reads a text that is not blank.
fn read(text: &str, reader: impl FnOnce(&str) -> Result<Parsed, String>) -> Live {
    if blank(text) {
        return Live::Empty;
    }
    reader(text).map_or_else(Live::Err, Live::Ok)
}

fn said(error: &TypedError) -> String {
    error.to_string()
}

fn within(value: Decimal, range: Range) -> Result<Decimal, String> {
    range
        .refusal(value)
        .map_or(Ok(value), |refusal| Err(refusal.to_owned()))
}

pub(super) const fn hedge(typed: Option<TypedHedge>) -> Hedge {
    match typed {
        None => Hedge::Exact,
        Some(TypedHedge::About) => Hedge::About,
        Some(TypedHedge::MoreThan) => Hedge::MoreThan,
        Some(TypedHedge::UpTo) => Hedge::UpTo,
    }
}

/// True for the code of a currency in use.
pub(super) fn known_currency(currency: Currency) -> bool {
    CURRENCIES
        .split(' ')
        .any(|known| known == currency.as_str())
}

/// An amount, in US dollars unless another currency is typed.
pub(super) fn money(text: &str, range: Range) -> Live {
    money_in(text, Currency::USD, range)
}

/// An amount, in the given currency unless another one is typed.
pub(super) fn money_in(text: &str, currency: Currency, range: Range) -> Live {
    read(text, |text| {
        let amount = typed::amount(text).map_err(|error| said(&error))?;
        let money = amount.money_or(currency);
        if !known_currency(money.currency) {
            return Err(format!(
                "“{}” is no currency in use: write its code, such as USD",
                money.currency
            ));
        }
        within(money.amount, range)?;
        Ok(Parsed::Money(money, hedge(amount.hedge)))
    })
}

/// An amount of which only the figure counts: "about" would be lost.
pub(super) fn exact_money(text: &str, range: Range) -> Live {
    firm(money(text, range))
}

/// Refuses a hedge, for fields that could not keep one.
fn firm(live: Live) -> Live {
    if let Live::Ok(Parsed::Money(_, hedge)) = live
        && hedge != Hedge::Exact
    {
        return Live::Err(format!(
            "This field keeps no “{}”: write the number and put the rest into the note",
            hedge.label()
        ));
    }
    live
}

/// A price a share, in the currency of the debt.
pub(super) fn price(text: &str, currency: Currency) -> Live {
    let live = firm(money_in(text, currency, Range::Positive));
    if let Live::Ok(Parsed::Money(money, _)) = live
        && money.currency != currency
    {
        return Live::Err(format!(
            "The principal is in {currency}: write the price in {currency}, too"
        ));
    }
    live
}

/// Power for a field that asks for one kind; the other kind is refused with
/// the way to its field.
pub(super) fn power(text: &str, wanted: PowerKind) -> Live {
    read(text, |text| {
        let power = typed::power(text).map_err(|error| said(&error))?;
        match (wanted, power.kind) {
            (PowerKind::Critical, Some(PowerKind::Gross)) => {
                return Err("This is gross power: write it into the field “Gross load”".to_owned());
            }
            (PowerKind::Gross, Some(PowerKind::Critical)) => {
                return Err(
                    "This is critical IT load: write it into the field “Critical IT load”"
                        .to_owned(),
                );
            }
            (PowerKind::Critical | PowerKind::Gross, _) => {}
        }
        within(power.megawatts, Range::Positive).map(Parsed::Megawatts)
    })
}

/// A contract's term.
pub(super) fn months(text: &str) -> Live {
    read(text, |text| {
        typed::months(text)
            .map(Parsed::Months)
            .map_err(|error| said(&error))
    })
}

/// A percentage.
pub(super) fn fraction(text: &str, range: Range) -> Live {
    read(text, |text| {
        let fraction = typed::percent(text).map_err(|error| said(&error))?;
        within(fraction, range).map(Parsed::Fraction)
    })
}

/// A number of things, at least one.
pub(super) fn count(text: &str) -> Live {
    read(text, |text| {
        let count = typed::count(text).map_err(|error| said(&error))?;
        within(count.into(), Range::Positive)?;
        Ok(Parsed::Count(count))
    })
}

/// A date as precise as typed.
pub(super) fn date(text: &str) -> Live {
    read(text, |text| {
        typed::partial_date(text)
            .map(Parsed::Date)
            .map_err(|error| said(&error))
    })
}

/// A single day.
pub(super) fn day(text: &str) -> Live {
    read(text, |text| {
        typed::day(text)
            .map(Parsed::Day)
            .map_err(|error| said(&error))
    })
}

/// An instant, or a period: a date such as Q1 2026 taken whole, or two dates
/// joined by "to".
pub(super) fn time(text: &str, kind: TimeKind) -> Live {
    read(text, |text| {
        let date = typed::partial_date(text).map_err(|error| said(&error));
        let time = match (kind, date) {
            (TimeKind::Instant, Ok(date)) => Time::Instant(date),
            (TimeKind::Period, Ok(date)) => Time::Period(date.as_period()),
            (TimeKind::Period, Err(refusal)) => {
                let halves = two_dates(text).ok_or(refusal)?;
                let (from, to) = (halves.0.first_day(), halves.1.last_day());
                let period = Period::new(from, to)
                    .ok_or("The period ends before it starts: write the first day first")?;
                Time::Period(period)
            }
            (TimeKind::Instant, Err(refusal)) => {
                return Err(if two_dates(text).is_some() {
                    "This is a period: pick “Over”, or write one date".to_owned()
                } else {
                    refusal
                });
            }
        };
        Ok(Parsed::Time(time))
    })
}

fn two_dates(text: &str) -> Option<(PartialDate, PartialDate)> {
    [" to ", "–", "—", "/", ".."].iter().find_map(|between| {
        let (from, to) = text.split_once(between)?;
        let date = |text: &str| typed::partial_date(text).ok();
        Some((date(from)?, date(to)?))
    })
}

/// A quantity of bitcoin with an optional hedge.
pub(super) fn btc(text: &str, range: Range) -> Live {
    value(text, Unit::Btc, MwBasis::Unstated, range)
}

/// A figure's number in its unit, with an optional hedge.
pub(super) fn value(text: &str, unit: Unit, basis: MwBasis, range: Range) -> Live {
    if unit == Unit::Money {
        return money(text, range);
    }
    read(text, |text| {
        let (hedged, rest) = typed::split_hedge(text.trim());
        let number = match unit {
            // Money is read above, with its currency.
            Unit::Money | Unit::Count => counted(rest),
            Unit::Fraction => typed::percent(rest),
            Unit::Btc => typed::quantity(rest),
            Unit::Megawatts => return megawatts_on(rest, basis, hedge(hedged)),
            Unit::ExahashPerSecond => typed::decimal(without_unit(rest, &["eh/s", "eh"])),
            Unit::JoulesPerTerahash => typed::decimal(without_unit(rest, &["j/th", "w/th"])),
            Unit::UsdPerMwh => {
                let rest = without_unit(rest, &["/mwh", "$/mwh", "usd/mwh"]);
                typed::decimal(rest.strip_prefix('$').unwrap_or(rest))
            }
            Unit::Months => typed::months(rest).map(Decimal::from),
        };
        let number = within(number.map_err(|error| said(&error))?, range)?;
        Ok(Parsed::Number(number, unit, hedge(hedged)))
    })
}

/// A count as people type it, or any plain number: a user's own metric may be
/// a ratio.
fn counted(text: &str) -> Result<Decimal, TypedError> {
    typed::decimal(text).or_else(|_with_a_scale_word| typed::count(text).map(Decimal::from))
}

fn megawatts_on(text: &str, basis: MwBasis, hedge: Hedge) -> Result<Parsed, String> {
    let power = typed::power(text).map_err(|error| said(&error))?;
    let fits = match (basis, power.kind) {
        (MwBasis::Critical, kind) => kind != Some(PowerKind::Gross),
        (MwBasis::Gross, kind) => kind != Some(PowerKind::Critical),
        (MwBasis::Unstated, kind) => kind.is_none(),
    };
    if fits {
        Ok(Parsed::Number(power.megawatts, Unit::Megawatts, hedge))
    } else {
        Err(format!(
            "The metric is {}: pick the one that fits, or drop the word",
            basis.label()
        ))
    }
}

/// The text without a unit at its end, the longest that is there.
fn without_unit<'a>(text: &'a str, units: &[&str]) -> &'a str {
    let cut = |unit: &&str| {
        let (head, tail) = text.split_at_checked(text.len().checked_sub(unit.len())?)?;
        tail.eq_ignore_ascii_case(unit).then(|| head.trim_end())
    };
    let shortest = units.iter().filter_map(cut).min_by_key(|head| head.len());
    shortest.unwrap_or(text)
}

/// Words, kept as they are.
pub(super) fn words(text: &str) -> Live {
    read(text, |_| Ok(Parsed::Text))
}

/// Texts divided by a separator or new lines; blank ones are dropped.
pub(super) fn list(text: &str, separator: char) -> Live {
    let items: Vec<_> = text
        .split([separator, '\n'])
        .map(str::trim)
        .filter(|item| !item.is_empty())
        .map(str::to_owned)
        .collect();
    if items.is_empty() {
        Live::Empty
    } else {
        Live::Ok(Parsed::List(items))
    }
}
