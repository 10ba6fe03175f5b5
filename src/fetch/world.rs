//! What fetching needs of the outside: the time, waiting, chance and HTTP. The
//! real one is `client`; tests bring their own, in which waiting takes no time.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use thiserror::Error;
use tokio::sync::Notify;

/// The outside.
pub trait World: Send + Sync {
    /// The time.
    fn now(&self) -> Timestamp;
    /// Waits; false if it was cancelled before the time was over.
    fn wait(&self, span: Duration, cancel: &Cancel) -> bool;
    /// A number from 0 (included) to 1 (excluded), to spread requests.
    fn chance(&self) -> f64;
    /// Makes a request. Every status is an answer; an error is none.
    fn get(&self, request: &Request, cancel: &Cancel) -> Result<Answer, NetError>;
}

/// A request.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    /// The whole address.
    pub url: String,
    /// Headers beyond the usual ones. They are never logged: one may be a key.
    pub headers: Vec<(&'static str, String)>,
}

impl fmt::Debug for Request {
    /// Without what may be a key: the values of headers, and the query.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (place, _) = self.url.split_once('?').unwrap_or((&self.url, ""));
        let names: Vec<&str> = self.headers.iter().map(|(name, _)| *name).collect();
        f.debug_struct("Request")
            .field("url", &place)
            .field("headers", &names)
            .finish()
    }
}

impl Request {
    /// A request without headers of its own.
    pub const fn get(url: String) -> Self {
        Self {
            url,
            headers: Vec::new(),
        }
    }
}

/// An answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// Status code.
    pub status: u16,
    /// Media type, as sent.
    pub content_type: Option<String>,
    /// How long to stay away, as sent: seconds or an HTTP date.
    pub retry_after: Option<String>,
    /// The body, unpacked.
    pub body: Vec<u8>,
}

/// Why there is no answer. The texts follow the provider's name.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum NetError {
    /// No connection.
    #[error("cannot be reached ({0})")]
    Unreachable(String),
    /// No whole answer in time.
    #[error("gave no whole answer within {} s", .0.as_secs())]
    TimedOut(Duration),
    /// The connection broke off.
    #[error("broke off its answer ({0})")]
    BrokeOff(String),
    /// More bytes than any price history has.
    #[error("sent more than {} MB", .0 / 1_000_000)]
    TooLarge(u64),
    /// It leads to an address that is not encrypted.
    #[error("leads to {0}, which is not encrypted")]
    Insecure(String),
    /// It leads from address to address.
    #[error("leads from one address to the next without end")]
    Redirects,
    /// The user stopped it.
    #[error("was not waited for")]
    Cancelled,
}

/// A switch that stops what is under way, from any thread.
#[derive(Clone, Debug, Default)]
pub struct Cancel {
    inner: Arc<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    stopped: AtomicBool,
    notify: Notify,
}

impl Cancel {
    /// Stops it, for good.
    pub fn stop(&self) {
        self.inner.stopped.store(true, Ordering::SeqCst);
        self.inner.notify.notify_waiters();
    }

    /// Whether it was stopped.
    pub fn is_stopped(&self) -> bool {
        self.inner.stopped.load(Ordering::SeqCst)
    }

    /// Ends when it is stopped.
    pub async fn stopped(&self) {
        let notified = self.inner.notify.notified();
        tokio::pin!(notified);
        // Asked to be told before looking, so that no stop is missed.
        notified.as_mut().enable();
        if !self.is_stopped() {
            notified.await;
        }
    }
}
