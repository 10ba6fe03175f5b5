//! When the rent of a deal is due, to the cent. Rent accrues as `backlog` says;
//! what is left is rounded to cents at the end of each month and a month's rent
//! is the difference. So no cent is lost between months: they sum to the value
//! exactly, and what is left on a day is the value less the rent due before.

use std::collections::BTreeMap;

use rust_decimal::{Decimal, RoundingStrategy};

use super::Missing;
use super::backlog::{Accrual, too_large};
use super::grain::Grain;
use super::options::extension_months;
use super::parts::{Part, Parts, parts_of, split_to_cents};
use super::switches::{ShareBasis, Switches, ValueBasis};
use crate::model::{Currency, Day, Deal, Hedge};

/// The rent of a deal.
#[derive(Clone, Debug, PartialEq)]
pub struct RentSchedule {
    /// Of what the amounts are.
    pub currency: Currency,
    /// How firmly the base value is stated.
    pub hedge: Hedge,
    /// The phases, or the whole; then their options, if these count.
    pub parts: Vec<RentPart>,
    /// The value of options whose rent has no dates, and why, if they count.
    pub undated_options: Option<(Decimal, Missing)>,
    /// How what is not stated was filled, a sentence each.
    pub remarks: Vec<String>,
}

/// A part of the rent that runs by itself.
#[derive(Clone, Debug, PartialEq)]
pub struct RentPart {
    /// The phase; none if it is the whole deal.
    pub phase: Option<String>,
    /// True if it is due only if the tenant takes its options.
    pub is_option: bool,
    /// Its value, of which nothing is due before the first day.
    pub value: Decimal,
    /// The first day of its rent.
    pub first_day: Day,
    accrual: Accrual,
}

impl RentPart {
    fn new(part: &Part, escalator: Decimal) -> Result<Self, Missing> {
        if part.value < Decimal::ZERO {
            return Err(Missing::because("the value is below zero"));
        }
        let accrual = Accrual::of(part.start, part.term()?, escalator)?;
        // What is too large to multiply is so on its first day already.
        let early = part.start.tomorrow().ok();
        let early = early.and_then(|day| accrual.left_of(part.value, day));
        early.ok_or_else(too_large)?;
        Ok(Self {
            phase: part.name.clone(),
            is_option: false,
            value: part.value,
            first_day: part.start,
            accrual,
        })
    }

    /// The first day after its term.
    pub const fn end(&self) -> Day {
        self.accrual.end()
    }

    /// What is not yet due at the beginning of a day, to the cent: between
    /// nothing and the value, and never more than on a day before.
    pub fn left_on(&self, day: Day) -> Decimal {
        if day <= self.first_day {
            return self.value;
        }
        // The first day could be computed, and later ones are less.
        let left = self.accrual.left_of(self.value, day).unwrap_or(self.value);
        left.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
            .clamp(Decimal::ZERO, self.value)
    }
}

impl RentSchedule {
    /// The rent of a deal by what was known on a day. The company's share and
    /// the options count as the switches say.
    ///
    /// # Errors
    /// Says which term is missing.
    pub fn of(deal: &Deal, as_of: Day, switches: Switches) -> Result<Self, Missing> {
        let share = match switches.share {
            ShareBasis::Owned => deal.owned_fraction(),
            ShareBasis::Whole => Decimal::ONE,
        };
        let Parts {
            base,
            all: mut parts,
            remarks,
        } = parts_of(deal, as_of)?;
        let whole = base.amount.checked_mul(share).ok_or_else(too_large)?;
        if share != Decimal::ONE {
            let values: Vec<_> = parts.iter().map(|part| part.value).collect();
            let shares = split_to_cents(whole, &values).ok_or_else(too_large)?;
            for (part, value) in parts.iter_mut().zip(shares) {
                part.value = value;
            }
        }
        // Without an escalator the rent is level.
        let escalator = deal.escalator.unwrap_or(Decimal::ZERO);
        let rents: Result<Vec<_>, _> = parts
            .iter()
            .map(|part| RentPart::new(part, escalator))
            .collect();
        let mut schedule = Self {
            currency: base.currency,
            hedge: deal.base_value_hedge,
            parts: rents?,
            undated_options: None,
            remarks,
        };
        match switches.value {
            ValueBasis::Base => {}
            ValueBasis::WithOptions => schedule.add_options(deal, base.amount, share)?,
        }
        Ok(schedule)
    }

    /// Adds the rent of the options after the term of each part: what they add
    /// to the base value, over the months that their words say.
    fn add_options(&mut self, deal: &Deal, base: Decimal, share: Decimal) -> Result<(), Missing> {
        let currency = self.currency;
        let with = deal.value_with_options.filter(|m| m.currency == currency);
        let Some(more) = with
            .map(|with| with.amount - base)
            .filter(|more| *more > Decimal::ZERO)
        else {
            let remark = "no value with options is stated: the base value counts";
            self.remarks.push(remark.to_owned());
            return Ok(());
        };
        let more = more.checked_mul(share).ok_or_else(too_large)?;
        let months = deal.extension_options.as_deref().and_then(extension_months);
        let Some(months) = months else {
            let reason = "how long the options run is not stated as a number of years";
            self.undated_options = Some((more, Missing::because(reason)));
            return Ok(());
        };
        let values: Vec<_> = self.parts.iter().map(|part| part.value).collect();
        let shares = split_to_cents(more, &values).ok_or_else(too_large)?;
        let escalator = deal.escalator.unwrap_or(Decimal::ZERO);
        for (index, value) in shares.into_iter().enumerate() {
            let Some(base) = self.parts.get(index) else {
                continue;
            };
            let part = Part {
                name: base.phase.clone(),
                value,
                start: base.end(),
                months: Some(months),
            };
            let mut option = RentPart::new(&part, escalator)?;
            option.is_option = true;
            self.parts.push(option);
        }
        Ok(())
    }

    /// All that is scheduled.
    pub fn value(&self) -> Decimal {
        self.sum(|part| part.value)
    }

    /// What is scheduled and not yet due at the beginning of a day, to the cent.
    pub fn left_on(&self, day: Day) -> Decimal {
        self.sum(|part| part.left_on(day))
    }

    /// The first day of rent; none if nothing is scheduled.
    pub fn first_day(&self) -> Option<Day> {
        self.parts.iter().map(|part| part.first_day).min()
    }

    /// The first day after the last rent; none if nothing is scheduled.
    pub fn end(&self) -> Option<Day> {
        self.parts.iter().map(RentPart::end).max()
    }

    /// Rent due from a day on, by first day of the period: from the first
    /// period with rent to the last one, those without any between them
    /// included. The amounts sum to what is left on that day.
    pub fn rents_from(&self, from: Day, grain: Grain) -> BTreeMap<Day, Decimal> {
        let (Some(first), Some(end)) = (self.first_day(), self.end()) else {
            return BTreeMap::new();
        };
        let first = first.max(from);
        let Ok(last) = end.yesterday() else {
            return BTreeMap::new();
        };
        let mut left = self.left_on(first);
        let mut rents = BTreeMap::new();
        for period in grain.between(first, last) {
            let later = grain
                .next(period)
                .map_or(Decimal::ZERO, |next| self.left_on(next));
            rents.insert(period, left - later);
            left = later;
        }
        rents
    }

    /// All rent by period.
    pub fn rents(&self, grain: Grain) -> BTreeMap<Day, Decimal> {
        self.rents_from(Day::MIN, grain)
    }

    fn sum(&self, of: impl Fn(&RentPart) -> Decimal) -> Decimal {
        let amounts = self.parts.iter().map(of);
        amounts.fold(Decimal::ZERO, Decimal::saturating_add)
    }
}
