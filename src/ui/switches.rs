//! The switches in the top bar: what counts, in one place for every page. A chip
//! says what is switched on and opens them.

use egui::{Popup, PopupCloseBehavior, Role, Ui, WidgetInfo};

use super::theme;
use super::widget::{caption, chip, link};
use super::{Action, Cx};
use crate::analytics::measure::Measure;
use crate::analytics::switches::{
    ConvertBasis, DebtBasis, LoadBasis, ShareBasis, Switches, ValueBasis,
};

/// Width of what opens under the chip.
const WIDTH: f32 = 340.0;
/// Room for the chip's whole text.
const FULL: f32 = 232.0;
/// Room for a short one, and for the shortest.
const SHORT: (f32, f32) = (72.0, 48.0);

/// Shows the chip that opens the switches.
pub fn show(ui: &mut Ui, cx: &Cx<'_>) {
    let now = cx.settings.switches;
    let switched = now != Switches::default();
    let text = match ui.available_width() {
        room if room >= FULL => in_short(now),
        room if room >= SHORT.0 && switched => "Switched".to_owned(),
        room if room >= SHORT.1 && !switched => "Base".to_owned(),
        _ => return,
    };
    let chip = chip(ui, &cx.tokens, &text, switched);
    let words = format!("Counted: {}", now.words());
    chip.widget_info(|| WidgetInfo::labeled(Role::Button, true, &words));
    Popup::menu(&chip)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .show(|ui| {
            ui.set_width(WIDTH);
            ui.set_max_width(WIDTH);
            open(ui, cx, now);
        });
    chip.on_hover_text(format!("{words}. Applies to every page, report and export"));
}

/// "Base · owned · critical · stated", and what convertibles are if switched.
fn in_short(now: Switches) -> String {
    let value = match now.value {
        ValueBasis::Base => "Base",
        ValueBasis::WithOptions => "With options",
    };
    let share = match now.share {
        ShareBasis::Owned => "owned",
        ShareBasis::Whole => "100 %",
    };
    let load = match now.load {
        LoadBasis::Critical => "critical",
        LoadBasis::Gross => "gross",
    };
    let debt = match now.debt {
        DebtBasis::Stated => "stated",
        DebtBasis::Instruments => "instruments",
    };
    let converts = match now.converts {
        ConvertBasis::AsDebt => "",
        ConvertBasis::IfConverted => " · if converted",
    };
    format!("{value} · {share} · {load} · {debt}{converts}")
}

/// What is switched on that the measure depends on, short: "options, 100 %".
/// Nothing if it is what it is by default.
pub fn told(measure: Measure, now: Switches) -> Option<String> {
    let value = (now.value == ValueBasis::WithOptions).then_some("options");
    let share = (now.share == ShareBasis::Whole).then_some("100 %");
    let load = (now.load == LoadBasis::Gross).then_some("gross");
    let debt = match (now.debt, now.converts) {
        (DebtBasis::Instruments, _) => Some("instruments"),
        (DebtBasis::Stated, ConvertBasis::IfConverted) => Some("if converted"),
        (DebtBasis::Stated, ConvertBasis::AsDebt) => None,
    };
    let is_of = |measures: &[Measure]| measures.contains(&measure);
    let valued = is_of(&[Measure::Backlog, Measure::BacklogToDebt]);
    let owed = is_of(&[Measure::Debt, Measure::BacklogToDebt]);
    let loaded = is_of(&[Measure::ContractedMw]);
    let parts = [
        value.filter(|_| valued),
        load.filter(|_| loaded),
        debt.filter(|_| owed),
        share.filter(|_| valued || owed || loaded),
    ];
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

fn open(ui: &mut Ui, cx: &Cx<'_>, now: Switches) {
    let mut next = now;
    caption(
        ui,
        &cx.tokens,
        "What counts, on every page and in every export",
    );
    ui.add_space(theme::HALF);
    egui::Grid::new("switches")
        .num_columns(2)
        .min_col_width(96.0)
        .spacing([theme::GUTTER, theme::HALF])
        .show(ui, |ui| {
            let (values, shares) = (ValueBasis::ALL, ShareBasis::ALL);
            row(
                ui,
                cx,
                "Contract value",
                values,
                ValueBasis::label,
                &mut next.value,
            );
            row(
                ui,
                cx,
                "Joint ventures",
                shares,
                ShareBasis::label,
                &mut next.share,
            );
            row(
                ui,
                cx,
                "Load",
                LoadBasis::ALL,
                LoadBasis::label,
                &mut next.load,
            );
            row(
                ui,
                cx,
                "Debt",
                DebtBasis::ALL,
                DebtBasis::label,
                &mut next.debt,
            );
            let converts = ConvertBasis::ALL;
            row(
                ui,
                cx,
                "Convertibles",
                converts,
                ConvertBasis::label,
                &mut next.converts,
            );
        });
    if now != Switches::default() {
        ui.add_space(theme::HALF);
        if link(ui, &cx.tokens, "Back to base, owned, critical, stated").clicked() {
            next = Switches::default();
        }
    }
    if next != now {
        let mut settings = cx.settings.clone();
        settings.switches = next;
        cx.act(Action::Set(Box::new(settings)));
    }
}

/// One switch: its name and its positions.
fn row<T: Copy + PartialEq>(
    ui: &mut Ui,
    cx: &Cx<'_>,
    name: &str,
    all: &[T],
    label: impl Fn(T) -> &'static str,
    now: &mut T,
) {
    caption(ui, &cx.tokens, name);
    ui.horizontal(|ui| {
        for position in all {
            if chip(ui, &cx.tokens, label(*position), *position == *now).clicked() {
                *now = *position;
            }
        }
    });
    ui.end_row();
}
