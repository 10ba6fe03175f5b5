//! One frame (keys, layout and tessellation; no window, no GPU) of the real
//! app's Watchlist: 60 companies, every column there is, 16 lines of ten years
//! of daily closes, 1440×900. Budget: median 2.5 ms, 99th percentile 4 ms, also
//! with the pointer over the plot.

#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]

mod stage;
mod timing;
mod walk;
mod world;

use std::error::Error;

use egui::{Event, Key, Modifiers, pos2};
use stage::{Stage, sweep};
use timing::{Times, machine, ms};

fn main() -> Result<(), Box<dyn Error>> {
    println!("{}", machine());
    let folder = tempfile::tempdir()?;
    stage::prepare(folder.path())?;
    let mut stage = Stage::open(folder.path(), None);
    let first = stage.frame(Vec::new());
    println!("first frame {:.1} ms", ms(first));
    let plot = pos2(600.0, 250.0);
    let table = pos2(600.0, 620.0);
    stage.measure("no pointer", |_| None)?;
    stage.measure("pointer resting over the plot", |frame| {
        (frame == 0).then_some(plot)
    })?;
    stage.measure("pointer moving over the plot", |frame| {
        Some(sweep(plot, frame))
    })?;
    stage.measure("pointer moving over the table", |frame| {
        Some(sweep(table, frame))
    })?;
    edits(&mut stage)?;
    stage.ctx.enable_accesskit();
    stage.measure("with a screen reader, no pointer", |_| None)?;
    Ok(())
}

/// Undo and redo: store, `derive` and the frame that shows it, which must
/// be the frame in which the store answered.
fn edits(stage: &mut Stage) -> Result<(), Box<dyn Error>> {
    let mut times = Vec::new();
    for number in 0..200 {
        let undo = number % 2 == 0;
        let modifiers = if undo {
            Modifiers::COMMAND
        } else {
            Modifiers::COMMAND | Modifiers::SHIFT
        };
        times.push(stage.frame(vec![Event::Key {
            key: Key::Z,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers,
        }]));
        let window = stage.window()?;
        let deal = window.book().deals().next().ok_or("no deal")?;
        if deal.note.is_empty() != undo {
            return Err("the edit is not there after one frame".into());
        }
    }
    let times = Times::new(times);
    println!(
        "{:<34}{}",
        "an edit, saved, derived and shown",
        times.line()
    );
    Ok(())
}
