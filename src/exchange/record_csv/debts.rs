//! Debts as rows and back. The coupon and the rule of instalments are split
//! over three columns each, so that a sheet can compute with them.

use uuid::Uuid;

use super::cells::{Cells, verbatim};
use super::keys::{Keys, source_ids};
use super::nested::{repayments, repayments_text};
use super::row::RowReader;
use super::values::{date, money, money_text, one_of, percent, percent_text, plain, price};
use crate::model::debt::{Coupon, DebtKind, DebtLevel, DebtStatus};
use crate::model::repayment::Interval;
use crate::model::{Debt, DebtId, Instalments};

pub(super) fn cells(debt: &Debt, keys: &Keys<'_>) -> Cells {
    let mut row = Cells::default();
    row.put("id", debt.id.to_string());
    row.put("company", keys.company_text(debt.company));
    row.put_words("issuer", debt.issuer.as_deref());
    row.put("level", debt.level.code());
    row.put_words("name", Some(&debt.name));
    row.put("kind", debt.kind.code());
    row.put("status", debt.status.code());
    row.put_some("principal", debt.principal, money_text);
    row.put("principal_hedge", debt.principal_hedge.code());
    row.put_some("drawn", debt.drawn, money_text);
    put_coupon(&mut row, debt.coupon.as_ref());
    row.put_some("issued", debt.issued, |date| date.to_string());
    row.put_some("matures", debt.matures, |date| date.to_string());
    row.put_words("amortisation", debt.amortisation.as_deref());
    row.put("schedule", repayments_text(&debt.schedule));
    let rule = debt.instalments.as_ref();
    row.put_some("instalment", rule, |rule| percent_text(rule.fraction));
    row.put_some("instalment_every", rule, |rule| {
        rule.every.code().to_owned()
    });
    let first = rule.and_then(|rule| rule.first);
    row.put_some("instalment_first", first, |date| date.to_string());
    row.put_some("conversion_price", debt.conversion_price, plain);
    row.put_some("cap_price", debt.cap_price, plain);
    row.put_words("recourse", debt.recourse.as_deref());
    row.put_words("site", debt.site.as_deref());
    row.put_some("owned_share", debt.owned_share, percent_text);
    row.put("sources", source_ids(&debt.sources));
    row.put("source_titles", keys.titles(&debt.sources));
    row.put_words("note", Some(debt.note.as_str()).filter(|n| !n.is_empty()));
    row
}

fn put_coupon(row: &mut Cells, coupon: Option<&Coupon>) {
    let (rate, reference, floor) = match coupon {
        None => (None, None, None),
        Some(Coupon::Fixed(rate)) => (Some(*rate), None, None),
        Some(Coupon::Floating {
            reference,
            spread,
            floor,
        }) => (Some(*spread), Some(verbatim(reference)), *floor),
    };
    row.put_some("coupon", rate, percent_text);
    row.put("coupon_reference", reference.unwrap_or_default());
    row.put_some("coupon_floor", floor, percent_text);
}

pub(super) fn read(row: &mut RowReader<'_>, id: Uuid) -> Option<Debt> {
    let keys = row.keys;
    let company = row.must("company", |text| keys.company(text));
    let level = row.must_be("level", DebtLevel::ALL, DebtLevel::code, DebtLevel::label);
    let name = row.must_words("name");
    let kind = row.must_be("kind", DebtKind::ALL, DebtKind::code, DebtKind::label);
    let status = row.must_be(
        "status",
        DebtStatus::ALL,
        DebtStatus::code,
        DebtStatus::label,
    );
    let (principal, principal_hedge) = row.hedged_money("principal", "principal_hedge");
    let coupon = coupon(row);
    let instalments = instalments(row);
    Some(Debt {
        id: DebtId(id),
        issuer: row.words("issuer"),
        principal,
        principal_hedge,
        drawn: row.read("drawn", money),
        coupon,
        issued: row.read("issued", date),
        matures: row.read("matures", date),
        amortisation: row.words("amortisation"),
        schedule: row.read("schedule", repayments).unwrap_or_default(),
        instalments,
        conversion_price: row.read("conversion_price", price),
        cap_price: row.read("cap_price", price),
        recourse: row.words("recourse"),
        site: row.words("site"),
        owned_share: row.read("owned_share", percent),
        sources: row
            .read("sources", |text| keys.sources(text))
            .unwrap_or_default(),
        note: row.words("note").unwrap_or_default(),
        // Only now may the row be given up: all of its faults are noted.
        company: company?,
        level: level?,
        name: name?,
        kind: kind?,
        status: status?,
    })
}

/// A fixed rate, or the spread over a reference where one is named.
fn coupon(row: &mut RowReader<'_>) -> Option<Coupon> {
    let rate = row.read("coupon", percent);
    let reference = row.words("coupon_reference");
    let floor = row.read("coupon_floor", percent);
    match (rate, reference) {
        (Some(spread), Some(reference)) => Some(Coupon::Floating {
            reference,
            spread,
            floor,
        }),
        (Some(rate), None) => {
            if floor.is_some() {
                let reason = "a floor needs a reference in the column coupon_reference";
                row.refuse("coupon_floor", reason.to_owned());
            }
            Some(Coupon::Fixed(rate))
        }
        (None, None) if floor.is_none() => None,
        (None, _) => {
            // A coupon that could not be read has its own fault.
            if !row.errors.iter().any(|error| error.field == "coupon") {
                let reason = "the spread over the reference is missing: write it in percent";
                row.refuse("coupon", reason.to_owned());
            }
            None
        }
    }
}

fn instalments(row: &mut RowReader<'_>) -> Option<Instalments> {
    let fraction = row.read("instalment", percent);
    let every = row.read("instalment_every", |text| {
        one_of(text, Interval::ALL, Interval::code, Interval::label)
    });
    let first = row.read("instalment_first", date);
    match (fraction, every) {
        (Some(fraction), Some(every)) => Some(Instalments {
            fraction,
            every,
            first,
        }),
        (None, None) if first.is_none() => None,
        _ => {
            let told = |error: &super::RowError| error.field.starts_with("instalment");
            if !row.errors.iter().any(told) {
                let reason = "instalments need both a part of the principal (instalment) and how often (instalment_every)";
                row.refuse("instalment", reason.to_owned());
            }
            None
        }
    }
}
