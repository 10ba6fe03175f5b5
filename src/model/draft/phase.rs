//! A phase of a deal as typed. It may leave everything but its name out.

use super::{
    Live,
    read::{self, Range},
    row::{RowDraft, RowField, row_fields},
    write,
};
use crate::model::{Hedge, Phase, deal::RentStart, typed::PowerKind};

/// A phase of a deal as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PhaseDraft {
    /// What it is called.
    pub name: String,
    /// Its part of the base value.
    pub value: String,
    /// Its critical IT load.
    pub critical_mw: String,
    /// Its gross load.
    pub gross_mw: String,
    /// Its base term, if not that of the deal.
    pub term: String,
    /// When its rent starts, as stated last; if not with the deal's.
    pub rent_start: String,
    /// The statements of its rent start that the edited deal has.
    pub rent_starts: Vec<RentStart>,
}

impl PhaseDraft {
    /// A phase of which only the name is suggested, from its place.
    pub fn at(place: usize) -> Self {
        Self {
            name: format!("Phase {}", place.saturating_add(1)),
            ..Self::default()
        }
    }

    /// The phase as one would type it.
    pub(super) fn from_record(phase: &Phase) -> Self {
        Self {
            name: phase.name.clone(),
            value: write::or_blank(phase.base_value, |value| write::money(value, Hedge::Exact)),
            critical_mw: write::or_blank(phase.critical_mw, write::megawatts),
            gross_mw: write::or_blank(phase.gross_mw, write::megawatts),
            term: write::or_blank(phase.term_months, write::months),
            rent_start: write::or_blank(phase.rent_start.last(), |start| write::date(start.date)),
            rent_starts: phase.rent_start.clone(),
        }
    }

    /// The same of a new deal: what was stated last stays, its history does not.
    pub(super) fn duplicate(&mut self) {
        let last = self.rent_starts.pop();
        self.rent_starts = last.into_iter().collect();
    }
}

impl RowDraft for PhaseDraft {
    fn noun(&self) -> &'static str {
        "Phase"
    }

    row_fields! {
        name "phase_name" "name"
        value "phase_value" "value"
        critical_mw "phase_critical_mw" "critical MW"
        gross_mw "phase_gross_mw" "gross MW"
        term "phase_term" "term"
        rent_start "phase_rent_start" "rent start"
    }

    fn live(&self, field: &str) -> Live {
        match field {
            "phase_name" => read::words(&self.name),
            "phase_value" => read::exact_money(&self.value, Range::Positive),
            "phase_critical_mw" => read::power(&self.critical_mw, PowerKind::Critical),
            "phase_gross_mw" => read::power(&self.gross_mw, PowerKind::Gross),
            "phase_term" => read::months(&self.term),
            "phase_rent_start" => read::date(&self.rent_start),
            _ => Live::Empty,
        }
    }
}
