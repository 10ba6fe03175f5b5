//! A starter book whose prices have come: ten years of daily closes of each
//! instrument, and what opening such a book takes without a window.

use std::error::Error;
use std::path::Path;
use std::time::Instant;

use gigawatch::analytics::derive;
use gigawatch::analytics::switches::Switches;
use gigawatch::model::feed::{Extent, Fetched};
use gigawatch::model::{Bar, Provider, Series};
use gigawatch::session;
use jiff::civil::Weekday;
use jiff::{ToSpan as _, Zoned};

use crate::timing::Times;
use crate::walk::Walk;

const RUNS: usize = 30;

/// Makes the book in an empty folder and prints how long opening it takes.
pub fn open(folder: &Path) -> Result<(), Box<dyn Error>> {
    let now = now();
    make(folder, &now)?;
    let (mut opened, mut loaded, mut known, mut derived) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for _ in 0..RUNS {
        let start = Instant::now();
        let session = session::open(folder, now.timestamp())?;
        opened.push(start.elapsed());
        let start = Instant::now();
        session.store.load_prices()?;
        loaded.push(start.elapsed());
        let start = Instant::now();
        session.store.load_feeds(now.timestamp())?;
        known.push(start.elapsed());
        let start = Instant::now();
        derive(
            &session.book,
            &session.prices,
            now.date(),
            Switches::default(),
        );
        derived.push(start.elapsed());
    }
    println!("opening that book           {}", Times::new(opened).line());
    println!("  its prices alone          {}", Times::new(loaded).line());
    println!("  how they came, alone      {}", Times::new(known).line());
    println!("  derive                    {}", Times::new(derived).line());
    Ok(())
}

fn make(folder: &Path, now: &Zoned) -> Result<(), Box<dyn Error>> {
    let mut session = session::open(folder, now.timestamp())?;
    let (mut bars_in_all, mut series_in_all) = (0, 0);
    for (seed, instrument) in session.book.instruments().enumerate() {
        let bars = bars(seed as u64, now)?;
        bars_in_all += bars.len();
        series_in_all += 1;
        let fetched = Fetched {
            instrument: instrument.id,
            provider: Provider::Yahoo,
            at: now.timestamp(),
            bars,
            events: Vec::new(),
            live: None,
            extent: Extent::Everything,
            question: None,
        };
        session.store.put_fetched(&fetched, &[])?;
    }
    println!("a book of {series_in_all} series with {bars_in_all} daily bars:");
    Ok(())
}

/// Ten years of weekdays up to yesterday, all columns filled.
fn bars(seed: u64, now: &Zoned) -> Result<Series, Box<dyn Error>> {
    let mut walk = Walk::new(seed);
    let first = now.date().checked_sub(10.years())?;
    let days = first.series(1.day()).take_while(|day| *day < now.date());
    let weekdays = days.filter(|day| !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday));
    let bar = |day| {
        let close = walk.step();
        Bar {
            adjusted: Some(close * 0.98),
            open: Some(close * 1.01),
            high: Some(close * 1.02),
            low: Some(close * 0.99),
            volume: Some(1_000_000.0),
            ..Bar::close(day, close)
        }
    };
    Ok(Series::new(weekdays.map(bar).collect())?)
}

#[expect(clippy::disallowed_methods, reason = "the clock of a real start")]
fn now() -> Zoned {
    Zoned::now()
}
