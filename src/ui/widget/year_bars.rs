//! Bars by year with the value above and the year below, as for debt falling
//! due. It formats nothing and sums nothing.

use egui::{Align2, Color32, CornerRadius, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::ui::theme::{CAPTION, RADIUS_SMALL, Tokens, Weight, font};

/// One bar.
#[derive(Clone, Copy, Debug)]
pub struct YearBar<'a> {
    /// The label below, as "2029" or "Later".
    pub year: &'a str,
    /// The label above, as "0.4".
    pub value: &'a str,
    /// The bar's length in any unit; below zero or no number draws none.
    pub size: f32,
}

/// Room for a label above and below the bars.
const LABEL: f32 = 18.0;
/// The widest bar, and the width of bar and gap together.
const WIDEST: (f32, f32) = (36.0, 58.0);

/// Draws the bars over the available width from the left, `height` points high
/// with labels. Returns the index of the bar under the pointer.
pub fn year_bars(
    ui: &mut Ui,
    tokens: &Tokens,
    height: f32,
    colour: Color32,
    bars: &[YearBar<'_>],
) -> Option<usize> {
    let (area, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    if bars.is_empty() || !ui.is_rect_visible(area) {
        return None;
    }
    let slot = (area.width() / bars.len() as f32).min(WIDEST.1).floor();
    let width = (slot * WIDEST.0 / WIDEST.1).floor();
    let highest = bars.iter().map(|bar| length(bar)).fold(0.0, f32::max);
    let room = (height - 2.0 * LABEL).max(0.0);
    let small = font(CAPTION, Weight::Regular);
    let mut under_pointer = None;
    for (index, bar) in bars.iter().enumerate() {
        let left = area.left() + index as f32 * slot;
        let whole = Rect::from_min_size(pos2(left, area.top()), vec2(slot, height));
        let response = ui.interact(whole, response.id.with(index), Sense::hover());
        let name = format!("{}: {}", bar.year, bar.value);
        response.widget_info(|| WidgetInfo::labeled(Role::Image, ui.is_enabled(), &name));
        let share = if highest > 0.0 {
            length(bar) / highest
        } else {
            0.0
        };
        let foot = area.bottom() - LABEL;
        // What is not nothing keeps a visible foot.
        let tall = if share > 0.0 {
            (share * room).round().max(2.0)
        } else {
            0.0
        };
        let column = Rect::from_min_size(pos2(left, foot - tall), vec2(width, tall));
        let fill = if response.hovered() {
            under_pointer = Some(index);
            tokens.lifted(colour)
        } else {
            colour
        };
        let painter = ui.painter();
        painter.rect_filled(column, CornerRadius::same(RADIUS_SMALL), fill);
        let above = pos2(column.center().x, column.top() - 3.0);
        painter.text(
            above,
            Align2::CENTER_BOTTOM,
            bar.value,
            small.clone(),
            tokens.text2,
        );
        let below = pos2(column.center().x, foot + 4.0);
        painter.text(
            below,
            Align2::CENTER_TOP,
            bar.year,
            small.clone(),
            tokens.text3,
        );
    }
    under_pointer
}

fn length(bar: &YearBar<'_>) -> f32 {
    if bar.size.is_finite() {
        bar.size.max(0.0)
    } else {
        0.0
    }
}
