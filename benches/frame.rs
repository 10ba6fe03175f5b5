//! One frame (keys, layout and tessellation; no window, no GPU) of the real
//! app's Watchlist: 60 companies, every column there is, 16 lines of ten years
//! of daily closes, 1440×900. Budget: median 2.5 ms, 99th percentile 4 ms, also
//! with the pointer over the plot.

#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]

mod timing;
mod walk;
mod world;

use std::error::Error;
use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::{Context, Event, Key, Modifiers, Pos2, RawInput, Rect, pos2, vec2};
use gigawatch::app::{App, Start, window};
use gigawatch::model::{Change, Op, Record};
use gigawatch::paths::Paths;
use gigawatch::store::Store;
use gigawatch::ui::Settings;
use timing::{Times, machine, ms, verdict};

const MEDIAN_MS: f64 = 2.5;
const P99_MS: f64 = 4.0;
const FRAMES: usize = 3_000;
/// Frames before measuring: galleys, glyphs and fades settle.
const WARM_UP: usize = 60;
/// Lines of the chart; Bitcoin is one of them.
const LINES: usize = 16;

fn main() -> Result<(), Box<dyn Error>> {
    println!("{}", machine());
    let folder = tempfile::tempdir()?;
    prepare(folder.path())?;
    let mut bench = Bench::open(folder.path());
    let first = bench.frame(Vec::new());
    println!("first frame {:.1} ms", ms(first));
    let plot = pos2(600.0, 250.0);
    let table = pos2(600.0, 620.0);
    bench.measure("no pointer", |_| None)?;
    bench.measure("pointer resting over the plot", |frame| {
        (frame == 0).then_some(plot)
    })?;
    bench.measure("pointer moving over the plot", |frame| {
        Some(sweep(plot, frame))
    })?;
    bench.measure("pointer moving over the table", |frame| {
        Some(sweep(table, frame))
    })?;
    bench.edits()?;
    bench.ctx.enable_accesskit();
    bench.measure("with a screen reader, no pointer", |_| None)?;
    Ok(())
}

/// To and fro, three points a frame, a little up and down.
fn sweep(centre: Pos2, frame: usize) -> Pos2 {
    let step = (frame % 400) as f32;
    let across = if step < 200.0 { step } else { 400.0 - step } - 100.0;
    centre + vec2(3.0 * across, 0.2 * across)
}

/// Fills a folder with the synthetic book, one change to undo, and preferences
/// that put 16 lines on the chart.
fn prepare(folder: &std::path::Path) -> Result<(), Box<dyn Error>> {
    let world = world::build()?;
    let now = now()?.timestamp();
    let mut store = Store::open(folder, now)?.store;
    let prices: Vec<_> = world.prices.by_symbol.into_iter().collect();
    store.seed(&world.book, &prices, "synthetic book", now)?;
    let mut deal = world.book.deals().next().cloned().ok_or("no deal")?;
    "edited".clone_into(&mut deal.note);
    let change = Change::new("edit a deal", vec![Op::put(Record::Deal(deal))]);
    store.apply(&change, &[], now)?;
    // Bitcoin and the companies before these stay on.
    let companies = (LINES - 1..world::COMPANIES).map(world::symbol);
    let benchmarks = ["SMH", "NVDA"].map(str::to_owned);
    let settings = Settings {
        lines_off: companies.chain(benchmarks).collect(),
        chart_range: "max".to_owned(),
        ..Settings::default()
    };
    let path = Paths::in_one(folder).settings_file();
    std::fs::write(path, toml::to_string(&settings)?)?;
    Ok(())
}

fn now() -> Result<jiff::Zoned, jiff::Error> {
    world::TODAY.at(14, 5, 0, 0).in_tz("UTC")
}

/// The app in a context without a window.
struct Bench {
    ctx: Context,
    app: App,
    frames: u64,
    vertices: usize,
}

impl Bench {
    fn open(folder: &std::path::Path) -> Self {
        let ctx = Context::default();
        let start = Start {
            paths: Paths::in_one(folder),
            clock: Arc::new(|| now().unwrap_or_else(|_| jiff::Zoned::default())),
            wake: Arc::new(|| {}),
            inline: true,
            network: None,
        };
        let app = window::create(&ctx, start);
        Self {
            ctx,
            app,
            frames: 0,
            vertices: 0,
        }
    }

    /// One frame with these events, and its time.
    fn frame(&mut self, events: Vec<Event>) -> Duration {
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(1440.0, 900.0))),
            time: Some(self.frames as f64 / 60.0),
            focused: true,
            events,
            ..RawInput::default()
        };
        self.frames += 1;
        let start = Instant::now();
        let app = &mut self.app;
        let mut output = self.ctx.run_ui(input, |ui| {
            app.logic(ui.ctx());
            app.ui(ui);
        });
        let shapes = std::mem::take(&mut output.shapes);
        let meshes = self.ctx.tessellate(shapes, output.pixels_per_point);
        let time = start.elapsed();
        self.vertices = meshes
            .iter()
            .map(|mesh| match &mesh.primitive {
                egui::epaint::Primitive::Mesh(mesh) => mesh.vertices.len(),
                egui::epaint::Primitive::Callback(_) => 0,
            })
            .sum();
        time
    }

    /// Measures frames; `pointer` says where it moves to before each.
    fn measure(
        &mut self,
        name: &str,
        pointer: impl Fn(usize) -> Option<Pos2>,
    ) -> Result<(), Box<dyn Error>> {
        let window = self.app.window().ok_or("the book did not open")?;
        if window.derived().watchlist.len() != world::COMPANIES {
            return Err("the book is not the synthetic one".into());
        }
        let mut times = Vec::with_capacity(FRAMES);
        self.frame(vec![Event::PointerGone]);
        for number in 0..WARM_UP + FRAMES {
            let events = pointer(number).map(Event::PointerMoved);
            let time = self.frame(events.into_iter().collect());
            if number >= WARM_UP {
                times.push(time);
            }
        }
        let times = Times::new(times);
        let (median, p99) = (ms(times.median()), ms(times.percentile(99)));
        println!(
            "{name:<34}{}  {}/{} · {} vertices",
            times.line(),
            verdict(median, MEDIAN_MS),
            verdict(p99, P99_MS),
            self.vertices,
        );
        Ok(())
    }

    /// Undo and redo: store, `derive` and the frame that shows it, which must
    /// be the frame in which the store answered.
    fn edits(&mut self) -> Result<(), Box<dyn Error>> {
        let mut times = Vec::new();
        for number in 0..200 {
            let undo = number % 2 == 0;
            let modifiers = if undo {
                Modifiers::COMMAND
            } else {
                Modifiers::COMMAND | Modifiers::SHIFT
            };
            times.push(self.frame(vec![Event::Key {
                key: Key::Z,
                physical_key: None,
                pressed: true,
                repeat: false,
                modifiers,
            }]));
            let window = self.app.window().ok_or("the book is not open")?;
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
}
