//! What a company is worth: diluted shares, market value, enterprise value and
//! what stands against it. A part that every company has and that is not known
//! leaves no value, with the reason; what a company may simply not have counts
//! as none where nothing is entered, and that is said.

use rust_decimal::Decimal;

use super::backstop::backstop_cover;
use super::close::printed;
use super::coverage::reported_coverage;
use super::interest::{References, interest_of};
use super::noi::contracted_noi;
use super::shares::{Price, price, shares, stated};
use super::sum::{Sum, out_of_range, ratio};
use super::view::Basis;
use super::watchlist::WatchlistRow;
use super::{Answer, Input, Missing};
use crate::model::metric::Known;
use crate::model::{CompanyId, Currency, Deal, Hedge};

/// The valuation of a company, USD.
#[derive(Clone, Debug, PartialEq)]
pub struct Valuation {
    /// Basic shares outstanding.
    pub basic_shares: Answer<Decimal>,
    /// Restricted stock units and options.
    pub share_units: Answer<Decimal>,
    /// Shares of penny warrants and other rights.
    pub warrant_shares: Answer<Decimal>,
    /// Shares of convertibles in the money; none unless switched to shares.
    pub convertible_shares: Answer<Decimal>,
    /// All of them.
    pub diluted_shares: Answer<Decimal>,
    /// Diluted shares × last close.
    pub market_cap_usd: Answer<Decimal>,
    /// Unrestricted cash.
    pub cash_usd: Answer<Decimal>,
    /// Bitcoin held that is not pledged or lent, as far as stated.
    pub free_btc: Answer<Decimal>,
    /// Unencumbered Bitcoin × its last close.
    pub btc_value_usd: Answer<Decimal>,
    /// Preferred equity and minority interest; none is entered of most.
    pub other_claims_usd: Answer<Decimal>,
    /// Market value + debt + other claims − cash − Bitcoin.
    pub ev_usd: Answer<Decimal>,
    /// EV ÷ contracted load (critical or gross by switch), USD a MW.
    pub ev_per_mw_usd: Answer<Decimal>,
    /// Backlog ÷ EV.
    pub backlog_to_ev: Answer<Decimal>,
    /// Debt ÷ contracted load, USD a MW.
    pub debt_per_mw_usd: Answer<Decimal>,
    /// Contracted NOI of a full year, of deals whose margin is stated.
    pub noi_usd: Answer<Decimal>,
    /// EV ÷ that.
    pub ev_to_noi: Answer<Decimal>,
    /// Interest of a year on what is owed by instruments; without convertibles
    /// that count as shares.
    pub interest_usd: Answer<Decimal>,
    /// AI revenue ÷ interest expense of the same period, an upper bound.
    pub reported_coverage: Answer<Decimal>,
    /// Amounts that others guarantee.
    pub guaranteed_usd: Answer<Decimal>,
    /// What is left of the base terms of the same deals.
    pub guaranteed_left_usd: Answer<Decimal>,
    /// Guaranteed amounts ÷ remaining value of the same deals.
    pub backstop_cover: Answer<Decimal>,
}

/// The valuation of a company with these deals that count and the Bitcoin it
/// holds.
pub fn valuation(
    basis: &Basis<'_>,
    row: &WatchlistRow,
    deals: &[&Deal],
    held: &Answer<Decimal>,
) -> Valuation {
    let company = row.company_id;
    let close = price(basis, row);
    let shares = shares(basis, company, close.as_ref());
    let market_cap_usd = market_cap(&shares.diluted, close.as_ref());
    let cash_usd = cash(basis, company);
    let free_btc = free_btc(basis, company, held);
    let btc_value_usd = btc_value(basis, row, &free_btc);
    let other_claims_usd = other_claims(basis, company);
    let ev_usd = enterprise_value(&Parts {
        market_cap: &market_cap_usd,
        debt: &row.debt_usd,
        other_claims: &other_claims_usd,
        cash: &cash_usd,
        held,
        btc: &btc_value_usd,
    });
    let ev = ("EV", &ev_usd);
    let load = ("contracted load", &row.contracted_mw);
    let noi_usd = contracted_noi(deals, basis.switches.share);
    let owed = basis.book.debts().filter(|debt| {
        let converted = shares.converted.contains(&debt.id);
        debt.company == company && !converted
    });
    let cover = backstop_cover(deals, basis.as_of, basis.switches.share);
    let no_load = "there is no load to divide by";
    Valuation {
        ev_per_mw_usd: ratio(ev, load, no_load),
        backlog_to_ev: ratio(
            ("backlog", &row.backlog_usd),
            ev,
            "EV is not above zero: the ratio would mean nothing",
        ),
        debt_per_mw_usd: ratio(("debt", &row.debt_usd), load, no_load),
        ev_to_noi: ratio(ev, ("NOI", &noi_usd), "there is no income to divide by"),
        interest_usd: interest_of(
            owed,
            basis.as_of,
            basis.switches.share,
            &References::default(),
        ),
        reported_coverage: reported_coverage(company, basis.statements),
        basic_shares: shares.basic,
        share_units: shares.units,
        warrant_shares: shares.warrants,
        convertible_shares: shares.convertibles,
        diluted_shares: shares.diluted,
        market_cap_usd,
        cash_usd,
        free_btc,
        btc_value_usd,
        other_claims_usd,
        ev_usd,
        noi_usd,
        guaranteed_usd: cover.guaranteed_usd,
        guaranteed_left_usd: cover.left_usd,
        backstop_cover: cover.cover,
    }
}

fn market_cap(diluted: &Answer<Decimal>, price: Result<&Price, &Missing>) -> Answer<Decimal> {
    let diluted = diluted.as_ref().map_err(Clone::clone)?;
    let price = price.map_err(Clone::clone)?;
    if price.currency != Currency::USD {
        return Err(Missing(format!(
            "the share is priced in {}, which is not converted",
            price.currency
        )));
    }
    let value = diluted.value.checked_mul(price.amount);
    let value = value.ok_or_else(out_of_range)?;
    let mut answer = diluted.clone().map(|_| value);
    if !answer.inputs.contains(&price.input) {
        answer.inputs.push(price.input.clone());
    }
    Ok(answer)
}

/// Cash alone: what is told as one number with Bitcoin would count that twice,
/// and restricted cash is not free to pay with.
fn cash(basis: &Basis<'_>, company: CompanyId) -> Answer<Decimal> {
    let of = |known, none| stated(basis.statements, company, known, none);
    of(Known::Cash, "no cash is stated").map_err(|why| {
        match of(Known::Liquidity, "").or_else(|_| of(Known::RestrictedCash, "")) {
            Ok(_) => Missing::because(
                "no cash alone is stated: liquidity holds Bitcoin as well, and restricted cash is \
                 not free",
            ),
            Err(_) => why,
        }
    })
}

/// What is held less what is pledged or lent.
fn free_btc(basis: &Basis<'_>, company: CompanyId, held: &Answer<Decimal>) -> Answer<Decimal> {
    let held = held.as_ref().map_err(Clone::clone)?;
    let none = "no pledged or lent Bitcoin is entered: all counts as free";
    let pledged = stated(basis.statements, company, Known::BtcPledged, none);
    let mut sum = Sum::default();
    sum.add(held)?;
    match &pledged {
        Ok(pledged) => sum.less(pledged)?,
        Err(why) if held.value > Decimal::ZERO => sum.remark(why.0.clone()),
        Err(_) => {}
    }
    let free = sum.stated();
    if free.value < Decimal::ZERO {
        return Err(Missing::because(
            "more Bitcoin are stated as pledged or lent than are held",
        ));
    }
    Ok(free)
}

fn btc_value(basis: &Basis<'_>, row: &WatchlistRow, free: &Answer<Decimal>) -> Answer<Decimal> {
    let free = free.as_ref().map_err(Clone::clone)?;
    if free.value.is_zero() {
        return Ok(free.clone());
    }
    let series = basis.prices.get(basis.benchmark);
    let bar = series.and_then(|series| series.at_or_before(basis.as_of));
    let bar = bar.ok_or_else(|| Missing(format!("no prices of {}", basis.benchmark)))?;
    let value = printed(bar.close).and_then(|close| free.value.checked_mul(close));
    let value = value.ok_or_else(out_of_range)?;
    let mut sum = Sum::default();
    sum.add(&free.clone().map(|_| value))?;
    let share_day = row.last.as_ref().ok().map(|last| last.value.1);
    if share_day.is_some_and(|day| day != bar.day) {
        sum.remark(format!("Bitcoin at its close of {}", bar.day));
    }
    let mut answer = sum.stated();
    answer.inputs.push(Input::Close {
        symbol: basis.benchmark.to_owned(),
        day: bar.day,
    });
    Ok(answer)
}

/// Preferred equity and minority interest, whichever is stated.
fn other_claims(basis: &Basis<'_>, company: CompanyId) -> Answer<Decimal> {
    let of = |known, none| stated(basis.statements, company, known, none);
    let claims = [
        of(
            Known::PreferredEquity,
            "no preferred equity is entered: none is counted",
        ),
        of(
            Known::MinorityInterest,
            "no minority interest is entered: none is counted",
        ),
    ];
    let mut sum = Sum::default();
    for claim in &claims {
        match claim {
            Ok(claim) => sum.add(claim)?,
            Err(why) => sum.remark(why.0.clone()),
        }
    }
    let known = !sum.is_empty();
    let sum = sum.stated();
    if known {
        return Ok(sum);
    }
    Err(Missing(sum.remark.unwrap_or_default()))
}

/// What enterprise value is made of.
struct Parts<'a> {
    market_cap: &'a Answer<Decimal>,
    debt: &'a Answer<Decimal>,
    other_claims: &'a Answer<Decimal>,
    cash: &'a Answer<Decimal>,
    held: &'a Answer<Decimal>,
    btc: &'a Answer<Decimal>,
}

fn enterprise_value(parts: &Parts<'_>) -> Answer<Decimal> {
    let must = |name: &str, part: &Answer<Decimal>| {
        let part = part.clone();
        part.map_err(|why| Missing(format!("{name}: {why}")))
    };
    let mut sum = Sum::default();
    sum.add(&must("market value", parts.market_cap)?)?;
    sum.add(&must("debt", parts.debt)?)?;
    match parts.other_claims {
        Ok(claims) => sum.add(claims)?,
        Err(why) => sum.remark(why.0.clone()),
    }
    sum.less(&must("cash", parts.cash)?)?;
    match parts.held {
        Ok(_) => sum.less(&must("Bitcoin", parts.btc)?)?,
        Err(why) => {
            // What it may hold would be taken off: EV is no more than this.
            sum.hedge(Hedge::UpTo);
            sum.remark(format!("Bitcoin: {why}: none is taken off"));
        }
    }
    Ok(sum.stated())
}
