//! What happens when: rents that start and end, principal that falls due, each
//! as dated as its source says. What has no date is beside it, never in a period.

use rust_decimal::Decimal;

use super::as_of::debt_known_by;
use super::convertible::{Judged, newest_close};
use super::schedule::RentSchedule;
use super::start::Slippage;
use super::switches::{ShareBasis, Switches, ValueBasis};
use super::wall::{part_of, still_owed, usd};
use super::worth::{load_mw, part_of as part_of_deal, phase_load_mw, worth_usd};
use crate::closed_set;
use crate::model::debt::DebtStatus;
use crate::model::{
    Book, Company, CompanyId, Currency, Day, Deal, DealId, Debt, DebtId, PartialDate, Prices,
};

const MONTHS_A_YEAR: Decimal = Decimal::from_parts(12, 0, 0, false, 0);

closed_set! {
    /// What happens.
    EventKind {
        /// The first rent of a deal or a phase.
        RentStarts = "rent_starts", "Rent starts";
        /// The base term is over.
        RentEnds = "rent_ends", "Base term ends";
        /// A part of a debt is repaid before its maturity.
        Instalment = "instalment", "Instalment";
        /// A debt, or what is left of it, is due.
        Matures = "matures", "Matures";
    }
}

/// The record it happens to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whose {
    /// A deal.
    Deal(DealId),
    /// A debt.
    Debt(DebtId),
}

/// Something that happens.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// What.
    pub kind: EventKind,
    /// When, as precisely as it is stated; none if nothing says when.
    pub date: Option<PartialDate>,
    /// Of which company.
    pub company_id: CompanyId,
    /// To which record.
    pub of: Whose,
    /// The phase of a deal, if it has any.
    pub phase: Option<String>,
    /// Average rent of a year, or principal due, USD, by the switches, where known.
    pub amount_usd: Option<Decimal>,
    /// Load by the switches, MW, of a rent that starts or ends, where stated.
    pub load_mw: Option<Decimal>,
    /// How its date has moved, of a rent that starts.
    pub slippage: Option<Slippage>,
    /// True if the date is past and it has not happened by its status.
    pub overdue: bool,
}

/// The events of a book from a day on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Agenda {
    /// Those with a date, earliest first; overdue ones come before.
    pub dated: Vec<Event>,
    /// Rents and debts of which no source says when.
    pub undated: Vec<Event>,
}

impl Agenda {
    /// Every event, dated ones first.
    pub fn all(&self) -> impl Iterator<Item = &Event> {
        self.dated.iter().chain(&self.undated)
    }

    /// The event at that place among all.
    pub fn at(&self, place: usize) -> Option<&Event> {
        let undated = || self.undated.get(place.checked_sub(self.dated.len())?);
        self.dated.get(place).or_else(undated)
    }
}

/// What happens from a day on, of all companies.
pub fn agenda(book: &Book, prices: &Prices, as_of: Day, switches: Switches) -> Agenda {
    let mut events = Vec::new();
    let announced = |deal: &&Deal| deal.counts() && deal.announced.first_day() <= as_of;
    for deal in book.deals().filter(announced) {
        of_deal(deal, as_of, switches, &mut events);
    }
    for company in book.companies() {
        of_debts(book, prices, company, as_of, switches, &mut events);
    }
    let (mut dated, undated): (Vec<_>, Vec<_>) =
        events.into_iter().partition(|event| event.date.is_some());
    dated.retain(|event| {
        let over = event.date.is_some_and(|date| date.last_day() < as_of);
        event.overdue || !over
    });
    let when = |event: &Event| event.date.map(|date| (date.last_day(), date.first_day()));
    dated.sort_by(|a, b| {
        let overdue = b.overdue.cmp(&a.overdue);
        let order = overdue.then(when(a).cmp(&when(b)));
        order.then(a.kind.cmp(&b.kind)).then(a.of.cmp(&b.of))
    });
    Agenda { dated, undated }
}

fn of_deal(deal: &Deal, as_of: Day, switches: Switches, events: &mut Vec<Event>) {
    let base = Switches {
        value: ValueBasis::Base,
        ..switches
    };
    let event = |kind, date| Event {
        kind,
        date,
        company_id: deal.company,
        of: Whose::Deal(deal.id),
        phase: None,
        amount_usd: worth_usd(deal, base).and_then(|worth| a_year(worth, deal.term_months)),
        load_mw: load_mw(deal, switches),
        slippage: None,
        overdue: false,
    };
    let starts = deal.rent_start_by(as_of).map(|start| start.date);
    if deal.phases.is_empty() {
        events.push(Event {
            slippage: Some(Slippage::of(deal.rent_starts_by(as_of))),
            ..event(EventKind::RentStarts, starts)
        });
    }
    let part = part_of_deal(deal, switches.share);
    for phase in &deal.phases {
        let own = phase.rent_start_by(as_of).map(|start| start.date);
        let value = usd(phase.base_value).and_then(|value| value.checked_mul(part));
        let months = phase.term_months.or(deal.term_months);
        let load = phase_load_mw(phase, switches.load);
        events.push(Event {
            phase: Some(phase.name.clone()),
            amount_usd: value.and_then(|value| a_year(value, months)),
            load_mw: load.and_then(|mw| mw.checked_mul(part)),
            slippage: Some(Slippage::of(
                phase.rent_start.iter().filter(|s| s.known_by(as_of)),
            )),
            ..event(EventKind::RentStarts, own.or(starts))
        });
    }
    let schedule = RentSchedule::of(deal, as_of, base);
    let end = schedule.ok().and_then(|schedule| schedule.end());
    if let Some(last) = end.and_then(|end| end.yesterday().ok()) {
        events.push(event(EventKind::RentEnds, PartialDate::day(last)));
    }
}

/// The average of a year.
fn a_year(value: Decimal, months: Option<u32>) -> Option<Decimal> {
    let months = months.filter(|months| *months > 0)?;
    let dozen = value.checked_mul(MONTHS_A_YEAR)?;
    dozen.checked_div(Decimal::from(months))
}

fn of_debts(
    book: &Book,
    prices: &Prices,
    company: &Company,
    as_of: Day,
    switches: Switches,
    events: &mut Vec<Event>,
) {
    let owed = |debt: &&Debt| {
        debt.company == company.id
            && debt.status == DebtStatus::Outstanding
            && debt_known_by(book, debt, as_of)
    };
    let debts: Vec<&Debt> = book.debts().filter(owed).collect();
    if debts.is_empty() {
        return;
    }
    let close = newest_close(book, prices, company, as_of);
    let judged = Judged::of(&debts, close, as_of, switches.converts);
    for debt in debts {
        if !judged.is_converted(debt.id) {
            of_debt(debt, as_of, switches.share, events);
        }
    }
}

fn of_debt(debt: &Debt, as_of: Day, share: ShareBasis, events: &mut Vec<Event>) {
    let in_usd = debt
        .owed()
        .is_none_or(|owed| owed.currency == Currency::USD);
    let mine = |amount: Decimal| {
        let amount = Some(amount).filter(|_| in_usd)?;
        amount.checked_mul(part_of(debt, share))
    };
    let event = |kind, date, amount_usd| Event {
        kind,
        date,
        company_id: debt.company,
        of: Whose::Debt(debt.id),
        phase: None,
        amount_usd,
        load_mw: None,
        slippage: None,
        overdue: false,
    };
    let due = debt.repayments();
    for (date, amount) in &due {
        let at_maturity = Some(*date) == debt.matures;
        let kind = if at_maturity {
            EventKind::Matures
        } else {
            EventKind::Instalment
        };
        events.push(Event {
            // A debt past its maturity that is not marked as repaid is owed.
            overdue: at_maturity && date.last_day() < as_of,
            ..event(kind, Some(*date), mine(*amount))
        });
    }
    if due.is_empty() || debt.matures.is_none() {
        let left = usd(still_owed(debt, as_of)).and_then(mine);
        events.push(event(EventKind::Matures, debt.matures, left));
    }
}
