//! Dialogs over the page. They show what the app prepared and push actions.

pub mod confirm;
pub mod import_prices;
pub mod path;

use egui::Context;

use super::Cx;
use super::state::Dialog;

/// Shows the open dialog.
pub fn show(ctx: &Context, cx: &Cx<'_>, dialog: &mut Dialog) {
    match dialog {
        Dialog::ImportPrices(import) => import_prices::show(ctx, cx, import),
        Dialog::Confirm(confirm) => confirm::show(ctx, cx, confirm),
        Dialog::Path(path) => path::show(ctx, cx, path),
    }
}
