//! The native window around the app.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;

use super::{App, Start};
use crate::ui::icon;

/// Why there is no window.
#[derive(Debug, thiserror::Error)]
pub enum WindowError {
    /// The system gives none.
    #[error(
        "No window can be opened: {0}. Gigawatch needs a display (X11 or Wayland) and a graphics driver (OpenGL); the reports work without: gigawatch report watchlist"
    )]
    NoDisplay(String),
}

/// Opens the window and runs until it is closed.
pub fn run(start: Start, wake: &crate::work::LateWake) -> Result<(), WindowError> {
    let wake = wake.clone();
    let opened = open(start);
    let create: eframe::AppCreator<'_> = Box::new(move |cc| {
        let ctx = cc.egui_ctx.clone();
        wake.set(Arc::new(move || ctx.request_repaint()));
        Ok(Box::new(opened(&cc.egui_ctx)))
    });
    // A missing keyboard library panics inside the window system's crate: that
    // too must end in one plain line.
    let quiet = std::panic::take_hook();
    std::panic::set_hook(Box::new(|info| tracing::error!(%info, "panic")));
    let ended = catch_unwind(AssertUnwindSafe(|| {
        eframe::run_native("gigawatch", options(), create)
    }));
    std::panic::set_hook(quiet);
    match ended {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(WindowError::NoDisplay(plain(&error.to_string()))),
        Err(panic) => {
            let text = panic.downcast_ref::<String>().cloned();
            let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
            Err(WindowError::NoDisplay(plain(
                &text.unwrap_or_else(|| "unknown fault".to_owned()),
            )))
        }
    }
}

/// The size, name and icon of the window.
pub fn options() -> eframe::NativeOptions {
    let mut viewport = egui::ViewportBuilder::default()
        .with_title("Gigawatch")
        .with_app_id("gigawatch")
        .with_inner_size([1440.0, 900.0])
        .with_min_inner_size([900.0, 560.0]);
    if let Some(icon) = icon::app_icon() {
        viewport = viewport.with_icon(Arc::new(icon));
    }
    eframe::NativeOptions {
        viewport,
        // It hides the steps of gradients, of which there are none here, and
        // costs each pixel without a graphics card.
        dithering: false,
        ..Default::default()
    }
}

/// Opens the book on a thread of its own, while the system makes the window:
/// each takes its time and needs nothing of the other. The answer waits for the
/// app and installs its look.
pub fn open(start: Start) -> impl FnOnce(&egui::Context) -> App {
    let thread = std::thread::Builder::new().name("open".to_owned()).spawn({
        let start = start.clone();
        move || App::new(start)
    });
    move |ctx| {
        let mut app = match thread {
            Ok(thread) => thread.join().unwrap_or_else(|panic| resume_unwind(panic)),
            // The system gives no thread: then one after the other.
            Err(_) => App::new(start),
        };
        app.install_look(ctx);
        app
    }
}

/// An app whose look is installed before its first frame.
pub fn create(ctx: &egui::Context, start: Start) -> App {
    let mut app = App::new(start);
    app.install_look(ctx);
    app
}

/// The error in one line, without the source lines that some crates name.
fn plain(text: &str) -> String {
    let words: Vec<_> = text.split_whitespace().collect();
    let said = words.iter().rposition(|word| word.contains(".rs:"));
    let rest = words.get(said.map_or(0, |at| at + 1)..).unwrap_or_default();
    rest.join(" ").trim_end_matches('.').to_owned()
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
        Self::logic(self, ctx);
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        Self::ui(self, ui);
    }
}
