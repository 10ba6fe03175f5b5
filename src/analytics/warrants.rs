//! Which warrants are shares in all but name: those that cost a cent or less.
//! The metric “Penny warrants” says so itself; of other warrants the note must,
//! and words that say no price are never guessed at.

use rust_decimal::Decimal;

use super::statement::Statements;
use super::{Answer, Missing};
use crate::model::metric::Known;
use crate::model::{CompanyId, Figure, Metric, Subject};

/// At this price a share or below, a warrant is a share in all but name: 0.01.
pub const PENNY: Decimal = Decimal::from_parts(1, 0, 0, false, 2);

/// What the note of a statement says of the price at which warrants are turned
/// into shares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exercise {
    /// This price a share, in dollars.
    At(Decimal),
    /// None, or more than one.
    NotSaid,
}

/// The price in a note: “at $70”. Prices of other things (“about $2.1 billion”)
/// are none.
pub fn exercise_price(note: &str) -> Exercise {
    let mut prices = note.split("at $").skip(1).filter_map(|rest| {
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',');
        let number = rest.get(..end.unwrap_or(rest.len()))?;
        let number = number.trim_end_matches(['.', ',']).replace(',', "");
        number.parse::<Decimal>().ok()
    });
    match (prices.next(), prices.next()) {
        (Some(price), None) => Exercise::At(price),
        (Some(_), Some(_)) | (None, _) => Exercise::NotSaid,
    }
}

/// The shares of a company's penny warrants, and what was left out of them.
pub struct PennyWarrants {
    /// The shares, or why there are none.
    pub shares: Answer<Decimal>,
    /// Warrants that may be penny warrants, in a sentence: without them a count
    /// of shares is a lower bound.
    pub unknown: Option<String>,
}

/// The penny warrants of a company: as they are stated, else those among its
/// warrants whose note says that they cost a cent or less.
pub fn penny_warrants(company: CompanyId, statements: &Statements<'_>) -> PennyWarrants {
    let subject = Subject::Company(company);
    let metric = Metric::Known(Known::PennyWarrants);
    if let Some(figure) = statements.chosen(subject, &metric) {
        return PennyWarrants {
            shares: Ok(statements.answer_of(figure)),
            unknown: None,
        };
    }
    let metric = Metric::Known(Known::Warrants);
    let none = || Missing::because("no penny warrants are stated: none are counted");
    let Some(chosen) = statements.chosen(subject, &metric) else {
        return PennyWarrants {
            shares: Err(none()),
            unknown: None,
        };
    };
    let others = statements.all(subject, &metric).iter();
    let others = others.filter(|of| of.id != chosen.id && statements.may_count(of));
    let others = others.filter(|of| may_be_penny(of)).count();
    let others = match others {
        0 => None,
        1 => Some("1 other statement of warrants may be of further ones".to_owned()),
        n => Some(format!(
            "{n} other statements of warrants may be of further ones"
        )),
    };
    let count = chosen.value.normalize();
    match exercise_price(&chosen.note) {
        Exercise::At(price) if price <= PENNY => PennyWarrants {
            shares: Ok(statements.answer_of(chosen)),
            unknown: others,
        },
        Exercise::At(price) => PennyWarrants {
            shares: Err(Missing(format!(
                "{count} warrants at ${} are no penny warrants: left out",
                price.normalize()
            ))),
            unknown: others,
        },
        Exercise::NotSaid => {
            let unknown = format!(
                "without {count} warrants whose price is not stated: write it in the note as “at \
                 $0.01”, or enter them as penny warrants"
            );
            PennyWarrants {
                shares: Err(Missing(unknown.clone())),
                unknown: Some(unknown),
            }
        }
    }
}

fn may_be_penny(figure: &Figure) -> bool {
    match exercise_price(&figure.note) {
        Exercise::At(price) => price <= PENNY,
        Exercise::NotSaid => true,
    }
}
