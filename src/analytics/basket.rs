//! An equal-weight basket, bought on the base day and held: the mean of its
//! rebased members. A member without a close on or before the base day is left
//! out and named, so that the weights never change on the way.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::analytics::reason::Reason;
use crate::analytics::returns::{return_between, span};
use crate::model::series::{Bar, Prices};

/// How the members are weighted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weighting {
    /// The same amount into each on the base day, then untouched.
    EqualBuyAndHold,
}

impl Weighting {
    /// The stable key of reports.
    pub fn key(self) -> &'static str {
        match self {
            Self::EqualBuyAndHold => "equal_buy_and_hold",
        }
    }
}

/// A basket over a span of days.
#[derive(Debug, Clone, PartialEq)]
pub struct Basket {
    /// The symbols that count, in the order given.
    pub members: Vec<String>,
    /// The symbols left out, each with the reason.
    pub excluded: BTreeMap<String, Reason>,
    /// How the members are weighted.
    pub weighting: Weighting,
    /// Mean of the members' returns, which is the basket's own because equal
    /// amounts were put in; as a fraction.
    pub value: Result<f64, Reason>,
    /// The newest last day of the members.
    pub last_day: Option<Date>,
}

/// The basket of `symbols` of which the closes of `base_day`, or the last ones
/// before it, are the base. A symbol named twice counts once.
pub fn equal_weight(prices: &Prices, symbols: &[String], base_day: Date, to: Date) -> Basket {
    let mut basket = Basket {
        members: Vec::new(),
        excluded: BTreeMap::new(),
        weighting: Weighting::EqualBuyAndHold,
        value: Err(Reason::NoMembers),
        last_day: None,
    };
    let mut sum = 0.0;
    for symbol in symbols {
        if basket.members.contains(symbol) {
            continue;
        }
        match member_return(prices, symbol, base_day, to) {
            Ok((value, last_day)) => {
                sum += value;
                basket.members.push(symbol.clone());
                basket.last_day = basket.last_day.max(Some(last_day));
            }
            Err(reason) => {
                basket.excluded.insert(symbol.clone(), reason);
            }
        }
    }
    if !basket.members.is_empty() {
        basket.value = Ok(sum / basket.members.len() as f64);
    }
    basket
}

/// The basket's line, 100 on the base day: on each day on which a member has a
/// close, the mean of the rebased members; one without a close that day counts
/// with its last. Members are chosen as in [`equal_weight`].
pub fn level_line(
    prices: &Prices,
    symbols: &[String],
    base_day: Date,
    to: Date,
) -> Vec<(Date, f64)> {
    let members = equal_weight(prices, symbols, base_day, to).members;
    let spans: Vec<&[Bar]> = members
        .iter()
        .filter_map(|symbol| span(prices.get(symbol)?, base_day, to).ok())
        .collect();
    let Some(start) = spans
        .iter()
        .filter_map(|bars| bars.first())
        .map(|b| b.day)
        .max()
    else {
        return Vec::new();
    };
    // The line begins when the last member's base is known; before that some
    // member would be missing.
    let days: BTreeSet<Date> = spans
        .iter()
        .flat_map(|bars| bars.iter().map(|bar| bar.day))
        .filter(|day| *day >= start)
        .collect();
    let mut lines: Vec<HeldLine<'_>> = spans.into_iter().filter_map(HeldLine::new).collect();
    let count = lines.len() as f64;
    days.into_iter()
        .map(|day| {
            let sum: f64 = lines.iter_mut().map(|line| line.level_on(day)).sum();
            (day, sum / count)
        })
        .collect()
}

/// A rebased member that keeps its last level through days without a close.
struct HeldLine<'a> {
    rest: std::iter::Peekable<std::slice::Iter<'a, Bar>>,
    base: f64,
    level: f64,
}

impl<'a> HeldLine<'a> {
    fn new(bars: &'a [Bar]) -> Option<Self> {
        Some(Self {
            base: bars.first()?.close,
            rest: bars.iter().peekable(),
            level: 100.0,
        })
    }

    /// Days must be asked for in order.
    fn level_on(&mut self, day: Date) -> f64 {
        while let Some(bar) = self.rest.next_if(|bar| bar.day <= day) {
            self.level = 100.0 * (bar.close / self.base);
        }
        self.level
    }
}

fn member_return(
    prices: &Prices,
    symbol: &str,
    base_day: Date,
    to: Date,
) -> Result<(f64, Date), Reason> {
    let series = prices.get(symbol).ok_or_else(|| Reason::NoPrices {
        symbol: symbol.to_owned(),
    })?;
    let found = return_between(series, base_day, to)?;
    match found.since {
        Some(first) => Err(Reason::StartsLate {
            base: base_day,
            first,
        }),
        None => Ok((found.value, found.last_day)),
    }
}
