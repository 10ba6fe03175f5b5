//! Interest as people type it: `7.75 %`, `SOFR + 4.75 %`,
//! `SOFR + 475 bps, floor 1 %`.

use super::{Live, Parsed, write};
use crate::model::{debt::Coupon, typed};

/// Reads a fixed rate, or a reference with what is added to it.
pub(super) fn read(text: &str) -> Live {
    let text = text.trim();
    if text.is_empty() {
        return Live::Empty;
    }
    coupon(text).map_or_else(Live::Err, |coupon| Live::Ok(Parsed::Coupon(coupon)))
}

fn coupon(text: &str) -> Result<Coupon, String> {
    let percent = |text: &str| typed::percent(text).map_err(|error| error.to_string());
    let Some((reference, rest)) = text.split_once('+') else {
        return typed::percent(text).map(Coupon::Fixed).map_err(|error| {
            if text.starts_with(char::is_alphabetic) {
                format!("“{text}” is no rate: write 7.75 % or SOFR + 4.75 %")
            } else {
                error.to_string()
            }
        });
    };
    let reference = reference.trim();
    if !reference.contains(char::is_alphabetic) {
        return Err("Write the reference before the plus, such as SOFR + 4.75 %".to_owned());
    }
    let (spread, floor) = match rest.split_once(',') {
        Some((spread, after)) => {
            let after = after.trim();
            let floor = after
                .strip_prefix("floor")
                .or_else(|| after.strip_prefix("Floor"))
                .ok_or("After the comma write the floor, such as “floor 1 %”")?;
            (spread, Some(percent(floor)?))
        }
        None => (rest, None),
    };
    Ok(Coupon::Floating {
        reference: reference.to_owned(),
        spread: percent(spread)?,
        floor,
    })
}

/// The text that is read back as the coupon.
pub(super) fn text(coupon: &Coupon) -> String {
    match coupon {
        Coupon::Fixed(rate) => write::percent(*rate),
        Coupon::Floating {
            reference,
            spread,
            floor,
        } => {
            let floor = floor.map_or_else(String::new, |floor| {
                format!(", floor {}", write::percent(floor))
            });
            format!("{reference} + {}{floor}", write::percent(*spread))
        }
    }
}
