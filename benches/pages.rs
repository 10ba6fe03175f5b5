//! One frame of each page of the ledger over the synthetic book (keys, layout
//! and tessellation; no window, no GPU), and a turn of the dial or a switch from
//! the key press to the screen that shows it. Budgets: Sector 2 ms, the others
//! median 2.5 ms and 99th percentile 4 ms; a turn 30 ms.

#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]

mod stage;
mod timing;
mod world;

use std::error::Error;

use egui::pos2;
use gigawatch::analytics::switches::ValueBasis;
use gigawatch::ui::{Action, Command};
use jiff::ToSpan as _;
use stage::{Stage, sweep};
use timing::{Times, machine, ms, verdict};

/// To the new screen after the dial or a switch was turned.
const TURN_MS: f64 = 30.0;
/// Turns measured on each page.
const TURNS: i64 = 120;

const PAGES: [(&str, Command); 7] = [
    ("Watchlist", Command::GoWatchlist),
    ("Company", Command::GoCompany),
    ("Deals", Command::GoDeals),
    ("Debt", Command::GoDebt),
    ("Calendar", Command::GoCalendar),
    ("Sector", Command::GoSector),
    ("Conflicts", Command::GoConflicts),
];

fn main() -> Result<(), Box<dyn Error>> {
    println!("{}", machine());
    let folder = tempfile::tempdir()?;
    stage::prepare(folder.path())?;
    let mut stage = Stage::open(folder.path(), None);
    let middle = pos2(700.0, 500.0);
    for (name, page) in PAGES {
        stage.window()?.act(Action::Run(page));
        let first = stage.frame(Vec::new());
        stage.measure(name, |_| None)?;
        stage.measure(&format!("{name}, pointer moving"), |frame| {
            Some(sweep(middle, frame))
        })?;
        println!("{name}: first frame {:.1} ms", ms(first));
    }
    for (name, page) in PAGES {
        stage.window()?.act(Action::Run(page));
        stage.frame(Vec::new());
        turns(&mut stage, name)?;
    }
    Ok(())
}

/// Turns the dial back day by day, then flips a switch to and fro: each time the
/// frames until the screen shows it.
fn turns(stage: &mut Stage, name: &str) -> Result<(), Box<dyn Error>> {
    let mut dial = Vec::new();
    for step in 1..=TURNS {
        let day = world::TODAY.saturating_sub((5 * step).days());
        stage.window()?.act(Action::SetAsOf(Some(day)));
        dial.push(stage.frame(Vec::new()));
    }
    stage.window()?.act(Action::SetAsOf(None));
    stage.frame(Vec::new());
    let mut switch = Vec::new();
    for step in 0..TURNS {
        let mut settings = stage.window()?.settings().clone();
        settings.switches.value = if step % 2 == 0 {
            ValueBasis::WithOptions
        } else {
            ValueBasis::Base
        };
        stage.window()?.act(Action::Set(Box::new(settings)));
        switch.push(stage.frame(Vec::new()));
    }
    for (what, times) in [("dial", dial), ("switch", switch)] {
        let times = Times::new(times);
        let p99 = verdict(ms(times.percentile(99)), TURN_MS);
        println!("{:<34}{}  {p99}", format!("{name}: {what}"), times.line());
    }
    Ok(())
}
