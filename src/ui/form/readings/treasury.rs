//! What follows from a treasury event while it is typed: the price a coin, and
//! the market of its days. It is judged as the pages judge it once it is saved.

use super::{Fact, Judged, draft_cx, sentences};
use crate::analytics::derive::BITCOIN;
use crate::analytics::doubts::{self, Doubt};
use crate::analytics::statement::Statements;
use crate::analytics::treasury::{Flow, treasury_view};
use crate::analytics::view::Basis;
use crate::model::draft::TreasuryDraft;
use crate::model::{Book, Treasury};
use crate::ui::{Cx, format};

/// Reads the event so far.
pub(super) fn judged(draft: &TreasuryDraft, cx: &Cx<'_>) -> Judged {
    let event = draft.so_far(&draft_cx(cx));
    let mut warnings = doubts::of_treasury(&event);
    let flow = flow(&event, cx);
    let warning = flow.as_ref().and_then(|flow| flow.warning.clone());
    warnings.extend(warning.map(|text| -> Doubt { ("event", text) }));
    let price = flow
        .as_ref()
        .and_then(|flow| flow.implied_price.as_ref().ok());
    let price = price.map(|price| format!("{} a coin", format::dollars(price.value, 0)));
    let market = flow.as_ref().and_then(|flow| flow.market_usd.as_ref().ok());
    let market = market.map(|market| {
        let (low, high) = market.value;
        let low = format::dollars(low, 0);
        match format::dollars(high, 0) {
            high if high == low => format!("market {low}"),
            high => format!("market {low} to {high}"),
        }
    });
    let needs = "The price a coin follows from coins and money";
    Judged {
        facts: vec![Fact::of([price, market], needs)],
        warnings: sentences(warnings),
        ..Judged::default()
    }
}

/// The purchase or sale, judged apart from all that the book holds.
fn flow(event: &Treasury, cx: &Cx<'_>) -> Option<Flow> {
    let book = Book::default();
    let statements = Statements::of(&book, cx.today);
    let basis = Basis {
        book: &book,
        prices: cx.prices,
        statements: &statements,
        rows: &[],
        benchmark: BITCOIN,
        as_of: cx.today,
        switches: cx.settings.switches,
    };
    treasury_view(&basis, event.company, &[event]).flows.pop()
}
