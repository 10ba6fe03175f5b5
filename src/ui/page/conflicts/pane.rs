//! The pane of the Conflicts page: both statements side by side, in what
//! way they disagree, and what the user decides.

use egui::{Align, Layout, Margin, RichText, Role, ScrollArea, TextEdit, Ui, WidgetInfo, vec2};

use crate::analytics::conflicts::{Basis, Conflict, Side, State, Topic};
use crate::model::pin::{Choice, PinScope, Told};
use crate::model::{FigureId, RecordKey, RecordKind};
use crate::ui::page::facts::{self, fact, group, maybe, or_dash};
use crate::ui::theme::{self, Weight};
use crate::ui::widget::table::Tone;
use crate::ui::widget::{caption, heading, link, secondary};
use crate::ui::{Action, Cx, format, provenance};

use super::words;

/// Shows a conflict; `why` is the reason being typed. Returns true if the pane
/// is to be put away.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, of: &Conflict, why: &mut String) -> bool {
    ScrollArea::vertical()
        .id_salt(("conflict pane", words::key(of)))
        .auto_shrink(false)
        .show(ui, |ui| {
            let margin = Margin::symmetric(theme::GUTTER as i8, 14);
            let frame = egui::Frame::new().inner_margin(margin);
            let drawn = frame.show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 2.0;
                let closed = head(ui, cx, of);
                side_by_side(ui, cx, of, why);
                decision(ui, cx, of, why);
                details(ui, cx, of, &of.one, "One says");
                details(ui, cx, of, &of.other, "The other says");
                closed
            });
            drawn.inner
        })
        .inner
}

fn head(ui: &mut Ui, cx: &Cx<'_>, of: &Conflict) -> bool {
    let tokens = &cx.tokens;
    let closed = match of.subject.company() {
        Some(company) => facts::head(ui, cx, company),
        None => {
            ui.horizontal(|ui| {
                let (name, _) = words::subject(cx, of);
                let font = theme::font(theme::HEADING, Weight::SemiBold);
                ui.label(RichText::new(name).font(font).color(tokens.text1));
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    link(ui, tokens, "Close").clicked()
                })
                .inner
            })
            .inner
        }
    };
    ui.add_space(theme::HALF);
    facts::paragraph(ui, &words::topic(cx, of), tokens.text1);
    let gap = format!("{} apart · {}", format::share(of.gap), of.kind.label());
    secondary(ui, tokens, &gap);
    ui.add_space(theme::HALF);
    facts::paragraph(ui, &words::explained(of.kind), tokens.text2);
    closed
}

/// Both statements beside each other: value, time, age, and what to do with it.
fn side_by_side(ui: &mut Ui, cx: &Cx<'_>, of: &Conflict, why: &str) {
    ui.add_space(theme::GRID);
    ui.columns_const(|[left, right]| {
        for (ui, side, title) in [
            (left, &of.one, "One says"),
            (right, &of.other, "The other says"),
        ] {
            ui.spacing_mut().item_spacing.y = 2.0;
            caption(ui, &cx.tokens, title);
            let value = words::value(of, side);
            heading(ui, &cx.tokens, &value).on_hover_text(&value);
            let time = format::known(side.time, format::time);
            let stated = side
                .stated
                .map(|date| format!("stated {}", format::partial_date(date)));
            let time = side.time.map(|_| time).or(stated);
            let time = time.unwrap_or_else(|| "time not given".to_owned());
            caption(ui, &cx.tokens, &time).on_hover_text(&time);
            let age = side
                .age_days
                .map(|days| format!("{} old", format::age_days(days)));
            caption(ui, &cx.tokens, &age.unwrap_or_else(|| words::basis(side)));
            deeds(ui, cx, of, side, why);
        }
    });
}

/// All that is known of a statement.
fn details(ui: &mut Ui, cx: &Cx<'_>, of: &Conflict, side: &Side, title: &str) {
    group(ui, cx, &format!("{title} {}", words::value(of, side)));
    caption(ui, &cx.tokens, &words::basis(side));
    let time = side.time.map(format::time);
    or_dash(ui, cx, "Speaks of", time, "the source does not say");
    maybe(ui, cx, "Stated", side.stated.map(format::partial_date));
    maybe(ui, cx, "Age", side.age_days.map(format::age_days));
    if let Basis::Computed(figures) = &side.basis {
        for id in figures {
            input(ui, cx, *id);
        }
    }
    if let Some(source) = side.source {
        ui.add_space(theme::HALF);
        facts::source(ui, cx, source);
    }
    if !side.also.is_empty() {
        caption(ui, &cx.tokens, "The same is said by");
        for figure in side.also.iter().filter_map(|id| cx.book.figure(*id)) {
            let spoken = provenance::spoken(cx, figure);
            fact(ui, cx, &format::figure(figure), &spoken, Tone::Secondary);
        }
    }
}

/// A figure that a side is computed from; a click edits it.
fn input(ui: &mut Ui, cx: &Cx<'_>, id: FigureId) {
    let Some(figure) = cx.book.figure(id) else {
        return;
    };
    let text = format!("Edit {} {}", figure.metric, format::figure(figure));
    let clicked = ui.vertical(|ui| link(ui, &cx.tokens, &text).clicked());
    if clicked.inner {
        cx.act(Action::Edit(RecordKey::new(RecordKind::Figure, id.0)));
    }
}

/// Links that pick a side and edit the record behind it, one under the other.
fn deeds(ui: &mut Ui, cx: &Cx<'_>, of: &Conflict, side: &Side, why: &str) {
    let value = words::value(of, side);
    let deed = |ui: &mut Ui, text: &str, name: String, hint: &str| {
        let response = link(ui, &cx.tokens, text).on_hover_text(hint);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), &name));
        response.clicked()
    };
    if of.state == State::Open {
        let hint = "It counts until you pick another; keeps the reason typed below";
        if let Some(choice) = pick(of, side, PinScope::Always)
            && deed(ui, "Use this", format!("Use {value}"), hint)
        {
            decide(cx, choice, why);
        }
        let dated = side.time.is_some() && matches!(side.basis, Basis::Told(Told::Figure(_)));
        let hint = "It counts for the time it speaks of; a newer statement takes its place";
        if let Some(choice) = pick(of, side, PinScope::ItsTime).filter(|_| dated)
            && deed(
                ui,
                "Use for its time",
                format!("Use {value} for its time"),
                hint,
            )
        {
            decide(cx, choice, why);
        }
    }
    if let Some(told) = side.basis.told()
        && deed(ui, "Edit", format!("Edit {value}"), "Edit the record")
    {
        cx.act(Action::Edit(told.key()));
    }
}

/// The decision that this side counts. Of deals and prices nothing is picked:
/// what counts there follows from the records.
fn pick(of: &Conflict, side: &Side, scope: PinScope) -> Option<Choice> {
    let Topic::Metric(metric) = &of.topic else {
        return None;
    };
    match &side.basis {
        Basis::Told(Told::Figure(figure)) => Some(Choice::Use {
            figure: *figure,
            scope,
        }),
        Basis::Computed(_) => Some(Choice::UseComputed {
            subject: of.subject,
            metric: metric.clone(),
        }),
        Basis::Told(Told::Deal(_) | Told::Treasury(_)) | Basis::Closes { .. } => None,
    }
}

/// The decision that neither side is wrong; none if no record says either.
fn both_stand(of: &Conflict) -> Option<Choice> {
    let (one, other) = (of.one.basis.told(), of.other.basis.told());
    let (one, other) = match one {
        Some(one) => (one, other),
        None => (other?, None),
    };
    Some(Choice::BothStand { one, other })
}

fn decide(cx: &Cx<'_>, choice: Choice, why: &str) {
    cx.act(Action::Decide {
        choice,
        note: why.trim().to_owned(),
    });
}

fn decision(ui: &mut Ui, cx: &Cx<'_>, of: &Conflict, why: &mut String) {
    group(ui, cx, "Your decision");
    if let Some(pin) = words::decision(cx, of) {
        why.clear();
        facts::paragraph(ui, &words::decided(cx, pin), cx.tokens.text1);
        let made = format!("decided {}", format::day_long(pin.made));
        caption(ui, &cx.tokens, &made);
        if !pin.note.is_empty() {
            facts::paragraph(ui, &pin.note, cx.tokens.text2);
        }
        let reopen = ui.vertical(|ui| {
            link(ui, &cx.tokens, "Reopen")
                .on_hover_text("Take the decision back; undo brings it back")
                .clicked()
        });
        if reopen.inner {
            let key = RecordKey::new(RecordKind::Pin, pin.id.0);
            cx.act(Action::Delete(key));
        }
        return;
    }
    let edit = TextEdit::multiline(why)
        .hint_text("Why: kept with the decision")
        .desired_rows(2)
        .desired_width(f32::INFINITY)
        .min_size(vec2(0.0, theme::CONTROL))
        .id_salt("why");
    let response = ui.add(edit);
    response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, "Why"));
    ui.add_space(theme::HALF);
    if let Some(choice) = both_stand(of) {
        let clicked = ui.vertical(|ui| {
            link(ui, &cx.tokens, "Both stand")
                .on_hover_text("The two differ for a reason and neither is wrong")
                .clicked()
        });
        if clicked.inner {
            decide(cx, choice, why);
        }
    }
}
