//! What a short message means, and so its colour.

use egui::Color32;

use crate::ui::theme::Tokens;

/// The meaning of a message beside a field or in a toast.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// How the text was read, or what to type.
    #[default]
    Hint,
    /// It worked, or is as usual.
    Good,
    /// Allowed, but look again.
    Warn,
    /// Not accepted.
    Error,
}

impl Tone {
    /// The colour of text in this tone.
    pub fn colour(self, tokens: &Tokens) -> Color32 {
        match self {
            Self::Hint => tokens.text3,
            Self::Good => tokens.good,
            Self::Warn => tokens.warn,
            Self::Error => tokens.error,
        }
    }
}
