//! What a hedged value may be, and whether two such ranges meet. Knows nothing
//! of times, subjects or records.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use crate::model::Hedge;

/// "About" reaches so far to both sides, as a fraction of the value.
pub const ABOUT: Decimal = Decimal::from_parts(5, 0, 0, false, 2);
/// Ranges so close together, as a fraction of the larger end, meet.
pub const MEETS: Decimal = Decimal::from_parts(1, 0, 0, false, 2);
/// Who says "more than" a number means one not far above it: a statement of
/// which the bound lacks more than this fraction is of other things.
pub const LOOSE: Decimal = Decimal::from_parts(20, 0, 0, false, 2);

/// A stated value and how firmly it is stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hedged {
    /// The value.
    pub value: Decimal,
    /// How firmly it is stated.
    pub hedge: Hedge,
}

/// How two values stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// They may be the same.
    Agree,
    /// They cannot be the same.
    Apart,
    /// They may, but one is a bound far below the other.
    LooseBound,
}

/// Compares two values with their hedges; the order does not matter.
pub fn fit(a: Hedged, b: Hedged) -> Fit {
    if !meet(bounds(a), bounds(b)) {
        Fit::Apart
    } else if is_loose(a, b) || is_loose(b, a) {
        Fit::LooseBound
    } else {
        Fit::Agree
    }
}

/// The lowest and highest value it may be; none has no end. Exactly the value
/// unless hedged; "about" is 5 % to both sides, "up to" begins at 0 where the
/// value is not negative. A plan is taken at its word.
fn bounds(of: Hedged) -> (Option<Decimal>, Option<Decimal>) {
    let value = of.value;
    match of.hedge {
        Hedge::Exact | Hedge::Planned => (Some(value), Some(value)),
        Hedge::About => {
            let play = value.abs().saturating_mul(ABOUT);
            (
                Some(value.saturating_sub(play)),
                Some(value.saturating_add(play)),
            )
        }
        Hedge::MoreThan => (Some(value), None),
        Hedge::UpTo if value.is_sign_negative() => (None, Some(value)),
        Hedge::UpTo => (Some(Decimal::ZERO), Some(value)),
    }
}

type Bounds = (Option<Decimal>, Option<Decimal>);

fn meet(a: Bounds, b: Bounds) -> bool {
    let reaches = |high: Option<Decimal>, low: Option<Decimal>| match (high, low) {
        (Some(high), Some(low)) => {
            let play = high.abs().max(low.abs()).saturating_mul(MEETS);
            high.saturating_add(play) >= low
        }
        (None, _) | (_, None) => true,
    };
    reaches(a.1, b.0) && reaches(b.1, a.0)
}

fn is_loose(bound: Hedged, other: Hedged) -> bool {
    let speaks_up = match other.hedge {
        Hedge::Exact | Hedge::About | Hedge::MoreThan => true,
        Hedge::UpTo | Hedge::Planned => false,
    };
    let reach = Decimal::ONE.saturating_sub(LOOSE);
    bound.hedge == Hedge::MoreThan
        && speaks_up
        && bound.value.is_sign_positive()
        && bound.value < other.value.saturating_mul(reach)
}

/// How far two values lie apart, as a fraction of the larger: 0 if equal, more
/// than 1 if their signs differ.
pub fn gap(a: Decimal, b: Decimal) -> f64 {
    let most = a.abs().max(b.abs());
    let apart = a.saturating_sub(b).abs().checked_div(most);
    apart.and_then(|apart| apart.to_f64()).unwrap_or(0.0)
}
