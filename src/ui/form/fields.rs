//! The inputs of forms, each tied to a field of the draft by its name: what is
//! typed goes into the draft, what it means is shown below.

use egui::text::{CCursor, CCursorRange};
use egui::{ComboBox, Key, Modifiers, Response, ScrollArea, TextEdit, Ui};

use super::readings::Readings;
use super::row::row;
use super::{Focus, Spot, Visit};
use crate::model::SourceId;
use crate::model::draft::{Draft, LinkDraft, who};
use crate::model::source::Grade;
use crate::ui::Cx;
use crate::ui::theme::{CONTROL, FIELD, GRID, TEXT, Weight, font};
use crate::ui::widget::{FieldRow, caption};

/// Height of the inputs of longer texts.
const PARAGRAPH: f32 = 64.0;

/// A line of text: the draft's field, its label, and what helps to fill it.
#[derive(Clone, Copy, Default)]
pub(super) struct Line {
    pub field: &'static str,
    pub label: &'static str,
    /// The unit right of the input.
    pub unit: &'static str,
    /// An example of what to type.
    pub hint: &'static str,
}

/// Shorthand for a [`Line`] without a unit.
pub(super) const fn line(field: &'static str, label: &'static str, hint: &'static str) -> Line {
    Line {
        field,
        label,
        unit: "",
        hint,
    }
}

/// Draws the inputs of one form.
pub(super) struct Fields<'a> {
    pub cx: &'a Cx<'a>,
    pub readings: &'a Readings,
    pub visit: &'a mut Visit,
}

impl Fields<'_> {
    /// A line of text. Enter in it saves.
    pub fn text(&mut self, ui: &mut Ui, draft: &mut dyn Draft, line: Line) -> Option<Response> {
        let text = draft.text_mut(line.field)?;
        let field = FieldRow {
            label: line.label,
            unit: line.unit,
            hint: line.hint,
            message: self.readings.message(line.field, self.visit),
        };
        let drawn = ui.push_id(line.field, |ui| field.show(ui, &self.cx.tokens, text));
        let response = drawn.inner;
        self.line_visited(ui, line.field.into(), &response, text);
        Some(response)
    }

    /// Keeps track of the cursor in a line of text, in which Enter saves.
    pub fn line_visited(&mut self, ui: &Ui, spot: Spot, response: &Response, text: &str) {
        self.visited(ui, spot, response, text, false);
        let enter =
            ui.input(|input| input.key_pressed(Key::Enter) && input.modifiers == Modifiers::NONE);
        if response.lost_focus() && enter {
            self.visit.entered = true;
        }
    }

    /// Several lines, one below the other.
    pub fn texts(&mut self, ui: &mut Ui, draft: &mut dyn Draft, lines: &[Line]) {
        for line in lines {
            self.text(ui, draft, *line);
        }
    }

    /// The company, with a list that follows what is typed.
    pub fn company(&mut self, ui: &mut Ui, draft: &mut dyn Draft) {
        let Some(text) = draft.text("company").map(str::to_owned) else {
            return;
        };
        let by_key = self.visit.suggestions.keys(ui, self.cx, &text);
        let company = line("company", "Company", "Name or symbol");
        let Some(response) = self.text(ui, draft, company) else {
            return;
        };
        let typed = draft.text("company").unwrap_or_default();
        let by_click = self.visit.suggestions.show(self.cx, &response, typed);
        if let Some(picked) = by_key.or(by_click)
            && let Some(text) = draft.text_mut("company")
        {
            *text = who::text_of(picked, self.cx.book);
            self.visit.suggestions.close();
            response.request_focus();
            select(ui, &response, text.chars().count(), text.chars().count());
        }
    }

    /// A longer text, in which Enter starts a new line.
    pub fn paragraph(&mut self, ui: &mut Ui, draft: &mut dyn Draft, line: Line) {
        let Some(text) = draft.text_mut(line.field) else {
            return;
        };
        let message = self.readings.message(line.field, self.visit);
        let tokens = self.cx.tokens;
        let response = row(ui, &tokens, line.label, PARAGRAPH, message, |ui, label| {
            let area = ScrollArea::vertical()
                .id_salt(line.field)
                .max_height(PARAGRAPH)
                .min_scrolled_height(PARAGRAPH);
            let edit = TextEdit::multiline(text)
                .id_salt(line.field)
                .hint_text(line.hint)
                .font(font(TEXT, Weight::Regular))
                .desired_width(FIELD)
                .desired_rows(3);
            area.show(ui, |ui| ui.add(edit).labelled_by(label)).inner
        });
        self.visited(ui, line.field.into(), &response, text, true);
    }

    /// One member of a closed set. `field` is the name under which something
    /// odd about it is told.
    pub fn choice<T: Copy + PartialEq>(
        &self,
        ui: &mut Ui,
        (field, label): (&'static str, &str),
        value: &mut T,
        all: impl IntoIterator<Item = T>,
        name: impl Fn(T) -> String,
    ) -> bool {
        let before = *value;
        let message = self.readings.message(field, self.visit);
        row(ui, &self.cx.tokens, label, CONTROL, message, |ui, id| {
            ComboBox::from_id_salt((field, label))
                .width(FIELD)
                .truncate()
                .selected_text(name(*value))
                .show_ui(ui, |ui| {
                    for member in all {
                        ui.selectable_value(value, member, name(member));
                    }
                })
                .response
                .labelled_by(id)
        });
        *value != before
    }

    /// A check box in the column of inputs.
    pub fn check(&self, ui: &mut Ui, value: &mut bool, text: &str, enabled: bool) {
        row(ui, &self.cx.tokens, "", CONTROL, None, |ui, _| {
            ui.add_enabled(enabled, egui::Checkbox::new(value, text))
        });
    }

    /// The link of a source to find or add.
    pub fn link(&mut self, ui: &mut Ui, draft: &mut dyn Draft) {
        self.text(ui, draft, line("link", "Source link", "https://…"));
    }

    /// What to call a source that the book does not have yet. `link` gives
    /// access to the draft's own.
    pub fn link_details<D: Draft>(
        &mut self,
        ui: &mut Ui,
        draft: &mut D,
        link: impl Fn(&mut D) -> &mut LinkDraft,
    ) {
        let new = !self.readings.link_known;
        ui.add_enabled_ui(new, |ui| {
            self.text(
                ui,
                draft,
                line("source_title", "Source title", "As the link"),
            );
            self.text(
                ui,
                draft,
                line("source_publisher", "Publisher", "As the link's host"),
            );
            self.text(
                ui,
                draft,
                line("source_published", "Published", "5 Jun 2026"),
            );
            let link = link(draft);
            let mut grade = link.effective_grade();
            let name = |grade: Grade| grade.label().to_owned();
            let all = Grade::ALL.iter().copied();
            if self.choice(ui, ("grade", "Grade"), &mut grade, all, name) {
                link.grade = Some(grade);
            }
        });
    }

    /// The sources that a record has, each to be taken away.
    pub fn sources(&self, ui: &mut Ui, sources: &mut Vec<SourceId>) {
        let mut removed = None;
        for (index, id) in sources.iter().enumerate() {
            let Some(source) = self.cx.book.source(*id) else {
                continue;
            };
            let label = if index == 0 { "Source" } else { "" };
            row(ui, &self.cx.tokens, label, CONTROL, None, |ui, _| {
                let button = ui
                    .small_button("✖")
                    .on_hover_text(format!("Take the source “{}” away", source.title));
                if button.clicked() {
                    removed = Some(index);
                }
                caption(ui, &self.cx.tokens, &source.title).on_hover_text(format!(
                    "{}, {}",
                    source.publisher,
                    super::echo::date(source.published)
                ));
            });
        }
        if let Some(index) = removed {
            sources.remove(index);
        }
    }

    /// Keeps track of where the cursor is and was, and puts it where it should be.
    fn visited(&mut self, ui: &Ui, field: Spot, response: &Response, text: &str, long: bool) {
        let wanted = match self.visit.focus {
            Some(Focus::First) => response.enabled(),
            Some(Focus::Field(wanted) | Focus::Back(wanted)) => wanted == field,
            None => false,
        };
        let all = text.chars().count();
        if wanted {
            let back = matches!(self.visit.focus, Some(Focus::Back(_)));
            self.visit.focus = None;
            response.request_focus();
            response.scroll_to_me(None);
            select(ui, response, if back || long { all } else { 0 }, all);
        } else if response.gained_focus() && !ui.input(|input| input.pointer.any_down()) {
            // Typing replaces a short text, as in any form reached by Tab; who
            // comes back to a text, or to a long one, writes on at its end.
            let back = self.visit.last == Some(field);
            select(ui, response, if back || long { all } else { 0 }, all);
        }
        if response.gained_focus() {
            response.scroll_to_me(None);
        }
        if response.has_focus() {
            self.visit.focused = Some(field);
            self.visit.last = Some(field);
        }
        if response.lost_focus() {
            self.visit.left.insert(field);
        }
    }
}

/// Marks the characters from one to the other, or puts the cursor there.
fn select(ui: &Ui, response: &Response, from: usize, to: usize) {
    let mut state = TextEdit::load_state(ui.ctx(), response.id).unwrap_or_default();
    let range = CCursorRange::two(CCursor::new(from), CCursor::new(to));
    state.cursor.set_char_range(Some(range));
    TextEdit::store_state(ui.ctx(), response.id, state);
}

/// Room between groups of fields.
pub(super) fn gap(ui: &mut Ui) {
    ui.add_space(GRID);
}
