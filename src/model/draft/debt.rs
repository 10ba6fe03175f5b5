//! A debt instrument as typed.

use rust_decimal::Decimal;
use uuid::Uuid;

use super::{
    Check, Draft, DraftCx, FieldError, LinkDraft, Live, Parsed, coupon,
    deal::with_new,
    read::{self, Range},
    text_fields, verb, who, write,
};
use crate::model::{
    Book, Change, Currency, Debt, DebtId, Hedge, Instalments, Money, Op, Record, Repayment,
    SourceId,
    debt::{DebtKind, DebtLevel, DebtStatus},
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
    /// The stated repayments of the edited debt, kept as they are.
    pub schedule: Vec<Repayment>,
    /// The rule of repayment of the edited debt, kept as it is.
    pub instalments: Option<Instalments>,
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
            instalments: None,
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
            schedule: debt.schedule.clone(),
            instalments: debt.instalments.clone(),
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

impl Draft for DebtDraft {
    text_fields! {
        company name issuer principal drawn coupon issued matures conversion_price cap_price
        amortisation recourse site owned_share note + link
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
        let principal = check.money("principal");
        let hedge = principal.map_or(Hedge::Exact, |(_, hedge)| hedge);
        let principal_hedge = check.planned("principal", hedge, self.principal_planned);
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
        let debt = (|| {
            Some(Debt {
                id: self.id.unwrap_or_else(|| DebtId(new_id())),
                company: company?,
                issuer: check.text("issuer"),
                level: self.level,
                name: name?,
                kind: self.kind,
                status: self.status,
                principal: principal.map(|(money, _)| money),
                principal_hedge,
                drawn: check.money("drawn").map(|(money, _)| money),
                coupon: check.coupon("coupon"),
                issued,
                matures,
                amortisation: check.text("amortisation"),
                schedule: self.schedule.clone(),
                instalments: self.instalments.clone(),
                conversion_price: check.money("conversion_price").map(|(m, _)| m.amount),
                cap_price: check.money("cap_price").map(|(money, _)| money.amount),
                recourse: check.text("recourse"),
                site: check.text("site"),
                owned_share: check.fraction("owned_share"),
                sources: with_new(&self.sources, source, cx.book),
                note: check.text("note").unwrap_or_default(),
            })
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
