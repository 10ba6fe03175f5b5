//! The menus that choose the watchlist's columns: sets, what is shown in which
//! order, all measures by group, formulas, and colours.

use egui::{Align, Key, Layout, Popup, PopupCloseBehavior, Role, ScrollArea, TextEdit, Ui};
use egui::{Button, WidgetInfo, vec2};

use crate::analytics::measure::{Measure, MeasureGroup};
use crate::model::CompanyId;
use crate::ui::dialog::formula::FormulaDialog;
use crate::ui::state::{Dialog, UiState};
use crate::ui::widget::{caption, chip, link};
use crate::ui::{Cx, Settings, theme};

use super::columns::{self, Column, Own};
use super::scale::{self, Better};
use super::{set, sets};

/// Width of the menu of columns.
const WIDTH: f32 = 320.0;
/// The menu is not lower than this; it may then cover its button.
const LOWEST: f32 = 240.0;
/// Width of the button for colours, the same for every choice.
const COLOURS: f32 = 68.0;

/// Width of a letter of a chip, at most, and what a chip takes beside them.
const LETTER: f32 = 7.2;
const CHIP: f32 = 15.0;

/// The name being typed for a set.
#[derive(Default)]
pub struct Naming {
    text: String,
    /// The set that is given another name; none if the columns shown are saved.
    renamed: Option<String>,
    /// Saving was tried: what is wrong is shown.
    submitted: bool,
}

/// What was asked of a formula.
enum Asked {
    New,
    Edit(String),
}

/// The sets as chips, as many as there is room for. The one shown is lit; a
/// click on it goes back to the default.
pub fn chips(ui: &mut Ui, cx: &Cx<'_>) {
    ui.spacing_mut().item_spacing.x = 2.0;
    let shown = columns::chosen(cx.settings);
    for (name, set) in sets::all(cx.settings) {
        let letters = name.chars().count() as f32;
        if ui.available_width() < letters * LETTER + CHIP {
            return;
        }
        set_chip(ui, cx, name, &set, &shown);
    }
}

fn set_chip(ui: &mut Ui, cx: &Cx<'_>, name: &str, columns: &[Column], shown: &[Column]) {
    let on = columns == shown;
    let chip = chip(ui, &cx.tokens, name, on);
    let label = format!("{name} columns");
    chip.widget_info(|| WidgetInfo::selected(Role::Button, true, on, &label));
    let hint = if on {
        "Back to the default columns"
    } else {
        "Show the columns of this set"
    };
    if chip.on_hover_text(hint).clicked() {
        let default = &columns::DEFAULT[..];
        choose(cx, if on { default } else { columns });
    }
}

fn choose(cx: &Cx<'_>, columns: &[Column]) {
    set(cx, |settings| columns::choose(settings, columns));
}

/// The button and the menu below it.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, state: &mut UiState) {
    let button = ui.button("Columns…");
    let naming = &mut state.watchlist.naming;
    let below = ui.ctx().content_rect().bottom() - button.rect.bottom();
    let height = (below - 3.0 * theme::GUTTER).max(LOWEST);
    let menu = Popup::menu(&button)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .show(|ui| {
            ui.set_width(WIDTH);
            let scroll = ScrollArea::vertical()
                .max_height(height)
                .min_scrolled_height(height);
            scroll.show(ui, |ui| content(ui, cx, naming)).inner
        });
    let asked = menu.and_then(|menu| menu.inner);
    if let Some(asked) = asked {
        Popup::close_id(ui.ctx(), Popup::default_response_id(&button));
        let name = match &asked {
            Asked::New => None,
            Asked::Edit(name) => Some(name.as_str()),
        };
        state.dialog = formula_dialog(cx, name, state.selected);
    }
}

/// The dialog of a new formula, or of the one with that name.
pub fn formula_dialog(
    cx: &Cx<'_>,
    name: Option<&str>,
    selected: Option<CompanyId>,
) -> Option<Dialog> {
    let first = cx.derived.watchlist.first().map(|row| row.company_id);
    let company = selected.or(first);
    let dialog = match name {
        None => FormulaDialog::new(company),
        Some(name) => {
            let mut written = cx.settings.formulas.iter();
            let found = written.find(|formula| formula.name == name)?;
            FormulaDialog::of(found, company)
        }
    };
    Some(Dialog::Formula(Box::new(dialog)))
}

fn content(ui: &mut Ui, cx: &Cx<'_>, naming: &mut Naming) -> Option<Asked> {
    ui.spacing_mut().item_spacing.y = theme::HALF;
    // What is right of a name stands at the edge, beside the scroll bar.
    ui.set_width(ui.available_width() - theme::GRID);
    let shown = columns::chosen(cx.settings);
    set_list(ui, cx, &shown, naming);
    ui.separator();
    let asked = formulas(ui, cx, &shown);
    ui.separator();
    caption(ui, &cx.tokens, "Shown, from left to right");
    for (at, column) in shown.iter().enumerate() {
        // The square and the name are what a row is found by.
        if !column.stays() {
            shown_line(ui, cx, &shown, at, column);
        }
    }
    let group = |ui: &mut Ui, name: &str, columns: &[Column]| {
        let mut rest = columns.iter().filter(|column| !shown.contains(column));
        let Some(first) = rest.next() else { return };
        ui.separator();
        caption(ui, &cx.tokens, name);
        for column in [first].into_iter().chain(rest) {
            tick(ui, cx, &shown, column);
        }
    };
    for member in MeasureGroup::ALL {
        let of_group = Measure::ALL.iter().filter(|one| one.group() == *member);
        let columns: Vec<_> = of_group.copied().map(Column::Measure).collect();
        group(ui, member.label(), &columns);
    }
    let own: Vec<_> = Own::ALL.iter().copied().map(Column::Own).collect();
    let own: Vec<_> = own.into_iter().filter(|column| !column.stays()).collect();
    group(ui, "Beside the figures", &own);
    asked
}

/// A check box that shows a column or takes it off.
fn tick(ui: &mut Ui, cx: &Cx<'_>, shown: &[Column], column: &Column) {
    let mut on = shown.contains(column);
    let box_ = ui.checkbox(&mut on, column.name());
    let box_ = box_.on_hover_text(column.hint(cx.settings));
    if box_.changed() {
        let mut new = shown.to_vec();
        if on {
            new.push(column.clone());
        } else {
            new.retain(|other| other != column);
        }
        choose(cx, &new);
    }
}

/// A column that is shown: its check box, its colours and its place.
fn shown_line(ui: &mut Ui, cx: &Cx<'_>, shown: &[Column], at: usize, column: &Column) {
    ui.horizontal(|ui| {
        tick(ui, cx, shown, column);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            for (sign, name, to) in [
                ("↓", "later", at + 1),
                ("↑", "earlier", at.saturating_sub(1)),
            ] {
                let button = ui.small_button(sign);
                let label = format!("Move {} {name}", column.name());
                button.widget_info(|| WidgetInfo::labeled(Role::Button, true, &label));
                let free = shown.get(to).is_some_and(|other| !other.stays());
                if button.on_hover_text(&label).clicked() && free {
                    let mut new = shown.to_vec();
                    new.swap(at, to);
                    choose(cx, &new);
                }
            }
            if column.is_number() {
                colours(ui, cx, column);
            }
        });
    });
}

/// A button that goes through the choices of colours.
fn colours(ui: &mut Ui, cx: &Cx<'_>, column: &Column) {
    let now = scale::of(cx.settings, column);
    let (text, says, next) = match now {
        None => ("no colours", "off", Some(Better::Higher)),
        Some(Better::Higher) => ("↑ better", "higher is better", Some(Better::Lower)),
        Some(Better::Lower) => ("↓ better", "lower is better", None),
    };
    let text = egui::RichText::new(text).size(theme::CAPTION);
    let button = ui.add(Button::new(text).small().min_size(vec2(COLOURS, 0.0)));
    let label = format!("Colours of {}: {says}", column.name());
    button.widget_info(|| WidgetInfo::labeled(Role::Button, true, &label));
    if button.on_hover_text(&label).clicked() {
        set(cx, |settings| scale::set(settings, column, next));
    }
}

/// The user's formulas, and a new one.
fn formulas(ui: &mut Ui, cx: &Cx<'_>, shown: &[Column]) -> Option<Asked> {
    let mut asked = None;
    ui.horizontal(|ui| {
        caption(ui, &cx.tokens, "Formulas");
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if link(ui, &cx.tokens, "New formula…").clicked() {
                asked = Some(Asked::New);
            }
        });
    });
    for formula in &cx.settings.formulas {
        ui.horizontal(|ui| {
            tick(ui, cx, shown, &Column::Formula(formula.name.clone()));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let edit = link(ui, &cx.tokens, "Edit…");
                let label = format!("Edit formula {}", formula.name);
                edit.widget_info(|| WidgetInfo::labeled(Role::Link, true, &label));
                if edit.on_hover_text(&formula.text).clicked() {
                    asked = Some(Asked::Edit(formula.name.clone()));
                }
            });
        });
    }
    asked
}

/// All sets; the user's own can be renamed and deleted. Below them the name
/// under which the columns shown are saved.
fn set_list(ui: &mut Ui, cx: &Cx<'_>, shown: &[Column], naming: &mut Naming) {
    ui.horizontal(|ui| {
        caption(ui, &cx.tokens, "Sets");
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if link(ui, &cx.tokens, "Default columns").clicked() {
                choose(cx, &columns::DEFAULT);
            }
        });
    });
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        for one in sets::BuiltIn::ALL {
            set_chip(ui, cx, one.label(), &one.columns(), shown);
        }
    });
    for own in &cx.settings.column_sets {
        ui.horizontal(|ui| {
            let columns = columns::known(&own.columns, cx.settings);
            set_chip(ui, cx, &own.name, &columns, shown);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let delete = link(ui, &cx.tokens, "Delete");
                let label = format!("Delete set {}", own.name);
                delete.widget_info(|| WidgetInfo::labeled(Role::Link, true, &label));
                if delete.on_hover_text(&label).clicked() {
                    set(cx, |settings| sets::delete(settings, &own.name));
                }
                let rename = link(ui, &cx.tokens, "Rename");
                let label = format!("Rename set {}", own.name);
                rename.widget_info(|| WidgetInfo::labeled(Role::Link, true, &label));
                if rename.on_hover_text(&label).clicked() {
                    own.name.clone_into(&mut naming.text);
                    naming.renamed = Some(own.name.clone());
                }
            });
        });
    }
    name_line(ui, cx, naming);
}

fn name_line(ui: &mut Ui, cx: &Cx<'_>, naming: &mut Naming) {
    let (hint, button) = match &naming.renamed {
        None => ("Save these columns as", "Save set"),
        Some(_) => ("New name of the set", "Rename set"),
    };
    let mut taken = false;
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            taken |= ui.button(button).clicked();
            let edit = TextEdit::singleline(&mut naming.text)
                .hint_text(hint)
                .align(egui::Align2::LEFT_CENTER)
                .min_size(vec2(0.0, theme::CONTROL))
                .desired_width(ui.available_width());
            let edit = ui.add(edit);
            edit.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, "Name of the set"));
            taken |= edit.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        });
    });
    let renamed = naming.renamed.clone();
    let refused = sets::refused(cx.settings, &naming.text, renamed.as_deref());
    naming.submitted |= taken;
    let Some(why) = refused else {
        if taken {
            let name = std::mem::take(naming).text;
            set(cx, |settings| keep(settings, renamed.as_deref(), &name));
        }
        return;
    };
    if naming.submitted {
        let text = egui::RichText::new(why).size(theme::CAPTION);
        ui.colored_label(cx.tokens.error, text);
    }
}

fn keep(settings: &mut Settings, renamed: Option<&str>, name: &str) {
    match renamed {
        Some(old) => sets::rename(settings, old, name),
        None => sets::save(settings, name),
    }
}

/// What a title offers: colours, and taking the column off. Gives the name of a
/// formula that is to be edited.
pub fn title_menu(ui: &mut Ui, cx: &Cx<'_>, column: &Column) -> Option<String> {
    let mut edited = None;
    if column.is_number() {
        let now = scale::of(cx.settings, column);
        let choices = Better::ALL
            .iter()
            .map(|better| (Some(*better), better.label()));
        for (choice, text) in [(None, "No colours")].into_iter().chain(choices) {
            if ui.radio(now == choice, text).clicked() {
                set(cx, |settings| scale::set(settings, column, choice));
                ui.close();
            }
        }
        ui.separator();
    }
    if let Column::Formula(name) = column
        && ui.button("Edit formula…").clicked()
    {
        edited = Some(name.clone());
        ui.close();
    }
    if !column.stays() && ui.button("Take this column off").clicked() {
        let mut shown = columns::chosen(cx.settings);
        shown.retain(|other| other != column);
        choose(cx, &shown);
        ui.close();
    }
    edited
}
