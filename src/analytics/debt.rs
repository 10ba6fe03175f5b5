//! Debt of a company two ways: the total it states, and the instruments known
//! one by one. The two stand side by side and are never summed together.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::answer::{hedge_of_difference, hedge_of_sum, hedge_without, joined};
use super::convertible::{Judged, newest_close};
use super::debt_counted::counted_usd;
use super::debt_gap::{GapCause, gap_causes};
use super::statement::Statements;
use super::switches::Switches;
use super::{Answer, Input, Missing, Stated};
use crate::model::debt::{DebtLevel, DebtStatus};
use crate::model::metric::Known;
use crate::model::{Book, Company, CompanyId, Currency, Debt, DebtId, Metric, Prices, Subject};

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
    /// Sum of outstanding instruments, USD, whole of joint ventures: what a
    /// stated total is compared with.
    pub instruments_usd: Answer<Decimal>,
    /// Why that and the stated total may differ, what accounts for it first.
    pub gap: Vec<GapCause>,
    /// Part of that owed by joint ventures, USD.
    pub joint_venture_usd: Decimal,
    /// All its instruments, also proposed and repaid, by maturity.
    pub instruments: Vec<DebtId>,
    /// Outstanding USD by year of maturity.
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
    let mut row = CompanyDebt {
        company_id: company.id,
        company: company.name.clone(),
        symbol: None,
        counted_usd: counted_usd(&stated_usd, &debts, judged, statements.as_of(), switches),
        stated_usd,
        instruments_usd: sum_of_instruments(&debts),
        gap: Vec::new(),
        joint_venture_usd: Decimal::ZERO,
        instruments: debts.iter().map(|debt| debt.id).collect(),
        by_year: BTreeMap::new(),
        without_maturity_usd: Decimal::ZERO,
    };
    let maturities = Maturities::of(debts.iter().copied());
    row.by_year = maturities.by_year;
    row.without_maturity_usd = maturities.not_stated_usd;
    for debt in debts {
        if let Some(owed) = owed_usd(debt).filter(|_| debt.level == DebtLevel::JointVenture) {
            row.joint_venture_usd = row.joint_venture_usd.saturating_add(owed);
        }
    }
    row
}

/// What falls due when, of outstanding instruments with an amount in USD.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Maturities {
    /// USD by year of maturity.
    pub by_year: BTreeMap<i16, Decimal>,
    /// USD whose maturity is not stated.
    pub not_stated_usd: Decimal,
    /// How many instruments are in the sums.
    pub instruments: usize,
    /// How many outstanding ones are not, since their amount is not known in USD.
    pub without_amount: usize,
}

impl Maturities {
    /// Maturities of these debts; what is not outstanding is left out.
    pub fn of<'a>(debts: impl IntoIterator<Item = &'a Debt>) -> Self {
        let mut maturities = Self::default();
        let outstanding = |debt: &&Debt| debt.status == DebtStatus::Outstanding;
        for debt in debts.into_iter().filter(outstanding) {
            let Some(owed) = owed_usd(debt) else {
                maturities.without_amount += 1;
                continue;
            };
            maturities.instruments += 1;
            let bucket = match debt.matures {
                Some(date) => maturities
                    .by_year
                    .entry(date.last_day().year())
                    .or_default(),
                None => &mut maturities.not_stated_usd,
            };
            *bucket = bucket.saturating_add(owed);
        }
        maturities
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

/// What is owed of an instrument in USD, where known and in USD.
pub fn owed_usd(debt: &Debt) -> Option<Decimal> {
    let owed = debt.owed().filter(|money| money.currency == Currency::USD);
    owed.map(|money| money.amount)
}

/// The stated total debt that counts.
pub fn stated_total(company: CompanyId, statements: &Statements<'_>) -> Answer<Decimal> {
    let metric = Metric::Known(Known::TotalDebt);
    let figure = statements
        .chosen(Subject::Company(company), &metric)
        .ok_or_else(|| Missing::because("no total debt is stated"))?;
    if figure
        .currency
        .is_some_and(|currency| currency != Currency::USD)
    {
        return Err(Missing::because("the stated total is not in US dollars"));
    }
    let mut answer =
        Stated::exact(figure.value, vec![Input::Figure(figure.id)]).hedged(figure.hedge);
    let undated = "the source does not say of which day the total is";
    let undated = figure.time.is_none().then(|| undated.to_owned());
    answer.remark = joined(undated, statements.remark_of(figure));
    Ok(answer)
}

fn sum_of_instruments(debts: &[&Debt]) -> Answer<Decimal> {
    let outstanding = debts
        .iter()
        .filter(|debt| debt.status == DebtStatus::Outstanding);
    let (mut sum, mut inputs, mut hedges, mut unknown) = (Decimal::ZERO, vec![], vec![], 0_usize);
    for debt in outstanding {
        match owed_usd(debt) {
            Some(owed) => {
                let more: Option<Decimal> = sum.checked_add(owed);
                sum = more.ok_or_else(|| Missing::because("the amounts are out of range"))?;
                hedges.push(debt.owed_hedge());
                inputs.push(Input::Debt(debt.id));
            }
            None => unknown += 1,
        }
    }
    if inputs.is_empty() {
        return Err(Missing::because(
            "no outstanding instrument with an amount is entered",
        ));
    }
    let answer = Stated::exact(sum, inputs);
    let hedge = hedge_of_sum(hedges);
    let what = match unknown {
        0 => return Ok(answer.hedged(hedge)),
        1 => "1 instrument".to_owned(),
        n => format!("{n} instruments"),
    };
    Ok(answer
        .hedged(hedge_without(hedge))
        .remarked(format!("without {what} whose amount is not known in USD")))
}
