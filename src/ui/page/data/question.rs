//! The question whether a jump of a price is true: in a banner over the table
//! and in the pane of its instrument.

use egui::{Align, Frame, Label, Layout, Margin, RichText, Ui, vec2};

use super::State;
use crate::model::{Instrument, Jump};
use crate::ui::theme;
use crate::ui::widget::{hairline, link, primary_button};
use crate::ui::{Action, Cx, format};

/// The questions that wait, in the order of the book.
pub fn waiting<'a>(cx: &'a Cx<'_>) -> impl Iterator<Item = (&'a Instrument, &'a Jump)> {
    let instruments = cx.book.instruments();
    instruments.filter_map(|instrument| {
        let feed = cx.feeds.get(instrument.id)?;
        Some((instrument, feed.question.as_ref()?))
    })
}

/// The first question that was not put off, over the table.
pub fn banner(ui: &mut Ui, cx: &Cx<'_>, state: &mut State) {
    let left = &state.left;
    let mut open =
        waiting(cx).filter(|(instrument, jump)| !left.contains(&(instrument.id, jump.day)));
    let Some((instrument, jump)) = open.next() else {
        return;
    };
    let more = open.count();
    let mut leave = false;
    let mut show = false;
    let margin = Margin::symmetric(theme::GUTTER as i8, 8);
    Frame::new()
        .fill(cx.tokens.raised)
        .inner_margin(margin)
        .show(ui, |ui| {
            let size = vec2(ui.available_width(), theme::CONTROL);
            ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
                leave = answers(ui, cx, instrument, jump);
                if more > 0 {
                    let others = format::count(more, "more question", "more questions");
                    show = link(ui, &cx.tokens, &others).clicked();
                }
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    let text = format!("{}: {}", instrument.symbol, format::jump_question(jump));
                    let text = RichText::new(&text).color(cx.tokens.text1);
                    ui.add(Label::new(text).truncate());
                });
            });
        });
    hairline(ui, &cx.tokens);
    if leave {
        state.left.insert((instrument.id, jump.day));
    }
    if show {
        state.filter.part = Some(super::columns::Part::Asks);
        state.log = false;
    }
}

/// The two answers; true if the question is put off.
pub fn answers(ui: &mut Ui, cx: &Cx<'_>, instrument: &Instrument, jump: &Jump) -> bool {
    ui.spacing_mut().item_spacing.x = theme::GRID;
    // "Take it" stands left in either direction.
    let from_right = ui.layout().prefer_right_to_left();
    let early = from_right && leave(ui);
    let take = primary_button(ui, &cx.tokens, "Take it")
        .on_hover_text("The jump is true: fetch what waited for it");
    if take.clicked() {
        cx.act(Action::AcceptJump(instrument.id, jump.day));
    }
    early || (!from_right && leave(ui))
}

fn leave(ui: &mut Ui) -> bool {
    ui.button("Leave it")
        .on_hover_text("Keep the closes before it; the mark stays until prices fit or you take it")
        .clicked()
}
