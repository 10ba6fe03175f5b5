//! The Watchlist: chart over table, the selected company's pane on the right.

mod cells;
mod chooser;
pub mod columns;
pub mod formulas;
mod lines;
pub mod scale;
pub mod sets;

use egui::{CentralPanel, Frame, Margin, Panel, Ui, vec2};

use crate::analytics::measure::Facts;
use crate::model::{CompanyId, RecordKey, RecordKind};
use crate::ui::chart::{Chart, Range};
use crate::ui::provenance::sentence;
use crate::ui::state::UiState;
use crate::ui::theme::{self, Weight};
use crate::ui::widget::table::{Extras, Hooks, Model, Table};
use crate::ui::widget::{caption, chip, hairline_below, heading, link};
use crate::ui::{Action, Cx, format, hint, page, typed_day};

use super::list;
use columns::{Column, Shown};

/// A chart header narrower than this leaves the benchmarks' chips out.
const ROOMY: f32 = 560.0;
/// The title is left out where it would have less room than this.
const TITLE: f32 = 120.0;

/// Narrower than this, the table's header has no room for "Add company…".
const CROWDED: f32 = 400.0;

/// Where the table has less than this, a hint would cost rows that are needed.
const ROWS: f32 = 8.0 * theme::ROW;

/// What the page remembers.
#[derive(Default)]
pub struct State {
    /// Text of the filter box.
    pub filter: String,
    /// The chart.
    pub chart: Chart,
    /// Texts of the from–to fields while they are open.
    pub span: Option<(String, String)>,
    /// What is being typed in the menu of columns.
    naming: chooser::Naming,
    table: list::Cached<Listed>,
    scroll_to_selected: bool,
}

/// The table as it is painted, and whose rows they are.
#[derive(Default)]
struct Listed {
    model: Model,
    extras: Extras,
    columns: Vec<Shown>,
    companies: Vec<CompanyId>,
}

/// Shows the page.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, state: &mut UiState) {
    let tokens = &cx.tokens;
    let panel = Frame::new().fill(tokens.panel).inner_margin(Margin::ZERO);
    if state
        .selected
        .is_some_and(|id| cx.book.company(id).is_none())
    {
        state.selected = None;
    }
    let wide = ui.available_width() > 2.2 * theme::PANE;
    if wide {
        let narrow = ui.ctx().content_rect().width() < theme::NARROW;
        let width = if narrow {
            theme::PANE_NARROW
        } else {
            theme::PANE
        };
        Panel::right("pane")
            .exact_size(width)
            .resizable(false)
            .frame(panel)
            .show(ui, |ui| page::pane::show(ui, cx, state.selected));
    }
    let height = ui.available_height();
    // In a very low window the table keeps some rows.
    let chart_height = (height * 0.42).clamp(180.0, 460.0).min(height * 0.55);
    Panel::top("chart")
        .exact_size(chart_height)
        .resizable(false)
        .frame(Frame::new().fill(tokens.bg).inner_margin(Margin::ZERO))
        .show(ui, |ui| {
            chart_header(ui, cx, state);
            lines::show_chart(ui, cx, state);
        });
    CentralPanel::default().frame(panel).show(ui, |ui| {
        refresh_table(cx, &mut state.watchlist);
        table_header(ui, cx, state);
        show_table(ui, cx, state);
    });
}

/// Title and note on the left, what to show on the right.
fn chart_header(ui: &mut Ui, cx: &Cx<'_>, state: &mut UiState) {
    let tokens = &cx.tokens;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 44.0), egui::Sense::hover());
    let inner = rect.shrink2(vec2(theme::GUTTER, 0.0));
    let right = egui::Layout::right_to_left(egui::Align::Center);
    let mut chips = ui.new_child(egui::UiBuilder::new().max_rect(inner).layout(right));
    chips.spacing_mut().item_spacing.x = 2.0;
    chart_chips(&mut chips, cx, state, inner.width() > ROOMY);
    let room = inner.with_max_x(chips.min_rect().left() - theme::GRID);
    if room.width() < TITLE {
        return;
    }
    let down = egui::Layout::top_down(egui::Align::Min);
    let mut left = ui.new_child(egui::UiBuilder::new().max_rect(room).layout(down));
    left.spacing_mut().item_spacing.y = 1.0;
    left.add_space(if cx.status.prices_note.is_some() {
        5.0
    } else {
        12.0
    });
    let from = format::day_long(lines::days(cx).0);
    heading(&mut left, tokens, &format!("Since {from}, rebased to 100"));
    if let Some(note) = &cx.status.prices_note {
        caption(&mut left, tokens, &sentence(note));
    }
}

fn chart_chips(ui: &mut Ui, cx: &Cx<'_>, state: &mut UiState, roomy: bool) {
    let tokens = &cx.tokens;
    let log = chip(ui, tokens, "Log", cx.settings.chart_log);
    if log
        .on_hover_text("Equal distances are equal percentages")
        .clicked()
    {
        set(cx, |settings| settings.chart_log = !settings.chart_log);
    }
    let range = Range::from_code(&cx.settings.chart_range);
    if matches!(range, Range::Between(..)) || cx.settings.chart_log {
        let reset = chip(ui, tokens, "Reset", false);
        if reset
            .on_hover_text("Back to the year so far, without logarithm")
            .clicked()
        {
            state.watchlist.span = None;
            set(cx, |settings| {
                settings.chart_range = Range::default().code();
                settings.chart_log = false;
            });
        }
    }
    range_chips(ui, cx, state, range);
    if !roomy {
        return;
    }
    ui.add_space(theme::GUTTER);
    for symbol in lines::benchmarks(cx) {
        let on = !cx.settings.lines_off.iter().any(|off| off == symbol);
        let chip = chip(ui, tokens, symbol, on);
        if chip
            .on_hover_text(format!("Show or hide the line of {symbol}"))
            .clicked()
        {
            toggle_line(cx, symbol);
        }
    }
}

fn range_chips(ui: &mut Ui, cx: &Cx<'_>, state: &mut UiState, range: Range) {
    let between = matches!(range, Range::Between(..));
    if let Some((from, to)) = &mut state.watchlist.span {
        let done = typed_day::pair(ui, cx, from, to);
        if let Some(span) = done.taken {
            set_range(cx, Range::Between(span.0, span.1));
        }
        if done.closed {
            state.watchlist.span = None;
        }
    } else if chip(ui, &cx.tokens, "From–to", between)
        .on_hover_text("Type a first and a last day, or drag over the chart")
        .clicked()
    {
        let (from, to) = lines::days(cx);
        state.watchlist.span = Some((from.to_string(), to.to_string()));
    }
    for button in Range::BUTTONS.into_iter().rev() {
        if chip(ui, &cx.tokens, button.label(), button == range).clicked() {
            state.watchlist.span = None;
            set_range(cx, button);
        }
    }
}

fn set_range(cx: &Cx<'_>, range: Range) {
    set(cx, |settings| settings.chart_range = range.code());
}

/// Asks for a change of the preferences.
fn set(cx: &Cx<'_>, change: impl FnOnce(&mut crate::ui::Settings)) {
    let mut settings = cx.settings.clone();
    change(&mut settings);
    cx.act(Action::Set(Box::new(settings)));
}

fn toggle_line(cx: &Cx<'_>, symbol: &str) {
    set(cx, |settings| {
        let before = settings.lines_off.len();
        settings.lines_off.retain(|off| off != symbol);
        if settings.lines_off.len() == before {
            settings.lines_off.push(symbol.to_owned());
        }
    });
}

/// The count and the sets of columns on the left, filter and columns on the
/// right; below them a hint as long as there is one.
fn table_header(ui: &mut Ui, cx: &Cx<'_>, state: &mut UiState) {
    let tokens = &cx.tokens;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 36.0), egui::Sense::hover());
    hairline_below(ui, tokens, rect);
    let inner = rect.shrink2(vec2(theme::GUTTER, 0.0));
    let right = egui::Layout::right_to_left(egui::Align::Center);
    let mut tools = ui.new_child(egui::UiBuilder::new().max_rect(inner).layout(right));
    filter_box(&mut tools, state);
    tools.add_space(theme::GRID);
    chooser::show(&mut tools, cx, state);
    // Where there is no room for it, the command box has it.
    let fits = inner.width() > CROWDED;
    if fits && link(&mut tools, tokens, "Add company…").clicked() {
        cx.act(Action::New(RecordKind::Company, None));
    }
    let room = inner.with_max_x(tools.min_rect().left() - theme::GRID);
    let across = egui::Layout::left_to_right(egui::Align::Center);
    let mut left = ui.new_child(egui::UiBuilder::new().max_rect(room).layout(across));
    let all = cx.derived.watchlist.len();
    let shown = state.watchlist.table.get().model.rows.len();
    let title = if shown == all {
        format::count(all, "miner", "miners")
    } else {
        format!("{shown} of {all} miners")
    };
    let font = theme::font(theme::TEXT, Weight::SemiBold);
    let title = egui::RichText::new(title).font(font).color(tokens.text1);
    left.add(egui::Label::new(title).truncate());
    left.add_space(theme::GRID);
    chooser::chips(&mut left, cx);
    left.add_space(theme::GRID);
    if left.available_width() >= hint::ROOM {
        hint::show(&mut left, cx);
    } else if hint::is_left(cx) && inner.width() >= hint::ROOM && ui.available_height() > ROWS {
        // A line of its own, which is gone with the last hint; it is read with
        // what is above it.
        let gap = ui.spacing().item_spacing.y;
        ui.add_space(-gap);
        let size = vec2(ui.available_width(), theme::CHIP - gap);
        let (rect, _) = ui.allocate_exact_size(size, egui::Sense::hover());
        let inner = rect.shrink2(vec2(theme::GUTTER, 0.0));
        let mut line = ui.new_child(egui::UiBuilder::new().max_rect(inner).layout(across));
        hint::show(&mut line, cx);
    }
}

fn filter_box(ui: &mut Ui, state: &mut UiState) {
    let State { filter, .. } = &mut state.watchlist;
    list::filter_box(ui, "Filter companies", filter, &mut state.focus_filter);
}

fn show_table(ui: &mut Ui, cx: &Cx<'_>, state: &mut UiState) {
    take_keys(ui, cx, state);
    let cached = state.watchlist.table.get();
    let selected = state.selected.map(|id| id.0);
    let scroll_to = std::mem::take(&mut state.watchlist.scroll_to_selected)
        .then(|| {
            cached
                .model
                .rows
                .iter()
                .position(|row| Some(row.key) == selected)
        })
        .flatten();
    let (sort, down) = columns::sort_of(cx.settings);
    let sort = sort.map(|column| column.code());
    let table = Table {
        salt: "watchlist",
        model: &cached.model,
        selected,
        sorted: sort.as_deref().map(|code| (code, down)),
        scroll_to,
    };
    let facts_of = |index: usize| cx.derived.facts(*cached.companies.get(index)?);
    let shown = |index: usize| cached.columns.get(index);
    let opened = std::cell::Cell::new(None);
    let hooks = Hooks {
        has_tip: &|_, column| shown(column).is_some_and(|shown| cells::has_tip(&shown.column)),
        tip: &|ui, row, column| {
            if let (Some(facts), Some(shown)) = (facts_of(row), shown(column)) {
                cells::tip(ui, cx, facts, shown);
            }
        },
        menu: &|ui, row, column| {
            if let Some(facts) = facts_of(row) {
                explain(ui, cx, facts, column.and_then(shown));
                menu(ui, cx, facts.row.company_id);
            }
        },
        title_menu: Some(&|ui, column| {
            if let Some(shown) = shown(column) {
                opened.set(chooser::title_menu(ui, cx, &shown.column));
            }
        }),
    };
    let output = table.show_with(ui, &cx.tokens, &cached.extras, &hooks);
    if let Some(name) = opened.take() {
        state.dialog = chooser::formula_dialog(cx, Some(&name), state.selected);
    }
    let company =
        |index: Option<usize>| index.and_then(|index| cached.companies.get(index)).copied();
    if let Some(id) = company(output.clicked.or(output.opened)) {
        cx.act(Action::Select(id));
    }
    if let Some(symbol) = company(output.toggled).and_then(|id| cx.book.symbol_of(id)) {
        toggle_line(cx, symbol);
    }
    if let Some(shown) = output.sort_at.and_then(shown) {
        sort_by(cx, &shown.column);
    }
    if cached.model.rows.is_empty() {
        let text = if cx.derived.watchlist.is_empty() {
            "No company yet: add one, or restore the starter book in Settings"
        } else {
            "No company matches the filter"
        };
        ui.centered_and_justified(|ui| ui.label(text));
    }
}

/// While nothing is being typed, up and down move the selection, Enter edits
/// the selected company, Space shows or hides its line, Delete deletes it.
fn take_keys(ui: &Ui, cx: &Cx<'_>, state: &mut UiState) {
    let covered = state.form.is_some() || state.dialog.is_some();
    let keys = list::keys(ui, covered);
    let companies = &state.watchlist.table.get().companies;
    let now = companies.iter().position(|id| Some(*id) == state.selected);
    let next = list::moved(companies.len(), now, keys.step);
    if let Some(id) = next.and_then(|next| companies.get(next)) {
        cx.act(Action::Select(*id));
        state.watchlist.scroll_to_selected = true;
    }
    // Only what is seen is edited, toggled or deleted by a key.
    let Some(id) = now.and(state.selected) else {
        return;
    };
    let key = RecordKey::new(RecordKind::Company, id.0);
    if keys.open {
        cx.act(Action::Edit(key));
    }
    if keys.delete {
        cx.act(Action::Delete(key));
    }
    if keys.toggle
        && let Some(symbol) = cx.book.symbol_of(id)
    {
        toggle_line(cx, symbol);
    }
}

/// Sorts by a column: numbers first descending, a second click turns round.
fn sort_by(cx: &Cx<'_>, column: &Column) {
    let (now, down) = columns::sort_of(cx.settings);
    let down = if now.as_ref() == Some(column) {
        !down
    } else {
        *column != Column::Own(columns::Own::Company)
    };
    let code = column.code();
    set(cx, |settings| settings.watchlist_sort = Some((code, down)));
}

/// Offers how the figure under the pointer is computed.
fn explain(ui: &mut Ui, cx: &Cx<'_>, facts: Facts<'_>, shown: Option<&Shown>) {
    let Some(shown) = shown else { return };
    let measures = match (&shown.column, &shown.formula) {
        (Column::Measure(measure), _) => vec![*measure],
        (Column::Formula(_), Some(Ok(formula))) => formula.measures(),
        (Column::Own(_) | Column::Formula(_), _) => return,
    };
    for measure in measures {
        let text = format!("How is {} computed?", measure.label());
        if ui.button(text).clicked() {
            cx.act(Action::Explain(facts.row.company_id, measure));
            ui.close();
        }
    }
    ui.separator();
}

fn menu(ui: &mut Ui, cx: &Cx<'_>, company: CompanyId) {
    if ui.button("Open company page").clicked() {
        cx.act(Action::OpenCompany(company));
        ui.close();
    }
    ui.separator();
    let new = [
        ("New deal…", RecordKind::Deal),
        ("New debt…", RecordKind::Debt),
        ("New figure…", RecordKind::Figure),
        ("New treasury event…", RecordKind::Treasury),
        ("New note…", RecordKind::Note),
    ];
    for (text, kind) in new {
        if ui.button(text).clicked() {
            cx.act(Action::New(kind, Some(company)));
            ui.close();
        }
    }
    ui.separator();
    let key = RecordKey::new(RecordKind::Company, company.0);
    if ui.button("Edit company…").clicked() {
        cx.act(Action::Edit(key));
        ui.close();
    }
    if ui.button("Delete company").clicked() {
        cx.act(Action::Delete(key));
        ui.close();
    }
}

/// Builds the table anew when something it depends on changed.
fn refresh_table(cx: &Cx<'_>, state: &mut State) {
    let State { table, filter, .. } = state;
    let settings = cx.settings;
    let key = (
        (cx.revision, cx.feeds_revision),
        cx.today,
        (cx.tokens.dark, cx.tokens.gain),
        filter.as_str(),
        (&settings.watchlist_columns, &settings.watchlist_sort),
        (&settings.formulas, &settings.watchlist_scales),
        &settings.lines_off,
    );
    table.refresh(&key, || {
        let rows = cells::rows(cx, filter);
        let columns = columns::shown(settings);
        let (model, extras) = cells::model(cx, &rows, &columns);
        Listed {
            companies: rows.iter().map(|facts| facts.row.company_id).collect(),
            model,
            extras,
            columns,
        }
    });
}

impl State {
    /// Colours and titles of the table as last shown.
    pub fn extras(&self) -> &Extras {
        &self.table.get().extras
    }

    /// The table as last shown, for snapshots.
    pub fn model(&self) -> &Model {
        &self.table.get().model
    }
}
