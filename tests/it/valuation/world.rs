//! A company in the making, with prices: what is said of it, and its valuation.

use gigawatch::analytics::derive::BITCOIN;
use gigawatch::analytics::statement::Statements;
use gigawatch::analytics::switches::Switches;
use gigawatch::analytics::valuation::{Valuation, valuation};
use gigawatch::analytics::view::Basis;
use gigawatch::analytics::watchlist::WatchlistRow;
use gigawatch::analytics::{Missing, Stated, derive};
use gigawatch::model::debt::{DebtKind, DebtLevel, DebtStatus};
use gigawatch::model::instrument::InstrumentKind;
use gigawatch::model::metric::Known;
use gigawatch::model::{
    Bar, Book, Change, Company, CompanyId, Currency, Deal, DealId, Debt, DebtId, Figure, FigureId,
    Hedge, Instrument, InstrumentId, Metric, Money, Op, Prices, Record, Series, Subject, Time,
    Unit,
};
use rust_decimal::Decimal;
use uuid::Uuid;

use crate::backlog::{day, dec};
use crate::conflicts::TODAY;

/// A company and its share.
#[derive(Clone)]
pub(crate) struct World {
    /// Last close of the share.
    pub close: Option<f64>,
    /// The share's currency.
    pub currency: Currency,
    /// Last close of Bitcoin.
    pub bitcoin: Option<f64>,
    /// Bitcoin held, where known.
    pub held: Option<Decimal>,
    /// What counts.
    pub switches: Switches,
    figures: Vec<Figure>,
    deals: Vec<Deal>,
    debts: Vec<Debt>,
}

const fn company() -> CompanyId {
    CompanyId(Uuid::from_u128(1))
}

impl World {
    pub(crate) fn new() -> Self {
        Self {
            close: None,
            currency: Currency::USD,
            bitcoin: None,
            held: Some(Decimal::ZERO),
            switches: Switches::default(),
            figures: Vec::new(),
            deals: Vec::new(),
            debts: Vec::new(),
        }
    }

    /// The same with Bitcoin.
    pub(crate) fn holding(mut self, btc: &str) -> Self {
        self.held = Some(dec(btc));
        self
    }

    pub(crate) fn figure(&mut self, known: Known, value: &str) {
        self.noted(known, value, "");
    }

    pub(crate) fn noted(&mut self, known: Known, value: &str, note: &str) {
        self.of_time(known, value, None, note);
    }

    /// A statement of a period or a day.
    pub(crate) fn of_time(&mut self, known: Known, value: &str, time: Option<Time>, note: &str) {
        self.figures.push(Figure {
            id: FigureId(Uuid::from_u128(100 + self.figures.len() as u128)),
            subject: Subject::Company(company()),
            metric: Metric::Known(known),
            value: dec(value),
            currency: (known.unit() == Unit::Money).then_some(Currency::USD),
            hedge: Hedge::Exact,
            time,
            stated: Some("2026-08-01".parse().unwrap()),
            source: None,
            note: note.to_owned(),
        });
    }

    /// Takes back what is said of a metric.
    pub(crate) fn without(&mut self, known: Known) {
        self.figures
            .retain(|figure| figure.metric != Metric::Known(known));
    }

    pub(crate) fn deal(&mut self, mut deal: Deal, change: impl FnOnce(&mut Deal)) {
        deal.id = DealId(Uuid::from_u128(200 + self.deals.len() as u128));
        change(&mut deal);
        self.deals.push(deal);
    }

    pub(crate) fn debt(&mut self, principal: &str, change: impl FnOnce(&mut Debt)) {
        let mut debt = Debt {
            id: DebtId(Uuid::from_u128(300 + self.debts.len() as u128)),
            company: company(),
            issuer: None,
            level: DebtLevel::Parent,
            name: "Notes".to_owned(),
            kind: DebtKind::SeniorSecured,
            status: DebtStatus::Outstanding,
            principal: Some(Money::usd(dec(principal))),
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
        self.debts.push(debt);
    }

    fn book(&self) -> Book {
        let share = InstrumentId(Uuid::from_u128(2));
        let mut records = vec![
            Record::Instrument(Instrument {
                id: share,
                symbol: "AAA".to_owned(),
                name: "AAA".to_owned(),
                kind: InstrumentKind::Stock,
                currency: self.currency,
                former_symbols: Vec::new(),
                provider_symbols: std::collections::BTreeMap::new(),
                providers: Vec::new(),
                locked: false,
                benchmark: false,
            }),
            Record::Company(Company {
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
            }),
        ];
        records.extend(self.figures.iter().cloned().map(Record::Figure));
        records.extend(self.deals.iter().cloned().map(Record::Deal));
        records.extend(self.debts.iter().cloned().map(Record::Debt));
        let mut book = Book::default();
        let ops = records.into_iter().map(Op::put).collect();
        book.apply(&Change::new("test", ops)).unwrap();
        book
    }

    fn prices(&self) -> Prices {
        let closes = [("AAA", self.close), (BITCOIN, self.bitcoin)];
        let series = closes.into_iter().filter_map(|(symbol, close)| {
            let bar = Bar::close(day("2026-10-09"), close?);
            Some((symbol.to_owned(), Series::new(vec![bar]).unwrap()))
        });
        Prices {
            by_symbol: series.collect(),
        }
    }

    pub(crate) fn row(&self) -> WatchlistRow {
        let derived = derive(&self.book(), &self.prices(), day(TODAY), self.switches);
        derived.watchlist.into_iter().next().unwrap()
    }

    pub(crate) fn valuation(self) -> Valuation {
        let (book, prices, rows) = (self.book(), self.prices(), [self.row()]);
        let statements = Statements::of(&book, day(TODAY));
        let basis = Basis {
            book: &book,
            prices: &prices,
            statements: &statements,
            rows: &rows,
            benchmark: BITCOIN,
            as_of: day(TODAY),
            switches: self.switches,
        };
        let held = self.held.map(|btc| Stated::exact(btc, Vec::new()));
        let held = held.ok_or_else(|| Missing::because("no holding is stated"));
        let deals: Vec<&Deal> = book.deals().collect();
        valuation(&basis, &rows[0], &deals, &held)
    }
}
