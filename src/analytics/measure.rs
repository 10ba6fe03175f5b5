//! Every figure of a company that can be a column, an axis or part of a formula,
//! under one name with its unit and formula. It computes nothing itself: it finds
//! the figure in what was derived, and the terms it was computed from.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::power::Rung;
use super::switches::LoadBasis;
use super::valuation::Valuation;
use super::view::CompanyView;
use super::watchlist::WatchlistRow;
use super::{Answer, Stated};
use crate::closed_set;
use crate::model::metric::MwStage;

closed_set! {
    /// What measures are gathered under.
    MeasureGroup {
        /// Closes and returns.
        Performance = "performance", "Performance";
        /// Contracts.
        Backlog = "backlog", "Backlog";
        /// What is owed.
        Debt = "debt", "Debt";
        /// Megawatts.
        Power = "power", "Power";
        /// Shares and enterprise value.
        Valuation = "valuation", "Valuation";
        /// Bitcoin.
        Treasury = "treasury", "Treasury";
    }
}

closed_set! {
    /// The unit of a measure's value.
    MeasureUnit {
        /// US dollars.
        Usd = "usd", "USD";
        /// Price a share in the share's currency.
        Price = "price", "a share";
        /// A fraction, shown as percent with a sign: a change.
        Change = "change", "%";
        /// A difference of fractions, shown as points.
        Points = "points", "points";
        /// A fraction, shown as percent: a part of a whole.
        Fraction = "fraction", "%";
        /// A ratio, shown as 2.6×.
        Multiple = "multiple", "×";
        /// Megawatts.
        Megawatts = "mw", "MW";
        /// US dollars a megawatt.
        UsdPerMw = "usd_per_mw", "USD/MW";
        /// Shares.
        Shares = "shares", "shares";
        /// Bitcoin.
        Btc = "btc", "BTC";
        /// Points of a concentration index, 0 to 10,000.
        Index = "index", "of 10,000";
    }
}

closed_set! {
    /// A figure of a company.
    Measure {
        /// Last close.
        Close = "close", "Close";
        /// Return of one day.
        Return1d = "return_1d", "1D";
        /// Return since the year began.
        ReturnYtd = "return_ytd", "YTD";
        /// The same against Bitcoin.
        ExcessYtd = "excess_return_ytd", "vs BTC";
        /// Backlog.
        Backlog = "backlog_usd", "Backlog";
        /// Backlog over debt.
        BacklogToDebt = "backlog_to_debt", "Backlog ÷ debt";
        /// Backlog over enterprise value.
        BacklogToEv = "backlog_to_ev", "Backlog ÷ EV";
        /// Guaranteed part of what remains.
        BackstopCover = "backstop_cover", "Backstop cover";
        /// Concentration by who signed.
        HhiSignatory = "hhi_signatory", "HHI by signatory";
        /// Concentration by whose credit.
        HhiObligor = "hhi_obligor", "HHI by obligor";
        /// AI revenue over revenue.
        AiRevenueShare = "ai_revenue_share", "AI revenue share";
        /// Debt.
        Debt = "debt_usd", "Debt";
        /// Debt a megawatt.
        DebtPerMw = "debt_per_mw_usd", "Debt per MW";
        /// Interest of a year.
        Interest = "interest_usd", "Interest a year";
        /// Reported coverage.
        ReportedCoverage = "reported_coverage", "Coverage, reported";
        /// Load under contract, critical or gross by switch.
        ContractedMw = "contracted_mw", "Contracted MW";
        /// Planned load, gross.
        PlannedMw = "planned_mw", "Planned MW";
        /// Secured load, gross.
        SecuredMw = "secured_mw", "Secured MW";
        /// Energised load, gross.
        EnergisedMw = "energised_mw", "Energised MW";
        /// Billing load, critical.
        BillingMw = "billing_mw", "Billing MW";
        /// Billing over contracted.
        DeliveredShare = "delivered_share", "Delivered share";
        /// Diluted shares.
        DilutedShares = "diluted_shares", "Diluted shares";
        /// Market value.
        MarketCap = "market_cap_usd", "Market value";
        /// Enterprise value.
        Ev = "ev_usd", "EV";
        /// EV a megawatt.
        EvPerMw = "ev_per_mw_usd", "EV per MW";
        /// Contracted NOI of a year.
        Noi = "noi_usd", "Contracted NOI";
        /// EV over it.
        EvToNoi = "ev_to_noi", "EV ÷ NOI";
        /// Unrestricted cash.
        Cash = "cash_usd", "Cash";
        /// Bitcoin held.
        BtcHeld = "btc_held", "BTC held";
        /// Its value.
        BtcValue = "btc_value_usd", "BTC value";
        /// Fall from the peak.
        BtcReduction = "btc_reduction", "BTC off peak";
        /// Gross sales of twelve months.
        BtcSold = "btc_sold_12m", "BTC sold, 12 mo";
    }
}

/// What a measure is read from.
#[derive(Clone, Copy)]
pub struct Facts<'a> {
    /// The watchlist row.
    pub row: &'a WatchlistRow,
    /// The rest.
    pub view: &'a CompanyView,
}

/// A term of a formula with its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// What it is: "Debt".
    pub name: &'static str,
    /// Its unit.
    pub unit: MeasureUnit,
    /// Its value with its statements, or why there is none.
    pub value: Answer<f64>,
}

/// A value as it is kept.
enum Found {
    /// Money, megawatts, coins, shares and their ratios.
    Exact(Answer<Decimal>),
    /// Closes and what is computed in floats.
    Statistic(Answer<f64>),
}

impl Measure {
    /// Where a list of columns offers it.
    pub const fn group(self) -> MeasureGroup {
        match self {
            Self::Close | Self::Return1d | Self::ReturnYtd | Self::ExcessYtd => {
                MeasureGroup::Performance
            }
            Self::Backlog
            | Self::BacklogToDebt
            | Self::BacklogToEv
            | Self::BackstopCover
            | Self::HhiSignatory
            | Self::HhiObligor
            | Self::AiRevenueShare => MeasureGroup::Backlog,
            Self::Debt | Self::DebtPerMw | Self::Interest | Self::ReportedCoverage => {
                MeasureGroup::Debt
            }
            Self::ContractedMw
            | Self::PlannedMw
            | Self::SecuredMw
            | Self::EnergisedMw
            | Self::BillingMw
            | Self::DeliveredShare => MeasureGroup::Power,
            Self::DilutedShares
            | Self::MarketCap
            | Self::Ev
            | Self::EvPerMw
            | Self::Noi
            | Self::EvToNoi
            | Self::Cash => MeasureGroup::Valuation,
            Self::BtcHeld | Self::BtcValue | Self::BtcReduction | Self::BtcSold => {
                MeasureGroup::Treasury
            }
        }
    }

    /// The unit of its value.
    pub const fn unit(self) -> MeasureUnit {
        match self {
            Self::Close => MeasureUnit::Price,
            Self::Return1d | Self::ReturnYtd => MeasureUnit::Change,
            Self::ExcessYtd => MeasureUnit::Points,
            Self::BacklogToDebt | Self::BacklogToEv | Self::ReportedCoverage | Self::EvToNoi => {
                MeasureUnit::Multiple
            }
            Self::BackstopCover | Self::AiRevenueShare | Self::DeliveredShare => {
                MeasureUnit::Fraction
            }
            Self::HhiSignatory | Self::HhiObligor => MeasureUnit::Index,
            Self::Backlog
            | Self::Debt
            | Self::Interest
            | Self::MarketCap
            | Self::Ev
            | Self::Noi
            | Self::Cash
            | Self::BtcValue => MeasureUnit::Usd,
            Self::DebtPerMw | Self::EvPerMw => MeasureUnit::UsdPerMw,
            Self::ContractedMw
            | Self::PlannedMw
            | Self::SecuredMw
            | Self::EnergisedMw
            | Self::BillingMw => MeasureUnit::Megawatts,
            Self::DilutedShares => MeasureUnit::Shares,
            Self::BtcHeld | Self::BtcReduction | Self::BtcSold => MeasureUnit::Btc,
        }
    }

    /// What it is and how it is computed, in a sentence.
    pub const fn formula(self) -> &'static str {
        match self {
            Self::Close => "Last close in the share's currency",
            Self::Return1d => "Last close ÷ the close before − 1",
            Self::ReturnYtd => "Last close ÷ last close of the year before − 1, without dividends",
            Self::ExcessYtd => "The same less Bitcoin's over the same days, in points",
            Self::Backlog => "Sum of contract values of deals that count, by the switches",
            Self::BacklogToDebt => "Backlog ÷ debt",
            Self::BacklogToEv => "Backlog ÷ enterprise value",
            Self::BackstopCover => {
                "Guaranteed amounts ÷ what is left of the base terms of the same deals"
            }
            Self::HhiSignatory => "Sum of squared percent shares of the value left, by who signed",
            Self::HhiObligor => {
                "Sum of squared percent shares of the value left: the obligor up to its guarantee, who signed for the rest"
            }
            Self::AiRevenueShare => "AI revenue ÷ total revenue of the same period",
            Self::Debt => "Stated total or sum of instruments, by the switches",
            Self::DebtPerMw => "Debt ÷ contracted load",
            Self::Interest => "Sum over instruments owed: amount owed × coupon",
            Self::ReportedCoverage => {
                "AI revenue ÷ interest expense of the same period, an upper bound of coverage"
            }
            Self::ContractedMw => "Load under contract, critical or gross by the switches",
            Self::PlannedMw => "Planned load as stated",
            Self::SecuredMw => "Load secured by agreements as stated",
            Self::EnergisedMw => "Energised load as stated",
            Self::BillingMw => "Load delivered and paid for",
            Self::DeliveredShare => "Billing load ÷ contracted load",
            Self::DilutedShares => {
                "Basic shares + stock units + penny warrants + convertibles in the money less capped calls, if switched to shares"
            }
            Self::MarketCap => "Diluted shares × last close",
            Self::Ev => {
                "Market value + debt + preferred and minority − unrestricted cash − unencumbered Bitcoin"
            }
            Self::EvPerMw => "Enterprise value ÷ contracted load",
            Self::Noi => {
                "Sum over deals: base value ÷ term in years × stated NOI margin × share by the switches"
            }
            Self::EvToNoi => "Enterprise value ÷ contracted NOI of a year",
            Self::Cash => "Unrestricted cash as stated; never liquidity that holds Bitcoin",
            Self::BtcHeld => "Newest stated holding",
            Self::BtcValue => "Bitcoin held, less what is pledged or lent, × its last close",
            Self::BtcReduction => {
                "Highest stated holding − newest one: a fall of the stock, not sales"
            }
            Self::BtcSold => "Sum of sales of twelve months, gross: not a fall of the stock",
        }
    }

    /// Its value of a company, or why there is none.
    pub fn of(self, facts: Facts<'_>) -> Answer<f64> {
        match self.found(facts) {
            Found::Exact(answer) => number(&answer),
            Found::Statistic(answer) => answer,
        }
    }

    /// The same as an exact decimal; none of what is a statistic or a close.
    pub fn exact(self, facts: Facts<'_>) -> Option<Answer<Decimal>> {
        match self.found(facts) {
            Found::Exact(answer) => Some(answer),
            Found::Statistic(_) => None,
        }
    }

    fn found(self, facts: Facts<'_>) -> Found {
        use Found::{Exact, Statistic};
        let Facts { row, view } = facts;
        let value = &view.valuation;
        let rung = |stage, pick: fn(&Rung) -> &Answer<Decimal>| {
            let rung = view.power.rung(stage);
            Exact(rung.map_or_else(
                || Err(super::Missing::because("nothing is stated")),
                |rung| pick(rung).clone(),
            ))
        };
        match self {
            Self::Close => Statistic(row.last.clone().map(|last| last.map(|(close, _)| close))),
            Self::Return1d => Statistic(row.return_1d.clone()),
            Self::ReturnYtd => Statistic(row.return_ytd.clone()),
            Self::ExcessYtd => Statistic(row.excess_return_ytd.clone()),
            Self::Backlog => Exact(row.backlog_usd.clone()),
            Self::BacklogToDebt => Statistic(row.backlog_to_debt.clone()),
            Self::BacklogToEv => Exact(value.backlog_to_ev.clone()),
            Self::BackstopCover => Exact(value.backstop_cover.clone()),
            Self::HhiSignatory => Exact(view.by_signatory.hhi.clone()),
            Self::HhiObligor => Exact(view.by_obligor.hhi.clone()),
            Self::AiRevenueShare => Statistic(row.ai_revenue_share.clone()),
            Self::Debt => Exact(row.debt_usd.clone()),
            Self::DebtPerMw => Exact(value.debt_per_mw_usd.clone()),
            Self::Interest => Exact(value.interest_usd.clone()),
            Self::ReportedCoverage => Exact(value.reported_coverage.clone()),
            Self::ContractedMw => Exact(row.contracted_mw.clone()),
            Self::PlannedMw => rung(MwStage::Planned, |rung| rung.on(LoadBasis::Gross)),
            Self::SecuredMw => rung(MwStage::Secured, |rung| rung.on(LoadBasis::Gross)),
            Self::EnergisedMw => rung(MwStage::Energised, |rung| rung.on(LoadBasis::Gross)),
            Self::BillingMw => rung(MwStage::Billing, |rung| rung.on(LoadBasis::Critical)),
            Self::DeliveredShare => Exact(view.power.delivered_share.clone()),
            Self::DilutedShares => Exact(value.diluted_shares.clone()),
            Self::MarketCap => Exact(value.market_cap_usd.clone()),
            Self::Ev => Exact(value.ev_usd.clone()),
            Self::EvPerMw => Exact(value.ev_per_mw_usd.clone()),
            Self::Noi => Exact(value.noi_usd.clone()),
            Self::EvToNoi => Exact(value.ev_to_noi.clone()),
            Self::Cash => Exact(value.cash_usd.clone()),
            Self::BtcHeld => Exact(view.treasury.held.clone()),
            Self::BtcValue => Exact(value.btc_value_usd.clone()),
            Self::BtcReduction => Exact(view.treasury.reduction_from_peak.clone()),
            Self::BtcSold => Exact(view.treasury.sold_12m.clone()),
        }
    }

    /// What its formula is computed from; none where it is stated as it is.
    pub fn terms(self, facts: Facts<'_>) -> Vec<Term> {
        let of = |measure: Self| Term {
            name: measure.label(),
            unit: measure.unit(),
            value: measure.of(facts),
        };
        let value = &facts.view.valuation;
        match self {
            Self::BacklogToDebt => vec![of(Self::Backlog), of(Self::Debt)],
            Self::BacklogToEv => vec![of(Self::Backlog), of(Self::Ev)],
            Self::DebtPerMw => vec![of(Self::Debt), of(Self::ContractedMw)],
            Self::EvPerMw => vec![of(Self::Ev), of(Self::ContractedMw)],
            Self::EvToNoi => vec![of(Self::Ev), of(Self::Noi)],
            Self::BtcValue => vec![part(
                "BTC held, unencumbered",
                MeasureUnit::Btc,
                &value.free_btc,
            )],
            Self::BackstopCover => vec![
                part("Guaranteed", MeasureUnit::Usd, &value.guaranteed_usd),
                part("Value left", MeasureUnit::Usd, &value.guaranteed_left_usd),
            ],
            Self::MarketCap => vec![of(Self::DilutedShares), of(Self::Close)],
            Self::DilutedShares => share_terms(value),
            Self::Ev => vec![
                of(Self::MarketCap),
                of(Self::Debt),
                part(
                    "Preferred and minority",
                    MeasureUnit::Usd,
                    &value.other_claims_usd,
                ),
                of(Self::Cash),
                of(Self::BtcValue),
            ],
            Self::Close
            | Self::Return1d
            | Self::ReturnYtd
            | Self::ExcessYtd
            | Self::Backlog
            | Self::HhiSignatory
            | Self::HhiObligor
            | Self::AiRevenueShare
            | Self::Debt
            | Self::Interest
            | Self::ReportedCoverage
            | Self::ContractedMw
            | Self::PlannedMw
            | Self::SecuredMw
            | Self::EnergisedMw
            | Self::BillingMw
            | Self::DeliveredShare
            | Self::Noi
            | Self::Cash
            | Self::BtcHeld
            | Self::BtcReduction
            | Self::BtcSold => Vec::new(),
        }
    }
}

/// A term that is no measure of its own.
fn part(name: &'static str, unit: MeasureUnit, value: &Answer<Decimal>) -> Term {
    Term {
        name,
        unit,
        value: number(value),
    }
}

/// What diluted shares are made of.
fn share_terms(value: &Valuation) -> Vec<Term> {
    let shares = |name, value| part(name, MeasureUnit::Shares, value);
    vec![
        shares("Basic shares", &value.basic_shares),
        shares("Stock units", &value.share_units),
        shares("Penny warrants", &value.warrant_shares),
        shares("Convertibles", &value.convertible_shares),
    ]
}

/// The same as a number for order, axes and formulas.
fn number(answer: &Answer<Decimal>) -> Answer<f64> {
    let stated = answer.as_ref().map_err(Clone::clone)?;
    Ok(Stated {
        value: stated.value.to_f64().unwrap_or(f64::NAN),
        hedge: stated.hedge,
        inputs: stated.inputs.clone(),
        remark: stated.remark.clone(),
    })
}
