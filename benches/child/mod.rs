//! The windows that the bench of starting starts as processes of their own:
//! Gigawatch's, and bare ones to compare with. Each tells of its frames in lines.

use std::error::Error;
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;

use gigawatch::app::{App, Network, Start, Window, window};
use gigawatch::paths::Paths;
use gigawatch::work::LateWake;

use crate::hang;

type Outcome<T> = Result<T, Box<dyn Error>>;

/// A window that writes a line for each frame from the second on: by then the
/// first has been handed to the screen.
struct Reporting<A> {
    inner: A,
    told: u64,
    quit: Quit,
}

/// Whether a window closes by itself.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Quit {
    /// It is closed from outside.
    Never,
    /// As soon as it stands and, if it has a network, a provider is asked; it
    /// says so in a line.
    Soon,
    /// It has said so.
    Said,
}

/// A window that stands has been drawn so often.
const STANDS: u64 = 10;

impl<A> Reporting<A> {
    const fn new(inner: A, quit: Quit) -> Self {
        Self {
            inner,
            told: 0,
            quit,
        }
    }

    fn tell(&mut self, ctx: &egui::Context) {
        let frame = ctx.cumulative_frame_nr();
        if frame == 0 {
            ctx.request_repaint();
        }
        // A frame may be laid out twice; it counts once.
        if frame > self.told {
            self.told = frame;
            say("frame", ctx);
        }
    }
}

/// Writes a line; a window whose lines nobody reads is of no use.
fn say(line: &str, ctx: &egui::Context) {
    let mut out = std::io::stdout();
    let said = writeln!(out, "{line}").and_then(|()| out.flush());
    if said.is_err() {
        ctx.send_viewport_cmd(egui::ViewportCommand::Close);
    }
}

impl Reporting<App> {
    /// Closes the window once it is time.
    fn quit(&mut self, ctx: &egui::Context) {
        if self.quit != Quit::Soon {
            return;
        }
        let status = self.inner.window().map(Window::status);
        let is_asked = status.is_some_and(|status| {
            let refresh = status.refresh.as_ref();
            status.offline.is_some() || refresh.is_some_and(|refresh| !refresh.now.is_empty())
        });
        if self.told < STANDS || !is_asked {
            ctx.request_repaint();
            return;
        }
        self.quit = Quit::Said;
        say("closing", ctx);
        ctx.send_viewport_cmd(egui::ViewportCommand::Close);
    }
}

impl eframe::App for Reporting<App> {
    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
        self.inner.logic(ctx);
        self.quit(ctx);
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
pub fn bare(text: bool) -> Outcome<()> {
    let options = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default().with_inner_size([1440.0, 900.0]),
        ..eframe::NativeOptions::default()
    };
    let create: eframe::AppCreator<'_> =
        Box::new(move |_| Ok(Box::new(Reporting::new(Bare { text }, Quit::Never))));
    eframe::run_native("bare", options, create)?;
    Ok(())
}

/// Opens Gigawatch over a folder, as `window::run` does. With a port every
/// provider is there, else there is no network.
pub fn show(folder: &Path, port: Option<&str>, quit: Quit) -> Outcome<()> {
    let wake = LateWake::default();
    let start = Start {
        paths: Paths::in_one(folder),
        clock: Arc::new(now),
        wake: wake.hook(),
        inline: false,
        network: port.map(network).transpose()?,
    };
    let opened = window::open(start);
    let create: eframe::AppCreator<'_> = Box::new(move |cc| {
        let ctx = cc.egui_ctx.clone();
        wake.set(Arc::new(move || ctx.request_repaint()));
        Ok(Box::new(Reporting::new(opened(&cc.egui_ctx), quit)))
    });
    eframe::run_native("gigawatch", window::options(), create)?;
    Ok(())
}

fn network(port: &str) -> Outcome<Network> {
    Ok(hang::network(port.parse()?)?)
}

#[expect(clippy::disallowed_methods, reason = "the clock of a real start")]
fn now() -> jiff::Zoned {
    jiff::Zoned::now()
}
