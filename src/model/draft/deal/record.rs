//! The record that a deal's draft means, as far as it is understood.

use uuid::Uuid;

use super::super::{
    Check, DraftCx, Parsed, PhaseDraft, RowDraft as _,
    rent_start::{Said, TAKEN_OUT, restated, with_sources_of},
};
use super::{DealDraft, with_new};
use crate::model::{
    Book, CompanyId, Deal, DealId, Hedge, PartialDate, Phase, RecordKey, RecordKind, SourceId,
    deal::RentStart,
};

/// What a deal must have.
pub(super) struct Must {
    pub id: DealId,
    pub company: CompanyId,
    pub counterparty: String,
    pub announced: PartialDate,
}

/// What is checked beyond single fields.
pub(super) struct Parts {
    rent_start: Vec<RentStart>,
    phases: Vec<Phase>,
    base_value_hedge: Hedge,
}

impl DealDraft {
    /// The deal as far as it is understood, from which readings follow: who is
    /// paid may be a company that the book does not have. None if the day is
    /// outside the calendar.
    pub fn so_far(&self, cx: &DraftCx<'_>) -> Option<Deal> {
        let mut check = Check::new(self, cx);
        let announced = check.date("announced");
        let parts = self.parts(&mut check, announced, None, cx);
        // A day that is not known is not before or after any other.
        let start = parts.rent_start.last().map(|start| start.date);
        let today = || PartialDate::day(cx.today);
        let must = Must {
            id: self.id.unwrap_or(DealId(Uuid::nil())),
            company: check
                .company_named("company")
                .unwrap_or(CompanyId(Uuid::nil())),
            counterparty: check.text("counterparty").unwrap_or_default(),
            announced: announced.or(start).or_else(today)?,
        };
        Some(self.record(&check, must, parts, None, cx.book))
    }

    /// The rent starts of the deal and its phases after the edit. A changed one
    /// is a new statement, unless it mends the last.
    pub(super) fn parts(
        &self,
        check: &mut Check<'_>,
        announced: Option<PartialDate>,
        source: Option<SourceId>,
        cx: &DraftCx<'_>,
    ) -> Parts {
        let said = Said {
            correct: self.correct_rent_start,
            typed: check.date("rent_start_stated"),
            otherwise: PartialDate::day(cx.today),
            source,
        };
        let of_new_deal = Said {
            otherwise: announced,
            ..said
        };
        let after = |before: &[RentStart], date| {
            let first = before.is_empty() && self.id.is_none();
            let said = if first { of_new_deal } else { said };
            restated(&with_sources_of(before, cx.book), date, said)
        };
        if taken_out(&self.rent_start, &self.rent_starts) && !said.correct {
            check.refuse("rent_start", TAKEN_OUT);
        }
        let rent_start = after(&self.rent_starts, check.date("rent_start"));
        let mut same = rent_start.len() == self.rent_starts.len() && !said.correct;
        let mut phases = Vec::with_capacity(self.phases.len());
        for (place, draft) in self.phases.iter().enumerate() {
            if draft.is_blank() && draft.rent_starts.is_empty() {
                continue;
            }
            check.require_in(place, "phase_name", "Write what it is called");
            if taken_out(&draft.rent_start, &draft.rent_starts) && !said.correct {
                check.refuse_in(place, "phase_rent_start", TAKEN_OUT);
            }
            let mut phase = phase_of(draft, place, check);
            let date = check.in_row(place, "phase_rent_start");
            phase.rent_start = after(&draft.rent_starts, date.and_then(Parsed::date));
            same &= phase.rent_start.len() == draft.rent_starts.len();
            phases.push(phase);
        }
        if said.typed.is_some() && same {
            check.refuse(
                "rent_start_stated",
                "No rent start was changed: change it, tick “Correct the last statement”, or \
                 leave this blank",
            );
        }
        let base = check.money("base_value");
        let hedge = base.map_or(Hedge::Exact, |(_, hedge)| hedge);
        Parts {
            rent_start,
            phases,
            base_value_hedge: check.planned("base_value", hedge, self.base_value_planned),
        }
    }

    /// The record of what is understood.
    pub(super) fn record(
        &self,
        check: &Check<'_>,
        must: Must,
        parts: Parts,
        source: Option<SourceId>,
        book: &Book,
    ) -> Deal {
        let base = check.money("base_value");
        Deal {
            id: must.id,
            company: must.company,
            counterparty: must.counterparty,
            obligor: check.text("obligor"),
            backstop: check.money("backstop").map(|(money, _)| money),
            counterparty_class: self.counterparty_class,
            kind: self.kind,
            site: check.text("site"),
            announced: must.announced,
            rent_start: parts.rent_start,
            term_months: check.months("term"),
            base_value: base.map(|(money, _)| money),
            base_value_hedge: parts.base_value_hedge,
            extension_options: check.text("extension_options"),
            value_with_options: check.money("value_with_options").map(|(money, _)| money),
            escalator: check.fraction("escalator"),
            critical_mw: check.megawatts("critical_mw"),
            gross_mw: check.megawatts("gross_mw"),
            gpus: check.count("gpus"),
            owned_share: check.fraction("owned_share"),
            noi_margin: check.fraction("noi_margin"),
            prepayment: check.money("prepayment").map(|(money, _)| money),
            warrants: check.text("warrants"),
            phases: parts.phases,
            status: self.status,
            alternative_to: self.alternative_to.filter(|id| {
                let key = RecordKey::new(RecordKind::Deal, id.0);
                Some(*id) != self.id && book.contains(key)
            }),
            sources: with_new(&self.sources, source, book),
            note: check.text("note").unwrap_or_default(),
        }
    }
}

/// True if a start that was stated is blank now.
fn taken_out(typed: &str, before: &[RentStart]) -> bool {
    typed.trim().is_empty() && !before.is_empty()
}

/// What is understood of a phase, without its rent starts.
fn phase_of(draft: &PhaseDraft, place: usize, check: &Check<'_>) -> Phase {
    let parsed = |field| check.in_row(place, field);
    Phase {
        name: draft.name.trim().to_owned(),
        base_value: parsed("phase_value").and_then(Parsed::money),
        critical_mw: parsed("phase_critical_mw").and_then(Parsed::megawatts),
        gross_mw: parsed("phase_gross_mw").and_then(Parsed::megawatts),
        rent_start: Vec::new(),
        term_months: parsed("phase_term").and_then(Parsed::months),
    }
}
