//! `report schedule`: rent due and backlog left against debt maturing, by
//! period, of each company and of all together. This file makes the JSON and
//! the rows of the CSV; the text is beside it.

use super::schedule_text::as_text;
use super::{Basis, Report, company};
use crate::analytics::Answer;
use crate::analytics::burn_down::{self, BurnDown, DealRent, Period, burn_downs, total};
use crate::analytics::coverage::{SiteCoverage, site_coverages};
use crate::analytics::grain::Grain;
use crate::analytics::schedule::RentPart;
use crate::analytics::start::{Slippage, months_to_revenue};
use crate::analytics::wall::ByLevel;
use crate::cli::args::{By, Schedule};
use crate::cli::json::{Object, Row, Value};
use crate::model::deal::RentStart;
use crate::model::{Book, Day, DebtId};

const KEYS: &[&str] = &[
    "symbol",
    "company",
    "period",
    "rent_due_usd",
    "rent_left_usd",
    "debt_due_usd",
    "debt_due_parent_usd",
    "debt_due_project_usd",
    "debt_due_joint_venture_usd",
    "debt_left_usd",
    "notes",
    "reasons",
];

pub(super) fn report(basis: &Basis, what: &Schedule) -> anyhow::Result<Report> {
    let references = what.reference.iter().cloned().collect();
    let burning = burn_down::Basis {
        book: &basis.book,
        prices: &basis.prices,
        references: &references,
        as_of: basis.as_of,
        grain: match what.by {
            By::Month => Grain::Month,
            By::Quarter => Grain::Quarter,
            By::Year => Grain::Year,
        },
        switches: basis.derived.switches,
    };
    let companies = match &what.symbol {
        Some(symbol) => {
            let found = company::find(&basis.book, symbol)?;
            burn_down::burn_down(&burning, found).into_iter().collect()
        }
        None => burn_downs(&burning),
    };
    let sums = total(&companies);
    let list = |rows: Vec<Object>| Value::List(rows.into_iter().map(Value::Object).collect());
    let rows = companies.iter().flat_map(|of| {
        let periods = of.periods.iter();
        periods.map(|at| row(of, at, burning.grain))
    });
    let rows: Vec<Object> = rows.collect();
    let all = sums.iter().map(|at| {
        let mut row = Row::default();
        put_period(&mut row, at, burning.grain);
        row.finish()
    });
    let deals = companies
        .iter()
        .flat_map(|of| of.deals.iter().map(move |rent| (of, rent)));
    let deals = deals.map(|(of, rent)| deal(&basis.book, of, rent, basis.as_of));
    let sites = companies.iter().flat_map(|of| {
        let sites = site_coverages(&basis.book, of.company_id, basis.as_of, &references);
        sites.into_iter().map(|at| site(&basis.book, of, &at))
    });
    Ok(Report {
        json: vec![
            ("by".into(), Value::text(burning.grain.code())),
            ("rows".into(), list(rows.clone())),
            ("total".into(), list(all.collect())),
            (
                "companies".into(),
                list(companies.iter().map(|of| sum(&basis.book, of)).collect()),
            ),
            ("deals".into(), list(deals.collect())),
            ("sites".into(), list(sites.collect())),
        ],
        keys: KEYS,
        rows,
        text: as_text(&burning, what.symbol.is_some(), &companies, &sums),
    })
}

/// The period as its date; its first day where dates end.
pub(super) fn period(first_day: Day, grain: Grain) -> String {
    let date = grain.date(first_day);
    date.map_or_else(|| first_day.to_string(), |date| date.to_string())
}

fn row(of: &BurnDown, at: &Period, grain: Grain) -> Object {
    let mut row = Row::default();
    put_company(&mut row, of);
    put_period(&mut row, at, grain);
    row.finish()
}

fn put_company(row: &mut Row, of: &BurnDown) {
    let symbol = of.symbol.as_ref().map(Value::text);
    row.known("symbol", symbol, "no share is set for this company")
        .put("company", Value::text(&of.company));
}

fn put_period(row: &mut Row, at: &Period, grain: Grain) {
    let ByLevel {
        parent,
        project,
        joint_venture,
    } = at.debt_due;
    row.put("period", Value::text(period(at.first_day, grain)))
        .put("rent_due_usd", Value::cents(at.rent_due))
        .put("rent_left_usd", Value::cents(at.rent_left))
        .put("debt_due_usd", Value::cents(at.debt_due.total()))
        .put("debt_due_parent_usd", Value::cents(parent))
        .put("debt_due_project_usd", Value::cents(project))
        .put("debt_due_joint_venture_usd", Value::cents(joint_venture))
        .put("debt_left_usd", Value::cents(at.debt_left));
}

/// What of a company stands on the day, with and without dates.
fn sum(book: &Book, of: &BurnDown) -> Object {
    let mut row = Row::default();
    put_company(&mut row, of);
    let scheduled = of.deals.iter().any(|rent| rent.left_usd.is_ok());
    let left = scheduled.then(|| Value::cents(of.rent_left_usd));
    row.known("rent_left_usd", left, "no deal has a schedule")
        .known(
            "rent_left_hedge",
            scheduled.then(|| Value::text(of.rent_hedge.code())),
            "no deal has a schedule",
        )
        .put("rent_undated_usd", Value::cents(of.undated_usd()))
        .put("debt_usd", Value::cents(of.wall.total().total()))
        .put("debt_undated_usd", Value::cents(of.wall.undated.total()))
        .put("debt_overdue_usd", Value::cents(of.wall.overdue.total()))
        .put("debt_without_amount", names(book, &of.wall.without_amount))
        .put("debt_vaguely_dated", names(book, &of.wall.vaguely_dated))
        .put("counted_as_shares", names(book, &of.converted))
        .answer("interest_usd_a_year", &of.interest_usd, |v| {
            Value::cents(*v)
        })
        .result("interest_hedge", hedge(&of.interest_usd));
    for (id, why) in &of.not_judged {
        let name = book.debt(*id).map_or("", |debt| debt.name.as_str());
        row.note("counted_as_shares", format!("without {name}: {why}"));
    }
    row.finish()
}

fn hedge<T>(answer: &Answer<T>) -> Result<Value, &crate::analytics::Missing> {
    let hedge = answer.as_ref();
    hedge.map(|stated| Value::text(stated.hedge.code()))
}

fn names(book: &Book, debts: &[DebtId]) -> Value {
    let names = debts.iter().filter_map(|id| book.debt(*id));
    Value::texts(names.map(|debt| &debt.name))
}

/// The rent of a deal: its dates, how they slipped, and what is left.
fn deal(book: &Book, of: &BurnDown, rent: &DealRent, as_of: Day) -> Object {
    let mut row = Row::default();
    row.put("id", Value::text(rent.deal));
    put_company(&mut row, of);
    let known = book.deal(rent.deal);
    let signed = known.map_or("", |deal| deal.counterparty.as_str());
    row.put("counterparty", Value::text(signed));
    let site = known.and_then(|deal| deal.site.as_ref()).map(Value::text);
    row.known("site", site, "no site is stated").known(
        "value_usd",
        rent.value_usd.map(Value::cents),
        "no value in USD is stated",
    );
    let left = rent.left_usd.as_ref().map(|left| Value::cents(*left));
    row.result("rent_left_usd", left);
    if let Some((value, why)) = &rent.undated_options {
        let value = value.normalize();
        row.note(
            "rent_left_usd",
            format!("without options of {value}: {why}"),
        );
    }
    for remark in &rent.remarks {
        row.note("rent_left_usd", remark.clone());
    }
    let why = rent.left_usd.as_ref().err();
    let why = why.map_or("", |missing| missing.0.as_str());
    let (first, end) = rent.days.unzip();
    let last = end.and_then(|end| end.yesterday().ok());
    row.known("first_day", first.map(Value::text), why).known(
        "last_day",
        last.map(Value::text),
        why,
    );
    let starts: Vec<&RentStart> =
        known.map_or_else(Vec::new, |deal| deal.rent_starts_by(as_of).collect());
    let start = starts.last().map(|start| start.date);
    let ahead = months_to_revenue(start, as_of);
    let months = |months: i32| Value::Integer(months.into());
    row.result(
        "months_to_revenue_least",
        ahead.as_ref().map(|m| months(m.least)),
    )
    .result(
        "months_to_revenue_most",
        ahead.as_ref().map(|m| months(m.most)),
    );
    let slippage = Slippage::of(starts.iter().copied());
    row.put("slips", Value::count(slippage.slips))
        .put("slipped_quarters", Value::Integer(slippage.quarters.into()))
        .put(
            "rent_starts",
            Value::List(starts.iter().map(|start| stated(book, start)).collect()),
        )
        .put("parts", Value::List(rent.parts.iter().map(part).collect()));
    row.finish()
}

/// A phase, or the whole, or options of either.
fn part(of: &RentPart) -> Value {
    let mut row = Row::default();
    let phase = of.phase.as_ref().map(Value::text);
    let last = of.end().yesterday().ok().map(Value::text);
    row.known("phase", phase, "the deal has no phases")
        .put("is_option", Value::Bool(of.is_option))
        .put("value_usd", Value::cents(of.value))
        .put("first_day", Value::text(of.first_day))
        .known("last_day", last, "it has no term");
    Value::Object(row.finish())
}

/// What a site earns under contract against the interest of its debt.
fn site(book: &Book, of: &BurnDown, at: &SiteCoverage) -> Object {
    let mut row = Row::default();
    put_company(&mut row, of);
    put_coverage(&mut row, book, at);
    row.finish()
}

/// The same without the company, also for `report company`.
pub(super) fn put_coverage(row: &mut Row, book: &Book, at: &SiteCoverage) {
    row.put("site", Value::text(&at.site))
        .put("debts", names(book, &at.debts))
        .answer("noi_usd_a_year", &at.noi_usd, |v| Value::cents(*v))
        .answer("interest_usd_a_year", &at.interest_usd, |v| {
            Value::cents(*v)
        })
        .answer("coverage", &at.coverage, |v| Value::ratio(*v))
        .result("coverage_hedge", hedge(&at.coverage))
        .answer("debt_per_mw_usd", &at.debt_per_mw_usd, |v| Value::cents(*v));
}

fn stated(book: &Book, start: &RentStart) -> Value {
    let mut row = Row::default();
    row.put("date", Value::text(start.date)).known(
        "stated",
        start.stated.map(Value::text),
        "the day of the statement is not known",
    );
    let source = start.source.and_then(|id| book.source(id));
    let title = source.map(|source| Value::text(&source.title));
    row.known("source", title, "no source is linked");
    Value::Object(row.finish())
}
