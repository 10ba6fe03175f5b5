//! Prices over the network, as the window has them: when they are asked for,
//! what is shown meanwhile, and what is told at the end.

use egui::Context;
use jiff::{SignedDuration, Timestamp};

use super::Window;
use super::jobs::StoreJob;
use super::jobs::fetch::{FetchEvent, FetchJob, KeysJob};
use crate::analytics::freshness::{Coverage, coverage};
use crate::fetch::{Cancel, Done, Progress};
use crate::model::{Attempt, Instrument, InstrumentId, Outcome};
use crate::refresh::{self, Scope};
use crate::ui::format::attempts_text;
use crate::ui::state::{Offline, Page, Refresh, Tone};
use crate::work::Worker;

/// After a refresh that failed for want of a connection, the next one by itself.
const AGAIN_AFTER: SignedDuration = SignedDuration::from_mins(30);

/// How many failures a message names.
const NAMED: usize = 3;

/// A refresh under way.
pub(super) struct Fetching {
    run: u64,
    cancel: Cancel,
    /// Whether the user asked for it: then its end is told.
    asked: bool,
    /// Turns that brought nothing.
    failed: Vec<Done>,
    /// Instruments whose prices were brought up to date.
    fine: Vec<InstrumentId>,
    /// Turns that ended in a question.
    questions: usize,
}

impl Drop for Fetching {
    /// Whoever forgets a refresh has stopped it: a window that goes must not leave
    /// one behind that asks the same hosts beside the next window's.
    fn drop(&mut self) {
        self.cancel.stop();
    }
}

impl Fetching {
    fn count(&mut self, refresh: &mut Refresh, progress: &Progress) {
        match progress {
            Progress::Began(instrument) => refresh.now.push(*instrument),
            Progress::Quiet(_) => {}
            Progress::Done(done) => {
                refresh.done += 1;
                refresh.now.retain(|now| *now != done.instrument);
                let fine = done
                    .attempts
                    .iter()
                    .any(|attempt| attempt.outcome.is_success());
                let asks = |attempt: &Attempt| attempt.outcome == Outcome::Question;
                if done.attempts.iter().any(asks) {
                    self.questions += 1;
                } else if fine {
                    self.fine.push(done.instrument);
                } else if !done.attempts.is_empty() {
                    self.failed.push(done.as_ref().clone());
                }
            }
        }
    }
}

impl Window {
    /// Does by itself what a close calls for, once the window stands: says what
    /// is old now, and fetches at the start, after each close of a market, and
    /// again after a while without a connection.
    pub(super) fn watch_closes(&mut self, ctx: &Context) {
        if ctx.cumulative_pass_nr() < super::FRAMES_BEFORE_BACKUP {
            return;
        }
        let now = self.time.timestamp();
        if self.covered_until.is_some_and(|at| at <= now) {
            self.cover();
        }
        let on = self.settings.prices.refresh_on_start && self.may_fetch().is_ok();
        let due = self.look_again.is_none_or(|at| at <= now);
        if on && due && self.fetching.is_none() {
            // A close that a provider does not have yet is asked for again.
            let lagging = now.checked_add(refresh::LAGGING).ok();
            self.look_again = earlier(self.covered_until, lagging);
            self.fetch(&Scope::Start, false);
        }
        let again = self.look_again.filter(|_| on);
        if let Some(at) = earlier(self.covered_until, again)
            && let Ok(left) = std::time::Duration::try_from(at.duration_since(now))
        {
            ctx.request_repaint_after(left);
        }
    }

    /// Asks once which keys are at hand, when Settings are looked at.
    pub(super) fn list_keys_when_shown(&mut self) {
        let given = !self.settings.prices.keyed.is_empty();
        if self.ui.page == Page::Settings && given && !self.keys_listed && self.keys.is_some() {
            self.keys_listed = true;
            self.send_keys(KeysJob::List);
        }
    }

    /// Reads the log of attempts once, when the Data page is looked at.
    pub(super) fn list_attempts_when_shown(&mut self) {
        if self.ui.page == Page::Data && !self.attempts_listed {
            self.attempts_listed = true;
            self.send_store(StoreJob::ListAttempts);
        }
    }

    /// Compares every series with its market's calendar.
    pub(super) fn cover(&mut self) {
        let one = |instrument: &Instrument| (instrument.id, self.coverage_of(instrument));
        self.coverage = self.book.instruments().map(one).collect();
        self.covered_until = refresh::next_close(&self.book, self.time.timestamp());
        self.feeds_revision += 1;
    }

    /// The same for one whose prices came: all of them take as long as `derive`.
    pub(super) fn cover_one(&mut self, id: InstrumentId) {
        if let Some(instrument) = self.book.instrument(id) {
            let coverage = self.coverage_of(instrument);
            self.coverage.insert(id, coverage);
        }
        self.feeds_revision += 1;
    }

    fn coverage_of(&self, instrument: &Instrument) -> Coverage {
        let live = self.feeds.get(instrument.id).and_then(|feed| feed.live);
        let series = self.prices.get(&instrument.symbol);
        coverage(instrument.kind, series, live, self.time.timestamp())
    }

    /// Whether the network may be used, or why not.
    fn may_fetch(&self) -> Result<(), &'static str> {
        if self.status.read_only.is_some() {
            return Err("Prices cannot be kept, because this book is open for reading only");
        }
        match self.offline() {
            Some(offline) if offline.is_chosen() => Err(offline.says()),
            Some(_) | None => Ok(()),
        }
    }

    /// The user asks for what is missing of these instruments, or of all.
    pub(super) fn refresh(&mut self, instruments: Vec<InstrumentId>) {
        if instruments.is_empty() {
            self.ask_for_prices(&Scope::All);
        } else {
            self.ask_for_prices(&Scope::These(instruments));
        }
    }

    /// Asks for prices that follow from what the user did: where nobody may be
    /// asked nothing is said, and a refresh under way is waited for.
    pub(super) fn fetch_when_free(&mut self, instrument: InstrumentId) {
        if self.may_fetch().is_err() {
            return;
        }
        if self.fetching.is_some() {
            self.fetch_next.push(instrument);
        } else {
            self.fetch(&Scope::These(vec![instrument]), true);
        }
    }

    /// The user asks for prices.
    pub(super) fn ask_for_prices(&mut self, scope: &Scope) {
        if let Err(why) = self.may_fetch() {
            return self.tell(Tone::Failed, why.to_owned());
        }
        if self.fetching.is_some() {
            return self.tell(Tone::Done, "Prices are being fetched already".to_owned());
        }
        self.fetch(scope, true);
    }

    fn fetch(&mut self, scope: &Scope, asked: bool) {
        let now = self.time.timestamp();
        let policy = &self.settings.prices;
        let dues = refresh::due(&self.book, &self.prices, &self.feeds, policy, scope, now);
        let total = dues.len();
        if total == 0 {
            if asked {
                let text = "Nothing to fetch: these series are locked or have no provider";
                self.tell(Tone::Done, text.to_owned());
            }
            return;
        }
        if let Some(old) = self.told_failure.take() {
            self.dismiss(old);
        }
        let cancel = Cancel::default();
        self.fetch_runs += 1;
        let job = FetchJob {
            run: self.fetch_runs,
            dues,
            quiet: self.feeds.quiet.clone(),
            cancel: cancel.clone(),
        };
        self.fetching = Some(Fetching {
            run: self.fetch_runs,
            cancel,
            asked,
            failed: Vec::new(),
            fine: Vec::new(),
            questions: 0,
        });
        self.status.refresh = Some(Refresh {
            total,
            ..Refresh::default()
        });
        let sent = self.fetch.as_mut().map(|worker| worker.send(job));
        if let Some(Err(refused)) = sent {
            self.fetching = None;
            self.status.refresh = None;
            self.tell(Tone::Failed, refused.to_string());
        }
    }

    /// Stops the refresh under way, by forgetting it. What has come stays.
    pub(super) fn cancel_refresh(&mut self) {
        if self.fetching.take().is_some() {
            self.status.refresh = None;
            self.fetch_next.clear();
        }
    }

    /// Takes what the fetch and keys threads have done; true if it was anything.
    pub(super) fn take_fetch_events(&mut self) -> bool {
        let mut any = false;
        while let Some(event) = self.fetch.as_mut().and_then(Worker::poll) {
            any = true;
            match event {
                FetchEvent::Progress(run, progress) => self.progress(run, progress),
                FetchEvent::Ended(run) => self.refresh_ended(run),
            }
        }
        while let Some(event) = self.keys.as_mut().and_then(Worker::poll) {
            self.status.keys = event.at_hand;
            self.status.no_keyring = event.trouble;
            if let Some((provider, keyed)) = event.keyed {
                self.settings.prices.set_keyed(provider, keyed);
                self.keep_settings();
            }
            any = true;
        }
        any
    }

    fn progress(&mut self, run: u64, progress: Progress) {
        let current = self
            .fetching
            .as_mut()
            .filter(|fetching| fetching.run == run);
        if let (Some(fetching), Some(refresh)) = (current, &mut self.status.refresh) {
            fetching.count(refresh, &progress);
            // One that answers is enough to know.
            self.unconnected &= fetching.fine.is_empty();
        }
        // What came late, after a stop, is kept as well: it is as true.
        if !matches!(progress, Progress::Began(_)) {
            self.send_store(StoreJob::Keep(Box::new(progress)));
        }
    }

    fn refresh_ended(&mut self, run: u64) {
        let Some(ended) = self.fetching.take_if(|fetching| fetching.run == run) else {
            return;
        };
        self.status.refresh = None;
        self.tell_end(&ended);
        let next = std::mem::take(&mut self.fetch_next);
        if !next.is_empty() && self.may_fetch().is_ok() {
            self.fetch(&Scope::These(next), true);
        }
    }

    /// Takes in how a refresh ended, and tells it where the user asked.
    fn tell_end(&mut self, ended: &Fetching) {
        let attempts = || ended.failed.iter().flat_map(|done| &done.attempts);
        let no_connection = ended.fine.is_empty()
            && ended.questions == 0
            && attempts().next().is_some()
            && attempts().all(|attempt| attempt.outcome == Outcome::Unreachable);
        self.unconnected = no_connection;
        if attempts().any(may_pass) {
            let again = self.time.timestamp().checked_add(AGAIN_AFTER).ok();
            self.look_again = earlier(self.look_again, again);
        }
        if !ended.asked {
            return;
        }
        if ended.failed.is_empty() {
            let text = self.successes(ended);
            return self.tell(Tone::Done, text);
        }
        let text = if no_connection {
            "No provider can be reached: prices stay as they are".to_owned()
        } else {
            self.failures(ended)
        };
        self.tell(Tone::Failed, text);
        // The next refresh takes it off the page: it tells how things are then.
        self.told_failure = self.status.messages.last().map(|told| told.id);
    }

    /// "16 series are up to date; 1 question waits for your answer, see Data".
    fn successes(&self, ended: &Fetching) -> String {
        let fine = match ended.fine.as_slice() {
            [] => None,
            [one] => self
                .symbol_of(*one)
                .map(|one| format!("{one} is up to date")),
            all => Some(format!("{} series are up to date", all.len())),
        };
        let questions = match ended.questions {
            0 => None,
            1 => Some("1 question waits for your answer, see Data".to_owned()),
            n => Some(format!("{n} questions wait for your answer, see Data")),
        };
        let parts: Vec<String> = fine.into_iter().chain(questions).collect();
        parts.join("; ")
    }

    /// "2 of 16 series could not be brought up to date: IREN (Yahoo …), …".
    fn failures(&self, ended: &Fetching) -> String {
        let failed = ended.failed.len();
        let name = |id: InstrumentId| {
            let instrument = self.book.instrument(id);
            instrument.map_or_else(String::new, |instrument| instrument.symbol.clone())
        };
        let named: Vec<String> = ended
            .failed
            .iter()
            .take(NAMED)
            .map(|done| {
                let what = attempts_text(&done.attempts, &self.time);
                format!("{} ({what})", name(done.instrument))
            })
            .collect();
        let more = match failed.saturating_sub(NAMED) {
            0 => String::new(),
            n => format!(" and {n} more, see Data"),
        };
        format!(
            "{failed} of {} series could not be brought up to date: {}{more}",
            failed + ended.fine.len() + ended.questions,
            named.join("; ")
        )
    }

    /// What the top bar says instead of being live.
    pub(super) fn offline(&self) -> Option<Offline> {
        if self.fetch.is_none() {
            Some(Offline::ByStart)
        } else if self.settings.prices.offline {
            Some(Offline::BySetting)
        } else {
            self.unconnected.then_some(Offline::Unconnected)
        }
    }
}

impl Drop for Window {
    /// Asks nobody any more, and hands what came to the store, which ends what
    /// it was given before the app does.
    fn drop(&mut self) {
        self.cancel_refresh();
        self.take_fetch_events();
    }
}

/// Whether another try may succeed without anybody doing anything.
fn may_pass(attempt: &Attempt) -> bool {
    match attempt.outcome {
        Outcome::Unreachable | Outcome::TimedOut | Outcome::ServerError => true,
        Outcome::Updated
        | Outcome::Rebuilt
        | Outcome::Unchanged
        | Outcome::Question
        | Outcome::NoData
        | Outcome::UnknownSymbol
        | Outcome::Limited
        | Outcome::Quiet
        | Outcome::Denied
        | Outcome::Currency
        | Outcome::BadBody
        | Outcome::Cancelled => false,
    }
}

fn earlier(a: Option<Timestamp>, b: Option<Timestamp>) -> Option<Timestamp> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}
