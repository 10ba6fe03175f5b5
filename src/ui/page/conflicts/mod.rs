//! The Conflicts page: every pair of statements that disagrees, and a pane about
//! the selected one, where the user settles it.

mod columns;
mod pane;
mod words;

use egui::{Margin, Rect, RichText, Ui, UiBuilder, pos2, vec2};
use uuid::Uuid;

use crate::analytics::conflicts::Conflict;
use crate::ui::state::UiState;
use crate::ui::theme::{self, Weight};
use crate::ui::widget::table::{Model, Table};
use crate::ui::widget::{chip, hairline, hairline_right_of};
use crate::ui::{Action, Command, Cx, format};

use super::{facts, list};
use columns::Column;
pub use columns::Filter;
pub use words::{key, value};

/// What the page remembers.
#[derive(Default)]
pub struct State {
    /// Which conflicts are shown.
    pub filter: Filter,
    /// The conflict in the pane.
    selected: Option<Uuid>,
    /// The reason being typed, for the selected conflict.
    why: String,
    sort: Option<(Column, bool)>,
    shown: list::Cached<Model>,
    scroll_to_selected: bool,
}

impl State {
    /// Has the page show this conflict in its pane.
    pub fn reveal(&mut self, of: &Conflict) {
        self.reveal_key(words::key(of));
    }

    /// The same of the conflict that is known by that key.
    pub fn reveal_key(&mut self, key: Uuid) {
        self.filter = Filter::default();
        self.scroll_to_selected = true;
        self.select(Some(key));
    }

    fn select(&mut self, key: Option<Uuid>) {
        if self.selected != key {
            self.selected = key;
            self.why.clear();
        }
    }
}

/// Shows the page.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, state: &mut UiState) {
    let covered = state.form.is_some() || state.dialog.is_some();
    let focus = &mut state.focus_filter;
    let state = &mut state.conflicts;
    let all = &cx.derived.conflicts.list;
    ui.painter()
        .rect_filled(ui.max_rect(), 0.0, cx.tokens.panel);
    ui.spacing_mut().item_spacing = vec2(theme::GRID, 0.0);
    if all.is_empty() {
        let why = "No statements disagree. Enter a second source’s figure to compare it";
        if facts::nothing(ui, cx, why, Command::NewFigure.text()) {
            cx.act(Action::Run(Command::NewFigure));
        }
        return;
    }
    let area = ui.available_rect_before_wrap();
    let mut found = all.iter();
    let selected = found.find(|of| Some(words::key(of)) == state.selected);
    let selected = selected.filter(|_| !state.filter.not_compared);
    let pane = if selected.is_some() { theme::PANE } else { 0.0 };
    let lean = area.width() - pane < columns::Column::room() + theme::GUTTER;
    refresh(cx, state, lean);
    keys(ui, state, covered);
    let split = match selected {
        None => area.right(),
        Some(_) if area.width() > 2.2 * theme::PANE => area.right() - theme::PANE,
        // Too narrow for both: the pane lies over the table.
        Some(_) => area.left(),
    };
    let left = Rect::from_min_max(area.min, pos2(split, area.bottom()));
    let right = Rect::from_min_max(pos2(split, area.top()), area.max);
    if let Some(of) = selected {
        let builder = UiBuilder::new().id_salt("conflict pane").max_rect(right);
        if pane::show(&mut ui.new_child(builder), cx, of, &mut state.why) {
            state.select(None);
        }
    }
    if left.width() > 0.0 {
        let mut ui = ui.new_child(UiBuilder::new().id_salt("conflicts").max_rect(left));
        ui.set_clip_rect(left.intersect(ui.clip_rect()));
        if selected.is_some() {
            hairline_right_of(&ui, &cx.tokens, left);
        }
        head(&mut ui, cx, state, focus);
        hairline(&mut ui, &cx.tokens);
        table(&mut ui, cx, state);
    }
}

/// Builds the table anew when something it depends on changed.
fn refresh(cx: &Cx<'_>, state: &mut State, lean: bool) {
    let basis = (cx.revision, cx.today, cx.tokens.dark);
    let (filter, sort) = (&state.filter, state.sort);
    let code = sort.map(|(column, down)| (column.code(), down));
    state.shown.refresh(&(basis, filter, code, lean), || {
        if filter.not_compared {
            return columns::not_compared(cx, &filter.text);
        }
        let all = cx.derived.conflicts.list.iter();
        let mut shown: Vec<&Conflict> = all.filter(|of| filter.matches(cx, of)).collect();
        if let Some((column, down)) = sort {
            list::sort(&mut shown, down, |of| column.key(cx, of));
        }
        columns::model(cx, &shown, lean)
    });
}

fn head(ui: &mut Ui, cx: &Cx<'_>, state: &mut State, focus: &mut bool) {
    let margin = Margin::symmetric(theme::GUTTER as i8, 6);
    egui::Frame::new().inner_margin(margin).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = theme::HALF;
        ui.horizontal_wrapped(|ui| {
            let font = theme::font(theme::HEADING, Weight::SemiBold);
            let text = title(cx, state);
            ui.label(RichText::new(text).font(font).color(cx.tokens.text1));
            list::filter_box(ui, "Filter conflicts", &mut state.filter.text, focus);
            let open_only = state.filter.open_only;
            if chip(ui, &cx.tokens, "Open only", open_only)
                .on_hover_text("Leave out what you have settled")
                .clicked()
            {
                state.filter.open_only = !open_only;
            }
            let left_out = cx.derived.conflicts.not_compared.len();
            if left_out > 0 {
                let text = format!("Not compared ({})", format::rows(left_out));
                let shown = state.filter.not_compared;
                if chip(ui, &cx.tokens, &text, shown)
                    .on_hover_text("What differs but is no conflict, and why")
                    .clicked()
                {
                    state.filter.not_compared = !shown;
                }
            }
        });
    });
}

fn title(cx: &Cx<'_>, state: &State) -> String {
    let (shown, found) = (state.shown.get().rows.len(), &cx.derived.conflicts);
    let all = format::count(found.list.len(), "conflict", "conflicts");
    let open = format::rows(found.open());
    if state.filter.not_compared {
        return format!("{} not compared", format::count(shown, "pair", "pairs"));
    }
    if shown == found.list.len() {
        format!("{all}, {open} open")
    } else {
        format!("{} of {all}, {open} open", format::rows(shown))
    }
}

fn table(ui: &mut Ui, cx: &Cx<'_>, state: &mut State) {
    let model = state.shown.get();
    if model.rows.is_empty() {
        let (why, step) = ("No conflict matches the filter", "Clear the filter");
        if facts::nothing(ui, cx, why, step) {
            state.filter = Filter::default();
        }
        return;
    }
    let scroll_to = std::mem::take(&mut state.scroll_to_selected);
    let table = Table {
        salt: "conflicts",
        model,
        selected: state.selected,
        sorted: state.sort.map(|(column, down)| (column.code(), down)),
        scroll_to: state
            .selected
            .and_then(|key| model.row_of(key))
            .filter(|_| scroll_to),
    };
    let key = |row: usize| model.rows.get(row).map(|row| row.key);
    let output = table.show(
        ui,
        &cx.tokens,
        |_, _| true,
        |ui, row, _| {
            if let Some(row) = model.rows.get(row) {
                ui.set_max_width(420.0);
                ui.label(&row.label);
            }
        },
        |ui, _| ui.close(),
    );
    let clicked = output.clicked.and_then(key);
    let sorted = output.sort.and_then(Column::from_code);
    if let Some(column) = sorted {
        let now = state
            .sort
            .map_or(("", false), |(column, down)| (column.code(), down));
        let (_, down) = list::next_sort(now, column.code(), column.starts_down());
        state.sort = Some((column, down));
    }
    if clicked.is_some() {
        state.select(clicked);
    }
}

/// Up and down move the selection.
fn keys(ui: &Ui, state: &mut State, covered: bool) {
    let keys = list::keys(ui, covered);
    let table = state.shown.get();
    let now = state.selected.and_then(|key| table.row_of(key));
    let next = list::moved(table.rows.len(), now, keys.step);
    if let Some(key) = next
        .and_then(|next| table.rows.get(next))
        .map(|row| row.key)
    {
        state.select(Some(key));
        state.scroll_to_selected = true;
    }
}
