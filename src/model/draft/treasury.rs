//! A treasury event as typed: coins bought, sold or held.

use uuid::Uuid;

use super::{
    Check, Draft, DraftCx, FieldError, LinkDraft, Live, TimeKind,
    figure::time_kind,
    read::{self, Range},
    text_fields, verb, who, write,
};
use crate::model::{
    Book, Change, CompanyId, Day, Hedge, Op, Record, SourceId, Treasury, TreasuryId, Unit,
    treasury::TreasuryKind,
};

/// A treasury event as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TreasuryDraft {
    /// The event that is edited; none adds one.
    pub id: Option<TreasuryId>,
    /// Whose coins.
    pub company: String,
    /// What happened.
    pub kind: TreasuryKind,
    /// Coins; may be hedged.
    pub btc: String,
    /// Money paid or received; may be hedged.
    pub proceeds: String,
    /// It is a plan or target.
    pub planned: bool,
    /// Whether it speaks of a day or of a period.
    pub event_kind: TimeKind,
    /// When it happened.
    pub event: String,
    /// When it became known.
    pub disclosed: String,
    /// The source it has; a pasted link takes its place.
    pub source: Option<SourceId>,
    /// A source to use instead.
    pub link: LinkDraft,
    /// Remarks.
    pub note: String,
}

impl Default for TreasuryDraft {
    fn default() -> Self {
        Self {
            id: None,
            company: String::new(),
            kind: TreasuryKind::Holding,
            btc: String::new(),
            proceeds: String::new(),
            planned: false,
            event_kind: TimeKind::Instant,
            event: String::new(),
            disclosed: String::new(),
            source: None,
            link: LinkDraft::default(),
            note: String::new(),
        }
    }
}

impl TreasuryDraft {
    /// A blank event that became known on that day.
    pub fn new(disclosed: Day) -> Self {
        Self {
            disclosed: disclosed.to_string(),
            ..Self::default()
        }
    }

    /// The event as one would type it, to be edited.
    pub fn from_record(event: &Treasury, book: &Book) -> Self {
        // The hedge is of the whole statement: it stands with the coins if there are any.
        let of_money = if event.btc.is_some() {
            Hedge::Exact
        } else {
            event.hedge
        };
        Self {
            id: Some(event.id),
            company: who::text_of(event.company, book),
            kind: event.kind,
            btc: write::or_blank(event.btc, |btc| {
                write::value(btc, Unit::Btc, None, event.hedge)
            }),
            proceeds: write::or_blank(event.proceeds, |money| write::money(money, of_money)),
            planned: event.hedge == Hedge::Planned,
            event_kind: time_kind(event.event, TimeKind::Instant),
            event: write::or_blank(event.event, write::time),
            disclosed: write::or_blank(event.disclosed, write::date),
            source: event.source,
            link: LinkDraft::default(),
            note: event.note.clone(),
        }
    }

    /// The event as far as it is understood, from which readings follow: its
    /// company may be one that the book does not have.
    pub fn so_far(&self, cx: &DraftCx<'_>) -> Treasury {
        let check = Check::new(self, cx);
        let company = check.company_named("company");
        let (btc, proceeds) = (check.number("btc"), check.money("proceeds"));
        let hedge = btc.map(|(_, hedge)| hedge);
        Treasury {
            id: self.id.unwrap_or(TreasuryId(Uuid::nil())),
            company: company.unwrap_or(CompanyId(Uuid::nil())),
            kind: self.kind,
            btc: btc.map(|(btc, _)| btc),
            proceeds: proceeds.map(|(money, _)| money),
            hedge: hedge
                .or_else(|| proceeds.map(|(_, hedge)| hedge))
                .unwrap_or(Hedge::Exact),
            event: check.time("event"),
            disclosed: check.date("disclosed"),
            source: None,
            note: String::new(),
        }
    }

    /// The same as a new event.
    #[must_use]
    pub fn duplicate(mut self) -> Self {
        self.id = None;
        self
    }
}

impl Draft for TreasuryDraft {
    text_fields! { company btc proceeds event disclosed note + link }

    fn live(&self, field: &str, cx: &DraftCx<'_>) -> Live {
        match field {
            "company" => who::company(&self.company, cx.book),
            "btc" => {
                // Nothing held is a statement; nothing bought or sold is none.
                let range = match self.kind {
                    TreasuryKind::Holding => Range::ZeroOrMore,
                    TreasuryKind::Purchase | TreasuryKind::Sale => Range::Positive,
                };
                read::btc(&self.btc, range)
            }
            "proceeds" => read::money(&self.proceeds, Range::Positive),
            "event" => read::time(&self.event, self.event_kind),
            "disclosed" => read::date(&self.disclosed),
            "note" => read::words(&self.note),
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
        let (btc, proceeds) = (check.number("btc"), check.money("proceeds"));
        let stated = (btc.is_some() || proceeds.is_some()).then_some(());
        if self.proceeds.trim().is_empty() {
            check.required(
                "btc",
                stated,
                "Write the coins, or the money if only that was stated",
            );
        }
        let hedge = match (btc.map(|(_, hedge)| hedge), proceeds.map(|(_, h)| h)) {
            (Some(hedge), None | Some(Hedge::Exact)) | (None | Some(Hedge::Exact), Some(hedge)) => {
                hedge
            }
            (None, None) => Hedge::Exact,
            (Some(of_coins), Some(of_money)) => {
                if of_coins != of_money {
                    check.refuse(
                        "proceeds",
                        format!(
                            "The coins are “{}”, the money “{}”: one statement has one hedge",
                            of_coins.label(),
                            of_money.label()
                        ),
                    );
                }
                of_coins
            }
        };
        let hedge = check.planned("btc", hedge, self.planned);
        let linked = self.link.build(&mut check, cx.book, new_id);
        let there = self.source.filter(|id| cx.book.source(*id).is_some());
        let event = (|| {
            Some(Treasury {
                id: self.id.unwrap_or_else(|| TreasuryId(new_id())),
                company: company?,
                kind: self.kind,
                btc: btc.map(|(btc, _)| btc),
                proceeds: proceeds.map(|(money, _)| money),
                hedge,
                event: check.time("event"),
                disclosed: check.date("disclosed"),
                source: linked.as_ref().map(|linked| linked.id).or(there),
                note: check.text("note").unwrap_or_default(),
            })
        })();
        let event = check.done(event)?;
        let label = format!(
            "{} {} of bitcoin {}",
            verb(self.id.is_some()),
            event.kind.label().to_lowercase(),
            who::name_of(event.company, cx.book)
        );
        let mut ops: Vec<_> = linked.and_then(|linked| linked.op).into_iter().collect();
        ops.push(Op::put(Record::Treasury(event)));
        Ok(Change::new(label, ops))
    }
}
