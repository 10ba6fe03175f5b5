//! What keys and dropped files do, taken before anything is drawn.

use egui::{Context, KeyboardShortcut};

use super::Window;
use crate::ui::{Action, Command};

/// Turns shortcuts and dropped files into actions.
pub fn take(ctx: &Context, window: &mut Window) {
    dropped(ctx, window);
    if window.ui.form.is_some() || window.ui.dialog.is_some() {
        return;
    }
    let typing = ctx.text_edit_focused();
    let mut commands: Vec<(Command, KeyboardShortcut)> = Command::ALL
        .iter()
        .filter_map(|command| Some((*command, command.shortcut()?)))
        .collect();
    // Ctrl+Shift+Z must be asked for before Ctrl+Z, which would match it too.
    commands.sort_by_key(|(_, keys)| !keys.modifiers.shift);
    for (command, keys) in commands {
        // While text is typed, undo is the text field's own.
        let of_text = matches!(command, Command::Undo | Command::Redo);
        if (typing && of_text) || !ctx.input_mut(|input| input.consume_shortcut(&keys)) {
            continue;
        }
        window.actions.borrow_mut().push(Action::Run(command));
    }
}

fn dropped(ctx: &Context, window: &mut Window) {
    let files = ctx.input(|input| input.raw.dropped_files.clone());
    // One file at a time: the preview of a second would hide the first.
    let Some(file) = files.first() else { return };
    let action = Action::ReadFile(file.path().to_path_buf());
    window.actions.borrow_mut().push(action);
}
