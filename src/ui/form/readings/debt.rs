//! What follows from a debt while it is typed: interest of a year, repayments,
//! what is due at maturity, and a convertible's parity.

use super::{Fact, Judged, draft_cx, sentences};
use crate::analytics::convertible::{Convertible, newest_close};
use crate::analytics::doubts;
use crate::analytics::interest::{References, interest_a_year};
use crate::model::debt::DebtStatus;
use crate::model::draft::DebtDraft;
use crate::model::{Debt, Money};
use crate::ui::{Cx, format};

/// Reads the debt so far; a proposed one as if it was owed.
pub(super) fn judged(draft: &DebtDraft, cx: &Cx<'_>) -> Judged {
    let mut debt = draft.so_far(&draft_cx(cx));
    if debt.status == DebtStatus::Proposed {
        debt.status = DebtStatus::Outstanding;
    }
    let needs = "Interest and repayments follow from principal, coupon, issue and maturity";
    let (before, at_maturity) = repayments(&debt);
    let at_maturity = at_maturity.map(|rest| format!("{rest} due at maturity"));
    Judged {
        facts: vec![
            Fact::of([interest(&debt, cx), before], needs),
            Fact::of([at_maturity, parity(&debt, cx)], ""),
        ],
        warnings: sentences(doubts::of_debt(&debt)),
        ..Judged::default()
    }
}

/// "77.5 m interest a year".
fn interest(debt: &Debt, cx: &Cx<'_>) -> Option<String> {
    let answer = interest_a_year(debt, cx.today, &References::new()).ok()?;
    let amount = format::money(Money::usd(answer.value));
    let amount = format::hedged(answer.hedge, &amount);
    let why = answer
        .remark
        .map_or_else(String::new, |why| format!(" ({why})"));
    Some(format!("{amount} interest a year{why}"))
}

/// First and last repayment before maturity, and what is due then.
fn repayments(debt: &Debt) -> (Option<String>, Option<String>) {
    let Some(owed) = debt.owed() else {
        return (None, None);
    };
    let mut due = debt.repayments();
    let rest = due.pop_if(|(date, _)| Some(*date) == debt.matures);
    let rest = rest.map(|(_, amount)| format::money_full(amount, owed.currency.as_str()));
    let told = match due.as_slice() {
        [] => None,
        [(date, _)] => Some(format!("repaid in part on {}", format::partial_date(*date))),
        [(first, _), .., (last, _)] => Some(format!(
            "{} from {} to {}",
            format::count(due.len(), "repayment", "repayments"),
            format::partial_date(*first),
            format::partial_date(*last)
        )),
    };
    (told, rest)
}

/// "parity 123.4 % at the last close of 79.80".
fn parity(debt: &Debt, cx: &Cx<'_>) -> Option<String> {
    let note = Convertible::of(debt, cx.today).ok()?;
    let company = cx.book.company(debt.company)?;
    let (close, currency) = newest_close(cx.book, cx.prices, company, cx.today)?;
    let at = note
        .at(close)
        .filter(|_| currency == note.principal.currency)?;
    Some(format!(
        "parity {} % at the last close of {}",
        format::decimal_places(at.parity, 1),
        format::decimal_places(close, 2),
    ))
}
