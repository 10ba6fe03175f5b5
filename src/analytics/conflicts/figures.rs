//! Figures that disagree on one subject, metric and time. Pairs that say the
//! same two values are one conflict: the firmest pair stands for all of them.

use super::range::{Fit, fit, gap};
use super::said::{Said, all};
use super::settled::State;
use super::time::{Kind, Relation, kind_of, reach, relation};
use super::{Conflict, ConflictKind, Conflicts, NotCompared, Topic, WhyNot};
use crate::analytics::backlog::days_between;
use crate::analytics::statement::Statements;
use crate::model::{FigureId, Metric, Subject};

/// Conflicts among figures, and what is not compared.
pub(super) fn find(statements: &Statements<'_>) -> Conflicts {
    let mut found = Conflicts::default();
    for ((subject, metric), mut said) in all(statements) {
        said.sort_by_key(|one| one.when.days);
        let group = Group {
            subject,
            metric: &metric,
            kind: kind_of(&metric),
            said: &said,
        };
        let pairs = group.pairs(&mut found.not_compared);
        let pairs = pairs.into_iter();
        let conflicts = pairs.map(|pair| group.conflict(statements, &pair));
        found.list.extend(conflicts);
    }
    found
}

/// All that is said of a subject and metric, by first day.
struct Group<'a> {
    subject: Subject,
    metric: &'a Metric,
    kind: Kind,
    said: &'a [Said],
}

/// Two that disagree, the lower value first.
struct Pair<'a> {
    one: &'a Said,
    other: &'a Said,
    kind: ConflictKind,
}

impl<'a> Group<'a> {
    /// The pairs that disagree, one for each two values of a time.
    fn pairs(&self, not_compared: &mut Vec<NotCompared>) -> Vec<Pair<'a>> {
        let mut pairs = Vec::new();
        for (place, a) in self.said.iter().enumerate() {
            for b in self.said.iter().skip(place + 1) {
                if self.is_far(a, b) {
                    break;
                }
                match self.compare(a, b) {
                    Ok(Some(pair)) => pairs.push(pair),
                    Ok(None) => {}
                    Err(why) => not_compared.extend(self.left_out(a, b, why)),
                }
            }
        }
        self.keep_one_of_each(pairs)
    }

    /// True if nothing from `b` on speaks of a time near that of `a`.
    fn is_far(&self, a: &Said, b: &Said) -> bool {
        let days = a.when.days.zip(b.when.days);
        days.is_some_and(|(a, b)| days_between(a.1, b.0) > reach(self.kind))
    }

    fn compare(&self, a: &'a Said, b: &'a Said) -> Result<Option<Pair<'a>>, WhyNot> {
        let fit = fit(a.hedged, b.hedged);
        if fit == Fit::Agree {
            return Ok(None);
        }
        let relation = relation(self.kind, &a.when, &b.when);
        let firm = match relation {
            Relation::Different => return Ok(None),
            Relation::NoPeriod => return Err(WhyNot::PeriodNotStated),
            Relation::Same => true,
            Relation::Perhaps => false,
        };
        if self.kind == Kind::Item {
            return Err(WhyNot::EachItsOwn);
        }
        if a.currency.is_some() && b.currency.is_some() && a.currency != b.currency {
            return Err(WhyNot::Currency);
        }
        let kind = match (fit, firm) {
            (Fit::Apart, true) => ConflictKind::SameTime,
            (Fit::LooseBound, true) => ConflictKind::LooseBound,
            (Fit::Apart, false) if !self.is_told_elsewhere(a, b) => ConflictKind::TimeNotStated,
            (Fit::Agree | Fit::Apart | Fit::LooseBound, _) => return Ok(None),
        };
        let swap = b.hedged.value < a.hedged.value;
        let (one, other) = if swap { (b, a) } else { (a, b) };
        Ok(Some(Pair { one, other, kind }))
    }

    /// True if one of the two, which does not say of which time it speaks, agrees
    /// with a statement of another time, or if there is one nearer to it than
    /// the other of the two: then it is not of the other's time.
    fn is_told_elsewhere(&self, a: &Said, b: &Said) -> bool {
        let lacks = |said: &Said| match self.kind {
            Kind::Share => !said.when.is_period(),
            Kind::Stock | Kind::Lasting | Kind::Flow | Kind::Item => said.when.days.is_none(),
        };
        let elsewhere = |vague: &Said, told: &Said| {
            if !lacks(vague) || lacks(told) {
                return false;
            }
            let candidates = || {
                let others = self.said.iter().filter(|other| !lacks(other));
                others.filter(|other| {
                    relation(self.kind, &vague.when, &other.when) == Relation::Perhaps
                })
            };
            let agrees = candidates().any(|other| fit(vague.hedged, other.hedged) == Fit::Agree);
            let end = |said: &Said| said.when.days.map(|(_, last)| last);
            let newest = candidates().filter_map(end).max();
            agrees || end(told) != newest
        };
        elsewhere(a, b) || elsewhere(b, a)
    }

    fn left_out(&self, a: &Said, b: &Said, why: WhyNot) -> Option<NotCompared> {
        let (a, b) = (a.figure()?, b.figure()?);
        Some(NotCompared {
            subject: self.subject,
            metric: self.metric.clone(),
            one: a.min(b),
            other: a.max(b),
            why,
        })
    }

    /// Of the pairs of the same two values of one time only the firmest.
    fn keep_one_of_each(&self, mut pairs: Vec<Pair<'a>>) -> Vec<Pair<'a>> {
        let values = |pair: &Pair<'_>| (pair.one.hedged.value, pair.other.hedged.value);
        // Of one kind the newest, then the least hedged.
        let days = |pair: &Pair<'_>| (pair.one.when.days, pair.other.when.days);
        let hedges = |pair: &Pair<'_>| (pair.one.hedged.hedge, pair.other.hedged.hedge);
        let ids = |pair: &Pair<'_>| (pair.one.figure(), pair.other.figure());
        pairs.sort_by(|a, b| {
            let same = values(a).cmp(&values(b)).then(a.kind.cmp(&b.kind));
            same.then_with(|| days(b).cmp(&days(a)))
                .then_with(|| hedges(a).cmp(&hedges(b)))
                .then_with(|| ids(a).cmp(&ids(b)))
        });
        let mut kept: Vec<Pair<'a>> = Vec::new();
        for pair in pairs {
            let told = kept.iter().rev().take_while(|k| values(k) == values(&pair));
            let mut told = told.filter(|kept| {
                self.is_one_time(kept.one, pair.one) && self.is_one_time(kept.other, pair.other)
            });
            if told.next().is_none() {
                kept.push(pair);
            }
        }
        kept
    }

    fn is_one_time(&self, a: &Said, b: &Said) -> bool {
        std::ptr::eq(a, b)
            || match relation(self.kind, &a.when, &b.when) {
                Relation::Same | Relation::Perhaps => true,
                Relation::Different | Relation::NoPeriod => false,
            }
    }

    /// The other figures that say what `said` says of the same time.
    fn also(&self, said: &Said) -> Vec<FigureId> {
        let same = self.said.iter().filter(|other| {
            other.hedged.value == said.hedged.value
                && !std::ptr::eq(*other, said)
                && self.is_one_time(other, said)
        });
        let mut also: Vec<FigureId> = same.filter_map(Said::figure).collect();
        also.sort_unstable();
        also
    }

    fn conflict(&self, statements: &Statements<'_>, pair: &Pair<'_>) -> Conflict {
        let Pair { one, other, kind } = *pair;
        Conflict {
            subject: self.subject,
            topic: Topic::Metric(self.metric.clone()),
            kind,
            unit: self.metric.unit(),
            currency: one.currency.or(other.currency),
            one: one.side(statements, self.also(one)),
            other: other.side(statements, self.also(other)),
            gap: gap(one.hedged.value, other.hedged.value),
            state: State::Open,
        }
    }
}
