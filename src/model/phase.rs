//! The phases of a deal: parts of it with their own load, value, start and
//! term. The deal's own fields stay the whole; nothing is split or summed up
//! here but to say where the two do not agree.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::deal::RentStart;
use super::{Day, Deal, Money};

const MILLION: Decimal = Decimal::from_parts(1_000_000, 0, 0, false, 0);

/// A part of a deal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phase {
    /// What it is called: "Phase I", "CB-3".
    pub name: String,
    /// Its part of the base value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_value: Option<Money>,
    /// Its part of the critical IT load in MW.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub critical_mw: Option<Decimal>,
    /// Its part of the gross load in MW.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gross_mw: Option<Decimal>,
    /// Stated days of its first rent, oldest statement first; the last one
    /// counts. None means that of the deal.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rent_start: Vec<RentStart>,
    /// Its base term; none means that of the deal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub term_months: Option<u32>,
}

impl Phase {
    /// The day of its first rent that counted on a day: the latest statement by then.
    pub fn rent_start_by(&self, as_of: Day) -> Option<&RentStart> {
        let mut known = self.rent_start.iter().filter(|s| s.known_by(as_of));
        known.next_back()
    }
}

impl Deal {
    /// Where the phases do not agree with the whole: the field of the whole to
    /// look at, and a sentence that says which input is suspicious.
    pub fn phases_consistent(&self) -> Vec<(&'static str, String)> {
        if self.phases.is_empty() {
            return Vec::new();
        }
        let mut found = Vec::new();
        let foreign = self.base_value.and_then(|whole| {
            let other = |phase: &&Phase| {
                let currency = phase.base_value.map(|value| value.currency);
                currency.is_some_and(|currency| currency != whole.currency)
            };
            self.phases.iter().find(other)
        });
        if let Some(phase) = foreign {
            let text = format!("{} is not in the currency of the base value", phase.name);
            found.push(("base_value", text));
        } else {
            let whole = self.base_value.map(|value| value.amount);
            let value = |phase: &Phase| Some(phase.base_value?.amount);
            let shown = |value: Decimal| format!("{}m", (value / MILLION).normalize());
            let text = disagreement("base value", whole, &self.phases, value, shown);
            found.extend(text.map(|text| ("base_value", text)));
        }
        let megawatts = |mw: Decimal| format!("{} MW", mw.normalize());
        let (critical, gross) = (
            |phase: &Phase| phase.critical_mw,
            |phase: &Phase| phase.gross_mw,
        );
        let name = "critical IT load";
        let text = disagreement(name, self.critical_mw, &self.phases, critical, megawatts);
        found.extend(text.map(|text| ("critical_mw", text)));
        let text = disagreement("gross load", self.gross_mw, &self.phases, gross, megawatts);
        found.extend(text.map(|text| ("gross_mw", text)));
        found
    }
}

/// What is odd about the parts of a whole, if anything is. While a phase's part
/// is not stated the others may be less than the whole, but not more.
fn disagreement(
    name: &str,
    whole: Option<Decimal>,
    phases: &[Phase],
    part: impl Fn(&Phase) -> Option<Decimal>,
    shown: impl Fn(Decimal) -> String,
) -> Option<String> {
    let whole = whole?;
    let parts: Vec<_> = phases.iter().filter_map(&part).collect();
    let sum = parts
        .iter()
        .try_fold(Decimal::ZERO, |sum: Decimal, part| sum.checked_add(*part))?;
    let complete = parts.len() == phases.len();
    if sum == whole || (sum < whole && !complete) {
        return None;
    }
    let all = |phase: &&Phase| phases.len() > 1 && part(phase) == Some(whole);
    let hint = match phases.iter().find(all) {
        Some(phase) => format!("{} has the {name} of the whole: check it", phase.name),
        None if sum < whole => {
            format!("check whether a phase is missing or the {name} counts more than the phases")
        }
        None => format!("check whether the {name} is that of one phase"),
    };
    let (sum, whole) = (shown(sum), shown(whole));
    Some(format!(
        "the phases have {sum} and the whole has {whole} of {name}: {hint}"
    ))
}
