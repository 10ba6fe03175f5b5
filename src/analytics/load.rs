//! Megawatts that deals speak of: what is under contract, and what of it bills
//! by status and rent starts. Critical and gross load are never added up; what a
//! deal does not state makes a sum a lower bound.

use rust_decimal::Decimal;

use super::sum::{Sum, out_of_range};
use super::switches::{LoadBasis, ShareBasis};
use super::words::counted;
use super::worth::{part_of, phase_load_mw, whole_load_mw};
use super::{Answer, Input, Missing, Stated};
use crate::model::deal::DealStatus;
use crate::model::{Day, Deal, Hedge};

/// Which load of which part, and on which day.
#[derive(Clone, Copy)]
pub(super) struct Counted {
    /// Critical or gross.
    pub basis: LoadBasis,
    /// The owned share of joint ventures, or all of them.
    pub share: ShareBasis,
    /// The day.
    pub as_of: Day,
}

/// A sum over deals and the newest day that its parts speak of.
pub(super) struct Load {
    /// The sum, MW.
    pub mw: Answer<Decimal>,
    /// Of contracts the newest announcement, of billing load the newest start.
    pub newest: Option<Day>,
}

/// What a deal adds to a sum.
enum Part {
    /// So many megawatts of the whole deal, since that day.
    Known(Decimal, Hedge, Option<Day>),
    /// Something, but how much is not stated.
    Unknown,
    /// Nothing.
    Nothing,
}

/// Load under contract of deals that count.
pub(super) fn contracted(deals: &[&Deal], of: Counted) -> Load {
    let part = |deal: &Deal| {
        let since = Some(deal.announced.first_day());
        whole_load_mw(deal, of.basis)
            .map_or(Part::Unknown, |mw| Part::Known(mw, Hedge::Exact, since))
    };
    let none = || "no deal is entered".to_owned();
    let whose = format!("whose {} is not stated", of.basis.words());
    sum(deals, of, part, none, &whose)
}

/// Load that bills: all of a deal that is billing, of one that is ramping the
/// phases whose rent has started, or up to all of it if it has none. It follows
/// from a status, so that it is never exact.
pub(super) fn billing(deals: &[&Deal], of: Counted) -> Load {
    let begun = |deal: &&&Deal| {
        let start = deal.rent_start_by(of.as_of);
        deal.status == DealStatus::Announced
            && start.is_some_and(|start| start.date.last_day() <= of.as_of)
    };
    let none = || {
        let waiting = deals.iter().filter(begun).count();
        if waiting == 0 {
            return "no deal is ramping or billing".to_owned();
        }
        let deals = counted(waiting, "deal");
        format!("no deal is ramping or billing, though the rent start of {deals} is past")
    };
    let whose = "whose billing load is not stated";
    sum(deals, of, |deal| billing_of(deal, of), none, whose)
}

fn billing_of(deal: &Deal, of: Counted) -> Part {
    let start = deal.rent_start_by(of.as_of).map(|start| start.date);
    let past = start.map(|date| date.last_day());
    let past = past.filter(|day| *day <= of.as_of);
    match deal.status {
        DealStatus::LetterOfIntent | DealStatus::Announced | DealStatus::Ended => Part::Nothing,
        DealStatus::Billing => match whole_load_mw(deal, of.basis) {
            Some(mw) => Part::Known(mw, Hedge::About, past),
            None => Part::Unknown,
        },
        DealStatus::Ramping if deal.phases.is_empty() => {
            match (whole_load_mw(deal, of.basis), past) {
                (Some(mw), Some(_)) => Part::Known(mw, Hedge::UpTo, past),
                _ => Part::Unknown,
            }
        }
        DealStatus::Ramping => phases_begun(deal, of, past),
    }
}

/// The phases whose rent has started; one without a start of its own starts with
/// the deal.
fn phases_begun(deal: &Deal, of: Counted, deal_since: Option<Day>) -> Part {
    let (mut mw, mut hedge, mut newest) = (None, Hedge::About, None);
    for phase in &deal.phases {
        let own = phase.rent_start_by(of.as_of);
        let own = own.map(|start| start.date.last_day());
        let since = match own {
            Some(day) => Some(day).filter(|day| *day <= of.as_of),
            None => deal_since,
        };
        let Some(since) = since else { continue };
        let before: Decimal = mw.unwrap_or_default();
        match phase_load_mw(phase, of.basis).and_then(|load| before.checked_add(load)) {
            Some(sum) => mw = Some(sum),
            None => hedge = Hedge::MoreThan,
        }
        newest = newest.max(Some(since));
    }
    mw.map_or(Part::Unknown, |mw| Part::Known(mw, hedge, newest))
}

/// Sums the parts of deals that count; those of which nothing is known make it a
/// lower bound.
fn sum(
    deals: &[&Deal],
    of: Counted,
    part: impl Fn(&Deal) -> Part,
    none: impl Fn() -> String,
    whose: &str,
) -> Load {
    let mut newest = None;
    let mut total = || {
        let (mut sum, mut unknown) = (Sum::default(), 0);
        for deal in deals {
            match part(deal) {
                Part::Known(mw, hedge, since) => {
                    let mine = mw.checked_mul(part_of(deal, of.share));
                    let mine = mine.ok_or_else(out_of_range)?;
                    let inputs = vec![Input::Deal(deal.id)];
                    sum.add(&Stated::exact(mine, inputs).hedged(hedge))?;
                    newest = newest.max(since);
                }
                Part::Unknown => unknown += 1,
                Part::Nothing => {}
            }
        }
        if sum.is_empty() {
            return Err(Missing(match unknown {
                0 => none(),
                n => format!("there is only {} {whose}", counted(n, "deal")),
            }));
        }
        sum.lack_of(unknown, "deal", whose);
        Ok(sum.stated())
    };
    let mw = total();
    Load { mw, newest }
}
