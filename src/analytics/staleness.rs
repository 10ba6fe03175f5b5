//! When a figure is old: by its metric, for a market value is old within weeks
//! and a share of a joint venture holds for years. It judges ages alone.

use crate::closed_set;
use crate::model::Metric;
use crate::model::metric::Known;

closed_set! {
    /// How old a figure is for what it measures.
    Staleness {
        /// Nothing newer is to be expected.
        Fresh = "fresh", "fresh";
        /// A newer one may be there.
        Ageing = "ageing", "ageing";
        /// A newer one must be there.
        Stale = "stale", "stale";
    }
}

/// Up to which ages a figure is fresh, and ageing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Fresh up to so many days.
    pub fresh_days: i64,
    /// Stale after so many days.
    pub stale_days: i64,
}

impl Limits {
    /// What moves with the market or is told each month.
    pub const MONTHLY: Self = Self::new(35, 100);
    /// What is told each quarter: stale after two quarters and a half.
    pub const QUARTERLY: Self = Self::new(100, 225);
    /// What is told each year, or when it changes.
    pub const YEARLY: Self = Self::new(380, 760);

    const fn new(fresh_days: i64, stale_days: i64) -> Self {
        Self {
            fresh_days,
            stale_days,
        }
    }

    /// The limits of a metric.
    pub const fn of(metric: &Metric) -> Self {
        match metric {
            Metric::Known(known) => Self::of_known(*known),
            Metric::Megawatts(..) | Metric::Custom(..) => Self::QUARTERLY,
        }
    }

    const fn of_known(known: Known) -> Self {
        match known {
            Known::MarketValue
            | Known::BtcHeld
            | Known::BtcPledged
            | Known::Hashrate
            | Known::PriceReturn => Self::MONTHLY,
            Known::TotalDebt
            | Known::ConvertibleDebt
            | Known::SeniorSecuredDebt
            | Known::FinancingRaised
            | Known::DebtRepurchased
            | Known::Cash
            | Known::RestrictedCash
            | Known::Liquidity
            | Known::DigitalAssets
            | Known::BasicShares
            | Known::DilutedShares
            | Known::ShareUnits
            | Known::PreferredEquity
            | Known::MinorityInterest
            | Known::InterestExpense
            | Known::TotalRevenue
            | Known::AiRevenue
            | Known::AiRevenueShare
            | Known::NetIncome
            | Known::StatedBacklog
            | Known::BacklogWithOptions
            | Known::ContractedAnnualRevenue
            | Known::AnnualNoi
            | Known::FundingGap
            | Known::CustomerPrepayment
            | Known::DeliveredShare
            | Known::HyperscalerShare
            | Known::NeocloudShare
            | Known::BtcReduction
            | Known::BtcSold
            | Known::BtcSoldShare
            | Known::FleetEfficiency
            | Known::PowerPrice
            | Known::Gpus => Self::QUARTERLY,
            Known::Warrants
            | Known::PennyWarrants
            | Known::NoiMargin
            | Known::Backstop
            | Known::CapexPerMw
            | Known::PurchaseCommitment
            | Known::Acquisition
            | Known::OwnedShare
            | Known::LeadTime => Self::YEARLY,
        }
    }

    /// What an age in days is by these limits.
    pub const fn judge(self, days: i64) -> Staleness {
        if days <= self.fresh_days {
            Staleness::Fresh
        } else if days <= self.stale_days {
            Staleness::Ageing
        } else {
            Staleness::Stale
        }
    }
}
