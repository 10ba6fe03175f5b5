//! The keys, the version and the licences of what is bundled.

use egui::{Align2, Sense, Ui, vec2};

use super::{State, line, remark};
use crate::ui::theme::{self, Weight};
use crate::ui::widget::link;
use crate::ui::{Command, Cx, shell};

/// Height of a line of the key list.
const KEY: f32 = theme::CHIP;

/// The fonts in the program: name, licence.
const FONTS: [(&str, &str); 5] = [
    ("Inter", "SIL Open Font License 1.1"),
    ("Ubuntu Light", "Ubuntu Font Licence 1.0"),
    ("Noto Emoji", "SIL Open Font License 1.1"),
    ("Emoji Icon Font", "MIT"),
    ("Hack", "MIT and Bitstream Vera"),
];

/// The licence of Inter, which asks to be shipped with the font.
const INTER: &str = include_str!("../../../../assets/fonts/OFL.txt");

/// Lists the commands that have keys.
pub(super) fn show_keys(ui: &mut Ui, cx: &Cx<'_>) {
    for command in Command::ALL {
        if let Some(keys) = shell::shortcut_text(ui, *command) {
            pair(ui, cx, command.text(), &keys);
        }
    }
    pair(ui, cx, "Next or previous row of a table", "↑ ↓");
    pair(ui, cx, "Close what is open", "Esc");
}

/// The version and the licences.
pub(super) fn show(ui: &mut Ui, cx: &Cx<'_>, state: &mut State) {
    let version = concat!("Gigawatch ", env!("CARGO_PKG_VERSION"));
    pair(ui, cx, version, "MIT or Apache-2.0");
    for (font, licence) in FONTS {
        pair(ui, cx, &format!("Font {font}"), licence);
    }
    line(ui, cx, "", |ui| {
        let text = if state.licence_open {
            "Hide Inter's licence"
        } else {
            "Show Inter's licence"
        };
        if link(ui, &cx.tokens, text).clicked() {
            state.licence_open = !state.licence_open;
        }
    });
    if state.licence_open {
        remark(ui, cx, INTER);
    }
}

fn pair(ui: &mut Ui, cx: &Cx<'_>, left: &str, right: &str) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), KEY), Sense::hover());
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::Role::Label, true, format!("{left}: {right}"))
    });
    let font = theme::font(theme::TEXT, Weight::Regular);
    let painter = ui.painter();
    painter.text(
        rect.left_center(),
        Align2::LEFT_CENTER,
        left,
        font.clone(),
        cx.tokens.text1,
    );
    painter.text(
        rect.right_center(),
        Align2::RIGHT_CENTER,
        right,
        font,
        cx.tokens.text2,
    );
}
