//! Prices over the network, as the window has them: when they are asked for,
//! what is shown meanwhile, and what is told at the end.

use std::collections::BTreeMap;

use egui::Context;
use jiff::{SignedDuration, Timestamp};

use super::Window;
use super::jobs::StoreJob;
use super::jobs::fetch::{FetchEvent, FetchJob, KeysEvent, KeysJob};
use crate::analytics::freshness::{Coverage, coverage};
use crate::fetch::{Cancel, Done, Progress, symbol_for};
use crate::model::instrument::InstrumentKind;
use crate::model::{
    Attempt, Bar, Change, Currency, Day, Instrument, InstrumentId, Outcome, ProviderGroup, Record,
    Series,
};
use crate::refresh::{self, Scope};
use crate::store::PriceBatch;
use crate::ui::dialog::instrument::InstrumentDialog;
use crate::ui::dialog::path::Purpose;
use crate::ui::dialog::type_close::TypeCloseDialog;
use crate::ui::format::attempts_text;
use crate::ui::state::{Dialog, Page, Refresh, Tone};
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
    /// Turns that brought prices up to date.
    fine: usize,
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
                if fine {
                    self.fine += 1;
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
        self.status.offline = self.offline();
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
        if self.ui.page == Page::Settings && !self.keys_listed && self.keys.is_some() {
            self.keys_listed = true;
            self.send_keys(KeysJob::List);
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
        if self.fetch.is_none() {
            return Err("Gigawatch was started without network");
        }
        if self.settings.prices.offline {
            return Err("Offline by your setting: Settings, Prices");
        }
        Ok(())
    }

    /// The user asks for what is missing of these instruments, or of all.
    pub(super) fn refresh(&mut self, instruments: Vec<InstrumentId>) {
        if instruments.is_empty() {
            self.ask_for_prices(&Scope::All);
        } else {
            self.ask_for_prices(&Scope::These(instruments));
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
            fine: 0,
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
            let KeysEvent { at_hand, trouble } = event;
            self.status.keys = at_hand;
            self.status.no_keyring = trouble;
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
        let attempts = || ended.failed.iter().flat_map(|done| &done.attempts);
        let no_connection = ended.fine == 0
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
            let series = match ended.fine {
                1 => "1 series is".to_owned(),
                n => format!("{n} series are"),
            };
            return self.tell(Tone::Done, format!("{series} up to date"));
        }
        let text = if no_connection {
            "No provider can be reached: prices stay as they are".to_owned()
        } else {
            self.failures(&ended)
        };
        self.tell(Tone::Failed, text);
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
            failed + ended.fine,
            named.join("; ")
        )
    }

    /// What the top bar says instead of being live.
    pub(super) fn offline(&self) -> Option<&'static str> {
        if self.fetch.is_none() || self.settings.prices.offline || self.unconnected {
            Some("Offline")
        } else {
            None
        }
    }
}

/// What the user does with single series.
impl Window {
    /// Asks for the file of an instrument's prices.
    pub(super) fn ask_for_prices_file(&mut self, instrument: InstrumentId) {
        self.ask_path(Purpose::ImportPrices);
        self.import_for = self.symbol_of(instrument);
    }

    /// Opens the dialog for a close of an instrument.
    pub(super) fn enter_close(&mut self, id: InstrumentId) {
        if let Some(instrument) = self.book.instrument(id) {
            let dialog = TypeCloseDialog::new(instrument.clone(), self.derived_on);
            self.ui.dialog = Some(Dialog::TypeClose(Box::new(dialog)));
        }
    }

    pub(super) fn symbol_of(&self, instrument: InstrumentId) -> Option<String> {
        let instrument = self.book.instrument(instrument)?;
        Some(instrument.symbol.clone())
    }

    /// Keeps a close the user typed; undo takes it back.
    pub(super) fn keep_typed_close(&mut self, instrument: InstrumentId, day: Day, close: f64) {
        let Some(symbol) = self.symbol_of(instrument) else {
            return;
        };
        match Series::new(vec![Bar::close(day, close)]) {
            Ok(bars) => {
                let batch = PriceBatch {
                    instrument,
                    provider: "typed".to_owned(),
                    file: None,
                    bars,
                };
                let label = format!("enter the close of {symbol} on {day}");
                self.send_store(StoreJob::Apply(Change::new(label, Vec::new()), vec![batch]));
                self.ui.dialog = None;
            }
            Err(error) => self.tell(Tone::Failed, error.to_string()),
        }
    }

    /// Opens the sources of an instrument.
    pub(super) fn edit_instrument(&mut self, id: InstrumentId) {
        let Some(instrument) = self.book.instrument(id) else {
            return;
        };
        let mut plain = instrument.clone();
        plain.provider_symbols.clear();
        let providers = ProviderGroup::of(plain.kind).providers().iter();
        let derived = providers
            .filter_map(|provider| Some((*provider, symbol_for(*provider, &plain)?)))
            .collect();
        self.ui.dialog = Some(Dialog::Instrument(Box::new(InstrumentDialog::new(
            instrument.clone(),
            derived,
        ))));
    }

    /// Adds an instrument to the book; what it lacks is fetched at once.
    pub(super) fn add_instrument(
        &mut self,
        symbol: String,
        name: String,
        kind: InstrumentKind,
        currency: Currency,
    ) {
        let label = format!("add {symbol}");
        let instrument = Instrument {
            id: InstrumentId(self.new_ids()()),
            symbol,
            name,
            kind,
            currency,
            former_symbols: Vec::new(),
            provider_symbols: BTreeMap::new(),
            providers: Vec::new(),
            locked: false,
            benchmark: false,
        };
        self.ui.dialog = None;
        let change = Change::put(label, Record::Instrument(instrument));
        self.apply(change, None);
    }

    /// Hands a job to the keys thread.
    pub(super) fn send_keys(&mut self, job: KeysJob) {
        match self.keys.as_mut().map(|worker| worker.send(job)) {
            Some(Ok(())) => {}
            Some(Err(refused)) => self.tell(Tone::Failed, refused.to_string()),
            None => self.tell(
                Tone::Failed,
                "Gigawatch was started without network: keys are not used".to_owned(),
            ),
        }
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
