//! One row a company, as the Watchlist and `report watchlist` show it.

use std::collections::BTreeMap;

use jiff::ToSpan as _;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::answer::{hedge_of_ratio, joined};
use super::debt::CompanyDebt;
use super::load::Counted;
use super::power::contracted;
use super::returns::{self, SpanReturn};
use super::statement::{self, Statements, oldest_age};
use super::sum::{Sum, out_of_range, ratio};
use super::switches::{LoadBasis, ShareBasis, Switches, ValueBasis};
use super::wall::usd;
use super::words::counted;
use super::worth::worth_usd;
use super::{Answer, Input, Missing, Stated};
use crate::model::deal::DealStatus;
use crate::model::metric::Known;
use crate::model::{
    Book, Company, CompanyId, Day, Deal, Metric, PartialDate, Prices, Series, Subject,
};

/// Closes further apart than this are no consecutive trading days: a long
/// weekend has four.
const CONSECUTIVE_DAYS: i64 = 4;
/// How far back the sparkline looks.
const SPARK_DAYS: i64 = 90;

/// A company as the watchlist shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct WatchlistRow {
    /// Which company.
    pub company_id: CompanyId,
    /// Its name.
    pub company: String,
    /// Symbol of its share.
    pub symbol: Option<String>,
    /// Its place in the unsorted list.
    pub watch_order: i64,
    /// Last close and its day.
    pub last: Answer<(f64, Day)>,
    /// Return from the close before to the last close.
    pub return_1d: Answer<f64>,
    /// Return since the last close of the year before.
    pub return_ytd: Answer<f64>,
    /// That less Bitcoin's over the same days, as a fraction.
    pub excess_return_ytd: Answer<f64>,
    /// Last 90 days relative to Bitcoin, oldest first, on days both have a close.
    pub spark: Vec<f32>,
    /// Value of counted deals by the switches, USD.
    pub backlog_usd: Answer<Decimal>,
    /// Debt by the switches: the stated total or the sum of instruments, USD.
    pub debt_usd: Answer<Decimal>,
    /// The first over the second.
    pub backlog_to_debt: Answer<f64>,
    /// Critical IT load under contract, MW, whole of joint ventures.
    pub contracted_critical_mw: Answer<Decimal>,
    /// Load under contract by the switches: critical or gross, owned or all, MW.
    pub contracted_mw: Answer<Decimal>,
    /// AI revenue over total revenue of the same period, as a fraction.
    pub ai_revenue_share: Answer<f64>,
    /// Earliest stated first rent that is not past.
    pub next_rent_start: Answer<PartialDate>,
    /// Age in days of the oldest statement used in this row.
    pub oldest_figure_days: Option<i64>,
}

/// What rows are computed from.
pub struct Basis<'a> {
    /// The book.
    pub book: &'a Book,
    /// The prices.
    pub prices: &'a Prices,
    /// The statements known by the day.
    pub statements: &'a Statements<'a>,
    /// Debt by company.
    pub debts: &'a [CompanyDebt],
    /// Symbol of the benchmark, Bitcoin.
    pub benchmark: &'a str,
    /// The day.
    pub as_of: Day,
    /// What counts.
    pub switches: Switches,
}

/// The rows of all companies in watch order.
pub fn watchlist_rows(basis: &Basis<'_>) -> Vec<WatchlistRow> {
    let mut deals: BTreeMap<CompanyId, Vec<&Deal>> = BTreeMap::new();
    for deal in basis.book.deals().filter(|deal| deal.counts()) {
        if deal.announced.first_day() <= basis.as_of {
            deals.entry(deal.company).or_default().push(deal);
        }
    }
    let none = Vec::new();
    let debts = basis.debts.iter().map(|debt| (debt.company_id, debt));
    let debts: BTreeMap<CompanyId, &CompanyDebt> = debts.collect();
    let row = |company: &Company| {
        let deals = deals.get(&company.id).unwrap_or(&none);
        row(basis, company, deals, debts.get(&company.id).copied())
    };
    let mut rows: Vec<_> = basis.book.companies().map(row).collect();
    rows.sort_by(|a, b| (a.watch_order, &a.company).cmp(&(b.watch_order, &b.company)));
    rows
}

fn row(
    basis: &Basis<'_>,
    company: &Company,
    deals: &[&Deal],
    debts: Option<&CompanyDebt>,
) -> WatchlistRow {
    let subject = Subject::Company(company.id);
    let symbol = basis.book.symbol_of(company.id);
    let no_prices = || match symbol {
        Some(symbol) => Missing::because(format!("no prices of {symbol}: import a price file")),
        None => Missing::because("no share is set for this company"),
    };
    let series = symbol.and_then(|symbol| basis.prices.get(symbol));
    let of_series =
        |answer: &dyn Fn(&Series) -> Answer<f64>| series.map_or_else(|| Err(no_prices()), answer);
    let close = |span: &SpanReturn| {
        let input = |day| Input::Close {
            symbol: symbol.unwrap_or_default().to_owned(),
            day,
        };
        vec![input(span.first_day), input(span.last_day)]
    };
    let backlog = backlog(deals, basis.switches);
    let debt = debt(debts);
    let load = |load, share| {
        let counted = Counted {
            basis: load,
            share,
            as_of: basis.as_of,
        };
        contracted(basis.statements, company.id, deals, counted)
    };
    let mw = load(basis.switches.load, basis.switches.share);
    let share = ai_revenue_share(basis.statements, subject);
    let inputs = || {
        let parts = [
            &debt.as_ref().ok().map(|d| &d.inputs),
            &mw.as_ref().ok().map(|m| &m.inputs),
            &share.as_ref().ok().map(|s| &s.inputs),
        ];
        parts
            .into_iter()
            .flatten()
            .flat_map(|inputs| inputs.iter().cloned())
            .collect::<Vec<_>>()
    };
    WatchlistRow {
        company_id: company.id,
        company: company.name.clone(),
        symbol: symbol.map(str::to_owned),
        watch_order: company.watch_order,
        last: last_close(series, symbol, basis.as_of).ok_or_else(no_prices),
        return_1d: of_series(&|series| return_1d(series, basis.as_of, &close)),
        return_ytd: of_series(&|series| {
            let span = returns::ytd(series, basis.as_of).map_err(|r| Missing(r.to_string()))?;
            let answer = Stated::exact(span.value, close(&span));
            Ok(match span.since {
                Some(day) => answer.remarked(format!("since {day}, its first close")),
                None => answer,
            })
        }),
        excess_return_ytd: of_series(&|series| excess_ytd(basis, series, &close)),
        spark: spark(series, basis.prices.get(basis.benchmark), basis.as_of),
        backlog_to_debt: backlog_to_debt(&backlog, &debt),
        oldest_figure_days: oldest_age(basis.book, &inputs(), basis.as_of),
        next_rent_start: next_rent_start(deals, basis.as_of),
        backlog_usd: backlog,
        debt_usd: debt,
        contracted_mw: mw,
        contracted_critical_mw: load(LoadBasis::Critical, ShareBasis::Whole),
        ai_revenue_share: share,
    }
}

fn last_close(
    series: Option<&Series>,
    symbol: Option<&str>,
    as_of: Day,
) -> Option<Stated<(f64, Day)>> {
    let bar = series?.at_or_before(as_of)?;
    let input = Input::Close {
        symbol: symbol.unwrap_or_default().to_owned(),
        day: bar.day,
    };
    Some(Stated::exact((bar.close, bar.day), vec![input]))
}

type Closes<'a> = &'a dyn Fn(&SpanReturn) -> Vec<Input>;

fn return_1d(series: &Series, as_of: Day, closes: Closes<'_>) -> Answer<f64> {
    let span = returns::return_1d(series, as_of).map_err(|r| Missing(r.to_string()))?;
    let days = super::backlog::days_between(span.first_day, span.last_day);
    if days > CONSECUTIVE_DAYS {
        return Err(Missing::because(format!(
            "the close before {} is {days} days older: daily closes are needed",
            span.last_day
        )));
    }
    Ok(Stated::exact(span.value, closes(&span)))
}

fn excess_ytd(basis: &Basis<'_>, series: &Series, closes: Closes<'_>) -> Answer<f64> {
    let benchmark = basis.prices.get(basis.benchmark);
    let benchmark =
        benchmark.ok_or_else(|| Missing::because(format!("no prices of {}", basis.benchmark)))?;
    let base = jiff::civil::date(basis.as_of.year(), 1, 1)
        .yesterday()
        .unwrap_or(basis.as_of);
    let excess = returns::excess(series, benchmark, base, basis.as_of)
        .map_err(|r| Missing(r.to_string()))?;
    let of_benchmark = |day| Input::Close {
        symbol: basis.benchmark.to_owned(),
        day,
    };
    let mut inputs = closes(&excess.own);
    inputs.extend([excess.benchmark.first_day, excess.benchmark.last_day].map(of_benchmark));
    let answer = Stated::exact(excess.value, inputs);
    Ok(match (excess.since, excess.until) {
        (None, None) => answer,
        (Some(since), None) => answer.remarked(format!("both since {since}")),
        (None, Some(until)) => {
            answer.remarked(format!("both to {until}, where the shorter series ends"))
        }
        (Some(since), Some(until)) => answer.remarked(format!("both from {since} to {until}")),
    })
}

/// Levels relative to the benchmark on common days of the last 90 days.
fn spark(series: Option<&Series>, benchmark: Option<&Series>, as_of: Day) -> Vec<f32> {
    let (Some(series), Some(benchmark)) = (series, benchmark) else {
        return Vec::new();
    };
    let end = series
        .at_or_before(as_of)
        .zip(benchmark.at_or_before(as_of));
    let Some(end) = end.map(|(own, other)| own.day.min(other.day)) else {
        return Vec::new();
    };
    let from = end.saturating_sub(SPARK_DAYS.days());
    let mut others = benchmark.between(from, end).iter().peekable();
    let common = series.between(from, end).iter().filter_map(|bar| {
        while others.next_if(|other| other.day < bar.day).is_some() {}
        let other = others.next_if(|other| other.day == bar.day)?;
        Some((bar.close / other.close) as f32)
    });
    common.collect()
}

/// Contracted value by the switches. Deals whose value is not known make it a
/// lower bound; no deal at all is not zero but unknown.
fn backlog(deals: &[&Deal], switches: Switches) -> Answer<Decimal> {
    if deals.is_empty() {
        return Err(Missing::because("no deal is entered"));
    }
    let (mut sum, mut unknown, mut base_only) = (Sum::default(), 0, 0);
    for deal in deals {
        let Some(worth) = worth_usd(deal, switches) else {
            unknown += 1;
            continue;
        };
        let worth = Stated::exact(worth, vec![Input::Deal(deal.id)]);
        sum.add(&worth.hedged(deal.base_value_hedge))?;
        base_only += usize::from(usd(deal.value_with_options).is_none());
    }
    let whose = "whose value is not stated in USD";
    if sum.is_empty() {
        let deals = counted(unknown, "deal");
        return Err(Missing(format!("there is only {deals} {whose}")));
    }
    sum.lack_of(unknown, "deal", whose);
    match (switches.value, base_only) {
        (ValueBasis::Base, _) | (ValueBasis::WithOptions, 0) => {}
        (ValueBasis::WithOptions, 1) => {
            sum.remark("of 1 deal no value with options is stated: its base term counts");
        }
        (ValueBasis::WithOptions, n) => sum.remark(format!(
            "of {n} deals no value with options is stated: their base terms count"
        )),
    }
    Ok(sum.stated())
}

fn debt(row: Option<&CompanyDebt>) -> Answer<Decimal> {
    row.map_or_else(
        || Err(Missing::because("no debt is entered")),
        |row| row.counted_usd.clone(),
    )
}

fn backlog_to_debt(backlog: &Answer<Decimal>, debt: &Answer<Decimal>) -> Answer<f64> {
    let (backlog, debt) = (("backlog", backlog), ("debt", debt));
    let ratio = ratio(backlog, debt, "there is no debt to divide by")?;
    let value = ratio.value.to_f64().ok_or_else(out_of_range)?;
    Ok(ratio.map(|_| value))
}

/// AI revenue over total revenue of the newest period for which both are
/// stated; a share told without its revenues counts only if its period is newer,
/// or if the user picked it.
fn ai_revenue_share(statements: &Statements<'_>, subject: Subject) -> Answer<f64> {
    let by_time = |known| statements.by_time(subject, &Metric::Known(known));
    let totals = by_time(Known::TotalRevenue);
    let mut newest_first = by_time(Known::AiRevenue).into_iter().rev();
    let computed = newest_first.find_map(|(time, ai)| {
        let total = totals.get(&time).filter(|t| t.currency == ai.currency)?;
        let share = ai.value.checked_div(total.value)?.to_f64()?;
        Some((time.0, ai, total, share))
    });
    let metric = Metric::Known(Known::AiRevenueShare);
    let stated = statements.chosen(subject, &metric);
    let picked = stated.and_then(|figure| statements.remark_of(figure));
    let computed_picked = statements.counts_computed(subject, &metric);
    let newer = |end: Day| {
        let newer = stated.is_some_and(|f| f.time.is_some_and(|time| time.last_day() > end));
        !computed_picked && (picked.is_some() || newer)
    };
    match (computed, stated) {
        (Some((end, ai, total, share)), _) if !newer(end) => {
            let inputs = vec![Input::Figure(ai.id), Input::Figure(total.id)];
            let mut answer =
                Stated::exact(share, inputs).hedged(hedge_of_ratio(ai.hedge, total.hedge));
            let pick = statements.newest_pick(subject, &metric);
            let pick = pick.filter(|_| computed_picked).map(statement::remark);
            answer.remark = joined(Some(format!("of the period that ended {end}")), pick);
            Ok(answer)
        }
        (_, Some(figure)) => {
            let value = figure.value.to_f64();
            let value = value.ok_or_else(|| Missing::because("the stated share is no number"))?;
            let of = figure.time.map_or_else(
                || "the source does not say of which period the share is".to_owned(),
                |time| format!("as stated, of {time}"),
            );
            Ok(statements.answer_of(figure).map(|_| value).prefaced(&of))
        }
        (_, None) => Err(Missing::because(
            "no AI revenue and total revenue of the same period are stated",
        )),
    }
}

fn next_rent_start(deals: &[&Deal], as_of: Day) -> Answer<PartialDate> {
    let starts = || {
        let started = deals
            .iter()
            .filter(|deal| deal.status != DealStatus::Billing);
        started.filter_map(|deal| Some((deal.rent_start_by(as_of)?.date, deal.id)))
    };
    let next = starts()
        .filter(|(date, _)| date.last_day() >= as_of)
        .min_by(|(a, _), (b, _)| a.cmp_by_first_day(b));
    if let Some((date, deal)) = next {
        return Ok(Stated::exact(date, vec![Input::Deal(deal)]));
    }
    let past = starts().max_by(|(a, _), (b, _)| a.cmp_by_first_day(b));
    Err(Missing::because(match past {
        Some((date, _)) => format!("no later start is stated; the last one was {date}"),
        None if deals.is_empty() => "no deal is entered".to_owned(),
        None if deals.iter().all(|deal| deal.status == DealStatus::Billing) => {
            "all deals are billing".to_owned()
        }
        None => "no rent start is stated".to_owned(),
    }))
}
