//! Bitcoin of a company over time: held, bought and sold, what each sale implies
//! a coin against the market of its days, and two series that must never be
//! mixed: reduction from the peak, and gross sales.

mod flows;
mod sales;

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::answer::hedge_of_difference;
use super::backlog::days_between;
use super::statement::{SAME_TIME_DAYS, Statements, speaks_of};
use super::view::Basis;
use super::{Answer, Input, Missing, Stated};
use crate::model::metric::Known;
use crate::model::pin::PinScope;
use crate::model::source::Grade;
use crate::model::treasury::TreasuryKind;
use crate::model::{
    CompanyId, Day, Figure, FigureId, Hedge, Metric, SourceId, Subject, Treasury, TreasuryId,
};

pub use flows::Flow;

/// Where a holding or flow is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Told {
    /// By a treasury event.
    Event(TreasuryId),
    /// By a figure.
    Figure(FigureId),
}

impl Told {
    /// As an input of what is computed from it.
    pub const fn input(self) -> Input {
        match self {
            Self::Event(id) => Input::Treasury(id),
            Self::Figure(id) => Input::Figure(id),
        }
    }
}

/// Coins held on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct Held {
    /// The last day the statement speaks of.
    pub day: Day,
    /// Coins.
    pub btc: Decimal,
    /// How firmly it is stated.
    pub hedge: Hedge,
    /// Who says so.
    pub told: Told,
}

/// The treasury of a company.
#[derive(Clone, Debug, PartialEq)]
pub struct TreasuryView {
    /// The newest holding.
    pub held: Answer<Decimal>,
    /// Holdings over time, oldest first.
    pub holdings: Vec<Held>,
    /// Purchases and sales, oldest first.
    pub flows: Vec<Flow>,
    /// Highest stated holding less the newest one. A fall of the stock, not sales.
    pub reduction_from_peak: Answer<Decimal>,
    /// The same on every day of a holding, to be drawn: the best statement of
    /// each day against the highest up to it, never below zero.
    pub reduction: Vec<(Day, Decimal)>,
    /// Sum of the sales of the last twelve months, gross. Not a fall of the stock.
    pub sold_12m: Answer<Decimal>,
    /// Sum of all sales stated so far after each, to be drawn; sales told twice
    /// count once.
    pub sold: Vec<(Day, Decimal)>,
}

/// The treasury of a company with its events, all of them known by the day.
pub fn treasury_view(basis: &Basis<'_>, company: CompanyId, events: &[&Treasury]) -> TreasuryView {
    let said = holdings(basis, company, events);
    let best = best_of_days(&said);
    let held = newest(basis.statements, company, &said);
    let sales = sales::told_once(events, basis.as_of);
    TreasuryView {
        reduction_from_peak: reduction_from_peak(held, &best),
        reduction: reduction(&best),
        held: held.map_or_else(
            || Err(Missing::because("no holding of Bitcoin is stated")),
            |said| Ok(said.answer(basis.statements)),
        ),
        sold_12m: sales::of_twelve_months(events, basis.as_of),
        sold: sales::cumulative(&sales),
        flows: flows::flows(basis, events),
        holdings: said.into_iter().map(|said| said.held).collect(),
    }
}

/// A holding and how far its source is trusted.
#[derive(Clone)]
struct Said<'a> {
    held: Held,
    grade: Grade,
    figure: Option<&'a Figure>,
}

impl Said<'_> {
    /// Of two, the greater is the better: the better source, then the later day.
    fn rank(&self) -> (std::cmp::Reverse<Grade>, Day, Told) {
        (std::cmp::Reverse(self.grade), self.held.day, self.held.told)
    }

    fn answer(&self, statements: &Statements<'_>) -> Stated<Decimal> {
        let inputs = vec![self.held.told.input()];
        let mut answer = Stated::exact(self.held.btc, inputs).hedged(self.held.hedge);
        answer.remark = self.figure.and_then(|figure| statements.remark_of(figure));
        answer
    }
}

/// All that is said of what is held, oldest first; what two say alike of one day
/// only once, by the better source.
fn holdings<'a>(basis: &Basis<'a>, company: CompanyId, events: &[&'a Treasury]) -> Vec<Said<'a>> {
    let statements = basis.statements;
    let grade = |source: Option<SourceId>| {
        let source = source.and_then(|id| basis.book.source(id));
        source.map_or(Grade::OwnEstimate, |source| source.grade)
    };
    let metric = Metric::Known(Known::BtcHeld);
    let figures = statements.all(Subject::Company(company), &metric).iter();
    let figures = figures.filter(|figure| statements.may_count(figure));
    let figures = figures.filter_map(|figure| {
        let held = Held {
            day: speaks_of(figure)?.min(basis.as_of),
            btc: figure.value,
            hedge: figure.hedge,
            told: Told::Figure(figure.id),
        };
        Some(Said {
            held,
            grade: grade(figure.source),
            figure: Some(*figure),
        })
    });
    let stated = events.iter().filter(|event| {
        let begun = event
            .event
            .is_none_or(|time| time.first_day() <= basis.as_of);
        event.kind == TreasuryKind::Holding && event.hedge != Hedge::Planned && begun
    });
    let stated = stated.filter_map(|event| {
        let held = Held {
            day: flows::last_day(event)?.min(basis.as_of),
            btc: event.btc?,
            hedge: event.hedge,
            told: Told::Event(event.id),
        };
        Some(Said {
            held,
            grade: grade(event.source),
            figure: None,
        })
    });
    let mut all: Vec<Said<'_>> = figures.chain(stated).collect();
    let same = |said: &Said<'_>| (said.held.day, said.held.btc, said.held.hedge);
    let order = |a: &Said<'_>, b: &Said<'_>| {
        let (one, other) = (same(a), same(b));
        let by_hedge = one.2.code().cmp(other.2.code());
        let by_value = (one.0, one.1).cmp(&(other.0, other.1)).then(by_hedge);
        by_value.then_with(|| b.rank().cmp(&a.rank()))
    };
    all.sort_by(order);
    all.dedup_by(|later, first| same(later) == same(first));
    all
}

/// The best statement of each day, oldest first.
fn best_of_days<'a>(all: &[Said<'a>]) -> Vec<Said<'a>> {
    let mut best: BTreeMap<Day, &Said<'a>> = BTreeMap::new();
    for said in all {
        let known = best.entry(said.held.day).or_insert(said);
        if said.rank() > known.rank() {
            *known = said;
        }
    }
    best.into_values().cloned().collect()
}

/// The holding that counts, by the rule for statements: the one the user picked,
/// else the newest, and of those within 30 days of it the best source.
fn newest<'s, 'a>(
    statements: &Statements<'_>,
    company: CompanyId,
    all: &'s [Said<'a>],
) -> Option<&'s Said<'a>> {
    let last = all.last()?.held.day;
    let recent = |said: &&Said<'_>| days_between(said.held.day, last) <= SAME_TIME_DAYS;
    let metric = Metric::Known(Known::BtcHeld);
    let chosen = statements.chosen(Subject::Company(company), &metric);
    let pin = chosen.and_then(|figure| statements.pick_of(figure));
    let picked = chosen.zip(pin).and_then(|(figure, pin)| {
        let always = matches!(
            pin.choice,
            crate::model::pin::Choice::Use {
                scope: PinScope::Always,
                ..
            }
        );
        let is = |said: &&Said<'_>| said.figure.is_some_and(|of| of.id == figure.id);
        let said = all.iter().find(is)?;
        (always || recent(&said)).then_some(said)
    });
    picked.or_else(|| all.iter().filter(recent).max_by_key(|said| said.rank()))
}

/// Highest holding less the one that counts. With one statement alone the peak
/// is not known.
fn reduction_from_peak(held: Option<&Said<'_>>, best: &[Said<'_>]) -> Answer<Decimal> {
    let held = held.ok_or_else(|| Missing::because("no holding of Bitcoin is stated"))?;
    let held = &held.held;
    let before = best.iter().map(|said| &said.held);
    let before = before.filter(|other| other.day < held.day);
    let highest = before.max_by_key(|other| (other.btc, other.day));
    let highest = highest.ok_or_else(|| {
        Missing::because("only one holding of Bitcoin is stated: the peak is not known")
    })?;
    if highest.btc <= held.btc {
        let answer = Stated::exact(Decimal::ZERO, vec![held.told.input()]);
        let sure = highest.hedge == Hedge::Exact && held.hedge == Hedge::Exact;
        let hedge = if sure { Hedge::Exact } else { Hedge::About };
        let remark = format!("the holding of {} is the highest", held.day);
        return Ok(answer.hedged(hedge).remarked(remark));
    }
    let fall = highest.btc.checked_sub(held.btc);
    let fall = fall.ok_or_else(|| Missing::because("the holdings are out of range"))?;
    let answer = Stated::exact(fall, vec![highest.told.input(), held.told.input()]);
    let hedge = hedge_of_difference(highest.hedge, held.hedge);
    Ok(answer.hedged(hedge).remarked(format!(
        "from {} BTC of {}, the highest that is stated",
        highest.btc.normalize(),
        highest.day
    )))
}

fn reduction(best: &[Said<'_>]) -> Vec<(Day, Decimal)> {
    let mut peak = Decimal::MIN;
    let holdings = best.iter().map(|said| &said.held);
    holdings
        .map(|held| {
            peak = peak.max(held.btc);
            (held.day, peak.saturating_sub(held.btc))
        })
        .collect()
}
