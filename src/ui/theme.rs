//! Colours and sizes as tokens: the only place (with `theme/`) that names a
//! colour, a size or a font. It draws nothing and knows no page.
//!
//! Views take a [`Tokens`] and never ask egui's visuals for a colour; egui's own
//! widgets get the same tokens through [`install`].

mod colour;
mod fonts;
mod series;
mod size;
mod style;

use egui::{Color32, Context, Theme, ThemePreference};
use serde::{Deserialize, Serialize};

pub use colour::{contrast, distance, legible, parse_colour};
pub use fonts::{Weight, definitions, font};
pub use series::{known_symbols, series_colour};
pub use size::*;

/// Contrast that text must reach on every surface it is drawn on (WCAG 2.2 AA).
pub const TEXT_CONTRAST: f32 = 4.5;
/// Contrast that a line or a mark must reach on the chart (WCAG 2.2, 1.4.11).
pub const LINE_CONTRAST: f32 = 3.0;

/// How much the veil over the best and the worst cell of a column covers.
const VEIL: f32 = 0.22;

/// Every colour of one theme. `Copy` and cheap: pass it by value or reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tokens {
    /// Whether these are the dark theme's colours.
    pub dark: bool,
    /// Window and chart.
    pub bg: Color32,
    /// Rail, top bar, table and company pane.
    pub panel: Color32,
    /// Tooltips, popups and dialogs.
    pub raised: Color32,
    /// Hovered rows and chips.
    pub hover: Color32,
    /// Selected row, page and range.
    pub selected: Color32,
    /// Hairlines and frames.
    pub line: Color32,
    /// The plot's grid, fainter than `line`.
    pub grid: Color32,
    /// Edges of empty controls and scroll handles: stronger than `line`.
    pub edge: Color32,
    /// Primary text.
    pub text1: Color32,
    /// Secondary text.
    pub text2: Color32,
    /// Captions, units and hints; still legible on every surface.
    pub text3: Color32,
    /// Links, the selection bar and the focus ring.
    pub accent: Color32,
    /// Text on a fill of `accent`.
    pub on_accent: Color32,
    /// Marked text in an input.
    pub marked: Color32,
    /// Bitcoin, everywhere.
    pub btc: Color32,
    /// A rise, in the chosen scheme.
    pub gain: Color32,
    /// A fall, in the chosen scheme.
    pub loss: Color32,
    /// Warnings and ageing figures.
    pub warn: Color32,
    /// Errors and stale figures: red in every scheme.
    pub error: Color32,
    /// Confirmations and fresh figures: green in every scheme.
    pub good: Color32,
    /// The shadow under popups.
    pub shadow: Color32,
}

/// Which colours mean rise and fall.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scheme {
    /// Green rises, red falls.
    #[default]
    GreenRed,
    /// Blue rises, orange falls: told apart with any colour vision.
    BlueOrange,
    /// Red rises, green falls, as in much of Asia.
    RedGreen,
}

impl Scheme {
    /// All schemes in the order Settings offers them.
    pub const ALL: [Self; 3] = [Self::GreenRed, Self::BlueOrange, Self::RedGreen];

    /// The name Settings shows.
    pub fn label(self) -> &'static str {
        match self {
            Self::GreenRed => "Green up, red down",
            Self::BlueOrange => "Blue up, orange down",
            Self::RedGreen => "Red up, green down",
        }
    }
}

/// Which theme the window follows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ThemeChoice {
    /// As the desktop says.
    #[default]
    System,
    /// Always dark.
    Dark,
    /// Always light.
    Light,
}

impl ThemeChoice {
    /// All choices in the order Settings offers them.
    pub const ALL: [Self; 3] = [Self::System, Self::Dark, Self::Light];

    /// The name Settings shows.
    pub fn label(self) -> &'static str {
        match self {
            Self::System => "System",
            Self::Dark => "Dark",
            Self::Light => "Light",
        }
    }

    /// The choice after this one, for the button in the top bar.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::System => Self::Dark,
            Self::Dark => Self::Light,
            Self::Light => Self::System,
        }
    }

    fn preference(self) -> ThemePreference {
        match self {
            Self::System => ThemePreference::System,
            Self::Dark => ThemePreference::Dark,
            Self::Light => ThemePreference::Light,
        }
    }
}

impl Tokens {
    /// The tokens of one theme with rise and fall in `scheme`.
    pub fn of(dark: bool, scheme: Scheme) -> Self {
        let base = if dark { DARK } else { LIGHT };
        let (gain, loss) = match (scheme, dark) {
            (Scheme::GreenRed, _) => (base.good, base.error),
            (Scheme::RedGreen, _) => (base.error, base.good),
            (Scheme::BlueOrange, true) => (hex(0x58A6F5), hex(0xF2864E)),
            (Scheme::BlueOrange, false) => (hex(0x1764C0), hex(0xB4480A)),
        };
        Self { gain, loss, ..base }
    }

    /// The colour of a change: gain, loss, or `text2` for no change and unknown.
    pub fn change(&self, change: Option<f64>) -> Color32 {
        match change {
            Some(value) if value > 0.0 => self.gain,
            Some(value) if value < 0.0 => self.loss,
            Some(_) | None => self.text2,
        }
    }

    /// `colour` moved towards black or white until it is legible as text on the
    /// chart and on panels: for labels in a series' colour.
    pub fn as_text(&self, colour: Color32) -> Color32 {
        let on_chart = legible(colour, self.bg, TEXT_CONTRAST);
        legible(on_chart, self.panel, TEXT_CONTRAST)
    }

    /// A colour that the user chose, moved until a line in it is visible here.
    pub fn as_line(&self, colour: Color32) -> Color32 {
        let on_chart = legible(colour, self.bg, LINE_CONTRAST);
        legible(on_chart, self.panel, LINE_CONTRAST)
    }

    /// An unselected company's line: at 80 %, so that the selected one leads.
    pub fn receding(&self, colour: Color32) -> Color32 {
        colour.gamma_multiply(0.8)
    }

    /// The veil over a cell whose value stands at that place among those of its
    /// column, from the worst at −1 over the middle at 0 to the best at 1.
    /// Primary text stays legible on it over every row.
    pub fn veil(&self, place: f32) -> Color32 {
        let colour = if place < 0.0 { self.loss } else { self.gain };
        colour.gamma_multiply(VEIL * place.abs().min(1.0))
    }

    /// A colour under the pointer: a step towards the text colour.
    pub fn lifted(&self, colour: Color32) -> Color32 {
        colour.lerp_to_gamma(self.text1, 0.2)
    }

    /// The colour of one of `of` parts of a whole that have no colour of their
    /// own: from the accent towards the panel, the first strongest.
    pub fn part(&self, place: usize, of: usize) -> Color32 {
        // Few parts need not go far to be told apart.
        let step = place as f32 / of.saturating_sub(1).max(3) as f32;
        self.accent.lerp_to_gamma(self.panel, 0.7 * step.min(1.0))
    }

    /// Debt by who owes it, in bars: the parent's leads, a project's stands back.
    /// Owing is no loss and no alarm: neither has the colour of one.
    pub fn debt(&self, parent: bool) -> Color32 {
        if parent {
            self.text2
        } else {
            self.text2.lerp_to_gamma(self.bg, 0.36)
        }
    }

    /// A colour while pressed: a step towards the background.
    pub fn pressed(&self, colour: Color32) -> Color32 {
        colour.lerp_to_gamma(self.bg, 0.25)
    }
}

/// The colour of a token, written as in `#RRGGBB`.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place where tokens become colours"
)]
const fn hex(rgb: u32) -> Color32 {
    Color32::from_rgb((rgb >> 16) as u8, (rgb >> 8) as u8, rgb as u8)
}

const DARK: Tokens = Tokens {
    dark: true,
    bg: hex(0x0E1116),
    panel: hex(0x131820),
    raised: hex(0x1A212B),
    hover: hex(0x1E2631),
    selected: hex(0x17263D),
    line: hex(0x252D39),
    grid: hex(0x1D242E),
    edge: hex(0x4A5566),
    text1: hex(0xE6EAF0),
    text2: hex(0x9AA5B4),
    // Raised from 667084, which reached 3.1:1 on a selected row.
    text3: hex(0x838E9F),
    accent: hex(0x5B9DFF),
    on_accent: hex(0x0E1116),
    marked: hex(0x234878),
    btc: hex(0xF7931A),
    gain: hex(0x3FB97F),
    loss: hex(0xF0616D),
    warn: hex(0xE2B33C),
    error: hex(0xF0616D),
    good: hex(0x3FB97F),
    shadow: Color32::from_black_alpha(96),
};

const LIGHT: Tokens = Tokens {
    dark: false,
    bg: hex(0xF4F6F8),
    panel: hex(0xFFFFFF),
    raised: hex(0xFFFFFF),
    hover: hex(0xEEF1F5),
    selected: hex(0xE6F0FE),
    line: hex(0xDDE2E9),
    grid: hex(0xE7EBF0),
    edge: hex(0x9AA5B4),
    text1: hex(0x141A22),
    text2: hex(0x4E5969),
    // Raised from 8792A2, which reached 2.7:1 on a selected row.
    text3: hex(0x616B7A),
    // Accent, good, error and warn are a shade darker than drawn, for text on
    // hovered and selected rows.
    accent: hex(0x1A66DB),
    on_accent: hex(0xFFFFFF),
    marked: hex(0xB9D6FD),
    btc: hex(0xD9730D),
    gain: hex(0x0F7A56),
    loss: hex(0xC4323F),
    warn: hex(0x8F6300),
    error: hex(0xC4323F),
    good: hex(0x0F7A56),
    shadow: Color32::from_black_alpha(28),
};

/// Gives egui the fonts, both themes' styles, the theme to follow and the text
/// size (`1.0` is normal). Call it at start and when one of these changes, not
/// every frame.
///
/// The text size scales the whole interface, so nothing is clipped by rows that
/// did not grow with their text.
pub fn install(ctx: &Context, choice: ThemeChoice, scheme: Scheme, text_scale: f32) {
    ctx.set_fonts(definitions());
    for (theme, dark) in [(Theme::Dark, true), (Theme::Light, false)] {
        let tokens = Tokens::of(dark, scheme);
        ctx.style_mut_of(theme, |style| style::apply(style, &tokens));
    }
    ctx.set_theme(choice.preference());
    ctx.options_mut(|options| options.zoom_with_keyboard = false);
    ctx.set_zoom_factor(text_scale.clamp(TEXT_SCALE_MIN, TEXT_SCALE_MAX));
}
