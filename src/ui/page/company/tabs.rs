//! The tabs of the Company page: which one is shown, what may be added there,
//! and the keys of its table.

use egui::{Align, Layout, Sense, Ui, UiBuilder, vec2};
use uuid::Uuid;

use crate::closed_set;
use crate::model::RecordKind;
use crate::ui::page::list;
use crate::ui::state::UiState;
use crate::ui::theme;
use crate::ui::widget::table::Model;
use crate::ui::widget::{chip, hairline, link};
use crate::ui::{Action, Cx};

use super::rows::Rows;
use super::{Shown, deals, debt, history, notes, power, statements, treasury};

closed_set! {
    /// A tab of the Company page.
    #[derive(Default)]
    Tab {
        /// Contracts.
        #[default]
        Deals = "deals", "Deals";
        /// Instruments, totals and coverage.
        Debt = "debt", "Debt";
        /// Megawatts.
        Power = "power", "Power";
        /// Bitcoin.
        Treasury = "treasury", "Treasury";
        /// What was stated.
        Statements = "statements", "Statements";
        /// Notes.
        Notes = "notes", "Notes";
        /// What was changed.
        History = "history", "History";
    }
}

impl Tab {
    /// What can be added there.
    const fn adds(self) -> Option<(&'static str, RecordKind)> {
        match self {
            Self::Deals => Some(("New deal…", RecordKind::Deal)),
            Self::Debt => Some(("New debt…", RecordKind::Debt)),
            Self::Power | Self::Statements => Some(("New figure…", RecordKind::Figure)),
            Self::Treasury => Some(("New treasury event…", RecordKind::Treasury)),
            Self::Notes => Some(("New note…", RecordKind::Note)),
            Self::History => None,
        }
    }
}

/// What the tabs remember.
#[derive(Default)]
pub struct State {
    /// The selected row.
    pub selected: Option<Uuid>,
    /// The statement that is to count, and why, while that is typed.
    pub choosing: Option<(Uuid, String)>,
    pub(super) deals: list::Cached<Rows>,
    pub(super) debt: list::Cached<debt::Debts>,
    pub(super) power: list::Cached<power::Power>,
    pub(super) treasury: list::Cached<treasury::Coins>,
    pub(super) statements: list::Cached<statements::Statements>,
    pub(super) notes: list::Cached<notes::Notes>,
    pub(super) history: list::Cached<Rows>,
    scroll: bool,
}

impl State {
    /// Forgets what was selected and typed: another company is shown.
    pub fn forget(&mut self) {
        self.selected = None;
        self.choosing = None;
    }

    /// The tables of a tab as last shown.
    pub fn tables(&self, tab: Tab) -> Vec<&Model> {
        match tab {
            Tab::Deals => vec![&self.deals.get().model],
            Tab::Debt => {
                let debt = self.debt.get();
                vec![&debt.instruments.model, &debt.sites.model]
            }
            Tab::Power => vec![&self.power.get().sites.model],
            Tab::Treasury => vec![&self.treasury.get().flows.model],
            Tab::Statements => vec![&self.statements.get().rows.model],
            Tab::Notes => Vec::new(),
            Tab::History => vec![&self.history.get().model],
        }
    }

    /// The table whose rows keys move through.
    fn rows(&self, tab: Tab) -> Option<&Rows> {
        match tab {
            Tab::Deals => Some(self.deals.get()),
            Tab::Debt => Some(&self.debt.get().instruments),
            Tab::Power | Tab::Notes => None,
            Tab::Treasury => Some(&self.treasury.get().flows),
            Tab::Statements => Some(&self.statements.get().rows),
            Tab::History => Some(self.history.get()),
        }
    }
}

/// Shows the tabs and the one that is chosen.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, shown: Shown<'_>, state: &mut UiState, covered: bool) {
    bar(ui, cx, shown, state);
    hairline(ui, &cx.tokens);
    let tab = state.company.tab;
    refresh(cx, shown, tab, &mut state.company.tabs);
    keys(ui, cx, &mut state.company.tabs, tab, covered);
    let scroll = std::mem::take(&mut state.company.tabs.scroll);
    let tabs = &mut state.company.tabs;
    let id = shown.company.id;
    match tab {
        Tab::Deals => deals::show(ui, cx, id, tabs, scroll),
        Tab::Debt => debt::show(ui, cx, id, tabs),
        Tab::Power => power::show(ui, cx, shown, tabs),
        Tab::Treasury => treasury::show(ui, cx, shown, tabs),
        Tab::Statements => statements::show(ui, cx, id, state, scroll),
        Tab::Notes => notes::show(ui, cx, id, tabs),
        Tab::History => history::show(ui, cx, id, tabs, scroll),
    }
}

/// Builds what the tab shows anew when something it depends on changed.
fn refresh(cx: &Cx<'_>, shown: Shown<'_>, tab: Tab, tabs: &mut State) {
    let id = shown.company.id;
    let key = (cx.revision, cx.today, cx.tokens.dark, id);
    match tab {
        Tab::Deals => tabs.deals.refresh(&key, || deals::rows(cx, id)),
        Tab::Debt => tabs.debt.refresh(&key, || debt::Debts::of(cx, shown)),
        Tab::Power => tabs.power.refresh(&key, || power::Power::of(cx, shown)),
        Tab::Treasury => tabs
            .treasury
            .refresh(&key, || treasury::Coins::of(cx, shown)),
        Tab::Statements => {
            let build = || statements::Statements::of(cx, id);
            tabs.statements.refresh(&key, build);
        }
        Tab::Notes => tabs.notes.refresh(&key, || notes::Notes::of(cx, id)),
        Tab::History => {
            let read = cx
                .status
                .history
                .as_ref()
                .map(|of| (of.company, of.revision));
            let day = cx.now.date();
            tabs.history
                .refresh(&(key, read, day), || history::rows(cx, id));
        }
    }
}

fn bar(ui: &mut Ui, cx: &Cx<'_>, shown: Shown<'_>, state: &mut UiState) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 36.0), Sense::hover());
    let mut inner = rect.shrink2(vec2(theme::GUTTER, 0.0));
    // The text of the first chip lines up with what stands above.
    inner.min.x -= theme::GRID;
    let right = Layout::right_to_left(Align::Center);
    let mut tools = ui.new_child(UiBuilder::new().max_rect(inner).layout(right));
    let adds = state.company.tab.adds();
    if let Some((text, kind)) = adds
        && link(&mut tools, &cx.tokens, text).clicked()
    {
        cx.act(Action::New(kind, Some(shown.company.id)));
    }
    let room = inner.with_max_x(tools.min_rect().left() - theme::GRID);
    let across = Layout::left_to_right(Align::Center);
    let mut left = ui.new_child(UiBuilder::new().max_rect(room).layout(across));
    left.spacing_mut().item_spacing.x = 2.0;
    for tab in Tab::ALL {
        let on = *tab == state.company.tab;
        if chip(&mut left, &cx.tokens, tab.label(), on).clicked() && !on {
            state.company.tab = *tab;
            state.company.tabs.forget();
        }
    }
}

/// Up and down move through the rows, Enter edits, Delete deletes.
fn keys(ui: &Ui, cx: &Cx<'_>, state: &mut State, tab: Tab, covered: bool) {
    let keys = list::keys(ui, covered);
    let Some(rows) = state.rows(tab) else { return };
    let now = state.selected.and_then(|key| rows.model.row_of(key));
    let next = list::moved(rows.model.rows.len(), now, keys.step);
    let next = next.and_then(|next| rows.model.rows.get(next));
    let next = next.map(|row| row.key);
    // Only what is seen is edited or deleted by a key.
    if let Some(record) = state.selected.and_then(|key| rows.record_of(key)) {
        if keys.open {
            cx.act(Action::Edit(record));
        }
        // What has passed is not deleted again.
        if keys.delete && tab != Tab::History {
            cx.act(Action::Delete(record));
        }
    }
    if next.is_some() {
        state.selected = next;
        state.scroll = true;
    }
}
