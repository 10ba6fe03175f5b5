//! The facts of one record in a pane: labelled lines, sources, a note, and what
//! can be done with it. It decides nothing about the record.

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Label, Response, RichText, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::analytics::backlog::days_between;
use crate::model::{CompanyId, RecordKey, SourceId};
use crate::ui::theme::{self, Weight};
use crate::ui::widget::table::Tone;
use crate::ui::widget::{caption, heading, link};
use crate::ui::{Action, Command, Cx, format, provenance};

/// The head of a pane: whose record it is, with the company's colour and, at
/// the right, how to put the pane away. Returns true for the latter.
pub fn head(ui: &mut Ui, cx: &Cx<'_>, company: CompanyId) -> bool {
    let tokens = &cx.tokens;
    ui.horizontal(|ui| {
        let side = vec2(theme::SQUARE, theme::SQUARE);
        let (square, _) = ui.allocate_exact_size(side, Sense::hover());
        if let Some(company) = cx.book.company(company) {
            let colour = cx.company_colour(company);
            ui.painter()
                .rect_filled(square, f32::from(theme::RADIUS_SMALL), colour);
        }
        let symbol = cx.book.symbol_of(company).unwrap_or_default();
        let font = theme::font(theme::HEADING, Weight::SemiBold);
        ui.label(RichText::new(symbol).font(font).color(tokens.text1));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let closed = link(ui, tokens, "Close").clicked();
            let name = RichText::new(cx.company_name(company))
                .size(theme::SECONDARY)
                .color(tokens.text2);
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                ui.add(Label::new(name).truncate());
            });
            closed
        })
        .inner
    })
    .inner
}

/// Links that edit, duplicate and delete a record and open its company.
pub fn deeds(ui: &mut Ui, cx: &Cx<'_>, key: RecordKey, company: CompanyId) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = theme::GUTTER - theme::HALF;
        for (text, hint, action) in [
            ("Edit", "Edit it, Enter", Action::Edit(key)),
            (
                "Duplicate",
                "Open a new form filled from it",
                Action::Duplicate(key),
            ),
            (
                "Delete",
                "Delete it; undo brings it back",
                Action::Delete(key),
            ),
        ] {
            if link(ui, &cx.tokens, text).on_hover_text(hint).clicked() {
                cx.act(action);
            }
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if link(ui, &cx.tokens, "Open company").clicked() {
                open_company(cx, company);
            }
        });
    });
}

/// Shows a company on the Watchlist.
pub fn open_company(cx: &Cx<'_>, company: CompanyId) {
    cx.act(Action::Select(company));
    cx.act(Action::Run(Command::GoWatchlist));
}

/// What can be done with a record, in its context menu.
pub fn menu(ui: &mut Ui, cx: &Cx<'_>, key: RecordKey, company: CompanyId, sources: &[SourceId]) {
    for (text, action) in [
        ("Edit…", Action::Edit(key)),
        ("Duplicate…", Action::Duplicate(key)),
        ("Delete", Action::Delete(key)),
    ] {
        if ui.button(text).clicked() {
            cx.act(action);
            ui.close();
        }
    }
    ui.separator();
    if ui.button("Open company").clicked() {
        open_company(cx, company);
        ui.close();
    }
    if let Some(url) = sources.iter().find_map(|id| address(cx, *id))
        && ui.button("Open source").clicked()
    {
        cx.act(Action::OpenUrl(url.to_owned()));
        ui.close();
    }
}

/// The title of a group of facts.
pub fn group(ui: &mut Ui, cx: &Cx<'_>, title: &str) {
    ui.add_space(theme::GUTTER - theme::HALF);
    heading(ui, &cx.tokens, title);
    ui.add_space(2.0);
}

/// A label with its value at the right; a value too long for that stands below
/// the label.
pub fn fact(ui: &mut Ui, cx: &Cx<'_>, label: &str, value: &str, tone: Tone) -> Response {
    let tokens = &cx.tokens;
    let text = |ui: &Ui, text: &str, weight, colour, width: f32, rows: usize| {
        let format = TextFormat::simple(theme::font(theme::TEXT, weight), colour);
        let mut job = LayoutJob::single_section(text.to_owned(), format);
        job.wrap = TextWrapping {
            max_width: width.max(0.0),
            max_rows: rows,
            ..TextWrapping::default()
        };
        ui.painter().layout_job(job)
    };
    let width = ui.available_width();
    let colour = tone.colour(tokens);
    let name = text(ui, label, Weight::Regular, tokens.text2, width, 1);
    let beside = width - name.size().x - theme::GUTTER;
    let mut shown = text(ui, value, Weight::Medium, colour, beside, usize::MAX);
    let below = shown.rows.len() > 1;
    let line = theme::PANE_ROW;
    let mut height = line;
    if below {
        shown = text(ui, value, Weight::Regular, colour, width, usize::MAX);
        height = line - theme::HALF + shown.size().y + theme::HALF;
    }
    let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
    let words = format!("{label}: {value}");
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
    let y = rect.bottom() - theme::HAIRLINE / 2.0;
    ui.painter()
        .hline(rect.x_range(), y, (theme::HAIRLINE, tokens.grid));
    let middle = rect.top() + (line - name.size().y) / 2.0;
    ui.painter()
        .galley(pos2(rect.left(), middle), name, tokens.text2);
    let at = if below {
        pos2(rect.left(), rect.top() + line - theme::HALF)
    } else {
        pos2(rect.right() - shown.size().x, middle)
    };
    ui.painter().galley(at, shown, colour);
    response
}

/// A fact that may not be known: then it is left out.
pub fn maybe(ui: &mut Ui, cx: &Cx<'_>, label: &str, value: Option<String>) {
    if let Some(value) = value {
        fact(ui, cx, label, &value, Tone::Primary);
    }
}

/// A fact with a dim dash if it is not known, and why under the pointer.
pub fn or_dash(ui: &mut Ui, cx: &Cx<'_>, label: &str, value: Option<String>, why: &str) {
    match value {
        Some(value) => fact(ui, cx, label, &value, Tone::Primary),
        None => {
            fact(ui, cx, label, format::UNKNOWN, Tone::Dim).on_hover_text(provenance::sentence(why))
        }
    };
}

/// Who said it: each source with its day, age and grade; a link where it has
/// an address.
pub fn sources(ui: &mut Ui, cx: &Cx<'_>, ids: &[SourceId]) {
    group(ui, cx, "Sources");
    if ids.is_empty() {
        caption(ui, &cx.tokens, "No source is given: edit it to add one");
    }
    for id in ids {
        source(ui, cx, *id);
    }
}

/// One source with its day, age and grade; a link where it has an address.
pub fn source(ui: &mut Ui, cx: &Cx<'_>, id: SourceId) {
    let Some(source) = cx.book.source(id) else {
        return;
    };
    let name = provenance::source_name(cx, id);
    match address(cx, id) {
        Some(url) => {
            let text = RichText::new(&name)
                .size(theme::TEXT)
                .color(cx.tokens.accent);
            let label = ui.add(Label::new(text).wrap().sense(Sense::click()));
            label.widget_info(|| WidgetInfo::labeled(Role::Link, true, &name));
            let label = label.on_hover_cursor(egui::CursorIcon::PointingHand);
            if label.on_hover_text(url).clicked() {
                cx.act(Action::OpenUrl(url.to_owned()));
            }
        }
        None => paragraph(ui, &name, cx.tokens.text1),
    }
    let day = source.published.map_or_else(
        || "undated".to_owned(),
        |date| {
            let days = days_between(date.last_day(), cx.today).max(0);
            let age = format::age_days(days);
            let age = if days == 0 { age } else { format!("{age} old") };
            format!("{}, {age}", format::partial_date(date))
        },
    );
    caption(
        ui,
        &cx.tokens,
        &format!("{day} · {}", source.grade.label().to_lowercase()),
    );
    ui.add_space(theme::HALF);
}

/// The address of a source, if a browser can open it.
pub fn address<'a>(cx: &'a Cx<'_>, id: SourceId) -> Option<&'a str> {
    let url = cx.book.source(id)?.url.as_deref()?;
    url.starts_with("http").then_some(url)
}

/// A remark, if there is one.
pub fn note(ui: &mut Ui, cx: &Cx<'_>, text: &str) {
    if !text.is_empty() {
        group(ui, cx, "Note");
        paragraph(ui, text, cx.tokens.text2);
    }
}

/// Text that wraps.
pub fn paragraph(ui: &mut Ui, text: &str, colour: egui::Color32) {
    let text = RichText::new(text).size(theme::TEXT).color(colour);
    ui.add(Label::new(text).wrap());
}

/// A link that runs a command, where there is room for it.
pub fn command_link(ui: &mut Ui, cx: &Cx<'_>, command: Command, room: f32) {
    if ui.available_width() < room {
        return;
    }
    let response = link(ui, &cx.tokens, command.text());
    if response.on_hover_text(command.hint()).clicked() {
        cx.act(Action::Run(command));
    }
}

/// A page, or a part of it, with nothing to show: why, and the one next step.
/// Returns true if the step was taken.
pub fn nothing(ui: &mut Ui, cx: &Cx<'_>, why: &str, step: &str) -> bool {
    let room = ui.available_height();
    ui.vertical_centered(|ui| {
        ui.add_space((room * 0.35).min(160.0));
        ui.label(RichText::new(why).color(cx.tokens.text2));
        link(ui, &cx.tokens, step).clicked()
    })
    .inner
}
