//! Asks for the path of a file to read or write: the field stands beside the
//! desktop's own dialog, which some desktops lack.

use std::path::PathBuf;

use egui::{Align, Align2, Context, Key, Label, Layout, RichText, Sense, TextEdit, Ui, vec2};

use super::{Pressed, buttons, modal};
use crate::exchange::record_csv::Table;
use crate::ui::theme::{self, CONTROL};
use crate::ui::widget::{caption, focus_ring, heading};
use crate::ui::{Action, Cx};

/// Room for an error below the field: two lines, kept also without one.
const ERROR: f32 = 36.0;

/// What the path is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A CSV file of prices to read.
    ImportPrices,
    /// A book file to read.
    ImportBook,
    /// A book file to write.
    ExportBook,
    /// A CSV file of records to read.
    ImportRecords,
    /// A CSV file to write.
    ExportRecords(Table),
}

/// The path being typed.
#[derive(Clone, Debug)]
pub struct PathDialog {
    /// What it is for.
    pub purpose: Purpose,
    /// What was typed or chosen.
    pub text: String,
    /// What was wrong with it.
    pub error: Option<String>,
    /// Whose prices they are, if that is known.
    pub symbol: Option<String>,
}

impl Purpose {
    /// Title, what the button says, and what is asked for.
    fn texts(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::ImportPrices => (
                "Import prices",
                "Read",
                "A CSV file of daily prices; it is shown before anything is taken",
            ),
            Self::ImportBook => ("Import book", "Read", "A Gigawatch book file"),
            Self::ExportBook => ("Export book", "Write", "A new file for every record"),
            Self::ImportRecords => (
                "Import records",
                "Read",
                "A CSV file of deals, debts, figures or treasury events; it is shown before anything is taken",
            ),
            Self::ExportRecords(table) => (
                match table {
                    Table::Deals => "Export deals",
                    Table::Debts => "Export debts",
                    Table::Figures => "Export figures",
                    Table::Treasury => "Export treasury events",
                },
                "Write",
                "A new CSV file, which can be edited and imported again",
            ),
        }
    }

    fn action(self, path: PathBuf) -> Action {
        match self {
            Self::ImportPrices | Self::ImportBook | Self::ImportRecords => Action::ReadFile(path),
            Self::ExportBook => Action::WriteBook(path),
            Self::ExportRecords(table) => Action::WriteRecords(table, path),
        }
    }
}

/// Asks for the path.
pub fn show(ctx: &Context, cx: &Cx<'_>, dialog: &mut PathDialog) {
    let (title, button, what) = dialog.purpose.texts();
    let title = match &dialog.symbol {
        Some(symbol) => format!("{title} of {symbol}"),
        None => title.to_owned(),
    };
    let mut pressed = None;
    let modal = modal(ctx, "Path of a file", 520.0, |ui| {
        heading(ui, &cx.tokens, &title);
        caption(ui, &cx.tokens, what);
        ui.add_space(theme::HALF);
        let enter = field(ui, cx, dialog);
        error(ui, cx, dialog.error.as_deref());
        let named = path(&dialog.text).is_some();
        let why = if named { "" } else { "Type a path or browse" };
        pressed = buttons(ui, cx, button, named, why, false);
        if enter && named {
            pressed = Some(Pressed::Primary);
        }
    });
    match (pressed, path(&dialog.text)) {
        (Some(Pressed::Primary), Some(path)) => cx.act(dialog.purpose.action(path)),
        (Some(Pressed::Cancel), _) => cx.act(Action::CloseDialog),
        (None, _) if modal.should_close() => cx.act(Action::CloseDialog),
        (None | Some(Pressed::Primary), _) => {}
    }
}

/// The field and the button beside it; true if Enter was pressed in the field.
fn field(ui: &mut Ui, cx: &Cx<'_>, dialog: &mut PathDialog) -> bool {
    let size = vec2(ui.available_width(), CONTROL);
    ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
        if ui.button("Browse…").clicked() {
            cx.act(Action::ChooseFile);
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            let text = RichText::new("Path").color(cx.tokens.text2);
            let label = ui.label(text);
            let edit = TextEdit::singleline(&mut dialog.text)
                .id_salt("path")
                .align(Align2::LEFT_CENTER)
                .min_size(vec2(0.0, CONTROL))
                .desired_width(ui.available_width());
            let response = ui.add(edit).labelled_by(label.id);
            focus_ring(ui, &cx.tokens, &response, response.rect, theme::RADIUS);
            if response.changed() {
                dialog.error = None;
            }
            let enter = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            // The field is what the dialog is about: it has the focus at first
            // and after the desktop's own dialog.
            if enter || ui.memory(|memory| memory.focused().is_none()) {
                response.request_focus();
            }
            enter
        })
        .inner
    })
    .inner
}

fn error(ui: &mut Ui, cx: &Cx<'_>, error: Option<&str>) {
    let size = vec2(ui.available_width(), ERROR);
    let (rect, _) = ui.allocate_exact_size(size, Sense::empty());
    if let Some(error) = error {
        let text = RichText::new(error)
            .size(theme::SECONDARY)
            .color(cx.tokens.error);
        let builder = egui::UiBuilder::new().max_rect(rect);
        ui.scope_builder(builder, |ui| ui.add(Label::new(text).wrap()));
    }
}

/// The path that was typed: blanks around it and the quotes that file managers
/// copy with it are not part of it. `None` if nothing is left.
fn path(text: &str) -> Option<PathBuf> {
    let text = text.trim();
    let quoted = ['"', '\''].iter().find_map(|quote| {
        let inner = text.strip_prefix(*quote)?;
        inner.strip_suffix(*quote)
    });
    let text = quoted.unwrap_or(text);
    (!text.is_empty()).then(|| PathBuf::from(text))
}
