//! `derive` for 60 companies, 600 deals, 6,000 figures and ten years of daily
//! closes: what an edit costs before the next frame. Budget: 20 ms.

#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]

mod timing;
mod walk;
mod world;

use std::error::Error;
use std::hint::black_box;
use std::time::{Duration, Instant};

use gigawatch::analytics::as_of::{book_on_past_day, prices_as_of};
use gigawatch::analytics::derive;
use gigawatch::analytics::switches::Switches;
use timing::{Times, machine, ms, verdict};

const BUDGET_MS: f64 = 20.0;
/// For the book, the prices and all that follows on another day.
const DIAL_MS: f64 = 30.0;
const RUNS: i64 = 300;

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
        black_box(derive(
            black_box(book),
            &world.prices,
            world::TODAY,
            Switches::default(),
        ));
        start.elapsed()
    };
    tell(
        "today",
        &Times::new((0..RUNS).map(run).collect()),
        BUDGET_MS,
    );
    // Each turn of the dial goes to another day of the last two years.
    let turn = |step: i64| -> Duration {
        let back = jiff::Span::new().days(2 + 2 * step);
        let day = world::TODAY.saturating_sub(back);
        let start = Instant::now();
        let then = book_on_past_day(black_box(book), day);
        let prices = prices_as_of(&world.prices, day);
        black_box(derive(&then, &prices, day, Switches::default()));
        start.elapsed()
    };
    tell("dial", &Times::new((0..RUNS).map(turn).collect()), DIAL_MS);
    Ok(())
}

fn tell(what: &str, times: &Times, budget: f64) {
    let p99 = ms(times.percentile(99));
    println!(
        "{what}: {}  {} {budget} ms",
        times.line(),
        verdict(p99, budget)
    );
}
