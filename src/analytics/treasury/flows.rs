//! Coins bought and sold, each with the price it implies against the market of
//! its days. A price that the market did not pay then is told as a question, not
//! corrected.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::analytics::close::printed;
use crate::analytics::coin_price::{Market, paid};
use crate::analytics::view::Basis;
use crate::analytics::{Answer, Input, Missing, Stated};
use crate::model::treasury::TreasuryKind;
use crate::model::{Currency, Day, Treasury, TreasuryId};

/// Coins bought or sold.
#[derive(Clone, Debug, PartialEq)]
pub struct Flow {
    /// The event.
    pub event: TreasuryId,
    /// Bought or sold.
    pub kind: TreasuryKind,
    /// The last day of the event, else of its disclosure.
    pub day: Option<Day>,
    /// Money ÷ coins, USD a coin.
    pub implied_price: Answer<Decimal>,
    /// Lowest and highest close of Bitcoin over the days of the event.
    pub market_usd: Answer<(Decimal, Decimal)>,
    /// What is suspicious: the implied price is more than 10 % off the market of
    /// those days; event day or disclosure day?
    pub warning: Option<String>,
}

/// Purchases and sales, oldest first, those without any day last.
pub(super) fn flows(basis: &Basis<'_>, events: &[&Treasury]) -> Vec<Flow> {
    let traded = events.iter().filter(|event| match event.kind {
        TreasuryKind::Purchase | TreasuryKind::Sale => true,
        TreasuryKind::Holding => false,
    });
    let mut flows: Vec<Flow> = traded.map(|event| flow(basis, event)).collect();
    flows.sort_by_key(|flow| (flow.day.is_none(), flow.day, flow.event));
    flows
}

/// The last day an event speaks of; what happened cannot be later than it was
/// told.
pub(super) fn last_day(event: &Treasury) -> Option<Day> {
    let happened = event.event.map(|time| time.last_day());
    let told = event.disclosed.map(|date| date.last_day());
    match (happened, told) {
        (Some(happened), Some(told)) => Some(happened.min(told)),
        (happened, told) => happened.or(told),
    }
}

fn flow(basis: &Basis<'_>, event: &Treasury) -> Flow {
    let market = market(basis, event);
    let found = market.as_ref().ok().zip(paid(event));
    let warning = found.and_then(|(market, (price, as_number))| {
        let nearest = market.far_from(as_number, event.hedge)?;
        warning(price.amount, nearest, market)
    });
    Flow {
        event: event.id,
        kind: event.kind,
        day: last_day(event),
        implied_price: implied_price(event),
        market_usd: market.and_then(|market| range(basis.benchmark, &market)),
        warning,
    }
}

fn implied_price(event: &Treasury) -> Answer<Decimal> {
    let (btc, money) = match (event.btc, event.proceeds) {
        (Some(btc), Some(money)) => (btc, money),
        (None, Some(_)) => return Err(Missing::because("no number of coins is stated")),
        (Some(_), None) => return Err(Missing::because("no amount of money is stated")),
        (None, None) => return Err(Missing::because("neither coins nor money are stated")),
    };
    if money.currency != Currency::USD {
        let currency = money.currency;
        return Err(Missing(format!(
            "the money is stated in {currency}, not USD"
        )));
    }
    if btc.is_zero() {
        return Err(Missing::because("there are no coins to divide by"));
    }
    let price = event.implied_price();
    let price = price.ok_or_else(|| Missing::because("the price is out of range"))?;
    let answer = Stated::exact(price.amount, vec![Input::Treasury(event.id)]);
    Ok(answer.hedged(event.hedge))
}

fn market(basis: &Basis<'_>, event: &Treasury) -> Result<Market, Missing> {
    let symbol = basis.benchmark;
    let series = basis.prices.get(symbol);
    let series = series.ok_or_else(|| Missing(format!("no prices of {symbol}")))?;
    let time = event
        .event
        .ok_or_else(|| Missing::because("the day of the event is not stated"))?;
    Market::of(series, time, basis.as_of)
        .ok_or_else(|| Missing(format!("no close of {symbol} near {time}")))
}

fn range(symbol: &str, market: &Market) -> Answer<(Decimal, Decimal)> {
    let ends = printed(market.low).zip(printed(market.high));
    let ends = ends.ok_or_else(|| Missing::because("the closes are out of range"))?;
    let close = |day| Input::Close {
        symbol: symbol.to_owned(),
        day,
    };
    let mut inputs = vec![close(market.from)];
    if market.to != market.from {
        inputs.push(close(market.to));
    }
    let answer = Stated::exact(ends, inputs);
    Ok(answer.remarked(format!("closes of {} to {}", market.from, market.to)))
}

/// "87,851 USD a coin": whole dollars, as prices a coin are told.
fn warning(price: Decimal, nearest: f64, market: &Market) -> Option<String> {
    let whole = |value: Decimal| {
        let value = value.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
        grouped(&value.normalize().to_string())
    };
    let (low, high, nearest) = (
        printed(market.low)?,
        printed(market.high)?,
        printed(nearest)?,
    );
    let off = price.checked_sub(nearest)?.checked_div(nearest)?;
    let percent = whole(off.abs().checked_mul(Decimal::ONE_HUNDRED)?);
    let side = if price > nearest { "above" } else { "below" };
    let closes = if low == high {
        format!("the close of {}", whole(low))
    } else {
        format!("the closes of {} to {}", whole(low), whole(high))
    };
    Some(format!(
        "{} USD a coin is {percent} % {side} {closes} from {} to {}: event day or disclosure day?",
        whole(price),
        market.from,
        market.to,
    ))
}

/// Digits in groups of three.
fn grouped(digits: &str) -> String {
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
