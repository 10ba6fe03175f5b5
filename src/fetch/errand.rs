//! One provider asked for one instrument: what is missing is asked for, page by
//! page, judged, and asked for as a whole where it does not fit what is stored.

use jiff::Timestamp;
use jiff::civil::Date;

use super::ask::{Ask, default_base, parse, requests};
use super::gate::{Gate, Visit};
use super::pages;
use super::plan::{self, Candidate, Fit};
use super::quotes::{BodyError, Quotes};
use super::settle::{self, Reach, Settled};
use super::turn::{Due, Setup};
use super::verdict::Refusal;
use super::words;
use crate::model::calendar::Market;
use crate::model::{Outcome, Provider};

/// All that is needed to ask one provider for one instrument.
pub struct Errand<'a> {
    /// What is wanted.
    pub due: &'a Due,
    /// Whom to ask.
    pub candidate: &'a Candidate,
    /// Whether nobody comes before it.
    pub is_first: bool,
    /// How to reach it.
    pub setup: &'a Setup,
    /// The way to it.
    pub gate: &'a Gate,
    /// What the visit brings along.
    pub visit: &'a Visit<'a>,
}

impl Errand<'_> {
    /// Asks, and says what may be kept.
    pub fn run(&self) -> Result<Settled, Refusal> {
        let (due, provider) = (self.due, self.provider());
        let now = self.visit.world.now();
        let from = plan::first_day(due, provider, self.is_first, now);
        let (quotes, live) = match self.fetch(from, now) {
            Err(refusal) if refusal.outcome == Outcome::NoData => {
                return self.without_data(from, now, refusal);
            }
            answer => answer?,
        };
        if from.is_none() {
            return settle::settle(due, provider, quotes, Reach::Whole, now);
        }
        if quotes.bars.is_empty() && quotes.skipped.is_empty() {
            return self.without_data(from, now, BodyError::NoData(String::new()).into());
        }
        let Some(restated) = plan::restated(due, provider, &quotes, live) else {
            return settle::settle(due, provider, quotes, Reach::Days, now);
        };
        // The history of another security must not take the place of this one.
        let gave_none = !due.feed.last_of.contains_key(&provider);
        if gave_none && plan::fit(due, &quotes.bars) == Fit::Other {
            return Err(Refusal::new(Outcome::BadBody, words::other_security()));
        }
        let (whole, _) = self.fetch(None, now)?;
        // Less than the days that were just told is no whole history.
        let first = |quotes: &Quotes| quotes.bars.first().map(|bar| bar.day);
        if first(&whole).is_none() || first(&whole) > first(&quotes) {
            let what = "a whole history shorter than its last days";
            return Err(BodyError::Shape(what.to_owned()).into());
        }
        settle::settle(due, provider, whole, Reach::Anew(restated), now)
    }

    const fn provider(&self) -> Provider {
        self.candidate.provider
    }

    /// Days without prices are no failure if the market had none to give.
    fn without_data(
        &self,
        from: Option<Date>,
        now: Timestamp,
        refusal: Refusal,
    ) -> Result<Settled, Refusal> {
        if from.is_none() || plan::expects_close(self.due, now) {
            return Err(refusal);
        }
        Ok(Settled {
            outcome: Outcome::Unchanged,
            detail: "nothing new".to_owned(),
            rows: 0,
            skipped: 0,
            fetched: None,
        })
    }

    /// Asks for all days from `from` on; the whole history without it. Any page
    /// that fails discards all of them, since a hole would look like a history.
    fn fetch(&self, from: Option<Date>, now: Timestamp) -> Result<(Quotes, Option<Date>), Refusal> {
        let provider = self.provider();
        let instrument = &self.due.instrument;
        let ask = Ask {
            symbol: self.candidate.symbol.clone(),
            kind: instrument.kind,
            from,
            to: Market::of(instrument.kind).day_at(now),
            key: self.candidate.key.clone(),
            now,
        };
        let base = self.setup.bases.get(&provider).map(String::as_str);
        let base = base.unwrap_or_else(|| default_base(provider));
        let read = |body: &[u8]| parse(provider, body, &ask);
        let mut came = Vec::new();
        for request in requests(provider, base, &ask) {
            match self.gate.ask(self.visit, &request, &read) {
                Ok(page) => {
                    let is_end = page.bars.is_empty();
                    came.push(page);
                    if is_end {
                        break;
                    }
                }
                // The history does not reach so far back.
                Err(refusal) if refusal.outcome == Outcome::NoData && !came.is_empty() => break,
                Err(refusal) => return Err(refusal),
            }
        }
        let quotes = pages::merge(came);
        settle::check_currency(instrument, &quotes)?;
        Ok(settle::cut(instrument.kind, quotes, now))
    }
}
