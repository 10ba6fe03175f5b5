//! The real outside: HTTP, the clock it is given, waiting, chance. A call
//! blocks its own thread and ends at once when it is cancelled. Headers and
//! what follows "?" in an address may be keys: they are never logged or shown.

use std::fmt;
use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, LOCATION, RETRY_AFTER};
use reqwest::header::{InvalidHeaderValue, USER_AGENT};
use reqwest::{Response, Url, redirect};
use thiserror::Error;
use tokio::runtime::{Builder, Runtime};

pub use super::address::{BaseError, check_base};
use super::address::{is_loopback, may_be_asked, shown};
use super::cause::cause;
use super::world::{Answer, Cancel, NetError, Request, World};

/// What the app calls itself to those it asks.
pub const USER_AGENT_OF_APP: &str = concat!(
    "Mozilla/5.0 (compatible; Gigawatch/",
    env!("CARGO_PKG_VERSION"),
    ")"
);

/// How often an answer may lead elsewhere.
const REDIRECTS_MAX: usize = 5;

/// How long a connection is kept for the next request. Shorter than servers
/// keep theirs, so that few are found closed.
const IDLE: Duration = Duration::from_secs(10);

/// How to make requests.
#[derive(Clone)]
pub struct Options {
    /// What the app calls itself.
    pub user_agent: String,
    /// Whom the user lets know an e-mail address; none for nobody.
    pub contact: Option<Contact>,
    /// Addresses that may be asked without encryption. Only those on this
    /// machine count; everything else must be https.
    pub plain: Vec<String>,
    /// How long to wait for a connection.
    pub connect: Duration,
    /// How long a whole answer may take, with every address it leads to.
    pub whole: Duration,
    /// How large a body may be, in bytes, unpacked.
    pub body_max: u64,
    /// The clock.
    pub clock: Arc<dyn Fn() -> Timestamp + Send + Sync>,
}

/// An e-mail address for services that demand one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// The address.
    pub mail: String,
    /// The hosts it is sent to; no other learns of it.
    pub hosts: Vec<String>,
}

impl Options {
    /// The usual options.
    pub fn new(clock: Arc<dyn Fn() -> Timestamp + Send + Sync>) -> Self {
        Self {
            user_agent: USER_AGENT_OF_APP.to_owned(),
            contact: None,
            plain: Vec::new(),
            connect: Duration::from_secs(5),
            whole: Duration::from_secs(20),
            body_max: 32_000_000,
            clock,
        }
    }
}

/// Why there is no client.
#[derive(Debug, Error)]
pub enum ClientError {
    /// The system gives none of what waiting for a network needs.
    #[error("Prices cannot be fetched: the system gives no place to wait for the network ({0})")]
    NoRuntime(std::io::Error),
    /// A name that no header can hold.
    #[error("“{0}” cannot be sent as the name of this program or as an e-mail address")]
    Name(String),
}

/// The real outside. Cheap to make: encryption is set up by the first request.
pub struct Client {
    options: Options,
    plain: Vec<Url>,
    /// One for all threads; empty only while it is dropped. Whoever waits in it
    /// also drives the connections of the others.
    runtime: Option<Runtime>,
    /// For this machine, and for everywhere else through the system's proxy.
    direct: Mutex<Option<reqwest::Client>>,
    far: Mutex<Option<reqwest::Client>>,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").finish_non_exhaustive()
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        // Looking up a name cannot be given up; quitting must not wait for it.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

impl Client {
    /// A client.
    pub fn new(options: Options) -> Result<Self, ClientError> {
        let mail = options.contact.iter().map(|contact| &contact.mail);
        for name in std::iter::once(&options.user_agent).chain(mail) {
            value(name).map_err(|_invalid| ClientError::Name(name.clone()))?;
        }
        let runtime = Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(ClientError::NoRuntime)?;
        let plain = options.plain.iter().flat_map(|text| Url::parse(text));
        Ok(Self {
            plain: plain.filter(is_loopback).collect(),
            options,
            runtime: Some(runtime),
            direct: Mutex::default(),
            far: Mutex::default(),
        })
    }

    /// Waits for `work`; none if it was cancelled before.
    fn run<T>(&self, cancel: &Cancel, work: impl Future<Output = T>) -> Option<T> {
        self.runtime.as_ref()?.block_on(async {
            tokio::select! {
                biased;
                () = cancel.stopped() => None,
                done = work => Some(done),
            }
        })
    }

    /// Asks, and asks on where the answer leads elsewhere.
    async fn follow(&self, request: &Request) -> Result<Answer, NetError> {
        // Connections that were closed while nobody waited are noticed here,
        // before one of them is used.
        tokio::task::yield_now().await;
        let mut url = Url::parse(&request.url)
            .map_err(|error| NetError::Unreachable(format!("its address is wrong: {error}")))?;
        let mut extra = headers(request)?;
        let mut asked = Vec::new();
        loop {
            if !may_be_asked(&url, &self.plain) {
                return Err(NetError::Insecure(shown(&url)));
            }
            if asked.len() > REDIRECTS_MAX || asked.contains(&url) {
                return Err(NetError::Redirects);
            }
            let response = self.send(&url, &extra).await?;
            let Some(next) = next(&response, &url)? else {
                return self.read(response).await;
            };
            if next.origin() != url.origin() {
                // One of them may be a key, which is nobody else's business.
                extra.clear();
            }
            if url.scheme() == "https" && next.scheme() != "https" {
                return Err(NetError::Insecure(shown(&next)));
            }
            asked.push(std::mem::replace(&mut url, next));
        }
    }

    async fn send(&self, url: &Url, extra: &HeaderMap) -> Result<Response, NetError> {
        let http = self.http(url)?;
        let mut all = HeaderMap::new();
        all.insert(USER_AGENT, self.name_for(url)?);
        all.extend(extra.clone());
        let sent = http.get(url.clone()).headers(all).send().await;
        sent.map_err(|error| cause(&error, self.options.connect))
    }

    /// Reads a body, unpacked, and stops where it is too large.
    async fn read(&self, mut response: Response) -> Result<Answer, NetError> {
        let max = self.options.body_max;
        let header = |name: HeaderName| {
            let value = response.headers().get(name)?;
            Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
        };
        let mut answer = Answer {
            status: response.status().as_u16(),
            content_type: header(CONTENT_TYPE),
            retry_after: header(RETRY_AFTER),
            body: Vec::new(),
        };
        if response.content_length().is_some_and(|length| length > max) {
            return Err(NetError::TooLarge(max));
        }
        loop {
            let chunk = response.chunk().await;
            match chunk.map_err(|error| cause(&error, self.options.connect))? {
                None => return Ok(answer),
                Some(chunk) if (answer.body.len() + chunk.len()) as u64 > max => {
                    return Err(NetError::TooLarge(max));
                }
                Some(chunk) => answer.body.extend_from_slice(&chunk),
            }
        }
    }

    /// What the app calls itself to this host.
    fn name_for(&self, url: &Url) -> Result<HeaderValue, NetError> {
        let host = url.host_str().unwrap_or_default();
        let contact = self.options.contact.as_ref();
        let contact = contact.filter(|contact| contact.hosts.iter().any(|known| known == host));
        let name = contact.map_or_else(
            || self.options.user_agent.clone(),
            |contact| format!("{} {}", self.options.user_agent, contact.mail),
        );
        value(&name).map_err(|_invalid| unsendable())
    }

    /// The HTTP client for an address. It is made when it is needed first, as it
    /// reads every certificate the system trusts.
    fn http(&self, url: &Url) -> Result<reqwest::Client, NetError> {
        let is_here = is_loopback(url);
        let slot = if is_here { &self.direct } else { &self.far };
        let mut slot = slot.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(http) = slot.as_ref() {
            return Ok(http.clone());
        }
        let mut builder = reqwest::Client::builder()
            .redirect(redirect::Policy::none())
            .referer(false)
            .connect_timeout(self.options.connect)
            .pool_idle_timeout(IDLE);
        if is_here {
            // Whatever the name server says, this name means this machine.
            let here = [
                SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
                SocketAddr::from((Ipv6Addr::LOCALHOST, 0)),
            ];
            builder = builder.no_proxy().resolve_to_addrs("localhost", &here);
        }
        // Not kept when it fails: certificates may be installed meanwhile.
        let http = builder.build().map_err(|_error| {
            NetError::Unreachable("this machine has no certificates to check it with".to_owned())
        })?;
        *slot = Some(http.clone());
        Ok(http)
    }
}

impl World for Client {
    fn now(&self) -> Timestamp {
        (self.options.clock)()
    }

    fn wait(&self, span: Duration, cancel: &Cancel) -> bool {
        // The timer is made inside, where there is a runtime to hold it.
        self.run(cancel, async { tokio::time::sleep(span).await })
            .is_some()
    }

    fn chance(&self) -> f64 {
        // Hash maps are seeded with chance anew each time; 53 bits fill an f64.
        let bits = RandomState::new().build_hasher().finish() >> 11;
        bits as f64 / (1_u64 << 53) as f64
    }

    fn get(&self, request: &Request, cancel: &Cancel) -> Result<Answer, NetError> {
        let whole = self.options.whole;
        let answered = self.run(cancel, async {
            let answer = tokio::time::timeout(whole, self.follow(request)).await;
            answer.unwrap_or(Err(NetError::TimedOut(whole)))
        });
        answered.unwrap_or(Err(NetError::Cancelled))
    }
}

/// Where an answer leads; none if it is the answer itself.
fn next(response: &Response, url: &Url) -> Result<Option<Url>, NetError> {
    if ![301, 302, 303, 307, 308].contains(&response.status().as_u16()) {
        return Ok(None);
    }
    let Some(location) = response.headers().get(LOCATION) else {
        return Ok(None);
    };
    let location = String::from_utf8_lossy(location.as_bytes());
    let next = url.join(&location).map_err(|error| {
        NetError::BrokeOff(format!("it leads to an address that is wrong: {error}"))
    })?;
    Ok(Some(next))
}

/// The headers of a request.
fn headers(request: &Request) -> Result<HeaderMap, NetError> {
    let mut headers = HeaderMap::new();
    for (name, text) in &request.headers {
        let name = HeaderName::try_from(*name).map_err(|_invalid| unsendable())?;
        let mut value = value(text).map_err(|_invalid| unsendable())?;
        value.set_sensitive(true);
        headers.insert(name, value);
    }
    Ok(headers)
}

fn value(text: &str) -> Result<HeaderValue, InvalidHeaderValue> {
    HeaderValue::from_str(text)
}

/// What is said of a header that cannot be sent: not its content, it may be a key.
fn unsendable() -> NetError {
    NetError::Unreachable(
        "a header, perhaps the key, holds characters that cannot be sent".to_owned(),
    )
}
