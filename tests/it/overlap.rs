//! No page writes one text over another, at either window size, three text
//! sizes and both themes. Texts are taken from what is painted, cut to what is
//! visible.

use egui::epaint::{ClippedShape, Shape};
use egui::{Rect, Role};
use egui_kittest::kittest::Queryable as _;

use crate::flows::open_with_settings;

/// Texts may touch by so many points: rows are tight and glyphs have air.
const TOUCH: f32 = 2.5;

/// Every visible line of text and where it stands.
pub fn texts(shapes: &[ClippedShape]) -> Vec<(Rect, String)> {
    let mut found = Vec::new();
    for clipped in shapes {
        collect(&clipped.shape, clipped.clip_rect, &mut found);
    }
    found
}

fn collect(shape: &Shape, clip: Rect, found: &mut Vec<(Rect, String)>) {
    match shape {
        Shape::Vec(shapes) => shapes.iter().for_each(|shape| collect(shape, clip, found)),
        Shape::Text(text) => {
            // A line of its own each: a paragraph's box is mostly air.
            for row in &text.galley.rows {
                let rect = row.rect().translate(text.pos.to_vec2()).intersect(clip);
                let words = row.text();
                if rect.is_positive() && !words.trim().is_empty() {
                    found.push((rect, words));
                }
            }
        }
        Shape::Noop
        | Shape::Circle(_)
        | Shape::Ellipse(_)
        | Shape::LineSegment { .. }
        | Shape::Path(_)
        | Shape::Band(_)
        | Shape::Rect(_)
        | Shape::Mesh(_)
        | Shape::QuadraticBezier(_)
        | Shape::CubicBezier(_)
        | Shape::Callback(_) => {}
    }
}

/// The lines that are written over one another.
pub fn overlaps(texts: &[(Rect, String)]) -> Vec<String> {
    let mut found = Vec::new();
    for (index, (a, text_a)) in texts.iter().enumerate() {
        for (b, text_b) in texts.iter().skip(index + 1) {
            let common = a.intersect(*b);
            if common.width() > TOUCH && common.height() > TOUCH {
                found.push(format!("“{text_a}” and “{text_b}” at {common:?}"));
            }
        }
    }
    found
}

#[test]
fn no_page_writes_one_text_over_another() {
    let folder = tempfile::tempdir().unwrap();
    let mut found = Vec::new();
    for size in [[1280.0, 800.0], [1920.0, 1080.0]] {
        for theme in ["dark", "light"] {
            for text_scale in [1.0, 1.5, 2.0] {
                // Larger text is a smaller window in points.
                let points = size.map(|pixels: f32| pixels / text_scale);
                let settings = format!("theme = \"{theme}\"\n");
                let mut harness = open_with_settings(folder.path(), points, text_scale, &settings);
                for page in [
                    "Watchlist",
                    "Deals",
                    "Debt",
                    "Conflicts",
                    "Data",
                    "Settings",
                ] {
                    harness.get_by_role_and_label(Role::Tab, page).click();
                    harness.run();
                    let texts = texts(&harness.output().shapes);
                    assert!(texts.len() > 15, "{page} shows {} texts", texts.len());
                    let all = overlaps(&texts);
                    found.extend(all.into_iter().take(3).map(|what| {
                        format!("{page}, {theme}, {size:?}, text × {text_scale}: {what}")
                    }));
                }
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}
