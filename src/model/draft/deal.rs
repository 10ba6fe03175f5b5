//! A deal as typed.

mod record;

use rust_decimal::Decimal;
use uuid::Uuid;

use self::record::Must;
use super::{
    Check, Draft, DraftCx, FieldError, LinkDraft, Live, Parsed, PhaseDraft, RowDraft,
    read::{self, Range},
    text_fields, verb, who, write,
};
use crate::model::{
    Book, Change, Day, Deal, DealId, Hedge, Money, Op, Record, SourceId,
    deal::{CounterpartyClass, DealKind, DealStatus, RentStart},
    typed::PowerKind,
};

/// A deal as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DealDraft {
    /// The deal that is edited; none adds one.
    pub id: Option<DealId>,
    /// Who is paid.
    pub company: String,
    /// Who signed.
    pub counterparty: String,
    /// What kind of company signed.
    pub counterparty_class: CounterpartyClass,
    /// What is sold.
    pub kind: DealKind,
    /// How far it has come.
    pub status: DealStatus,
    /// Where.
    pub site: String,
    /// When it became known.
    pub announced: String,
    /// Value over the base term; may be hedged.
    pub base_value: String,
    /// The base value is a plan or target.
    pub base_value_planned: bool,
    /// Base term.
    pub term: String,
    /// Critical IT load.
    pub critical_mw: String,
    /// Gross utility load.
    pub gross_mw: String,
    /// When rent starts, as stated last.
    pub rent_start: String,
    /// When a changed rent start was stated; if blank, today, or for a new deal
    /// the day it became known.
    pub rent_start_stated: String,
    /// A changed rent start mends the last statement rather than adding one.
    pub correct_rent_start: bool,
    /// The statements of the rent start that the edited deal has.
    pub rent_starts: Vec<RentStart>,
    /// Its phases.
    pub phases: Vec<PhaseDraft>,
    /// Value if every option is taken.
    pub value_with_options: String,
    /// Extension options in words.
    pub extension_options: String,
    /// Yearly rise of the rent.
    pub escalator: String,
    /// GPUs delivered.
    pub gpus: String,
    /// The company's share of a joint venture.
    pub owned_share: String,
    /// Stated net operating income margin.
    pub noi_margin: String,
    /// Paid in advance.
    pub prepayment: String,
    /// Whose credit stands behind it.
    pub obligor: String,
    /// How much the obligor guarantees.
    pub backstop: String,
    /// Warrants given, in words.
    pub warrants: String,
    /// The deal of which this is another source's statement.
    pub alternative_to: Option<DealId>,
    /// The sources it has.
    pub sources: Vec<SourceId>,
    /// A source to add.
    pub link: LinkDraft,
    /// Remarks.
    pub note: String,
}

impl Default for DealDraft {
    fn default() -> Self {
        Self {
            id: None,
            company: String::new(),
            counterparty: String::new(),
            counterparty_class: CounterpartyClass::Undisclosed,
            kind: DealKind::Unknown,
            status: DealStatus::Announced,
            site: String::new(),
            announced: String::new(),
            base_value: String::new(),
            base_value_planned: false,
            term: String::new(),
            critical_mw: String::new(),
            gross_mw: String::new(),
            rent_start: String::new(),
            rent_start_stated: String::new(),
            correct_rent_start: false,
            rent_starts: Vec::new(),
            phases: Vec::new(),
            value_with_options: String::new(),
            extension_options: String::new(),
            escalator: String::new(),
            gpus: String::new(),
            owned_share: String::new(),
            noi_margin: String::new(),
            prepayment: String::new(),
            obligor: String::new(),
            backstop: String::new(),
            warrants: String::new(),
            alternative_to: None,
            sources: Vec::new(),
            link: LinkDraft::default(),
            note: String::new(),
        }
    }
}

/// The terms that a draft has so far; each is none while its field is blank
/// or not understood.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DealTerms {
    /// Value over the base term.
    pub base_value: Option<Money>,
    /// Base term.
    pub term_months: Option<u32>,
    /// Critical IT load in MW.
    pub critical_mw: Option<Decimal>,
    /// Gross load in MW.
    pub gross_mw: Option<Decimal>,
    /// GPUs delivered.
    pub gpus: Option<u64>,
    /// Value if every option is taken.
    pub value_with_options: Option<Money>,
}

impl DealDraft {
    /// A blank deal that became known on that day.
    pub fn new(announced: Day) -> Self {
        Self {
            announced: announced.to_string(),
            ..Self::default()
        }
    }

    /// The deal as one would type it, to be edited.
    pub fn from_record(deal: &Deal, book: &Book) -> Self {
        let money = write::money_or_blank;
        let percent = |value: Option<Decimal>| write::or_blank(value, write::percent);
        let megawatts = |value: Option<Decimal>| write::or_blank(value, write::megawatts);
        let words = |text: &Option<String>| text.clone().unwrap_or_default();
        Self {
            id: Some(deal.id),
            company: who::text_of(deal.company, book),
            counterparty: deal.counterparty.clone(),
            counterparty_class: deal.counterparty_class,
            kind: deal.kind,
            status: deal.status,
            site: words(&deal.site),
            announced: write::date(deal.announced),
            base_value: write::or_blank(deal.base_value, |value| {
                write::money(value, deal.base_value_hedge)
            }),
            base_value_planned: deal.base_value_hedge == Hedge::Planned,
            term: write::or_blank(deal.term_months, write::months),
            critical_mw: megawatts(deal.critical_mw),
            gross_mw: megawatts(deal.gross_mw),
            rent_start: write::or_blank(deal.current_rent_start(), |start| write::date(start.date)),
            rent_start_stated: String::new(),
            correct_rent_start: false,
            rent_starts: deal.rent_start.clone(),
            phases: deal.phases.iter().map(PhaseDraft::from_record).collect(),
            value_with_options: money(deal.value_with_options),
            extension_options: words(&deal.extension_options),
            escalator: percent(deal.escalator),
            gpus: write::or_blank(deal.gpus, |gpus| write::number(gpus.into())),
            owned_share: percent(deal.owned_share),
            noi_margin: percent(deal.noi_margin),
            prepayment: money(deal.prepayment),
            obligor: words(&deal.obligor),
            backstop: money(deal.backstop),
            warrants: words(&deal.warrants),
            alternative_to: deal.alternative_to,
            sources: deal.sources.clone(),
            link: LinkDraft::default(),
            note: deal.note.clone(),
        }
    }

    /// The same as a new deal: what was typed stays, its history does not.
    #[must_use]
    pub fn duplicate(mut self) -> Self {
        self.id = None;
        self.rent_starts.clear();
        self.phases.iter_mut().for_each(PhaseDraft::duplicate);
        self
    }

    /// The terms understood so far, from which rates follow.
    pub fn terms(&self, cx: &DraftCx<'_>) -> DealTerms {
        let money = |field| match self.live(field, cx) {
            Live::Ok(Parsed::Money(money, _)) => Some(money),
            Live::Ok(_) | Live::Empty | Live::Err(_) => None,
        };
        let power = |field| match self.live(field, cx) {
            Live::Ok(Parsed::Megawatts(megawatts)) => Some(megawatts),
            Live::Ok(_) | Live::Empty | Live::Err(_) => None,
        };
        DealTerms {
            base_value: money("base_value"),
            term_months: match self.live("term", cx) {
                Live::Ok(Parsed::Months(months)) => Some(months),
                Live::Ok(_) | Live::Empty | Live::Err(_) => None,
            },
            critical_mw: power("critical_mw"),
            gross_mw: power("gross_mw"),
            gpus: match self.live("gpus", cx) {
                Live::Ok(Parsed::Count(gpus)) => Some(gpus),
                Live::Ok(_) | Live::Empty | Live::Err(_) => None,
            },
            value_with_options: money("value_with_options"),
        }
    }

    fn label(&self, deal: &Deal, cx: &DraftCx<'_>) -> String {
        format!(
            "{} deal {} – {}",
            verb(self.id.is_some()),
            who::name_of(deal.company, cx.book),
            deal.site.as_ref().unwrap_or(&deal.counterparty)
        )
    }
}

impl Draft for DealDraft {
    text_fields! {
        company counterparty site announced base_value term critical_mw gross_mw rent_start
        rent_start_stated value_with_options extension_options escalator gpus owned_share noi_margin prepayment
        obligor backstop warrants note + link
    }

    fn rows(&self) -> Vec<&dyn RowDraft> {
        let rows = self.phases.iter();
        rows.map(|phase| phase as &dyn RowDraft).collect()
    }

    fn live(&self, field: &str, cx: &DraftCx<'_>) -> Live {
        match field {
            "company" => who::company(&self.company, cx.book),
            "announced" => read::date(&self.announced),
            "base_value" => read::money(&self.base_value, Range::Positive),
            "term" => read::months(&self.term),
            "critical_mw" => read::power(&self.critical_mw, PowerKind::Critical),
            "gross_mw" => read::power(&self.gross_mw, PowerKind::Gross),
            "rent_start" => read::date(&self.rent_start),
            "rent_start_stated" => read::date(&self.rent_start_stated),
            "value_with_options" => read::exact_money(&self.value_with_options, Range::Positive),
            "escalator" => read::fraction(&self.escalator, Range::Escalator),
            "gpus" => read::count(&self.gpus),
            "owned_share" => read::fraction(&self.owned_share, Range::Share),
            "noi_margin" => read::fraction(&self.noi_margin, Range::Margin),
            "prepayment" => read::exact_money(&self.prepayment, Range::Positive),
            "backstop" => read::exact_money(&self.backstop, Range::Positive),
            "counterparty" | "site" | "extension_options" | "obligor" | "warrants" | "note" => {
                read::words(self.text(field).unwrap_or_default())
            }
            other => self.link.live(other, cx),
        }
    }

    fn build(
        &self,
        cx: &DraftCx<'_>,
        new_id: &mut dyn FnMut() -> Uuid,
    ) -> Result<Change, Vec<FieldError>> {
        let mut check = Check::new(self, cx);
        let company = check.company("company");
        let signed = check.text("counterparty");
        let counterparty =
            check.required("counterparty", signed, "Write who signed, or “Undisclosed”");
        let known = check.date("announced");
        let announced = check.required("announced", known, "Write the day it became known");
        let linked = self.link.build(&mut check, cx.book, new_id);
        let source = linked.as_ref().map(|linked| linked.id);
        let parts = self.parts(&mut check, announced, source, cx);
        let deal = (|| {
            let must = Must {
                id: self.id.unwrap_or_else(|| DealId(new_id())),
                company: company?,
                counterparty: counterparty?,
                announced: announced?,
            };
            Some(self.record(&check, must, parts, source, cx.book))
        })();
        let deal = check.done(deal)?;
        let label = self.label(&deal, cx);
        let mut ops: Vec<_> = linked.and_then(|linked| linked.op).into_iter().collect();
        ops.push(Op::put(Record::Deal(deal)));
        Ok(Change::new(label, ops))
    }
}

/// The sources that are still in the book, and the new one unless it is among them.
pub(super) fn with_new(sources: &[SourceId], new: Option<SourceId>, book: &Book) -> Vec<SourceId> {
    let there = sources.iter().filter(|id| book.source(**id).is_some());
    let mut all: Vec<_> = there.copied().collect();
    all.extend(new.filter(|id| !sources.contains(id)));
    all
}
