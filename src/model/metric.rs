//! What a figure measures, and in which unit. Metrics that sound alike stay
//! apart: total debt is not notes, contracted is not energised.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::closed_set;

closed_set! {
    /// The base unit of a metric's values.
    Unit {
        /// Money in the figure's currency, whole units.
        Money = "money", "money";
        /// A fraction: 0.27 is shown as 27 %.
        Fraction = "fraction", "%";
        /// Bitcoin.
        Btc = "btc", "BTC";
        /// Megawatts.
        Megawatts = "mw", "MW";
        /// A plain count: shares, GPUs, warrants.
        Count = "count", "";
        /// Exahashes a second.
        ExahashPerSecond = "eh_s", "EH/s";
        /// Joules a terahash.
        JoulesPerTerahash = "j_th", "J/TH";
        /// US dollars a megawatt-hour.
        UsdPerMwh = "usd_mwh", "$/MWh";
        /// Months.
        Months = "months", "months";
    }
}

closed_set! {
    /// A rung of the ladder of power. The rungs are not strictly nested.
    MwStage {
        /// Pipeline.
        Planned = "planned", "planned";
        /// Under an agreement with the utility.
        Secured = "secured", "secured";
        /// Approved by the grid operator.
        Approved = "approved", "approved";
        /// Connected and usable.
        Energised = "energised", "energised";
        /// Let to a tenant.
        Contracted = "contracted", "contracted";
        /// Delivered and paid for.
        Billing = "billing", "billing";
    }
}

closed_set! {
    /// What a number of megawatts counts.
    MwBasis {
        /// Critical IT load.
        Critical = "critical", "critical IT";
        /// Gross utility load.
        Gross = "gross", "gross";
        /// The source does not say.
        Unstated = "unstated", "basis not stated";
    }
}

closed_set! {
    /// The metrics every book knows, but for megawatts and the user's own.
    Known {
        /// All debt of the group, as stated.
        TotalDebt = "total_debt", "Total debt";
        /// Convertible notes alone.
        ConvertibleDebt = "convertible_debt", "Convertible notes";
        /// Senior secured notes alone.
        SeniorSecuredDebt = "senior_secured_debt", "Senior secured notes";
        /// Financings completed in a period.
        FinancingRaised = "financing_raised", "Financing raised";
        /// Face value of debt bought back in a period.
        DebtRepurchased = "debt_repurchased", "Debt repurchased";
        /// Unrestricted cash and equivalents.
        Cash = "cash", "Cash";
        /// Restricted cash.
        RestrictedCash = "restricted_cash", "Restricted cash";
        /// Cash and Bitcoin told as one number.
        Liquidity = "liquidity", "Liquidity";
        /// Net digital assets and investments.
        DigitalAssets = "digital_assets", "Digital assets";
        /// Value of all shares at market, as stated.
        MarketValue = "market_value", "Market value";
        /// Basic shares outstanding.
        BasicShares = "basic_shares", "Basic shares";
        /// Diluted shares.
        DilutedShares = "diluted_shares", "Diluted shares";
        /// Restricted stock units and options.
        ShareUnits = "share_units", "Stock units and options";
        /// Warrants and rights on shares at any price.
        Warrants = "warrants", "Warrants and rights";
        /// Warrants that cost a cent a share or less: shares in all but name.
        PennyWarrants = "penny_warrants", "Penny warrants";
        /// Preferred equity at its liquidation preference.
        PreferredEquity = "preferred_equity", "Preferred equity";
        /// What of consolidated companies belongs to others.
        MinorityInterest = "minority_interest", "Minority interest";
        /// Interest expense of a period.
        InterestExpense = "interest_expense", "Interest expense";
        /// Revenue of a period.
        TotalRevenue = "total_revenue", "Total revenue";
        /// Revenue from AI and HPC of the same period.
        AiRevenue = "ai_revenue", "AI revenue";
        /// AI revenue over total revenue.
        AiRevenueShare = "ai_revenue_share", "AI revenue share";
        /// Net income of a period; a loss is negative.
        NetIncome = "net_income", "Net income";
        /// Contracted revenue as the company states it.
        StatedBacklog = "stated_backlog", "Stated backlog";
        /// The same with every option taken.
        BacklogWithOptions = "backlog_with_options", "Stated backlog with options";
        /// Revenue of a year under contract.
        ContractedAnnualRevenue = "contracted_annual_revenue", "Contracted annual revenue";
        /// Net operating income of a year.
        AnnualNoi = "annual_noi", "Annual NOI";
        /// Net operating income over revenue of a site.
        NoiMargin = "noi_margin", "NOI margin";
        /// Guarantee of a third party.
        Backstop = "backstop", "Backstop";
        /// Cost to build a megawatt of critical IT load.
        CapexPerMw = "capex_per_mw", "Build cost per MW";
        /// Committed purchases.
        PurchaseCommitment = "purchase_commitment", "Purchase commitment";
        /// Acquisition price.
        Acquisition = "acquisition", "Acquisition";
        /// Money still to be found.
        FundingGap = "funding_gap", "Funding gap";
        /// Paid in advance by customers.
        CustomerPrepayment = "customer_prepayment", "Customer prepayment";
        /// Share of a joint venture or subsidiary owned.
        OwnedShare = "owned_share", "Owned share";
        /// Delivered over leased capacity.
        DeliveredShare = "delivered_share", "Delivered share";
        /// Share of contract value with hyperscalers.
        HyperscalerShare = "hyperscaler_share", "Share with hyperscalers";
        /// Share of contract value with neoclouds.
        NeocloudShare = "neocloud_share", "Share with neoclouds";
        /// Bitcoin held.
        BtcHeld = "btc_held", "BTC held";
        /// Of the Bitcoin held, what is pledged or lent.
        BtcPledged = "btc_pledged", "BTC pledged or lent";
        /// Fall of the holding from its peak; not sales.
        BtcReduction = "btc_reduction", "BTC reduction from peak";
        /// Sales of Bitcoin in a period as stated for many companies.
        BtcSold = "btc_sold", "BTC sold";
        /// Share of the holding sold.
        BtcSoldShare = "btc_sold_share", "Share of BTC sold";
        /// Mining power.
        Hashrate = "hashrate", "Hashrate";
        /// Energy a hash.
        FleetEfficiency = "fleet_efficiency", "Fleet efficiency";
        /// Price of power.
        PowerPrice = "power_price", "Power price";
        /// GPUs owned or planned.
        Gpus = "gpus", "GPUs";
        /// Price return over a period.
        PriceReturn = "price_return", "Price return";
        /// Time until something is built or connected.
        LeadTime = "lead_time", "Lead time";
    }
}

impl Known {
    /// The unit of its values.
    pub const fn unit(self) -> Unit {
        match self {
            Self::TotalDebt
            | Self::ConvertibleDebt
            | Self::SeniorSecuredDebt
            | Self::FinancingRaised
            | Self::DebtRepurchased
            | Self::Cash
            | Self::RestrictedCash
            | Self::Liquidity
            | Self::DigitalAssets
            | Self::MarketValue
            | Self::PreferredEquity
            | Self::MinorityInterest
            | Self::InterestExpense
            | Self::TotalRevenue
            | Self::AiRevenue
            | Self::NetIncome
            | Self::StatedBacklog
            | Self::BacklogWithOptions
            | Self::ContractedAnnualRevenue
            | Self::AnnualNoi
            | Self::Backstop
            | Self::CapexPerMw
            | Self::PurchaseCommitment
            | Self::Acquisition
            | Self::FundingGap
            | Self::CustomerPrepayment => Unit::Money,
            Self::AiRevenueShare
            | Self::NoiMargin
            | Self::OwnedShare
            | Self::DeliveredShare
            | Self::HyperscalerShare
            | Self::NeocloudShare
            | Self::BtcSoldShare
            | Self::PriceReturn => Unit::Fraction,
            Self::BtcHeld | Self::BtcPledged | Self::BtcReduction | Self::BtcSold => Unit::Btc,
            Self::BasicShares
            | Self::DilutedShares
            | Self::ShareUnits
            | Self::Warrants
            | Self::PennyWarrants
            | Self::Gpus => Unit::Count,
            Self::Hashrate => Unit::ExahashPerSecond,
            Self::FleetEfficiency => Unit::JoulesPerTerahash,
            Self::PowerPrice => Unit::UsdPerMwh,
            Self::LeadTime => Unit::Months,
        }
    }
}

/// What a figure measures.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Metric {
    /// A metric every book knows.
    Known(Known),
    /// Megawatts at a stage, counted on a basis.
    Megawatts(MwStage, MwBasis),
    /// The user's own, by name, with the unit it is in.
    Custom(String, Unit),
}

impl Metric {
    /// The unit of its values.
    pub const fn unit(&self) -> Unit {
        match self {
            Self::Known(known) => known.unit(),
            Self::Megawatts(..) => Unit::Megawatts,
            Self::Custom(_, unit) => *unit,
        }
    }

    /// The stable code: `total_debt`, `mw_contracted_critical`,
    /// `custom/count/Employees`.
    pub fn code(&self) -> Cow<'static, str> {
        match self {
            Self::Known(known) => Cow::Borrowed(known.code()),
            Self::Megawatts(stage, basis) => {
                Cow::Owned(format!("mw_{}_{}", stage.code(), basis.code()))
            }
            Self::Custom(name, unit) => Cow::Owned(format!("custom/{}/{name}", unit.code())),
        }
    }

    /// The metric with that code.
    pub fn from_code(code: &str) -> Option<Self> {
        if let Some(rest) = code.strip_prefix("custom/") {
            let (unit, name) = rest.split_once('/')?;
            let name = name.trim();
            return (!name.is_empty())
                .then(|| Unit::from_code(unit).map(|unit| Self::Custom(name.to_owned(), unit)))?;
        }
        if let Some(rest) = code.strip_prefix("mw_") {
            let (stage, basis) = rest.split_once('_')?;
            return Some(Self::Megawatts(
                MwStage::from_code(stage)?,
                MwBasis::from_code(basis)?,
            ));
        }
        Known::from_code(code).map(Self::Known)
    }

    /// Every metric but the user's own, as a list offers them.
    pub fn all() -> impl Iterator<Item = Self> {
        let megawatts = MwStage::ALL.iter().flat_map(|stage| {
            MwBasis::ALL
                .iter()
                .map(|basis| Self::Megawatts(*stage, *basis))
        });
        Known::ALL
            .iter()
            .map(|known| Self::Known(*known))
            .chain(megawatts)
    }
}

impl fmt::Display for Metric {
    /// The name a person reads: "Total debt", "MW contracted, critical IT".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Known(known) => f.write_str(known.label()),
            Self::Megawatts(stage, basis) => write!(f, "MW {}, {}", stage.label(), basis.label()),
            Self::Custom(name, _) => f.write_str(name),
        }
    }
}

impl Serialize for Metric {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.code())
    }
}

impl<'de> Deserialize<'de> for Metric {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = Cow::<'de, str>::deserialize(deserializer)?;
        Self::from_code(&code)
            .ok_or_else(|| serde::de::Error::custom(format!("`{code}` is not a metric")))
    }
}
