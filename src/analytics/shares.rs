//! Diluted shares: basic shares, stock units, penny warrants and, if switched,
//! convertibles in the money less what a capped call takes back. What a company
//! may simply not have counts as none where nothing is entered, and that is
//! said. No market value here.

use rust_decimal::Decimal;

use super::close::printed;
use super::convertible::Convertible;
use super::statement::Statements;
use super::sum::{Sum, out_of_range};
use super::switches::ConvertBasis;
use super::view::Basis;
use super::warrants::penny_warrants;
use super::watchlist::WatchlistRow;
use super::{Answer, Input, Missing, Stated};
use crate::model::debt::{DebtKind, DebtStatus};
use crate::model::metric::Known;
use crate::model::{CompanyId, Currency, Debt, DebtId, Metric, Subject, Unit};

/// The close of a share as it is used to compute money.
pub(super) struct Price {
    /// A share, in its currency.
    pub amount: Decimal,
    /// That currency.
    pub currency: Currency,
    /// The close.
    pub input: Input,
}

/// The shares of a company by what they come from.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Shares {
    pub basic: Answer<Decimal>,
    pub units: Answer<Decimal>,
    pub warrants: Answer<Decimal>,
    pub convertibles: Answer<Decimal>,
    pub diluted: Answer<Decimal>,
    /// Convertibles that count as shares, so not as debt.
    pub converted: Vec<DebtId>,
}

/// The statement of a company that counts; of money in US dollars.
pub(super) fn stated(
    statements: &Statements<'_>,
    company: CompanyId,
    known: Known,
    none: &str,
) -> Answer<Decimal> {
    let figure = statements.chosen(Subject::Company(company), &Metric::Known(known));
    let figure = figure.ok_or_else(|| Missing::because(none))?;
    let dollars = figure.currency.is_none_or(|of| of == Currency::USD);
    if known.unit() == Unit::Money && !dollars {
        let name = known.label().to_lowercase();
        return Err(Missing(format!("the stated {name} is not in US dollars")));
    }
    Ok(statements.answer_of(figure))
}

/// The newest close as an exact decimal.
pub(super) fn price(basis: &Basis<'_>, row: &WatchlistRow) -> Result<Price, Missing> {
    let last = row.last.as_ref().map_err(Clone::clone)?;
    let (close, _) = last.value;
    let company = basis.book.company(row.company_id);
    let share = company.and_then(|company| basis.book.instrument(company.instrument?));
    let share = share.ok_or_else(|| Missing::because("no share is set for this company"))?;
    let amount = printed(close).ok_or_else(out_of_range)?;
    let input = last.inputs.first().cloned();
    Ok(Price {
        amount,
        currency: share.currency,
        input: input.ok_or_else(|| Missing::because("no close is known"))?,
    })
}

/// The shares of a company at a price.
pub(super) fn shares(
    basis: &Basis<'_>,
    company: CompanyId,
    price: Result<&Price, &Missing>,
) -> Shares {
    let of = |known, none| stated(basis.statements, company, known, none);
    let basic = of(Known::BasicShares, "no basic shares are stated");
    let units = of(
        Known::ShareUnits,
        "no stock units or options are entered: none are counted",
    );
    let warrants = penny_warrants(company, basis.statements);
    let converts = convertibles(basis, company, price);
    let diluted = of(Known::DilutedShares, "no diluted shares are stated");
    let diluted = match &basic {
        Ok(basic) => sum(
            basic,
            [&units, &warrants.shares],
            warrants.unknown,
            &converts,
        ),
        Err(why) => as_stated(diluted, why, &converts),
    };
    Shares {
        basic,
        units,
        warrants: warrants.shares,
        convertibles: converts.shares,
        diluted,
        converted: converts.converted,
    }
}

fn sum(
    basic: &Stated<Decimal>,
    parts: [&Answer<Decimal>; 2],
    unknown: Option<String>,
    converts: &Converts,
) -> Answer<Decimal> {
    let mut sum = Sum::default();
    sum.add(basic)?;
    for part in parts {
        match part {
            Ok(part) => sum.add(part)?,
            Err(why) => sum.remark(why.0.clone()),
        }
    }
    if let Some(unknown) = unknown {
        sum.lack(unknown);
    }
    match &converts.shares {
        Ok(shares) => sum.add(shares)?,
        Err(_) if converts.unknown.is_empty() => {}
        Err(why) => sum.lack(why.0.clone()),
    }
    Ok(sum.stated())
}

/// Diluted shares as the company states them. Nothing is added: what they hold
/// already is not known. Where convertibles count as shares, and so no more as
/// debt, they are a lower bound.
fn as_stated(diluted: Answer<Decimal>, why: &Missing, converts: &Converts) -> Answer<Decimal> {
    let Ok(diluted) = diluted else {
        return Err(Missing::because("no basic or diluted shares are stated"));
    };
    let mut sum = Sum::default();
    sum.add(&diluted)?;
    sum.remark(format!(
        "diluted shares as stated, {why}: nothing is added to them"
    ));
    if !(converts.converted.is_empty() && converts.unknown.is_empty()) {
        sum.lack("whether they hold the shares of convertibles the statement does not say");
    }
    Ok(sum.stated())
}

/// The shares that convertibles turn into.
struct Converts {
    shares: Answer<Decimal>,
    converted: Vec<DebtId>,
    /// Those of which it is not known, a sentence each.
    unknown: Vec<String>,
}

fn convertibles(
    basis: &Basis<'_>,
    company: CompanyId,
    price: Result<&Price, &Missing>,
) -> Converts {
    let mut found = Converts {
        shares: Err(Missing::because("convertibles count as debt")),
        converted: Vec::new(),
        unknown: Vec::new(),
    };
    match basis.switches.converts {
        ConvertBasis::AsDebt => return found,
        ConvertBasis::IfConverted => {}
    }
    let mine = |debt: &&Debt| {
        debt.company == company
            && debt.kind == DebtKind::Convertible
            && debt.status == DebtStatus::Outstanding
    };
    let notes: Vec<&Debt> = basis.book.debts().filter(mine).collect();
    if notes.is_empty() {
        found.shares = Err(Missing::because("no outstanding convertible is entered"));
        return found;
    }
    let mut sum = Sum::default();
    for debt in notes {
        let added = of_note(basis, debt, price).and_then(|(shares, in_the_money)| {
            sum.add(&shares)?;
            Ok(in_the_money)
        });
        match added {
            Ok(true) => found.converted.push(debt.id),
            Ok(false) => {}
            Err(why) => {
                let text = format!("without {}: {why}", debt.name);
                sum.lack(text.clone());
                found.unknown.push(text);
            }
        }
    }
    found.shares = if sum.is_empty() {
        Err(Missing(found.unknown.join("; ")))
    } else {
        Ok(sum.stated())
    };
    found
}

/// The shares of a note in the money less those a capped call takes back, and
/// that it is; none out of the money.
fn of_note(
    basis: &Basis<'_>,
    debt: &Debt,
    price: Result<&Price, &Missing>,
) -> Result<(Stated<Decimal>, bool), Missing> {
    let note = Convertible::of(debt, basis.as_of)?;
    let at = price.map_err(Clone::clone)?;
    if at.currency != note.principal.currency {
        return Err(Missing::because(
            "its principal is not in the currency of the share",
        ));
    }
    let stands = note.at(at.amount).ok_or_else(out_of_range)?;
    let shares = stands.shares.checked_sub(stands.shares_covered);
    let shares = shares.ok_or_else(out_of_range)?;
    let inputs = vec![Input::Debt(debt.id), at.input.clone()];
    let shares = Stated::exact(shares, inputs);
    if !stands.in_the_money {
        return Ok((shares, false));
    }
    let mut remark = format!("{} count as shares, not as debt", debt.name);
    if !stands.shares_covered.is_zero() {
        let covered = stands.shares_covered.round();
        remark = format!("{remark}, less {covered} that the capped call takes back");
    }
    Ok((shares.hedged(debt.owed_hedge()).remarked(remark), true))
}
