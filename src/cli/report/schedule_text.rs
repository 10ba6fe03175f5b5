//! The text of `report schedule`: of one company its periods and deals, of all
//! the periods of their total and a line a company.

use rust_decimal::Decimal;

use super::remark;
use super::schedule::period;
use crate::analytics::Answer;
use crate::analytics::burn_down::{Basis, BurnDown, DealRent, Period};
use crate::analytics::coverage::site_coverages;
use crate::analytics::grain::Grain;
use crate::analytics::start::Slippage;
use crate::cli::text::{self, Footnotes, known, numbers, table, words};
use crate::model::Book;

pub(super) fn as_text(
    basis: &Basis<'_>,
    of_one: bool,
    companies: &[BurnDown],
    total: &[Period],
) -> String {
    let head = text::wrapped(&format!("Counted: {}", basis.switches.words()), "  ");
    let mut notes = Footnotes::default();
    for of in companies {
        footnotes(&mut notes, basis.book, of);
    }
    let notes = notes.render(companies.len());
    match companies {
        [] => format!("{head}No deal that counts and no debt is entered\n"),
        [one] if of_one => format!(
            "{head}\n{}\n{}\n{}{notes}{}",
            periods(&one.periods, basis.grain),
            deals(basis, one),
            sites(basis, one),
            sums(one)
        ),
        _ => format!(
            "{head}\n{}\n{}\n{notes}",
            periods(total, basis.grain),
            by_company(companies)
        ),
    }
}

/// The periods; where nothing is due the cell is blank.
fn periods(all: &[Period], grain: Grain) -> String {
    let columns = [
        words("Period", 10),
        numbers("Rent due $m"),
        numbers("Backlog left $m"),
        numbers("Debt due $m"),
        numbers("of it project"),
        numbers("joint venture"),
        numbers("Debt left $m"),
    ];
    let lines = all.iter().map(|at| {
        let or_blank = |amount: Decimal| {
            if amount.is_zero() {
                String::new()
            } else {
                text::millions(amount)
            }
        };
        vec![
            period(at.first_day, grain),
            or_blank(at.rent_due),
            text::millions(at.rent_left),
            or_blank(at.debt_due.total()),
            or_blank(at.debt_due.project),
            or_blank(at.debt_due.joint_venture),
            text::millions(at.debt_left),
        ]
    });
    if all.is_empty() {
        return "Neither rent nor debt has a date\n".to_owned();
    }
    table(&columns, &lines.collect::<Vec<_>>())
}

fn deals(basis: &Basis<'_>, of: &BurnDown) -> String {
    let columns = [
        words("Counterparty", 30),
        words("Site", 34),
        words("Rent from", 10),
        words("Slipped", 16),
        numbers("Value $m"),
        numbers("Left $m"),
    ];
    let lines = of.deals.iter().map(|rent| {
        let deal = basis.book.deal(rent.deal);
        let start = deal.and_then(|deal| deal.rent_start_by(basis.as_of));
        let starts = deal.into_iter();
        let slippage = Slippage::of(starts.flat_map(|deal| deal.rent_starts_by(basis.as_of)));
        vec![
            deal.map_or_else(String::new, |deal| deal.counterparty.clone()),
            known(deal.and_then(|deal| deal.site.clone()), |site| site),
            known(start, |start| start.date.to_string()),
            slipped(&slippage),
            known(rent.value_usd, text::millions),
            known(rent.left_usd.as_ref().ok(), |left| text::millions(*left)),
        ]
    });
    table(&columns, &lines.collect::<Vec<_>>())
}

/// Coverage by site with its footnotes; nothing without a debt of a site.
fn sites(basis: &Basis<'_>, of: &BurnDown) -> String {
    let sites = site_coverages(basis.book, of.company_id, basis.as_of, basis.references);
    if sites.is_empty() {
        return String::new();
    }
    let columns = [
        words("Site", 40),
        numbers("Contracted NOI a year $m"),
        numbers("Interest a year $m"),
        numbers("Coverage"),
        numbers("Debt $m per MW"),
    ];
    let mut notes = Footnotes::default();
    let amount = |answer: &Answer<Decimal>| {
        known(answer.as_ref().ok(), |stated| {
            text::hedged(stated.hedge, &text::millions(stated.value))
        })
    };
    let lines = sites.iter().map(|at| {
        let coverage = at.coverage.as_ref().ok();
        notes.add("Coverage", &at.site, remark(&at.coverage));
        vec![
            at.site.clone(),
            amount(&at.noi_usd),
            amount(&at.interest_usd),
            known(coverage, |stated| {
                text::hedged(stated.hedge, &format!("{}x", text::places(stated.value, 2)))
            }),
            amount(&at.debt_per_mw_usd),
        ]
    });
    let lines: Vec<_> = lines.collect();
    format!("{}{}\n", table(&columns, &lines), notes.render(sites.len()))
}

/// "once, +1 quarter"; nothing if it never was stated later.
fn slipped(slippage: &Slippage) -> String {
    let times = match slippage.slips {
        0 => return String::new(),
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        times => format!("{times} times"),
    };
    let sign = if slippage.quarters > 0 { "+" } else { "" };
    let quarters = slippage.quarters;
    let noun = if quarters.abs() == 1 {
        "quarter"
    } else {
        "quarters"
    };
    format!("{times}, {sign}{quarters} {noun}")
}

fn by_company(companies: &[BurnDown]) -> String {
    let columns = [
        words("Symbol", 8),
        words("Company", 24),
        numbers("Backlog left $m"),
        numbers("without dates"),
        numbers("Debt $m"),
        numbers("without dates"),
        numbers("Interest a year $m"),
    ];
    let lines = companies.iter().map(|of| {
        let scheduled = of.deals.iter().any(|rent| rent.left_usd.is_ok());
        let left = Some(of.rent_left_usd).filter(|_| scheduled);
        vec![
            known(of.symbol.as_ref(), Clone::clone),
            of.company.clone(),
            known(left, |left| {
                text::hedged(of.rent_hedge, &text::millions(left))
            }),
            text::millions(of.undated_usd()),
            text::millions(of.wall.total().total()),
            text::millions(of.wall.undated.total()),
            interest(of),
        ]
    });
    table(&columns, &lines.collect::<Vec<_>>())
}

fn interest(of: &BurnDown) -> String {
    known(of.interest_usd.as_ref().ok(), |stated| {
        text::hedged(stated.hedge, &text::millions(stated.value))
    })
}

/// What of one company stands in no period.
fn sums(of: &BurnDown) -> String {
    let mut parts = vec![format!(
        "rent without dates ${}m",
        text::millions(of.undated_usd())
    )];
    let undated = of.wall.undated.total();
    parts.push(format!(
        "debt without a maturity ${}m",
        text::millions(undated)
    ));
    if !of.wall.overdue.total().is_zero() {
        let overdue = text::millions(of.wall.overdue.total());
        parts.push(format!("debt overdue ${overdue}m"));
    }
    let interest = of.interest_usd.as_ref().ok();
    let interest = known(interest, |stated| {
        let amount = format!("${}m", text::millions(stated.value));
        text::hedged(stated.hedge, &amount)
    });
    parts.push(format!("interest a year {interest}"));
    let mut line = parts.join(", ");
    if let Some(first) = line.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text::wrapped(&line, "  ")
}

fn footnotes(notes: &mut Footnotes, book: &Book, of: &BurnDown) {
    let name = of.symbol.as_ref().unwrap_or(&of.company);
    let called = |rent: &DealRent| {
        let deal = book.deal(rent.deal);
        let signed = deal.map_or("", |deal| deal.counterparty.as_str());
        let site = deal.and_then(|deal| deal.site.as_deref());
        format!("{name} {signed}, {}", site.unwrap_or("no site"))
    };
    for rent in &of.deals {
        let why = rent.left_usd.as_ref().err().map(|why| why.0.clone());
        notes.add("Rent", &called(rent), why);
        let options = rent.undated_options.as_ref();
        notes.add(
            "Options",
            &called(rent),
            options.map(|(_, why)| why.0.clone()),
        );
        for text in &rent.remarks {
            notes.add("Rent", &called(rent), Some(text.clone()));
        }
    }
    for (head, ids, text) in [
        (
            "Debt",
            &of.wall.without_amount,
            "no amount in USD is stated",
        ),
        (
            "Debt",
            &of.wall.vaguely_dated,
            "due in the last period of a date that covers several",
        ),
        ("Debt", &of.converted, "in the money: counted as shares"),
    ] {
        for debt in ids.iter().filter_map(|id| book.debt(*id)) {
            notes.add(
                head,
                &format!("{name} {}", debt.name),
                Some(text.to_owned()),
            );
        }
    }
    for (id, why) in &of.not_judged {
        let debt = book.debt(*id).map_or("", |debt| debt.name.as_str());
        let text = format!("counted as debt: {why}");
        notes.add("Debt", &format!("{name} {debt}"), Some(text));
    }
    notes.add("Interest", name, remark(&of.interest_usd));
}
