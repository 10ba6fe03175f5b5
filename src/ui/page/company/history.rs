//! What was changed about a company and when, newest first, from the change
//! log. It reads nothing itself: the app asks the store when it is looked at.

use egui::Ui;
use jiff::Timestamp;
use uuid::Uuid;

use crate::model::{CompanyId, Record};
use crate::ui::page::facts;
use crate::ui::page::list;
use crate::ui::theme;
use crate::ui::widget::caption;
use crate::ui::widget::table::{Cell, Column, Tone};
use crate::ui::{Cx, format};

use super::history_words::{changed, title};
use super::rows::{Behind, Rows, column, name};
use super::tabs::State;

/// What became of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// In force.
    Done,
    /// Taken back; redo would bring it back.
    Undone,
    /// Taken back for good.
    Dropped,
}

/// A change of one record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastChange {
    /// Its number in the change log.
    pub seq: i64,
    /// When it was made.
    pub at: Timestamp,
    /// What it was called.
    pub label: String,
    /// The record before; none if the change made it.
    pub before: Option<Record>,
    /// The record after; none if the change deleted it.
    pub after: Option<Record>,
    /// What became of it.
    pub fate: Fate,
}

/// The changes about a company, as read at a revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct History {
    /// Which company.
    pub company: CompanyId,
    /// The revision of the book at which they were read.
    pub revision: u64,
    /// The changes, newest first.
    pub changes: Vec<PastChange>,
}

const COLUMNS: [Column; 4] = [
    column(
        "when",
        "When",
        "When the change was made, by your clock",
        104.0,
    ),
    name("what", "What", "The record that was changed", 230.0),
    name(
        "how",
        "Before → after",
        "The fields that were changed",
        420.0,
    ),
    column("fate", "", "", 84.0),
];

/// The changes as rows; none while they are being read.
pub fn rows(cx: &Cx<'_>, company: CompanyId) -> Rows {
    let mut rows = Rows::new(&COLUMNS);
    let history = cx.status.history.as_ref();
    let Some(history) = history.filter(|of| of.company == company) else {
        return rows;
    };
    for (place, change) in history.changes.iter().enumerate() {
        let Some(record) = change.after.as_ref().or(change.before.as_ref()) else {
            continue;
        };
        let what = title(cx, change, record);
        let how = changed(cx, change);
        let fate = match change.fate {
            Fate::Done => Cell::Blank,
            Fate::Undone => Cell::Text("undone".to_owned(), Tone::Warn),
            Fate::Dropped => Cell::Text("dropped".to_owned(), Tone::Warn),
        };
        let cells = vec![
            Cell::quiet(format::moment(change.at, cx.now)),
            Cell::text(what.as_str()),
            Cell::quiet(how.join("; ")),
            fate,
        ];
        let tone = |cell: Cell| match change.fate {
            Fate::Done => cell,
            Fate::Undone | Fate::Dropped => cell.dimmed(),
        };
        let known = cx.book.contains(record.key());
        let mut tip = vec![change.label.clone()];
        tip.extend(how);
        let behind = Behind {
            record: known.then(|| record.key()),
            url: None,
            tip,
            mark: None,
        };
        let key = Uuid::from_u64_pair(list::hash(&(change.seq, place)), list::hash(&record.key()));
        rows.push(key, cells.into_iter().map(tone).collect(), behind);
    }
    rows
}

/// Shows the history.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, company: CompanyId, state: &mut State, scroll: bool) {
    let read = cx.status.history.as_ref();
    if read.is_none_or(|of| of.company != company) {
        ui.add_space(theme::GUTTER);
        ui.vertical_centered(|ui| caption(ui, &cx.tokens, "Reading the change log…"));
        return;
    }
    let rows = state.history.get();
    if rows.model.rows.is_empty() {
        let why = "Nothing was changed since the starter book. Every edit is listed here";
        if facts::nothing(ui, cx, why, "New figure…") {
            let kind = crate::model::RecordKind::Figure;
            cx.act(crate::ui::Action::New(kind, Some(company)));
        }
        return;
    }
    rows.show(ui, cx, "company history", &mut state.selected, scroll);
}
