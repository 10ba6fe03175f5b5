//! Arithmetic on colours: contrast, distance, reading what people type. It
//! names no colour of the interface.

use egui::Color32;
use egui::ecolor::linear_f32_from_gamma_u8;

/// The contrast ratio of two opaque colours, 1 to 21 (WCAG 2.2, "contrast ratio").
pub fn contrast(a: Color32, b: Color32) -> f32 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// How different two opaque colours look: Euclidean distance in Oklab, where
/// black to white is 1 and about 0.02 is just noticeable side by side.
pub fn distance(a: Color32, b: Color32) -> f32 {
    let (p, q) = (oklab(a), oklab(b));
    p.iter()
        .zip(q)
        .map(|(x, y)| (x - y) * (x - y))
        .sum::<f32>()
        .sqrt()
}

/// `colour` moved towards white or black, whichever leads away from `surface`,
/// by the smallest step of a twentieth that reaches the contrast `ratio`.
pub fn legible(colour: Color32, surface: Color32, ratio: f32) -> Color32 {
    let towards = if luminance(surface) < 0.18 {
        Color32::WHITE
    } else {
        Color32::BLACK
    };
    (0..=20u8)
        .map(|step| colour.lerp_to_gamma(towards, f32::from(step) / 20.0))
        .find(|candidate| contrast(*candidate, surface) >= ratio)
        .unwrap_or(towards)
}

/// A colour written as `#RRGGBB`; the hash may be missing and letters may be of
/// either case. Anything else is `None`.
pub fn parse_colour(text: &str) -> Option<Color32> {
    let text = text.trim();
    let digits = text.strip_prefix('#').unwrap_or(text);
    let written_as_hex = digits.len() == 6 && digits.chars().all(|c| c.is_ascii_hexdigit());
    if !written_as_hex {
        return None;
    }
    u32::from_str_radix(digits, 16).ok().map(super::hex)
}

/// Relative luminance, 0 to 1 (WCAG 2.2).
fn luminance(colour: Color32) -> f32 {
    let [r, g, b] = linear(colour);
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

fn linear(colour: Color32) -> [f32; 3] {
    [colour.r(), colour.g(), colour.b()].map(linear_f32_from_gamma_u8)
}

/// Björn Ottosson, "A perceptual color space for image processing", 2020.
fn oklab(colour: Color32) -> [f32; 3] {
    let [r, g, b] = linear(colour);
    let l = (0.412_221_47 * r + 0.536_332_54 * g + 0.051_445_994 * b).cbrt();
    let m = (0.211_903_5 * r + 0.680_699_5 * g + 0.107_396_96 * b).cbrt();
    let s = (0.088_302_46 * r + 0.281_718_84 * g + 0.629_978_7 * b).cbrt();
    [
        0.210_454_26 * l + 0.793_617_8 * m - 0.004_072_047 * s,
        1.977_998_5 * l - 2.428_592_2 * m + 0.450_593_7 * s,
        0.025_904_037 * l + 0.782_771_77 * m - 0.808_675_77 * s,
    ]
}
