//! `report deals`: one row a deal, newest first, and totals of those that
//! count. Other tellings of a deal have a row and are in no total.

use rust_decimal::Decimal;

use super::{Basis, Report, put_usd};
use crate::analytics::deals::{DealRow, DealTotals};
use crate::cli::json::{Object, Row, Value};
use crate::cli::text::{self, Footnotes, counted, known, numbers, table, words};
use crate::model::deal::{DealKind, DealStatus};
use crate::model::{Book, Currency, Deal, Money};

const KEYS: &[&str] = &[
    "id",
    "company",
    "symbol",
    "counterparty",
    "counterparty_class",
    "obligor",
    "kind",
    "site",
    "status",
    "announced",
    "rent_start",
    "rent_start_revisions",
    "term_months",
    "extension_options",
    "base_value_usd",
    "base_value_hedge",
    "value_with_options_usd",
    "owned_share",
    "attributable_value_usd",
    "critical_mw",
    "gross_mw",
    "gpus",
    "rate_usd_m_per_mw_year",
    "rate_usd_per_kw_month",
    "rate_usd_per_mwh",
    "rate_usd_per_gpu",
    "remaining_usd",
    "counts",
    "alternative_to",
    "warnings",
    "sources",
    "note",
    "notes",
    "reasons",
];

pub(super) fn report(basis: &Basis) -> Report {
    let deals = &basis.derived.deals;
    let rows: Vec<Object> = deals.iter().map(|of| row(&basis.book, of)).collect();
    let sums = DealTotals::of(deals);
    Report {
        json: vec![
            (
                "rows".into(),
                Value::List(rows.iter().cloned().map(Value::Object).collect()),
            ),
            ("totals".into(), totals(deals, &sums)),
        ],
        keys: KEYS,
        rows,
        text: format!("{}\n{}", as_text(deals), totals_text(&sums)),
    }
}

/// The row of a deal, also for `report company`.
pub(super) fn row(book: &Book, of: &DealRow) -> Object {
    let deal = book.deal(of.id);
    let mut row = Row::default();
    row.put("id", Value::text(of.id))
        .put("company", Value::text(&of.company));
    let symbol = of.symbol.as_ref().map(Value::text);
    row.known("symbol", symbol, "no share is set for this company")
        .put("counterparty", Value::text(&of.counterparty))
        .put("counterparty_class", Value::text(of.class.code()));
    let obligor = deal.and_then(|deal| deal.obligor.as_ref());
    row.known("obligor", obligor.map(Value::text), "no obligor is stated")
        .put("kind", Value::text(of.kind.code()));
    row.known(
        "site",
        of.site.as_ref().map(Value::text),
        "no site is stated",
    )
    .put("status", Value::text(of.status.code()))
    .put("announced", Value::text(of.announced));
    let start = of.rent_start.map(Value::text);
    row.known("rent_start", start, "no rent start is stated");
    row.put(
        "rent_start_revisions",
        Value::count(of.rent_start_revisions),
    );
    let term = of.term_months.map(|months| Value::Integer(months.into()));
    row.known("term_months", term, "no term is stated");
    put_values(&mut row, of, deal);
    put_rates(&mut row, of, deal);
    let left = of.remaining_usd.as_ref().map(|left| Value::cents(*left));
    row.result("remaining_usd", left)
        .put("counts", Value::Bool(of.counts))
        .put(
            "alternative_to",
            of.alternative_to.map_or(Value::Null, Value::text),
        )
        .put(
            "warnings",
            Value::texts(of.warnings.iter().map(|(_, text)| text)),
        );
    let sources = deal.map_or(&[][..], |deal| &deal.sources).iter();
    let titles = sources.filter_map(|id| book.source(*id).map(|source| &source.title));
    row.put("sources", Value::texts(titles)).put(
        "note",
        Value::text(deal.map_or("", |deal| deal.note.as_str())),
    );
    row.finish()
}

fn put_values(row: &mut Row, of: &DealRow, deal: Option<&Deal>) {
    let options = deal.and_then(|deal| deal.extension_options.as_ref());
    let options = options.map(Value::text);
    row.known("extension_options", options, "no option is stated");
    put_usd(
        row,
        "base_value_usd",
        of.base_value,
        "no base value is stated",
    );
    let hedge = of.base_value.map(|_| Value::text(of.hedge.code()));
    row.known("base_value_hedge", hedge, "no base value is stated");
    put_usd(
        row,
        "value_with_options_usd",
        of.value_with_options,
        "no value with options is stated",
    );
    row.put("owned_share", Value::ratio(of.owned_share));
    row.known(
        "attributable_value_usd",
        of.attributable_usd.map(Value::cents),
        "no base value in USD is stated",
    );
    row.known(
        "critical_mw",
        of.critical_mw.map(Value::exact),
        "no critical IT load is stated",
    );
    row.known(
        "gross_mw",
        of.gross_mw.map(Value::exact),
        "no gross load is stated",
    );
    let gpus = deal.and_then(|deal| deal.gpus);
    let gpus = gpus.map(|gpus| Value::Integer(i64::try_from(gpus).unwrap_or(i64::MAX)));
    row.known("gpus", gpus, "no number of GPUs is stated");
}

fn put_rates(row: &mut Row, of: &DealRow, deal: Option<&Deal>) {
    let usd = of.base_value.is_some_and(|m| m.currency == Currency::USD);
    let term = of.term_months.is_some_and(|months| months > 0);
    let load = of.critical_mw.is_some_and(|mw| mw > Decimal::ZERO);
    let gpus = deal.and_then(|deal| deal.gpus).is_some_and(|gpus| gpus > 0);
    let per_mw = lacking(&[
        (usd, "base value in USD"),
        (term, "term"),
        (load, "critical IT load"),
    ]);
    let per_gpu = lacking(&[(usd, "base value in USD"), (gpus, "number of GPUs")]);
    let rates = &of.rates;
    for (key, rate, reason) in [
        ("rate_usd_m_per_mw_year", rates.usd_m_per_mw_year, &per_mw),
        ("rate_usd_per_kw_month", rates.usd_per_kw_month, &per_mw),
        ("rate_usd_per_mwh", rates.usd_per_mwh, &per_mw),
        ("rate_usd_per_gpu", rates.usd_per_gpu, &per_gpu),
    ] {
        row.known(key, rate.map(Value::ratio), reason);
    }
}

/// Which terms a rate lacks: "no term and no critical IT load are stated".
fn lacking(terms: &[(bool, &str)]) -> String {
    let missing: Vec<_> = terms
        .iter()
        .filter(|(there, _)| !there)
        .map(|(_, name)| format!("no {name}"))
        .collect();
    match missing.as_slice() {
        [] => "the value is too large to compute with".to_owned(),
        [one] => format!("{one} is stated"),
        several => format!("{} are stated", several.join(" and ")),
    }
}

/// Totals of all rows that count, also by company and by class.
fn totals(deals: &[DealRow], all: &DealTotals) -> Value {
    let mut fields = sums(all);
    let counted = || deals.iter().filter(|deal| deal.counts);
    let mut companies: Vec<&str> = counted().map(|deal| deal.company.as_str()).collect();
    companies.sort_unstable();
    companies.dedup();
    let by_company = companies.into_iter().map(|name| {
        let of = DealTotals::of(counted().filter(|deal| deal.company == name));
        (name.to_owned().into(), Value::Object(sums(&of)))
    });
    let mut classes: Vec<_> = counted().map(|deal| deal.class).collect();
    classes.sort_unstable();
    classes.dedup();
    let by_class = classes.into_iter().map(|class| {
        let of = DealTotals::of(counted().filter(|deal| deal.class == class));
        (class.code().into(), Value::Object(sums(&of)))
    });
    fields.push(("by_company".into(), Value::Object(by_company.collect())));
    fields.push(("by_class".into(), Value::Object(by_class.collect())));
    Value::Object(fields)
}

/// Sums of what is known; where nothing is known of any deal, there is no sum.
fn sums(of: &DealTotals) -> Object {
    let known = |without: usize, value: Value| {
        if without == of.deals {
            Value::Null
        } else {
            value
        }
    };
    let base = known(of.without_value, Value::cents(of.base_value_usd));
    let mine = known(of.without_value, Value::cents(of.attributable_usd));
    let left = known(of.without_remaining, Value::cents(of.remaining_usd));
    let load = known(of.without_mw, Value::exact(of.critical_mw));
    vec![
        ("deals".into(), Value::count(of.deals)),
        ("base_value_usd".into(), base),
        ("attributable_value_usd".into(), mine),
        ("without_value".into(), Value::count(of.without_value)),
        ("remaining_usd".into(), left),
        (
            "without_remaining".into(),
            Value::count(of.without_remaining),
        ),
        ("critical_mw".into(), load),
        ("without_critical_mw".into(), Value::count(of.without_mw)),
    ]
}

/// The table of deals, also for `report company`.
pub(super) fn as_text(deals: &[DealRow]) -> String {
    let columns = [
        words("Symbol", 8),
        words("Counterparty", 15),
        words("Site", 15),
        words("Kind", 6),
        words("Announced", 10),
        words("Rent from", 10),
        numbers("Months"),
        numbers("Value $m"),
        numbers("Left $m"),
        numbers("MW"),
        numbers("$m/MW-y"),
        words("", 4),
    ];
    let mut notes = Footnotes::default();
    let lines: Vec<_> = deals.iter().map(line).collect();
    for deal in deals {
        let site = deal.site.as_deref().unwrap_or("no site");
        let name = deal.symbol.as_ref().unwrap_or(&deal.company);
        let name = format!("{name} {}, {site}", deal.counterparty);
        for (_, text) in &deal.warnings {
            notes.add("!", &name, Some(text.clone()));
        }
    }
    let mut text = table(&columns, &lines);
    text.push_str("\nalt: another telling, in no total. LOI and end: in no total\n");
    text.push_str(&notes.render(deals.len()));
    text
}

fn line(row: &DealRow) -> Vec<String> {
    let usd = |money: Option<Money>| {
        known(money, |money| {
            let text = text::hedged(row.hedge, &text::millions(money.amount));
            if money.currency == Currency::USD {
                text
            } else {
                format!("{text} {}", money.currency)
            }
        })
    };
    vec![
        known(row.symbol.as_ref(), Clone::clone),
        row.counterparty.clone(),
        known(row.site.as_ref(), Clone::clone),
        short_kind(row.kind).to_owned(),
        row.announced.to_string(),
        known(row.rent_start, |start| start.to_string()),
        known(row.term_months, |months| months.to_string()),
        usd(row.base_value),
        known(row.remaining_usd.as_ref().ok(), |left| {
            text::hedged(row.hedge, &text::millions(*left))
        }),
        known(row.critical_mw, text::decimal),
        known(row.rates.usd_m_per_mw_year, |rate| text::places(rate, 3)),
        mark(row),
    ]
}

const fn short_kind(kind: DealKind) -> &'static str {
    match kind {
        DealKind::PoweredShell => "shell",
        DealKind::Colocation => "colo",
        DealKind::GpuCloud => "GPU",
        DealKind::ManagedCloud => "cloud",
        DealKind::Unknown => text::UNKNOWN,
    }
}

/// What sets a row apart: no part of totals, or odd.
fn mark(row: &DealRow) -> String {
    let apart = match row.status {
        DealStatus::LetterOfIntent => "LOI",
        DealStatus::Ended => "end",
        DealStatus::Announced | DealStatus::Ramping | DealStatus::Billing => {
            row.alternative_to.map_or("", |_| "alt")
        }
    };
    let odd = if row.warnings.is_empty() { "" } else { "!" };
    format!("{apart}{odd}")
}

fn totals_text(of: &DealTotals) -> String {
    let without = |count: usize| match count {
        0 => String::new(),
        count => format!(" (without {})", counted(count, "deal", "deals")),
    };
    // A sum of which nothing is known is not 0.
    let usd = |sum: Decimal, lacking: usize| {
        let sum = Some(sum).filter(|_| lacking < of.deals);
        known(sum, |sum| format!("${}m", text::millions(sum)))
    };
    let load = Some(of.critical_mw).filter(|_| of.without_mw < of.deals);
    text::wrapped(
        &format!(
            "{}: base value {}{}, owned share {}, left {}{}, critical IT {}{}",
            counted(of.deals, "deal counted", "deals counted"),
            usd(of.base_value_usd, of.without_value),
            without(of.without_value),
            usd(of.attributable_usd, of.without_value),
            usd(of.remaining_usd, of.without_remaining),
            without(of.without_remaining),
            known(load, |mw| format!("{} MW", text::decimal(mw))),
            without(of.without_mw),
        ),
        "  ",
    )
}
