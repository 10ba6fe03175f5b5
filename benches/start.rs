//! From the start of the process to the first frame on screen, beside a bare
//! eframe window in the same run; then ten idle seconds. Budget: 1.5 times the
//! bare window; idle without frames and without processor time.
//!
//! The bench starts itself again for each window, so both are the same binary
//! with the same libraries. Without a display it starts Xvfb, where there is one.

#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]

mod timing;

use std::error::Error;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use gigawatch::app::{App, Start, window};
use gigawatch::paths::Paths;
use gigawatch::work::LateWake;
use timing::{Times, machine, ms, verdict};

/// How many times a bare window's time the start may take.
const BUDGET: f64 = 1.5;
const RUNS: usize = 15;
/// How long an idle window is watched.
const IDLE: Duration = Duration::from_secs(10);

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let mut arguments = std::env::args().skip(1);
    match (arguments.next().as_deref(), arguments.next()) {
        (Some("empty"), _) => bare(false),
        (Some("bare"), _) => bare(true),
        (Some("gigawatch"), Some(folder)) => show(Path::new(&folder)),
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
    let used = tempfile::tempdir()?;
    // The first launch reads the binary from disk: not measured.
    for _ in 0..2 {
        first_frame(&screen, &["bare".as_ref()])?;
        first_frame(&screen, &["gigawatch".as_ref(), used.path()])?;
    }
    let (mut blank, mut bare) = (Vec::new(), Vec::new());
    let (mut later, mut new) = (Vec::new(), Vec::new());
    // In turn, so that all meet the same load.
    for _ in 0..RUNS {
        let empty = tempfile::tempdir()?;
        blank.push(first_frame(&screen, &["empty".as_ref()])?);
        bare.push(first_frame(&screen, &["bare".as_ref()])?);
        later.push(first_frame(&screen, &["gigawatch".as_ref(), used.path()])?);
        new.push(first_frame(&screen, &["gigawatch".as_ref(), empty.path()])?);
    }
    let (blank, bare) = (Times::new(blank), Times::new(bare));
    println!("a window without anything   {}", blank.line());
    println!("a bare eframe window        {}", bare.line());
    for (name, times) in [
        ("with the starter book", later),
        ("the very first start", new),
    ] {
        let times = Times::new(times);
        let ratio = ms(times.median()) / ms(bare.median());
        println!(
            "{name:<28}{}  {ratio:.2} times bare: {} {BUDGET} ({:.2} times the one without anything)",
            times.line(),
            verdict(ratio, BUDGET),
            ms(times.median()) / ms(blank.median()),
        );
    }
    idle(&screen, used.path())
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
fn idle(screen: &Screen, folder: &Path) -> Outcome<()> {
    let mut child = screen.child(&["gigawatch".as_ref(), folder])?;
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
        "idle for {} s: {} frames, {} ticks of processor time ({} frames before)",
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

/// Where windows appear.
struct Screen {
    display: String,
    server: Option<Child>,
}

impl Screen {
    /// The user's display, else an Xvfb of our own, else none.
    fn find() -> Outcome<Option<Self>> {
        if let Ok(display) = std::env::var("DISPLAY") {
            return Ok(Some(Self {
                display,
                server: None,
            }));
        }
        // Without -noreset it starts anew when the last window closes, and ours
        // open and close in turn.
        let spawned = Command::new("Xvfb")
            .args([
                "-noreset",
                "-displayfd",
                "1",
                "-screen",
                "0",
                "1600x1000x24",
            ])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn();
        let mut server = match spawned {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            spawned => spawned?,
        };
        let mut number = String::new();
        BufReader::new(server.stdout.take().ok_or("no output")?).read_line(&mut number)?;
        Ok(Some(Self {
            display: format!(":{}", number.trim()),
            server: Some(server),
        }))
    }

    fn child(&self, arguments: &[&Path]) -> Outcome<Child> {
        let child = Command::new(std::env::current_exe()?)
            .args(arguments)
            .env("DISPLAY", &self.display)
            .env_remove("WAYLAND_DISPLAY")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        Ok(child)
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        if let Some(server) = &mut self.server {
            // It ends with us; if it is gone already there is nothing to do.
            drop(server.kill());
            drop(server.wait());
        }
    }
}

/// A window that writes a line for each frame from the second on: by then the
/// first has been handed to the screen.
struct Reporting<A> {
    inner: A,
    told: u64,
}

impl<A> Reporting<A> {
    const fn new(inner: A) -> Self {
        Self { inner, told: 0 }
    }

    fn tell(&mut self, ctx: &egui::Context) {
        let frame = ctx.cumulative_frame_nr();
        if frame == 0 {
            ctx.request_repaint();
        }
        // A frame may be laid out twice; it counts once.
        if frame > self.told {
            self.told = frame;
            let mut out = std::io::stdout();
            let told = writeln!(out, "frame").and_then(|()| out.flush());
            if told.is_err() {
                ctx.send_viewport_cmd(egui::ViewportCommand::Close);
            }
        }
    }
}

impl eframe::App for Reporting<App> {
    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
        self.inner.logic(ctx);
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        self.tell(ui.ctx());
        self.inner.ui(ui);
    }
}

/// One line of text, or nothing at all.
struct Bare {
    text: bool,
}

impl eframe::App for Reporting<Bare> {
    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        self.tell(ui.ctx());
        if self.inner.text {
            ui.label("Hello");
        }
    }
}

/// Opens a bare window of Gigawatch's size. Without a text it loads no font and
/// draws no triangle, which no real window can do without.
fn bare(text: bool) -> Outcome<()> {
    let options = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default().with_inner_size([1440.0, 900.0]),
        ..eframe::NativeOptions::default()
    };
    let create: eframe::AppCreator<'_> =
        Box::new(move |_| Ok(Box::new(Reporting::new(Bare { text }))));
    eframe::run_native("bare", options, create)?;
    Ok(())
}

/// Opens Gigawatch over a folder, as `window::run` does.
fn show(folder: &Path) -> Outcome<()> {
    let wake = LateWake::default();
    let start = Start {
        paths: Paths::in_one(folder),
        clock: Arc::new(now),
        wake: wake.hook(),
        inline: false,
        network: None,
    };
    let opened = window::open(start);
    let create: eframe::AppCreator<'_> = Box::new(move |cc| {
        let ctx = cc.egui_ctx.clone();
        wake.set(Arc::new(move || ctx.request_repaint()));
        Ok(Box::new(Reporting::new(opened(&cc.egui_ctx))))
    });
    eframe::run_native("gigawatch", window::options(), create)?;
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "the clock of a real start")]
fn now() -> jiff::Zoned {
    jiff::Zoned::now()
}
