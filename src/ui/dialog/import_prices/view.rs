//! The dialog around the parts: file, symbol, what was read, buttons.

use egui::{Align, Context, Layout, RichText, ScrollArea, Ui, vec2};

use super::{ImportPrices, Read, columns, facts, list};
use crate::exchange::price_csv::FileError;
use crate::ui::dialog::{Pressed, buttons, modal_as_high};
use crate::ui::theme;
use crate::ui::widget::{FieldRow, Tone, hairline, heading, link};
use crate::ui::{Action, Cx, format};

/// Width of the dialog.
const WIDTH: f32 = 720.0;
/// The height that the parts between head and foot get at most.
const BODY: f32 = 460.0;
/// What head, foot and margins need beside them.
const AROUND: f32 = 184.0;
/// The least height of a list, below which the whole body scrolls.
const LIST: f32 = 150.0;

/// Shows the preview.
pub fn show(ctx: &Context, cx: &Cx<'_>, import: &mut ImportPrices) {
    import.compare(cx.book, cx.prices, cx.revision);
    let hopeless = match import.current().map(|read| &read.parsed) {
        Some(Err(error)) => !is_question(error) && !import.shows_columns(),
        Some(Ok(_)) | None => false,
    };
    let body = if hopeless {
        theme::CONTROL + theme::GUTTER
    } else {
        (ctx.content_rect().height() - AROUND).clamp(LIST, BODY)
    };
    let mut pressed = None;
    let modal = modal_as_high(ctx, "Import of prices", WIDTH, |ui| {
        head(ui, cx, import);
        if !hopeless {
            symbol(ui, cx, import);
        }
        ScrollArea::vertical()
            .id_salt("import")
            .max_height(body)
            .min_scrolled_height(body)
            .auto_shrink(false)
            .show(ui, |ui| {
                ui.set_min_height(body);
                content(ui, cx, import, body);
            });
        hairline(ui, &cx.tokens);
        pressed = foot(ui, cx, import);
    });
    match pressed {
        Some(Pressed::Primary) => cx.act(Action::TakeImport),
        Some(Pressed::Cancel) => cx.act(Action::CloseDialog),
        None if modal.should_close() => cx.act(Action::CloseDialog),
        None => {}
    }
}

fn head(ui: &mut Ui, cx: &Cx<'_>, import: &ImportPrices) {
    let tokens = &cx.tokens;
    let size = vec2(ui.available_width(), theme::CHIP);
    ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
        let size = format::bytes(import.bytes.len() as u64);
        let file = RichText::new(format!("{}, {size}", import.file_name))
            .size(theme::SECONDARY)
            .color(tokens.text2);
        let room = (ui.available_width() - theme::FIELD_LABEL).max(0.0);
        ui.allocate_ui_with_layout(
            vec2(room, theme::CHIP),
            Layout::right_to_left(Align::Center),
            |ui| ui.add(egui::Label::new(file).truncate()),
        );
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            heading(ui, tokens, "Import prices");
        });
    });
}

fn symbol(ui: &mut Ui, cx: &Cx<'_>, import: &mut ImportPrices) {
    let meaning = meaning(cx, import);
    let (tone, message) = match &meaning {
        Ok(Meaning::Known(text)) => (Tone::Good, text.as_str()),
        Ok(Meaning::New) => (
            Tone::Warn,
            "New: not in the book yet, it is added with its prices",
        ),
        Err(why) => (Tone::Error, *why),
    };
    let field = FieldRow {
        hint: "IREN",
        message: Some((tone, message)),
        ..FieldRow::new("Symbol")
    };
    if field.show(ui, &cx.tokens, &mut import.symbol).changed() {
        import.symbol_typed = true;
    }
}

/// What a symbol stands for.
enum Meaning {
    Known(String),
    New,
}

/// "IREN, IREN Limited", also for a former symbol.
fn meaning(cx: &Cx<'_>, import: &ImportPrices) -> Result<Meaning, &'static str> {
    let symbol = import.canonical_symbol(cx.book)?;
    let Some(instrument) = cx.book.instrument_by_symbol(&symbol) else {
        return Ok(Meaning::New);
    };
    let typed = import.symbol.trim();
    let former = if typed.eq_ignore_ascii_case(&symbol) {
        String::new()
    } else {
        format!(" (formerly {})", typed.to_uppercase())
    };
    Ok(Meaning::Known(format!(
        "{symbol}, {}{former}",
        instrument.name
    )))
}

fn content(ui: &mut Ui, cx: &Cx<'_>, import: &mut ImportPrices, body: f32) {
    let top = ui.cursor().top();
    ui.spacing_mut().item_spacing.y = theme::HALF;
    match import.current().map(|read| &read.parsed) {
        None => {
            ui.colored_label(cx.tokens.text2, "Reading…");
        }
        Some(Err(error)) => {
            let colour = if is_question(error) {
                cx.tokens.text1
            } else {
                cx.tokens.error
            };
            let text = RichText::new(error.to_string()).color(colour);
            ui.add(egui::Label::new(text).wrap());
            ui.add_space(theme::HALF);
        }
        Some(Ok(_)) => {
            ui.scope(|ui| facts::show(ui, cx, import));
        }
    }
    columns::questions(ui, cx, import);
    if import.shows_columns() {
        ui.add_space(theme::HALF);
        ui.scope(|ui| columns::chooser(ui, cx, import));
    } else if import.file().is_some() && link(ui, &cx.tokens, "Choose the columns…").clicked() {
        import.columns_open = true;
    }
    ui.add_space(theme::HALF);
    facts::lists(ui, cx, import);
    let rest = body - (ui.cursor().top() - top) - theme::GRID;
    ui.scope(|ui| list::show(ui, cx, import, rest.max(LIST)));
}

/// Whether the file can be read once a person has answered.
fn is_question(error: &FileError) -> bool {
    match error {
        FileError::ColumnsUnknown { .. }
        | FileError::SeveralTickers { .. }
        | FileError::NoSuchTicker { .. }
        | FileError::DayOrder { .. }
        | FileError::DecimalMark { .. } => true,
        FileError::Empty
        | FileError::NoRows { .. }
        | FileError::TooLarge { .. }
        | FileError::NotCsv(_)
        | FileError::LineTooLong { .. }
        | FileError::NoSuchColumn { .. }
        | FileError::TooManyBadRows { .. } => false,
    }
}

fn foot(ui: &mut Ui, cx: &Cx<'_>, import: &ImportPrices) -> Option<Pressed> {
    let rows = import.count_to_take();
    let why = obstacle(cx, import, rows);
    let text = match rows {
        0 => "Take rows".to_owned(),
        _ => format!("Take {}", format::count(rows, "row", "rows")),
    };
    buttons(ui, cx, &text, why.is_none(), why.unwrap_or_default(), false)
}

/// Why nothing can be taken yet.
fn obstacle<'a>(cx: &'a Cx<'_>, import: &ImportPrices, rows: usize) -> Option<&'a str> {
    let parsed = import.current().map(|Read { parsed, .. }| parsed);
    match parsed {
        None => Some("Wait until the file is read"),
        Some(Err(error)) if is_question(error) => Some("Answer the question first"),
        Some(Err(_)) => Some("Nothing can be taken from this file"),
        Some(Ok(_)) => match import.canonical_symbol(cx.book) {
            Err(_) => Some("The symbol is not clear yet"),
            Ok(_) if rows == 0 => Some("No row is left to take"),
            Ok(_) => cx.status.read_only.as_deref(),
        },
    }
}
