//! `report debt`: of each company the total it states beside the sum of the
//! instruments known. The two are never summed together.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{Basis, Report, put_usd, remark};
use crate::analytics::debt::{CompanyDebt, owed_usd};
use crate::analytics::debt_gap::GapCause;
use crate::analytics::{Answer, Stated};
use crate::cli::json::{Object, Row, Value};
use crate::cli::text::{self, Footnotes, known, numbers, table, words};
use crate::model::debt::{Coupon, DebtStatus};
use crate::model::{Book, Currency, Debt, DebtId, Hedge, Money};

const KEYS: &[&str] = &[
    "symbol",
    "company",
    "counted_usd",
    "counted_hedge",
    "stated_usd",
    "stated_hedge",
    "instruments_usd",
    "instruments_hedge",
    "difference_usd",
    "difference_hedge",
    "gap_causes",
    "joint_venture_usd",
    "by_year",
    "without_maturity_usd",
    "notes",
    "reasons",
];

pub(super) fn report(basis: &Basis) -> Report {
    let companies = &basis.derived.debt.companies;
    let rows = companies.iter().map(|of| row(basis, of));
    let rows: Vec<Object> = rows.collect();
    let instruments = companies.iter().flat_map(|of| &of.instruments);
    let instruments = instruments.filter_map(|id| instrument(&basis.book, *id));
    let mut by_year: BTreeMap<i16, Decimal> = BTreeMap::new();
    for (year, amount) in companies.iter().flat_map(|of| &of.by_year) {
        let sum = by_year.entry(*year).or_default();
        *sum = sum.saturating_add(*amount);
    }
    let list = |rows: Vec<Object>| Value::List(rows.into_iter().map(Value::Object).collect());
    Report {
        json: vec![
            ("rows".into(), list(rows.clone())),
            ("instruments".into(), list(instruments.collect())),
            ("instruments_by_year".into(), years(&by_year)),
        ],
        keys: KEYS,
        rows,
        text: as_text(basis, companies),
    }
}

/// The debt of a company, also for `report company`.
pub(super) fn row(basis: &Basis, of: &CompanyDebt) -> Object {
    let mut row = Row::default();
    let symbol = of.symbol.as_ref().map(Value::text);
    row.known("symbol", symbol, "no share is set for this company")
        .put("company", Value::text(&of.company))
        .answer("counted_usd", &of.counted_usd, |v| Value::exact(*v))
        .result("counted_hedge", hedge(&of.counted_usd))
        .answer("stated_usd", &of.stated_usd, |v| Value::exact(*v))
        .result("stated_hedge", hedge(&of.stated_usd))
        .answer("instruments_usd", &of.instruments_usd, |v| Value::exact(*v))
        .result("instruments_hedge", hedge(&of.instruments_usd));
    let gap = of.difference_usd();
    let causes = of.gap.iter().map(|of| gap_cause(&basis.book, of)).collect();
    row.answer("difference_usd", &gap, |v| Value::exact(*v))
        .result("difference_hedge", hedge(&gap))
        .put("gap_causes", Value::List(causes))
        .put("joint_venture_usd", Value::exact(of.joint_venture_usd))
        .put("by_year", years(&of.by_year))
        .put(
            "without_maturity_usd",
            Value::exact(of.without_maturity_usd),
        );
    row.finish()
}

/// A reason why the two differ.
fn gap_cause(book: &Book, of: &GapCause) -> Value {
    let mut row = Row::default();
    let debts = of.debts.iter().filter_map(|id| book.debt(*id));
    row.put("cause", Value::text(of.cause.code()))
        .put("text", Value::text(of.cause.words()))
        .known(
            "amount_usd",
            of.amount_usd.map(Value::cents),
            "how much it accounts for is not known",
        )
        .put("debts", Value::texts(debts.map(|debt| &debt.name)))
        .put("explains", Value::Bool(of.explains));
    Value::Object(row.finish())
}

fn hedge<T>(answer: &Answer<T>) -> Result<Value, &crate::analytics::Missing> {
    answer
        .as_ref()
        .map(|stated| Value::text(stated.hedge.code()))
}

fn years(by_year: &BTreeMap<i16, Decimal>) -> Value {
    let fields = by_year.iter();
    Value::Object(
        fields
            .map(|(year, amount)| (year.to_string().into(), Value::exact(*amount)))
            .collect(),
    )
}

/// An instrument, also for `report company`.
pub(super) fn instrument(book: &Book, id: DebtId) -> Option<Object> {
    let debt = book.debt(id)?;
    let mut row = Row::default();
    let company = book.company(debt.company);
    let symbol = book.symbol_of(debt.company).map(Value::text);
    row.put("id", Value::text(debt.id))
        .known("symbol", symbol, "no share is set for this company")
        .put("company", Value::text(company.map_or("", |c| &c.name)))
        .put("name", Value::text(&debt.name))
        .put("kind", Value::text(debt.kind.code()))
        .put("level", Value::text(debt.level.code()))
        .put("status", Value::text(debt.status.code()));
    put_usd(
        &mut row,
        "principal_usd",
        debt.principal,
        "no principal is stated",
    );
    let hedge = debt
        .principal
        .map(|_| Value::text(debt.principal_hedge.code()));
    row.known("principal_hedge", hedge, "no principal is stated");
    put_usd(
        &mut row,
        "drawn_usd",
        debt.drawn,
        "no drawn amount is stated",
    );
    row.known(
        "owed_usd",
        owed_usd(debt).map(Value::exact),
        why_not_owed(debt),
    )
    .known(
        "coupon",
        debt.coupon.as_ref().map(coupon),
        "no coupon is stated",
    )
    .known(
        "issued",
        debt.issued.map(Value::text),
        "no issue date is stated",
    )
    .known(
        "matures",
        debt.matures.map(Value::text),
        "no maturity is stated",
    );
    let price = debt.conversion_price.map(Value::exact);
    row.known("conversion_price", price, "no conversion price is stated");
    let site = debt.site.as_ref().map(Value::text);
    row.known("site", site, "no site is stated");
    let sources = debt.sources.iter();
    let titles = sources.filter_map(|id| book.source(*id).map(|source| &source.title));
    row.put("sources", Value::texts(titles))
        .put("note", Value::text(&debt.note));
    Some(row.finish())
}

fn why_not_owed(debt: &Debt) -> &'static str {
    match debt.status {
        DebtStatus::Proposed => "it is proposed, not owed",
        DebtStatus::Repaid => "it is repaid",
        DebtStatus::Outstanding => "no amount in USD is stated",
    }
}

/// A coupon as fractions a year.
fn coupon(coupon: &Coupon) -> Value {
    let mut row: Object = Vec::new();
    match coupon {
        Coupon::Fixed(rate) => row.push(("fixed".into(), Value::ratio(*rate))),
        Coupon::Floating {
            reference,
            spread,
            floor,
        } => {
            row.push(("reference".into(), Value::text(reference)));
            row.push(("spread".into(), Value::ratio(*spread)));
            if let Some(floor) = floor {
                row.push(("floor".into(), Value::ratio(*floor)));
            }
        }
    }
    Value::Object(row)
}

fn as_text(basis: &Basis, companies: &[CompanyDebt]) -> String {
    let book = &basis.book;
    let columns = [
        words("Symbol", 8),
        words("Company", 30),
        numbers("Stated $m"),
        numbers("Instruments $m"),
        numbers("of it joint ventures $m"),
    ];
    let mut notes = Footnotes::default();
    let (mut lines, mut maturities) = (Vec::new(), String::new());
    for row in companies {
        let name = row.symbol.as_ref().unwrap_or(&row.company);
        notes.add("Stated", name, remark(&row.stated_usd));
        notes.add("Instruments", name, remark(&row.instruments_usd));
        for of in &row.gap {
            let accounts = if of.explains {
                ", and that accounts for it"
            } else {
                ""
            };
            let text = format!("{}{accounts}", of.cause.words());
            notes.add("Stated differs", name, Some(text));
        }
        maturities.push_str(&maturities_text(name, row));
        lines.push(vec![
            known(row.symbol.as_ref(), Clone::clone),
            row.company.clone(),
            amount(&row.stated_usd),
            amount(&row.instruments_usd),
            text::millions(row.joint_venture_usd),
        ]);
    }
    let ids = companies.iter().flat_map(|of| &of.instruments);
    let debts: Vec<_> = ids.filter_map(|id| book.debt(*id)).collect();
    format!(
        "{}\nStated totals and sums of instruments are two views of the same debt.\n{}\n\
         Outstanding instruments by year of maturity, $m\n{maturities}\n{}",
        table(&columns, &lines),
        notes.render(companies.len()),
        instruments_text(book, &debts)
    )
}

/// "IREN: 2029 550, 2030 440, without a date 12"; nothing without instruments.
fn maturities_text(name: &str, row: &CompanyDebt) -> String {
    let years = row.by_year.iter();
    let mut parts: Vec<_> = years
        .map(|(year, amount)| format!("{year} {}", text::millions(*amount)))
        .collect();
    if !row.without_maturity_usd.is_zero() {
        let amount = text::millions(row.without_maturity_usd);
        parts.push(format!("without a date {amount}"));
    }
    if parts.is_empty() {
        return String::new();
    }
    text::wrapped(&format!("{name}: {}", parts.join(", ")), "  ")
}

/// The table of instruments, also for `report company`.
pub(super) fn instruments_text(book: &Book, debts: &[&Debt]) -> String {
    let columns = [
        words("Symbol", 8),
        words("Instrument", 48),
        words("Kind", 16),
        words("Status", 11),
        numbers("Principal $m"),
        words("Matures", 10),
    ];
    let line = |debt: &&Debt| {
        let symbol = book.symbol_of(debt.company);
        vec![
            known(symbol, str::to_owned),
            debt.name.clone(),
            debt.kind.label().to_owned(),
            debt.status.label().to_lowercase(),
            known(debt.principal, |money| {
                principal(debt.principal_hedge, money)
            }),
            known(debt.matures, |date| date.to_string()),
        ]
    };
    table(&columns, &debts.iter().map(line).collect::<Vec<_>>())
}

fn principal(hedge: Hedge, money: Money) -> String {
    let text = text::hedged(hedge, &text::millions(money.amount));
    if money.currency == Currency::USD {
        text
    } else {
        format!("{text} {}", money.currency)
    }
}

fn amount(answer: &Answer<Decimal>) -> String {
    let text = |stated: &Stated<Decimal>| text::hedged(stated.hedge, &text::millions(stated.value));
    known(answer.as_ref().ok(), text)
}
