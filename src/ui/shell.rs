//! The frame around the pages: rail, top bar, page, and what lies over them.

use egui::{
    Align2, CentralPanel, Color32, Frame, Margin, Panel, Rect, Response, Role, Sense, Ui,
    WidgetInfo, pos2, vec2,
};

use super::state::Page;
use super::theme::{self, Tokens, Weight};
use super::widget::{focus_ring, hairline_below, hairline_right_of};
use super::{
    Action, Command, Cx, UiState, dial, dialog, form, format, icon, messages, page, palette,
    prices_bar, switches,
};

/// How many signs stand at the right of the top bar.
const SIGNS: f32 = 5.0;

/// Shows the whole window.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, state: &mut UiState) {
    let tokens = &cx.tokens;
    let plain = |fill: Color32| Frame::new().fill(fill).inner_margin(Margin::ZERO);
    let narrow = ui.available_width() < theme::NARROW;
    let width = if narrow {
        theme::RAIL_NARROW
    } else {
        theme::RAIL
    };
    Panel::left("rail")
        .exact_size(width)
        .resizable(false)
        .show_separator_line(false)
        .frame(plain(tokens.panel))
        .show(ui, |ui| rail(ui, cx, state));
    Panel::top("top bar")
        .exact_size(theme::TOP_BAR)
        .resizable(false)
        .show_separator_line(false)
        .frame(plain(tokens.panel))
        .show(ui, |ui| top_bar(ui, cx, state));
    if cx.as_of.is_some() {
        Panel::top("dial")
            .exact_size(dial::BANNER)
            .resizable(false)
            .show_separator_line(false)
            .frame(plain(tokens.panel))
            .show(ui, |ui| dial::banner(ui, cx));
    }
    // The Watchlist's parts cover the page. Without a graphics card filling it
    // once more costs milliseconds.
    let page = match state.page {
        Page::Watchlist => Frame::NONE,
        Page::Company
        | Page::Deals
        | Page::Debt
        | Page::Calendar
        | Page::Sector
        | Page::Conflicts
        | Page::Data
        | Page::Settings => plain(tokens.bg),
    };
    CentralPanel::default()
        .frame(page)
        .show(ui, |ui| match state.page {
            Page::Watchlist => page::watchlist::show(ui, cx, state),
            Page::Company => page::company::show(ui, cx, state),
            Page::Deals => page::deals::show(ui, cx, state),
            Page::Debt => page::debt::show(ui, cx, state),
            Page::Calendar => page::calendar::show(ui, cx, state),
            Page::Sector => page::sector::show(ui, cx, state),
            Page::Conflicts => page::conflicts::show(ui, cx, state),
            Page::Data => page::data::show(ui, cx, state),
            Page::Settings => page::settings::show(ui, cx, &mut state.settings),
        });
    let ctx = ui.ctx().clone();
    palette::show(&ctx, cx, &mut state.palette);
    if let Some(form) = &mut state.form {
        form::show(&ctx, cx, form);
    }
    if let Some(dialog) = &mut state.dialog {
        dialog::show(&ctx, cx, dialog);
    }
    messages::show_panel(&ctx, cx, &mut state.messages_open);
    messages::show_toasts(&ctx, cx);
    messages::show_drop_hint(&ctx, cx);
}

fn rail(ui: &mut Ui, cx: &Cx<'_>, state: &UiState) {
    let tokens = &cx.tokens;
    hairline_right_of(ui, tokens, ui.max_rect());
    let (brand, _) = ui.allocate_exact_size(vec2(ui.available_width(), 56.0), Sense::hover());
    let bolt = Rect::from_min_size(
        brand.left_top() + vec2(theme::GUTTER, 17.0),
        vec2(22.0 * icon::BOLT_ASPECT, 22.0),
    );
    icon::bolt(ui.painter(), bolt, tokens.btc);
    let name = pos2(bolt.right() + theme::GRID, bolt.center().y);
    ui.painter().text(
        name,
        Align2::LEFT_CENTER,
        "Gigawatch",
        theme::font(15.0, Weight::SemiBold),
        tokens.text1,
    );
    ui.spacing_mut().item_spacing.y = 0.0;
    for (page, command) in [
        (Page::Watchlist, Command::GoWatchlist),
        (Page::Company, Command::GoCompany),
        (Page::Deals, Command::GoDeals),
        (Page::Debt, Command::GoDebt),
        (Page::Calendar, Command::GoCalendar),
        (Page::Sector, Command::GoSector),
        (Page::Conflicts, Command::GoConflicts),
        (Page::Data, Command::GoData),
    ] {
        let row = nav(ui, cx, command, state.page == page);
        if page == Page::Conflicts {
            open_conflicts(ui, cx, row);
        }
    }
    let rest = ui.available_height() - 32.0 - theme::GRID;
    ui.add_space(rest.max(0.0));
    nav(ui, cx, Command::GoSettings, state.page == Page::Settings);
}

/// How many conflicts are open, at the right of their entry.
fn open_conflicts(ui: &Ui, cx: &Cx<'_>, row: Rect) {
    let open = cx.derived.conflicts.open();
    if open == 0 {
        return;
    }
    let right = row.right_center() - vec2(theme::GRID + theme::HALF, 0.0);
    let font = theme::font(theme::CAPTION, Weight::Regular);
    let colour = cx.tokens.text3;
    let text = format::rows(open);
    let painter = ui.painter();
    let at = painter.text(right, Align2::RIGHT_CENTER, text, font, colour);
    let id = ui.make_persistent_id("open conflicts");
    let words = format::count(open, "open conflict", "open conflicts");
    ui.interact(at, id, Sense::hover())
        .widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
}

fn nav(ui: &mut Ui, cx: &Cx<'_>, command: Command, selected: bool) -> Rect {
    let tokens = &cx.tokens;
    let (row, response) = ui.allocate_exact_size(vec2(ui.available_width(), 32.0), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Tab, true, selected, command.text()));
    let inner = row.shrink2(vec2(theme::GRID, 2.0));
    let fill = match (selected, response.hovered()) {
        (true, _) => tokens.selected,
        (false, true) => tokens.hover,
        (false, false) => tokens.panel,
    };
    ui.painter()
        .rect_filled(inner, f32::from(theme::RADIUS), fill);
    if selected {
        let bar = Rect::from_min_size(
            inner.left_top() + vec2(0.0, 4.0),
            vec2(theme::SELECTION_BAR, inner.height() - 8.0),
        );
        ui.painter().rect_filled(bar, 1.5, tokens.accent);
    }
    let (weight, colour) = if selected {
        (Weight::Medium, tokens.text1)
    } else {
        (Weight::Regular, tokens.text2)
    };
    let text = inner.left_center() + vec2(theme::GUTTER, 0.0);
    ui.painter().text(
        text,
        Align2::LEFT_CENTER,
        command.text(),
        theme::font(theme::TEXT, weight),
        colour,
    );
    focus_ring(ui, tokens, &response, inner, theme::RADIUS);
    if with_keys(response, command).clicked() {
        cx.act(Action::Run(command));
    }
    row
}

fn top_bar(ui: &mut Ui, cx: &Cx<'_>, state: &mut UiState) {
    let tokens = &cx.tokens;
    hairline_below(ui, tokens, ui.max_rect());
    prices_bar::progress_line(ui, cx, ui.max_rect());
    ui.horizontal_centered(|ui| {
        ui.add_space(theme::GUTTER);
        command_box(ui, cx, state);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.add_space(theme::GUTTER);
            quiet_button(ui, cx, Command::NextTheme, "◐", None);
            quiet_button(ui, cx, Command::Messages, "≡", None);
            quiet_button(ui, cx, Command::Redo, "⟳", cx.status.redo.as_deref());
            quiet_button(ui, cx, Command::Undo, "⟲", cx.status.undo.as_deref());
            ui.add_space(theme::GRID);
            prices_bar::show(ui, cx, &mut state.prices_bar);
            ui.add_space(theme::GRID);
            dial::show(ui, cx, &mut state.dial);
            ui.add_space(theme::HALF);
            switches::show(ui, cx);
        });
    });
}

fn command_box(ui: &mut Ui, cx: &Cx<'_>, state: &mut UiState) {
    let tokens = &cx.tokens;
    let width = (ui.available_width() * 0.27).clamp(120.0, 360.0);
    // In a very narrow window the signs at the right need their room.
    let signs = SIGNS * (theme::CONTROL + ui.spacing().item_spacing.x) + 2.0 * theme::GUTTER;
    let width = width.min(ui.available_width() - signs).max(theme::CONTROL);
    let roomy = width > 240.0;
    let (rect, response) = ui.allocate_exact_size(vec2(width, theme::CONTROL), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, Command::Palette.text()));
    let edge = if response.hovered() {
        tokens.edge
    } else {
        tokens.line
    };
    let corners = f32::from(theme::RADIUS);
    ui.painter().rect(
        rect,
        corners,
        tokens.bg,
        (theme::HAIRLINE, edge),
        egui::StrokeKind::Inside,
    );
    let font = theme::font(theme::TEXT, Weight::Regular);
    let text = rect.left_center() + vec2(theme::GRID + theme::HALF, 0.0);
    let words = if roomy {
        Command::Palette.text()
    } else {
        "Search…"
    };
    ui.painter()
        .text(text, Align2::LEFT_CENTER, words, font, tokens.text3);
    let keys = shortcut_text(ui, Command::Palette)
        .filter(|_| width > 160.0)
        .unwrap_or_default();
    let right = rect.right_center() - vec2(theme::GRID + theme::HALF, 0.0);
    ui.painter().text(
        right,
        Align2::RIGHT_CENTER,
        keys,
        theme::font(theme::CAPTION, Weight::Regular),
        tokens.text3,
    );
    focus_ring(ui, tokens, &response, rect, theme::RADIUS);
    state.palette.anchor = rect;
    if response.clicked() {
        cx.act(Action::Run(Command::Palette));
    }
}

/// A sign that runs a command; `what` is what it would do, none disables it.
fn quiet_button(ui: &mut Ui, cx: &Cx<'_>, command: Command, sign: &str, what: Option<&str>) {
    let undoes = matches!(command, Command::Undo | Command::Redo);
    let enabled = !undoes || what.is_some();
    let name = match what {
        Some(what) => format!("{}: {what}", command.text()),
        None if undoes => format!("Nothing to {}", command.text().to_lowercase()),
        None => command.text().to_owned(),
    };
    ui.add_enabled_ui(enabled, |ui| {
        let (rect, response) =
            ui.allocate_exact_size(vec2(theme::CONTROL, theme::CONTROL), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, &name));
        let tokens = &cx.tokens;
        if response.hovered() && enabled {
            ui.painter()
                .rect_filled(rect, f32::from(theme::RADIUS), tokens.hover);
        }
        let colour = sign_colour(tokens, enabled, response.hovered());
        ui.painter().text(
            rect.center(),
            Align2::CENTER_CENTER,
            sign,
            theme::font(15.0, Weight::Regular),
            colour,
        );
        focus_ring(ui, tokens, &response, rect, theme::RADIUS);
        let keys = shortcut_text(ui, command).map_or_else(String::new, |keys| format!("  {keys}"));
        if response
            .on_hover_text(format!("{name}{keys}"))
            .on_disabled_hover_text(&name)
            .clicked()
        {
            cx.act(Action::Run(command));
        }
    });
}

fn sign_colour(tokens: &Tokens, enabled: bool, hovered: bool) -> Color32 {
    match (enabled, hovered) {
        (false, _) => tokens.edge,
        (true, false) => tokens.text2,
        (true, true) => tokens.text1,
    }
}

fn with_keys(response: Response, command: Command) -> Response {
    let keys = command
        .shortcut()
        .map(|keys| response.ctx.format_shortcut(&keys));
    response.on_hover_text(match keys {
        Some(keys) => format!("{}  {keys}", command.hint()),
        None => command.hint().to_owned(),
    })
}

/// The keys of a command as this system writes them.
pub fn shortcut_text(ui: &Ui, command: Command) -> Option<String> {
    command
        .shortcut()
        .map(|keys| ui.ctx().format_shortcut(&keys))
}
