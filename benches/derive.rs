//! `derive` for 60 companies, 600 deals, 6,000 figures and ten years of daily
//! closes: what an edit costs before the next frame. Budget: 20 ms.

#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]

mod timing;
mod walk;
mod world;

use std::error::Error;
use std::hint::black_box;
use std::time::{Duration, Instant};

use gigawatch::analytics::derive;
use timing::{Times, machine, ms, verdict};

const BUDGET_MS: f64 = 20.0;
const RUNS: usize = 300;

fn main() -> Result<(), Box<dyn Error>> {
    let world = world::build()?;
    let book = &world.book;
    println!("{}", machine());
    println!(
        "derive: {} companies, {} deals, {} figures, {} debts, {} closes",
        book.companies().count(),
        book.deals().count(),
        book.figures().count(),
        book.debts().count(),
        world
            .prices
            .by_symbol
            .values()
            .map(gigawatch::model::Series::len)
            .sum::<usize>(),
    );
    let run = |_| -> Duration {
        let start = Instant::now();
        black_box(derive(black_box(book), &world.prices, world::TODAY));
        start.elapsed()
    };
    let times = Times::new((0..RUNS).map(run).collect());
    let p99 = ms(times.percentile(99));
    println!(
        "{}  {} {BUDGET_MS} ms",
        times.line(),
        verdict(p99, BUDGET_MS)
    );
    Ok(())
}
