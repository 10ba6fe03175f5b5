//! What the documentation says of prices is what the program does: keys,
//! outcomes, providers, commands.

use std::collections::BTreeSet;

use gigawatch::cli::Exit;
use gigawatch::model::instrument::InstrumentKind;
use gigawatch::model::{Outcome, Provider, ProviderGroup};
use serde_json::Value;

use super::TWO_DAYS;
use super::desk::{PriceDesk, SHARE, body};
use crate::fetch_fake::{instrument, yahoo};
use crate::loopback::Loopback;

const CLI: &str = include_str!("../../../docs/cli.md");
const PRICES: &str = include_str!("../../../docs/prices.md");

/// The text from one heading to the next.
fn section<'a>(text: &'a str, heading: &str) -> &'a str {
    let (_, rest) = text.split_once(&format!("\n## {heading}\n")).unwrap();
    rest.split("\n## ").next().unwrap()
}

/// What stands in backticks in the first column of the tables of a text, from
/// the row with that head on.
fn first_column(text: &str, head: &str) -> Vec<String> {
    let rows = text.lines().skip_while(|line| !line.starts_with(head));
    let rows = rows.skip(2).take_while(|line| line.starts_with('|'));
    let cells = rows.filter_map(|line| line.split('|').nth(1));
    let named = cells.flat_map(|cell| cell.split('`').skip(1).step_by(2));
    named.map(str::to_owned).collect()
}

fn keys(object: &Value) -> BTreeSet<String> {
    object.as_object().unwrap().keys().cloned().collect()
}

#[test]
fn the_keys_of_both_commands_are_those_documented() {
    let server = Loopback::routes([(SHARE, vec![body(yahoo("IREN", TWO_DAYS, ""))])]);
    let desk = PriceDesk::new(&server, "2026-11-21T12:00:00Z");
    desk.add(instrument(1, "IREN", InstrumentKind::Stock));
    let updated = desk.update(&[], Exit::Done);
    for (heading, told) in [("prices update", updated), ("prices list", desk.list())] {
        let documented = first_column(section(CLI, heading), "| key |");
        let documented: BTreeSet<String> = documented.into_iter().collect();
        assert_eq!(keys(&told[0]), documented, "{heading}");
        for key in told[0]["attempts"].as_array().into_iter().flatten() {
            for key in keys(key) {
                let text = section(CLI, heading);
                assert!(text.contains(&format!("`{key}`")), "attempts: {key}");
            }
        }
    }
}

#[test]
fn every_outcome_is_documented() {
    let text = section(CLI, "prices update");
    let codes = Outcome::ALL.iter().map(|outcome| outcome.code());
    for code in codes.chain(["locked", "no_provider"]) {
        assert!(text.contains(&format!("`{code}`")), "{code}");
    }
}

#[test]
fn the_documented_providers_are_all_there_are() {
    let all: Vec<&str> = Provider::ALL
        .iter()
        .map(|provider| provider.label())
        .collect();
    let table = section(PRICES, "Who is asked");
    let rows = table
        .lines()
        .skip_while(|line| !line.starts_with("| provider"));
    let rows = rows.skip(2).take_while(|line| line.starts_with('|'));
    let named: BTreeSet<&str> = rows
        .map(|line| line.split('|').nth(1).unwrap().trim())
        .map(|cell| cell.split(" (").next().unwrap())
        .map(|name| name.split(' ').next().unwrap())
        .collect();
    assert_eq!(named, all.iter().copied().collect::<BTreeSet<_>>());
    let codes: Vec<String> = Provider::ALL
        .iter()
        .map(|provider| format!("`{}`", provider.code()))
        .collect();
    assert!(
        CLI.contains(&format!("Names: {}.", codes.join(", "))),
        "{codes:?}"
    );
}

#[test]
fn the_documented_orders_are_the_usual_ones() {
    for group in ProviderGroup::ALL {
        let names: Vec<&str> = group.providers().iter().map(|one| one.label()).collect();
        let line = format!("* {}: {}.", group.label(), names.join(", then "));
        assert!(PRICES.contains(&line), "docs/prices.md lacks “{line}”");
    }
}
