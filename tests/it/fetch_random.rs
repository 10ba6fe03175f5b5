//! Random and damaged bodies at every provider: nothing panics, and what is
//! read is always bars in order of days with prices that are prices.

use std::path::Path;

use gigawatch::fetch::number::narrow;
use gigawatch::fetch::{Ask, parse};
use gigawatch::model::Provider;
use gigawatch::model::instrument::InstrumentKind;
use jiff::civil::date;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::fetch_quotes::{ask, ask_from, assert_sound};

/// What takes the place of a number.
const ODD: &[&str] = &[
    "null",
    "0",
    "-1",
    "-0",
    "1e400",
    "1e308",
    "5e-324",
    "1e-40",
    "99999999999999999999999999999999",
    "9223372036854775807",
    "-9223372036854775808",
    "253402300800",
    "0.1",
    "\"x\"",
    "\"\"",
    "\"-5\"",
    "\"inf\"",
    "\"NaN\"",
    "true",
    "[]",
    "{}",
];

fn bodies() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/fetch");
    let entries = std::fs::read_dir(folder).unwrap();
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
        .iter()
        .map(|path| std::fs::read(path).unwrap())
        .collect()
}

/// Reads a body at every provider and in several ways of asking.
fn read_everywhere(body: &[u8]) {
    let asks: [Ask; 5] = [
        ask("MINE", InstrumentKind::Stock),
        ask("BTC-USD", InstrumentKind::Crypto),
        ask("USD:inverse", InstrumentKind::Fx),
        ask("USD", InstrumentKind::Fx),
        ask_from("XBTUSD", InstrumentKind::Crypto, date(2026, 10, 28)),
    ];
    for provider in Provider::ALL {
        for ask in &asks {
            if let Ok(quotes) = parse(*provider, body, ask) {
                assert_sound(&quotes, ask);
            }
        }
    }
}

/// Where the numbers of a text stand, those within quotes as well.
fn numbers(text: &str) -> Vec<(usize, usize)> {
    let is_part = |c: char| c.is_ascii_digit() || "+-.eE".contains(c);
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match start {
            None if c.is_ascii_digit() || c == '-' => start = Some(at),
            Some(begin) if !is_part(c) => {
                found.push((begin, at));
                start = None;
            }
            None | Some(_) => {}
        }
    }
    found
}

#[test]
fn golden_bodies_are_sound_at_every_provider() {
    for body in bodies() {
        read_everywhere(&body);
    }
}

/// A body that breaks off is never taken for a shorter one, CSV excepted: there
/// only the transport can tell.
#[test]
fn a_body_that_breaks_off_is_refused() {
    for body in bodies() {
        if !body.starts_with(b"{") && !body.starts_with(b"[") {
            continue;
        }
        for end in 0..body.len() {
            for provider in Provider::ALL {
                let read = parse(*provider, &body[..end], &ask("MINE", InstrumentKind::Stock));
                assert!(read.is_err(), "{provider:?} took {end} bytes");
            }
        }
    }
}

/// A number as the JSON reader leads to it is the one written, so that a widened
/// float is known exactly and nothing near it is taken for one.
#[test]
fn a_widened_float_is_known_exactly() {
    assert_eq!(narrow(11.630900382995605), 11.6309);
    assert_eq!(narrow(11.630900382995607), 11.630900382995607);
    assert_eq!(narrow(11.6309004), 11.6309004);
}

proptest! {
    #[test]
    fn random_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        read_everywhere(&bytes);
    }

    #[test]
    fn random_texts(text in "[\\[{]?[\\[\\]{}\",:0-9a-z.\\-\n ]{0,120}") {
        read_everywhere(text.as_bytes());
    }

    #[test]
    fn changed_bytes(
        body in select(bodies()),
        changes in proptest::collection::vec((any::<Index>(), any::<u8>()), 1..6),
        cut in proptest::option::of(any::<Index>()),
    ) {
        let mut body = body;
        for (at, byte) in changes {
            let at = at.index(body.len());
            body[at] = byte;
        }
        if let Some(cut) = cut {
            body.truncate(cut.index(body.len()));
        }
        read_everywhere(&body);
    }

    #[test]
    fn changed_numbers(
        body in select(bodies()),
        changes in proptest::collection::vec((any::<Index>(), select(ODD)), 1..4),
    ) {
        let mut text = String::from_utf8(body).unwrap();
        for (which, odd) in changes {
            let numbers = numbers(&text);
            if numbers.is_empty() {
                break;
            }
            let (start, end) = numbers[which.index(numbers.len())];
            let quoted = text[..start].ends_with('"');
            let odd = if quoted { odd.trim_matches('"') } else { odd };
            text.replace_range(start..end, odd);
        }
        read_everywhere(text.as_bytes());
    }

    /// A price with at most fifteen digits comes through as it is written.
    #[test]
    fn prices_come_through_as_written(digits in 1_i64..999_999_999_999_999, places in 0_u32..9) {
        let price = rust_decimal::Decimal::new(digits, places);
        let exact: f64 = price.to_string().parse().unwrap();
        let body = format!("[[1793318400,{price},{price},{price},{price},1.5]]");
        let quotes = parse(
            Provider::Coinbase,
            body.as_bytes(),
            &ask("BTC-USD", InstrumentKind::Crypto),
        );
        prop_assert_eq!(quotes.unwrap().bars[0].close, exact);
    }

    /// A price of at most six digits survives being kept in 32 bits.
    #[test]
    fn widened_floats_come_back(units in 1_u32..1_000_000, places in 0_u32..5) {
        let price = rust_decimal::Decimal::new(i64::from(units), places);
        let exact: f64 = price.to_string().parse().unwrap();
        let widened = f64::from(exact as f32);
        let body = format!(
            "{{\"chart\":{{\"result\":[{{\"meta\":{{}},\"timestamp\":[1793367000],\
             \"indicators\":{{\"quote\":[{{\"close\":[{widened}]}}]}}}}]}}}}"
        );
        let quotes = parse(
            Provider::Yahoo,
            body.as_bytes(),
            &ask("MINE", InstrumentKind::Stock),
        );
        prop_assert_eq!(quotes.unwrap().bars[0].close, exact);
    }
}
