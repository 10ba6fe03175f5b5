//! The sheet that a form is drawn on: title, fields in one or two columns that
//! scroll when the window is small, the foot; and what the keyboard does.

use egui::{
    Context, Frame, Id, Key, KeyboardShortcut, Modal, Modifiers, Rect, ScrollArea, Ui, UiBuilder,
    vec2,
};

use super::fields::Fields;
use super::footer::{self, Wish};
use super::readings::Readings;
use super::typed::Typed;
use super::{Focus, Form, company, deal, debt, figure, note, source, treasury};
use crate::ui::theme::{FIELD, FIELD_LABEL, GRID, GUTTER, HEADING};
use crate::ui::widget::{hairline, heading};
use crate::ui::{Action, Cx};

/// Width of a column: label, input, and room for a unit.
const COLUMN: f32 = FIELD_LABEL + FIELD + 10.0 * GRID;

/// Which fields of a form.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// Those that most records have.
    Essential,
    /// All others.
    More,
    /// The lines of the draft's list, over all columns.
    List,
}

/// Shows the sheet and does what was asked for on it.
pub(super) fn show(ctx: &Context, cx: &Cx<'_>, form: &mut Form, readings: &Readings) {
    let by_key = keys(ctx, form);
    form.visit.focused = None;
    form.visit.entered = false;
    let frame = Frame::popup(&ctx.global_style()).inner_margin(GUTTER);
    let room = ctx.content_rect().shrink(2.0 * GRID + GUTTER).size();
    let modal = Modal::new(Id::unique("form"))
        .frame(frame)
        .show(ctx, |ui| content(ui, cx, form, readings, room));
    let escaped = modal.should_close();
    let entered = form.visit.entered.then_some(Wish::Save);
    let left = escaped.then_some(if form.visit.asking {
        Wish::KeepTyping
    } else {
        Wish::Cancel
    });
    if let Some(wish) = by_key.or(modal.inner).or(entered).or(left) {
        grant(cx, form, wish);
    }
}

/// What shortcuts ask for, taken before any field sees them.
fn keys(ctx: &Context, form: &mut Form) -> Option<Wish> {
    const AGAIN: KeyboardShortcut =
        KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::Enter);
    const SAVE: [KeyboardShortcut; 2] = [
        KeyboardShortcut::new(Modifiers::COMMAND, Key::S),
        KeyboardShortcut::new(Modifiers::COMMAND, Key::Enter),
    ];
    let suggestions = &mut form.visit.suggestions;
    if suggestions.shown && ctx.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape)) {
        // Esc took the focus from the input, too.
        if let Some(input) = suggestions.input {
            ctx.memory_mut(|memory| memory.request_focus(input));
        }
        suggestions.close();
    }
    let pressed = |keys: &KeyboardShortcut| ctx.input_mut(|input| input.consume_shortcut(keys));
    if pressed(&AGAIN) {
        return Some(Wish::SaveAndNew);
    }
    // Each is asked for, so that none reaches a field.
    let saves = SAVE.iter().filter(|keys| pressed(keys)).count();
    (saves > 0).then_some(Wish::Save)
}

fn grant(cx: &Cx<'_>, form: &mut Form, wish: Wish) {
    let cannot_save = footer::why_not_saved(cx, form).is_some();
    form.visit.asking = false;
    match wish {
        Wish::Save | Wish::SaveAndNew if cannot_save => {}
        // An untouched record is left alone: undo has nothing to take back.
        Wish::Save if form.typed.is_edit() && !form.has_typed() => cx.act(Action::CloseForm),
        Wish::Save => cx.act(Action::SaveForm { again: false }),
        Wish::SaveAndNew => cx.act(Action::SaveForm { again: true }),
        Wish::Cancel if form.has_typed() => form.visit.asking = true,
        Wish::Cancel | Wish::Discard => cx.act(Action::CloseForm),
        Wish::KeepTyping => form.visit.focus = form.visit.last.map(Focus::Back),
    }
}

fn content(
    ui: &mut Ui,
    cx: &Cx<'_>,
    form: &mut Form,
    readings: &Readings,
    room: egui::Vec2,
) -> Option<Wish> {
    let two = has_more(&form.typed) && room.x >= 2.0 * COLUMN + GUTTER + GRID;
    let columns = if two { 2.0 * COLUMN + GUTTER } else { COLUMN };
    // The scroll bar stands beside the fields, not over them.
    ui.set_width((columns + GUTTER).min(room.x));
    heading(ui, &cx.tokens, form.typed.title());
    hairline(ui, &cx.tokens);
    let around = HEADING + 9.0 * GRID + footer::height(readings, two);
    let height = (room.y - around).max(5.0 * GRID);
    ScrollArea::vertical()
        .id_salt("fields")
        .max_height(height)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            let mut fields = Fields {
                cx,
                readings,
                visit: &mut form.visit,
            };
            let width = COLUMN.min(ui.available_width());
            if two {
                side_by_side(ui, width, &mut form.typed, &mut fields);
            } else {
                column(ui, width, &mut form.typed, &mut fields, Part::Essential);
                column(ui, width, &mut form.typed, &mut fields, Part::More);
            }
            if has_list(&form.typed) {
                let all = if two { 2.0 * width + GUTTER } else { width };
                column(ui, all, &mut form.typed, &mut fields, Part::List);
            }
        });
    hairline(ui, &cx.tokens);
    footer::show(ui, cx, form, readings, two)
}

fn side_by_side(ui: &mut Ui, width: f32, typed: &mut Typed, fields: &mut Fields<'_>) {
    let top = ui.cursor().min;
    let mut bottom = top.y;
    for (part, left) in [(Part::Essential, 0.0), (Part::More, width + GUTTER)] {
        let place = Rect::from_min_size(top + vec2(left, 0.0), vec2(width, f32::INFINITY));
        let drawn = ui.scope_builder(UiBuilder::new().max_rect(place), |ui| {
            column(ui, width, typed, fields, part);
        });
        bottom = bottom.max(drawn.response.rect.bottom());
    }
    ui.advance_cursor_after_rect(Rect::from_min_max(
        top,
        egui::pos2(top.x + 2.0 * width + GUTTER, bottom),
    ));
}

fn column(ui: &mut Ui, width: f32, typed: &mut Typed, fields: &mut Fields<'_>, part: Part) {
    ui.vertical(|ui| {
        ui.set_width(width);
        ui.add_space(GRID);
        match typed {
            Typed::Deal(draft) => deal::show(ui, fields, draft, part),
            Typed::Debt(draft) => debt::show(ui, fields, draft, part),
            Typed::Figure(draft) => figure::show(ui, fields, draft, part),
            Typed::Company(draft) => company::show(ui, fields, draft, part),
            Typed::Treasury(draft) => treasury::show(ui, fields, draft, part),
            Typed::Source(draft) => source::show(ui, fields, draft, part),
            Typed::Note(draft) => note::show(ui, fields, draft, part),
        }
    });
}

/// True for forms with a list of lines.
const fn has_list(typed: &Typed) -> bool {
    match typed {
        Typed::Deal(_) | Typed::Debt(_) => true,
        Typed::Figure(_)
        | Typed::Company(_)
        | Typed::Treasury(_)
        | Typed::Source(_)
        | Typed::Note(_) => false,
    }
}

/// True for forms with more than one column's worth of fields.
const fn has_more(typed: &Typed) -> bool {
    match typed {
        Typed::Deal(_)
        | Typed::Debt(_)
        | Typed::Figure(_)
        | Typed::Company(_)
        | Typed::Treasury(_) => true,
        Typed::Source(_) | Typed::Note(_) => false,
    }
}
