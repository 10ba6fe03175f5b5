//! The list of companies under a company field: it follows what is typed, and
//! is picked from with the arrows and Enter or a click.

use egui::{
    Align, Button, Id, Key, Layout, Modifiers, Popup, PopupCloseBehavior, Response, Sense, Ui,
};

use crate::model::CompanyId;
use crate::model::draft::who;
use crate::ui::Cx;
use crate::ui::theme::{FIELD, GRID};

/// The most companies that the list shows.
const SHOWN: usize = 7;

/// The state of the list.
#[derive(Default)]
pub(super) struct Suggestions {
    /// Whether the list may be shown; typing opens it.
    pub open: bool,
    /// Whether it was shown in the last frame.
    pub shown: bool,
    /// The line that Enter picks.
    at: usize,
    /// The input that it belongs to.
    pub input: Option<Id>,
}

impl Suggestions {
    /// What the arrows and Enter do while the list is open; to be asked before
    /// the input is drawn, which would take them. Gives the company picked.
    pub fn keys(&mut self, ui: &Ui, cx: &Cx<'_>, text: &str) -> Option<CompanyId> {
        let focused = self.input.is_some_and(|id| ui.memory(|m| m.has_focus(id)));
        if !self.shown || !focused {
            return None;
        }
        let found = who::suggestions(text, cx.book);
        let last = found.len().min(SHOWN).checked_sub(1)?;
        let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        if pressed(Key::ArrowDown) {
            self.at = if self.at >= last { 0 } else { self.at + 1 };
        }
        if pressed(Key::ArrowUp) {
            self.at = self.at.checked_sub(1).unwrap_or(last);
        }
        let picked = pressed(Key::Enter).then(|| found.get(self.at.min(last)));
        picked.flatten().map(|company| company.id)
    }

    /// Draws the list under its input. Gives the company clicked.
    pub fn show(&mut self, cx: &Cx<'_>, input: &Response, text: &str) -> Option<CompanyId> {
        self.input = Some(input.id);
        self.shown = false;
        if input.changed() {
            self.at = 0;
            self.open = !text.trim().is_empty();
        }
        if !self.open {
            return None;
        }
        let found = who::suggestions(text, cx.book);
        let named = found.first().filter(|first| first.name == text.trim());
        if found.is_empty() || named.is_some() && found.len() == 1 {
            return None;
        }
        self.shown = true;
        let mut clicked = None;
        let list = Popup::from_response(input)
            .id(input.id.with("suggestions"))
            .open(true)
            .layout(Layout::top_down_justified(Align::Min))
            .close_behavior(PopupCloseBehavior::IgnoreClicks)
            .show(|ui| {
                ui.set_min_width(FIELD - 2.0 * GRID);
                ui.spacing_mut().item_spacing.y = 0.0;
                for (index, company) in found.iter().take(SHOWN).enumerate() {
                    let symbol = cx.book.symbol_of(company.id).unwrap_or_default();
                    let line = format!("{}  {symbol}", company.name);
                    let row = ui.push_id(company.id.0, |ui| {
                        // The arrows pick: Tab goes on to the next field.
                        let line = Button::selectable(index == self.at, line.trim_end());
                        ui.add(line.sense(Sense::CLICK))
                    });
                    if row.inner.clicked() {
                        clicked = Some(company.id);
                    }
                }
            });
        // A press on the list takes the focus from the input before the click is one.
        let on_list = list.is_some_and(|list| list.response.contains_pointer());
        if !input.has_focus() && !on_list && !input.changed() {
            self.open = false;
        }
        clicked
    }

    /// Closes the list, as after picking.
    pub fn close(&mut self) {
        self.open = false;
        self.shown = false;
        self.at = 0;
    }
}
