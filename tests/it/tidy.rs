//! Rules of the house that the compiler does not check: which module may use
//! which, headers, lengths, words that must not be there.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// What each module may use of our own. A `use` of anything else is a fault of
/// the design, not of the test.
const ARROWS: &[(&str, &[&str])] = &[
    ("model", &["model"]),
    ("analytics", &["model", "analytics"]),
    ("store", &["model", "store"]),
    ("exchange", &["model", "analytics", "exchange"]),
    ("fetch", &["model", "fetch"]),
    ("secrets", &["model", "secrets"]),
    (
        "refresh",
        &["model", "analytics", "fetch", "store", "refresh"],
    ),
    ("work", &["work"]),
    ("paths", &["paths"]),
    ("raster", &["raster"]),
    ("session", &["model", "store", "exchange", "session"]),
    ("ui", &["model", "analytics", "exchange", "ui"]),
    (
        "app",
        &[
            "model",
            "analytics",
            "store",
            "exchange",
            "fetch",
            "secrets",
            "refresh",
            "session",
            "paths",
            "work",
            "ui",
            "app",
        ],
    ),
    (
        "cli",
        &[
            "model",
            "analytics",
            "store",
            "exchange",
            "fetch",
            "secrets",
            "refresh",
            "session",
            "paths",
            "cli",
        ],
    ),
];

/// Words that a module must not have: what it knows nothing of.
const ABSENCES: &[(&str, &[&str])] = &[
    (
        "model",
        &[
            "egui",
            "rusqlite",
            "std::fs",
            "std::env",
            "std::net",
            "std::time",
        ],
    ),
    (
        "analytics",
        &[
            "egui",
            "rusqlite",
            "std::fs",
            "std::env",
            "std::net",
            "std::time",
        ],
    ),
    (
        "exchange",
        &["egui", "rusqlite", "std::fs", "std::env", "std::net"],
    ),
    ("fetch", &["egui", "rusqlite", "std::fs", "std::env"]),
    ("secrets", &["egui", "rusqlite", "std::fs", "std::env"]),
    (
        "ui",
        &[
            "rusqlite",
            "std::fs",
            "std::net",
            "std::thread",
            "&mut Book",
        ],
    ),
    ("work", &["egui", "rusqlite"]),
    ("cli", &["egui", "rusqlite"]),
    ("session", &["egui", "rusqlite"]),
    (
        "refresh",
        &["egui", "rusqlite", "std::fs", "std::env", "std::net"],
    ),
];

/// Crates that only one place may use, so that it can be seen whole what goes
/// over the network and where keys are.
const ONLY_IN: &[(&str, &str)] = &[("reqwest", "src/fetch/"), ("keyring", "src/secrets.rs")];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn files_below(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            files_below(&path, found);
        } else {
            found.push(path);
        }
    }
}

fn rust_files(folders: &[&str]) -> Vec<(String, String)> {
    let mut paths = Vec::new();
    for folder in folders {
        files_below(&root().join(folder), &mut paths);
    }
    paths.sort();
    let rust = paths
        .into_iter()
        .filter(|path| path.extension().is_some_and(|end| end == "rs"));
    rust.map(|path| {
        let name = path
            .strip_prefix(root())
            .unwrap()
            .to_string_lossy()
            .replace('\\', "/");
        (name, fs::read_to_string(&path).unwrap())
    })
    .collect()
}

/// The module of `src/NAME/…` or `src/NAME.rs`.
fn module_of(name: &str) -> Option<&str> {
    let inner = name.strip_prefix("src/")?;
    Some(
        inner
            .split_once('/')
            .map_or_else(|| inner.trim_end_matches(".rs"), |(module, _)| module),
    )
}

/// Names that follow `crate::`, also within braces at the top.
fn uses(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    for (at, _) in text.match_indices("crate::") {
        let rest = &text[at + "crate::".len()..];
        let inner = rest
            .strip_prefix('{')
            .and_then(|rest| rest.split_once('}'))
            .map(|(inner, _)| inner);
        for part in inner
            .unwrap_or(rest)
            .split(',')
            .take(if inner.is_some() { 99 } else { 1 })
        {
            let name: String = part
                .trim()
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect();
            names.push(name);
        }
    }
    names
}

#[test]
fn arrows_point_one_way() {
    let mut wrong = Vec::new();
    for (name, text) in rust_files(&["src"]) {
        let Some((_, allowed)) =
            module_of(&name).and_then(|m| ARROWS.iter().find(|(known, _)| *known == m))
        else {
            assert!(
                ["src/lib.rs", "src/main.rs"].contains(&name.as_str()),
                "{name} is in no module of the map"
            );
            continue;
        };
        for used in uses(&text) {
            if ARROWS.iter().any(|(known, _)| *known == used) && !allowed.contains(&used.as_str()) {
                wrong.push(format!("{name} uses crate::{used}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_map_shows_these_arrows() {
    let map = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let all = || ARROWS.iter().map(|(module, _)| *module);
    let mut drawn = BTreeMap::new();
    for line in map.lines() {
        let Some((module, uses)) = line.split_once(" -> ") else {
            continue;
        };
        let named = |text: &str| text.split(", ").map(str::to_owned).collect::<Vec<_>>();
        let mut uses: BTreeSet<String> = match uses.strip_prefix("everything but ") {
            Some(others) => {
                let others = named(others);
                let used = all().filter(|known| !others.iter().any(|other| other == known));
                used.map(str::to_owned).collect()
            }
            None if uses == "nothing of ours" => BTreeSet::new(),
            None => named(uses).into_iter().collect(),
        };
        uses.insert(module.trim().to_owned());
        drawn.insert(module.trim().to_owned(), uses);
    }
    let allowed = ARROWS.iter().map(|(module, uses)| {
        let uses = uses.iter().map(|used| (*used).to_owned()).collect();
        ((*module).to_owned(), uses)
    });
    assert_eq!(drawn, allowed.collect());
}

#[test]
fn modules_know_nothing_of_what_is_not_theirs() {
    let mut wrong = Vec::new();
    for (name, text) in rust_files(&["src"]) {
        for (_, words) in ABSENCES
            .iter()
            .filter(|(module, _)| module_of(&name) == Some(module))
        {
            let code: String = text
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"))
                .collect::<Vec<_>>()
                .join("\n");
            for word in words.iter().filter(|word| code.contains(**word)) {
                wrong.push(format!("{name} knows {word}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_network_and_the_keyring_are_used_in_one_place_each() {
    let mut wrong = Vec::new();
    for (name, text) in rust_files(&["src", "benches"]) {
        for (word, place) in ONLY_IN.iter().filter(|(_, place)| !name.starts_with(place)) {
            let (path, import) = (format!("{word}::"), format!("use {word}"));
            let is_code = |line: &&str| !line.trim_start().starts_with("//");
            let mut code = text.lines().filter(is_code);
            if code.any(|line| line.contains(&path) || line.contains(&import)) {
                wrong.push(format!("{name} uses {word}, which belongs into {place}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_says_what_it_is_and_stays_short() {
    let mut wrong = Vec::new();
    for (name, text) in rust_files(&["src", "tests", "benches"]) {
        if !text.starts_with("//!") {
            wrong.push(format!("{name} does not begin with //!"));
        }
        let lines = text.lines().count();
        if lines > 500 {
            wrong.push(format!("{name} has {lines} lines, at most 500"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn money_never_comes_from_a_float_and_nothing_is_left_to_do() {
    let mut wrong = Vec::new();
    // Split, so that this file does not find itself.
    let words = [
        concat!("Decimal::try_", "from("),
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("#[ig", "nore"),
    ];
    for (name, text) in rust_files(&["src", "tests", "benches"]) {
        for word in words.iter().filter(|word| text.contains(**word)) {
            wrong.push(format!("{name} has {word}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_dependency_has_a_reason() {
    let text = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let mut inside = false;
    let mut before = "";
    let mut wrong = Vec::new();
    for line in text.lines() {
        if line.starts_with('[') {
            inside = line.ends_with("dependencies]");
        } else if inside && line.contains('=') && !line.starts_with('#') && !before.starts_with('#')
        {
            wrong.push(line.to_owned());
        }
        before = line;
    }
    assert!(
        wrong.is_empty(),
        "no reason stands above: {}",
        wrong.join("; ")
    );
}

#[test]
fn nothing_committed_is_large() {
    let mut paths = Vec::new();
    for folder in ["src", "tests", "benches", "data", "docs", "assets"] {
        files_below(&root().join(folder), &mut paths);
    }
    let large: Vec<_> = paths
        .iter()
        .filter(|path| path.metadata().is_ok_and(|meta| meta.len() > 500_000))
        .collect();
    assert!(large.is_empty(), "larger than 500 kB: {large:?}");
}
