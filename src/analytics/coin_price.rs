//! What Bitcoin cost over the days of an event, and whether a price a coin fits
//! that market. Closes are statistics: none becomes a part of a sum of money.

use rust_decimal::prelude::ToPrimitive as _;

use crate::model::{Bar, Currency, Day, Hedge, Money, Series, Time, Treasury};

/// A price a coin may be so far off the closes of its time, as a fraction.
pub const FAR_OFF_MARKET: f64 = 0.10;
/// Where a day has no close, one within so many days of it serves: starter
/// prices are weekly.
const NEXT_CLOSE_DAYS: i64 = 7;
/// "About" reaches so far to both sides, as for figures.
const ABOUT: f64 = 0.05;

/// What the market paid over some days.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Market {
    /// The lowest close.
    pub low: f64,
    /// The highest close.
    pub high: f64,
    /// The day of the first close.
    pub from: Day,
    /// The day of the last close.
    pub to: Day,
}

impl Market {
    /// The closes of a time, up to a day; at an end without a close the next one
    /// outside, where it is near. None if there is none.
    pub fn of(series: &Series, time: Time, as_of: Day) -> Option<Self> {
        let (first, last) = (time.first_day(), time.last_day().min(as_of));
        let near = |day: Day, days: i64| day.saturating_add(jiff::Span::new().days(days));
        let inside = series.between(first, last);
        let before = series.between(near(first, -NEXT_CLOSE_DAYS), first);
        let after = series.between(last, near(last, NEXT_CLOSE_DAYS).min(as_of));
        let all = || {
            let ends = (before.last().into_iter(), after.first());
            ends.0.chain(inside).chain(ends.1)
        };
        let (from, to) = all().next().zip(all().last())?;
        let market = Self {
            low: f64::INFINITY,
            high: f64::NEG_INFINITY,
            from: from.day,
            to: to.day,
        };
        Some(all().fold(market, |market, bar: &Bar| Self {
            low: market.low.min(bar.close),
            high: market.high.max(bar.close),
            ..market
        }))
    }

    /// The close nearest to a price that lies more than [`FAR_OFF_MARKET`] off
    /// all of them, its hedge considered; none if it fits, or may.
    pub fn far_from(&self, price: f64, hedge: Hedge) -> Option<f64> {
        let play = match hedge {
            Hedge::Exact => 0.0,
            Hedge::About => ABOUT,
            // Whether the coins or the money are hedged is not known, so the
            // price may be anything.
            Hedge::MoreThan | Hedge::UpTo | Hedge::Planned => return None,
        };
        if price * (1.0 - play) > self.high * (1.0 + FAR_OFF_MARKET) {
            return Some(self.high);
        }
        let too_cheap = price * (1.0 + play) < self.low * (1.0 - FAR_OFF_MARKET);
        too_cheap.then_some(self.low)
    }
}

/// Money a coin of a purchase or sale in US dollars, also as a statistic.
pub(super) fn paid(event: &Treasury) -> Option<(Money, f64)> {
    let price = event.implied_price();
    let price = price.filter(|price| price.currency == Currency::USD)?;
    Some((price, price.amount.to_f64()?))
}
