//! The preview of a price file: what was read, what was refused.

use egui::Context;

use crate::ui::Cx;

/// What the dialog shows and the user has chosen.
pub struct ImportPrices {}

/// Shows the preview.
pub fn show(_ctx: &Context, _cx: &Cx<'_>, _import: &mut ImportPrices) {}
