//! Dated notes on a company, newest first.

use egui::{CursorIcon, Label, Margin, RichText, Role, ScrollArea, Sense, Ui, WidgetInfo};

use crate::model::{CompanyId, RecordKey, RecordKind};
use crate::ui::theme;
use crate::ui::widget::{caption, focus_ring};
use crate::ui::{Action, Cx, format};

use super::rows::nothing;
use super::tabs::State;

/// The notes of a company, prepared.
#[derive(Default)]
pub struct Notes(Vec<Note>);

struct Note {
    record: RecordKey,
    day: String,
    text: String,
    label: String,
}

impl Notes {
    /// The notes on a company, newest first.
    pub fn of(cx: &Cx<'_>, company: CompanyId) -> Self {
        let notes = cx.book.notes().filter(|note| note.company == company);
        let mut notes: Vec<_> = notes.filter(|note| note.day <= cx.today).collect();
        notes.sort_by_key(|note| std::cmp::Reverse((note.day, note.id)));
        let note = |note: &crate::model::Note| {
            let day = format::weekday_day_long(note.day);
            Note {
                record: RecordKey::new(RecordKind::Note, note.id.0),
                label: format!("Note of {day}: {}", note.text),
                day,
                text: note.text.clone(),
            }
        };
        Self(notes.into_iter().map(note).collect())
    }
}

/// Shows the notes; a click edits one.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, company: CompanyId, state: &mut State) {
    let Notes(notes) = state.notes.get();
    if notes.is_empty() {
        let new = (RecordKind::Note, company);
        return nothing(ui, cx, "No note yet", "New note…", new);
    }
    ScrollArea::vertical()
        .id_salt(("company notes", company.0))
        .auto_shrink(false)
        .show(ui, |ui| {
            let margin = Margin::symmetric(theme::GUTTER as i8, 10);
            egui::Frame::new().inner_margin(margin).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = theme::HALF;
                for note in notes {
                    one(ui, cx, note);
                }
            });
        });
}

fn one(ui: &mut Ui, cx: &Cx<'_>, note: &Note) {
    caption(ui, &cx.tokens, &note.day);
    let text = RichText::new(&note.text)
        .size(theme::TEXT)
        .color(cx.tokens.text1);
    // A line of eighty letters is read best.
    ui.scope(|ui| {
        ui.set_max_width(ui.available_width().min(720.0));
        let label = ui.add(Label::new(text).wrap().sense(Sense::click()));
        label.widget_info(|| WidgetInfo::labeled(Role::Button, true, &note.label));
        focus_ring(
            ui,
            &cx.tokens,
            &label,
            label.rect.expand(2.0),
            theme::RADIUS_SMALL,
        );
        let label = label
            .on_hover_cursor(CursorIcon::PointingHand)
            .on_hover_text("Click to edit, right-click to delete");
        if label.clicked() {
            cx.act(Action::Edit(note.record));
        }
        label.context_menu(|ui| {
            for (text, action) in [
                ("Edit…", Action::Edit(note.record)),
                ("Delete", Action::Delete(note.record)),
            ] {
                if ui.button(text).clicked() {
                    cx.act(action);
                    ui.close();
                }
            }
        });
    });
    ui.add_space(theme::GRID);
}
