//! What a text finds among companies and commands: a function of the context,
//! without drawing.

use crate::model::{Company, CompanyId};
use crate::ui::{Command, Cx};

/// What an entry leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// The Watchlist with this company selected.
    Company(CompanyId),
    /// This command.
    Command(Command),
}

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Symbol of a company, text of a command.
    pub text: String,
    /// Name of a company, hint of a command.
    pub quiet: String,
    /// What it leads to.
    pub target: Target,
}

/// What the text finds, best first: all commands for an empty one. A match at
/// the start beats one inside, and one inside beats letters found in order.
pub fn entries(cx: &Cx<'_>, text: &str) -> Vec<Entry> {
    let wanted = text.trim().to_lowercase();
    let mut ranked: Vec<(u8, Entry)> = commands(cx)
        .filter_map(|entry| {
            let names = [entry.text.as_str(), entry.quiet.as_str()];
            Some((rank(&wanted, &names)?, entry))
        })
        .collect();
    if !wanted.is_empty() {
        let companies = companies(cx)
            .filter_map(|(names, entry)| Some((rank(&wanted, &names)?, entry)))
            .collect::<Vec<_>>();
        ranked.splice(0..0, companies);
    }
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().map(|(_, entry)| entry).collect()
}

fn commands<'a>(cx: &'a Cx<'_>) -> impl Iterator<Item = Entry> + 'a {
    // Only one of the two can be done at a time.
    let impossible = match cx.status.refresh {
        Some(_) => Command::RefreshPrices,
        None => Command::CancelRefresh,
    };
    let listed = Command::ALL
        .iter()
        .filter(move |command| ![Command::Palette, impossible].contains(command));
    listed.filter_map(|command| {
        let history = [
            (Command::Undo, &cx.status.undo),
            (Command::Redo, &cx.status.redo),
        ];
        let history = history.into_iter().find(|(of, _)| of == command);
        let text = match history {
            Some((_, None)) => return None,
            Some((_, Some(what))) => format!("{}: {what}", command.text()),
            None => command.text().to_owned(),
        };
        Some(Entry {
            text,
            quiet: command.hint().to_owned(),
            target: Target::Command(*command),
        })
    })
}

/// The companies in the order of the watchlist, each with all its names.
fn companies<'a>(cx: &'a Cx<'_>) -> impl Iterator<Item = (Vec<&'a str>, Entry)> + 'a {
    let mut companies: Vec<&Company> = cx.book.companies().collect();
    companies.sort_by_key(|company| company.watch_order);
    companies.into_iter().map(|company| {
        let instrument = company.instrument.and_then(|id| cx.book.instrument(id));
        let symbol = instrument.map_or("", |instrument| instrument.symbol.as_str());
        let former = instrument.map_or(&[][..], |instrument| &instrument.former_symbols);
        let names = [symbol, &company.name]
            .into_iter()
            .chain(former.iter().map(String::as_str))
            .chain(company.former_names.iter().map(String::as_str))
            .collect();
        let entry = Entry {
            text: symbol.to_owned(),
            quiet: company.name.clone(),
            target: Target::Company(company.id),
        };
        (names, entry)
    })
}

/// How well the names fit, least is best; `None` if they do not. `wanted` is in
/// lower case. The first name counts most: scattered letters count there alone.
fn rank(wanted: &str, names: &[&str]) -> Option<u8> {
    let names: Vec<String> = names.iter().map(|name| name.to_lowercase()).collect();
    let any = |fits: &dyn Fn(&str) -> bool| names.iter().any(|name| fits(name));
    let first = names.first().map(String::as_str).unwrap_or_default();
    let words = |name: &str| wanted.split_whitespace().all(|word| name.contains(word));
    if first == wanted {
        Some(0)
    } else if first.starts_with(wanted) {
        Some(1)
    } else if any(&|name| name.starts_with(wanted)) {
        Some(2)
    } else if first.split(' ').any(|word| word.starts_with(wanted)) {
        Some(3)
    } else if any(&words) {
        Some(4)
    } else if in_order(wanted, first) {
        Some(5)
    } else {
        None
    }
}

/// Whether the letters of `wanted` occur in `name` in that order.
fn in_order(wanted: &str, name: &str) -> bool {
    let mut letters = name.chars();
    let mut wanted = wanted.chars().filter(|letter| !letter.is_whitespace());
    wanted.all(|letter| letters.any(|other| other == letter))
}
