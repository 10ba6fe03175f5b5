//! egui output to pixels on the CPU: pictures in tests, in documents and of
//! charts, with no GPU and no window. It knows egui's meshes and nothing of ours.
//!
//! The same input gives the same bytes on every machine: all shapes are filled
//! by one rule, and nothing depends on time or threads.

mod picture;
mod texture;
mod triangle;

use std::collections::HashMap;

use egui::epaint::{ClippedPrimitive, Primitive};
use egui::{Color32, Context, Pos2, RawInput, Rect, TextureId, TexturesDelta, Ui, Vec2};

pub use picture::{Picture, PictureError};
use texture::Texture;
use triangle::Target;

/// The textures of one egui context, and the means to draw with them.
#[derive(Default)]
pub struct Raster {
    textures: HashMap<TextureId, Texture>,
}

impl Raster {
    /// A rasteriser without textures.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes over what changed in the textures; the delta is empty afterwards.
    pub fn apply(&mut self, delta: &mut TexturesDelta) {
        for (id, patches) in delta.set.drain() {
            for patch in patches {
                match patch.pos {
                    None => {
                        self.textures.insert(id, Texture::new(&patch));
                    }
                    Some(corner) => {
                        if let Some(texture) = self.textures.get_mut(&id) {
                            texture.patch(corner, &patch);
                        }
                    }
                }
            }
        }
        for id in delta.free.drain() {
            self.textures.remove(&id);
        }
    }

    /// Draws tessellated shapes over `background`. Positions are points; the
    /// picture has `width` × `height` pixels. Paint callbacks, which need a GPU,
    /// are left out.
    pub fn draw(
        &self,
        primitives: &[ClippedPrimitive],
        width: u32,
        height: u32,
        pixels_per_point: f32,
        background: Color32,
    ) -> Picture {
        let mut picture = Picture::filled(width, height, background);
        let blank = Texture::white();
        for ClippedPrimitive {
            clip_rect,
            primitive,
        } in primitives
        {
            let Primitive::Mesh(mesh) = primitive else {
                continue;
            };
            let texture = self.textures.get(&mesh.texture_id).unwrap_or(&blank);
            let mut target = Target::new(&mut picture, *clip_rect * pixels_per_point, texture);
            for corners in mesh.indices.chunks_exact(3) {
                if let [a, b, c] = corners
                    && let (Some(a), Some(b), Some(c)) = (
                        mesh.vertices.get(*a as usize),
                        mesh.vertices.get(*b as usize),
                        mesh.vertices.get(*c as usize),
                    )
                {
                    target.triangle([a, b, c], pixels_per_point);
                }
            }
        }
        picture
    }
}

/// Runs `ui` headless for `frames` passes a sixtieth of a second apart, starting
/// at time zero, and draws the last one over the style's panel colour.
///
/// `setup` gets the fresh context first: fonts, styles, theme. `size` is in
/// points. Two passes are enough for most things; what fades in needs more.
pub fn render(
    setup: impl FnOnce(&Context),
    size: Vec2,
    pixels_per_point: f32,
    frames: u32,
    mut ui: impl FnMut(&mut Ui),
) -> Picture {
    let context = Context::default();
    setup(&context);
    let mut raster = Raster::new();
    let mut shapes = Vec::new();
    let mut scale = pixels_per_point;
    for frame in 0..frames.max(1) {
        let mut input = RawInput {
            screen_rect: Some(Rect::from_min_size(
                Pos2::ZERO,
                size / context.zoom_factor(),
            )),
            time: Some(f64::from(frame) / 60.0),
            ..RawInput::default()
        };
        if let Some(viewport) = input.viewports.get_mut(&egui::ViewportId::ROOT) {
            viewport.native_pixels_per_point = Some(pixels_per_point);
        }
        let mut output = context.run_ui(input, &mut ui);
        raster.apply(&mut output.textures_delta);
        shapes = std::mem::take(&mut output.shapes);
        scale = output.pixels_per_point;
    }
    let primitives = context.tessellate(shapes, scale);
    let pixels = (size * pixels_per_point).round();
    let background = context.style_of(context.theme()).visuals.panel_fill;
    raster.draw(
        &primitives,
        pixels.x as u32,
        pixels.y as u32,
        scale,
        background,
    )
}
