//! Debt of a company two ways: the total it states, and the instruments known
//! one by one. The two stand side by side and are never summed together.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::answer::hedge_of_difference;
use super::convertible::{Judged, newest_close};
use super::debt_counted::{counted_usd, instruments_usd};
use super::debt_gap::{GapCause, gap_causes};
use super::statement::{Statements, speaks_of};
use super::switches::{ShareBasis, Switches};
use super::wall::{still_owed, usd};
use super::{Answer, Missing, Stated};
use crate::model::debt::{DebtLevel, DebtStatus};
use crate::model::metric::Known;
use crate::model::{
    Book, Company, CompanyId, Currency, Day, Debt, DebtId, Metric, Prices, Subject,
};

const TOTAL: Metric = Metric::Known(Known::TotalDebt);

/// The debts of a book as the Debt page and `report debt` show them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DebtView {
    /// One row a company that has a stated total or an instrument.
    pub companies: Vec<CompanyDebt>,
}

/// Debt of one company.
#[derive(Clone, Debug, PartialEq)]
pub struct CompanyDebt {
    /// Which company.
    pub company_id: CompanyId,
    /// Its name.
    pub company: String,
    /// Symbol of its share.
    pub symbol: Option<String>,
    /// The total it states, USD.
    pub stated_usd: Answer<Decimal>,
    /// The debt that counts by the switches, USD.
    pub counted_usd: Answer<Decimal>,
    /// Sum of what is outstanding of instruments on the day, USD, whole of joint
    /// ventures: what a stated total is compared with.
    pub instruments_usd: Answer<Decimal>,
    /// Why that and the stated total may differ, what accounts for it first.
    pub gap: Vec<GapCause>,
    /// Part of that owed by joint ventures, USD.
    pub joint_venture_usd: Decimal,
    /// All its instruments, also proposed and repaid, by maturity.
    pub instruments: Vec<DebtId>,
    /// Outstanding USD by the year in which it is due, instalments included.
    pub by_year: BTreeMap<i16, Decimal>,
    /// Outstanding USD whose maturity is not known.
    pub without_maturity_usd: Decimal,
}

/// Debt of every company with any.
pub fn debt_view(
    book: &Book,
    prices: &Prices,
    statements: &Statements<'_>,
    switches: Switches,
) -> DebtView {
    let mut by_company: BTreeMap<CompanyId, Vec<&Debt>> = BTreeMap::new();
    for debt in book.debts() {
        by_company.entry(debt.company).or_default().push(debt);
    }
    let mut companies: Vec<_> = book
        .companies()
        .map(|company| {
            let debts = by_company.remove(&company.id).unwrap_or_default();
            let close = newest_close(book, prices, company, statements.as_of());
            let judged = Judged::of(&debts, close, statements.as_of(), switches.converts);
            let mut row = company_debt(company, debts, statements, &judged, switches);
            row.symbol = book.symbol_of(company.id).map(str::to_owned);
            row.gap = gap_causes(&row, book, statements, statements.as_of());
            (company.watch_order, row)
        })
        .filter(|(_, row)| row.stated_usd.is_ok() || !row.instruments.is_empty())
        .collect();
    companies.sort_by(|a, b| (a.0, &a.1.company).cmp(&(b.0, &b.1.company)));
    DebtView {
        companies: companies.into_iter().map(|(_, row)| row).collect(),
    }
}

fn company_debt(
    company: &Company,
    mut debts: Vec<&Debt>,
    statements: &Statements<'_>,
    judged: &Judged,
    switches: Switches,
) -> CompanyDebt {
    let maturity = |debt: &Debt| debt.matures.map(|date| (date.last_day(), date.first_day()));
    debts.sort_by(|a, b| {
        let known = maturity(a).is_none().cmp(&maturity(b).is_none());
        known
            .then(maturity(a).cmp(&maturity(b)))
            .then(a.id.cmp(&b.id))
    });
    let stated_usd = stated_total(company.id, statements);
    let total = statements.chosen(Subject::Company(company.id), &TOTAL);
    let stated = (&stated_usd, total.and_then(speaks_of));
    let mut row = CompanyDebt {
        company_id: company.id,
        company: company.name.clone(),
        symbol: None,
        counted_usd: counted_usd(stated, &debts, judged, statements.as_of(), switches),
        stated_usd,
        instruments_usd: instruments_usd(
            &debts,
            &Judged::default(),
            statements.as_of(),
            ShareBasis::Whole,
        ),
        gap: Vec::new(),
        joint_venture_usd: Decimal::ZERO,
        instruments: debts.iter().map(|debt| debt.id).collect(),
        by_year: BTreeMap::new(),
        without_maturity_usd: Decimal::ZERO,
    };
    let maturities = Maturities::of(debts.iter().copied(), statements.as_of());
    row.by_year = maturities.by_year;
    row.without_maturity_usd = maturities.not_stated_usd;
    for debt in debts {
        let owed = owed_usd(debt, statements.as_of());
        if let Some(owed) = owed.filter(|_| debt.level == DebtLevel::JointVenture) {
            row.joint_venture_usd = row.joint_venture_usd.saturating_add(owed);
        }
    }
    row
}

/// What falls due when, of outstanding instruments with an amount in USD.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Maturities {
    /// USD by the year in which it is due, instalments included; what matured
    /// before the day and is still owed is in the year of its maturity.
    pub by_year: BTreeMap<i16, Decimal>,
    /// USD whose maturity is not stated.
    pub not_stated_usd: Decimal,
    /// How many instruments are in the sums.
    pub instruments: usize,
    /// How many outstanding ones are not, since their amount is not known in USD.
    pub without_amount: usize,
}

impl Maturities {
    /// Maturities of these debts as they stand on a day; repayments dated before
    /// it are taken as made. What is not outstanding is left out.
    pub fn of<'a>(debts: impl IntoIterator<Item = &'a Debt>, as_of: Day) -> Self {
        let mut maturities = Self::default();
        let outstanding = |debt: &&Debt| debt.status == DebtStatus::Outstanding;
        for debt in debts.into_iter().filter(outstanding) {
            maturities.add(debt, as_of);
        }
        maturities
    }

    fn add(&mut self, debt: &Debt, as_of: Day) {
        let Some(mut left) = owed_usd(debt, as_of) else {
            self.without_amount += 1;
            return;
        };
        self.instruments += 1;
        let matures = debt.matures;
        let overdue = matures.is_some_and(|date| date.last_day() < as_of);
        for (date, amount) in debt.repayments() {
            // What was to be repaid before is repaid, but for what is overdue.
            if date.last_day() < as_of && !(overdue && Some(date) == matures) {
                continue;
            }
            let year = self.by_year.entry(date.last_day().year()).or_default();
            *year = year.saturating_add(amount);
            left = left.saturating_sub(amount);
        }
        self.not_stated_usd = self.not_stated_usd.saturating_add(left);
    }

    /// All that is owed, USD.
    pub fn total_usd(&self) -> Decimal {
        let years = self.by_year.values();
        years.fold(self.not_stated_usd, |sum, owed| sum.saturating_add(*owed))
    }
}

impl CompanyDebt {
    /// Sum of instruments less the stated total, USD: what the instruments
    /// entered lack (below zero) or the total leaves out (above).
    pub fn difference_usd(&self) -> Answer<Decimal> {
        let (sum, stated) = (
            self.instruments_usd.as_ref().map_err(Clone::clone)?,
            self.stated_usd.as_ref().map_err(Clone::clone)?,
        );
        let value = sum.value.checked_sub(stated.value);
        let value = value.ok_or_else(|| Missing::because("the amounts are out of range"))?;
        let inputs = stated.inputs.iter().chain(&sum.inputs).cloned().collect();
        let hedge = hedge_of_difference(sum.hedge, stated.hedge);
        Ok(Stated::exact(value, inputs).hedged(hedge))
    }
}

/// What is owed of an instrument on a day, where known and in USD: repayments
/// dated before it are taken as made.
pub fn owed_usd(debt: &Debt, as_of: Day) -> Option<Decimal> {
    usd(still_owed(debt, as_of))
}

/// The stated total debt that counts.
pub fn stated_total(company: CompanyId, statements: &Statements<'_>) -> Answer<Decimal> {
    let figure = statements
        .chosen(Subject::Company(company), &TOTAL)
        .ok_or_else(|| Missing::because("no total debt is stated"))?;
    if figure
        .currency
        .is_some_and(|currency| currency != Currency::USD)
    {
        return Err(Missing::because("the stated total is not in US dollars"));
    }
    let answer = statements.answer_of(figure);
    Ok(match figure.time {
        Some(_) => answer,
        None => answer.prefaced("the source does not say of which day the total is"),
    })
}
