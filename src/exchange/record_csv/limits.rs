//! What no record may say: a share of 150 %, a term of 0 months. The window's
//! forms refuse the same. Records the book has already are not asked again.

use rust_decimal::Decimal;

use crate::model::{Deal, Debt, Money, Record, Treasury};

/// Faults by column.
type Faults = Vec<(&'static str, String)>;

/// Longest term in months: ground leases run for 99 years.
const MAX_MONTHS: u32 = 1200;

/// What is out of range, by column.
pub(super) fn faults(record: &Record) -> Faults {
    let mut faults = Vec::new();
    match record {
        Record::Deal(deal) => of_deal(deal, &mut faults),
        Record::Debt(debt) => of_debt(debt, &mut faults),
        Record::Treasury(event) => of_treasury(event, &mut faults),
        Record::Figure(_)
        | Record::Source(_)
        | Record::Instrument(_)
        | Record::Company(_)
        | Record::Note(_)
        | Record::Pin(_) => {}
    }
    faults
}

fn of_deal(deal: &Deal, faults: &mut Faults) {
    for (column, value) in [
        ("backstop", deal.backstop),
        ("base_value", deal.base_value),
        ("value_with_options", deal.value_with_options),
        ("prepayment", deal.prepayment),
    ] {
        above_zero(column, value.map(|money| money.amount), faults);
    }
    above_zero("critical_mw", deal.critical_mw, faults);
    above_zero("gross_mw", deal.gross_mw, faults);
    share("owned_share", deal.owned_share, faults);
    let quarter = Decimal::new(25, 2);
    let rises = |rise: &Decimal| (Decimal::ZERO..=quarter).contains(rise);
    if deal.escalator.is_some_and(|rise| !rises(&rise)) {
        faults.push((
            "escalator",
            "write a yearly rise from 0 % to 25 %".to_owned(),
        ));
    }
    if deal.noi_margin.is_some_and(|margin| margin > Decimal::ONE) {
        faults.push(("noi_margin", "write a margin of at most 100 %".to_owned()));
    }
    term("term_months", deal.term_months, faults);
    for phase in &deal.phases {
        let amount = phase.base_value.map(|money| money.amount);
        above_zero("phases", amount, faults);
        above_zero("phases", phase.critical_mw, faults);
        above_zero("phases", phase.gross_mw, faults);
        term("phases", phase.term_months, faults);
    }
    if deal.alternative_to == Some(deal.id) {
        let reason = "a deal is no other telling of itself: write the id of another deal";
        faults.push(("alternative_to", reason.to_owned()));
    }
}

fn of_debt(debt: &Debt, faults: &mut Faults) {
    above_zero("principal", debt.principal.map(|m| m.amount), faults);
    let below_zero = |money: Money| money.amount < Decimal::ZERO;
    if debt.drawn.is_some_and(below_zero) {
        faults.push(("drawn", "write 0 or more".to_owned()));
    }
    for repayment in &debt.schedule {
        above_zero("schedule", Some(repayment.amount.amount), faults);
    }
    let part = debt.instalments.as_ref().map(|rule| rule.fraction);
    share("instalment", part, faults);
    above_zero("conversion_price", debt.conversion_price, faults);
    above_zero("cap_price", debt.cap_price, faults);
    share("owned_share", debt.owned_share, faults);
    let ends_first = |(issued, matures): (crate::model::PartialDate, crate::model::PartialDate)| {
        issued.first_day() > matures.last_day()
    };
    if debt.issued.zip(debt.matures).is_some_and(ends_first) {
        faults.push(("matures", "it matures before it is issued".to_owned()));
    }
}

fn of_treasury(event: &Treasury, faults: &mut Faults) {
    let below_zero = |value: Option<Decimal>| value.is_some_and(|value| value < Decimal::ZERO);
    if below_zero(event.btc) {
        let reason = "write 0 or more: whether coins are bought or sold stands under kind";
        faults.push(("btc", reason.to_owned()));
    }
    if below_zero(event.proceeds.map(|money| money.amount)) {
        faults.push(("proceeds", "write 0 or more".to_owned()));
    }
    if event.btc.is_none() && event.proceeds.is_none() {
        let reason = "write coins (btc), money (proceeds) or both";
        faults.push(("btc", reason.to_owned()));
    }
}

fn above_zero(column: &'static str, value: Option<Decimal>, faults: &mut Faults) {
    if value.is_some_and(|value| value <= Decimal::ZERO) {
        let reason = "write more than 0, or leave it empty if it is not known";
        faults.push((column, reason.to_owned()));
    }
}

fn share(column: &'static str, share: Option<Decimal>, faults: &mut Faults) {
    let fits = |share: Decimal| share > Decimal::ZERO && share <= Decimal::ONE;
    if share.is_some_and(|share| !fits(share)) {
        let reason = "write a share of more than 0 % and at most 100 %";
        faults.push((column, reason.to_owned()));
    }
}

fn term(column: &'static str, months: Option<u32>, faults: &mut Faults) {
    if months.is_some_and(|months| months == 0 || months > MAX_MONTHS) {
        let reason = format!("write a term from 1 to {MAX_MONTHS} months");
        faults.push((column, reason));
    }
}
