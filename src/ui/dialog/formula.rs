//! A formula of the watchlist, being typed: what it gives for the company that
//! is selected, in which unit, and what is wrong with it and where. It keeps
//! nothing: a valid formula becomes preferences.

use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat};
use egui::{Context, Galley, Key, Role, Stroke, TextBuffer, TextEdit, Ui, WidgetInfo, vec2};

use super::{Pressed, buttons, modal};
use crate::analytics::formula::{Formula, FormulaError, alias, functions};
use crate::analytics::measure::{Measure, MeasureGroup};
use crate::model::CompanyId;
use crate::ui::page::watchlist::formulas;
use crate::ui::provenance::sentence;
use crate::ui::settings::WrittenFormula;
use crate::ui::theme::{self, Tokens, Weight};
use crate::ui::widget::{FieldRow, Tone, caption, focus_ring, heading, link, secondary};
use crate::ui::{Action, Cx, Settings, format};

/// Width of the dialog.
const WIDTH: f32 = 560.0;
/// Terms shown with their values; a longer formula is read as it stands.
const TERMS: usize = 6;

/// The formula being typed.
pub struct FormulaDialog {
    /// Name of the formula that is edited; none for a new one.
    original: Option<String>,
    name: String,
    text: String,
    /// Whose value is shown.
    company: Option<CompanyId>,
    /// Saving was tried: what is missing is shown.
    submitted: bool,
    opened: bool,
}

impl FormulaDialog {
    /// A new formula, tried on that company.
    pub const fn new(company: Option<CompanyId>) -> Self {
        Self {
            original: None,
            name: String::new(),
            text: String::new(),
            company,
            submitted: false,
            opened: false,
        }
    }

    /// A formula that is there already.
    pub fn of(formula: &WrittenFormula, company: Option<CompanyId>) -> Self {
        Self {
            original: Some(formula.name.clone()),
            name: formula.name.clone(),
            text: formula.text.clone(),
            ..Self::new(company)
        }
    }
}

/// Shows the dialog.
pub fn show(ctx: &Context, cx: &Cx<'_>, dialog: &mut FormulaDialog) {
    let mut pressed = None;
    let mut deleted = false;
    let formula = Formula::read(&dialog.text);
    let refused = formulas::refused(cx.settings, &dialog.name, dialog.original.as_deref());
    let modal = modal(ctx, "Formula", WIDTH, |ui| {
        let title = match &dialog.original {
            None => "New formula".to_owned(),
            Some(name) => format!("Formula {name}"),
        };
        heading(ui, &cx.tokens, &title);
        caption(
            ui,
            &cx.tokens,
            "A column of your own: columns joined by + - * / and brackets",
        );
        ui.add_space(theme::GRID);
        let enter = fields(ui, cx, dialog, &formula, refused.as_deref());
        result(ui, cx, dialog, &formula);
        ui.add_space(theme::GRID);
        names(ui, cx, &mut dialog.text);
        ui.add_space(theme::GRID);
        if dialog.original.is_some() {
            deleted = link(ui, &cx.tokens, "Delete this formula").clicked();
        }
        pressed = buttons(ui, cx, "Save formula", true, "", false);
        if enter {
            pressed = Some(Pressed::Primary);
        }
    });
    if deleted && let Some(name) = &dialog.original {
        keep(cx, |settings| formulas::delete(settings, name));
        return;
    }
    match pressed {
        Some(Pressed::Primary) if formula.is_ok() && refused.is_none() => {
            let original = dialog.original.as_deref();
            keep(cx, |settings| {
                formulas::keep(settings, original, &dialog.name, &dialog.text);
            });
        }
        Some(Pressed::Primary) => dialog.submitted = true,
        Some(Pressed::Cancel) => cx.act(Action::CloseDialog),
        None if modal.should_close() => cx.act(Action::CloseDialog),
        None => {}
    }
}

fn keep(cx: &Cx<'_>, change: impl FnOnce(&mut Settings)) {
    let mut settings = cx.settings.clone();
    change(&mut settings);
    cx.act(Action::CloseDialog);
    cx.act(Action::Set(Box::new(settings)));
}

/// The two fields; true if Enter was pressed in one.
fn fields(
    ui: &mut Ui,
    cx: &Cx<'_>,
    dialog: &mut FormulaDialog,
    formula: &Result<Formula, FormulaError>,
    refused: Option<&str>,
) -> bool {
    ui.spacing_mut().item_spacing.y = 0.0;
    // Nothing is wrong before something is typed.
    let untouched = dialog.name.trim().is_empty() && !dialog.submitted;
    let says = refused.filter(|_| !untouched);
    let row = FieldRow {
        hint: "Backlog over EV",
        message: Some(says.map_or((Tone::Hint, "Title of the column"), |why| {
            (Tone::Error, why)
        })),
        ..FieldRow::new("Name")
    };
    let name = row.show(ui, &cx.tokens, &mut dialog.name);
    if !std::mem::replace(&mut dialog.opened, true) {
        name.request_focus();
    }
    ui.add_space(theme::HALF);
    secondary(ui, &cx.tokens, "Formula");
    ui.add_space(theme::HALF);
    let untouched = dialog.text.trim().is_empty() && !dialog.submitted;
    let error = formula.as_ref().err().filter(|_| !untouched);
    let tokens = cx.tokens;
    let at = error.map(|error| error.at.clone());
    let mut layouter =
        |ui: &Ui, text: &dyn TextBuffer, _: f32| marked(ui, &tokens, text.as_str(), at.as_ref());
    let edit = TextEdit::singleline(&mut dialog.text)
        .hint_text(egui::RichText::new("backlog / ev").color(tokens.text3))
        .align(egui::Align2::LEFT_CENTER)
        .min_size(vec2(0.0, theme::CONTROL))
        .desired_width(ui.available_width())
        .layouter(&mut layouter);
    let text = ui.add(edit);
    text.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, "Formula"));
    focus_ring(ui, &tokens, &text, text.rect, theme::RADIUS);
    ui.add_space(theme::HALF);
    // The line is there also without an error, so that nothing jumps.
    let says = error.map_or_else(String::new, |error| place(&dialog.text, error));
    let says = egui::RichText::new(says)
        .size(theme::SECONDARY)
        .color(tokens.error);
    let line = vec2(ui.available_width(), theme::MESSAGE);
    let across = egui::Layout::left_to_right(egui::Align::Center);
    ui.allocate_ui_with_layout(line, across, |ui| {
        ui.set_min_height(theme::MESSAGE);
        ui.add(egui::Label::new(says).truncate());
    });
    ui.spacing_mut().item_spacing.y = theme::HALF;
    let entered = ui.input(|input| input.key_pressed(Key::Enter));
    entered && (name.lost_focus() || text.lost_focus())
}

/// The error and the letter that it begins at.
fn place(text: &str, error: &FormulaError) -> String {
    let before = text.get(..error.at.start).unwrap_or_default();
    let letter = before.chars().count() + 1;
    format!("At letter {letter}: {error}")
}

/// The formula with the place of its error underlined.
fn marked(
    ui: &Ui,
    tokens: &Tokens,
    text: &str,
    wrong: Option<&std::ops::Range<usize>>,
) -> Arc<Galley> {
    let font = theme::font(theme::TEXT, Weight::Regular);
    let plain = TextFormat::simple(font, tokens.text1);
    let mut job = LayoutJob::default();
    // The text may be newer than the error: only whole letters are cut.
    let range = wrong.filter(|at| text.get(at.start..at.end).is_some());
    let (start, end) = range.map_or((text.len(), text.len()), |at| (at.start, at.end));
    let bad = TextFormat {
        underline: Stroke::new(theme::FOCUS, tokens.error),
        ..plain.clone()
    };
    let parts = [
        (0..start, plain.clone()),
        (start..end, bad),
        (end..text.len(), plain),
    ];
    for (range, look) in parts {
        job.append(text.get(range).unwrap_or_default(), 0.0, look);
    }
    ui.painter().layout_job(job)
}

/// What the formula gives for the company, its unit and its terms.
fn result(
    ui: &mut Ui,
    cx: &Cx<'_>,
    dialog: &FormulaDialog,
    formula: &Result<Formula, FormulaError>,
) {
    let facts = dialog.company.and_then(|id| cx.derived.facts(id));
    let (Ok(formula), Some(facts)) = (formula, facts) else {
        caption(ui, &cx.tokens, "Its value will stand here");
        return;
    };
    let company = facts.row.symbol.as_ref().unwrap_or(&facts.row.company);
    let unit = formula.unit();
    let text = match formula.of(facts) {
        Ok(stated) => {
            let value = format::hedged(stated.hedge, &format::in_unit(unit, stated.value));
            format!("{company}: {value}")
        }
        Err(missing) => format!("{company}: {}", sentence(&missing.0)),
    };
    secondary(ui, &cx.tokens, &text);
    caption(ui, &cx.tokens, &format!("Unit: {}", unit.name()));
    for term in formula.terms(facts).iter().take(TERMS) {
        let value = format::measured(term.unit, &term.value);
        caption(ui, &cx.tokens, &format!("{}: {value}", term.name));
    }
}

/// The names that a formula may use; a click puts one to its end.
fn names(ui: &mut Ui, cx: &Cx<'_>, text: &mut String) {
    // Lines of links stand closer than lines of buttons.
    ui.spacing_mut().interact_size.y = 0.0;
    let mut put = |ui: &mut Ui, name: &str, hint: &str, after: &str| {
        if link(ui, &cx.tokens, name).on_hover_text(hint).clicked() {
            let gap = if text.is_empty() || text.ends_with([' ', '(']) {
                ""
            } else {
                " "
            };
            *text = format!("{text}{gap}{name}{after}");
        }
    };
    for group in MeasureGroup::ALL {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(theme::GRID, 2.0);
            caption(ui, &cx.tokens, group.label());
            for measure in Measure::ALL.iter().filter(|one| one.group() == *group) {
                let hint = format!("{}, in {}", measure.formula(), measure.unit().label());
                put(ui, alias(*measure), &hint, "");
            }
        });
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(theme::GRID, 2.0);
        caption(ui, &cx.tokens, "Functions");
        for (name, does) in functions() {
            put(ui, name, does, "(");
        }
    });
}
