//! Bodies recorded from real services, where they are at hand: each gives the
//! bars or the error that `tests/golden/fetch_recorded.txt` says. They are not
//! part of this repository.

#![expect(clippy::print_stdout, reason = "a test that was skipped must say so")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use gigawatch::fetch::{BodyError, Quotes, parse};
use gigawatch::model::Provider;
use gigawatch::model::instrument::InstrumentKind;

use crate::fetch_quotes::{ask, assert_sound, summary};

/// A line `== provider wrapping symbol kind file`, and what is read below it.
const EXPECTED: &str = include_str!("../golden/fetch_recorded.txt");

/// How a body lies in its file.
#[derive(Clone, Copy)]
enum Wrapped {
    /// It is the file.
    Bare,
    /// As `response.bodyJson` of a JSON file.
    BodyJson,
    /// As the last `string:` of a YAML file.
    Yaml,
    /// Below three lines about the request.
    Below,
}

/// Services that are not asked: their bodies are no prices of any that is.
const FOREIGN: &[(&str, Wrapped)] = &[
    (
        "crypto/coingecko_401_error_10012_2024-04-20.json",
        Wrapped::Bare,
    ),
    (
        "crypto/coingecko_vcr_daily_historical_prices_for_one_coin.yml",
        Wrapped::Yaml,
    ),
    (
        "crypto/coingecko_vcr_ohlc_data_for_one_coin_in_the_last_7_days.yml",
        Wrapped::Yaml,
    ),
    ("crypto/jkorf_binance_spot_GetKlines.txt", Wrapped::Below),
    ("crypto/jkorf_coingecko_GetMarketChart.txt", Wrapped::Below),
    ("crypto/jkorf_coingecko_GetOhlc.txt", Wrapped::Below),
    ("crypto/pricehist_coinmarketcap_recent.json", Wrapped::Bare),
];

/// A recorded body and what it must give.
struct Case {
    head: &'static str,
    provider: Provider,
    wrapped: Wrapped,
    symbol: &'static str,
    kind: InstrumentKind,
    file: &'static str,
    expected: &'static str,
}

fn cases() -> Vec<Case> {
    let parts = EXPECTED.split("== ").skip(1);
    let case = |part: &'static str| {
        let (head, expected) = part.split_once('\n').unwrap();
        let words: Vec<&str> = head.splitn(5, ' ').collect();
        Case {
            head,
            provider: Provider::from_code(words[0]).unwrap(),
            wrapped: match words[1] {
                "bare" => Wrapped::Bare,
                "body-json" => Wrapped::BodyJson,
                "yaml" => Wrapped::Yaml,
                "below" => Wrapped::Below,
                other => panic!("{other} is no wrapping"),
            },
            symbol: words[2],
            kind: InstrumentKind::from_code(words[3]).unwrap(),
            file: words[4],
            expected,
        }
    };
    parts.map(case).collect()
}

fn root() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/wire");
    if root.is_dir() {
        return Some(root);
    }
    println!("skipped: ../shared is not here");
    None
}

fn body(root: &Path, file: &str, wrapped: Wrapped) -> Vec<u8> {
    let bytes = std::fs::read(root.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
    let text = String::from_utf8(bytes).unwrap();
    let body = match wrapped {
        Wrapped::Bare => text,
        Wrapped::BodyJson => {
            let (_, rest) = text.split_once("\"bodyJson\":").unwrap();
            braced(rest.trim_start()).to_owned()
        }
        Wrapped::Yaml => yaml_string(&text),
        Wrapped::Below => text.splitn(4, '\n').last().unwrap().to_owned(),
    };
    body.into_bytes()
}

/// The JSON object at the start of a text, digit for digit.
fn braced(text: &str) -> &str {
    let (mut depth, mut quoted, mut escaped) = (0, false, false);
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '{' if !quoted => depth += 1,
            '}' if !quoted => {
                depth -= 1;
                if depth == 0 {
                    return &text[..=at];
                }
            }
            _ => {}
        }
    }
    panic!("no end of the object");
}

/// The last quoted `string:` of a YAML text. A line break within it is a space,
/// two are one break.
fn yaml_string(text: &str) -> String {
    let (_, rest) = text.rsplit_once("string: ").unwrap();
    let quote = rest.chars().next().unwrap();
    let rest = rest[1..].replace("''", "\u{0}");
    let (inner, _) = rest.split_once(quote).unwrap();
    let mut unfolded = String::new();
    for line in inner.lines() {
        let line = line.trim_start();
        if line.is_empty() {
            unfolded.push('\n');
        } else {
            if !unfolded.is_empty() && !unfolded.ends_with('\n') {
                unfolded.push(' ');
            }
            unfolded.push_str(line);
        }
    }
    unfolded.replace('\u{0}', "'")
}

/// The summary, of a long series only the ends and the count.
fn shortened(mut read: Result<Quotes, BodyError>) -> String {
    let mut count = String::new();
    if let Ok(quotes) = &mut read
        && quotes.bars.len() > 4
    {
        count = format!("{} bars\n", quotes.bars.len());
        let last = quotes.bars.pop().unwrap();
        quotes.bars.truncate(1);
        quotes.bars.push(last);
    }
    count + &summary(&read)
}

#[test]
fn recorded_bodies_give_what_they_should() {
    let Some(root) = root() else { return };
    let mut wrong = String::new();
    for case in cases() {
        let ask = ask(case.symbol, case.kind);
        let bytes = body(&root, case.file, case.wrapped);
        let read = parse(case.provider, &bytes, &ask);
        if let Ok(quotes) = &read {
            assert_sound(quotes, &ask);
        }
        let found = shortened(read);
        if found != case.expected {
            write!(wrong, "== {}\n{found}", case.head).unwrap();
        }
    }
    assert!(wrong.is_empty(), "read otherwise than expected:\n{wrong}");
}

#[test]
fn bodies_of_other_services_give_no_bars() {
    let Some(root) = root() else { return };
    for (file, wrapped) in FOREIGN {
        let bytes = body(&root, file, *wrapped);
        for provider in Provider::ALL {
            let read = parse(*provider, &bytes, &ask("BTC-USD", InstrumentKind::Crypto));
            assert!(read.is_err(), "{file} at {provider:?}: {}", summary(&read));
        }
    }
}

#[test]
fn every_recorded_body_is_named() {
    let Some(root) = root() else { return };
    let cases = cases();
    let named = cases.iter().map(|case| case.file);
    let named = named.chain(FOREIGN.iter().map(|(file, _)| *file));
    let named: BTreeSet<String> = named.map(str::to_owned).collect();
    let mut found = BTreeSet::new();
    let mut folders = ["yahoo", "nasdaq", "tiingo", "crypto"]
        .map(|name| root.join(name))
        .to_vec();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(&root).unwrap().to_string_lossy();
                found.insert(name.replace('\\', "/"));
            }
        }
    }
    assert_eq!(named, found);
}
