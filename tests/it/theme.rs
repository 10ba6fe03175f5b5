//! The theme's promises: text is legible, lines are visible and told apart.

use egui::Color32;
use gigawatch::ui::theme::{
    LINE_CONTRAST, Scheme, TEXT_CONTRAST, ThemeChoice, Tokens, contrast, distance, known_symbols,
    legible, parse_colour, series_colour,
};

/// Oklab distance under which two lines are hard to tell apart.
const DISTINCT: f32 = 0.065;

fn surfaces(tokens: &Tokens) -> [(&'static str, Color32); 5] {
    [
        ("bg", tokens.bg),
        ("panel", tokens.panel),
        ("raised", tokens.raised),
        ("hover", tokens.hover),
        ("selected", tokens.selected),
    ]
}

#[test]
fn text_is_legible_on_every_surface() {
    for dark in [true, false] {
        for scheme in Scheme::ALL {
            let tokens = Tokens::of(dark, scheme);
            let texts = [
                ("text1", tokens.text1),
                ("text2", tokens.text2),
                ("text3", tokens.text3),
                ("accent", tokens.accent),
                ("gain", tokens.gain),
                ("loss", tokens.loss),
                ("warn", tokens.warn),
                ("error", tokens.error),
                ("good", tokens.good),
            ];
            for (text, colour) in texts {
                for (surface, under) in surfaces(&tokens) {
                    let ratio = contrast(colour, under);
                    assert!(
                        ratio >= TEXT_CONTRAST,
                        "{text} on {surface}, dark {dark}, {scheme:?}: {ratio:.2}"
                    );
                }
            }
            let button = contrast(tokens.on_accent, tokens.accent);
            assert!(button >= TEXT_CONTRAST, "button, dark {dark}: {button:.2}");
            let marked = contrast(tokens.text1, tokens.marked);
            assert!(marked >= TEXT_CONTRAST, "marked, dark {dark}: {marked:.2}");
        }
    }
}

#[test]
fn numbers_are_legible_under_every_veil() {
    for dark in [true, false] {
        for scheme in Scheme::ALL {
            let tokens = Tokens::of(dark, scheme);
            for (surface, under) in surfaces(&tokens) {
                for place in [-1.0, -0.5, 0.5, 1.0, 9.0] {
                    let ground = under.blend(tokens.veil(place));
                    let ratio = contrast(tokens.text1, ground);
                    assert!(
                        ratio >= TEXT_CONTRAST,
                        "{place} on {surface}, dark {dark}, {scheme:?}: {ratio:.2}"
                    );
                }
                let best = under.blend(tokens.veil(1.0));
                let worst = under.blend(tokens.veil(-1.0));
                assert!(distance(best, worst) > 0.04, "{surface}, dark {dark}");
                assert_eq!(under.blend(tokens.veil(0.0)), under);
            }
        }
    }
}

#[test]
fn lines_are_visible_and_told_apart() {
    for dark in [true, false] {
        let tokens = Tokens::of(dark, Scheme::GreenRed);
        let mut lines: Vec<_> = known_symbols().collect();
        lines.push("BTC-USD");
        for (index, symbol) in lines.iter().enumerate() {
            let colour = series_colour(symbol, dark);
            for (surface, under) in [("bg", tokens.bg), ("panel", tokens.panel)] {
                let ratio = contrast(colour, under);
                assert!(
                    ratio >= LINE_CONTRAST,
                    "{symbol} on {surface}, dark {dark}: {ratio:.2}"
                );
            }
            let label = contrast(tokens.as_text(colour), tokens.bg);
            assert!(label >= TEXT_CONTRAST, "label {symbol}: {label:.2}");
            for other in lines.iter().skip(index + 1) {
                let apart = distance(colour, series_colour(other, dark));
                assert!(
                    apart >= DISTINCT,
                    "{symbol} and {other}, dark {dark}: {apart:.3}"
                );
            }
        }
    }
}

#[test]
fn a_symbol_keeps_its_colour() {
    let tokens = Tokens::of(true, Scheme::GreenRed);
    assert_eq!(series_colour("BTC-USD", true), tokens.btc);
    assert_eq!(Some(series_colour("IREN", true)), parse_colour("#5AB4F0"));
    assert_eq!(series_colour("ZZZZ", false), series_colour("ZZZZ", false));
    assert_ne!(series_colour("ZZZZ", true), tokens.btc);
}

#[test]
fn schemes_swap_gain_and_loss_but_never_errors() {
    for dark in [true, false] {
        let usual = Tokens::of(dark, Scheme::GreenRed);
        let asia = Tokens::of(dark, Scheme::RedGreen);
        let blue = Tokens::of(dark, Scheme::BlueOrange);
        assert_eq!((usual.gain, usual.loss), (asia.loss, asia.gain));
        assert_eq!(usual.error, asia.error);
        assert!(distance(blue.gain, blue.loss) > 0.15);
        assert!(distance(blue.loss, blue.btc) > 0.04);
        assert_eq!(usual.change(Some(0.0)), usual.text2);
        assert_eq!(usual.change(None), usual.text2);
        assert_eq!(usual.change(Some(-0.1)), usual.loss);
    }
}

#[test]
fn typed_colours() {
    fn check(text: &str, expected: Option<[u8; 3]>) {
        let found = parse_colour(text).map(|colour| [colour.r(), colour.g(), colour.b()]);
        assert_eq!(found, expected, "{text:?}");
    }
    check("#5AB4F0", Some([0x5A, 0xB4, 0xF0]));
    check(" 5ab4f0 ", Some([0x5A, 0xB4, 0xF0]));
    check("#5AB4F", None);
    check("#5AB4F0FF", None);
    check("#+AB4F0", None);
    check("orange", None);
    check("", None);
}

#[test]
fn a_chosen_colour_is_moved_until_it_is_legible() {
    for dark in [true, false] {
        let tokens = Tokens::of(dark, Scheme::GreenRed);
        for text in ["#000000", "#FFFFFF", "#F2D35B", "#141A22", "#7F7F7F"] {
            let chosen = parse_colour(text).unwrap();
            let line = tokens.as_line(chosen);
            assert!(contrast(line, tokens.bg) >= LINE_CONTRAST, "{text}");
            assert!(contrast(line, tokens.panel) >= LINE_CONTRAST, "{text}");
            assert_eq!(legible(line, tokens.bg, LINE_CONTRAST), line, "{text}");
        }
    }
}

#[test]
fn choices_are_stored_in_words() {
    let words = serde_json::to_string(&(Scheme::BlueOrange, ThemeChoice::System)).unwrap();
    assert_eq!(words, r#"["blue_orange","system"]"#);
}
