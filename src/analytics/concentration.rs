//! How much of a backlog rests on few names: the Herfindahl–Hirschman index,
//! once by who signed and once by whose credit stands behind it. Names are
//! compared without regard to capitals and outer spaces; that two names are one
//! company is not known here.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::deal_left::{Left, left_of};
use super::sum::out_of_range;
use super::switches::Switches;
use super::wall::usd;
use super::words::{counted, name_key, names};
use super::worth::part_of;
use super::{Answer, Input, Missing, Stated};
use crate::model::{Day, Deal, DealId, Hedge};

/// A name and what it stands for.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedShare {
    /// Signatory or obligor.
    pub name: String,
    /// Remaining value (base value where nothing says when rent starts), USD.
    pub value_usd: Decimal,
    /// Its part of all, as a fraction.
    pub fraction: Decimal,
    /// The deals it comes from.
    pub deals: Vec<DealId>,
}

/// A backlog by name.
#[derive(Clone, Debug, PartialEq)]
pub struct Concentration {
    /// Largest first.
    pub shares: Vec<NamedShare>,
    /// Sum of the squared percentages, 0 to 10,000.
    pub hhi: Answer<Decimal>,
}

/// By who signed. Deals are taken as they are given: what does not count is for
/// the caller to leave out.
pub fn by_signatory(deals: &[&Deal], as_of: Day, switches: Switches) -> Concentration {
    let valued = Valued::of(deals, as_of, switches);
    signed(&valued)
}

/// By whose credit stands behind it: the obligor up to its backstop, where one
/// is stated, and the signatory for the rest. An obligor whose backstop is not
/// stated as an amount stands for the whole deal.
pub fn by_obligor(deals: &[&Deal], as_of: Day, switches: Switches) -> Concentration {
    let valued = Valued::of(deals, as_of, switches);
    guaranteed(&valued, switches)
}

/// Both, by signatory and by obligor: what is left is computed once.
pub fn concentrations(
    deals: &[&Deal],
    as_of: Day,
    switches: Switches,
) -> (Concentration, Concentration) {
    let valued = Valued::of(deals, as_of, switches);
    (signed(&valued), guaranteed(&valued, switches))
}

/// Deals with what is left of them, and those of which it is not known.
struct Valued<'a> {
    deals: Vec<(&'a Deal, Left)>,
    without: usize,
}

impl<'a> Valued<'a> {
    fn of(deals: &[&'a Deal], as_of: Day, switches: Switches) -> Self {
        let mut valued = Self {
            deals: Vec::new(),
            without: 0,
        };
        for deal in deals {
            match left_of(deal, as_of, switches) {
                Ok(left) => valued.deals.push((*deal, left)),
                Err(_) => valued.without += 1,
            }
        }
        valued
    }

    /// What a reader must know of an index of these deals.
    fn remarks(&self) -> Vec<String> {
        let mut remarks = Vec::new();
        if self.without > 0 {
            let deals = counted(self.without, "deal");
            remarks.push(format!("without {deals} whose value is not stated in USD"));
        }
        let unscheduled = self.deals.iter();
        let unscheduled = unscheduled.filter(|(_, left)| left.unscheduled.is_some());
        let unscheduled: Vec<&str> = unscheduled
            .map(|(deal, _)| deal.counterparty.as_str())
            .collect();
        if !unscheduled.is_empty() {
            remarks.push(format!(
                "the schedule of {} is not known: all of the value counts",
                names(&unscheduled)
            ));
        }
        remarks
    }

    /// An index neither rises nor falls with a part of it alone: what is not
    /// exact makes it an estimate.
    fn hedge(&self) -> Hedge {
        let mut hedges = self.deals.iter().map(|(_, left)| left.hedge);
        if hedges.clone().any(|hedge| hedge == Hedge::Planned) {
            Hedge::Planned
        } else if self.without > 0 || hedges.any(|hedge| hedge != Hedge::Exact) {
            Hedge::About
        } else {
            Hedge::Exact
        }
    }
}

/// A part of a deal under a name.
struct Piece<'a> {
    name: &'a str,
    usd: Decimal,
    deal: DealId,
}

fn signed(valued: &Valued<'_>) -> Concentration {
    let pieces = valued.deals.iter().map(|(deal, left)| Piece {
        name: &deal.counterparty,
        usd: left.usd,
        deal: deal.id,
    });
    concentration(valued, pieces.collect(), Vec::new(), valued.hedge())
}

fn guaranteed(valued: &Valued<'_>, switches: Switches) -> Concentration {
    let (mut pieces, mut whole) = (Vec::new(), Vec::new());
    for (deal, left) in &valued.deals {
        let obligor = deal.obligor.as_deref();
        let Some(obligor) = obligor.filter(|name| !name.trim().is_empty()) else {
            pieces.push(Piece {
                name: &deal.counterparty,
                usd: left.usd,
                deal: deal.id,
            });
            continue;
        };
        let backstop = usd(deal.backstop);
        let backstop = backstop.and_then(|usd| usd.checked_mul(part_of(deal, switches.share)));
        if backstop.is_none() {
            whole.push(obligor);
        }
        // Nobody guarantees more than is owed, nor less than nothing.
        let covered = backstop.map_or(left.usd, |usd| usd.min(left.usd).max(Decimal::ZERO));
        let rest = left.usd.saturating_sub(covered);
        for (name, usd) in [(obligor, covered), (deal.counterparty.as_str(), rest)] {
            pieces.push(Piece {
                name,
                usd,
                deal: deal.id,
            });
        }
    }
    let mut hedge = valued.hedge();
    let mut remarks = Vec::new();
    if !whole.is_empty() {
        remarks.push(format!(
            "how much {} guarantees is not stated: the whole counts as its credit",
            names(&whole)
        ));
        if hedge == Hedge::Exact {
            hedge = Hedge::About;
        }
    }
    concentration(valued, pieces, remarks, hedge)
}

fn concentration(
    valued: &Valued<'_>,
    pieces: Vec<Piece<'_>>,
    also: Vec<String>,
    hedge: Hedge,
) -> Concentration {
    let shares = match named(pieces) {
        Ok(shares) => shares,
        Err(why) => {
            return Concentration {
                shares: Vec::new(),
                hhi: Err(why),
            };
        }
    };
    let mut remarks = valued.remarks();
    remarks.extend(also);
    let hhi = index(&shares).map(|index| {
        let inputs = valued.deals.iter();
        let inputs = inputs.map(|(deal, _)| Input::Deal(deal.id)).collect();
        let answer = Stated::exact(index, inputs).hedged(hedge);
        if remarks.is_empty() {
            answer
        } else {
            answer.remarked(remarks.join("; "))
        }
    });
    let hhi = hhi.ok_or_else(|| {
        Missing(match (valued.deals.len(), valued.without) {
            (0, 0) => "no deal is entered".to_owned(),
            (0, 1) => "there is only 1 deal whose value is not stated in USD".to_owned(),
            (0, n) => format!("there are only {n} deals whose value is not stated in USD"),
            (_, _) => "nothing is left of these deals".to_owned(),
        })
    });
    Concentration { shares, hhi }
}

/// The pieces by name, largest first, with their part of all.
fn named(pieces: Vec<Piece<'_>>) -> Result<Vec<NamedShare>, Missing> {
    let mut by_name: BTreeMap<String, NamedShare> = BTreeMap::new();
    let mut total = Decimal::ZERO;
    for piece in pieces.into_iter().filter(|piece| piece.usd > Decimal::ZERO) {
        total = total.checked_add(piece.usd).ok_or_else(out_of_range)?;
        let name = piece.name.trim();
        let share = by_name.entry(name_key(name));
        let share = share.or_insert_with(|| NamedShare {
            name: name.to_owned(),
            value_usd: Decimal::ZERO,
            fraction: Decimal::ZERO,
            deals: Vec::new(),
        });
        // No part is more than the total.
        share.value_usd = share.value_usd.saturating_add(piece.usd);
        if !share.deals.contains(&piece.deal) {
            share.deals.push(piece.deal);
        }
    }
    let mut shares: Vec<NamedShare> = by_name.into_values().collect();
    for share in &mut shares {
        let fraction = share.value_usd.checked_div(total);
        share.fraction = fraction.ok_or_else(out_of_range)?;
    }
    // The names are in order already.
    shares.sort_by_key(|share| std::cmp::Reverse(share.value_usd));
    Ok(shares)
}

/// Sum of the squared percentages; none if there are none.
fn index(shares: &[NamedShare]) -> Option<Decimal> {
    let squares = shares.iter().map(|share| {
        let percent = share.fraction.checked_mul(Decimal::ONE_HUNDRED)?;
        percent.checked_mul(percent)
    });
    let sum = squares
        .into_iter()
        .try_fold(Decimal::ZERO, |sum, square| sum.checked_add(square?))?;
    (!shares.is_empty()).then_some(sum)
}
