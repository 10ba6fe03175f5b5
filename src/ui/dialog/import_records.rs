//! The preview of a file of records: what is new, what would change and how,
//! what is refused and why. Reading itself is [`read`], a pure function that the
//! app runs on a worker; nothing is taken here.

mod list;

use std::sync::Arc;

use egui::{Align, Context, Label, Layout, RichText, ScrollArea, Ui, vec2};

use self::list::Listed;
use super::import_prices::fact;
use super::{Pressed, buttons, modal_as_high};
use crate::exchange::record_csv::{self, Fate, Import, RecordFileError, Table};
use crate::model::Book;
use crate::ui::theme;
use crate::ui::widget::{chip, hairline, heading};
use crate::ui::{Action, Cx, format};

/// Width of the dialog.
const WIDTH: f32 = 820.0;
/// The height that the parts between head and foot get at most.
const BODY: f32 = 460.0;
/// What head, foot and margins need beside them.
const AROUND: f32 = 152.0;
/// The least height of the list.
const LIST: f32 = 150.0;
/// The height of a body that says one thing only.
const SHORT: f32 = 2.0 * theme::CONTROL;

/// What a file would do to the book of a revision.
#[derive(Clone, Debug)]
pub struct Read {
    /// The revision of the book it was compared with.
    pub revision: u64,
    /// The rows, or why there are none.
    pub parsed: Result<Import, RecordFileError>,
}

/// Compares a file with a book: call it on a worker and hand the result to
/// [`ImportRecords::take_read`].
pub fn read(table: Table, bytes: &[u8], book: &Book, revision: u64) -> Read {
    Read {
        revision,
        parsed: record_csv::read(table, bytes, book),
    }
}

/// What the dialog shows.
pub struct ImportRecords {
    /// Name of the file.
    pub file_name: String,
    /// Its content.
    pub bytes: Arc<[u8]>,
    /// Which records it has, by its header.
    pub table: Table,
    /// What was read last.
    read: Option<Read>,
    /// The revision for which it is being read.
    asked: u64,
    /// The list on show; none means the gravest that is not empty.
    listed: Option<Listed>,
    /// What the lists hold, prepared when the file was read.
    shown: Shown,
}

/// Places of rows by what would become of them.
#[derive(Default)]
struct Shown {
    refused_rows: usize,
    changed_rows: usize,
    /// Every column that would change, as row and column by place.
    changes: Vec<(usize, usize)>,
    new: Vec<usize>,
    unchanged: Vec<usize>,
}

impl Shown {
    fn of(import: &Import) -> Self {
        let mut shown = Self {
            refused_rows: import.refused_rows(),
            changed_rows: import.changed_rows(),
            ..Self::default()
        };
        for (place, row) in import.rows.iter().enumerate() {
            match &row.fate {
                Fate::New => shown.new.push(place),
                Fate::Unchanged => shown.unchanged.push(place),
                Fate::Changed(fields) => {
                    let fields = 0..fields.len();
                    shown.changes.extend(fields.map(|field| (place, field)));
                }
            }
        }
        shown
    }
}

impl ImportRecords {
    /// The dialog for a file that is being read against the book of a revision.
    pub const fn new(file_name: String, bytes: Arc<[u8]>, table: Table, revision: u64) -> Self {
        Self {
            file_name,
            bytes,
            table,
            read: None,
            asked: revision,
            listed: None,
            shown: Shown {
                refused_rows: 0,
                changed_rows: 0,
                changes: Vec::new(),
                new: Vec::new(),
                unchanged: Vec::new(),
            },
        }
    }

    /// Takes over what [`read`] found.
    pub fn take_read(&mut self, read: Read) {
        self.listed = None;
        let import = read.parsed.as_ref();
        self.shown = import.map_or_else(|_refused| Shown::default(), Shown::of);
        self.read = Some(read);
    }

    /// What was read against the book as it is.
    fn current(&self, revision: u64) -> Option<&Read> {
        self.read.as_ref().filter(|read| read.revision == revision)
    }

    /// What would be taken, if it was read against the book of that revision.
    pub fn import(&self, revision: u64) -> Option<&Import> {
        self.current(revision)?.parsed.as_ref().ok()
    }
}

/// Shows the preview.
pub fn show(ctx: &Context, cx: &Cx<'_>, dialog: &mut ImportRecords) {
    if dialog.current(cx.revision).is_none() && dialog.asked != cx.revision {
        dialog.asked = cx.revision;
        cx.act(Action::RereadImport);
    }
    let body = match dialog.import(cx.revision) {
        Some(_) => (ctx.content_rect().height() - AROUND).clamp(LIST, BODY),
        None => SHORT,
    };
    let mut pressed = None;
    let modal = modal_as_high(ctx, "Import of records", WIDTH, |ui| {
        head(ui, cx, dialog);
        ScrollArea::vertical()
            .id_salt("import records")
            .max_height(body)
            .min_scrolled_height(body)
            .auto_shrink(false)
            .show(ui, |ui| {
                ui.set_min_height(body);
                content(ui, cx, dialog, body);
            });
        hairline(ui, &cx.tokens);
        pressed = foot(ui, cx, dialog);
    });
    match pressed {
        Some(Pressed::Primary) => cx.act(Action::TakeImport),
        Some(Pressed::Cancel) => cx.act(Action::CloseDialog),
        None if modal.should_close() => cx.act(Action::CloseDialog),
        None => {}
    }
}

fn head(ui: &mut Ui, cx: &Cx<'_>, dialog: &ImportRecords) {
    let size = vec2(ui.available_width(), theme::CHIP);
    ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
        let bytes = format::bytes(dialog.bytes.len() as u64);
        let file = RichText::new(format!("{}, {bytes}", dialog.file_name))
            .size(theme::SECONDARY)
            .color(cx.tokens.text2);
        let room = (ui.available_width() - 1.5 * theme::FIELD_LABEL).max(0.0);
        ui.allocate_ui_with_layout(
            vec2(room, theme::CHIP),
            Layout::right_to_left(Align::Center),
            |ui| ui.add(Label::new(file).truncate()),
        );
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            let what = dialog.table.label().to_lowercase();
            heading(ui, &cx.tokens, &format!("Import {what}"));
        });
    });
}

fn content(ui: &mut Ui, cx: &Cx<'_>, dialog: &mut ImportRecords, body: f32) {
    let top = ui.cursor().top();
    match dialog.current(cx.revision).map(|read| &read.parsed) {
        None => {
            ui.colored_label(cx.tokens.text2, "Reading…");
        }
        Some(Err(error)) => {
            let text = RichText::new(error.to_string()).color(cx.tokens.error);
            ui.add(Label::new(text).wrap());
        }
        Some(Ok(import)) => {
            ui.scope(|ui| facts(ui, cx, import, &dialog.shown));
            chips(ui, cx, dialog);
            let rest = body - (ui.cursor().top() - top) - theme::GRID;
            ui.scope(|ui| list::show(ui, cx, dialog, rest.max(LIST)));
        }
    }
}

fn facts(ui: &mut Ui, cx: &Cx<'_>, import: &Import, shown: &Shown) {
    ui.spacing_mut().item_spacing.y = 0.0;
    let tokens = &cx.tokens;
    let number = |count: usize| format::decimal(count.into());
    let rows = import.rows.len() + shown.refused_rows;
    let rows = format::count(rows, "row", "rows");
    fact(ui, cx, "File", &rows, tokens.text1);
    let counts = format!(
        "{} new, {} changed, {} unchanged",
        number(shown.new.len()),
        number(shown.changed_rows),
        number(shown.unchanged.len())
    );
    fact(ui, cx, "Against book", &counts, tokens.text1);
    if !import.refused.is_empty() {
        let refused = format::count(shown.refused_rows, "row", "rows");
        let text = if import.rows.is_empty() {
            format!("{refused}: no row can be taken; the list says why")
        } else {
            format!("{refused}; the others can be taken")
        };
        fact(ui, cx, "Refused", &text, tokens.warn);
    }
    ui.add_space(theme::HALF);
}

/// A chip for each list that is not empty.
fn chips(ui: &mut Ui, cx: &Cx<'_>, dialog: &mut ImportRecords) {
    let mut chosen = dialog.listed;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = theme::HALF;
        ui.set_min_height(theme::CHIP);
        for listed in Listed::ALL {
            let rows = listed.rows(&dialog.shown);
            if rows == 0 {
                continue;
            }
            let now = *chosen.get_or_insert(listed);
            let text = format!("{} {}", listed.name(), format::decimal(rows.into()));
            let response = chip(ui, &cx.tokens, &text, now == listed);
            if response.on_hover_text(listed.hint()).clicked() {
                chosen = Some(listed);
            }
        }
    });
    dialog.listed = chosen;
}

fn foot(ui: &mut Ui, cx: &Cx<'_>, dialog: &ImportRecords) -> Option<Pressed> {
    let rows = dialog.shown.new.len() + dialog.shown.changed_rows;
    let text = match rows {
        0 => "Import".to_owned(),
        _ => format!("Import {}", format::count(rows, "row", "rows")),
    };
    let why = match dialog.current(cx.revision).map(|read| &read.parsed) {
        None => Some("Wait until the file is read"),
        Some(Err(_)) => Some("Correct the file, then import it again"),
        Some(Ok(import)) if import.rows.is_empty() => Some("Nothing can be taken from this file"),
        Some(Ok(_)) if rows == 0 => Some("Nothing to do: all of it is in the book already"),
        Some(Ok(_)) => cx.status.read_only.as_deref(),
    };
    buttons(ui, cx, &text, why.is_none(), why.unwrap_or_default(), false)
}
