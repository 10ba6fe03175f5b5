//! What a form's texts mean, computed once for every change of them: echoes,
//! errors, and what is odd about a deal's terms.

use uuid::Uuid;

use super::Visit;
use super::echo;
use super::typed::Typed;
use crate::analytics::rates::{self, Plausibility, Rates, Terms};
use crate::model::draft::{DealDraft, DraftCx, FieldError, Live, Parsed};
use crate::ui::Cx;
use crate::ui::widget::Tone;

/// What a form's texts mean.
pub(super) struct Readings {
    typed: Typed,
    revision: u64,
    fields: Vec<(&'static str, Reading)>,
    lacking: Vec<FieldError>,
    /// Rates of a deal and how they compare.
    pub rates: Option<(Rates, Plausibility)>,
    warnings: Vec<(&'static str, String)>,
    /// The pasted link is one that the book has.
    pub link_known: bool,
}

/// The meaning of one text.
enum Reading {
    Nothing,
    Echo(String),
    Refused(String),
}

impl Readings {
    pub fn new(typed: &Typed, cx: &Cx<'_>) -> Self {
        let draft = typed.draft();
        let draft_cx = draft_cx(cx);
        let mut link_known = false;
        let mut reading = |field: &'static str| match draft.live(field, &draft_cx) {
            Live::Empty => Reading::Nothing,
            Live::Err(text) => Reading::Refused(text),
            Live::Ok(parsed) => {
                link_known |= field == "link" && matches!(parsed, Parsed::Source(_));
                echo::text(&parsed, cx).map_or(Reading::Nothing, Reading::Echo)
            }
        };
        let fields = draft.fields().iter();
        let fields = fields.map(|field| (*field, reading(field))).collect();
        // Only the errors are wanted, so the ids of the records do not matter.
        let lacking = draft.build(&draft_cx, &mut Uuid::nil).err();
        let deal = match typed {
            Typed::Deal(deal) => Some(deal),
            Typed::Debt(_)
            | Typed::Figure(_)
            | Typed::Company(_)
            | Typed::Treasury(_)
            | Typed::Source(_)
            | Typed::Note(_) => None,
        };
        let (rates, warnings) = deal.map(|deal| judged(deal, &draft_cx)).unzip();
        Self {
            typed: typed.clone(),
            revision: cx.revision,
            fields,
            lacking: lacking.unwrap_or_default(),
            rates,
            warnings: warnings.unwrap_or_default(),
            link_known,
        }
    }

    /// True if they are still those of what is typed.
    pub fn are_of(&self, typed: &Typed, cx: &Cx<'_>) -> bool {
        self.revision == cx.revision && self.typed == *typed
    }

    /// What to say beside a field. What is lacking is said only once the field
    /// was left or saving was tried.
    pub fn message(&self, field: &str, visit: &Visit) -> Option<(Tone, &str)> {
        if field == "company" && visit.suggestions.shown {
            // The list says more than "no such company" about a name half typed.
            return None;
        }
        let reading = self.fields.iter().find(|(name, _)| *name == field);
        if let Some((_, Reading::Refused(text))) = reading {
            return Some((Tone::Error, text));
        }
        let lacking = self.lacking.iter().find(|error| error.field == field);
        if let Some(error) = lacking.filter(|_| visit.submitted || visit.left.contains(field)) {
            return Some((Tone::Error, &error.text));
        }
        if let Some(text) = self.warning(field) {
            return Some((Tone::Warn, text));
        }
        match reading {
            Some((_, Reading::Echo(text))) => Some((Tone::Hint, text)),
            Some((_, Reading::Nothing | Reading::Refused(_))) | None => None,
        }
    }

    /// What is odd about a field, though it may be right.
    pub fn warning(&self, field: &str) -> Option<&str> {
        let found = self.warnings.iter().find(|(name, _)| *name == field);
        found.map(|(_, text)| text.as_str())
    }
}

/// What drafts are read against in this frame.
pub(super) const fn draft_cx<'a>(cx: &Cx<'a>) -> DraftCx<'a> {
    DraftCx {
        book: cx.book,
        today: cx.today,
    }
}

type Judged = ((Rates, Plausibility), Vec<(&'static str, String)>);

/// The rates that follow from the terms typed so far, and what is odd.
fn judged(deal: &DealDraft, cx: &DraftCx<'_>) -> Judged {
    let typed = deal.terms(cx);
    let terms = Terms {
        base_value: typed.base_value,
        term_months: typed.term_months,
        critical_mw: typed.critical_mw,
        gross_mw: typed.gross_mw,
        gpus: typed.gpus,
    };
    let warnings = rates::warnings(deal.kind, &terms, typed.value_with_options);
    let plausibility = rates::plausibility(deal.kind, &terms);
    ((rates::rates(&terms), plausibility), warnings)
}
