//! A child process edits a book by a script and says what is confirmed; it is
//! killed at a random moment. Afterwards the file opens, is sound and holds
//! exactly what was confirmed, or one step more that was not yet said.

use std::env;
use std::io::{BufRead as _, BufReader, Read as _, Write as _, stdout};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::store_script::{Dice, Twin, open, step, take};

const FOLDER: &str = "GIGAWATCH_KILL_FOLDER";
const SEED: &str = "GIGAWATCH_KILL_SEED";
const ROUNDS: u64 = 200;
/// A book lives for some rounds, so that later ones meet an older file.
const ROUNDS_A_BOOK: u64 = 20;

/// Not a test of its own: what the parent starts and kills.
#[test]
fn child() {
    let (Some(folder), Ok(seed)) = (env::var_os(FOLDER), env::var(SEED)) else {
        return;
    };
    let mut dice = Dice(seed.parse().unwrap());
    let mut store = open(&PathBuf::from(folder));
    let mut out = stdout();
    // A parent that is gone reads no lines, and so ends the child.
    for n in 1..u64::MAX {
        take(&mut store, &step(&mut dice));
        if write!(out, "\nconfirmed {n}\n")
            .and_then(|()| out.flush())
            .is_err()
        {
            return;
        }
    }
}

/// Runs a child and kills it; gives how many steps it confirmed.
fn run_and_kill(folder: &Path, seed: u64, dice: &mut Dice) -> u64 {
    let mut child = Command::new(env::current_exe().unwrap())
        .args(["--exact", "kill::child", "--nocapture", "--test-threads=1"])
        .env(FOLDER, folder)
        .env(SEED, seed.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap());
    let mut said = Vec::new();
    // Now and then the child dies before it could say anything.
    let wanted = dice.roll(12);
    let mut heard = 0;
    while heard < wanted {
        let from = said.len();
        assert_ne!(
            lines.read_until(b'\n', &mut said).unwrap(),
            0,
            "the child ended"
        );
        heard += u64::from(said[from..].starts_with(b"confirmed"));
    }
    let pause = Duration::from_micros(dice.roll(if wanted == 0 { 30_000 } else { 3000 }));
    let begin = Instant::now();
    while begin.elapsed() < pause {
        std::hint::spin_loop();
    }
    child.kill().unwrap();
    child.wait().unwrap();
    lines.read_to_end(&mut said).unwrap();
    let said = String::from_utf8(said).unwrap();
    // A last line without its end may have been cut.
    let whole = said.rsplit_once('\n').map_or("", |(whole, _)| whole);
    whole
        .lines()
        .rev()
        .find_map(|line| line.strip_prefix("confirmed "))
        .map_or(0, |n| n.parse().unwrap())
}

#[expect(clippy::print_stderr, reason = "how hard the test was")]
#[test]
fn a_kill_at_any_moment_loses_nothing_confirmed() {
    let mut dice = Dice(20_261_121);
    let mut confirmed = 0;
    let mut ahead = 0;
    // A fetch of days that the user's own prices cover does not show: whether the
    // killed child still made it is seen later, so both twins are kept.
    let (mut folder, mut twins) = (TempDir::new().unwrap(), vec![Twin::new()]);
    for round in 0..ROUNDS {
        if round % ROUNDS_A_BOOK == 0 {
            (folder, twins) = (TempDir::new().unwrap(), vec![Twin::new()]);
        }
        let seed = 1000 + round;
        let steps = run_and_kill(folder.path(), seed, &mut dice);
        let mut script = Dice(seed);
        for _ in 0..steps {
            let step = step(&mut script);
            for twin in &mut twins {
                twin.take(&step);
            }
        }
        let store = open(folder.path());
        assert_eq!(
            store.check().unwrap(),
            Vec::<String>::new(),
            "round {round}"
        );
        // A change may leave the book as it was and yet be in the log.
        let (book, prices) = (store.load_book().unwrap(), store.load_prices().unwrap());
        let labels = (store.undo_label().unwrap(), store.redo_label().unwrap());
        let is_twin = |twin: &Twin| {
            &book == twin.book()
                && prices == twin.prices()
                && labels == (twin.undo_label(), twin.redo_label())
        };
        let next = step(&mut script);
        let with_next = twins.iter().map(|twin| {
            let mut twin = twin.clone();
            twin.take(&next);
            twin
        });
        let with_next: Vec<Twin> = with_next.filter(|twin| is_twin(twin)).collect();
        twins.retain(is_twin);
        ahead += u64::from(twins.is_empty());
        for twin in with_next {
            if !twins.contains(&twin) {
                twins.push(twin);
            }
        }
        assert!(!twins.is_empty(), "round {round}, step {steps}: {next:?}");
        confirmed += steps;
    }
    eprintln!("{ROUNDS} kills, {confirmed} steps confirmed, {ahead} killed before they said so");
    assert!(
        confirmed > ROUNDS,
        "children were killed before they worked"
    );
}
