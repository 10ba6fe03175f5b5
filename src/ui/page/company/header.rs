//! The head of the Company page: whose page it is, its last close, how to turn
//! to another company and to edit this one.

use egui::{
    Align, ComboBox, Label, Layout, RichText, Role, Sense, Ui, UiBuilder, WidgetInfo, vec2,
};

use crate::analytics::measure::Measure;
use crate::model::{RecordKey, RecordKind};
use crate::ui::theme::{self, Weight};
use crate::ui::widget::link;
use crate::ui::{Action, Cx, format, provenance};

use super::{Shown, State, strip};

/// Height of the head.
const HEIGHT: f32 = 48.0;
/// Least room for a change: less says nothing.
const CHANGE: f32 = 84.0;
/// Width of the box that picks a company.
const PICKER: f32 = 190.0;

/// The head as text, prepared once a revision.
#[derive(Default)]
pub struct Head {
    name: String,
    listed: String,
    close: String,
    day: String,
    changes: Vec<Change>,
    picked: String,
    companies: Vec<(crate::model::CompanyId, String)>,
    /// The key figures.
    pub figures: Vec<strip::Figure>,
}

struct Change {
    measure: Measure,
    text: String,
    value: Option<f64>,
}

impl Head {
    fn of(cx: &Cx<'_>, shown: Shown<'_>) -> Self {
        let Shown { company, facts } = shown;
        let instrument = company.instrument.and_then(|id| cx.book.instrument(id));
        let currency = instrument.map_or("", |instrument| instrument.currency.as_str());
        let legal = company.legal_name.as_deref().unwrap_or(&company.name);
        let last = facts.row.last.as_ref().ok();
        let change = |measure: Measure, name: &str, unit: &str| {
            let answer = measure.of(facts);
            let text = format::measured(measure.unit(), &answer);
            let unit = if answer.is_ok() { unit } else { "" };
            Change {
                measure,
                text: format!("{name} {text}{unit}"),
                value: answer.ok().map(|stated| stated.value),
            }
        };
        let title = |id| {
            let name = cx.company_name(id);
            match cx.book.symbol_of(id) {
                Some(symbol) if symbol != name => format!("{symbol}  {name}"),
                Some(_) | None => name.to_owned(),
            }
        };
        let rows = cx.derived.watchlist.iter();
        Self {
            name: facts
                .row
                .symbol
                .clone()
                .unwrap_or_else(|| company.name.clone()),
            listed: match &company.exchange {
                Some(exchange) => format!("{legal} · {exchange}"),
                None => legal.to_owned(),
            },
            close: format::known(last, |last| format::price(last.value.0)),
            day: last.map_or_else(String::new, |last| {
                format!("{currency} · {}", format::weekday_day(last.value.1))
            }),
            changes: vec![
                change(Measure::ReturnYtd, "YTD", ""),
                change(Measure::ExcessYtd, "vs BTC", "\u{202F}pts"),
            ],
            picked: title(company.id),
            companies: rows
                .map(|row| (row.company_id, title(row.company_id)))
                .collect(),
            figures: strip::figures(cx, shown),
        }
    }
}

/// Shows the head.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, shown: Shown<'_>, state: &mut State) {
    let key = (cx.revision, cx.today, shown.company.id);
    state.head.refresh(&key, || Head::of(cx, shown));
    let head = state.head.get();
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::hover());
    let inner = rect.shrink2(vec2(theme::GUTTER, 0.0));
    let right = Layout::right_to_left(Align::Center);
    let mut tools = ui.new_child(UiBuilder::new().max_rect(inner).layout(right));
    tools.spacing_mut().item_spacing.x = theme::GRID + theme::HALF;
    if link(&mut tools, &cx.tokens, "Edit")
        .on_hover_text("Edit the company")
        .clicked()
    {
        let key = RecordKey::new(RecordKind::Company, shown.company.id.0);
        cx.act(Action::Edit(key));
    }
    picker(&mut tools, cx, shown, head);
    let room = inner.with_max_x(tools.min_rect().left() - theme::GUTTER);
    let across = Layout::left_to_right(Align::Center);
    let mut left = ui.new_child(UiBuilder::new().max_rect(room).layout(across));
    left.set_clip_rect(room.intersect(ui.clip_rect()));
    who(&mut left, cx, shown, head);
}

fn picker(ui: &mut Ui, cx: &Cx<'_>, shown: Shown<'_>, head: &Head) {
    let combo = ComboBox::from_id_salt("company of the page")
        .selected_text(&head.picked)
        .width(PICKER)
        .truncate()
        .show_ui(ui, |ui| {
            for (id, title) in &head.companies {
                let on = *id == shown.company.id;
                if ui.selectable_label(on, title).clicked() && !on {
                    cx.act(Action::Select(*id));
                }
            }
        });
    let name = format!("Company: {}", head.picked);
    combo
        .response
        .widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, &name));
    combo
        .response
        .on_hover_text("Show another company: the arrow keys left and right do the same");
}

fn who(ui: &mut Ui, cx: &Cx<'_>, shown: Shown<'_>, head: &Head) {
    let tokens = &cx.tokens;
    let side = vec2(theme::SQUARE, theme::SQUARE);
    let (square, _) = ui.allocate_exact_size(side, Sense::hover());
    let colour = cx.company_colour(shown.company);
    let corners = f32::from(theme::RADIUS_SMALL);
    ui.painter().rect_filled(square, corners, colour);
    let text = |text: &str, size, weight, colour| {
        let text = RichText::new(text).font(theme::font(size, weight));
        Label::new(text.color(colour)).truncate()
    };
    let (strong, plain) = (Weight::SemiBold, Weight::Regular);
    ui.add(text(&head.name, 18.0, strong, tokens.text1));
    let name = text(&head.listed, theme::SECONDARY, plain, tokens.text2);
    ui.add(name).on_hover_text(&shown.company.note);
    ui.add_space(theme::GUTTER);
    ui.add(text(&head.close, 18.0, strong, tokens.text1))
        .on_hover_ui(|ui| {
            provenance::show(ui, cx, "Last close", &head.close, &shown.facts.row.last);
        });
    ui.add(text(&head.day, theme::SECONDARY, plain, tokens.text2));
    for change in &head.changes {
        if ui.available_width() < CHANGE {
            break;
        }
        let colour = tokens.change(change.value);
        let label = ui.add(text(&change.text, theme::TEXT, plain, colour).sense(Sense::click()));
        label.widget_info(|| WidgetInfo::labeled(Role::Button, true, &change.text));
        let answer = change.measure.of(shown.facts);
        let tip = |ui: &mut Ui| {
            let name = change.measure.label();
            provenance::show(ui, cx, name, &change.text, &answer);
        };
        if label.on_hover_ui(tip).clicked() {
            cx.act(Action::Explain(shown.company.id, change.measure));
        }
    }
}
