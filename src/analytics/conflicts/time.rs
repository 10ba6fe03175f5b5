//! Whether two statements speak of one time. Stocks (debt, megawatts) are
//! compared within 30 days; what is counted over a period only over the same
//! period, since nine months are no quarter. Knows nothing of values.

use crate::analytics::backlog::days_between;
use crate::analytics::statement::{SAME_TIME_DAYS, speaks_of_a_period};
use crate::model::metric::Known;
use crate::model::{Day, Figure, Hedge, Metric, PartialDate, Period, Time};

/// How near to the time told of a statement without one must have been made, in
/// days, to be compared with it at all.
pub const NEAR_DAYS: i64 = 366;
/// Two imprecise times within so many days together are still one.
const ONE_TIME_DAYS: i64 = 2 * SAME_TIME_DAYS;

/// How statements of a metric are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A balance: so much on a day.
    Stock,
    /// A ratio counted over a period, which the period's length does not change.
    Share,
    /// An amount counted over a period, which means nothing without it.
    Flow,
    /// One of several items that are all true together.
    Item,
    /// A term that lasts: when it is told does not matter much.
    Lasting,
}

/// How statements of the metric are compared.
pub fn kind_of(metric: &Metric) -> Kind {
    let Metric::Known(known) = metric else {
        return Kind::Stock;
    };
    match known {
        Known::AiRevenueShare => Kind::Share,
        Known::FinancingRaised | Known::BtcSold | Known::BtcSoldShare => Kind::Flow,
        Known::OwnedShare => Kind::Lasting,
        Known::Warrants
        | Known::Backstop
        | Known::PurchaseCommitment
        | Known::Acquisition
        | Known::CustomerPrepayment
        | Known::DebtRepurchased
        | Known::NoiMargin
        | Known::AnnualNoi
        | Known::CapexPerMw => Kind::Item,
        Known::AiRevenue
        | Known::TotalRevenue
        | Known::InterestExpense
        | Known::NetIncome
        | Known::PriceReturn => {
            debug_assert!(speaks_of_a_period(metric), "a flow without a period");
            Kind::Flow
        }
        Known::TotalDebt
        | Known::ConvertibleDebt
        | Known::SeniorSecuredDebt
        | Known::Cash
        | Known::RestrictedCash
        | Known::Liquidity
        | Known::DigitalAssets
        | Known::MarketValue
        | Known::BasicShares
        | Known::DilutedShares
        | Known::ShareUnits
        | Known::PennyWarrants
        | Known::PreferredEquity
        | Known::MinorityInterest
        | Known::StatedBacklog
        | Known::BacklogWithOptions
        | Known::ContractedAnnualRevenue
        | Known::FundingGap
        | Known::DeliveredShare
        | Known::HyperscalerShare
        | Known::NeocloudShare
        | Known::BtcHeld
        | Known::BtcPledged
        | Known::BtcReduction
        | Known::Hashrate
        | Known::FleetEfficiency
        | Known::PowerPrice
        | Known::Gpus
        | Known::LeadTime => Kind::Stock,
    }
}

/// How two times stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// They are one time.
    Same,
    /// They may be one: a source does not say, or only vaguely.
    Perhaps,
    /// They are two times.
    Different,
    /// It cannot be known, since an amount has no period.
    NoPeriod,
}

/// When a statement speaks of, as far as known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct When {
    /// The time told.
    pub time: Option<Time>,
    /// The first and last day it may speak of: those of the time, not later than
    /// it was said, or of when it was said.
    pub days: Option<(Day, Day)>,
    /// True of a plan.
    pub planned: bool,
}

impl When {
    /// When a figure speaks of.
    pub fn of(figure: &Figure) -> Self {
        Self::new(figure.time, figure.stated, figure.hedge == Hedge::Planned)
    }

    /// When a statement made on a day speaks of.
    pub fn new(time: Option<Time>, stated: Option<PartialDate>, planned: bool) -> Self {
        let stated = stated.map(|date| (date.first_day(), date.last_day()));
        let days = match (time, stated) {
            (Some(time), Some((_, said))) if !planned => {
                let last = time.last_day().min(said);
                Some((time.first_day().min(last), last))
            }
            (Some(time), _) => Some((time.first_day(), time.last_day())),
            (None, stated) => stated,
        };
        Self {
            time,
            days,
            planned,
        }
    }

    /// True if it is told of all of a period.
    pub const fn is_period(&self) -> bool {
        matches!(self.time, Some(Time::Period(_)))
    }
}

/// How far apart two statements of a metric may be to be compared, in days.
pub const fn reach(kind: Kind) -> i64 {
    match kind {
        Kind::Stock | Kind::Item => SAME_TIME_DAYS,
        Kind::Share | Kind::Flow | Kind::Lasting => NEAR_DAYS,
    }
}

/// How the times of two statements of a metric stand to each other; the order
/// does not matter. A plan is never compared with a fact, nor one with a target
/// day with one without.
pub fn relation(kind: Kind, a: &When, b: &When) -> Relation {
    if a.planned != b.planned {
        return Relation::Different;
    }
    if a.planned && a.time.is_some() != b.time.is_some() {
        return Relation::Different;
    }
    let periods = match (a.time, b.time) {
        (Some(Time::Period(a)), Some(Time::Period(b))) => Some((a, b)),
        _ => None,
    };
    if let Some((a, b)) = periods {
        return if same_period(a, b) {
            Relation::Same
        } else {
            Relation::Different
        };
    }
    // A statement without a period may be of any within the year.
    let one_period = a.is_period() != b.is_period();
    let within = if one_period {
        NEAR_DAYS
    } else {
        SAME_TIME_DAYS
    };
    let at_best = |within, best| match near(a, b, within) {
        Relation::Different => Relation::Different,
        Relation::Same | Relation::Perhaps | Relation::NoPeriod => best,
    };
    match kind {
        Kind::Stock | Kind::Item => near(a, b, SAME_TIME_DAYS),
        Kind::Share | Kind::Flow if a.planned => near(a, b, SAME_TIME_DAYS),
        Kind::Lasting => at_best(NEAR_DAYS, Relation::Perhaps),
        Kind::Share => at_best(within, Relation::Perhaps),
        Kind::Flow => at_best(within, Relation::NoPeriod),
    }
}

/// True of periods of one length that are all but the same days: fiscal and
/// calendar quarters differ by days, not by weeks.
pub fn same_period(a: Period, b: Period) -> bool {
    let (first, last) = (a.from().max(b.from()), a.to().min(b.to()));
    let shared = days_between(first, last).saturating_add(1);
    let longer = i64::from(a.days().max(b.days()));
    a.months_rounded() == b.months_rounded()
        && shared.saturating_mul(10) >= longer.saturating_mul(9)
}

fn near(a: &When, b: &When, within: i64) -> Relation {
    let (Some(one), Some(other)) = (a.days, b.days) else {
        // A statement without any date may be of any time.
        return Relation::Perhaps;
    };
    let apart = days_between(one.1, other.0).max(days_between(other.1, one.0));
    if apart > within {
        return Relation::Different;
    }
    let all = days_between(one.0.min(other.0), one.1.max(other.1));
    if one == other || all <= ONE_TIME_DAYS {
        Relation::Same
    } else {
        Relation::Perhaps
    }
}
