//! A sum in the making, of parts with their provenance: what is taken away
//! bounds the other way, and what is lacking is said. Ratios of such sums, too.

use rust_decimal::Decimal;

use super::answer::{hedge_of_difference, hedge_of_ratio, hedge_of_sum, hedge_without};
use super::words::counted;
use super::{Answer, Input, Missing, Stated};
use crate::model::Hedge;

/// The reason where numbers leave the decimal's range.
pub(super) fn out_of_range() -> Missing {
    Missing::because("the amounts are out of range")
}

/// A sum in the making.
#[derive(Default)]
pub(super) struct Sum {
    total: Decimal,
    inputs: Vec<Input>,
    hedges: Vec<Hedge>,
    remarks: Vec<String>,
    lacks: bool,
}

impl Sum {
    /// Adds a part.
    ///
    /// # Errors
    /// If the sum is too large.
    pub fn add(&mut self, part: &Stated<Decimal>) -> Result<(), Missing> {
        let total = self.total.checked_add(part.value);
        self.total = total.ok_or_else(out_of_range)?;
        self.hedges.push(part.hedge);
        self.take(part);
        Ok(())
    }

    /// Takes a part away.
    ///
    /// # Errors
    /// If the difference is too large.
    pub fn less(&mut self, part: &Stated<Decimal>) -> Result<(), Missing> {
        let total = self.total.checked_sub(part.value);
        self.total = total.ok_or_else(out_of_range)?;
        let hedge = hedge_of_difference(Hedge::Exact, part.hedge);
        self.hedges.push(hedge);
        self.take(part);
        Ok(())
    }

    fn take(&mut self, part: &Stated<Decimal>) {
        for input in &part.inputs {
            if !self.inputs.contains(input) {
                self.inputs.push(input.clone());
            }
        }
        if let Some(remark) = &part.remark {
            self.remark(remark.clone());
        }
    }

    /// Says something, once.
    pub fn remark(&mut self, text: impl Into<String>) {
        let text = text.into();
        if !self.remarks.contains(&text) {
            self.remarks.push(text);
        }
    }

    /// A part that is not known: the sum is a lower bound.
    pub fn lack(&mut self, text: impl Into<String>) {
        self.lacks = true;
        self.remark(text);
    }

    /// So many parts that are not known: "2 deals", "whose value is not stated".
    pub fn lack_of(&mut self, number: usize, noun: &str, whose: &str) {
        if number > 0 {
            self.lack(format!("without {} {whose}", counted(number, noun)));
        }
    }

    /// A hedge of the whole.
    pub fn hedge(&mut self, hedge: Hedge) {
        self.hedges.push(hedge);
    }

    /// True if nothing went into it.
    pub const fn is_empty(&self) -> bool {
        self.inputs.is_empty()
    }

    /// The sum.
    pub fn stated(self) -> Stated<Decimal> {
        let hedge = hedge_of_sum(self.hedges);
        let hedge = if self.lacks {
            hedge_without(hedge)
        } else {
            hedge
        };
        Stated {
            value: self.total,
            hedge,
            inputs: self.inputs,
            remark: (!self.remarks.is_empty()).then(|| self.remarks.join("; ")),
        }
    }
}

/// A ratio of two named figures; what either lacks the ratio lacks, too.
///
/// # Errors
/// Why one of them is not known, or `zero` where there is nothing to divide by.
pub(super) fn ratio(
    above: (&str, &Answer<Decimal>),
    below: (&str, &Answer<Decimal>),
    zero: &str,
) -> Answer<Decimal> {
    let of = |(name, answer): (&str, &Answer<Decimal>)| {
        let missing = |missing: &Missing| Missing(format!("{name}: {missing}"));
        answer.clone().map_err(|why| missing(&why))
    };
    let (over, under) = (of(above)?, of(below)?);
    if under.value <= Decimal::ZERO {
        return Err(Missing::because(zero));
    }
    let value = over.value.checked_div(under.value);
    let value = value.ok_or_else(out_of_range)?;
    let hedge = if value.is_sign_negative() {
        // A loss over more is less of a loss.
        hedge_of_sum([over.hedge, under.hedge])
    } else {
        hedge_of_ratio(over.hedge, under.hedge)
    };
    let mut inputs = over.inputs;
    for input in under.inputs {
        if !inputs.contains(&input) {
            inputs.push(input);
        }
    }
    let said = |(name, _): (&str, _), remark: Option<String>| {
        remark.map(|remark| format!("{name}: {remark}"))
    };
    let remarks = [said(above, over.remark), said(below, under.remark)];
    let remarks: Vec<String> = remarks.into_iter().flatten().collect();
    Ok(Stated {
        value,
        hedge,
        inputs,
        remark: (!remarks.is_empty()).then(|| remarks.join("; ")),
    })
}
