//! Closes too far from the one before to be believed without asking: which
//! bars are held back until the user has answered, so that no chart shows a
//! cliff that nobody confirmed. Pure; nothing is stored here.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::number;
use super::quotes::Quotes;
use super::turn::Due;
use crate::model::feed::Extent;
use crate::model::instrument::InstrumentKind;
use crate::model::{Bar, EventKind, Jump, PriceEvent, Provider, Series};

/// A change from one close to the next beyond this fraction is asked about; the
/// last digits are room for the rounding of a quotient.
const JUMP: f64 = 0.600_000_001;
/// Two closes further apart are not one after the other: over a gap, prices move.
const GAP_DAYS: i64 = 31;
/// Closes are given divided by the splits after them. A change on the day of a
/// split that is the split itself, within this fraction, means that those
/// before it were not divided yet: a cliff, however high.
const UNDIVIDED: f64 = 0.2;
/// A split that changes a price by less than this, 3 for 2 not among them, is no
/// more than a market does in a day.
const PLAIN: f64 = 0.3;
/// A jump within so many bars from the end is held back itself; of an older one
/// what lies before it is, so that the present is there.
const FRESH_BARS: usize = 10;

/// What may be kept, and what waits for an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Held {
    /// The bars that may be kept.
    pub bars: Vec<Bar>,
    /// How they take the place of what is stored.
    pub extent: Extent,
    /// What must be asked.
    pub question: Option<Jump>,
    /// How many bars wait.
    pub waiting: usize,
    /// Where they lie.
    pub place: Place,
}

/// Where bars that wait lie beside the jump in question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Before it.
    Before,
    /// From it on.
    From,
    /// On both sides.
    Around,
}

impl Place {
    /// In words, after a number of rows.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Before => "before it",
            Self::From => "from it on",
            Self::Around => "around it",
        }
    }
}

/// A close in the view of what would be stored.
#[derive(Clone, Copy)]
struct Close {
    day: Date,
    price: f64,
    is_new: bool,
}

/// Takes out of the quotes what waits for an answer.
pub fn hold_back(due: &Due, provider: Provider, quotes: &Quotes, extent: Extent) -> Held {
    let found = find(due, provider, quotes, extent);
    let total = quotes.bars.len();
    let fresh_from = quotes.bars.get(total.saturating_sub(FRESH_BARS));
    let is_fresh = |jump: &&Jump| match extent {
        Extent::Days => true,
        Extent::FromFirst | Extent::Everything => fresh_from.is_none_or(|bar| jump.day >= bar.day),
    };
    let fresh = found.iter().find(is_fresh).copied();
    let old = found.iter().rfind(|jump| !is_fresh(jump)).copied();
    let mut held = Held {
        bars: quotes.bars.clone(),
        extent,
        question: fresh.or(old),
        waiting: 0,
        place: match (fresh, old) {
            (None, Some(_)) => Place::Before,
            (_, None) => Place::From,
            (Some(_), Some(_)) => Place::Around,
        },
    };
    if let Some(fresh) = fresh {
        held.bars.retain(|bar| bar.day < fresh.day);
    }
    if let Some(old) = old {
        if keeps_others(due, quotes, extent) {
            // Earlier bars would stay in front of the cliff, and they reach
            // further back than this provider: better nothing than their loss.
            held.bars.clear();
            held.place = Place::Around;
        }
        held.bars.retain(|bar| bar.day >= old.day);
        held.extent = Extent::Everything;
    }
    if held.bars.is_empty() {
        held.extent = Extent::Days;
    }
    held.waiting = total - held.bars.len();
    held
}

/// Whether fetched bars that reach further back would stay.
fn keeps_others(due: &Due, quotes: &Quotes, extent: Extent) -> bool {
    let from_providers = due.feed.rows_by.iter();
    let mut from_providers =
        from_providers.filter(|(by, rows)| **rows > 0 && Provider::from_code(by).is_some());
    from_providers.next().is_some()
        && staying(due, quotes, extent).any(|bar| !due.feed.own.contains(&bar.day))
}

/// The stored bars that stay beside the new ones. One taken within a session
/// says nothing of a close.
fn staying<'a>(
    due: &'a Due,
    quotes: &'a Quotes,
    extent: Extent,
) -> impl Iterator<Item = &'a Bar> + 'a {
    let stored = due.series.as_ref().map(Series::bars).unwrap_or_default();
    let first = quotes.bars.first().map(|bar| bar.day);
    stored.iter().filter(move |bar| {
        let is_own = due.feed.own.contains(&bar.day);
        let is_before = first.is_none_or(|first| bar.day < first);
        let stays = match extent {
            Extent::Days => true,
            Extent::FromFirst => is_before,
            Extent::Everything => false,
        };
        is_own || (stays && Some(bar.day) != due.feed.live)
    })
}

/// Every jump to a new bar, in order of days.
fn find(due: &Due, provider: Provider, quotes: &Quotes, extent: Extent) -> Vec<Jump> {
    if due.instrument.kind == InstrumentKind::Fx {
        return Vec::new();
    }
    let mut view: BTreeMap<Date, Close> = BTreeMap::new();
    for bar in &quotes.bars {
        view.insert(bar.day, close(bar, true));
    }
    for bar in staying(due, quotes, extent) {
        let is_own = due.feed.own.contains(&bar.day);
        if is_own || !view.contains_key(&bar.day) {
            view.insert(bar.day, close(bar, false));
        }
    }
    let known = due.feed.events.get(&provider).into_iter().flatten();
    let events: Vec<&PriceEvent> = quotes.events.iter().chain(known).collect();
    let is_jump = |before: &Close, after: &Close| {
        let ratio = after.price / before.price;
        let of_day = events.iter().filter(|event| event.day == after.day);
        let mut factors = of_day.filter_map(|event| factor(event.what)).peekable();
        let is_explained = factors.peek().is_some();
        let is_undivided = factors
            .any(|factor| (factor - 1.0).abs() > PLAIN && (ratio / factor - 1.0).abs() < UNDIVIDED);
        is_undivided || ((ratio - 1.0).abs() > JUMP && !is_explained)
    };
    let pairs = view.values().zip(view.values().skip(1));
    let jumps = pairs.filter(|(before, after)| {
        after.is_new
            && is_jump(before, after)
            && after.day.duration_since(before.day).as_hours() <= GAP_DAYS * 24
            && !due.feed.accepted.contains(&after.day)
    });
    jumps
        .map(|(before, after)| Jump {
            provider,
            day_before: before.day,
            before: before.price,
            day: after.day,
            close: after.price,
        })
        .collect()
}

/// What a split makes of a price: a quarter for 4 for 1; none for a dividend.
fn factor(what: EventKind) -> Option<f64> {
    match what {
        EventKind::Split { new, old } => old.checked_div(new).and_then(number::nearest),
        EventKind::Dividend { .. } => None,
    }
}

const fn close(bar: &Bar, is_new: bool) -> Close {
    Close {
        day: bar.day,
        price: bar.close,
        is_new,
    }
}
