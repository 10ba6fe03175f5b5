//! Which of several statements counts. The newest by the time it speaks of, and
//! among those within 30 days of it the one from the better source. Statements
//! are never averaged.

use std::collections::BTreeMap;

use super::Input;
use super::backlog::days_between;
use crate::model::metric::Known;
use crate::model::source::Grade;
use crate::model::{Book, Day, Figure, Hedge, Metric, Subject, Time};

/// Within so many days of the newest statement, the better source wins.
const SAME_TIME_DAYS: i64 = 30;

/// The statements of a book by subject and metric, known by a day.
pub struct Statements<'a> {
    by: BTreeMap<Subject, BTreeMap<&'a Metric, Vec<&'a Figure>>>,
    book: &'a Book,
    as_of: Day,
}

impl<'a> Statements<'a> {
    /// Sorts the figures of a book that were stated by `as_of`.
    pub fn of(book: &'a Book, as_of: Day) -> Self {
        let mut by: BTreeMap<_, BTreeMap<_, Vec<_>>> = BTreeMap::new();
        for figure in book.figures().filter(|figure| known_by(figure, as_of)) {
            by.entry(figure.subject)
                .or_default()
                .entry(&figure.metric)
                .or_default()
                .push(figure);
        }
        Self { by, book, as_of }
    }

    /// All statements about a subject and metric, in no order.
    pub fn all(&self, subject: Subject, metric: &Metric) -> &[&'a Figure] {
        self.by
            .get(&subject)
            .and_then(|of| of.get(metric))
            .map_or(&[], Vec::as_slice)
    }

    /// The statement that counts. Plans, and what speaks of a time to come, do not.
    pub fn chosen(&self, subject: Subject, metric: &Metric) -> Option<&'a Figure> {
        let stated = self.all(subject, metric).iter().copied();
        let mut candidates: Vec<_> = stated.filter(|figure| self.may_count(figure)).collect();
        if speaks_of_a_period(metric) && candidates.iter().any(|figure| figure.time.is_some()) {
            candidates.retain(|figure| figure.time.is_some());
        }
        let newest = candidates
            .iter()
            .filter_map(|figure| speaks_of(figure))
            .max();
        let recent = |figure: &&&Figure| match (speaks_of(figure), newest) {
            (Some(day), Some(newest)) => days_between(day, newest) <= SAME_TIME_DAYS,
            (None, Some(_)) => false,
            (_, None) => true,
        };
        let rank = |figure: &&&'a Figure| {
            (
                std::cmp::Reverse(self.grade(figure)),
                speaks_of(figure),
                figure.id,
            )
        };
        candidates.iter().filter(recent).max_by_key(rank).copied()
    }

    /// True of a statement of how things are: no plan, and of no time that lies
    /// wholly ahead.
    pub fn may_count(&self, figure: &Figure) -> bool {
        let begun = |day| day <= self.as_of;
        figure.hedge != Hedge::Planned && figure.time.is_none_or(|time| begun(time.first_day()))
    }

    /// By last and first day of the time it speaks of, the best statement of a
    /// metric: from the better source, then the later entry.
    pub fn by_time(&self, subject: Subject, metric: &Metric) -> BTreeMap<(Day, Day), &'a Figure> {
        let mut best: BTreeMap<_, &'a Figure> = BTreeMap::new();
        let rank = |figure: &Figure| (std::cmp::Reverse(self.grade(figure)), figure.id);
        for figure in self.all(subject, metric) {
            let Some(time) = figure.time.filter(|_| self.may_count(figure)) else {
                continue;
            };
            // In this order the newest is last, and of times with one end the shortest.
            let key = (time.last_day(), time.first_day());
            let known = best.entry(key).or_insert(figure);
            if rank(figure) > rank(known) {
                *known = figure;
            }
        }
        best
    }

    fn grade(&self, figure: &Figure) -> Grade {
        let source = figure.source.and_then(|id| self.book.source(id));
        source.map_or(Grade::OwnEstimate, |source| source.grade)
    }
}

/// True if the figure had been stated by that day; one without any date always
/// counts as known, so that no entry vanishes.
pub fn known_by(figure: &Figure, as_of: Day) -> bool {
    let stated = figure.stated.map(|date| date.first_day());
    // What was counted over a period is known once it is over.
    let counted = speaks_of_a_period(&figure.metric) && figure.hedge != Hedge::Planned;
    let spoken = figure.time.map(|time| match time {
        Time::Period(period) if counted => period.to(),
        Time::Period(_) | Time::Instant(_) => time.first_day(),
    });
    stated.or(spoken).is_none_or(|day| day <= as_of)
}

/// The day a figure speaks of: the end of its time, or the day it was stated
/// where the source gives none. What was so cannot be later than it was said:
/// a holding of "2026" told in March is one of March.
pub fn speaks_of(figure: &Figure) -> Option<Day> {
    let time = figure.time.map(|time| time.last_day());
    let stated = figure.stated.map(|date| date.last_day());
    if figure.hedge == Hedge::Planned {
        return time.or(stated);
    }
    match (time, stated) {
        (Some(time), Some(stated)) => Some(time.min(stated)),
        (time, stated) => time.or(stated),
    }
}

/// Days since the time a figure speaks of; never negative.
pub fn age_days(figure: &Figure, as_of: Day) -> Option<i64> {
    speaks_of(figure).map(|day| days_between(day, as_of).max(0))
}

/// Metrics that mean nothing without the period they were counted over.
fn speaks_of_a_period(metric: &Metric) -> bool {
    match metric {
        Metric::Known(known) => matches!(
            known,
            Known::AiRevenueShare
                | Known::AiRevenue
                | Known::TotalRevenue
                | Known::InterestExpense
                | Known::NetIncome
                | Known::PriceReturn
        ),
        Metric::Megawatts(..) | Metric::Custom(..) => false,
    }
}

/// The age of the oldest statement among the inputs; none if there is none.
pub fn oldest_age(book: &Book, inputs: &[Input], as_of: Day) -> Option<i64> {
    let figures = inputs.iter().filter_map(|input| match input {
        Input::Figure(id) => book.figure(*id),
        Input::Deal(_) | Input::Debt(_) | Input::Treasury(_) | Input::Close { .. } => None,
    });
    figures.filter_map(|figure| age_days(figure, as_of)).max()
}
