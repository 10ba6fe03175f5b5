//! A texture in memory and how it is sampled. It knows no mesh.

use egui::epaint::{ImageData, ImageDelta};
use egui::{TextureFilter, TextureWrapMode};

/// Fractions of a texel that sampling distinguishes, as on a GPU: text that lies
/// on the pixel grid stays sharp in spite of rounding.
const STEPS: i64 = 256;

pub(super) struct Texture {
    width: usize,
    height: usize,
    /// Premultiplied RGBA, row by row.
    texels: Vec<[u8; 4]>,
    smooth: bool,
    wrap: TextureWrapMode,
}

impl Texture {
    /// A new texture of the whole image.
    pub(super) fn new(image: &ImageDelta) -> Self {
        let ImageData::Color(pixels) = &image.image;
        Self {
            width: pixels.width(),
            height: pixels.height(),
            texels: pixels.pixels.iter().map(egui::Color32::to_array).collect(),
            smooth: image.options.magnification == TextureFilter::Linear,
            wrap: image.options.wrap_mode,
        }
    }

    /// One white texel, for meshes whose texture is not known.
    pub(super) fn white() -> Self {
        Self {
            width: 1,
            height: 1,
            texels: vec![[255; 4]],
            smooth: false,
            wrap: TextureWrapMode::ClampToEdge,
        }
    }

    /// Replaces the part whose top left corner is `[x, y]`.
    pub(super) fn patch(&mut self, [x, y]: [usize; 2], image: &ImageDelta) {
        let ImageData::Color(pixels) = &image.image;
        if pixels.width() == 0 {
            return;
        }
        for (row, source) in pixels.pixels.chunks_exact(pixels.width()).enumerate() {
            let start = (y + row) * self.width + x;
            let Some(target) = self.texels.get_mut(start..start + source.len()) else {
                debug_assert!(false, "a patch lies outside its texture");
                return;
            };
            for (texel, pixel) in target.iter_mut().zip(source) {
                *texel = pixel.to_array();
            }
        }
    }

    /// The texel that all untextured shapes use: `WHITE_UV` is the origin.
    pub(super) fn first(&self) -> [u8; 4] {
        self.texels.first().copied().unwrap_or([255; 4])
    }

    /// The colour at texture coordinates 0 to 1.
    pub(super) fn sample(&self, u: f32, v: f32) -> [u8; 4] {
        if !self.smooth {
            let x = (u * self.width as f32).floor() as i64;
            let y = (v * self.height as f32).floor() as i64;
            return self.texel(x, y);
        }
        let x = ((u * self.width as f32 - 0.5) * STEPS as f32).round() as i64;
        let y = ((v * self.height as f32 - 0.5) * STEPS as f32).round() as i64;
        let (left, fx) = (x.div_euclid(STEPS), x.rem_euclid(STEPS));
        let (top, fy) = (y.div_euclid(STEPS), y.rem_euclid(STEPS));
        if fx == 0 && fy == 0 {
            return self.texel(left, top);
        }
        let upper = mix(self.texel(left, top), self.texel(left + 1, top), fx);
        let lower = mix(self.texel(left, top + 1), self.texel(left + 1, top + 1), fx);
        mix(upper, lower, fy)
    }

    fn texel(&self, x: i64, y: i64) -> [u8; 4] {
        let x = wrapped(x, self.width, self.wrap);
        let y = wrapped(y, self.height, self.wrap);
        self.texels
            .get(y * self.width + x)
            .copied()
            .unwrap_or([0; 4])
    }
}

/// An index brought back into `0..size`.
fn wrapped(index: i64, size: usize, mode: TextureWrapMode) -> usize {
    let period = i64::try_from(size.max(1)).unwrap_or(i64::MAX);
    let last = period - 1;
    let inside = match mode {
        TextureWrapMode::ClampToEdge => index.clamp(0, last),
        TextureWrapMode::Repeat => index.rem_euclid(period),
        TextureWrapMode::MirroredRepeat => {
            let folded = index.rem_euclid(2 * period);
            folded.min(2 * period - 1 - folded)
        }
    };
    inside as usize
}

fn mix(a: [u8; 4], b: [u8; 4], part: i64) -> [u8; 4] {
    let ([ar, ag, ab, aa], [br, bg, bb, ba]) = (a, b);
    let channel = |a: u8, b: u8| {
        ((i64::from(a) * (STEPS - part) + i64::from(b) * part + STEPS / 2) / STEPS) as u8
    };
    [
        channel(ar, br),
        channel(ag, bg),
        channel(ab, bb),
        channel(aa, ba),
    ]
}
