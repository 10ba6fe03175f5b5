//! The column chooser, beside the first rows of the file, and the questions
//! that only a person can answer: order of the date, decimal mark, ticker.

use egui::{ComboBox, Rect, RichText, Sense, Ui, pos2, vec2};

use super::ImportPrices;
use super::list::cell_text;
use crate::exchange::price_csv::{
    ColumnChoice, Columns, DateOrder, DecimalMark, FileError, Keep, Layout,
};
use crate::ui::theme::{self, Weight};
use crate::ui::widget::{chip, secondary};
use crate::ui::{Action, Cx, format};

/// Width of the choice of one column.
const ROLE: f32 = 170.0;
/// Rows of the file shown beside the chooser.
const PREVIEW: usize = 5;
/// Columns of the file shown there.
const PREVIEW_COLUMNS: usize = 8;

/// Reads the file again if the options are not those it was read with.
fn reread(cx: &Cx<'_>, import: &mut ImportPrices, change: impl FnOnce(&mut ImportPrices)) {
    let before = import.options.clone();
    change(import);
    if import.options != before {
        cx.act(Action::RereadImport);
    }
}

/// Shows a line of choices; gives the one clicked.
fn choice<T: Copy + PartialEq>(
    ui: &mut Ui,
    cx: &Cx<'_>,
    question: &str,
    chosen: Option<T>,
    answers: &[(T, String)],
) -> Option<T> {
    let mut clicked = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = theme::HALF;
        ui.label(RichText::new(question).color(cx.tokens.text2));
        for (answer, text) in answers {
            let selected = chosen == Some(*answer);
            if chip(ui, &cx.tokens, text, selected).clicked() && !selected {
                clicked = Some(*answer);
            }
        }
    });
    clicked
}

/// Shows the questions that the file asks, and those answered already.
pub(super) fn questions(ui: &mut Ui, cx: &Cx<'_>, import: &mut ImportPrices) {
    ticker(ui, cx, import);
    day_order(ui, cx, import);
    decimal_mark(ui, cx, import);
    let conflicts = import.file().is_some_and(|file| !file.conflicts.is_empty());
    if conflicts {
        let answers = [
            (Keep::Last, "Take the lower row".to_owned()),
            (Keep::First, "Take the upper row".to_owned()),
        ];
        let chosen = Some(import.options.keep);
        let question = "Where the file gives a day several closes:";
        if let Some(keep) = choice(ui, cx, question, chosen, &answers) {
            reread(cx, import, |import| import.options.keep = keep);
        }
    }
    let differing = import.overlap().is_some_and(|o| !o.differing.is_empty());
    if differing {
        let answers = [
            (false, "Take the file's close".to_owned()),
            (true, "Keep the stored close".to_owned()),
        ];
        let question = "On days that are stored with another close:";
        if let Some(keep) = choice(ui, cx, question, Some(import.keep_stored), &answers) {
            import.keep_stored = keep;
        }
    }
}

fn ticker(ui: &mut Ui, cx: &Cx<'_>, import: &mut ImportPrices) {
    let several = |layout: &&Layout| layout.tickers.len() > 1;
    let Some(layout) = import.layout().filter(several) else {
        return;
    };
    let mut chosen = import.options.ticker.clone();
    ui.horizontal(|ui| {
        ui.label(RichText::new("Ticker to take:").color(cx.tokens.text2));
        ComboBox::from_id_salt("ticker")
            .selected_text(chosen.as_deref().unwrap_or("Choose…"))
            .show_ui(ui, |ui| {
                for ticker in &layout.tickers {
                    ui.selectable_value(&mut chosen, Some(ticker.clone()), ticker);
                }
            })
            .response
            .accessible_name("Ticker to take");
    });
    reread(cx, import, |import| import.options.ticker = chosen);
}

fn day_order(ui: &mut Ui, cx: &Cx<'_>, import: &mut ImportPrices) {
    let asked = match import.current().map(|read| &read.parsed) {
        Some(Err(FileError::DayOrder {
            month_first,
            day_first,
            ..
        })) => Some((
            format!("{} (month first)", format::day_long(*month_first)),
            format!("{} (day first)", format::day_long(*day_first)),
        )),
        Some(_) | None => None,
    };
    let read_as = import.file().and_then(|file| file.date_order);
    let known = import.options.date_order.or(read_as);
    if asked.is_none() && known.is_none() {
        return;
    }
    let (month, day) = asked.unwrap_or_else(|| ("Month first".to_owned(), "Day first".to_owned()));
    let answers = [(DateOrder::MonthFirst, month), (DateOrder::DayFirst, day)];
    if let Some(order) = choice(ui, cx, "Order of the date:", known, &answers) {
        reread(cx, import, |import| import.options.date_order = Some(order));
    }
}

fn decimal_mark(ui: &mut Ui, cx: &Cx<'_>, import: &mut ImportPrices) {
    let asked = match import.current().map(|read| &read.parsed) {
        Some(Err(FileError::DecimalMark {
            as_decimal,
            as_thousands,
            ..
        })) => Some((as_thousands.clone(), as_decimal.clone())),
        Some(_) | None => None,
    };
    let comma = import.file().map(|file| file.decimal) == Some(DecimalMark::Comma);
    let known = import
        .options
        .decimal
        .or_else(|| comma.then_some(DecimalMark::Comma));
    if asked.is_none() && known.is_none() {
        return;
    }
    let text = |value: Option<&str>, name: &str| match value {
        Some(value) => format!("{value} ({name})"),
        None => name.to_owned(),
    };
    let point = asked.as_ref().map(|(point, _)| point.as_str());
    let comma = asked.as_ref().map(|(_, comma)| comma.as_str());
    let answers = [
        (DecimalMark::Point, text(point, "decimal point")),
        (DecimalMark::Comma, text(comma, "decimal comma")),
    ];
    if let Some(mark) = choice(ui, cx, "Decimal mark:", known, &answers) {
        reread(cx, import, |import| import.options.decimal = Some(mark));
    }
}

/// Shows which column is what, and the first rows to judge it by.
pub(super) fn chooser(ui: &mut Ui, cx: &Cx<'_>, import: &mut ImportPrices) {
    let Some(layout) = import.layout() else {
        return;
    };
    let mut columns = import.columns;
    secondary(
        ui,
        &cx.tokens,
        "Which column is what: the day and the close are needed",
    );
    let a_line = (ui.available_width() / (ROLE + theme::GRID)).max(1.0) as usize;
    let mut roles = roles(&mut columns);
    for line in roles.chunks_mut(a_line) {
        ui.horizontal(|ui| {
            for (name, column, needed) in line {
                role(ui, cx, layout, name, column, *needed);
            }
        });
    }
    preview(ui, cx, layout);
    let waits = import.options.columns.is_none()
        && matches!(&import.read, Some(read) if read.parsed.is_err());
    if columns != import.columns {
        import.columns = columns;
        reread(cx, import, |import| {
            import.options.columns = complete(&columns);
        });
    } else if waits && complete(&columns).is_some() {
        ui.add_space(theme::GRID);
        // The guess is complete, but a guess: a person must say so.
        if ui.button("Read with these columns").clicked() {
            reread(cx, import, |import| {
                import.options.columns = complete(&columns);
            });
        }
    }
}

/// The columns as a choice, if day and close are there and are not the same.
fn complete(columns: &Columns) -> Option<ColumnChoice> {
    let (day, close) = (columns.day?, columns.close?);
    (day != close).then_some(ColumnChoice {
        day,
        close,
        adjusted: columns.adjusted,
        open: columns.open,
        high: columns.high,
        low: columns.low,
        volume: columns.volume,
    })
}

/// The roles by name, each with its column and whether it is needed.
fn roles(columns: &mut Columns) -> [(&'static str, &mut Option<usize>, bool); 7] {
    [
        ("Day", &mut columns.day, true),
        ("Close", &mut columns.close, true),
        ("Adjusted close", &mut columns.adjusted, false),
        ("Open", &mut columns.open, false),
        ("High", &mut columns.high, false),
        ("Low", &mut columns.low, false),
        ("Volume", &mut columns.volume, false),
    ]
}

fn role(
    ui: &mut Ui,
    cx: &Cx<'_>,
    layout: &Layout,
    name: &str,
    column: &mut Option<usize>,
    needed: bool,
) {
    ui.vertical(|ui| {
        ui.set_width(ROLE);
        ui.spacing_mut().item_spacing.y = 2.0;
        let missing = needed && column.is_none();
        let colour = if missing {
            cx.tokens.warn
        } else {
            cx.tokens.text2
        };
        ui.label(RichText::new(name).size(theme::CAPTION).color(colour));
        let none = if needed { "Choose…" } else { format::UNKNOWN };
        let text = column.map_or_else(|| none.to_owned(), |at| layout.column_name(at));
        ComboBox::from_id_salt(name)
            .width(ROLE)
            .truncate()
            .selected_text(text)
            .show_ui(ui, |ui| {
                if !needed {
                    ui.selectable_value(column, None, none);
                }
                for at in 0..width(layout) {
                    ui.selectable_value(column, Some(at), layout.column_name(at));
                }
            })
            .response
            .accessible_name(name);
    });
}

/// How many columns the file has: as many as its widest line of the preview.
fn width(layout: &Layout) -> usize {
    let lines = layout.preview.iter().map(Vec::len);
    lines.chain([layout.names.len()]).max().unwrap_or_default()
}

fn preview(ui: &mut Ui, cx: &Cx<'_>, layout: &Layout) {
    let columns = width(layout).clamp(1, PREVIEW_COLUMNS);
    let font = theme::font(theme::CAPTION, Weight::Regular);
    for (index, cells) in layout.preview.iter().take(PREVIEW).enumerate() {
        let header = (index as u64) < layout.header_lines;
        let colour = if header {
            cx.tokens.text3
        } else {
            cx.tokens.text2
        };
        let size = vec2(ui.available_width(), 18.0);
        ui.spacing_mut().item_spacing.y = 0.0;
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        let width = rect.width() / columns as f32;
        for (column, text) in cells.iter().take(columns).enumerate() {
            let left = rect.left() + column as f32 * width;
            let cell = Rect::from_min_size(pos2(left, rect.top()), vec2(width, rect.height()));
            cell_text(ui, cell, text, font.clone(), colour, false);
        }
    }
}
