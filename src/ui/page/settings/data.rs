//! The data folder, files in and out, and the copies of the data file.

use egui::{Align2, Label, RichText, Sense, Ui, vec2};

use super::{at_right, head, line, remark, set};
use crate::ui::state::{Backup, Confirm};
use crate::ui::theme::{self, Weight};
use crate::ui::widget::link;
use crate::ui::{Action, Command, Cx, format};

/// Height of a line that names a copy.
const COPY: f32 = theme::PANE_ROW;

/// Shows the folder and what can be done with files.
pub(super) fn show(ui: &mut Ui, cx: &Cx<'_>) {
    let tokens = &cx.tokens;
    line(ui, cx, "Data folder", |ui| {
        if link(ui, tokens, "Open folder").clicked() {
            cx.act(Action::OpenDataFolder);
        }
        ui.add_space(theme::GRID);
        let folder = cx.status.data_dir.display().to_string();
        let text = RichText::new(&folder)
            .size(theme::SECONDARY)
            .color(tokens.text2);
        // The label's left is reserved for "Data folder".
        let room = (ui.available_width() - theme::FIELD_LABEL).max(0.0);
        ui.allocate_ui(vec2(room, theme::CONTROL), |ui| {
            ui.add(Label::new(text).truncate().selectable(true));
        });
    });
    if let Some(why) = &cx.status.read_only {
        ui.colored_label(tokens.warn, format!("Read only: {why}"));
        ui.add_space(theme::GRID);
    }
    for command in [
        Command::ImportPrices,
        Command::ImportBook,
        Command::ExportBook,
        Command::ImportRecords,
        Command::RestoreStarter,
    ] {
        line(ui, cx, command.hint(), |ui| {
            if ui.button(command.text()).clicked() {
                cx.act(Action::Run(command));
            }
        });
    }
    line(ui, cx, "Write one kind of records to a CSV file", |ui| {
        // The line runs from the right.
        for (command, name) in [
            (Command::ExportTreasury, "Treasury…"),
            (Command::ExportFigures, "Figures…"),
            (Command::ExportDebts, "Debts…"),
            (Command::ExportDeals, "Deals…"),
        ] {
            let response = ui.button(name).on_hover_text(command.hint());
            let named = || egui::WidgetInfo::labeled(egui::Role::Button, true, command.text());
            response.widget_info(named);
            if response.clicked() {
                cx.act(Action::Run(command));
            }
        }
    });
    if !cx.settings.hints_done.is_empty() {
        line(ui, cx, "Show the first hints again", |ui| {
            if ui.button("Show hints").clicked() {
                set(cx, |settings| settings.hints_done.clear());
            }
        });
    }
}

/// Shows the copies of the data file, newest first.
pub(super) fn show_backups(ui: &mut Ui, cx: &Cx<'_>) {
    if head(ui, cx, "Backups", Some(Command::BackUp.text())) {
        cx.act(Action::Run(Command::BackUp));
    }
    if cx.status.backups.is_empty() {
        ui.add_space(theme::HALF);
        remark(
            ui,
            cx,
            "No copy yet: one is kept every day and before a new version changes the file",
        );
    }
    for backup in &cx.status.backups {
        ui.push_id(&backup.path, |ui| copy(ui, cx, backup));
    }
}

fn copy(ui: &mut Ui, cx: &Cx<'_>, backup: &Backup) {
    let tokens = &cx.tokens;
    let name = name(backup);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), COPY), Sense::hover());
    response.on_hover_text(backup.path.display().to_string());
    let font = theme::font(theme::TEXT, Weight::Regular);
    let at = rect.left_center();
    ui.painter()
        .text(at, Align2::LEFT_CENTER, &name, font, tokens.text1);
    at_right(ui, rect, |ui| {
        let response = link(ui, tokens, "Restore…");
        let accessible = format!("Restore the copy of {name}…");
        response.widget_info(|| {
            egui::WidgetInfo::labeled(egui::Role::Link, ui.is_enabled(), &accessible)
        });
        if response.clicked() {
            cx.act(Action::Ask(Box::new(question(backup, &name))));
        }
        ui.add_space(theme::GUTTER);
        let size = RichText::new(format::bytes(backup.bytes))
            .size(theme::SECONDARY)
            .color(tokens.text2);
        ui.label(size);
    });
}

/// The day of a copy, or its file name where that says no day.
fn name(backup: &Backup) -> String {
    backup.day.map_or_else(
        || {
            let file = backup.path.file_name().unwrap_or_default();
            file.to_string_lossy().into_owned()
        },
        format::weekday_day_long,
    )
}

fn question(backup: &Backup, name: &str) -> Confirm {
    Confirm {
        title: "Restore this copy?".to_owned(),
        text: format!(
            "The book becomes what it was in the copy of {name}. The present file is moved aside and stays in the data folder."
        ),
        button: "Restore",
        action: Action::RestoreBackup(backup.path.clone()),
    }
}
