//! A convertible note against a price of its share: parity, shares if it is
//! converted, what a capped call takes back of them, and which convertibles
//! count as shares by the newest close.

use rust_decimal::Decimal;

use super::Missing;
use super::close::printed;
use super::switches::ConvertBasis;
use super::wall::still_owed;
use crate::model::debt::{DebtKind, DebtStatus};
use crate::model::{Book, Company, Currency, Day, Debt, DebtId, Money, Prices};

const THOUSAND: Decimal = Decimal::from_parts(1000, 0, 0, false, 0);

/// A convertible note that is owed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Convertible {
    /// Which debt.
    pub debt: DebtId,
    /// Principal owed on the day.
    pub principal: Money,
    /// Price a share at which it converts, in the principal's currency.
    pub conversion_price: Decimal,
    /// Price a share up to which a capped call pays.
    pub cap_price: Option<Decimal>,
    /// Shares that the principal converts to: principal ÷ conversion price.
    pub shares: Decimal,
}

/// A convertible at a price of its share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AtPrice {
    /// Worth of its shares in percent of the principal: price × shares per
    /// 1,000 ÷ 10.
    pub parity: Decimal,
    /// True if its shares are worth more than the principal.
    pub in_the_money: bool,
    /// Shares if converted: all of them in the money, else none.
    pub shares: Decimal,
    /// Shares that the capped call takes back of these:
    /// shares × (min(price, cap) − conversion price) ÷ price. It pays no more
    /// above the cap.
    pub shares_covered: Decimal,
}

impl Convertible {
    /// The convertible that a debt is.
    ///
    /// # Errors
    /// Says what it lacks.
    pub fn of(debt: &Debt, as_of: Day) -> Result<Self, Missing> {
        match (debt.kind, debt.status) {
            (DebtKind::Convertible, DebtStatus::Outstanding) => {}
            (DebtKind::Convertible, DebtStatus::Proposed | DebtStatus::Repaid) => {
                return Err(Missing::because("it is not outstanding"));
            }
            (
                DebtKind::SeniorSecured
                | DebtKind::TermLoan
                | DebtKind::GpuFinancing
                | DebtKind::Revolver
                | DebtKind::BtcBacked
                | DebtKind::Other,
                _,
            ) => return Err(Missing::because("it does not convert")),
        }
        let principal = still_owed(debt, as_of);
        let principal = principal.ok_or_else(|| Missing::because("no principal is stated"))?;
        let price = debt.conversion_price.filter(|price| *price > Decimal::ZERO);
        let price = price.ok_or_else(|| Missing::because("no conversion price is stated"))?;
        let shares = principal.amount.checked_div(price);
        Ok(Self {
            debt: debt.id,
            principal,
            conversion_price: price,
            cap_price: debt.cap_price,
            shares: shares.ok_or_else(|| Missing::because("the amounts are out of range"))?,
        })
    }

    /// Shares per 1,000 of principal: 1,000 ÷ conversion price.
    pub fn shares_per_thousand(&self) -> Decimal {
        // The conversion price is above zero.
        THOUSAND
            .checked_div(self.conversion_price)
            .unwrap_or_default()
    }

    /// How it stands at a price of its share in the principal's currency; none
    /// if the price is not above zero or too large.
    pub fn at(&self, price: Decimal) -> Option<AtPrice> {
        if price <= Decimal::ZERO {
            return None;
        }
        let percent = price.checked_mul(Decimal::ONE_HUNDRED)?;
        let in_the_money = price > self.conversion_price;
        let shares = if in_the_money {
            self.shares
        } else {
            Decimal::ZERO
        };
        let cap = self.cap_price.unwrap_or(self.conversion_price);
        let gain = (price.min(cap) - self.conversion_price).max(Decimal::ZERO);
        Some(AtPrice {
            parity: percent.checked_div(self.conversion_price)?,
            in_the_money,
            shares,
            shares_covered: shares.checked_mul(gain)?.checked_div(price)?,
        })
    }
}

/// The convertibles among debts whose shares are worth more than the principal
/// at a price, dearest first.
pub fn in_the_money<'a>(
    debts: impl IntoIterator<Item = &'a Debt>,
    as_of: Day,
    price: Decimal,
) -> Vec<(Convertible, AtPrice)> {
    let stands = |debt: &Debt| {
        let note = Convertible::of(debt, as_of).ok()?;
        let at = note.at(price).filter(|at| at.in_the_money)?;
        Some((note, at))
    };
    let mut found: Vec<_> = debts.into_iter().filter_map(stands).collect();
    found.sort_by(|(a, at_a), (b, at_b)| at_b.parity.cmp(&at_a.parity).then(a.debt.cmp(&b.debt)));
    found
}

/// Which convertibles count as shares.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Judged {
    /// Those in the money, where convertibles are switched to shares.
    pub converted: Vec<DebtId>,
    /// Those of which it cannot be said, and why.
    pub not_judged: Vec<(DebtId, Missing)>,
}

impl Judged {
    /// Judges outstanding convertibles by the newest close of the share.
    pub fn of(
        debts: &[&Debt],
        close: Option<(Decimal, Currency)>,
        as_of: Day,
        converts: ConvertBasis,
    ) -> Self {
        let mut judged = Self::default();
        match converts {
            ConvertBasis::AsDebt => return judged,
            ConvertBasis::IfConverted => {}
        }
        let convertible = |debt: &&&Debt| {
            debt.kind == DebtKind::Convertible && debt.status == DebtStatus::Outstanding
        };
        for debt in debts.iter().filter(convertible) {
            let stands = Convertible::of(debt, as_of).and_then(|note| {
                let (price, _) = close
                    .filter(|(_, currency)| *currency == note.principal.currency)
                    .ok_or_else(|| {
                        Missing::because("no close of the share in its currency is known")
                    })?;
                let at = note.at(price);
                at.ok_or_else(|| Missing::because("the amounts are out of range"))
            });
            match stands {
                Ok(at) if at.in_the_money => judged.converted.push(debt.id),
                Ok(_) => {}
                Err(missing) => judged.not_judged.push((debt.id, missing)),
            }
        }
        judged
    }

    /// True if that debt counts as shares.
    pub fn is_converted(&self, debt: DebtId) -> bool {
        self.converted.contains(&debt)
    }
}

/// The newest close of a company's share by the day, with its currency.
pub fn newest_close(
    book: &Book,
    prices: &Prices,
    company: &Company,
    as_of: Day,
) -> Option<(Decimal, Currency)> {
    let share = book.instrument(company.instrument?)?;
    let bar = prices.get(&share.symbol)?.at_or_before(as_of)?;
    Some((printed(bar.close)?, share.currency))
}
