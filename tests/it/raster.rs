//! Pictures on the CPU: every glyph is there, digits align, and the same frame
//! gives the same bytes.

use std::collections::BTreeSet;

use egui::{Color32, Context, MissingGlyphPolicy, RichText, Ui, vec2};
use gigawatch::raster::{Picture, render};
use gigawatch::ui::theme::{CAPTION, TEXT, Weight, font};

use crate::support::{dress, harness};

const SIGNS: &str =
    "− × ÷ ≈ ≤ ≥ … – — ↑ ↓ ▾ ● ◐ ₿ → ⚠ ✓ · + % $ € £ & / ( ) [ ] @ # ± ½ ° ' ’ “ ” \u{202F}";
const DIGITS: &str = "0123456789";

fn glyphs(ui: &mut Ui) {
    for weight in Weight::ALL {
        for size in [CAPTION, TEXT] {
            ui.label(RichText::new(SIGNS).font(font(size, weight)));
            ui.label(RichText::new(DIGITS).font(font(size, weight)));
            let letters: String = ('A'..='Z').chain('a'..='z').collect();
            ui.label(RichText::new(letters).font(font(size, weight)));
        }
    }
}

fn picture(dark: bool, scale: f32) -> Picture {
    let setup = move |ctx: &Context| {
        dress(dark)(ctx);
        ctx.set_missing_glyph_policy(MissingGlyphPolicy::Panic);
    };
    render(setup, vec2(480.0, 560.0), scale, 2, glyphs)
}

#[test]
fn every_glyph_of_the_interface_is_drawn() {
    let drawn = picture(true, 1.0);
    assert_eq!((drawn.width, drawn.height), (480, 560));
    let colours: BTreeSet<_> = drawn.rgba.chunks_exact(4).collect();
    assert!(colours.len() > 20, "text leaves many shades");
}

#[test]
fn digits_are_tabular_in_every_weight() {
    let ctx = Context::default();
    dress(true)(&ctx);
    let output = ctx.run_ui(egui::RawInput::default(), |ui| {
        for weight in Weight::ALL {
            for size in [CAPTION, TEXT, 26.0] {
                let id = font(size, weight);
                let widths: BTreeSet<u32> = ui.fonts_mut(|fonts| {
                    DIGITS
                        .chars()
                        .map(|digit| fonts.glyph_width(&id, digit).to_bits())
                        .collect()
                });
                assert_eq!(widths.len(), 1, "{weight:?} at {size}");
            }
        }
    });
    output.drop_without_applying_deltas();
}

#[test]
fn the_same_frame_gives_the_same_bytes() {
    for scale in [1.0, 1.5] {
        let (first, second) = (picture(false, scale), picture(false, scale));
        assert!(first == second, "two runs differ at scale {scale}");
        let file = first.to_png().unwrap();
        assert_eq!(file, second.to_png().unwrap());
        assert!(file.starts_with(b"\x89PNG"));
    }
}

#[test]
fn shapes_fill_exactly_their_pixels() {
    let white = render(
        |ctx| {
            dress(true)(ctx);
            // No soft edges: what is left is the fill rule.
            ctx.tessellation_options_mut(|options| options.feathering = false);
        },
        vec2(20.0, 10.0),
        1.0,
        1,
        |ui| {
            let area = egui::Rect::from_min_max(egui::pos2(3.0, 2.0), egui::pos2(13.0, 7.0));
            ui.painter().rect_filled(area, 0.0, Color32::WHITE);
        },
    );
    let filled: Vec<(usize, usize)> = white
        .rgba
        .chunks_exact(4)
        .enumerate()
        .filter(|(_, pixel)| *pixel == [255; 4])
        .map(|(index, _)| (index % 20, index / 20))
        .collect();
    assert_eq!(filled.len(), 50);
    assert_eq!(filled.first(), Some(&(3, 2)));
    assert_eq!(filled.last(), Some(&(12, 6)));
}

#[test]
fn a_translucent_shape_is_blended_once() {
    // The diagonal between a rectangle's two triangles must not show.
    let half = Color32::from_white_alpha(128);
    let picture = render(dress(true), vec2(40.0, 40.0), 1.0, 1, |ui| {
        let area = egui::Rect::from_min_size(egui::pos2(4.0, 4.0), vec2(32.0, 32.0));
        ui.painter().rect_filled(area, 0.0, half);
    });
    let inner: BTreeSet<&[u8]> = picture
        .rgba
        .chunks_exact(4)
        .enumerate()
        .filter(|(index, _)| (8..32).contains(&(index % 40)) && (8..32).contains(&(index / 40)))
        .map(|(_, pixel)| pixel)
        .collect();
    assert_eq!(inner.len(), 1, "one colour inside");
}

#[test]
fn kittest_draws_through_the_rasteriser() {
    let mut harness = harness::<()>(200.0, 100.0, true).build_ui(|ui| {
        ui.label("Backlog 9.8\u{202F}bn");
    });
    harness.run();
    let image = harness.render().unwrap();
    assert_eq!((image.width(), image.height()), (200, 100));
    assert_eq!(image, harness.render().unwrap());
}
