//! The app's icon and the bolt of its name. Colours come from the caller.

use egui::{Color32, IconData, Painter, Pos2, Rect, Shape, Stroke, pos2};

/// The window's icon, or `None` if the embedded picture cannot be read: a window
/// without an icon is better than none.
pub fn app_icon() -> Option<IconData> {
    let file = include_bytes!("../../assets/icon.png").as_slice();
    let mut decoder = png::Decoder::new(std::io::Cursor::new(file));
    decoder.set_transformations(png::Transformations::ALPHA | png::Transformations::STRIP_16);
    let mut reader = decoder.read_info().ok()?;
    let mut rgba = vec![0; reader.output_buffer_size()?];
    let frame = reader.next_frame(&mut rgba).ok()?;
    rgba.truncate(frame.buffer_size());
    let whole = rgba.len() == 4 * frame.width as usize * frame.height as usize;
    whole.then_some(IconData {
        rgba,
        width: frame.width,
        height: frame.height,
    })
}

/// Width of the bolt divided by its height.
pub const BOLT_ASPECT: f32 = 0.64;

/// Draws the bolt as large as it fits into `rect`, centred.
pub fn bolt(painter: &Painter, rect: Rect, colour: Color32) {
    let height = rect.height().min(rect.width() / BOLT_ASPECT);
    let area = Rect::from_center_size(rect.center(), egui::vec2(height * BOLT_ASPECT, height));
    let at = |x: f32, y: f32| -> Pos2 {
        pos2(
            area.left() + x * area.width(),
            area.top() + y * area.height(),
        )
    };
    // egui fills convex shapes only: an upper and a lower blade, and a band that
    // hides the seam between them.
    let blades = [
        vec![at(0.66, 0.0), at(0.0, 0.59), at(0.42, 0.59), at(0.56, 0.41)],
        vec![at(0.42, 0.59), at(0.28, 1.0), at(1.0, 0.41), at(0.56, 0.41)],
        vec![
            at(0.201, 0.41),
            at(0.0, 0.59),
            at(0.78, 0.59),
            at(1.0, 0.41),
        ],
    ];
    for blade in blades {
        painter.add(Shape::convex_polygon(blade, colour, Stroke::NONE));
    }
}

/// Draws two arrows that run round a circle, for bringing up to date. The fonts
/// have one, but it is the sign of redoing.
pub fn refresh(painter: &Painter, centre: Pos2, size: f32, stroke: Stroke) {
    const STEPS: u8 = 10;
    let radius = size / 2.0 - stroke.width;
    let at = |angle: f32, radius: f32| centre + radius * egui::vec2(angle.cos(), angle.sin());
    for half in [0.0, std::f32::consts::PI] {
        let (from, to) = (half - 2.75, half - 0.45);
        let angle = |step| from + (to - from) * f32::from(step) / f32::from(STEPS);
        let arc = (0..=STEPS).map(|step| at(angle(step), radius)).collect();
        painter.add(Shape::line(arc, stroke));
        // The head points on along the circle, a little past the arc's end.
        let head = vec![
            at(to + 0.62, radius),
            at(to - 0.08, radius + 0.22 * size),
            at(to - 0.08, radius - 0.22 * size),
        ];
        painter.add(Shape::convex_polygon(head, stroke.color, Stroke::NONE));
    }
}

/// Draws a filled square, for stopping what runs.
pub fn stop(painter: &Painter, centre: Pos2, size: f32, colour: Color32) {
    let square = Rect::from_center_size(centre, egui::Vec2::splat(size));
    painter.rect_filled(square, 1.5, colour);
}
