//! Two small fields for a first and a last day.

use egui::{Key, TextEdit, Ui};

use crate::model::{Day, typed};

use super::Cx;

/// What happened to the fields in this frame.
#[derive(Clone, Copy, Debug, Default)]
pub struct Done {
    /// Two good days in order, taken with Enter.
    pub taken: Option<(Day, Day)>,
    /// The fields are to be put away.
    pub closed: bool,
}

/// Shows the fields in a row from the right; a day that is not understood says
/// why on hover and is marked.
pub fn pair(ui: &mut Ui, cx: &Cx<'_>, from: &mut String, to: &mut String) -> Done {
    let last = field(ui, cx, to, "To day");
    ui.label("–");
    let first = field(ui, cx, from, "From day");
    let (enter, escape) = ui.input(|i| (i.key_pressed(Key::Enter), i.key_pressed(Key::Escape)));
    let taken = match (first, last) {
        (Some(first), Some(last)) if enter && first < last => Some((first, last)),
        _ => None,
    };
    Done {
        taken,
        closed: taken.is_some() || escape,
    }
}

fn field(ui: &mut Ui, cx: &Cx<'_>, text: &mut String, name: &str) -> Option<Day> {
    let parsed = typed::day(text);
    let colour = if parsed.is_ok() {
        cx.tokens.text1
    } else {
        cx.tokens.error
    };
    let edit = TextEdit::singleline(text)
        .desired_width(108.0)
        .text_color(colour)
        .id_salt(name);
    let response = ui.add(edit);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, name));
    match parsed {
        Ok(day) => {
            response.on_hover_text("Press Enter to show these days");
            Some(day)
        }
        Err(error) => {
            response.on_hover_text(error.to_string());
            None
        }
    }
}
