//! Labels beside points of a scatter, so that none covers another or a bubble.
//! Pure: places in, places out.

use egui::{Pos2, Rect, Vec2, pos2, vec2};

/// Room around a label that no other label enters.
const GAP: f32 = 2.0;
/// How far from its bubble a label may stand, tried from near to far.
const REACHES: [f32; 4] = [0.0, 10.0, 22.0, 36.0];
/// Where a label may stand, tried in this order: beside, above and below, then
/// at the corners.
const SIDES: [(f32, f32); 8] = [
    (1.0, 0.0),
    (-1.0, 0.0),
    (0.0, -1.0),
    (0.0, 1.0),
    (1.0, -1.0),
    (-1.0, -1.0),
    (1.0, 1.0),
    (-1.0, 1.0),
];

/// A bubble.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dot {
    /// Its middle.
    pub at: Pos2,
    /// Its radius.
    pub radius: f32,
}

/// A label that found a place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Placed {
    /// Which point it names.
    pub index: usize,
    /// Where it stands.
    pub rect: Rect,
    /// True if it stands so far from its bubble that a line must join them.
    pub is_far: bool,
}

/// Places one label of that size a point within `area`. Earlier points choose
/// first; a label that would cover a bubble or another label everywhere is left
/// out.
pub fn place_labels(points: &[Dot], sizes: &[Vec2], area: Rect) -> Vec<Placed> {
    let mut placed: Vec<Placed> = Vec::new();
    for (index, (dot, size)) in points.iter().zip(sizes).enumerate() {
        let is_free = |rect: &Rect| {
            area.contains_rect(*rect)
                && placed.iter().all(|other| !crosses(other.rect, *rect))
                && points.iter().all(|other| !covers(*rect, other))
        };
        let tries = REACHES.iter().flat_map(|reach| {
            let place = |side| (beside(dot, *size, side, *reach), *reach);
            SIDES.iter().copied().map(place)
        });
        if let Some((rect, reach)) = tries.into_iter().find(|(rect, _)| is_free(rect)) {
            placed.push(Placed {
                index,
                rect,
                is_far: reach > 0.0,
            });
        }
    }
    placed
}

/// Where a label of that size stands at that side of a bubble.
fn beside(dot: &Dot, size: Vec2, (right, down): (f32, f32), reach: f32) -> Rect {
    let at_corner = right != 0.0 && down != 0.0;
    // At a corner the bubble ends at the sine of 45 degrees.
    let part = if at_corner { 0.71 } else { 1.0 };
    let away = (dot.radius + reach) * part + 2.0 * GAP;
    let centre = vec2(right * (away + size.x / 2.0), down * (away + size.y / 2.0));
    Rect::from_center_size(dot.at + centre, size.max(Vec2::ZERO))
}

fn crosses(a: Rect, b: Rect) -> bool {
    a.expand(GAP).intersects(b)
}

fn covers(label: Rect, dot: &Dot) -> bool {
    let nearest = pos2(
        dot.at.x.clamp(label.left(), label.right()),
        dot.at.y.clamp(label.top(), label.bottom()),
    );
    nearest.distance(dot.at) < dot.radius + 1.0
}
