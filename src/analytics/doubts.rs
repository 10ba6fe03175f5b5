//! What looks odd about a deal, a debt or a treasury event while it is typed,
//! each with the field to look at first. It may be right: nothing is refused
//! here. What a coin sold for against the market is judged in `treasury`.

use rust_decimal::Decimal;

use super::rates::{Terms, warnings};
use crate::model::debt::{Coupon, DebtKind, DebtLevel};
use crate::model::{Deal, Debt, PartialDate, Treasury};

/// The field to look at and what is odd, in a sentence without its first
/// capital.
pub type Doubt = (&'static str, String);

/// A yearly rise above this is unusual: 10 %.
const HIGH_RISE: Decimal = Decimal::from_parts(10, 0, 0, false, 2);
/// A coupon or spread above this is unusual: 25 %.
const HIGH_COUPON: Decimal = Decimal::from_parts(25, 0, 0, false, 2);

/// What looks odd about a deal. What is odd about its phases has the field
/// "phases" as well as that of the whole.
pub fn of_deal(deal: &Deal) -> Vec<Doubt> {
    let mut found = warnings(deal.kind, &Terms::from(deal), deal.value_with_options);
    let phases = deal.phases_consistent();
    found.extend(phases.iter().map(|(_, text)| ("phases", text.clone())));
    found.extend(phases);
    let mut odd = |field, text: &str| found.push((field, text.to_owned()));
    if deal.obligor.is_some() && deal.backstop.is_none() {
        odd(
            "backstop",
            "an obligor is named, but not how much it guarantees",
        );
    }
    if deal.backstop.is_some() && deal.obligor.is_none() {
        odd("obligor", "a backstop is stated, but not who gives it");
    }
    if let (Some(backstop), Some(base)) = (deal.backstop, deal.base_value)
        && backstop.currency == base.currency
        && backstop.amount > base.amount
    {
        odd(
            "backstop",
            "the backstop is more than the base value: they may be swapped",
        );
    }
    if deal.escalator.is_some_and(|rise| rise > HIGH_RISE) {
        odd(
            "escalator",
            "rents seldom rise by more than 10 % a year: check the rise",
        );
    }
    let before = |start: PartialDate| start.last_day() < deal.announced.first_day();
    if deal
        .current_rent_start()
        .is_some_and(|start| before(start.date))
    {
        odd(
            "rent_start",
            "rent starts before the deal was announced: check both dates",
        );
    }
    for phase in &deal.phases {
        if phase
            .rent_start
            .last()
            .is_some_and(|start| before(start.date))
        {
            let text = format!(
                "the rent of {} starts before the deal was announced: check both dates",
                phase.name
            );
            found.push(("phases", text));
        }
    }
    found
}

/// What looks odd about a debt.
pub fn of_debt(debt: &Debt) -> Vec<Doubt> {
    let mut found = Vec::new();
    let mut odd = |field, text: &str| found.push((field, text.to_owned()));
    if let (Some(price), Some(cap)) = (debt.conversion_price, debt.cap_price)
        && cap < price
    {
        odd(
            "cap_price",
            "the cap is below the conversion price: they may be swapped",
        );
    }
    if debt.conversion_price.is_some() && debt.kind != DebtKind::Convertible {
        odd(
            "kind",
            "it has a conversion price, but is no convertible: check the kind",
        );
    }
    let rate = debt.coupon.as_ref().map(|coupon| match coupon {
        Coupon::Fixed(rate) | Coupon::Floating { spread: rate, .. } => *rate,
    });
    if rate.is_some_and(|rate| rate > HIGH_COUPON) {
        odd(
            "coupon",
            "more than 25 % a year is unusual: check the decimal point",
        );
    }
    if let (Some(issued), Some(matures)) = (debt.issued, debt.matures)
        && matures.last_day() < issued.first_day()
    {
        odd(
            "matures",
            "it is due before it was issued: check both dates",
        );
    }
    if let (Some(principal), Some(drawn)) = (debt.principal, debt.drawn)
        && principal.currency == drawn.currency
        && drawn.amount > principal.amount
    {
        odd(
            "drawn",
            "more is drawn than the principal: they may be swapped",
        );
    }
    match (debt.level, debt.owned_share) {
        (DebtLevel::JointVenture, None) => odd(
            "owned_share",
            "a joint venture owes it: without a share all of it counts as the company's",
        ),
        (DebtLevel::Parent, Some(_)) => odd(
            "level",
            "it is owned in part, but the parent owes it: check the level",
        ),
        (DebtLevel::Parent | DebtLevel::Project, None)
        | (DebtLevel::Project | DebtLevel::JointVenture, Some(_)) => {}
    }
    found.extend(of_repayments(debt));
    found
}

/// What looks odd about how a debt is repaid.
fn of_repayments(debt: &Debt) -> Vec<Doubt> {
    let mut found = Vec::new();
    let Some(owed) = debt.drawn.or(debt.principal) else {
        return found;
    };
    let mut odd = |field, text: &str| found.push((field, text.to_owned()));
    let foreign = |currency| currency != owed.currency;
    let stated = debt.schedule.iter();
    if debt.schedule.iter().any(|one| foreign(one.amount.currency)) {
        odd(
            "schedule",
            "a repayment in another currency than the principal is left out",
        );
    } else {
        let amounts = stated.map(|one| one.amount.amount);
        let sum = amounts.fold(Decimal::ZERO, Decimal::saturating_add);
        if sum > owed.amount {
            odd(
                "schedule",
                "the repayments are more than the principal: check the amounts",
            );
        }
    }
    if let Some(end) = debt.matures.map(|date| date.last_day()) {
        let late = debt.schedule.iter().any(|one| one.due.last_day() >= end);
        if late {
            odd(
                "schedule",
                "a repayment at or after maturity is left out: the rest is due then",
            );
        }
    }
    if debt.instalments.is_none() {
        return found;
    }
    if !debt.schedule.is_empty() {
        odd(
            "instalment",
            "the stated repayments count, so the instalments do not",
        );
        return found;
    }
    let dated = debt
        .instalments
        .as_ref()
        .is_some_and(|rule| rule.first.is_some());
    if !dated && debt.issued.is_none() {
        odd(
            "instalment_first",
            "neither the first instalment nor the issue has a date",
        );
    }
    let due = debt.repayments();
    if debt.matures.is_some()
        && !due.is_empty()
        && due.last().map(|(date, _)| *date) != debt.matures
    {
        odd(
            "instalment",
            "the instalments repay it before it matures: check the part and how often it is due",
        );
    }
    found
}

/// What looks odd about a treasury event.
pub fn of_treasury(event: &Treasury) -> Vec<Doubt> {
    let (Some(happened), Some(disclosed)) = (event.event, event.disclosed) else {
        return Vec::new();
    };
    if disclosed.last_day() < happened.first_day() {
        let text = "it was disclosed before it happened: check both days";
        return vec![("disclosed", text.to_owned())];
    }
    Vec::new()
}
