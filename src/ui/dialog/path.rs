//! Asks for the path of a file to read or write: the field stands beside the
//! desktop's own dialog, which some desktops lack.

use egui::Context;

use crate::ui::Cx;

/// What the path is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A CSV file of prices to read.
    ImportPrices,
    /// A book file to read.
    ImportBook,
    /// A book file to write.
    ExportBook,
}

/// The path being typed.
#[derive(Clone, Debug)]
pub struct PathDialog {
    /// What it is for.
    pub purpose: Purpose,
    /// What was typed or chosen.
    pub text: String,
    /// What was wrong with it.
    pub error: Option<String>,
}

/// Asks for the path.
pub fn show(_ctx: &Context, _cx: &Cx<'_>, _dialog: &mut PathDialog) {}
