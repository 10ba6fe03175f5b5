//! What is to be said of an instrument's newest close: that it is live, older
//! than it could be, or waits for an answer.

use egui::{Role, Sense, Ui, WidgetInfo, vec2};

use super::theme::{self, Tokens};
use super::widget::mark::{self, Sign};
use super::{Cx, format, provenance};
use crate::analytics::freshness::Freshness;
use crate::model::{Feed, InstrumentId};

/// A mark and what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriceState {
    /// The mark.
    pub sign: Sign,
    /// Its meaning, as the start of a sentence in small letters.
    pub text: String,
}

/// What is to be said of the newest close, if anything. Prices kept by hand are
/// never late: nobody is asked for them.
pub fn of(cx: &Cx<'_>, id: InstrumentId) -> Option<PriceState> {
    // On a day that is past nothing is late or live.
    if cx.as_of.is_some() {
        return None;
    }
    let feed = cx.feeds.get(id);
    if let Some(jump) = feed.and_then(|feed| feed.question.as_ref()) {
        return Some(PriceState {
            sign: Sign::Asks,
            text: format::jump_waits(jump),
        });
    }
    if cx.book.instrument(id)?.locked {
        return None;
    }
    let coverage = cx.coverage.get(&id)?;
    match coverage.freshness {
        Freshness::Current => None,
        Freshness::Live => Some(live(cx, feed)),
        Freshness::Empty => feed.filter(|feed| failed(feed)).map(|feed| PriceState {
            sign: Sign::Late,
            text: format::attempts_text(&feed.last_turn, cx.now),
        }),
        Freshness::Behind { .. } => {
            let missing = format::freshness(Some(coverage), false);
            let attempts = feed
                .filter(|feed| failed(feed))
                .map(|feed| format::attempts_text(&feed.last_turn, cx.now));
            Some(PriceState {
                sign: Sign::Late,
                text: match attempts {
                    Some(attempts) => format!("{missing}: {attempts}"),
                    None => missing,
                },
            })
        }
    }
}

fn live(cx: &Cx<'_>, feed: Option<&Feed>) -> PriceState {
    let taken = feed.and_then(|feed| feed.fetched_at);
    let text = taken.map_or_else(
        || "live, the close replaces it".to_owned(),
        |at| {
            let at = format::moment(at, cx.now);
            format!("live, taken at {at}, the close replaces it")
        },
    );
    PriceState {
        sign: Sign::Live,
        text,
    }
}

/// The state in a word or three: "live", "2 days missing", "question".
pub fn in_short(cx: &Cx<'_>, id: InstrumentId, sign: Sign) -> String {
    match sign {
        Sign::Live | Sign::Asks => sign.word().to_owned(),
        Sign::Late => format::freshness(cx.coverage.get(&id), false),
    }
}

/// Shows the mark in a line of text; its meaning is on hover.
pub fn show(ui: &mut Ui, tokens: &Tokens, state: &PriceState) {
    let size = vec2(theme::GRID, theme::GUTTER);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    mark::sign(ui.painter(), rect.center(), state.sign, tokens);
    let text = provenance::sentence(&state.text);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &text));
    response.on_hover_text(text);
}

/// Whether the last turn brought nothing: its last attempt is the best it did.
pub fn failed(feed: &Feed) -> bool {
    let last = feed.last_turn.last();
    last.is_some_and(|attempt| !attempt.outcome.is_success())
}
