//! The window while prices are fetched: frames beside a provider that hangs,
//! the page of all series, frames in which a series comes, and quitting. The
//! real app with its real threads over 60 companies and ten years of closes.
//! Budgets: a frame as ever; one in which a series comes no longer than a
//! screen of 60 Hz shows it; quitting within a second.

#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]

mod hang;
mod outside;
mod stage;
mod timing;
mod walk;
mod world;

use std::error::Error;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::pos2;
use gigawatch::app::{Network, Window};
use gigawatch::ui::{Action, Command};
use outside::{Answering, Hanging};
use stage::{Stage, judged, sweep};
use timing::{Times, machine, ms, verdict};

/// One frame of a screen of 60 Hz.
const ARRIVAL_MS: f64 = 1_000.0 / 60.0;
const QUIT_MS: f64 = 1_000.0;
const QUITS: usize = 15;
/// How often all series come.
const ROUNDS: usize = 4;
/// Benches give up after this.
const PATIENCE: Duration = Duration::from_mins(2);

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    println!("{}", machine());
    let folder = tempfile::tempdir()?;
    stage::prepare(folder.path())?;
    frames(folder.path())?;
    quit("quitting, no network", folder.path(), None)?;
    let hanging = outside::network(Arc::new(Hanging));
    quit("quitting, a provider hangs", folder.path(), Some(&hanging))?;
    let client = hang::network(hang::port()?)?;
    quit("the same, the real client", folder.path(), Some(&client))?;
    arrivals()
}

/// Frames beside a refresh that hangs, and those of the page of all series.
fn frames(folder: &Path) -> Outcome<()> {
    let plot = pos2(600.0, 250.0);
    let table = pos2(600.0, 450.0);
    let mut stage = Stage::open(folder, Some(outside::network(Arc::new(Hanging))));
    begin(&mut stage)?;
    stage.measure("a provider hangs, no pointer", |_| None)?;
    stage.measure("the same, pointer over the plot", |frame| {
        Some(sweep(plot, frame))
    })?;
    stage.window()?.act(Action::Run(Command::GoData));
    stage.measure("Data page, a provider hangs", |_| None)?;
    stage.measure("the same, pointer over its table", |frame| {
        Some(sweep(table, frame))
    })?;
    if !is_refreshing(stage.window()?) {
        return Err("the refresh did not hang".into());
    }
    Ok(())
}

fn is_refreshing(window: &Window) -> bool {
    let refresh = window.status().refresh.as_ref();
    refresh.is_some_and(|refresh| !refresh.now.is_empty())
}

/// Frames until a provider was asked.
fn begin(stage: &mut Stage) -> Outcome<()> {
    let began = Instant::now();
    while !is_refreshing(stage.window()?) {
        stage.frame(Vec::new());
        if began.elapsed() > PATIENCE {
            return Err("no refresh began".into());
        }
    }
    // The copy of the day and whatever else is done once has its time, too.
    for _ in 0..100 {
        stage.frame(Vec::new());
    }
    Ok(())
}

/// The time it takes to let go of the app: what closing its window waits for.
fn quit(name: &str, folder: &Path, network: Option<&Network>) -> Outcome<()> {
    let mut times = Vec::new();
    for _ in 0..QUITS {
        let mut stage = Stage::open(folder, network.cloned());
        if network.is_some() {
            begin(&mut stage)?;
        }
        let start = Instant::now();
        drop(stage);
        times.push(start.elapsed());
    }
    let times = Times::new(times);
    let longest = ms(times.percentile(100));
    println!(
        "{name:<34}{}  {} {QUIT_MS} ms",
        times.line(),
        verdict(longest, QUIT_MS)
    );
    Ok(())
}

/// All series come, one every few frames, and replace the whole history.
fn arrivals() -> Outcome<()> {
    let (mut between, mut coming) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let folder = tempfile::tempdir()?;
        stage::prepare(folder.path())?;
        let network = outside::network(Arc::new(Answering));
        let mut stage = Stage::open(folder.path(), Some(network));
        let began = Instant::now();
        let mut came = 0;
        stage.frame(Vec::new());
        while came < stage.window()?.book().instruments().count() {
            let time = stage.frame(Vec::new());
            let now = kept(stage.window()?);
            match (came, now) {
                // The first frames prepare all there is.
                (0, 0) => {}
                (before, now) if before == now => between.push(time),
                _ => coming.push(time),
            }
            came = now;
            if began.elapsed() > PATIENCE {
                return Err(format!("only {came} series came").into());
            }
        }
        if let Some(symbol) = not_shown(stage.window()?) {
            return Err(format!("what came of {symbol} is not shown").into());
        }
    }
    println!("{}", judged("while series come", between));
    let times = Times::new(coming);
    println!(
        "{:<34}{}  {} {ARRIVAL_MS:.1} ms",
        "a series comes and is shown",
        times.line(),
        verdict(ms(times.percentile(99)), ARRIVAL_MS)
    );
    Ok(())
}

/// How many series came, as the window has it.
fn kept(window: &Window) -> usize {
    let feeds = window.feeds().by_instrument.values();
    feeds.filter(|feed| feed.fetched_at.is_some()).count()
}

/// A share of which the watchlist does not show the last close that came.
fn not_shown(window: &Window) -> Option<&str> {
    window.derived().watchlist.iter().find_map(|row| {
        let symbol = row.symbol.as_deref()?;
        let came = outside::closes(symbol).last().copied();
        let shown = row.last.as_ref().ok().map(|last| last.value);
        (shown != came.map(|(day, close)| (close, day))).then_some(symbol)
    })
}
