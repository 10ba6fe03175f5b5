//! The Sector page: all companies together beside what is stated of the sector,
//! how the backlog splits, a scatter with chosen axes and league tables. It
//! computes no figure; what it paints is prepared once a revision.

mod axes;
pub mod cloud;
pub mod coins;
pub mod funnel;
pub mod league;
pub mod parts;
pub mod ratios;
pub mod totals;

use egui::{CursorIcon, Layout, Margin, Rect, Response, Role, ScrollArea, Sense, Ui};
use egui::{UiBuilder, WidgetInfo, pos2, vec2};

use crate::analytics::measure::Measure;
use crate::model::deal::{CounterpartyClass, DealKind};
use crate::model::{CompanyId, Day};
use crate::ui::chart::scatter::{Scatter, View};
use crate::ui::state::UiState;
use crate::ui::theme;
use crate::ui::widget::{caption, focus_ring, hairline, heading};
use crate::ui::{Action, Command, Cx, format};

use super::{facts, list};
use axes::Axes;
use cloud::Cloud;
use league::League;

/// The least width of a column of the page.
const COLUMN: f32 = 480.0;
/// Height of the scatter on a wide page and on others.
const SCATTER: (f32, f32) = (520.0, 420.0);
/// Reasons shown below the scatter; the others are under the pointer.
const REASONS: usize = 6;

/// What everything on the page depends on: revision, day, theme.
type Basis = (u64, Day, bool);

/// What the page remembers.
#[derive(Default)]
pub struct State {
    basics: list::Cached<Basics>,
    cloud: list::Cached<Option<Cloud>>,
    leagues: list::Cached<Vec<League>>,
    scatter: Scatter,
    leagues_open: bool,
}

/// What depends on the book alone, ready to be painted.
#[derive(Default)]
pub struct Basics {
    /// Stated totals beside what is tracked.
    pub totals: Vec<totals::Total>,
    /// Ratios of totals of one source.
    pub ratios: Vec<ratios::Line>,
    /// Backlog by class of counterparty.
    pub classes: parts::Stack,
    /// Backlog by kind of deal.
    pub kinds: parts::Stack,
    /// Deals that are in neither, in words.
    pub without_value: Option<String>,
    /// Megawatts by stage.
    pub funnel: Vec<funnel::Stage>,
    /// Megawatts that are in no stage's load, in words.
    pub funnel_unstated: Option<String>,
    /// Bitcoin reduction by company.
    pub coins: coins::Coins,
    /// Backlog by who signed.
    pub signatories: parts::Names,
    /// Backlog by whose credit.
    pub obligors: parts::Names,
    /// What counts, in words.
    pub switches: String,
}

impl State {
    /// What was last shown of the book, for snapshots.
    pub const fn basics(&self) -> &Basics {
        self.basics.get()
    }

    /// The scatter as last shown, for snapshots.
    pub const fn cloud(&self) -> Option<&Cloud> {
        self.cloud.get().as_ref()
    }

    /// The league tables as last shown, for snapshots.
    pub const fn leagues(&self) -> &Vec<League> {
        self.leagues.get()
    }
}

/// Shows the page.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, state: &mut UiState) {
    let selected = state.selected;
    let state = &mut state.sector;
    ui.painter()
        .rect_filled(ui.max_rect(), 0.0, cx.tokens.panel);
    ui.spacing_mut().item_spacing = vec2(theme::GRID, 0.0);
    if cx.derived.companies.is_empty() {
        let why = "No company yet. Restore the starter book in Settings, or add one";
        if facts::nothing(ui, cx, why, Command::NewCompany.text()) {
            cx.act(Action::Run(Command::NewCompany));
        }
        return;
    }
    let basis = (cx.revision, cx.today, cx.tokens.dark);
    state.basics.refresh(&basis, || basics(cx));
    head(ui, cx, state.basics.get());
    hairline(ui, &cx.tokens);
    let area = ScrollArea::vertical().id_salt("sector").auto_shrink(false);
    area.show(ui, |ui| {
        let gutter = theme::GUTTER as i8;
        // The scroll bar floats over the margin.
        let margin = Margin::symmetric(gutter, gutter);
        egui::Frame::new().inner_margin(margin).show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(theme::GRID, 2.0);
            body(ui, cx, state, selected, basis);
        });
    });
}

fn basics(cx: &Cx<'_>) -> Basics {
    let sector = &cx.derived.sector;
    let without = sector.deals_without_value;
    Basics {
        totals: totals::build(cx),
        ratios: ratios::build(cx),
        without_value: (without > 0).then(|| {
            let deals = format::count(without, "deal", "deals");
            format!("and {deals} whose value in US dollars is not stated")
        }),
        classes: parts::Stack::of(&cx.tokens, &sector.by_class, CounterpartyClass::label),
        kinds: parts::Stack::of(&cx.tokens, &sector.by_kind, DealKind::label),
        funnel: funnel::build(cx),
        funnel_unstated: funnel::unstated(cx),
        coins: coins::build(cx),
        signatories: parts::Names::of(sector.by_signatory.as_ref()),
        obligors: parts::Names::of(sector.by_obligor.as_ref()),
        switches: cx.derived.switches.words(),
    }
}

fn head(ui: &mut Ui, cx: &Cx<'_>, basics: &Basics) {
    let margin = Margin::symmetric(theme::GUTTER as i8, theme::GRID as i8);
    egui::Frame::new().inner_margin(margin).show(ui, |ui| {
        let size = vec2(ui.available_width(), theme::CONTROL);
        let across = Layout::left_to_right(egui::Align::Center);
        ui.allocate_ui_with_layout(size, across, |ui| {
            ui.set_min_size(size);
            let count = cx.derived.companies.len();
            heading(
                ui,
                &cx.tokens,
                &format::count(count, "company", "companies"),
            );
            caption(ui, &cx.tokens, &basics.switches)
                .on_hover_text("What counts in every figure of this page");
        });
    });
}

/// The sections in as many columns as fit.
fn body(ui: &mut Ui, cx: &Cx<'_>, state: &mut State, selected: Option<CompanyId>, basis: Basis) {
    let columns = ((ui.available_width() / COLUMN) as usize).clamp(1, 3);
    for (index, row) in rows(columns).iter().enumerate() {
        if index > 0 {
            ui.add_space(theme::GUTTER);
            hairline(ui, &cx.tokens);
            ui.add_space(theme::GUTTER);
        }
        beside(ui, index, row, |ui, section| {
            draw(ui, cx, state, (selected, basis), section);
        });
    }
}

/// The sections, row by row, with their relative widths.
const fn rows(columns: usize) -> &'static [&'static [(f32, Section)]] {
    const TALL: f32 = SCATTER.0;
    const LOW: f32 = SCATTER.1;
    match columns {
        0 | 1 => &[
            &[(1.0, Section::Totals)],
            &[(1.0, Section::Splits)],
            &[(1.0, Section::Scatter(LOW))],
            &[(1.0, Section::Funnel)],
            &[(1.0, Section::Coins)],
            &[(1.0, Section::League(0))],
            &[(1.0, Section::Names)],
        ],
        2 => &[
            &[(1.0, Section::Totals), (1.0, Section::Splits)],
            &[(1.0, Section::Scatter(LOW))],
            &[(1.0, Section::Funnel), (1.0, Section::Coins)],
            &[(1.0, Section::League(0)), (1.0, Section::League(1))],
            &[(1.0, Section::Signatories), (1.0, Section::Obligors)],
        ],
        _ => &[
            &[
                (1.0, Section::Totals),
                (1.0, Section::Splits),
                (1.0, Section::Funnel),
            ],
            &[(2.0, Section::Scatter(TALL)), (1.0, Section::CoinsAndNames)],
            &[
                (1.0, Section::League(0)),
                (1.0, Section::League(1)),
                (1.0, Section::League(2)),
            ],
        ],
    }
}

fn draw(
    ui: &mut Ui,
    cx: &Cx<'_>,
    state: &mut State,
    (selected, basis): (Option<CompanyId>, Basis),
    section: Section,
) {
    let shown = state.basics.get();
    match section {
        Section::Totals => {
            totals::show(ui, cx, &shown.totals);
            ui.add_space(theme::HALF);
            ratios::show(ui, cx, &shown.ratios);
        }
        Section::Splits => {
            let title = "Backlog by class of counterparty";
            shown.classes.show(ui, cx, title);
            ui.add_space(theme::GUTTER);
            shown.kinds.show(ui, cx, "Backlog by kind of deal");
            if let Some(text) = &shown.without_value {
                ui.add_space(theme::HALF);
                caption(ui, &cx.tokens, text);
            }
        }
        Section::Funnel => funnel::show(ui, cx, &shown.funnel, shown.funnel_unstated.as_deref()),
        Section::Coins => coins::show(ui, cx, &shown.coins, selected),
        Section::Signatories => shown.signatories.show(ui, cx, "Backlog by who signed"),
        Section::Obligors => shown.obligors.show(ui, cx, "Backlog by whose credit"),
        Section::Names => names(ui, cx, shown),
        Section::CoinsAndNames => {
            coins::show(ui, cx, &shown.coins, selected);
            ui.add_space(theme::GUTTER);
            names(ui, cx, shown);
        }
        Section::Scatter(height) => {
            let (cloud, scatter) = (&mut state.cloud, &mut state.scatter);
            plane(ui, cx, (cloud, scatter), selected, (basis, height));
        }
        Section::League(place) => {
            let measures = axes::leagues(cx.settings);
            let build = || measures.iter().map(|of| league::build(cx, *of)).collect();
            state.leagues.refresh(&(basis, measures), build);
            if let Some(league) = state.leagues.get().get(place) {
                let open = &mut state.leagues_open;
                league::show(ui, cx, place, league, selected, open);
            }
        }
    }
}

fn names(ui: &mut Ui, cx: &Cx<'_>, shown: &Basics) {
    shown.signatories.show(ui, cx, "Backlog by who signed");
    ui.add_space(theme::GUTTER);
    shown.obligors.show(ui, cx, "Backlog by whose credit");
}

/// A part of the page.
#[derive(Clone, Copy)]
enum Section {
    Totals,
    Splits,
    Funnel,
    Coins,
    Signatories,
    Obligors,
    /// Signatories and obligors, one below the other.
    Names,
    /// Coins and names below one another, beside a large scatter.
    CoinsAndNames,
    /// The scatter, so high.
    Scatter(f32),
    /// The league table at that place.
    League(usize),
}

/// Draws sections side by side in columns of these relative widths.
fn beside(
    ui: &mut Ui,
    salt: usize,
    sections: &[(f32, Section)],
    mut draw: impl FnMut(&mut Ui, Section),
) {
    let gap = 2.0 * theme::GUTTER;
    let parts: f32 = sections.iter().map(|(part, _)| part).sum();
    let whole = ui.available_rect_before_wrap();
    // A column over two others is as wide as both and their gap.
    let unit = (whole.width() + gap) / parts;
    let (mut left, mut bottom) = (whole.left(), whole.top());
    for (index, (part, section)) in sections.iter().enumerate() {
        let width = unit * part - gap;
        let place = Rect::from_min_size(pos2(left, whole.top()), vec2(width, whole.height()));
        let down = Layout::top_down(egui::Align::Min);
        let builder = UiBuilder::new().id_salt((salt, index)).max_rect(place);
        let mut column = ui.new_child(builder.layout(down));
        draw(&mut column, *section);
        bottom = bottom.max(column.min_rect().bottom());
        left += width + gap;
    }
    let used = Rect::from_min_max(whole.min, pos2(whole.right(), bottom));
    ui.advance_cursor_after_rect(used);
}

/// The scatter with the choice of its axes above and who is left out below.
fn plane(
    ui: &mut Ui,
    cx: &Cx<'_>,
    (cloud, scatter): (&mut list::Cached<Option<Cloud>>, &mut Scatter),
    selected: Option<CompanyId>,
    (basis, height): (Basis, f32),
) {
    let axes = Axes::of(cx);
    let key = (basis, axes);
    cloud.refresh(&key, || Some(cloud::build(cx, axes)));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.y = theme::HALF;
        heading(ui, &cx.tokens, "Companies by");
        axes::choices(ui, cx, axes);
    });
    ui.add_space(theme::GRID);
    let Some(cloud) = cloud.get() else { return };
    let view = View {
        input: &cloud.input,
        key: list::hash(&key),
        size: vec2(ui.available_width(), height),
        selected: selected.map(|company| company.0),
    };
    let output = scatter.show(
        ui,
        &cx.tokens,
        &view,
        |ui, key| cloud::tip(ui, cx, axes, key),
        |ui, key| cloud::menu(ui, cx, axes, key),
    );
    if let Some(key) = output.clicked {
        cx.act(Action::Select(CompanyId(key)));
    }
    if let Some(key) = output.opened {
        cx.act(Action::OpenCompany(CompanyId(key)));
    }
    for line in cloud.left_out.iter().take(REASONS) {
        caption(ui, &cx.tokens, line).on_hover_text(line);
    }
    let more = cloud.left_out.get(REASONS..).unwrap_or_default();
    if !more.is_empty() {
        let text = format!(
            "and {}",
            format::count(more.len(), "reason more", "reasons more")
        );
        caption(ui, &cx.tokens, &text).on_hover_text(more.join("\n"));
    }
}

/// Takes what a click on a company's row asks for: once selects it, twice or
/// Enter on the selected one opens it.
fn take_click(ui: &Ui, cx: &Cx<'_>, response: &Response, company: CompanyId, selected: bool) {
    let enter = selected && ui.input(|input| input.key_pressed(egui::Key::Enter));
    if response.double_clicked() || (response.clicked() && enter) {
        cx.act(Action::OpenCompany(company));
    } else if response.clicked() {
        cx.act(Action::Select(company));
    }
}

/// Lets a value of a company be asked how it is computed; painted elsewhere.
fn explained(
    ui: &mut Ui,
    cx: &Cx<'_>,
    at: Rect,
    name: &str,
    (company, measure): (CompanyId, Measure),
) -> Response {
    let id = ui.make_persistent_id(("explained", measure.code()));
    let response = ui.interact(at, id, Sense::click());
    let words = || format!("How {} of {name} is computed", measure.label());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, words()));
    if response.hovered() {
        let line = (theme::HAIRLINE, cx.tokens.text2);
        let y = at.center().y + theme::GRID;
        ui.painter()
            .hline(at.shrink2(vec2(2.0, 0.0)).x_range(), y, line);
    }
    focus_ring(
        ui,
        &cx.tokens,
        &response,
        at.shrink(2.0),
        theme::RADIUS_SMALL,
    );
    if response.clicked() {
        cx.act(Action::Explain(company, measure));
    }
    let response = response.on_hover_cursor(CursorIcon::PointingHand);
    response.on_hover_text("How this is computed")
}
