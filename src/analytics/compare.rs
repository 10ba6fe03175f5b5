//! The comparison of instruments with a benchmark over a span: one row an
//! instrument, the benchmark's own row last, and an equal-weight basket. Window
//! and command line both show these rows.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::analytics::basket::{Basket, equal_weight};
use crate::analytics::pairs::{paired_closes, paired_returns};
use crate::analytics::reason::Reason;
use crate::analytics::regression::{Fit, fit};
use crate::analytics::returns::{self, common_end, return_between, span};
use crate::analytics::risk::{Frequency, max_drawdown, volatility_annualised};
use crate::model::series::{Prices, Series};

/// Instruments beside a benchmark. `base_day` is the day whose close, or the
/// last one before it, is the 100 of every line.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The instruments in the order given, then the benchmark.
    pub series: Vec<CompareRow>,
    /// The instruments without the benchmark, equally weighted.
    pub basket: BasketRow,
}

/// One instrument over the span. Statistics are fractions (0.56, not 56);
/// without a value, `reasons` says why under the name of the field.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CompareRow {
    /// Canonical symbol.
    pub symbol: String,
    /// The day of the base close.
    pub first_day: Option<Date>,
    /// The day of the last close.
    pub last_day: Option<Date>,
    /// The base close.
    pub first_close: Option<f64>,
    /// The last close.
    pub last_close: Option<f64>,
    /// The first day of the series, if that is later than the base day.
    pub since: Option<Date>,
    /// Last close over base close, less 1 (`return` in reports).
    pub price_return: Option<f64>,
    /// The return less the benchmark's over the same days.
    pub excess_return: Option<f64>,
    /// Sample deviation of simple returns × √(observations a year).
    pub volatility_annualised: Option<f64>,
    /// What the volatility was annualised with.
    pub frequency: Option<Frequency>,
    /// The deepest fall from a high, between −1 and 0.
    pub max_drawdown: Option<f64>,
    /// Covariance with the benchmark over its variance.
    pub beta: Option<f64>,
    /// Pearson's correlation with the benchmark.
    pub correlation: Option<f64>,
    /// Paired returns behind beta and correlation.
    pub observations: usize,
    /// Why a field has no value.
    pub reasons: BTreeMap<&'static str, String>,
    /// What to know about a field that has a value: other days than asked for.
    pub notes: BTreeMap<&'static str, String>,
}

/// The basket over the span, as fractions.
#[derive(Debug, Clone, PartialEq)]
pub struct BasketRow {
    /// The symbols that count.
    pub members: Vec<String>,
    /// The symbols left out, each with the reason.
    pub excluded: BTreeMap<String, String>,
    /// The stable key of the weighting: `equal_buy_and_hold`.
    pub weighting: &'static str,
    /// Mean of the members' returns (`return` in reports).
    pub price_return: Option<f64>,
    /// The return less the benchmark's over the same days.
    pub excess_return: Option<f64>,
    /// Why a field has no value.
    pub reasons: BTreeMap<&'static str, String>,
    /// What to know about a field that has a value.
    pub notes: BTreeMap<&'static str, String>,
}

/// Compares `symbols` with `benchmark` from `base_day` to `to`. A symbol named
/// twice, or the benchmark named among the symbols, makes one row.
///
/// The benchmark's own row comes last, measured against itself (beta and
/// correlation 1, excess 0): its volatility and drawdown are wanted beside the
/// others', and a row of its own shows which closes the others were held to.
pub fn compare(
    prices: &Prices,
    symbols: &[String],
    benchmark: &str,
    base_day: Date,
    to: Date,
) -> Comparison {
    let mut members: Vec<String> = Vec::new();
    for symbol in symbols {
        if symbol != benchmark && !members.contains(symbol) {
            members.push(symbol.clone());
        }
    }
    let series = members
        .iter()
        .map(String::as_str)
        .chain([benchmark])
        .map(|symbol| row(prices, symbol, benchmark, base_day, to))
        .collect();
    Comparison {
        series,
        basket: basket_row(prices, &members, benchmark, base_day, to),
    }
}

fn row(prices: &Prices, symbol: &str, benchmark: &str, base_day: Date, to: Date) -> CompareRow {
    let mut row = CompareRow {
        symbol: symbol.to_owned(),
        ..CompareRow::default()
    };
    let found = lookup(prices, symbol)
        .and_then(|series| Ok((series, return_between(series, base_day, to)?)));
    let (series, change) = match found {
        Ok(found) => found,
        Err(reason) => {
            row.without_prices(&reason);
            return row;
        }
    };
    row.first_day = Some(change.first_day);
    row.last_day = Some(change.last_day);
    row.first_close = Some(change.first_close);
    row.last_close = Some(change.last_close);
    row.since = change.since;
    row.price_return = Some(change.value);
    if let Some(since) = change.since {
        row.notes.insert("return", format!("Since {since}"));
    }
    row.fill_risk(series, base_day, to);
    match lookup(prices, benchmark) {
        Ok(other) => row.fill_against(series, other, base_day, to),
        Err(reason) => row.without(&["excess_return", "beta", "correlation"], &reason),
    }
    row
}

impl CompareRow {
    fn fill_risk(&mut self, series: &Series, base_day: Date, to: Date) {
        let bars = span(series, base_day, to).unwrap_or_default();
        self.frequency = Frequency::of(series.bars(), bars);
        match volatility_annualised(series.bars(), bars) {
            Ok(value) => {
                self.volatility_annualised = Some(value);
                if let Some(text) = self.frequency.and_then(sparse_closes) {
                    self.notes.insert("volatility_annualised", text.to_owned());
                }
            }
            Err(reason) => self.without(&["volatility_annualised"], &reason),
        }
        match max_drawdown(bars) {
            Ok(drawdown) => self.max_drawdown = Some(drawdown.value),
            Err(reason) => self.without(&["max_drawdown"], &reason),
        }
    }

    fn fill_against(&mut self, series: &Series, benchmark: &Series, base_day: Date, to: Date) {
        match returns::excess(series, benchmark, base_day, to) {
            Ok(excess) => {
                self.excess_return = Some(excess.value);
                if excess.since.is_some() || excess.until.is_some() {
                    let own = excess.own;
                    let text = format!("Both from {} to {}", own.first_day, own.last_day);
                    self.notes.insert("excess_return", text);
                }
            }
            Err(reason) => self.without(&["excess_return"], &reason),
        }
        let pairs =
            paired_closes(series, benchmark, base_day, to).map(|closes| paired_returns(&closes));
        self.observations = pairs.as_ref().map_or(0, Vec::len);
        match pairs.and_then(|pairs| fit(&pairs)) {
            Ok(Fit {
                beta, correlation, ..
            }) => {
                self.beta = Some(beta);
                match correlation {
                    Ok(value) => self.correlation = Some(value),
                    Err(reason) => self.without(&["correlation"], &reason),
                }
            }
            Err(reason) => self.without(&["beta", "correlation"], &reason),
        }
    }

    fn without_prices(&mut self, reason: &Reason) {
        self.without(
            &[
                "first_day",
                "last_day",
                "first_close",
                "last_close",
                "return",
                "excess_return",
                "volatility_annualised",
                "max_drawdown",
                "beta",
                "correlation",
            ],
            reason,
        );
    }

    fn without(&mut self, fields: &[&'static str], reason: &Reason) {
        for field in fields {
            self.reasons.insert(field, reason.to_string());
        }
    }
}

/// What a cell says about closes that are not daily.
fn sparse_closes(frequency: Frequency) -> Option<&'static str> {
    match frequency {
        Frequency::Weekly => Some("From weekly closes"),
        Frequency::Monthly => Some("From monthly closes"),
        Frequency::EveryDay | Frequency::ExchangeDays => None,
    }
}

fn basket_row(
    prices: &Prices,
    members: &[String],
    benchmark: &str,
    base_day: Date,
    to: Date,
) -> BasketRow {
    let basket = equal_weight(prices, members, base_day, to);
    let mut row = BasketRow {
        weighting: basket.weighting.key(),
        price_return: None,
        excess_return: None,
        reasons: BTreeMap::new(),
        notes: BTreeMap::new(),
        excluded: basket
            .excluded
            .iter()
            .map(|(symbol, reason)| (symbol.clone(), reason.to_string()))
            .collect(),
        members: basket.members.clone(),
    };
    match &basket.value {
        Ok(value) => row.price_return = Some(*value),
        Err(reason) => {
            row.reasons.insert("return", reason.to_string());
        }
    }
    match basket_excess(prices, &basket, benchmark, base_day, to) {
        Ok((value, until)) => {
            row.excess_return = Some(value);
            if let Some(day) = until {
                row.notes.insert("excess_return", format!("Both to {day}"));
            }
        }
        Err(reason) => {
            row.reasons.insert("excess_return", reason.to_string());
        }
    }
    row
}

/// The basket's return less the benchmark's, and the day to which both were
/// measured if one of them ends more than a week before the other.
fn basket_excess(
    prices: &Prices,
    basket: &Basket,
    benchmark: &str,
    base_day: Date,
    to: Date,
) -> Result<(f64, Option<Date>), Reason> {
    let value = basket.value.clone()?;
    let series = lookup(prices, benchmark)?;
    let other = return_between(series, base_day, to)?;
    if let Some(first) = other.since {
        return Err(Reason::StartsLate {
            base: base_day,
            first,
        });
    }
    let last_day = basket.last_day.unwrap_or(to);
    let Some(until) = common_end(last_day, other.last_day) else {
        return Ok((value - other.value, None));
    };
    let basket = equal_weight(prices, &basket.members, base_day, until);
    let other = return_between(series, base_day, until)?;
    Ok((basket.value? - other.value, Some(until)))
}

fn lookup<'a>(prices: &'a Prices, symbol: &str) -> Result<&'a Series, Reason> {
    prices.get(symbol).ok_or_else(|| Reason::NoPrices {
        symbol: symbol.to_owned(),
    })
}
