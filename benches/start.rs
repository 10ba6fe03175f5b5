//! From the start of the process to the first frame on screen, beside a bare
//! eframe window in the same run, also where no provider can be reached or where
//! all of them hang; quitting meanwhile; then ten idle seconds. Budgets: 1.5
//! times the bare window; quitting within a second; idle without frames and
//! without processor time.
//!
//! The bench starts itself again for each window, so both are the same binary
//! with the same libraries. Without a display it starts Xvfb, where there is one.

#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]

mod child;
mod daily;
mod hang;
mod screen;
mod timing;
mod walk;

use std::error::Error;
use std::io::{BufRead as _, BufReader};
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use child::Quit;
use screen::Screen;
use timing::{Times, machine, ms, verdict};

/// How many times a bare window's time the start may take.
const BUDGET: f64 = 1.5;
const RUNS: usize = 15;
const QUIT_MS: f64 = 1_000.0;
/// How long an idle window is watched.
const IDLE: Duration = Duration::from_secs(10);

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let mut arguments = std::env::args().skip(1);
    match (arguments.next().as_deref(), arguments.next()) {
        (Some("empty"), _) => child::bare(false),
        (Some("bare"), _) => child::bare(true),
        (Some("gigawatch"), Some(folder)) => {
            child::show(Path::new(&folder), arguments.next().as_deref(), Quit::Never)
        }
        (Some("quit"), Some(folder)) => {
            child::show(Path::new(&folder), arguments.next().as_deref(), Quit::Soon)
        }
        _ => measure(),
    }
}

fn measure() -> Outcome<()> {
    println!("{}", machine());
    let screen = Screen::find()?;
    let Some(screen) = screen else {
        println!("There is no display and no Xvfb: nothing was measured");
        return Ok(());
    };
    println!("display {}", screen.display);
    let (used, daily) = (tempfile::tempdir()?, tempfile::tempdir()?);
    daily::open(daily.path())?;
    let hanging = hang::port()?.to_string();
    starts(&screen, used.path(), daily.path(), &hanging)?;
    quit(&screen, "quitting, no network", &[used.path()])?;
    let beside = [used.path(), hanging.as_ref()];
    quit(&screen, "quitting, providers hang", &beside)?;
    idle(&screen, "without network", &[used.path()])?;
    idle(&screen, "providers hang", &beside)
}

/// First frames, each beside a bare window.
fn starts(screen: &Screen, used: &Path, daily: &Path, hanging: &str) -> Outcome<()> {
    let closed = closed_port()?.to_string();
    // The first launch reads the binary from disk: not measured.
    for _ in 0..2 {
        first_frame(screen, &["bare".as_ref()])?;
        first_frame(screen, &["gigawatch".as_ref(), used])?;
    }
    let (mut blank, mut bare, mut new) = (Vec::new(), Vec::new(), Vec::new());
    let mut kinds = [
        ("with the starter book", used, None, Vec::new()),
        (
            "nobody can be reached",
            used,
            Some(closed.as_str()),
            Vec::new(),
        ),
        ("all providers hang", used, Some(hanging), Vec::new()),
        ("ten years of daily closes", daily, None, Vec::new()),
    ];
    // In turn, so that all meet the same load.
    for _ in 0..RUNS {
        let empty = tempfile::tempdir()?;
        blank.push(first_frame(screen, &["empty".as_ref()])?);
        bare.push(first_frame(screen, &["bare".as_ref()])?);
        for (_, folder, port, times) in &mut kinds {
            let window = ["gigawatch".as_ref(), *folder];
            let port = port.map(Path::new);
            let arguments: Vec<&Path> = window.into_iter().chain(port).collect();
            times.push(first_frame(screen, &arguments)?);
        }
        new.push(first_frame(screen, &["gigawatch".as_ref(), empty.path()])?);
    }
    let (blank, bare) = (Times::new(blank), Times::new(bare));
    println!("a window without anything   {}", blank.line());
    println!("a bare eframe window        {}", bare.line());
    let kinds = kinds.map(|(name, _, _, times)| (name, times));
    for (name, times) in kinds.into_iter().chain([("the very first start", new)]) {
        let times = Times::new(times);
        let ratio = ms(times.median()) / ms(bare.median());
        println!(
            "{name:<28}{}  {ratio:.2} times bare: {} {BUDGET} ({:.2} times the one without anything)",
            times.line(),
            verdict(ratio, BUDGET),
            ms(times.median()) / ms(blank.median()),
        );
    }
    Ok(())
}

/// A port that nobody listens on.
fn closed_port() -> std::io::Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    Ok(listener.local_addr()?.port())
}

/// From the moment at which a window is told to close until its process has
/// ended.
fn quit(screen: &Screen, name: &str, window: &[&Path]) -> Outcome<()> {
    let mut times = Vec::new();
    for _ in 0..RUNS {
        let arguments: Vec<&Path> = ["quit".as_ref()].iter().chain(window).copied().collect();
        let mut child = screen.child(&arguments)?;
        let lines = BufReader::new(child.stdout.take().ok_or("no output")?).lines();
        let mut lines = lines.map_while(Result::ok);
        lines
            .find(|line| line == "closing")
            .ok_or("the window closed by itself")?;
        let start = Instant::now();
        let ended = child.wait()?;
        times.push(start.elapsed());
        if !ended.success() {
            return Err(format!("the window ended with {ended}").into());
        }
    }
    let times = Times::new(times);
    let longest = verdict(ms(times.percentile(100)), QUIT_MS);
    println!("{name:<28}{}  {longest} {QUIT_MS} ms", times.line());
    Ok(())
}

/// The time from starting a child until it says that its first frame is shown.
fn first_frame(screen: &Screen, arguments: &[&Path]) -> Outcome<Duration> {
    let start = Instant::now();
    let mut child = screen.child(arguments)?;
    let mut lines = BufReader::new(child.stdout.take().ok_or("no output")?).lines();
    let line = lines
        .next()
        .ok_or("the window closed before its first frame")??;
    let time = start.elapsed();
    child.kill()?;
    child.wait()?;
    if line != "frame" {
        return Err(format!("the window said {line}").into());
    }
    Ok(time)
}

/// Frames drawn and processor time used by a window nobody touches.
fn idle(screen: &Screen, name: &str, window: &[&Path]) -> Outcome<()> {
    let arguments: Vec<&Path> = ["gigawatch".as_ref()]
        .iter()
        .chain(window)
        .copied()
        .collect();
    let mut child = screen.child(&arguments)?;
    let frames = Arc::new(AtomicU64::new(0));
    let lines = BufReader::new(child.stdout.take().ok_or("no output")?).lines();
    let counter = {
        let frames = Arc::clone(&frames);
        std::thread::Builder::new()
            .name("count".to_owned())
            .spawn(move || {
                for _ in lines.map_while(Result::ok) {
                    frames.fetch_add(1, Ordering::Relaxed);
                }
            })?
    };
    // Messages of the start go away by themselves within these.
    std::thread::sleep(Duration::from_secs(8));
    let before = (frames.load(Ordering::Relaxed), ticks(child.id())?);
    std::thread::sleep(IDLE);
    let after = (frames.load(Ordering::Relaxed), ticks(child.id())?);
    child.kill()?;
    child.wait()?;
    let ended = counter.join();
    debug_assert!(ended.is_ok(), "counting lines cannot panic");
    println!(
        "idle for {} s, {name}: {} frames, {} ticks of processor time ({} frames before)",
        IDLE.as_secs(),
        after.0 - before.0,
        after.1 - before.1,
        before.0,
    );
    Ok(())
}

/// Processor time of a process and its threads so far, in clock ticks.
fn ticks(process: u32) -> Outcome<u64> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat"))?;
    // The name in brackets may hold spaces; utime and stime are 12th and 13th after it.
    let (_, rest) = stat.rsplit_once(')').ok_or("no process name")?;
    let fields: Vec<&str> = rest.split_whitespace().collect();
    let field = |at: usize| -> Outcome<u64> { Ok(fields.get(at).ok_or("too short")?.parse()?) };
    Ok(field(11)? + field(12)?)
}
