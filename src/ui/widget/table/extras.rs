//! What only some tables have: titles that the user wrote, tinted cells, columns
//! that stay when the rest is scrolled away. Tables without them say nothing.

use std::collections::BTreeMap;
use std::ops::Range;

use egui::{Color32, Rect, Ui, pos2, vec2};

use crate::ui::theme::{self, Tokens};

/// What a table has beside its model.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extras {
    /// Titles in place of the model's, by the place of their column.
    pub written: BTreeMap<usize, Written>,
    /// Tints of cells by row and column; shorter where the rest has none.
    pub tints: Vec<Vec<Option<Color32>>>,
    /// How many columns from the left stay when the table is scrolled.
    pub fixed: usize,
    /// Room before the first column, so that it lines up with what stands above.
    pub inset: f32,
}

/// The title of a column that the user made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Stable code, for sorting and remembering.
    pub code: String,
    /// Title.
    pub title: String,
    /// What it shows, for the pointer.
    pub hint: String,
}

/// Fills a menu or a tooltip about a row or a column.
pub type About<'a> = &'a dyn Fn(&mut Ui, usize);

/// What a table asks its page for.
pub struct Hooks<'a> {
    /// Whether a cell (row, column) has a tooltip.
    pub has_tip: &'a dyn Fn(usize, usize) -> bool,
    /// Fills the tooltip of a cell.
    pub tip: &'a dyn Fn(&mut Ui, usize, usize),
    /// Fills the context menu of a row; the column is where it was opened.
    pub menu: &'a dyn Fn(&mut Ui, usize, Option<usize>),
    /// Fills the context menu of a title.
    pub title_menu: Option<About<'a>>,
}

impl Extras {
    pub(super) fn tint(&self, row: usize, column: usize) -> Option<Color32> {
        *self.tints.get(row)?.get(column)?
    }
}

/// How the parts of a table are painted in this frame.
pub(super) struct Look<'a> {
    pub tokens: &'a Tokens,
    pub extras: &'a Extras,
    pub hooks: &'a Hooks<'a>,
    /// Width of each column.
    pub widths: Vec<f32>,
    /// How far the table is scrolled to the right.
    pub scrolled: f32,
}

impl Look<'_> {
    fn width(&self, columns: Range<usize>) -> f32 {
        let widths = self.widths.get(columns).unwrap_or_default();
        widths.iter().sum()
    }

    fn fixed(&self) -> usize {
        self.extras.fixed.min(self.widths.len())
    }

    /// Columns in the order in which they are painted: those that stay cover
    /// the others.
    pub fn layers(&self) -> [Range<usize>; 2] {
        let fixed = self.fixed();
        [fixed..self.widths.len(), 0..fixed]
    }

    /// Hides what was scrolled below the columns that stay, if `layer` is theirs.
    pub fn cover(&self, ui: &Ui, row: Rect, layer: &Range<usize>, fill: Option<Color32>) {
        if layer.start > 0 || layer.is_empty() || self.scrolled == 0.0 || self.fixed() == 0 {
            return;
        }
        let size = vec2(self.width(0..self.fixed()), row.height());
        let corner = pos2(row.left() + self.scrolled, row.top());
        let at = Rect::from_min_size(corner, size);
        let covered = at.with_max_y(at.bottom() - theme::HAIRLINE);
        let fill = fill.unwrap_or(self.tokens.panel);
        ui.painter().rect_filled(covered, 0.0, fill);
        let line = (theme::HAIRLINE, self.tokens.line);
        ui.painter().vline(at.right(), at.y_range(), line);
    }

    /// The place of a column in a row.
    pub fn place(&self, row: Rect, column: usize) -> Rect {
        let stays = if column < self.fixed() {
            self.scrolled
        } else {
            0.0
        };
        let left = row.left() + self.width(0..column) + stays;
        let width = self.width(column..column + 1);
        let inset = if column == 0 { self.extras.inset } else { 0.0 };
        let size = vec2(width - inset, row.height());
        Rect::from_min_size(pos2(left + inset, row.top()), size)
    }

    /// The column under a point that far right of the table's edge.
    pub fn column_at(&self, x: f32) -> Option<usize> {
        let fixed = self.width(0..self.fixed());
        let seen = x - self.scrolled;
        let x = if seen < fixed { seen } else { x };
        let mut right = 0.0;
        self.widths.iter().position(|width| {
            right += width;
            x < right
        })
    }
}
