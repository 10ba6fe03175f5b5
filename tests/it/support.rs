//! What several features' tests share: a context dressed like the window, and a
//! renderer for pictures without a GPU. No test lives here.

use std::collections::BTreeMap;

use egui::{Context, FullOutput, TexturesDelta};
use egui_kittest::{HarnessBuilder, TestRenderer};
use gigawatch::raster::Raster;
use gigawatch::ui::theme::{Scheme, ThemeChoice, install};

/// Draws kittest's pictures with the project's rasteriser.
#[derive(Default)]
pub struct CpuRenderer {
    raster: Raster,
}

impl TestRenderer for CpuRenderer {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        self.raster.apply(delta);
    }

    fn render(&mut self, ctx: &Context, output: &FullOutput) -> Result<image::RgbaImage, String> {
        let scale = ctx.pixels_per_point();
        let size = (ctx.content_rect().size() * scale).round();
        let primitives = ctx.tessellate(output.shapes.clone(), scale);
        let background = ctx.style_of(ctx.theme()).visuals.panel_fill;
        let picture =
            self.raster
                .draw(&primitives, size.x as u32, size.y as u32, scale, background);
        image::RgbaImage::from_raw(picture.width, picture.height, picture.rgba)
            .ok_or_else(|| "the picture has fewer bytes than pixels".to_owned())
    }
}

/// Dresses a context like the window at normal text size.
pub fn dress(dark: bool) -> impl FnOnce(&Context) + 'static {
    let choice = if dark {
        ThemeChoice::Dark
    } else {
        ThemeChoice::Light
    };
    move |ctx| install(ctx, choice, Scheme::GreenRed, 1.0)
}

/// A harness builder with the window's look and pictures drawn on the CPU.
pub fn harness<State>(width: f32, height: f32, dark: bool) -> HarnessBuilder<State> {
    let theme = if dark {
        egui::Theme::Dark
    } else {
        egui::Theme::Light
    };
    HarnessBuilder::default()
        .with_size([width, height])
        // kittest sets its own theme after the set-up.
        .with_theme(theme)
        .with_context_setup(dress(dark))
        .with_render_cursor(false)
        .renderer(CpuRenderer::default())
}

/// A book whose prices were never asked for.
pub static NO_FEEDS: std::sync::LazyLock<gigawatch::model::Feeds> =
    std::sync::LazyLock::new(gigawatch::model::Feeds::default);

/// The time of every frame that tests draw by hand.
pub static NOW: std::sync::LazyLock<jiff::Zoned> =
    std::sync::LazyLock::new(|| "2026-11-21T14:05:00+00:00[UTC]".parse().unwrap());

/// No series compared with any calendar.
pub static NO_COVERAGE: BTreeMap<
    gigawatch::model::InstrumentId,
    gigawatch::analytics::freshness::Coverage,
> = BTreeMap::new();
