//! The real app in a context without a window, over the synthetic book, and the
//! time its frames take: keys, layout and tessellation; nothing is drawn. Budget
//! of a frame: median 2.5 ms, 99th percentile 4 ms.

use std::error::Error;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::{Context, Event, Pos2, RawInput, Rect, vec2};
use gigawatch::app::{App, Network, Start, Window, window};
use gigawatch::model::{Change, Op, Record};
use gigawatch::paths::Paths;
use gigawatch::store::Store;
use gigawatch::ui::Settings;

use crate::timing::{Times, ms, verdict};
use crate::world;

const MEDIAN_MS: f64 = 2.5;
const P99_MS: f64 = 4.0;
const FRAMES: usize = 3_000;
/// Frames before measuring: galleys, glyphs and fades settle.
const WARM_UP: usize = 60;
/// Lines of the chart; Bitcoin is one of them.
const LINES: usize = 16;

/// Fills a folder with the synthetic book, one change to undo, and preferences
/// that put 16 lines on the chart.
pub fn prepare(folder: &Path) -> Result<(), Box<dyn Error>> {
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

/// The time of the synthetic book.
pub fn now() -> Result<jiff::Zoned, jiff::Error> {
    world::TODAY.at(14, 5, 0, 0).in_tz("UTC")
}

/// The app in a context without a window.
pub struct Stage {
    /// The context.
    pub ctx: Context,
    app: App,
    frames: u64,
    vertices: usize,
}

impl Stage {
    /// The app over a prepared folder. With a network its threads are real; else
    /// all work is done at once.
    pub fn open(folder: &Path, network: Option<Network>) -> Self {
        let ctx = Context::default();
        let start = Start {
            paths: Paths::in_one(folder),
            clock: Arc::new(|| now().unwrap_or_else(|_| jiff::Zoned::default())),
            wake: Arc::new(|| {}),
            inline: network.is_none(),
            network,
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
    pub fn frame(&mut self, events: Vec<Event>) -> Duration {
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
    /// The open book.
    pub fn window(&self) -> Result<&Window, Box<dyn Error>> {
        Ok(self.app.window().ok_or("the book is not open")?)
    }

    pub fn measure(
        &mut self,
        name: &str,
        pointer: impl Fn(usize) -> Option<Pos2>,
    ) -> Result<(), Box<dyn Error>> {
        let window = self.window()?;
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
        println!("{} · {} vertices", judged(name, times), self.vertices);
        Ok(())
    }
}

/// Frames against their budget, in a line.
pub fn judged(name: &str, times: Vec<Duration>) -> String {
    let times = Times::new(times);
    let (median, p99) = (ms(times.median()), ms(times.percentile(99)));
    let (median, p99) = (verdict(median, MEDIAN_MS), verdict(p99, P99_MS));
    format!("{name:<34}{}  {median}/{p99}", times.line())
}

/// To and fro, three points a frame, a little up and down.
pub fn sweep(centre: Pos2, frame: usize) -> Pos2 {
    let step = (frame % 400) as f32;
    let across = if step < 200.0 { step } else { 400.0 - step } - 100.0;
    centre + vec2(3.0 * across, 0.2 * across)
}
