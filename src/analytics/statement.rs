//! Which of several statements counts: the one the user pinned, else the newest
//! by the time it speaks of, and among those within 30 days of it the one from
//! the better source. Statements are never averaged.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::backlog::days_between;
use super::{Input, Stated};
use crate::model::metric::Known;
use crate::model::pin::{Choice, PinScope};
use crate::model::source::Grade;
use crate::model::{Book, Day, Figure, FigureId, Hedge, Metric, Pin, Subject, Time, Treasury};

/// Within so many days of the newest statement, the better source wins.
pub const SAME_TIME_DAYS: i64 = 30;

/// The statements of a book by subject and metric, known by a day.
pub struct Statements<'a> {
    by: BTreeMap<Subject, BTreeMap<&'a Metric, Vec<&'a Figure>>>,
    picks: BTreeMap<Subject, BTreeMap<&'a Metric, Picks<'a>>>,
    book: &'a Book,
    as_of: Day,
}

/// What the user picked for a subject and metric, by the day.
#[derive(Default)]
struct Picks<'a> {
    /// The newest pick, whatever it is.
    newest: Option<&'a Pin>,
    /// Picks of a figure for its time, oldest first.
    for_time: Vec<(FigureId, &'a Pin)>,
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
        let picks = picks(book, as_of);
        Self {
            by,
            picks,
            book,
            as_of,
        }
    }

    /// The book the statements are of.
    pub const fn book(&self) -> &'a Book {
        self.book
    }

    /// The day by which they were known.
    pub const fn as_of(&self) -> Day {
        self.as_of
    }

    /// Every subject and metric with a statement, and the statements.
    pub fn groups(&self) -> impl Iterator<Item = (Subject, &'a Metric, &[&'a Figure])> {
        let groups = self.by.iter();
        groups.flat_map(|(subject, of)| {
            let metrics = of.iter();
            metrics.map(|(metric, figures)| (*subject, *metric, figures.as_slice()))
        })
    }

    /// All statements about a subject and metric, in no order.
    pub fn all(&self, subject: Subject, metric: &Metric) -> &[&'a Figure] {
        self.by
            .get(&subject)
            .and_then(|of| of.get(metric))
            .map_or(&[], Vec::as_slice)
    }

    /// The statement that counts. Plans, and what speaks of a time to come, do
    /// not, not even pinned ones.
    pub fn chosen(&self, subject: Subject, metric: &Metric) -> Option<&'a Figure> {
        if let Some((figure, _)) = self.always(subject, metric) {
            return Some(figure);
        }
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
        let picked = self.for_time(subject, metric);
        let picked = picked.rev().find_map(|(id, _)| {
            let mut recent = candidates.iter().filter(recent);
            recent.find(|figure| figure.id == *id)
        });
        picked.copied().or_else(|| {
            let recent = candidates.iter().filter(recent);
            recent.max_by_key(rank).copied()
        })
    }

    /// The figure that the user's newest pick lets count whatever is newer.
    fn always(&self, subject: Subject, metric: &Metric) -> Option<(&'a Figure, &'a Pin)> {
        let pin = self.newest_pick(subject, metric)?;
        let Choice::Use { figure, scope } = &pin.choice else {
            return None;
        };
        if *scope != PinScope::Always {
            return None;
        }
        let figure = self.counting(subject, metric, *figure)?;
        Some((figure, pin))
    }

    /// The figure of that id, if it is known, of this metric and may count.
    fn counting(&self, subject: Subject, metric: &Metric, id: FigureId) -> Option<&'a Figure> {
        let mut all = self.all(subject, metric).iter().copied();
        all.find(|figure| figure.id == id && self.may_count(figure))
    }

    fn for_time(
        &self,
        subject: Subject,
        metric: &Metric,
    ) -> impl DoubleEndedIterator<Item = &(FigureId, &'a Pin)> {
        let picks = self.picks.get(&subject).and_then(|of| of.get(metric));
        picks.map_or(&[][..], |picks| &picks.for_time).iter()
    }

    /// The user's newest pick for a subject and metric: of a figure, or of what
    /// is computed.
    pub fn newest_pick(&self, subject: Subject, metric: &Metric) -> Option<&'a Pin> {
        self.picks.get(&subject)?.get(metric)?.newest
    }

    /// True if the user lets what is computed count rather than a statement.
    pub fn counts_computed(&self, subject: Subject, metric: &Metric) -> bool {
        let pick = self.newest_pick(subject, metric);
        pick.is_some_and(|pin| matches!(pin.choice, Choice::UseComputed { .. }))
    }

    /// The pick by which a figure counts, if it does by the user's choice.
    pub fn pick_of(&self, figure: &Figure) -> Option<&'a Pin> {
        let (subject, metric) = (figure.subject, &figure.metric);
        if let Some((picked, pin)) = self.always(subject, metric) {
            return (picked.id == figure.id).then_some(pin);
        }
        let mut picks = self.for_time(subject, metric).rev();
        let (_, pin) = picks.find(|(id, _)| *id == figure.id)?;
        self.counting(subject, metric, figure.id).map(|_| *pin)
    }

    /// A figure as an answer, with the user's choice of it where there is one.
    pub fn answer_of(&self, figure: &Figure) -> Stated<Decimal> {
        Stated {
            value: figure.value,
            hedge: figure.hedge,
            inputs: vec![Input::Figure(figure.id)],
            remark: self.remark_of(figure),
        }
    }

    /// What to say of a figure that counts by the user's choice.
    pub fn remark_of(&self, figure: &Figure) -> Option<String> {
        self.pick_of(figure).map(remark)
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
        let picked: Vec<_> = self.for_time(subject, metric).map(|(id, _)| *id).collect();
        let always = self
            .always(subject, metric)
            .map(|(figure, _)| (figure.id, usize::MAX));
        let pick = |figure: &Figure| {
            let place = picked.iter().rposition(|id| *id == figure.id);
            let always = always.filter(|(id, _)| *id == figure.id);
            always.map(|(_, place)| place).or(place)
        };
        let rank = |figure: &Figure| {
            let grade = std::cmp::Reverse(self.grade(figure));
            (pick(figure), grade, figure.id)
        };
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

    /// The grade of a figure's source; one without a source is an estimate.
    pub fn grade(&self, figure: &Figure) -> Grade {
        let source = figure.source.and_then(|id| self.book.source(id));
        source.map_or(Grade::OwnEstimate, |source| source.grade)
    }
}

/// The picks made by that day, by subject and metric.
fn picks(book: &Book, as_of: Day) -> BTreeMap<Subject, BTreeMap<&Metric, Picks<'_>>> {
    let mut made: Vec<_> = book.pins().filter(|pin| pin.made <= as_of).collect();
    made.sort_by_key(|pin| (pin.made, pin.id));
    let mut picks: BTreeMap<Subject, BTreeMap<&Metric, Picks<'_>>> = BTreeMap::new();
    for pin in made {
        match &pin.choice {
            Choice::Use { figure, scope } => {
                // A pin of a figure that was not yet stated decides nothing.
                let figure = book.figure(*figure);
                let Some(figure) = figure.filter(|figure| known_by(figure, as_of)) else {
                    continue;
                };
                let of = picks.entry(figure.subject).or_default();
                let of = of.entry(&figure.metric).or_default();
                of.newest = Some(pin);
                match scope {
                    PinScope::Always => {}
                    PinScope::ItsTime => of.for_time.push((figure.id, pin)),
                }
            }
            Choice::UseComputed { subject, metric } => {
                let of = picks.entry(*subject).or_default();
                of.entry(metric).or_default().newest = Some(pin);
            }
            Choice::BothStand { .. } => {}
        }
    }
    picks
}

/// That a value is the user's choice, and why.
pub fn remark(pin: &Pin) -> String {
    if pin.note.is_empty() {
        return format!("your choice of {}", pin.made);
    }
    format!("your choice of {}: {}", pin.made, pin.note)
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

/// True if a treasury event had become known by that day; one without any date
/// always counts as known.
pub fn event_known_by(event: &Treasury, as_of: Day) -> bool {
    let disclosed = event.disclosed.map(|date| date.first_day());
    let day = disclosed.or_else(|| event.event.map(|time| time.first_day()));
    day.is_none_or(|day| day <= as_of)
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
pub fn speaks_of_a_period(metric: &Metric) -> bool {
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
