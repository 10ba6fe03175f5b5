//! What a price file holds, in a few lines: format, days, how many are new, the
//! same or differ, and chips that choose the list below.

use egui::{Label, RichText, Sense, Ui, UiBuilder, pos2, vec2};

use super::ImportPrices;
use super::list::Listed;
use crate::exchange::price_csv::{Overlap, PriceFile, Separator};
use crate::ui::theme::{self, Weight};
use crate::ui::widget::chip;
use crate::ui::{Cx, format};

/// Width of the names at the left.
const NAME: f32 = theme::FIELD_LABEL;
/// Height of a line.
const LINE: f32 = theme::CHIP;
/// From this difference on, relative to the stored close, a split is likely: no
/// provider's rounding or restatement comes near it.
const SPLIT: f64 = 0.4;

/// Shows the lines.
pub(super) fn show(ui: &mut Ui, cx: &Cx<'_>, import: &mut ImportPrices) {
    let Some(file) = import.file() else {
        return;
    };
    let tokens = &cx.tokens;
    ui.spacing_mut().item_spacing.y = 0.0;
    let format = file.layout.format;
    line(ui, cx, "Format", &layout_text(file), tokens.text1);
    if let Some(note) = format.note() {
        line(ui, cx, "", note, tokens.warn);
    }
    line(ui, cx, "Days", &days_text(file), tokens.text1);
    let overlap = import.overlap();
    if let Some(overlap) = overlap {
        line(
            ui,
            cx,
            "Against stored",
            &overlap_text(overlap),
            tokens.text1,
        );
        let largest = overlap.largest_relative.unwrap_or_default();
        if largest >= SPLIT {
            let text = "So large a difference is usually a split: take the file only if all its days are adjusted for it";
            line(ui, cx, "", text, tokens.warn);
        }
    }
    if file.good.is_empty() {
        let text = "No row can be taken; the list says why";
        line(ui, cx, "", text, tokens.error);
    }
    ui.add_space(theme::HALF);
}

/// Shows a chip for each list that is not empty.
pub(super) fn lists(ui: &mut Ui, cx: &Cx<'_>, import: &mut ImportPrices) {
    let Some(file) = import.file() else {
        return;
    };
    let overlap = import.overlap();
    let count = |listed: Listed| listed.len(file, overlap);
    let mut chosen = import.listed.filter(|listed| count(*listed) > 0);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = theme::HALF;
        ui.set_min_height(theme::CHIP);
        for listed in Listed::ALL {
            let rows = count(listed);
            if rows == 0 {
                continue;
            }
            // A comparison that turns up differences shows them.
            chosen = chosen.or(Some(listed));
            let text = format!("{} {}", listed.name(), format::decimal(rows.into()));
            let response = chip(ui, &cx.tokens, &text, chosen == Some(listed));
            if response.on_hover_text(listed.hint()).clicked() {
                chosen = Some(listed);
            }
        }
    });
    import.listed = chosen;
}

/// A name and what is to be said, ended by … where it does not fit.
pub(in crate::ui::dialog) fn line(
    ui: &mut Ui,
    cx: &Cx<'_>,
    name: &str,
    text: &str,
    colour: egui::Color32,
) {
    let size = vec2(ui.available_width(), LINE);
    let (rect, _) = ui.allocate_exact_size(size, Sense::empty());
    let font = theme::font(theme::TEXT, Weight::Regular);
    ui.painter().text(
        rect.left_center(),
        egui::Align2::LEFT_CENTER,
        name,
        font,
        cx.tokens.text2,
    );
    let mut right = rect;
    right.min = pos2(rect.left() + NAME, rect.top());
    let builder = UiBuilder::new()
        .max_rect(right)
        .layout(egui::Layout::left_to_right(egui::Align::Center));
    ui.scope_builder(builder, |ui| {
        ui.add(Label::new(RichText::new(text).color(colour)).truncate());
    });
}

fn layout_text(file: &PriceFile) -> String {
    let separator = match file.layout.separator {
        Separator::Comma => "commas",
        Separator::Semicolon => "semicolons",
        Separator::Tab => "tabs",
    };
    let order = if file.unsorted {
        ", not in order of days"
    } else {
        ""
    };
    let others = match usize::try_from(file.other_ticker_rows) {
        Ok(0) | Err(_) => String::new(),
        Ok(rows) => format!(
            "; {} of other tickers left out",
            format::count(rows, "row", "rows")
        ),
    };
    let name = file.layout.format.name();
    format!("{name}, separated by {separator}{order}{others}")
}

fn days_text(file: &PriceFile) -> String {
    match (file.good.first(), file.good.last()) {
        (Some(first), Some(last)) => format!(
            "{}, {} to {}",
            format::count(file.good.len(), "day", "days"),
            format::day_long(first.day),
            format::day_long(last.day)
        ),
        _ => format::UNKNOWN.to_owned(),
    }
}

fn overlap_text(overlap: &Overlap) -> String {
    let number = |count: usize| format::decimal(count.into());
    let largest = overlap
        .largest_relative
        .map(|largest| format!(" by up to {}", format::share(largest)));
    format!(
        "{} new, {} the same, {} differ{}",
        number(overlap.new_days),
        number(overlap.same),
        number(overlap.differing.len()),
        largest.unwrap_or_default()
    )
}
