//! The user's keys to price providers: in the system's keyring, or, where none
//! answers, in memory until the app is closed. A key is never written to a
//! file, a log or a message.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use keyring::Entry;
use thiserror::Error;

use crate::model::Provider;

/// Under which name the keyring lists the app's keys.
const SERVICE: &str = "gigawatch";

/// How long the keyring may take: it may ask a person for a password first.
const PATIENCE: Duration = Duration::from_secs(30);

/// Where keys are. Calls may wait for a person: never make one on the window's
/// thread, and let nothing that must end soon wait for one.
pub trait Keys: Send + Sync {
    /// The key to a provider; none if there is none.
    fn get(&self, provider: Provider) -> Result<Option<String>, KeysError>;
    /// Keeps a key in place of the one before; white space around it is left away.
    fn set(&self, provider: Provider, key: &str) -> Result<Kept, KeysError>;
    /// Forgets a key; that there is none is no error.
    fn forget(&self, provider: Provider) -> Result<(), KeysError>;
}

/// Where a key was put.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// Where the app finds it again the next time.
    Keyring,
    /// In memory; why, if it was meant for the keyring.
    Session(Option<KeysError>),
}

impl Kept {
    /// A sentence for the user, if the key does not stay.
    pub fn notice(&self) -> Option<String> {
        match self {
            Self::Keyring | Self::Session(None) => None,
            Self::Session(Some(error)) => Some(until_closed(error)),
        }
    }
}

/// Why a key cannot be had or kept. No text holds a key.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum KeysError {
    /// There is no keyring, or it does not answer from here.
    #[error("This machine has no keyring that answers ({0})")]
    NoKeyring(String),
    /// It took too long, or is still busy with a question from before.
    #[error("The keyring gave no answer within {} s", .0.as_secs())]
    NoAnswer(Duration),
    /// It is locked, and stayed so.
    #[error("The keyring is locked")]
    Locked,
    /// It has a fault of its own.
    #[error("The keyring failed ({0})")]
    Failed(String),
    /// What was typed is no key.
    #[error(
        "A key is one word of letters, digits and signs: copy it again from the provider's page"
    )]
    NoKey,
}

/// What the user is told of a key that the keyring did not take.
fn until_closed(error: &KeysError) -> String {
    format!("{error}: the key is kept until Gigawatch is closed")
}

/// A key as it was meant; an error if it cannot be one.
fn tidy(key: &str) -> Result<&str, KeysError> {
    let key = key.trim();
    if !key.is_empty() && key.chars().all(|c| c.is_ascii_graphic()) {
        Ok(key)
    } else {
        Err(KeysError::NoKey)
    }
}

/// Keys in the system's keyring. It is looked for by the first call; one that
/// was not found then is not looked for again before the next start.
pub struct SystemKeys {
    patience: Duration,
    /// One question at a time.
    turn: Mutex<()>,
    /// Whether a question is still open that was given up.
    is_busy: Arc<AtomicBool>,
}

impl Default for SystemKeys {
    fn default() -> Self {
        Self::with_patience(PATIENCE)
    }
}

impl SystemKeys {
    /// The system's keyring, which may take so long for an answer.
    pub fn with_patience(patience: Duration) -> Self {
        Self {
            patience,
            turn: Mutex::default(),
            is_busy: Arc::default(),
        }
    }

    /// Asks on a thread of its own, as a keyring that hangs cannot be stopped.
    /// There is at most one such thread.
    fn ask<T: Send + 'static>(
        &self,
        provider: Provider,
        question: impl FnOnce(&Entry) -> keyring::Result<T> + Send + 'static,
    ) -> Result<Option<T>, KeysError> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        if self.is_busy.swap(true, Ordering::SeqCst) {
            return Err(KeysError::NoAnswer(self.patience));
        }
        let busy = Busy(Arc::clone(&self.is_busy));
        let (told, answer) = sync_channel(1);
        let work = move || {
            let result = entry(provider).and_then(|entry| optional(question(&entry)));
            // Before the answer, lest the next question find it busy.
            drop(busy);
            // Nobody may be waiting any more.
            drop(told.try_send(result));
        };
        thread::Builder::new()
            .name("keyring".to_owned())
            .spawn(work)
            .map_err(|error| KeysError::Failed(error.to_string()))?;
        match answer.recv_timeout(self.patience) {
            Ok(result) => result,
            Err(RecvTimeoutError::Timeout) => Err(KeysError::NoAnswer(self.patience)),
            Err(RecvTimeoutError::Disconnected) => {
                Err(KeysError::Failed("it broke down".to_owned()))
            }
        }
    }
}

/// Says that the keyring is free again, also where its code panics.
struct Busy(Arc<AtomicBool>);

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.store(false, Ordering::SeqCst);
    }
}

fn entry(provider: Provider) -> Result<Entry, KeysError> {
    if let Err(error) = Entry::store_status() {
        // It speaks of the way to the keyring; no key has been on it.
        tracing::warn!(%error, "no keyring");
        let reason = "no service for passwords was found".to_owned();
        return Err(KeysError::NoKeyring(reason));
    }
    Entry::new(SERVICE, provider.code()).map_err(|error| told(&error))
}

/// No entry is an answer, too.
fn optional<T>(result: keyring::Result<T>) -> Result<Option<T>, KeysError> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(keyring::Error::NoEntry) => Ok(None),
        Err(error) => Err(told(&error)),
    }
}

/// An error in our words. The keyring's own may hold the bytes of a key.
fn told(error: &keyring::Error) -> KeysError {
    let failed = |words: &str| KeysError::Failed(words.to_owned());
    match error {
        keyring::Error::NoStorageAccess(_) => KeysError::Locked,
        keyring::Error::BadEncoding(_) | keyring::Error::BadDataFormat(..) => {
            failed("the key in it cannot be read")
        }
        keyring::Error::TooLong(..) => failed("the key is too long for it"),
        keyring::Error::Ambiguous(_) => failed("it holds several keys of this name"),
        // Of these, too, the words are left away: they are those of a service
        // that has seen the key. The set is open, so that `_` must stand.
        keyring::Error::PlatformFailure(_)
        | keyring::Error::NoEntry
        | keyring::Error::BadStoreFormat(_)
        | keyring::Error::Invalid(..)
        | keyring::Error::NoDefaultStore
        | keyring::Error::NotSupportedByStore(_)
        | _ => failed("it does not do what it is asked for"),
    }
}

impl Keys for SystemKeys {
    fn get(&self, provider: Provider) -> Result<Option<String>, KeysError> {
        self.ask(provider, Entry::get_password)
    }

    fn set(&self, provider: Provider, key: &str) -> Result<Kept, KeysError> {
        let key = tidy(key)?.to_owned();
        self.ask(provider, move |entry| entry.set_password(&key))?;
        Ok(Kept::Keyring)
    }

    fn forget(&self, provider: Provider) -> Result<(), KeysError> {
        self.ask(provider, Entry::delete_credential)?;
        Ok(())
    }
}

/// Keys in memory, gone when the app is closed.
#[derive(Default)]
pub struct SessionKeys {
    keys: Mutex<BTreeMap<Provider, String>>,
}

impl fmt::Debug for SessionKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.keys().keys()).finish()
    }
}

impl SessionKeys {
    fn keys(&self) -> MutexGuard<'_, BTreeMap<Provider, String>> {
        self.keys.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Keys for SessionKeys {
    fn get(&self, provider: Provider) -> Result<Option<String>, KeysError> {
        Ok(self.keys().get(&provider).cloned())
    }

    fn set(&self, provider: Provider, key: &str) -> Result<Kept, KeysError> {
        self.keys().insert(provider, tidy(key)?.to_owned());
        Ok(Kept::Session(None))
    }

    fn forget(&self, provider: Provider) -> Result<(), KeysError> {
        self.keys().remove(&provider);
        Ok(())
    }
}

/// Keys in the keyring, or in memory where it does not take them.
pub struct SystemKeysOrSession {
    system: Box<dyn Keys>,
    session: SessionKeys,
    notice: Mutex<Option<String>>,
}

impl Default for SystemKeysOrSession {
    fn default() -> Self {
        Self::over(Box::new(SystemKeys::default()))
    }
}

impl SystemKeysOrSession {
    /// Over this keyring.
    pub fn over(system: Box<dyn Keys>) -> Self {
        Self {
            system,
            session: SessionKeys::default(),
            notice: Mutex::default(),
        }
    }

    /// What the user should know since the last call: that keys do not stay, or
    /// will not. Never waits for the keyring.
    pub fn notice(&self) -> Option<String> {
        self.told().clone()
    }

    fn told(&self) -> MutexGuard<'_, Option<String>> {
        self.notice.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Keys for SystemKeysOrSession {
    fn get(&self, provider: Provider) -> Result<Option<String>, KeysError> {
        // What was typed last counts, wherever it could be kept.
        if let Some(key) = self.session.get(provider)? {
            return Ok(Some(key));
        }
        match self.system.get(provider) {
            Ok(key) => {
                *self.told() = None;
                Ok(key)
            }
            // Where there is no keyring there is no key in it. Where there is
            // one, there may be, and the user is to know why it is not used.
            Err(error @ KeysError::NoKeyring(_)) => {
                let notice = format!("{error}: a key is kept only until Gigawatch is closed");
                *self.told() = Some(notice);
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    fn set(&self, provider: Provider, key: &str) -> Result<Kept, KeysError> {
        let key = tidy(key)?;
        let kept = match self.system.set(provider, key) {
            Ok(kept) => {
                self.session.forget(provider)?;
                kept
            }
            Err(error) => {
                self.session.set(provider, key)?;
                Kept::Session(Some(error))
            }
        };
        *self.told() = kept.notice();
        Ok(kept)
    }

    fn forget(&self, provider: Provider) -> Result<(), KeysError> {
        self.session.forget(provider)?;
        match self.system.forget(provider) {
            // Nothing is kept where nothing can be.
            Ok(()) | Err(KeysError::NoKeyring(_)) => Ok(()),
            Err(error) => Err(error),
        }
    }
}
