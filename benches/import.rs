//! Import of a price file with 1,000,000 rows: read, parse and store in one
//! transaction, as `gigawatch import prices` does. In the same run SQLite's own
//! shell imports the same file into a plain table of a new file. Budget: 3 times
//! the shell's time.
//!
//! One file holds one instrument, so its days run from the year 1 to 2738.

#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]

mod timing;
mod walk;

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use gigawatch::exchange::price_csv::{Options, parse};
use gigawatch::exchange::price_import::{Request, plan};
use gigawatch::model::{Book, Day, InstrumentId};
use gigawatch::store::{PriceBatch, Store};
use jiff::{Timestamp, ToSpan as _};
use timing::{Times, machine, ms, verdict};
use uuid::Uuid;

const ROWS: usize = 1_000_000;
const RUNS: usize = 5;
/// How many times the shell's time an import may take.
const BUDGET: f64 = 3.0;

fn main() -> Result<(), Box<dyn Error>> {
    println!("{}", machine());
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("QA.csv");
    std::fs::write(&file, rows()?)?;
    println!(
        "{ROWS} rows of seven columns, {:.1} MB",
        std::fs::metadata(&file)?.len() as f64 / 1e6
    );
    let (mut ours, mut parsed, mut theirs) = (Vec::new(), Vec::new(), Vec::new());
    // In turn, so that both meet the same load.
    for run in 0..RUNS {
        let data = folder.path().join(format!("book {run}"));
        let (parse, all) = import(&file, &data)?;
        parsed.push(parse);
        ours.push(all);
        std::fs::remove_dir_all(&data)?;
        if let Some(time) = shell_import(&file, &folder.path().join(format!("{run}.sqlite")))? {
            theirs.push(time);
        }
    }
    let shell_is_here = !theirs.is_empty();
    let (parsed, ours, theirs) = (Times::new(parsed), Times::new(ours), Times::new(theirs));
    println!("read and parse   {}", parsed.line());
    println!("the whole import {}", ours.line());
    if shell_is_here {
        let ratio = ms(ours.median()) / ms(theirs.median());
        println!("sqlite3 .import  {}", theirs.line());
        println!(
            "{ratio:.2} times the shell's time: {} {BUDGET}",
            verdict(ratio, BUDGET)
        );
    } else {
        println!("sqlite3 is not here: nothing to compare with");
    }
    Ok(())
}

/// The file, as Yahoo Finance writes them.
fn rows() -> Result<String, Box<dyn Error>> {
    let mut walk = walk::Walk::new(1);
    let mut text = "Date,Open,High,Low,Close,Adj Close,Volume\n".to_owned();
    let mut open = 20.0_f64;
    for (number, day) in Day::constant(1, 1, 1)
        .series(1.day())
        .take(ROWS)
        .enumerate()
    {
        let close = walk.step();
        let (low, high) = (open.min(close) * 0.99, open.max(close) * 1.01);
        let volume = 1_000_000 + number * 7 % 900_000;
        writeln!(
            text,
            "{day},{open:.6},{high:.6},{low:.6},{close:.6},{close:.6},{volume}"
        )?;
        open = close;
    }
    Ok(text)
}

/// Imports the file into a new book; the time until its rows were parsed, and
/// until they were on disk.
fn import(file: &Path, data: &Path) -> Result<(Duration, Duration), Box<dyn Error>> {
    let now = Timestamp::UNIX_EPOCH;
    let mut store = Store::open(data, now)?.store;
    let start = Instant::now();
    let bytes = std::fs::read(file)?;
    let price_file = parse(&bytes, &Options::default())?;
    let parsed = start.elapsed();
    if price_file.good.len() != ROWS {
        return Err(format!("only {} rows were read", price_file.good.len()).into());
    }
    let request = Request {
        symbol: "QA",
        bars: &price_file.good,
        file_name: "QA.csv",
        keep_stored: false,
    };
    let new_id = InstrumentId(Uuid::from_u128(1));
    let plan = plan(&Book::default(), None, &request, new_id)?;
    let batch = PriceBatch {
        instrument: plan.prices.instrument,
        provider: plan.prices.provider.to_owned(),
        file: Some(plan.prices.file),
        bars: plan.prices.bars,
    };
    store
        .apply(&plan.change, &[batch], now)?
        .ok_or("nothing was stored")?;
    let all = start.elapsed();
    let stored = store.load_series("QA")?.map_or(0, |series| series.len());
    if stored != ROWS {
        return Err(format!("only {stored} rows were stored").into());
    }
    Ok((parsed, all))
}

/// The shell's time for the same file, none where there is no shell.
fn shell_import(file: &Path, database: &Path) -> Result<Option<Duration>, Box<dyn Error>> {
    let start = Instant::now();
    let ran = Command::new("sqlite3")
        .arg(database)
        .arg(
            "CREATE TABLE price (day TEXT PRIMARY KEY, open REAL, high REAL, low REAL, \
             close REAL, adjusted REAL, volume REAL)",
        )
        .arg(format!(
            ".import --csv --skip 1 \"{}\" price",
            file.display()
        ))
        .output();
    let time = start.elapsed();
    let output = match ran {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        ran => ran?,
    };
    let count = Command::new("sqlite3")
        .arg(database)
        .arg("SELECT count(*) FROM price")
        .output()?;
    if String::from_utf8_lossy(&count.stdout).trim() != ROWS.to_string() {
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        return Err(format!("sqlite3 did not import the file: {said}").into());
    }
    Ok(Some(time))
}
