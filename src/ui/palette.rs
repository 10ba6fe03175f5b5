//! The command box: finds a company, a page or a command. What it finds is a
//! function of the context and the text; running it is an action.

mod find;

use egui::{
    Align2, Area, Context, Frame, Id, Key, Margin, Modifiers, Order, Rect, Role, ScrollArea, Sense,
    Stroke, TextEdit, Ui, WidgetInfo, pos2, vec2,
};

use super::theme::{self, Weight};
use super::{Action, Command, Cx, shell};

pub use find::{Entry, Target, entries};

/// Most rows of the list at once; the others are scrolled to.
const ROWS: usize = 12;
/// The least width of the list.
const WIDTH: f32 = 440.0;
/// Height of a row of the list.
const ROW: f32 = theme::CONTROL;

/// What is typed into the command box.
#[derive(Clone, Debug)]
pub struct Palette {
    /// Whether it is open.
    pub open: bool,
    /// What is typed.
    pub text: String,
    /// The entry that Enter runs.
    pub chosen: usize,
    /// Where the list hangs.
    pub anchor: Rect,
    /// The entries of this revision and text.
    found: Option<Found>,
}

#[derive(Clone, Debug)]
struct Found {
    revision: u64,
    text: String,
    entries: Vec<Entry>,
}

impl Default for Palette {
    fn default() -> Self {
        Self {
            open: false,
            text: String::new(),
            chosen: 0,
            anchor: Rect::NOTHING,
            found: None,
        }
    }
}

/// Shows the list under the command box, and the box itself to type into.
pub fn show(ctx: &Context, cx: &Cx<'_>, palette: &mut Palette) {
    if !palette.open {
        palette.found = None;
        return;
    }
    if palette.found.is_none() {
        palette.text.clear();
        palette.chosen = 0;
    }
    palette.refresh(cx);
    let keys = Keys::pressed(ctx);
    palette.step(&keys);
    let screen = ctx.content_rect();
    let width = WIDTH
        .max(palette.anchor.width())
        .min(screen.width() - 2.0 * theme::GUTTER);
    let corner = if palette.anchor.is_positive() {
        palette.anchor.min
    } else {
        pos2(screen.center().x - width / 2.0, theme::GRID)
    };
    let mut run = keys.enter.then_some(palette.chosen);
    let area = Area::new(Id::unique("command box"))
        .order(Order::Foreground)
        .fixed_pos(corner)
        .constrain(true)
        .fade_in(false)
        .show(ctx, |ui| {
            let frame = Frame::new()
                .fill(cx.tokens.raised)
                .stroke(Stroke::new(theme::HAIRLINE, cx.tokens.line))
                .corner_radius(theme::RADIUS)
                .shadow(ui.visuals().popup_shadow)
                .inner_margin(Margin::same(theme::HALF as i8));
            frame.show(ui, |ui| {
                ui.set_width(width - 2.0 * theme::HALF);
                ui.spacing_mut().item_spacing.y = 0.0;
                input(ui, cx, palette);
                let clicked = list(ui, cx, palette, keys.step != 0);
                run = run.or(clicked);
            });
        });
    let beside = ctx.input(|input| {
        let at = input.pointer.interact_pos();
        input.pointer.any_pressed() && at.is_some_and(|at| !area.response.rect.contains(at))
    });
    let target = run.and_then(|index| palette.target(index));
    match target {
        Some(Target::Company(id)) => {
            cx.act(Action::Run(Command::GoWatchlist));
            cx.act(Action::Select(id));
        }
        Some(Target::Command(command)) => cx.act(Action::Run(command)),
        None => {}
    }
    if target.is_some() || beside || keys.escape {
        palette.open = false;
    }
}

/// The keys of the list, taken away from the field and from the page.
struct Keys {
    step: isize,
    enter: bool,
    escape: bool,
}

impl Keys {
    fn pressed(ctx: &Context) -> Self {
        ctx.input_mut(|input| {
            let mut taken = |key| input.consume_key(Modifiers::NONE, key);
            // Tab would lead out of the box to what lies under it.
            taken(Key::Tab);
            Self {
                step: isize::from(taken(Key::ArrowDown)) - isize::from(taken(Key::ArrowUp)),
                enter: taken(Key::Enter),
                escape: taken(Key::Escape),
            }
        })
    }
}

impl Palette {
    /// Finds the entries anew when the text or the book changed.
    fn refresh(&mut self, cx: &Cx<'_>) {
        let fresh = |found: &Found| found.revision == cx.revision && found.text == self.text;
        if self.found.as_ref().is_some_and(fresh) {
            return;
        }
        if self
            .found
            .as_ref()
            .is_some_and(|found| found.text != self.text)
        {
            self.chosen = 0;
        }
        self.found = Some(Found {
            revision: cx.revision,
            text: self.text.clone(),
            entries: entries(cx, &self.text),
        });
    }

    fn entries(&self) -> &[Entry] {
        self.found.as_ref().map_or(&[], |found| &found.entries)
    }

    fn target(&self, index: usize) -> Option<Target> {
        self.entries().get(index).map(|entry| entry.target)
    }

    fn step(&mut self, keys: &Keys) {
        let last = self.entries().len().saturating_sub(1);
        self.chosen = self.chosen.saturating_add_signed(keys.step).min(last);
    }
}

fn input(ui: &mut Ui, cx: &Cx<'_>, palette: &mut Palette) {
    let edit = TextEdit::singleline(&mut palette.text)
        .id(Id::unique("command box text"))
        .hint_text(egui::RichText::new(Command::Palette.text()).color(cx.tokens.text3))
        .frame(Frame::NONE.inner_margin(Margin::symmetric(theme::GRID as i8, 0)))
        .desired_width(f32::INFINITY)
        .min_size(vec2(0.0, theme::CONTROL - theme::HALF))
        .align(Align2::LEFT_CENTER);
    let response = ui.add(edit);
    response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, Command::Palette.text()));
    if !response.has_focus() {
        response.request_focus();
    }
    palette.refresh(cx);
}

/// The rows; gives the one that was clicked.
fn list(ui: &mut Ui, cx: &Cx<'_>, palette: &mut Palette, moved: bool) -> Option<usize> {
    let tokens = &cx.tokens;
    ui.add_space(theme::HALF);
    super::widget::hairline(ui, tokens);
    ui.add_space(theme::HALF);
    if palette.entries().is_empty() {
        let (row, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
        let text = format!("Nothing matches “{}”", palette.text.trim());
        let at = row.left_center() + vec2(theme::GRID, 0.0);
        let font = theme::font(theme::TEXT, Weight::Regular);
        ui.painter()
            .text(at, Align2::LEFT_CENTER, text, font, tokens.text2);
        return None;
    }
    let mut clicked = None;
    let mut hovered = None;
    let room = ui.ctx().content_rect().bottom() - ui.cursor().top() - theme::GUTTER;
    ScrollArea::vertical()
        .id_salt("command box list")
        .max_height((ROWS as f32 * ROW).min(room))
        .auto_shrink([false, true])
        .animated(false)
        .show(ui, |ui| {
            for (index, entry) in palette.entries().iter().enumerate() {
                let response = row(ui, cx, entry, index == palette.chosen);
                if moved && index == palette.chosen {
                    response.scroll_to_me(None);
                }
                // A resting pointer must not take the choice from the keys.
                if response.hovered() && ui.input(|input| input.pointer.delta() != vec2(0.0, 0.0)) {
                    hovered = Some(index);
                }
                if response.clicked() {
                    clicked = Some(index);
                }
            }
        });
    palette.chosen = hovered.unwrap_or(palette.chosen);
    clicked
}

fn row(ui: &mut Ui, cx: &Cx<'_>, entry: &Entry, chosen: bool) -> egui::Response {
    let tokens = &cx.tokens;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    response.widget_info(|| {
        let name = match entry.target {
            Target::Company(_) => format!("{} {}", entry.text, entry.quiet),
            Target::Command(_) => entry.text.clone(),
        };
        WidgetInfo::selected(Role::ListBoxOption, true, chosen, name)
    });
    if !ui.is_rect_visible(rect) {
        return response;
    }
    if chosen {
        ui.painter()
            .rect_filled(rect, f32::from(theme::RADIUS), tokens.selected);
    }
    let keys = match entry.target {
        Target::Company(_) => None,
        Target::Command(command) => shell::shortcut_text(ui, command),
    };
    let mut right = rect.right() - theme::GRID;
    if let Some(keys) = keys {
        let font = theme::font(theme::CAPTION, Weight::Regular);
        let at = pos2(right, rect.center().y);
        let drawn = ui
            .painter()
            .text(at, Align2::RIGHT_CENTER, keys, font, tokens.text2);
        right = drawn.left() - theme::GRID;
    }
    let (weight, indent) = match entry.target {
        Target::Company(_) => (Weight::SemiBold, 56.0),
        Target::Command(_) => (Weight::Regular, 0.0),
    };
    let left = rect.left() + theme::GRID;
    let font = theme::font(theme::TEXT, weight);
    let strong = truncated(ui, &entry.text, font, tokens.text1, left..right, rect);
    let left = strong.right().max(left + indent) + theme::GRID;
    let font = theme::font(theme::SECONDARY, Weight::Regular);
    truncated(ui, &entry.quiet, font, tokens.text3, left..right, rect);
    response
}

/// Paints one line between `x` in the middle of `row`, ended by … where it does
/// not fit.
fn truncated(
    ui: &Ui,
    text: &str,
    font: egui::FontId,
    colour: egui::Color32,
    x: std::ops::Range<f32>,
    row: Rect,
) -> Rect {
    use egui::text::{LayoutJob, TextFormat, TextWrapping};
    let format = TextFormat::simple(font, colour);
    let mut job = LayoutJob::single_section(text.to_owned(), format);
    job.wrap = TextWrapping::truncate_at_width((x.end - x.start).max(0.0));
    let galley = ui.painter().layout_job(job);
    let at = Align2::LEFT_CENTER.anchor_size(pos2(x.start, row.center().y), galley.size());
    ui.painter().galley(at.min, galley, colour);
    at
}
