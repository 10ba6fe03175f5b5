//! `prices update`: brings prices up to date and says what came of it. What a
//! turn brought is on disk before the next line is told, so that a run that is
//! stopped loses nothing that came.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::sync::mpsc::sync_channel;
use std::thread;

use anyhow::{anyhow, bail};

use super::args::{Global, UpdateArgs};
use super::import::copy_of_the_day;
use super::prices::{moment, policy};
use super::turn_line::{self, Line};
use super::{Answer, Exit, Outside, Place, Usage, text};
use crate::fetch::{Cancel, Due, Fetcher, Mode, Progress, Setup};
use crate::model::{Book, Instrument, Provider};
use crate::refresh::{self, Kept, Scope};
use crate::secrets::KeysError;
use crate::session;
use crate::store::{Access, Store};

/// How many messages may wait to be put on disk before fetching waits, too.
const WAITING_MAX: usize = 64;

pub(super) fn run(
    place: &Place,
    global: &Global,
    args: &UpdateArgs,
    outside: &Outside<'_>,
    err: &mut dyn Write,
) -> anyhow::Result<Answer> {
    if global.offline {
        let text = "Prices come from the network: leave --offline out to update them";
        return Err(Usage(text.to_owned()).into());
    }
    let (policy, trouble) = policy(&place.settings);
    if policy.offline {
        bail!(
            "Prices were not updated, because the settings say offline: set offline = false under [prices] in {}",
            place.settings.display()
        );
    }
    let mut session = session::open(&place.folder, place.now.timestamp())?;
    if let Access::ReadOnly { why } = session.store.access() {
        bail!("Prices were not updated, because {why}");
    }
    let mut complaints = std::mem::take(&mut session.notices);
    complaints.extend(trouble);
    let wanted = wanted(&session.book, &args.symbols)?;
    let mut dues = refresh::due(
        &session.book,
        &session.prices,
        &session.feeds,
        &policy,
        &scope(args, &wanted),
        place.now.timestamp(),
    );
    if args.rebuild {
        for due in &mut dues {
            due.mode = Mode::Rebuild;
        }
    }
    let lines = wanted
        .iter()
        .map(|instrument| Line::new(instrument, &policy, &session.prices));
    let mut lines: Vec<Line> = lines.collect();
    if !dues.is_empty() {
        complaints.extend(copy_of_the_day(place, &session.store));
        let setup = Setup {
            bases: global.bases(),
            keys: keys(&dues, outside, &mut complaints),
        };
        let world = (outside.network)(&setup, &policy)?;
        let fetcher = Fetcher::new(world, setup, &session.feeds.quiet);
        let mut watch = Watch {
            err: outside.is_watched.then_some(err),
            of: dues.len(),
            over: 0,
        };
        fetch(&fetcher, dues, &mut session.store, &mut |progress, kept| {
            watch.tell(&mut lines, progress, kept);
        })?;
    }
    Ok(answer(&lines, complaints, args.json))
}

/// What is said at the end.
fn answer(lines: &[Line], mut complaints: Vec<String>, json: bool) -> Answer {
    let failures: Vec<&Line> = lines.iter().filter(|line| line.is_failure()).collect();
    let is_any_done = lines.iter().any(Line::is_success);
    let exit = match (failures.is_empty(), is_any_done) {
        (true, _) => Exit::Done,
        (false, true) => Exit::Rejected,
        (false, false) => Exit::Failed,
    };
    let failures = failures.into_iter();
    complaints.extend(failures.map(|line| format!("{}: {}", line.symbol, line.detail())));
    Answer {
        out: if json {
            text::json(&turn_line::json(lines))
        } else {
            turn_line::table(lines)
        },
        complaints,
        exit,
    }
}

/// Tells a person who watches how far it is.
struct Watch<'a> {
    err: Option<&'a mut dyn Write>,
    of: usize,
    over: usize,
}

impl Watch<'_> {
    fn tell(&mut self, lines: &mut [Line], progress: &Progress, kept: Option<&Kept>) {
        let text = match progress {
            Progress::Began(_) => return,
            Progress::Quiet(quiet) => {
                let until = moment(quiet.until);
                format!("{} wants quiet until {until}", quiet.provider.label())
            }
            Progress::Done(done) => {
                self.over += 1;
                let mut lines = lines.iter_mut();
                let Some(line) = lines.find(|line| line.instrument == done.instrument) else {
                    return;
                };
                line.end(done, kept);
                let (over, of) = (self.over, self.of);
                format!("[{over}/{of}] {}: {}", line.symbol, line.detail())
            }
        };
        if let Some(err) = &mut self.err {
            // Where stderr is closed there is nobody left to tell.
            drop(writeln!(err, "{text}"));
        }
    }
}

/// Asks for all of them and puts on disk what comes, as it comes.
fn fetch(
    fetcher: &Fetcher,
    dues: Vec<Due>,
    store: &mut Store,
    told: &mut dyn FnMut(&Progress, Option<&Kept>),
) -> anyhow::Result<()> {
    let cancel = &Cancel::default();
    let (sender, receiver) = sync_channel(WAITING_MAX);
    thread::scope(|scope| {
        let run = move || {
            // Nobody listens any more only after a panic.
            fetcher.run(dues, cancel, &|progress| drop(sender.send(progress)));
        };
        thread::Builder::new()
            .name("fetch".to_owned())
            .spawn_scoped(scope, run)
            .map_err(|error| anyhow!("The system gives no thread to fetch with ({error})"))?;
        let mut failed = None;
        for progress in receiver {
            // What comes after a failure is taken off, lest its lane wait.
            if failed.is_some() {
                continue;
            }
            match refresh::keep(store, &progress) {
                Ok(kept) => told(&progress, kept.as_ref()),
                Err(error) => {
                    cancel.stop();
                    failed = Some(error);
                }
            }
        }
        failed.map_or(Ok(()), |error| Err(error.into()))
    })
}

/// The instruments asked for, once each, in the order of the book.
fn wanted<'a>(book: &'a Book, symbols: &[String]) -> anyhow::Result<Vec<&'a Instrument>> {
    let mut all = refresh::in_order(book);
    if symbols.is_empty() {
        return Ok(all);
    }
    let mut named = BTreeSet::new();
    for symbol in symbols {
        let found = book.instrument_by_symbol(symbol.trim());
        let found = found.ok_or_else(|| {
            let known: Vec<&str> = all.iter().map(|known| known.symbol.as_str()).collect();
            let known = if known.is_empty() {
                "the book has no instrument yet".to_owned()
            } else {
                format!("it has {}", known.join(", "))
            };
            anyhow::Error::new(Usage(format!("“{symbol}” is not in the book: {known}")))
        })?;
        named.insert(found.id);
    }
    all.retain(|instrument| named.contains(&instrument.id));
    Ok(all)
}

fn scope(args: &UpdateArgs, wanted: &[&Instrument]) -> Scope {
    let ids = wanted.iter().map(|instrument| instrument.id).collect();
    match args.since {
        Some(day) => Scope::Since(ids, day),
        None => Scope::These(ids),
    }
}

/// The keys to providers that will be asked and need one. Without its key a
/// provider is passed over; that is told where there may be one that the keyring
/// does not give, not where there is no keyring at all.
fn keys(
    dues: &[Due],
    outside: &Outside<'_>,
    complaints: &mut Vec<String>,
) -> BTreeMap<Provider, String> {
    let asked: BTreeSet<Provider> = dues.iter().flat_map(|due| due.order.clone()).collect();
    let mut keys = BTreeMap::new();
    for provider in asked.into_iter().filter(|provider| provider.needs_key()) {
        match outside.keys.get(provider) {
            Ok(key) => keys.extend(key.map(|key| (provider, key))),
            Err(KeysError::NoKeyring(_)) => {}
            Err(error) => complaints.push(format!(
                "{error}: {} is asked for nothing",
                provider.label()
            )),
        }
    }
    keys
}
