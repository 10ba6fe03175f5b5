//! The fetch thread asks providers for prices and tells what comes, turn by
//! turn; the keys thread waits for the system's keyring. Neither holds up
//! quitting: what they have told is with the store already.

use std::collections::BTreeMap;
use std::sync::{Arc, mpsc};

use crate::app::Start;
use crate::fetch::{Cancel, Due, Fetcher, Gates, Progress, Setup, World};
use crate::model::{Provider, Quiet};
use crate::secrets::{Keys, SystemKeysOrSession};
use crate::store::StoreError;
use crate::work::{Emit, Worker};

/// The network as the app may use it.
#[derive(Clone)]
pub struct Network {
    /// HTTP, the clock and waiting.
    pub world: Arc<dyn World>,
    /// The user's keys.
    pub keys: Arc<SystemKeysOrSession>,
    /// Addresses that take the place of providers' usual ones.
    pub bases: BTreeMap<Provider, String>,
}

/// How many turns may wait to be passed on; a lane that is ahead waits.
const WAITING: usize = 64;

/// A job of the fetch thread: instruments to bring up to date.
pub struct FetchJob {
    /// Counts up, so that what a stopped refresh still tells is known as such.
    pub run: u64,
    /// The instruments.
    pub dues: Vec<Due>,
    /// Who wants to be left alone.
    pub quiet: Vec<Quiet>,
    /// Stops it.
    pub cancel: Cancel,
}

/// What the fetch thread tells.
pub enum FetchEvent {
    /// A turn began or ended, or a provider wants quiet.
    Progress(u64, Progress),
    /// All turns of that run are over, or it was stopped.
    Ended(u64),
}

/// Starts the fetch thread.
pub fn fetch_worker(
    start: &Start,
    network: &Network,
) -> Result<Worker<FetchJob, FetchEvent>, StoreError> {
    let network = network.clone();
    let gates = Gates::default();
    let run = move |job: FetchJob, emit: Emit<'_, FetchEvent>| {
        let setup = Setup {
            bases: network.bases.clone(),
            keys: keys_for(&job.dues, network.keys.as_ref()),
        };
        let world = Arc::clone(&network.world);
        let fetcher = Fetcher::through(gates.clone(), world, setup, &job.quiet);
        // The lanes tell from threads of their own; this one passes it on.
        let (told, heard) = mpsc::sync_channel(WAITING);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                let told = told;
                fetcher.run(job.dues, &job.cancel, &|progress| {
                    // Nobody listens once the app has gone.
                    drop(told.send(progress));
                });
            });
            for progress in heard {
                emit(FetchEvent::Progress(job.run, progress));
            }
        });
        emit(FetchEvent::Ended(job.run));
    };
    super::start(start, "fetch", run)
}

/// The keys of the providers that are to be asked. One that the keyring does
/// not give is as good as none: its provider is passed over.
pub fn keys_for(dues: &[Due], keys: &dyn Keys) -> BTreeMap<Provider, String> {
    let asked = |provider: Provider| dues.iter().any(|due| due.order.contains(&provider));
    let wanted = Provider::ALL.iter().copied();
    let wanted = wanted.filter(|provider| provider.needs_key() && asked(*provider));
    wanted
        .filter_map(|provider| match keys.get(provider) {
            Ok(key) => key.map(|key| (provider, key)),
            Err(error) => {
                tracing::warn!(%error, "a key cannot be read");
                None
            }
        })
        .collect()
}

/// A job of the keys thread.
pub enum KeysJob {
    /// Say which providers' keys are at hand.
    List,
    /// Keep a key.
    Set(Provider, String),
    /// Forget a key.
    Forget(Provider),
}

/// What the keys thread answers.
pub struct KeysEvent {
    /// The provider whose key was kept (true) or forgotten, if one was.
    pub keyed: Option<(Provider, bool)>,
    /// Providers whose key is at hand.
    pub at_hand: Vec<Provider>,
    /// Why keys last for this session only, or what did not work.
    pub trouble: Option<String>,
}

/// Starts the keys thread.
pub fn keys_worker(
    start: &Start,
    network: &Network,
) -> Result<Worker<KeysJob, KeysEvent>, StoreError> {
    let keys = Arc::clone(&network.keys);
    let run = move |job: KeysJob, emit: Emit<'_, KeysEvent>| {
        let about = match &job {
            KeysJob::List => None,
            KeysJob::Set(provider, _) => Some((*provider, true)),
            KeysJob::Forget(provider) => Some((*provider, false)),
        };
        let done = match job {
            KeysJob::List => Ok(None),
            KeysJob::Set(provider, key) => keys.set(provider, &key).map(|kept| kept.notice()),
            KeysJob::Forget(provider) => keys.forget(provider).map(|()| None),
        };
        let keyed = about.filter(|_| done.is_ok());
        let mut trouble = done.unwrap_or_else(|error| Some(error.to_string()));
        let mut at_hand = Vec::new();
        for provider in Provider::ALL.iter().filter(|provider| provider.needs_key()) {
            match keys.get(*provider) {
                Ok(Some(_)) => at_hand.push(*provider),
                Ok(None) => {}
                Err(error) => trouble = Some(error.to_string()),
            }
        }
        let trouble = trouble.or_else(|| keys.notice());
        emit(KeysEvent {
            keyed,
            at_hand,
            trouble,
        });
    };
    super::start(start, "keys", run)
}
