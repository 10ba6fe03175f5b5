//! The command box: finds a company, a page or a command.

use egui::Context;

use super::Cx;

/// What is typed into the command box.
#[derive(Clone, Debug)]
pub struct Palette {
    /// Whether it is open.
    pub open: bool,
    /// What is typed.
    pub text: String,
    /// The entry that Enter runs.
    pub chosen: usize,
    /// Where the list hangs.
    pub anchor: egui::Rect,
}

impl Default for Palette {
    fn default() -> Self {
        Self {
            open: false,
            text: String::new(),
            chosen: 0,
            anchor: egui::Rect::NOTHING,
        }
    }
}

/// Shows the list under the command box.
pub fn show(_ctx: &Context, _cx: &Cx<'_>, _palette: &mut Palette) {}
