//! A small book for tests: two companies and what is said of the first or of the
//! sector, and answers as a line of text. No test lives here.

use gigawatch::analytics::Answer;
use gigawatch::model::{
    Book, Change, Company, CompanyId, Currency, Figure, FigureId, Hedge, Metric, Op, Record,
    Subject, Unit,
};
use rust_decimal::Decimal;
use uuid::Uuid;

use crate::backlog::dec;

fn company(id: u128) -> Company {
    Company {
        id: CompanyId(Uuid::from_u128(id)),
        name: format!("Company {id}"),
        legal_name: None,
        former_names: Vec::new(),
        instrument: None,
        cik: None,
        exchange: None,
        fiscal_year_end: None,
        tags: Vec::new(),
        colour: None,
        watch_order: 1,
        note: String::new(),
    }
}

/// A book of companies 1 and 2 and these records.
pub(crate) fn book(records: Vec<Record>) -> Book {
    let companies = [1, 2].map(|id| Record::Company(company(id)));
    let ops = companies.into_iter().chain(records).map(Op::put).collect();
    let mut book = Book::default();
    book.apply(&Change::new("test", ops)).unwrap();
    book
}

/// A figure written as "value | hedge | time | stated", blanks
/// unknown.
pub(crate) fn figure(id: u128, subject: Subject, metric: Metric, text: &str) -> Record {
    let parts: Vec<_> = text.split('|').map(str::trim).collect();
    let [value, hedge, time, stated] = parts[..] else {
        panic!("{text} has not four parts");
    };
    let written = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let money = metric.unit() == Unit::Money;
    Record::Figure(Figure {
        id: FigureId(Uuid::from_u128(id)),
        subject,
        metric,
        value: dec(value),
        currency: money.then_some(Currency::USD),
        hedge: Hedge::from_code(hedge).unwrap(),
        time: written(time).map(|time| time.parse().unwrap()),
        stated: written(stated).map(|date| date.parse().unwrap()),
        source: None,
        note: String::new(),
    })
}

/// Hedge, value and remark, as in "about 597: why"; or "none: why".
pub(crate) fn shown(answer: &Answer<Decimal>) -> String {
    match answer {
        Ok(stated) => {
            let remark = stated.remark.as_ref().map(|text| format!(": {text}"));
            let value = stated.value.round_dp(4).normalize();
            format!(
                "{} {value}{}",
                stated.hedge.code(),
                remark.unwrap_or_default()
            )
        }
        Err(missing) => format!("none: {missing}"),
    }
}
