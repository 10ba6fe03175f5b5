//! Inter in three weights, with fallbacks for the signs it lacks. How the files
//! were made is in `assets/fonts/README.md`.

use std::sync::Arc;

use egui::epaint::text::FontTweak;
use egui::{FontData, FontDefinitions, FontFamily, FontId};

/// A weight of the interface's font.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Weight {
    /// Body text and numbers.
    #[default]
    Regular,
    /// Values that lead their row, selected pages.
    Medium,
    /// Symbols, headings and the big number.
    SemiBold,
}

impl Weight {
    /// All weights from light to heavy.
    pub const ALL: [Self; 3] = [Self::Regular, Self::Medium, Self::SemiBold];

    /// The egui family of this weight, as [`definitions`] declares it.
    pub fn family(self) -> FontFamily {
        match self {
            Self::Regular => FontFamily::Proportional,
            Self::Medium => FontFamily::Name("medium".into()),
            Self::SemiBold => FontFamily::Name("semibold".into()),
        }
    }

    fn file(self) -> (&'static str, &'static [u8]) {
        match self {
            Self::Regular => (
                "Inter-Regular",
                include_bytes!("../../../assets/fonts/Inter-Regular.ttf"),
            ),
            Self::Medium => (
                "Inter-Medium",
                include_bytes!("../../../assets/fonts/Inter-Medium.ttf"),
            ),
            Self::SemiBold => (
                "Inter-SemiBold",
                include_bytes!("../../../assets/fonts/Inter-SemiBold.ttf"),
            ),
        }
    }
}

/// The font of a size in points and a weight.
pub fn font(size: f32, weight: Weight) -> FontId {
    FontId::new(size, weight.family())
}

/// Every family: Inter, then egui's own fonts (▾ ◐ and emoji), then Hack, which
/// alone has some arrows and blocks.
pub fn definitions() -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
    let mut fallbacks = fonts
        .families
        .get(&FontFamily::Proportional)
        .cloned()
        .unwrap_or_default();
    if !fallbacks.iter().any(|name| name == "Hack") {
        fallbacks.push("Hack".to_owned());
    }
    for weight in Weight::ALL {
        let (name, bytes) = weight.file();
        let data = FontData::from_static(bytes).tweak(FontTweak {
            // The gap before a unit: thinner than a word space, wide enough to
            // be seen at 11 points.
            thin_space_width: 0.7,
            ..FontTweak::default()
        });
        fonts.font_data.insert(name.to_owned(), Arc::new(data));
        let mut family = vec![name.to_owned()];
        family.extend(fallbacks.iter().cloned());
        fonts.families.insert(weight.family(), family);
    }
    fonts
}
