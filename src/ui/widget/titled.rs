//! The head of a chart: its title at the left, what to show at the right.

use egui::{Align, Layout, Sense, Ui, UiBuilder, vec2};

use super::heading;
use crate::ui::theme::{CHART_TITLE, GRID, GUTTER, Tokens};

/// A title at the left, what to show at the right; the title gives way.
pub fn titled(ui: &mut Ui, tokens: &Tokens, title: &str, chips: impl FnOnce(&mut Ui)) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), CHART_TITLE), Sense::hover());
    let inner = rect.shrink2(vec2(GUTTER, 0.0));
    let right = Layout::right_to_left(Align::Center);
    let mut tools = ui.new_child(UiBuilder::new().max_rect(inner).layout(right));
    tools.spacing_mut().item_spacing.x = 2.0;
    chips(&mut tools);
    let room = inner.with_max_x(tools.min_rect().left() - GRID);
    if room.width() > 6.0 * GUTTER {
        let across = Layout::left_to_right(Align::Center);
        let mut left = ui.new_child(UiBuilder::new().max_rect(room).layout(across));
        heading(&mut left, tokens, title);
    }
}
