//! A book in the making, for tests: one company and what is said of it.

use gigawatch::analytics::debt::CompanyDebt;
use gigawatch::analytics::statement::Statements;
use gigawatch::analytics::switches::Switches;
use gigawatch::analytics::watchlist::WatchlistRow;
use gigawatch::analytics::{Derived, derive};
use gigawatch::model::debt::{DebtKind, DebtLevel, DebtStatus};
use gigawatch::model::instrument::InstrumentKind;
use gigawatch::model::metric::Known;
use gigawatch::model::source::Grade;
use gigawatch::model::{
    Book, Change, Company, CompanyId, Currency, Deal, DealId, Debt, DebtId, Figure, FigureId,
    Hedge, Instrument, InstrumentId, Metric, Money, Op, Prices, Record, Source, SourceId, Subject,
};
use rust_decimal::Decimal;
use uuid::Uuid;

use crate::backlog::{bare_deal, day, dec};

pub(crate) const TODAY: &str = "2026-07-01";

pub(crate) const fn company() -> CompanyId {
    CompanyId(Uuid::from_u128(1))
}

/// A book in the making: a company, its share, a filing and a note of the press.
pub(crate) struct Making {
    ops: Vec<Op>,
    next: u128,
}

pub(crate) const fn source(grade: Grade) -> SourceId {
    SourceId(Uuid::from_u128(100 + grade as u128))
}

impl Making {
    pub(crate) fn new() -> Self {
        let share = InstrumentId(Uuid::from_u128(2));
        let mut making = Self {
            ops: Vec::new(),
            next: 1000,
        };
        for grade in [Grade::Filing, Grade::News] {
            making.put(Record::Source(Source {
                id: source(grade),
                title: grade.label().to_owned(),
                publisher: String::new(),
                url: None,
                published: None,
                grade,
                note: String::new(),
            }));
        }
        making.put(Record::Instrument(Instrument {
            id: share,
            symbol: "AAA".to_owned(),
            name: "AAA".to_owned(),
            kind: InstrumentKind::Stock,
            currency: Currency::USD,
            former_symbols: Vec::new(),
            provider_symbols: std::collections::BTreeMap::new(),
            providers: Vec::new(),
            locked: false,
            benchmark: false,
        }));
        making.put(Record::Company(Company {
            id: company(),
            name: "Alpha".to_owned(),
            legal_name: None,
            former_names: Vec::new(),
            instrument: Some(share),
            cik: None,
            exchange: None,
            fiscal_year_end: None,
            tags: Vec::new(),
            colour: None,
            watch_order: 1,
            note: String::new(),
        }));
        making
    }

    pub(crate) fn put(&mut self, record: Record) {
        self.ops.push(Op::put(record));
    }

    pub(crate) const fn id(&mut self) -> u128 {
        self.next += 1;
        self.next
    }

    /// A figure written as "value | hedge | time | stated", blanks unknown.
    pub(crate) fn figure(&mut self, known: Known, text: &str, grade: Grade) -> FigureId {
        let parts: Vec<_> = text.split('|').map(str::trim).collect();
        let [value, hedge, time, stated] = parts[..] else {
            panic!("{text} has not four parts");
        };
        let written = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let id = FigureId(Uuid::from_u128(self.id()));
        self.put(Record::Figure(Figure {
            id,
            subject: Subject::Company(company()),
            metric: Metric::Known(known),
            value: dec(value),
            currency: Some(Currency::USD),
            hedge: Hedge::from_code(hedge).unwrap(),
            time: written(time).map(|time| time.parse().unwrap()),
            stated: written(stated).map(|date| date.parse().unwrap()),
            source: Some(source(grade)),
            note: String::new(),
        }));
        id
    }

    /// A deal of a value in dollars, changed as needed.
    pub(crate) fn deal(&mut self, value: Option<&str>, change: impl FnOnce(&mut Deal)) -> DealId {
        let mut deal = bare_deal(self.id(), company(), "2026-01-15");
        deal.base_value = value.map(|value| Money::usd(dec(value)));
        change(&mut deal);
        let id = deal.id;
        self.put(Record::Deal(deal));
        id
    }

    pub(crate) fn debt(
        &mut self,
        principal: Option<&str>,
        change: impl FnOnce(&mut Debt),
    ) -> DebtId {
        let id = DebtId(Uuid::from_u128(self.id()));
        let mut debt = Debt {
            id,
            company: company(),
            issuer: None,
            level: DebtLevel::Parent,
            name: "Notes".to_owned(),
            kind: DebtKind::SeniorSecured,
            status: DebtStatus::Outstanding,
            principal: principal.map(|amount| Money::usd(dec(amount))),
            principal_hedge: Hedge::Exact,
            drawn: None,
            coupon: None,
            issued: None,
            matures: None,
            amortisation: None,
            schedule: Vec::new(),
            instalments: None,
            conversion_price: None,
            cap_price: None,
            recourse: None,
            site: None,
            owned_share: None,
            sources: Vec::new(),
            note: String::new(),
        };
        change(&mut debt);
        self.put(Record::Debt(debt));
        id
    }

    pub(crate) fn book(self) -> Book {
        let mut book = Book::default();
        book.apply(&Change::new("test", self.ops)).unwrap();
        book
    }

    pub(crate) fn derived(self, on: &str) -> Derived {
        derive(
            &self.book(),
            &Prices::default(),
            day(on),
            Switches::default(),
        )
    }

    pub(crate) fn row(self, on: &str) -> WatchlistRow {
        self.derived(on).watchlist.remove(0)
    }

    pub(crate) fn debts(self) -> CompanyDebt {
        self.derived(TODAY).debt.companies.remove(0)
    }

    /// Which of the statements of total debt counts, by value.
    pub(crate) fn chosen(self, known: Known, on: &str) -> Option<Decimal> {
        let book = self.book();
        let statements = Statements::of(&book, day(on));
        let subject = Subject::Company(company());
        let chosen = statements.chosen(subject, &Metric::Known(known));
        chosen.map(|figure| figure.value)
    }
}
