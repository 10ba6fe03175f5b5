//! A debt instrument as typed.

use rust_decimal::Decimal;
use uuid::Uuid;

use super::{
    Check, Draft, DraftCx, FieldError, LinkDraft, Live, Parsed, RepaymentDraft, RowDraft, coupon,
    deal::with_new,
    read::{self, Range},
    text_fields, verb, who, write,
};
use crate::model::{
    Book, Change, CompanyId, Currency, Debt, DebtId, Hedge, Instalments, Money, Op, Record,
    Repayment, SourceId,
    debt::{DebtKind, DebtLevel, DebtStatus},
    repayment::Interval,
};

/// A debt instrument as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DebtDraft {
    /// The debt that is edited; none adds one.
    pub id: Option<DebtId>,
    /// The listed company.
    pub company: String,
    /// What it is called.
    pub name: String,
    /// The issuing entity, if another.
    pub issuer: String,
    /// Who in the group owes it.
    pub level: DebtLevel,
    /// What kind.
    pub kind: DebtKind,
    /// Whether it is owed.
    pub status: DebtStatus,
    /// Face value or commitment; may be hedged.
    pub principal: String,
    /// The principal is a plan or target.
    pub principal_planned: bool,
    /// Drawn of a facility.
    pub drawn: String,
    /// Interest: fixed, or over a reference.
    pub coupon: String,
    /// When issued.
    pub issued: String,
    /// When due.
    pub matures: String,
    /// Price a share at which it converts.
    pub conversion_price: String,
    /// Price a share up to which a capped call pays.
    pub cap_price: String,
    /// Repayments before maturity, in words.
    pub amortisation: String,
    /// The stated repayments before maturity.
    pub schedule: Vec<RepaymentDraft>,
    /// Part of the principal that each instalment repays; blank if there are none.
    pub instalment: String,
    /// How often an instalment is due.
    pub instalment_every: Interval,
    /// When the first instalment is due; blank means one interval after the issue.
    pub instalment_first: String,
    /// Recourse to the parent, in words.
    pub recourse: String,
    /// The site it finances.
    pub site: String,
    /// The company's share of a joint venture.
    pub owned_share: String,
    /// The sources it has.
    pub sources: Vec<SourceId>,
    /// A source to add.
    pub link: LinkDraft,
    /// Remarks.
    pub note: String,
}

impl Default for DebtDraft {
    fn default() -> Self {
        Self {
            id: None,
            company: String::new(),
            name: String::new(),
            issuer: String::new(),
            level: DebtLevel::Parent,
            kind: DebtKind::Other,
            status: DebtStatus::Outstanding,
            principal: String::new(),
            principal_planned: false,
            drawn: String::new(),
            coupon: String::new(),
            issued: String::new(),
            matures: String::new(),
            conversion_price: String::new(),
            cap_price: String::new(),
            amortisation: String::new(),
            schedule: Vec::new(),
            instalment: String::new(),
            instalment_every: Interval::Quarter,
            instalment_first: String::new(),
            recourse: String::new(),
            site: String::new(),
            owned_share: String::new(),
            sources: Vec::new(),
            link: LinkDraft::default(),
            note: String::new(),
        }
    }
}

impl DebtDraft {
    /// The debt as one would type it, to be edited.
    pub fn from_record(debt: &Debt, book: &Book) -> Self {
        let words = |text: &Option<String>| text.clone().unwrap_or_default();
        let currency = debt
            .principal
            .map_or(Currency::USD, |principal| principal.currency);
        let price = |value: Option<Decimal>| {
            write::or_blank(value, |value| {
                write::money(Money::new(value, currency), Hedge::Exact)
            })
        };
        let rule = debt.instalments.as_ref();
        let stated = debt.schedule.iter();
        Self {
            id: Some(debt.id),
            company: who::text_of(debt.company, book),
            name: debt.name.clone(),
            issuer: words(&debt.issuer),
            level: debt.level,
            kind: debt.kind,
            status: debt.status,
            principal: write::or_blank(debt.principal, |value| {
                write::money(value, debt.principal_hedge)
            }),
            principal_planned: debt.principal_hedge == Hedge::Planned,
            drawn: write::money_or_blank(debt.drawn),
            coupon: write::or_blank(debt.coupon.as_ref(), coupon::text),
            issued: write::or_blank(debt.issued, write::date),
            matures: write::or_blank(debt.matures, write::date),
            conversion_price: price(debt.conversion_price),
            cap_price: price(debt.cap_price),
            amortisation: words(&debt.amortisation),
            schedule: stated.map(RepaymentDraft::from_record).collect(),
            instalment: write::or_blank(rule, |rule| write::percent(rule.fraction)),
            instalment_every: rule.map_or(Interval::Quarter, |rule| rule.every),
            instalment_first: write::or_blank(rule.and_then(|rule| rule.first), write::date),
            recourse: words(&debt.recourse),
            site: words(&debt.site),
            owned_share: write::or_blank(debt.owned_share, write::percent),
            sources: debt.sources.clone(),
            link: LinkDraft::default(),
            note: debt.note.clone(),
        }
    }

    /// The same as a new debt.
    #[must_use]
    pub fn duplicate(mut self) -> Self {
        self.id = None;
        self
    }

    /// The currency that prices a share are in: that of the principal.
    fn currency(&self) -> Currency {
        match read::money(&self.principal, Range::Any) {
            Live::Ok(Parsed::Money(money, _)) => money.currency,
            Live::Ok(_) | Live::Empty | Live::Err(_) => Currency::USD,
        }
    }
}

/// What is checked beyond single fields.
struct Parts {
    principal_hedge: Hedge,
    schedule: Vec<Repayment>,
    instalments: Option<Instalments>,
}

impl DebtDraft {
    /// The debt as far as it is understood, from which readings follow: its
    /// company may be one that the book does not have, its name blank.
    pub fn so_far(&self, cx: &DraftCx<'_>) -> Debt {
        let mut check = Check::new(self, cx);
        let parts = self.parts(&mut check);
        let company = check.company_named("company");
        let must = (
            self.id.unwrap_or(DebtId(Uuid::nil())),
            company.unwrap_or(CompanyId(Uuid::nil())),
            check.text("name").unwrap_or_default(),
        );
        self.record(&check, must, parts, None, cx.book)
    }

    fn parts(&self, check: &mut Check<'_>) -> Parts {
        let hedge = check.money("principal").map(|(_, hedge)| hedge);
        let hedge = hedge.unwrap_or(Hedge::Exact);
        let principal_hedge = check.planned("principal", hedge, self.principal_planned);
        let mut schedule = Vec::with_capacity(self.schedule.len());
        for (place, draft) in self.schedule.iter().enumerate() {
            if draft.is_blank() {
                continue;
            }
            let when = "Write when it is due, such as 15 Nov 2028";
            check.require_in(place, "repayment_due", when);
            let much = "Write how much is repaid, such as 40m";
            check.require_in(place, "repayment_amount", much);
            let parsed = |field| check.in_row(place, field);
            let due = parsed("repayment_due").and_then(Parsed::date);
            let amount = parsed("repayment_amount").and_then(Parsed::money);
            schedule.extend(
                due.zip(amount)
                    .map(|(due, amount)| Repayment { due, amount }),
            );
        }
        let first = check.date("instalment_first");
        let fraction = check.fraction("instalment");
        if first.is_some() {
            let how_much = "Write how much each instalment repays, such as 1.25 %";
            check.required("instalment", fraction, how_much);
        }
        Parts {
            principal_hedge,
            schedule,
            instalments: fraction.map(|fraction| Instalments {
                fraction,
                every: self.instalment_every,
                first,
            }),
        }
    }

    /// The record of what is understood.
    fn record(
        &self,
        check: &Check<'_>,
        (id, company, name): (DebtId, CompanyId, String),
        parts: Parts,
        source: Option<SourceId>,
        book: &Book,
    ) -> Debt {
        Debt {
            id,
            company,
            issuer: check.text("issuer"),
            level: self.level,
            name,
            kind: self.kind,
            status: self.status,
            principal: check.money("principal").map(|(money, _)| money),
            principal_hedge: parts.principal_hedge,
            drawn: check.money("drawn").map(|(money, _)| money),
            coupon: check.coupon("coupon"),
            issued: check.date("issued"),
            matures: check.date("matures"),
            amortisation: check.text("amortisation"),
            schedule: parts.schedule,
            instalments: parts.instalments,
            conversion_price: check.money("conversion_price").map(|(m, _)| m.amount),
            cap_price: check.money("cap_price").map(|(money, _)| money.amount),
            recourse: check.text("recourse"),
            site: check.text("site"),
            owned_share: check.fraction("owned_share"),
            sources: with_new(&self.sources, source, book),
            note: check.text("note").unwrap_or_default(),
        }
    }
}

impl Draft for DebtDraft {
    text_fields! {
        company name issuer principal drawn coupon issued matures conversion_price cap_price
        instalment instalment_first amortisation recourse site owned_share note + link
    }

    fn rows(&self) -> Vec<&dyn RowDraft> {
        let rows = self.schedule.iter();
        rows.map(|repayment| repayment as &dyn RowDraft).collect()
    }

    fn live(&self, field: &str, cx: &DraftCx<'_>) -> Live {
        match field {
            "company" => who::company(&self.company, cx.book),
            "principal" => read::money(&self.principal, Range::Positive),
            "drawn" => read::exact_money(&self.drawn, Range::ZeroOrMore),
            "coupon" => coupon::read(&self.coupon),
            "issued" => read::date(&self.issued),
            "matures" => read::date(&self.matures),
            "conversion_price" => read::price(&self.conversion_price, self.currency()),
            "cap_price" => read::price(&self.cap_price, self.currency()),
            "instalment" => read::fraction(&self.instalment, Range::Share),
            "instalment_first" => read::date(&self.instalment_first),
            "owned_share" => read::fraction(&self.owned_share, Range::Share),
            "name" | "issuer" | "amortisation" | "recourse" | "site" | "note" => {
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
        let called = check.text("name");
        let name = check.required(
            "name",
            called,
            "Write what it is called, such as 0 % convertible notes 2031",
        );
        let (issued, matures) = (check.date("issued"), check.date("matures"));
        if let (Some(issued), Some(matures)) = (issued, matures)
            && matures.last_day() < issued.first_day()
        {
            check.refuse(
                "matures",
                "It is due before it was issued: check both dates",
            );
        }
        let linked = self.link.build(&mut check, cx.book, new_id);
        let source = linked.as_ref().map(|linked| linked.id);
        let parts = self.parts(&mut check);
        let debt = (|| {
            let id = self.id.unwrap_or_else(|| DebtId(new_id()));
            Some(self.record(&check, (id, company?, name?), parts, source, cx.book))
        })();
        let debt = check.done(debt)?;
        let label = format!(
            "{} debt {} – {}",
            verb(self.id.is_some()),
            who::name_of(debt.company, cx.book),
            debt.name
        );
        let mut ops: Vec<_> = linked.and_then(|linked| linked.op).into_iter().collect();
        ops.push(Op::put(Record::Debt(debt)));
        Ok(Change::new(label, ops))
    }
}
