//! Parts of the tracked backlog: by class of counterparty, by kind of deal, by
//! who signed and by whose credit. Fractions are `analytics`'; here they become
//! text and lengths.

use egui::{Color32, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use crate::analytics::concentration::{Concentration, NamedShare};
use crate::analytics::sector::Split;
use crate::ui::theme::{self, Tokens};
use crate::ui::widget::{BarRow, Places, caption, heading};
use crate::ui::{Cx, format, provenance};

/// Names shown of a concentration.
const NAMES: usize = 6;
/// Height of a stacked bar and the gap between its parts.
const BAR: (f32, f32) = (10.0, 1.5);
/// Rows of names with bars; a legend's names take the room of the bars.
const PLACES: Places = Places {
    height: 24.0,
    lead: 0.0,
    name: 176.0,
    value: 92.0,
    detail: 56.0,
};

/// A stacked bar with its legend, ready to be painted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stack {
    /// One row a part, largest first.
    pub rows: Vec<BarRow>,
    /// Each part's length, all together at most 1.
    pub lengths: Vec<f32>,
}

impl Stack {
    /// The stack of these parts, named by `label`.
    pub fn of<K: Copy>(tokens: &Tokens, splits: &[Split<K>], label: fn(K) -> &'static str) -> Self {
        let row = |(place, split): (usize, &Split<K>)| {
            let name = label(split.key);
            let deals = format::count(split.deals, "deal", "deals");
            let value = format::money_compact(split.value_usd);
            let share = share(split.fraction);
            BarRow {
                colour: Some(tokens.part(place, splits.len())),
                name: name.to_owned(),
                words: format!("{name}: {value}, {share}, {deals}"),
                quiet: deals,
                value,
                detail: share,
                ..BarRow::default()
            }
        };
        Self {
            rows: splits.iter().enumerate().map(row).collect(),
            lengths: splits.iter().map(|split| length(split.fraction)).collect(),
        }
    }

    /// Shows the bar and the legend under its title.
    pub fn show(&self, ui: &mut Ui, cx: &Cx<'_>, title: &str) {
        heading(ui, &cx.tokens, title);
        ui.add_space(theme::HALF);
        if self.rows.is_empty() {
            caption(ui, &cx.tokens, "No deal with a value in US dollars counts");
            return;
        }
        let size = vec2(ui.available_width(), BAR.0 + theme::HALF);
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        let mut left = rect.left();
        for (row, length) in self.rows.iter().zip(&self.lengths) {
            let width = length * rect.width();
            let part = Rect::from_min_size(pos2(left, rect.top()), vec2(width, BAR.0));
            left += width;
            let colour = row.colour.unwrap_or(cx.tokens.accent);
            segment(ui, part, colour);
            let id = ui.make_persistent_id((title, &row.name));
            let response = ui.interact(part, id, Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &row.words));
            response.on_hover_text(&row.words);
        }
        // Without bars the names get all the room.
        let places = Places {
            name: ui.available_width() - PLACES.value - PLACES.detail,
            ..PLACES
        };
        for row in &self.rows {
            row.show(ui, &cx.tokens, &places, Sense::hover(), false);
        }
    }
}

/// Paints a part of a stacked bar with a gap before the next one.
pub fn segment(ui: &Ui, part: Rect, colour: Color32) {
    let right = (part.right() - BAR.1).max(part.left() + 1.0);
    let part = Rect::from_x_y_ranges(part.left()..=right, part.y_range());
    ui.painter().rect_filled(part, 2.0, colour);
}

/// The names a backlog rests on, ready to be painted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Names {
    /// "HHI 3,120 of 10,000", or the dash of the unknown.
    pub index: String,
    /// Why there is no index, or what to know of it.
    pub remark: Option<String>,
    /// The largest.
    pub rows: Vec<BarRow>,
    /// How many names more there are, in words.
    pub more: Option<String>,
}

impl Names {
    /// The names of this concentration.
    pub fn of(concentration: Option<&Concentration>) -> Self {
        let Some(concentration) = concentration else {
            return Self::default();
        };
        let index = match &concentration.hhi {
            Ok(hhi) => {
                let index = format::decimal_places(hhi.value, 0);
                format!("HHI {} of 10,000", format::hedged(hhi.hedge, &index))
            }
            Err(_) => format!("HHI {}", format::UNKNOWN),
        };
        let remark = match &concentration.hhi {
            Ok(hhi) => hhi.remark.clone(),
            Err(missing) => Some(provenance::sentence(&missing.0)),
        };
        let shares = &concentration.shares;
        let more = shares.len().saturating_sub(NAMES);
        Self {
            index,
            remark,
            rows: shares.iter().take(NAMES).map(named).collect(),
            more: (more > 0)
                .then(|| format!("and {}", format::count(more, "name more", "names more"))),
        }
    }

    /// Shows the index and the names under their title.
    pub fn show(&self, ui: &mut Ui, cx: &Cx<'_>, title: &str) {
        heading(ui, &cx.tokens, title);
        if self.rows.is_empty() {
            let why = self.remark.as_deref();
            let why = why.unwrap_or("No deal with a value in US dollars counts");
            caption(ui, &cx.tokens, why);
            return;
        }
        let hint = "Sum of the squared percent shares: 10,000 is one name alone";
        let hint = match &self.remark {
            Some(remark) => format!("{hint}. {}", provenance::sentence(remark)),
            None => hint.to_owned(),
        };
        caption(ui, &cx.tokens, &self.index).on_hover_text(hint);
        ui.add_space(theme::HALF);
        for row in &self.rows {
            row.show(ui, &cx.tokens, &PLACES, Sense::hover(), false);
        }
        if let Some(more) = &self.more {
            caption(ui, &cx.tokens, more);
        }
    }
}

fn named(share_of: &NamedShare) -> BarRow {
    let value = format::money_compact(share_of.value_usd);
    let detail = share(share_of.fraction);
    let deals = format::count(share_of.deals.len(), "deal", "deals");
    BarRow {
        name: share_of.name.clone(),
        words: format!("{}: {value}, {detail}, {deals}", share_of.name),
        bar: Some((0.0, length(share_of.fraction))),
        value,
        detail,
        ..BarRow::default()
    }
}

/// A fraction as percent.
pub fn share(fraction: Decimal) -> String {
    format::known(fraction.to_f64(), format::share)
}

/// A fraction as a part of a bar.
pub fn length(fraction: Decimal) -> f32 {
    fraction.to_f32().unwrap_or(0.0).clamp(0.0, 1.0)
}
