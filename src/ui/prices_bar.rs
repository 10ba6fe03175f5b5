//! What the top bar says of prices: how new they are, how many are stale, how
//! far fetching has come; and the button that starts or stops it.

use egui::{Label, Rect, RichText, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::analytics::backlog::days_between;
use crate::analytics::derive::BITCOIN;
use crate::analytics::freshness::Freshness;
use crate::model::calendar::Market;
use crate::model::{Day, InstrumentId};

use super::page::list::Cached;
use super::state::{Offline, Refresh};
use super::theme::{self, Tokens};
use super::widget::{caption, focus_ring};
use super::{Action, Command, Cx, format, icon, shell};

/// Narrower than this there is room for the button alone.
const TEXT_ROOM: f32 = 190.0;
/// Height of the line that fills while prices come.
const PROGRESS: f32 = 2.0;
/// Most stale instruments a line of the tooltip names.
const NAMED: usize = 12;

/// What the bar remembers.
#[derive(Default)]
pub struct State {
    summary: Cached<Summary>,
}

/// What is to be said, as of one revision.
#[derive(Default)]
struct Summary {
    text: String,
    /// The text is a warning.
    old: bool,
    /// What the pointer shows.
    tip: String,
}

/// Shows, from the right: the button, how new prices are, what stands in the
/// way of saving.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, state: &mut State) {
    let tokens = &cx.tokens;
    refresh_summary(cx, state);
    button(ui, cx, state.summary.get());
    if let Some(why) = &cx.status.read_only {
        ui.colored_label(tokens.warn, "Read only")
            .on_hover_text(why);
    } else if cx.status.saving {
        caption(ui, tokens, "Saving…");
    }
    if ui.available_width() < TEXT_ROOM {
        return;
    }
    if let Some(refresh) = &cx.status.refresh {
        progress_text(ui, cx, refresh);
        return;
    }
    let summary = state.summary.get();
    let colour = if summary.old {
        tokens.warn
    } else {
        tokens.text2
    };
    text(ui, &summary.text, colour).on_hover_text(&summary.tip);
}

fn refresh_summary(cx: &Cx<'_>, state: &mut State) {
    let key = (
        (cx.revision, cx.feeds_revision),
        cx.today,
        cx.status.offline,
        cx.status.prices_note.as_deref(),
    );
    state.summary.refresh(&key, || summary(cx));
}

fn text(ui: &mut Ui, text: &str, colour: egui::Color32) -> egui::Response {
    let text = RichText::new(text).color(colour).size(theme::SECONDARY);
    ui.add(Label::new(text).truncate())
}

/// "7 of 16", and whose turn it is on hover.
fn progress_text(ui: &mut Ui, cx: &Cx<'_>, refresh: &Refresh) {
    let words = format!("Prices: {} of {}", refresh.done, refresh.total);
    text(ui, &words, cx.tokens.text2).on_hover_ui(|ui| {
        let symbols: Vec<&str> = refresh.now.iter().map(|id| symbol(cx, *id)).collect();
        if symbols.is_empty() {
            ui.label("Prices are being fetched");
        } else {
            ui.label(format!("Asking for {}", symbols.join(", ")));
        }
    });
}

/// Paints the line along the lower edge of the bar that fills while prices
/// come; it moves nothing.
pub fn progress_line(ui: &Ui, cx: &Cx<'_>, bar: Rect) {
    let Some(refresh) = &cx.status.refresh else {
        return;
    };
    let share = refresh.done as f32 / refresh.total.max(1) as f32;
    let from = pos2(bar.left(), bar.bottom() - PROGRESS);
    let line = Rect::from_min_size(from, vec2(bar.width() * share.min(1.0), PROGRESS));
    ui.painter().rect_filled(line, 0.0, cx.tokens.accent);
}

fn button(ui: &mut Ui, cx: &Cx<'_>, summary: &Summary) {
    let running = cx.status.refresh.is_some();
    let command = if running {
        Command::CancelRefresh
    } else {
        Command::RefreshPrices
    };
    let offline = cx.status.offline.filter(|offline| offline.is_chosen());
    let why = offline.map(Offline::says);
    let why = why.or(cx.status.read_only.as_deref());
    let enabled = running || why.is_none();
    ui.add_enabled_ui(enabled, |ui| {
        let size = vec2(theme::CONTROL, theme::CONTROL);
        let (rect, response) = ui.allocate_exact_size(size, Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, command.text()));
        if response.hovered() && enabled {
            let corners = f32::from(theme::RADIUS);
            ui.painter().rect_filled(rect, corners, cx.tokens.hover);
        }
        sign(ui, &cx.tokens, rect, running, enabled, response.hovered());
        focus_ring(ui, &cx.tokens, &response, rect, theme::RADIUS);
        let keys =
            shell::shortcut_text(ui, command).map_or_else(String::new, |keys| format!("  {keys}"));
        // In a narrow window there is no text beside the button: here it is.
        let said = &summary.text;
        let response = response
            .on_hover_text(format!(
                "{}: {}{keys}\n{said}",
                command.text(),
                command.hint()
            ))
            .on_disabled_hover_text(format!("{}\n{said}", why.unwrap_or_default()));
        if response.clicked() {
            cx.act(Action::Run(command));
        }
    });
}

fn sign(ui: &Ui, tokens: &Tokens, rect: Rect, running: bool, enabled: bool, hovered: bool) {
    let colour = match (enabled, hovered) {
        (false, _) => tokens.edge,
        (true, false) => tokens.text2,
        (true, true) => tokens.text1,
    };
    let centre = rect.center();
    if running {
        icon::stop(ui.painter(), centre, 9.0, colour);
    } else {
        icon::refresh(ui.painter(), centre, 15.0, Stroke::new(1.4, colour));
    }
}

fn symbol<'a>(cx: &'a Cx<'_>, id: InstrumentId) -> &'a str {
    cx.book
        .instrument(id)
        .map_or("", |instrument| instrument.symbol.as_str())
}

/// What the calendar says of all instruments that are fetched.
#[derive(Default)]
struct Count {
    with_prices: usize,
    /// Symbols by what is said of them, in the order of the book.
    stale: Vec<(String, Vec<String>)>,
    live: Vec<InstrumentId>,
    questions: usize,
    /// The newest close of the series whose market rests at times: a coin is
    /// priced every day and would hide how old the others are.
    newest: Option<Day>,
}

impl Count {
    fn stale(&self) -> usize {
        self.stale.iter().map(|(_, symbols)| symbols.len()).sum()
    }

    fn add_stale(&mut self, said: String, symbol: &str) {
        match self.stale.iter_mut().find(|(other, _)| *other == said) {
            Some((_, symbols)) => symbols.push(symbol.to_owned()),
            None => self.stale.push((said, vec![symbol.to_owned()])),
        }
    }
}

fn count(cx: &Cx<'_>) -> Count {
    let mut count = Count::default();
    let fetched = cx.book.instruments().filter(|one| !one.locked);
    for instrument in fetched {
        let feed = cx.feeds.get(instrument.id);
        count.questions += usize::from(feed.is_some_and(|feed| feed.question.is_some()));
        let Some(coverage) = cx.coverage.get(&instrument.id) else {
            continue;
        };
        match coverage.freshness {
            Freshness::Empty => continue,
            Freshness::Current => {}
            Freshness::Live => count.live.push(instrument.id),
            Freshness::Behind { .. } => {
                let missing = format::freshness(Some(coverage), false);
                count.add_stale(missing, &instrument.symbol);
            }
        }
        if Market::of(instrument.kind) != Market::EveryDay {
            count.newest = count.newest.max(coverage.last);
        }
        count.with_prices += 1;
    }
    count
}

fn summary(cx: &Cx<'_>) -> Summary {
    let Some(day) = cx.derived.prices_to else {
        let offline = cx.status.offline.is_some();
        return Summary {
            text: if offline {
                "Offline, no prices"
            } else {
                "No prices"
            }
            .to_owned(),
            old: false,
            tip: cx
                .status
                .offline
                .map_or("No close is stored", Offline::says)
                .to_owned(),
        };
    };
    if cx.as_of.is_some() {
        return Summary {
            text: format!("Prices to {}", format::weekday_day(day)),
            old: false,
            tip: "The newest close on the day of the dial".to_owned(),
        };
    }
    let count = count(cx);
    let day = count.newest.unwrap_or(day);
    let stale = count.stale();
    let all_stale = count.with_prices > 0 && stale == count.with_prices;
    let mut text = as_of(cx, day);
    if all_stale {
        let age = days_between(day, cx.today);
        text = format!("{text}, {} old", format::age_days(age));
    } else if stale > 0 {
        text = format!("{text} · {stale} stale");
    }
    if count.questions > 0 {
        let asked = format::count(count.questions, "question", "questions");
        text = format!("{text} · {asked}");
    }
    // Without a connection nothing goes on being live.
    if !count.live.is_empty() && cx.status.offline.is_none() {
        let taken = taken(cx).map_or_else(String::new, |at| format!(" {at}"));
        text = format!("{text} · {}live{taken}", whose(cx, &count));
    }
    Summary {
        text,
        old: all_stale,
        tip: tip(cx, &count.stale),
    }
}

/// "Prices Fri 9 Oct", or "Offline, prices as of Fri 9 Oct".
fn as_of(cx: &Cx<'_>, day: Day) -> String {
    let day = format::weekday_day(day);
    match cx.status.offline {
        Some(_) => format!("Offline, prices as of {day}"),
        None => format!("Prices {day}"),
    }
}

/// Which series are live, where others are not: one, or coins while shares rest.
fn whose(cx: &Cx<'_>, count: &Count) -> String {
    let is_coin = |id: &InstrumentId| {
        let instrument = cx.book.instrument(*id);
        instrument.is_some_and(|one| Market::of(one.kind) == Market::EveryDay)
    };
    match count.live.as_slice() {
        all if all.len() == count.with_prices => String::new(),
        [one] => match symbol(cx, *one) {
            BITCOIN => "BTC ".to_owned(),
            other => format!("{other} "),
        },
        some if some.iter().all(is_coin) => "coins ".to_owned(),
        _ => String::new(),
    }
}

/// When the newest live price was taken.
fn taken(cx: &Cx<'_>) -> Option<String> {
    let live = cx.coverage.iter();
    let live = live.filter(|(_, coverage)| coverage.freshness == Freshness::Live);
    let newest = live
        .filter_map(|(id, _)| cx.feeds.get(*id)?.fetched_at)
        .max()?;
    Some(format::moment(newest, cx.now))
}

fn tip(cx: &Cx<'_>, stale: &[(String, Vec<String>)]) -> String {
    let mut lines = vec![match (cx.status.offline, &cx.status.prices_note) {
        (Some(why), _) => why.says().to_owned(),
        (None, Some(note)) => super::provenance::sentence(note),
        (None, None) => "The newest close there is".to_owned(),
    }];
    for (said, symbols) in stale {
        let named: Vec<&str> = symbols.iter().take(NAMED).map(String::as_str).collect();
        let more = match symbols.len().saturating_sub(NAMED) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let said = super::provenance::sentence(said);
        lines.push(format!("{said}: {}{more}", named.join(", ")));
    }
    lines.join("\n")
}
