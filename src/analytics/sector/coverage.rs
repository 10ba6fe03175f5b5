//! Stated sector totals beside what the book tracks of the same. Who states a
//! total counts other companies at another time: tracked and stated are compared
//! one by one, never added, and tracked may be more.

use rust_decimal::Decimal;

use super::{Compared, Coverage, Split, companies, total};
use crate::analytics::answer::{hedge_of_ratio, hedge_of_sum, joined};
use crate::analytics::power::Rung;
use crate::analytics::statement::speaks_of;
use crate::analytics::sum::ratio;
use crate::analytics::switches::LoadBasis;
use crate::analytics::view::{Basis, CompanyView};
use crate::analytics::watchlist::WatchlistRow;
use crate::analytics::words::counted;
use crate::analytics::{Answer, Input, Missing, Stated};
use crate::model::deal::CounterpartyClass;
use crate::model::metric::{Known, MwBasis, MwStage};
use crate::model::{Currency, Day, Deal, Figure, Metric, Subject, Unit};

const BILLION: Decimal = Decimal::from_parts(1_000_000_000, 0, 0, false, 0);

/// What is summed over companies.
struct Tracked<'a> {
    basis: &'a Basis<'a>,
    companies: &'a [CompanyView],
    by_class: &'a [Split<CounterpartyClass>],
    deals: &'a [(&'a Deal, Decimal)],
}

/// Every metric stated of the sector of which the book tracks something, in the
/// order of the metrics.
pub(super) fn coverage(
    basis: &Basis<'_>,
    companies: &[CompanyView],
    by_class: &[Split<CounterpartyClass>],
    deals: &[(&Deal, Decimal)],
) -> Vec<Coverage> {
    let tracked = Tracked {
        basis,
        companies,
        by_class,
        deals,
    };
    let metrics = Metric::all().filter_map(|metric| {
        let mut figures: Vec<&Figure> = basis
            .statements
            .all(Subject::Sector, &metric)
            .iter()
            .copied()
            .filter(|figure| basis.statements.may_count(figure))
            .collect();
        if figures.is_empty() {
            return None;
        }
        let sum = tracked.of(&metric)?;
        figures.sort_by_key(|figure| std::cmp::Reverse((speaks_of(figure), figure.id)));
        let compare = |figure: &Figure| Compared {
            figure: figure.id,
            fraction: tracked.fraction(&sum, figure),
        };
        let stated = figures.into_iter().map(compare).collect();
        Some(Coverage {
            metric,
            tracked: sum,
            stated,
        })
    });
    metrics.collect()
}

impl Tracked<'_> {
    /// What the book tracks of a metric; none if it tracks nothing of the kind.
    fn of(&self, metric: &Metric) -> Option<Answer<Decimal>> {
        match metric {
            Metric::Known(known) => self.known(*known),
            Metric::Megawatts(stage, basis) => Some(self.load(*stage, *basis)),
            Metric::Custom(..) => None,
        }
    }

    fn rows(&self, pick: fn(&WatchlistRow) -> &Answer<Decimal>) -> Answer<Decimal> {
        total(self.basis.rows.iter().map(pick))
    }

    fn views(&self, pick: fn(&CompanyView) -> &Answer<Decimal>) -> Answer<Decimal> {
        total(self.companies.iter().map(pick))
    }

    fn known(&self, known: Known) -> Option<Answer<Decimal>> {
        Some(match known {
            Known::StatedBacklog => self.rows(|row| &row.backlog_usd),
            Known::TotalDebt => self.rows(|row| &row.debt_usd),
            Known::Cash => self.views(|of| &of.valuation.cash_usd),
            Known::MarketValue => self.views(|of| &of.valuation.market_cap_usd),
            Known::AnnualNoi => self.views(|of| &of.valuation.noi_usd),
            Known::BtcHeld => self.views(|of| &of.treasury.held),
            Known::BtcReduction => self.views(|of| &of.treasury.reduction_from_peak),
            Known::BtcSold => {
                let sold = self.views(|of| &of.treasury.sold_12m);
                sold.map(|sold| sold.prefaced("sales of twelve months"))
            }
            Known::HyperscalerShare => self.share_of(CounterpartyClass::Hyperscaler),
            Known::NeocloudShare => self.share_of(CounterpartyClass::Neocloud),
            Known::DeliveredShare => self.delivered(),
            Known::ConvertibleDebt
            | Known::SeniorSecuredDebt
            | Known::FinancingRaised
            | Known::DebtRepurchased
            | Known::RestrictedCash
            | Known::Liquidity
            | Known::DigitalAssets
            | Known::BasicShares
            | Known::DilutedShares
            | Known::ShareUnits
            | Known::Warrants
            | Known::PennyWarrants
            | Known::PreferredEquity
            | Known::MinorityInterest
            | Known::BtcPledged
            | Known::InterestExpense
            | Known::TotalRevenue
            | Known::AiRevenue
            | Known::AiRevenueShare
            | Known::NetIncome
            | Known::BacklogWithOptions
            | Known::ContractedAnnualRevenue
            | Known::NoiMargin
            | Known::Backstop
            | Known::CapexPerMw
            | Known::PurchaseCommitment
            | Known::Acquisition
            | Known::FundingGap
            | Known::CustomerPrepayment
            | Known::OwnedShare
            | Known::BtcSoldShare
            | Known::Hashrate
            | Known::FleetEfficiency
            | Known::PowerPrice
            | Known::Gpus
            | Known::PriceReturn
            | Known::LeadTime => return None,
        })
    }

    /// The part of the backlog with a class of counterparty.
    fn share_of(&self, class: CounterpartyClass) -> Answer<Decimal> {
        let part = self.by_class.iter().find(|part| part.key == class);
        let part = part.ok_or_else(|| {
            let class = class.label().to_lowercase();
            Missing(format!("no value of a deal with a {class} is known"))
        })?;
        let inputs = self.deals.iter().map(|(deal, _)| Input::Deal(deal.id));
        let hedges = self.deals.iter().map(|(deal, _)| deal.base_value_hedge);
        let answer = Stated::exact(part.fraction, inputs.collect()).hedged(hedge_of_sum(hedges));
        Ok(answer.remarked("of the value of deals"))
    }

    /// Billing over contracted load of the companies of which both are known.
    fn delivered(&self) -> Answer<Decimal> {
        let load = self.basis.switches.load;
        let both = self.companies.iter().filter_map(|of| {
            let on = |stage| of.power.rung(stage).map(|rung| rung.told_on(load));
            let pair = on(MwStage::Billing).zip(on(MwStage::Contracted))?;
            (pair.0.is_ok() && pair.1.is_ok()).then_some(pair)
        });
        let both: Vec<_> = both.collect();
        if both.is_empty() {
            let none = "of no company are billing and contracted load both known";
            return Err(Missing::because(none));
        }
        let billing = total(both.iter().map(|(billing, _)| *billing));
        let contracted = total(both.iter().map(|(_, contracted)| *contracted));
        let share = ratio(
            ("billing", &billing),
            ("contracted", &contracted),
            "there is no load to divide by",
        )?;
        Ok(match self.companies.len() - both.len() {
            0 => share,
            lacking => share.prefaced(&format!("without {}", companies(lacking))),
        })
    }

    /// Load at a stage. Where a statement does not say what it counts, of each
    /// company the load on the basis that its stage is told on, else the one
    /// whose basis is not stated.
    fn load(&self, stage: MwStage, basis: MwBasis) -> Answer<Decimal> {
        let usual = match stage {
            MwStage::Planned | MwStage::Secured | MwStage::Approved | MwStage::Energised => {
                LoadBasis::Gross
            }
            MwStage::Contracted | MwStage::Billing => self.basis.switches.load,
        };
        let pick = |rung: &Rung| -> Answer<Decimal> {
            match basis {
                MwBasis::Gross => rung.gross.clone(),
                MwBasis::Critical => rung.critical.clone(),
                MwBasis::Unstated => rung.on(usual).clone(),
            }
        };
        let rungs = self.companies.iter().filter_map(|of| of.power.rung(stage));
        let loads: Vec<_> = rungs.map(|rung| (rung, pick(rung))).collect();
        let sum = total(loads.iter().map(|(_, load)| load))?;
        let vague = loads.iter();
        let vague = vague.filter(|(rung, load)| load.is_ok() && *load == rung.unstated);
        let vague = vague.count();
        if basis != MwBasis::Unstated || vague == 0 {
            return Ok(sum);
        }
        Ok(sum.prefaced(&format!(
            "{}, but of {} the source does not say what it counts",
            usual.words(),
            companies(vague)
        )))
    }

    /// What is tracked of a statement.
    fn fraction(&self, tracked: &Answer<Decimal>, figure: &Figure) -> Answer<Decimal> {
        let tracked = tracked.as_ref().map_err(Clone::clone)?;
        if figure.metric.unit() == Unit::Fraction {
            return Err(Missing::because("two shares stand beside each other"));
        }
        if let Some(currency) = figure.currency.filter(|known| *known != Currency::USD) {
            return Err(Missing(format!("it is stated in {currency}, not USD")));
        }
        let fraction = tracked.value.checked_div(figure.value);
        let fraction =
            fraction.ok_or_else(|| Missing::because("there is no total to divide by"))?;
        // What tracked is computed from stands there, once for all statements.
        let answer = Stated::exact(fraction, vec![Input::Figure(figure.id)]);
        let mut answer = answer.hedged(hedge_of_ratio(tracked.hedge, figure.hedge));
        let more = (fraction > Decimal::ONE)
            .then(|| "more is tracked than stated: it counts other contracts or days".to_owned());
        let more = more.filter(|_| figure.metric == Metric::Known(Known::StatedBacklog));
        answer.remark = joined(more, self.later(figure));
        Ok(answer)
    }

    /// What of the tracked backlog was announced after a statement of it.
    fn later(&self, figure: &Figure) -> Option<String> {
        if figure.metric != Metric::Known(Known::StatedBacklog) {
            return None;
        }
        let day: Day = speaks_of(figure)?;
        let later = self.deals.iter();
        let later = later.filter(|(deal, _)| deal.announced.first_day() > day);
        let values: Vec<Decimal> = later.map(|(_, value)| *value).collect();
        let sum = values
            .iter()
            .try_fold(Decimal::ZERO, |sum: Decimal, value| sum.checked_add(*value))?;
        let billions = sum.checked_div(BILLION)?.round_dp(1).normalize();
        if values.is_empty() {
            return None;
        }
        let deals = counted(values.len(), "deal");
        Some(format!(
            "of it {billions}bn USD in {deals} announced after {day}, of which it speaks"
        ))
    }
}
