//! How much of a backlog rests on few names: the Herfindahl–Hirschman index,
//! once by who signed and once by whose credit stands behind it.

use rust_decimal::Decimal;

use super::switches::Switches;
use super::{Answer, Missing};
use crate::model::{Day, Deal, DealId};

/// A name and what it stands for.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedShare {
    /// Signatory or obligor.
    pub name: String,
    /// Remaining value (base value where nothing says when rent starts), USD.
    pub value_usd: Decimal,
    /// Its part of all, as a fraction.
    pub fraction: Decimal,
    /// The deals it comes from.
    pub deals: Vec<DealId>,
}

/// A backlog by name.
#[derive(Clone, Debug, PartialEq)]
pub struct Concentration {
    /// Largest first.
    pub shares: Vec<NamedShare>,
    /// Sum of the squared percentages, 0 to 10,000.
    pub hhi: Answer<Decimal>,
}

/// By who signed.
pub fn by_signatory(_deals: &[&Deal], _as_of: Day, _switches: Switches) -> Concentration {
    // Stub.
    Concentration {
        shares: Vec::new(),
        hhi: Err(Missing::because("not yet computed")),
    }
}

/// By whose credit stands behind it: the obligor up to its backstop, where one
/// is stated, and the signatory for the rest.
pub fn by_obligor(_deals: &[&Deal], _as_of: Day, _switches: Switches) -> Concentration {
    // Stub.
    Concentration {
        shares: Vec::new(),
        hhi: Err(Missing::because("not yet computed")),
    }
}
