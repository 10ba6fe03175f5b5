//! "How this is computed": the formula of a figure and its terms, each with its
//! statements, their age and source.

use egui::Context;

use crate::analytics::measure::Measure;
use crate::model::CompanyId;
use crate::ui::Cx;

/// Which figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Explain {
    /// Of which company.
    pub company: CompanyId,
    /// Which figure.
    pub measure: Measure,
}

/// Shows it.
pub fn show(ctx: &Context, cx: &Cx<'_>, explain: &mut Explain) {
    // Stub.
    let _ = (ctx, cx, explain);
}
