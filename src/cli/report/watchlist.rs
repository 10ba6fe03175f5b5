//! `report watchlist`: one row a company in watch order.

use rust_decimal::Decimal;

use super::{Basis, Live, Report, measures, remark, taken_within};
use crate::analytics::measure::Facts;
use crate::analytics::watchlist::WatchlistRow;
use crate::analytics::{Answer, Stated};
use crate::cli::json::{Object, Row, Value};
use crate::cli::text::{self, Footnotes, known, numbers, table, words};
use crate::model::{Day, Hedge};

const KEYS: &[&str] = &[
    "symbol",
    "company",
    "last_close",
    "last_day",
    "price_live",
    "return_1d",
    "return_ytd",
    "excess_return_ytd",
    "backlog_usd",
    "debt_usd",
    "backlog_to_debt",
    "contracted_critical_mw",
    "ai_revenue_share",
    "next_rent_start",
    "oldest_figure_days",
    "backlog_to_ev",
    "backstop_cover",
    "hhi_signatory",
    "hhi_obligor",
    "debt_per_mw_usd",
    "interest_usd",
    "reported_coverage",
    "contracted_mw",
    "planned_mw",
    "secured_mw",
    "energised_mw",
    "billing_mw",
    "delivered_share",
    "diluted_shares",
    "market_cap_usd",
    "ev_usd",
    "ev_per_mw_usd",
    "noi_usd",
    "ev_to_noi",
    "cash_usd",
    "btc_held",
    "btc_value_usd",
    "btc_reduction",
    "btc_sold_12m",
    "hedges",
    "notes",
    "reasons",
];

pub(super) fn report(basis: &Basis) -> Report {
    let rows = basis.derived.all_facts();
    let rows: Vec<Object> = rows.map(|of| row(of, &basis.live)).collect();
    Report {
        json: vec![(
            "rows".into(),
            Value::List(rows.iter().cloned().map(Value::Object).collect()),
        )],
        keys: KEYS,
        text: as_text(basis),
        rows,
    }
}

/// The row of a company, also for `report company`.
pub(super) fn row(facts: Facts<'_>, live: &Live) -> Object {
    let of = facts.row;
    let mut row = Row::default();
    let symbol = of.symbol.as_ref().map(Value::text);
    let is_live = of.last.as_ref().map(|_| live_day(of, live).is_some());
    if let Some(day) = live_day(of, live) {
        row.note("last_close", taken_within(day));
    }
    row.known("symbol", symbol, "no share is set for this company")
        .put("company", Value::text(&of.company))
        .answer("last_close", &of.last, |(close, _)| Value::Number(*close))
        .answer("last_day", &of.last, |(_, day)| Value::text(day))
        .result("price_live", is_live.map(Value::Bool))
        .answer("return_1d", &of.return_1d, |v| Value::Number(*v))
        .answer("return_ytd", &of.return_ytd, |v| Value::Number(*v))
        .answer("excess_return_ytd", &excess(of, live), |v| {
            Value::Number(*v)
        })
        .answer("backlog_usd", &of.backlog_usd, |v| Value::cents(*v))
        .answer("debt_usd", &of.debt_usd, |v| Value::cents(*v))
        .answer("backlog_to_debt", &of.backlog_to_debt, |v| {
            Value::Number(*v)
        })
        .answer("contracted_critical_mw", &of.contracted_critical_mw, |v| {
            Value::exact(*v)
        })
        .answer("ai_revenue_share", &of.ai_revenue_share, |v| {
            Value::Number(*v)
        })
        .answer("next_rent_start", &of.next_rent_start, |v| Value::text(v))
        .known(
            "oldest_figure_days",
            of.oldest_figure_days.map(Value::Integer),
            "no stated figure is used in this row, only deals and instruments if any",
        );
    measures::put(&mut row, facts, live);
    row.put("hedges", hedges(facts));
    row.finish()
}

/// The day of the last price, if that is no close yet.
fn live_day(of: &WatchlistRow, live: &Live) -> Option<Day> {
    let (_, day) = of.last.as_ref().ok()?.value;
    live.has(of.symbol.as_deref()?, day).then_some(day)
}

/// The excess return; also told is a price of the benchmark that is no close yet.
fn excess(of: &WatchlistRow, live: &Live) -> Answer<f64> {
    let mut answer = of.excess_return_ytd.clone();
    let told = live.remark(&answer, of.symbol.as_deref().unwrap_or_default());
    if let (Ok(stated), Some(told)) = (&mut answer, told) {
        stated.remark = Some(match stated.remark.take() {
            Some(remark) => format!("{remark}; {told}"),
            None => told,
        });
    }
    answer
}

/// How firmly figures hold, by key, where they are not exact.
fn hedges(facts: Facts<'_>) -> Value {
    let mut all = measures::hedges(facts);
    let mw = facts.row.contracted_critical_mw.as_ref().ok();
    let mw = mw.filter(|mw| mw.hedge != Hedge::Exact);
    all.extend(mw.map(|mw| ("contracted_critical_mw", mw.hedge)));
    let all = all.into_iter();
    Value::sentences(all.map(|(key, hedge)| (key, hedge.code().to_owned())))
}

fn as_text(basis: &Basis) -> String {
    let (rows, live) = (&basis.derived.watchlist, &basis.live);
    let columns = [
        words("Symbol", 8),
        words("Company", 14),
        numbers("Close"),
        numbers("1 day"),
        numbers("YTD"),
        numbers("vs BTC"),
        numbers("Backlog $m"),
        numbers("Debt $m"),
        numbers("B/D"),
        numbers("Crit. MW"),
        numbers("AI rev."),
        words("Next rent", 10),
        numbers("Age d"),
    ];
    let mut notes = Footnotes::default();
    let lines: Vec<_> = rows
        .iter()
        .map(|row| {
            footnotes(&mut notes, row, basis);
            line(row, live)
        })
        .collect();
    format!("{}\n{}", table(&columns, &lines), notes.render(rows.len()))
}

fn line(row: &WatchlistRow, live: &Live) -> Vec<String> {
    let mark = live_day(row, live).map_or("", |_| "* ");
    let percent = |answer: &Answer<f64>| shown(answer, |v| text::percent(*v));
    let hedged = |answer: &Answer<Decimal>, digits: fn(Decimal) -> String| {
        stated(answer, |s| text::hedged(s.hedge, &digits(s.value)))
    };
    vec![
        known(row.symbol.as_ref(), Clone::clone),
        row.company.clone(),
        shown(&row.last, |(close, _)| {
            format!("{mark}{}", text::price(*close))
        }),
        percent(&row.return_1d),
        percent(&row.return_ytd),
        percent(&row.excess_return_ytd),
        hedged(&row.backlog_usd, text::millions),
        hedged(&row.debt_usd, text::millions),
        stated(&row.backlog_to_debt, |s| {
            text::hedged(s.hedge, &text::float(s.value, 2))
        }),
        hedged(&row.contracted_critical_mw, text::decimal),
        stated(&row.ai_revenue_share, |s| {
            let percent = format!("{}%", text::float(s.value * 100.0, 0));
            text::hedged(s.hedge, &percent)
        }),
        shown(&row.next_rent_start, ToString::to_string),
        known(row.oldest_figure_days, |days| days.to_string()),
    ]
}

fn shown<T>(answer: &Answer<T>, text: impl FnOnce(&T) -> String) -> String {
    known(answer.as_ref().ok(), |stated| text(&stated.value))
}

fn stated<T>(answer: &Answer<T>, text: impl FnOnce(&Stated<T>) -> String) -> String {
    known(answer.as_ref().ok(), text)
}

fn footnotes(notes: &mut Footnotes, row: &WatchlistRow, basis: &Basis) {
    let newest = basis.derived.prices_to;
    let name = row.symbol.as_deref().unwrap_or(&row.company);
    let other_day = match &row.last {
        Ok(last) if Some(last.value.1) != newest => Some(format!("of {}", last.value.1)),
        Ok(_) => None,
        Err(missing) => Some(missing.0.clone()),
    };
    notes.add("Close", name, other_day);
    let live = live_day(row, &basis.live);
    notes.add("* Close", name, live.map(taken_within));
    if row.last.is_ok() {
        notes.add("1 day", name, remark(&row.return_1d));
        notes.add("YTD", name, remark(&row.return_ytd));
        notes.add("vs BTC", name, remark(&excess(row, &basis.live)));
    }
    notes.add("Backlog", name, remark(&row.backlog_usd));
    notes.add("Debt", name, remark(&row.debt_usd));
    notes.add("Crit. MW", name, remark(&row.contracted_critical_mw));
    notes.add("AI rev.", name, remark(&row.ai_revenue_share));
    notes.add("Next rent", name, remark(&row.next_rent_start));
}
