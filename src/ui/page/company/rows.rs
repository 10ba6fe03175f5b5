//! A table of records on the Company page: a row opens its form, its menu does
//! what can be done with it. It knows no columns.

use egui::{Ui, vec2};
use uuid::Uuid;

use crate::model::{CompanyId, RecordKey, RecordKind, SourceId};
use crate::ui::page::facts;
use crate::ui::theme;
use crate::ui::widget::table::{Cell, Column, Extras, Hooks, Model, Output, Row, Table, Tone};
use crate::ui::{Action, Cx, format};

/// The title and sign of a column of warnings.
pub const WARNING: &str = "⚠";
/// With the padding of a cell, the gutter of what stands above the tables.
const INSET: f32 = 10.0;

/// A table and what stands behind its rows.
#[derive(Default)]
pub struct Rows {
    /// The table.
    pub model: Model,
    behind: Vec<Behind>,
}

/// What stands behind a row.
#[derive(Clone, Default)]
pub struct Behind {
    /// The record that the row is of.
    pub record: Option<RecordKey>,
    /// An address to read on.
    pub url: Option<String>,
    /// What the pointer is told, a line each.
    pub tip: Vec<String>,
    /// What its warning sign says, if it has one.
    pub mark: Option<&'static str>,
}

impl Behind {
    /// A record with the first of its sources that has an address.
    pub fn of(cx: &Cx<'_>, kind: RecordKind, id: Uuid, sources: &[SourceId]) -> Self {
        let url = sources.iter().find_map(|id| facts::address(cx, *id));
        Self {
            record: Some(RecordKey::new(kind, id)),
            url: url.map(str::to_owned),
            tip: Vec::new(),
            mark: None,
        }
    }
}

/// A column that does not sort.
pub const fn column(
    code: &'static str,
    title: &'static str,
    hint: &'static str,
    width: f32,
) -> Column {
    Column {
        code,
        title,
        hint,
        width,
        right: false,
        grows: false,
        sorts: false,
    }
}

/// The same for numbers, which stand right.
pub const fn number(
    code: &'static str,
    title: &'static str,
    hint: &'static str,
    width: f32,
) -> Column {
    Column {
        right: true,
        ..column(code, title, hint, width)
    }
}

/// The same for names, which take what is left.
pub const fn name(
    code: &'static str,
    title: &'static str,
    hint: &'static str,
    width: f32,
) -> Column {
    Column {
        grows: true,
        ..column(code, title, hint, width)
    }
}

/// The sign of a warning, where there is one.
pub fn warning(warns: bool) -> Cell {
    if warns {
        Cell::Text(WARNING.to_owned(), Tone::Warn)
    } else {
        Cell::Blank
    }
}

/// A text, or the dash of the unknown.
pub fn known(text: Option<String>) -> Cell {
    text.map_or_else(Cell::unknown, Cell::text)
}

impl Rows {
    /// A table without rows.
    pub fn new(columns: &[Column]) -> Self {
        Self {
            model: Model {
                columns: columns.to_vec(),
                rows: Vec::new(),
            },
            behind: Vec::new(),
        }
    }

    /// Adds a row; its accessible name is made of its cells.
    pub fn push(&mut self, key: Uuid, cells: Vec<Cell>, behind: Behind) {
        let mut label = String::new();
        for (column, cell) in self.model.columns.iter().zip(&cells) {
            let text = match cell {
                Cell::Text(text, _) | Cell::Marked(text, ..) if text != format::UNKNOWN => text,
                Cell::Pair(strong, _) => strong,
                Cell::Text(..)
                | Cell::Marked(..)
                | Cell::Blank
                | Cell::Spark(..)
                | Cell::Age(..)
                | Cell::Toggle(..)
                | Cell::Square(_) => continue,
            };
            if text.is_empty() || column.title == WARNING {
                continue;
            }
            if label.is_empty() {
                label.push_str(text.trim());
            } else {
                label.extend([", ", column.title, " ", text.trim()]);
            }
        }
        if let Some(mark) = behind.mark {
            label.extend([", ", mark]);
        }
        self.model.rows.push(Row { key, label, cells });
        self.behind.push(behind);
    }

    /// How high the whole table is.
    pub fn height(&self) -> f32 {
        theme::HEADER + self.model.rows.len() as f32 * theme::ROW + 2.0
    }

    /// The record behind the row of that key.
    pub fn record_of(&self, key: Uuid) -> Option<RecordKey> {
        self.behind.get(self.model.row_of(key)?)?.record
    }

    /// Shows the table in what is left; a click selects a row.
    pub fn show(
        &self,
        ui: &mut Ui,
        cx: &Cx<'_>,
        salt: &'static str,
        selected: &mut Option<Uuid>,
        scroll: bool,
    ) -> Output {
        let scroll_to = selected.and_then(|key| self.model.row_of(key));
        let table = Table {
            salt,
            model: &self.model,
            selected: *selected,
            sorted: None,
            scroll_to: scroll_to.filter(|_| scroll),
        };
        let behind = |row: usize| self.behind.get(row);
        let extras = Extras {
            inset: INSET,
            ..Extras::default()
        };
        let hooks = Hooks {
            has_tip: &|row, _| behind(row).is_some_and(|behind| !behind.tip.is_empty()),
            tip: &|ui, row, _| {
                ui.set_max_width(420.0);
                for line in behind(row).into_iter().flat_map(|behind| &behind.tip) {
                    ui.label(line);
                }
            },
            menu: &|ui, row, _| match behind(row) {
                Some(behind) => menu(ui, cx, behind),
                None => ui.close(),
            },
            title_menu: None,
        };
        let output = table.show_with(ui, &cx.tokens, &extras, &hooks);
        let key = |row: Option<usize>| Some(self.model.rows.get(row?)?.key);
        let (clicked, opened) = (key(output.clicked), key(output.opened));
        // Enter on a focused row is a click; on the selected one it edits.
        let again = clicked.is_some() && clicked == *selected;
        let enter = again && ui.input(|input| input.key_pressed(egui::Key::Enter));
        let edited = opened.or_else(|| clicked.filter(|_| enter));
        if let Some(record) = edited.and_then(|key| self.record_of(key)) {
            cx.act(Action::Edit(record));
        }
        if clicked.is_some() {
            *selected = clicked;
        }
        output
    }

    /// Shows the table as high as it is, within something that scrolls.
    pub fn show_whole(
        &self,
        ui: &mut Ui,
        cx: &Cx<'_>,
        salt: &'static str,
        selected: &mut Option<Uuid>,
    ) {
        let size = vec2(ui.available_width(), self.height());
        let layout = egui::Layout::top_down(egui::Align::Min);
        ui.allocate_ui_with_layout(size, layout, |ui| {
            ui.set_min_size(size);
            ui.set_max_size(size);
            self.show(ui, cx, salt, selected, false);
        });
    }
}

/// What can be done with the record of a row.
fn menu(ui: &mut Ui, cx: &Cx<'_>, behind: &Behind) {
    if let Some(record) = behind.record {
        for (text, action) in [
            ("Edit…", Action::Edit(record)),
            ("Duplicate…", Action::Duplicate(record)),
            ("Delete", Action::Delete(record)),
        ] {
            if ui.button(text).clicked() {
                cx.act(action);
                ui.close();
            }
        }
    }
    if let Some(url) = &behind.url
        && ui.button("Open source").clicked()
    {
        cx.act(Action::OpenUrl(url.clone()));
        ui.close();
    }
    if behind.record.is_none() && behind.url.is_none() {
        ui.close();
    }
}

/// Nothing is entered: that, and how to enter it.
pub fn nothing(ui: &mut Ui, cx: &Cx<'_>, why: &str, step: &str, new: (RecordKind, CompanyId)) {
    if facts::nothing(ui, cx, why, step) {
        cx.act(Action::New(new.0, Some(new.1)));
    }
}
