//! What is said of a subject and metric, by figures, by stated holdings of
//! Bitcoin, and by what other figures compute to. Compares nothing.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::range::Hedged;
use super::time::When;
use super::{Basis, Number, Side};
use crate::analytics::answer::hedge_of_ratio;
use crate::analytics::backlog::days_between;
use crate::analytics::statement::{Statements, event_known_by, speaks_of_a_period};
use crate::model::metric::Known;
use crate::model::pin::Told;
use crate::model::treasury::TreasuryKind;
use crate::model::{
    Currency, Day, Figure, FigureId, Hedge, Metric, PartialDate, SourceId, Subject, Time, Treasury,
};

/// One thing said.
#[derive(Clone, Debug)]
pub(super) struct Said {
    pub basis: Basis,
    pub hedged: Hedged,
    pub currency: Option<Currency>,
    pub when: When,
    pub stated: Option<PartialDate>,
    pub source: Option<SourceId>,
}

impl Said {
    fn of(figure: &Figure) -> Self {
        Self {
            basis: Basis::Told(Told::Figure(figure.id)),
            hedged: Hedged {
                value: figure.value,
                hedge: figure.hedge,
            },
            currency: figure.currency,
            when: when(figure),
            stated: figure.stated,
            source: figure.source,
        }
    }

    fn holding(event: &Treasury) -> Option<Self> {
        let value = event.btc?;
        let planned = event.hedge == Hedge::Planned;
        Some(Self {
            basis: Basis::Told(Told::Treasury(event.id)),
            hedged: Hedged {
                value,
                hedge: event.hedge,
            },
            currency: None,
            when: When::new(event.event, event.disclosed, planned),
            stated: event.disclosed,
            source: event.source,
        })
    }

    /// The figure that says it, if one does.
    pub const fn figure(&self) -> Option<FigureId> {
        match &self.basis {
            Basis::Told(Told::Figure(id)) => Some(*id),
            Basis::Told(Told::Deal(_) | Told::Treasury(_))
            | Basis::Computed(_)
            | Basis::Closes { .. } => None,
        }
    }

    /// It as a side of a conflict.
    pub fn side(&self, statements: &Statements<'_>, also: Vec<FigureId>) -> Side {
        let source = self.source.and_then(|id| statements.book().source(id));
        let age = self.when.days.map(|(_, last)| last);
        Side {
            basis: self.basis.clone(),
            value: Number::Exact(self.hedged.value),
            hedge: self.hedged.hedge,
            load_mw: None,
            time: self.when.time,
            stated: self.stated,
            source: self.source,
            grade: source.map(|source| source.grade),
            age_days: age.map(|day| age_on(day, statements.as_of())),
            also,
        }
    }
}

/// Days from one day to the day of the report, never negative.
pub(super) fn age_on(day: Day, as_of: Day) -> i64 {
    days_between(day, as_of).max(0)
}

/// When a figure speaks of. What is counted over a period is told of all of the
/// quarter or year that its source names.
fn when(figure: &Figure) -> When {
    let mut when = When::of(figure);
    if speaks_of_a_period(&figure.metric)
        && let Some(Time::Instant(date)) = when.time
        && !date.is_day()
    {
        when.time = Some(Time::Period(date.as_period()));
    }
    when
}

/// All that is said, by subject and metric.
pub(super) fn all(statements: &Statements<'_>) -> BTreeMap<(Subject, Metric), Vec<Said>> {
    let mut all: BTreeMap<(Subject, Metric), Vec<Said>> = BTreeMap::new();
    for (subject, metric, figures) in statements.groups() {
        let computed = match metric {
            Metric::Known(Known::AiRevenueShare) => shares(statements, subject),
            Metric::Known(_) | Metric::Megawatts(..) | Metric::Custom(..) => Vec::new(),
        };
        // What only one says nobody contradicts; holdings come below.
        let holding = *metric == Metric::Known(Known::BtcHeld);
        if figures.len() + computed.len() < 2 && !holding {
            continue;
        }
        let figures = figures.iter().map(|figure| Said::of(figure));
        let said = figures.chain(computed).collect();
        all.insert((subject, metric.clone()), said);
    }
    let events = statements.book().treasury();
    for event in events.filter(|event| event_known_by(event, statements.as_of())) {
        if event.kind == TreasuryKind::Holding
            && let Some(said) = Said::holding(event)
        {
            let key = (
                Subject::Company(event.company),
                Metric::Known(Known::BtcHeld),
            );
            all.entry(key).or_default().push(said);
        }
    }
    all
}

/// AI revenue over total revenue, of each period for which both are stated.
fn shares(statements: &Statements<'_>, subject: Subject) -> Vec<Said> {
    let by_time = |known| statements.by_time(subject, &Metric::Known(known));
    let totals = by_time(Known::TotalRevenue);
    let share = |(time, ai): (&(Day, Day), &&Figure)| {
        let total = totals.get(time).filter(|t| t.currency == ai.currency)?;
        let value = ai.value.checked_div(total.value)?;
        Some(Said {
            basis: Basis::Computed(vec![ai.id, total.id]),
            hedged: Hedged {
                value: rounded(value),
                hedge: hedge_of_ratio(ai.hedge, total.hedge),
            },
            currency: None,
            when: When {
                time: Some(as_period(ai.time?)),
                days: Some((time.1, time.0)),
                planned: false,
            },
            stated: ai.stated,
            source: ai.source,
        })
    };
    by_time(Known::AiRevenue).iter().filter_map(share).collect()
}

/// A time as the period it covers: revenue "of Q1 2026" is of all of it.
fn as_period(time: Time) -> Time {
    match time {
        Time::Period(_) => time,
        Time::Instant(date) => Time::Period(date.as_period()),
    }
}

/// A ratio without the digits that no source states.
fn rounded(value: Decimal) -> Decimal {
    value.round_dp(6)
}
