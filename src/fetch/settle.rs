//! What of an answer may be kept, and how it takes the place of what is stored.
//! Pure: the time is an argument; nothing is stored here.

use jiff::Timestamp;
use jiff::civil::Date;

use super::jumps::{self, Held};
use super::plan::{self, Fit, Restated};
use super::quotes::{BodyError, Quotes, Skipped};
use super::turn::Due;
use super::verdict::Refusal;
use super::words;
use crate::model::calendar::Market;
use crate::model::feed::Extent;
use crate::model::instrument::InstrumentKind;
use crate::model::provider::ProviderGroup;
use crate::model::{Bar, Fetched, Instrument, Outcome, Provider, Series};

/// The starter's history may begin this many days before a provider's and is
/// still replaced by it as a whole.
const STARTER_DAYS: i32 = 10;
/// Who gives rows that are the user's own.
const OWN: [&str; 2] = ["file", "typed"];
/// Who gave the rows of the first start.
const STARTER: &str = "starter";

/// How much was asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reach {
    /// Some days.
    Days,
    /// The whole history.
    Whole,
    /// The whole history, because what is stored no longer holds.
    Anew(Restated),
}

/// What came of an answer that could be read.
#[derive(Clone, Debug, PartialEq)]
pub struct Settled {
    /// A success.
    pub outcome: Outcome,
    /// In words, as [`crate::model::Attempt::detail`].
    pub detail: String,
    /// Bars that are new or differ from the stored ones.
    pub rows: usize,
    /// Rows that could not be taken.
    pub skipped: usize,
    /// What is to be kept; none if all of it is there already.
    pub fetched: Option<Fetched>,
}

/// Refuses prices in another currency than the book's.
pub fn check_currency(instrument: &Instrument, quotes: &Quotes) -> Result<(), Refusal> {
    match quotes.currency {
        Some(currency) if currency != instrument.currency => Err(Refusal::new(
            Outcome::Currency,
            format!(
                "gives prices in {currency}, the book has {}",
                instrument.currency
            ),
        )),
        Some(_) | None => Ok(()),
    }
}

/// Finds the day whose session had not ended and drops what lies after it.
pub fn cut(kind: InstrumentKind, mut quotes: Quotes, now: Timestamp) -> (Quotes, Option<Date>) {
    let market = Market::of(kind);
    let today = market.day_at(now);
    let unfinished = |bar: &Bar| market.close_of(bar.day).is_some_and(|close| close > now);
    let said = quotes.live.filter(|day| *day <= today);
    let said = said.filter(|live| quotes.bars.iter().any(|bar| bar.day == *live));
    let found = || quotes.bars.iter().find(|bar| unfinished(bar));
    let live = said.or_else(|| found().map(|bar| bar.day).filter(|day| *day <= today));
    let last = live.unwrap_or(today);
    let ahead = quotes.bars.iter().filter(|bar| bar.day > last);
    let ahead: Vec<_> = ahead
        .map(|bar| Skipped {
            day: Some(bar.day),
            reason: "a price ahead of time".to_owned(),
        })
        .collect();
    quotes.skipped.extend(ahead);
    quotes.bars.retain(|bar| bar.day <= last);
    quotes.live = live;
    (quotes, live)
}

/// Decides what is kept of quotes that [`cut`] has seen.
pub fn settle(
    due: &Due,
    provider: Provider,
    quotes: Quotes,
    reach: Reach,
    now: Timestamp,
) -> Result<Settled, Refusal> {
    if quotes.bars.is_empty() {
        let why = words::skipped(&quotes.skipped);
        return Err(BodyError::NoData(why.unwrap_or_default()).into());
    }
    let extent = extent(due, provider, &quotes.bars, reach);
    let held = jumps::hold_back(due, provider, &quotes, extent);
    let (new, changed) = differences(due, &held.bars);
    let outcome = match (held.question, reach) {
        (Some(_), _) => Outcome::Question,
        (None, Reach::Whole | Reach::Anew(_)) => Outcome::Rebuilt,
        (None, Reach::Days) if new + changed > 0 => Outcome::Updated,
        (None, Reach::Days) => Outcome::Unchanged,
    };
    let detail = detail(reach, &quotes, &held, new, changed);
    let skipped = quotes.skipped.len();
    let fetched = fetched(due, provider, quotes, held, now)?;
    let is_news = new + changed > 0 || reach != Reach::Days || differs(due, &fetched);
    Ok(Settled {
        outcome,
        detail,
        rows: new + changed,
        skipped,
        fetched: is_news.then_some(fetched),
    })
}

/// How the bars take the place of what is stored.
fn extent(due: &Due, provider: Provider, bars: &[Bar], reach: Reach) -> Extent {
    match reach {
        Reach::Days => Extent::Days,
        // Coins and rates do not split, and some of their providers reach back
        // less far than what is stored.
        Reach::Anew(restated)
            if restated.moves_closes()
                && ProviderGroup::of(due.instrument.kind) == ProviderGroup::Shares =>
        {
            Extent::Everything
        }
        Reach::Whole if replaces_starter(due, provider, bars) => Extent::Everything,
        // Older bars of another footing or of another security must not stay
        // in front of these.
        Reach::Whole if plan::fit(due, bars) != Fit::Same => Extent::Everything,
        Reach::Anew(_) | Reach::Whole => Extent::FromFirst,
    }
}

/// Whether all that others gave is the starter's, and these bars reach as far back.
fn replaces_starter(due: &Due, provider: Provider, bars: &[Bar]) -> bool {
    let others = due.feed.rows_by.iter().filter(|(by, rows)| {
        **rows > 0 && by.as_str() != provider.code() && !OWN.contains(&by.as_str())
    });
    let is_starters = others.map(|(by, _)| by).all(|by| by == STARTER);
    let reaches = match (plan::first_fetched(due), bars.first()) {
        (Some(stored), Some(first)) => {
            first.day.duration_since(stored).as_hours() <= i64::from(STARTER_DAYS) * 24
        }
        (None, _) | (_, None) => true,
    };
    is_starters && reaches
}

/// How many bars were not stored, and how many differ; the user's days count
/// for nothing.
fn differences(due: &Due, bars: &[Bar]) -> (usize, usize) {
    let bars = bars.iter().filter(|bar| !due.feed.own.contains(&bar.day));
    let mut counts = (0, 0);
    for bar in bars {
        let stored = due
            .series
            .as_ref()
            .and_then(|series| series.at_or_before(bar.day));
        match stored.filter(|stored| stored.day == bar.day) {
            None => counts.0 += 1,
            Some(stored) if says_more(stored, bar) => counts.1 += 1,
            Some(_) => (),
        }
    }
    counts
}

/// Whether a bar says what the stored one does not. A value that a provider
/// does not give is no news, nor is a close in cents beside the same one to the
/// last digit, and nor is the bar of one without adjusted closes beside one that
/// has them, as long as the close is the same.
fn says_more(stored: &Bar, bar: &Bar) -> bool {
    if bar.is_rounded_from(stored) {
        return false;
    }
    let values = |bar: &Bar| [bar.adjusted, bar.open, bar.high, bar.low, bar.volume];
    let mut pairs = values(stored).into_iter().zip(values(bar));
    let is_poorer = stored.adjusted.is_some() && bar.adjusted.is_none();
    stored.close != bar.close || (!is_poorer && pairs.any(|(old, new)| new.is_some() && new != old))
}

fn fetched(
    due: &Due,
    provider: Provider,
    quotes: Quotes,
    held: Held,
    now: Timestamp,
) -> Result<Fetched, Refusal> {
    let bars = Series::new(held.bars)
        .map_err(|error| Refusal::from(BodyError::Broken(error.to_string())))?;
    let live = quotes
        .live
        .filter(|live| bars.last().is_some_and(|bar| bar.day == *live));
    // An event of a day that is held back is news again when the day is let in.
    let until = match (&held.question, held.extent) {
        (Some(jump), Extent::Days) => Some(jump.day),
        (Some(_), Extent::FromFirst | Extent::Everything) | (None, _) => None,
    };
    let mut events = quotes.events;
    events.retain(|event| until.is_none_or(|until| event.day < until));
    Ok(Fetched {
        instrument: due.instrument.id,
        provider,
        at: now,
        bars,
        events,
        live,
        extent: held.extent,
        question: held.question,
    })
}

/// Whether anything but bars differs from what is stored.
fn differs(due: &Due, fetched: &Fetched) -> bool {
    let feed = &due.feed;
    let has = |day: &Date| fetched.bars.bars().iter().any(|bar| bar.day == *day);
    let known = feed.events.get(&fetched.provider);
    let is_known = |event| known.is_some_and(|known| known.contains(event));
    (fetched.live != feed.live && (fetched.live.is_some() || feed.live.as_ref().is_some_and(has)))
        || fetched.question != feed.question
        || !fetched.events.iter().all(is_known)
}

fn detail(reach: Reach, quotes: &Quotes, held: &Held, new: usize, changed: usize) -> String {
    let came = words::rows(held.bars.len());
    let mut text = match reach {
        Reach::Whole => format!("whole history: {came}"),
        Reach::Anew(restated) => format!(
            "{}: whole history fetched anew, {came}",
            words::restated(&restated)
        ),
        Reach::Days => match (new, changed) {
            (0, 0) => "nothing new".to_owned(),
            (new, 0) => format!("{} new", words::rows(new)),
            (0, changed) => format!("{} changed", words::rows(changed)),
            (new, changed) => {
                format!(
                    "{} new, {} changed",
                    words::rows(new),
                    words::count(changed)
                )
            }
        },
    };
    if let Some(skipped) = words::skipped(&quotes.skipped) {
        text = format!("{text}, {skipped}");
    }
    if let Some(renamed) = &quotes.renamed {
        text = format!("{text}; is now {renamed} there");
    }
    if let Some(jump) = &held.question {
        let place = held.place.words();
        let (rows, jump) = (words::rows(held.waiting), words::jump(jump));
        let verb = if held.waiting == 1 { "waits" } else { "wait" };
        text = format!("{text}; {jump}: {rows} {place} {verb} for your answer");
    }
    text
}
