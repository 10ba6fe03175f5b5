//! How a text was understood, in words for under its field. Words that are
//! kept as they are get no echo.

use crate::model::debt::Coupon;
use crate::model::draft::Parsed;
use crate::model::{Day, Hedge, PartialDate, Time, Unit};
use crate::ui::{Cx, format};

/// The echo of a value: "= 9,800,000,000 USD", "= 1 Jul – 30 Sep 2027".
pub(super) fn text(parsed: &Parsed, cx: &Cx<'_>) -> Option<String> {
    let value = match parsed {
        Parsed::Money(money, hedge) => {
            let text = format::money_full(money.amount, money.currency.as_str());
            return Some(hedged(*hedge, &text));
        }
        Parsed::Number(number, unit, hedge) => {
            let text = format::value(*unit, *number, None);
            return Some(hedged(*hedge, &text));
        }
        Parsed::Months(months) => {
            let months = usize::try_from(*months).unwrap_or(usize::MAX);
            format::count(months, "month", "months")
        }
        Parsed::Megawatts(megawatts) => format::value(Unit::Megawatts, *megawatts, None),
        Parsed::Fraction(fraction) => format::fraction(*fraction),
        Parsed::Count(count) => format::decimal((*count).into()),
        Parsed::Day(day) => format::weekday_day_long(*day),
        Parsed::Date(date) | Parsed::Time(Time::Instant(date)) => {
            days(date.first_day(), date.last_day())
        }
        Parsed::Time(Time::Period(period)) => days(period.from(), period.to()),
        Parsed::Coupon(coupon) => interest(coupon),
        Parsed::Company(id) => {
            let name = cx.company_name(*id);
            let symbol = cx.book.symbol_of(*id).filter(|symbol| *symbol != name);
            symbol.map_or_else(|| name.to_owned(), |symbol| format!("{name} ({symbol})"))
        }
        Parsed::Source(id) => {
            let title = cx.book.source(*id).map_or("", |source| &source.title);
            return Some(format!("In the book: {title}"));
        }
        Parsed::Kept(kept) => kept.clone(),
        Parsed::List(items) => items.join(" · "),
        Parsed::Text => return None,
    };
    Some(format!("= {value}"))
}

fn hedged(hedge: Hedge, text: &str) -> String {
    match hedge {
        Hedge::Exact => format!("= {text}"),
        Hedge::About | Hedge::MoreThan | Hedge::UpTo | Hedge::Planned => {
            format::hedged(hedge, text)
        }
    }
}

/// The first and last day, or the one day with its weekday.
fn days(from: Day, to: Day) -> String {
    if from == to {
        return format::weekday_day_long(from);
    }
    let first = if from.year() == to.year() {
        format::day_short(from)
    } else {
        format::day_long(from)
    };
    format!("{first} – {}", format::day_long(to))
}

fn interest(coupon: &Coupon) -> String {
    match coupon {
        Coupon::Fixed(rate) => format!("{} a year", format::fraction(*rate)),
        Coupon::Floating {
            reference,
            spread,
            floor,
        } => {
            let floor = floor.map_or_else(String::new, |floor| {
                format!(", {reference} at least {}", format::fraction(floor))
            });
            format!("{reference} + {}{floor}", format::fraction(*spread))
        }
    }
}

/// A partial date in short, for lists.
pub(super) fn date(date: Option<PartialDate>) -> String {
    format::known(date, format::partial_date)
}
