//! Rent due and backlog left against debt maturing, by period, on one time
//! axis: of each company, and of all together. What has no date is beside it,
//! never in a period.

use rust_decimal::Decimal;

use super::Missing;
use super::answer::hedge_of_sum;
use super::as_of::debt_known_by;
use super::convertible::{Judged, newest_close};
use super::grain::Grain;
use super::interest::{References, interest_of};
use super::schedule::{RentPart, RentSchedule};
use super::switches::Switches;
use super::wall::{ByLevel, Wall};
use super::worth::worth_usd;
use super::{Answer, Input};
use crate::model::debt::DebtStatus;
use crate::model::{
    Book, Company, CompanyId, Currency, Day, Deal, DealId, Debt, DebtId, Hedge, Prices,
};

/// A period of a burn-down, USD.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Period {
    /// Its first day; the first period counts from the day of the report on.
    pub first_day: Day,
    /// Rent due in it.
    pub rent_due: Decimal,
    /// Scheduled rent that is left after it.
    pub rent_left: Decimal,
    /// Principal due in it.
    pub debt_due: ByLevel,
    /// Principal that is left after it, also what has no date or is overdue.
    pub debt_left: Decimal,
}

/// The rent of a deal in a burn-down.
#[derive(Clone, Debug, PartialEq)]
pub struct DealRent {
    /// Which deal.
    pub deal: DealId,
    /// What it is worth by the switches, USD, where known.
    pub value_usd: Option<Decimal>,
    /// Scheduled rent left on the day, USD, or why it has no dates.
    pub left_usd: Result<Decimal, Missing>,
    /// The first day of rent and the first day after the last, where scheduled.
    pub days: Option<(Day, Day)>,
    /// Its phases, or the whole, and their options; none if not scheduled.
    pub parts: Vec<RentPart>,
    /// Value of options that count but have no dates, USD, and why.
    pub undated_options: Option<(Decimal, Missing)>,
    /// How what it does not state was filled.
    pub remarks: Vec<String>,
}

impl DealRent {
    /// Value that has no dates, USD, where known.
    pub fn undated_usd(&self) -> Option<Decimal> {
        match &self.left_usd {
            Err(_) => self.value_usd,
            Ok(_) => self.undated_options.as_ref().map(|(value, _)| *value),
        }
    }
}

/// The burn-down of a company.
#[derive(Clone, Debug, PartialEq)]
pub struct BurnDown {
    /// Which company.
    pub company_id: CompanyId,
    /// Its name.
    pub company: String,
    /// Symbol of its share.
    pub symbol: Option<String>,
    /// From the period of the day to the last with rent or maturing debt,
    /// without gaps; none if neither has a date.
    pub periods: Vec<Period>,
    /// Scheduled rent left on the day, USD.
    pub rent_left_usd: Decimal,
    /// How firmly it is stated.
    pub rent_hedge: Hedge,
    /// Its deals that count, scheduled or not.
    pub deals: Vec<DealRent>,
    /// Its debt by maturity.
    pub wall: Wall,
    /// Convertibles that count as shares and so are not in the wall.
    pub converted: Vec<DebtId>,
    /// Convertibles that may count as shares, and why that is not known.
    pub not_judged: Vec<(DebtId, Missing)>,
    /// Interest over a year on what is owed on the day, USD.
    pub interest_usd: Answer<Decimal>,
}

impl BurnDown {
    /// Value of what is not scheduled, USD, where known.
    pub fn undated_usd(&self) -> Decimal {
        let values = self.deals.iter().filter_map(DealRent::undated_usd);
        values.fold(Decimal::ZERO, Decimal::saturating_add)
    }

    /// What it was computed from.
    pub fn inputs(&self) -> Vec<Input> {
        let scheduled = self.deals.iter().filter(|of| of.left_usd.is_ok());
        scheduled
            .map(|of| Input::Deal(of.deal))
            .chain(self.wall.debts.iter().copied().map(Input::Debt))
            .collect()
    }
}

/// What burn-downs are computed from.
#[derive(Clone, Copy)]
pub struct Basis<'a> {
    /// The book.
    pub book: &'a Book,
    /// The prices, to say which convertibles are in the money.
    pub prices: &'a Prices,
    /// Reference rates of floating coupons, as far as known.
    pub references: &'a References,
    /// The day.
    pub as_of: Day,
    /// How long periods are.
    pub grain: Grain,
    /// What counts.
    pub switches: Switches,
}

/// Burn-downs of all companies with a deal that counts or a debt, in watch order.
pub fn burn_downs(basis: &Basis<'_>) -> Vec<BurnDown> {
    let mut companies: Vec<&Company> = basis.book.companies().collect();
    companies.sort_by_key(|company| (company.watch_order, &company.name));
    let all = companies
        .into_iter()
        .filter_map(|company| burn_down(basis, company));
    all.collect()
}

/// The burn-down of a company; none if it has neither a deal that counts nor
/// an outstanding debt.
pub fn burn_down(basis: &Basis<'_>, company: &Company) -> Option<BurnDown> {
    let Basis { book, as_of, .. } = *basis;
    let deals = book.deals().filter(|deal| {
        deal.company == company.id && deal.counts() && deal.announced.first_day() <= as_of
    });
    let deals: Vec<&Deal> = deals.collect();
    let debts = book.debts().filter(|debt| {
        debt.company == company.id
            && debt.status == DebtStatus::Outstanding
            && debt_known_by(book, debt, as_of)
    });
    let mut debts: Vec<&Debt> = debts.collect();
    if deals.is_empty() && debts.is_empty() {
        return None;
    }
    let close = newest_close(book, basis.prices, company, as_of);
    let Judged {
        converted,
        not_judged,
    } = Judged::of(&debts, close, as_of, basis.switches.converts);
    debts.retain(|debt| !converted.contains(&debt.id));
    let share = basis.switches.share;
    let wall = Wall::of(debts.iter().copied(), as_of, basis.grain, share);
    let mut of = BurnDown {
        company_id: company.id,
        company: company.name.clone(),
        symbol: book.symbol_of(company.id).map(str::to_owned),
        periods: Vec::new(),
        rent_left_usd: Decimal::ZERO,
        rent_hedge: Hedge::Exact,
        deals: Vec::new(),
        wall,
        converted,
        not_judged,
        interest_usd: interest_of(debts, as_of, share, basis.references),
    };
    let schedules = of.schedule(&deals, basis);
    of.periods = periods(&schedules, &of.wall, basis);
    Some(of)
}

impl BurnDown {
    /// Schedules of the deals that have one; of all it is noted what they are.
    fn schedule(&mut self, deals: &[&Deal], basis: &Basis<'_>) -> Vec<RentSchedule> {
        let (mut hedges, mut schedules) = (Vec::new(), Vec::new());
        for deal in deals {
            let mut rent = DealRent {
                deal: deal.id,
                value_usd: worth_usd(deal, basis.switches),
                left_usd: Ok(Decimal::ZERO),
                days: None,
                parts: Vec::new(),
                undated_options: None,
                remarks: Vec::new(),
            };
            match schedule_in_usd(deal, basis) {
                Ok(schedule) => {
                    let left = schedule.left_on(basis.as_of);
                    self.rent_left_usd = self.rent_left_usd.saturating_add(left);
                    hedges.push(schedule.hedge);
                    rent.left_usd = Ok(left);
                    rent.days = schedule.first_day().zip(schedule.end());
                    rent.parts.clone_from(&schedule.parts);
                    rent.undated_options.clone_from(&schedule.undated_options);
                    rent.remarks.clone_from(&schedule.remarks);
                    schedules.push(schedule);
                }
                Err(why) => rent.left_usd = Err(why),
            }
            self.deals.push(rent);
        }
        self.rent_hedge = hedge_of_sum(hedges);
        schedules
    }
}

fn schedule_in_usd(deal: &Deal, basis: &Basis<'_>) -> Result<RentSchedule, Missing> {
    let schedule = RentSchedule::of(deal, basis.as_of, basis.switches)?;
    let usd = schedule.currency == Currency::USD;
    let foreign = || Missing::because("the value is not in US dollars");
    usd.then_some(schedule).ok_or_else(foreign)
}

fn periods(schedules: &[RentSchedule], wall: &Wall, basis: &Basis<'_>) -> Vec<Period> {
    let (grain, as_of) = (basis.grain, basis.as_of);
    let rent_ends = schedules.iter().filter_map(RentSchedule::end);
    let rent_ends = rent_ends.filter_map(|end| end.yesterday().ok());
    let Some(last) = rent_ends.chain(wall.due.keys().copied()).max() else {
        return Vec::new();
    };
    let left = |day: Day| -> Decimal {
        let left = schedules.iter().map(|schedule| schedule.left_on(day));
        left.fold(Decimal::ZERO, Decimal::saturating_add)
    };
    let mut rent_left = left(as_of);
    let mut debt_left = wall.total().total();
    let mut periods = Vec::new();
    for first_day in grain.between(as_of, last) {
        let later = grain.next(first_day).map_or(Decimal::ZERO, left);
        let debt_due = wall.due.get(&first_day).copied().unwrap_or_default();
        debt_left -= debt_due.total();
        periods.push(Period {
            first_day,
            rent_due: rent_left - later,
            rent_left: later,
            debt_due,
            debt_left,
        });
        rent_left = later;
    }
    periods
}

/// The burn-down of all companies together; what is left of a company after
/// its last period stays.
pub fn total(all: &[BurnDown]) -> Vec<Period> {
    let longest = all.iter().map(|of| &of.periods).max_by_key(|p| p.len());
    let days = longest.into_iter().flatten().map(|period| period.first_day);
    let mut sums: Vec<Period> = days
        .map(|first_day| Period {
            first_day,
            ..Period::default()
        })
        .collect();
    for of in all {
        let owed = of.wall.total().total();
        let at_last = of.periods.last().map_or(owed, |period| period.debt_left);
        let after = std::iter::repeat(Period {
            debt_left: at_last,
            ..Period::default()
        });
        // All begin with the period of the day.
        let periods = of.periods.iter().copied().chain(after);
        for (sum, period) in sums.iter_mut().zip(periods) {
            sum.rent_due = sum.rent_due.saturating_add(period.rent_due);
            sum.rent_left = sum.rent_left.saturating_add(period.rent_left);
            sum.debt_due = sum.debt_due.plus(&period.debt_due);
            sum.debt_left = sum.debt_left.saturating_add(period.debt_left);
        }
    }
    sums
}
