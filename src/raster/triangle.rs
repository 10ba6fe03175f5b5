//! Filling one triangle. A pixel is inside if its centre is; a centre on an edge
//! belongs to the triangle right of or below it, so neighbours neither overlap
//! nor gap (the top-left rule of GPUs).
//!
//! Rows are filled as spans, and spans of one opaque colour by copying memory:
//! a debug build fills a window in a tenth of a second.

use egui::Rect;
use egui::epaint::Vertex;

use super::picture::Picture;
use super::texture::Texture;

/// A picture being drawn on, one clip rectangle and one texture at a time.
pub(super) struct Target<'a> {
    picture: &'a mut Picture,
    texture: &'a Texture,
    /// Pixels that may be touched: columns and rows, ends excluded.
    columns: (i64, i64),
    rows: (i64, i64),
}

/// Colour (four channels) and texture coordinates along a row.
#[derive(Clone, Copy)]
struct Values {
    colour: [f32; 4],
    uv: [f32; 2],
}

/// `Values` as a plane over the picture: at an origin, and a step in x and y.
struct Plane {
    origin: (f64, f64),
    start: Values,
    step_x: Values,
    step_y: Values,
}

impl<'a> Target<'a> {
    /// Draws on `picture` inside `clip`, which is in pixels.
    pub(super) fn new(picture: &'a mut Picture, clip: Rect, texture: &'a Texture) -> Self {
        let (width, height) = (i64::from(picture.width), i64::from(picture.height));
        let bound = |low: f32, high: f32, size: i64| {
            let low = (low.round() as i64).clamp(0, size);
            (low, (high.round() as i64).clamp(low, size))
        };
        Self {
            columns: bound(clip.min.x, clip.max.x, width),
            rows: bound(clip.min.y, clip.max.y, height),
            picture,
            texture,
        }
    }

    /// Fills one triangle whose corners are in points.
    pub(super) fn triangle(&mut self, corners: [&Vertex; 3], pixels_per_point: f32) {
        let scale = f64::from(pixels_per_point);
        let at = corners.map(|corner| {
            (
                f64::from(corner.pos.x) * scale,
                f64::from(corner.pos.y) * scale,
            )
        });
        let [a, b, c] = at;
        let low = a.1.min(b.1).min(c.1);
        let high = a.1.max(b.1).max(c.1);
        let first = ((low - 0.5).ceil() as i64).max(self.rows.0);
        let end = ((high - 0.5).ceil() as i64).min(self.rows.1);
        if first >= end {
            return;
        }
        let solid = self.solid(corners);
        let plane = if solid.is_some() {
            None
        } else {
            Plane::through(at, corners)
        };
        for row in first..end {
            let Some((left, right)) = self.span(at, row) else {
                continue;
            };
            match (solid, &plane) {
                (Some(colour), _) => self.fill(row, left, right, colour),
                (None, Some(plane)) => self.shade(row, left, right, plane),
                (None, None) => {}
            }
        }
    }

    /// The one colour of a triangle that neither shades nor shows a texture.
    fn solid(&self, [a, b, c]: [&Vertex; 3]) -> Option<[u8; 4]> {
        let plain = a.color == b.color
            && b.color == c.color
            && a.uv == egui::epaint::WHITE_UV
            && a.uv == b.uv
            && b.uv == c.uv;
        plain.then(|| multiply(a.color.to_array(), self.texture.first()))
    }

    /// The columns of a row whose centres lie inside, end excluded.
    fn span(&self, [a, b, c]: [(f64, f64); 3], row: i64) -> Option<(i64, i64)> {
        let y = row as f64 + 0.5;
        let mut left = f64::INFINITY;
        let mut right = f64::NEG_INFINITY;
        for (p, q) in [(a, b), (b, c), (c, a)] {
            // From top to bottom, so that both triangles at an edge compute the
            // same crossing to the last bit.
            let (p, q) = if p.1 <= q.1 { (p, q) } else { (q, p) };
            if p.1 <= y && y < q.1 {
                let x = p.0 + (y - p.1) / (q.1 - p.1) * (q.0 - p.0);
                left = left.min(x);
                right = right.max(x);
            }
        }
        let first = ((left - 0.5).ceil() as i64).max(self.columns.0);
        let end = ((right - 0.5).ceil() as i64).min(self.columns.1);
        (first < end).then_some((first, end))
    }

    fn bytes(&mut self, row: i64, left: i64, right: i64) -> &mut [u8] {
        let start = row * i64::from(self.picture.width);
        let range = ((start + left) * 4) as usize..((start + right) * 4) as usize;
        debug_assert!(range.end <= self.picture.rgba.len(), "clipped before");
        self.picture.rgba.get_mut(range).unwrap_or_default()
    }

    fn fill(&mut self, row: i64, left: i64, right: i64, colour: [u8; 4]) {
        let bytes = self.bytes(row, left, right);
        match colour {
            [0, 0, 0, 0] => {}
            [.., 255] => copy_colour(bytes, colour),
            [..] => {
                for pixel in bytes.chunks_exact_mut(4) {
                    blend(pixel, colour);
                }
            }
        }
    }

    fn shade(&mut self, row: i64, left: i64, right: i64, plane: &Plane) {
        let texture = self.texture;
        let textured = plane.textured();
        let white = texture.first();
        let mut values = plane.at(left as f64 + 0.5, row as f64 + 0.5);
        for pixel in self.bytes(row, left, right).chunks_exact_mut(4) {
            let texel = if textured {
                let [u, v] = values.uv;
                texture.sample(u, v)
            } else {
                white
            };
            if texel != [0; 4] {
                let [r, g, b, a] = values.colour;
                let colour = [byte(r), byte(g), byte(b), byte(a)];
                blend(pixel, multiply(colour, texel));
            }
            values.advance(&plane.step_x);
        }
    }
}

impl Values {
    fn of(corner: &Vertex) -> Self {
        let [r, g, b, a] = corner.color.to_array();
        Self {
            colour: [f32::from(r), f32::from(g), f32::from(b), f32::from(a)],
            uv: [corner.uv.x, corner.uv.y],
        }
    }

    /// `self × factor + other × weight`, channel by channel.
    fn combined(self, factor: f64, other: Self, weight: f64) -> Self {
        let mix = |x: f32, y: f32| (f64::from(x) * factor + f64::from(y) * weight) as f32;
        let ([r, g, b, a], [s, h, c, o]) = (self.colour, other.colour);
        let ([u, v], [p, q]) = (self.uv, other.uv);
        Self {
            colour: [mix(r, s), mix(g, h), mix(b, c), mix(a, o)],
            uv: [mix(u, p), mix(v, q)],
        }
    }

    fn advance(&mut self, step: &Self) {
        let ([r, g, b, a], [dr, dg, db, da]) = (self.colour, step.colour);
        let ([u, v], [du, dv]) = (self.uv, step.uv);
        self.colour = [r + dr, g + dg, b + db, a + da];
        self.uv = [u + du, v + dv];
    }
}

impl Plane {
    /// The plane through the corners' values, or `None` if they lie on a line.
    fn through([a, b, c]: [(f64, f64); 3], corners: [&Vertex; 3]) -> Option<Self> {
        let (bx, by) = (b.0 - a.0, b.1 - a.1);
        let (cx, cy) = (c.0 - a.0, c.1 - a.1);
        let area = bx * cy - cx * by;
        if area == 0.0 {
            return None;
        }
        let [start, second, third] = corners.map(Values::of);
        let to_b = second.combined(1.0, start, -1.0);
        let to_c = third.combined(1.0, start, -1.0);
        Some(Self {
            origin: a,
            start,
            step_x: to_b.combined(cy / area, to_c, -by / area),
            step_y: to_b.combined(-cx / area, to_c, bx / area),
        })
    }

    fn at(&self, x: f64, y: f64) -> Values {
        self.start
            .combined(1.0, self.step_x, x - self.origin.0)
            .combined(1.0, self.step_y, y - self.origin.1)
    }

    /// Whether the texture coordinates leave the white texel.
    fn textured(&self) -> bool {
        self.start.uv != [0.0; 2] || self.step_x.uv != [0.0; 2] || self.step_y.uv != [0.0; 2]
    }
}

/// Repeats one pixel over `bytes` by copying ever longer stretches.
fn copy_colour(bytes: &mut [u8], colour: [u8; 4]) {
    let Some(first) = bytes.first_chunk_mut::<4>() else {
        return;
    };
    *first = colour;
    let mut done = 4;
    while done < bytes.len() {
        let stretch = done.min(bytes.len() - done);
        bytes.copy_within(..stretch, done);
        done += stretch;
    }
}

/// Puts a premultiplied colour over a pixel, in gamma space as egui expects.
fn blend(pixel: &mut [u8], [r, g, b, a]: [u8; 4]) {
    if let [red, green, blue, alpha] = pixel {
        let rest = 255 - u32::from(a);
        *red = over(r, *red, rest);
        *green = over(g, *green, rest);
        *blue = over(b, *blue, rest);
        *alpha = over(a, *alpha, rest);
    }
}

fn over(source: u8, under: u8, rest: u32) -> u8 {
    (u32::from(source) + (u32::from(under) * rest + 127) / 255).min(255) as u8
}

fn multiply([r, g, b, a]: [u8; 4], [s, h, c, o]: [u8; 4]) -> [u8; 4] {
    let times = |x: u8, y: u8| ((u32::from(x) * u32::from(y) + 127) / 255) as u8;
    [times(r, s), times(g, h), times(b, c), times(a, o)]
}

/// A channel rounded to a byte; `as` saturates, which interpolation needs at edges.
fn byte(value: f32) -> u8 {
    (value + 0.5) as u8
}
