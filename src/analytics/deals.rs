//! One row a deal, as the Deals page and `report deals` show it, and totals of
//! the rows that count. Alternative statements have rows but are in no total.

use rust_decimal::Decimal;

use super::Missing;
use super::backlog::{remaining, too_large};
use super::rates::{Rates, Terms, rates, warnings};
use super::schedule::RentSchedule;
use super::switches::{ShareBasis, Switches, ValueBasis};
use super::worth::{load_mw, part_of, worth_usd};
use crate::model::deal::{CounterpartyClass, DealKind, DealStatus};
use crate::model::{Book, CompanyId, Currency, Day, Deal, DealId, Hedge, Money, PartialDate};

/// A deal with all that follows from it.
#[derive(Clone, Debug, PartialEq)]
pub struct DealRow {
    /// Which deal.
    pub id: DealId,
    /// Who is paid.
    pub company_id: CompanyId,
    /// Name of the company.
    pub company: String,
    /// Symbol of its share.
    pub symbol: Option<String>,
    /// Who signed.
    pub counterparty: String,
    /// What kind of company the counterparty is.
    pub class: CounterpartyClass,
    /// What is sold.
    pub kind: DealKind,
    /// Where.
    pub site: Option<String>,
    /// How far it has come.
    pub status: DealStatus,
    /// When it became known.
    pub announced: PartialDate,
    /// First rent, by the latest statement.
    pub rent_start: Option<PartialDate>,
    /// How often the start was stated anew by the day.
    pub rent_start_revisions: usize,
    /// Base term.
    pub term_months: Option<u32>,
    /// Base value, the whole of a joint venture.
    pub base_value: Option<Money>,
    /// How firmly it is stated.
    pub hedge: Hedge,
    /// Value with every option.
    pub value_with_options: Option<Money>,
    /// The company's share as a fraction.
    pub owned_share: Decimal,
    /// What counts by the switches, USD: base value × share unless switched.
    pub attributable_usd: Option<Decimal>,
    /// Critical IT load.
    pub critical_mw: Option<Decimal>,
    /// Gross load.
    pub gross_mw: Option<Decimal>,
    /// Rates per unit.
    pub rates: Rates,
    /// What of that is not yet due, USD, or why it is not known; a deal that
    /// is no contract, or no more, has none.
    pub remaining_usd: Result<Decimal, Missing>,
    /// Load by the switches, MW, where stated.
    pub load_mw: Option<Decimal>,
    /// What is odd: field and sentence.
    pub warnings: Vec<(&'static str, String)>,
    /// True if it is in totals.
    pub counts: bool,
    /// The deal it tells otherwise.
    pub alternative_to: Option<DealId>,
}

/// Rows of all deals announced by `as_of`, newest first.
pub fn deal_rows(book: &Book, as_of: Day, switches: Switches) -> Vec<DealRow> {
    let known = book
        .deals()
        .filter(|deal| deal.announced.first_day() <= as_of);
    let mut rows: Vec<_> = known
        .map(|deal| deal_row(book, deal, as_of, switches))
        .collect();
    rows.sort_by(|a, b| {
        let newest = b.announced.first_day().cmp(&a.announced.first_day());
        newest
            .then_with(|| a.company.cmp(&b.company))
            .then(a.id.cmp(&b.id))
    });
    rows
}

fn deal_row(book: &Book, deal: &Deal, as_of: Day, switches: Switches) -> DealRow {
    let terms = Terms::from(deal);
    let usd = deal
        .base_value
        .filter(|money| money.currency == Currency::USD);
    let left = due_later(deal, as_of, switches.value).and_then(|left| {
        usd.ok_or_else(|| Missing::because("the value is not in US dollars"))?;
        let mine = left.checked_mul(part_of(deal, switches.share));
        mine.ok_or_else(|| Missing::because("the value is too large to compute with"))
    });
    let name = book
        .company(deal.company)
        .map_or_else(String::new, |c| c.name.clone());
    DealRow {
        id: deal.id,
        company_id: deal.company,
        company: name,
        symbol: book.symbol_of(deal.company).map(str::to_owned),
        counterparty: deal.counterparty.clone(),
        class: deal.counterparty_class,
        kind: deal.kind,
        site: deal.site.clone(),
        status: deal.status,
        announced: deal.announced,
        rent_start: deal.rent_start_by(as_of).map(|start| start.date),
        rent_start_revisions: deal.rent_starts_by(as_of).count().saturating_sub(1),
        term_months: deal.term_months,
        base_value: deal.base_value,
        hedge: deal.base_value_hedge,
        value_with_options: deal.value_with_options,
        owned_share: deal.owned_fraction(),
        attributable_usd: worth_usd(deal, switches),
        critical_mw: deal.critical_mw,
        gross_mw: deal.gross_mw,
        rates: rates(&terms),
        remaining_usd: left,
        load_mw: load_mw(deal, switches),
        warnings: all_warnings(deal, &terms),
        counts: deal.counts(),
        alternative_to: deal.alternative_to,
    }
}

/// What is odd about its terms, and about its phases against the whole.
fn all_warnings(deal: &Deal, terms: &Terms) -> Vec<(&'static str, String)> {
    let mut found = warnings(deal.kind, terms, deal.value_with_options);
    found.extend(deal.phases_consistent());
    found
}

/// The whole value not yet due, of a deal under contract.
fn due_later(deal: &Deal, as_of: Day, value: ValueBasis) -> Result<Decimal, Missing> {
    match deal.status {
        DealStatus::LetterOfIntent => Err(Missing::because(
            "a letter of intent is no contract: nothing is due",
        )),
        DealStatus::Ended => Err(Missing::because(
            "the deal is over: nothing is due any more",
        )),
        DealStatus::Announced | DealStatus::Ramping | DealStatus::Billing => match value {
            ValueBasis::Base => remaining(deal, as_of),
            ValueBasis::WithOptions => with_options(deal, as_of),
        },
    }
}

/// The same with every option that is stated: what their schedule leaves, and
/// all of those that have none.
pub(super) fn with_options(deal: &Deal, as_of: Day) -> Result<Decimal, Missing> {
    let left = remaining(deal, as_of)?;
    let (Some(base), Some(all)) = (deal.base_value, deal.value_with_options) else {
        return Ok(left);
    };
    if base.currency != all.currency {
        return Ok(left);
    }
    let switches = Switches {
        value: ValueBasis::WithOptions,
        share: ShareBasis::Whole,
        ..Switches::default()
    };
    let options = match RentSchedule::of(deal, as_of, switches) {
        Ok(schedule) => {
            let options = schedule.parts.iter().filter(|part| part.is_option);
            let undated = schedule.undated_options.as_ref();
            let undated = undated.map_or(Decimal::ZERO, |(value, _)| *value);
            options.fold(undated, |sum, part| sum.saturating_add(part.left_on(as_of)))
        }
        Err(_) => all.amount.saturating_sub(base.amount).max(Decimal::ZERO),
    };
    left.checked_add(options).ok_or_else(too_large)
}

/// Totals over rows: sums of what is known, and of how many it is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DealTotals {
    /// Deals counted.
    pub deals: usize,
    /// Deals counted whose base value is not known, or not in USD.
    pub without_value: usize,
    /// Base value, USD.
    pub base_value_usd: Decimal,
    /// What counts by the switches, USD: base value, owned share.
    pub attributable_usd: Decimal,
    /// What of that is not yet due, USD, of the deals where it is known.
    pub remaining_usd: Decimal,
    /// Deals whose remaining value is not known.
    pub without_remaining: usize,
    /// Load by the switches, MW.
    pub load_mw: Decimal,
    /// Deals whose load by the switches is not known.
    pub without_load: usize,
    /// Critical IT load in MW.
    pub critical_mw: Decimal,
    /// Deals whose critical IT load is not known.
    pub without_mw: usize,
}

impl DealTotals {
    /// Totals of the rows that count.
    pub fn of<'a>(rows: impl IntoIterator<Item = &'a DealRow>) -> Self {
        let mut totals = Self::default();
        for row in rows.into_iter().filter(|row| row.counts) {
            totals.add(row);
        }
        totals
    }

    fn add(&mut self, row: &DealRow) {
        self.deals += 1;
        let usd = row
            .base_value
            .filter(|money| money.currency == Currency::USD);
        match (usd, row.attributable_usd) {
            (Some(base), Some(mine)) => {
                self.base_value_usd = self.base_value_usd.saturating_add(base.amount);
                self.attributable_usd = self.attributable_usd.saturating_add(mine);
            }
            _ => self.without_value += 1,
        }
        match &row.remaining_usd {
            Ok(left) => self.remaining_usd = self.remaining_usd.saturating_add(*left),
            Err(_) => self.without_remaining += 1,
        }
        match row.load_mw {
            Some(mw) => self.load_mw = self.load_mw.saturating_add(mw),
            None => self.without_load += 1,
        }
        match row.critical_mw {
            Some(mw) => self.critical_mw = self.critical_mw.saturating_add(mw),
            None => self.without_mw += 1,
        }
    }
}
