//! The parts of a deal whose rent runs by itself: its phases, or the whole.
//! What a phase does not state comes from the deal, and that is said.

use rust_decimal::Decimal;

use super::Missing;
use super::backlog::too_large;
use crate::model::{Day, Deal, Money, Phase};

const CENTS: Decimal = Decimal::ONE_HUNDRED;

/// A part of a deal.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Part {
    /// The phase; none if it is the whole deal.
    pub name: Option<String>,
    /// Its part of the base value; all parts sum to the base value.
    pub value: Decimal,
    /// First day of its rent: the first day of the stated date.
    pub start: Day,
    /// Its base term.
    pub months: Option<u32>,
}

impl Part {
    /// The base term, or that none is stated.
    pub fn term(&self) -> Result<u32, Missing> {
        self.months
            .ok_or_else(|| Missing::because("no term is stated"))
    }
}

/// All parts, and what a reader must know about how they were found.
pub(super) struct Parts {
    pub base: Money,
    pub all: Vec<Part>,
    pub remarks: Vec<String>,
}

/// The parts of a deal with the starts known on a day.
///
/// # Errors
/// Says which term is missing.
pub(super) fn parts_of(deal: &Deal, as_of: Day) -> Result<Parts, Missing> {
    let base = deal
        .base_value
        .ok_or_else(|| Missing::because("no base value is stated"))?;
    let whole_start = deal.rent_start_by(as_of).map(|start| start.date);
    if deal.phases.is_empty() {
        let start = whole_start.ok_or_else(|| Missing::because("no rent start is stated"))?;
        let part = Part {
            name: None,
            value: base.amount,
            start: start.first_day(),
            months: deal.term_months,
        };
        return Ok(Parts {
            base,
            all: vec![part],
            remarks: Vec::new(),
        });
    }
    let (values, mut remarks) = phase_values(&deal.phases, base)?;
    let mut parts = Vec::with_capacity(values.len());
    for (phase, value) in deal.phases.iter().zip(values) {
        let own = phase.rent_start_by(as_of).map(|start| start.date);
        let start = own.or(whole_start).ok_or_else(|| {
            Missing::because(format!("no rent start of {} is stated", phase.name))
        })?;
        if own.is_none() {
            remarks.push(format!(
                "no rent start of {} is stated: that of the deal counts",
                phase.name
            ));
        }
        parts.push(Part {
            name: Some(phase.name.clone()),
            value,
            start: start.first_day(),
            months: phase.term_months.or(deal.term_months),
        });
    }
    Ok(Parts {
        base,
        all: parts,
        remarks,
    })
}

/// Values of the phases that sum to the base value, and how they were found.
fn phase_values(phases: &[Phase], base: Money) -> Result<(Vec<Decimal>, Vec<String>), Missing> {
    let mut known = Vec::with_capacity(phases.len());
    let mut sum = Decimal::ZERO;
    for phase in phases {
        if phase
            .base_value
            .is_some_and(|value| value.currency != base.currency)
        {
            return Err(Missing::because(format!(
                "{} is not in the currency of the base value",
                phase.name
            )));
        }
        let value = phase.base_value.map(|value| value.amount);
        sum = sum
            .checked_add(value.unwrap_or_default())
            .ok_or_else(too_large)?;
        known.push(value);
    }
    let stated: Option<Vec<Decimal>> = known.iter().copied().collect();
    if let Some(values) = stated {
        if sum == base.amount {
            return Ok((values, Vec::new()));
        }
        let scaled = split_to_cents(base.amount, &values).ok_or_else(|| {
            Missing::because("the values of the phases do not say how to split the base value")
        })?;
        let remark = "the phases do not sum to the base value: it is split as they are";
        return Ok((scaled, vec![remark.to_owned()]));
    }
    let rest = base.amount - sum;
    if rest < Decimal::ZERO {
        return Err(Missing::because(
            "the phases whose value is stated are worth more than the whole",
        ));
    }
    let lacking: Vec<_> = phases.iter().filter(|p| p.base_value.is_none()).collect();
    let (weights, measure) = weights(&lacking)?;
    let mut shares = split_to_cents(rest, &weights)
        .ok_or_else(too_large)?
        .into_iter();
    let values = known
        .iter()
        .map(|value| value.or_else(|| shares.next()).unwrap_or_default());
    let names: Vec<_> = lacking.iter().map(|phase| phase.name.as_str()).collect();
    let remark = format!("the value of {} is not stated: {measure}", names.join(", "));
    Ok((values.collect(), vec![remark]))
}

/// By what the rest of a value is split among phases without one, in words, too.
fn weights(lacking: &[&Phase]) -> Result<(Vec<Decimal>, &'static str), Missing> {
    let of = |load: fn(&Phase) -> Option<Decimal>| -> Option<Vec<Decimal>> {
        let loads: Option<Vec<_>> = lacking.iter().map(|phase| load(phase)).collect();
        loads.filter(|loads| loads.iter().all(|mw| *mw > Decimal::ZERO))
    };
    if let [_] = lacking {
        return Ok((vec![Decimal::ONE], "it is the rest of the base value"));
    }
    if let Some(loads) = of(|phase| phase.critical_mw) {
        return Ok((loads, "the rest of the base value is split by critical MW"));
    }
    if let Some(loads) = of(|phase| phase.gross_mw) {
        return Ok((loads, "the rest of the base value is split by gross MW"));
    }
    let unknown = lacking
        .iter()
        .find(|phase| phase.critical_mw.is_none() && phase.gross_mw.is_none());
    let name = unknown
        .or_else(|| lacking.first())
        .map_or("", |phase| phase.name.as_str());
    Err(Missing::because(format!(
        "neither the value nor the load of {name} is stated"
    )))
}

/// Splits a total in proportion to weights so that the parts are whole cents
/// and sum to the total exactly: cents that are left over go to the largest
/// remainders, and a fraction of a cent to the first part. None if no weight is
/// above zero or one is below, or numbers leave the decimal's range.
pub(super) fn split_to_cents(total: Decimal, weights: &[Decimal]) -> Option<Vec<Decimal>> {
    let all = weights
        .iter()
        .try_fold(Decimal::ZERO, |sum: Decimal, weight| {
            let fits = *weight >= Decimal::ZERO;
            sum.checked_add(*weight).filter(|_| fits)
        })?;
    if all.is_zero() {
        return None;
    }
    let cents = total.checked_mul(CENTS)?;
    let (whole, fraction) = (cents.trunc(), cents.fract());
    let mut shares = Vec::with_capacity(weights.len());
    let mut left = whole;
    for (index, weight) in weights.iter().enumerate() {
        let exact = whole.checked_mul(*weight)?.checked_div(all)?;
        left -= exact.floor();
        shares.push((index, exact.floor(), exact - exact.floor()));
    }
    shares.sort_by(|a, b| b.2.cmp(&a.2).then(a.0.cmp(&b.0)));
    for share in &mut shares {
        if left > Decimal::ZERO {
            share.1 += Decimal::ONE;
            left -= Decimal::ONE;
        }
    }
    shares.sort_by_key(|share| share.0);
    if let Some(first) = shares.first_mut() {
        // Zero but for a total with fractions of a cent.
        first.1 += left + fraction;
    }
    Some(shares.into_iter().map(|share| share.1 / CENTS).collect())
}
